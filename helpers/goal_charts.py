"""Figures of the goal structure: a table and an `Axes` in, the `Axes` out."""

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.style import GREY, INK, KIND, PALE, bare, cut


def target_groups(targets: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Targets grouped by the end state they share: how many, which, and what each is to become."""
    groups = [(key, rows) for key, rows in targets.groupby("end", sort=False)]
    heights = [0.62 * len(rows) + 0.5 for _, rows in groups]
    bare(ax, 100, sum(heights))
    top = 0.0
    for (end, rows), height in zip(groups, heights):
        middle = top + (height - 0.5) / 2
        ax.text(3.5, middle, str(len(rows)), size=26, ha="center", va="center", color=KIND["target"])
        ax.plot([8, 8], [top, top + height - 0.5], color=PALE, lw=2)
        for i, r in enumerate(rows.itertuples()):
            y = top + 0.62 * i + 0.31
            ax.text(9.5, y, r.indicator, va="center")
            ax.text(32, y, gloss.get(r.indicator, ""), va="center", color=GREY)
        ax.plot([69, 69], [top, top + height - 0.5], color=KIND["target"], lw=2)
        ax.text(70.5, middle, end, va="bottom", size=14, color=KIND["target"])
        ax.text(70.5, middle + 0.08, gloss.get(end, ""), va="top", color=GREY)
        top += height
    return ax


def class_measures(classes: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """One column a class; what the class is told to do stands beneath it."""
    names = list(dict.fromkeys(classes["name"]))
    depth = int(classes.groupby("name").size().max())
    bare(ax, 100, depth + 1.1)
    width = 100 / len(names)
    for i, name in enumerate(names):
        x, colour = i * width, KIND["task"]
        ax.add_patch(Rectangle((x, 0), width - 2, 0.9, color=colour))
        ax.text(x + 1.5, 0.33, name, va="center", size=14, color="white")
        ax.text(x + 1.5, 0.68, gloss.get(name, ""), va="center", color="white")
        for j, measure in enumerate(classes.loc[classes["name"] == name, "measure"]):
            ax.text(x + 1.5, 1.4 + j, measure, va="center")
            ax.text(x + 1.5, 1.7 + j, textwrap.fill(gloss.get(measure, ""), 34), va="center", color=GREY)
            ax.plot([x, x], [1.2 + j, 1.9 + j], color=colour, lw=3, solid_capstyle="butt")
    return ax


def goal_tree(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], chars: int = 21) -> Axes:
    """The directive tree: aim on top, its groups at the left, a row for each task, a square for every clause."""
    goals = shown(goals)
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    root = goals[goals["parent"].isna()].iloc[0]
    groups = list(below[root.id].itertuples())
    rows_of = {g.id: list(below[g.id].itertuples()) if g.id in below else [] for g in groups}
    heights = [max(1, len(rows_of[g.id])) + 0.45 for g in groups]
    bare(ax, 100, sum(heights) + 2.3)
    ax.add_patch(Rectangle((0, 0), 100, 1.1, color=KIND[root.kind]))
    ax.text(1, 0.55, root.text, size=14, va="center", color="white")
    ax.text(99, 0.55, gloss.get(root.text, ""), va="center", ha="right", color="white")
    for i, kind in enumerate(KIND):
        ax.add_patch(Rectangle((1.5 + i * 12.5, 1.42), 1.7, 0.56, color=KIND[kind], lw=0))
        ax.text(3.9 + i * 12.5, 1.7, kind, va="center", color=GREY)
    ax.text(99, 1.7, "a square a clause", va="center", ha="right", color=GREY)
    top = 2.3
    for g, height in zip(groups, heights):
        kind = "target" if g.kind == "result" else g.kind
        ax.plot([0.3, 0.3], [top, top + height - 0.3], color=KIND[kind], lw=5, solid_capstyle="butt")
        ax.text(1.5, top + 0.35, cut(g.text, 12), va="center", size=11)
        ax.text(1.5, top + 0.8, textwrap.fill(gloss.get(g.text, ""), 24), va="top", color=GREY, linespacing=1.2)
        for i, t in enumerate(rows_of[g.id] or [g]):
            y = top + i + 0.5
            ax.text(25, y - 0.2, cut(t.text, chars), va="center")
            ax.text(25, y + 0.22, cut(gloss.get(t.text, ""), 52), va="center", color=GREY)
            for j, kind in enumerate(_descendants(t, below)):
                ax.add_patch(Rectangle((66 + j * 2.1, y - 0.36), 1.7, 0.56, color=KIND[kind], lw=0))
        top += height
    return ax


def group_bars(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """The groups right under the aim, each as one bar of its clauses by kind."""
    goals = shown(goals)
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    groups = list(below[goals.loc[goals["parent"].isna(), "id"].iloc[0]].itertuples())
    for y, g in enumerate(groups):
        kinds = pd.Series(_descendants(g, below)).value_counts()
        left = 0
        for kind in (k for k in KIND if k in kinds):
            ax.barh(y, kinds[kind], left=left, color=KIND[kind], height=0.46)
            if kinds[kind] > 2:
                tone = INK if kind in ("measure", "result") else "white"
                label = f"{kinds[kind]} {kind}s" if kinds[kind] > 6 else kinds[kind]
                ax.text(left + kinds[kind] / 2, y, label, ha="center", va="center", color=tone)
            left += kinds[kind]
        ax.text(0, y - 0.27, f"{cut(g.text, 18)}  {gloss.get(g.text, '')}", va="bottom")
    ax.set(xticks=[], yticks=[], ylim=(len(groups) - 0.6, -0.75))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def shown(goals: pd.DataFrame) -> pd.DataFrame:
    """The table with the kind that figures show: a `target` without an indicator, that is without date, amount or
    comparison, is a `result` that nobody could check.
    """
    vague = (goals["kind"] == "target") & goals["indicator"].isna()
    return goals.assign(kind=goals["kind"].mask(vague, "result"))


def _descendants(node: object, below: Mapping[str, pd.DataFrame]) -> Sequence[str]:
    """Kinds of the node and of all that lies below it, results and targets last."""
    kinds, queue = [], [node]
    while queue:
        n = queue.pop()
        kinds.append(n.kind)
        queue += list(below[n.id].itertuples()) if n.id in below else []
    order = list(KIND)
    return sorted(kinds, key=lambda k: (k in ("result", "target"), order.index(k)))
