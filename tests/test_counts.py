"""Counts, keyness, collocation, phrases: each figure against the gold, another implementation or a published one."""

import re
from itertools import combinations
from math import log, log2
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers import collocation, counts, keyness, lexicon, phrases, tables
from helpers import terms as term_table
from helpers.document import Document, from_text, read
from helpers.keyness import Reference
from helpers.lexicon import Lexicon
from helpers.words import Segmenter

ROOT = Path(__file__).parents[1]
LEXICON = lexicon.load()
COUNT = st.integers(0, 500)


@pytest.fixture(scope="module")
def tokens(seed: Document) -> pd.DataFrame:
    return counts.tokens_of(seed, Segmenter(LEXICON))


@pytest.fixture(scope="module")
def terms(seed: Document) -> pd.DataFrame:
    return terms_of(seed)


def terms_of(document: Document) -> pd.DataFrame:
    return tables.frame_of(term_table.of([document], Segmenter(LEXICON).tokens([document]), LEXICON))


# ---- how often


def test_nested_counts_are_those_of_the_gold(seed: Document, gold: dict) -> None:
    wanted = [(k["phrase"], k["count"], k["free_count"]) for k in gold["keyphrases"]]
    assert counts.nested(seed, [w[0] for w in wanted]).to_records(index=False).tolist() == wanted


def test_term_counts_are_those_of_the_gold(seed: Document, gold: dict) -> None:
    found = counts.nested(seed, gold["term_counts"])
    assert dict(zip(found["phrase"], found["count"], strict=True)) == gold["term_counts"]


def test_a_phrase_inside_two_longer_ones_that_overlap_is_counted_once() -> None:
    document = from_text("经济高质量发展理念。")
    found = counts.nested(document, ["高质量发展", "经济高质量发展", "高质量发展理念"])
    assert found.values.tolist() == [["高质量发展", 1, 0], ["经济高质量发展", 1, 1], ["高质量发展理念", 1, 1]]


def test_the_table_of_terms_counts_what_longer_terms_hold(terms: pd.DataFrame) -> None:
    count = dict(zip(terms["word"], terms["count"], strict=True))
    assert count["县域经济"] == 21
    assert count["县域经济高质量发展"] == 11
    assert count["高质量发展"] == 17
    assert count["县域"] == 39, "a word's count does not fall when the lexicon grows"


def test_counts_of_words_do_not_hang_on_the_lexicon(seed: Document, terms: pd.DataFrame) -> None:
    plain = counts.content(counts.tokens_of(seed, Segmenter(Lexicon({}))), LEXICON.stopwords)["word"].value_counts()
    count = dict(zip(terms["word"], terms["count"], strict=True))
    assert {w: count.get(w, 0) for w in plain.index[:12]} == {w: int(plain[w]) for w in plain.index[:12]}


def test_the_table_of_terms_holds_content_only_and_in_order(terms: pd.DataFrame) -> None:
    assert list(terms) == ["doc", *tables.COLUMNS["terms"]]
    assert not set(terms["word"]) & LEXICON.stopwords
    assert terms["word"].map(lambda w: len(re.findall(r"[\u3400-\u9fff]", w)) >= 2).all()
    assert terms["word"].is_unique
    order = list(zip(-terms["count"], terms["word"], strict=True))
    assert order == sorted(order)
    assert terms["dispersion"].dropna().between(0, 1).all()
    assert (terms["sections"] >= 1).all()


def test_rates_share_one_base(tokens: pd.DataFrame, terms: pd.DataFrame) -> None:
    running = counts.running(tokens)["size"].sum()
    assert np.allclose(terms["per_10k"], terms["count"] / running * 1e4)
    plain = counts.running(counts.tokens_of(from_text("推动县域经济,发展。"), Segmenter(LEXICON)))
    assert plain["size"].tolist() == [1, 2, 1]


