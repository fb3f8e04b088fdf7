"""README.zh.md is in step with README.md: the same sections, tables, lists, commands, links, names and numbers."""

import re
from calendar import month_name
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cn2an import cn2an

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMENT = re.compile(r"\s{2,}# .*$", re.M)
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: i for i, word in enumerate(f"{SMALL} seventeen eighteen nineteen".split())}
WORDS |= {month.lower(): i for i, month in enumerate(month_name) if month and month != "May"}  # May is a verb, too
WORDS |= {word: 10 * i for i, word in enumerate(TENS.split(), 2)} | {"half": 0.5, "billion": 1e9}
SPOKEN = "|".join(WORDS)
ENGLISH_NUMBER = re.compile(rf"(more than |over )?(\d+(?:\.\d+)?|\b(?:{SPOKEN})(?:-(?:{SPOKEN}))*\b)", re.I)
CHINESE_NUMBER = re.compile(
    r"(超过|逾)?(\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+|半)([多余](?=[个项处条次篇]))?"
)
OTHER = {"README.md": "README.zh.md", "README.zh.md": "README.md"}


@dataclass
class Section:
    level: int
    commands: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    links: Counter[str] = field(default_factory=Counter)
    code: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)


def links(text: str) -> list[str]:
    found = re.findall(r"\]\(([^)]+)\)|<img src=\"([^\"]+)\"", text)
    return [OTHER.get(a or b, a or b) if (a or b) == "README.md" else a or b for a, b in found]


def worth(number: str) -> float:
    """What a number is worth, in figures or in words of either language."""
    if re.match(r"[\d.]+$", number):
        return float(number)
    if re.match("[a-z]", number, re.I):
        value = 0.0
        for word in number.lower().split("-"):  # forty-one, ten-billion
            value = value * WORDS[word] if word == "billion" else value + WORDS[word]
        return value
    return 0.5 if number == "半" else float(cn2an(f"一{number}" if number[0] in "百千万亿" else number, "smart"))


def numbers(prose: str, chinese: bool) -> Counter[str]:
    """The numbers that a text says, each with a + where it says *more than*. One is left out: it is an article, too."""
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|<img[^>]*>|成千上万", " ", prose)
    found = (CHINESE_NUMBER if chinese else ENGLISH_NUMBER).finditer(prose)
    said = [(worth(m[2]), any(m.group(k) for k in range(1, m.re.groups + 1) if k != 2)) for m in found]
    return Counter(f"{value:g}{'+' * more}" for value, more in said if value != 1 or more)


def sections(text: str) -> list[Section]:
    """What of a README must be the same in every language, section by section."""
    out = []
    chinese = text.count("。") > 9
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
        section.numbers = numbers(prose, chinese)
        out.append(section)
    return out


def read(name: str) -> list[Section]:
    return sections((ROOT / name).read_text(encoding="utf-8"))


ENGLISH, CHINESE = read("README.md"), read("README.zh.md")


def test_the_sections_are_the_same_in_number_order_and_level() -> None:
    assert [s.level for s in ENGLISH] == [s.level for s in CHINESE] and len(ENGLISH) > 6


@pytest.mark.parametrize("what", ["commands", "rows", "items", "links", "code", "numbers"])
def test_every_section_has_the_same(what: str) -> None:
    for number, (one, other) in enumerate(zip(ENGLISH, CHINESE, strict=True)):
        assert getattr(one, what) == getattr(other, what), f"{what} of section {number} differ"
    assert any(getattr(s, what) for s in ENGLISH)


@pytest.mark.parametrize(
    ("english", "chinese", "same"),
    [
        ("Forty more clauses", "另有四十个分句", True),
        ("Forty more clauses", "另有四十多个分句", False),
        ("more than forty clauses", "四十余个分句", True),
        ("over 40 clauses", "超过40个分句", True),
        ("the ten-billion class, twenty-one of them", "百亿级，21个", True),
        ("two and a half", "两个半", True),
        ("two and a half", "两个", False),
        ("one sentence", "各句", True),
    ],
)
def test_numbers_in_figures_and_in_words_compare(english: str, chinese: str, same: bool) -> None:
    assert (numbers(english, False) == numbers(chinese, True)) == same


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
        ("Forty more", "More than forty"),
        ("Thirteen of its", "Twelve of its"),
        ("January 1998", "January 1999"),
    ],
    ids=lambda c: c[1].strip(),
)
def test_a_readme_that_changed_alone_is_found_out(change: tuple[str, str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert change[0] in text
    assert sections(text.replace(*change)) != CHINESE
    assert sections(text) == CHINESE
