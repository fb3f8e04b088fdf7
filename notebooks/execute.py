"""Execute notebooks in place: `python notebooks/execute.py [--only-tidy] [NOTEBOOK…]` (all of this folder by default).

A notebook is replaced only when every cell ran without an error or a warning, and is written in its normal form, so
that a run on another day, machine or Python gives the same bytes. The figure of the cell tagged `picture` goes to
`pictures/`, for the README. With `--only-tidy` nothing is executed: notebooks that an editor saved are put into the
normal form, and the exit status says whether one was not in it.
"""

import argparse
import base64
import os
import sys
from pathlib import Path
from typing import Any, Final

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tqdm import tqdm

HERE = Path(__file__).resolve().parent
METADATA: Final[dict[str, Any]] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def execute(path: Path) -> nbformat.NotebookNode:
    """The notebook of `path`, executed afresh in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors only: the kernel's warnings concern no reader
    )
    client.execute()
    return notebook


def normal(notebook: nbformat.NotebookNode) -> bytes:
    """The notebook as it is committed: of the metadata the tags alone, no time, no version of the machine's Python."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        cell.metadata = {"tags": sorted(cell.metadata["tags"])} if cell.metadata.get("tags") else {}
    return nbformat.writes(notebook).encode() + b"\n"


def tidy(path: Path) -> bool:
    """Put the notebook of `path` into its normal form; say whether it was not in it."""
    before = path.read_bytes()
    after = normal(nbformat.reads(before.decode(), as_version=4))
    if before != after:
        replace(path, after)
        print(f"{path.name}: put into its normal form")
    return before != after


def warnings_of(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells wrote to standard error."""
    return [o.text for c in notebook.cells for o in c.get("outputs", ()) if o.get("name") == "stderr"]


def picture_of(notebook: nbformat.NotebookNode) -> bytes | None:
    """The PNG of the cell tagged `picture`."""
    for cell in notebook.cells:
        if "picture" in cell.metadata.get("tags", ()):
            return next(
                (base64.b64decode(o.data["image/png"]) for o in cell.outputs if "image/png" in o.get("data", {})),
                None,
            )
    return None


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step."""
    part = path.with_suffix(".part")
    part.write_bytes(data)
    os.replace(part, path)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Execute notebooks in place, or put them into their normal form")
    parser.add_argument("notebook", nargs="*", type=Path, help="default: all of this folder")
    parser.add_argument(
        "--only-tidy",
        action="store_true",
        help="execute nothing; 1 where one was not in normal form",
    )
    options = parser.parse_args(arguments)
    paths = [p.resolve() for p in options.notebook] or sorted(HERE.glob("*.ipynb"))
    return int(any([tidy(p) for p in paths])) if options.only_tidy else run(paths)


def run(paths: list[Path]) -> int:
    failed = 0
    for path in tqdm(paths, unit="notebook", disable=None):
        try:
            notebook = execute(path)
        except CellExecutionError as e:
            failed += 1
            print(f"{path.name}: a cell failed, the file is left as it was.\n{e}", file=sys.stderr)
            continue
        if noise := warnings_of(notebook):
            failed += 1
            print(
                f"{path.name}: a cell warned, the file is left as it was.\n{''.join(noise)}",
                file=sys.stderr,
            )
            continue
        replace(path, normal(notebook))
        if picture := picture_of(notebook):
            replace(path.parent / "pictures" / f"{path.stem}.png", picture)
        print(f"{path.name}: executed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
