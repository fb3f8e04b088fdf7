"""Outcomes: targets that state no number but a comparison, a universal, or an end state by a date."""

import re
from collections.abc import Iterator
from typing import Final

from helpers.enumerations import Span, commas, parts, shared_predicate
from helpers.indicators import Target, clean, named
from helpers.lead import is_time, strip_lead
from helpers.verbs import after_adverbs, verb_at

_LONGEST: Final = 300
_COMPARES: Final = re.compile(
    r"""(?P<side>不低于|不高于|高于|低于|快于|优于|好于|超过|超出)
        (?P<base>(?:全(?:国|省|市|区|县|州|盟|自治区)|[^，,。；、]{0,8}平均|同期|经济增[长速]|(?:国内|地区)生产总值增[长速]|GDP增[长速])
        [^，,。；、]{0,8})
    |[与和同跟](?P<equal>[^，,。；、]{2,14}?)(?:保持)?(?:基本)?(?:同步|持平|相当)(?:增长)?
    |同步于(?P<synced>[^，,。；、]{2,12})""",
    re.X,
)
_SIDE: Final = {"低于": "<", "不低于": ">=", "不高于": "<="}
_UNIVERSAL: Final = re.compile(
    r"全覆盖$|(?:全部|均|都)(?:稳定)?(?:实现)?(?:脱贫|摘帽|达标|出列|退出|清零|纳入[^，,。；]{0,30}|消除|销号|动态清零)$"
)
# the predicate of an end state: 显著提升, 全面突破, 基本平衡
_STATE: Final = re.compile(
    r"""(?:基本|显著|明显|全面|大幅(?:度)?|进一步|更加|持续|稳步|稳定|总体|不断|全部|初步|根本|逐步|有效|得到|取得|实现|达到|保持
    |继续|稳中|有所|(?<![人户年])均|(?<![首成])都|迈上|进入|走在|完成(?=[^，,。；、]*(?:任务|目标|指标|要求))|居(?=[前第全])|跃上|处于)[^，,。；、]{1,12}$""",
    re.X,
)
_FURTHER: Final = re.compile(
    r"(?:继续|持续|明显|显著|进一步|稳步|大幅)(?:下降|减少|降低|改善|提高|提升|增长|增加|好转)$"
)
_BRINGS: Final = re.compile(
    r"""(?P<state>(?:基本|全面|初步|率先|如期|总体)?
        (?:建成|形成|建立|实现|解决|消除|完成|成为|涌现出|进入|跻身|构建|建设|打造|达到|培育)(?:起|一批|出一批|若干)?)
        (?P<what>[^，,。；]{2,})$""",
    re.X,
)
_DONE: Final = re.compile(r"(?<![为除])了(?![解结])|已")
_GOALS_THEMSELVES: Final = re.compile(r"(?:实现|完成|达到|围绕|确保实现)[^，,。；]{0,12}目标")
_WILL: Final = re.compile(r"(?:要|将|确保|力争|争取|努力|必须)+")
_PHRASE: Final = re.compile(r"目标|的")
_JUDGES: Final = re.compile(r"(?<![于还但只特])是(?![否非])|的$")


def stated(text: str, a: int, b: int, *, dated: bool, listed: bool, announced: bool, along: bool) -> Iterator[Target]:
    """The targets without a number in the clause `text[a:b]`.

    `dated`: a deadline stands before it in its sentence; `listed`: it is a member of a list announced as targets,
    `announced`: by this very sentence; `along`: a numbered target with a year stands before it in its sentence.
    """
    if b - a > _LONGEST or is_time(text, a, b):
        return
    begin = clean(text, a, b)
    if _DONE.search(text, begin, b) or _GOALS_THEMSELVES.match(text, a, b) or _JUDGES.search(text, a, b):
        return
    bound = dated or listed
    if m := _COMPARES.search(text, begin, b):
        if bound or m.end() == b:
            yield from _compared(text, a, begin, m)
    elif m := _UNIVERSAL.search(text, begin, b):
        verb = after_adverbs(text, begin, b)
        begin = clean(text, verb, b) if text.startswith(("实现", "做到"), verb) else begin
        if m.start() - begin >= 2:
            what = text[begin : m.start()].removesuffix("实现")
            yield Target(begin, b, a, what, state=m.group(), rule="universal")
    elif bound and (m := _BRINGS.match(text, _after_will(text, a, b), b)):
        yield from _brought(text, a, b, m)
    elif text[begin] in "在对从" or (not listed and verb_at(text, begin, b) is not None):
        return
    elif m := (_STATE if bound else _FURTHER).search(text, begin + 2, b) if bound or along else None:
        for x, y, name in named(text, _subjects(text, begin, m.start())):
            end = b if x == begin and y == m.start() else y
            yield Target(x, end, a, name, state=text[m.start() : b], rule="end state")
    elif announced and 6 <= b - begin <= 14 and not _PHRASE.search(text, begin, b) and verb_at(text, begin, b) is None:
        # a list of targets may end a member in a set phrase of four: 物价稳中趋降
        yield Target(begin, b, a, text[begin : b - 4], state=text[b - 4 : b], rule="end state")


def _after_will(text: str, a: int, b: int) -> int:
    """Where a verb of bringing about stands: 确保到2020年 | 基本实现…"""
    start = strip_lead(text, a, b)
    m = _WILL.match(text, start, b)
    return strip_lead(text, m.end(), b) if m else start


def _subjects(text: str, start: int, end: int) -> list[Span]:
    """One subject, or the members of a 、-list; attributes (全方位、宽领域的格局) and lists with 等 stay whole."""
    found = list(shared_predicate(text, start, end)) if commas(text, start, end) else []
    attributes = found and "的" in text[slice(*found[-1])] and "的" not in text[slice(*found[0])]
    return [(start, end)] if not found or attributes or "等" in text[start:end] else found


def _compared(text: str, clause: int, begin: int, m: re.Match[str]) -> Iterator[Target]:
    """城镇化率、居民收入增幅高于全省平均水平; 居民收入增长与经济增长同步: the side is the comparator."""
    side = m.group("side")
    baseline = m.group("base") or m.group("equal") or m.group("synced")
    subjects = _subjects(text, begin, m.start())
    for x, y, name in named(text, subjects):
        end = m.end() if len(subjects) == 1 else y
        yield Target(
            x, end, clause, name, comparator=_SIDE.get(side, ">") if side else "=", baseline=baseline, rule="comparison"
        )


def _brought(text: str, clause: int, b: int, m: re.Match[str]) -> Iterator[Target]:
    """建成现代产业体系; 涌现出一批强县: what is brought about, the verb being its state."""
    each = parts(text, m.start("what"), b)
    state, what = m.group("state"), m.group("what")
    if len(each) > 1 and len({text[y - 2 : y] for _, y in each}) == 1:
        for x, y in each:
            yield Target(x, y, clause, text[x:y], state=state, rule="end state")
        return
    yield Target(m.start(), b, clause, what.rsplit("的", 1)[-1] or what, state=state, rule="end state")
