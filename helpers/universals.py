"""Universals: targets that leave nothing out (全部脱贫, 全覆盖, 应保尽保, 每个县均有), with or without a date."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from helpers import lexicon
from helpers.enumerations import Span
from helpers.heads import members, named
from helpers.indicators import Target, clean
from helpers.structure import clauses
from helpers.verbs import after_adverbs, verb_at

# 应保尽保, “应接尽接”: every case to which something applies
_EVERY_CASE: Final = re.compile(r"[“\"]?应(?P<verb>[^有，,。；、])尽(?P=verb)[”\"]?")
_COVERED: Final = re.compile(
    r"(?P<state>(?:基本|全面)?(?:实现|做到)?(?:全覆盖|(?:动态)?清零|全程可追溯|村村通|户户通|乡乡通|覆盖到?(?:所有|全部|每[个一])的?[^，,。；、]{2,12}))$"
)
MARKS: Final = "尽|覆盖|清零|全程|村村|户户|乡乡|每|全部|一律"  # every universal holds one of them
_MARK: Final = re.compile(MARKS)
_MODAL: Final = "要|应|均|都|必须|确保|力争|基本|年内|今年"
_WHERE: Final = re.compile(
    r"(?P<where>城乡|全员|全民|全域|全社会|(?:城镇|农村)?常住人口|(?:行政|自然|建制)?[村镇乡]|[^，,。；、的]{2}地区|县域|全流程|全过程|全领域)$"
)
_REACHES: Final = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:要|应|将)?(?:基本|全面)?(?:实现|做到)(?=[\u4e00-\u9fff]{2})")
_FIRST: Final = re.compile(
    r"(?:[^的]{2}地区|(?:农村|城镇)(?!居民|职工|人口|户籍|社区|学校|家庭|困难|老年|儿童|学生|妇女|低保|五保))(?=.{4})"
)
_EACH_HAS: Final = re.compile(
    r"""(?P<scope>每(?:一)?个?(?:县(?:[（(]市[)）])?|市|区|乡镇|乡|镇|村|行政村|社区|街道|学校|家庭|户|产业|企业|园区|中心镇|市县)[^，,。；均都]{0,8}?)
    (?P<all>均|都|至少)(?:要|应)?(?:有|建有|建成|培育|形成|达到|实现|拥有|设有|配备)[^，,。；]{2,40}$""",
    re.X,
)
_NO_MONEY: Final = re.compile(r"(?:资金|[税价贷罚余尾存欠]款|收入|经费|增量|额|减税)$")
# what an authority does itself to the last case is a measure, unless it is due by a date
_ACTS: Final = re.compile(
    r"全部(?:依法|按期|如期)?(?:取消|完成|建成|建立|关闭|清理|放开|免除|公开|公示|落实|兑现|实现|开通|取缔)"
)
_PEOPLE: Final = re.compile(r"(?:人员|家庭|群众|人口|对象|职工|农民工|儿童|学生|老人|户|企业|农民|居民|患者)等?$")
_OPENS: Final = re.compile(r"(?:要|应|将|必须|抓紧|坚决|依法|基本|尽快|年内|务必|逐步)*")
_PAST: Final = re.compile(r"了(?![解结])|已")


# 全部达到标准 wants its subject before it
_OF_SUBJECTS: Final = frozenset(
    ("达到", "纳入", "覆盖", "参与", "参加", "通过", "接入", "实现", "入住", "就业", "脱贫")
)
_BRINGING: Final = ("实现", "做到", "推动", "推进", "促进", "加快", "扩大", "提高", "确保")


@cache
def _all_of_them() -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon.words("goal_universal_verbs"), key=lambda w: (-len(w), w)))
    what = rf"(?:全部|一律)(?:稳定|按期|如期|依法)?(?:{verbs})[^，,。；、]{{0,30}}?"
    return re.compile(rf"(?P<modal>(?:{_MODAL})*)(?P<state>{what})(?:并[^，,。；、]{{2,24}})?$")


@cache
def _done_with_all() -> re.Pattern[str]:
    transitive = lexicon.words("goal_universal_verbs") - _OF_SUBJECTS
    verbs = "|".join(sorted(transitive, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?P<state>全部(?:依法|按期|如期)?(?:{verbs}))(?P<what>[^，,。；]{{2,60}})$")


def universal(text: str, a: int, b: int, *, due: bool = False, prior: Span | None = None) -> Iterator[Target]:
    """The universals of the clause `text[a:b]`. `due`: with a date, `prior`: the clause before in its sentence.

    >>> def show(s, due=False): return [(t.indicator, t.state, t.scope) for t in universal(s, 0, len(s), due=due)]
    >>> show("确保困难群众应保尽保、应助尽助")
    [('困难群众', '应保尽保', None), ('困难群众', '应助尽助', None)]
    >>> show("实现城乡供水和农村机井通电全覆盖"), show("年内全部取消漫游费", True)
    ([('城乡供水', '全覆盖', None), ('机井通电', '全覆盖', '农村')], [('漫游费', '全部取消', None)])
    >>> show("每个乡镇都有标准化卫生院"), show("资金全部用于支农")
    ([('标准化卫生院', '都有', '每个乡镇')], [])
    """
    if not _MARK.search(text, a, b) or _PAST.search(text, a, b):
        return
    begin = clean(text, a, b)
    if found := list(_EVERY_CASE.finditer(text, a, b)):
        yield from _every_case(text, a, b, found, prior)
    elif m := _COVERED.search(text, begin, b):
        yield from _covered(text, a, b, begin, m)
    elif m := _EACH_HAS.search(text, begin, b):
        what = text[m.end("all") + 1 : b].removeprefix("有")
        state = text[m.start("all") : m.end("all") + 1]
        yield Target(m.start(), b, a, what, state=state, scope=m.group("scope"), rule="universal")
    elif m := _done_with_all().match(text, _after(text, begin, b), b):
        if due or not _ACTS.match(text, m.start(), b):
            yield from _objects(text, a, b, m)
    elif m := _all_of_them().search(text, begin, b):
        subject = text[begin : m.start()]
        held = text[max(a, begin - 1) : begin] in ("将", "把") or text[a] in "将把"
        if held and not due and not _PEOPLE.search(subject):
            return
        if len(subject) >= 2 and not _NO_MONEY.search(subject) and not subject.endswith(("的", "将", "把")):
            for x, y, name in named(text, _subjects(text, begin, m.start())):
                end = b if y == m.start() else y
                yield Target(x, end, a, name, state=m.group("state"), rule="universal")


def _subjects(text: str, start: int, end: int) -> list[Span]:
    """The members of a list before what is said of all of them; a list with 等, or with attributes, is one subject."""
    whole = text[start:end]
    if "等" in whole or "的" in whole or end - start < 5:
        return [(start, end)]
    found = members(text, start, end)
    return found if len(found) > 1 and min(y - x for x, y in found) >= 3 else [(start, end)]


def _after(text: str, begin: int, b: int) -> int:
    m = _OPENS.match(text, begin, b)
    return m.end() if m else begin


def _every_case(text: str, a: int, b: int, found: list[re.Match[str]], prior: Span | None) -> Iterator[Target]:
    """困难群众应保尽保; 加大住房保障力度，对困难家庭应保尽保: for people the act of the clause before is measured."""
    first = found[0].start()
    if found[-1].end() < b - 2:  # 应收尽收的要求: it is only mentioned
        return
    begin = a if _MANNER.fullmatch(text, a, first) else min(clean(text, a, first), first)
    begin += text[begin] in "对将把"
    m = _MANNER.search(text, begin, first)
    subject = text[begin : m.start() if m else first].rstrip("，,、") if begin > a or not m or m.start() > a else ""
    if joined := re.search('与[“"]', subject):
        subject = subject[: joined.start()]
    name, scope = subject or _act_named(text, a, found[0].group("verb")), None
    if prior and _PEOPLE.search(subject) and text[a] in "对将把" and text.endswith("力度", *prior):
        verb = verb_at(text, clean(text, *prior), prior[1])
        name, scope = text[verb or prior[0] : prior[1] - 2], subject
    for n, m in enumerate(found):
        start = m.start() if n or not subject else begin
        state = m.group().strip('“”"')
        yield Target(start, m.end(), a, name or m.group("verb"), state=state, scope=scope, rule="universal")


def _act_named(text: str, a: int, verb: str) -> str:
    """增强收治能力，…做到应收尽收: the object of the nearest clause before in the sentence that names the act."""
    since = max(text.rfind(stop, max(0, a - 300), a) for stop in "。！？；\n") + 1
    for x, y in reversed(list(clauses(text, since, a))):
        start = verb_at(text, clean(text, x, y), y)
        if start and verb in text[start:y] and 2 <= y - start <= 20:
            return text[start:y]
    return ""


_MANNER: Final = re.compile(r"(?:坚决|努力|确保|切实|真正|要|都|均|须|应|实现|做到|全部|务必|必须)+$")


def _covered(text: str, a: int, b: int, begin: int, m: re.Match[str]) -> Iterator[Target]:
    """X全覆盖; a list of things to be covered is one each, a place before 全覆盖 the scope."""
    begin = max(begin, min(after_adverbs(text, begin, m.start()), m.start() - 2))
    while text.startswith(_BRINGING, at := after_adverbs(text, begin, m.start())) and at + 4 < m.start():
        begin = at + 2
    if m.start() - begin < 2:
        return
    for x, y, name in named(text, _subjects(text, begin, m.start())):
        name = _REACHES.sub("", name)
        where = _WHERE.search(name)
        scope = where.group("where") if where and len(name) - len(where.group()) >= 3 else None
        if not scope and (ahead := _FIRST.match(name)):  # 农村供电: where stands before what
            x, name, scope = x + ahead.end(), name[ahead.end() :], ahead.group()
            where = None
        what = name[: where.start()] if where and scope else name
        yield Target(x, b if y == m.start() else y, a, what, state=m.group("state"), scope=scope, rule="universal")


def _objects(text: str, a: int, b: int, m: re.Match[str]) -> Iterator[Target]:
    """全部取消A和B: what is done away with, or done, to the last."""
    start = m.start("what")
    spans = members(text, start, b) if "的" not in m.group("what") else []
    if len(spans) > 1 and min(y - x for x, y in spans) >= 3:
        for x, y, name in named(text, spans):
            yield Target(x, y, a, name, state=m.group("state"), rule="universal")
        return
    where = _PLACES.match(text, start, b)
    what = text[where.end() if where else start : b]
    scope = where.group() if where else None
    yield Target(m.start(), b, a, what, state=m.group("state"), scope=scope, rule="universal")


_PLACES: Final = re.compile(r"[^，,。；、的]{2,12}(?:地区|建成区|城区|园区|城市|农村|市县)(?=[^，,。；、]{3})")
