"""Words of a text, with offsets: amounts, dates and lexicon terms whole, the gaps cut by an engine of our own."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from helpers import quantities
from helpers.document import Document
from helpers.lexicon import Lexicon, load

Engine = Literal["rjieba", "jieba"]
Ints = NDArray[np.integer]

_JOINED: Final = re.compile(r"[a-zA-Z0-9.\-_+#&%]*[.\-_+#&%][a-zA-Z0-9.\-_+#&%]*")
_JOINT: Final = re.compile(r"[a-zA-Z0-9.\-_+#&%][.\-_+#&%]|[.\-_+#&%][a-zA-Z0-9]")  # no joined run without one
_RUN: Final = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")  # jieba's own unit inside a run of Latin letters and digits
_BEYOND: Final = re.compile(r"([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")  # Han to rjieba only
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
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
    vocabulary: list[str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several documents as columns: `doc` counts the documents, offsets are in each one's own text."""

    doc: Ints
    sentence: Ints
    start: Ints
    end: Ints
    code: Ints
    tag: Ints
    vocabulary: list[str]


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
        self._engine: Callable[[str], list[str]] = _rjieba(hmm) if engine == "rjieba" else _jieba(hmm)
        terms = sorted(self.lexicon.terms) if protect else []
        self._terms = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest) if terms else None

    def __reduce__(self) -> tuple[Callable[..., "Segmenter"], tuple[Lexicon, Engine, bool, bool]]:
        """Pickled as its settings: the engine itself cannot be, and each process builds its own."""
        return _build, (self.lexicon, self.engine, self.hmm, self.protect)

    def cut(self, text: str) -> list[str]:
        """The words of a plain string; joined they give it back."""
        return [text[a:b] for a, b, _ in self.pieces(text)]

    def pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, tag) of every word of a plain string, blanks among them, without a hole."""
        cut = self.columns(text, self._whole(text))
        return zip(cut.start.tolist(), cut.end.tolist(), (TAGS[tag] for tag in cut.tag.tolist()), strict=True)

    def segment(self, document: Document) -> list[Token]:
        """The tokens of a document in text order, blanks left out."""
        t = self.tokens([document])
        columns = (t.sentence, t.start, t.end, t.code, t.tag)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [Token(s, a, b, t.vocabulary[code], TAGS[tag]) for s, a, b, code, tag in rows]

    def tokens(self, documents: Sequence[Document]) -> "Tokens":
        """The tokens of several documents as columns, cut in one go: the engine is called once for all of them."""
        text = "\n".join(d.text for d in documents)
        base = np.cumsum([0, *(len(d.text) + 1 for d in documents)])
        whole: list[tuple[int, int, str]] = []
        for d, at in zip(documents, base.tolist(), strict=False):
            for s in d.sentences if self.protect else ():
                whole += (
                    (at + s.start + a, at + s.start + b, tag) for a, b, tag in self._whole(d.text[s.start : s.end])
                )
        cut = self.columns(text, whole)
        of = np.repeat(np.arange(len(documents)), [len(d.sentences) for d in documents])
        starts, ends, ids = (
            np.fromiter((getattr(s, name) for d in documents for s in d.sentences), int, len(of))
            for name in ("start", "end", "id")
        )
        at = np.searchsorted(starts + base[of], cut.start, side="right") - 1
        blank = np.fromiter(map(str.isspace, cut.vocabulary), bool, len(cut.vocabulary))
        kept = (at >= 0) & ~blank[cut.code]
        kept &= cut.end <= (ends + base[of])[at] if len(of) else kept
        at = at[kept]
        shift = base[of[at]]
        place = (of[at], ids[at], cut.start[kept] - shift, cut.end[kept] - shift)
        return Tokens(*place, cut.code[kept], cut.tag[kept], cut.vocabulary)

    def columns(self, text: str, whole: Sequence[tuple[int, int, str]]) -> "Cut":
        """The words of a plain string as columns; the spans of `whole` (in order, without overlap) are not cut."""
        gaps = (
            text[a:b] for a, b in zip([0, *(b for _, b, _ in whole)], [*(a for a, _, _ in whole), None], strict=True)
        )
        words = pa.array(self._engine(_WHOLE.join(gaps)), pa.string()).dictionary_encode()
        vocabulary: list[str] = words.dictionary.to_pylist()
        code = words.indices.to_numpy(zero_copy_only=False)
        length = pc.utf8_length(words.dictionary).to_numpy(zero_copy_only=False)[code].astype(int)
        tag = np.fromiter(map(_tag, vocabulary), np.int8, len(vocabulary))[code]
        start = np.cumsum(length) - length
        if whole:
            lost = np.cumsum([0, *(b - a - 1 for a, b, _ in whole)])
            at = np.searchsorted(start, np.array([a for a, _, _ in whole]) - lost[:-1])
            index = {word: i for i, word in enumerate(vocabulary)}
            code = code.copy()
            code[at] = [index.setdefault(text[a:b], len(index)) for a, b, _ in whole]
            vocabulary = list(index)
            tag[at] = [TAGS.index(kind) for _, _, kind in whole]
            length[at] += np.diff(lost)
            start = np.cumsum(length) - length
        return Cut(start, start + length, code, tag, vocabulary)

    def _whole(self, text: str) -> list[tuple[int, int, str]]:
        """What is not to be cut, in order and without overlap."""
        if not self.protect:
            return []
        terms = [(a, b, "term") for _, a, b in self._terms.find_matches_as_indexes(text)] if self._terms else []
        out = []
        numbers = [(a, b, kind) for a, b, kind in quantities.spans(text) if not _inside(a, b, terms)]
        for a, b, kind in sorted([*numbers, *(t for t in terms if not _touches(t[0], t[1], numbers))]):
            if not out or a >= out[-1][1]:
                out.append((a, b, kind))
        return out


def _build(lexicon: Lexicon, engine: Engine, hmm: bool, protect: bool) -> Segmenter:
    return Segmenter(lexicon, engine=engine, hmm=hmm, protect=protect)


@cache
def parts(word: str) -> tuple[str, ...]:
    """The words that the engine alone would make of a term: 县域经济 is 县域 and 经济."""
    return tuple(_plain().cut(word))


@cache
def _plain() -> Segmenter:
    return Segmenter(Lexicon({}), protect=False)


def _inside(start: int, end: int, terms: list[tuple[int, int, str]]) -> bool:
    return any(a <= start and end <= b and b - a > end - start for a, b, _ in terms)


def _touches(start: int, end: int, spans: list[tuple[int, int, str]]) -> bool:
    return any(a < end and start < b for a, b, _ in spans)


def _tag(word: str) -> int:
    return TAGS.index("word" if _HAN.search(word) else "latin" if _LATIN.search(word) else "punctuation")


def _rjieba(hmm: bool) -> Callable[[str], list[str]]:
    engine = rjieba.Jieba()

    def cut(text: str) -> list[str]:
        # rjieba keeps 2021-2035 and COVID-19 whole where jieba cuts them by _RUN, and joins rare characters to
        # their neighbours where jieba lets each stand alone
        parts = _BEYOND.split(text) if _BEYOND.search(text) else (text,)
        words = [word for part in parts if part for word in engine.cut(part, hmm)]
        if not _JOINT.search(text):
            return words
        joined = (w for w in set(words) if len(w) > 1 and _JOINED.fullmatch(w) and not engine.has_word(w))
        cut_by_jieba = {w: [*filter(None, _RUN.split(w))] for w in joined}
        return [part for w in words for part in cut_by_jieba.get(w, (w,))] if cut_by_jieba else words

    return cut


def _jieba(hmm: bool) -> Callable[[str], list[str]]:
    import jieba  # here, because the default engine does without it

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    # jieba would keep a marshalled cache in the shared temporary folder, where anybody can plant one: load without
    engine.FREQ, engine.total = engine.gen_pfdict(engine.get_dict_file())
    engine.initialized = True
    return lambda text: engine.lcut(text, HMM=hmm)
