"""Notebooks as a reviewer meets them. nbval compares their outputs; here stands what nbval does not see."""

import base64
import io
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
READ = {path: nbformat.read(path, as_version=4) for path in NOTEBOOKS}
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [c for c in READ[path].cells if c.cell_type == "code" and c.source.strip()]


def outputs(path: Path) -> list[nbformat.NotebookNode]:
    return [o for c in code_cells(path) for o in c.outputs]


def figures(notebook: nbformat.NotebookNode) -> list[np.ndarray]:
    data = [
        o.data["image/png"] for c in notebook.cells for o in c.get("outputs", ()) if "image/png" in o.get("data", {})
    ]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA"), dtype=int) for png in data]


def test_the_first_five_notebooks_are_there() -> None:
    assert {p.stem[:2] for p in NOTEBOOKS} >= {"00", "01", "02", "03", "04"}


@each_notebook
def test_was_executed_from_top_to_bottom_without_error_or_warning(path: Path) -> None:
    counts = [c.execution_count for c in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))
    assert not [o for o in outputs(path) if o.output_type == "error" or o.get("name") == "stderr"]


@each_notebook
def test_names_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|work|tmp|Users)/|[A-Z]:\\\\", text)


@each_notebook
def test_is_small_enough_for_the_viewer(path: Path) -> None:
    assert path.stat().st_size < 500_000


@each_notebook
def test_opens_and_closes_as_every_notebook_does(path: Path) -> None:
    cells = READ[path].cells
    for part in ("**Question.**", "**In.**", "**Out.**", "**Time.**"):
        assert part in cells[0].source
    assert cells[-1].cell_type == "markdown" and cells[-1].source.startswith("## What was found")
    assert re.search(r"\]\(\d\d-[a-z-]+\.ipynb\)", cells[-1].source)


@each_notebook
def test_every_figure_is_opaque_has_alternative_text_and_its_reading_is_printed_beneath(path: Path) -> None:
    for cell in code_cells(path):
        for i, output in enumerate(cell.outputs):
            if "image/png" in output.get("data", {}):
                alt = output.metadata["image/png"]["alt"]
                assert cell.outputs[i + 1].text.startswith(alt) and len(alt) > 30
    for image in figures(READ[path]):
        assert (image[..., 3] == 255).all()


@each_notebook
def test_links_to_other_files_lead_somewhere(path: Path) -> None:
    for cell in READ[path].cells:
        text = (
            cell.source
            if cell.cell_type == "markdown"
            else "".join(str(o.get("data", {}).get("text/markdown", "")) for o in cell.outputs)
        )
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (path.parent / target).exists(), target


CHART = """
import matplotlib.pyplot as plt
from helpers import style
ax = plt.figure().subplots()
ax.bar([1, 2], [{}, 2])
style.show(ax, "Two bars, of which the second is the taller one by far.")
"""


def test_nbval_sees_a_chart_that_is_drawn_otherwise(tmp_path: Path) -> None:
    """nbval alone does not compare pictures: a chart with its bars negated would pass."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CHART.format(1))])
    NotebookClient(notebook).execute()
    (tmp_path / "conftest.py").write_bytes((ROOT / "notebooks" / "conftest.py").read_bytes())
    nbformat.write(notebook, tmp_path / "same.ipynb")
    notebook.cells[0].source = CHART.format(-1)
    nbformat.write(notebook, tmp_path / "other.ipynb")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed" in result.stdout and "other.ipynb" in result.stdout, result.stdout
