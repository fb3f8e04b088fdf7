"""Dates and stretches of dates in a text, with their ISO form. Spans of time (五年) are amounts, not dates."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from helpers.numerals import Found, value

_HAN: Final = "[一二三四五六七八九十]"
_YEAR: Final = r"(?:1[89]\d\d|20\d\d|2100|[一二][零〇○一二三四五六七八九]{3})"
_RELATIVE: Final = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "去年": -1, "上年": -1, "前年": -2, "后年": 2}
_YEARLY: Final = "考核|奖惩|述职|兑现|评议|总结|慰问|结算"  # 年末考核: what each year brings
# Where a date may begin, told by what follows: figures that come to a 年, 月, 日 or 季, a word for a year or its part
_LIKELY: Final = r"""(?: (?<=[\d一二三四五六七八九十])[\d零〇○一二三四五六七八九十至到—–~～－\-─]{0,9}+[年月日季]
  | (?<=[今本当明去上前后])年 | (?<=今)明 | (?<=[上下])半年 | (?<=年)[底末] | (?<=月)底 | (?<=本)月
  | (?<=第)[一二三四1-4]季 | (?<=前)[一二三两1-3]个?季 )"""
_SIGNS: Final = r"\d一二三四五六七八九十今本当明去上下前后年月第"
_UNLIKE: Final = r"(?<![\d.．第〔\[零〇○一二三四五六七八九十百多几A-Za-z].)"  # what does not stand before a date
_START: Final = re.compile(
    rf"""[{_SIGNS}自从]{_UNLIKE}
         (?={_LIKELY}|(?<=[自从])[{_SIGNS}]{_LIKELY})""",
    re.X,
)
_POINT: Final = re.compile(
    rf"""(?:(?P<year>{_YEAR})年(?:度(?![假过]))?|(?P<rel>{"|".join(_RELATIVE)})|
      (?P<bare>本?年(?=(?:底(?![蕴色气])|末)(?!{_YEARLY}))|本?月(?=底)))?+
    (?P<tail>
      (?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?
        (?:(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十?{_HAN})[日号]|(?:上旬|中旬|下旬|底|末|初))?
    | 年?[底末](?!{_YEARLY}) | (?P<half>[上下])半年
    | 第?(?P<quarter>[一二三四1-4])季度 | 前(?P<quarters>[一二三两1-3])个?季度
    | (?<=\d年)年?初(?![步级中心])
    )?+""",
    re.X,
)
_BEFORE: Final = re.compile(r"[之以]?前(?![三一二两\d后期列沿景提所述面往来十几])")
_BEFORE_END: Final = re.compile(r"[之以]?前")  # 年底前三分之一: no rank
_SEP: Final = re.compile(r"至|到|[—–~～－\-─]{1,2}")
_DAY: Final = re.compile(r"(3[01]|[12]\d|0?[1-9])日(?![均内产游常益用照间报后])")
_FULL_STOP: Final = re.compile(r"[。\n]")
_NEXT: Final = re.compile(r"今明(?:两|后三)年")
# 2016—2020年, 1—6月: the first has no sign of its own.
_YEARS: Final = re.compile(rf"({_YEAR})(?:{_SEP.pattern})({_YEAR})年")
_MONTHS: Final = re.compile(rf"(?:({_YEAR})年)?(1[0-2]|[1-9])(?:{_SEP.pattern})(1[0-2]|[1-9])月份?")
_QUARTERS: Final = re.compile(rf"([一二三1-3])(?:{_SEP.pattern})([二三四2-4])季度")
_DECADE: Final = re.compile(r"(?:(?:上个?|本|[12]\d|二十)世纪)?(?:[二三四五六七八九]十|[2-9]0)年代(?:[初中末]期?)?")
# These have no numeral: a row only where they date a target (quantities decides).
_SOFT: Final = re.compile(r"今年(?:内|全年)?|明年|全年(?<![一多几本]全年)|年内(?<![\d一二两三四五六七八九十几多]年内)")


def find(text: str, today: date | None, reviewed: Sequence[tuple[int, int, int]] = ()) -> Iterator[Found]:
    """Every date of a text whose digits are half-width.

    `today` resolves 今年, and months without a year where the sentence has named none before them; in a stretch
    (start, end, year) of `reviewed`, those months and 年末 are of that year.

    >>> text = "到2025年,自2017年1月1日至2019年12月31日,2016—2020年,年底前"
    >>> [(f.iso, f.rule) for f in find(text, date(2020, 4, 29))]  # doctest: +NORMALIZE_WHITESPACE
    [('2025', 'date:year'), ('2017-01-01/2019-12-31', 'date:from-to'), ('2016/2020', 'date:years'),
     ('2020-12', 'date:part')]
    """
    year, at, seen = None, 0, 0
    for begin in _START.finditer(text):
        start = begin.start()
        if start < at:
            continue
        if _FULL_STOP.search(text, seen, start):
            year = None
        seen = start
        then = today.year if today else None
        if reviewed:
            then = next((y for a, b, y in reviewed if a <= start < b), then)
        known = year or then
        if m := _YEARS.match(text, start):
            end, iso, rule = m.end(), f"{_number(m[1])}/{_number(m[2])}", "date:years"
        elif m := _NEXT.match(text, start):
            end, rule = m.end(), "date:this and next"
            iso = f"{today.year}/{today.year + len(m.group()) - 3}" if today else None
        elif m := _MONTHS.match(text, start):
            known = _number(m[1]) or known
            end, rule = m.end(), "date:months"
            iso = f"{known}-{int(m[2]):02d}/{known}-{int(m[3]):02d}" if known else None
        elif m := _QUARTERS.match(text, start):
            first, last = 3 * (_number(m[1]) or 0), 3 * (_number(m[2]) or 0)
            end, rule = m.end(), "date:quarters"
            iso = f"{known}-{first:02d}/{known}-{last:02d}" if known else None
        elif m := _DAY.match(text, start):  # the month is the document's
            end, rule = m.end(), "date:day"
            iso = f"{today.year}-{today.month:02d}-{int(m[1]):02d}" if today else None
            if (sep := _SEP.match(text, end)) and (day := _DAY.match(text, sep.end())):  # 21日至23日
                end = day.end()
                iso = f"{iso}/{iso[:-2]}{int(day[1]):02d}" if iso else None
        else:
            opener = begin.group() in "自从"
            if (m := _point(text, start + opener)) is None:
                continue
            end, rule = m.end(), "date:year" if m["year"] and not m["tail"] else "date:part"
            iso = _iso(m, then if m["bare"] else known, today)
            year = _number(m["year"]) or year
            sep = _SEP.match(text, end)
            other = sep and _point(text, sep.end())
            if sep and m["day"] and not other and (day := _DAY.match(text, sep.end())):  # 10月24日至25日
                end, rule = day.end(), "date:from-to"
                iso = f"{iso}/{iso[:-2]}{int(day[1]):02d}" if iso else None
            elif other:
                to = _iso(other, year or known, today)
                end, iso, rule = other.end(), f"{iso}/{to}" if iso and to else None, "date:from-to"
            else:
                start += opener
                if before := (_BEFORE_END if text[end - 1] in "底末" else _BEFORE).match(text, end):
                    end = before.end()
        yield Found(start, end, None, None, "date", "=", iso, rule)
        at = end


def _point(text: str, at: int) -> re.Match[str] | None:
    """One date at a place; 今年 alone is none."""
    m = _POINT.match(text, at)
    if m is None or not (m["year"] or m["tail"]):
        return None
    return m if m["year"] or m["rel"] or m["bare"] or m["tail"] not in ("底", "末", "初") else None


def _iso(m: re.Match[str], known: int | None, today: date | None) -> str | None:
    year = _number(m["year"]) or known
    if m["rel"]:
        year = today.year + _RELATIVE[m["rel"]] if today else None
    if year is None:
        return None
    month, day = _number(m["month"]), _number(m["day"])
    if m["bare"] and "月" in m["bare"]:
        month = today.month if today else None
    elif m["tail"] and m["tail"][-1] in "底末" and not month:
        month = 12
    elif m["half"]:
        month = 6 if m["half"] == "上" else 12
    elif quarter := m["quarter"] or m["quarters"]:
        month = 3 * (_number(quarter) or 0)
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _number(text: str | None) -> int | None:
    found = value(text) if text else None
    return None if found is None else int(found)


def soft(text: str, today: date | None) -> Iterator[Found]:
    """今年, 明年, 全年, 年内: no quantities of themselves, but the year of a target that they govern."""
    for m in _SOFT.finditer(text):
        year = str(today.year + (m.group() == "明年")) if today else None
        yield Found(m.start(), m.end(), None, None, "date", "=", year, "date:relative")
    at = 0
    while (here := text.find("年代", at)) >= 0:
        m = _DECADE.search(text, max(at, here - 6), here + 4)  # with its century six characters before 年代
        at = m.end() if m else here + 2
        if m:
            yield Found(m.start(), m.end(), None, None, "date", "=", None, "date:decade")
