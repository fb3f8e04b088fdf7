"""Documents beside each other: one measure under one name, what moved between two reports, groups and their rates."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers import batches, comparing, corpus, findings
from helpers.comparing import MetadataError
from helpers.intervals import byar
from helpers.words import parts

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
    assert len(comparing.series(targets, followed)) == 10


def test_a_sum_for_five_years_is_no_point_of_a_yearly_series() -> None:
    row = dict(doc="a", place="全国", measure="城镇新增就业", change="level", unit="人", comparator=">=", text="")
    found = pd.DataFrame(
        [
            row | dict(year=2015, own=False, low=4.5e7, high=4.5e7),
            row | dict(year=2011, own=True, low=9e6, high=9e6),
            row | dict(year=2015, own=True, low=1e7, high=1e7, doc="b"),
            row | dict(year=2015, own=True, low=8e5, high=8e5, doc="c", place="河北省"),
        ]
    )
    followed = comparing.followed(found, least=1)
    assert followed[["place", "years"]].values.tolist() == [["全国", 2], ["河北省", 1]], "a place has a row of its own"
    series = comparing.series(found, followed.head(1))
    assert series[["year", "low"]].values.tolist() == [[2011, 9e6], [2015, 1e7]]
    move = comparing.largest_move(series)
    assert (move["first_year"], move["first"], move["last_year"], move["last"]) == (2011, 9e6, 2015, 1e7)
    assert comparing.largest_move(series.head(1)) is None


def test_what_was_aimed_at_in_another_age_is_another_series() -> None:
    row = dict(doc="a", place="全国", measure="粮食产量", change="level", unit="斤", comparator="=", text="", own=True)
    found = pd.DataFrame([row | dict(year=y, low=v, high=v) for y, v in ((1956, 4e11), (2005, 9.6e11), (2025, 1.4e12))])
    series = comparing.series(found, comparing.followed(found, least=1))
    assert series["year"].tolist() == [2005, 2025]


def test_a_concept_moves_only_where_the_intervals_stand_apart() -> None:
    rows = [(2001, "绿色", 1.0, 0.5, 2.0), (2020, "绿色", 9.0, 6.0, 12.0)]
    rows += [(2001, "创新", 1.0, 0.1, 9.0), (2020, "创新", 20.0, 8.0, 40.0)]
    rates = pd.DataFrame(rows, columns=["year", "concept", "per_10k", "low", "high"])
    assert comparing.moved(rates)["concept"] == "绿色"
    assert comparing.moved(rates[rates["concept"] == "创新"]) is None
    assert "green 绿色 moves most: 1.0 to 9.0" in findings.of_concepts(rates, "year").reading
    places = rates.assign(place=rates["year"].map({2001: "河北省", 2020: "河南省"}))
    assert "differs most: 1.0 in 河北省, 9.0 in 河南省" in findings.of_concepts(places, "place").reading


def test_no_pair_is_chosen_where_no_target_is_shared(targets: pd.DataFrame, about: pd.DataFrame) -> None:
    assert comparing.likest(targets, about) == ["report_2018", "report_2019"]
    apart = targets[(targets["doc"] == "report_2018") | targets["measure"].eq("固定资产投资")]
    assert comparing.likest(apart, about) == []


def test_a_document_without_targets_is_no_report_whose_targets_are_all_new(targets: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="report_1066 has no target"):
        comparing.changes(targets, "report_1066", "report_2019")


def test_texts_without_any_target_or_year_give_empty_tables(
    targets: pd.DataFrame, about: pd.DataFrame, read: Path
) -> None:
    none = comparing.targets(corpus.table(read, "goals").head(0), about)
    assert list(none) == list(targets) and comparing.followed(none).empty and comparing.likest(none, about) == []
    undated = about.assign(year=pd.array([pd.NA] * len(about), "Int64"))
    assert comparing.concepts(corpus.table(read, "mentions"), undated).empty


NATIONAL = Path(__file__).parents[1].parent / "shared" / "corpus" / "reports"


def test_the_national_targets_are_figures_under_known_names() -> None:
    found = comparing.national()
    assert set(found["measure"]) <= set(comparing.indicators().glosses) and len(found) > 100
    output = found[found["own"] & (found["measure"] == "生产总值") & (found["change"] == "growth")].set_index("year")
    # as the reports themselves and every newspaper of the day have them
    assert [output.loc[y, "low"] for y in (1998, 2005, 2012, 2015, 2018, 2023)] == [8, 8, 7.5, 7, 6.5, 5]
    assert (output.loc[2019, "low"], output.loc[2019, "high"]) == (6, 6.5)


@pytest.mark.skipif(not NATIONAL.exists(), reason="the reports are not part of the repository")
def test_the_national_targets_are_what_the_rules_read_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(__file__).parents[1] / "data" / "reference" / "make_national_targets.py"
    spec = importlib.util.spec_from_file_location("make_national_targets", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "TO", tmp_path / "made.tsv")
    made.main(NATIONAL)
    assert (tmp_path / "made.tsv").read_bytes() == path.with_name("national_targets.tsv").read_bytes()


def test_place_and_year_are_the_documents_own_and_a_csv_wins(about: pd.DataFrame, read: Path, tmp_path: Path) -> None:
    assert about["year"].tolist() == [2018, 2019]
    (tmp_path / "about.csv").write_text("doc,year,group,characters\nreport_2019,2020年,late,1\n", encoding="utf-8-sig")
    given = comparing.describe(corpus.table(read, "documents"), tmp_path / "about.csv").set_index("doc")
    assert given["year"].to_dict() == {"report_2018": 2018, "report_2019": 2020}
    assert "characters_given" not in given and given.loc["report_2019", "characters"] > 100
    assert given.loc["report_2019", "group"] == "late" and pd.isna(given.loc["report_2018", "group"])


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("河北省人民政府", "河北省"),
        ("国务院", "全国"),
        ("中共中央", "全国"),
        ("中共河北省委办公厅", "河北省"),
        ("新疆维吾尔自治区人民政府", "新疆维吾尔自治区"),
        ("本报", None),
        ("", None),
    ],
)
def test_where_a_text_is_from(issuer: str, place: str | None) -> None:
    assert comparing._place(issuer) == place


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("name,year\na,1\n", "no column doc"),
        ("doc,year\na,1\na,2\n", "a stands there twice"),
        ("doc,year\nreport_2018.txt,2018\n", "names no text"),
    ],
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
    found = comparing.words(corpus.table(read, "terms"), about, "year", 2019).set_index("word")
    running = {  # counted afresh from the tokens: the words that the engine makes of each, punctuation left out
        doc: sum(len(parts(t.word)) if t.tag == "term" else 1 for t in rows.itertuples() if t.tag != "punctuation")
        for doc, rows in corpus.table(read, "tokens").groupby("doc")
    }
    assert found.loc["县域经济", ["count", "reference_count", "documents"]].tolist() == [3, 0, 1]
    cells = np.array([[3, 0], [running["report_2019"] - 3, running["report_2018"]]])
    expected = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")[0]
    assert found.loc["县域经济", "g2"] == pytest.approx(expected)
    only_before = found[(found["count"] == 0) & (found["reference_count"] > 0)]
    assert len(only_before) and (only_before["log_ratio"] < 0).all(), "what only the others say is key, too"
    with pytest.raises(ValueError, match=r"no document where year is 1950\. There are: 2018, 2019"):
        comparing.words(corpus.table(read, "terms"), about, "year", 1950)


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
