"""The theme file `data/lexicon/themes.yaml`, read, checked and made ready to match."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from helpers import lexicon
from helpers.lexicon import LexiconError

FIVE: Final = ("创新", "协调", "绿色", "开放", "共享")
KEYWORD: Final = re.compile("|".join(FIVE))
_SIGN: Final = re.compile(r"[\[\](){}|\\*+?^$]")
_GAP: Final = "[^，,、；;：:。！？!?\\n“”《》]{1,6}"
_PARTS: Final = ("classes", "parallels", "slogans", "philosophy", "concepts", "exclusions")
_CLASSES: Final = (
    *("before_verbs", "innovation_heads", "innovation_heads_weak", "institutions", "verbs_after_adverb", "forms"),
    *("effects", "paired_verbs", "activities", "balanced", "balance_signs", "methods", "administrative", "not_green"),
    *(
        "markets",
        "regions",
        "opened_after",
        "opened_things",
        "opened_ways",
        "shared_things",
        "shared_technical",
        "shared_services",
    ),
    *("people", "sharers", "fruits", "governors"),
)


class Words:
    """A class of words, asked whether a text begins with, ends in or holds one of them (the longest first)."""

    def __init__(self, words: Iterable[str]) -> None:
        either = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
        self.opens = re.compile(either).match
        self.inside = re.compile(either).search
        self.each = re.compile(either).finditer
        self.closes = re.compile(f"(?:{either})$").search
        self.equals = re.compile(either).fullmatch


@dataclass(frozen=True, slots=True)
class Indicator:
    """An expression that realises a concept without its keyword; the empty concept is an exclusion."""

    term: str
    concept: str
    reason: str


@dataclass(frozen=True)
class Themes:
    """The theme lexicon: names of the philosophy, indicators, slogans with their parts, word classes of the grammar."""

    philosophy: str
    names: Words
    indicators: Mapping[str, Indicator]
    slogans: Mapping[str, Mapping[str, tuple[str, ...]]]
    roles: Words
    results: Words
    classes: Mapping[str, Words]

    @cached_property
    def _plain(self) -> tuple[tuple[str, ...], AhoCorasick]:
        terms = tuple(t for t in self.indicators if "…" not in t)
        return terms, AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    @cached_property
    def _gapped(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((t, re.compile(_GAP.join(map(re.escape, t.split("…"))))) for t in self.indicators if "…" in t)

    def hits(self, text: str) -> Iterator[tuple[int, int, Indicator]]:
        """Every indicator in a text, the first and longest first, without overlap; exclusions hide what they hold."""
        terms, automaton = self._plain
        found = [(a, b, terms[i]) for i, a, b in automaton.find_matches_as_indexes(text)]
        found += [(m.start(), m.end(), term) for term, pattern in self._gapped for m in pattern.finditer(text)]
        at = 0
        for a, b, term in sorted(found, key=lambda f: (f[0], -f[1])):
            if a >= at:
                at = b
                if self.indicators[term].concept:
                    yield a, b, self.indicators[term]


@cache
def load(path: Path | None = None) -> Themes:
    """Read and check a theme file; without a path, the project's own.

    Raises `LexiconError` where it is missing, is no YAML, lacks a part, or holds a term twice, a term with signs of a
    pattern, a term of one character, or an indicator with a literal keyword in it (such a place is judged by grammar).

    >>> themes = load()
    >>> themes.indicators["污染防治"].concept, themes.indicators["政治生态"].concept
    ('绿色', '')
    """
    path = lexicon.DATA / "lexicon" / "themes.yaml" if path is None else path
    data = lexicon.read_yaml(path)
    for part in _PARTS:
        if not isinstance(data.get(part), Mapping):
            raise LexiconError(path, part, "is missing or no map", f"A theme file has the parts {', '.join(_PARTS)}")
    if tuple(data["concepts"]) != FIVE:
        there = "、".join(map(str, data["concepts"]))
        raise LexiconError(path, "concepts", f"are {there}", f"Write {'、'.join(FIVE)}, in this order")
    if missing := ", ".join(sorted(set(_CLASSES) - set(data["classes"]))):
        raise LexiconError(path, "classes", f"{missing} is missing", "The grammar in senses.py asks for it")
    label = data["philosophy"].get("label", "")
    indicators: dict[str, Indicator] = {}
    groups = [(label, data["philosophy"].get("indicators", {}))]
    groups += [*data["concepts"].items(), ("", data["exclusions"])]
    for concept, reasons in groups:
        name = concept or "exclusions"
        for reason, terms in _reasons(path, name, reasons):
            for term in terms:
                _check(path, f"{name} / {reason}", term, bool(concept))
                if term in indicators:
                    first = indicators[term].concept or "exclusions"
                    raise LexiconError(path, term, f"stands under {first} and under {name}", "Keep one")
                indicators[term] = Indicator(term, concept, reason)
    return Themes(
        label,
        Words(data["philosophy"]["names"]),
        indicators,
        {name: {part: tuple(forms) for part, forms in parts.items()} for name, parts in data["slogans"].items()},
        Words(data["parallels"]["roles"]),
        Words(data["parallels"]["results"]),
        {name: Words(words) for name, words in data["classes"].items()},
    )


def _reasons(path: Path, concept: str, reasons: Any) -> Iterator[tuple[str, list[str]]]:
    if not isinstance(reasons, Mapping):
        raise LexiconError(path, concept, "no map from reason to terms", "Write it as reason: [term, …]")
    for reason, terms in reasons.items():
        if not isinstance(terms, list):
            raise LexiconError(path, f"{concept} / {reason}", "no list of terms", "Write it as reason: [term, …]")
        yield reason, terms


def _check(path: Path, key: str, term: object, indicator: bool) -> None:
    if not isinstance(term, str) or len(term.replace("…", "")) < 2:
        raise LexiconError(path, key, f"{term!r} is no term", "A term has two characters or more")
    if _SIGN.search(term):
        raise LexiconError(path, key, f"{term} is a pattern", "Terms are literal; … stands for one to six characters")
    if indicator and KEYWORD.search(term):
        raise LexiconError(path, key, f"{term} holds a literal keyword", "Take it out: the grammar judges it")
