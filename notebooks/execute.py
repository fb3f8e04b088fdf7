"""Execute notebooks in place: `python notebooks/execute.py [NOTEBOOK…]` (all of this folder by default).

A notebook is replaced only when every cell ran without an error or a warning, and is written so that a second run
gives the same bytes: no timings, no version of the machine's Python. The figure of the cell tagged `picture` goes to
`pictures/`, for the README.
"""

import base64
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tqdm import tqdm

HERE = Path(__file__).resolve().parent


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
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def warnings_of(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells wrote to standard error."""
    return [o.text for c in notebook.cells for o in c.get("outputs", ()) if o.get("name") == "stderr"]


def picture_of(notebook: nbformat.NotebookNode) -> bytes | None:
    """The PNG of the cell tagged `picture`."""
    for cell in notebook.cells:
        if "picture" in cell.metadata.get("tags", ()):
            return next(
                (base64.b64decode(o.data["image/png"]) for o in cell.outputs if "image/png" in o.get("data", {})), None
            )
    return None


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step."""
    part = path.with_suffix(".part")
    part.write_bytes(data)
    os.replace(part, path)


def main(paths: list[Path]) -> int:
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
            print(f"{path.name}: a cell warned, the file is left as it was.\n{''.join(noise)}", file=sys.stderr)
            continue
        replace(path, nbformat.writes(notebook).encode() + b"\n")
        if picture := picture_of(notebook):
            replace(path.parent / "pictures" / f"{path.stem}.png", picture)
        print(f"{path.name}: executed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([Path(p).resolve() for p in sys.argv[1:]] or sorted(HERE.glob("*.ipynb"))))
