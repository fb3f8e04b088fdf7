"""Every figure is of one hand: two sizes of type, one palette, no legend, nothing cut off, nothing by hue alone.

`FIGURES` draws each public chart of the package from the seed; a chart that is missing there fails the first test.
"""

import inspect
import itertools
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from types import ModuleType
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from PIL import Image

from helpers import (
    agreement,
    charts,
    comparing,
    corpus_charts,
    counts,
    explore_charts,
    goal_charts,
    lexicon,
    parallels,
    selections,
    shares,
    style,
    word_charts,
)
from helpers.document import Document

Tables = dict[str, pd.DataFrame]
MODULES = (charts, word_charts, goal_charts, explore_charts, corpus_charts)
HELP = {"said", "bands", "shown", "sheet", "strip", "lines"}  # parts of a figure, drawn within others


def charts_of(module: ModuleType) -> set[str]:
    found = inspect.getmembers(module, inspect.isfunction)
    return {name for name, f in found if f.__module__ == module.__name__ and name[0] != "_"} - HELP


def drawn(chart: Callable[..., Axes], height: float, *rows: Any) -> Figure:
    figure, ax = plt.subplots(figsize=(style.WIDTH, height))
    before = list(inspect.signature(chart).parameters).index("ax")
    chart(*rows[:before], ax, *rows[before:])
    return figure


def section_bar(d: Document, t: Tables) -> Figure:
    at = [d.alignment.to_text(r) for r in t["repairs"]["raw_start"]]
    return drawn(charts.section_bar, 4.2, t["sections"], t["repairs"].assign(at=at), lexicon.glosses())


def roles(_: Document, t: Tables) -> Figure:
    acting = t["actors"][t["actors"]["role"].notna()]
    return drawn(
        charts.roles, 3.8, acting.assign(role=acting["role"].str.split(", ")).explode("role"), lexicon.glosses()
    )


def term_bars(d: Document, t: Tables) -> Figure:
    known = lexicon.load().terms
    gloss = {word: term.gloss for word, term in known.items()}
    return drawn(word_charts.term_bars, 4.4, counts.nested(d, list(known)), gloss, len(t["tokens"]))


def term_places(d: Document, t: Tables) -> Figure:
    some = ["县域经济", "服务业"]
    places = pd.concat([counts.concordance(d, word) for word in some])
    return drawn(word_charts.term_places, 2, places, dict.fromkeys(some, 0.5), t["sections"])


def collocations(_: Document, t: Tables) -> Figure:
    pairs = counts.collocations(t["tokens"], window=5, least=3, stopwords=lexicon.load().stopwords)
    return drawn(word_charts.collocations, 6, pairs, {}, lexicon.glosses())


def by_method(d: Document, _: Tables) -> Figure:
    ways = counts.by_segmenter(d, lexicon.load())
    return drawn(
        word_charts.by_method, 5, ways.head(18), {"substring": "substring", "jieba": "jieba"}, lexicon.glosses()
    )


def keyness(_: Document, t: Tables) -> Figure:
    key = t["terms"][(t["terms"]["count"] > 1) & (t["terms"]["log_ratio"] > 0)]
    return drawn(word_charts.keyness, 4.6, key, 20, "q < 0.001")


def word_cloud(_: Document, t: Tables) -> Figure:
    return drawn(word_charts.word_cloud, 3.8, dict(zip(t["terms"]["word"].head(30), t["terms"]["count"])))


def places(_: Document, t: Tables) -> Figure:
    return drawn(charts.concept_places, 3.6, t["mentions"], t["sections"])


def matrix(d: Document, t: Tables) -> Figure:
    rows = shares.by_section(list(t["mentions"].itertuples()), d)
    return drawn(charts.concept_sections, 3, rows, t["sections"], lexicon.glosses())


def intervals(d: Document, t: Tables) -> Figure:
    rows = shares.shares(list(t["mentions"].itertuples()), len(d.sentences), kinds=shares.SAID)
    return drawn(charts.share_intervals, 2.8, rows)


