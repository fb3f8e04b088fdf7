"""Where a text speaks of the new development philosophy (新发展理念) and its five concepts: mentions and statements."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from helpers import parallels
from helpers.document import Document
from helpers.lexicon import Lexicon
from helpers.senses import JUDGES, bare, context
from helpers.theme_lexicon import FIVE, KEYWORD, Indicator, Themes, load

# 创新、协调、绿色、开放、共享 in any order and any marks between; what follows says whether the philosophy is named
_LIST: Final = re.compile(rf"(?:{'|'.join(FIVE)})(?:(?:发展)?(?:[、,，和与]|以及)?(?:{'|'.join(FIVE)})){{3,4}}")
_LIST_NAME: Final = re.compile(r"[”’]?(?:发展)?(?:等)?(?:的)?(?:五大|五个)?(?:新)?(?:发展)?理念")
# Two hits are one record where nothing but 、 or a word or two of the same noun phrase stands between them.
_JOINED: Final = re.compile(r"[、]?|[^，,、；;：:。！？!?\n和与及并以或而“”《》]{1,4}")
# … one of the fields in a list of fields (水利、环保等领域): what is said concerns the list, no concept
_FIELDS: Final = re.compile(
    r"(?:[、和及与][^，,；;：:。！？!?\n、和及与等]{1,12}){0,12}等(?:重点|关键)?(?:领域|行业|部门|单位|问题)"
)
_GOES_ON: Final = "、和及与等"  # what a list of fields goes on with
_LISTED: Final = re.compile(r"[、和及与][^，,；;：:。！？!?\n、和及与]{0,6}$")
_MODIFIES: Final = re.compile(r"、?|[^和与及并以或，,、；;：:。！？!?\n]{1,2}")


_LONGEST: Final = 120  # no said mention (a statement at most) is longer


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
    """A concept, its trend (创新发展的进程越来越快), the requirement (必须更加注重动能转换) and its emphasis."""

    concept: str
    trend: str
    requirement: str
    emphasis: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slogan:
    """A slogan (三起来) or a place that says one of its parts (强县富民); `part` is empty for the slogan itself."""

    slogan: str
    part: str
    sentence: int
    start: int
    end: int


def code(document: Document, lexicon: Lexicon | Themes | None = None) -> list[Mention]:
    """All mentions of a document in order of place; each occurrence of a keyword is exactly one of them.

    >>> from helpers.document import from_text
    >>> d = from_text("会议强调,要突出绿色发展,抓好污染防治,拓宽视野、创新载体。")
    >>> [(m.concept, m.kind, d.text[m.start : m.end]) for m in code(d)]
    [('绿色', 'named', '绿色发展'), ('绿色', 'indicator', '污染防治'), ('创新', 'excluded', '创新')]
    """
    themes = _themes(lexicon)
    said = list(_named(document, themes))
    taken = {m.start for m in said if m.concept in FIVE and m.kind == "named"}
    for s, keyword in _stated(document, themes):
        said.append(_mention(document, s.concept, "statement", "trend and requirement", s.start, s.end))
        taken.add(keyword)
    said += _keywords(document, themes, taken)
    return sorted([*said, *_indicators(document, themes, said)], key=lambda m: (m.start, m.end, m.concept))


def statements(document: Document, lexicon: Lexicon | Themes | None = None) -> list[Statement]:
    """The concepts of a document with trend and requirement.

    >>> from helpers.document import from_text
    >>> [s] = statements(from_text("绿色发展的要求越来越高,必须更加注重集约高效。"))
    >>> s.concept, s.trend, s.requirement, s.emphasis
    ('绿色', '绿色发展的要求越来越高', '必须更加注重集约高效', '集约高效')
    """
    return [s for s, _ in _stated(document, _themes(lexicon))]


def slogans(document: Document, lexicon: Lexicon | Themes | None = None) -> list[Slogan]:
    """Where a text names a slogan of the lexicon and where it says its parts; nothing of one that it does not name.

    >>> from helpers.document import from_text
    >>> [(s.slogan, s.part) for s in slogans(from_text("践行县域治理“三起来”,以强县富民为主线。"))]
    [('三起来', ''), ('三起来', 'strong counties and rich people as one')]
    """
    text, found = document.text, []
    for slogan, parts in _themes(lexicon).slogans.items():
        if slogan not in text:
            continue
        for part, forms in {"": (slogan,), **parts}.items():
            either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
            for m in re.finditer(either, text):
                found.append(Slogan(slogan, part, document.sentence_at(m.start()).id, m.start(), m.end()))
    return sorted(found, key=lambda s: (s.start, s.end))


def _stated(document: Document, themes: Themes) -> Iterator[tuple[Statement, int]]:
    """Statements, each with the place of its keyword: the first one in the subject of the trend that is the concept."""
    for t in parallels.trends(document):
        for m in KEYWORD.finditer(document.text, t.start, t.start + len(t.trend)):
            if JUDGES[m.group()](context(document.text, m.start(), m.end()), themes.classes)[0]:
                yield Statement(m.group(), t.trend, t.requirement, t.emphasis, t.start, t.end), m.start()
                break


def _themes(lexicon: Lexicon | Themes | None) -> Themes:
    return lexicon if isinstance(lexicon, Themes) else load(lexicon.folder / "themes.yaml" if lexicon else None)


def _mention(document: Document, concept: str, kind: str, rule: str, start: int, end: int) -> Mention:
    return Mention(concept, kind, rule, document.sentence_at(start).id, start, end)


def _named(document: Document, themes: Themes) -> Iterator[Mention]:
    """The philosophy by name, and the list of the five."""
    text = document.text
    for m in themes.names.each(text):
        yield _mention(document, themes.philosophy, "named", "philosophy by name", m.start(), m.end())
    for m in _LIST.finditer(text):
        members = list(KEYWORD.finditer(text, m.start(), m.end()))
        if len({k.group() for k in members}) < 4:
            continue
        name = _LIST_NAME.match(text, m.end())
        if name and not themes.names.inside(name.group()):
            yield _mention(document, themes.philosophy, "named", "philosophy by its list", m.start(), name.end())
        for k in members:
            yield _mention(document, k.group(), "named", "member of the list", k.start(), k.end())


def _keywords(document: Document, themes: Themes, taken: set[int]) -> Iterator[Mention]:
    """Every occurrence of a keyword that no name, list or statement holds, judged by its sentence."""
    text = document.text
    for m in KEYWORD.finditer(text):
        if m.start() in taken:
            continue
        c = context(text, m.start(), m.end())
        is_concept, rule = JUDGES[m.group()](c, themes.classes)
        if is_concept and c.right.startswith("发展") and bare(c, themes.classes):
            yield _mention(document, m.group(), "named", "X发展", m.start(), m.end() + 2)
        else:
            yield _mention(document, m.group(), "keyword" if is_concept else "excluded", rule, m.start(), m.end())


def _indicators(document: Document, themes: Themes, said: list[Mention]) -> Iterator[Mention]:
    """Indicators: one record where 、 or a noun phrase joins them, none beside a said mention of their concept."""
    text = document.text
    records: list[tuple[int, int, Indicator]] = []
    said = sorted(said, key=lambda m: m.start)
    starts = [m.start for m in said]
    for a, b, found in themes.hits(text):
        around = said[bisect_left(starts, a - _LONGEST) : bisect_right(starts, b + 2)]
        if around and any((m.start < b and a < m.end) or _beside(text, m, a, b, found.concept) for m in around):
            continue
        if records and records[-1][2].concept == found.concept and _JOINED.fullmatch(text, records[-1][1], a):
            records[-1] = (records[-1][0], b, records[-1][2])
        else:
            records.append((a, b, found))
    for a, b, found in records:
        if (
            text[b : b + 1] in _GOES_ON
            and _FIELDS.match(text, b)
            and (text[b] == "、" or _LISTED.search(text[max(0, a - 8) : a]))
        ):
            continue
        yield _mention(document, found.concept, "indicator", found.term, a, b)


def _beside(text: str, said: Mention, start: int, end: int, concept: str) -> bool:
    """Whether an indicator only modifies, or is modified by, a said mention of its own concept (绿色低碳, 对外开放)."""
    if said.concept != concept or said.kind == "excluded":
        return False
    before, after = text[said.end : start], text[end : said.start]
    return bool(said.end <= start <= said.end + 2 and _MODIFIES.fullmatch(before)) or (
        end <= said.start <= end + 2 and bool(_MODIFIES.fullmatch(after))
    )
