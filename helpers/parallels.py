"""Parallel structure (排比): a concept's trend with its requirement, 从…看, 把…作为…, 以…为…, and classes with their measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from helpers.document import Document

_TREND: Final = re.compile(
    r"""(?P<trend>(?P<subject>[\u4e00-\u9fff]{2,14}?)的(?P<noun>[\u4e00-\u9fff]{1,6}?)(?P<degree>越来越|日益|更加|不断)[\u4e00-\u9fff]{1,6})
        [，,]
        (?P<must>(?:就)?(?P<modal>必须|要|需要|应当|应该|更要|尤其要|就要)(?P<verb>(?:更加|更为|着力|着眼|进一步)?(?:注重|重视|突出|强化|聚焦|加强|推动|抓好|推进|依靠))?
           (?P<emphasis>[^，,；;：:。！？!?\n、]{2,24}))""",
    re.X,
)
_FORMS: Final = (
    ("从…看", re.compile(r"从(?P<left>[^，,；;：:。！？!?\n看]{2,12}?)(?:上|来|上来|角度)?看[，,](?P<right>[^；;。！？!?\n]{2,80})")),
    ("把…作为…", re.compile(r"[把将](?P<left>[^，,；;：:。！？!?\n作]{2,30})作为(?P<right>[^，,；;：:。！？!?\n]{2,30})")),
    ("以…为…", re.compile(r"以(?P<left>[^，,；;：:。！？!?\n、以为]{2,16})为(?P<right>[^，,；;：:。！？!?\n、以为]{2,10})")),
)


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
    return [
        Trend(m["subject"], m["trend"], m["must"], m["emphasis"], m.start(), m.end()) for m in _TREND.finditer(document.text)
    ]


def find(document: Document) -> list[Parallel]:
    """The other parallel forms, in order of place.

    >>> from helpers.document import from_text
    >>> [(p.left, p.right) for p in find(from_text("要以强县富民为主线,以改革发展为动力。"))]
    [('强县富民', '主线'), ('改革发展', '动力')]
    """
    found = [
        Parallel(form, m["left"], m["right"], m.start(), m.end()) for form, p in _FORMS for m in p.finditer(document.text)
    ]
    return sorted(found, key=lambda p: (p.start, p.end))


_MEMBER: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}(?:[(（][\u4e00-\u9fff]{1,4}[)）])?)(?:应当|应|要|重点|着力|主要|则)(?P<body>[^；;。！？!?\n]{2,160})"
)
_PART: Final = re.compile(r"[^；;。！？!?\n]+")


def classes(document: Document) -> list[ClassMeasure]:
    """Classes with their measures: at least two ；-separated members `N要V,V,V` whose names end alike (…县, …区, …企业).

    >>> from helpers.document import from_text
    >>> d = from_text("优化开发县要突出转型提质,壮大产业集群;生态功能县要突出环境保护,发展适宜产业。")
    >>> [(c.name, c.measure) for c in classes(d)][:2]
    [('优化开发县', '突出转型提质'), ('优化开发县', '壮大产业集群')]
    """
    out: list[ClassMeasure] = []
    for s in document.sentences:
        out += _series(document.text, s.start, s.end)
    return out


def _series(text: str, start: int, end: int) -> Iterator[ClassMeasure]:
    members: list[tuple[str, int, int]] = []
    for part in _PART.finditer(text, start, end):
        clause = _last_name(text, part.start(), part.end(), first=not members)
        if clause:
            members.append(clause)
    if len(members) < 2 or len({_head(name) for name, _, _ in members}) > 1 or len({n for n, _, _ in members}) < 2:
        return
    shared = _shared_tail(text, members)
    for i, (name, a, b) in enumerate(members):
        for m in re.finditer(r"[^，,]+", text[a:b]):
            if i == len(members) - 1 and shared is not None and a + m.start() >= shared:
                break
            yield ClassMeasure(name, m.group(), a + m.start(), a + m.end())


def _last_name(text: str, start: int, end: int, first: bool) -> tuple[str, int, int] | None:
    """Name and place of the measures of one member; what stands before the first member's name in its sentence is passed over."""
    at = start
    while at < end:
        m = _MEMBER.match(text, at, end)
        if m:
            return m["name"], m.start("body"), end
        comma = min((p for c in "，," if (p := text.find(c, at, end)) >= 0), default=-1)
        if not first or comma < 0:
            return None
        at = comma + 1
    return None


def _head(name: str) -> str:
    return re.sub(r"[(（].*", "", name)[-1]


def _shared_tail(text: str, members: list[tuple[str, int, int]]) -> int | None:
    """Where, in the last member, a clause begins that sums up all (走出…, 形成…): it is no measure of that class."""
    _, a, b = members[-1]
    for m in re.finditer(r"[，,](?=(?:走出|形成|实现|推动形成|构建|努力)[^，,]*$)", text[a:b]):
        return a + m.end()
    return None
