"""What somebody changed in an exported table, as lines of corrections; what a spreadsheet did to it is left out."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from helpers import files
from helpers.correction_checks import DATES, EMPTY, number
from helpers.correction_lines import COLUMNS, CORRECTABLE, PLACE, Correction, CorrectionError, line_of, sheet

AS_WRITTEN: Final = ".as-written"  # beside the tables of a report: what stood in them before anybody changed them
_Row = Mapping[str, str]
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def of_folder(folder: Path | str, doc: str, read: Mapping[str, pd.DataFrame]) -> list[Correction]:
    """The corrections of the text `doc` in a folder of exported CSVs: all tables that can be corrected, in one go.

    The tables are compared with what the folder says that it held (`.as-written`, in a report), else with `read`, the
    tables by rule. Rows of other texts are left alone. Raises `CorrectionError` with file, line and remedy.
    """
    folder, out = Path(folder), []
    for name in there(folder):
        kept = folder / AS_WRITTEN / f"{name}.csv"
        before = kept.read_bytes() if kept.exists() else files.FORMATS["csv"](read[name])
        after = (folder / f"{name}.csv").read_bytes()
        out += edits(name, before, after, doc) if before != after else []
    return out


def there(folder: Path | str) -> list[str]:
    """The tables that can be corrected in a folder. Raises `CorrectionError` where there is none."""
    found = [name for name in CORRECTABLE if (Path(folder) / f"{name}.csv").exists()]
    if not found:
        wanted = ", ".join(f"{name}.csv" for name in CORRECTABLE)
        raise CorrectionError(str(folder), None, "no table that can be corrected", f"Name a folder that holds {wanted}")
    return found


def edits(name: str, before: bytes, after: bytes, doc: str = "") -> list[Correction]:
    """The corrections that turn one exported CSV of a table into another, the one that somebody edited.

    Rows are the same when their place is. A row that was moved is dropped and added; `keep` in the column `by` says
    that a row is right. Raises `CorrectionError` where a cell cannot be right.

    >>> old = "doc,start,end,raw_start,raw_end,text,role\\nd,0,3,0,3,25%,status\\n".encode()
    >>> [(c.action, dict(c.fields)) for c in edits("quantities", old, old.replace(b"status", b"target"))]
    [('change', {'role': 'target'})]
    """
    source = f"{name}.csv"
    old, new = (
        [(n, r) for n, r in sheet(data, source) if not doc or r.get("doc", "") in (doc, "")] for data in (before, after)
    )
    if new and "raw_start" not in new[0][1]:
        raise CorrectionError(source, 1, "no column raw_start", "Leave the header and the columns as they were")
    pairs = _paired([r for _, r in old], [r for _, r in new])
    gone = [i for i in range(len(old)) if i not in pairs]
    if len(gone) > 10 and len(gone) * 2 > len(old):
        problem = f"{len(gone)} of {len(old)} rows are gone"
        raise CorrectionError(source, 1, problem, "Is it this text, read by these rules? Rows that are wrong: by line")
    told = _told_apart([r for _, r in old])
    out = [_edit(name, "drop", old[i][1], told[i]) for i in gone]
    back = {j: i for i, j in pairs.items()}
    for j, (line, row) in enumerate(new):
        if j not in back:
            fields = {k: v for k, v in row.items() if k not in PLACE | {"id", "sentence"} and v}
            out.append(_edit(name, "add", row, "", fields, line))
            continue
        i = back[j]
        was = old[i][1]
        changed = {k: v for k, v in row.items() if k not in PLACE | {"id"} and not same(was.get(k, ""), v)}
        if any("??" in v and _HAN.search(was.get(k, "")) for k, v in changed.items()):
            raise CorrectionError(source, line, "its Chinese letters are lost", "Save the original as “CSV UTF-8”")
        if changed:
            out.append(_edit(name, "change", was, told[i], {k: v or EMPTY for k, v in changed.items()}, line))
        elif row.get("by") == "keep":
            out.append(_edit(name, "keep", was, told[i], line=line))
    return out


def _paired(old: Sequence[_Row], new: Sequence[_Row]) -> dict[int, int]:
    """Which row of the one is which of the other: the same place; where several share it, the same id or concept, then
    their order (a spreadsheet reads the id 2.10 as 2.1)."""
    places: dict[tuple[float | None, float | None], tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((old, new)):
        for i, r in enumerate(rows):
            if r.get("raw_start", ""):
                place = (number(r["raw_start"]), number(r.get("raw_end", "")))
                places.setdefault(place, ([], []))[side].append(i)
    out: dict[int, int] = {}
    for before, after in places.values():
        for by in ("id", "concept", ""):
            for i in [i for i in before if i not in out and (not by or old[i].get(by))]:
                free = [j for j in after if not by or old[i].get(by) == new[j].get(by)]
                if free:
                    out[i] = free[0]
                    after.remove(free[0])
    return out


def _told_apart(rows: Sequence[_Row]) -> list[str]:
    """What tells a row from the others at its place; an id only where nothing else does, nothing where it is alone."""
    places: dict[tuple[str, str], list[int]] = {}
    for i, r in enumerate(rows):
        places.setdefault((r.get("raw_start", ""), r.get("raw_end", "")), []).append(i)
    out = [""] * len(rows)
    for group in (g for g in places.values() if len(g) > 1):
        for column in ("id", "kind", "concept", "indicator"):  # the last that tells them apart is taken
            values = [rows[i].get(column, "") for i in group]
            for i, v in zip(group, values):
                out[i] = v if v and values.count(v) == 1 else out[i]
    return out


def _edit(
    name: str, action: str, row: _Row, was: str = "", fields: Mapping[str, str] | None = None, line: int = 0
) -> Correction:
    """A checked line; `line` is that of the edited table."""
    fields = {k: _iso(v) if k in DATES else v for k, v in (fields or {}).items()}
    cells = {k: row.get(k, "") for k in COLUMNS} | {"table": name, "action": action, "was": was}
    return line_of(cells | fields, line, f"{name}.csv")


def same(a: str, b: str) -> bool:
    """Whether a cell still says what it said, for all that a spreadsheet does to numbers and dates.

    >>> same("54123400000000", "5.41234E+13"), same("2025-06", "Jun-25"), same("6.5", "6.6")
    (True, True, False)
    """
    if a == b or a == _iso(b):
        return True
    x, y = number(a), number(b)
    if x is None or y is None:
        return False
    shown = re.fullmatch(r"-?\d(?:\.(\d+))?[eE][+-]?\d+", b)
    return x == y or bool(shown and f"{x:.{len(shown[1] or '')}e}" == f"{y:.{len(shown[1] or '')}e}")


def _iso(cell: str) -> str:
    """A date as the tables have it, out of what a spreadsheet made of it: 2025/6/30, Jun-25; else the cell itself."""
    if m := re.fullmatch(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", cell):
        return "-".join([m[1], *(f"{int(part):02}" for part in m.groups()[1:] if part)])
    if (m := re.fullmatch(r"([A-Za-z]{3})-(\d\d)", cell)) and m[1].lower() in _MONTHS:
        return f"20{m[2]}-{_MONTHS.index(m[1].lower()) + 1:02}"
    return cell
