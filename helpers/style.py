"""The look of all figures: one style, one font found by its file, one palette in which each colour has one meaning.

The palette is that of Okabe & Ito (2008), safe for colour-blind readers.
"""

from base64 import b64encode
from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from PIL import Image

INK, GREY, PALE = "#222222", "#6B6B6B", "#E6E6E6"
CONCEPT: Final[Mapping[str, str]] = {
    "新发展理念": "#444444", "创新": "#0072B2", "协调": "#E69F00",
    "绿色": "#009E73", "开放": "#56B4E9", "共享": "#D55E00",
}  # fmt: skip
CONCEPT_GLOSS: Final[Mapping[str, str]] = {
    "新发展理念": "new development philosophy", "创新": "innovation", "协调": "coordination",
    "绿色": "green", "开放": "openness", "共享": "sharing",
}  # fmt: skip
KIND: Final[Mapping[str, str]] = {
    "vision": "#444444", "task": "#0072B2", "measure": "#BFBFBF", "result": "#F2B48A", "target": "#D55E00",
    "safeguard": "#009E73",
}  # fmt: skip


def font_path() -> Path:
    """The file of the Chinese font (Noto Sans SC, OFL), found in the package `zhplot` and not by family name."""
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the Chinese font is missing: install zhplot, as pyproject.toml asks for")
    return Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


def use() -> None:
    """Make the style and the font those of every figure drawn from here on."""
    plt.style.use(Path(__file__).with_name("policy.mplstyle"))
    font_manager.fontManager.addfont(font_path())
    plt.rcParams["font.family"] = font_manager.FontProperties(fname=font_path()).get_name()


def show(ax: Axes, reading: str) -> None:
    """Display the figure of `ax` as a small PNG, with its reading as alternative text and printed beneath."""
    figure = ax.get_figure()
    full, small = BytesIO(), BytesIO()
    figure.savefig(full, format="png", bbox_inches="tight")
    plt.close(figure)
    picture = Image.open(full).convert("RGB").quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    data = {"image/png": b64encode(small.getvalue()).decode(), "text/plain": f"figure: {reading}"}
    display(data, raw=True, metadata={"image/png": {"alt": reading}})
    print(reading)


def bare(ax: Axes, width: float, height: float) -> None:
    """A drawing surface in which x and y are given in the units of the caller, y downwards."""
    ax.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
