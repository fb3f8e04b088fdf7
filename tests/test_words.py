"""Segmentation: the text comes back, protected things stay whole, and the fast engine is jieba to the token."""

import pickle
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import lexicon
from helpers.document import Document, from_text, read
from helpers.lexicon import Lexicon, Term
from helpers.words import Segmenter

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
TRICKY = "县域经济高质量发展第二三条款abcXT恤AT&Tc++C#3.5%-_+#&12. 9％,，。\n\r\t　“”é鿕鿖㐀𠀀豈ＡBP机卡拉OK"


@pytest.fixture(scope="module")
def engines() -> list[tuple[Segmenter, Segmenter]]:
    """rjieba and jieba side by side, with and without the guessing of unknown words."""
    none = Lexicon({})
    return [
        tuple(Segmenter(none, engine=engine, hmm=hmm, protect=False) for engine in ("rjieba", "jieba"))
        for hmm in (True, False)
    ]


@given(st.text(st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=["Cs"])), max_size=40))
def test_the_fast_engine_is_jieba_on_generated_text(engines: list[tuple[Segmenter, Segmenter]], text: str) -> None:
    for fast, jieba in engines:
        assert fast.cut(text) == jieba.cut(text)


@pytest.mark.parametrize(
    "text", ["2021-2035年", "COVID-19疫情", "V2.0版", "A+B模式", "AT&T公司", "c++和C#", "3.5%以上", "㐀&", "𠀀+."]
)
def test_the_fast_engine_is_jieba_where_letters_and_marks_meet(
    engines: list[tuple[Segmenter, Segmenter]], text: str
) -> None:
    for fast, jieba in engines:
        assert fast.cut(text) == jieba.cut(text)


def test_the_fast_engine_is_jieba_on_the_seed(engines: list[tuple[Segmenter, Segmenter]], seed: Document) -> None:
    for fast, jieba in engines:
        assert fast.cut(seed.text) == jieba.cut(seed.text)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not part of the repository")
def test_the_fast_engine_is_jieba_on_the_corpus(engines: list[tuple[Segmenter, Segmenter]]) -> None:
    files = sorted(CORPUS.glob("*/*.txt"))[::9]
    texts = [path.read_bytes().decode("utf-8", "ignore")[:20000] for path in files]
    assert sum(map(len, texts)) > 50000
    for fast, jieba in engines:
        for text in texts:
            assert fast.cut(text) == jieba.cut(text)


@given(st.text(st.sampled_from(TRICKY + "县域经济2025年6.5%以上三起来全省"), max_size=60))
def test_the_words_give_the_text_back(text: str) -> None:
    assert "".join(OWN.cut(text)) == text
    at = 0
    for start, end, _ in OWN.pieces(text):
        assert at == start < end
        at = end
    assert at == len(text)


OWN = Segmenter()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("推动县域经济高质量发展", ["推动", "县域经济高质量发展"]),
        ("县域治理“三起来”", ["县域治理", "“", "三起来", "”"]),
        ("增长6.5%以上", ["增长", "6.5%以上"]),
        ("到2025年实现", ["到", "2025年", "实现"]),
        ("落实中国制造2025战略", ["落实", "中国制造2025", "战略"]),
        ("", []),
        (" \n", [" ", "\n"]),
    ],
)
def test_terms_amounts_and_dates_stay_whole(text: str, words: list[str]) -> None:
    assert OWN.cut(text) == words


def test_tokens_have_offsets_tags_and_sentences() -> None:
    document = from_text("到2025年,全省县域经济增长8%以上。推广5G、GDP核算。")
    tokens = OWN.segment(document)
    assert all(document.text[t.start : t.end] == t.word for t in tokens)
    assert all(document.sentences[t.sentence].start <= t.start < document.sentences[t.sentence].end for t in tokens)
    tags = {t.word: t.tag for t in tokens}
    assert tags["2025年"] == "date"
    assert tags["8%以上"] == "amount"
    assert tags["县域经济"] == "term"
    assert tags["全省"] == "word"
    assert tags["GDP"] == "latin"
    assert tags["。"] == "punctuation"


def test_offsets_of_the_seed_slice_back_and_leave_out_blanks_only(seed: Document) -> None:
    tokens = OWN.segment(seed)
    assert all(seed.text[t.start : t.end] == t.word for t in tokens)
    covered = {i for t in tokens for i in range(t.start, t.end)}
    assert not "".join(c for i, c in enumerate(seed.text) if i not in covered).strip()


def test_without_protection_the_engine_gets_everything() -> None:
    assert Segmenter(protect=False).cut("推动县域经济") == ["推动", "县域", "经济"]


def test_lexicons_do_not_leak_into_each_other() -> None:
    mine = Segmenter(Lexicon({"推动县": Term("nonsense", "test")}))
    assert mine.cut("推动县域经济") == ["推动县", "域", "经济"]
    assert OWN.cut("推动县域经济") == ["推动", "县域经济"]


def test_a_segmenter_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Segmenter(hmm=False)))
    assert (sent.engine, sent.hmm, sent.protect) == ("rjieba", False, True)
    assert sent.lexicon.terms == OWN.lexicon.terms
    assert sent.cut("推动县域经济") == ["推动", "县域经济"]


def test_jieba_plants_nothing_in_the_shared_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert Segmenter(engine="jieba").cut("我来到县域") == ["我", "来到", "县域"]
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_engine_is_an_error() -> None:
    with pytest.raises(ValueError, match="no engine 'pkuseg': rjieba or jieba"):
        Segmenter(engine="pkuseg")  # type: ignore[arg-type]


def kept(document: Document, segmenter: Segmenter, phrases: list[str]) -> list[str]:
    """The phrases that are one token wherever they stand outside a longer phrase of the list."""
    tokens = {(t.start, t.end) for t in segmenter.segment(document)}
    places = {p: [m.span() for m in re.finditer(re.escape(p), document.text)] for p in phrases}
    every = [span for spans in places.values() for span in spans]
    return [
        p
        for p, spans in places.items()
        if all((a, b) in tokens or any(x <= a and b <= y and y - x > b - a for x, y in every) for a, b in spans)
    ]


def test_key_phrases_of_the_gold_stay_whole(seed: Document, gold: dict) -> None:
    phrases = [k["phrase"] for k in gold["keyphrases"]]
    own = kept(seed, Segmenter(lexicon.load()), phrases)
    plain = kept(seed, Segmenter(protect=False), phrases)
    assert len(own) >= 0.98 * len(phrases), set(phrases) - set(own)
    assert len(plain) < 0.2 * len(phrases)


def test_reading_a_file_of_the_project_twice_gives_the_same_tokens() -> None:
    path = ROOT / "seeds" / "henan-county-economy-2020.txt"
    assert Segmenter().segment(read(path)) == Segmenter().segment(read(path))
