"""Words of a text, with offsets: amounts, dates and lexicon terms whole, the gaps cut by an engine of our own."""

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import rjieba
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

from helpers import quantities
from helpers.document import Document
from helpers.lexicon import Lexicon, load
from helpers.quantities import Span

Engine = Literal["rjieba", "jieba"]
Ints = NDArray[np.integer]

_JOINED: Final = re.compile(r"[a-zA-Z0-9.\-_+#&%]*[.\-_+#&%][a-zA-Z0-9.\-_+#&%]*")
_JOINT: Final = re.compile(r"[a-zA-Z0-9.\-_+#&%][.\-_+#&%]|[.\-_+#&%][a-zA-Z0-9]")  # no joined run without one
_RUN: Final = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")  # jieba's own unit inside a run of Latin letters and digits
_BEYOND: Final = re.compile(r"([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")  # Han to rjieba only
_HAN: Final = "[\u3400-\u9fff]"
_LATIN: Final = re.compile(r"\w")
_WHOLE: Final = "\ue000"  # stands for a piece that is kept whole; to both engines a word of its own wherever it stands
TAGS: Final = ("term", "amount", "date", "word", "latin", "punctuation")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of `document.text[start:end]`; `sentence` is its id.

    `tag`: term (of the lexicon) · amount · date · word · latin (letters and digits without Chinese) · punctuation.
    """

    sentence: int
    start: int
    end: int
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a plain string as columns: `vocabulary[code]` is the word, `TAGS[tag]` its tag."""

    start: Ints
    end: Ints
    code: Ints
    tag: Ints
    vocabulary: pa.Array


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several documents as columns: `doc` counts the documents, offsets are in each one's own text."""

    doc: Ints
    sentence: Ints
    start: Ints
    end: Ints
    code: Ints
    tag: Ints
    vocabulary: pa.Array

    @property
    def words(self) -> pa.Array:
        """The word of each token."""
        return self.vocabulary.take(pa.array(self.code))


