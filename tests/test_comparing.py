"""Documents beside each other: one measure under one name, what moved between two reports, groups and their rates."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers import batches, comparing, corpus, keyness
from helpers.comparing import MetadataError
from helpers.intervals import byar

REPORT = """{year}年某省人民政府工作报告

各位代表：现在，我代表省人民政府向大会作报告，请予审议。

一、{past}年工作回顾
全省生产总值增长7%。

二、{year}年工作安排
{year}年主要预期目标是：{targets}。
要突出绿色发展，坚决打好污染防治攻坚战。{more}
"""
EARLIER = (
    "地区生产总值增长6%左右，城镇新增就业60万人，居民消费价格涨幅3%左右，"
    "单位生产总值能耗降低2%，城镇调查失业率5.5%以内，进出口总额增长5%"
)
LATER = (
    "生产总值增长5.5%左右，城镇新增就业60万人以上，居民消费价格总水平涨幅2%—4%，"
    "单位地区生产总值能耗下降3%，城镇调查失业率5.5%左右，固定资产投资增长8%"
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for year, said, more in ((2018, EARLIER, ""), (2019, LATER, "要扩大对外开放，推动县域经济发展。" * 3)):
        text = REPORT.format(year=year, past=year - 1, targets=said, more=more)
        (folder / f"report_{year}.txt").write_text(text, encoding="utf-8")
    corpus.analyse([folder], folder / "out", workers=0)
    return folder / "out"


@pytest.fixture(scope="module")
def about(read: Path) -> pd.DataFrame:
    return comparing.describe(corpus.table(read, "documents"))


@pytest.fixture(scope="module")
def targets(read: Path, about: pd.DataFrame) -> pd.DataFrame:
    return comparing.targets(corpus.table(read, "goals"), about)


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        ("国内生产总值增长", ("生产总值", "growth")),
        ("全省地区生产总值年均增长", ("生产总值", "growth")),
        ("经济增速", ("生产总值", "growth")),
        ("国内生产总值", ("生产总值", "level")),
        ("居民消费价格总水平涨幅", ("居民消费价格", "growth")),
        ("单位GDP能耗降低", ("单位生产总值能耗", "decline")),
        ("单位国内生产总值能耗下降幅度", ("单位生产总值能耗", "decline")),
        ("粮食产量保持在", ("粮食产量", "level")),
        ("森林覆盖率达到", ("森林覆盖率", "level")),
        ("水产品产量增长", ("水产品产量", "growth")),
        ("增长", ("增长", "level")),
    ],
)
def test_one_measure_has_one_name_however_it_is_told(indicator: str, told: tuple[str, str]) -> None:
    assert comparing.measure(indicator) == told


def test_every_form_of_an_indicator_is_found_under_its_name_alone() -> None:
    forms = comparing.indicators()
    assert len(forms.names) > 60 and set(forms.names.values()) == set(forms.glosses)
    wrong = {f: comparing.measure(f)[0] for f, name in forms.names.items() if comparing.measure(f)[0] != name}
    assert not wrong


def test_what_moved_between_two_reports(targets: pd.DataFrame) -> None:
    found = comparing.changes(targets, "report_2018", "report_2019")
    assert dict(zip(found["measure"], found["status"], strict=True)) == {
        "单位生产总值能耗": "raised",
        "生产总值": "lowered",
        "居民消费价格": "widened",
        "城镇新增就业": "kept",
        "城镇调查失业率": "kept",
        "固定资产投资": "added",
        "进出口总额": "dropped",
    }
    assert (found["due"] == "own year").all()
    kept = found.set_index("measure").loc["城镇新增就业"]
    assert (kept["comparator_before"], kept["comparator_now"]) == ("=", ">=")


def test_a_report_against_itself_keeps_everything(targets: pd.DataFrame) -> None:
    same = comparing.changes(targets, "report_2018", "report_2018")
    assert len(same) == 6 and (same["status"] == "kept").all()


def test_targets_by_year_and_which_are_followed(targets: pd.DataFrame) -> None:
    output = targets[(targets["measure"] == "生产总值") & (targets["change"] == "growth")]
    assert output[["year", "low", "high"]].values.tolist() == [[2018, 6, 6], [2019, 5.5, 5.5]]
    followed = comparing.followed(targets)
    assert len(followed) == 5 and (followed["years"] == 2).all()


def test_place_and_year_are_the_documents_own_and_a_csv_wins(about: pd.DataFrame, read: Path, tmp_path: Path) -> None:
    assert about["year"].tolist() == [2018, 2019]
    (tmp_path / "about.csv").write_text("doc,year,group\nreport_2019,2020,late\n", encoding="utf-8-sig")
    given = comparing.describe(corpus.table(read, "documents"), tmp_path / "about.csv").set_index("doc")
    assert given["year"].to_dict() == {"report_2018": 2018, "report_2019": 2020}
    assert given.loc["report_2019", "group"] == "late" and pd.isna(given.loc["report_2018", "group"])


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("河北省人民政府", "河北省"),
        ("国务院", "全国"),
        ("新疆维吾尔自治区人民政府", "新疆维吾尔自治区"),
        ("本报", None),
        ("", None),
    ],
)
def test_where_a_text_is_from(issuer: str, place: str | None) -> None:
    assert comparing._place(issuer) == place


@pytest.mark.parametrize(
    ("content", "wrong"), [("name,year\na,1\n", "no column doc"), ("doc,year\na,1\na,2\n", "a stands there twice")]
)
def test_a_metadata_file_that_cannot_be_used_says_why(read: Path, tmp_path: Path, content: str, wrong: str) -> None:
    (tmp_path / "about.csv").write_text(content, encoding="utf-8")
    with pytest.raises(MetadataError, match=wrong):
        comparing.describe(corpus.table(read, "documents"), tmp_path / "about.csv")
    with pytest.raises(MetadataError, match="cannot be read"):
        comparing.describe(corpus.table(read, "documents"), tmp_path / "gone.csv")


def test_rates_of_concepts_have_every_concept_in_every_group(read: Path, about: pd.DataFrame) -> None:
    rates = comparing.concepts(corpus.table(read, "mentions"), about)
    assert len(rates) == 10 and (rates["documents"] == 1).all()
    openness = rates[rates["concept"] == "开放"].set_index("year")["count"]
    assert openness.tolist() == [1, 3], "进出口 in 2018, 对外开放 thrice in 2019"
    assert np.allclose(rates["per_10k"], rates["count"] / rates["characters"] * 1e4)
    assert ((rates["low"] <= rates["per_10k"]) & (rates["per_10k"] <= rates["high"])).all()


def test_words_of_a_group_against_the_others(read: Path, about: pd.DataFrame) -> None:
    terms = corpus.table(read, "terms")
    found = comparing.words(terms, about, "year", 2019).set_index("word")
    mine, theirs = (terms[terms["doc"] == f"report_{year}"].set_index("word") for year in (2019, 2018))
    n1, n2 = (round(float((t["count"] / t["per_10k"] * 1e4).iloc[0])) for t in (mine, theirs))
    assert found.loc["县域经济", "reference_count"] == 0 and found.loc["县域经济", "documents"] == 1
    word = "生产总值"
    expected = keyness.g2(mine.loc[word, "count"], theirs.loc[word, "count"], n1, n2)
    assert found.loc[word, "g2"] == pytest.approx(float(expected))
    with pytest.raises(ValueError, match=r"no document where year is 1950\. There are: 2018, 2019"):
        comparing.words(terms, about, "year", 1950)


@given(st.integers(0, 5000), st.sampled_from([0.9, 0.95, 0.99]))
def test_byar_is_close_to_the_exact_interval_of_a_poisson_count(count: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    low, high = byar(count, confidence)
    exact = stats.chi2.ppf([tail, 1 - tail], [2 * count, 2 * count + 2]) / 2
    assert low == pytest.approx(0 if count == 0 else exact[0], abs=0.06)
    assert high == pytest.approx(exact[1], abs=0.06)


def test_byar_refuses_what_is_no_count() -> None:
    for arguments in ((-1,), (3, 0.8)):
        with pytest.raises(ValueError):
            byar(*arguments)


def test_a_table_that_no_run_has_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(corpus.CorpusError, match="Read texts into"):
        corpus.table(tmp_path, batches.NAMES[0])
