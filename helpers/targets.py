"""Targets: commitments that could be checked. One record an indicator, with its value or end state and its deadline."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from helpers import lexicon, structure
from helpers.directives import strip_lead
from helpers.document import Document
from helpers.enumerations import after_adverbs, parts, shared_predicate, verb_at
from helpers.structure import Sentence


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured, how much (or which end state), by when; `clause` is where its comma clause begins."""

    start: int
    end: int
    clause: int
    indicator: str
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: str | None = None
    baseline: str | None = None
    state: str | None = None
    deadline: str | None = None
    scope: str | None = None
    strength: str | None = None
    rule: str = ""


_LEVEL: Final = re.compile(
    r"""(?:(?:增加|增长|扩大|提高|提升|上升|下降|降低|减少|压减|压缩|缩短|保持|控制|稳定|维持|降|增|升|达|超|突)?(?:到|至|在|达到|达|突破|超过|超)
    |突破|超过|超|为|是|不低于|不高于|不少于|不超过|完成|实现|预期目标|目标|约|近|有|均|都|力争|确保|要|[：:]|不|总量达)+$""",
    re.X,
)
_CHANGE: Final = re.compile(r"(?:年均)?(?:同比)?(?:增长|增加|减少|下降|降低|提高|提升|上升|缩小|扩大|压减|增幅|增速|涨幅)$")
_STRIP: Final = re.compile(
    r"""(?:力争|争取|确保|努力|预计|计划|实现|完成|建成|达到|保持|使|将|把|推动|促进|带动|做到|要|全力|解决|帮助|均|都|我们|再|基本实现|全面实现|基本|着力|并|以及
    |也|还|都|今年|全年|年内|明年|经济社会发展|[^，,。；]{0,12}主要(?:预期)?(?:目标|指标)(?:是|为)?|通过[^，,。；]{2,40}?(?:措施|方式|途径|手段|办法))""",
    re.X,
)
_MAKES: Final = re.compile(r"(?:新增|培育|创建|打造|引进|建设|发展|争创|新培育|再培育|招引|认定|减少|增加|转移|培养|开发|提供|创造|完成|新建|实现)$")
_AFTER: Final = re.compile(r"(?:以上|以下|以内|左右|上下|之间|内)+")
_ANNOUNCED: Final = re.compile(r"(?:预期|主要|发展|工作|奋斗|总体|具体|增长|约束性)(?:的)?(?:目标|指标)(?:建议)?(?:任务)?(?:是|为|如下|有|包括|[：:])+")
_SHARED: Final = re.compile(r"(?:(?<![人户年平亩地日月])均|都|分别|年均|同比|达到|增长|下降|高于|低于|显著|明显|全面|全部|基本|大幅|提高|提升|达|保持)")
_RESPECTIVELY: Final = re.compile(r"分别")
_COMPARES: Final = re.compile(
    r"""(?P<side>不低于|不高于|高于|低于|快于|优于|好于|超过|超出)(?P<base>(?:全(?:国|省|市|区|县|州|盟|自治区)|[^，,。；、]{0,8}平均|同期|经济增[长速]|(?:国内|地区)生产总值增[长速]|GDP增[长速])[^，,。；、]{0,8})
    |(?:与|和|同|跟)(?P<equal>[^，,。；、]{2,14}?)(?:保持)?(?:基本)?(?P<same>同步|持平|相当)(?:增长)?
    |(?P<sync>同步于)(?P<synced>[^，,。；、]{2,12})""",
    re.X,
)
_SIDE: Final = {"高于": ">", "快于": ">", "优于": ">", "好于": ">", "超过": ">", "超出": ">", "低于": "<", "不低于": ">=", "不高于": "<="}
_UNIVERSAL: Final = re.compile(
    r"(?P<all>全覆盖|(?:全部|均|都)(?:稳定)?(?:实现)?(?:脱贫|摘帽|达标|出列|退出|清零|纳入[^，,。；]*|消除|销号|动态清零))$"
)
_STATE: Final = re.compile(
    r"""(?:基本|显著|明显|全面|大幅(?:度)?|进一步|更加|持续|稳步|稳定|总体|不断|全部|初步|根本|逐步|有效|得到|取得|实现|达到|保持|继续|稳中|有所|均|都|迈上|进入|走在|居|跃上|处于)
    [^，,。；、]{1,}$""",
    re.X,
)
_FURTHER: Final = re.compile(r"(?:继续|持续|明显|显著|进一步|稳步|大幅)(?:下降|减少|降低|改善|提高|提升|增长|增加|好转)$")
_BRINGS: Final = re.compile(
    r"(?P<state>(?:基本|全面|初步|率先|如期|总体)?(?:建成|形成|建立|实现|解决|消除|完成|成为|涌现出|进入|跻身|构建|建设|打造|达到|培育)(?:起|一批|出一批|若干)?)(?P<what>[^，,。；]{2,})$"
)
_DONE: Final = re.compile(r"(?<![为除])了(?![解结])|已")
_RATIONALE: Final = re.compile(
    r"体现了?|考虑了?|主要是|目的(?:在于|是)|可以(?:实现|保证|带动)|是为了|有利于|相衔接|符合|之所以|这里要|说明|意味着|充分考虑|综合考虑|这一目标|这个目标|留有余地"
)
_GOALS_THEMSELVES: Final = re.compile(r"(?:实现|完成|达到|围绕|确保实现)[^，,。；]{0,12}目标")
_RATE: Final = re.compile(r"^的?(?:增速|速度|增长|目标)")
_MODALS: Final = re.compile(
    r"(?:都|也|均|还)?(?:要|再|将|拟|预计|预期|力争|应|需|年内|今年|至少|最少|不低于)+(?:再)?(?=(?:平均|年均|分别|至少)?(?:增长|增加|减少|下降|降低|提高|提升|压减|压缩|缩短|缩小|达|稳|保持|控制|$))"
)
_WHENEVER: Final = re.compile(r"全年|年内|今年|^提出|(?:的)?预期目标|(?<=增长)预期|预期(?=增长)|(?:的)?目标$")
_EXISTS: Final = re.compile(r"(?:我国|全国|全省|全市|目前|现|当前)(?:现)?有")
_JUDGES: Final = re.compile(r"(?<![于还但只特])是(?![否非])|的$")
_THIS_YEAR: Final = re.compile(r"今年(?!以来)|年内|全年")
_BY: Final = re.compile(r"[到至前底末]")
_QUANTIFIED: Final = re.compile(r"^(?P<scope>(?:每个|各)[^，,。；均都]{1,10}?)(?=均|都)(?:均|都)(?:有)?")
_DUE: Final = re.compile(r"(?:到|至|力争|争取)$")
_TASKS: Final = re.compile(r"目标")


