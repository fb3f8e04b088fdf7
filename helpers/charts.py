"""One function a figure: a table and an `Axes` in, the `Axes` out. Charts know tables, never documents.

Colours have one meaning everywhere (Okabe & Ito 2008, safe for colour-blind readers): see `CONCEPT` and `KIND`.
"""

import textwrap
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from PIL import Image
from wordcloud import WordCloud

INK, GREY, PALE = "#222222", "#6B6B6B", "#E6E6E6"
CONCEPT: Final[Mapping[str, str]] = {
    "新发展理念": "#444444", "创新": "#0072B2", "协调": "#E69F00", "绿色": "#009E73", "开放": "#56B4E9", "共享": "#D55E00",
}  # fmt: skip
CONCEPT_GLOSS: Final[Mapping[str, str]] = {
    "新发展理念": "new development philosophy", "创新": "innovation", "协调": "coordination",
    "绿色": "green", "开放": "openness", "共享": "sharing",
}  # fmt: skip
KIND: Final[Mapping[str, str]] = {
    "vision": "#444444", "task": "#0072B2", "measure": "#BFBFBF", "target": "#D55E00", "safeguard": "#009E73",
}  # fmt: skip


def font_path() -> Path:
    """The file of the Chinese font, found in the installed package `zhplot` (Noto Sans SC, OFL) and not by family name."""
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the Chinese font is missing: install zhplot, as pyproject.toml asks for")
    return Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


def use_style() -> None:
    """Make the style and the font those of every figure drawn from here on."""
    plt.style.use(Path(__file__).with_name("policy.mplstyle"))
    font_manager.fontManager.addfont(font_path())
    plt.rcParams["font.family"] = font_manager.FontProperties(fname=font_path()).get_name()


def show(ax: Axes, reading: str) -> None:
    """Display the figure of `ax` as a small PNG, its reading in one sentence as alternative text and printed beneath."""
    figure = ax.get_figure()
    full, small = BytesIO(), BytesIO()
    figure.savefig(full, format="png", bbox_inches="tight")
    plt.close(figure)
    picture = Image.open(full).convert("RGB").quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    data = {"image/png": b64encode(small.getvalue()).decode(), "text/plain": f"figure: {reading}"}
    display(data, raw=True, metadata={"image/png": {"alt": reading}})
    print(reading)


def _bare(ax: Axes, width: float, height: float) -> None:
    """A drawing surface in which x and y are given in the units of the caller, y downwards."""
    ax.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def term_bars(terms: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], top: int = 20) -> Axes:
    """The `top` phrases by `count` as bars, with count and English; the paler part stands inside a longer phrase."""
    rows = terms.nlargest(top, "count", keep="first")[::-1].reset_index(drop=True)
    inside, most = rows["count"] - rows["free_count"], rows["count"].max()
    ax.barh(rows["phrase"], rows["free_count"], color=CONCEPT["创新"], height=0.68)
    ax.barh(rows["phrase"], inside, left=rows["free_count"], color=CONCEPT["创新"], alpha=0.4, height=0.68)
    for y, (phrase, count, nested) in enumerate(zip(rows["phrase"], rows["count"], inside)):
        ax.annotate(str(count), (count, y), (5, 0), textcoords="offset points", va="center")
        note = f"{gloss.get(phrase, '')} ({nested} inside a longer term)" if nested else gloss.get(phrase, "")
        ax.annotate(note, (count, y), (10 + 7 * len(str(count)), 0), textcoords="offset points", va="center", color=GREY)
    ax.set(xticks=[], ylim=(-0.6, len(rows) - 0.4), xlim=(0, most * 1.6))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def word_cloud(weights: Mapping[str, float], ax: Axes, marked: Collection[str] = ()) -> Axes:
    """Words sized by weight, the `marked` ones in blue, the others grey; the same weights give the same picture."""
    cloud = WordCloud(
        font_path=str(font_path()), width=1600, height=800, background_color="white", prefer_horizontal=1.0,
        random_state=1, relative_scaling=0.6, margin=8, color_func=lambda word, **_: KIND["task"] if word in marked else GREY,
    )  # fmt: skip
    ax.imshow(cloud.generate_from_frequencies(dict(weights)).to_array(), interpolation="bilinear")
    ax.set_axis_off()
    return ax


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


