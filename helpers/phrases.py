"""New phrases of a text, found without a lexicon: what holds together inside and stands free outside."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log2
from typing import Final

import pandas as pd

from helpers import quantities
from helpers.document import Document
from helpers.lexicon import Lexicon
from helpers.words import Segmenter

COLUMNS: Final = ("phrase", "count", "cohesion", "left_entropy", "right_entropy", "score")
_CLAUSE: Final = re.compile(r"[\u3400-\u9fff]+")
# Closed classes: particles, pronouns, prepositions, localisers, auxiliaries, adverbs. No term has them at an edge.
_FUNCTION: Final = frozenset(
    "的地得了着过之所在于从自由对向往到至把将被让给为以按随因同跟是有要须应会能可使令叫"
    "而但却并也又还都就才便再更最很太越不未没非各每这那其此该某我你您他她它们等者"
    "上下中内外里间前后时"
)
_JOINS: Final = frozenset("和与及")  # may stand inside a term (生态保护和高质量发展), not at its edge


def propose(
    source: Document | str,
    n: int = 60,
    *,
    segmenter: Segmenter | None = None,
    least: int = 2,
    longest: int = 12,
    cohesion: float = 1.0,
) -> pd.DataFrame:
    """The `n` likeliest phrases of three to `longest` characters that a text repeats, best first: candidates to judge.

    A candidate is a run of words (as the engine cuts them without a lexicon) inside a clause, without amounts, dates
    and function words. It must

    - hold together: `cohesion` is the pointwise mutual information, in bits, of its weakest cut into two (Church &
      Hanks 1990), estimated from the text itself;
    - stand free: the entropy of its neighbours to the left and to the right (branching entropy, Jin & Tanaka-Ishii
      2006) must be above 0 on both sides; punctuation and function words leave a side open, and so are always new;
    - be more than a part: a candidate that never stands outside one and the same longer candidate is left out
      (substring reduction, Lü, Zhang & Hu 2004).

    `score` = cohesion x smaller entropy x log₂(1 + count). In texts of a few hundred characters little repeats, and
    the table is short or empty.

    >>> text = "县域经济稳则大局稳。推动县域经济发展,把县域经济做强。"
    >>> propose(text)[["phrase", "count"]].values.tolist()
    [['县域经济', 3]]
    """
    segmenter = segmenter or Segmenter(Lexicon({}), protect=False)
    clauses = _clauses(source.text if isinstance(source, Document) else source)
    found = _candidates((segmenter.cut(clause) for clause in clauses), longest)
    counts = {phrase: len(sides) for phrase, sides in found.items() if len(sides) >= least}
    held = _held(counts)
    parts = _substrings(clauses, longest) if counts else Counter[str]()
    size = sum(map(len, clauses))
    rows = []
    for phrase, count in counts.items():
        if held[phrase] >= count:
            continue
        left, right = (_entropy(side) for side in zip(*found[phrase], strict=True))
        bits = _cohesion(phrase, parts, size)
        if min(left, right) > 0 and bits >= cohesion:
            rows.append((phrase, count, bits, left, right, bits * min(left, right) * log2(1 + count)))
    out = pd.DataFrame(rows, columns=list(COLUMNS))
    return out.sort_values(["score", "phrase"], ascending=[False, True], ignore_index=True).head(n)


def _clauses(text: str) -> list[str]:
    """Runs of Chinese characters; an amount or a date ends one, so that 个以上 of 100个以上 is no candidate."""
    ends = sorted((a, b) for a, b, _ in quantities.spans(text))
    gaps = zip([0, *(b for _, b in ends)], [*(a for a, _ in ends), len(text)], strict=True)
    return [clause for a, b in gaps for clause in _CLAUSE.findall(text, a, b)]


def _candidates(clauses: Iterable[Sequence[str]], longest: int) -> dict[str, list[tuple[str, str]]]:
    """Every run of words that may be a phrase, with its neighbours at each place; an open side is the empty string."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for words in clauses:
        for i, first in enumerate(words):
            if first in _JOINS:
                continue
            length = 0
            for j in range(i, len(words)):
                length += len(words[j])
                if length > longest or words[j] in _FUNCTION:
                    break
                if length >= 3 and words[j] not in _JOINS:
                    found["".join(words[i : j + 1])].append((_side(words, i - 1), _side(words, j + 1)))
    return found


def _side(words: Sequence[str], at: int) -> str:
    open_ = not 0 <= at < len(words) or words[at] in _FUNCTION or words[at] in _JOINS
    return "" if open_ else words[at]


def _entropy(neighbours: Sequence[str]) -> float:
    """Entropy in bits of the neighbours on one side; each open side is a neighbour of its own."""
    counts = [*Counter(w for w in neighbours if w).values(), *(1 for w in neighbours if not w)]
    return max(0.0, -sum(c / len(neighbours) * log2(c / len(neighbours)) for c in counts))


def _held(counts: dict[str, int]) -> dict[str, int]:
    """For each candidate the count of the most frequent longer candidate that holds it."""
    held = dict.fromkeys(counts, 0)
    for longer, count in counts.items():
        for part in {longer[i:j] for i in range(len(longer)) for j in range(i + 3, len(longer) + 1)} - {longer}:
            if part in held:
                held[part] = max(held[part], count)
    return held


def _substrings(clauses: Iterable[str], longest: int) -> Counter[str]:
    return Counter(c[i:j] for c in clauses for i in range(len(c)) for j in range(i + 1, min(len(c), i + longest) + 1))


def _cohesion(phrase: str, parts: Counter[str], size: int) -> float:
    cuts = ((phrase[:k], phrase[k:]) for k in range(1, len(phrase)))
    return min(log2(parts[phrase] * size / (parts[a] * parts[b])) for a, b in cuts)
