"""Figures of the goal structure: a table and an `Axes` in, the `Axes` out."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.results import shown
from helpers.style import BODY, DATA, DATA_PALE, GREY, HEAD, KIND, KIND_GLOSS, PALE, WHITE, bare, cut, fold, look, on


def target_groups(targets: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Targets grouped by the end state they share: how many, which, and what each is to become."""
    groups = [(key, rows) for key, rows in targets.groupby("end", sort=False)]
    heights = [0.62 * len(rows) + 0.5 for _, rows in groups]
    bare(ax, 100, sum(heights) - 0.3)
    colour, top = KIND["target"], 0.0
    for (end, rows), height in zip(groups, heights):
        middle = top + (height - 0.5) / 2
        ax.text(2, middle, str(len(rows)), size=HEAD, ha="center", va="center", color=colour)
        ax.plot([5, 5], [top, top + height - 0.5], color=PALE, lw=2)
        for i, r in enumerate(rows.itertuples()):
            y = top + 0.62 * i + 0.31
            ax.text(6.5, y, r.indicator, va="center")
            ax.text(28.5, y, gloss.get(r.indicator, ""), va="center", color=GREY)
        ax.plot([66, 66], [top, top + height - 0.5], color=colour, lw=3)
        ax.text(67.5, middle - 0.04, end, va="bottom", size=HEAD, color=colour)
        ax.text(67.5, middle + 0.06, gloss.get(end, ""), va="top", color=GREY)
        top += height
    return ax


def class_measures(classes: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """One column a class; what the class is told to do stands beneath it."""
    names = list(dict.fromkeys(classes["name"]))
    depth = int(classes.groupby("name").size().max())
    bare(ax, 100, depth + 1)
    width = 100 / len(names)
    for i, name in enumerate(names):
        x = i * width
        ax.add_patch(Rectangle((x, 0), width - 2, 0.9, facecolor=DATA, edgecolor="none"))
        ax.text(x + 1.5, 0.3, name, va="center", size=HEAD, color=WHITE)
        ax.text(x + 1.5, 0.66, gloss.get(name, ""), va="center", color=WHITE)
        for j, measure in enumerate(classes.loc[classes["name"] == name, "measure"]):
            ax.text(x + 1.5, 1.34 + j, measure, va="center")
            ax.text(x + 1.5, 1.66 + j, fold(gloss.get(measure, ""), BODY, 2.4), va="center", color=GREY)
            ax.plot([x + 0.3, x + 0.3], [1.15 + j, 1.85 + j], color=DATA_PALE, lw=3)
    return ax


def goal_tree(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], chars: int = 21) -> Axes:
    """The directive tree: aim on top, its groups at the left, a row for each task, a square for every clause.

    Each kind is named once, behind the shortest row that has it.
    """
    goals = shown(goals)
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    root = goals[goals["parent"].isna()].iloc[0]
    groups = list(below[root.id].itertuples())
    rows_of = {g.id: list(below[g.id].itertuples()) if g.id in below else [g] for g in groups}
    squares = {t.id: _descendants(t, below) for rows in rows_of.values() for t in rows}
    names = _named(squares)
    heights = [max(1, len(rows_of[g.id])) + 0.45 for g in groups]
    bare(ax, 100, sum(heights) + 1.2)
    ax.add_patch(Rectangle((0, 0), 100, 1.0, **look(root.kind)))
    ax.text(1, 0.5, root.text, size=HEAD, va="center", color=on(KIND[root.kind]))
    ax.text(99, 0.5, gloss.get(root.text, ""), va="center", ha="right", color=on(KIND[root.kind]))
    top = 1.45
    for g, height in zip(groups, heights):
        for part, thick in (("edgecolor", 5.0), ("facecolor", 2.6)):
            ax.plot([0.4, 0.4], [top, top + height - 0.35], color=look(g.kind)[part], lw=thick)
        ax.text(1.6, top + 0.3, cut(g.text, 11), va="center")
        ax.text(1.6, top + 0.62, fold(gloss.get(g.text, ""), BODY, 1.7), va="top", color=GREY, linespacing=1.15)
        for i, t in enumerate(rows_of[g.id]):
            y = top + i + 0.5
            ax.text(25, y - 0.21, cut(t.text, chars), va="center")
            ax.text(25, y + 0.2, fold(gloss.get(t.text, ""), BODY, 3.3).partition("\n")[0], va="center", color=GREY)
            for j, kind in enumerate(squares[t.id]):
                ax.add_patch(Rectangle((67.3 + j * 2.1, y - 0.34), 1.6, 0.52, **look(kind)))
            if t.id in names:
                ax.text(68.3 + len(squares[t.id]) * 2.1, y - 0.08, names[t.id], va="center", color=GREY)
        top += height
    return ax


def _named(squares: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each kind the row that says its name: the shortest row with a square of it."""
    names: dict[str, list[str]] = {}
    for kind in (k for k in KIND if any(k in row for row in squares.values())):
        row = min((r for r in squares if kind in squares[r]), key=lambda r: len(squares[r]))
        names.setdefault(row, []).append(f"{kind} {KIND_GLOSS[kind]}")
    return {row: ", ".join(said) for row, said in names.items()}


def group_bars(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """The groups right under the aim, each as one bar of its clauses by kind.

    Each kind is named in the bar that has most of it, or behind that bar where it has no room.
    """
    goals = shown(goals)
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    groups = list(below[goals.loc[goals["parent"].isna(), "id"].iloc[0]].itertuples())
    table = pd.DataFrame([pd.Series(_descendants(g, below)).value_counts() for g in groups]).fillna(0).astype(int)
    table = table.reindex(columns=[k for k in KIND if k in table]).reset_index(drop=True)
    longest, inches = table.sum(axis=1).max(), ax.get_figure().get_figwidth() - 0.4
    for y, g in enumerate(groups):
        left, behind = 0, []
        for kind, count in table.loc[y][lambda row: row > 0].items():
            ax.barh(y, count, left=left, height=0.46, **look(kind))
            label = f"{count} {kind if count == 1 else kind + 's'} {KIND_GLOSS[kind]}"
            if table[kind].idxmax() == y and "\n" in fold(label, BODY, count / longest * inches - 0.1):
                behind.append(label)
                label = str(count)
            elif table[kind].idxmax() != y:
                label = str(count)
            if count > 1 or label.isdigit() is False:
                ax.text(left + count / 2, y, label, ha="center", va="center", color=on(KIND[kind]))
            left += count
        ax.text(left + 0.7, y, ", ".join(b.partition(" ")[2] for b in behind), va="center", color=GREY)
        ax.text(0, y - 0.28, f"{cut(g.text, 18)}  {gloss.get(g.text, '')}", va="bottom")
    ax.set(xticks=[], yticks=[], xlim=(-0.2, longest + 0.2), ylim=(len(groups) - 0.7, -0.62))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def _descendants(node: object, below: Mapping[str, pd.DataFrame]) -> Sequence[str]:
    """Kinds of the node and of all that lies below it, results and targets last."""
    kinds, queue = [], [node]
    while queue:
        n = queue.pop()
        kinds.append(n.kind)
        queue += list(below[n.id].itertuples()) if n.id in below else []
    order = list(KIND)
    return sorted(kinds, key=lambda k: (k in ("result", "target"), order.index(k)))
