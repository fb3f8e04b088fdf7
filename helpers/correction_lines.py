"""Lines of corrections: read from `data/corrections/<doc>.csv`, found in a table that somebody edited, written back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd

from helpers import files, tables

FOLDER: Final = Path(__file__).parents[1] / "data" / "corrections"
ACTIONS: Final = ("keep", "drop", "change", "add")
CORRECTABLE: Final = ("quantities", "goals", "mentions", "actors", "statements")
COLUMNS: Final = ("table", "action", "raw_start", "raw_end", "text", "was")
EMPTY: Final = "-"  # in a cell of `change`: make it empty
ALL: Final = "*"  # in `text` of `keep`: every row of the table that no other line names
_PLACE: Final = frozenset({"start", "end", "raw_start", "raw_end", "text", "doc", "rule", "by"})
_ALLOWED: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("goals", "kind"): ("vision", "target", "task", "measure", "safeguard"),
    ("quantities", "role"): ("target", "measure", "status", "deadline", "period", "other"),
    ("mentions", "concept"): ("新发展理念", "创新", "协调", "绿色", "开放", "共享"),
    ("mentions", "kind"): ("named", "statement", "keyword", "indicator", "excluded"),
    ("actors", "kind"): ("person", "place", "organisation", "document"),
}


class CorrectionError(ValueError):
    """A line of a corrections file that cannot be understood; the message names the line and says what to change."""

    def __init__(self, source: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{source}, line {line}: {problem}. {remedy}")


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
    return parse(path.read_bytes(), path.name) if path.exists() else []


def parse(data: bytes, source: str = "corrections") -> list[Correction]:
    """Corrections from the bytes of a CSV.

    >>> rows = parse("table,action,text,deadline\\ngoals,change,森林覆盖率达到25%,2030\\n".encode())
    >>> rows[0].action, rows[0].text, dict(rows[0].fields)
    ('change', '森林覆盖率达到25%', {'deadline': '2030'})
    """
    try:
        sheet = pd.read_csv(BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as e:
        raise CorrectionError(source, 1, f"no CSV in UTF-8 ({e})", "Save it as “CSV UTF-8”") from e
    out = []
    for line, row in enumerate(sheet.to_dict("records"), start=2):
        row = {str(k).strip(): str(v).strip() for k, v in row.items()}
        if any(row.values()):
            out.append(_line(row, line, source))
    return out


def _line(row: Mapping[str, str], line: int, source: str) -> Correction:
    def wrong(problem: str, remedy: str) -> CorrectionError:
        return CorrectionError(source, line, problem, remedy)

    table, action = row.get("table", ""), row.get("action", "")
    if table not in CORRECTABLE:
        raise wrong(f"table is “{table}”", f"Write one of {', '.join(CORRECTABLE)}")
    if action not in ACTIONS:
        raise wrong(f"action is “{action}”", f"Write one of {', '.join(ACTIONS)}")
    fields = {k: v for k, v in row.items() if v and k not in {*COLUMNS, "note", *_PLACE}}
    for name, value in fields.items():
        if name not in tables.COLUMNS[table]:
            raise wrong(f"{table} has no column {name}", f"Its columns: {', '.join(tables.COLUMNS[table])}")
        if value not in _ALLOWED.get((table, name), (value,)):
            raise wrong(f"{name} is “{value}”", f"Write one of {', '.join(_ALLOWED[table, name])}")
        if tables.COLUMNS[table][name] in ("Int64", "Float64") and value != EMPTY and number(value) is None:
            raise wrong(f"{name} is “{value}”", "Write a number without unit or separators")
    ends = [number(row.get(k, "")) for k in ("raw_start", "raw_end")]
    if (ends[0] is None) != (ends[1] is None):
        raise wrong("only one of raw_start and raw_end is given", "Give both, or neither and the text alone")
    if action == "change" and not fields:
        raise wrong("nothing is to be changed", f"Fill a column of {table} with its new value, {EMPTY} to empty it")
    start, end = (None if e is None else int(e) for e in ends)
    return Correction(table, action, start, end, row.get("text", ""), row.get("was", ""), fields, line, source)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def edits(name: str, before: bytes, after: bytes) -> list[Correction]:
    """The corrections that turn one exported CSV of a table into another, the one that somebody edited.

    Rows are the same when their place is (and their `id`, of goals). A row that was moved is dropped and added; `keep`
    in the column `by` says that a row is right.

    >>> old = "doc,start,end,raw_start,raw_end,text,role\\nd,0,3,0,3,25%,status\\n".encode()
    >>> [(c.action, dict(c.fields)) for c in edits("quantities", old, old.replace(b"status", b"target"))]
    [('change', {'role': 'target'})]
    """
    old, new = ({_key(r, seen): r for r in _sheet(data)} for data, seen in ((before, {}), (after, {})))
    shared = _told_apart(list(old.values()))
    out = [_edit(name, "drop", r, was=shared.get(key, "")) for key, r in old.items() if key not in new]
    for key, r in new.items():
        if key not in old:
            out.append(
                _edit(name, "add", r, {k: v for k, v in r.items() if k not in _PLACE | {"id", "sentence"} and v})
            )
        elif changed := {k: v or EMPTY for k, v in r.items() if k not in _PLACE and not _same(old[key].get(k, ""), v)}:
            out.append(_edit(name, "change", old[key], changed, shared.get(key, "")))
        elif r.get("by") == "keep":
            out.append(_edit(name, "keep", old[key], was=shared.get(key, "")))
    return out


def _sheet(data: bytes) -> list[dict[str, str]]:
    sheet = pd.read_csv(BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return [r for r in sheet.to_dict("records") if any(r.values())]


def _key(row: Mapping[str, str], seen: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """Place of a row, with a running number where several rows have one place."""
    place = (row.get("raw_start", ""), row.get("raw_end", ""), row.get("id", "") or row.get("concept", ""))
    seen[place] = seen.get(place, -1) + 1
    return (*place, str(seen[place]))


def _told_apart(rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, ...], str]:
    """For rows that share their place: what tells each from the others; an id only where nothing else does."""
    places: dict[tuple[str, str], list[tuple[tuple[str, ...], Mapping[str, str]]]] = {}
    seen: dict[tuple[str, ...], int] = {}
    for r in rows:
        places.setdefault((r.get("raw_start", ""), r.get("raw_end", "")), []).append((_key(r, seen), r))
    out = {}
    for group in (g for g in places.values() if len(g) > 1):
        for column in ("id", "kind", "concept", "indicator"):  # the last that tells them apart is taken
            values = [r.get(column, "") for _, r in group]
            out |= {key: v for (key, _), v in zip(group, values) if v and values.count(v) == 1}
    return out


def _edit(
    name: str, action: str, row: Mapping[str, str], fields: Mapping[str, str] | None = None, was: str = ""
) -> Correction:
    ends = [number(row.get(k, "")) for k in ("raw_start", "raw_end")]
    start, end = (None if e is None else int(e) for e in ends)
    return Correction(name, action, start, end, row.get("text", ""), was, fields or {})


def _same(a: str, b: str) -> bool:
    return a == b or (number(a) is not None and number(a) == number(b))


def append(doc: str, lines: Sequence[Correction], folder: Path | str = FOLDER) -> Path:
    """Add lines to the corrections of a text, whole or not at all; give the path of the file.

    Lines with which the file already ends are not added again: a run that broke off after this is simply repeated.
    """
    path = Path(folder) / f"{doc}.csv"
    rows = (
        pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig") if path.exists() else pd.DataFrame()
    )
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
