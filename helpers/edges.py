"""Whether two lines are one sentence: what the edges of sentences look like, in this text and in newspapers."""

import math
import re
from collections import Counter
from functools import cache, cached_property
from itertools import pairwise
from typing import Final

import rjieba

from helpers import lexicon

# Weights of a logistic regression on 2,700 line ends of the trial texts, half of them torn out of sentences; on the
# texts that were not used for the fit the area under the curve is 0.97.
_BIAS: Final = -3.9
_NEWSPAPER_BEGIN: Final = 1.0
_NEWSPAPER_END: Final = 1.2
_OWN: Final = 0.8
_CLAUSE: Final = 0.7  # for each of the first characters of the last clause: an ended clause is seldom shorter than
_CLAUSE_LENGTH: Final = 8  # so many
_MARK: Final = re.compile("[，、；。：,]")
_LAST_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{1,10}$")
_FIRST_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{1,10}")
_ENOUGH: Final = 2000  # characters; a shorter text says too little about its own habits
_FEW: Final = 64  # line ends; for more of them all pairs of characters are counted once
_OPENING: Final = re.compile(r"[。！？；][”’」』）)》]*\s*([^\s\d]{2})")


@cache
def engine() -> rjieba.Jieba:
    """A segmenter of this room's own (made when first needed)."""
    return rjieba.Jieba()


@cache
def _newspaper() -> tuple[dict[str, tuple[int, int, int]], float]:
    """Count, beginnings and ends of the words of `data/reference/sentence_edges.tsv`, and sentences per word."""
    lines = (lexicon.DATA / "reference" / "sentence_edges.tsv").read_text(encoding="utf-8").splitlines()
    head = {line[2:].partition(":")[0]: int(line.partition(":")[2]) for line in lines if line.startswith("#")}
    rows = (line.split("\t") for line in lines[len(head) + 1 :])
    return {w: (int(n), int(b), int(e)) for w, n, b, e in rows}, head["sentences"] / head["words"]


class Edges:
    """The beginnings of sentences in one text; made once for it, counted when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    def between_sentences(self, above: str, below: str) -> float:
        """Log odds that one sentence ends with `above` and another begins with `below`, where half of all line ends do.

        >>> edges = Edges("会议指出,成绩可喜。会议强调,形势逼人。会议要求,狠抓落实。")
        >>> edges.between_sentences("要推动全省经济高质量发展", "会议还研究了其他事项") > 0
        True
        >>> edges.between_sentences("要推动全省经济", "高质量发展,持续深化改革") > 0
        False
        """
        words, rate = _newspaper()
        last, first = engine().cut(above[-12:], False)[-1], engine().cut(below[:12], False)[0]
        n, _, ends = words.get(last, (0, 0, 0))
        m, begins, _ = words.get(first, (0, 0, 0))
        clause = len(_MARK.split(above[-_CLAUSE_LENGTH:])[-1])
        return (
            _BIAS
            + _NEWSPAPER_BEGIN * math.log((begins + 0.5) / (m * rate + 0.5))
            + _NEWSPAPER_END * math.log((ends + 0.5) / (n * rate + 0.5))
            + _OWN * self._own(above, below)
            + _CLAUSE * clause
        )

    def _own(self, above: str, below: str) -> float:
        """How often the sentences of this text open with the first two characters below, against how often these stand
        anywhere; less how often the characters on both sides of the line end stand together.
        """
        self._asked += 1
        n, opened = len(self._text), self._opened + 1
        two, joint = below[:2], above[-1] + below[0]
        unseen = 0.1 * (self._count(two[0]) + 1) / n + 0.01
        opens = math.log((self._openings.get(two, 0) + unseen) / opened * n / (self._pair(two) + 0.5))
        expected = (self._count(joint[0]) + 1) * (self._count(joint[1]) + 1) / n
        own = opens - math.log((self._pair(joint) + 0.2) / (expected + 0.2))
        return own * min(1.0, n / _ENOUGH)

    @cached_property
    def _openings(self) -> Counter[str]:
        return Counter(_OPENING.findall(self._text))

    @cached_property
    def _opened(self) -> int:
        return self._openings.total()

    @cached_property
    def _single(self) -> Counter[str]:
        return Counter(self._text)

    @cached_property
    def _pairs(self) -> Counter[str]:
        return Counter(map("".join, pairwise(self._text)))

    def _count(self, sign: str) -> int:
        return self._single[sign] if self._asked > _FEW else self._text.count(sign)

    def _pair(self, two: str) -> int:
        """How often two characters stand together, 三三 in 三三三 twice; a line of one character has no pair."""
        if self._asked > _FEW or len(set(two)) < 2:
            return self._pairs[two]
        return self._text.count(two)

    @staticmethod
    def one_word(above: str, below: str) -> bool:
        """Whether a dictionary word stands across the line end, which neither half would give.

        >>> Edges.one_word("结合规划编制,统", "筹考虑配套协作"), Edges.one_word("结合规划", "考虑配套")
        (True, False)
        """
        left, right = _LAST_WORDS.search(above[-10:]), _FIRST_WORDS.match(below)
        if not left or not right:
            return False
        at = len(left.group())
        if any(start < at < end for _, start, end in engine().tokenize(left.group() + right.group(), hmm=False)):
            whole = engine().cut(left.group(), False)[-1], engine().cut(right.group(), False)[0]
            return len(whole[0]) == 1 or len(whole[1]) == 1
        return False
