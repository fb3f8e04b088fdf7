"""Figures of words: how often, where, how key, with whom. A table and an `Axes` in, the `Axes` out."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from wordcloud import WordCloud

from helpers.intervals import wilson
from helpers.style import GREY, INK, KIND, PALE, bare, font_path


def term_bars(terms: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], words: int, top: int = 20) -> Axes:
    """The `top` phrases by `count` as bars, with count and English; the paler part stands inside a longer phrase.

    The thin line is Wilson's 95 % interval of the count among the text's `words` running words.
    """
    rows = terms.nlargest(top, "count", keep="first")[::-1].reset_index(drop=True)
    inside, most = rows["count"] - rows["free_count"], rows["count"].max()
    ax.barh(rows["phrase"], rows["free_count"], color=KIND["task"], height=0.68)
    ax.barh(rows["phrase"], inside, left=rows["free_count"], color=KIND["task"], alpha=0.4, height=0.68)
    for y, (phrase, count, nested) in enumerate(zip(rows["phrase"], rows["count"], inside)):
        interval = wilson(int(count), words)
        low, high = interval.low * words, interval.high * words
        ax.plot([low, high], [y, y], color=INK, lw=1)
        ax.annotate(str(count), (high, y), (5, 0), textcoords="offset points", va="center")
        note = f"{gloss.get(phrase, '')} ({nested} inside a longer term)" if nested else gloss.get(phrase, "")
        ax.annotate(note, (high, y), (10 + 7 * len(str(count)), 0), textcoords="offset points", va="center", color=GREY)
    ax.set(xticks=[], ylim=(-0.6, len(rows) - 0.4), xlim=(0, most * 2.3))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def word_cloud(weights: Mapping[str, float], ax: Axes, marked: Collection[str] = ()) -> Axes:
    """Words sized by weight, the `marked` ones in blue, the others grey; the same weights give the same picture."""
    cloud = WordCloud(
        font_path=str(font_path()), width=1600, height=800, background_color="white", prefer_horizontal=1.0, margin=8,
        random_state=1, relative_scaling=0.6, color_func=lambda word, **_: KIND["task"] if word in marked else GREY,
    )  # fmt: skip
    ax.imshow(cloud.generate_from_frequencies(dict(weights)).to_array(), interpolation="bilinear")
    ax.set_axis_off()
    return ax


def term_places(places: pd.DataFrame, dispersion: Mapping[str, float], sections: pd.DataFrame, ax: Axes) -> Axes:
    """Where each term stands: a tick an occurrence (`node`, `start`), its dispersion at the right."""
    words, end = list(dict.fromkeys(places["node"])), sections["end"].max()
    for i, s in enumerate(sections.itertuples()):
        if i % 2:
            ax.axvspan(s.start, s.end, color="#F3F3F3", zorder=0)
    for y, word in enumerate(words):
        ax.vlines(places.loc[places["node"] == word, "start"], y - 0.36, y + 0.36, color=KIND["task"], lw=2)
        ax.text(end * 1.015, y, f"{dispersion[word]:.2f}", va="center")
    ax.text(end * 1.015, -0.85, "DP", color=GREY)
    ax.set_yticks(range(len(words)), words)
    ax.set(xlim=(0, end), ylim=(len(words) - 0.4, -0.6), xlabel="characters from the start of the text")
    ax.spines["left"].set_visible(False)
    return ax


def keyness(terms: pd.DataFrame, ax: Axes, line: float, label: str, labelled: int = 24) -> Axes:
    """Effect (Log Ratio) against evidence (G², logarithmic); hollow: not listed in the reference.

    `line`: the evidence above which `label` holds.
    """
    absent = terms["reference_count"] == 0
    for rows, face in ((terms[~absent], KIND["task"]), (terms[absent], "white")):
        ax.scatter(rows["log_ratio"], rows["keyness_g2"], s=34, facecolor=face, edgecolor=KIND["task"], zorder=3)
    ax.set_yscale("log")
    ax.axhline(line, color=PALE, zorder=0)
    ax.text(ax.get_xlim()[1], line, label, color=GREY, ha="right", va="bottom")
    ax.set(xlabel="Log Ratio: each step doubles the relative frequency", ylabel="G² (evidence)", ylim=(8, None))
    _label(ax, [(r.word, r.log_ratio, r.keyness_g2) for r in terms.nlargest(labelled, "keyness_g2").itertuples()])
    return ax


def _label(ax: Axes, points: Iterable[tuple[str, float, float]]) -> None:
    """Words beside their points, right or left; one that would cover another is left out, the first come stays."""
    taken: list[tuple[float, float, float]] = []
    scale = 72 / ax.get_figure().dpi
    for word, x, y in points:
        at_x, at_y = ax.transData.transform((x, y)) * scale
        for side, left in ((6, at_x + 6), (-6, at_x - 6 - 12 * len(word))):
            right = left + 12 * len(word)
            if all(abs(at_y - y0) > 15 or right < x0 or left > x1 for y0, x0, x1 in taken):
                align = "left" if side > 0 else "right"
                ax.annotate(word, (x, y), (side, 0), textcoords="offset points", va="center", ha=align)
                taken.append((at_y, left, right))
                break


def by_method(table: pd.DataFrame, methods: Mapping[str, str], ax: Axes) -> Axes:
    """One row a word, one column a way of counting: the count, paler the less is found, red where none."""
    full = table[list(methods)].max(axis=1)
    for y, (word, row) in enumerate(zip(table["word"], table[list(methods)].itertuples(index=False))):
        for x, count in enumerate(row):
            found = count / full.iloc[y]
            colour = KIND["target"] if count == 0 else KIND["task"]
            ax.add_patch(Rectangle((x, y), 0.94, 0.86, color=colour, alpha=0.75 if count == 0 else 0.08 + 0.5 * found))
            ax.text(x + 0.47, y + 0.43, str(count), ha="center", va="center", color="white" if count == 0 else INK)
        ax.text(-0.08, y + 0.43, word, ha="right", va="center")
    for x, label in enumerate(methods.values()):
        ax.text(x + 0.47, -0.25, label, ha="center", va="bottom", color=GREY, linespacing=1.1)
    bare(ax, len(methods), len(table))
    return ax


def collocations(pairs: pd.DataFrame, counts: Mapping[str, int], ax: Axes, across: int = 3) -> Axes:
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
            ax.plot([x0, x1], [y0, y1], color="#BBBBBB", lw=width, zorder=1)
        for word, (x, y) in at.items():
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            tone, size = (KIND["task"], 14) if word == words[0] else (INK, 11)
            ax.text(x, y, word, ha="center", va="center", size=size, color=tone, bbox=box)
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
    ring = {w: (x + 0.3 * math.cos(t), y + 0.36 * math.sin(t)) for w, t in zip(words[1:], angles)}
    return {words[0]: centre} | ring
