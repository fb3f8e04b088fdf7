"""The table `terms` of one document or of many: how often, how evenly spread, and how key each word and term is."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helpers.counts import content_words, within
from helpers.document import Document
from helpers.keyness import Reference, g2, log_ratio, people_daily_1998
from helpers.lexicon import Lexicon
from helpers.words import TAGS, Ints, Tokens, numbered, parts, spread

_TERM: Final = TAGS.index("term")
_WORD: Final = TAGS.index("word")
_PUNCTUATION: Final = TAGS.index("punctuation")


def of(documents: Sequence[Document], tokens: Tokens, lexicon: Lexicon, reference: Reference | None = None) -> pa.Table:
    """Each content word and term of each document with its frequency, spread over the sections and keyness.

    `count`: all occurrences, those inside a longer term included (`counts.nested` tells free ones apart).
    `dispersion`: Gries' DP, normalised (see `counts.dispersion`), over the sections with their real sizes; 0 even, 1
    all in one; empty where there is only one section. `keyness_g2`, `log_ratio`, `reference_count`: against the
    reference (People's Daily, January 1998). The figures of a term and of what it is made of rest on the same places:
    they are no independent evidence.

    >>> from helpers.document import from_text
    >>> from helpers.words import Segmenter
    >>> d, cut = from_text("推动县域经济发展。县域强。"), Segmenter()
    >>> of([d], cut.tokens([d]), cut.lexicon).select(["word", "count"]).to_pylist()[0]
    {'word': '县域', 'count': 2}
    """
    reference = reference or people_daily_1998()
    first = np.cumsum([0, *(max(len(d.sections), 1) for d in documents)])
    section = np.repeat(first[:-1], [len(d.sentences) for d in documents])
    section += np.fromiter((s.section for d in documents for s in d.sentences), int, len(section))
    sentence = np.cumsum([0, *(len(d.sentences) for d in documents)])[tokens.doc] + tokens.sentence
    size = np.bincount(section[sentence], _running(tokens), minlength=int(first[-1])).astype(int)
    total = np.add.reduceat(size, first[:-1]) if documents else size

    first_word, degree, made, vocabulary = _made(tokens, lexicon)
    kind = tokens.code * 2 + (tokens.tag == _TERM)
    kept = np.flatnonzero(((tokens.tag == _TERM) | (tokens.tag == _WORD)) & (degree[kind] > 0))
    times, begin = degree[kind[kept]], first_word[kind[kept]]
    word = spread(made, begin, times)
    doc, part = np.repeat(tokens.doc[kept], times), np.repeat(section[sentence[kept]], times)

    # a row for each document and word; of these, one for each section in which the word stands
    places, often = np.unique((doc * len(vocabulary) + word) * max(int(first[-1]), 1) + part, return_counts=True)
    key, part = np.divmod(places, max(int(first[-1]), 1))
    rows, row, sections = np.unique(key, return_inverse=True, return_counts=True)
    doc, word = np.divmod(rows, max(len(vocabulary), 1))
    count = np.bincount(row, often, minlength=len(rows)).astype(int)
    dp = _dispersion(row, part, often, count, size, total, doc, first)

    known = reference.of_each(vocabulary, pa.array(lexicon.terms, pa.string()))[word]
    n1, n2 = np.maximum(total, 1)[doc], max(reference.tokens, 1)
    rank = pc.rank(vocabulary).to_numpy() if len(word) else word
    order = np.argsort((doc * (count.max(initial=0) + 1) - count) * (len(rank) + 1) + rank[word])
    doc, word, count, known, n1 = doc[order], word[order], count[order], known[order], n1[order]
    return pa.table(
        {
            "doc": pa.array([d.name for d in documents], pa.string()).take(pa.array(doc)),
            "word": vocabulary.take(pa.array(word)),
            "count": count,
            "per_10k": count / n1 * 1e4,
            "dispersion": pa.array(dp[order], from_pandas=True),
            "sections": sections[order],
            "keyness_g2": pa.array(g2(count, known, n1, n2), from_pandas=True),
            "log_ratio": pa.array(log_ratio(count, known, n1, n2), from_pandas=True),
            "reference_count": pa.array(known, from_pandas=True).cast(pa.int64()),
        }
    )


def _running(tokens: Tokens) -> Ints:
    """How many running words each token is: a term as many as the engine would cut it into, punctuation none."""
    size = (tokens.tag != _PUNCTUATION).astype(int)
    terms = np.flatnonzero(tokens.tag == _TERM)
    codes, at = np.unique(tokens.code[terms], return_inverse=True)
    words = tokens.vocabulary.take(pa.array(codes)).to_pylist()
    size[terms] = np.fromiter((len(parts(word)) for word in words), int, len(words))[at]
    return size


def _made(tokens: Tokens, lexicon: Lexicon) -> tuple[Ints, Ints, Ints, pa.Array]:
    """What counts where a word stands. Of word i that is no term at 2i, as a term at 2i + 1: where its words begin in
    the third column and how many they are; the fourth is the vocabulary with the words that only terms hold.
    """
    vocabulary = tokens.vocabulary
    n = len(vocabulary)
    codes = np.unique(tokens.code[tokens.tag == _TERM])
    inside = [within(word, lexicon) for word in vocabulary.take(pa.array(codes)).to_pylist()]
    vocabulary, numbers = numbered(vocabulary, [w for words in inside for w in words])
    degree = np.zeros(2 * n, int)
    degree[::2] = content_words(tokens.vocabulary, lexicon)
    degree[2 * codes + 1] = sizes = np.fromiter(map(len, inside), int, len(inside))
    begin = np.repeat(np.arange(n), 2)
    begin[2 * codes + 1] = n + np.cumsum(sizes) - sizes
    return begin, degree, np.concatenate([np.arange(n), numbers]), vocabulary


def _dispersion(
    row: Ints, part: Ints, often: Ints, count: Ints, size: Ints, total: Ints, doc: Ints, first: Ints
) -> np.ndarray:
    """DP normalised of each row from its places alone: a section without the word adds just its own share.

    ½ Σ |vᵢ/f - sᵢ| is ½ (Σ over sections with the word of |vᵢ/f - sᵢ| - sᵢ, and 1).
    """
    share = size / np.maximum(np.repeat(total, np.diff(first)), 1)
    here = np.abs(often / count[row] - share[part]) - share[part]
    dp = (np.bincount(row, here, minlength=len(count)) + 1) / 2
    filled = np.where(size > 0, share, np.inf)
    least = np.minimum.reduceat(filled, first[:-1])[doc] if len(doc) else np.empty(0)
    several = np.add.reduceat((size > 0).astype(int), first[:-1])[doc] > 1 if len(doc) else np.empty(0, bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(several, np.clip(dp / (1 - least), 0, 1), np.nan)
