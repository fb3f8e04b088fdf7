"""Figures of words: how often, where, how key, with whom. A table and an `Axes` in, the `Axes` out."""

import math
from collections.abc import Collection, Mapping, Sequence

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from wordcloud import WordCloud

from helpers.charts import bands
from helpers.intervals import wilson
from helpers.style import BODY, DATA, DATA_PALE, GREY, HEAD, INK, WHITE, bare, font_path, on, tint


def term_bars(terms: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], words: int, top: int = 12) -> Axes:
    """The `top` phrases by `count` as bars, with count and English; the paler part stands inside a longer phrase.

    The thin line is Wilson's 95 % interval of the count among the text's `words` running words.
    """
    rows = terms.nlargest(top, "count", keep="first")[::-1].reset_index(drop=True)
    inside, most = rows["count"] - rows["free_count"], rows["count"].max()
    ax.barh(rows["phrase"], rows["free_count"], color=DATA, height=0.56)
    ax.barh(rows["phrase"], inside, left=rows["free_count"], color=DATA_PALE, height=0.56)
    for y, (phrase, count) in enumerate(zip(rows["phrase"], rows["count"])):
        interval = wilson(int(count), words)
        high = interval.high * words
        ax.plot([interval.low * words, high], [y - 0.4, y - 0.4], color=GREY, lw=1)
        place = {"textcoords": "offset points", "va": "center"}
        ax.annotate(str(count), (high, y), (5, 0), **place)
        ax.annotate(gloss.get(phrase, ""), (high, y), (10 + 7 * len(str(count)), 0), color=GREY, **place)
    first, free = len(rows) - 1, rows["free_count"].iloc[-1]
    if min(free, inside.iloc[-1]) > 0.25 * most:
        ax.text(free / 2, first, f"{free} alone 单独", ha="center", va="center", color=on(DATA))
        within = f"{inside.iloc[-1]} in longer terms"
        ax.text(free + inside.iloc[-1] / 2, first, within, ha="center", va="center", color=on(DATA_PALE))
    ax.set(xticks=[], ylim=(-0.7, len(rows) - 0.5), xlim=(0, most * 2.1))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def word_cloud(weights: Mapping[str, float], ax: Axes, marked: Collection[str] = ()) -> Axes:
    """Words sized by weight, the `marked` ones dark, the others grey; the same weights give the same picture."""
    cloud = WordCloud(
        font_path=str(font_path()), width=1600, height=760, background_color="white", prefer_horizontal=1.0, margin=10,
        random_state=1, relative_scaling=0.6, min_font_size=28, max_font_size=190,
        color_func=lambda word, **_: DATA if word in marked else GREY,
    )  # fmt: skip
    ax.imshow(cloud.generate_from_frequencies(dict(weights)).to_array(), interpolation="bilinear")
    ax.set_axis_off()
    return ax


def term_places(
    places: pd.DataFrame,
    dispersion: Mapping[str, float],
    sections: pd.DataFrame,
    ax: Axes,
    gloss: Mapping[str, str] | None = None,
) -> Axes:
    """Where each term stands: under its name a tick an occurrence (`node`, `start`), its dispersion at the right."""
    words, end = list(dict.fromkeys(places["node"])), sections["end"].max()
    bands(sections, ax)
    for y, word in enumerate(words):
        ax.vlines(places.loc[places["node"] == word, "start"], y, y + 0.32, color=DATA, lw=2)
        ax.text(0, y - 0.04, f"{word}  {(gloss or {}).get(word, '')}".rstrip(), va="bottom")
        ax.text(end * 1.03, y + 0.16, f"{dispersion[word]:.2f}", va="center", ha="center")
    ax.text(end * 1.03, -0.62, "DP", color=GREY, ha="center", va="bottom")
    ax.set(xlim=(0, end), ylim=(len(words) - 0.5, -0.55), yticks=[])
    ax.set_xlabel("characters from the start of the text 字 · band: every second section 章节")
    ax.spines["left"].set_visible(False)
    return ax


def keyness(terms: pd.DataFrame, ax: Axes, line: float, label: str, labelled: int = 20) -> Axes:
    """Effect (Log Ratio, said as a multiple) against evidence (G², logarithmic); hollow: not listed in the reference.

    `line`: the evidence above which `label` holds. The words with most evidence are named, as far as there is room.
    """
    absent = terms["reference_count"] == 0
    right, most = 2 * math.ceil(terms["log_ratio"].max() / 2) + 1, terms["keyness_g2"].max() * 1.5
    ax.set(yscale="log", xlim=(-0.5, right), ylim=(8, most), ylabel="evidence, G²")
    ax.axhline(line, color=GREY, lw=0.8, zorder=0)
    ax.text(-0.4, line, label, color=GREY, ha="left", va="bottom")
    ax.set_xticks(range(0, right, 2), [f"×{2**x:,}" for x in range(0, right, 2)])
    tens = [t for t in (10, 30, 100, 300, 1000, 3000, 10000) if t < most]
    ax.set_yticks(tens, [f"{t:,}" for t in tens])
    ax.tick_params(axis="y", which="minor", length=0, labelleft=False)
    ax.set_xlabel("how many times commoner here than in the newspaper (2 to the power of Log Ratio)")
    if absent.any():
        low = terms[absent].nsmallest(1, "keyness_g2").iloc[0]
        place = {"xytext": (8, -4), "textcoords": "offset points", "va": "top", "color": GREY}
        ax.annotate("hollow: not in\nthe newspaper\n报纸未见", (low["log_ratio"], low["keyness_g2"]), **place)
    named = terms["word"].isin(_label(ax, terms.nlargest(labelled, "keyness_g2"), terms))
    for some, face, edge in (
        (~absent & ~named, DATA_PALE, DATA_PALE),
        (~absent & named, DATA, DATA),
        (absent, WHITE, DATA),
    ):
        rows = terms[some]
        ax.scatter(rows["log_ratio"], rows["keyness_g2"], s=34, facecolor=face, edgecolor=edge, zorder=3)
    return ax