def agreed(_: Document, t: Tables) -> Figure:
    summary = pd.DataFrame(
        {"gold": [12, 50], "found": [12, 46], "matched": [12, 45], "precision": [1, 0.98], "recall": [1, 0.9]},
        index=["quantities", "implied"],
    )
    return drawn(charts.agreement, 2, summary, agreement.intervals(summary), lexicon.glosses())


def groups(_: Document, t: Tables) -> Figure:
    ends = t["goals"][t["goals"]["state"].notna() & t["goals"]["indicator"].notna()]
    return drawn(goal_charts.target_groups, 4.4, ends.assign(end=ends["state"]), lexicon.glosses())


def found(d: Document, t: Tables) -> Figure:
    return explore_charts.found(selections.of_term(d, t["goals"], "县域"), t["sections"], style.DATA)


def tree(_: Document, t: Tables) -> Figure:
    wanted = t["goals"]["kind"].isin(["target", "safeguard"])
    return explore_charts.tree(selections.outline(t["goals"], wanted), t["sections"])


OUTPUT, JOBS = ("生产总值", "growth", "%"), ("城镇新增就业", "level", "人")
TARGETS = pd.DataFrame(
    [
        ("a", "全国", *OUTPUT, 2016, 6.5, 7, "range"),
        ("b", "全国", *OUTPUT, 2017, 6.5, 6.5, "~"),
        ("c", "全国", *OUTPUT, 2019, 6, 6.5, "range"),
        ("a", "全国", *JOBS, 2016, 1e7, 1e7, ">="),
        ("c", "全国", *JOBS, 2019, 1.1e7, 1.1e7, ">="),
        ("d", "河北省", *JOBS, 2019, 8e5, 8e5, "<="),
        ("c", "全国", "重点领域改革任务完成率", "level", "%", 2019, 90, 90, "="),
    ],
    columns=["doc", "place", "measure", "change", "unit", "year", "low", "high", "comparator"],
).assign(own=True, text="")


def trends(d: Document, t: Tables) -> Figure:
    about = pd.DataFrame({"doc": [d.name, "b"], "characters": [len(d.text), 900], "year": [2020, 2023]})
    return drawn(corpus_charts.concept_trends, 4.4, comparing.concepts(t["mentions"], about), "year")


def changed(_: Document, __: Tables) -> Figure:
    rows = comparing.changes(TARGETS, "a", "c")
    return drawn(corpus_charts.target_changes, 3.6, rows, comparing.indicators().glosses)


FIGURES: dict[str, Callable[[Document, Tables], Figure]] = {
    "section_bar": section_bar, "roles": roles, "concept_places": places, "concept_sections": matrix,
    "concept_pairs": lambda d, t: drawn(charts.concept_pairs, 4.4, t["statements"], lexicon.glosses()),
    "share_intervals": intervals, "agreement": agreed,
    "term_bars": term_bars, "term_places": term_places, "collocations": collocations, "by_method": by_method,
    "keyness": keyness, "word_cloud": word_cloud,
    "target_groups": groups,
    "class_measures": lambda d, _: drawn(
        goal_charts.class_measures, 3.2, pd.DataFrame(parallels.classes(d)), lexicon.glosses()
    ),
    "goal_tree": lambda _, t: drawn(goal_charts.goal_tree, 15.4, t["goals"], lexicon.glosses()),
    "group_bars": lambda _, t: drawn(goal_charts.group_bars, 4.2, t["goals"], lexicon.glosses()),
    "found": found, "tree": tree, "concept_trends": trends, "target_changes": changed,
    "indicators_by_year": lambda _, __: drawn(
        corpus_charts.indicators_by_year, 2.4, TARGETS, comparing.indicators().glosses
    ),
}  # fmt: skip
each_figure = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture
def figure(name: str, seed: Document, seed_tables: Tables) -> Iterator[Figure]:
    style.use()
    figure = FIGURES[name](seed, seed_tables)
    caption = style.note("clause 分句", 199, "全省县域经济高质量发展工作会议召开, 2020-04-29")
    yield style.dress(figure, "Much is to be done, little can be checked", "要做的多,可检验的少", caption)
    plt.close("all")


def test_every_chart_of_the_package_is_drawn_here() -> None:
    assert set(FIGURES) == set().union(*(charts_of(m) for m in MODULES))


