"""The lexicon: what it holds, that every term works, and that a bad file says what is wrong with it."""

from pathlib import Path

import pytest

from helpers import lexicon
from helpers.lexicon import Lexicon, LexiconError
from helpers.words import Segmenter


@pytest.fixture(scope="module")
def own() -> Lexicon:
    return lexicon.load()


def write(folder: Path, text: str) -> Path:
    (folder / "terms.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_term_survives_segmentation(own: Lexicon) -> None:
    segmenter = Segmenter(own)
    torn = [term for term in own.terms if segmenter.cut(f"我们要推进{term}，取得实效。").count(term) != 1]
    assert torn == [], "silently ineffective: the segmenter cuts or swallows them"


def test_terms_are_many_and_each_has_gloss_and_reason(own: Lexicon) -> None:
    assert len(own.terms) > 900
    assert all(term.gloss and term.reason for term in own.terms.values())
    assert all("*" not in term for term in own.terms)


def test_brackets_match_in_both_widths(own: Lexicon) -> None:
    for text in ("优化开发县(市)要转型", "优化开发县（市）要转型"):
        assert Segmenter(own).cut(text)[0] == text[:8]


def test_stopwords_are_function_words_and_no_terms(own: Lexicon) -> None:
    assert {"的", "以及", "进行"} <= own.stopwords
    assert not own.stopwords & set(own.terms)
    assert not own.stopwords & {"发展", "创新", "必须", "加强", "县域"}, "words of substance and of direction stay"


def test_word_lists_hold_no_line_twice() -> None:
    for path in (lexicon.DATA / "lexicon").glob("stopwords.txt"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert len(lines) == len(set(lines))


def test_every_yaml_of_the_project_is_sound() -> None:
    files = sorted((lexicon.DATA / "lexicon").glob("*.yaml"))
    assert files
    for path in files:
        assert lexicon.read_yaml(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a:\n  x: [县域经济]\n  y: [县域经济]\n", "duplicate term 县域经济, also under a / x. Keep one"),
        ("a:\n  x: [县(市)]\n  y: [县（市）]\n", "duplicate term"),
        ("a:\n  x: [县域经济]\n  x: [县域治理]\n", "key written twice (line 3)"),
        ("a: &loop\n  x: *loop\n", "the entry holds itself"),
        ("a:\n  x: [绿色.*发展]\n", "is a pattern. Terms are literal"),
        ("a:\n  x: [创新|协调]\n", "is a pattern"),
        ("a:\n  x: [县域*]\n", "is a pattern"),
        ("a:\n  x: ['[一二三]起来']\n", "is a pattern"),
        ("a:\n  x: [县域 经济]\n", "is no term"),
        ("a:\n  x: [县]\n", "is no term"),
        ("a:\n  x: [GDP]\n", "is no term"),
        ("a:\n  x: [2025]\n", "2025 is no text"),
        ("a:\n  x: []\n  y:\n", "empty entry"),
        ("a:\n  x: 县域经济\n", "no list of terms"),
        ("a: [县域经济]\n", "no map from gloss to terms"),
        ("- 县域经济\n", "no map at its top"),
        ("", "no map at its top"),
        ("a: [县域经济\n", "no YAML"),
    ],
)
def test_a_bad_file_names_itself_and_the_remedy(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LexiconError) as error:
        lexicon.load(write(tmp_path, text))
    assert says in str(error.value)
    assert str(error.value).startswith("terms.yaml: ")
    assert error.value.remedy


def test_plus_and_version_numbers_are_literal(tmp_path: Path) -> None:
    terms = lexicon.load(write(tmp_path, "a:\n  Internet Plus: [互联网+]\n  Industry 4.0: [工业4.0]\n")).terms
    assert list(terms) == ["互联网+", "工业4.0"]


def test_an_unknown_file_is_an_error_that_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"no such lexicon file. Files in its folder: none"):
        lexicon.load(tmp_path)
    own = lexicon.load(write(tmp_path, "a:\n  county economy: [县域经济]\n"))
    assert own.stopwords == frozenset()
    with pytest.raises(
        LexiconError, match=r"themes.yaml: themes: no such lexicon file. Files in its folder: terms.yaml"
    ):
        _ = own.themes