def find(document: Document, quantities: Sequence[Any]) -> list[Target]:
    """The targets of a document in text order, from its text and the roles of its quantities."""
    return list(_Reader(document, quantities).read())


class _Reader:
    def __init__(self, document: Document, quantities: Sequence[Any]) -> None:
        self.document, self.text = document, document.text
        self.quantities = sorted(quantities, key=lambda q: (q.start, q.end))
        self.starts = [q.start for q in self.quantities]
        self.heads = sorted(lexicon.words("goal_shared_heads"), key=len, reverse=True)
        words = sorted(lexicon.words("goal_strength"), key=len, reverse=True)
        self.strength = re.compile("|".join(map(re.escape, words)))
        self.framed = any(s.kind == "frame" for s in document.sections)

    def within(self, start: int, end: int) -> list[Any]:
        return self.quantities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    # ------------------------------------------------------------ deadlines

    def read(self) -> Iterator[Target]:
        heading: str | None = None  # the year of a first-level heading over targets
        goals: tuple[int, str | None] | None = None  # level and year of a heading that announces the plan's targets
        listed: tuple[int, str | None] | None = None  # paragraph and year of a list announced as targets
        told: list[Target] = []
        opening = False
        for s in self.document.sentences:
            section = self.document.sections[s.section]
            if section.kind in ("title", "lead"):
                continue
            if s.level is not None:
                line = self.text[s.start : s.end]
                year = next((q.iso for q in self.within(s.start, s.end) if q.unit == "date" and q.iso), None)
                if s.level == 1:
                    heading = year if year and _TASKS.search(line) else None
                if goals and s.level <= goals[0]:
                    goals = None
                if len(line) <= 24 and line.rstrip("。：:").endswith(("目标", "指标")) and section.kind != "review":
                    goals = (s.level, year or self._final_year())
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
            found = [t for t in found if announced or not self._restated(t, s, told)]
            if listed:
                told += found
            yield from found

    def _restated(self, t: Target, s: Sentence, told: list[Target]) -> bool:
        """A target said again where the reasons for it are given: 6.5%左右的增速可以实现…"""
        same = any((t.low, t.high, t.unit) == (o.low, o.high, o.unit) for o in told if o.low is not None)
        return t.low is not None and same and bool(_RATIONALE.search(self.text, s.start, s.end))

    def _final_year(self) -> str | None:
        """The last year of the plan that the title names, or the first year by which the text says that it aims."""
        years = [q.iso.split("/")[-1] for q in self.within(0, len(self.text)) if q.role == "deadline" and q.iso]
        span = re.search(r"(?:20\d\d)\s*[—\-–~～至]+\s*(20\d\d)", self.document.title)
        return span.group(1) if span else years[0] if years else None

    def _list_year(self, s: Sentence, until: int) -> str | None:
        due = [q.iso for q in self.within(s.start, until) if q.unit == "date" and q.iso]
        if due:
            return due[-1].split("/")[-1]
        section = self.document.sections[s.section]
        years = [q.iso for q in self.within(section.start, s.start) if q.role == "deadline" and q.iso]
        if years:
            return years[0]
        return str(self.document.date.year) if self.document.date else None

    def _due(self, s: Sentence, position: int, heading: str | None, listed: tuple[int, str | None] | None) -> str | None:
        own = [
            q.iso
            for q in self.within(s.start, position)
            if q.iso and (q.role == "deadline" or q.unit == "date" and _DUE.search(self.text, max(0, q.start - 3), q.start))
        ]
        if own:
            return own[-1]
        if listed:
            return listed[1]
        if _THIS_YEAR.search(self.text, s.start, position) and self.document.date:
            return str(self.document.date.year)
        return heading

    # ------------------------------------------------------------ one sentence

    def _sentence(
        self, s: Sentence, kind: str, heading: str | None, listed: tuple[int, str | None] | None, begin: int
    ) -> Iterator[Target]:
        before: Target | None = None
        past = kind == "review" or kind == "narrative" and self.framed
        for a, b in structure.clauses(self.text, s.start, s.end):
            if b <= begin:
                continue
            a = max(a, begin)
            numbered = [q for q in self.within(a, b) if q.role == "target"]
            if numbered:
                found = list(self._numbered(a, b, numbered, before))
            elif past or any(q.role in ("measure", "status") for q in self.within(a, b)):
                found = []
            else:
                found = list(self._stated(s, a, b, listed, before is not None))
            for t in found:
                due = self._due(s, t.start if t.rule != "indicator and value" else t.end, heading if t.low is not None else None, listed)
                strength = self.strength.search(self.text, a, b)
                yield replace(t, deadline=due, strength=strength.group() if strength else None)
            if found:
                before = found[-1]

    # ------------------------------------------------------------ targets with a number

    def _numbered(self, a: int, b: int, numbers: list[Any], before: Target | None) -> Iterator[Target]:
        text = self.text
        apart = _RESPECTIVELY.search(text, a, numbers[0].start)
        if apart and len(numbers) > 1:
            subjects = list(shared_predicate(text, self._clean(a, apart.start()), apart.start()))
            if len(subjects) == len(numbers):
                verb = _LEVEL.sub("", text[apart.end() : numbers[0].start])
                x, y = subjects[-1]
                subjects[-1] = (x, y - (text[y - 1] in "要将均都"))
                for (x, y, name), q in zip(self._named(subjects), numbers):
                    yield self._valued(x, y, a, name + verb, q, "respectively")
                return
        pieces = parts(text, a, b)
        shared = ""
        for n, q in enumerate(numbers):
            x, y = next(((x, y) for x, y in pieces if x <= q.start < y), (a, b))
            earlier = numbers[n - 1].end if n else a
            if n == 0 or x < earlier:
                x = earlier if n else a
            stop = numbers[n + 1].start if n + 1 < len(numbers) else b
            y = max(q.end, min(y, stop)) if n + 1 < len(numbers) else b
            if n + 1 < len(numbers):
                y = max(q.end, min([p for p in (px for px, _ in pieces) if p > q.start] + [stop]) - 1)
            for t in self._one(x, y, a, q, before, shared):
                yield t
                before = t
            if n == 0:
                m = _MAKES.search(text, a, q.start)
                shared = m.group() if m else ""
        return

    def _clean(self, start: int, end: int) -> int:
        """Where the indicator begins: without connectives, time, modals and verbs that only say that it will be reached."""
        while True:
            begin = strip_lead(self.text, start, end)
            m = _STRIP.match(self.text, begin, end)
            if not m or m.end() == begin:
                return begin
            start = m.end()

    def _one(self, x: int, y: int, clause: int, q: Any, before: Target | None, shared: str) -> Iterator[Target]:
        text = self.text
        while x < q.start and text[x] in "、和及与，, ":
            x += 1
        begin = self._clean(x, q.start)
        scope = None
        if m := _QUANTIFIED.match(text[begin : q.start]):
            scope = m.group("scope")
        head = text[begin : q.start]
        if re.match("比(?:上年|去年|上一年|前年)", head) or _EXISTS.match(text, clause, q.start):
            return
        bare = _LEVEL.sub("", head).strip("，, ") if not scope else ""
        after = q.end
        if m := _AFTER.match(text, after, y):
            after = m.end()
        tail = text[after:y].strip("，, ")
        grows = bool(_CHANGE.search(bare)) or bool(_LEVEL.search(head)) and bare != ""
        if tail and not grows and not tail.startswith(("的目标", "、")):
            if head.endswith("的"):
                yield self._valued(begin, y, clause, head + tail, q, "count of what", scope)
                return
            noun = tail.rsplit("的", 1)[-1] if "的" in tail[:-1] else tail
            verb = _MAKES.search(bare)
            made = verb.group() if verb else shared
            if before is not None and not bare and before.end <= x and tail.startswith(("全部", "均", "都")):
                yield self._valued(x, q.end, clause, before.indicator, q, "shared head")
                return
            subject = bare[: verb.start()] if verb else bare
            if subject and not verb and len(subject) > 1 and not made:
                yield self._valued(begin, y, clause, subject + noun, q, "count of what", scope)
                return
            start = begin if not scope else begin
            yield self._valued(start, y, clause, (made if made not in ("实现", "完成") else "") + noun, q, "count of what", scope)
            return
        if bare:
            yield from self._indicated(begin, bare, clause, q)
        elif before is not None:
            yield self._valued(x, after, clause, _CHANGE.sub("", before.indicator), q, "same indicator")
        elif tail:
            yield self._valued(begin, y, clause, tail.lstrip("的"), q, "count of what", scope)

    def _indicated(self, begin: int, bare: str, clause: int, q: Any) -> Iterator[Target]:
        """An indicator before its number; a 、-list of indicators before one number is one target each."""
        text = self.text
        stop = begin + len(bare)
        together = _SHARED.search(text, begin + 2, q.start)
        subjects = parts(text, begin, together.start() if together else stop)
        if together and re.match("均|都", together.group()):
            subjects = list(shared_predicate(text, begin, together.start()))
        if together and len(subjects) > 1 and min(e - s for s, e in subjects) >= 3 and "等" not in text[begin : together.start()]:
            change = _CHANGE.search(bare)
            verb = change.group() if change else ""
            for s, e, name in self._named(subjects):
                yield self._valued(s, e, clause, name + verb, q, "list with one value")
            return
        yield self._valued(begin, max(q.end, stop), clause, re.sub("均(?=[增下降提])|(?:的)?预期目标$", "", bare), q, "indicator and value")

    def _named(self, subjects: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Members of a list with the head that they share supplied; the head itself stays outside their spans."""
        text = self.text
        s, e = subjects[-1]
        last = text[s:e]
        head = next((h for h in self.heads if last.endswith(h) and len(last) > len(h) + 1), "")
        if head and any(text[a:b].endswith(head) for a, b in subjects[:-1]):
            head = ""
        for a, b in subjects:
            b -= len(head) if (a, b) == (s, e) else 0
            yield a, b, text[a:b] + head

    def _valued(self, start: int, end: int, clause: int, indicator: str, q: Any, rule: str, scope: str | None = None) -> Target:
        indicator = _WHENEVER.sub("", _MODALS.sub("", indicator))
        return Target(start, end, clause, indicator, q.low, q.high, q.unit, q.comparator, scope=scope, rule=rule)

    # ------------------------------------------------------------ targets without a number

    def _stated(self, s: Sentence, a: int, b: int, listed: tuple[int, str | None] | None, along: bool) -> Iterator[Target]:
        text = self.text
        due = [q for q in self.within(s.start, b) if q.role == "deadline" and q.iso]
        dated = bool(due) and any(
            _BY.search(text, max(s.start, q.start - 2), q.end + 1) for q in due if q.start < b
        )
        begin = self._clean(a, b)
        if _DONE.search(text, begin, b) or _GOALS_THEMSELVES.match(text, a, b) or _JUDGES.search(text, a, b):
            return
        along = along and (bool(due) or bool(_THIS_YEAR.search(text, s.start, a)))
        if m := _COMPARES.search(text, begin, b):
            if not (dated or listed or m.end() == b):
                return
            base = m.group("base") or m.group("equal") or m.group("synced")
            side = _SIDE.get(m.group("side") or "", "=")
            subjects = list(shared_predicate(text, begin, m.start())) if "、" in text[begin : m.start()] else [(begin, m.start())]
            for x, y, name in self._named(subjects):
                y = m.end() if len(subjects) == 1 else y
                yield Target(x, y, a, name, comparator=side, baseline=base, rule="comparison")
            return
        if m := _UNIVERSAL.search(text, begin, b):
            begin = self._clean(after_adverbs(text, begin, b), b)
            if m.start() - begin >= 2:
                yield Target(begin, b, a, text[begin : m.start()], state=m.group("all"), rule="universal")
            return
        if along and not (dated or listed):
            if (m := _FURTHER.search(text, begin + 2, b)) and (listed or verb_at(text, begin, b) is None):
                yield Target(begin, b, a, text[begin : m.start()], state=m.group(), rule="end state")
            return
        if not (dated or listed):
            return
        if m := _BRINGS.match(text, strip_lead(text, a, b), b):
            what = m.group("what")
            each = parts(text, m.start("what"), b)
            if len(each) > 1 and len({text[y - 2 : y] for _, y in each}) == 1:
                for x, y in each:
                    yield Target(x, y, a, text[x:y], state=m.group("state"), rule="end state")
                return
            start = m.start()
            name = what.rsplit("的", 1)[-1] if "的" in what else what
            yield Target(start, b, a, name, state=m.group("state"), rule="end state")
            return
        if listed and s.start <= begin and b - begin <= 14 and not _STATE.search(text, begin + 2, b) and verb_at(text, begin, b) is None:
            if b - begin >= 6 and _ANNOUNCED.search(text, s.start, a) and "目标" not in text[begin:b]:
                yield Target(begin, b, a, text[begin : b - 4], state=text[b - 4 : b], rule="end state")
            return
        if (m := _STATE.search(text, begin + 2, b)) and m.start() - begin >= 2 and (listed or verb_at(text, begin, b) is None):
            subjects = list(shared_predicate(text, begin, m.start())) if "、" in text[begin : m.start()] else [(begin, m.start())]
            if len(subjects) == 1:
                yield Target(begin, b, a, text[begin : m.start()], state=text[m.start() : b], rule="end state")
                return
            for x, y, name in self._named(subjects):
                yield Target(x, y, a, name, state=text[m.start() : b], rule="end state")