def concept_pairs(statements: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Concept → what is observed → what is asked for, one row a statement of the parallel structure."""
    _bare(ax, 100, len(statements))
    for x, head in ((13.5, "What is observed"), (62, "What is therefore asked for")):
        ax.text(x, -0.12, head, color=GREY, va="bottom")
    for y, s in enumerate(statements.itertuples()):
        colour = CONCEPT[s.concept]
        ax.add_patch(Rectangle((0, y + 0.1), 11, 0.8, color=colour))
        light = s.concept in ("开放", "协调")
        ax.text(5.5, y + 0.38, s.concept, ha="center", va="center", size=14, color=INK if light else "white")
        ax.text(5.5, y + 0.72, CONCEPT_GLOSS[s.concept], ha="center", va="center", color=INK if light else "white", size=9.5)
        for x, text in ((13.5, s.trend), (62, s.emphasis)):
            ax.text(x, y + 0.36, text, va="center", size=14 if x > 50 else 11)
            ax.text(x, y + 0.72, gloss.get(text, ""), va="center", color=GREY)
        ax.annotate("", (60.5, y + 0.5), (52, y + 0.5), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2})
    return ax


def target_groups(targets: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """Targets grouped by the end state they share: how many, which, and what each is to become."""
    groups = [(key, rows) for key, rows in targets.groupby("end", sort=False)]
    heights = [0.62 * len(rows) + 0.5 for _, rows in groups]
    _bare(ax, 100, sum(heights))
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
    _bare(ax, 100, depth + 1.1)
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


def section_bar(sections: pd.DataFrame, repairs: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """How the text is built: a row a section, its length to scale, who speaks; a mark where something was repaired."""
    colours = {"frame": KIND["task"], "title": KIND["vision"], "lead": KIND["vision"]}
    total = sections["end"].max()
    for y, s in enumerate(sections.itertuples()):
        ax.barh(y, s.end - s.start, left=s.start, color=colours.get(s.kind, KIND["measure"]), height=0.62)
        label = _cut(s.frame, 12) if isinstance(s.frame, str) else s.kind
        said = gloss.get(s.frame if isinstance(s.frame, str) else s.kind, "")
        where = dict(x=s.end + total * 0.012, ha="left") if s.end < total * 0.62 else dict(x=s.start - total * 0.012, ha="right")
        ax.text(y=y, s=f"{label}  {said}", va="center", **where)
        inside = repairs[(repairs["at"] >= s.start) & (repairs["at"] < s.end)]
        ax.scatter(inside["at"], [y] * len(inside), marker="v", color=KIND["target"], s=42, zorder=3)
    ax.set(xlim=(0, total), ylim=(len(sections) - 0.4, -0.6), yticks=[], xlabel="characters from the start of the repaired text")
    ax.spines["left"].set_visible(False)
    return ax


def roles(people: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """What people did, one row a role, the names beside it."""
    named = people.groupby("role", sort=False)["name"].agg(lambda n: "、".join(dict.fromkeys(n)))
    lines = [textwrap.wrap(names, 32) for names in named]
    _bare(ax, 100, sum(len(rows) + 0.7 for rows in lines))
    top = 0.5
    for role, rows in zip(named.index, lines):
        ax.plot([21, 21], [top - 0.45, top + len(rows) - 0.55], color=KIND["task"], lw=3, solid_capstyle="butt")
        ax.text(19.5, top, f"{gloss.get(role, '')}  {role}", ha="right", va="center")
        for i, names in enumerate(rows):
            ax.text(22.5, top + i, names, va="center")
        top += len(rows) + 0.7
    return ax


def share_intervals(shares: pd.DataFrame, ax: Axes) -> Axes:
    """Shares of the concepts with their intervals (`share`, `low`, `high`; index: concept), in the concepts' colours."""
    for y, (concept, s) in enumerate(shares.iterrows()):
        ax.plot([s["low"], s["high"]], [y, y], color=CONCEPT[concept], lw=6, solid_capstyle="butt", alpha=0.45)
        ax.plot(s["share"], y, "o", color=CONCEPT[concept], ms=10)
        ax.text(s["high"] + 0.01, y, f"{s['share']:.0%}", va="center")
    ax.set_yticks(range(len(shares)), [f"{CONCEPT_GLOSS[c]}  {c}" for c in shares.index])
    ax.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), xlabel="share of the literal mentions, with 95 % interval")
    ax.xaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    ax.spines["left"].set_visible(False)
    return ax


