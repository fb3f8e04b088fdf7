"""What a cell of a correction may say, and what the rows must still be together when all are applied."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from helpers import tables
from helpers.document import Document
from helpers.goals import CONCEPTS

EMPTY: Final = "-"  # in a cell of `change`: make it empty
CLASSES: Final = {"named": "A1", "statement": "A2", "keyword": "B1", "indicator": "B2", "excluded": "C1"}
ENTITIES: Final = {"person": "PERSON", "place": "PLACE", "organisation": "ORG", "document": "DOC"}
COMPARATORS: Final = ("=", ">=", ">", "<=", "<", "~", "range")
DATES: Final = frozenset({"iso", "deadline"})
ALLOWED: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("goals", "kind"): ("vision", "target", "task", "measure", "safeguard"),
    ("goals", "comparator"): COMPARATORS,
    ("goals", "concepts"): CONCEPTS,  # several of them with `_BETWEEN`
    ("quantities", "role"): ("target", "measure", "status", "deadline", "period", "other"),
    ("quantities", "comparator"): COMPARATORS,
    ("mentions", "concept"): CONCEPTS,
    ("mentions", "kind"): tuple(CLASSES),
    ("statements", "concept"): CONCEPTS,
    ("actors", "kind"): tuple(ENTITIES),
}
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {  # of `add`
    **{"goals": ("kind",), "mentions": ("concept", "kind"), "actors": ("name", "kind"), "quantities": ()},
    "statements": ("concept", "trend", "requirement"),
}
_NEVER_EMPTY: Final = frozenset({"id", "section", "sentence"})
_BETWEEN: Final = "·"
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EXACT: Final = 2**53  # beyond, a float is not every whole number


class Fault(NamedTuple):
    """What is wrong, and what to do."""

    problem: str
    remedy: str


def number(text: str) -> float | None:
    """A finite number as a table writes it, else nothing.

    >>> number("5.4E+13"), number("1_000"), number("nan"), number("1e999")
    (54000000000000.0, None, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def whole(text: str) -> int | None:
    """A whole number that is no less than 0 (12, or a spreadsheet's 12.0), else nothing."""
    value = number(text)
    return int(value) if value is not None and value.is_integer() and 0 <= value <= _EXACT else None


def dated(text: str) -> bool:
    """Whether this is an ISO year, month or day that there is, or a period from one to another.

    >>> [dated(t) for t in ("2025", "2025-06-30", "2021/2025", "2025-13-45", "2025/2021")]
    [True, True, True, False, False]
    """
    ends = text.split("/")
    size = min(map(len, ends))
    return len(ends) <= 2 and all(map(_exists, ends)) and ends[0][:size] <= ends[-1][:size]


def _exists(text: str) -> bool:
    m = _DATE.fullmatch(text)
    if m is None:
        return False
    try:
        date(*(int(part or 1) for part in m.groups()))
    except ValueError:
        return False
    return True


def cell(table: str, column: str, value: str) -> Fault | None:
    """What is wrong with the value of a cell, whatever the text.

    >>> cell("goals", "concepts", "蓝色")
    Fault(problem='concepts is “蓝色”', remedy='Write some of 新发展理念, 创新, 协调, 绿色, 开放, 共享 with · between them')
    """
    kinds, allowed = tables.COLUMNS[table], ALLOWED.get((table, column))
    if column not in kinds:
        return Fault(f"{table} has no column {column}", f"Its columns: {', '.join(kinds)}")
    said = f"{column} is “{value}”"
    if value == EMPTY:
        needed = column in (*REQUIRED[table], *_NEVER_EMPTY)
        return Fault(f"{column} is made empty", f"Every row of {table} has one: write it") if needed else None
    if allowed and not set(value.split(_BETWEEN) if column == "concepts" else [value]) <= set(allowed):
        some, how = ("some", f" with {_BETWEEN} between them") if column == "concepts" else ("one", "")
        return Fault(said, f"Write {some} of {', '.join(allowed)}{how}")
    if column in DATES and not dated(value):
        return Fault(said, "Write 2025, 2025-06 or 2025-06-30, a day that exists; format the column as text first")
    if kinds[column] == "Float64" and number(value) is None:
        return Fault(said, "Write a number without unit or separators")
    if kinds[column] == "Int64" and whole(value) is None:
        return Fault(said, "Write a whole number")
    return None


def missing(table: str, fields: Mapping[str, str]) -> Fault | None:
    """The first cell that a row to be added cannot do without."""
    for column in REQUIRED[table]:
        if not fields.get(column):
            one = f"Write one of {', '.join(ALLOWED[table, column])}" if (table, column) in ALLOWED else "Write it"
            return Fault(f"{column} is missing in a row to be added", one)
    return None


def together(document: Document, state: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[int, Fault]:
    """What the corrected rows cannot be together, by the line that made them so.

    In each row `_set` tells which line set a column last; what the rules alone say is not judged.
    """
    out: dict[int, Fault] = {}
    for rows in state.values():
        for row in (r for r in rows if r["_set"]):
            out |= {
                max(row["_set"][c] for c in columns if c in row["_set"]): f for columns, f in _in_row(document, row)
            }
    for row, fault in _in_tree(state["goals"]):
        out[max(row["_set"].get(c, -1) for c in ("id", "parent"))] = fault
    return out


def _in_row(document: Document, row: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Fault]]:
    changed, low, high = row["_set"], row.get("low"), row.get("high")
    if {"low", "high"} & {*changed} and low is not None and high is not None and low > high:
        problem = f"low {low:.15g} is more than high {high:.15g}"
        yield ("low", "high"), Fault(problem, "Correct both; they are equal where the text gives one number")
    for column, there in (("section", document.sections), ("sentence", document.sentences)):
        if column in changed and row[column] not in {one.id for one in there}:
            last = max(one.id for one in there)
            yield (column,), Fault(f"there is no {column} {row[column]}", f"Those of this text go up to {last}")


def _in_tree(goals: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Fault]]:
    """Goals whose line gave them an id that is taken, a parent that is none, or one that stands below them."""
    ids = [g["id"] for g in goals]
    above = {g["id"]: g["parent"] for g in goals}
    for g in goals:
        if "id" in g["_set"] and ids.count(g["id"]) > 1:
            yield g, Fault(f"another goal has the id {g['id']}", "Leave the id out: it is given by itself")
        if not {"id", "parent"} & {*g["_set"]} or g["parent"] is None:
            continue
        if g["parent"] not in above:
            yield g, Fault(f"parent is “{g['parent']}”, and no goal has that id", "Write the id of the goal above it")
            continue
        seen, at = {g["id"]}, g["parent"]
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at in seen:
            yield g, Fault(f"parent is “{g['parent']}”, which stands below this goal itself", "Write one above it")
