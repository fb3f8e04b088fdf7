"""What may be said of how the concepts divide a text: shares with intervals, theme by section, co-occurrence.

Fifteen mentions cannot be ranked: every share comes with an interval, and the intervals are shown beside the bars.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from helpers.document import Document
from helpers.intervals import Interval, wilson
from helpers.theme_lexicon import FIVE
from helpers.themes import Mention

COUNTED: Final = frozenset({"named", "statement", "keyword", "indicator"})
SAID: Final = frozenset({"named", "statement", "keyword"})


def counted(mentions: Iterable[Mention], kinds: frozenset[str] = COUNTED) -> list[Mention]:
    """The mentions of the five concepts that are of some kinds; those of the philosophy as a whole are left out."""
    return [m for m in mentions if m.concept in FIVE and m.kind in kinds]


def bootstrap(
    mentions: Iterable[Mention],
    sentences: int,
    *,
    kinds: frozenset[str] = COUNTED,
    rounds: int = 2000,
    seed: int = 20200429,
    confidence: float = 0.95,
) -> dict[str, Interval]:
    """Share of each concept in all mentions, with a percentile interval from resampled sentences (B. Efron, 1979).

    Sentences, not mentions, are drawn: mentions of one sentence come together (cluster bootstrap: A. C. Davison and
    D. V. Hinkley, 1997, ch. 3.8). `sentences` is how many the document has, those without mention among them; a round
    that draws no mention is left out. The same seed gives the same figures. Without a mention a share is `nan`.

    >>> from helpers.document import from_text
    >>> from helpers.themes import code
    >>> d = from_text("要突出绿色发展。要抓好污染防治。要扩大对外开放。会议召开。")
    >>> bootstrap(code(d), len(d.sentences))["绿色"].share
    0.6666666666666666
    """
    chosen = counted(mentions, kinds)
    if not chosen:
        return {c: Interval(float("nan"), 0.0, 1.0) for c in FIVE}
    table = np.zeros((sentences, len(FIVE)))
    for m in chosen:
        table[m.sentence, FIVE.index(m.concept)] += 1
    draws = np.random.default_rng(seed).multinomial(sentences, np.full(sentences, 1 / sentences), size=rounds) @ table
    drawn = draws[draws.sum(axis=1) > 0]
    parts = drawn / drawn.sum(axis=1, keepdims=True)
    tail = (1 - confidence) / 2
    low, high = np.quantile(parts, [tail, 1 - tail], axis=0)
    share = table.sum(axis=0) / table.sum()
    return {c: Interval(float(share[i]), float(low[i]), float(high[i])) for i, c in enumerate(FIVE)}


def shares(
    mentions: Sequence[Mention], sentences: int, *, kinds: frozenset[str] = COUNTED, **options: int
) -> pd.DataFrame:
    """One row for each concept: count, share, the Wilson interval and that of the sentence bootstrap.

    Wilson takes mentions for independent and is the narrower where a sentence speaks of a concept more than once.
    """
    chosen = counted(mentions, kinds)
    of = Counter(m.concept for m in chosen)
    boot = bootstrap(chosen, sentences, kinds=kinds, **options)
    rows = []
    for c in FIVE:
        w, b = wilson(of[c], len(chosen)), boot[c]
        rows.append((c, of[c], w.share, w.low, w.high, b.low, b.high))
    return pd.DataFrame(
        rows, columns=["concept", "count", "share", "wilson_low", "wilson_high", "boot_low", "boot_high"]
    )


def separable(table: pd.DataFrame, by: str = "boot") -> list[tuple[str, str]]:
    """The pairs of concepts, the greater first, whose intervals do not overlap: all that may be ranked.

    Stricter than a test of the difference (N. Schenker and J. F. Gentleman, 2001), so it never claims too much.
    """
    out = []
    for a, b in combinations(table.sort_values("count", ascending=False).to_dict("records"), 2):
        if a[f"{by}_low"] > b[f"{by}_high"]:
            out.append((a["concept"], b["concept"]))
    return out


def by_section(mentions: Iterable[Mention], document: Document, kinds: frozenset[str] = COUNTED) -> pd.DataFrame:
    """Concept × section: how many mentions; the columns are the ids of all sections, those without mention too."""
    of = Counter((m.concept, document.sentences[m.sentence].section) for m in counted(mentions, kinds))
    ids = [s.id for s in document.sections]
    return pd.DataFrame([[of[c, i] for i in ids] for c in FIVE], index=pd.Index(FIVE, name="concept"), columns=ids)


def co_occurrence(mentions: Iterable[Mention], sentences: int, kinds: frozenset[str] = COUNTED) -> pd.DataFrame:
    """For each pair of concepts: how many sentences hold both, how many would by chance, and the ratio.

    Columns: a, b, both, sentences_a, sentences_b, expected, lift. `expected` = sentences with a × sentences with b /
    all sentences, what independence gives (lift: S. Brin et al., 1997); lift is `nan` where a concept is absent.
    """
    where: dict[str, set[int]] = {c: set() for c in FIVE}
    for m in counted(mentions, kinds):
        where[m.concept].add(m.sentence)
    rows = []
    for a, b in combinations(FIVE, 2):
        both, n_a, n_b = len(where[a] & where[b]), len(where[a]), len(where[b])
        expected = n_a * n_b / sentences if sentences else 0.0
        rows.append((a, b, both, n_a, n_b, expected, both / expected if expected else float("nan")))
    return pd.DataFrame(rows, columns=["a", "b", "both", "sentences_a", "sentences_b", "expected", "lift"])
