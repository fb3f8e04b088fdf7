"""Announcing: whether the first sentence of a paragraph only names what the later ones spell out (codebook, 3.2)."""

import re
from collections.abc import Sequence
from typing import Final

from helpers import lexicon
from helpers.demands import Directive

_ANNOUNCES: Final = re.compile(
    r"(?:以[^，,。]{2,40})?为[^，,。]+(?:提供|打下|奠定|创造|凝聚|注入|贡献)|[^，,。]*(?:强起来|紧迫感|责任感|自觉性|坚定性)"
)
_ALL_FOR: Final = re.compile(r"(?:以[^，,。]{2,40})?为[^，,。]+提供|努力(?:促进|实现|推动|开创|形成)")
_FUNCTION: Final = re.compile(r"[要的和与及并、，,。；;]")
_BRIEF: Final = 24  # characters: one short clause with several sentences after it announces
_FULLER: Final = 0.5  # clauses by which the later sentences must on average be the longer


def may_announce(text: str, found: Sequence[Directive]) -> bool:
    """Whether the directives of a first sentence are few enough to announce, whatever comes after them."""
    own = _own(found)
    if not 1 <= len(own) <= 3 or own[0].part != own[-1].part:
        return False
    return len(own) < 3 or _ALL_FOR.match(text, own[-1].start, own[-1].end) is not None


def announces(text: str, found: Sequence[Directive], later: Sequence[tuple[int, str]]) -> bool:
    """Whether the directives of a first sentence, which may announce, do so; `later`: for each directive sentence after
    it in the paragraph, how many clauses direct, and its words.

    A sentence that closes with what all is for (为…提供保证) announces; so does one brief clause, or one or two whose
    matter the later sentences take up at greater length. Two demands side by side (要…, 要…) do not.
    """
    own = _own(found)
    if not later:
        return False
    if len(own) == 3:  # the first says what, the second how, the last what all is for
        return len(later) >= 2
    if _ANNOUNCES.match(text, own[-1].start, own[-1].end):
        return True
    if len(later) < 2:
        return False
    opening = text[own[0].start : own[0].start + 2]
    if sum(words.startswith(opening) for _, words in later) * 2 > len(later):
        return False  # 要把…, 要把…: one of a row
    if len(own) == 1 and own[0].end - own[0].start <= _BRIEF:
        return True
    if len(own) == 2 and own[1].modal and not found[0].topic:
        return False
    mean = sum(n for n, _ in later) / len(later)
    if mean >= len(own) + _FULLER:
        return True
    if mean <= len(own):
        return False
    matter = _matter(text[found[0].start : found[-1].end])
    taken_up = sum(not matter.isdisjoint(_matter(words)) for _, words in later)
    return taken_up * 2 > len(later)


def _own(found: Sequence[Directive]) -> Sequence[Directive]:
    return found[1:] if found[0].topic else found


def _matter(text: str) -> set[str]:
    """The pairs of characters that say what a sentence is about, the verbs and nouns of every such text left out."""
    pairs = {p[i : i + 2] for p in _FUNCTION.split(text) for i in range(len(p) - 1)}
    return pairs - lexicon.words("directive_common")
