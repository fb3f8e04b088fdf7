"""Verbs: where the directive verb of a clause stands, from the word lists and without segmenting."""

from dataclasses import dataclass
from functools import cache

from helpers import lexicon

_OF_REGIONS = frozenset("域县位块内间级划委政直")  # 区 with one of these is a word of its own


@dataclass(slots=True)
class _Words:
    """A word list; `lengths`: for each character, how long the words are that begin with it, the longest first."""

    words: frozenset[str]
    lengths: dict[str, tuple[int, ...]]

    def longest(self, text: str, start: int, end: int) -> int:
        """Length of the longest word of the list that stands at `start`; 0 for none."""
        if start < end:
            for n in self.lengths.get(text[start], ()):
                if start + n <= end and text[start : start + n] in self.words:
                    return n
        return 0


@cache
def _verbs_and_adverbs() -> tuple[_Words, _Words]:
    return _listed("directive_verbs"), _listed("directive_adverbs")


def _listed(name: str) -> _Words:
    found: dict[str, set[int]] = {}
    for word in lexicon.words(name):
        found.setdefault(word[0], set()).add(len(word))
    return _Words(lexicon.words(name), {c: tuple(sorted(n, reverse=True)) for c, n in found.items()})


def after_adverbs(text: str, start: int, end: int) -> int:
    """Where the verb stands, the adverbs before it left out.

    >>> s = "进一步改进督查检查考核方式"
    >>> s[after_adverbs(s, 0, len(s)):]
    '改进督查检查考核方式'
    """
    verbs, adverbs = _verbs_and_adverbs()
    while (n := adverbs.longest(text, start, end)) and start + n < end:
        if n == 1 and not verbs.longest(text, start + 1, end):
            break  # 强化: no adverb 强 before 化
        start += n + (text[start + n] == "地" and n > 1)
    return start


def verb_at(text: str, start: int, end: int) -> int | None:
    """End of the directive verb with which `text[start:end]` opens, adverbs allowed before it; else None.

    >>> verb_at("持续优化营商环境", 0, 8), verb_at("营商环境优化", 0, 6)
    (4, None)
    """
    if start >= end:
        return None
    verbs, adverbs = _verbs_and_adverbs()
    at = after_adverbs(text, start, end) if text[start] in adverbs.lengths else start
    n = verbs.longest(text, at, end)
    if not n and at > start:  # an adverb may itself be the verb: 坚定…的信心, 进一步加快…进度
        at = _verb_among(text, start, at, end)
        n = verbs.longest(text, at, end)
    if not n or (at + n < end and text[at + n] in "性型区" and _names(text, at + n, end)):
        return None
    return at + n


def _names(text: str, at: int, end: int) -> bool:
    """Whether what stands behind a verb makes a name of it: 引领性改革, 建成区绿地率; not 推动区域发展."""
    return text[at] != "区" or text[at + 1 : at + 2] not in _OF_REGIONS


def _verb_among(text: str, start: int, at: int, end: int) -> int:
    """Where the last of the adverbs in `text[start:at]` stands that is itself a verb; `start` for none."""
    verbs, adverbs = _verbs_and_adverbs()
    verb = start
    while start < at:
        if verbs.longest(text, start, end):
            verb = start
        start += adverbs.longest(text, start, at) or 1
    return verb


def next_verb(text: str, start: int, end: int) -> int | None:
    """Where the first verb of two characters or more stands that still has an object of two behind it."""
    verbs, _ = _verbs_and_adverbs()
    return next((i for i in range(start, end - 3) if 2 <= verbs.longest(text, i, end) <= end - i - 2), None)


def last_verb(text: str, start: int, end: int) -> int | None:
    """Where the last such verb stands: 以高水平开放促进改革 is led by 促进."""
    verbs, _ = _verbs_and_adverbs()
    places = (i for i in range(end - 4, start - 1, -1) if text[i - 1] != "的")
    return next((i for i in places if 2 <= verbs.longest(text, i, end) <= end - i - 2), None)
