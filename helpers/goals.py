"""Goals: the directive tree of a text (vision, task, measure, safeguard) and its targets, as rows in text order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from helpers import directives
from helpers.directives import Node
from helpers.document import Document

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
    nodes = directives.tree(document)
    return [
        Goal(name, parent, n.kind, n.section, n.start, n.end,
             None, None, None, None, None, None, None, None, None, None, None, n.rule)
        for name, parent, n in _walk(nodes)
    ]


def _walk(nodes: Sequence[Node]) -> Iterator[tuple[str, str | None, Node]]:
    """The tree from the top, each node before its children, with ids by place: 1, 1.2, 1.2.3."""
    children: dict[int | None, list[int]] = {}
    for i, n in enumerate(nodes):
        children.setdefault(n.parent, []).append(i)
    for brood in children.values():
        brood.sort(key=lambda i: (nodes[i].start, -nodes[i].end))
    todo = [(str(k), None, i) for k, i in enumerate(children.get(None, ()), 1)][::-1]
    while todo:
        name, parent, i = todo.pop()
        yield name, parent, nodes[i]
        todo += [(f"{name}.{k}", name, j) for k, j in enumerate(children.get(i, ()), 1)][::-1]
