"""The look of all figures: one style, one font found by its file, two sizes of type, one palette of fixed meanings.

A hue belongs to a concept of the new development philosophy (`CONCEPT`); goals are greys and slates with one hue, the
vermillion of what could be checked (`KIND`: a target solid, a result hollow); everything else that is counted is navy
(`DATA`), a part of it paler (`DATA_PALE`). No colour stands in two of these. The six kinds differ in tone, so that they
can be told apart in grey; concepts are written beside their colour. `tint` mixes any of them with white.

A figure says three things around its drawing (`dress`): the finding as headline, the same in Chinese, and a caption
line with unit, n and source (`note`). Nothing has a legend: what is drawn is named where it stands.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import matplotlib.pyplot as plt
import numpy as np
from fontTools import subset
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from PIL import Image

WIDTH: Final = 8.0  # inches, of every figure
BODY, HEAD = 11, 14  # points: the two sizes of type
INK, GREY, PALE, BAND, WHITE = "#222222", "#6B6B6B", "#DDDDDD", "#F3F3F3", "#FFFFFF"
DATA, DATA_PALE = "#12436D", "#A9BCD0"
CONCEPT: Final[Mapping[str, str]] = {
    "新发展理念": "#444444", "创新": "#7A4DA0", "协调": "#C88400",
    "绿色": "#00875F", "开放": "#3D9DD0", "共享": "#B84A90",
}  # fmt: skip
CONCEPT_GLOSS: Final[Mapping[str, str]] = {
    "新发展理念": "new development philosophy", "创新": "innovation", "协调": "coordination",
    "绿色": "green", "开放": "openness", "共享": "sharing",
}  # fmt: skip
KIND: Final[Mapping[str, str]] = {
    "vision": "#1A1A1A", "task": "#3A4A60", "measure": "#D0D0D0", "result": WHITE, "target": "#C44F00",
    "safeguard": "#A8A070",
}  # fmt: skip
KIND_GLOSS: Final[Mapping[str, str]] = {
    "vision": "愿景", "task": "任务", "measure": "措施", "result": "结果", "target": "目标", "safeguard": "保障",
}  # fmt: skip
_EDGE: Final = {"result": KIND["target"]}  # hollow: it is named, and nobody could check it
PALETTE: Final = frozenset({INK, GREY, PALE, BAND, WHITE, DATA, DATA_PALE, *CONCEPT.values(), *KIND.values()})
_HUES: Final = frozenset(c for c in PALETTE if np.ptp(to_rgb(c)) > 0.1)  # edges of letters are greys
_WORD: Final = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+ *| +|.", re.S)  # a Latin word, or one Chinese character


def font_path() -> Path:
    """The file of the Chinese font (Noto Sans SC, OFL), found in the package `zhplot` and not by family name."""
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the Chinese font is missing: install zhplot, as pyproject.toml asks for")
    return Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


def webfont(text: str) -> bytes:
    """The Chinese font cut down to the characters of a text beyond Latin, as WOFF (its licence, the OFL, allows both).

    The same characters give the same bytes. A page that carries it shows Chinese on a machine without a Chinese font.

    >>> webfont("县域经济")[:4], webfont("县域经济") == webfont("经济, 县域")
    (b'wOFF', True)
    """
    options = subset.Options(layout_features=[], hinting=False, flavor="woff", name_IDs=[0, 1, 2, 13, 14])
    font, out = subset.load_font(str(font_path()), options), BytesIO()
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted({c for c in text if c > "\u00ff"})))
    cutter.subset(font)
    subset.save_font(font, out, options)
    return out.getvalue()


def use() -> None:
    """Make the style and the font those of every figure drawn from here on."""
    plt.style.use(Path(__file__).with_name("policy.mplstyle"))
    font_manager.fontManager.addfont(font_path())
    plt.rcParams["font.family"] = font_manager.FontProperties(fname=font_path()).get_name()


def tint(colour: str, strength: float) -> str:
    """The colour mixed with white: 1 is the colour itself, 0 white. In place of transparency.

    >>> tint("#12436D", 1), tint("#12436D", 0)
    ('#12436D', '#FFFFFF')
    """
    return to_hex([1 - strength * (1 - c) for c in to_rgb(colour)]).upper()


def on(colour: str) -> str:
    """What to write in on this colour: ink, or white where the colour is dark.

    >>> on(KIND["task"]), on(KIND["measure"])
    ('#FFFFFF', '#222222')
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return WHITE if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.066 else INK


def look(kind: str) -> dict[str, Any]:
    """How a patch of this kind of goal is filled and edged; a `result` is hollow.

    >>> look("target")["facecolor"], look("result")["facecolor"], look("result")["edgecolor"]
    ('#C44F00', '#FFFFFF', '#C44F00')
    """
    return {"facecolor": KIND[kind], "edgecolor": _EDGE.get(kind, KIND[kind]), "linewidth": 1.2}


def note(unit: str, n: int, source: str) -> str:
    """The caption line of a figure: what is counted, how many of it, out of which text (`views.source`).

    >>> note("clause 分句", 199, "全省县域经济高质量发展工作会议召开, 2020-04-29")
    'Unit 单位: clause 分句 · n = 199 · Source 来源: 全省县域经济高质量发展工作会议召开, 2020-04-29'
    """
    return f"Unit 单位: {unit} · n = {n:,} · Source 来源: {source}"


