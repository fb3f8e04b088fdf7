"""Read one text into `reports/<its name>/`: `python notebooks/report.py path/to/text [folder of edited tables]`,
or `make report TEXT=… [TABLES=…]`.

Notebook 07 is run on the text by papermill. The folder then holds the executed notebook, one HTML page and all tables.
"""

import logging
import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from helpers import correction_edits, files, report_dir
from helpers.correction_lines import CorrectionError, load
from helpers.document import DocumentError, read

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "reports"
USAGE = "Which text? Say: make report TEXT=path/to/text (.txt, .md, .html, .docx or .pdf)"


def main(arguments: list[str]) -> int:
    """Make the report; give the exit status, 2 where the text or its corrections cannot be read."""
    if len(arguments) not in (1, 2) or not arguments[0].strip():
        print(USAGE, file=sys.stderr)
        return 2
    path, edited = Path(arguments[0]), (arguments[1:] or [""])[0].strip()
    try:
        document = read(path)
        name = document.name
        load(name)
        if edited:
            correction_edits.there(edited)
            report_dir.same_text(document, Path(edited))
        report_dir.same_text(document, Path(os.path.relpath(REPORTS / name / "tables")))
    except (DocumentError, CorrectionError) as e:
        print(e, file=sys.stderr)
        return 2
    folder = REPORTS / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = run(path, folder / f"{name}.ipynb", edited)
    except OSError as e:
        print(f"{folder}: {e.strerror or e}. Make room, or the folder writable, and try again", file=sys.stderr)
        return 2
    except PapermillExecutionError as e:
        if e.ename == CorrectionError.__name__:  # a cell of an edited table: the message says which, and what to do
            print(f"{e.evalue}. No change was taken over", file=sys.stderr)
            return 2
        print(f"{path}: the notebook failed in cell {e.exec_count} ({e.ename}: {e.evalue}).", file=sys.stderr)
        print("A fault of this program: report it with the text", file=sys.stderr)
        return 1
    print(f"{made.relative_to(HERE.parent)}  open it in a browser\n{folder.relative_to(HERE.parent)}/tables/  CSV")
    return 0


def run(path: Path, to: Path, edited: str = "") -> Path:
    """Execute notebook 07 on the text; give the path of the page that it wrote. `edited` is a folder of tables."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    given = {"path": _seen(path), "by_hand": True} | ({"edited": _seen(Path(edited))} if edited else {})
    with tempfile.TemporaryDirectory() as aside:  # what breaks off leaves the last report as it was
        part = Path(aside) / to.name
        papermill.execute_notebook(
            HERE / "07-your-own-text.ipynb",
            part,
            parameters=given,
            cwd=HERE,
            kernel_name="python3",
            progress_bar=sys.stderr.isatty(),
            extra_arguments=["--IPKernelApp.log_level=50"],  # what the kernel says of itself concerns no reader
        )
        executed = nbformat.read(part, as_version=4)
    for cell in executed.cells:
        if cell.cell_type == "markdown":
            cell.source = moved(cell.source)
    executed.metadata.papermill.update(output_path=to.name)  # not the place where it was made
    files.whole(to, f"{nbformat.writes(executed)}\n".encode())
    return to.with_suffix(".html")


def moved(markdown: str) -> str:
    """Links of a notebook in `notebooks/` as they must be in one that stands in `reports/<name>/`.

    >>> moved("[glossary](../data/glossary.md), [overview](00-overview.ipynb), [there](https://example.org)")
    '[glossary](../../data/glossary.md), [overview](../../notebooks/00-overview.ipynb), [there](https://example.org)'
    """
    markdown = re.sub(r"\]\((?=[\w-]+\.ipynb)", "](../../notebooks/", markdown)
    return re.sub(r"\]\(\.\./(?!\.\./)", "](../../", markdown)


def _seen(path: Path) -> str:
    """A path as the notebook sees it."""
    return Path(os.path.relpath(path.resolve(), HERE)).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
