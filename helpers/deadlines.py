"""Deadlines: by when a target is due, from its sentence, its list, the heading that governs it, or the plan's name."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from helpers.document import Document
from helpers.structure import Sentence

REACH: Final = 2000  # no sentence is longer; keeps torn texts linear
Year = tuple[int, str | None]  # where a year governs (a paragraph, a level of heading), and the year

_THIS_YEAR: Final = re.compile(
    r"今明两年(?P<both>)|明年(?P<next>)|今年(?!以来)|年内(?<![一二三四五六七八九十两几\d]年内)|全年"
)
_PLAN_PERIOD: Final = re.compile(r"五[”\"]?(?:时期|期间|末|计划草案|计划规定|规划纲要提出)")
_PLAN_DUE: Final = re.compile(r"[到至][“\"]?十?[一二三四五六七八九]?五[”\"]?(?:时期)?末")
_FIVE_YEARS: Final = re.compile(r"(?:今后|未来)五年")
_DUE: Final = re.compile(r"(?:到|至|力争|争取)$")
_TASKS: Final = re.compile(r"目标|任务")
_PLAN: Final = re.compile(r"规划|纲要|计划|方案")
_ORDINAL: Final = re.compile(
    r"[“\"](十?[一二三四五六七八九]|十)五[”\"]|第(十?[一二三四五六七八九]|十)个五年|(?<!十)(十[一二三四五六七])五(?=时期|期间|规划|末)"
)
_PLAN_OF_YEAR: Final = re.compile(r"(20\d\d)年[^，。》]{0,24}(?:计划|要点|安排|方案)")
_SPAN: Final = re.compile(r"20\d\d\s*[—\-–~～至]+\s*(20\d\d)")


def plan_end(words: str) -> str | None:
    """The last year of the five-year plan that is named (of several the last): the Nth ends in 1955 + 5N.

    >>> plan_end("“十四五”时期主要目标"), plan_end("第十个五年计划纲要"), plan_end("今年工作")
    ('2025', '2005', None)
    >>> plan_end("“十三五”发展成就和“十四五”主要目标"), plan_end("“十五五”时期"), plan_end("“十五”计划")
    ('2025', '2030', '2005')
    """
    found = list(_ORDINAL.finditer(words))
    if not found:
        return None
    digits = next(g for g in found[-1].groups() if g)
    tens = 10 if "十" in digits else 0
    return str(1955 + 5 * (tens + max(0, "零一二三四五六七八九".find(digits[-1]))))


def over_targets(line: str) -> bool:
    """Whether a heading stands over the targets or the tasks of a period."""
    return bool(_TASKS.search(line))


class Deadlines:
    """The years by which the sentences of one document say that something is due. `dates` are all its quantities."""

    def __init__(self, document: Document, quantities: Sequence[Any]) -> None:
        self.document, self.text = document, document.text
        self.quantities = sorted(quantities, key=lambda q: (q.start, q.end))
        self.starts = [q.start for q in self.quantities]

    def within(self, start: int, end: int) -> list[Any]:
        """The quantities that begin in `text[start:end]`."""
        at = bisect_left(self.starts, start)
        if at == len(self.starts) or self.starts[at] >= end:
            return []
        return self.quantities[at : bisect_left(self.starts, end, at)]

    def of_heading(self, s: Sentence) -> str | None:
        """The year that a heading names, or the last of the plan that it names: what stands last before 目标, 任务."""
        line = self.text[s.start : s.end]
        tasks = [m.end() for m in _TASKS.finditer(line)]
        until = tasks[-1] if tasks else len(line)
        years = [q for q in self.within(s.start, s.start + until) if q.unit == "date" and q.iso]
        plans = [m.start() for m in _ORDINAL.finditer(line, 0, until)]
        if plans and (not years or s.start + plans[-1] > years[-1].start):
            return plan_end(line[:until])
        return str(years[-1].iso).split("/")[-1] if years else None

    @cached_property
    def final_year(self) -> str | None:
        """The last year of the plan that the title names, or the first year by which the text says that it aims."""
        years = [q.iso.split("/")[-1] for q in self.within(0, len(self.text)) if q.role == "deadline" and q.iso]
        named = _SPAN.search(self.document.title) or _PLAN_OF_YEAR.search(self.document.title)
        return named.group(1) if named else plan_end(self.document.title) or (years[0] if years else None)

    @property
    def year(self) -> int | None:
        return self.document.date.year if self.document.date else None

    def of_list(self, s: Sentence, until: int) -> str | None:
        """By when the members of a list are due that the sentence announces as targets up to `until`."""
        said = [(q.start, str(q.iso)) for q in self.within(s.start, until) if q.unit == "date" and q.iso]
        said += [(m.start(), str(plan_end(m.group()))) for m in _ORDINAL.finditer(self.text, s.start, until)]
        ahead = self._five_years
        said += [(m.start(), ahead) for m in _FIVE_YEARS.finditer(self.text, s.start, until) if ahead]
        if said:  # of several times the last, which stands nearest to 目标
            return max(said)[1].split("/")[-1]
        section = self.document.sections[s.section]
        years = [q.iso for q in self.within(section.start, s.start) if q.role == "deadline" and q.iso]
        if years:
            return str(years[0])
        if _PLAN.search(self.document.title):
            return self.final_year
        return str(self.year) if self.year else None

    def of_clause(self, s: Sentence, position: int, heading: str | None, listed: Year | None) -> str | None:
        """By when the target is due that begins at `position`: own words first, then the list, then the heading."""
        start = max(s.start, position - REACH)
        own = [
            q
            for q in self.within(start, position)
            if q.iso
            and self.text[q.start - 2 : q.start] != "为到"  # 为到2030年翻一番奠定基础: not the date of what follows
            and (q.role == "deadline" or (q.unit == "date" and _DUE.search(self.text, max(0, q.start - 3), q.start)))
        ]
        if own and not _named_after(self.text, own[-1].end, position):
            # 到本世纪中叶 after it has no numeral, and ends its reach
            return None if self.text.find("本世纪", own[-1].end, position) >= 0 else str(own[-1].iso).split("/")[-1]
        relative = self._relative(start, position)
        if relative and relative[0]:  # 今明两年, 明年: more than the list's year
            return relative[1]
        if _PLAN_DUE.search(self.text, start, position):  # 到“十五五”末: said of this very target
            return plan_end(self.text[start:position])
        if listed:
            return listed[1]
        return self._named(start, position) or (relative[1] if relative else heading)

    def _named(self, start: int, end: int) -> str | None:
        if _PLAN_PERIOD.search(self.text, start, end) and (plan := plan_end(self.text[start:end])):
            return plan
        return self._five_years if _FIVE_YEARS.search(self.text, start, end) else None

    @cached_property
    def _five_years(self) -> str | None:
        """The end of 今后五年: of the plan that the title names, else counted from the document's own year."""
        return plan_end(self.document.title) or (str(self.year + 4) if self.year else None)

    def _relative(self, start: int, end: int) -> tuple[bool, str] | None:
        """A year told from that of the document: whether it is another one, and the year."""
        found = list(_THIS_YEAR.finditer(self.text, start, end)) if self.year else []
        if not found or self.year is None:
            return None
        other = found[-1].lastgroup is not None
        return other, str(self.year + other)

    def this_year(self, start: int, end: int) -> bool:
        """Whether 今年, 年内, 明年 stand in `text[start:end]`."""
        return bool(_THIS_YEAR.search(self.text, start, end))


def _named_after(text: str, start: int, end: int) -> bool:
    m = _THIS_YEAR.search(text, start, end)
    return m is not None and m.lastgroup == "both"
