"""Where a text speaks of the new development philosophy (新发展理念) and its five concepts: coded mentions, statements."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from helpers import parallels
from helpers.document import Document
from helpers.lexicon import DATA
from helpers.senses import JUDGES, Words, bare, context

FIVE: Final = ("创新", "协调", "绿色", "开放", "共享")
_KEYWORD: Final = re.compile("|".join(FIVE))
# 创新、协调、绿色、开放、共享 in any order and any marks between; what follows says whether the philosophy is named
_LIST: Final = re.compile(rf"(?:{'|'.join(FIVE)})(?:(?:发展)?(?:[、,，和与]|以及)?(?:{'|'.join(FIVE)})){{3,4}}")
_LIST_NAME: Final = re.compile(r"(?:发展)?(?:等)?(?:的)?(?:五大|五个)?(?:新)?(?:发展)?理念")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that speaks of a concept (or, `excluded`, only seems to).

    `concept`: 新发展理念 创新 协调 绿色 开放 共享; `kind`: named · statement · keyword · indicator · excluded.
    """

    concept: str
    kind: str
    rule: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A concept with its trend (创新发展的进程越来越快) and what it requires (必须更加注重动能转换; emphasis 动能转换)."""

    concept: str
    trend: str
    requirement: str
    emphasis: str
    start: int
    end: int


class ThemesError(Exception):
    """A theme file that cannot be used: says what is wrong and where."""


@dataclass(frozen=True)
class Themes:
    """The theme lexicon, checked: names of the philosophy, indicators of each concept, word classes of the grammar."""

    philosophy: str
    names: tuple[str, ...]
    indicators: Mapping[str, str]
    classes: Mapping[str, Words]


@cache
def load(path: Path = DATA / "lexicon" / "themes.yaml") -> Themes:
    """Read and check a theme file. Raises `ThemesError` where it is missing or wrong."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ThemesError(f"{path.name}: {e.strerror}") from e
    terms: dict[str, str] = {}
    for concept in data["concepts"]:
        for group in concept["indicators"]:
            for term in group["terms"]:
                if term in terms:
                    raise ThemesError(f"{path.name}: {term} stands under {terms[term]} and under {concept['label']}")
                terms[term] = concept["label"]
    return Themes(
        data["philosophy"]["label"],
        tuple(data["philosophy"]["names"]),
        terms,
        {name: Words(words) for name, words in data["classes"].items()},
    )


def code(document: Document, lexicon: Any = None) -> list[Mention]:
    """All mentions of a document in order of place; each occurrence of a keyword is exactly one of them.

    >>> from helpers.document import from_text
    >>> d = from_text("会议强调,要突出绿色发展,拓宽视野、创新载体。")
    >>> [(m.concept, m.kind, d.text[m.start : m.end]) for m in code(d)]
    [('绿色', 'named', '绿色发展'), ('创新', 'excluded', '创新')]
    """
    themes = lexicon or load()
    said = list(_named(document, themes))
    taken = [(m.start, m.end) for m in said if m.concept in FIVE]
    said += _keywords(document, themes, taken)
    return sorted(said, key=lambda m: (m.start, m.end, m.concept))


def statements(document: Document, lexicon: Any = None) -> list[Statement]:
    """The concepts of a document with trend and requirement.

    >>> from helpers.document import from_text
    >>> [s] = statements(from_text("绿色发展的要求越来越高,必须更加注重集约高效。"))
    >>> s.concept, s.trend, s.requirement, s.emphasis
    ('绿色', '绿色发展的要求越来越高', '必须更加注重集约高效', '集约高效')
    """
    out = []
    for t in parallels.trends(document):
        m = _KEYWORD.search(t.subject)
        if m:
            out.append(Statement(m.group(), t.trend, t.requirement, t.emphasis, t.start, t.end))
    return out


def _mention(document: Document, concept: str, kind: str, rule: str, start: int, end: int) -> Mention:
    return Mention(concept, kind, rule, document.sentence_at(start).id, start, end)


def _named(document: Document, themes: Themes) -> Iterator[Mention]:
    """The philosophy by name, the list of the five, and the statements."""
    text = document.text
    names = re.compile("|".join(re.escape(n) for n in sorted(themes.names, key=len, reverse=True)))
    for m in names.finditer(text):
        yield _mention(document, themes.philosophy, "named", "philosophy by name", m.start(), m.end())
    for m in _LIST.finditer(text):
        members = list(_KEYWORD.finditer(text, m.start(), m.end()))
        if len({k.group() for k in members}) < 4:
            continue
        name = _LIST_NAME.match(text, m.end())
        if name and not names.search(text, m.end(), name.end()):
            yield _mention(document, themes.philosophy, "named", "philosophy by its list", m.start(), name.end())
        for k in members:
            yield _mention(document, k.group(), "named", "member of the list", k.start(), k.end())
    for s in statements(document):
        yield _mention(document, s.concept, "statement", "trend and requirement", s.start, s.end)


def _keywords(document: Document, themes: Themes, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Every occurrence of a keyword that no name, list or statement holds, judged by its sentence."""
    text = document.text
    for m in _KEYWORD.finditer(text):
        if any(a <= m.start() < b for a, b in taken):
            continue
        c = context(text, m.start(), m.end())
        is_concept, rule = JUDGES[m.group()](c, themes.classes)
        if is_concept and c.right.startswith("发展") and bare(c, themes.classes):
            yield _mention(document, m.group(), "named", "X发展", m.start(), m.end() + 2)
        else:
            yield _mention(document, m.group(), "keyword" if is_concept else "excluded", rule, m.start(), m.end())
