"""Goals: the directive tree of a text (vision, task, measure, safeguard) and its targets, as rows in text order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pandas as pd

from helpers import directives, targets
from helpers.directives import Node
from helpers.document import Document
from helpers.indicators import Target

CONCEPTS: Final = ("新发展理念", "创新", "协调", "绿色", "开放", "共享")


class Goal(NamedTuple):
    """One node of the directive tree; a row of kind `target` also says what is measured, how much and by when."""

    id: str
    parent: str | None
    kind: str
    section: int
    start: int
    end: int
    indicator: str | None
    low: float | None
    high: float | None
    unit: str | None
    comparator: str | None
    baseline: str | None
    state: str | None
    deadline: str | None
    scope: str | None
    strength: str | None
    concepts: str | None
    rule: str


_NONE: Final = Target(0, 0, 0, "")
_NOTHING_SAID: Final = (None,) * 10
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_OUTPUT: Final = re.compile(
    r"(?P<measure>国内生产总值|国民生产总值|地区生产总值|国民收入|工农业总产值|社会总产值|工业总产值|农业总产值|生产总值|GDP|经济|国民经济)"
    r"[^占]{0,16}(?:增长|增速|增幅|速度)"
)
_PROSPECTIVE: Final = re.compile(r"[将要拟]|计划|安排|目标|预期|力争|左右|以上|以内")
_PER_UNIT: Final = re.compile(r"单位|能耗|占|比重|人均")


def find(document: Document, quantities: Iterable[Any], mentions: Iterable[Any] = ()) -> list[Goal]:
    """The goals of a document: its directive tree with the targets in it, a parent before its children, siblings in
    text order. `quantities` and `mentions` are the rows of `quantities.find` and `themes.code`.

    >>> from helpers import document, quantities
    >>> d = document.from_text("全省工作会议召开\\n会议强调,要突出绿色发展,到2025年森林覆盖率达到25%。", "news-2020")
    >>> [(g.id, g.kind, d.text[g.start : g.end], g.low, g.deadline) for g in find(d, quantities.find(d))]
    [('1', 'task', '要突出绿色发展', None, None), ('1.1', 'target', '森林覆盖率达到25%', 25, '2025')]
    """
    rows = _joined(document, directives.tree(document), targets.find(document, list(quantities)))
    spans = sorted((m.start, m.end, m.concept) for m in mentions if m.kind != "excluded")
    starts = [start for start, _, _ in spans]
    out = []
    for name, parent, n, t in _walk(rows):
        concepts = _concepts(spans, bisect_left(starts, n.start), n.end)
        what = (name, parent, n.kind, n.section, n.start, n.end)
        if t is _NONE:
            out.append(Goal(*what, *_NOTHING_SAID, concepts, n.rule))
            continue
        value = t.low, t.high, t.unit, t.comparator, t.baseline, t.state, t.deadline, t.scope, t.strength
        out.append(Goal(*what, t.indicator or None, *value, concepts, n.rule))
    return out


def growth_targets(frame: pd.DataFrame) -> pd.DataFrame:
    """The growth that each year's plan sets for the whole economy, from a table of goals alone: a row for each year and
    measure (国内生产总值, 国民收入 …) with `low` and `high` in per cent, the comparator, the document and the words.

    The year is that of the deadline, else the year in the document's name; the first statement of a measure counts.
    """
    rows = frame[(frame["kind"] == "target") & (frame["unit"] == "%") & frame["low"].notna()].copy()
    found = [_OUTPUT.search(i) if not _PER_UNIT.search(i) else None for i in rows["indicator"].fillna("")]
    rows["measure"] = [m.group("measure") if m else None for m in found]
    due = rows["deadline"].fillna("").astype(str).str.slice(0, 4)
    named = rows["doc"].astype(str).str.extract(rf"({_YEAR.pattern})", expand=False)
    rows["year"] = due.where(due != "", named)
    meant = (due != "") | rows["text"].str.contains(_PROSPECTIVE)
    rows = rows[rows["measure"].notna() & rows["year"].notna() & (rows["year"] == named) & meant]
    rows["year"] = rows["year"].astype(int)
    rows = rows.drop_duplicates(["doc", "year", "measure"]).sort_values(["year", "raw_start"])
    return rows[["year", "measure", "low", "high", "comparator", "doc", "raw_start", "raw_end", "text"]].reset_index(
        drop=True
    )


def _concepts(spans: Sequence[tuple[int, int, str]], at: int, end: int) -> str | None:
    """The concepts mentioned inside a node, in their fixed order; its mentions begin at the place `at` of `spans`."""
    inside = set()
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] <= end:
            inside.add(spans[at][2])
        at += 1
    return "·".join(c for c in CONCEPTS if c in inside) if inside else None


Row = tuple[Node, Target]


def _joined(document: Document, nodes: Sequence[Node], found: Sequence[Target]) -> list[Row]:
    """Each target joined to the node that states it: as that node, or as its child where a clause states several.

    In reported speech the node keeps its clause; elsewhere a target's span is its own, from indicator to value.
    """
    out: list[Row] = [(n, _NONE) for n in nodes]
    order = sorted(range(len(nodes)), key=[n.start for n in nodes].__getitem__)
    starts = [nodes[i].start for i in order]
    members: dict[int | None, list[int]] = {}
    for i, n in enumerate(nodes):
        if n.rule == "member":
            members.setdefault(n.parent, []).append(i)
    dropped: set[int] = set()
    clauses: dict[int, list[Target]] = {}
    for t in found:
        clauses.setdefault(t.clause, []).append(t)
    for together in clauses.values():
        start, end = min(t.start for t in together), max(t.end for t in together)
        at = bisect_right(starts, start)
        near = [i for i in reversed(order[max(0, at - _NEAR) : at]) if nodes[i].rule != "member"]
        holder = next((i for i in near if nodes[i].end >= end and not _wide(nodes[i])), None)
        sentence = document.sentence_at(start)
        framed = document.sections[sentence.section].kind == "frame"
        if holder is not None and len(together) == 1 and out[holder][1] is _NONE:
            n, t = nodes[holder], together[0]
            where = (n.start, n.end) if framed else (t.start, t.end)
            out[holder] = replace(n, kind="target", start=where[0], end=where[1], rule=f"{n.rule}; {t.rule}"), t
            if framed:
                for i in members.get(holder, ()):
                    out[i] = replace(out[i][0], kind="target"), out[i][1]
            else:
                dropped |= set(members.get(holder, ()))
            continue
        if holder is not None:
            dropped |= set(members.get(holder, ()))
            if framed:
                out[holder] = replace(out[holder][0], kind="target"), out[holder][1]
        else:
            holder = next((i for i in near if nodes[i].start >= sentence.start and nodes[i].rule == "head"), None)
        out += [(Node(t.start, t.end, holder, "target", sentence.section, t.rule), t) for t in together]
    for i in dropped:
        out[i] = replace(out[i][0], kind=""), _NONE
    return out


_NEAR: Final = 40  # no clause has more nodes between its start and a target in it


def _wide(n: Node) -> bool:
    """A node over several clauses: its clauses hold the targets."""
    return n.rule == "overall" and n.end - n.start > 60


def _walk(rows: Sequence[Row]) -> Iterator[tuple[str, str | None, Node, Target]]:
    """The tree from the top, each node before its children, with ids by place: 1, 1.2, 1.2.3."""
    order = sorted(range(len(rows)), key=[(n.start, -n.end) for n, _ in rows].__getitem__)
    children: dict[int | None, list[int]] = {}
    for i in order:
        n = rows[i][0]
        if n.kind:
            children.setdefault(n.parent, []).append(i)
    todo: list[tuple[str, str | None, int]] = [(str(k), None, i) for k, i in enumerate(children.get(None, ()), 1)][::-1]
    while todo:
        name, parent, i = todo.pop()
        yield name, parent, *rows[i]
        if i in children:
            todo += [(f"{name}.{k}", name, j) for k, j in enumerate(children[i], 1)][::-1]
