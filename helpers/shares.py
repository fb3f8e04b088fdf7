"""What may be said of how the concepts divide a text: shares with intervals, theme by section, co-occurrence.

Fifteen mentions cannot be ranked: every share comes with an interval, and the intervals are shown beside the bars.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    parts, share = _resampled(chosen, sentences, rounds, seed)
    tail = (1 - confidence) / 2
    low, high = np.quantile(parts, [tail, 1 - tail], axis=0)
    return {c: Interval(float(share[i]), float(low[i]), float(high[i])) for i, c in enumerate(FIVE)}


def _resampled(
    chosen: Sequence[Mention], sentences: int, rounds: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares of the five concepts in each round (rounds × 5), and those of the text itself."""
    table = np.zeros((sentences, len(FIVE)))
    for m in chosen:
        table[m.sentence, FIVE.index(m.concept)] += 1
    draws = np.random.default_rng(seed).multinomial(sentences, np.full(sentences, 1 / sentences), size=rounds) @ table
    drawn = draws[draws.sum(axis=1) > 0]
    return drawn / drawn.sum(axis=1, keepdims=True), table.sum(axis=0) / table.sum()


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


def differences(
    mentions: Sequence[Mention],
    sentences: int,
    *,
    kinds: frozenset[str] = COUNTED,
    rounds: int = 10_000,
    seed: int = 20200429,
) -> pd.DataFrame:
    """Which concept has the greater share, for each of the ten pairs, tested by the same resampled sentences.

    Columns: greater, lesser, difference of shares, its 95 % percentile interval (low, high), p (two-sided,
    (1 + rounds beyond zero) / (1 + rounds), doubled: A. C. Davison and D. V. Hinkley, 1997, ch. 4) and p_holm, p after
    ten looks (S. Holm, 1979). Without a mention the table is empty. Only a pair with a small p_holm may be ranked.
    """
    columns = ["greater", "lesser", "difference", "low", "high", "p", "p_holm"]
    chosen = counted(mentions, kinds)
    if not chosen:
        return pd.DataFrame(columns=columns)
    parts, share = _resampled(chosen, sentences, rounds, seed)
    rows = []
    for i, j in combinations(range(len(FIVE)), 2):
        a, b = (i, j) if share[i] >= share[j] else (j, i)
        d = parts[:, a] - parts[:, b]
        low, high = np.quantile(d, [0.025, 0.975])
        p = min(1.0, 2 * (1 + int((d <= 0).sum())) / (1 + len(d)))
        rows.append((FIVE[a], FIVE[b], float(share[a] - share[b]), float(low), float(high), p))
    out = pd.DataFrame(rows, columns=columns[:-1]).sort_values("p", kind="stable", ignore_index=True)
    steps = out["p"] * np.arange(len(out), 0, -1)
    out["p_holm"] = steps.cummax().clip(upper=1.0)
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
