"""Verbs: where the directive verb of a clause stands, from the word lists and without segmenting."""

from functools import cache
from typing import Final, NamedTuple

from helpers import lexicon

_VERBS: Final = "directive_verbs"
_ADVERBS: Final = "directive_adverbs"


class _Words(NamedTuple):
    """A word list; `lengths`: for each character, the lengths of the words that begin with it, the longest first."""

    words: frozenset[str]
    lengths: dict[str, tuple[int, ...]]


@cache
def _listed(name: str) -> _Words:
    found: dict[str, set[int]] = {}
    for word in lexicon.words(name):
        found.setdefault(word[0], set()).add(len(word))
    return _Words(lexicon.words(name), {c: tuple(sorted(n, reverse=True)) for c, n in found.items()})


def _longest(listed: _Words, text: str, start: int, end: int) -> int:
    """Length of the longest word of a list that stands at `start`; 0 for none."""
    if start >= end or (lengths := listed.lengths.get(text[start])) is None:
        return 0
    for n in lengths:
        if start + n <= end and text[start : start + n] in listed.words:
            return n
    return 0


def after_adverbs(text: str, start: int, end: int) -> int:
    """Where the verb stands, the adverbs before it left out.

    >>> s = "进一步改进督查检查考核方式"
    >>> s[after_adverbs(s, 0, len(s)):]
    '改进督查检查考核方式'
    """
    adverbs = _listed(_ADVERBS)
    while (n := _longest(adverbs, text, start, end)) and start + n < end:
        if n == 1 and not _longest(_listed(_VERBS), text, start + 1, end):
            break  # 强化: no adverb 强 before 化
        start += n + (text[start + n] == "地" and n > 1)
    return start


def _verb_among(text: str, start: int, at: int, end: int) -> int:
    """Where the last of the adverbs in `text[start:at]` stands that is itself a verb; `start` for none."""
    verb, adverbs, verbs = start, _listed(_ADVERBS), _listed(_VERBS)
    while start < at:
        if _longest(verbs, text, start, end):
            verb = start
        start += _longest(adverbs, text, start, at) or 1
    return verb


def verb_at(text: str, start: int, end: int) -> int | None:
    """End of the directive verb with which `text[start:end]` opens, adverbs allowed before it; else None.

    >>> verb_at("持续优化营商环境", 0, 8), verb_at("营商环境优化", 0, 6)
    (4, None)
    """
    if start >= end:
        return None
    verbs, at = _listed(_VERBS), start
    if text[start] in _listed(_ADVERBS).lengths:
        at = after_adverbs(text, start, end)
    n = _longest(verbs, text, at, end)
    if not n and at > start:  # an adverb may itself be the verb: 坚定…的信心, 进一步加快…进度
        at = _verb_among(text, start, at, end)
        n = _longest(verbs, text, at, end)
    attribute = at + n < end and text[at + n] in "性型"  # 引领性改革
    return at + n if n and not attribute else None


def next_verb(text: str, start: int, end: int) -> int | None:
    """Where the first verb of two characters or more stands that still has an object of two behind it."""
    verbs = _listed(_VERBS)
    return next((i for i in range(start, end - 3) if 2 <= _longest(verbs, text, i, end) <= end - i - 2), None)


def last_verb(text: str, start: int, end: int) -> int | None:
    """Where the last such verb stands: 以高水平开放促进改革 is led by 促进."""
    verbs = _listed(_VERBS)
    places = (i for i in range(end - 4, start - 1, -1) if text[i - 1] != "的")
    return next((i for i in places if 2 <= _longest(verbs, text, i, end) <= end - i - 2), None)
