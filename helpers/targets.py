"""Targets: commitments that could be checked. One record an indicator, with its value or end state and its deadline."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from helpers import indicators, lexicon, outcomes, structure
from helpers.document import Document
from helpers.indicators import Target
from helpers.structure import Sentence

Year = tuple[int, str | None]  # where a year governs (a paragraph, a level of heading), and the year
Value = tuple[float | None, float | None, str | None]

_ANNOUNCED: Final = re.compile(
    r"(?:预期|主要|发展|工作|奋斗|总体|具体|增长|约束性)(?:的)?(?:目标|指标)(?:建议)?(?:任务)?(?:是|为|如下|有|包括|[：:])+"
)
_RATIONALE: Final = re.compile(
    r"体现了?|考虑了?|主要是|目的(?:在于|是)|可以(?:实现|保证|带动)|是为了|有利于|相衔接|符合|之所以|这里要|说明|意味着|充分考虑|综合考虑|这一目标|这个目标|留有余地"
)
_THIS_YEAR: Final = re.compile(r"今年(?!以来)|(?<![一二三四五六七八九十两几\d])年内|全年")
_PLAN_PERIOD: Final = re.compile(r"五[”\"]?(?:时期|期间|末|计划草案|计划规定|规划纲要提出)")
_FIVE_YEARS: Final = re.compile(r"(?:今后|未来)五年")
_SET: Final = re.compile(r"(?:确|暂|拟)?定为")
_AIMS: Final = ("目标", "指标", "速度")
_AHEAD: Final = re.compile(r"[将要拟]|计划|目标|力争|预期|到(?=\d{4}年)")
_COMPARED: Final = re.compile(r"[比较同由从以按自与]")
_BY: Final = re.compile(r"[到至前底末]")
_DUE: Final = re.compile(r"(?:到|至|力争|争取)$")
_TASKS: Final = re.compile(r"目标|任务")
_PLAN: Final = re.compile(r"规划|纲要|计划|方案")
_ORDINAL: Final = re.compile(r"[“\"](十?[一二三四六七八九]|十)五[”\"]|第(十?[一二三四五六七八九]|十)个五年")
_SPAN: Final = re.compile(r"20\d\d\s*[—\-–~～至]+\s*(20\d\d)")


def plan_end(words: str) -> str | None:
    """The last year of the five-year plan that is named: the Nth ends in 1955 + 5N.

    >>> plan_end("“十四五”时期主要目标"), plan_end("第十个五年计划纲要"), plan_end("今年工作")
    ('2025', '2005', None)
    """
    m = _ORDINAL.search(words)
    if m is None:
        return None
    digits = m.group(1) or m.group(2)
    tens = 10 if "十" in digits else 0
    return str(1955 + 5 * (tens + max(0, "零一二三四五六七八九".find(digits[-1]))))


def find(document: Document, quantities: Sequence[Any]) -> list[Target]:
    """The targets of a document in text order, from its text and the roles of its quantities."""
    return list(_Reader(document, quantities).read())


class _Reader:
    def __init__(self, document: Document, quantities: Sequence[Any]) -> None:
        self.document, self.text = document, document.text
        self.quantities = sorted(quantities, key=lambda q: (q.start, q.end))
        self.starts = [q.start for q in self.quantities]
        words = sorted(lexicon.words("goal_strength"), key=len, reverse=True)
        self.strength = re.compile("|".join(map(re.escape, words)))
        self.framed = any(s.kind == "frame" for s in document.sections)

    def within(self, start: int, end: int) -> list[Any]:
        return self.quantities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    # ------------------------------------------------------------ deadlines

    def read(self) -> Iterator[Target]:
        heading: str | None = None  # the year of a first-level heading over targets
        goals: Year | None = None  # level and year of a heading that announces the plan's targets
        listed: Year | None = None  # paragraph and year of a list announced as targets
        told: set[Value] = set()
        opening = False
        for s in self.document.sentences:
            section = self.document.sections[s.section]
            if section.kind in ("title", "lead"):
                continue
            if s.level is not None:
                line = self.text[s.start : s.end]
                year = next((q.iso for q in self.within(s.start, s.end) if q.unit == "date" and q.iso), None)
                if s.level == 1:
                    heading = (year or plan_end(line)) if _TASKS.search(line) else None
                if goals and s.level <= goals[0]:
                    goals = None
                if len(line) <= 24 and line.rstrip("。：:").endswith(("目标", "指标")) and section.kind != "review":
                    goals = (s.level, year or self._final_year)
            if listed and listed[0] != s.paragraph:
                listed = (s.paragraph, listed[1]) if opening else None
            opening = False
            announced = _ANNOUNCED.search(self.text, s.start, s.end)
            begin = announced.end() if announced else s.start
            if any(q.role == "target" and q.start - begin <= 1 for q in self.within(begin, begin + 2)):
                begin = s.start  # 经济增长预期目标为7%: the indicator stands before the word
            if announced and section.kind != "review":
                listed = (s.paragraph, self._list_year(s, announced.end()))
                opening = announced.end() >= s.end - 1  # 主要预期目标是： and a new line
            mode = listed or goals
            found = list(self._sentence(s, section.kind, heading, mode, begin))
            if listed and not announced and not any(t.low is not None for t in found):
                listed, found = None, [t for t in found if t.low is not None or t.baseline]
            if not announced and listed and _RATIONALE.search(self.text, s.start, s.end):
                found = [t for t in found if t.low is not None]
            alone = not announced or len(found) == 1
            found = [t for t in found if not (alone and self._restated(t, s, told))]
            if listed:
                told |= {(t.low, t.high, t.unit) for t in found}
            yield from found

    def _restated(self, t: Target, s: Sentence, told: set[Value]) -> bool:
        """A target said again where the reasons for it are given: 6%左右的速度可以保证…"""
        same = t.low is not None and (t.low, t.high, t.unit) in told
        return same and bool(_RATIONALE.search(self.text, s.start, s.end))

    @cached_property
    def _final_year(self) -> str | None:
        """The last year of the plan that the title names, or the first year by which the text says that it aims."""
        years = [q.iso.split("/")[-1] for q in self.within(0, len(self.text)) if q.role == "deadline" and q.iso]
        span = _SPAN.search(self.document.title)
        return span.group(1) if span else plan_end(self.document.title) or (years[0] if years else None)

    def _list_year(self, s: Sentence, until: int) -> str | None:
        due = [q.iso for q in self.within(s.start, until) if q.unit == "date" and q.iso]
        if due:
            return due[-1].split("/")[-1]
        if plan := plan_end(self.text[s.start : until]):
            return plan
        if _FIVE_YEARS.search(self.text, s.start, until) and self.document.date:
            return str(self.document.date.year + 4)
        section = self.document.sections[s.section]
        years = [q.iso for q in self.within(section.start, s.start) if q.role == "deadline" and q.iso]
        if years:
            return years[0]
        if _PLAN.search(self.document.title):
            return self._final_year
        return str(self.document.date.year) if self.document.date else None

    def _due(self, s: Sentence, position: int, heading: str | None, listed: Year | None) -> str | None:
        own = [
            q
            for q in self.within(s.start, position)
            if q.iso
            and (q.role == "deadline" or (q.unit == "date" and _DUE.search(self.text, max(0, q.start - 3), q.start)))
        ]
        if own:  # 到本世纪中叶 after it has no numeral, and ends its reach
            return None if self.text.find("本世纪", own[-1].end, position) >= 0 else str(own[-1].iso)
        if listed:
            return listed[1]
        if _PLAN_PERIOD.search(self.text, s.start, position) and (plan := plan_end(self.text[s.start : position])):
            return plan
        if _FIVE_YEARS.search(self.text, s.start, position) and self.document.date:
            return str(self.document.date.year + 4)
        if _THIS_YEAR.search(self.text, s.start, position) and self.document.date:
            return str(self.document.date.year)
        return heading

    # ------------------------------------------------------------ one sentence

    def _sentence(
        self, s: Sentence, kind: str, heading: str | None, listed: Year | None, begin: int
    ) -> Iterator[Target]:
        before: Target | None = None
        topic: int | None = None
        title = s.level is not None and self.document.paragraphs[s.paragraph].kind == "heading"
        past = kind == "review" or (kind == "narrative" and self.framed)
        for a, b in structure.clauses(self.text, s.start, s.end):
            if b <= begin:
                continue
            a = max(a, begin)
            inside = self.within(a, b)
            if topic is not None and _SET.match(self.text, a, b):
                a = topic  # …的调控目标, 定为8%
            topic = a if self.text.endswith(_AIMS, a, b) else None
            if numbers := [q for q in inside if q.role == "target" and not self._past(a, q)]:
                found = list(indicators.numbered(self.text, a, b, numbers, before))
            elif past or title or any(q.role in ("measure", "status") for q in inside):
                found = []
            else:
                found = list(self._stated(s, a, b, listed, before))
            for t in found:
                numeric = t.low is not None or t.high is not None
                until = t.end if t.rule == "indicator and value" else t.start
                strength = self.strength.search(self.text, a, min(b, a + 300))
                yield replace(
                    t,
                    deadline=t.deadline or self._due(s, until, heading if numeric else None, listed),
                    strength=strength.group() if strength else None,
                )
            before = found[-1] if found else before

    def _past(self, clause: int, q: Any) -> bool:
        """A year before the document's own: the clause tells what was, unless it only compares or looks ahead."""
        if not self.document.date or _AHEAD.search(self.text, clause, q.start):
            return False
        years = (d for d in self.within(clause, q.start) if d.unit == "date" and d.iso and d.iso[:4].isdigit())
        return any(
            int(d.iso[:4]) < self.document.date.year
            and not _COMPARED.search(self.text, max(clause, d.start - 2), d.start)
            for d in years
        )

    def _stated(self, s: Sentence, a: int, b: int, listed: Year | None, before: Target | None) -> Iterator[Target]:
        due = [q for q in self.within(s.start, b) if q.role == "deadline" and q.iso]
        dated = any(_BY.search(self.text, max(s.start, q.start - 2), q.end + 1) for q in due)
        announced = bool(listed) and bool(_ANNOUNCED.search(self.text, s.start, a))
        along = before is not None and bool(due or _THIS_YEAR.search(self.text, s.start, a))
        yield from outcomes.stated(self.text, a, b, dated=dated, listed=bool(listed), announced=announced, along=along)
