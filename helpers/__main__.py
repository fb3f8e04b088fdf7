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
  python -m helpers reports/ --to out --format xlsx  for Excel
  python -m helpers news/ --to out --format parquet  thousands of texts, on all cores: for each table a folder of Parquet
                                                     files, which pandas, Polars and DuckDB open as one
  … --format parquet --scheduler tcp://host:8786     the same on a Dask cluster, whose workers see both folders

what is written:
  goals       visions, targets (indicator, amount, deadline), tasks, measures, safeguards, as a tree
  quantities  every amount and date with its value, unit and role
  mentions    the five concepts of the new development philosophy, said and implied; statements: concept → requirement
  terms       frequency, dispersion and keyness of words; tokens: the words in order
  actors      persons, places, organisations, documents; sections, sentences: how the text is built
  repairs     every change made to the text before it was read
  with --format parquet also: documents (one row a text, with its date and issuer) and errors (texts that failed, why)
Each row names its place in the repaired text (start, end) and in the file (raw_start, raw_end).

With --format parquet a run that was stopped, in whatever way, goes on where it was: say the same command again. Files
that have changed are read anew, others are not. DIR is kept equal to PATH…: what is gone there goes here.

exit: 0 all read; 2 some file could not be read or written: each is named on standard error, the others are done;
130 stopped by Ctrl-C.
"""
_NAMED: Final = 20  # errors that are said one by one; all of them stand in the table


def main(arguments: list[str] | None = None) -> int:
    """Run the command; give its exit status."""
    options = _parser().parse_args(arguments)
    if options.format == "parquet":
        return _many_texts(options)
    import pandas as pd  # late: --help need not wait for them
    from tqdm import tqdm

    from helpers import files, tables
    from helpers.batches import LARGEST
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


def _many_texts(options: argparse.Namespace) -> int:
    """The run over many texts; what it says and its exit status."""
    import pyarrow.parquet as pq
    from tqdm import tqdm

    from helpers import corpus

    def bar(size: int) -> tqdm:
        return tqdm(total=size, unit="B", unit_scale=True, disable=None, smoothing=0.1)

    settings = {"workers": options.workers, "scheduler": options.scheduler, "limit": options.limit}
    try:
        run = corpus.analyse(options.paths, options.to, simplify=options.simplify, bar=bar, **settings)
    except corpus.CorpusError as e:
        print(e, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What is finished is kept; the same command goes on from here.", file=sys.stderr)
        return 130
    read = run.documents - run.failed
    again = "" if run.fresh == run.batches else f" ({run.fresh} of {run.batches} batches now, the others before)"
    print(f"{_many(read, 'text')} read into {options.to}{again}; begin with the folder goals")
    failed = pq.read_table(options.to / "errors").sort_by("doc").to_pylist() if run.failed else []
    for row in failed[:_NAMED]:
        print(f"{row['path']}: {row['reason']}", file=sys.stderr)
    if len(failed) > _NAMED:
        print(f"… and {_many(len(failed) - _NAMED, 'text')} more: see {options.to / 'errors'}", file=sys.stderr)
    return 2 if failed else 0


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is no whole number of 0 or more")
    return int(text)


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
    many = parser.add_argument_group("many texts (--format parquet)")
    many.add_argument("--workers", type=_count, metavar="N", help="processes (default: as many as cores; 0: no others)")
    many.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, instead of processes of this machine")
    many.add_argument(
        "--limit", type=_count, default=300, metavar="S", help="seconds a text may take (default: 300; 0: any)"
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
    from helpers import files

    found: list[Path] = []
    problems: list[str] = []
    for path in paths:
        if path.is_dir():
            inside, others = files.texts(path)
            found += inside
            if inside and others:
                kinds = sorted({p.suffix or p.name for p in others})
                print(f"{path}: {_many(len(others), 'file')} left out: {', '.join(kinds)}")
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
