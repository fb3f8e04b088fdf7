"""Figures of many documents: a table and an `Axes` in, the `Axes` out."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from helpers import readable
from helpers.style import BAND, CONCEPT, CONCEPT_GLOSS, DATA, DATA_PALE, GREY, HEAD, INK, PALE, cut, tint

_MARK: Final = {">=": "^", ">": "^", "<=": "v", "<": "v"}
_GROUP: Final = {"year": "year 年", "place": "place 地区", "part": "part 时段"}
_ROW: Final = 0.74  # of a row's height that its values take
_STATUS: Final = {
    "raised": "raised 提高", "lowered": "lowered 降低", "widened": "range widened 区间放宽", "kept": "kept 不变",
    "added": "new 新提", "dropped": "no longer named 不再提",
}  # fmt: skip


def indicators_by_year(series: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """A row for each measure of a place, each on its own scale: what was aimed at in each year, a range as a bar, at
    least and at most as a triangle. A line joins years that follow each other, so that a year without one is a gap.

    `series` as `comparing.series` gives them.
    """
    rows = list(series.groupby(["place", "measure", "change", "unit"], sort=False, dropna=False))
    several = series["place"].nunique(dropna=False) > 1
    first, last = int(series["year"].min()), int(series["year"].max())
    for y, ((place, name, change, _), found) in enumerate(rows):
        found = found.sort_values("year", kind="stable")
        low, high = found["low"].min(), found["high"].max()
        scale = _ROW / (high - low) if high > low else 0.0

        def at(value: float, y: int = y, low: float = low, scale: float = scale) -> float:
            return y + _ROW / 2 - (value - low) * scale if scale else float(y)

        if y % 2:
            ax.axhspan(y - 0.5, y + 0.5, facecolor=BAND, edgecolor="none", zorder=0)
        middle = ((found["low"] + found["high"]) / 2).groupby(found["year"].astype(int)).first()
        for run in _runs(middle.index):
            ax.plot(run, [at(middle[year]) for year in run], color=DATA_PALE, lw=2, zorder=1)
        for r in found.itertuples():
            ax.plot([r.year, r.year], [at(r.low), at(r.high)], color=DATA, lw=3, zorder=2)
            ax.plot(r.year, at((r.low + r.high) / 2), marker=_MARK.get(r.comparator, "o"), color=DATA, ms=6, zorder=3)
        told = [place if several and isinstance(place, str) else "", gloss.get(name, "")]
        english = ", ".join(t for t in (*told, change if change != "level" and name in gloss else "") if t)
        ax.annotate(cut(name, 12), (0, y - 0.14 if english else y), (-196, 0), **_BESIDE, va="center")
        ax.annotate(cut(english, 34), (0, y + 0.2), (-196, 0), **_BESIDE, va="center", color=GREY)
        said_last = f"{found['year'].iloc[-1]}: {said(found.iloc[-1])}"
        ax.annotate(said_last, (1, y), (8, 0), **_BESIDE, va="center")
    ax.set(xlim=(first - 0.5, last + 0.5), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    ax.set_xticks(_ticks(first, last))
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(
        "year 年 · each row has its own scale 各行自有尺度\n▲ at least 以上 · ▼ at most 以内 · bar: a range 区间"
    )
    return ax


def concept_trends(rates: pd.DataFrame, ax: Axes, by: str) -> Axes:
    """A row for each concept, all on one scale: mentions per 10,000 characters of each group, with the interval. Where
    the groups are numbers a line joins those that follow each other, so that a year without a document is a gap; names
    (places) have no line.
    """
    values = sorted(rates[by].unique())
    numbers = pd.api.types.is_numeric_dtype(rates[by])
    where = {v: int(v) if numbers else i for i, v in enumerate(values)}
    first, last, top = min(where.values()), max(where.values()), rates["high"].max()
    for y, concept in enumerate(CONCEPT_ROWS):
        found = rates[rates["concept"] == concept].set_index(by).sort_index()
        colour = CONCEPT[concept]
        at = {where[g]: y + 0.45 - 0.9 * r / top for g, r in found["per_10k"].items()}
        ax.plot([first - 0.5, last + 0.5], [y + 0.45] * 2, color=PALE, lw=0.8, zorder=0)
        for run in _runs(sorted(at)) if numbers else ():
            ax.plot(run, [at[g] for g in run], color=tint(colour, 0.6), lw=2.4, zorder=1)
        for r in found.itertuples():
            ends = [y + 0.45 - 0.9 * end / top for end in (r.low, r.high)]
            ax.plot([where[r.Index]] * 2, ends, color=colour, lw=1.2, zorder=2)
            ax.plot(where[r.Index], at[where[r.Index]], "o", color=colour, ms=5, zorder=3)
        label = f"{concept} {CONCEPT_GLOSS[concept]}"
        ax.annotate(label, (0, y + 0.3), (-132, 0), **_BESIDE, va="center", color=INK)
        ax.annotate(f"{found['per_10k'].iloc[-1]:.1f}", (1, at[max(at)]), (6, 0), **_BESIDE, va="center", color=INK)
    ax.set(xlim=(first - 0.5, last + 0.5), ylim=(len(CONCEPT_ROWS) - 0.45, -0.55), yticks=[])
    if numbers:
        ax.set_xticks(_ticks(first, last))
    else:
        turn = {"rotation": 90} if len(values) > 8 else {}
        ax.set_xticks(list(where.values()), [cut(str(v), 8) for v in values], **turn)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"{_GROUP.get(by, by)} · one scale 同一尺度: a row is {top:.0f} high 每行高{top:.0f}")
    return ax


def target_changes(changes: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], most: int = 18) -> Axes:
    """What moved between two documents, grouped by how: each measure with what was said before and what is said now.

    `changes` as `comparing.changes` gives them; of a long list the first `most` are shown, and how many are not.
    """
    y = 0.0
    shown, left, counts = changes.head(most), len(changes) - most, changes["status"].value_counts()
    for status, rows in shown.groupby("status", observed=True, sort=True):
        ax.text(0, y + 0.1, _STATUS[str(status)], size=HEAD, va="center", color=INK)
        ax.text(99, y + 0.1, str(counts[status]), size=HEAD, va="center", ha="right", color=GREY)
        y += 0.85
        for r in rows.itertuples():
            before, now = (_side(r, when) for when in ("before", "now"))
            ax.text(2, y, cut(r.measure, 15), va="center")
            ax.text(32, y, cut(gloss.get(r.measure, ""), 29), va="center", color=GREY)
            ax.text(75, y, before, va="center", ha="right", color=GREY)
            if before and now:
                ax.annotate("", (81, y), (76, y), arrowprops={"arrowstyle": "-|>", "color": DATA, "lw": 1.4})
            ax.text(82, y, now, va="center", color=INK)
            y += 0.62
        y += 0.3
    if left > 0:
        ax.text(2, y, f"… and {left} more 另有{left}项", va="center", color=GREY)
        y += 0.6
    ax.set(xlim=(0, 100), ylim=(y - 0.2, -0.35), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def said(row: pd.Series) -> str:
    """A target's amount for a reader's eye: sign, number with its Chinese magnitude, unit.

    >>> said(pd.Series({"low": 1.2e7, "high": 1.2e7, "unit": "人", "comparator": ">="}))
    '≥1,200万人'
    """
    return readable.amount(row.low, row.high, row.unit, row.get("comparator"), readable.CHINESE)


def _side(row: tuple, when: str) -> str:
    low, high, comparator = (getattr(row, f"{c}_{when}") for c in ("low", "high", "comparator"))
    if pd.isna(low):
        return ""
    return said(pd.Series({"low": low, "high": high, "unit": row.unit, "comparator": comparator}))


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers that follow each other, in runs."""
    out: list[list[int]] = []
    for n in numbers:
        if out and n == out[-1][-1] + 1:
            out[-1].append(n)
        else:
            out.append([n])
    return out


def _ticks(first: int, last: int) -> list[int]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 10_000) if (last - first) / s <= 12)
    return list(range(first + (-first) % step, last + 1, step))


_BESIDE: Final = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "annotation_clip": False}
CONCEPT_ROWS: Final = tuple(c for c in CONCEPT if c != "新发展理念")
