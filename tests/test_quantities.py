"""Quantities: numerals, the grammar of amounts and dates, roles, offsets, speed, and the hand-coded seed as a floor."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers import amounts, dates, document, numerals, quantities, tables

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
ROLES = {"target", "measure", "status", "deadline", "period", "other"}
PLAN = "某市数字经济发展行动计划\n为加快发展，制定本行动计划。\n一、主要目标\n{}\n二、保障措施\n加强领导。\n"
REPORT = "政府工作报告\n——2024年1月15日\n各位代表：\n一、过去一年工作回顾\n{review}\n二、今年工作安排\n{plan}\n"


def cases(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / "cases" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    found = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]  # a row may end in nothing
    assert found
    return found


def cell(number: float | None) -> str:
    return "-" if number is None else f"{number:.12g}" if number != int(number) else str(int(number))


@pytest.mark.parametrize("text, rows", cases("quantities"))
def test_amounts(text: str, rows: str) -> None:
    found = [
        f"{text[f.start : f.end]} {cell(f.low)} {cell(f.high)} {f.unit or '-'} {f.comparator}"
        for f in amounts.find(numerals.narrow(text))
    ]
    assert "|".join(found) == rows


@pytest.mark.parametrize("text", [row[0] for row in cases("quantities_none")])
def test_no_quantity(text: str) -> None:
    assert quantities.spans(text) == []


@pytest.mark.parametrize("text, rows", cases("quantities_dates"))
def test_dates(text: str, rows: str) -> None:
    found = dates.find(numerals.narrow(text), date(2020, 4, 29))
    assert "|".join(f"{text[f.start : f.end]} {f.iso}" for f in found) == rows


@pytest.mark.parametrize(
    "section, text, rows", [*cases("quantities_roles"), *cases("quantities_reports"), *cases("quantities_news")]
)
def test_roles(section: str, text: str, rows: str) -> None:
    whole = {
        "news": f"工作会议召开\n本报讯\n{text}",
        "told": f"河边小城见闻\n本报讯（记者 王文）春天到了。\n{text}",
        "action": PLAN.format(text),
    }.get(section) or REPORT.format(**({"review": "成绩", "plan": "要点"} | {section: text}))
    d = document.from_text(whole, "report-2024")
    start = d.text.index(text)
    found = [q for q in quantities.find(d) if start <= q.start < start + len(text)]
    assert "|".join(f"{d.text[q.start : q.end]} {q.role}" for q in found) == rows


@pytest.mark.parametrize(
    "numeral, number",
    [("3.5万亿", 3.5e12), ("一亿三千万", 1.3e8), ("二〇二〇", 2020), ("两千零五十", 2050), ("1,080", 1080)],
)
def test_numerals(numeral: str, number: float) -> None:
    assert numerals.value(numeral) == number


@pytest.mark.parametrize("numeral", ["", "家", "9" * 400, "一" * 400, "点", "多"])
def test_no_numeral_is_no_value(numeral: str) -> None:
    assert numerals.value(numeral) is None


def test_decimal_magnitudes_are_exact() -> None:
    """1221.9 × 1e8 in floats is 122190000000.00002."""
    assert numerals.value("1221.9亿") == 122190000000


def test_month_in_a_review_is_of_the_year_under_review() -> None:
    review, plan = "一、2024年工作回顾\n11月举办大会，12月就业稳定。", "二、2025年工作安排\n6月开工。"
    d = document.from_text(f"政府工作报告\n——2025年1月13日\n{review}\n{plan}")
    assert [q.iso for q in quantities.find(d)] == ["2025-01-13", "2024", "2024-11", "2024-12", "2025", "2025-06"]


def test_this_year_is_no_quantity_unless_it_dates_a_target() -> None:
    d = document.from_text(REPORT.format(review="成绩", plan="今年安排资金5亿元。今年收入增长6%。"), "report-2024")
    assert [d.text[q.start : q.end] for q in quantities.find(d)][-3:] == ["5亿元", "今年", "6%"]


ALPHABET = "一二三五十百万亿年月日底前至的第1２30.%,，、。：个家元超近过到今以上分之成半“”《》\n增长建设"


@given(st.text(ALPHABET, max_size=60))
def test_offsets_always_slice_back(text: str) -> None:
    """In order, without overlap, inside the text; as a table, too."""
    d = document.from_text(text)
    rows = quantities.find(d)
    assert all(0 <= q.start < q.end <= len(d.text) and q.role in ROLES and q.rule for q in rows)
    assert all(a.end <= b.start for a, b in pairwise(rows))
    assert list(tables.frame("quantities", d, rows).text) == [d.text[q.start : q.end] for q in rows]
    spans = quantities.spans(d.text)
    assert all(kind in ("amount", "date") for _, _, kind in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.lists(st.sampled_from([*ALPHABET, "？", "三成五", "年底前", '"', "指数", "一座桥,", "过去"]), max_size=60))
@example(list("占比三成五\n增长5%。"))
@example(list("《三年。行动》,《一个"))
@example(list("指数！为3"))
@example(list("分过去\n15分钟"))
def test_one_search_of_a_document_gives_the_spans_of_each_sentence(pieces: list[str]) -> None:
    d = document.from_text("".join(pieces))
    alone = [
        (s.start + a, s.start + b, kind)
        for s in d.sentences
        for a, b, kind in quantities.spans(d.text[s.start : s.end])
    ]
    found = quantities.found(d)
    assert quantities.spans_in(d, found) == alone
    assert quantities.find(d, found) == quantities.find(d)


HOSTILE = ["1", "一", "10%、", "百", "2020年至", "“一", "《一个", "1,", "1-", "3亿", "百分之", "1月1", "2×", "一成"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_line_costs_its_length(unit: str) -> None:
    """200,000 characters without a break; a pattern that ran away would take minutes."""
    began = time.perf_counter()
    quantities.spans(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("unit", ["10%、", "增长5%，", "今年", "2020年至"])
def test_roles_cost_their_length(unit: str) -> None:
    d = document.from_text(unit * (40_000 // len(unit)))
    began = time.perf_counter()
    quantities.find(d)
    assert time.perf_counter() - began < 10


def corpus() -> Iterator[Path]:
    yield from sorted((SHARED / "corpus").rglob("*.txt"))


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is not here")
def test_corpus_reads_fast_and_whole() -> None:
    read, spent = 0, 0.0
    for path in [p for p in corpus() if p.parent.name != "encodings"]:
        d = document.read(path)
        began = time.perf_counter()
        rows = quantities.find(d)
        spent += time.perf_counter() - began
        read += len(d.text)
        assert all(a.end <= b.start for a, b in pairwise(rows)), path.name
        assert all((q.unit == "date" or "ratio" in q.rule) == (q.low is None) for q in rows), path.name
    assert read > 100_000
    assert spent / read * 20_000 < 0.5  # seconds for a report of 20,000 characters; a tenth of that on an idle machine


def score(*args: str) -> float:
    """The pooled all-right F1 of the benchmark command."""
    command = [sys.executable, str(ROOT / "benchmarks" / "score_gold.py"), "--kind", "quantities", *args]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    return float(out[-1].split("all_right_f1=")[1].split()[0])


def test_floor_on_the_seed() -> None:
    texts = ("--texts", str(ROOT / "seeds"))
    assert json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))["quantities"]
    assert score(str(ROOT / "data" / "gold"), "--only", "seed", *texts) >= 0.96


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold is not here")
def test_floor_on_the_development_documents() -> None:
    assert score() >= 0.98


def test_a_part_of_a_plan_that_looks_back_is_status() -> None:
    """发展基础 in a plan made targets of what was reached."""
    text = "一、发展基础\n（一）成效\n建成基站1444个。\n二、总体目标\n建成基站5万个。"
    d = document.from_text(f"数字经济发展规划\n为加快发展,制定本规划。\n{text}", "plan-2021")
    assert [q.role for q in quantities.find(d)] == ["status", "measure"]