def test_frequencies_count_tokens() -> None:
    document = from_text("县域经济稳。县域经济活,县域强。")
    found = counts.frequencies(counts.tokens_of(document, Segmenter(LEXICON)))
    assert found[["word", "tag", "count"]].values.tolist()[0] == ["县域经济", "term", 2]
    assert found["per_10k"].iloc[0] == pytest.approx(2 / 8 * 1e4)


def test_ngrams_stay_in_the_sentence_and_off_punctuation() -> None:
    document = from_text("生态产业发展。生态产业发展,生态产业发展。发展生态")
    found = counts.ngrams(counts.tokens_of(document, Segmenter(Lexicon({}))), 2)
    assert found.values.tolist() == [["产业 发展", "产业发展", 3], ["生态 产业", "生态产业", 3]]
    assert counts.ngrams(counts.tokens_of(document, Segmenter(Lexicon({}))), 2, stopwords=["生态"])[
        "count"
    ].tolist() == [3]


# ---- where


def test_concordance_finds_every_place_with_its_raw_span(seed: Document) -> None:
    found = counts.concordance(seed, "县域经济", 10)
    assert len(found) == 21
    for row in found.itertuples():
        assert seed.text[row.start : row.end] == row.node == "县域经济"
        assert seed.text[: row.start].endswith(row.left)
        assert seed.text[row.end :].startswith(row.right)
        assert re.sub(r"\s", "", seed.raw[row.raw_start : row.raw_end]) == "县域经济"
    assert found["position"].is_monotonic_increasing
    assert counts.concordance(seed, "不在文中").empty
    assert counts.concordance(seed, "(县|市)").empty, "a phrase is literal, never a pattern"


def test_dispersion_is_that_of_gries_2008() -> None:
    # Gries (2008): five parts of 9, 10, 10, 10 and 11 words, in which "a" stands 1, 2, 3, 4 and 5 times: DP = 0.18
    dp, norm = counts.dispersion([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    assert float(dp) == pytest.approx(0.18)
    assert float(norm) == pytest.approx(0.18 / (1 - 9 / 50))


def test_dispersion_at_its_ends() -> None:
    assert counts.dispersion([2, 4], [100, 200])[1] == pytest.approx(0)
    assert counts.dispersion([0, 7, 0], [300, 100, 500])[1] == pytest.approx(1)
    assert np.isnan(counts.dispersion([0, 0], [10, 10])).all()
    dp, norm = counts.dispersion([3], [100])
    assert dp == 0
    assert np.isnan(norm)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 99)), min_size=2, max_size=8))
def test_dispersion_keeps_its_bounds(parts: list[tuple[int, int]]) -> None:
    v, s = zip(*parts, strict=True)
    if sum(v):
        assert -1e-9 <= counts.dispersion(v, s)[1] <= 1 + 1e-9


