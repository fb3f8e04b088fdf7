"""Outcomes: targets that state no number but a comparison, a universal, or an end state by a date."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from helpers import comparisons, lexicon, universals
from helpers.enumerations import Span, parts
from helpers.heads import members, named, placed, subjects
from helpers.indicators import SUBJECT, Target, clean
from helpers.lead import is_time, strip_lead
from helpers.verbs import verb_at

_LONGEST: Final = 300
# what a clause must hold for a target that neither a date nor a list or heading of targets makes one
MARKS: Final = re.compile(f"年|{comparisons.MARKS}|{universals.MARKS}")
# the predicate of an end state: 显著提升, 全面突破, 基本平衡
_STATE: Final = re.compile(
    r"""(?:基本(?!公共|医疗|养老|生活|农田|财力|药物|制度|保障|单元|民生|国策)|显著|明显|全面|大幅(?:度)?|进一步|更加|持续|稳步|稳定|总体|不断|全部|初步|根本|逐步|有效|得到|发生|呈现|取得|实现|达到|保持
    |继续|稳中|有所|趋[于向]|渐趋|更趋|加快|迈出|开始|接近|有序|有(?=较大|明显|新的?|更大)|比较|均(?<![人户年]均)|都(?<![首成]都)|迈上|进入|走在|完成(?=[^，,。；、]*(?:任务|目标|指标|要求))|居(?=[前第全])|跃上|处于
    |跻身|位居|位列|名列|稳居|更(?=[便公]))[^，,。；、]{1,12}$""",
    re.X,
)
_GOES_ON: Final = re.compile(r"(?:发展|推进|加强|深化|开展|实施|落实|促进|推动)$")  # no end: 全面发展
_FURTHER: Final = re.compile(
    r"(?:继续|持续|明显|显著|进一步|稳步|大幅)(?:下降|减少|降低|改善|提高|提升|增长|增加|好转)$"
)
# a level that is to be held: an end state wherever a plan sets out what it aims at
# in a list of targets a change alone is the end state: 居民消费率上升
_CHANGES: Final = re.compile(
    r"(?:上升|下降|提高|提升|增加|减少|降低|改善|增强|缩小|优化|拓宽|扩大|加快|好转)(?<=[\u4e00-\u9fff]{3}..)$"
)
_HOLDS: Final = re.compile(
    r"""(?:(?:保持|维持|处于|运行)?在?合理(?:区间|水平|范围)|(?:保持)?(?:总体|基本|大体)(?:平稳|稳定|平衡|均衡))$""",
    re.X,
)
_BRINGS: Final = re.compile(
    r"""(?P<state>(?P<degree>基本|全面|初步|率先|如期|总体|稳定)?
        (?:建成|形成|建立|实现|解决|消除|完成|成为|涌现出|进入|跻身|构建|建设|打造|达到|培育|普及)(?:起|一批|出一批|若干)?)
        (?P<what>[^，,。；]{2,})$""",
    re.X,
)
_TURNS: Final = re.compile(  # 将X打造成Y: what X is to become
    r"""[将把](?P<what>[^，,。；]{2,40}?)(?P<state>(?:打造|建设|培育|发展|建|改造|提升|塑造|做)(?:成为|成|为)[^，,。；]{2,40})$""",
    re.X,
)
_THIS_YEAR: Final = re.compile(
    r"""(?P<topic>[^，,。；]{2,30}?)??(?:今年|年内|明年|今明两年)(?:年?底以?前|内|底)?
    (?:(?:务必|确保|必须|要|力争|争取|将)++(?P<do>做到|实现)|(?:要|将|力争|争取|确保|务必|必须)*+
    (?P<state>(?:基本|全面|全部|如期)(?:完成|实现|建成|形成|消除|取消|解决|建立)))(?P<what>[^，,。；]{2,60})$""",
    re.X,
)
_THEN: Final = re.compile(  # 西部地区于2020年完成: the clause before says what
    r"""(?P<scope>[^，,。；]{2,12}?)(?:要|应|将|须|力争|确保)*(?:分别)?[于在](?P<when>[^，,。；]{2,10}?)(?:年?底)?(?:以?前|之前|内)?
    (?P<state>(?:全部|基本|全面)?(?:完成|建成|实现|达标|完工|竣工|投产|通车|开通))$""",
    re.X,
)
_WHEN: Final = re.compile(r"年[底内]|当年|今年")
_REMOVES: Final = re.compile(r"(?:消除|解决|取消|淘汰)$")
_GROWS: Final = re.compile(r"(?:拓宽|扩大|提高|提升|改善|增强|优化|健全|完善|增加|加强|下降|缩小|减少|巩固|推进)$")
_DONE: Final = re.compile(r"了(?<![为除]了)(?![解结])|已")
_GOALS_THEMSELVES: Final = re.compile(
    r"(?:如期|全面|圆满|确保|努力)*(?:实现|完成|达到|围绕)[^，,。；]{0,12}(?:目标|任务)"
)
_WILL: Final = re.compile(r"(?:要|将|确保|力争|争取|努力|必须)+")
_PHRASE: Final = re.compile(r"目标|的|方面$|^(?:并|留有|有|也|还|又|更|仍|不|既|是)")
_JUDGES: Final = re.compile(r"是(?<![于还但只特]是)(?![否非])|的$")
_WITH_TIME: Final = "end state and its year"
PLACE_BY_PLACE: Final = "act by place and year"
_NUMBER: Final = re.compile(r"[到至]\d")
_QUOTED: Final = re.compile(r"“[^“”]{2,24}”$")


@cache
def _closes() -> re.Pattern[str]:
    """A noun and its predicate of two or four characters: 数据 | 协调共享."""
    verbs = "|".join(sorted(lexicon.words("goal_predicates")))
    return re.compile(rf"(?:[\u4e00-\u9fff]{{2}}(?:{verbs})|(?:{verbs}))$")


def stated(
    text: str,
    a: int,
    b: int,
    *,
    dated: bool,
    listed: bool,
    announced: bool,
    along: bool,
    chapter: bool,
    this_year: bool,
    prior: Span | None,
) -> Iterator[Target]:
    """The targets without a number in the clause `text[a:b]`.

    `dated`: a deadline stands before it in its sentence; `listed`: it is a member of a list announced as targets,
    `announced`: by this very sentence; `along`: a numbered target with a year stands before it in its sentence;
    `chapter`: a heading says that the targets of a plan are set out here; `prior`: the clause before in its sentence.

    >>> said = dict(dated=False, listed=False, announced=False, along=False, chapter=False, this_year=False, prior=None)
    >>> def show(s): return [(t.indicator, t.state or t.baseline) for t in stated(s, 0, len(s), **said)]
    >>> show("货币供应量、贷款余额增速与经济增长基本匹配")
    [('货币供应量增速', '经济增长'), ('贷款余额增速', '经济增长')]
    >>> show("今年要基本完成厂办大集体改革"), show("要完成改革")
    ([('厂办大集体改革', '基本完成')], [])
    """
    if b - a > _LONGEST or not (dated or listed or along or chapter or MARKS.search(text, a, b)):
        return
    if is_time(text, a, b):
        return
    begin = clean(text, a, b)
    if (
        _DONE.search(text, begin, b)
        or _GOALS_THEMSELVES.match(text, begin, b)
        or _GOALS_THEMSELVES.match(text, a, b)
        or _JUDGES.search(text, a, b)
    ):
        return
    bound, year = dated or listed, text.find("年", a, b) >= 0
    if compared := list(comparisons.comparisons(text, a, b, begin, bound=bound)):
        yield from compared
        return
    if found := list(universals.universal(text, a, b, due=dated or this_year, prior=prior)):
        yield from found
    elif (bound or chapter) and (m := _TURNS.search(text, a, b)):
        yield Target(m.start("what"), b, a, m.group("what"), state=m.group("state"), rule="end state")
    elif year and (m := _THIS_YEAR.match(text, strip_lead_but_year(text, a, b), b)):
        yield from _this_year(text, a, b, m, prior)
    elif prior and (dated or year) and (m := _THEN.match(text, begin, b)) and (dated or "年" in m.group("when")):
        yield from _then(text, a, b, m, prior)
    elif (bound or chapter) and (m := _BRINGS.match(text, _after_will(text, a, b), b)) and (bound or m.group("degree")):
        yield from _brought(text, a, b, m)
    elif chapter and (m := _HOLDS.search(text, begin + 2, b)) and verb_at(text, begin, b) is None:
        yield from _held(text, a, b, begin, m)
    elif (text[begin] in "在对从" and not text.startswith("对外", begin)) or (
        not listed and verb_at(text, begin, b) is not None
    ):
        return
    elif m := _predicate(text, begin, b, bound=bound, listed=listed, along=along):
        if listed or not _GOES_ON.search(text, m.start(), b):
            yield from _held(text, a, b, begin, m)
    elif announced and 6 <= b - begin <= 14 and not _PHRASE.search(text[begin:b]) and verb_at(text, begin, b) is None:
        # a list of targets may end a member in a set phrase of four: 物价稳中趋降
        cut = b - 2 if b - begin == 6 and _GROWS.search(text, begin, b) else b - 4
        yield Target(begin, b, a, text[begin:cut], state=text[cut:b], rule="end state")


def _predicate(text: str, begin: int, b: int, *, bound: bool, listed: bool, along: bool) -> re.Match[str] | None:
    """The end state with which a clause closes, as far as its sentence or list lets it count."""
    if not bound:
        return _FURTHER.search(text, begin + 2, b) if along else None
    m = _STATE.search(text, begin + 2, b) or (_CHANGES.search(text, begin, b) if listed else None)
    return None if m and _NUMBER.search(m.group()) else m


def strip_lead_but_year(text: str, a: int, b: int) -> int:
    """Where a clause begins without connectives, 今年 and 年内 left in."""
    m = _CONNECTS.match(text, a, b)
    return m.end() if m else a


_CONNECTS: Final = re.compile(r"(?:同时|并且|并(?!举)|其中|[一二三四五六七八九十]是)?")


def _this_year(text: str, a: int, b: int, m: re.Match[str], prior: Span | None) -> Iterator[Target]:
    """今年要基本完成X; 今年务必做到X更便利、Y稳中有降; X的事项，今年要基本实现Y."""
    what = m.start("what")
    if m.group("do"):
        for x, y in parts(text, what, b):
            if s := _STATE.search(text, x + 2, y) or _closes().search(text, x + 2, y):
                yield Target(x, y, a, text[x : s.start()], state=s.group(), rule="end state")
        return
    state = m.group("state")
    alone = prior and text[prior[1]] in "，,;" and verb_at(text, *prior) is None
    if prior and alone and not m.group("topic") and state.endswith("实现"):
        topic = text[slice(*prior)]
        if len(topic) >= 4 and not _WILL.match(topic):
            yield Target(prior[0], b, prior[0], topic, state=text[m.start("state") : b], rule=_WITH_TIME)
            return
    if m.group("topic"):
        yield Target(m.start("topic"), b, a, m.group("topic"), state=text[m.start("state") : b], rule=_WITH_TIME)
        return
    yield from (
        _removed(text, a, b, m)
        if _REMOVES.search(state)
        else [Target(m.start("state"), b, a, text[what:b], state=state, rule="end state")]
    )


def _then(text: str, a: int, b: int, m: re.Match[str], prior: Span) -> Iterator[Target]:
    """加大设备改造力度，东部地区要于2020年完成: the act of the clause before, by place."""
    verb = verb_at(text, clean(text, *prior), prior[1])
    what = text[verb or prior[0] : prior[1]].removesuffix("力度").removesuffix("工作")
    if len(what) >= 2:
        yield Target(a, b, a, what, state=m.group("state"), scope=m.group("scope"), rule=PLACE_BY_PLACE)


def _held(text: str, a: int, b: int, begin: int, m: re.Match[str]) -> Iterator[Target]:
    for x, y, name in named(text, subjects(text, begin, m.start())):
        scope, what = placed(name)
        end = b if x == begin and y == m.start() else y
        yield Target(x + len(scope or ""), end, a, what, state=text[m.start() : b], scope=scope, rule="end state")


def _after_will(text: str, a: int, b: int) -> int:
    """Where a verb of bringing about stands: 确保到2020年 | 基本实现…"""
    start = strip_lead(text, a, b)
    m = SUBJECT.match(text, start, b)
    m = _WILL.match(text, m.end() if m else start, b)
    return strip_lead(text, m.end(), b) if m else start


def _brought(text: str, clause: int, b: int, m: re.Match[str]) -> Iterator[Target]:
    """建成现代产业体系; 涌现出一批强县: what is brought about, the verb being its state."""
    begin = m.start("what")
    if _WHEN.match(text, begin, b):
        return  # 实现年底开园: a date, and no end
    each = parts(text, begin, b)
    state, what = m.group("state"), m.group("what")
    own = [_BRINGS.match(text, x, y) for x, y in each[1:]]
    if own and all(own):  # 建成A、基本实现B: each with its own verb
        for x, y, one in zip([m.start(), *(x for x, _ in each[1:])], [y for _, y in each], [None, *own]):
            one = one or _BRINGS.match(text, x, y)
            if one:
                yield Target(x, y, clause, one.group("what"), state=one.group("state"), rule="end state")
        return
    if len(each) > 1 and len({text[y - 2 : y] for _, y in each}) == 1:
        for x, y in each:
            yield Target(x, y, clause, text[x:y], state=state, rule="end state")
        return
    if state.endswith(("实现", "达到")) and (s := _reached(text, begin, b, each)):
        yield Target(begin, b, clause, text[begin:s], state=text[s:b], rule="end state")
        return
    if _REMOVES.search(state):
        yield from _removed(text, clause, b, m)
        return
    yield Target(m.start(), b, clause, what.rsplit("的", 1)[-1] or what, state=state, rule="end state")


def _reached(text: str, begin: int, b: int, each: list[Span]) -> int | None:
    """Where the predicate begins in what is to be reached: 办理 | 标准统一、线上线下一体; 事项 | “四级统一”."""
    if quoted := _QUOTED.search(text, begin + 2, b):
        return quoted.start()
    first = _closes().search(text, begin + 2, each[0][1])
    alike = all(_closes().search(text, x, y) and y - x <= 6 for x, y in each[1:])
    last = _closes().search(text, begin + 2, b)
    if len(each) > 1 and first and alike:
        return first.start()
    return last.start() if last and "、" not in text[max(begin, last.start() - 4) : b] else None


def _removed(text: str, clause: int, b: int, m: re.Match[str]) -> Iterator[Target]:
    """基本消除A和B: one target for each thing that is to go."""
    spans = members(text, m.start("what"), b) if "的" not in m.group("what") else []
    if len(spans) < 2 or min(y - x for x, y in spans) < 3:
        yield Target(m.start("state"), b, clause, m.group("what"), state=m.group("state"), rule="end state")
        return
    for x, y in spans:
        yield Target(x, y, clause, text[x:y], state=m.group("state"), rule="end state")