def written(figure: Figure) -> list[Text]:
    """The texts that a reader sees."""
    seen = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [t for t in seen if to_rgba(t.get_color())[3] and not _unused(t, figure)]


def _unused(text: Text, figure: Figure) -> bool:
    """Whether the text labels a tick that lies outside its axis, which is not drawn."""
    for ax in figure.axes:
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if text in (tick.label1, tick.label2):
                    return not (min(limits) <= tick.get_loc() <= max(limits) and text.get_visible())
    return False


def colours(artist: Artist) -> set[str]:
    """The colours an artist is drawn in; what is fully transparent is none."""
    found: set[str] = set()
    for part in ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor"):
        try:
            value = getattr(artist, f"get_{part}")()
        except AttributeError:
            continue
        values = np.atleast_2d(value) if isinstance(value, np.ndarray) else [value]
        rgba = [to_rgba(v) for v in values if not (isinstance(v, str) and v in ("auto", "none"))]
        assert all(c[3] in (0, 1) for c in rgba), f"{artist} is half transparent: use style.tint"
        found |= {to_hex(c).upper() for c in rgba if c[3]}
    return found


def of_the_palette(colour: str) -> bool:
    """Whether it is a colour of the palette, or one of them mixed with white."""
    away = 1 - np.array(to_rgb(colour))
    for own in style.PALETTE:
        full = 1 - np.array(to_rgb(own))
        share = float(away @ full / max(full @ full, 1e-9))
        if -0.01 <= share <= 1.01 and np.abs(away - share * full).max() < 2.5 / 255:
            return True
    return not away.any()


@each_figure
def test_two_sizes_of_type_at_most(figure: Figure) -> None:
    sizes = {t.get_size() for t in written(figure)}
    assert sizes <= {style.BODY, style.HEAD}


@each_figure
def test_only_colours_of_the_palette(figure: Figure) -> None:
    shapes = [a for ax in figure.axes for a in (*ax.patches, *ax.lines, *ax.collections)]
    used = set().union(*(colours(a) for a in (*shapes, *written(figure))))
    assert not {c for c in used if not of_the_palette(c)}


@each_figure
def test_no_legend_and_a_caption_line_with_unit_n_and_source(figure: Figure) -> None:
    assert not figure.legends and not any(ax.get_legend() for ax in figure.axes)
    assert style.caption_of(figure).startswith("Unit 单位: clause 分句 · n = 199")
    assert "Source 来源: 全省县域经济高质量发展工作会议召开, 2020-04-29" in style.caption_of(figure)


@each_figure
def test_no_text_is_cut_off_or_lies_on_another(figure: Figure) -> None:
    figure.canvas.draw()
    whole = figure.bbox
    texts = written(figure)
    assert not [t.get_text() for t in texts if isinstance(t, Annotation) and not t._check_xy()]  # would not be drawn
    boxes = [(t.get_text(), t.get_window_extent()) for t in texts]
    out = [said for said, b in boxes if b.x0 < whole.x0 - 1 or b.x1 > whole.x1 + 1 or b.y0 < -1 or b.y1 > whole.y1 + 1]
    assert not out
    on = [(a, b) for (a, p), (b, q) in itertools.combinations(boxes, 2) if _shared(p, q) > 2]
    assert not on


