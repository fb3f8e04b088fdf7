"""Comparisons: targets that are stated against something else (高于全省平均水平, 与经济增长同步), with no number."""

import re
from collections.abc import Iterator
from typing import Final

from helpers.enumerations import parts
from helpers.heads import named, subjects
from helpers.indicators import Target, clean

_COMPARES: Final = re.compile(
    r"""(?P<side>不低于|不高于|高于|低于|快于|优于|好于|超过|超出)
        (?P<base>(?:全[国省市区]、)?(?:全(?:国|省|市|区|县|州|盟|自治区)|[^，,。；、]{0,8}平均|同期|经济增[长速]|(?:国内|地区)生产总值增[长速]|GDP增[长速]
        |上年|去年|上一年|往年|前[一两三五]年|“?[一二三四五六七八九十]{1,3}五”?(?:时期|期间)|[^，,。；、\d]{2,12}?(?:增[长速幅]|涨幅|实际))
        [^，,。；、]{0,8})
    |[与和同跟](?P<equal>(?:[^，,。；、与同]|同期){2,16}?)(?:的增长|的增速)?(?:保持|大体|大致)?(?:基本上?)?(?:相)?(?:同步|持平|相当)(?:增长|提高)?$
    |[与和同跟](?P<fits>[^，,。；与同]{0,18}(?:增[长速幅]|增长率|涨幅|目标|水平)[^，,。；、与同]{0,4}?)(?:保持)?(?:基本上?)?(?:相)?(?:互)?(?:匹配|适应|一致)$
    |同步于(?P<synced>[^，,。；、]{2,12})""",
    re.X,
)
MARKS: Final = "低于|高于|快于|优于|好于|超过|超出|同步|持平|相当|匹配|适应|一致"  # every comparison holds one of them
_MARK: Final = re.compile(MARKS)
_SIDE: Final = {"低于": "<", "不低于": ">=", "不高于": "<="}
_MEASURED: Final = re.compile(r"(?:增[长速幅]|规模|总量|供应量|余额|水平|比重|强度|涨幅|收入|投入)(?:要|应|将|均|都)*$")


def comparisons(text: str, a: int, b: int, begin: int, *, bound: bool) -> Iterator[Target]:
    """The comparisons of the clause `text[a:b]` whose content begins at `begin`; one that closes it, or any if `bound`.

    >>> s = "居民收入增长高于经济增长、农民收入增长快于城镇居民收入增长"
    >>> [(t.indicator, t.comparator, t.baseline) for t in comparisons(s, 0, len(s), 0, bound=False)]
    [('居民收入增长', '>', '经济增长'), ('农民收入增长', '>', '城镇居民收入增长')]
    """
    if not _MARK.search(text, begin, b):
        return
    whole = _compares(text, begin, b)
    over = whole and "、" in (whole.group("base") or whole.group("fits") or "")  # 高于全国、全省平均水平
    cut = [m for x, y in parts(text, begin, b) if (m := _compares(text, clean(text, x, y), y))]
    cut = [whole] if whole and over else cut
    if cut and (bound or cut[-1].end() == b):
        for n, m in enumerate(cut):
            after = cut[n - 1].end() + 1 if n else begin
            yield from _compared(text, a, clean(text, after, m.start()), m)


def comparison(text: str, a: int, b: int, clause: int) -> Iterator[Target]:
    """A stated comparison that follows a number in one clause: 投资增长7%、投入强度高于全国平均水平."""
    begin = clean(text, a, b)
    if m := _compares(text, begin, b):
        yield from _compared(text, clause, begin, m)


def _compares(text: str, begin: int, b: int) -> re.Match[str] | None:
    m = _COMPARES.search(text, begin, b)
    if m and m.group("fits") and not _MEASURED.search(text, begin, m.start()):
        return None
    return m if m and m.start() - begin >= 2 else None


def _compared(text: str, clause: int, begin: int, m: re.Match[str]) -> Iterator[Target]:
    """城镇化率、居民收入增幅高于全省平均水平; 居民收入增长与经济增长同步: the side is the comparator."""
    side = m.group("side")
    baseline = next(g for g in m.group("base", "equal", "fits", "synced") if g)
    whose = subjects(text, begin, m.start())
    for x, y, name in named(text, whose):
        end = m.end() if len(whose) == 1 else y
        yield Target(
            x, end, clause, name, comparator=_SIDE.get(side, ">") if side else "=", baseline=baseline, rule="comparison"
        )
