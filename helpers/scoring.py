"""How extracted rows are measured against hand-coded ones: matching, agreement of fields, parents.

Rows are maps with `start` and `end` in the raw file and the fields of their table.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]
_SAME_UNIT: Final = {"％": "%", "百分点": "个百分点", "元人民币": "元"}
_FLOOR: Final = 0.5  # least likeness at which two rows are the same


def overlap(a: Row, b: Row) -> float:
    """Intersection over union of two spans.

    >>> overlap({"start": 0, "end": 4}, {"start": 2, "end": 4})
    0.5
    """
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if shared > 0 else 0.0


def alike(a: str | None, b: str | None) -> float:
    """Characters that two short strings share, order ignored, as F1.

    >>> alike("居民收入", "收入增幅")
    0.5
    """
    if not a or not b:
        return 0.0
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))


def target_likeness(p: Row, g: Row) -> float:
    """Targets that share a head or a value differ in length by coder: they match also on what they measure."""
    span = overlap(p, g)
    inside = (p["start"] <= g["start"] and g["end"] <= p["end"]) or (g["start"] <= p["start"] and p["end"] <= g["end"])
    about = alike(p.get("indicator") or p["text"], g["indicator"])
    return max(span, 0.3 + 0.7 * about * (0.5 + 0.5 * span) if inside or about >= 0.6 else 0.0)


def concept_likeness(p: Row, g: Row) -> float:
    """Mentions are the same when they speak of one concept at overlapping places, however wide a coder marked them."""
    return 0.5 + 0.5 * overlap(p, g) if p["concept"] == g["concept"] and overlap(p, g) else 0.0


def pair(
    found: Sequence[Row], gold: Sequence[Row], likeness: Callable[[Row, Row], float] = overlap
) -> list[tuple[int, int]]:
    """One-to-one pairs of rows that overlap, the likest first."""
    candidates = sorted(
        (-likeness(p, g), i, j)
        for i, p in enumerate(found)
        for j, g in enumerate(gold)
        if min(p["end"], g["end"]) > max(p["start"], g["start"])
    )
    left, right, out = set(), set(), []
    for score, i, j in candidates:
        if -score >= _FLOOR and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def f1(hits: int, found: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision = hits / found if found else float(gold == 0)
    recall = hits / gold if gold else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def same_number(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def same_value(p: Row, g: Row) -> bool:
    """Low, high and unit agree, or else the ISO date."""
    unit_p, unit_g = (_SAME_UNIT.get(u, u) for u in (p.get("unit"), g.get("unit")))
    if same_number(p.get("low"), g.get("low")) and same_number(p.get("high"), g.get("high")) and unit_p == unit_g:
        return True
    return bool(g.get("iso")) and p.get("iso") == g["iso"]


_FIELDS: Final[Mapping[str, Mapping[str, Callable[[Row, Row], bool]]]] = {
    "quantities": {
        "value": same_value,
        "comparator": lambda p, g: (p.get("comparator") or "=") == (g["comparator"] or "="),
        "role": lambda p, g: p.get("role") == g["role"],
    },
    "targets": {
        "value": lambda p, g: same_value({**p, "iso": None}, {**g, "iso": None}),
        "comparator": lambda p, g: p.get("comparator") == g["comparator"],
        "deadline": lambda p, g: p.get("deadline") == g["deadline"],
        "indicator": lambda p, g: alike(p.get("indicator"), g["indicator"]) >= 0.6,
    },
    "directives": {"kind": lambda p, g: p["kind"] == g["kind"]},
    "said": {"kind": lambda p, g: p["kind"] == g["kind"]},
    "implied": {},
    "actors": {"kind": lambda p, g: p["kind"] == g["kind"]},
}
_ALL_RIGHT: Final = {
    "quantities": ("value", "role"),
    "targets": ("value", "deadline", "indicator"),
    "directives": ("kind",),
    "said": ("kind",),
    "implied": (),
    "actors": ("kind",),
}
_LIKENESS: Final = {"targets": target_likeness, "said": concept_likeness, "implied": concept_likeness}
Result = tuple[list[Row], list[Row], list[tuple[Row, Row, list[str]]]]  # missed, not in the gold, pairs that differ


class Tally:
    """Counts for one kind of row, to be added over documents."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.counts: Counter[str] = Counter()

    def add(self, found: Sequence[Row], gold: Sequence[Row]) -> Result:
        """Score one document; gives what was missed, what is not in the gold, and pairs with the fields that differ."""
        pairs = pair(found, gold, _LIKENESS.get(self.kind, overlap))
        self.counts.update(found=len(found), gold=len(gold), matched=len(pairs), all_right=0)
        differ = []
        for i, j in pairs:
            right = {name for name, same in _FIELDS[self.kind].items() if same(found[i], gold[j])}
            self.counts.update(right)
            self.counts["all_right"] += right.issuperset(_ALL_RIGHT[self.kind])
            if len(right) < len(_FIELDS[self.kind]):
                differ.append((found[i], gold[j], sorted(_FIELDS[self.kind].keys() - right)))
        if self.kind == "directives":
            self._parents(found, gold, pairs)
        seen_p, seen_g = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [g for j, g in enumerate(gold) if j not in seen_g]
        false = [p for i, p in enumerate(found) if i not in seen_p]
        return missed, false, differ

    def _parents(self, found: Sequence[Row], gold: Sequence[Row], pairs: Iterable[tuple[int, int]]) -> None:
        """Edges among the nodes that were matched."""
        ours = {gold[j]["id"]: found[i]["id"] for i, j in pairs}
        known = set(ours.values())
        want = {
            (ours[g["id"]], ours.get(g["parent"]))
            for g in gold
            if g["id"] in ours and (g["parent"] is None or g["parent"] in ours)
        }
        have = {
            (p["id"], p["parent"]) for p in found if p["id"] in known and (p["parent"] is None or p["parent"] in known)
        }
        self.counts.update(edges=len(want & have), edges_found=len(have), edges_gold=len(want))

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, the share of matched rows with each field right, and the F1 of rows all right."""
        c = self.counts
        out = dict(zip(("precision", "recall", "f1"), f1(c["matched"], c["found"], c["gold"]), strict=True))
        out |= {name: c[name] / c["matched"] if c["matched"] else 0.0 for name in _FIELDS[self.kind]}
        out["all_right_f1"] = f1(c["all_right"], c["found"], c["gold"])[2]
        if self.kind == "directives":
            out["parent_f1"] = f1(c["edges"], c["edges_found"], c["edges_gold"])[2]
        return out
