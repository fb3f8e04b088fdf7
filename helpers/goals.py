"""Goals: the directive tree of a text (vision, task, measure, safeguard) and its targets, as rows in text order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.document import Document


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
    return []
