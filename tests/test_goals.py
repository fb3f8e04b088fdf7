"""Goals: the tree by the codebook's rules, targets with all their fields, and the hand-coded seed as a floor."""

import json
import re
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers import (
    clauses,
    comparisons,
    deadlines,
    document,
    enumerations,
    frames,
    goals,
    heads,
    indicators,
    lead,
    lists,
    outcomes,
    quantities,
    tables,
    targets,
    universals,
    verbs,
)
from helpers.document import Document

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
REPORT = "政府工作报告\n各位代表：\n一、过去一年工作回顾\n全市经济平稳增长。\n二、今年工作安排\n"
LEAD = "本报讯 4月1日，工作会议召开。"
KINDS = {"vision", "target", "task", "measure", "safeguard"}


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / name).read_text(encoding="utf-8"))
    assert found
    return [pytest.param(c, id=c["why"]) for c in found]


def read(d: Document) -> list[goals.Goal]:
    return goals.find(d, quantities.find(d))


@pytest.mark.parametrize("case", cases("goals_tree.json"))
def test_tree(case: dict[str, Any]) -> None:
    d = document.from_text("工作会议召开\n" + case.get("lead", LEAD) + "\n" + case["text"], "news-2016")
    assert [[g.id, g.parent, d.text[g.start : g.end]] for g in read(d)] == case["tree"]


@pytest.mark.parametrize("case", cases("goals_targets.json"))
def test_targets(case: dict[str, Any]) -> None:
    d = document.from_text(REPORT + case["text"], "report-2016")
    found = [g for g in read(d) if g.kind == "target"]
    assert [[g.indicator, g.low, g.unit, g.deadline, g.baseline, g.state] for g in found] == case["targets"]


@pytest.mark.parametrize("case", cases("goals_news.json"))
def test_news_tells_facts_and_reports_commitments(case: dict[str, Any]) -> None:
    d = document.from_text("河边小城见闻\n本报讯（记者 王文）春天到了。\n" + case["text"], "news-2024")
    assert d.kind == "news"
    found = [g for g in read(d) if g.kind == "target"]
    assert [[g.indicator, g.low, g.unit, g.deadline] for g in found] == case["targets"]


@pytest.mark.parametrize("case", cases("goals_local.json"))
def test_local_news_and_notices(case: dict[str, Any]) -> None:
    d = document.from_text(case["text"], case["name"])
    amounts = quantities.find(d)
    found = [g for g in goals.find(d, amounts) if g.kind == "target" and (g.low or g.state)]
    assert [[g.indicator, g.low, g.unit, g.deadline, g.state] for g in found] == case["targets"]
    assert [[d.text[q.start : q.end], q.role] for q in amounts] == case["roles"]


PLAN = "政府工作报告\n各位代表：\n一、“十二五”时期发展成就和“十三五”时期主要目标任务\n"


def test_chapter_of_a_plan() -> None:
    """A first-level heading over the targets of a plan gives its last year to levels, not to what was."""
    past = "过去五年，经济运行总体平稳。"
    text = "“十三五”时期，坚持稳中求进，物价水平保持总体平稳，失业率控制在5%以内，基本消除城镇内涝，全面提升服务。"
    d = document.from_text(PLAN + past + "\n" + text + "\n二、2016年工作安排\n扩大开放。", "report-2016")
    found = [(g.indicator, g.low, g.state, g.deadline) for g in read(d) if g.kind == "target"]
    assert found == [
        ("物价水平", None, "保持总体平稳", "2020"),
        ("失业率", 5, None, "2020"),
        ("城镇内涝", None, "基本消除", "2020"),
    ]


def test_strength_is_not_read_out_of_nouns() -> None:
    d = document.from_text(REPORT + "到2020年，县级基本财力显著提升，全面小康指数达到95%。", "report-2016")
    assert [g.strength for g in read(d) if g.kind == "target"] == ["显著", None]


def f1(found: set[Any], gold: set[Any]) -> float:
    return 2 * len(found & gold) / (len(found) + len(gold))


def test_seed_floor(seed: Document, gold: dict[str, Any]) -> None:
    rows = [
        {"raw_start": a, "raw_end": b, **{k: getattr(g, k) for k in ("id", "parent")}}
        for g in read(seed)
        for a, b in [seed.raw_span(g.start, g.end)]
    ]
    nodes = {(r["raw_start"], r["raw_end"]) for r in rows}
    assert f1(nodes, {(g["start"], g["end"]) for g in gold["directives"]}) >= 0.97
    place = {r["id"]: (r["raw_start"], r["raw_end"]) for r in rows}
    truth = {g["id"]: (g["start"], g["end"]) for g in gold["directives"]}
    edges = {(place[r["id"]], place.get(r["parent"])) for r in rows}
    assert f1(edges, {(truth[g["id"]], truth.get(g["parent"])) for g in gold["directives"]}) >= 0.95
    dated = {(g.low, g.baseline, g.state, g.deadline) for g in read(seed) if g.indicator}
    assert dated == {(t["low"], t["baseline"], t["state"], t["deadline"]) for t in gold["targets"]}
    named = {g.indicator for g in read(seed) if g.indicator}
    assert f1(named, {t["indicator"] for t in gold["targets"]}) >= 0.9


