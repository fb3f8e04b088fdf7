"""Figures of concepts and of how a text is built: a table and an `Axes` in, the `Axes` out. They know no document."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.style import CONCEPT, CONCEPT_GLOSS, GREY, INK, KIND, bare, cut


def concept_places(mentions: pd.DataFrame, sections: pd.DataFrame, ax: Axes) -> Axes:
    """Where in the text each concept stands: a tick a mention, said aloud long, implied short; sections as bands."""
    for i, s in enumerate(sections.itertuples()):
        if i % 2:
            ax.axvspan(s.start, s.end, color="#F3F3F3", zorder=0)
        if isinstance(s.frame, str) and s.end - s.start > 0.07 * sections["end"].max():
            ax.text((s.start + s.end) / 2, -0.75, s.frame[-2:], ha="center", color=GREY)
    for y, (concept, colour) in enumerate(CONCEPT.items()):
        rows = mentions[mentions["concept"] == concept]
        for kinds, height in ((["named", "statement", "keyword"], 0.42), (["indicator"], 0.2)):
            at = rows.loc[rows["kind"].isin(kinds), "start"]
            ax.vlines(at, y - height, y + height, color=colour, lw=2.2 if height > 0.3 else 1.4)
        said = rows["kind"].isin(["named", "statement", "keyword"]).sum()
        ax.text(sections["end"].max() * 1.01, y, f"{said}", va="center", color=INK)
    ax.set_yticks(range(len(CONCEPT)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in CONCEPT])
    ax.text(sections["end"].max() * 1.01, -0.75, "said", color=GREY)
    ax.set(xlim=(0, sections["end"].max()), ylim=(len(CONCEPT) - 0.5, -0.5))
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("characters from the start of the text")
    return ax


def concept_sections(matrix: pd.DataFrame, sections: pd.DataFrame, ax: Axes) -> Axes:
    """Concept × section: how many mentions, as number and shade; sections without any left out."""
    shown = matrix.loc[:, matrix.sum() > 0]
    ax.imshow(shown.to_numpy(), cmap="Blues", aspect="auto", vmin=0, vmax=shown.to_numpy().max() * 1.4)
    for y, row in enumerate(shown.to_numpy()):
        for x, count in enumerate(row):
            if count:
                dark = count > 0.8 * shown.to_numpy().max()
                ax.text(x, y, str(count), ha="center", va="center", color="white" if dark else INK)
    labels = sections.set_index("id").loc[shown.columns]
    heads = [f[-2:] if isinstance(f, str) else k for f, k in zip(labels["frame"], labels["kind"])]
    ax.set_xticks(range(len(heads)), [f"§{i}\n{head}" for i, head in zip(shown.columns, heads)])
    ax.set_yticks(range(len(shown)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in shown.index])
    ax.tick_params(length=0)
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def concept_pairs(statements: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Concept → what is observed → what is asked for, one row a statement of the parallel structure."""
    bare(ax, 100, len(statements))
    for x, head in ((15, "What is observed"), (62, "What is therefore asked for")):
        ax.text(x, -0.12, head, color=GREY, va="bottom")
    for y, s in enumerate(statements.itertuples()):
        colour = CONCEPT[s.concept]
        ax.add_patch(Rectangle((0, y + 0.1), 13, 0.8, color=colour))
        tone = INK if s.concept in ("开放", "协调") else "white"
        ax.text(6.5, y + 0.38, s.concept, ha="center", va="center", size=14, color=tone)
        ax.text(6.5, y + 0.72, CONCEPT_GLOSS[s.concept], ha="center", va="center", color=tone)
        for x, text in ((15, s.trend), (62, s.emphasis)):
            ax.text(x, y + 0.36, text, va="center", size=14 if x > 50 else 11)
            ax.text(x, y + 0.72, gloss.get(text, ""), va="center", color=GREY)
        ax.annotate("", (60.5, y + 0.5), (52, y + 0.5), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2})
    return ax