def _shared(one: Any, other: Any) -> float:
    """How far two boxes lie on each other, in pixels, in the direction in which it is less; line gaps are no matter."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0) - 9
    return min(wide, high)


@each_figure
def test_the_picture_is_opaque_of_one_width_and_has_both_languages(figure: Figure) -> None:
    picture = Image.open(BytesIO(style.png(figure))).convert("RGBA")
    assert picture.width == style.WIDTH * 120 and picture.getextrema()[3] == (255, 255)
    assert picture.getpixel((0, 0)) == (255, 255, 255, 255)
    said = "".join(t.get_text() for ax in figure.axes for t in (*ax.texts, ax.xaxis.label, *ax.get_yticklabels()))
    assert figure.axes[0].images or any("\u4e00" <= c <= "\u9fff" for c in said)


def grey(colour: str) -> float:
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))


def test_kinds_of_goal_can_be_told_apart_in_grey() -> None:
    tones = sorted(grey(c) for c in style.KIND.values())
    assert min(b - a for a, b in itertools.pairwise(tones)) > 0.1


DRAW_KINDS = ("goal_tree", "group_bars", "found", "tree")


def test_charts_that_draw_kinds_are_all_known() -> None:
    draw = {
        name
        for module in (goal_charts, explore_charts, corpus_charts, charts, word_charts)
        for name in charts_of(module)
        if re.search(r"\b(?:look|_square|lines)\(", inspect.getsource(getattr(module, name)))
    }
    assert draw == set(DRAW_KINDS)


def solid_and_drawn(figure: Figure) -> tuple[bool, bool]:
    """Whether a patch of at least 4 × 4 pixels is full of the colour of a target, and whether that is drawn at all."""
    pixels = np.asarray(Image.open(BytesIO(style.png(figure))).convert("RGB"), dtype=int)
    near = np.abs(pixels - [round(255 * c) for c in to_rgb(style.KIND["target"])]).max(axis=2) < 8
    blocks = np.lib.stride_tricks.sliding_window_view(near, (4, 4))
    return bool(blocks.all(axis=(2, 3)).any()), bool(near.any())


@pytest.mark.parametrize("name", DRAW_KINDS)
def test_a_clause_without_an_indicator_is_drawn_hollow(name: str, seed: Document, seed_tables: Tables) -> None:
    """Notebook 06 drew 55 solid targets where 04 drew 15, and a group that was a result had a solid bar."""
    style.use()
    goals = seed_tables["goals"]
    # "found" draws the first places alone, so there every clause is a target
    all_targets = goals.assign(kind="target") if name == "found" else goals
    groups = goals["parent"].eq(goals.loc[goals["parent"].isna(), "id"].iloc[0])
    all_targets = all_targets.assign(kind=all_targets["kind"].mask(groups, "target"))
    checkable = FIGURES[name](seed, seed_tables | {"goals": all_targets.assign(indicator="森林覆盖率")})
    assert solid_and_drawn(checkable) == (True, True)
    vague = FIGURES[name](seed, seed_tables | {"goals": all_targets.assign(indicator=None)})
    assert solid_and_drawn(vague) == (False, True)
    plt.close("all")


def test_a_colour_means_one_thing() -> None:
    means = [*style.CONCEPT.values(), *(c for k, c in style.KIND.items() if k != "result"), style.DATA, style.DATA_PALE]
    assert len(means) == len(set(means))


def test_what_is_written_on_a_colour_can_be_read() -> None:
    for colour in (*style.KIND.values(), *style.CONCEPT.values(), style.DATA, style.DATA_PALE):
        assert contrast(colour, style.on(colour)) > 4.5, colour


def test_lines_and_ticks_of_a_concept_stand_out_from_white() -> None:
    assert min(contrast(c, style.WHITE) for c in (*style.CONCEPT.values(), style.KIND["target"], style.DATA)) > 3


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_figure_with_a_third_size_a_strange_colour_a_legend_or_an_overlap_is_found() -> None:
    style.use()
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 1], color="#FF00FF", label="magenta")
    ax.legend()
    ax.text(0.5, 0.5, "large", size=20)
    ax.text(0.5, 0.5, "upon it")
    style.dress(figure, "headline", "标题", style.note("clause 分句", 199, "source"))
    with pytest.raises(AssertionError):
        test_two_sizes_of_type_at_most(figure)
    for check in (
        test_only_colours_of_the_palette,
        test_no_legend_and_a_caption_line_with_unit_n_and_source,
        test_no_text_is_cut_off_or_lies_on_another,
    ):
        with pytest.raises(AssertionError):
            check(figure)
    plt.close("all")


def test_a_headline_too_long_for_the_width_is_folded_and_the_figure_grows() -> None:
    style.use()
    figure = plt.figure(figsize=(style.WIDTH, 3))
    figure.subplots()
    long = "county economies " * 12
    style.dress(figure, long, "县域经济" * 20, style.note("clause 分句", 199, "县域经济" * 20))
    assert figure.get_figheight() > 4
    test_no_text_is_cut_off_or_lies_on_another(figure)
    plt.close("all")
