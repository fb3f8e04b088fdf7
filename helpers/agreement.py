"""How far a reading agrees with a hand-coded document: by kind of row, by field, every error in its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from helpers import views
from helpers.document import Document
from helpers.intervals import wilson
from helpers.scoring import Result, Row, Tally

_KINDS: Final = {"A1": "named", "A3": "named", "A2": "statement", "B1": "keyword", "B2": "indicator"}
_SAID: Final = frozenset({"named", "statement", "keyword"})
_ENTITIES: Final = {"PERSON": "person", "PLACE": "place", "ORG": "organisation", "DOC": "document"}
_CHECKABLE: Final = ["deadline", "low", "high", "baseline", "state"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One kind of row: its counts, and what was missed, is not in the gold, or differs in a field."""

    tally: Tally
    result: Result


def against(read: Mapping[str, pd.DataFrame], gold: Mapping[str, Any]) -> dict[str, Agreement]:
    """The tables of a document against its gold, for every kind of row that the gold codes."""
    goals = read["goals"]
    checkable = goals[goals["kind"].eq("target") & goals[_CHECKABLE].notna().any(axis=1)]
    mentions = read["mentions"]
    coded = [g | {"kind": _KINDS[g["cls"]]} for g in gold.get("concepts", ()) if g["cls"] in _KINDS]
    actors = [g | {"kind": _ENTITIES[g["type"]]} for g in gold.get("entities", ()) if g["type"] in _ENTITIES]
    pairs = {
        "quantities": (read["quantities"], gold["quantities"]),
        "targets": (checkable, gold["targets"]),
        "directives": (goals, gold.get("directives", ())),
        "said": (
            mentions[mentions["kind"].isin(_SAID)],
            [g | (g.get("keyword") or {}) for g in coded if g["kind"] in _SAID],
        ),
        "implied": (mentions[mentions["kind"] == "indicator"], [g for g in coded if g["kind"] == "indicator"]),
        "actors": (read["actors"], actors),
    }
    out = {}
    for kind, (found, wanted) in pairs.items():
        if wanted:
            tally = Tally(kind)
            out[kind] = Agreement(tally, tally.add(_rows(found), wanted))
    return out


def _rows(table: pd.DataFrame) -> list[Row]:
    """Rows of a table in raw offsets, None where nothing is stated."""
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return [r | {"start": r["raw_start"], "end": r["raw_end"]} for r in records]


def summary(agreements: Mapping[str, Agreement]) -> pd.DataFrame:
    """One row a kind: how many were coded, found and matched; precision, recall, F1, and F1 of rows all right."""
    rows = []
    for kind, a in agreements.items():
        counts, figures = a.tally.counts, a.tally.figures()
        rows.append(
            {"kind": kind, "gold": counts["gold"], "found": counts["found"], "matched": counts["matched"]}
            | {k: figures[k] for k in ("precision", "recall", "f1", "all_right_f1")}
        )
    return pd.DataFrame(rows).set_index("kind")


def fields(agreements: Mapping[str, Agreement]) -> pd.DataFrame:
    """Share of matched rows in which a field agrees: one row a kind, one column a field; of parents, F1."""
    left_out = {"precision", "recall", "f1", "all_right_f1"}
    rows = {k: {f: v for f, v in a.tally.figures().items() if f not in left_out} for k, a in agreements.items()}
    return pd.DataFrame(rows).T.dropna(how="all")


def errors(agreements: Mapping[str, Agreement], document: Document) -> pd.DataFrame:
    """Every error in its sentence: `missed`, `not coded` (ours, not the coder's) or `differs`, with what differs."""
    rows = []
    for kind, a in agreements.items():
        missed, false, differ = a.result
        rows += [(kind, "missed", _place(document, g), g.get("kind") or g.get("role") or "", "") for g in missed]
        rows += [(kind, "not coded", _place(document, p), p.get("kind") or p.get("role"), p.get("rule")) for p in false]
        for p, g, names in differ:
            told = "; ".join(f"{n}: {_told(p, n)} ≠ {_told(g, n)}" for n in names)
            rows.append((kind, "differs", _place(document, g), told, p.get("rule")))
    return pd.DataFrame(rows, columns=["table", "error", "sentence", "what", "rule"])


def _told(row: Row, name: str) -> str:
    if name == "value":
        return f"{row.get('low')}–{row.get('high')} {row.get('unit') or ''}".strip()
    return str(row.get(name))


def _place(document: Document, row: Row) -> str:
    to_text = document.alignment.to_text
    return views.context(document, to_text(row["start"]), to_text(row["end"]), 8)


def intervals(table: pd.DataFrame) -> pd.DataFrame:
    """Wilson's 95 % interval for recall, the share of coded rows that were found, from `summary`."""
    rows = {k: wilson(int(r.matched), int(r.gold)) for k, r in table.iterrows()}
    return pd.DataFrame({k: {"recall": w.share, "low": w.low, "high": w.high} for k, w in rows.items()}).T
