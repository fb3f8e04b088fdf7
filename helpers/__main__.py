"""Read Chinese policy texts and write what they say as tables: `python -m helpers PATH… --to DIR`."""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from helpers.decode import FORMATS

if TYPE_CHECKING:
    import pandas as pd

EPILOG = """\
texts: .txt and .md (UTF-8, UTF-16, GB18030, GBK, Big5), .html, .docx, .pdf with a text layer

examples:
  python -m helpers report.txt --to out              one text, CSV tables in out/
  python -m helpers reports/ plan.docx --to out      a folder and a file; `doc` names the file in every table
  python -m helpers reports/ --to out --format xlsx  for Excel; parquet for pandas, Polars, DuckDB

what is written:
  goals       visions, targets (indicator, amount, deadline), tasks, measures, safeguards, as a tree
  quantities  every amount and date with its value, unit and role
  mentions    the five concepts of the new development philosophy, said and implied; statements: concept → requirement
  terms       frequency, dispersion and keyness of words; tokens: the words in order
  actors      persons, places, organisations, documents; sections, sentences: how the text is built
  repairs     every change made to the text before it was read
Each row names its place in the repaired text (start, end) and in the file (raw_start, raw_end).

exit: 0 all read; 2 some file could not be read or written: each is named on standard error, the others are done.
"""


LARGEST: Final = 5_000_000  # characters; the national reports of seventy years together have two million


def main(arguments: list[str] | None = None) -> int:
    """Run the command; give its exit status."""
    options = _parser().parse_args(arguments)
    import pandas as pd  # late: --help need not wait for them
    from tqdm import tqdm

    from helpers import files, tables
    from helpers.document import DocumentError, read
    from helpers.words import Segmenter

    found, problems = _files(options.paths)
    if not _writable(options.to):
        print(f"{options.to}: cannot be written. Choose another folder with --to", file=sys.stderr)
        return 2
    segmenter = Segmenter()
    done: list[dict[str, pd.DataFrame]] = []
    for path in tqdm(found, unit="text", disable=None, leave=False):
        try:
            document = read(path, simplify=options.simplify)
            if len(document.text) > LARGEST:
                size = f"{len(document.text):,} characters, more than one document can have ({LARGEST:,})"
                raise DocumentError(path, size, "Split it into its documents")
            done.append(tables.of(document, segmenter))
        except DocumentError as e:
            problems.append(str(e))
        except Exception as e:  # one bad text must not cost the others
            fault = f"{type(e).__name__}: {e}"
            problems.append(
                f"{path}: could not be analysed ({fault}). A fault of this program: report it with the text"
            )
        else:
            tqdm.write(_summary(document.name, len(document.text), done[-1]))
    if done:
        together = {name: pd.concat([t[name] for t in done], ignore_index=True) for name in tables.COLUMNS}
        try:
            files.write(together, options.to, options.format)
            print(f"{len(together)} tables in {options.to}; begin with goals.{options.format}")
        except OSError as e:
            problems.append(f"{options.to}: {e.strerror or e}; the table being written was left as it was. Make room")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 2 if problems else 0


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m helpers", description=__doc__, epilog=EPILOG, formatter_class=raw)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a text, several, or a folder of texts")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="folder for the tables, made if missing")
    parser.add_argument(
        "--format", choices=("csv", "parquet", "xlsx"), default="csv", help="csv (default), parquet or xlsx"
    )
    parser.add_argument(
        "--simplify", action="store_true", help="convert traditional script; offsets stay those of the file"
    )
    return parser


def _summary(name: str, characters: int, t: "dict[str, pd.DataFrame]") -> str:
    targets = ((t["goals"]["kind"] == "target") & t["goals"]["indicator"].notna()).sum()
    return f"{name}: {characters:,} characters, {_many(len(t['repairs']), 'repair')}, {_many(targets, 'target')}"


def _many(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n:,} {thing}s"


def _writable(folder: Path) -> bool:
    """Whether tables can be put there, asked before the work and not after it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _files(paths: list[Path]) -> tuple[list[Path], list[str]]:
    """The files meant by `paths`, and what is wrong with them; two of one name cannot share the column `doc`."""
    found: list[Path] = []
    problems: list[str] = []
    for path in paths:
        if path.is_dir():
            every = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            inside = [p for p in every if p.suffix.lower() in FORMATS]
            found += inside
            if 0 < len(inside) < len(every):
                others = sorted({p.suffix or p.name for p in every if p.suffix.lower() not in FORMATS})
                print(f"{path}: {_many(len(every) - len(inside), 'file')} left out: {', '.join(others)}")
            if not inside:
                problems.append(f"{path}: the folder holds no text. Give one with {', '.join(FORMATS)} files")
        else:
            found.append(path)
    found = list(dict.fromkeys(found))
    stems = Counter(p.stem for p in found)
    for path in (p for p in found if stems[p.stem] > 1):
        problems.append(f"{path}: another file is also called {path.stem}. Rename one of them; both were left out")
    return [p for p in found if stems[p.stem] == 1], problems


if __name__ == "__main__":
    sys.exit(main())
