"""Words of a list in a stretch of text: which comes first, which last, what a text begins with."""

import re
from functools import cache
from typing import NamedTuple

from helpers import lexicon


class Cue(NamedTuple):
    """A word that was found and where it stands."""

    start: int
    end: int
    word: str


@cache
def _forwards(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(lexicon.words(name), key=lambda w: (-len(w), w))))


@cache
def _backwards(name: str) -> re.Pattern[str]:
    """The words of a list written backwards: what is found first ends last."""
    words = sorted(lexicon.words(name), key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(word[::-1]) for word in words))


def last(name: str, text: str) -> Cue | None:
    """The word of a list that ends last in a text, the longest of those that end there.

    >>> last("role_measure_nouns", "新建污水管网和公园").word
    '公园'
    """
    m = _backwards(name).search(text[::-1])
    return Cue(len(text) - m.end(), len(text) - m.start(), m.group()[::-1]) if m else None


def begins(name: str, text: str, at: int = 0) -> Cue | None:
    """The longest word of a list with which a text begins."""
    m = _forwards(name).match(text, at)
    return Cue(m.start(), m.end(), m.group()) if m else None


def every(name: str, text: str) -> list[Cue]:
    """The words of a list in a text from left to right, the longest first, none inside another."""
    return [Cue(m.start(), m.end(), m.group()) for m in _forwards(name).finditer(text)]
