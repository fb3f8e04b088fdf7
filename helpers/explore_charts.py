"""Figures of a selection: where it stands in the text, its lines, the part of the goal tree that was asked for."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.charts import bands
from helpers.results import shown
from helpers.style import DATA, GREY, INK, KIND_GLOSS, PALE, WIDTH, bare, cut, look, tint

_AROUND = 17  # characters on either side of a hit


def sheet(width: float, height: float, rows: tuple[float, ...] = (1,)) -> tuple[Figure, list[Axes]]:
    """A figure of `width` × `height` inches with its axes one above the other, drawn by Agg and known to no window."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": rows})
    return figure, [row[0] for row in axes]


def strip(hits: pd.DataFrame, sections: pd.DataFrame, ax: Axes, colour: str) -> Axes:
    """Where the hits stand: a tick each, over the sections to scale."""
    total = max(int(sections["end"].max()), 1)
    bands(sections, ax)
    for s in sections.itertuples():
        inside = int((hits["section"] == s.id).sum())
        if inside and s.end - s.start > 0.035 * total:
            ax.text((s.start + s.end) / 2, 1.12, f"{inside}", ha="center", color=INK)
        if s.end - s.start > 0.05 * total:
            ax.text((s.start + s.end) / 2, -0.1, f"§{s.id}", ha="center", va="top", color=GREY)
    ax.text(0, 1.5, "counts by section 各章次数", va="center", color=GREY, transform=ax.transAxes)
    ax.vlines(hits["start"].astype(int), 0.05, 0.95, color=colour, lw=1.8)
    ax.set(xlim=(0, total), ylim=(0, 1), xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    return ax


def lines(hits: pd.DataFrame, ax: Axes, colour: str, most: int = 10) -> Axes:
    """The first hits one under the other (keyword in context), each with its section and the goal it belongs to."""
    first = hits.head(most)
    bare(ax, 100, max(len(first), 1))
    for y, h in enumerate(first.itertuples()):
        ax.text(0, y + 0.5, f"§{h.section}", va="center", color=GREY)
        left = h.left if len(h.left) <= _AROUND else "…" + h.left[1 - _AROUND :]
        ax.text(41, y + 0.5, left, ha="right", va="center")
        hit = ax.text(41, y + 0.5, cut(h.text, 14), va="center", color=colour)
        room = _AROUND + 4 - min(len(h.text), 14)
        ax.annotate(cut(h.right, room), (1, 0.5), xycoords=hit, va="center", annotation_clip=False)
        if isinstance(h.goal_kind, str):
            _square(ax, 84, y + 0.5, h.goal_kind)
            ax.text(85.4, y + 0.5, f"{h.goal_kind} {KIND_GLOSS[h.goal_kind]}", va="center", color=GREY)
    return ax


def _square(ax: Axes, x: float, y: float, kind: str, strength: float = 1) -> None:
    """A square for a goal of this kind, `strength` of its colours left."""
    face, edge = (tint(look(kind)[part], strength) for part in ("facecolor", "edgecolor"))
    ax.plot(x, y, "s", ms=9, color=edge, markerfacecolor=face, markeredgewidth=look(kind)["linewidth"])


def found(hits: pd.DataFrame, sections: pd.DataFrame, colour: str, most: int = 10) -> Figure:
    """Where the hits stand, and the first of them with what is around them."""
    height = 0.32 * max(min(len(hits), most), 1)
    figure, (top, below) = sheet(WIDTH, 1.25 + height, (0.8, height))
    strip(hits, sections, top, colour)
    lines(hits, below, colour, most)
    if hits.empty:
        below.text(50, 0.5, "nothing found: choose something else", ha="center", va="center", color=GREY)
    return figure


def tree(rows: pd.DataFrame, sections: pd.DataFrame, most: int = 16) -> Figure:
    """Where the wanted rows of an outline stand, and its first rows, indented: in ink what was asked for, in grey what
    stands above it; the date by which each is due."""
    first = shown(rows).head(most)
    height = 0.31 * max(len(first), 1)
    figure, (top, ax) = sheet(WIDTH, 1.25 + height, (0.8, height))
    strip(rows[rows["wanted"]], sections, top, DATA)
    bare(ax, 100, max(len(first), 1))
    before = ""
    for y, r in enumerate(first.itertuples()):
        x, tone = 1 + 3.2 * min(r.depth, 6), INK if r.wanted else GREY
        _square(ax, x, y + 0.5, r.kind, 1 if r.wanted else 0.35)
        due = r.deadline if isinstance(r.deadline, str) else ""
        ax.text(x + 1.7, y + 0.5, cut(r.text, 36 - 2 * min(r.depth, 6)), va="center", color=tone)
        ax.text(99, y + 0.5, due, ha="right", va="center", color=tone)
        if r.kind != before:
            ax.text(91, y + 0.5, f"{r.kind} {KIND_GLOSS[r.kind]}", ha="right", va="center", color=GREY)
            before = r.kind
        ax.plot([0, 100], [y, y], color=PALE, lw=0.5)
    if rows.empty:
        ax.text(50, 0.5, "no goal is so: ask for less", ha="center", va="center", color=GREY)
    return figure
