"""Words of a text, with offsets: amounts, dates and lexicon terms whole, the gaps cut by an engine of our own."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from helpers import quantities
from helpers.document import Document
from helpers.lexicon import Lexicon, load

Engine = Literal["rjieba", "jieba"]
Tag = Literal["term", "amount", "date", "word", "latin", "punctuation"]

_JOINED: Final = re.compile(r"[a-zA-Z0-9.\-_+#&%]*[.\-_+#&%][a-zA-Z0-9.\-_+#&%]*")
_RUN: Final = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")  # jieba's own unit inside a run of Latin letters and digits
_BEYOND: Final = re.compile(r"([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")  # Han to rjieba only
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"\w")


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
        self._engine: Callable[[str], Iterable[str]] = _rjieba(hmm) if engine == "rjieba" else _jieba(hmm)
        terms = sorted(self.lexicon.terms) if protect else []
        self._terms = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest) if terms else None

    def __reduce__(self) -> tuple[Callable[..., "Segmenter"], tuple[Lexicon, Engine, bool, bool]]:
        """Pickled as its settings: the engine itself cannot be, and each process builds its own."""
        return _build, (self.lexicon, self.engine, self.hmm, self.protect)

    def cut(self, text: str) -> list[str]:
        """The words of a plain string; joined they give it back."""
        return [text[a:b] for a, b, _ in self.pieces(text)]

    def segment(self, document: Document) -> list[Token]:
        """The tokens of a document in text order, blanks left out."""
        text = document.text
        out = []
        for sentence in document.sentences:
            for a, b, tag in self.pieces(text[sentence.start : sentence.end]):
                start, end = sentence.start + a, sentence.start + b
                if not (word := text[start:end]).isspace():
                    out.append(Token(sentence.id, start, end, word, tag))
        return out

    def pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, tag) of every word of a plain string, blanks among them, without a hole."""
        at = 0
        for start, end, tag in [*self._whole(text), (len(text), len(text), "")]:
            for word in self._engine(text[at:start]) if start > at else ():
                yield at, at + len(word), _tag(word)
                at += len(word)
            if tag:
                yield start, end, tag
                at = end

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


def _tag(word: str) -> str:
    return "word" if _HAN.search(word) else "latin" if _LATIN.search(word) else "punctuation"


def _rjieba(hmm: bool) -> Callable[[str], Iterable[str]]:
    engine = rjieba.Jieba()

    def cut(text: str) -> Iterator[str]:
        # rjieba keeps 2021-2035 and COVID-19 whole where jieba cuts them by _RUN, and joins rare characters to
        # their neighbours where jieba lets each stand alone
        for part in _BEYOND.split(text):
            for word in engine.cut(part, hmm) if part else ():
                if _JOINED.fullmatch(word) and len(word) > 1 and not engine.has_word(word):
                    yield from filter(None, _RUN.split(word))
                else:
                    yield word

    return cut


def _jieba(hmm: bool) -> Callable[[str], Iterable[str]]:
    import jieba  # here, because the default engine does without it

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    # jieba would keep a marshalled cache in the shared temporary folder, where anybody can plant one: load without
    engine.FREQ, engine.total = engine.gen_pfdict(engine.get_dict_file())
    engine.initialized = True
    return lambda text: engine.cut(text, HMM=hmm)
