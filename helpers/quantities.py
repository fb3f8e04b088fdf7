"""Amounts, shares, ranges, dates and periods of a text, each with value, unit, comparator, ISO date and role."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from helpers import amounts, dates, roles
from helpers.document import Document
from helpers.numerals import FIRST, Found, narrow
from helpers.structure import Sentence
from helpers.units import frozen, named

_YEAR: Final = re.compile(r"(20\d\d|19\d\d)年")
_SIGN: Final = re.compile(f"{FIRST[:-1]}翻半年月]")  # every amount and every date has one of these
_DATED: Final = re.compile("[年月日季]")  # and every date one of these
_CLOSING: Final = "”’」』）)"  # marks that a sentence keeps behind its 。
_TITLE: Final = re.compile("《")
_TITLE_SIZE: Final = 400  # more than `units.frozen` looks at around an amount for the marks of a title


Span = tuple[int, int, str]


class Quantity(NamedTuple):
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


def find(document: Document, unjudged: Sequence[Found] | None = None) -> list[Quantity]:
    """Every quantity of a document with its role, in text order. `unjudged`: what `found` gave, where that is known.

    >>> from helpers.document import from_text
    >>> rows = find(from_text("会议强调,到2025年,力争每个县均有百亿级产业集群。", "会议-2020-04-29"))
    >>> [(q.low, q.unit, q.iso, q.role) for q in rows]
    [(None, 'date', '2025', 'deadline'), (10000000000, None, None, 'target')]
    """
    unjudged = found(document) if unjudged is None else unjudged
    return [
        Quantity(f.start, f.end, f.low, f.high, f.unit, f.comparator, f.iso, role, f"{f.rule}; role:{why}")
        for f, (role, why) in zip(unjudged, roles.assign(document, unjudged), strict=True)
        if role
    ]


def spans(text: str) -> list[Span]:
    """(start, end, "amount" or "date") of every quantity in a plain string, without roles.

    >>> spans("到2025年占比超六成")
    [(1, 6, 'date'), (8, 11, 'amount')]
    """
    return _spans(grammar(text, None))


def spans_in(document: Document, unjudged: Sequence[Found] | None = None) -> list[Span]:
    """The `spans` of each sentence of a document, at their places in `document.text`; `unjudged` as in `find`.

    >>> from helpers.document import from_text
    >>> spans_in(from_text("会议召开。到2025年占比超六成。"))
    [(6, 11, 'date'), (13, 16, 'amount')]
    """
    text, whole = document.text, _spans(found(document) if unjudged is None else unjudged)
    out: list[Span] = []
    i = 0
    for s in _searched_alone(document):
        first = bisect_left(whole, (s.start,), i)
        out += whole[i:first]
        out += ((s.start + a, s.start + b, kind) for a, b, kind in spans(text[s.start : s.end]))
        i = bisect_left(whole, (s.end,), first)
    return out + whole[i:]


def _spans(unjudged: Iterable[Found]) -> list[Span]:
    return [(f.start, f.end, "date" if f.unit == "date" else "amount") for f in unjudged if f.rule != "date:relative"]


def _searched_alone(document: Document) -> Iterator[Sentence]:
    """The sentences beside an end over which something may reach that bears on an amount.

    No amount, no date and no word beside one goes past a 。; only the marks of a title may stand on both sides of it.
    """
    text, sentences = document.text, document.sentences
    open_ends = {
        s.id
        for s in sentences
        if text[s.end - 1] != "。" and not text[s.start : s.end].rstrip(_CLOSING).endswith("。") and s.end < len(text)
    }
    for mark in _TITLE.finditer(text):
        s, close = document.sentence_at(mark.start()), text.find("》", mark.end(), mark.end() + _TITLE_SIZE)
        while s.end <= close:
            open_ends.add(s.id)
            s = sentences[s.id + 1]
    for k in sorted(open_ends | {k + 1 for k in open_ends}):
        if k < len(sentences):
            yield sentences[k]


def found(document: Document) -> list[Found]:
    """Dates and amounts of a document before they are judged: one search that serves `find` and `spans_in`."""
    return grammar(document.text, document.date, _reviewed(document))


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
    if not _SIGN.search(text):
        return []
    text = narrow(text)
    if not _DATED.search(text):
        return list(amounts.find(text))
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
