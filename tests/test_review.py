"""Differences that can be reviewed: what is committed is in its normal form, and a run gives the same bytes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXECUTE = [sys.executable, str(ROOT / "notebooks" / "execute.py")]
CELLS = ["--config", "notebooks/cells.toml", "notebooks"]
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


@pytest.mark.parametrize("what", [["check"], ["format", "--check"], ["check", *CELLS], ["format", "--check", *CELLS]])
def test_code_and_cells_are_as_ruff_wants_them(what: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *what, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"make tidy mends most of it:\n{done.stdout}{done.stderr}"
    assert "No Python files found" not in done.stderr


@each_notebook
def test_a_notebook_is_committed_in_its_normal_form(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    done = subprocess.run([*EXECUTE, "--only-tidy", str(copy)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{path.name} is not in its normal form: make tidy. {done.stderr}"
    ids = [c.id for c in nbformat.read(path, as_version=4).cells]
    assert len(set(ids)) == len(ids)


def test_what_an_editor_adds_is_taken_out_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "edited.ipynb"
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    notebook.metadata["widgets"] = {"state": {}}
    notebook.metadata["language_info"]["version"] = "3.99.1"
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "2031-01-01T00:00:00Z"}
    notebook.cells[1].metadata["collapsed"] = True
    nbformat.write(notebook, path)
    assert subprocess.run([*EXECUTE, "--only-tidy", str(path)], check=False).returncode == 1
    assert path.read_bytes() == NOTEBOOKS[0].read_bytes()


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "COLUMNS": "40"},
        {"TZ": "America/Lima", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "8", "OMP_NUM_THREADS": "1"},
    ],
    ids=["Shanghai", "Lima"],
)
def test_a_run_elsewhere_gives_the_same_bytes(tmp_path: Path, elsewhere: dict[str, str]) -> None:
    """Another time zone, language, order of hashing, home; another day and other Pythons: CONTRIBUTING.md says how."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    folder = tmp_path / "notebooks"
    (folder / "pictures").mkdir(parents=True)
    name = "00-overview"
    for file in (f"{name}.ipynb", "execute.py"):
        shutil.copy(ROOT / "notebooks" / file, folder / file)
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "MPLCONFIGDIR": str(tmp_path / "mpl")}
    done = subprocess.run(
        [sys.executable, str(folder / "execute.py"), str(folder / f"{name}.ipynb")],
        env=os.environ | home | elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for file in (f"{name}.ipynb", f"pictures/{name}.png"):
        assert (folder / file).read_bytes() == (ROOT / "notebooks" / file).read_bytes(), file


def test_no_reading_depends_on_the_clock_or_the_machine() -> None:
    clock = re.compile(r"\b(?:today|utcnow|now|perf_counter|monotonic|gethostname|getuser|uname)\(|\btime\.time\(")
    code = {p.name: p.read_text(encoding="utf-8") for p in sorted((ROOT / "helpers").glob("*.py"))}
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        code[path.name] = "\n".join(c.source for c in cells if c.cell_type == "code")
    code.pop("corpus.py", None)  # its clock stops a text that takes too long
    assert not {name: m.group() for name, text in code.items() if (m := clock.search(text))}


def test_the_hooks_work_offline_and_do_what_is_tested_here() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    entries = [hook["entry"] for hook in hooks[0]["hooks"]]
    assert all(e.startswith(".venv/bin/") for e in entries)
    told = "\n".join(entries)
    for part in ("ruff check --fix --force", "ruff format --force", "ruff check --fix --config notebooks/cells.toml"):
        assert part in told
    assert "ruff format --config notebooks/cells.toml" in told and "execute.py --only-tidy" in told


def test_git_is_told_to_compare_notebooks_by_cell() -> None:
    done = subprocess.run(
        ["git", "check-attr", "diff", "merge", "--", "notebooks/00-overview.ipynb"],
        cwd=ROOT,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("not a git clone")
    assert done.stdout.count(b"jupyternotebook") == 2


def test_the_tables_of_the_seed_are_those_that_are_committed(tmp_path: Path) -> None:
    seed = "seeds/henan-county-economy-2020.txt"
    subprocess.run([sys.executable, "-m", "helpers", seed, "--to", str(tmp_path)], cwd=ROOT, check=True)
    committed = sorted((ROOT / "data" / "tables").glob("*.csv"))
    assert len(committed) == 10
    for path in committed:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), f"{path.name} is stale: make run"