def whole(d: Document, rows: list[goals.Goal]) -> None:
    """What holds for the goals of any document."""
    ids = [g.id for g in rows]
    assert len(set(ids)) == len(ids)
    seen: set[str | None] = {None}
    for g in rows:
        assert g.kind in KINDS and g.rule
        assert 0 <= g.start < g.end <= len(d.text)
        assert g.parent in seen and g.id.startswith(g.parent or "")
        seen.add(g.id)
        assert g.deadline is None or re.fullmatch(r"\d{4}(-\d{2}){0,2}", g.deadline)


def test_seed_is_whole(seed: Document) -> None:
    whole(seed, read(seed))


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
@pytest.mark.parametrize("name", ["meetings/meet_20200822_0568", "plans/sha_045", "reports/gwr_cn_2012"])
def test_corpus_is_whole(name: str) -> None:
    d = document.read(CORPUS / f"{name}.txt")
    rows = read(d)
    assert rows
    whole(d, rows)


def test_concepts_in_fixed_order() -> None:
    d = document.from_text("工作会议召开\n会议强调，要突出绿色发展和创新发展，扩大开放。")
    at = d.text.index("绿色")
    said = [("绿色", at, "named"), ("创新", d.text.index("创新"), "named"), ("开放", d.text.index("开放"), "excluded")]
    mentions = [SimpleNamespace(concept=c, start=s, end=s + 2, kind=k) for c, s, k in said]
    assert [g.concepts for g in goals.find(d, [], mentions)] == ["创新·绿色", None]


def test_growth_targets_by_year() -> None:
    frames = []
    for year, said in ((2001, "国内生产总值增长7%左右"), (2002, "国内生产总值增长6.5%—7%")):
        d = document.from_text(REPORT + f"今年发展主要预期目标是：{said}；单位能耗下降3%。", f"report_{year}")
        frames.append(tables.frame("goals", d, read(d)))
    import pandas as pd

    view = goals.growth_targets(pd.concat(frames, ignore_index=True))
    assert view[["year", "measure", "low", "high"]].values.tolist() == [
        [2001, "国内生产总值", 7, 7],
        [2002, "国内生产总值", 6.5, 7],
    ]


PIECES = ["达到", "对问题", "要", "的", "、", "在中", "全面", "促发展", "控制在", "形成特色、", "（", "都要再"]


@pytest.mark.parametrize("piece", PIECES)
def test_no_runaway(piece: str) -> None:
    d = document.from_text("会议召开\n会议强调,到2025年" + piece * (200_000 // len(piece)) + "。")
    said = {"low": 1.0, "high": 1.0, "unit": "%", "comparator": "=", "iso": None, "role": "target"}
    number = SimpleNamespace(start=100_000, end=100_002, **said)
    began = time.perf_counter()
    goals.find(d, [number])
    assert time.perf_counter() - began < 3


class Everything:
    """Holds whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


SHORT_CUTS = [
    *((clauses, "_MARKS"), (clauses, "_OPENERS"), (frames, "_REPORTED"), (lead, "_OPENING"), (lead, "_QUOTE")),
    *((enumerations, "_JOINS"), (comparisons, "_MARK"), (universals, "_MARK"), (outcomes, "MARKS")),
]


def test_short_cuts_change_nothing(seed: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is passed over for want of its marks would not have applied."""
    texts = [case.values[0]["text"] for case in (*cases("goals_tree.json"), *cases("goals_targets.json"))]
    documents = [seed, *(document.from_text(REPORT + text, "report-2016") for text in texts)]
    documents += [document.from_text("工作会议召开\n" + LEAD + "\n" + text, "news-2016") for text in texts]
    before = [read(d) for d in documents]
    for room, name in SHORT_CUTS:
        assert hasattr(room, name)
        monkeypatch.setattr(room, name, Everything() if name == "_OPENERS" else re.compile(""))
    assert [read(d) for d in documents] == before


def test_doctests() -> None:
    import doctest

    for module in (
        comparisons,
        deadlines,
        enumerations,
        goals,
        heads,
        indicators,
        lead,
        lists,
        outcomes,
        targets,
        universals,
        verbs,
    ):
        result = doctest.testmod(module)
        assert result.attempted and not result.failed, module.__name__
