"""Read Chinese policy texts and write what they say as tables: `python -m helpers PATH… --to DIR`."""

import argparse
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from helpers import files, tables
from helpers.document import DocumentError, read
from helpers.words import Segmenter

EPILOG = """\
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


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m helpers",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a text, several, or a folder of texts")
    parser.add_argument(
        "--to", required=True, type=Path, metavar="DIR", help="folder for the tables; made where it is missing"
    )
    parser.add_argument("--format", choices=sorted(files.FORMATS), default="csv", help="csv (default), parquet or xlsx")
    options = parser.parse_args(arguments)

    found, problems = _files(options.paths)
    segmenter = Segmenter()
    read_all: list[dict[str, pd.DataFrame]] = []
    for path in tqdm(found, unit="text", disable=None, leave=False):
        try:
            document = read(path)
        except DocumentError as e:
            problems.append(str(e))
            continue
        read_all.append(tables.of(document, segmenter))
        with tqdm.external_write_mode(sys.stdout):
            print(_summary(document.name, len(document.text), read_all[-1]))
    if read_all:
        together = {name: pd.concat([t[name] for t in read_all], ignore_index=True) for name in tables.COLUMNS}
        try:
            files.write(together, options.to, options.format)
        except OSError as e:
            problems.append(
                f"{options.to}: the tables could not be written: {e.strerror}. Choose another folder with --to"
            )
    for problem in problems:
        print(problem, file=sys.stderr)
    return 2 if problems else 0


def _summary(name: str, characters: int, t: dict[str, pd.DataFrame]) -> str:
    targets = (t["goals"]["kind"] == "target").sum()
    return f"{name}: {characters:,} characters, {len(t['repairs'])} repairs, {targets} targets"


def _files(paths: list[Path]) -> tuple[list[Path], list[str]]:
    """The files meant by `paths`, and what is wrong with them; two of one name cannot share the column `doc`."""
    found: list[Path] = []
    problems: list[str] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            found += inside
            if not inside:
                problems.append(f"{path}: the folder holds no file. Give a folder of texts")
        else:
            found.append(path)
    stems = Counter(p.stem for p in found)
    for path in [p for p in found if stems[p.stem] > 1]:
        problems.append(f"{path}: another file is also called {path.stem}. Rename one of them; both were left out")
    return [p for p in found if stems[p.stem] == 1], problems


if __name__ == "__main__":
    sys.exit(main())
