"""Goals: the directive tree of a text (vision, task, measure, safeguard) and its targets, as rows in text order."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from helpers import directives, targets
from helpers.directives import Node
from helpers.document import Document
from helpers.indicators import Target

CONCEPTS: Final = ("新发展理念", "创新", "协调", "绿色", "开放", "共享")


@dataclass(frozen=True, slots=True)
class Goal:
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


def find(document: Document, quantities: Iterable[Any], mentions: Iterable[Any] = ()) -> list[Goal]:
    """The goals of a document, in text order, a parent before its children."""
    nodes = _with_targets(document, directives.tree(document), targets.find(document, list(quantities)))
    spans = sorted((m.start, m.end, m.concept) for m in mentions if m.kind != "excluded")
    out = []
    for name, parent, n, t in _walk(nodes):
        t = t or _NONE
        out.append(
            Goal(
                name,
                parent,
                n.kind,
                n.section,
                n.start,
                n.end,
                t.indicator or None,
                t.low,
                t.high,
                t.unit,
                t.comparator,
                t.baseline,
                t.state,
                t.deadline,
                t.scope,
                t.strength,
                _concepts(spans, n.start, n.end),
                n.rule,
            )
        )
    return out


_NONE: Final = Target(0, 0, 0, "")


def _concepts(spans: Sequence[tuple[int, int, str]], start: int, end: int) -> str | None:
    """The concepts mentioned inside a node, in their fixed order."""
    at = bisect_left(spans, (start, 0, ""))
    inside = set()
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] <= end:
            inside.add(spans[at][2])
        at += 1
    return "·".join(c for c in CONCEPTS if c in inside) or None


def _with_targets(
    document: Document, nodes: Sequence[Node], found: Sequence[Target]
) -> list[tuple[Node, Target | None]]:
    """Each target joined to the node that states it: as that node itself, or as its child where a clause states several."""
    out: list[tuple[Node, Target | None]] = [(n, None) for n in nodes]
    clauses: dict[int, list[Target]] = {}
    for t in found:
        clauses.setdefault(t.clause, []).append(t)
    dropped: set[int] = set()
    for clause, ts in clauses.items():
        start, end = min(t.start for t in ts), max(t.end for t in ts)
        holders = [
            i
            for i, n in enumerate(nodes)
            if n.rule != "member" and n.start <= start and (end <= n.end) and n.rule != "overall"
        ]
        holder = max(holders, key=lambda i: nodes[i].start, default=None)
        if holder is None:
            holder = next(
                (
                    i
                    for i, n in enumerate(nodes)
                    if n.rule == "overall" and n.start <= start and end <= n.end and n.end - n.start < 60
                ),
                None,
            )
        section = document.sentence_at(start).section
        framed = document.sections[section].kind == "frame"
        if holder is not None and len(ts) == 1 and out[holder][1] is None:
            n, t = nodes[holder], ts[0]
            inner = (n.start, n.end) if framed else (t.start, t.end)
            out[holder] = (replace(n, kind="target", start=inner[0], end=inner[1], rule=f"{n.rule}; {t.rule}"), t)
            if not framed:
                dropped |= {i for i, m in enumerate(nodes) if m.parent == holder and m.rule == "member"}
            continue
        dropped |= {i for i, m in enumerate(nodes) if m.parent == holder and m.rule == "member" and holder is not None}
        if holder is not None and framed:
            out[holder] = (replace(out[holder][0], kind="target"), out[holder][1])
        for t in ts:
            out.append((Node(t.start, t.end, holder, "target", section, t.rule), t))
    return [(n, t) if i not in dropped else (replace(n, kind=""), None) for i, (n, t) in enumerate(out)]


def _walk(rows: Sequence[tuple[Node, Target | None]]) -> Iterator[tuple[str, str | None, Node, Target | None]]:
    """The tree from the top, each node before its children, with ids by place: 1, 1.2, 1.2.3."""
    children: dict[int | None, list[int]] = {}
    nodes = [n for n, _ in rows]
    for i, n in enumerate(nodes):
        if n.kind:
            children.setdefault(n.parent, []).append(i)
    for brood in children.values():
        brood.sort(key=lambda i: (nodes[i].start, -nodes[i].end))
    todo = [(str(k), None, i) for k, i in enumerate(children.get(None, ()), 1)][::-1]
    while todo:
        name, parent, i = todo.pop()
        yield name, parent, *rows[i]
        todo += [(f"{name}.{k}", name, j) for k, j in enumerate(children.get(i, ()), 1)][::-1]
