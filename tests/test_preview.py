"""The preview shows what GitHub would: nothing that it takes out, the picture where a widget is."""

import importlib.util
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def preview() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebook_preview", ROOT / "notebooks" / "preview.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def page(tmp_path: Path) -> Path:
    widget = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "a"},
        "image/png": "iVBORw0KGgo=",
        "text/plain": "x",
    }
    styled = {"text/html": '<style>td {color: red}</style><td style="color: red" onclick="go()">县域</td>'}
    outputs = [new_output("display_data", data=widget), new_output("display_data", data=styled)]
    outputs.append(new_output("stream", name="stdout", text="5 < 6 targets"))
    cells = [new_markdown_cell("# 标题\n\n<form>no</form>"), new_code_cell("x = '<b>'", outputs=outputs)]
    nbformat.write(new_notebook(cells=cells), tmp_path / "a.ipynb")
    return tmp_path / "a.ipynb"


def test_what_github_takes_out_is_not_there(preview: ModuleType, page: Path) -> None:
    shown = preview.body(page)
    assert "县域" in shown and "标题" in shown and "5 &lt; 6 targets" in shown and "x = '&lt;b&gt;'" in shown
    assert not [gone for gone in ("<style", "style=", "onclick", "<form", "widget-view") if gone in shown]


def test_a_widget_is_shown_as_its_picture(preview: ModuleType, page: Path) -> None:
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in preview.body(page)


def test_every_page_of_the_repository_can_be_shown(preview: ModuleType) -> None:
    pages = preview.written()
    assert len(pages) > 10 and all(len(preview.body(p)) > 200 for p in pages)
