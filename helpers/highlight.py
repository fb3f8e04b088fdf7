"""The whole text as HTML, what was read out of it highlighted, with an anchor for every row and every sentence.

The row of a table with the index 5 is at `#quantities-5`, the sentence 12 at `#s12`.
"""

import html
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers.document import Document

_ONE: Final[Mapping[str, str]] = {  # what a row of each table with places is called
    **{"goals": "goal", "quantities": "amount or date", "mentions": "concept"},
    **{"statements": "requirement", "actors": "who or where"},
}
ANCHORED: Final = tuple(_ONE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that a row is about: its anchor, how it looks, and what is said when pointed at."""

    start: int
    end: int
    anchor: str
    look: str
    title: str


def anchor(table: str, index: object) -> str:
    """The anchor of a row: `quantities-5`."""
    return f"{table}-{index}"


def marks(read: Mapping[str, pd.DataFrame]) -> list[Mark]:
    """A mark for every row of the tables that have a place in the text."""
    out = []
    for table in ANCHORED:
        columns = {"goals": "kind", "quantities": "role", "mentions": "concept", "statements": "concept"}
        for row in read[table].itertuples():
            told = getattr(row, columns.get(table, "kind"))
            look = _look(table, row)
            out.append(Mark(int(row.start), int(row.end), anchor(table, row.Index), look, f"{_ONE[table]}: {told}"))
    return out


def _look(table: str, row: object) -> str:
    """The class of a mark; what would cover the page in colour (tasks, measures, names) is anchored and not marked."""
    if table == "quantities":
        return "q q-target" if row.role == "target" else "q"
    if table == "goals":
        return "t" if row.kind == "target" and isinstance(row.indicator, str) else ""
    return "m" if table == "mentions" and row.kind != "excluded" else ""


def source(document: Document, found: list[Mark]) -> str:
    """The text in paragraphs and sentences; stripped of its tags it is the repaired text.

    >>> from helpers.document import from_text
    >>> d = from_text("森林覆盖率达到25%。")
    >>> source(d, [Mark(7, 10, "quantities-0", "q", "quantity: target")]).count('<span id="quantities-0" class="q"')
    1
    """
    sections = {s.start: s for s in document.sections}
    headed = {sections[p.start].id for p in document.paragraphs if p.start in sections}
    pieces = _pieces(document, found, headed)
    out, at = [], 0
    for p in document.paragraphs:
        if at < p.start:
            out.append(html.escape(document.text[at : p.start]))
        if p.start in sections:
            s = sections[p.start]
            out.append(f'<div class="section" id="section-{s.id}">§{s.id} {html.escape(s.frame or s.kind)}</div>')
        heading = p.kind in ("title", "headline", "heading")
        inside = "".join(piece for start, piece in pieces if p.start <= start < p.end)
        out.append(f'<p class="h">{inside}</p>' if heading else f"<p>{inside}</p>")
        at = p.end
    return "".join(out) + html.escape(document.text[at:])


def _pieces(document: Document, found: list[Mark], headed: Collection[int]) -> list[tuple[int, str]]:
    """Sentences cut where a mark begins or ends, each in its own element; the first of a section that begins within a
    paragraph, and so has no line of its own (not `headed`), carries the section's anchor.
    """
    known = set(headed)
    found = sorted((m for m in found if m.end > m.start), key=lambda m: (m.start, -m.end))
    cuts = sorted({m.start for m in found} | {m.end for m in found})
    out, active, coming, cut = [], [], 0, 0
    at = 0
    for s in document.sentences:
        if at < s.start:
            out.append((at, html.escape(document.text[at : s.start])))
        inside = []
        while cut < len(cuts) and cuts[cut] <= s.start:
            cut += 1
        ends = []
        while cut < len(cuts) and cuts[cut] < s.end:
            ends.append(cuts[cut])
            cut += 1
        for start, end in zip([s.start, *ends], [*ends, s.end]):
            fresh = []
            while coming < len(found) and found[coming].start <= start:
                fresh.append(found[coming])
                coming += 1
            active = [m for m in [*active, *fresh] if m.end > start]
            inside.append(_span(document.text[start:end], active, fresh))
        number = f'<a class="n" href="#s{s.id}" data-n="{s.id}" title="sentence {s.id}"></a>'
        if s.section not in known:
            known.add(s.section)
            number = f'<a class="n" id="section-{s.section}" data-n="§{s.section}"></a>{number}'
        out.append((s.start, f'<span class="s" id="s{s.id}">{number}{"".join(inside)}</span>'))
        at = s.end
    return out


def _span(text: str, active: list[Mark], fresh: list[Mark]) -> str:
    """A piece of text in the looks of all marks over it; the anchors of those that begin here around it."""
    looks = list(dict.fromkeys(look for m in active for look in m.look.split()))
    told = "; ".join(dict.fromkeys(m.title for m in active if m.look))
    begun = [m.anchor for m in fresh]
    if not looks and not begun:
        return html.escape(text)
    attributes = (f' class="{" ".join(looks)}"' if looks else "") + (f' title="{html.escape(told)}"' if told else "")
    inner = f' id="{begun[-1]}"' if begun else ""
    piece = f"<span{inner}{attributes}>{html.escape(text)}</span>"
    for name in reversed(begun[:-1]):
        piece = f'<span id="{name}">{piece}</span>'
    return piece


def anchors(page: str) -> Iterator[str]:
    """Every anchor of a page, in order."""
    at = 0
    while (at := page.find(' id="', at)) >= 0:
        end = page.index('"', at + 5)
        yield page[at + 5 : end]
        at = end
