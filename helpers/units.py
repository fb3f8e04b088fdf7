"""What a numeral stands with: units and classifiers that follow it, names and quotations that freeze it."""

import re
from functools import cache
from typing import Final, NamedTuple

from helpers import lexicon

_HOUR: Final = re.compile(r"\d[时点]$")
_OPENED: Final = re.compile(r'"[^"，。；、\d]{0,6}$')  # "三大目标": a short quotation in straight marks
_CLOSED: Final = re.compile(r'[^"，。；、\d]{0,8}"')
_NTH: Final = re.compile(r"第[一二三四五六七八九十\d]+个$")
_CIRCLE: Final = re.compile(r"(?<=分钟|小时|公里)[^，。；、\d]{0,8}圈")  # 15分钟就业服务圈
_PER: Final = re.compile("[百千万亿]?")  # 5公里/百平方公里
_BROKEN: Final = re.compile(r"[”’，。；,;]")  # what no short quotation holds
_QUOTED: Final = 12  # characters on either side within which a quotation is a name
_TITLE: Final = 60
_SIGNS: Final = "零一二两三四五六七八九十百千万亿"


class Unit(NamedTuple):
    """A unit that was found: where it ends, how it is written, its class (count money measure rate time order)."""

    end: int
    text: str
    kind: str


@cache
def _units() -> tuple[dict[str, str], dict[str, re.Pattern[str]]]:
    """Unit → its class; first character → the units that begin with it, longest first, but for what must not follow."""
    rows = sorted((line.split() for line in lexicon.words("quantity_units")), key=lambda row: (-len(row[0]), row[0]))
    written: dict[str, list[str]] = {}
    for unit, _, *longer in rows:
        unless = f"(?!{'|'.join(map(re.escape, longer))})" if longer else ""
        written.setdefault(unit[0], []).append(re.escape(unit) + unless)
    return {row[0]: row[1] for row in rows}, {sign: re.compile("|".join(found)) for sign, found in written.items()}


@cache
def _names() -> dict[str, tuple[tuple[str, int], ...]]:
    """Each two characters that begin at a numeral of a name → the names, and how far into them."""
    index: dict[str, list[tuple[str, int]]] = {}
    for name in lexicon.words("quantity_names"):
        for k, sign in enumerate(name[:-1]):
            if sign in _SIGNS or sign.isdigit():
                index.setdefault(name[k : k + 2], []).append((name, k))
    return {key: tuple(names) for key, names in index.items()}


def opens_unit(sign: str) -> bool:
    """Whether a unit or classifier begins with a character."""
    return sign in _units()[1]


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit or classifier that begins at a place, unless it is the beginning of another word.

    >>> unit_at("5个百分点", 1).text, unit_at("20户厕", 2), unit_at("3吨标准煤", 1).kind, unit_at("150元/亩", 3).text
    ('个百分点', None, 'measure', '元/亩')
    """
    kinds, patterns = _units()
    pattern = patterns.get(text[at : at + 1])
    m = pattern.match(text, at) if pattern else None
    if m is None:
        return None
    unit, end = m.group(), m.end()
    if text.startswith("/", end) and (per := unit_at(text, _PER.match(text, end + 1).end())):  # type: ignore[union-attr]
        return Unit(per.end, text[at : per.end], kinds[unit])
    return Unit(end, unit, kinds[unit])


def named(text: str, start: int, end: int = 0) -> bool:
    """Whether a numeral stands in a name of the list: 一带一路, 2035年远景目标."""
    names = _names().get(text[start : start + 2])
    return bool(names) and any(k <= start and text.startswith(name, start - k) for name, k in names)


def frozen(text: str, start: int, end: int) -> bool:
    """Whether a numeral stands in a name: of the list, in a short quotation (“三起来”), in a title (《…》), after 第.

    >>> [frozen(s, 1, 2) for s in ("“三起来”", "第三产业", "等三项")]
    [True, True, False]
    """
    before, last, far = text[start - 1] if start else "", text[end - 1], max(0, start - _QUOTED)
    if last == "分" and _HOUR.search(text, start - 3, start):  # 8时30分
        return True
    if before and (before in "第·" or (before == "个" and _NTH.search(text, start - 5, start))):
        return True
    if last in "钟时里" and _CIRCLE.match(text, end):
        return True
    if named(text, start):
        return True
    if text.find('"', far, start) >= 0 and _OPENED.search(text, far, start) and _CLOSED.match(text, end):
        return True
    left = max(text.rfind("“", far, start), text.rfind("‘", far, start))
    if left >= 0 and not _BROKEN.search(text, left, start):
        right = text.find("”" if text[left] == "“" else "’", end, end + _QUOTED)
        if right >= 0 and not _BROKEN.search(text, end, right):
            return True
    title = text.rfind("《", max(0, start - _TITLE), start)
    return title >= 0 and text.find("》", title, start) < 0 and text.find("》", end, end + _TITLE) >= 0
