"""Amounts in a plain text: numeral, unit, range, fraction, rank, comparator. `dates` finds the dates."""

import re
from collections.abc import Iterator
from typing import Final

from helpers.anchors import near
from helpers.numerals import DASH, FIRST, MAGNITUDE, POINTED, Found, value
from helpers.ratios import RATIO_SIGNS, percents, ratio_at
from helpers.units import Unit, frozen, opens_unit, unit_at

# Figures and magnitudes in turn: 1亿3千多万, 3万多亿
_MIXED: Final = rf"\d++(?:\.\d++)?+[多余几]?+{MAGNITUDE}"
_NUMBER: Final = re.compile(
    rf"""(?<![A-Za-z\d.])\d++(?:,\d{{3}}(?!\d))*+(?:\.\d++)?+[多余几来]?+{MAGNITUDE}*+
         (?:(?<=[千万亿]){_MIXED}(?:[多余]?+{MAGNITUDE})*+)*+ (?:[多余](?:[万亿](?=[元美吨亩斤]))?+)?+
       | (?:(?<!以)上(?=[百千万亿])|(?<![人户总以])数(?=[十百千万亿])|几(?=[十百千万亿]))?+
         {POINTED}[多余几]?+{MAGNITUDE}*+[多余]?+""",
    re.X,
)
_FIRST: Final = re.compile(FIRST)
_PREFIX: Final = "上数几"  # what a numeral may begin with before its first figure
_TIMES_SIGNS: Final = "×✕xX＊*"
_TIMES: Final = re.compile(rf"[{_TIMES_SIGNS}](?=\d)")
_RANGE: Final = re.compile(rf" ?{DASH} ?")
_RANGE_SIGNS: Final = " 至到—–~～－-─∼"  # what _RANGE may begin with
_AFTER_ONE: Final = f"分/成多金银铜{_TIMES_SIGNS}{_RANGE_SIGNS}"  # what makes an amount of 一, besides a unit
_LEXICAL_SIGN: Final = re.compile("[翻半零位]")  # the first or second character of each of these
_LEXICAL: Final = re.compile(
    r"""(?P<doubling>翻(?:了|一)?[一两三四]?番)
      | (?P<half>(?<![另多大上下前后这那])一半(?!天)|(?<!大)半数|过半(?!年)|对半)
      | (?P<halving>减半|折半) | (?P<none>零增长|清零|归零) | (?P<digits>(?:两|2|三|3)位数)
      | (?P<halfyear>(?<![上下大一])半(?:(?:个月|小时|个小时)(?!来)
        |年(?=以?[内上后前多]|左右|时间|之[内久])|(?<=[近过每到足短长前晚了]半)年(?!来)))  # 半年小结 counts nothing
    """,
    re.X,
)
_ADVERB: Final = re.compile(r"[至最](?:(?P<ge>少)|(?P<le>多))(?:要|再|应)?[\u4e00-\u9fff]{1,2}(?:到|至)?$")
_AT_LEAST: Final = re.compile(r"(?:至少|最少|不少于|不低于|起码)[\u4e00-\u9fff]{0,3}$")
# 建设一座公园,两条大街: beside a larger count 一 counts, too; not 一条主线,三项任务
_CONCRETE: Final = "座条所家处栋幢间口台辆艘架套名"
_THING: Final = r"(?!主线|红线|底线|龙|道路的|心)[^，,、。；;\d]{1,12}(?:——[^，,。；;\d]{1,12})?[，,、和及与]"
_MORE: Final = "[两三四五六七八九十\\d]"
_MORE_THAN: Final = re.compile("[多余几]")
_TAIL: Final = re.compile("[百千万亿]+$")
_BASE: Final = re.compile(r"每[百千万]?$")  # 每10万人口拥有: what a rate is related to, no amount
_FURTHER: Final = re.compile(rf"{_THING}(?:一[{_CONCRETE}]{_THING}){{0,3}}{_MORE}[{_CONCRETE}]")
_EARLIER: Final = re.compile(rf"{_MORE}[{_CONCRETE}]{_THING}$")
_BEFORE: Final = re.compile(
    r"""(?P<ge>不低于|不少于|不小于|不得低于|不得少于|至少|最少|最低)
      | (?P<le>不高于|不超过|不多于|不大于|不得超过|不得高于|至多|最多|最高)
      | (?P<gt>超过|超出|高于|多于|大于|突破|(?<!不)逾|超(?!过)|(?<![通经超不渡路])过)
      | (?P<lt>不足|不到|不满|未满|低于|少于|小于)
      | (?P<about>(?<![最附临靠远亲])近|(?<![节合条契公签])约|大约|约为|接近|将近|大概|大致)
      | (?P<rank>(?<![之以年目日底末])前)
    """,
    re.X,
)
_AFTER: Final = re.compile(
    r"""(?P<ge>(?:及|含)?以上|之上) | (?P<le>(?:及|含)?以[内下]|之内|之下) | (?P<about>左右|上下|(?<=[百千万亿])级)
      | (?P<gt>之多(?!$)|多|余(?![年个额])|以外) | (?P<in>内(?![部外容蒙需生陆涵在地河资]))""",
    re.X,
)
_BEFORE_ENDS: Final = frozenset("于少低过多高出破逾超足到满近约为概致前")  # the last characters of _BEFORE
_SIDE: Final = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~", "rank": "<=", "in": "<="}
_LEVELS: Final = re.compile(r"[省市县乡镇村区部州盟旗、级中央地方]{2,8}$")
_HELD: Final = re.compile(r"(?:连续|举办|举行|成功|已)[了过]?$")
_SESSION: Final = re.compile(r"全|会|党代|代表|中央|党的|人民")
_METALS: Final = "金银铜"
_MEDAL: Final = re.compile(rf"[{_METALS}](?=[、，。；,和]|\d|$)")
_WON: Final = re.compile(r"[夺获摘得取揽斩][得获取下]?[^，。；]{0,12}$")
_NEAR: Final = re.compile(r"([一两二三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
# Units that 一 does count: 一倍, 一吨; not 一个, 一项.
_SINGLE: Final = ("倍", "元", "美元", "吨", "亩", "公里", "公斤", "斤", "公顷", "平方公里", "平方米", "立方米", "周年")
_DURATIONS: Final = ("年", "个月", "天", "日", "周", "小时", "分钟", "个工作日")
# 十九大 and 十大精神 are names, 两大战略 counts.
_NO_LIST: Final = re.compile(r"大(?:会|学|队|精神|以来|报告|部署|代表)")
_VAGUE_AMOUNTS: Final = ("千万", "亿万", "百万", "万万")
# An index has no unit: 指数达到110, PUE值降至1.3
_INDEX: Final = re.compile(
    r"(?:指数|系数|PUE|值|比|倍差|评分|得分|容积率|强度)[^，。；、\d]{0,6}(?:达到?|降[至到]|升[至到]|提高到|为|在|于|过|至|到)$"
)
_SHARED: Final = re.compile(r"(?:[和与、]\d++(?:\.\d++)?+[万亿]?+){1,6}")
_BOUND: Final = re.compile("以[上内下]|之?内|左右")
_BIRTHDAY: Final = re.compile("华诞|诞辰|庆典|校庆|生日")
_ROUND: Final = re.compile(r"(?<![最附临靠远亲])近$|超过?$|突破$|逾$|达到?$|将近$|接近$")  # 近百家, 超千万
_AFTER_RANK: Final = re.compile(r"[，。、；,;强名位列]|$")
_SPAN: Final = re.compile(r"(?:过去|今后|未来|最近|此后|近)的?$")


def find(text: str) -> Iterator[Found]:
    """Every amount of a text whose digits are half-width, in order, dates among them (the caller drops those).

    >>> [(f.low, f.high, f.unit, f.comparator) for f in find("超六成,6.5%—7%,1100万人以上,2×66万千瓦,百亿级")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(60, 60, '%', '>'), (6.5, 7, '%', 'range'), (11000000, 11000000, '人', '>='), (1320000, 1320000, '千瓦', '='),
     (10000000000, 10000000000, None, '~')]
    """
    lexical = {m.start(): m for m in near(_LEXICAL, _LEXICAL_SIGN, text, back=1)}
    percent = {f.start: f for f in percents(text)}
    numerals = {m.start(): m for m in _numerals(text)}
    at = 0
    for start in sorted({*numerals, *lexical, *percent}):
        if start < at:
            continue
        if start in lexical:
            found = _lexical(text, lexical[start])
        elif start in percent:
            found: Found | None = percent[start]
        else:
            found = _number(text, numerals[start])
        if found and not frozen(text, start, found.end):
            found = _modified(text, found, at)
            yield found
            at = found.end


def _numerals(text: str) -> Iterator[re.Match[str]]:
    """The matches of _NUMBER from left to right, tried only where a figure stands."""
    at = 0
    for figure in _FIRST.finditer(text):
        start = figure.start()
        if start < at:
            continue
        m = _NUMBER.match(text, start - 1) if start > at and text[start - 1] in _PREFIX else None
        if m := m or _NUMBER.match(text, start):
            yield m
            at = m.end()


def _point(start: int, end: int, number: float | None, unit: str | None, rule: str, comparator: str = "=") -> Found:
    return Found(start, end, number, number, unit, comparator, None, rule)


def _lexical(text: str, m: re.Match[str]) -> Found:
    start, end = m.span()
    match m.lastgroup:
        case "doubling":
            times = {"两": 4, "三": 8, "四": 16}.get(m.group()[-2], 2)
            return _point(start, end, times, "倍", "lexical:翻番")
        case "half":
            return _point(start, end, 50, "%", "lexical:一半", ">" if m.group() == "过半" else "=")
        case "halving":
            return _point(start, end, 50, "%", "lexical:减半")
        case "none":
            return _point(start, end, 0, "%" if "增长" in m.group() else None, "lexical:清零")
        case "digits":
            return _point(start, end, 10 if m.group()[0] in "两2" else 100, "%", "lexical:两位数", ">=")
        case _:
            return _point(start, end, 0.5, m.group()[1:], "lexical:半年")


def _number(text: str, m: re.Match[str]) -> Found | None:
    """What a plain numeral begins: a fraction, a range, an amount with its unit, or one without."""
    numeral, (start, end) = m.group(), m.span()
    after = text[end : end + 1]
    if numeral == "一" and after not in _AFTER_ONE and not opens_unit(after):  # 进一步, 统一: most of them
        return None
    near = _NEAR.fullmatch(numeral) if len(numeral) > 1 else None
    if near and (found := _neighbours(start, near, unit_at(text, end))):
        return found
    if (number := value(numeral)) is None or (near and not near[3]):  # 一二三产业
        return None
    if after in RATIO_SIGNS and (ratio := ratio_at(text, start, end, number)):
        return ratio
    if after == "人" and _BASE.search(text, start - 2, start):
        return None
    if (
        after in _TIMES_SIGNS
        and (times := _TIMES.match(text, end))
        and (m2 := _NUMBER.match(text, times.end()))
        and (other := value(m2.group()))
    ):
        number, end = number * other, m2.end()
    unit = unit_at(text, end)
    if unit and unit.text == "级" and numeral[-1] in "百千万亿":  # 百亿级 names a size, 三级 a rank
        unit = None
    if found := _range(text, start, numeral, number, unit, unit.end if unit else end):
        return found
    vague = ">" if len(numeral) > 1 and _MORE_THAN.search(numeral, 1) else ">=" if numeral[0] in "上数几" else "="
    if (
        unit is None
        and after in _METALS
        and (medal := _MEDAL.match(text, end))
        and _WON.search(text, start - 16, start)
    ):
        unit = Unit(medal.end(), medal.group(), "count")
    if unit is None:
        return _bare(text, start, end, numeral, number, vague)
    if not _counts(text, start, numeral, unit):
        return None
    if unit.kind == "time" and text.startswith("半", unit.end) and number == int(number):  # 三年半
        return _point(start, unit.end + 1, number + 0.5, unit.text, "number+unit", vague)
    name = "类" if unit.text == "大类" else unit.text  # 三大类: the classifier is 类
    return _point(start, unit.end, number, name, "number+unit", vague)


def _neighbours(start: int, near: re.Match[str], unit: Unit | None) -> Found | None:
    """七八个, 三五年, 五六百家: two neighbouring figures are a range."""
    low, high = value(near[1] + near[3]), value(near[2] + near[3])
    if unit is None or unit.kind == "order" or not low or not high or not low < high <= low * 2 + 1:
        return None
    return Found(start, unit.end, low, high, unit.text, "range", None, "range:七八")


def _range(text: str, start: int, numeral: str, number: float, unit: Unit | None, after: int) -> Found | None:
    """6.5%—7%, 1~2个, 5-10万元: a unit, and a magnitude that stands at the second end only, hold for both."""
    dash = _RANGE.match(text, after) if text[after : after + 1] in _RANGE_SIGNS else None
    far = dash and _NUMBER.match(text, dash.end())
    if not far or (high := value(far.group())) is None:
        return None
    last = unit_at(text, far.end())
    if last is None or last.kind == "order" or not (unit is None or unit.text == last.text or last.kind == "money"):
        return None
    if unit is None and numeral[-1] not in "万亿" and (tail := _TAIL.search(far.group())):
        factor = value(tail.group()) or 1
        number *= factor if number * factor <= high else 1
    if number >= high and last.kind != "rate":
        return None
    low, high = sorted((number, high))
    return Found(start, last.end, low, high, last.text, "range", None, "range")


def _counts(text: str, start: int, numeral: str, unit: Unit) -> bool:
    """Whether numeral and classifier count something: not 一个, 三级医院, 万户."""
    if numeral == "一":
        if unit.text in _SINGLE or _AT_LEAST.search(text, start - 8, start):
            return True
        if unit.text in _CONCRETE:
            return bool(_FURTHER.match(text, unit.end) or _EARLIER.search(text, start - 30, start))
        if unit.kind == "time" and _BOUND.match(text, unit.end):  # 一个月以上
            return True
        return unit.kind == "time" and bool(_SPAN.search(text, start - 3, start))
    if numeral == "二" and unit.kind in ("count", "order"):  # before a classifier 二 ranks, 两 counts
        return False
    if unit.kind == "order":
        if unit.text == "期":
            return text.startswith("分", start - 1)  # 分两期建设
        if unit.text == "级":
            return numeral == "两" or bool(_LEVELS.search(text[max(0, start - 8) : start]))
        return unit.text == "届" and bool(_HELD.search(text, start - 4, start))
    if unit.text == "次" and _SESSION.match(text, unit.end):  # 九届十四次全委会
        return False
    if numeral == "百" and unit.text == "年":
        return bool(_BIRTHDAY.match(text, unit.end))
    if numeral in ("百", "千", "万", "亿", "兆"):
        return (numeral == "亿" and unit.kind in ("money", "measure")) or bool(_ROUND.search(text, start - 3, start))
    return True


def _bare(text: str, start: int, end: int, numeral: str, number: float, vague: str) -> Found | None:
    """A number without a unit counts where a noun replaces the classifier: 7亿农村人口, 两大战略, 百亿级."""
    figures = numeral[0].isdigit()
    if text.startswith("大", end):
        counts = not _NO_LIST.match(text, end) and (2 <= number <= 10 or (figures and number < 100))
        return _point(start, end + 1, number, None, "count:N大") if counts else None
    rate = unit_at(text, shared.end()) if figures and (shared := _SHARED.match(text, end)) else None
    if rate and (rate.kind == "rate" or (rate.kind in ("measure", "money") and numeral[-1] in "万亿")):
        # 分别高4.2和0.7个百分点; 10.6万、3.8万平方公里
        return _point(start, end, number, rate.text, "number, unit shared")
    if figures and _INDEX.search(text, start - 16, start) and not text.startswith(("-", "、", ".", "年"), end):
        return _point(start, end, number, None, "number")
    if vague == "=" and not (figures and numeral[-1] in "万亿千百"):
        large = len(numeral) > 1 and numeral[-1] in "万亿" and numeral not in _VAGUE_AMOUNTS
        size = numeral in _VAGUE_AMOUNTS and (text.startswith("级", end) or bool(_ROUND.search(text, start - 3, start)))
        first = text[max(0, start - 1) : start] == "前" and (figures or numeral[0] in "三五十")
        if not (first and _AFTER_RANK.match(text, end)) and (figures or not (large or size)):
            return None
    return _point(start, end, number, None, "number", vague)


def _modified(text: str, f: Found, floor: int) -> Found:
    """The amount with the words before and after it that open it to one side."""
    if f.unit in _DURATIONS and (span := _SPAN.search(text, max(floor, f.start - 3), f.start)):
        return f._replace(start=span.start())  # 过去五年, 近三年: no comparison
    start, end, comparator = f.start, f.end, f.comparator
    for left in range(max(floor, start - 4), start) if text[start - 1] in _BEFORE_ENDS else ():
        m = _BEFORE.match(text, left)
        if m and m.end() == start and not (m.lastgroup == "rank" and f.unit not in ("%", None, "名", "位")):
            start, comparator = left, _SIDE[str(m.lastgroup)] if comparator == "=" else comparator
            break
    if comparator == "=" and (m := _ADVERB.search(text, max(floor, start - 6), start)):  # 至少降低30%
        start, comparator = m.start(), ">=" if m["ge"] else "<="
    m = _AFTER.match(text, end)
    unfit = m and (
        (m.lastgroup == "in" and f.unit not in _DURATIONS) or (m.lastgroup == "gt" and comparator == "range")
    )
    if m and not unfit:
        end = m.end()
        comparator = comparator if comparator == "range" else _SIDE[str(m.lastgroup)]
    return f if (start, end) == (f.start, f.end) else f._replace(start=start, end=end, comparator=comparator)