def _label(ax: Axes, chosen: pd.DataFrame, points: pd.DataFrame) -> list[str]:
    """Write words beside their points, right or left, and say which; one that would cover another is left out."""
    figure = ax.get_figure()
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    dots = [ax.transData.transform((r.log_ratio, r.keyness_g2)) * scale for r in points.itertuples()]
    taken, written = [(y, x - 3, x + 3, 3.0) for x, y in dots], []
    for word, x, y in zip(chosen["word"], chosen["log_ratio"], chosen["keyness_g2"]):
        at_x, at_y = ax.transData.transform((x, y)) * scale
        for side, left in ((7, at_x + 7), (-7, at_x - 7 - 11 * len(word))):
            right = left + 11 * len(word)
            if all(abs(at_y - y0) > 6 + half or right < x0 or left > x1 for y0, x0, x1, half in taken):
                align = "left" if side > 0 else "right"
                ax.annotate(word, (x, y), (side, 0), textcoords="offset points", va="center", ha=align)
                taken.append((at_y, left, right, 6.0))
                written.append(word)
                break
    return written


def by_method(
    table: pd.DataFrame, methods: Mapping[str, str], ax: Axes, gloss: Mapping[str, str] | None = None
) -> Axes:
    """One row a word, one column a way of counting: the count, paler the less is found, dark where none."""
    full = table[list(methods)].max(axis=1)
    bare(ax, len(methods), len(table))
    for y, (word, row) in enumerate(zip(table["word"], table[list(methods)].itertuples(index=False))):
        for x, count in enumerate(row):
            colour = INK if count == 0 else tint(DATA_PALE, 0.15 + 0.85 * count / full.iloc[y])
            ax.add_patch(Rectangle((x, y), 0.94, 0.86, facecolor=colour, edgecolor="none"))
            ax.text(x + 0.47, y + 0.43, str(count), ha="center", va="center", color=on(colour))
        ax.text(-0.08, y + 0.43, f"{(gloss or {}).get(word, '')}  {word}".lstrip(), ha="right", va="center")
    for x, label in enumerate(methods.values()):
        ax.text(x + 0.47, -0.15, label, ha="center", va="bottom", color=GREY, linespacing=1.1)
    return ax


def collocations(
    pairs: pd.DataFrame, counts: Mapping[str, int], ax: Axes, gloss: Mapping[str, str] | None = None, across: int = 2
) -> Axes:
    """Words that stand together (`word`, `collocate`, `logdice`): each group of three or more in a cell of its own.

    The wider the line, the higher logDice; in the middle stands the word with most partners.
    """
    graph = nx.Graph()
    for r in pairs.itertuples():
        graph.add_edge(r.word, r.collocate, weight=float(r.logdice))
    groups = sorted((g for g in nx.connected_components(graph) if len(g) > 2), key=lambda g: (-len(g), min(g)))
    for i, group in enumerate(groups):
        words = _round(graph, sorted(group, key=lambda w: (-graph.degree(w), -counts.get(w, 0), w)))
        at = _around(words, (i % across, -(i // across)))
        edges = sorted((*sorted((a, b)), d["weight"]) for a, b, d in graph.subgraph(group).edges(data=True))
        for one, other, strength in edges:  # sorted: a set of words comes in another order in each process
            (x0, y0), (x1, y1) = at[one], at[other]
            width = 0.8 + 1.5 * (strength - pairs["logdice"].min())
            ax.plot([x0, x1], [y0, y1], color=DATA_PALE, lw=width, zorder=1)
        for word, (x, y) in at.items():
            box = {"facecolor": WHITE, "edgecolor": "none", "pad": 1.5}
            tone, size = (DATA, HEAD) if word == words[0] else (INK, BODY)
            english = (gloss or {}).get(word, "")
            ax.text(x, y, f"{word}\n{english}", ha="center", va="center", color="none", bbox=box)  # covers the lines
            place = {"textcoords": "offset points", "ha": "center", "va": "center"}
            ax.annotate(word, (x, y), (0, 7), size=size, color=tone, **place)
            if english:
                ax.annotate(english, (x, y), (0, -8), color=GREY, **place)
    ax.set(xlim=(-0.55, across - 0.45), ylim=(-((len(groups) - 1) // across) - 0.55, 0.55))
    ax.set_axis_off()
    return ax


def _round(graph: nx.Graph, words: Sequence[str]) -> list[str]:
    """The best connected word first, then the others so that partners follow each other where they can."""
    ring, left = [words[0]], list(words[1:])
    while left:
        partner = next((w for w in left if len(ring) > 1 and graph.has_edge(ring[-1], w)), left[0])
        left.remove(partner)
        ring.append(partner)
    return ring


def _around(words: Sequence[str], centre: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """The best connected word in the middle of its cell, the others on an ellipse around it."""
    x, y = centre
    angles = [math.pi / 2 + 2 * math.pi * i / (len(words) - 1) for i in range(len(words) - 1)]
    ring = {w: (x + 0.32 * math.cos(t), y + 0.36 * math.sin(t)) for w, t in zip(words[1:], angles)}
    return {words[0]: centre} | ring