class Segmenter:
    """Cuts Chinese into words: a value that is passed, without global state.

    Amounts and dates (`quantities.spans`) and the terms of a lexicon (leftmost longest match) stay whole; a term that
    holds an amount (中国制造2025) wins over it. What lies between goes to the engine: `rjieba`, made identical to
    jieba by a repair of runs like 2021-2035, or `jieba` itself. Without a lexicon named it is the project's own; with
    `protect` false the engine gets everything.

    >>> Segmenter().cut("推动县域经济高质量发展。")
    ['推动', '县域经济高质量发展', '。']
    >>> Segmenter(protect=False).cut("推动县域经济高质量发展。")
    ['推动', '县域', '经济', '高质量', '发展', '。']
    """

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        *,
        engine: Engine = "rjieba",
        hmm: bool = True,
        protect: bool = True,
    ) -> None:
        if engine not in ("rjieba", "jieba"):
            raise ValueError(f"no engine {engine!r}: rjieba or jieba")
        self.lexicon = load() if lexicon is None else lexicon
        self.engine, self.hmm, self.protect = engine, hmm, protect
        self._engine, self._rejoined = _rjieba(hmm) if engine == "rjieba" else (_jieba(hmm), None)
        terms = sorted(self.lexicon.terms) if protect else []
        self._terms = (
            AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
            if terms
            else None
        )

    def __reduce__(self) -> tuple[Callable[..., "Segmenter"], tuple[Lexicon, Engine, bool, bool]]:
        """Pickled as its settings: the engine itself cannot be, and each process builds its own."""
        return _build, (self.lexicon, self.engine, self.hmm, self.protect)

    def cut(self, text: str) -> list[str]:
        """The words of a plain string; joined they give it back."""
        return [text[a:b] for a, b, _ in self.pieces(text)]

    def pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, tag) of every word of a plain string, blanks among them, without a hole."""
        cut = self.columns(text, self._whole(text, quantities.spans(text) if self.protect else []))
        return zip(cut.start.tolist(), cut.end.tolist(), (TAGS[tag] for tag in cut.tag.tolist()), strict=True)

    def segment(self, document: Document) -> list[Token]:
        """The tokens of a document in text order, blanks left out."""
        t = self.tokens([document])
        columns = (t.sentence.tolist(), t.start.tolist(), t.end.tolist(), t.words.to_pylist(), t.tag.tolist())
        return [Token(s, a, b, word, TAGS[tag]) for s, a, b, word, tag in zip(*columns, strict=True)]

    def tokens(self, documents: Sequence[Document], numbers: Sequence[Sequence[Span]] | None = None) -> "Tokens":
        """The tokens of several documents as columns, cut in one go: the engine is called once for all of them.

        `numbers`: what `quantities.spans_in` gave for each document, where that is known.
        """
        text = "\n".join(d.text for d in documents)
        base = np.cumsum([0, *(len(d.text) + 1 for d in documents)])
        if numbers is None:
            numbers = [quantities.spans_in(d) if self.protect else [] for d in documents]
        placed = zip(base.tolist(), numbers, strict=False)
        cut = self.columns(
            text, self._whole(text, [(at + a, at + b, tag) for at, spans in placed for a, b, tag in spans])
        )
        of = np.repeat(np.arange(len(documents)), [len(d.sentences) for d in documents])
        starts, ends, ids = (
            np.fromiter((getattr(s, name) for d in documents for s in d.sentences), int, len(of))
            for name in ("start", "end", "id")
        )
        at = np.searchsorted(starts + base[of], cut.start, side="right") - 1
        kept = (at >= 0) & ~_blank(cut.vocabulary)[cut.code]
        kept &= cut.end <= (ends + base[of])[at] if len(of) else kept
        at = at[kept]
        shift = base[of[at]]
        place = (of[at], ids[at], cut.start[kept] - shift, cut.end[kept] - shift)
        return Tokens(*place, cut.code[kept], cut.tag[kept], cut.vocabulary)

    def columns(self, text: str, whole: Sequence[Span]) -> "Cut":
        """The words of a plain string as columns; the spans of `whole` (in order, without overlap) are not cut."""
        ends, starts = [0, *(b for _, b, _ in whole)], [*(a for a, _, _ in whole), len(text)]
        gaps = [text[a:b] for a, b in zip(ends, starts, strict=True)]
        cut = _WHOLE.join(gaps)
        words = pa.array(self._engine(cut), pa.string()).dictionary_encode()
        vocabulary, code = words.dictionary, words.indices.to_numpy(zero_copy_only=False)
        if self._rejoined and _JOINT.search(cut):
            vocabulary, code = _as_jieba(vocabulary, code, self._rejoined)
        length = pc.utf8_length(vocabulary).to_numpy(zero_copy_only=False).astype(int)[code]
        tag = _tags(vocabulary)[code]
        start = np.cumsum(length) - length
        if whole:
            lost = np.cumsum([0, *(b - a - 1 for a, b, _ in whole)])
            at = np.searchsorted(start, np.array(starts[:-1]) - lost[:-1])
            vocabulary, codes = numbered(vocabulary, [text[a:b] for a, b, _ in whole])
            code = code.copy()
            code[at] = codes
            tag[at] = [TAGS.index(kind) for _, _, kind in whole]
            length[at] += np.diff(lost)
            start = np.cumsum(length) - length
        return Cut(start, start + length, code, tag, vocabulary)

    def _whole(self, text: str, numbers: Sequence[Span]) -> list[Span]:
        """What is not to be cut, in order and without overlap: a term that holds a number wins over it, and a number
        over a term that it meets otherwise.
        """
        terms = [(a, b, "term") for _, a, b in self._terms.find_matches_as_indexes(text)] if self._terms else []
        starts, ends = [a for a, _, _ in terms], [b for _, b, _ in terms]
        kept: list[Span] = []
        lost: set[int] = set()
        for a, b, kind in numbers:
            i = bisect_right(starts, a) - 1
            if i >= 0 and b <= ends[i] and ends[i] - starts[i] > b - a:
                continue
            lost.update(range(bisect_right(ends, a), bisect_left(starts, b)))
            if not kept or a >= kept[-1][1]:
                kept.append((a, b, kind))
        return sorted([*kept, *(term for i, term in enumerate(terms) if i not in lost)])


def _build(lexicon: Lexicon, engine: Engine, hmm: bool, protect: bool) -> Segmenter:
    return Segmenter(lexicon, engine=engine, hmm=hmm, protect=protect)


@cache
def parts(word: str) -> tuple[str, ...]:
    """The words that the engine alone would make of a term: 县域经济 is 县域 and 经济."""
    plain = _plain()  # columns cost a hundred times as much as one short word
    return tuple(plain.cut(word) if _JOINT.search(word) else plain._engine(word))


@cache
def _plain() -> Segmenter:
    return Segmenter(Lexicon({}), protect=False)


def _tags(vocabulary: pa.Array) -> Ints:
    """The tag of each word that no list and no grammar keeps whole."""
    tag = np.where(_matches(vocabulary, _HAN), TAGS.index("word"), TAGS.index("punctuation"))
    for i in np.flatnonzero(tag == TAGS.index("punctuation")).tolist():
        if _LATIN.search(vocabulary[i].as_py()):
            tag[i] = TAGS.index("latin")
    return tag


def _blank(vocabulary: pa.Array) -> NDArray[np.bool_]:
    blank = ~_matches(vocabulary, _HAN)
    blank[blank] = [word.isspace() for word in vocabulary.filter(pa.array(blank)).to_pylist()]
    return blank


def _matches(vocabulary: pa.Array, pattern: str) -> NDArray[np.bool_]:
    return pc.match_substring_regex(vocabulary, pattern).to_numpy(zero_copy_only=False)


def numbered(vocabulary: pa.Array, words: list[str]) -> tuple[pa.Array, Ints]:
    """The vocabulary with further words, each once, and the number of each of them in it."""
    more = pa.array(words, pa.string()).dictionary_encode()
    new = more.dictionary.filter(pc.invert(pc.is_in(more.dictionary, vocabulary)))
    vocabulary = pa.concat_arrays([vocabulary, new])
    numbers = pc.index_in(more.dictionary, vocabulary).to_numpy(zero_copy_only=False)
    return vocabulary, numbers.astype(int)[more.indices.to_numpy(zero_copy_only=False)]


def _rjieba(hmm: bool) -> tuple[Callable[[str], list[str]], Callable[[str], bool]]:
    """The engine, and whether it joins what jieba does not: it keeps 2021-2035 and COVID-19 whole, jieba cuts them by
    `_RUN`. It joins rare characters to their neighbours, too, where jieba lets each stand alone.
    """
    engine = rjieba.Jieba()

    def cut(text: str) -> list[str]:
        parts = _BEYOND.split(text) if _BEYOND.search(text) else [text]
        return [word for part in parts for word in engine.cut(part, hmm)] if len(parts) > 1 else engine.cut(text, hmm)

    return cut, lambda word: len(word) > 1 and bool(_JOINED.fullmatch(word)) and not engine.has_word(word)


def _as_jieba(vocabulary: pa.Array, code: Ints, joined: Callable[[str], bool]) -> tuple[pa.Array, Ints]:
    """Words that the engine joined, cut as jieba cuts them."""
    latin = np.flatnonzero(pc.string_is_ascii(vocabulary).to_numpy(zero_copy_only=False)).tolist()
    torn = {i: [*filter(None, _RUN.split(word))] for i in latin if joined(word := vocabulary[i].as_py())}
    if not torn:
        return vocabulary, code
    vocabulary, codes = numbered(vocabulary, [part for parts in torn.values() for part in parts])
    degree, begin = np.ones(len(vocabulary), int), np.arange(len(vocabulary))
    degree[[*torn]] = [len(parts) for parts in torn.values()]
    begin[[*torn]] = len(vocabulary) + np.cumsum(degree[[*torn]]) - degree[[*torn]]
    return vocabulary, spread(np.concatenate([np.arange(len(vocabulary)), codes]), begin[code], degree[code])


def spread(values: Ints, begin: Ints, degree: Ints) -> Ints:
    """`values[begin : begin + degree]` of each row, one after another."""
    return values[np.repeat(begin - np.cumsum(degree) + degree, degree) + np.arange(int(degree.sum()))]


def _jieba(hmm: bool) -> Callable[[str], list[str]]:
    import jieba  # here, because the default engine does without it

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    # jieba would keep a marshalled cache in the shared temporary folder, where anybody can plant one: load without
    engine.FREQ, engine.total = engine.gen_pfdict(engine.get_dict_file())
    engine.initialized = True
    return lambda text: engine.lcut(text, HMM=hmm)
