"""Words of a list in a stretch of text: which comes first, which last, what a text begins with."""

from functools import cache
from typing import NamedTuple

from helpers import lexicon


class Cue(NamedTuple):
    """A word that was found and where it stands."""

    start: int
    end: int
    word: str


@cache
def _by_edge(name: str, edge: int) -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """The words of a list, and for each first (edge 0) or last (edge -1) character how long they are, longest first."""
    words = frozenset(lexicon.words(name))
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[edge], set()).add(len(word))
    return words, {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}


def last(name: str, text: str) -> Cue | None:
    """The word of a list that ends last in a text, the longest of those that end there.

    >>> last("role_measure_nouns", "新建污水管网和公园").word
    '公园'
    """
    words, lengths = _by_edge(name, -1)
    for end in range(len(text), 0, -1):
        for n in lengths.get(text[end - 1], ()):
            if n <= end and text[end - n : end] in words:
                return Cue(end - n, end, text[end - n : end])
    return None


def begins(name: str, text: str, at: int = 0) -> Cue | None:
    """The longest word of a list with which a text begins."""
    words, lengths = _by_edge(name, 0)
    for n in lengths.get(text[at : at + 1], ()):
        if at + n <= len(text) and text[at : at + n] in words:
            return Cue(at, at + n, text[at : at + n])
    return None


def every(name: str, text: str) -> list[Cue]:
    """The words of a list in a text from left to right, the longest first, none inside another."""
    out, at = [], 0
    while at < len(text):
        cue = begins(name, text, at)
        if cue:
            out.append(cue)
        at = cue.end if cue else at + 1
    return out
