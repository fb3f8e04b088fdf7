"""One interactive cell: controls and a figure that is drawn again at every change, and a picture where nothing is live.

A cell's output is one bundle: the view of the controls (JupyterLab), a PNG (GitHub, nbconvert, a notebook that was
opened and not run) and the figure's reading as text.
"""

import html
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from helpers import document, files, repair
from helpers.style import plain, png, printed

FOLDER: Final = Path("../reports/selection")
_NOTEBOOKS: Final = Path(__file__).parents[1] / "notebooks"
_LISTED: Final = 300  # rows in the live list; the files hold all
_SAMPLE: Final = 4000  # characters that show in which script a text is written
_TRADITIONAL: Final = 0.05  # of them changed by OpenCC: a text in simplified script has next to none
_STYLE: Final = """<style>
.reading-rows {max-width: 100%; max-height: 22em; overflow: auto; line-height: 1.5}
.reading-rows td, .reading-rows th {text-align: left !important; vertical-align: top; padding: 2px 8px;
  white-space: normal}
.reading-rows .long {min-width: 16em}
.reading-rows mark {background: #FFE08A; color: #111; padding: 0 2px}
</style>"""


class Unreadable(Exception):
    """A text that cannot be read; a notebook shows what to change, and not where in the code it was noticed."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def opened(path: Path | str) -> document.Document:
    """The text of a file, for a notebook; one in traditional script is read in simplified, as the rules are written.

    Raises `Unreadable`, which says what is wrong and what to do.
    """
    path = Path(path)
    if not path.exists() and (_NOTEBOOKS / path).exists():  # run again where a report was put
        path = _NOTEBOOKS / path
    try:
        text = document.read(path)
        return document.read(path, simplify=True) if traditional(text.raw) else text
    except document.DocumentError as e:
        raise Unreadable(f"{e}. The path is that of a file, as seen from the folder notebooks/") from None


def traditional(text: str) -> bool:
    """Whether a text is written in traditional script; false where OpenCC is not there to ask.

    >>> traditional("關於加強環境保護工作的通知"), traditional("关于加强环境保护工作的通知")
    (True, False)
    """
    sample = text[:_SAMPLE]
    try:
        changed = sum(e.end - e.start for e in repair.simplified(sample))
    except document.DocumentError:
        return False
    return changed > _TRADITIONAL * max(len(sample), 1)


@dataclass(frozen=True, slots=True)
class View:
    """What a choice shows: the figure, its reading in a sentence, the rows behind it, and which columns to list."""

    figure: Figure
    reading: str
    rows: pd.DataFrame
    listed: Sequence[str] = ()


def listing(rows: pd.DataFrame, columns: Sequence[str]) -> str:
    """The rows as an HTML table; what stands in 【】 is marked.

    >>> "<mark>绿色</mark>" in listing(pd.DataFrame({"in_sentence": ["要突出【绿色】发展"]}), ["in_sentence"])
    True
    """
    shown = rows[[c for c in columns if c in rows]].head(_LISTED).dropna(axis="columns", how="all")
    if shown.empty:
        return "Nothing found. Choose something else, or ask for less."
    head = "".join(f"<th>{html.escape(c.replace('_', ' '))}</th>" for c in shown)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in shown.astype(object).values)
    more = f"<p>{len(rows) - len(shown)} more rows: save them to see all.</p>" if len(rows) > len(shown) else ""
    return f'{_STYLE}<div class="reading-rows"><table><tr>{head}</tr>{body}</table>{more}</div>'


def _cell(value: Any) -> str:
    text = "" if pd.isna(value) else f"{value:,.12g}" if isinstance(value, float) else str(value)
    marked = html.escape(text).replace("【", "<mark>").replace("】", "</mark>")
    return f'<td class="long">{marked}</td>' if len(text) > 12 else f"<td>{marked}</td>"


def cell(
    name: str, controls: Mapping[str, widgets.Widget], look: Callable[..., View], folder: Path | str = FOLDER
) -> widgets.VBox:
    """Display the controls with what `look(**values)` gives for them, now and after every change.

    `name` names the files that the button writes into `folder` (CSV and xlsx). The figure of the first choice is what
    a page without a kernel shows; its reading is printed beneath, so that nbval compares it.
    """
    first = look(**{k: c.value for k, c in controls.items()})
    data = png(first.figure)
    picture = widgets.Image(value=data, format="png", layout=widgets.Layout(max_width="100%"))
    picture.add_class("reading-picture")
    said, rows = widgets.HTML(html.escape(first.reading)), widgets.HTML(listing(first.rows, first.listed))
    said.add_class("reading-said")
    save = widgets.Button(description="Save these rows", icon="save", tooltip="CSV and xlsx")
    save.add_class("reading-save")
    saved = widgets.HTML()
    now = [first]

    def again(_: object) -> None:
        try:
            view = look(**{k: c.value for k, c in controls.items()})
        except Exception as e:  # an error in a callback would be lost; here it is read
            said.value = f"This choice cannot be shown ({html.escape(f'{type(e).__name__}: {e}')}). Choose another."
            return
        now[0], saved.value = view, ""
        picture.value, said.value = png(view.figure), html.escape(view.reading)
        rows.value = listing(view.rows, view.listed)

    def keep(_: object) -> None:
        saved.value = html.escape(save_rows(now[0].rows, Path(folder), name))

    for control in controls.values():
        control.observe(again, names="value")
    save.on_click(keep)
    above = widgets.HBox(list(controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
    box = widgets.VBox([above, picture, said, rows, widgets.HBox([save, saved])], **_model(name))
    display(_bundle(box, data, first), raw=True, metadata={"image/png": {"alt": first.reading}})
    print(f"{printed(first.reading)}\n(The first choice, for a page without a kernel; live, read above.)")
    return box


def save_rows(rows: pd.DataFrame, folder: Path, name: str) -> str:
    """Write the rows as CSV and xlsx; say where, or why not and what to do."""
    try:
        paths = [files.write({name: rows}, folder, form)[0] for form in ("csv", "xlsx")]
    except OSError as e:
        return f"Could not be written to {folder} ({e.strerror or e}). Give the cell another folder, e.g. folder='.'"
    return f"{len(rows)} rows written: " + " and ".join(p.as_posix() for p in paths)


def _model(name: str) -> dict[str, str]:
    """An id of the view that is the same whenever the notebook is run from the top, so that its bytes are too."""
    shell = get_ipython()
    return {"model_id": f"{name}-{shell.execution_count}"} if shell else {}


def _bundle(box: widgets.Widget, data: bytes, view: View) -> dict[str, Any]:
    model = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    return {
        "application/vnd.jupyter.widget-view+json": model,
        "image/png": b64encode(data).decode(),
        "text/plain": plain(view.figure, view.reading),
    }
