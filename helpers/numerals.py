"""The text of a numeral → its value: Arabic, full-width, Chinese and mixed. Knows no unit."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

import cn2an

# Full-width forms that stand in figures; each is one character, so offsets stay.
_NARROW: Final = dict(zip(map(ord, "０１２３４５６７８９．％﹪／"), "0123456789.%%/", strict=True))
_WIDE: Final = re.compile("[" + "".join(map(chr, _NARROW)) + "]")
_MISREAD: Final = re.compile(r"[SOolI](?<=\d\..)(?![a-z])")
_LETTERS: Final = str.maketrans("SOolI", "50011")
_DIGITS: Final = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_MAGNITUDE: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "兆": 1_000_000_000_000}
_ARABIC: Final = re.compile(r"(\d++(?:,\d{3})*+)(\.\d++)?([十百千万亿兆]*+)")
_PART: Final = re.compile(r"(\d++(?:\.\d++)?)([百千万亿]++)")
_SUM: Final = re.compile(rf"(?:{_PART.pattern}){{2,4}}")
_VAGUE: Final = re.compile(r"[多余来几数上成]")
_POSITIONAL: Final = re.compile(r"[零〇○一二三四五六七八九]{2,}")
_KILO: Final = "[瓦克米伏卡帕兆]"  # 千 before these belongs to the unit: 千瓦
_SIGN: Final = rf"(?:[零〇○一二两三四五六七八九十万亿]|百(?!分[之点])|千(?!{_KILO}))"
# Parts of patterns for the rooms that find numerals: what one begins with, a Chinese one, a magnitude, what joins the
# ends of a range
FIRST: Final = r"[\d零〇○一二两三四五六七八九十百千万亿]"
POINTED: Final = rf"{_SIGN}++(?:点[零一二三四五六七八九]++)?+"
MAGNITUDE: Final = rf"(?:百(?!分[之点])|[万亿]|千(?!{_KILO}))"
DASH: Final = r"(?:至|到|[—–~～－\-─∼]{1,2})"
LONGEST: Final = 16  # digits: beyond it a run of figures is no amount


def narrow(text: str) -> str:
    """The text with full-width digits, points and percent signs made half-width; offsets stay as they are.

    Letters that optical reading put for the digit after a decimal point are digits again.

    >>> narrow("增长８．５％,算力12.SEFLOPS")
    '增长8.5%,算力12.5EFLOPS'
    """
    text = _WIDE.sub(lambda m: _NARROW[ord(m.group())], text)  # few; str.translate would look at every character
    return _MISREAD.sub(lambda m: m.group().translate(_LETTERS), text)


@lru_cache(maxsize=8192)
def value(numeral: str) -> float | None:
    """The value of a numeral, magnitudes multiplied out; None where it is none.

    Vague parts (多 余 几 数 上) count nothing: 五百多 is 500, 数十 is 10. Chinese numerals are converted by cn2an.

    >>> [value(s) for s in ("3.5万亿", "两千三百万", "二〇〇〇", "５００多万", "1,080", "1亿3千多万", "六点五", "家")]
    [3500000000000, 23000000, 2000, 5000000, 1080, 130000000, 6.5, None]
    """
    text = _VAGUE.sub("", narrow(numeral))
    if not text or len(text) > 2 * LONGEST:
        return None
    if _SUM.fullmatch(text):  # 1亿3千万 is 1亿 and 3千万
        return sum(value(m.group()) or 0 for m in _PART.finditer(text))
    if m := _ARABIC.fullmatch(text):
        whole, fraction, magnitude = m[1].replace(",", ""), m[2] or "", m[3]
        if len(whole) + len(fraction) > LONGEST:
            return None
        factor = 1
        for sign in magnitude:
            factor *= _MAGNITUDE[sign]
        if not fraction:
            return int(whole) * factor
        exact = int(whole + fraction[1:]) * factor  # as an integer: 1221.9 × 1e8 in floats is not exact
        scale = 10 ** (len(fraction) - 1)
        return exact // scale if exact % scale == 0 else exact / scale
    if _POSITIONAL.fullmatch(text):  # 二〇〇〇, 一九五五: figures read one by one
        return int(text.translate(_DIGITS))
    if text[0] in "百千万亿":
        text = "一" + text
    try:
        return _plain(cn2an.cn2an(text, "normal"))
    except (ValueError, LookupError):  # cn2an meets 亿一 with a KeyError
        return None


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


class Found(NamedTuple):
    """A numeral expression read by the grammar, before it has a role."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None
    comparator: str
    iso: str | None
    rule: str
