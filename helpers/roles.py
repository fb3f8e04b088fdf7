"""The role of a quantity: target, measure, status, deadline, period or other (CODEBOOK 1).

Tense decides first (`tense`: what is past is status), then what an amount that lies ahead is aimed at (`aims`); dates
are deadlines where something is due by them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpers import aims, tense
from helpers.aims import Verdict
from helpers.cues import begins, last
from helpers.document import Document
from helpers.numerals import Found
from helpers.structure import IN_NUMBER, Sentence

_FAR: Final = 100  # characters beyond which nothing governs an amount
_CLAUSE: Final = re.compile(rf"[，；;。：:！!？?\n]|(?!{IN_NUMBER}),")
_CLAUSES: Final = re.compile(rf"(?s:.*)(?:{_CLAUSE.pattern})")  # up to the last of them
_STOP: Final = re.compile(r"[。！!？?\n]")
_BY: Final = re.compile(r"(?:到|至|力争|争取|确保|实现|截至|于|在)(?:今年|本年)?$")
_JOINS: Final = ("和", "与", "及", "、", "或")
_UNTIL: Final = re.compile(r"(?:延长|延续|有效期|执行|实施|施行|顺延|展期|保留)(?:限)?[至到]?$")  # in force until
_OPENS: Final = re.compile(r"[，,。\n：:；;（(]$|^$")
_SCENE: Final = re.compile(r"[，,]?[^，。；]{0,12}(?:是|面临|迎来|形势)")  # 2014年，我国面临的形势: no deadline
_AT_LEAST: Final = re.compile(r"(?:至少|最少|至多|最多)[\u4e00-\u9fff]*?(?=[\d一二两三四五六七八九十百千万])")
_DUE: Final = re.compile(r"[前底末]$")
_FROM: Final = re.compile(r"以来|起|开始|以后|之后|版|度报告")
_EVENT: Final = re.compile(r"[^，。；、]{0,12}")
# An end state that is due though it states no number: 今年基本完成, 年内全部取消
_END_STATE: Final = re.compile(
    r"""(?:基本|全面|全部|如期|率先|初步|彻底)
        (?:完成|实现|取消|建成|建立|形成|消除|解决|脱贫|摘帽|淘汰|关停|停止|退出|消灭|达标
        |落实|清零|打通|建好|贯通|投运|覆盖)
      | 全覆盖 | 应[\u4e00-\u9fff]尽[\u4e00-\u9fff] | 清零
      | (?:务必|做到|确保)[^，。；]{0,16}(?:更|稳中|不再|得到)
      | (?:显著|明显|大幅)(?:提升|提高|改善|下降|降低|减少|增强|好转|缩小)""",
    re.X,
)
_TERM: Final = re.compile(
    "的?(?:过渡期|保护期|宽限期|缓冲期|免税期|优惠期|试用期|在线|值班|值守|监控|监测|服务|营业|响应)"
)
_NUMERAL: Final = re.compile(r"[\d一二三四五六七八九十上下]")
_CAPACITIES: Final = re.compile(r"[^，,。；;]{0,80}等[^，,。；;、]{0,6}产能")
_GOALS: Final = re.compile(r"(?:完成|实现|做好|落实)[^，。；、]{0,12}$")  # 完成2017年各项目标任务
_THE_GOALS: Final = re.compile(r"[^，。；、\d]{0,14}(?:目标|任务)")
_SETS_GOALS: Final = re.compile(rf"[^，。；、\d]{{0,20}}{tense.GOALS.pattern}")  # 2013年的主要预期目标是：
_OF_YEAR: Final = re.compile(r"是|以来|底|初|(?:全国|全省|全市)?高校毕业生")
# A clause that only goes on: 增长7%, 达到309亿元, 比去年增加400亿元
_CARRIED: Final = re.compile(
    r"""(?:安排)?[和与及、]?(?:(?:比|较|同比)[^，。；]{1,10}?)?
        (?:再|分别|可|将|要|力争|均|各|则|也|同比|年均|实际|由|从)*(?:规模|总额|总量|余额)?
        (?:新增|增长|增加|提高|减少|下降|降低|上调|下调|高|低|多|少|达到|达|降至|降到|增至|提高到|升至|至|到|为)?(?:到|至|了)?""",
    re.X,
)
_COMPARED: Final = re.compile(r"[比较按以于从由自与同和超在过对](?:到|照)?$")
# what a date that heads a clause may stand behind: 清江县2013年实现生产总值92亿元
_HEADS: Final = re.compile(r"(?:[，,；;：:。]|^)(?:其中|而|在|到|至|[\u4e00-\u9fff]{1,8}[国省市县区州旗])?$")
# no year of its own: of the one that is spoken of
_OF_THAT_YEAR: Final = re.compile("全年|年[底末内]|[上下]半年|第?[一二三四]季|前[一二三]")
_DATES_AWAY: Final = 16  # amounts between a year and what is told of it
# What was before: 现行16%的税率; 由16%降至13%
_THEN: Final = re.compile(r"(?:去年|上年)的$|[从由](?:去年|上年|\d{4}年)[底末]?的?$|现行$")
_WAS: Final = re.compile(r"[由从][^，。；、\d]{0,8}$")
_NOW: Final = re.compile(
    r"的?[\u4e00-\u9fff]{0,6}?(?:提高|提升|增加|增至|上调|下调|降|调整|扩大|减|缩|压|延长|升|增长|并至|并为|变为|改为)"
)


def assign(document: Document, found: Sequence[Found]) -> Iterator[Verdict]:
    """For each amount or date its role and the rule that gave it; role None where it is no quantity after all."""
    judge = _Judge(document, found)
    verdicts = [judge.amount(i) if f.unit != "date" else None for i, f in enumerate(found)]
    for i, verdict in enumerate(verdicts):
        yield verdict or judge.date(i, verdicts)


class _Judge:
    """What the roles of one document's quantities hang on."""

    def __init__(self, document: Document, found: Sequence[Found]) -> None:
        self.document, self.text, self.found = document, document.text, found
        self.modes = tense.modes(document)
        self.today = document.date
        self.year = self.today.year if self.today else None
        self.aimed: dict[int, Verdict] = {}

    def _clause(self, f: Found, sentence: Sentence) -> tuple[int, int]:
        """The clause of a quantity; no longer than a text without punctuation can afford."""
        start, end = max(sentence.start, f.start - _FAR), min(sentence.end, f.end + _FAR)
        before, after = _CLAUSES.match(self.text, start, f.start), _CLAUSE.search(self.text, f.end, end)
        return before.end() if before else start, after.start() if after else end

    def _tense(self, sentence: Sentence, clause: tuple[int, int]) -> tuple[str, str]:
        section = self.document.sections[sentence.section]
        start, mode = max(sentence.start, clause[0] - 3 * _FAR), self.modes[sentence.id]
        return tense.speaks(self.text, start, clause, mode, section.frame, lead=section.kind == "lead", year=self.year)

    def _opened(self, f: Found, sentence: Sentence, clause: tuple[int, int]) -> tuple[int, int]:
        """A date that is a clause of its own (到年底，中心要建成) reaches over the next one."""
        if clause[1] > f.end or clause[1] >= sentence.end:
            return clause
        m = _CLAUSE.search(self.text, clause[1] + 1, sentence.end)
        return clause[0], m.start() if m else sentence.end

    def _around(self, i: int, clause: tuple[int, int]) -> tuple[str, str]:
        """What stands in the clause before an amount, up to the last one, and after it, up to the next."""
        f, left, right = self.found[i], clause[0], clause[1]
        if i and self.found[i - 1].rule != "date:relative":
            left = max(left, self.found[i - 1].end)
        if i + 1 < len(self.found):
            following = self.found[i + 1]
            if following.start > f.end:
                right = min(right, following.start)
            elif following.unit is None:  # 10个千亿级产业集群
                return self.text[left : f.start], self.text[following.end : clause[1]]
            else:  # 50亿元以上2个: of projects, say
                return self.text[left : f.start], "项目"
        after = self.text[f.end : right]
        if after in _JOINS and i + 1 < len(self.found):  # 3%和4%研发费占比: what follows the last is of both
            far = self.found[i + 2].start if i + 2 < len(self.found) else clause[1]
            after = self.text[self.found[i + 1].end : max(self.found[i + 1].end, min(clause[1], far))]
        return self.text[left : f.start] + self._bound(f), after

    def _bound(self, f: Found) -> str:
        """The verb that stands in the span: 至少建成, 突破."""
        if self.text.startswith("突破", f.start):
            return "突破"
        m = _AT_LEAST.match(self.text, f.start)
        return m.group() if m else ""

    def amount(self, i: int) -> Verdict:
        """The role of an amount."""
        f, text = self.found[i], self.text
        sentence = self.document.sentence_at(f.start)
        clause = self._clause(f, sentence)
        left, right = self._around(i, clause)
        when, why = self._tense(sentence, clause)
        if when == "plan" and (gone := self._gone(i, sentence, clause[0])):
            when, why = "past", f"of {gone}"
        if other := aims.listing(f, text[f.start : f.end], left, right, ahead=when == "plan"):
            return other
        if aims.unit_kind(f) == "time" and when == "plan" and _TERM.match(right):
            return Verdict("measure", "a term that is set")
        if aims.unit_kind(f) == "time" and not _measured(f, text[clause[0] : f.start], right):
            return Verdict("period", "span of time")
        if when == "past":
            return Verdict("status", f"past:{why}")
        verdict = self._ahead(i, clause, left, right)
        if self.modes[sentence.id] == "told" and (f.unit == "国" or self._unnamed(f, verdict)):
            return Verdict("status", "nothing is aimed at")
        self.aimed[i] = verdict
        then = _THEN.search(text, max(clause[0], f.start - 12), f.start)
        if then or (_WAS.search(left) and _NOW.match(right)) or right == "并":
            return Verdict("status", "what was before")
        return verdict

    def _ahead(self, i: int, clause: tuple[int, int], left: str, right: str) -> Verdict:
        """The role of an amount that lies ahead: from its own words, from the amount before, from its clause."""
        f, before = self.found[i], self._before(i, clause[0])
        carried = before and Verdict(before.role, f"as before: {before.why.removeprefix('as before: ')}")
        if carried and _CARRIED.fullmatch(left) and not last("role_fiscal", right[:8]):
            return carried
        topic = self._topic(clause[0]) if len(left) <= 5 else ""
        if _CAPACITIES.match(self.text, f.end, clause[1]):  # 淘汰钢铁2700万吨、水泥4200万吨等落后产能
            return Verdict("target", "level:产能")
        return (
            aims.people(f, left, right)
            or aims.aim(f, left, right, topic)
            or carried
            or aims.aim(f, self.text[clause[0] : f.start], self.text[f.end : clause[1]])
            or aims.default(f)
        )

    def _unnamed(self, f: Found, verdict: Verdict) -> bool:
        """Whether no word says what is aimed at, nor sets a bound (不超过3瓦): in news mere figures."""
        return verdict.why.removeprefix("as before: ") in aims.UNNAMED and self.text[f.start] != "不"

    def _gone(self, i: int, sentence: Sentence, start: int) -> str | None:
        """The year gone by that a clause speaks of: 2014年实现增长7%; not one that it compares with, 比2014年增长7%.

        A year at the head of a sentence or clause is that of the clauses and the two sentences after it, until one of
        them names another or looks ahead: 2014年，生产总值增长7%；收入分别达到2万元和1万元.
        """
        before = self.document.sentences[max(0, sentence.id - 2) : sentence.id + 1]
        begin = next(s.start for s in before if s.paragraph == sentence.paragraph)
        for f in reversed(self.found[max(0, i - _DATES_AWAY) : i]):
            if f.start < begin:
                return None
            if not (f.iso and self.today and f.iso[:4].isdigit()) or _OF_THAT_YEAR.match(self.text, f.start):
                continue
            if int(f.iso[:4]) >= self.today.year:
                return None
            if self.text[f.start - 1 : f.start] in ("比", "较"):
                continue  # 2014年增长7%，比2013年高2个百分点
            if f.start >= start:
                return None if _COMPARED.search(self.text, max(start, f.start - 3), f.start) else f.iso
            heads = _HEADS.search(self.text[begin : f.start])
            since = self.found[i].start
            if not heads or _FROM.match(self.text, f.end) or tense.intends(self.text, f.end, since):
                return None
            return f.iso
        return None

    def _before(self, i: int, start: int) -> Verdict | None:
        """The aim of the last amount, where no more than one comma divides it from this clause."""
        k = i - 1
        while k > i - 6 and k >= 0 and self.found[k].unit == "date":
            k -= 1
        if k < 0 or start - self.found[k].end > 3 * _FAR:
            return None
        end = self.found[k].end
        near = not _STOP.search(self.text, end, start) and len(_CLAUSE.findall(self.text, end, start)) <= 1
        return self.aimed.get(k) if near else None

    def _topic(self, start: int) -> str:
        """The clause before, if a comma divides it from the one that begins at `start`."""
        if self.text[start - 1 : start] not in ("，", ","):
            return ""
        first = max(0, start - 60)
        return self.text[max((m.end() for m in _CLAUSE.finditer(self.text, first, start - 1)), default=first) : start]

    def date(self, i: int, verdicts: Sequence[Verdict | None]) -> Verdict:
        """The role of a date."""
        f, text = self.found[i], self.text
        sentence = self.document.sentence_at(f.start)
        clause = self._clause(f, sentence)
        when, why = self._tense(sentence, self._opened(f, sentence, clause))
        if f.rule == "date:relative":
            if sentence.level is not None and self.modes[sentence.id] == "plan" and text.startswith("今年", f.start):
                return Verdict("deadline", "heading of a plan")
            end = self._reach(f, clause, sentence.end)
            k = next((k for k in range(i + 1, min(i + 6, len(verdicts))) if verdicts[k]), None)
            amount = None if k is None or self.found[k].start >= end else verdicts[k]
            if when == "plan" and not _OF_YEAR.match(text, f.end):
                if amount and amount.role == "target":
                    return Verdict("deadline", "governs a target")
                if not amount and _END_STATE.search(text, f.end, end):
                    return Verdict("deadline", "governs an end state")
            return Verdict(None, "no deadline")
        due = f.iso.split("/")[0] if f.iso and ("/" not in f.iso or f.rule == "date:this and next") else ""
        now = self.today.isoformat() if self.today else ""
        # a quarter gone by is no deadline, this month may be, the day itself is when something happened
        ahead = bool(due) and (due > now if len(due) == len("2020-04-29") else due >= now[: len(due)])
        verdict = self._dated(f, sentence, clause, when, why, ahead=ahead)
        if verdict.role == "period" and not _NUMERAL.search(text, f.start, f.end):
            return Verdict(None, "no numeral")  # 年末, 去年底: as 今年, they count as deadlines only
        return verdict

    def _dated(
        self, f: Found, sentence: Sentence, clause: tuple[int, int], when: str, why: str, *, ahead: bool
    ) -> Verdict:
        """Deadline or period, for a date that has a numeral or a part of the year."""
        text, mode = self.text, self.modes[sentence.id]
        if mode == "title" or not ahead:
            return Verdict("period", mode if mode == "title" else "date")
        if (f.start, f.end) == (sentence.start, sentence.end) and f.iso and f.iso.count("-") == 2:
            return Verdict("period", "date of signature")  # a line of its own below a notice
        if sentence.level is not None and mode == "plan":
            return Verdict("deadline", "heading of a plan")
        event = _FROM.match(text, f.end) or last("role_events", _EVENT.match(text, f.end).group())  # type: ignore[union-attr]
        if _SETS_GOALS.match(text, f.end):
            return Verdict("deadline", "of goals")
        if when == "plan" and f.rule == "date:this and next":
            return Verdict("deadline", "this year and next")
        event = event or _UNTIL.search(text, max(0, f.start - 6), f.start)
        if when == "plan" and not event:
            if _GOALS.search(text, clause[0], f.start) and _THE_GOALS.match(text, f.end):
                return Verdict("deadline", f"of goals, {why}")
            if _BY.search(text[max(0, f.start - 4) : f.start]) or _DUE.search(text[f.start : f.end]):
                return Verdict("deadline", f"due, {why}")
            if _OPENS.search(text[max(0, f.start - 1) : f.start]) and not _SCENE.match(text[f.end : f.end + 24]):
                return Verdict("deadline", f"opens a clause, {why}")
        return Verdict("period", "date")

    def _reach(self, f: Found, clause: tuple[int, int], end: int) -> int:
        """How far 今年 governs: its clause; with 今年…预期目标是: or 今年, at its head the next one."""
        mark = self.text[clause[1] : clause[1] + 1]
        if mark in ("：", ":") or (clause[1] == f.end and mark in ("，", ",")):
            first = clause[1] + 1
            if self.text[first : first + 1] == "\n":  # the list begins on a line of its own
                first, end = first + 1, first + _FAR
            m = _CLAUSE.search(self.text, first, end)
            return m.start() if m else end
        return clause[1]


def _measured(f: Found, left: str, right: str) -> bool:
    """Whether a span of time is itself what is measured: 审批时间压缩至5天, 人均预期寿命77岁."""
    if f.unit in ("周年", "岁", "周岁"):
        return f.unit != "周年"
    return last("role_time_measures", left[-16:]) is not None and not begins("role_time_frames", right)
