"""Which words keep company: logDice, NPMI and G² of pairs, by sentence or within a window of words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.keyness import g2
from helpers.lexicon import DATA

COLUMNS: Final = (
    *("word", "collocate", "count", "word_count", "collocate_count", "expected"),
    *("logdice", "npmi", "g2"),
)


def collocations(
    tokens: pd.DataFrame,
    *,
    window: int | None = None,
    node: str | None = None,
    least: int = 2,
    stopwords: Iterable[str] = (),
) -> pd.DataFrame:
    """Pairs of words that stand together at least `least` times, strongest logDice first.

    Without `window` a pair stands together in a sentence: `count`, `word_count` and `collocate_count` are sentences,
    and each pair is listed once (with `node`: from its side). With `window` the collocate is one of that many running
    words left or right of the word, in the same sentence; counts are words, `count` no more than either, and both
    directions are listed. What can be in a pair: words and terms of two Chinese characters or more, no stopwords.

    `expected`: the count if the two had nothing to do with each other (Evert 2008, Corpora and collocations, surface
    and textual co-occurrence); a pair below it has a negative `npmi`.
    """
    stop, sentences = set(stopwords), list(_sentences(tokens))
    if window is None:
        joint, single, reach, total = _by_sentence(sentences, node)
    else:
        joint, single, reach, total = _by_window(sentences, window, node)
    rows = [
        (a, b, n, single[a], single[b], reach[a])
        for (a, b), n in joint.items()
        if n >= least and (node is None or a == node) and _fit(a, stop) and _fit(b, stop)
        if window is not None or node is not None or a < b
    ]
    out = pd.DataFrame(rows, columns=["word", "collocate", "count", "word_count", "collocate_count", "reach"])
    n, f1, f2, r = (out[c].to_numpy(float) for c in ("count", "word_count", "collocate_count", "reach"))
    out["expected"] = r * f2 / max(total, 1)
    out["logdice"] = logdice(n, f1, f2)
    out["npmi"] = npmi(n, r, f2, total)
    out["g2"] = [float(g2(a, c - a, b, total - b)) for a, b, c in zip(n, r, f2, strict=True)]
    order = out.sort_values(["logdice", "g2", "word", "collocate"], ascending=[False, False, True, True])
    return order[list(COLUMNS)].reset_index(drop=True)


@cache
def people_daily_1998() -> pd.DataFrame:
    """What stood within five words of 创新, 协调, 绿色, 开放, 共享 in People's Daily, January 1998: the same columns.

    From `data/reference/pd1998_collocates.tsv`; compare it with `collocations(tokens, window=5, node=…)` of tokens that
    were cut with `protect=False`, as these were.
    """
    return pd.read_csv(DATA / "reference" / "pd1998_collocates.tsv", sep="\t", comment="#")


def beside_1998(tokens: pd.DataFrame, *, stopwords: Iterable[str] = (), most: int = 8) -> pd.DataFrame:
    """What stood with each concept's word in the newspaper of 1998 and what stands with it here, side by side.

    `tokens` cut with `protect=False`. Columns: concept, in_1998 and here (how often the word stands in either),
    with_1998 and with_here (the `most` collocates within five words that have most evidence, by G²).
    """
    stop, rows = list(stopwords), []
    for concept, then in people_daily_1998().groupby("word", sort=False):
        now = collocations(tokens, window=5, node=concept, least=1, stopwords=stop)
        lists = ("、".join(t.nlargest(most, "g2")["collocate"]) for t in (then, now))
        rows.append((concept, int(then["word_count"].iloc[0]), int((tokens["word"] == concept).sum()), *lists))
    return pd.DataFrame(rows, columns=["concept", "in_1998", "here", "with_1998", "with_here"])


def logdice(joint: ArrayLike, first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """14 + log₂(2·f(x,y) / (f(x) + f(y))): 14 for words that never part, one less for half as often together.

    Rychlý (2008), "A lexicographer-friendly association score", RASLAN. It does not depend on the size of the text.

    >>> float(logdice(10, 10, 10)), float(logdice(5, 10, 10))
    (14.0, 13.0)
    """
    return 14 + np.log2(2 * np.asarray(joint, float) / (np.asarray(first, float) + np.asarray(second, float)))


def npmi(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: float) -> NDArray[np.float64]:
    """Normalised pointwise mutual information: ln(p(x,y) / p(x)p(y)) / -ln p(x,y); 1 always, 0 by chance, -1 never.

    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", GSCL.

    >>> npmi([10, 1], [10, 10], [10, 10], 100).round(3) + 0.0
    array([1., 0.])
    """
    xy, x, y = (np.asarray(v, float) / total if total else np.asarray(v, float) for v in (joint, first, second))
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.log(xy / (x * y)) / -np.log(xy)
    return np.where(xy == 1, 1.0, score)


def _fit(word: str, stop: set[str]) -> bool:
    return word not in stop and sum("\u3400" <= c <= "\u9fff" for c in word) >= 2


def _sentences(tokens: pd.DataFrame) -> Iterator[list[str]]:
    """The running words of each sentence; an amount or a date keeps its place as an empty word."""
    words = tokens[tokens["tag"] != "punctuation"]
    keep = words["word"].where(words["tag"].isin(["word", "term", "latin"]), "")
    for _, sentence in keep.groupby(words["sentence"].to_numpy(), sort=False):
        yield sentence.tolist()


Counts = tuple[Counter[tuple[str, str]], Counter[str], Counter[str], int]


def _by_sentence(sentences: list[list[str]], node: str | None) -> Counts:
    joint, single = Counter[tuple[str, str]](), Counter[str]()
    for words in sentences:
        kinds = sorted({w for w in words if len(w) > 1})
        single.update(kinds)
        joint.update((a, b) for a in kinds if node in (None, a) for b in kinds if a != b)
    return joint, single, single, len(sentences)


def _by_window(sentences: list[list[str]], window: int, node: str | None) -> Counts:
    """`reach` of a word: how many places have it within the window, which is the row total of its table.

    Two words stand together as often as either has the other near, the rarer way: a word that occurs once cannot stand
    together with another four times, however often that one comes around it.
    """
    near_it, single, reach = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for words in sentences:
        single.update(words)
        for at, word in enumerate(words) if node is None or node in words else ():
            near = {*words[max(0, at - window) : at], *words[at + 1 : at + 1 + window]}
            reach.update(near)
            near_it.update((a, word) for a in near if a != word and node in (None, a, word))
    joint = Counter({(a, b): min(n, near_it[b, a]) for (a, b), n in near_it.items() if (b, a) in near_it})
    return joint, single, reach, sum(map(len, sentences))
