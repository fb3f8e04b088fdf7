"""An analyst puts the reading right: rows kept, dropped, changed or added by hand, and the rules scored against that.

Corrections of a text stand in `data/corrections/<doc>.csv`, one a line, and are applied after the rules in their order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from helpers import agreement, correction_checks, scoring, tables
from helpers.correction_checks import CLASSES, EMPTY, ENTITIES, Fault
from helpers.correction_lines import ALL, CORRECTABLE, Correction, CorrectionError
from helpers.document import Document
from helpers.goals import CONCEPTS
from helpers.selections import SAID

DONE: Final = "done"
BY_RULE: Final = "rule"
KEPT: Final = "rule, kept by hand"
CARRIED: Final = "rule, with the hand in "  # a row that nobody looked at, but one that it rests on
_OURS: Final = frozenset({"_origin", "_set", "by", "rule", "raw_start", "raw_end", "doc"})  # no part of a gold row
_VALUE: Final = ("low", "high", "unit", "comparator")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The tables after the corrections, with a last column `by` (`rule`, `hand: …`); what was done; what could not be.

    `found` are the rules' rows that somebody looked at and `gold` what they should be, both in raw offsets. `refused`
    are the lines, by their order, that no rule could make right: an added row without a place, a cell that contradicts
    the others. They are in the log with what was not done.
    """

    tables: Mapping[str, pd.DataFrame]
    log: pd.DataFrame
    found: Mapping[str, Sequence[scoring.Row]]
    gold: Mapping[str, Sequence[scoring.Row]]
    refused: Mapping[int, CorrectionError]


def apply(document: Document, read: Mapping[str, pd.DataFrame], lines: Iterable[Correction]) -> Corrected:
    """The reading after the corrections. Where a line finds no row, or two, the log says so and nothing is changed.

    >>> from helpers.document import from_text
    >>> d = from_text("会议强调,到2025年森林覆盖率达到25%。")
    >>> wrong = Correction("quantities", "change", text="25%", fields={"low": "26", "high": "26"})
    >>> after = apply(d, tables.of(d), [wrong]).tables["quantities"]
    >>> after.loc[after["text"] == "25%", ["low", "by"]].values.tolist()
    [[26.0, 'hand: changed low, high']]
    """
    lines = list(lines)
    wrong: dict[int, Fault] = {}
    while True:  # a line that makes the rows contradict each other is left out, the last one first
        state, dropped, failed = _tried(document, read, lines, wrong)
        faults = correction_checks.together(document, state)
        if not faults:
            break
        wrong[max(faults)] = faults[max(faults)]
    failed |= wrong
    log = []
    for i, c in enumerate(lines):
        span = _span(document, c)
        place = None if isinstance(span, Fault) else document.sentence_at(document.alignment.to_text(span[0])).id
        told = "、".join(f"{k}={v}" for k, v in c.fields.items())
        log.append((c.table, c.action, c.text, told, _told(c, failed[i]) if i in failed else DONE, place))
    log += _carry(document, read, state)
    touched = {n: [r for r in rows if looked_at(r["by"])] for n, rows in state.items()}
    before = {n: {i: r for i, r in enumerate(_records(read[n]))} for n in read}
    found = {n: [before[n][r["_origin"]] for r in [*touched[n], *dropped[n]] if r["_origin"] is not None] for n in read}
    after = {}
    for name, rows in state.items():
        table = tables.typed(name, pd.DataFrame(rows, columns=["doc", *tables.COLUMNS[name]]))
        after[name] = table.assign(by=pd.array([r["by"] for r in rows], dtype="str"))
    columns = ["table", "action", "text", "fields", "result", "sentence"]
    logged = pd.DataFrame(log, columns=columns).astype({"sentence": "Int64"})
    refused = {i: lines[i].wrong(*f) for i, f in failed.items() if i in wrong or lines[i].action == "add"}
    return Corrected(after, logged, _raw(found), _raw(touched), refused)


def _tried(
    document: Document, read: Mapping[str, pd.DataFrame], lines: Sequence[Correction], without: Collection[int]
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]], dict[int, Fault]]:
    """The rows after the lines but some; the rows dropped; what stood in the way of which line."""
    state = {name: _records(read[name]) for name in read}
    dropped: dict[str, list[dict[str, Any]]] = {name: [] for name in read}
    failed: dict[int, Fault] = {}
    for i, c in enumerate(lines):
        if i not in without and (fault := _apply_one(document, state[c.table], dropped[c.table], c, i)):
            failed[i] = fault
    return state, dropped, failed


