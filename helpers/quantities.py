"""Amounts, shares, ranges, dates and periods of a text, each with value, unit, comparator, ISO date and role."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from helpers import amounts, dates, roles
from helpers.document import Document
from helpers.numerals import Found, narrow
from helpers.units import frozen, named

_YEAR: Final = re.compile(r"(20\d\d|19\d\d)年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One row of the table `quantities`; offsets in `document.text`.

    `rule` names the rule of the grammar that made the row and, after `; role:`, the one that gave the role.
    """

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
    """Every quantity of a document with its role, in text order.

    >>> from helpers.document import from_text
    >>> rows = find(from_text("会议强调,到2025年,力争每个县均有百亿级产业集群。", "会议-2020-04-29"))
    >>> [(q.low, q.unit, q.iso, q.role) for q in rows]
    [(None, 'date', '2025', 'deadline'), (10000000000, None, None, 'target')]
    """
    found = grammar(document.text, document.date, _reviewed(document))
    return [
        Quantity(f.start, f.end, f.low, f.high, f.unit, f.comparator, f.iso, role, f"{f.rule}; role:{why}")
        for f, (role, why) in zip(found, roles.assign(document, found), strict=True)
        if role
    ]


def spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, "amount" or "date") of every quantity in a plain string, without roles.

    >>> spans("到2025年占比超六成")
    [(1, 6, 'date'), (8, 11, 'amount')]
    """
    return [
        (f.start, f.end, "date" if f.unit == "date" else "amount")
        for f in grammar(text, None)
        if f.rule != "date:relative"
    ]


def _reviewed(document: Document) -> list[tuple[int, int, int]]:
    """The sections that look back on a year named in their heading: 一、2015年工作回顾."""
    out = []
    for s in document.sections:
        heading = document.text[s.start : document.sentence_at(s.start).end]
        if s.kind == "review" and (years := _YEAR.findall(narrow(heading))):
            out.append((s.start, s.end, int(years[-1])))
    return out


def grammar(text: str, today: date | None, reviewed: Sequence[tuple[int, int, int]] = ()) -> list[Found]:
    """Dates and amounts of a plain string in order; where two meet, the date stands. Has 今年 and 年内 among them."""
    text = narrow(text)
    dated = list(dates.find(text, today, reviewed))
    dated = [f for f in dated if not (named if text[f.start].isdigit() else frozen)(text, f.start, f.end)]  # 十月革命
    dated = _merge(dated, dates.soft(text, today))
    return _merge(dated, amounts.find(text))


def _merge(first: Sequence[Found], others: Iterable[Found]) -> list[Found]:
    """Both in order; those of `others` that meet one of the first fall away."""
    out: list[Found] = []
    i = 0
    for f in others:
        while i < len(first) and first[i].end <= f.start:
            out.append(first[i])
            i += 1
        if i == len(first) or first[i].start >= f.end:
            out.append(f)
    return sorted(out + list(first[i:]), key=lambda f: f.start)
