"""Amounts, shares, ranges, dates and periods of a text, each with value, unit, comparator, ISO date and role."""

from dataclasses import dataclass

from helpers.document import Document


@dataclass(frozen=True, slots=True)
class Quantity:
    """One row of the table `quantities`; offsets in `document.text`."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None
    comparator: str
    iso: str | None
    role: str
    rule: str


def find(document: Document) -> list[Quantity]:
    """Every quantity of a document, in text order, roles included."""
    return []


def spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, "amount" or "date") of every quantity in a plain string, without roles."""
    return []