def _told(c: Correction, fault: Fault) -> str:
    where = f" ({c.source}, line {c.line})" if c.line else ""
    return f"{fault.problem}: {fault.remedy[0].lower()}{fault.remedy[1:]}{where}"


def looked_at(by: str) -> bool:
    """Whether somebody looked at the row that says so in `by`."""
    return by != BY_RULE and not by.startswith(CARRIED)


def _carry(
    document: Document, read: Mapping[str, pd.DataFrame], state: Mapping[str, list[dict[str, Any]]]
) -> Iterator[tuple[Any, ...]]:
    """Let the goals that nobody looked at follow the amounts, dates and mentions that somebody put right.

    A goal holds the amount whose span lies in its own and whose value it had; the deadline of a date in the text if
    no other date of the text says the same; the concepts of the mentions inside it, but for those excluded.
    """
    amounts = _changes(read["quantities"], state["quantities"])
    mentions = _changes(read["mentions"], state["mentions"])
    for goal in (g for g in state["goals"] if g["by"] == BY_RULE):
        new: dict[str, Any] = {}
        source = []
        for old, now in amounts:
            if old is None:
                continue
            if _inside(old, goal) and all(goal[k] == old[k] for k in _VALUE) and goal["low"] is not None:
                new |= {k: now[k] if now else None for k in _VALUE}
            if goal["deadline"] is not None and goal["deadline"] == old["iso"]:
                same = [r for r in state["quantities"] if r["iso"] == old["iso"] and r["role"] == "deadline"]
                new |= {} if same else {"deadline": now["iso"] if now else None}
        source += ["quantities"] if new else []
        if any(_inside(r, goal) for pair in mentions for r in pair if r):
            said = {r["concept"] for r in state["mentions"] if r["kind"] != "excluded" and _inside(r, goal)}
            new["concepts"] = "·".join(c for c in CONCEPTS if c in said) or None
            source.append("mentions")
        new = {k: v for k, v in new.items() if goal[k] != v}
        if new:
            goal |= new | {"by": CARRIED + ", ".join(source)}
            told = "、".join(f"{k}={EMPTY if v is None else _shown(v)}" for k, v in new.items())
            yield "goals", "carried", goal["text"], told, DONE, document.sentence_at(goal["start"]).id


