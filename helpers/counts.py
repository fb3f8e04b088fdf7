"""How often and where: frequency, n-grams, dispersion, nested counts, concordance, dependence on the segmenter."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from helpers.collocation import collocations as collocations
from helpers.document import Document
from helpers.keyness import keyness as keyness
from helpers.lexicon import Lexicon
from helpers.words import Segmenter, Token, parts

_CONCORDANCE: Final = (
    *("doc", "section", "sentence", "start", "end", "raw_start", "raw_end", "position"),
    *("left", "node", "right"),
)
_TOKENS: Final = ("doc", "sentence", "start", "end", "word", "tag")
_TWO_HAN: Final = re.compile("[\u3400-\u9fff].*[\u3400-\u9fff]")


def content(tokens: pd.DataFrame, stopwords: Iterable[str] = ()) -> pd.DataFrame:
    """The tokens that carry content: words and terms of at least two Chinese characters that are no stopwords.

    Left out: punctuation, amounts, dates, Latin, single characters.
    """
    keep = tokens["tag"].isin(["word", "term"]) & ~tokens["word"].isin(list(stopwords))
    return tokens[keep & tokens["word"].map(lambda w: bool(_TWO_HAN.search(w))).astype(bool)]


def running(tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens but punctuation, with `size`: how many running words each is, a term as many as the engine would cut
    it into. The sum is the base of every rate per 10,000, and no lexicon changes it.
    """
    kept = tokens[tokens["tag"] != "punctuation"]
    size = [
        len(parts(w)) if tag == "term" else 1
        for w, tag in zip(kept["word"].tolist(), kept["tag"].tolist(), strict=True)
    ]
    return kept.assign(size=np.array(size, dtype=int))


def frequencies(tokens: pd.DataFrame) -> pd.DataFrame:
    """How often each token stands in the text: word, tag, count, per_10k (of running words), most frequent first.

    A term inside a longer one is not counted here (see `terms` and `nested`).
    """
    words = running(tokens)
    out = words.groupby(["word", "tag"], as_index=False).size().rename(columns={"size": "count"})
    out["per_10k"] = out["count"] / max(int(words["size"].sum()), 1) * 1e4
    return out.sort_values(["count", "word"], ascending=[False, True], ignore_index=True)


def within(word: str, lexicon: Lexicon) -> list[str]:
    """What counts where a term stands: itself, the shorter terms in it, and the content words the engine makes of it.

    >>> from helpers.lexicon import load
    >>> within("县域经济高质量发展", load())[:3]
    ['县域', '县域经济', '县域经济高质量发展']
    """
    return [w for _, w in _within(word, lexicon)]


def _within(word: str, lexicon: Lexicon) -> list[tuple[int, str]]:
    spans = [(i, word[i:j]) for i in range(len(word)) for j in range(i + 2, len(word) + 1)]
    cut = zip(accumulate(map(len, parts(word)), initial=0), parts(word), strict=False)
    found = {*(s for s in spans if s[1] in lexicon.terms), *cut, (0, word)}
    return sorted(s for s in found if content_word(s[1], lexicon))


def content_word(word: str, lexicon: Lexicon) -> bool:
    """A term, or a word of two Chinese characters or more that is no stopword."""
    return word in lexicon.terms or (word not in lexicon.stopwords and bool(_TWO_HAN.search(word)))


def content_words(words: pa.Array, lexicon: Lexicon) -> NDArray[np.bool_]:
    """`content_word` for a column of words."""
    stop = pc.is_in(words, pa.array(lexicon.stopwords, pa.string()))
    plain = pc.and_not(pc.match_substring_regex(words, _TWO_HAN.pattern), stop)
    return pc.or_(plain, pc.is_in(words, pa.array(lexicon.terms, pa.string()))).to_numpy(zero_copy_only=False)


