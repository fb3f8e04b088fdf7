"""Figures of concepts and of how a text is built: a table and an `Axes` in, the `Axes` out. They know no document."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.style import (
    BAND,
    CONCEPT,
    CONCEPT_GLOSS,
    DATA,
    DATA_PALE,
    GREY,
    HEAD,
    INK,
    PALE,
    WHITE,
    bare,
    cut,
    on,
    tint,
)

_SAID = ("named", "statement", "keyword")
_CHARACTERS = "characters from the start of the text 字"


def bands(sections: pd.DataFrame, ax: Axes) -> None:
    """Every second section as a pale band behind what is drawn."""
    for i, s in enumerate(sections.itertuples()):
        if i % 2:
            ax.axvspan(s.start, s.end, facecolor=BAND, edgecolor="none", zorder=0)


def concept_places(mentions: pd.DataFrame, sections: pd.DataFrame, ax: Axes) -> Axes:
    """Where in the text each concept stands: a tick a mention, said aloud long, implied short; sections as bands."""
    bands(sections, ax)
    end, top = sections["end"].max(), -0.72
    for s in sections.itertuples():
        if isinstance(s.frame, str) and s.end - s.start > 0.07 * end:
            ax.text((s.start + s.end) / 2, top, s.frame[-2:], ha="center", va="bottom", color=GREY)
    for y, (concept, colour) in enumerate(CONCEPT.items()):
        rows = mentions[mentions["concept"] == concept]
        aloud = rows["kind"].isin(_SAID)
        for some, height, width in ((aloud, 0.4, 2.4), (rows["kind"] == "indicator", 0.17, 1.6)):
            ax.vlines(rows.loc[some, "start"], y - height, y + height, color=colour, lw=width)
        for x, some in ((24, aloud), (68, rows["kind"] == "indicator")):
            ax.annotate(f"{some.sum()}", (end, y), (x, 0), textcoords="offset points", va="center", ha="center")
    for x, head in ((24, "明言\nsaid"), (68, "隐含\nimplied")):
        place = {"textcoords": "offset points", "ha": "center", "va": "bottom", "annotation_clip": False}
        ax.annotate(head, (end, top), (x, 0), color=GREY, **place)
    ax.set_yticks(range(len(CONCEPT)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in CONCEPT])
    ax.set(xlim=(0, end), ylim=(len(CONCEPT) - 0.5, -0.5))
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"{_CHARACTERS} · long tick: said 明言, short: implied 隐含")
    return ax


def concept_sections(
    matrix: pd.DataFrame, sections: pd.DataFrame, ax: Axes, gloss: Mapping[str, str] | None = None
) -> Axes:
    """Concept × section: how many mentions, as number and as shade of the concept's colour; empty sections left out."""
    shown = matrix.loc[:, matrix.sum() > 0]
    most = shown.to_numpy().max()
    bare(ax, shown.shape[1], len(shown))
    for y, (concept, row) in enumerate(shown.iterrows()):
        for x, count in enumerate(row):
            colour = tint(CONCEPT[concept], 0.12 + 0.88 * count / most) if count else BAND
            ax.add_patch(Rectangle((x + 0.03, y + 0.05), 0.94, 0.9, facecolor=colour, edgecolor="none"))
            if count:
                ax.text(x + 0.5, y + 0.5, str(count), ha="center", va="center", color=on(colour))
    labels = sections.set_index("id").loc[shown.columns]
    for x, (i, frame, kind) in enumerate(zip(shown.columns, labels["frame"], labels["kind"])):
        if isinstance(frame, str):
            head, english = frame[-2:], (gloss or {}).get(frame, "").partition("the conference ")[2]
        else:
            head, english = [*(gloss or {}).get(kind, kind).split(" "), ""][:2]
        ax.text(x + 0.5, len(shown) + 0.1, f"§{i} {head}\n{english}", ha="center", va="top", color=GREY)
    for y, concept in enumerate(shown.index):
        ax.text(-0.08, y + 0.5, f"{CONCEPT_GLOSS[concept]}  {concept}", ha="right", va="center")
    return ax


