"""Indicators: what is measured where a clause carries the amount that is to be reached."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from helpers.enumerations import Span, parts, shared_predicate
from helpers.heads import members, named, placed, trim
from helpers.lead import is_time, strip_lead
from helpers.verbs import verb_at


class Target(NamedTuple):
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


_WINDOW: Final = 200  # no indicator is longer; keeps torn texts without punctuation linear
# verbs that only say that a level is reached (…达到, 控制在): they stay outside the indicator
_LEVEL: Final = re.compile(
    r"""(?:(?:增加|增长|扩大|提高|提升|上升|下降|降低|减少|压减|压缩|缩短|保持|控制|稳定|维持|[降增升达超突])(?:到|至|在|达到|达|突破|超过|超)
    |，?(?:确|暂|拟)?定为|达到|突破|超过|不低于|不高于|不少于|不超过|完成|实现|预期目标|目标|力争|确保|总量达
    |[到至在达超为是约近有均都要：:不])++$""",
    re.X,
)
# verbs of change stay with the indicator: 地区生产总值增长
_CHANGE: Final = re.compile(
    r"(?:年均)?(?:同比)?(?:增长|增加|减少|下降|降低|提高|提升|上升|缩小|扩大|压减|增幅|增速|涨幅)$"
)
# who is to do it: 我市力争…, 郑州要全面完成…
SUBJECT: Final = re.compile(
    r"""(?:[我全本]?[国省市区县州旗](?=力争|争取|计划|确保|预计|预期|提出|[要将](?![求军]))
    |[\u4e00-\u9fff]{2,4}(?<![主需必首只重])(?=[要将](?:全面|全部|基本|如期|率先)))""",
    re.X,
)
_STRIP: Final = re.compile(
    SUBJECT.pattern
    + r"""|提出(?!的)|力争|争取
    |确保|努力|预计|计划|实现|完成|建成(?!区)|达到|保持|使|将|把|推动|促进|带动|做到|要求?|全力|让|解决|(?:底线|核心|关键|重点|目的)是|帮助|均|都|我们
    |再(?!就业|生|贷款|制造|融资|教育)
    |基本实现|全面实现|基本(?=实现|完成|建成|形成|达到|消除)|着力|并|以及|也|还|今年底?|年底|全年|年内|明年|五年|经济社会发展
    |[^，,。；]{0,12}(?:主要(?:预期)?(?:目标|指标)(?:是|为)?|(?:目标)?任务[是为](?=[\u4e00-\u9fff]{2}))|按[^，,。；的]{2,12}(?:价格?|口径)(?:计算)?的?(?=[\u4e00-\u9fff]{3})|在[^，,。；]{2,30}?(?:基础上|前提下|条件下|情况下)|通过[^，,。；]{2,60}?(?:措施|方式|途径|手段|办法)""",
    re.X,
)
_MAKES: Final = re.compile(
    r"""(?:新增|建成|再?培育|新培育|创建|打造|引进|建设|发展|争创|招引|认定|减少|增加|转移|培养|开发|提供|创造|完成|新建|实现)$""",
    re.X,
)
_SHARED: Final = re.compile(
    r"(?<![人户年平亩地日月])均|都|分别|年均|同比|达到|增长|下降|高于|低于|显著|明显|全面|全部|基本|大幅|提高|提升|(?<![通可发])达(?![率标成])|保持"
)
_MODALS: Final = re.compile(
    r"""(?:都|也|均|还)?(?:要|再|将|拟|预计|预期|力争|应|需|年内|今年|至少|最少|不低于)++
    (?=(?:再|平均|年均|分别|至少)?(?:增长|增加|减少|下降|降低|提高|提升|压减|压缩|缩短|缩小|[达稳降升]|保持|控制|$))""",
    re.X,
)
_WHENEVER: Final = re.compile(
    r"(?:今年|明年)?年?底[以之]?前要?|全年|年内|今年|^提出|(?:的)?预期目标|(?<=增长)预期|预期(?=增长)|(?:的)?目标$|(?<![年平人户])均(?=[增下降提])|分别(?=[增下降提]|减少|压减|$)|动态$|继续$|[从由]\d.*$|比\d{4}年(?=[\u4e00-\u9fff]{2}$)|^五年"
)
_PREDICATE: Final = re.compile(
    r"(?:平均|实际|总体|再)*(?:实现|翻|[增降]|下调|上涨|(?<![通可发])达(?![率标成])|占|控制|压[减缩]|缩[短小]|减少|预期)"
)
_AFTER: Final = re.compile(r"(?:以上|以下|以内|左右|上下|之间|内)")
_EXISTS: Final = re.compile(r"(?:我国|全国|全省|全市|目前|现|当前)(?:现)?有")
_THAN_LAST_YEAR: Final = re.compile(r"^比(?:上年|去年|上一年|前年)|目标比")
_EACH: Final = re.compile(r"(?P<scope>(?:每个|各)[^，,。；均都]{1,10}?)(?:均|都)(?:有)?")
_A_YEAR: Final = re.compile(r"20\d\d年")
_DEFINED: Final = re.compile(
    r"(?:以上)?(?:的)?[\u4e00-\u9fff]{0,8}?(?:企业|项目|产业|园区|集群|县|镇|村|家庭|人口)(?:总数|数量|数)?(?:达到|达|突破|超过|增加到)"
)
_CLASS: Final = re.compile(r"[\u4e00-\u9fff]{1,10}")
_QUALIFIES: Final = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:比\d{4}年)?(?:提高|削减|降低|增长|下降|减少|增加|上升|达到|达|超过|控制在)(?:了|到|至)?"
)
_NAMED_ACTS: Final = ("行动", "工程", "计划", "规划", "方案", "专项")
_ALL_OF_THEM: Final = ("全部", "均", "都")


def numbered(text: str, a: int, b: int, numbers: list[Any], before: Target | None) -> Iterator[Target]:
    """The targets of the clause `text[a:b]`, one for each of its amounts (or each member of a list before an amount).

    `before` is the last target of the sentence: 地区生产总值增长7%，达到300亿元 measures the same thing twice.
    """
    a = max(a, numbers[0].start - _WINDOW)
    apart = text.rfind("分别", a, numbers[0].start)
    if apart >= 0 and len(numbers) > 1:
        begin = a if _A_YEAR.match(text, a, apart) else clean(text, a, apart)
        subjects = [(x, y) for x, y in shared_predicate(text, begin, apart) if x < y]
        if len(subjects) == len(numbers):  # A和B分别增长7%和8%
            verb = _LEVEL.sub("", text[apart + 2 : numbers[0].start])
            if all(_A_YEAR.fullmatch(text, x, y) for x, y in subjects):  # 2024年、2025年分别新增500家、800家
                for (x, _), q in zip(subjects, numbers, strict=True):
                    t = _valued(q.start, q.end, a, verb, q, "respectively")
                    yield t._replace(deadline=text[x : x + 4])
                return
            trim(text, subjects)
            for (x, y, name), q in zip(named(text, subjects), numbers, strict=True):
                yield _valued(x, y, a, name + verb, q, "respectively")
            return
    begins = [x for x, _ in parts(text, a, b)]
    numbers = _measured(text, numbers, begins)
    verb = ""
    for n, q in enumerate(numbers):
        x = numbers[n - 1].end if n else a
        part = begins[bisect_right(begins, q.start) - 1]
        x = max(x, part) if n or verb_at(text, part, q.start) else a
        last = n + 1 == len(numbers)
        at = bisect_right(begins, q.start)
        stop = begins[at] - 1 if at < len(begins) else b
        y = b if last else max(q.end, min(stop, numbers[n + 1].start))
        for t in _one(text, (x, min(y, q.end + _WINDOW)), a, q, before, verb):
            yield t
            before = t
        if n == 0 and (m := _MAKES.search(text, a, q.start)):
            verb = m.group()


def _measured(text: str, numbers: list[Any], begins: list[int]) -> list[Any]:
    """The amounts that are to be reached: not the size of the class of which a number is to come (3个百亿级集群),
    nor what defines it (收入超亿元企业达到50家)."""
    out = []
    for n, q in enumerate(numbers):
        if n and numbers[n - 1].end == q.start:
            continue
        if n + 1 < len(numbers):
            after = text[q.end : numbers[n + 1].start]
            defines = _DEFINED.match(after) and bisect_right(begins, q.end) == bisect_right(
                begins, numbers[n + 1].start
            )
            if text[q.end - 1] == "级" and _CLASS.fullmatch(after):
                continue  # 百亿级企业5家
            if q.unit == "岁" and _LEVEL.search(after):
                continue  # 3岁以下婴幼儿托位数达到5个
            if q.unit in ("项", "类", "种", "大") and _QUALIFIES.fullmatch(after):
                continue  # 三项保险参保率提高2个百分点
            if defines and not _CHANGE.search(text, max(0, q.start - 6), q.start):
                continue
        out.append(q)
    return out


def clean(text: str, start: int, end: int) -> int:
    """Where an indicator begins: without connectives, time, modals and verbs that only say that it will be reached.

    >>> s = "到2025年力争实现城镇化率达到"
    >>> s[clean(s, 0, len(s)):]
    '城镇化率达到'
    """
    while True:
        begin = strip_lead(text, start, end)
        m = _STRIP.match(text, begin, end)
        if not m or (m.end() == end and m.group() == "建成"):
            return begin
        start = m.end()


def _one(text: str, span: Span, clause: int, q: Any, before: Target | None, shared: str) -> Iterator[Target]:
    """The target of one amount: the indicator before it (粮食产量6亿吨) or what is counted behind it (培育10个基地)."""
    x, y = span
    while x < q.start and text[x] in "、和及与，, ":
        x += 1
    begin = clean(text, x, q.start)
    if is_time(text, begin, q.start):  # 2025年底前超过45万个
        x = begin = q.start
    begin = max(begin, text.rfind("把", begin, q.start) + 1)
    head = text[begin : q.start]
    if _THAN_LAST_YEAR.search(head) or _EXISTS.match(text, clause, q.start):
        return
    each = _EACH.match(head)
    bare = "" if each else _LEVEL.sub("", head).strip("，, ")
    m = _AFTER.match(text, q.end, y)
    after = m.end() if m else q.end
    tail = text[after:y].strip("，, ")
    if tail.endswith(_NAMED_ACTS):
        return  # 实施百亿元技术改造工程: the number stands in a name
    measured = bool(bare) and bool(_CHANGE.search(bare) or _LEVEL.search(head))
    if tail and not measured and not tail.startswith(("的目标", "、")):
        if head.endswith("的"):
            yield _valued(begin, y, clause, head + tail, q, "count of what")
        elif before is not None and not bare and before.end <= x and tail.startswith(_ALL_OF_THEM):
            yield _valued(x, q.end, clause, before.indicator, q, "shared head")
        else:
            verb = _MAKES.search(bare)
            made = verb.group() if verb else shared
            noun = tail.rsplit("的", 1)[-1] if "的" in tail[:-1] else tail
            whose = bare if len(bare) > 1 and not made else "" if made in ("实现", "完成") else made
            yield _valued(begin, y, clause, whose + noun, q, "count of what", each and each.group("scope"))
    elif before is not None and _CHANGE.fullmatch(bare):  # …达到300亿元，年均增长20%
        yield _valued(x, after, clause, _CHANGE.sub("", before.indicator) + bare, q, "same indicator")
    elif bare:
        yield from _indicated(text, begin, bare, clause, q)
    elif before is not None:
        level = q.unit not in ("%", "个百分点") and bool(_LEVEL.search(text, x, q.start))  # 寿命提高1岁，达到75岁
        same = before.indicator if q.unit == before.unit and not level else _CHANGE.sub("", before.indicator)
        yield _valued(x, after, clause, same, q, "same indicator")
    elif tail:
        yield _valued(begin, y, clause, tail.lstrip("的"), q, "count of what")


def _indicated(text: str, begin: int, bare: str, clause: int, q: Any) -> Iterator[Target]:
    """An indicator before its number; a list of indicators before one number is one target each."""
    stop = begin + len(bare)
    together = _SHARED.search(text, begin + 2, q.start) or _PREDICATE.search(text, begin + 4, q.start)
    if together:
        subjects = members(text, begin, together.start())
        if len(subjects) > 1 and min(e - s for s, e in subjects) >= 2 and "等" not in text[begin : together.start()]:
            change = _CHANGE.search(bare)
            verb = change.group() if change else _LEVEL.sub("", text[together.start() : q.start]) or ""
            for s, e, name in named(text, subjects):
                yield _valued(s, e, clause, name + verb, q, "list with one value")
            return
    scope, bare = placed(bare)
    begin += len(scope or "")
    change = None if _CHANGE.search(bare) else _CHANGES_IN.search(text, q.start, q.end)
    bare += change.group() if change else ""
    yield _valued(begin, max(q.end, stop), clause, bare, q, "indicator and value", scope)


_CHANGES_IN: Final = re.compile(r"(?<=[少多于])(?:降低|下降|减少|增长|提高|压减|增加)")


def _valued(start: int, end: int, clause: int, indicator: str, q: Any, rule: str, scope: str | None = None) -> Target:
    indicator = _WHENEVER.sub("", _MODALS.sub("", indicator))
    return Target(start, end, clause, indicator, q.low, q.high, q.unit, q.comparator, scope=scope, rule=rule)