def occurrences(tokens: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Where each content word and each term stands, also inside a longer term: word, sentence, start.

    县域经济高质量发展 is one token, and an occurrence of itself, of 县域经济 and 高质量发展, and of 县域, 经济, 发展.
    So a word's count does not fall when the lexicon grows.
    """
    kept = tokens[tokens["tag"].isin(["word", "term"])]
    words, tags, sentences, starts = (kept[c].tolist() for c in ("word", "tag", "sentence", "start"))
    made = {
        (word, tag): _within(word, lexicon) if tag == "term" else [(0, word)] * content_word(word, lexicon)
        for word, tag in set(zip(words, tags, strict=True))
    }
    rows = [
        (word, sentence, start + at)
        for token, tag, sentence, start in zip(words, tags, sentences, starts, strict=True)
        for at, word in made[token, tag]
    ]
    return pd.DataFrame(rows, columns=["word", "sentence", "start"])


def nested(document: Document, phrases: Iterable[str]) -> pd.DataFrame:
    """How often each phrase stands in the text (`count`), and how often not inside a longer one of them (`free_count`).

    Counted in the characters, without a segmenter: 创新经济 holds 新经济 here.

    >>> from helpers.document import from_text
    >>> d = from_text("县域经济高质量发展工作会议召开。县域经济是底盘。")
    >>> nested(d, ["县域经济", "县域经济高质量发展"]).values.tolist()
    [['县域经济', 2, 1], ['县域经济高质量发展', 1, 1]]
    """
    phrases = list(dict.fromkeys(phrases))
    text = document.text
    spans = {p: [m.start() for m in re.finditer(f"(?={re.escape(p)})", text)] if p else [] for p in phrases}
    reach = np.zeros(len(text) + 1, dtype=int)  # how far the longest phrase that began here or before goes
    rows = {}
    for length in sorted({len(p) for p in phrases}, reverse=True):
        same = [p for p in phrases if len(p) == length]
        furthest = np.maximum.accumulate(reach)
        for p in same:
            rows[p] = sum(furthest[at] < at + length for at in spans[p])
        for p in same:
            for at in spans[p]:
                reach[at] = max(reach[at], at + length)
    return pd.DataFrame([(p, len(spans[p]), int(rows[p])) for p in phrases], columns=["phrase", "count", "free_count"])


def dispersion(counts: ArrayLike, sizes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Deviation of proportions DP and its normalised form, over parts of real sizes; 0 is even, 1 is all in one part.

    DP = ½ Σ |vᵢ/f - sᵢ| (Gries 2008, IJCL 13(4)); DPnorm = DP / (1 - min sᵢ) (Lijffijt & Gries 2012, IJCL 17(1)).
    `counts` is one word's count in each part, or a table with a row for each word. Parts without a word of text are
    left out. Both are NaN without an occurrence, DPnorm with fewer than two parts.

    >>> [float(x) for x in dispersion([3, 0], [500, 500])]
    [0.5, 1.0]
    """
    v, s = np.asarray(counts, float), np.asarray(sizes, float)
    v, s = v[..., s > 0], s[s > 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        dp = np.abs(v / v.sum(axis=-1, keepdims=True) - s / s.sum()).sum(axis=-1) / 2
        dp = np.where(v.sum(axis=-1) > 0, dp, np.nan)
        return dp, np.minimum(dp / (1 - s.min() / s.sum()), 1) if len(s) > 1 else np.full_like(dp, np.nan)


def arf(positions: Sequence[int], tokens: int) -> float:
    """Average reduced frequency: near the count where a word is spread evenly, near 1 where it stands in one clump.

    ARF = 1/v Σ min(dᵢ, v) with v = N/f and dᵢ the distances between neighbours, the text closed to a ring
    (Savický & Hlaváčová 2002, JQL 9(3)).

    >>> arf([0, 5], 10), arf([0, 1], 10)
    (2.0, 1.2)
    """
    if not len(positions):
        return 0.0
    at = np.sort(np.asarray(positions))
    v = tokens / len(at)
    gaps = np.append(np.diff(at), tokens - at[-1] + at[0])
    return float(np.minimum(gaps, v).sum() / v)


def ngrams(tokens: pd.DataFrame, n: int = 2, *, least: int = 2, stopwords: Iterable[str] = ()) -> pd.DataFrame:
    """Runs of `n` words inside a sentence, none of them across punctuation: words (with blanks), text, count.

    A run that begins or ends with a stopword is left out, and so is one that stands fewer than `least` times.
    """
    stop, found = set(stopwords), Counter[tuple[str, ...]]()
    for _, sentence in tokens.groupby("sentence", sort=False):
        words = [
            w if tag != "punctuation" else None
            for w, tag in zip(sentence["word"].tolist(), sentence["tag"], strict=True)
        ]
        for gram in zip(*(words[i:] for i in range(n)), strict=False):
            if None not in gram and gram[0] not in stop and gram[-1] not in stop:
                found[gram] += 1
    rows = [(" ".join(g), "".join(g), c) for g, c in found.items() if c >= least]
    out = pd.DataFrame(rows, columns=["words", "text", "count"])
    return out.sort_values(["count", "text"], ascending=[False, True], ignore_index=True)


def concordance(document: Document, phrase: str, width: int = 20) -> pd.DataFrame:
    """Every place where a phrase stands, with what stands left and right of it in its paragraph.

    `position` is the place in the text from 0 to 1; `raw_start`, `raw_end` find it in the file.

    >>> from helpers.document import from_text
    >>> concordance(from_text("要突出绿色发展,让生态强。"), "绿色", 4)[["left", "node", "right"]].values.tolist()
    [['要突出', '绿色', '发展,让']]
    """
    text, rows = document.text, []
    for m in re.finditer(re.escape(phrase), text) if phrase else ():
        start, end = m.span()
        s = document.sentence_at(start)
        p = document.paragraphs[s.paragraph]
        around = text[max(p.start, start - width) : start], phrase, text[end : min(p.end, end + width)]
        place = (s.section, s.id, start, end, *document.raw_span(start, end), round(start / len(text), 4))
        rows.append((document.name, *place, *around))
    return pd.DataFrame(rows, columns=list(_CONCORDANCE))


def tokens_of(document: Document, segmenter: Segmenter) -> pd.DataFrame:
    """The table `tokens` of a document."""
    rows: list[Token] = segmenter.segment(document)
    return pd.DataFrame(
        [(document.name, t.sentence, t.start, t.end, t.word, t.tag) for t in rows],
        columns=list(_TOKENS),
    )


def by_segmenter(document: Document, lexicon: Lexicon, n: int = 20) -> pd.DataFrame:
    """How far the top terms depend on the way of cutting: the `n` most frequent under each way, with all counts.

    `substring`: characters, whatever the words; `jieba`: plain; `hmm_off`: plain, without guessing unknown words;
    `jieba_lexicon`: amounts, dates and terms protected, longest term only; `nested`: the same, and what longer terms
    hold counted too, as in the table `terms`. `*_rank`: rank under the way (equal counts, equal rank); `stable`: among
    the first `n` under all.
    """
    cut = {
        "jieba": Segmenter(lexicon, protect=False),
        "hmm_off": Segmenter(lexicon, protect=False, hmm=False),
        "jieba_lexicon": Segmenter(lexicon),
    }
    tokens = {way: tokens_of(document, segmenter) for way, segmenter in cut.items()}
    ways: dict[str, Mapping[str, int]] = {
        way: Counter(content(found, lexicon.stopwords)["word"]) for way, found in tokens.items()
    }
    ways["nested"] = Counter(occurrences(tokens["jieba_lexicon"], lexicon)["word"])
    candidates = sorted(set().union(*ways.values()))
    ways = {"substring": {w: document.text.count(w) for w in candidates}, **ways}
    out = pd.DataFrame({"word": pd.Series(candidates, dtype=object)})
    for way, counts in ways.items():
        out[way] = np.array([counts.get(w, 0) for w in candidates], dtype=int)
    for way in ways:
        out[f"{way}_rank"] = out[way].rank(method="min", ascending=False).astype(int)
    ranks = out[[f"{way}_rank" for way in ways]]
    out["stable"] = (ranks <= n).all(axis=1)
    out = out[(ranks <= n).any(axis=1)]
    return out.sort_values(["nested", "substring", "word"], ascending=[False, False, True], ignore_index=True)
