"""Who takes part in a text and in what part: people, places, organisations, and the documents it issues or cites."""

from dataclasses import dataclass

from helpers.document import Document


@dataclass(frozen=True, slots=True)
class Actor:
    """One occurrence of an actor.

    `kind`: person · place · organisation · document. `role`: chaired · spoke · attended · read out · reported ·
    exchanged experience · commented · reporter · cited · issued, or None. `title`: the office that stands beside
    a name. `start`, `end` are offsets in `document.text`.
    """

    name: str
    kind: str
    role: str | None
    title: str | None
    start: int
    end: int


def find(document: Document) -> list[Actor]:
    """Every actor of a text, in the order of the text."""
    return []
