"""The glossary: four cells a word, pinyin that fits its characters, a link from every notebook."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "data" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if re.match(r"\|[^|]*[\u4e00-\u9fff]", line)
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# an initial, a final: enough to count the syllables of toneless pinyin, the longest reading first
SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:[iu]?a(?:ng?|[io])?|[iu]?e(?:ng?|[ir])?|i(?:ng?|u|ong)?|o(?:ng|u)?|u(?:i|n|o)?|v)"
)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r[0])
def test_every_word_has_pinyin_english_and_a_reason(row: list[str]) -> None:
    assert len(row) == 4 and all(row)
    assert len(re.findall(r"[\u4e00-\u9fff]", row[3])) < len(row[3])  # the reason is English, with Chinese examples


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r[0])
def test_pinyin_has_a_syllable_for_every_character(row: list[str]) -> None:
    letters = unicodedata.normalize("NFD", row[1].lower())
    plain = "".join(c for c in letters if (c.isascii() and c.isalpha()) or c in "' ·/…")
    syllables = sum(len(_split(word)) for word in re.findall(r"[a-z]+", plain))
    assert syllables == len(re.findall(r"[\u4e00-\u9fff]", row[0])), plain
    assert letters != plain  # its tones are marked


def _split(word: str) -> list[str]:
    """The fewest syllables that make up a word of toneless pinyin."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            head, part = best[start], word[start:end]
            if head is not None and SYLLABLE.fullmatch(part) and (best[end] is None or len(head) < len(best[end])):
                best[end] = [*head, part]
    assert best[-1], f"no pinyin: {word}"
    return best[-1]


def test_no_word_stands_twice() -> None:
    words = [w for row in ROWS for w in re.split(r"\s*[·/]\s*", row[0])]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_links_to_it(path: Path) -> None:
    opening = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
    assert "](../data/glossary.md)" in opening
