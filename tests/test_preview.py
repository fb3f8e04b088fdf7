"""The preview shows what GitHub would: nothing that it takes out, the picture where a widget is."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from playwright.sync_api import Browser

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
    assert "县域" in shown and "标题" in shown and "5 &lt; 6 targets" in shown and "&lt;b&gt;" in shown
    assert not [gone for gone in ("<style", "style=", "onclick", "<form", "widget-view") if gone in shown]


def test_a_widget_is_shown_as_its_picture(preview: ModuleType, page: Path) -> None:
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in preview.body(page)


def test_every_page_of_the_repository_can_be_shown(preview: ModuleType) -> None:
    pages = preview.written()
    assert len(pages) > 10 and all(len(preview.body(p)) > 200 for p in pages)


def test_every_picture_of_the_repository_stands_in_the_page(preview: ModuleType) -> None:
    """`binder.svg` stayed a link, so the page did not stand alone."""
    shown = preview.body(ROOT / "README.md")
    assert "data:image/png;base64," in shown and "data:image/svg+xml;base64," in shown
    assert not re.findall(r'src="(?!data:|https:)[^"]*"', shown)


def test_pictures_of_pages_are_taken_whole_in_both_themes(
    preview: ModuleType, chromium: Browser, tmp_path: Path, monkeypatch, capsys
) -> None:
    """The badge of README ended `make preview` after two of its pictures."""
    monkeypatch.setattr(preview, "OUT", tmp_path)
    look = preview.looks()
    pages = [preview.write(ROOT / name, look) for name in ("README.md", "README.zh.md", "notebooks/00-overview.ipynb")]
    taken = [Image.open(p).convert("L") for p in preview.pictures(chromium, pages, look)]
    assert len(taken) == 2 * len(pages) and "cannot be shown" not in capsys.readouterr().err
    assert all(picture.width == preview.WIDTH and picture.height > 1500 for picture in taken)
    light, dark = taken[: len(pages)], taken[len(pages) :]
    assert all(a.getpixel((3, 3)) > 200 and b.getpixel((3, 3)) < 60 for a, b in zip(light, dark))


def test_a_picture_that_cannot_be_shown_is_named_and_the_page_still_taken(
    preview: ModuleType, chromium: Browser, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(preview, "OUT", tmp_path)
    page = tmp_path / "a.md.html"
    page.write_text('<p>县域</p><img src="gone.svg">', encoding="utf-8")
    assert len(list(preview.pictures(chromium, [page], preview.looks()))) == 2
    assert capsys.readouterr().err.count("a.md: pictures that cannot be shown: gone.svg") == 1
