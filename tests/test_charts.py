"""Charts: the font holds every character, and a chart shows what its table says."""

import os
import subprocess
import sys

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.font_manager import get_font

from helpers import charts, corpus_charts, goal_charts, style, word_charts
from helpers.document import Document


@pytest.fixture(autouse=True)
def drawn_in_our_style():
    style.use()
    yield
    plt.close("all")


def texts(ax: plt.Axes) -> list[str]:
    return [t.get_text() for t in ax.texts] + [t.get_text() for t in ax.get_yticklabels()]


def test_the_font_is_a_file_and_has_a_glyph_for_every_character_of_the_seed(seed: Document) -> None:
    glyphs = get_font(str(style.font_path())).get_charmap()
    assert not {c for c in seed.text if c.strip() and ord(c) not in glyphs}


def test_a_figure_uses_the_font_of_that_file_whatever_the_machine_has() -> None:
    found = matplotlib.font_manager.findfont(matplotlib.font_manager.FontProperties())
    assert found == str(style.font_path())


def test_term_bars_are_as_long_as_the_counts_and_ordered_and_show_what_is_nested() -> None:
    terms = pd.DataFrame({"phrase": ["县域经济", "改革", "人才"], "count": [9, 4, 7], "free_count": [3, 4, 7]})
    ax = word_charts.term_bars(terms, plt.figure().subplots(), {"改革": "reform"}, 500)
    free, nested = ax.containers
    assert [bar.get_width() for bar in free] == [4, 7, 3] and [bar.get_width() for bar in nested] == [0, 0, 6]
    assert [t.get_text() for t in ax.texts] == ["4", "reform", "7", "", "9", "", "3 alone 单独", "6 in longer terms"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["改革", "人才", "县域经济"]


def test_a_tick_stands_where_the_concept_stands_and_only_what_is_said_is_counted() -> None:
    mentions = pd.DataFrame(
        {"concept": ["绿色", "绿色", "开放"], "kind": ["keyword", "indicator", "excluded"], "start": [10, 60, 80]}
    )
    sections = pd.DataFrame({"start": [0, 50], "end": [50, 100], "frame": ["会议强调", None]})
    ax = charts.concept_places(mentions, sections, plt.figure().subplots())
    ticks = sorted(segment[0][0] for lines in ax.collections for segment in lines.get_segments())
    assert ticks == [10, 60]
    said_implied = [int(t.get_text()) for t in ax.texts if t.get_text().isdigit()]
    assert dict(zip(style.CONCEPT, zip(said_implied[::2], said_implied[1::2]))) == {
        **dict.fromkeys(style.CONCEPT, (0, 0)), "绿色": (1, 1)
    }  # fmt: skip


def test_the_same_weights_give_the_same_cloud() -> None:
    weights = {"县域经济": 21.0, "高质量发展": 17.0, "产业集群": 5.0}
    first, second = (word_charts.word_cloud(weights, plt.figure().subplots()).images[0].get_array() for _ in range(2))
    assert (first == second).all()


DRAW_COLLOCATIONS = """
import hashlib, io, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt, pandas as pd
from helpers import style, word_charts
style.use()
words = ["县域", "经济", "治理", "发展", "改革"]
pairs = [(a, b, 10.0 + i + j) for i, a in enumerate(words) for j, b in enumerate(words) if i != j]
figure, ax = plt.subplots()
word_charts.collocations(pd.DataFrame(pairs, columns=["word", "collocate", "logdice"]), {}, ax)
out = io.BytesIO()
figure.savefig(out, format="png")
print(hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_the_network_is_the_same_picture_whatever_the_hash_seed() -> None:
    drawn = {
        subprocess.run(
            [sys.executable, "-c", DRAW_COLLOCATIONS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "8")
    }
    assert len(drawn) == 1


def goals(*rows: tuple[str, str | None, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "parent", "kind", "text", "indicator"])


GOALS = goals(
    ("1", None, "vision", "推进县域经济高质量发展", None),
    ("1.1", "1", "task", "要突出绿色发展", None),
    ("1.1.1", "1.1", "measure", "持续拓展绿色空间", None),
    ("1.1.2", "1.1", "target", "促进生态系统改善", None),
    ("1.1.3", "1.1", "target", "森林覆盖率达到25%", "森林覆盖率"),
)


def test_a_target_that_nobody_could_check_is_shown_as_a_result() -> None:
    assert goal_charts.shown(GOALS)["kind"].tolist() == ["vision", "task", "measure", "result", "target"]


def test_the_tree_draws_a_square_for_each_clause_below_the_aim_in_the_colour_of_its_kind() -> None:
    ax = goal_charts.goal_tree(GOALS, plt.figure().subplots(), {"要突出绿色发展": "put green first"})
    squares = [p for p in ax.patches if p.get_width() == 1.6]
    drawn = [matplotlib.colors.to_hex(p.get_facecolor()).upper() for p in squares]
    assert sorted(drawn) == sorted(style.KIND[k] for k in ("measure", "result", "target"))
    assert sum("measure 措施" in t.get_text() for t in ax.texts) == 1
    assert {"推进县域经济高质量发展", "要突出绿色发展", "put green first"} <= {t.get_text() for t in ax.texts}


def test_a_result_is_hollow_with_the_edge_of_a_target() -> None:
    assert style.look("result") == style.look("target") | {"facecolor": style.WHITE}


def test_the_branches_are_as_long_as_their_clauses() -> None:
    ax = goal_charts.group_bars(GOALS, plt.figure().subplots(), {})
    assert sum(bar.get_width() for bar in ax.patches) == 4


def test_targets_are_grouped_by_the_end_state_they_share() -> None:
    targets = pd.DataFrame(
        {"indicator": ["基础设施水平", "城乡人居环境", "强县"], "end": ["显著提升", "显著提升", "涌现出一批"]}
    )
    ax = goal_charts.target_groups(targets, plt.figure().subplots(), {})
    said = [t.get_text() for t in ax.texts]
    assert [s for s in said if s.isdigit()] == ["2", "1"] and {"显著提升", "涌现出一批"} <= set(said)


def test_each_class_has_a_column_with_what_it_is_told() -> None:
    classes = pd.DataFrame({"name": ["甲类县", "甲类县", "乙类县"], "measure": ["突出转型", "壮大产业", "保护环境"]})
    ax = goal_charts.class_measures(classes, plt.figure().subplots(), {})
    at = {t.get_text(): t.get_position() for t in ax.texts if t.get_text()}
    assert at["突出转型"][0] == at["壮大产业"][0] == at["甲类县"][0] < at["保护环境"][0] == at["乙类县"][0]


def targets(*rows: tuple) -> pd.DataFrame:
    columns = ["place", "measure", "change", "unit", "year", "low", "high", "comparator"]
    return pd.DataFrame([("全国", "生产总值", "growth", "%", *row) for row in rows], columns=columns)


def test_a_year_without_a_target_is_a_gap_and_a_range_a_bar() -> None:
    rows = targets((2015, 7, 7, "~"), (2016, 6.5, 7, "range"), (2018, 6.5, 6.5, ">="))
    ax = corpus_charts.indicators_by_year(rows, plt.figure().subplots(), {"生产总值": "output"})
    joined = [list(line.get_xdata()) for line in ax.lines if line.get_color() == style.DATA_PALE]
    assert joined == [[2015, 2016], [2018]], "2017 has none"
    tall = {line.get_xdata()[0]: abs(np.diff(line.get_ydata())[0]) for line in ax.lines if line.get_linewidth() == 3}
    assert tall[2016] > 0.7 and tall[2015] == tall[2018] == 0
    markers = {line.get_xdata()[0]: line.get_marker() for line in ax.lines if line.get_marker() != "None"}
    assert markers == {2015: "o", 2016: "o", 2018: "^"}
    assert {"生产总值", "output, growth", "2018: ≥6.5%"} <= set(texts(ax))


def test_each_place_has_a_row_of_its_own() -> None:
    rows = targets((2015, 7, 7, "="), (2016, 6, 6, "="))
    rows.loc[1, "place"] = "河北省"
    ax = corpus_charts.indicators_by_year(rows, plt.figure().subplots(), {"生产总值": "output"})
    assert {"全国, output, growth", "河北省, output, growth", "2015: 7%", "2016: 6%"} <= set(texts(ax))
    assert all(len(line.get_xdata()) == 1 for line in ax.lines if line.get_color() == style.DATA_PALE)


def test_concepts_by_place_are_points_without_a_line() -> None:
    rates = pd.DataFrame(
        [(p, c, 10.0, 0.0, 20.0) for c in corpus_charts.CONCEPT_ROWS for p in ("全国", "河北省")],
        columns=["place", "concept", "per_10k", "low", "high"],
    )
    ax = corpus_charts.concept_trends(rates, plt.figure().subplots(), "place")
    assert [t.get_text() for t in ax.get_xticklabels()] == ["全国", "河北省"]
    assert not [line for line in ax.lines if line.get_linewidth() == 2.4]


def test_of_a_long_comparison_what_moved_is_shown_before_what_was_kept() -> None:
    status = ["added"] * 3 + ["dropped"] * 3 + ["kept"] * 30
    rows = [(s, f"指标{i}", "%", i, i, "=", i, i, "=") for i, s in enumerate(status)]
    sides = [f"{c}_{when}" for when in ("before", "now") for c in ("low", "high", "comparator")]
    changes = pd.DataFrame(rows, columns=["status", "measure", "unit", *sides])
    changes["status"] = pd.Categorical(changes["status"], ["raised", "added", "dropped", "kept"], ordered=True)
    said = texts(corpus_charts.target_changes(changes, plt.figure().subplots(), {}))
    assert {"no longer named 不再提", "30", "… and 18 more 另有18项"} <= set(said)
    assert said.index("new 新提") < said.index("kept 不变")


def test_rates_of_concepts_share_one_scale_and_a_group_without_text_is_a_gap() -> None:
    groups = [1998, 1999, 2020]
    rates = pd.DataFrame(
        [(g, c, 10.0 * i, 0.0, 100.0) for i, c in enumerate(corpus_charts.CONCEPT_ROWS) for g in groups],
        columns=["year", "concept", "per_10k", "low", "high"],
    )
    ax = corpus_charts.concept_trends(rates, plt.figure().subplots(), "year")
    lines = [line for line in ax.lines if line.get_linewidth() == 2.4]
    assert [list(line.get_xdata()) for line in lines[:2]] == [[1998, 1999], [2020]]
    rise = [i + 0.45 - line.get_ydata()[0] for i, line in enumerate(lines[::2])]
    assert np.allclose(np.diff(rise), 0.09), "ten more per 10,000 are as high in every row"


@pytest.mark.parametrize(
    ("low", "high", "unit", "comparator", "shown"),
    [
        (5.5, 5.5, "%", "~", "≈5.5%"), (6, 6.5, "%", "range", "6–6.5%"), (1.4e12, 1.4e12, "斤", ">=", "≥1.4万亿斤"),
        (1e8, 1e8, "", "=", "1亿"), (2000, 2000, "公里", "<", "<2,000公里"),
    ],
)  # fmt: skip
def test_an_amount_is_said_as_chinese_readers_count(low, high, unit, comparator, shown) -> None:
    row = pd.Series({"low": low, "high": high, "unit": unit, "comparator": comparator})
    assert corpus_charts.said(row) == shown