def group_bars(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str]) -> Axes:
    """The groups right under the aim, each as one bar of its clauses by kind."""
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    groups = list(below[goals.loc[goals["parent"].isna(), "id"].iloc[0]].itertuples())
    for y, g in enumerate(groups):
        kinds = pd.Series(_descendants(g, below)).value_counts()
        left = 0
        for kind in (k for k in KIND if k in kinds):
            ax.barh(y, kinds[kind], left=left, color=KIND[kind], height=0.46)
            if kinds[kind] > 2:
                tone = INK if kind == "measure" else "white"
                ax.text(left + kinds[kind] / 2, y, f"{kinds[kind]} {kind}s" if kinds[kind] > 6 else kinds[kind], ha="center", va="center", color=tone)
            left += kinds[kind]
        ax.text(0, y - 0.27, f"{_cut(g.text, 18)}  {gloss.get(g.text, '')}", va="bottom")
    ax.set(xticks=[], yticks=[], ylim=(len(groups) - 0.6, -0.75))
    ax.spines[["bottom", "left"]].set_visible(False)
    return ax


def goal_tree(goals: pd.DataFrame, ax: Axes, gloss: Mapping[str, str], chars: int = 21) -> Axes:
    """The directive tree: aim on top, its groups at the left, a row for each task, and a square for every clause below it."""
    below = {g: rows for g, rows in goals.groupby("parent", sort=False)}
    root = goals[goals["parent"].isna()].iloc[0]
    groups = list(below[root.id].itertuples())
    rows_of = {g.id: list(below[g.id].itertuples()) if g.id in below else [] for g in groups}
    heights = [max(1, len(rows_of[g.id])) + 0.45 for g in groups]
    _bare(ax, 100, sum(heights) + 2.3)
    ax.add_patch(Rectangle((0, 0), 100, 1.1, color=KIND[root.kind]))
    ax.text(1, 0.55, root.text, size=14, va="center", color="white")
    ax.text(99, 0.55, gloss.get(root.text, ""), va="center", ha="right", color="white")
    for i, kind in enumerate(KIND):
        ax.add_patch(Rectangle((1.5 + i * 13, 1.42), 1.7, 0.56, color=KIND[kind], lw=0))
        ax.text(3.9 + i * 13, 1.7, kind, va="center", color=GREY)
    ax.text(99, 1.7, "one square a clause", va="center", ha="right", color=GREY)
    top = 2.3
    for g, height in zip(groups, heights):
        ax.plot([0.3, 0.3], [top, top + height - 0.3], color=KIND[g.kind], lw=5, solid_capstyle="butt")
        ax.text(1.5, top + 0.35, _cut(g.text, 12), va="center", size=11)
        ax.text(1.5, top + 0.8, textwrap.fill(gloss.get(g.text, ""), 24), va="top", color=GREY, linespacing=1.2)
        for i, t in enumerate(rows_of[g.id] or [g]):
            y = top + i + 0.5
            ax.text(25, y - 0.2, _cut(t.text, chars), va="center")
            ax.text(25, y + 0.22, _cut(gloss.get(t.text, ""), 52), va="center", color=GREY)
            for j, kind in enumerate(_descendants(t, below)):
                ax.add_patch(Rectangle((66 + j * 2.1, y - 0.36), 1.7, 0.56, color=KIND[kind], lw=0))
        top += height
    return ax


def _descendants(node: object, below: Mapping[str, pd.DataFrame]) -> Sequence[str]:
    """Kinds of the node and of all that lies below it, targets last."""
    kinds, queue = [], [node]
    while queue:
        n = queue.pop()
        kinds.append(n.kind)
        queue += list(below[n.id].itertuples()) if n.id in below else []
    order = list(KIND)
    return sorted(kinds, key=lambda k: (k == "target", order.index(k)))
