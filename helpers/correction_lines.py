"""Lines of corrections: read from `data/corrections/<doc>.csv` and written to it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd

from helpers import correction_checks, files
from helpers.correction_checks import EMPTY

_HOME: Final = Path(__file__).parents[1]
FOLDER: Final = _HOME / "data" / "corrections"
ACTIONS: Final = ("keep", "drop", "change", "add")
CORRECTABLE: Final = ("quantities", "goals", "mentions", "actors", "statements")
COLUMNS: Final = ("table", "action", "raw_start", "raw_end", "text", "was")
ALL: Final = "*"  # in `text` of `keep`: every row of the table that no other line names
PLACE: Final = frozenset({"start", "end", "raw_start", "raw_end", "text", "doc", "rule", "by"})


class CorrectionError(ValueError):
    """A line of corrections that cannot be right; the message names file and line and says what to change."""

    def __init__(self, source: str, line: int | None, problem: str, remedy: str) -> None:
        super().__init__(f"{source}{f', line {line}' if line else ''}: {problem}. {remedy}")

    def _render_traceback_(self) -> list[str]:
        """In a notebook: the message alone, for where the code stood helps nobody."""
        return [str(self)]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. `was`: a value that the row meant has now, where several rows stand at one place."""

    table: str
    action: str
    raw_start: int | None = None
    raw_end: int | None = None
    text: str = ""
    was: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    source: str = "corrections"

    def wrong(self, problem: str, remedy: str) -> CorrectionError:
        return CorrectionError(self.source, self.line, problem, remedy)


def load(doc: str, folder: Path | str = FOLDER) -> list[Correction]:
    """The corrections of the text `doc`; none where there is no file. Raises `CorrectionError` with line and remedy."""
    path = Path(folder) / f"{doc}.csv"
    known = path.relative_to(_HOME).as_posix() if path.is_relative_to(_HOME) else path.name
    return parse(path.read_bytes(), known) if path.exists() else []


def parse(data: bytes, source: str = "corrections") -> list[Correction]:
    """Corrections from the bytes of a CSV.

    >>> rows = parse("table,action,text,deadline\\ngoals,change,森林覆盖率达到25%,2030\\n".encode())
    >>> rows[0].action, rows[0].text, dict(rows[0].fields)
    ('change', '森林覆盖率达到25%', {'deadline': '2030'})
    """
    return [line_of(row, line, source) for line, row in sheet(data, source)]


def sheet(data: bytes, source: str = "corrections") -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV that a spreadsheet saved, each with its line: UTF-8, UTF-16 or (Chinese Excel) GB18030,
    separated by commas, semicolons or tabs. Raises `CorrectionError` where it is none.

    >>> sheet("table;text\\n\\ngoals;绿色\\n".encode("gb18030"))
    [(3, {'table': 'goals', 'text': '绿色'})]
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CorrectionError(source, 1, "no CSV in UTF-8", "Save it as “CSV UTF-8”")
    head = text.partition("\n")[0]
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True))
    except csv.Error as e:
        raise CorrectionError(source, 1, f"no CSV ({e})", "Save it as “CSV UTF-8”") from e
    if not lines or not any(lines[0]):
        raise CorrectionError(source, 1, "no header", "The first line names the columns")
    names = [name.strip() for name in lines[0]]
    out = []
    for line, cells in enumerate(lines[1:], start=2):
        if len(cells) > len(names) and any(cells[len(names) :]):
            problem = f"{len(cells)} cells under {len(names)} columns"
            raise CorrectionError(source, line, problem, "Quote what has commas")
        row = {k: files.plain(v.strip()) for k, v in zip(names, [*cells, *[""] * len(names)])}
        if any(row.values()):
            out.append((line, row))
    return out


def line_of(row: Mapping[str, str], line: int, source: str) -> Correction:
    """One line, whose cells are right whatever the text. Raises `CorrectionError`."""

    def wrong(problem: str, remedy: str) -> CorrectionError:
        return CorrectionError(source, line, problem, remedy)

    table, action = row.get("table", ""), row.get("action", "")
    if table not in CORRECTABLE:
        raise wrong(f"table is “{table}”", f"Write one of {', '.join(CORRECTABLE)}")
    if action not in ACTIONS:
        raise wrong(f"action is “{action}”", f"Write one of {', '.join(ACTIONS)}")
    fields = {k: v for k, v in row.items() if v and k not in {*COLUMNS, "note", *PLACE}}
    faults = [correction_checks.cell(table, k, v) for k, v in fields.items()]
    if action == "add":
        faults.append(correction_checks.missing(table, fields))
    for fault in (f for f in faults if f):
        raise wrong(*fault)
    ends: list[int | None] = []
    for name in ("raw_start", "raw_end"):
        ends.append(correction_checks.whole(row.get(name, "")))
        if ends[-1] is None and row.get(name):
            raise wrong(f"{name} is “{row[name]}”", "Write a whole number, as in the exported tables")
    if (ends[0] is None) != (ends[1] is None):
        raise wrong("only one of raw_start and raw_end is given", "Give both, or neither and the text alone")
    if action == "change" and not fields:
        raise wrong("nothing is to be changed", f"Fill a column of {table} with its new value, {EMPTY} to empty it")
    return Correction(table, action, *ends, row.get("text", ""), row.get("was", ""), fields, line, source)


def append(doc: str, lines: Sequence[Correction], folder: Path | str = FOLDER) -> Path:
    """Add lines to the corrections of a text, whole or not at all; give the path of the file.

    Lines with which the file already ends are not added again: a run that broke off after this is simply repeated.
    """
    path = Path(folder) / f"{doc}.csv"
    rows = pd.DataFrame([row for _, row in sheet(path.read_bytes(), path.name)] if path.exists() else [])
    places = [{k: "" if (v := getattr(c, k)) is None else str(v) for k in COLUMNS} for c in lines]
    new = pd.DataFrame([place | dict(c.fields) for place, c in zip(places, lines)], columns=None)
    if (
        rows.tail(len(new)).reindex(columns=new.columns, fill_value="").values.tolist()
        == new.fillna("").values.tolist()
    ):
        return path
    both = pd.concat([rows, new], ignore_index=True).fillna("")
    ordered = [*COLUMNS, *(c for c in both if c not in COLUMNS)]
    return files.write({doc: both.reindex(columns=ordered, fill_value="")}, Path(folder))[0]
