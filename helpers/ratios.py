"""Shares and ratios: 百分之八, 三分之二, 六成半, 15/10万, 10:40:50."""

import re
from collections.abc import Iterator
from typing import Final

from helpers.anchors import near
from helpers.numerals import DASH, POINTED, Found, value

_PERCENT: Final = re.compile(
    rf"(?P<base>[百千万])分之(?P<a>\d++(?:\.\d++)?+|{POINTED})(?P<more>[多几])?"
    rf"(?:{DASH}(?:[百千万]分之)?(?P<b>\d++(?:\.\d++)?+|{POINTED}))?"
)
_SHARE: Final = re.compile("分之")
_OF: Final = re.compile(rf"分之({POINTED}|\d++)|/(\d++)(?![\d/年月.万])")
_TENTHS: Final = re.compile(
    r"""多?成(?P<more>半|多|(?P<ninths>[一二三四五六七八九])(?=以[上下]|左右|[，。、；的]|$))?
        (?![为立功果员长本效就套都品份交人型绩渝年家天名行才员事药渔材批色语因])""",  # 三成员, 一成不变
    re.X,
)
_RATIO: Final = re.compile(r"\d++(?:\.\d++)?+(?: ?[:：∶] ?\d++(?:\.\d++)?+){1,5}")
_PER: Final = re.compile(r"/10?万")  # so many in each 100,000
_COMPARES: Final = re.compile(r"比[^，。；\d]{0,8}$")  # 师生比达到1:15
RATIO_SIGNS: Final = "分/ :：∶多成"  # with one of these goes on what `ratio_at` finds
_NINTHS: Final = "零一二三四五六七八九"


def percents(text: str) -> Iterator[Found]:
    """百分之八, 百分之八至九, 千分之三, in percent.

    >>> [(f.low, f.high, f.comparator) for f in percents("百分之八至九,千分之三")]
    [(8.0, 9.0, 'range'), (0.3, 0.3, '=')]
    """
    for m in near(_PERCENT, _SHARE, text, back=1):
        scale = {"百": 1, "千": 10, "万": 100}[m["base"]]
        low = value(m["a"])
        high = value(m["b"]) if m["b"] else low
        if low is None or high is None:
            continue
        comparator = "range" if m["b"] else ">" if m["more"] else "="
        yield Found(m.start(), m.end(), low / scale, high / scale, "%", comparator, None, "fraction:百分之")


def ratio_at(text: str, start: int, end: int, number: float) -> Found | None:
    """The share or ratio that begins with the numeral text[start:end], whose value is `number`; None where none does.

    >>> [ratio_at(s, 0, 1, 3).low for s in ("三分之二", "3/4", "三成五以上", "3/10万", "3:4:3")]
    [66.67, 75.0, 35, 3, None]
    """
    if part := _OF.match(text, end):
        return _part(start, part, number)
    if per := _PER.match(text, end):
        return Found(start, per.end(), number, number, per.group(), "=", None, "number+unit")
    if (ratio := _RATIO.match(text, start)) and _compared(text, ratio):
        return Found(start, ratio.end(), None, None, None, "=", None, "ratio")
    if number <= 10 and (tenths := _TENTHS.match(text, end)):
        exact = number * 10 + (5 if tenths["more"] == "半" else _NINTHS.find(tenths["ninths"] or "零"))
        comparator = ">" if tenths["more"] == "多" else "="
        return Found(start, tenths.end(), exact, exact, "%", comparator, None, "fraction:成")
    return None


def _part(start: int, part: re.Match[str], number: float) -> Found | None:
    """三分之二, 1/4, in percent with two decimals."""
    second = value(part[1] or part[2])
    above, below = (second, number) if part[1] else (number, second)
    if above is None or not below or above >= below:
        return None
    share = round(100 * above / below, 2)
    return Found(start, part.end(), share, share, "%", "=", None, "fraction:分之")


def _compared(text: str, ratio: re.Match[str]) -> bool:
    """Whether figures with colons are a ratio: three of them, or two where 比 stands before; 8:30 is a time of day."""
    if "∶" in ratio.group() or sum(ratio.group().count(sign) for sign in ":：") > 1:
        return True
    return bool(_COMPARES.search(text, max(0, ratio.start() - 10), ratio.start()))