@given(st.sets(st.integers(0, 59), min_size=1, max_size=20))
def test_arf_is_the_mean_number_of_filled_segments(places: set[int]) -> None:
    # Savický & Hlaváčová's own definition: cut the ring into f segments of v = N/f, at every possible beginning
    f = len(places)
    n = 60 * f  # stretched, so that v is a whole number and all beginnings can be tried
    v = n // f
    at = [p * f for p in places]
    filled = [len({(p - shift) % n // v for p in at}) for shift in range(v)]
    assert counts.arf(sorted(at), n) == pytest.approx(np.mean(filled))


# ---- key against the newspaper


@given(COUNT, COUNT, st.integers(501, 9999), st.integers(501, 9999))
def test_g2_is_scipys(a: int, b: int, n1: int, n2: int) -> None:
    if a + b == 0:
        assert keyness.g2(a, b, n1, n2) == 0
        return
    other = stats.chi2_contingency([[a, b], [n1 - a, n2 - b]], correction=False, lambda_="log-likelihood")
    assert float(keyness.g2(a, b, n1, n2)) == pytest.approx(other.statistic, abs=1e-7)
    assert keyness.p_value(keyness.g2(a, b, n1, n2))[0] == pytest.approx(other.pvalue, abs=1e-5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_is_scipys(p: list[float]) -> None:
    assert np.allclose(keyness.benjamini_hochberg(p), stats.false_discovery_control(p, method="bh"))


def test_an_unknown_p_takes_no_part_in_q() -> None:
    q = keyness.benjamini_hochberg([0.01, np.nan, 0.04])
    assert np.allclose(q[[0, 2]], stats.false_discovery_control([0.01, 0.04]))
    assert np.isnan(q[1])


def test_effects_are_ratios_of_rates() -> None:
    assert keyness.log_ratio(20, 10, 1000, 1000) == pytest.approx(1)
    assert keyness.log_ratio(20, 10, 4000, 1000) == pytest.approx(-1)
    assert keyness.log_ratio(4, 0, 100, 100) == pytest.approx(log2(4 / 0.5))
    assert keyness.diff_percent(20, 10, 1000, 1000) == pytest.approx(100)
    assert keyness.diff_percent(5, 10, 1000, 1000) == pytest.approx(-50)
    assert keyness.bic(10.0, 900, 100) == pytest.approx(10 - log(1000))


@given(COUNT.filter(bool), COUNT.filter(bool))
def test_log_ratio_and_percent_say_the_same(a: int, b: int) -> None:
    assert 2 ** keyness.log_ratio(a, b, 700, 900) == pytest.approx(1 + keyness.diff_percent(a, b, 700, 900) / 100)


def test_a_term_that_nobody_counted_has_no_keyness() -> None:
    reference = Reference("test", {"经济": 50, "生态文明": 0}, 10000)
    found = keyness.keyness(
        {"经济": 5, "新质生产力": 4, "生态文明": 3, "罕见": 1}, 1000, reference, frozenset(LEXICON.terms)
    )
    by = found.set_index("word")
    assert by["reference_count"].isna().to_dict() == {
        "经济": False,
        "新质生产力": True,
        "生态文明": False,
        "罕见": False,
    }
    assert np.isnan(by.loc["新质生产力", ["g2", "log_ratio", "q"]].astype(float)).all()
    assert by.loc["生态文明", "log_ratio"] == pytest.approx(log2(3 / 0.5 * 10))


def test_the_newspaper_knows_every_term_of_the_lexicon() -> None:
    reference = keyness.people_daily_1998()
    missing = sorted(set(LEXICON.terms) - set(reference.counts))
    assert not missing, "make data/reference anew: data/reference/make_pd1998.py"
    assert 800_000 < reference.tokens < 1_000_000
    assert reference.counts["经济"] > 2000
    assert reference.counts["新发展理念"] == 0


def test_the_seed_is_about_counties_and_not_about_1998(terms: pd.DataFrame) -> None:
    key = terms[terms["count"] >= 4].nlargest(6, "keyness_g2")["word"].tolist()
    assert {"县域", "县域经济", "高质量发展"} <= set(key)
    assert terms.set_index("word").loc["县域经济", "log_ratio"] > 8


def test_a_reference_that_is_none_says_where(tmp_path: Path) -> None:
    path = tmp_path / "reference.tsv"
    path.write_text("# tokens: 10\n经济\tfive\n", encoding="utf-8")
    with pytest.raises(keyness.ReferenceFileError, match=r"reference.tsv: line 2: no word<TAB>count"):
        keyness.read_reference(path)
    path.write_text("经济\t5\n", encoding="utf-8")
    with pytest.raises(keyness.ReferenceFileError, match="no head line"):
        keyness.read_reference(path)


# ---- collocation


def table(*sentences: str) -> pd.DataFrame:
    """Tokens of sentences whose words stand between blanks."""
    rows = [(i, 0, 0, w, "word") for i, sentence in enumerate(sentences) for w in sentence.split()]
    return pd.DataFrame(rows, columns=["sentence", "start", "end", "word", "tag"])


def test_collocation_by_sentence_against_a_plain_count(tokens: pd.DataFrame) -> None:
    found = collocation.collocations(tokens, least=2, stopwords=LEXICON.stopwords)
    groups = [set(s["word"]) for _, s in tokens[tokens["tag"] != "punctuation"].groupby("sentence")]
    n = len(groups)
    assert len(found) > 50
    for row in found.sample(40, random_state=1).itertuples():
        x, y, xy = row.word_count, row.collocate_count, row[3]
        both = [[0, 0], [0, 0]]
        for g in groups:
            both[row.word not in g][row.collocate not in g] += 1
        assert both[0][0] == xy
        assert sum(both[0]) == x
        assert both[0][0] + both[1][0] == y
        assert row.logdice == pytest.approx(14 + log2(2 * xy / (x + y)))
        assert row.npmi == pytest.approx(log((xy / n) / (x / n * y / n)) / -log(xy / n))
        if 0 < x < n and 0 < y < n:
            other = stats.chi2_contingency(both, correction=False, lambda_="log-likelihood").statistic
            assert row.g2 == pytest.approx(other, abs=1e-6)


def test_collocation_in_a_window_against_a_plain_count() -> None:
    sentences = ["绿色 发展 生态 保护", "绿色 生态 发展 绿色 经济", "经济 发展 稳定 生态", "绿色 生态"]
    found = collocation.collocations(table(*sentences), window=2, least=1)
    assert found[["word", "collocate"]].drop_duplicates().shape[0] == len(found)
    words = [s.split() for s in sentences]
    n = sum(map(len, words))
    for row in found.to_dict("records"):
        a, b = row["word"], row["collocate"]
        near = [
            (w[i], any(w[j] == a for j in range(max(0, i - 2), min(len(w), i + 3)) if j != i))
            for w in words
            for i in range(len(w))
        ]
        other = [
            any(w[j] == b for j in range(max(0, i - 2), min(len(w), i + 3)) if j != i)
            for w in words
            for i in range(len(w))
            if w[i] == a
        ]
        o11 = min(sum(x == b and hit for x, hit in near), sum(other))
        r1, c1 = sum(hit for _, hit in near), sum(x == b for x, _ in near)
        cells = [[o11, r1 - o11], [c1 - o11, n - r1 - c1 + o11]]
        assert row["count"] == o11
        assert row["expected"] == pytest.approx(r1 * c1 / n)
        assert row["npmi"] == pytest.approx(log(o11 * n / (r1 * c1)) / -log(o11 / n))
        assert row["g2"] == pytest.approx(
            stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic, abs=1e-9
        )


def test_a_word_that_occurs_once_stands_with_no_other_four_times(tokens: pd.DataFrame) -> None:
    found = collocation.collocations(tokens, window=5, least=1)
    assert (found["count"] <= found[["word_count", "collocate_count"]].min(axis=1)).all()
    assert found["logdice"].max() <= 14


def test_words_that_never_part_have_logdice_14() -> None:
    found = collocation.collocations(table("绿色 发展", "绿色 发展", "生态 保护"), least=2)
    assert found[["word", "collocate", "logdice"]].values.tolist() == [["发展", "绿色", 14.0]]
    assert found["npmi"].tolist() == pytest.approx([1.0])


def test_a_node_sees_its_own_collocates_and_the_same_figures(tokens: pd.DataFrame) -> None:
    for window in (None, 5):
        every = collocation.collocations(tokens, window=window, least=2, stopwords=LEXICON.stopwords)
        one = collocation.collocations(tokens, window=window, node="县域治理", least=2, stopwords=LEXICON.stopwords)
        assert set(one["word"]) == {"县域治理"}
        pairs = every[(every["word"] == "县域治理") | ((every["collocate"] == "县域治理") & (window is None))]
        assert sorted(pairs["logdice"]) == pytest.approx(sorted(one["logdice"]))


# ---- phrases, segmenters


def test_new_phrases_find_the_golds_key_phrases(seed: Document, gold: dict) -> None:
    wanted = {k["phrase"] for k in gold["keyphrases"] if k["tier"] == 1 and k["count"] >= 2}
    found = phrases.propose(seed, 60)
    assert len(wanted & set(found["phrase"])) >= 0.8 * len(wanted)
    assert len(found) <= 60


def test_a_phrase_that_only_stands_inside_another_is_left_out() -> None:
    text = "要打造先进制造业集群,壮大先进制造业集群。先进制造业集群是底盘。"
    assert phrases.propose(text)["phrase"].tolist() == ["先进制造业集群"]


def test_a_phrase_with_one_neighbour_only_is_left_out() -> None:
    assert "营商环" not in set(phrases.propose("优化营商环境,改善营商环境,营商环境好。")["phrase"])


def test_dependence_on_the_segmenter_is_told(seed: Document) -> None:
    found = counts.by_segmenter(seed, LEXICON, 15).set_index("word")
    assert found.loc["县域经济", ["substring", "jieba", "hmm_off", "jieba_lexicon", "nested"]].tolist() == [
        21,
        0,
        0,
        10,
        21,
    ]
    assert found.loc["县域", ["substring", "jieba", "nested"]].tolist() == [39, 39, 39]
    assert found.loc["县域", "jieba_lexicon"] < 39
    assert not found.loc["县域经济", "stable"]


# ---- too little text


@pytest.mark.parametrize("text", ["", "。", "的。", "创新", "创新。"])
def test_a_text_with_little_in_it_gives_honest_tables(text: str) -> None:
    document = from_text(text)
    tokens = counts.tokens_of(document, Segmenter(LEXICON))
    assert list(tokens) == list(counts._TOKENS)
    terms = terms_of(document)
    assert list(terms) == ["doc", *tables.COLUMNS["terms"]]
    assert len(terms) == ("创新" in text)
    assert terms["dispersion"].isna().all(), "one section cannot tell spread"
    assert terms["count"].dtype.kind == terms["sections"].dtype.kind == "i"
    assert list(counts.frequencies(tokens)) == ["word", "tag", "count", "per_10k"]
    for window in (None, 5):
        assert list(counts.collocations(tokens, window=window)) == list(collocation.COLUMNS)
    assert counts.ngrams(tokens).empty
    assert list(phrases.propose(document)) == list(phrases.COLUMNS)
    assert counts.by_segmenter(document, LEXICON).shape[0] == ("创新" in text)
    assert counts.nested(document, ["创新"])["count"].tolist() == [int("创新" in text)]
    assert list(counts.nested(document, [])) == ["phrase", "count", "free_count"]
    assert counts.arf([], 0) == 0


def test_a_document_shorter_than_any_section(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("县域经济", encoding="utf-8")
    document = read(path)
    terms = terms_of(document)
    assert terms[["doc", "word", "count", "sections"]].values.tolist() == [
        ["short", "县域", 1, 1],
        ["short", "县域经济", 1, 1],
        ["short", "经济", 1, 1],
    ]


def test_what_the_five_concepts_stood_with_in_1998() -> None:
    found = collocation.people_daily_1998()
    assert list(found) == list(collocation.COLUMNS)
    assert set(found["word"]) == {"创新", "协调", "绿色", "开放", "共享"}
    assert (found["count"] >= 2).all()
    assert (found["expected"] < found["count"]).mean() > 0.9


def test_a_concept_beside_its_company_of_1998() -> None:
    beside = collocation.beside_1998(table("推进 绿色 发展", "绿色 空间"), most=3).set_index("concept")
    assert beside.loc["绿色", "here"] == 2 and beside.loc["共享", "here"] == 0
    assert set(beside.loc["绿色", "with_here"].split("、")) == {"推进", "发展", "空间"}
    assert beside.loc["共享", "with_here"] == "" and beside.loc["绿色", "with_1998"].count("、") == 2


def test_every_pair_is_listed_once() -> None:
    found = collocation.collocations(table("绿色 发展 生态", "绿色 发展 生态"), least=2)
    pairs = {frozenset(p) for p in combinations(["绿色", "发展", "生态"], 2)}
    assert {frozenset(p) for p in found[["word", "collocate"]].values.tolist()} == pairs
    assert len(found) == 3
