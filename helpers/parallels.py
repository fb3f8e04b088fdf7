"""Parallel structure (排比): a trend with its requirement, 从…看, 把…作为…, 以…为…, and classes with their measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from helpers.document import Document
from helpers.theme_lexicon import load

# X的N越来越Y，必须更加注重Z
_GROWING: Final = re.compile("越来越|日益|愈加|愈发")
_TREND: Final = re.compile(
    r"""(?<![\u4e00-\u9fff])(?:但是|但|而|且|随着|由于|当前)?
        (?P<trend>(?P<subject>[\u4e00-\u9fff]{2,14}?)的(?P<noun>[\u4e00-\u9fff]{1,6}?)(?:"""
    + _GROWING.pattern
    + r""")[\u4e00-\u9fff]{1,6})
        [，,]
        (?P<must>(?:就|也|更|尤其)?(?:必须|需要|应当|应该|要|应|须)
           (?:更加|更为|进一步|着力|着眼|切实|始终)*
           (?:注重|重视|突出|强化|聚焦|加强|坚持|关注)?
           (?P<emphasis>[^，,；;：:。！？!?\n]{2,24}))""",
    re.X,
)
_END: Final = "，,；;：:。！？!?\\n"
_WAYS: Final = "以…为…"
_FORMS: Final = (
    (
        "从…看",
        re.compile(rf"从(?P<left>[^{_END}看]{{2,16}}?)(?:上来|上|来|角度|角度来)?看[，,](?P<right>[^{_END}]{{2,60}})"),
    ),
    ("把…作为…", re.compile(rf"[把将](?P<left>[^{_END}作把将]{{2,30}})作为(?P<right>[^{_END}]{{2,30}})")),
    (
        _WAYS,
        re.compile(
            rf"""(?:^|[、，,；;：:。\n（(”和与及要是持的]|建立|构建|打造|形成|健全|完善)
                以(?P<left>[^{_END}以为]{{1,20}})为(?P<right>[^{_END}、为的]{{1,5}})""",
            re.X,
        ),
    ),
)
_MORE: Final = re.compile(rf"[、，,](?P<left>[^、{_END}以为]{{1,16}})为(?P<right>[^{_END}、为的]{{1,5}})")
# N要V,V,V: a 要 that is no part of a word (主要, 需要, 要求, 要素)
_MEMBER: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{1,14}(?:[(（][\u4e00-\u9fff]{1,4}[)）])?的?)"
    r"(?:应当|应|(?<![主需重必只简纲摘概扼首])要(?![求素点件么务害闻约略地道塞领义]))(?P<body>[^；;。！？!?\n]{2,160})"
)
_PART: Final = re.compile(r"[^；;。！？!?\n]+")
_COMMA: Final = re.compile(r"[，,]")
_MEASURE: Final = re.compile(r"[^，,]+")


@dataclass(frozen=True, slots=True)
class Trend:
    """X的N越来越Y，必须更加注重Z: `subject` X, the whole trend, the requirement and what it stresses."""

    subject: str
    trend: str
    requirement: str
    emphasis: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parallel:
    """One member of a parallel form: what is spoken of (`left`) and as what (`right`)."""

    form: str
    left: str
    right: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClassMeasure:
    """A measure for one class of a classification: 重点发展县(市) → 稳定粮食生产能力."""

    name: str
    measure: str
    start: int
    end: int


def trends(document: Document) -> list[Trend]:
    """Every trend with its requirement.

    >>> from helpers.document import from_text
    >>> [t] = trends(from_text("县域发展的空间越来越大,必须更加注重内外联动。"))
    >>> t.subject, t.requirement, t.emphasis
    ('县域发展', '必须更加注重内外联动', '内外联动')
    """
    growing = {document.sentence_at(m.start()) for m in _GROWING.finditer(document.text)}  # few sentences have one
    return [
        Trend(m["subject"], m["trend"], m["must"], m["emphasis"], m.start("trend"), m.end())
        for s in sorted(growing, key=lambda s: s.start)
        for m in _TREND.finditer(document.text, s.start, s.end)
    ]


def find(document: Document) -> list[Parallel]:
    """The other parallel forms, in order of place. Of 以…为N only those whose N is a role (主线, 动力, 抓手 …).

    >>> from helpers.document import from_text
    >>> [(p.left, p.right) for p in find(from_text("要以强县富民为主线,以改革发展为动力。"))]
    [('强县富民', '主线'), ('改革发展', '动力')]
    """
    text, roles, found = document.text, load().roles, []
    for form, pattern in _FORMS:
        for m in pattern.finditer(text):
            start = m.start("left") - 1
            if form != _WAYS:
                found.append(Parallel(form, m["left"], m["right"], start, m.end()))
            while form == _WAYS and m and (role := roles.opens(m["right"])):
                end = m.start("right") + role.end()
                found.append(Parallel(form, m["left"], role.group(), start, end))
                m = _MORE.match(text, end)  # 以县城为龙头、乡村为腹地: the second 以 is left out
                start = m.start("left") if m else end
    return sorted(found, key=lambda p: (p.start, p.end))


def classes(document: Document) -> list[ClassMeasure]:
    """Classes with their measures: at least two members `N要V,V,V`, a ； between them, whose names end alike (…县).

    >>> from helpers.document import from_text
    >>> d = from_text("优化开发县要突出转型提质,壮大产业集群;生态功能县要突出环境保护,发展适宜产业。")
    >>> [(c.name, c.measure) for c in classes(d)][:2]
    [('优化开发县', '突出转型提质'), ('优化开发县', '壮大产业集群')]
    """
    return [row for s in document.sentences for row in _series(document.text, s.start, s.end)]


def _series(text: str, start: int, end: int) -> Iterator[ClassMeasure]:
    """The rows of one sentence, if its parts are members of one classification."""
    members: list[tuple[str, int, int]] = []
    for part in _PART.finditer(text, start, end):
        member = _member(text, part.start(), part.end(), first=not members)
        if member:
            members.append(member)
    names = [name for name, _, _ in members]
    if len(set(names)) < 2 or len({_head(name) for name in names}) > 1:
        return
    for i, (name, a, b) in enumerate(members):
        parts = list(_MEASURE.finditer(text, a, b))
        if i == len(members) - 1 and len(parts) > 1 and _concerns_all(parts[-1].group()):
            parts.pop()
        for m in parts:
            yield ClassMeasure(name, m.group(), m.start(), m.end())


def _member(text: str, start: int, end: int, first: bool) -> tuple[str, int, int] | None:
    """Name of a class and place of its measures; before the first one, other clauses of the sentence may stand."""
    at = start
    while True:
        if m := _MEMBER.match(text, at, end):
            return m["name"], m.start("body"), end
        comma = _COMMA.search(text, at, end)
        if not first or comma is None:
            return None
        at = comma.end()


def _head(name: str) -> str:
    """What the name of a class ends in, its bracket aside: 县 of 重点发展县(市)."""
    return re.sub(r"[(（].*", "", name)[-1]


def _concerns_all(clause: str) -> bool:
    """Whether the last clause of the last member sums all up (走出…路子, 形成…格局) and is no measure of that class."""
    return bool(load().results.opens(clause))