def concept_pairs(statements: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Concept → what is observed → what is asked for, one row a statement of the parallel structure."""
    bare(ax, 100, len(statements))
    for x, head in ((15, "what is observed 越来越…"), (62, "what is therefore asked for 必须更加注重…")):
        ax.text(x, -0.02, head, color=GREY, va="bottom")
    for y, s in enumerate(statements.itertuples()):
        colour = CONCEPT[s.concept]
        ax.add_patch(Rectangle((0, y + 0.1), 13, 0.8, facecolor=colour, edgecolor="none"))
        ax.text(6.5, y + 0.36, s.concept, ha="center", va="center", size=HEAD, color=on(colour))
        ax.text(6.5, y + 0.7, CONCEPT_GLOSS[s.concept], ha="center", va="center", color=on(colour))
        for x, text in ((15, s.trend), (62, s.emphasis)):
            ax.text(x, y + 0.34, text, va="center", size=HEAD if x > 50 else None)
            ax.text(x, y + 0.7, gloss.get(text, ""), va="center", color=GREY)
        ax.annotate("", (60.5, y + 0.5), (54, y + 0.5), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2})
    return ax


def section_bar(sections: pd.DataFrame, repairs: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """How the text is built: a row a section, its length to scale, who speaks; a mark where something was repaired.

    Dark: a section that reports what was said or set. A full triangle is a repair, a hollow one was only reported.
    """
    total = sections["end"].max()
    for y, s in enumerate(sections.itertuples()):
        framed = isinstance(s.frame, str)
        ax.barh(y, s.end - s.start, left=s.start, color=DATA if framed else DATA_PALE, height=0.56)
        label = f"{cut(s.frame, 12)}  {gloss.get(s.frame, '')}" if framed else gloss.get(s.kind, s.kind)
        right = s.end < total * 0.62
        x = s.end + total * 0.012 if right else s.start - total * 0.012
        ax.text(x, y, label.rstrip(), va="center", ha="left" if right else "right")
        inside = repairs[(repairs["at"] >= s.start - 1) & (repairs["at"] < s.end)]  # between two sections: the latter
        for certain, side, mark, face in ((True, -0.4, "v", INK), (False, 0.4, "^", WHITE)):
            at = inside.loc[inside["certain"] == certain, "at"]
            look = {"marker": mark, "facecolor": face, "edgecolor": INK, "s": 40, "zorder": 3, "clip_on": False}
            ax.scatter(at, [y + side] * len(at), **look)
    ax.set(xlim=(0, total), ylim=(len(sections) - 0.4, -0.7), yticks=[])
    ax.set_xlabel(f"{_CHARACTERS} · ▼ mended 修复, △ only reported 存疑未改")
    ax.spines["left"].set_visible(False)
    return ax


def agreement(summary: pd.DataFrame, intervals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Recall of each kind of row with Wilson's interval (dot, bar), and precision (ring) where it is another."""
    for y, (kind, row) in enumerate(summary.iterrows()):
        span = [intervals.loc[kind, "low"], intervals.loc[kind, "high"]]
        ax.plot(span, [y, y], color=DATA_PALE, lw=9)
        ax.scatter(row["recall"], y, s=70, color=DATA, zorder=3, clip_on=False)
        ax.text(1.02, y, f"{row['recall']:.2f}  ({int(row['matched'])} of {int(row['gold'])})", va="center")
        if row["precision"] != row["recall"]:
            ax.scatter(row["precision"], y, s=70, facecolor=WHITE, edgecolor=INK, lw=1.5, zorder=4, clip_on=False)
            said = f"precision 查准率 {row['precision']:.2f}"
            place = {"xytext": (0, -9), "textcoords": "offset points", "ha": "center", "va": "top"}
            ax.annotate(said, (row["precision"], y), color=GREY, **place)
    ax.text(1.02, -0.55, "found 查全率", color=GREY, va="bottom")
    ax.set_yticks(range(len(summary)), [f"{kind}  {gloss.get(kind, '')}" for kind in summary.index])
    ax.set(xlim=(0.5, 1), ylim=(len(summary) - 0.3, -0.5))
    ax.set_xlabel("share of the coder's rows that were found (recall), bar: 95 % interval")
    ax.spines["left"].set_visible(False)
    return ax


def roles(people: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """What people did, one row a role, the names beside it."""
    named = people.groupby("role", sort=False)["name"].agg(lambda n: list(dict.fromkeys(n)))
    lines = [["、".join(names[i : i + 9]) for i in range(0, len(names), 9)] for names in named]
    bare(ax, 100, sum(len(rows) + 0.7 for rows in lines))
    top = 0.5
    for role, rows in zip(named.index, lines):
        ax.plot([26, 26], [top - 0.45, top + len(rows) - 0.55], color=DATA, lw=3)
        ax.text(24.5, top, f"{role}  {gloss.get(role, '')}", ha="right", va="center")
        for i, line in enumerate(rows):
            ax.text(27.5, top + i, line, va="center")
        top += len(rows) + 0.7
    return ax


def share_intervals(shares: pd.DataFrame, ax: Axes) -> Axes:
    """Shares of the concepts: the thick line is Wilson's interval, the thin one that of resampled sentences."""
    n = shares["count"].sum()
    for y, s in enumerate(shares.itertuples()):
        colour = CONCEPT[s.concept]
        ax.plot([s.wilson_low, s.wilson_high], [y, y], color=tint(colour, 0.4), lw=9, zorder=2)
        ax.plot([s.boot_low, s.boot_high], [y, y], color=colour, lw=1.6, zorder=3)
        ax.plot(s.share, y, "o", color=colour, ms=9, zorder=4)
        ax.text(1.04, y, f"{shares['count'].iloc[y]} of {n}", va="center")
    ax.set_yticks(range(len(shares)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in shares["concept"]])
    ax.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5))
    ax.set_xlabel("share of the mentions 占比 · thick: Wilson's 95 % interval, thin: resampled sentences")
    ax.xaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    ax.grid(axis="x", color=PALE, lw=0.6)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)
    return ax