def _changes(
    read: pd.DataFrame, rows: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Rows by rule that were changed or dropped, with what became of them; rows added, with nothing before."""
    before = {r["_origin"]: r for r in _records(read)}
    after = {r["_origin"]: r for r in rows if r["_origin"] is not None}
    out = [(old, after.get(i)) for i, old in before.items() if i not in after or after[i]["by"].startswith("hand")]
    return [*out, *((None, r) for r in rows if r["_origin"] is None)]


def _inside(row: Mapping[str, Any], goal: Mapping[str, Any]) -> bool:
    return goal["start"] <= row["start"] and row["end"] <= goal["end"]


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [r | {"by": BY_RULE, "_origin": i, "_set": {}} for i, r in enumerate(rows)]


def _raw(rows: Mapping[str, Sequence[scoring.Row]]) -> dict[str, list[scoring.Row]]:
    """Rows with their raw offsets as `start` and `end`, as the scoring wants them; tables without place left out."""
    return {
        name: [{**r, "start": r["raw_start"], "end": r["raw_end"]} for r in found]
        for name, found in rows.items()
        if name in CORRECTABLE
    }


def _apply_one(
    document: Document, rows: list[dict[str, Any]], dropped: list[dict[str, Any]], c: Correction, line: int
) -> Fault | None:
    """Apply one line to the rows in place; give what stood in the way, else nothing."""
    if c.action == "keep" and c.text == ALL:
        for r in (r for r in rows if r["by"] == BY_RULE):
            r["by"] = KEPT
        return None
    span = _span(document, c)
    if isinstance(span, Fault):
        return span
    if c.action == "add":
        if document.alignment.to_text(span[0]) == document.alignment.to_text(span[1]):
            return Fault("no character of the text stands there", "Copy the place from the exported tables")
        rows.append(_new(document, rows, c, span) | {"_set": dict.fromkeys(c.fields, line)})
        rows.sort(key=lambda r: r["start"])
        return None
    here = [(scoring.overlap({"start": r["raw_start"], "end": r["raw_end"]}, _ends(span)), r) for r in rows]
    if c.was:
        here = [(s, r) for s, r in here if c.was in {_shown(r[k]) for k in tables.COLUMNS[c.table]}]
    best = max((s for s, _ in here), default=0.0)
    meant = [r for s, r in here if s == best and s >= 0.5]
    if not meant:
        return Fault("no row stands there", "The rules may have changed, or “add” is meant")
    if len(meant) > 1:
        return Fault(f"{len(meant)} rows stand there", "Put a value that only the one meant has into “was”")
    if c.action == "drop":
        rows.remove(meant[0])
        dropped.append(meant[0])
    elif c.action == "keep":
        meant[0]["by"] = KEPT
    else:
        meant[0].update({k: _value(c.table, k, v) for k, v in c.fields.items()})
        meant[0]["_set"] |= dict.fromkeys(c.fields, line)
        meant[0]["by"] = "hand: changed " + ", ".join(c.fields)
    return None


def _ends(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _span(document: Document, c: Correction) -> tuple[int, int] | Fault:
    """The raw span that a line means, or why there is none."""
    if c.raw_start is not None and c.raw_end is not None:
        inside = 0 <= c.raw_start < c.raw_end <= len(document.raw)
        if not inside:
            return Fault("raw_start and raw_end lie outside the text", "Copy them from the exported tables")
        return c.raw_start, c.raw_end
    at = document.text.find(c.text) if c.text else -1
    if at < 0:
        return Fault("the text does not stand in the document", "Copy it from the column “text”")
    if document.text.find(c.text, at + 1) >= 0:
        return Fault("the text stands in more than one place", "Give raw_start and raw_end")
    return document.raw_span(at, at + len(c.text))


def _new(document: Document, rows: Sequence[Mapping[str, Any]], c: Correction, span: tuple[int, int]) -> dict[str, Any]:
    start, end = document.alignment.to_text(span[0]), document.alignment.to_text(span[1])
    sentence = document.sentence_at(start)
    known = {"doc": document.name, "start": start, "end": end, "raw_start": span[0], "raw_end": span[1]}
    known |= {"text": document.text[start:end], "section": sentence.section, "sentence": sentence.id, "rule": "hand"}
    known["id"] = f"h{sum(str(r.get('id', '')).startswith('h') for r in rows) + 1}"
    values = {k: _value(c.table, k, v) for k, v in c.fields.items()}
    row = {k: known.get(k) for k in ("doc", *tables.COLUMNS[c.table])} | values
    return row | {"by": "hand: added", "_origin": None}


def _value(table: str, column: str, text: str) -> Any:
    if text == EMPTY:
        return None
    kind = tables.COLUMNS[table][column]
    return int(float(text)) if kind == "Int64" else float(text) if kind == "Float64" else text


def _shown(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def as_gold(corrected: Corrected, doc: str) -> dict[str, Any]:
    """What somebody looked at, in the form of `data/gold/`: with `keep` `*` for a table, the whole of it.

    `by_rule` counts the rows that nobody looked at and that are left out; 0 everywhere makes a gold standard.
    """
    left = {n: sum(not looked_at(by) for by in corrected.tables[n]["by"]) for n in CORRECTABLE}
    rows = {n: [{k: v for k, v in r.items() if k not in _OURS} for r in corrected.gold[n]] for n in CORRECTABLE}
    targets = [r for r in rows["goals"] if r["kind"] == "target" and r["indicator"]]
    concepts = [r | {"cls": CLASSES[r["kind"]]} for r in rows["mentions"]]
    entities = [r | {"type": ENTITIES[r["kind"]]} for r in rows["actors"]]
    coded = {"quantities": rows["quantities"], "targets": targets, "directives": rows["goals"]}
    return {"doc": doc, "by_rule": left, **coded, "concepts": concepts, "entities": entities}


def score(corrected: Corrected) -> pd.DataFrame:
    """How right the rules were where somebody looked, by `agreement.summary`; no row where nobody did.

    Rows that nobody kept, dropped or changed count neither for the rules nor against them.
    """
    found, gold = corrected.found, corrected.gold
    pairs = {
        "quantities": (found["quantities"], gold["quantities"]),
        "targets": tuple(
            [r for r in rows["goals"] if r["kind"] == "target" and r["indicator"]] for rows in (found, gold)
        ),
        "directives": (found["goals"], gold["goals"]),
        "said": tuple([r for r in rows["mentions"] if r["kind"] in SAID] for rows in (found, gold)),
        "implied": tuple([r for r in rows["mentions"] if r["kind"] == "indicator"] for rows in (found, gold)),
        "actors": (found["actors"], gold["actors"]),
    }
    results = {}
    for kind, (ours, theirs) in pairs.items():
        if ours or theirs:
            tally = scoring.Tally(kind)
            results[kind] = agreement.Agreement(tally, tally.add(ours, theirs))
    return agreement.summary(results) if results else pd.DataFrame()
