"""Notebooks as a reviewer meets them. nbval compares their outputs, test_lint.py what GitHub shows of them."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
READ = {path: nbformat.read(path, as_version=4) for path in NOTEBOOKS}
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def test_the_first_five_notebooks_are_there() -> None:
    assert {p.stem[:2] for p in NOTEBOOKS} >= {"00", "01", "02", "03", "04"}


@each_notebook
def test_opens_and_closes_as_every_notebook_does(path: Path) -> None:
    cells = READ[path].cells
    for part in ("**Question.**", "**In.**", "**Out.**", "**Time.**"):
        assert part in cells[0].source
    assert cells[-1].cell_type == "markdown" and cells[-1].source.startswith("## What was found")
    assert re.search(r"\]\(\d\d-[a-z-]+\.ipynb\)", cells[-1].source)


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
