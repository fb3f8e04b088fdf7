"""What is key in a text against a reference: evidence (G², BIC, q) beside effect (Log Ratio, %DIFF) and raw counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import erfc, sqrt
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from helpers.lexicon import DATA

COLUMNS: Final = (
    *("word", "count", "per_10k", "reference_count", "reference_per_10k"),
    *("g2", "log_ratio", "diff_percent", "bic", "p", "q"),
)
_NONE: Final = 0.5  # what a count of zero is taken for in a ratio (Hardie 2014)
Floats = NDArray[np.float64]


class ReferenceFileError(Exception):
    """A reference file that cannot be used: says which line and why."""


@dataclass(frozen=True)
class Reference:
    """Word counts of another body of text, cut by the same `words.Segmenter` with the same lexicon.

    `tokens`: running words, punctuation left out. A word that is not in `counts` was counted fewer than `least` times
    and is taken as 0, unless it is a term of a lexicon that the reference was not cut with: ask `knows`.
    """

    name: str
    counts: Mapping[str, int]
    tokens: int
    least: int = 1

    def of(self, word: str, *, term: bool = False) -> float:
        """How often a word stands in the reference; NaN for a term that nobody counted there."""
        return self.counts.get(word, float("nan") if term else 0)

    def of_each(self, words: pa.Array, terms: pa.Array) -> Floats:
        """`of` for a column of words, of which those in `terms` are terms."""
        at = pc.index_in(words, self._words)
        count = self._counts.take(at)
        return pc.if_else(pc.or_(pc.is_valid(at), pc.is_in(words, terms)), count, 0.0).to_numpy(zero_copy_only=False)

    @cached_property
    def _words(self) -> pa.Array:
        return pa.array(self.counts, pa.string())

    @cached_property
    def _counts(self) -> pa.Array:
        return pa.array(self.counts.values(), pa.float64())


@cache
def people_daily_1998() -> Reference:
    """Counts of People's Daily, January 1998 (`data/reference/pd1998.tsv`, made by `make_pd1998.py` beside it)."""
    return read_reference(DATA / "reference" / "pd1998.tsv")


def read_reference(path: Path) -> Reference:
    """A file of `word<TAB>count` under head lines `# name:`, `# tokens:`, `# least:`.

    Raises `FileNotFoundError`, and `ReferenceFileError` for a line that is neither.
    """
    head: dict[str, str] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            head[key.strip()] = value.strip()
        elif line:
            word, _, count = line.partition("\t")
            if not count.isdigit():
                raise ReferenceFileError(f"{path.name}: line {number}: no word<TAB>count. Make the file anew")
            counts[word] = int(count)
    if not head.get("tokens", "").isdigit():
        raise ReferenceFileError(f"{path.name}: no head line '# tokens: N'. Make the file anew")
    return Reference(head.get("name", path.stem), counts, int(head["tokens"]), int(head.get("least", 1)))


def g2(a: ArrayLike, b: ArrayLike, n1: float, n2: float) -> Floats:
    """Log-likelihood ratio G² of the four-cell table (a, n1-a / b, n2-b), one degree of freedom; never signed.

    Dunning (1993), Computational Linguistics 19(1); the two-cell form of Rayson & Garside (2000) leaves the lower
    cells out. It assumes that words are independent and so overstates the evidence (Lijffijt et al. 2016).

    >>> round(float(g2(10, 2, 1000, 1000)), 3)
    5.854
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    observed = np.stack([a, b, n1 - a, n2 - b])
    share = (a + b) / (n1 + n2)
    expected = np.stack([n1 * share, n2 * share, n1 * (1 - share), n2 * (1 - share)])
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return np.where(np.isnan(a + b), np.nan, np.maximum(2 * terms.sum(axis=0), 0))


def log_ratio(a: ArrayLike, b: ArrayLike, n1: float, n2: float) -> Floats:
    """Binary logarithm of the ratio of relative frequencies: 1 is twice as frequent, 2 four times; 0 counts as 0.5.

    Hardie (2014), "Log Ratio: an informal introduction", CASS, Lancaster.

    >>> float(log_ratio(8, 2, 1000, 1000))
    2.0
    """
    return np.log2(_floor(a) / n1) - np.log2(_floor(b) / n2)


def diff_percent(a: ArrayLike, b: ArrayLike, n1: float, n2: float) -> Floats:
    """Difference of relative frequencies in % of the reference's (Gabrielatos & Marchi 2011); 0 there counts as 0.5.

    >>> float(diff_percent(8, 2, 1000, 1000))
    300.0
    """
    low = _floor(b) / n2
    return (np.asarray(a, float) / n1 - low) / low * 100


def bic(g: ArrayLike, n1: float, n2: float) -> Floats:
    """Bayesian information criterion of G² with one degree of freedom: G² - ln(n1 + n2).

    Wilson (2013); Gabrielatos (2018): below 0 speaks for no difference, 2 to 6 is positive, above 10 very strong
    evidence.
    """
    return np.asarray(g, float) - np.log(n1 + n2)


def p_value(g: ArrayLike) -> Floats:
    """Chance of a G² at least so large with one degree of freedom: erfc(√(G²/2))."""
    return np.array([erfc(sqrt(x / 2)) if x == x else np.nan for x in np.atleast_1d(np.asarray(g, float))])


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values (q) that hold the false discovery rate (Benjamini & Hochberg 1995). NaN stays, uncounted."""
    p = np.asarray(p, float)
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")][::-1]
    ranks = np.arange(len(order), 0, -1)
    out[order] = np.minimum(1, np.minimum.accumulate(p[order] * len(order) / ranks)) if len(order) else []
    return out


def keyness(
    counts: Mapping[str, int], tokens: int, reference: Reference, terms: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """Every word of a text against a reference, ordered by effect; words of equal effect by evidence.

    `counts` of a text of `tokens` running words, both counted as the reference was. A word of `terms` that the
    reference does not list was not looked for there: its figures are empty and it takes no part in q.
    """
    words = list(counts)
    a = np.array([counts[w] for w in words], float)
    b = np.array([reference.of(w, term=w in terms) for w in words], float)
    n1, n2 = max(tokens, 1), max(reference.tokens, 1)
    g = g2(a, b, n1, n2)
    p = p_value(g)
    out = pd.DataFrame(
        {
            "word": pd.Series(words, dtype=object),
            "count": a.astype(int),
            "per_10k": a / n1 * 1e4,
            "reference_count": pd.array(b, dtype="Float64").astype("Int64") if len(b) else pd.array([], dtype="Int64"),
            "reference_per_10k": b / n2 * 1e4,
            "g2": g,
            "log_ratio": log_ratio(a, b, n1, n2),
            "diff_percent": diff_percent(a, b, n1, n2),
            "bic": bic(g, n1, n2),
            "p": p,
            "q": benjamini_hochberg(p),
        },
        columns=list(COLUMNS),
    )
    return out.sort_values(["log_ratio", "g2", "word"], ascending=[False, False, True], ignore_index=True)


def _floor(count: ArrayLike) -> Floats:
    count = np.asarray(count, float)
    return np.where(count == 0, _NONE, count)
