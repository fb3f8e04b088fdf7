"""Where a text speaks of the new development philosophy (新发展理念) and its five concepts: coded mentions, statements."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from helpers import parallels
from helpers.document import Document
from helpers.lexicon import DATA
from helpers.senses import JUDGES, Words, bare, context

FIVE: Final = ("创新", "协调", "绿色", "开放", "共享")
_KEYWORD: Final = re.compile("|".join(FIVE))
# 创新、协调、绿色、开放、共享 in any order and any marks between; what follows says whether the philosophy is named
_LIST: Final = re.compile(rf"(?:{'|'.join(FIVE)})(?:(?:发展)?(?:[、,，和与]|以及)?(?:{'|'.join(FIVE)})){{3,4}}")
_LIST_NAME: Final = re.compile(r"[”’]?(?:发展)?(?:等)?(?:的)?(?:五大|五个)?(?:新)?(?:发展)?理念")
_NO_TERM: Final = re.compile(r"[\[\](){}|\\*+?^$]")
_GAP: Final = "[^，,、；;：:。！？!?\\n“”《》]{1,6}"
# Two hits are one record where nothing but 、 or a word or two of the same noun phrase stands between them.
_JOINED: Final = re.compile(r"[、]?|[^，,、；;：:。！？!?\n和与及并以或而“”《》]{1,4}")
# … one of the fields in a list of fields (水利、环保等领域): what is said concerns the list, no concept
_FIELDS: Final = re.compile(r"(?:[、和及与][^，,；;：:。！？!?\n、和及与等]{1,12}){0,12}等(?:重点|关键)?(?:领域|行业|部门|单位|问题)")
_LISTED: Final = re.compile(r"[、和及与][^，,；;：:。！？!?\n、和及与]{0,6}$")
_MODIFIES: Final = re.compile(r"、?|[^和与及并以或，,、；;：:。！？!?\n]{1,2}")


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
    """The theme lexicon, checked: names of the philosophy, indicators of each concept, word classes of the grammar.

    `indicators`: term → concept, or "" for a longer expression that hides a term in it (exclusion); a term with … is in `gapped`.
    """

    philosophy: str
    names: tuple[str, ...]
    indicators: Mapping[str, str]
    classes: Mapping[str, Words]
    why: Mapping[str, str]

    def hits(self, text: str) -> list[tuple[int, int, str, str]]:
        """Start, end, concept and term of every indicator in a text, longest first, without overlap; exclusions left out."""
        terms = [t for t in self.indicators if "…" not in t]
        found = [
            (a, b, terms[i])
            for i, a, b in AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text)
        ]
        for term in self.indicators:
            if "…" in term:
                pattern = _GAP.join(map(re.escape, term.split("…")))
                found += [(m.start(), m.end(), term) for m in re.finditer(pattern, text)]
        found.sort(key=lambda f: (f[0], -f[1]))
        out: list[tuple[int, int, str, str]] = []
        at = 0
        for a, b, term in found:
            if a >= at:
                at = b
                if self.indicators[term]:
                    out.append((a, b, self.indicators[term], term))
        return out


@cache
def load(path: Path = DATA / "lexicon" / "themes.yaml") -> Themes:
    """Read and check a theme file.

    Raises `ThemesError` where it is missing, is no YAML, lacks a part, or holds a term twice, a term with signs of a
    regular expression, or a term that holds a literal keyword (such a place is judged by the grammar).
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ThemesError(f"{path.name}: {e.strerror}") from e
    except yaml.YAMLError as e:
        raise ThemesError(f"{path.name}: no YAML: {e}") from e
    try:
        concepts = [data["philosophy"], *data["concepts"], {"label": "", "indicators": data["exclusions"]}]
        labels = tuple(c["label"] for c in data["concepts"])
        groups = [(c["label"], g["why"], g["terms"]) for c in concepts for g in c["indicators"]]
        names, classes = tuple(data["philosophy"]["names"]), {k: Words(w) for k, w in data["classes"].items()}
    except (KeyError, TypeError) as e:
        raise ThemesError(f"{path.name}: {e} is missing or has the wrong form") from e
    if labels != FIVE:
        raise ThemesError(f"{path.name}: the concepts are {'、'.join(labels)}, not {'、'.join(FIVE)}")
    terms: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for label, why, group in groups:
        for term in group:
            if not isinstance(term, str) or len(term) < 2 or _NO_TERM.search(term):
                raise ThemesError(f"{path.name}: {term!r} under {label or 'exclusions'} is no term: two characters or more, no signs")
            if term in terms:
                raise ThemesError(f"{path.name}: {term} stands under {terms[term] or 'exclusions'} and under {label or 'exclusions'}")
            if _KEYWORD.search(term) and label:
                raise ThemesError(f"{path.name}: {term} holds a literal keyword, which the grammar judges")
            terms[term], reasons[term] = label, why
    return Themes(data["philosophy"]["label"], names, terms, classes, reasons)


def code(document: Document, lexicon: Any = None) -> list[Mention]:
    """All mentions of a document in order of place; each occurrence of a keyword is exactly one of them.

    >>> from helpers.document import from_text
    >>> d = from_text("会议强调,要突出绿色发展,抓好污染防治,拓宽视野、创新载体。")
    >>> [(m.concept, m.kind, d.text[m.start : m.end]) for m in code(d)]
    [('绿色', 'named', '绿色发展'), ('绿色', 'indicator', '污染防治'), ('创新', 'excluded', '创新')]
    """
    themes = lexicon or load()
    said = list(_named(document, themes))
    taken = [(m.start, m.end) for m in said if m.concept in FIVE]
    said += _keywords(document, themes, taken)
    return sorted([*said, *_indicators(document, themes, said)], key=lambda m: (m.start, m.end, m.concept))


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


def _indicators(document: Document, themes: Themes, said: list[Mention]) -> Iterator[Mention]:
    """Indicators; those joined by 、 or in one noun phrase are one record; none beside a said mention of the same concept."""
    text = document.text
    records: list[tuple[int, int, str, str]] = []
    for a, b, concept, term in themes.hits(text):
        if any(m.start < b and a < m.end for m in said):
            continue
        near = [m for m in said if m.concept == concept and m.kind != "excluded" and (m.end <= a <= m.end + 2 or b <= m.start <= b + 2)]
        if any(_MODIFIES.fullmatch(text[m.end : a] if m.end <= a else text[b : m.start]) for m in near):
            continue
        if records and records[-1][2] == concept and _JOINED.fullmatch(text[records[-1][1] : a]):
            records[-1] = (records[-1][0], b, concept, records[-1][3])
        else:
            records.append((a, b, concept, term))
    for a, b, concept, term in records:
        if _FIELDS.match(text, b) and (text[b] == "、" or _LISTED.search(text[max(0, a - 8) : a])):
            continue
        yield _mention(document, concept, "indicator", term, a, b)