def section_bar(sections: pd.DataFrame, repairs: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """How the text is built: a row a section, its length to scale, who speaks; a mark where something was repaired."""
    colours = {"frame": KIND["task"], "title": KIND["vision"], "lead": KIND["vision"]}
    total = sections["end"].max()
    for y, s in enumerate(sections.itertuples()):
        ax.barh(y, s.end - s.start, left=s.start, color=colours.get(s.kind, KIND["measure"]), height=0.62)
        framed = isinstance(s.frame, str)
        label = f"{cut(s.frame, 12)}  {gloss.get(s.frame, '')}" if framed else gloss.get(s.kind, s.kind)
        right = s.end < total * 0.62
        x = s.end + total * 0.012 if right else s.start - total * 0.012
        ax.text(x, y, label, va="center", ha="left" if right else "right")
        inside = repairs[(repairs["at"] >= s.start - 1) & (repairs["at"] < s.end)]  # between two sections: the latter
        for certain, face in ((True, KIND["target"]), (False, "white")):
            at = inside.loc[inside["certain"] == certain, "at"]
            ax.scatter(at, [y] * len(at), marker="v", facecolor=face, edgecolor=KIND["target"], s=46, zorder=3)
    ax.set(xlim=(0, total), ylim=(len(sections) - 0.4, -0.6), yticks=[])
    ax.set_xlabel("characters from the start of the repaired text")
    ax.spines["left"].set_visible(False)
    return ax


def agreement(summary: pd.DataFrame, intervals: pd.DataFrame, ax: Axes) -> Axes:
    """Recall of each kind of row with Wilson's interval (dot, line) and precision (ring): few rows, wide line."""
    for y, (kind, row) in enumerate(summary.iterrows()):
        span = [intervals.loc[kind, "low"], intervals.loc[kind, "high"]]
        ax.plot(span, [y, y], color=KIND["task"], lw=8, alpha=0.3, solid_capstyle="butt")
        ax.scatter(row["recall"], y, s=70, color=KIND["task"], zorder=3, clip_on=False)
        ax.scatter(row["precision"], y, s=150, facecolor="none", edgecolor=INK, linewidth=1.5, zorder=4, clip_on=False)
        ax.text(1.02, y, f"{row['recall']:.2f}  ({int(row['matched'])} of {int(row['gold'])})", va="center")
    ax.set_yticks(range(len(summary)), summary.index)
    ax.set(xlim=(0.5, 1), ylim=(len(summary) - 0.5, -0.5), xlabel="recall with 95 % interval (dot), precision (ring)")
    ax.spines["left"].set_visible(False)
    return ax


def roles(people: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """What people did, one row a role, the names beside it."""
    named = people.groupby("role", sort=False)["name"].agg(lambda n: list(dict.fromkeys(n)))
    lines = [["、".join(names[i : i + 9]) for i in range(0, len(names), 9)] for names in named]
    bare(ax, 100, sum(len(rows) + 0.7 for rows in lines))
    top = 0.5
    for role, rows in zip(named.index, lines):
        ax.plot([21, 21], [top - 0.45, top + len(rows) - 0.55], color=KIND["task"], lw=3, solid_capstyle="butt")
        ax.text(19.5, top, f"{gloss.get(role, '')}  {role}", ha="right", va="center")
        for i, names in enumerate(rows):
            ax.text(22.5, top + i, names, va="center")
        top += len(rows) + 0.7
    return ax


def share_intervals(shares: pd.DataFrame, ax: Axes) -> Axes:
    """Shares of the concepts: the thick line is Wilson's interval, the thin one that of resampled sentences."""
    for y, s in enumerate(shares.itertuples()):
        ax.plot([s.boot_low, s.boot_high], [y, y], color=CONCEPT[s.concept], lw=2)
        ax.plot([s.wilson_low, s.wilson_high], [y, y], color=CONCEPT[s.concept], lw=8, solid_capstyle="butt", alpha=0.4)
        ax.plot(s.share, y, "o", color=CONCEPT[s.concept], ms=10)
        ax.text(
            max(s.wilson_high, s.boot_high) + 0.01,
            y,
            f"{shares['count'].iloc[y]} of {shares['count'].sum()}",
            va="center",
        )
    ax.set_yticks(range(len(shares)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in shares["concept"]])
    ax.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), xlabel="share of the mentions, with 95 % intervals")
    ax.xaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    ax.spines["left"].set_visible(False)
    return ax
