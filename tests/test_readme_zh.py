"""README.zh.md is in step with README.md: the same sections, tables, lists, commands, links and names, in its own words."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMENT = re.compile(r"\s{2,}# .*$", re.M)
OTHER = {"README.md": "README.zh.md", "README.zh.md": "README.md"}


@dataclass
class Section:
    level: int
    commands: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    links: Counter[str] = field(default_factory=Counter)
    code: Counter[str] = field(default_factory=Counter)


def links(text: str) -> list[str]:
    found = re.findall(r"\]\(([^)]+)\)|<img src=\"([^\"]+)\"", text)
    return [OTHER.get(a or b, a or b) if (a or b) == "README.md" else a or b for a, b in found]


def sections(text: str) -> list[Section]:
    """What of a README must be the same in every language, section by section."""
    out = []
    for part in re.split(r"(?m)^(?=#{1,6} )", text):
        if not part.strip():
            continue
        section = Section(len(part) - len(part.lstrip("#")))
        section.commands = [(kind, COMMENT.sub("", body)) for kind, body in FENCE.findall(part)]
        prose = FENCE.sub("", part)
        for line in prose.splitlines():
            if line.startswith("|"):
                cells = [c.strip() for c in line.strip("|").split("|")]
                section.rows.append([(bool(c), links(c), re.findall(r"`([^`]+)`", c)) for c in cells])
            elif marker := re.match(r"(\d+\.|-) ", line):
                section.items.append(marker.group(1))
        section.links.update(links(prose))
        section.code.update(re.findall(r"`([^`]+)`", prose))
        out.append(section)
    return out


def read(name: str) -> list[Section]:
    return sections((ROOT / name).read_text(encoding="utf-8"))


ENGLISH, CHINESE = read("README.md"), read("README.zh.md")


def test_the_sections_are_the_same_in_number_order_and_level() -> None:
    assert [s.level for s in ENGLISH] == [s.level for s in CHINESE] and len(ENGLISH) > 6


@pytest.mark.parametrize("what", ["commands", "rows", "items", "links", "code"])
def test_every_section_has_the_same(what: str) -> None:
    for number, (one, other) in enumerate(zip(ENGLISH, CHINESE, strict=True)):
        assert getattr(one, what) == getattr(other, what), f"{what} of section {number} differ"
    assert any(getattr(s, what) for s in ENGLISH)


def test_each_leads_to_the_other_and_the_chinese_one_is_chinese() -> None:
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in OTHER}
    for name, other in OTHER.items():
        assert f"]({other})" in texts[name]
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|<img[^>]*>", "", FENCE.sub("", texts["README.zh.md"]))
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 2 * len(re.findall(r"[A-Za-z]+", prose))


@pytest.mark.parametrize(
    "change",
    [
        ("make lab ", "make labs "),
        ("(data/glossary.md)", "(data/README.md)"),
        ("| `seeds/` ", "| seeds "),
        ("\n## Limits", "\n### Limits"),
        ("- Rules, not", "Rules, not"),
        ("BROWSER=0", "BROWSER=2"),
    ],
    ids=lambda c: c[1].strip(),
)
def test_a_readme_that_changed_alone_is_found_out(change: tuple[str, str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert change[0] in text
    assert sections(text.replace(*change)) != CHINESE
    assert sections(text) == CHINESE
