"""Targets: commitments that could be checked. One record an indicator, with its value or end state and its deadline."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from helpers import comparisons, indicators, lexicon, outcomes, structure, tense
from helpers.deadlines import REACH, Deadlines, Year, over_targets, plan_end
from helpers.document import Document
from helpers.enumerations import Span, parts
from helpers.indicators import Target
from helpers.structure import Sentence

Value = tuple[float | None, float | None, str | None]

_ANNOUNCED: Final = re.compile(
    r"(?:预期|主要|发展|工作|奋斗|总体|具体|确切|量化|核心|增长|约束性)(?:的)?(?:目标|指标)(?:建议)?(?:任务)?(?:体系安排)?(?:，具体)?(?:是|为|如下|包括|有(?=[：:])|[：:])+"
)
_RATIONALE: Final = re.compile(
    r"体现了?|考虑了?|主要是|目的(?:在于|是)|可以(?:实现|保证|带动)|是为了|有利于|相衔接|符合|之所以|这里要|说明|意味着|充分考虑|综合考虑|这一目标|这个目标|留有余地|兼顾了?|既是|之间的平衡|积极因素"
)
_PURPOSE: Final = re.compile(
    r"为(?![期主])[^，,。；]{4,60}?(?:奠定|打下|打好|创造|提供)[^，,。；]{0,12}(?:基础|条件|保障|支撑)$"
)
_NEAR: Final = 12  # members of a list that are looked at for what they share
_SHARING: Final = ("list with", "respectively", "comparison", "end state", "universal")  # predicate behind the last
_SET: Final = re.compile(r"(?:确|暂|拟)?定为")
_AIMS: Final = ("目标", "指标", "速度")
_AHEAD: Final = re.compile(r"[将要拟]|计划|目标|力争|预期|到(?=\d{4}年)")
_COMPARED: Final = re.compile(r"[比较同由从以按自与]")
_BY: Final = re.compile(r"[到至前底末]")


def find(document: Document, quantities: Sequence[Any]) -> list[Target]:
    """The targets of a document in text order, from its text and the roles of its quantities.

    >>> from helpers import document, quantities
    >>> d = document.from_text("工作会议召开\\n会议强调,到2025年,森林覆盖率达到25%,城乡面貌明显改善。", "news-2020")
    >>> [(t.indicator, t.low, t.state, t.deadline) for t in find(d, quantities.find(d))]
    [('森林覆盖率', 25, None, '2025'), ('城乡面貌', None, '明显改善', '2025')]
    """
    return list(_Reader(document, quantities).read())


class _Reader:
    def __init__(self, document: Document, quantities: Sequence[Any]) -> None:
        self.document, self.text = document, document.text
        self.due = Deadlines(document, quantities)
        self.within = self.due.within
        words = sorted(lexicon.words("goal_strength"), key=len, reverse=True)
        self.strength = re.compile("|".join(map(re.escape, words)))
        self.modes = tense.modes(document)
        self.framed = any(s.kind == "frame" for s in document.sections)

    def read(self) -> Iterator[Target]:
        heading: str | None = None  # the year of a first-level heading over targets
        goals: Year | None = None  # level and year of a heading that announces the plan's targets
        listed: Year | None = None  # paragraph and year of a list announced as targets
        told: set[Value] = set()
        opening = chapter = False
        items: int | None = None  # the level of the items of a list that begins on a new line
        for s in self.document.sentences:
            section = self.document.sections[s.section]
            # the lead of news tells what was held; only goals that it announces count
            told_first = section.kind == "lead" and not (listed and listed[0] == s.paragraph)
            if section.kind == "title" or (told_first and not _ANNOUNCED.search(self.text, s.start, s.end)):
                continue
            if s.level is not None:
                line = self.text[s.start : s.end]
                year = self.due.of_heading(s)
                if s.level == 1:
                    heading = year if over_targets(line) else None
                    chapter = bool(heading) and plan_end(line) == heading
                if goals and s.level <= goals[0]:
                    goals = None
                if len(line) <= 24 and line.rstrip("。：:").endswith(("目标", "指标")) and section.kind != "review":
                    goals = (s.level, year or self.due.final_year)
            if listed and listed[0] != s.paragraph:
                if opening:
                    items = s.level
                elif s.level is None or s.level != items:
                    listed, items = None, None
                listed = (s.paragraph, listed[1]) if listed else None
            opening = False
            amounts = self.within(s.start, s.end)
            if section.kind == "review" and not (amounts or listed):
                continue
            announced = _ANNOUNCED.search(self.text, s.start, s.end)
            begin = announced.end() if announced else structure.after_number(self.text, s)
            if announced and any(q.role == "target" and q.start - begin <= 1 for q in self.within(begin, begin + 2)):
                begin = s.start  # 经济增长预期目标为7%: the indicator stands before the word
            if announced and section.kind != "review":
                listed = (s.paragraph, self.due.of_list(s, announced.end()))
                items = None
                opening = announced.end() >= s.end - 1  # 主要预期目标是： and a new line
            mode = listed or goals
            if not (amounts or mode or chapter or outcomes.MARKS.search(self.text, s.start, s.end)):
                continue
            found = list(self._sentence(s, section.kind, heading, mode, begin, chapter, amounts))
            goes_on = announced or items is not None or any(t.low is not None for t in found)
            if listed and not goes_on and not self._states(s, found):
                listed, found = None, [t for t in found if t.low is not None or t.baseline]
            if not found:
                continue
            rationale = _RATIONALE.search(self.text, s.start, s.end) is not None
            if rationale and listed and (told or not announced):
                found = [t for t in found if t.low is not None]
            alone = not announced or len(found) == 1
            if rationale and alone:  # a target said again where the reasons for it are given: 6%左右的速度可以保证…
                found = [t for t in found if t.low is None or (t.low, t.high, t.unit) not in told]
            if listed:
                told |= {(t.low, t.high, t.unit) for t in found}
            yield from found

    def _states(self, s: Sentence, found: Sequence[Target]) -> bool:
        """Whether each clause of a sentence states a target: then it goes on with the list before it."""
        return len(structure.clauses(self.text, s.start, s.end)) == len({t.clause for t in found})

    # ------------------------------------------------------------ one sentence

    def _sentence(
        self,
        s: Sentence,
        kind: str,
        heading: str | None,
        listed: Year | None,
        begin: int,
        chapter: bool,
        amounts: list[Any],
    ) -> Iterator[Target]:
        before: Target | None = None
        prior: Span | None = None
        topic: int | None = None
        title = s.level is not None and self.document.paragraphs[s.paragraph].kind == "heading"
        past = kind == "review" or self.modes[s.id] == "past" or (kind == "narrative" and self.framed)
        if (past or title) and not any(q.role == "target" for q in amounts):
            return
        this_year = self.due.this_year(s.start, s.end)
        for a, b in structure.clauses(self.text, s.start, s.end):
            if b <= begin:
                continue
            a = max(a, begin)
            inside = self.within(a, b) if amounts else ()
            last, prior = prior, (a, b)
            if _PURPOSE.match(self.text, a, b):
                continue
            if topic is not None and _SET.match(self.text, a, b):
                a = topic  # …的调控目标, 定为8%
            topic = a if self.text.endswith(_AIMS, a, b) else None
            if numbers := [q for q in inside if q.role == "target" and not self._past(a, q)]:
                found = list(indicators.numbered(self.text, a, b, numbers, before))
                found += self._also(a, b, numbers, found)
            elif past or title or any(q.role in ("measure", "status") for q in inside):
                continue
            else:
                found = list(self._stated(s, a, b, listed, before, chapter, last, this_year))
            for n, t in enumerate(found):
                numeric = t.low is not None or t.high is not None
                over = heading if numeric or chapter else None
                due = t.deadline or self.due.of_clause(s, t.start if t.baseline else t.end, over, listed)
                yield t._replace(deadline=due, strength=self._strength(a, b, found[max(0, n - _NEAR) : n + _NEAR], t))
            before = found[-1] if found else before
            if found and found[-1].rule == outcomes.PLACE_BY_PLACE:
                prior = last  # …东部于2020年完成，西部于2022年完成

    def _strength(self, a: int, b: int, found: Sequence[Target], t: Target) -> str | None:
        """How firmly it is meant: a word outside all that is measured (县级基本财力显著提升: 显著)."""
        since = max([a, *(o.end for o in found if o.end <= t.start and not o.rule.startswith(_SHARING))])
        until = b if t.rule.startswith(_SHARING) or t.state or t.baseline else t.end
        said = self.text[since : min(until, since + 300)]
        for other in found:
            at, alike = other.start - since, 0
            if at < 0:
                continue
            while alike < len(other.indicator) and said[at + alike : at + alike + 1] == other.indicator[alike]:
                alike += 1
            said = said[:at] + "　" * alike + said[at + alike :]
        m = (self.strength.search(t.state) if t.state else None) or self.strength.search(said)
        return m.group() if m else None

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

    def _also(self, a: int, b: int, numbers: list[Any], found: list[Target]) -> Iterator[Target]:
        """A comparison behind the last number of a clause: 研发投入增长7%、投入强度高于全国平均水平."""
        for x, y in parts(self.text, a, b)[1:]:
            if x > numbers[-1].end and not self.within(x, y):
                for t in comparisons.comparison(self.text, x, y, a):
                    at = found[-1].indicator.find(t.indicator[:2]) if found and len(t.indicator) <= 4 else -1
                    yield t._replace(indicator=found[-1].indicator[:at] + t.indicator) if at > 0 else t

    def _stated(
        self,
        s: Sentence,
        a: int,
        b: int,
        listed: Year | None,
        before: Target | None,
        chapter: bool,
        prior: Span | None,
        this_year: bool,
    ) -> Iterator[Target]:
        """`this_year`: 今年, 明年 … stand somewhere in the sentence."""
        since = max(s.start, b - REACH)
        due = [q for q in self.within(since, b) if q.role == "deadline" and q.iso]
        dated = any(_BY.search(self.text, max(since, q.start - 2), q.end + 1) for q in due)
        announced = bool(listed) and bool(_ANNOUNCED.search(self.text, since, a))
        along = before is not None and bool(due or (this_year and self.due.this_year(since, a)))
        yield from outcomes.stated(
            self.text,
            a,
            b,
            dated=dated,
            listed=bool(listed),
            announced=announced,
            along=along,
            chapter=chapter,
            this_year=this_year and self.due.this_year(since, b),
            prior=prior,
        )
