"""Shares with intervals, concept by section, co-occurrence: each against another way of computing it."""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import binomtest

from helpers import intervals, shares, themes
from helpers.document import Document, from_text
from helpers.theme_lexicon import FIVE


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("total", [1, 2, 15, 59, 1000])
def test_wilson_against_scipy(total: int, confidence: float) -> None:
    for hits in {0, 1, total // 3, total // 2, total - 1, total}:
        ours = intervals.wilson(hits, total, confidence)
        theirs = binomtest(hits, total).proportion_ci(confidence_level=confidence, method="wilson")
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
        assert ours.low <= ours.share <= ours.high


def test_wilson_of_nothing_says_nothing() -> None:
    none = intervals.wilson(0, 0)
    assert np.isnan(none.share)
    assert (none.low, none.high) == (0.0, 1.0)


@pytest.mark.parametrize(("hits", "total"), [(-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_share(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        intervals.wilson(hits, total)


def test_bootstrap_against_a_plain_one(seed: Document) -> None:
    """Drawing sentences one by one gives the same interval, up to the noise of the draws."""
    mentions, n = themes.code(seed), len(seed.sentences)
    ours = shares.bootstrap(mentions, n, rounds=4000)
    per_sentence = [[m.concept for m in shares.counted(mentions) if m.sentence == i] for i in range(n)]
    random, drawn = np.random.default_rng(7), []
    for _ in range(4000):
        found = [c for i in random.integers(0, n, n) for c in per_sentence[i]]
        if found:
            drawn.append([found.count(c) / len(found) for c in FIVE])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    for i, c in enumerate(FIVE):
        assert (ours[c].low, ours[c].high) == pytest.approx((low[i], high[i]), abs=0.03)


def test_bootstrap_is_the_same_each_time_and_another_with_another_seed(seed: Document) -> None:
    mentions, n = themes.code(seed), len(seed.sentences)
    assert shares.bootstrap(mentions, n) == shares.bootstrap(mentions, n)
    assert shares.bootstrap(mentions, n) != shares.bootstrap(mentions, n, seed=1)


def test_shares_add_up(seed: Document) -> None:
    table = shares.shares(themes.code(seed), len(seed.sentences))
    assert table["share"].sum() == pytest.approx(1)
    assert (table["boot_low"] <= table["share"]).all()
    assert (table["share"] <= table["boot_high"]).all()


def test_what_the_seed_says_literally_ranks_no_two_concepts(seed: Document) -> None:
    mentions, n = themes.code(seed), len(seed.sentences)
    assert shares.shares(mentions, n, kinds=shares.SAID)["count"].sum() == 14  # 15 keywords, 创新载体 is no concept
    assert (shares.differences(mentions, n, kinds=shares.SAID)["p_holm"] > 0.05).all()


def test_a_plain_difference_is_found_and_its_direction_kept() -> None:
    d = from_text("推动绿色发展。" * 60 + "扩大对外开放。")
    table = shares.differences(themes.code(d), len(d.sentences)).set_index(["greater", "lesser"])
    row = table.loc[("绿色", "开放")]
    assert row["p_holm"] < 0.05 and row["low"] > 0 and ("开放", "绿色") not in table.index


def test_holm_against_an_independent_implementation(seed: Document) -> None:
    table = shares.differences(themes.code(seed), len(seed.sentences), rounds=500)
    p = table["p"].to_numpy()
    by_hand = [min(1.0, max((len(p) - k) * sorted(p)[k] for k in range(i + 1))) for i in range(len(p))]
    assert table["p_holm"].tolist() == pytest.approx(by_hand)
    assert len(table) == 10 and (table["difference"] >= 0).all()


def test_by_section_and_co_occurrence_against_counting(seed: Document) -> None:
    mentions, n = themes.code(seed), len(seed.sentences)
    counted = shares.counted(mentions)
    matrix = shares.by_section(mentions, seed)
    assert matrix.to_numpy().sum() == len(counted)
    assert list(matrix.columns) == [s.id for s in seed.sections]
    for s in seed.sections:
        for c in FIVE:
            assert matrix.loc[c, s.id] == sum(m.concept == c and s.start <= m.start < s.end for m in counted)
    pairs = shares.co_occurrence(mentions, n).set_index(["a", "b"])
    for a, b in combinations(FIVE, 2):
        both = sum({a, b} <= {m.concept for m in counted if m.sentence == i} for i in range(n))
        assert pairs.loc[(a, b), "both"] == both


def test_a_text_without_mentions_gives_an_honest_table() -> None:
    d = from_text("会议召开。")
    found = themes.code(d)
    table = shares.shares(found, len(d.sentences))
    assert table["count"].tolist() == [0] * 5
    assert table["share"].isna().all()
    assert shares.differences(found, len(d.sentences)).empty
    assert shares.by_section(found, d).to_numpy().sum() == 0
    assert shares.co_occurrence(found, len(d.sentences))["lift"].isna().all()
