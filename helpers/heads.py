"""Heads: the members of a list before one predicate, with the head or the modifier that they share."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from helpers import lexicon
from helpers.lists import Span, commas, parts
from helpers.verbs import verb_at

_JOINED: Final = re.compile(r"以及|[和与](?![谐解睦]|平(?![原坦均台板房衡稳]))|及(?!其|以[上下内外])")
_BETWEEN: Final = re.compile("差距|差异|差别|之比|比值|比例关系")  # A与B差距 is one, and not A's and B's
_PER: Final = re.compile(r"(?:万元|单位)[^、和与及]{2,10}?(?=能源?消?耗|水耗|用水|电耗|二氧化碳|碳排放|排放)")
_PER_UNIT: Final = re.compile(r"能源?消?耗|水耗|用水|电耗|二氧化碳|碳排放|排放")
_PLACE: Final = re.compile(r"(?!人均)[^，,。；、的和与及]{2,3}地区(?!生产总值)(?=[^，,。；、]{3})")
_RATE: Final = re.compile(r"[\u4e00-\u9fff]{2}(?<!效)率$")


def members(text: str, start: int, end: int) -> list[Span]:
    """The subjects of one predicate: a 、-list, its last part cut at 和; A和B without 的 and verb.

    >>> def show(s): return [s[a:b] for a, b in members(s, 0, len(s))]
    >>> show("货币供应量和贷款余额"), show("农村供水和平原机井通电均"), show("促进投资和消费")
    (['货币供应量', '贷款余额'], ['农村供水', '平原机井通电'], ['促进投资和消费'])
    """
    found = parts(text, start, end)
    x, y = found[-1]
    listed = len(found) > 1
    for m in () if _BETWEEN.search(text, x, y) else _JOINED.finditer(text, x + 2, y - 1):
        one, other = text[x : m.start()], text[m.end() : y]
        if listed or ("的" not in one + other and verb_at(text, x, y) is None and min(len(one), len(other)) >= 2):
            found[-1:] = [(x, m.start()), (m.end(), y)]
        break
    trim(text, found)
    return found


def trim(text: str, subjects: list[Span]) -> None:
    """The modal between a list of subjects and its predicate belongs to neither."""
    x, y = subjects[-1]
    while y > x + 2 and text[y - 1] in "要将均都再也应":
        y -= 1
    subjects[-1] = (x, y)


def subjects(text: str, start: int, end: int) -> list[Span]:
    """One subject, or the members of a list; attributes (全方位、宽领域的格局) and lists with 等 stay whole."""
    found = members(text, start, end)
    attributes = "的" in text[slice(*found[-1])] and "的" not in text[slice(*found[0])]
    short = min(y - x for x, y in found) < (2 if commas(text, start, end) else 3)
    return [(start, end)] if len(found) < 2 or short or attributes or "等" in text[start:end] else found


def named(text: str, subjects: list[Span]) -> Iterator[tuple[int, int, str]]:
    """Members of a list with the head that they share supplied; the head itself stays outside their spans.

    >>> s = "城镇化率、二三产业比重增幅"
    >>> [(s[a:b], name) for a, b, name in named(s, [(0, 4), (5, 13)])]
    [('城镇化率', '城镇化率增幅'), ('二三产业比重', '二三产业比重增幅')]
    """
    per = _PER.match(text, *subjects[0]) if len(subjects) > 1 else None
    if per and all(_PER_UNIT.match(text, s, e) for s, e in subjects[1:]):
        first, *rest = subjects
        yield *first, text[slice(*first)]  # 单位生产总值能耗和二氧化碳排放: each for a unit of the product
        yield from ((s, e, per.group() + text[s:e]) for s, e in rest)
        return
    if len(subjects) > 1 and (made := _made(text, subjects)):
        yield from made
        return
    if len(subjects) > 1 and (of := _counterpart(text, subjects)):
        *others, (s, e) = subjects
        yield from ((a, b, text[a:b] + text[s + len(of) : e]) for a, b in others)
        yield s, e, text[s:e]
        return
    *others, (s, e) = subjects
    head = next((h for h in _heads() if text.endswith(h, s, e) and e - s > len(h) + 1), "")
    if not head and (rate := _RATE.search(text, s + 1, e)):
        head = rate.group()
    joined = len(others) == 1 and text[others[0][1] : s] in ("和", "与", "及", "以及")
    if joined and text[others[0][1] - 1] in "耗量率额值度重入价数力" and not head.startswith(("增", "涨")):
        head = ""  # 能耗和二氧化碳排放: each has its own measure
    if not others or any(text.endswith(_own(head), a, b) for a, b in others):
        head = ""  # each has its own measure
    for a, b in (*others, (s, e - len(head))):
        yield a, b, text[a:b] + head


def _counterpart(text: str, subjects: list[Span]) -> str | None:
    """城镇和农村居民收入: 农村, where all the members before it are its counterparts."""
    words = lexicon.words("goal_counterparts")
    if not all(text[a:b] in words for a, b in subjects[:-1]):
        return None
    s, e = subjects[-1]
    return next((text[s : s + n] for n in (4, 3, 2) if s + n < e and text[s : s + n] in words), None)


def _made(text: str, subjects: list[Span]) -> list[tuple[int, int, str]]:
    """全省服务规范化、数字化水平: the level of each -ization, and whose it is stands before the first."""
    m = _IZED.search(text, *subjects[-1])
    if not m or not all(text[y - 1] in "化性" for _, y in subjects[:-1]):
        return []
    (x, y), (u, v) = subjects[0], subjects[-1]
    own = m.start() + 1 - u  # length of 数字化
    whose = text[x : y - own] if y - own > x + 1 else ""
    out = [(x + len(whose), y, text[x:y] + m.group()[1:])]
    out += [(s, e, whose + text[s:e] + m.group()[1:]) for s, e in subjects[1:-1]]
    return [*out, (u, v, whose + text[u:v])]


_IZED: Final = re.compile(r"[化性](?:水平|程度|率)$")


def placed(name: str) -> tuple[str | None, str]:
    """Where, and what is measured there: 重点地区 | 细颗粒物浓度."""
    m = _PLACE.match(name)
    return (m.group(), name[m.end() :]) if m else (None, name)


def _own(head: str) -> tuple[str, ...]:
    """The endings by which a member shows that it needs no head: a level has one, growth can be of any level."""
    if not head or head.startswith(("增", "涨")):
        return (head,) if head else ()
    return (*_heads(), head, "率") if head.endswith("率") else (*_heads(), head)


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(lexicon.words("goal_shared_heads"), key=lambda h: (-len(h), h)))