def dress(figure: Figure, headline: str, chinese: str, caption: str) -> Figure:
    """Write the finding over the figure, in English and Chinese, and under it the caption line (`note`).

    Without a finding (a page that says it beside the figure) only the caption line is written. The drawing keeps its
    size: the figure grows by what is written. Give a figure its dress last, and once.
    """
    inches = figure.get_figwidth() - 0.2
    lines = [(fold(said, size, inches), size, INK) for said, size in ((headline, HEAD), (chinese, BODY)) if said]
    high = [(text.count("\n") + 1) * size * 1.4 / 72 for text, size, _ in lines]
    below = fold(caption, BODY, inches)
    if "\n" in below:
        below = fold(caption.replace(" · Source", "\nSource"), BODY, inches)
    foot = (below.count("\n") + 1) * BODY * 1.4 / 72 + 0.12
    above = sum(high) + 0.2 * bool(lines)
    whole = figure.get_figheight() + above + foot
    figure.set_figheight(whole)
    figure.set_layout_engine("constrained", rect=(0, foot / whole, 1, 1 - (foot + above) / whole))
    at = whole - 0.06
    for (text, size, tone), height in zip(lines, high):
        at_text = (0.1 / figure.get_figwidth(), at / whole)
        figure.text(*at_text, text, size=size, color=tone, va="top", gid="finding", label=text.replace("\n", " "))
        at -= height
    foot_at = (0.1 / figure.get_figwidth(), 0.06 / whole)
    figure.text(*foot_at, below, size=BODY, color=GREY, va="bottom", gid="caption", label=caption)
    return figure


def caption_of(figure: Figure) -> str:
    """The caption line that `dress` wrote under the figure, unfolded; empty where there is none."""
    return next((str(t.get_label()) for t in figure.texts if t.get_gid() == "caption"), "")


def plain(figure: Figure, reading: str) -> str:
    """What stands for the figure where no picture can: its reading, what is written over it, and its caption line."""
    findings = [str(t.get_label()) for t in figure.texts if t.get_gid() == "finding"]
    return "\n".join(filter(None, [f"figure: {reading}", *findings, caption_of(figure)]))


def fold(text: str, size: float, inches: float) -> str:
    """The text in lines no longer than `inches` at this size of type; Chinese breaks anywhere, English between words.

    >>> fold("county economy 县域经济", 11, 1.2)
    'county economy\\n县域经济'
    """
    font = font_manager.FontProperties(fname=font_path(), size=size)
    return _folded(text, lambda line: text_to_path.get_text_width_height_descent(line, font, False)[0] <= inches * 72)


def printed(text: str, columns: int = 100) -> str:
    """The text in lines for print, a Chinese character being two columns: a viewer may cut a longer line off.

    >>> printed("county economy 县域经济", 16)
    'county economy\\n县域经济'
    """
    return _folded(text, lambda line: sum(2 if east_asian_width(c) in "WF" else 1 for c in line) <= columns)


def _folded(text: str, fits: Callable[[str], bool]) -> str:
    lines = [""]
    for word in _WORD.findall(text):
        if word == "\n" or (lines[-1] and not fits((lines[-1] + word).rstrip())):
            lines.append("")
        lines[-1] += word.lstrip() if not lines[-1] else word
    return "\n".join(line.rstrip() for line in lines)


def png(figure: Figure, colours: int = 64) -> bytes:
    """The figure as a small opaque PNG: its commonest colours and the hues of the palette as they are, edges of letters in
    the nearest of them.
    """
    full, small = BytesIO(), BytesIO()
    figure.savefig(full, format="png")
    pixels = np.asarray(Image.open(full).convert("RGB"), dtype=int)
    found, at, often = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    own = np.array([f"#{r:02X}{g:02X}{b:02X}" in _HUES for r, g, b in found])
    first = np.lexsort((-often, ~own))[:colours]  # a thin outline is rarer than the greys of letters
    kept = found[first[np.lexsort((first, -often[first]))]]
    nearest = ((found[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    picture = Image.fromarray(nearest[at].reshape(pixels.shape[:2]))
    picture.putpalette(kept.astype(np.uint8).tobytes())
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


def show(ax: Axes, reading: str, headline: str = "", chinese: str = "", caption: str = "") -> None:
    """Display the figure of `ax` as a small PNG, with its reading as alternative text and printed beneath.

    With `headline`, `chinese` and `caption` (`note`) the figure is dressed first; a figure that has its dress already
    needs none of them.
    """
    figure = ax.get_figure()
    if headline:
        dress(figure, headline, chinese, caption)
    data = {"image/png": b64encode(png(figure)).decode(), "text/plain": plain(figure, reading)}
    plt.close(figure)
    display(data, raw=True, metadata={"image/png": {"alt": reading}})
    print(printed(reading))


def bare(ax: Axes, width: float, height: float) -> None:
    """A drawing surface in which x and y are given in the units of the caller, y downwards."""
    ax.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
