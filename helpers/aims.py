"""What an amount that lies ahead is: an outcome aimed at (target), an instrument (measure), or a mere count (other).

Codebook 1: an outcome for people, economy or environment is a target; what the authority itself puts in or does is a
measure; thresholds and counts of a list are other. Decided by the words that govern the amount, which are data.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from helpers.cues import begins, every, last
from helpers.numerals import Found
from helpers.units import unit_at

_PHRASE: Final = re.compile(r"[^的和与及、，。；：,;:（）()“”\s]*")  # up to 的, 和 or a mark: 重点行业 of 4个重点行业
_MEANS: Final = re.compile(r".*(?:等(?:措施|方式|途径|手段|办法|形式|渠道|政策)|为契机|为抓手|为重点|的基础上)")
_NOUNLIKE: Final = re.compile(
    r"(?!全部|稳定|以上|达)[\u4e00-\u9fff]{3}"
)  # a noun that is in no list stands after the amount
# What an amount is of, up to 、 or to what it does: 企业 of 100家企业上云
_DOES: Final = (
    "(?:上云|上规|入驻|达标|开展|实施|完成|实现|进行|达到|参与|参加|获得|纳入|接入|通过"
    "|开工|投产|投用|竣工|享受|受益|全部)"
)
_BESIDE_IT: Final = re.compile(rf"(?:(?!{_DOES}(?!企业|率|项目|数))[^、])*")
_COMES_TO: Final = re.compile(r"(?:全部|均|都)?(?:达到|达标|通过|获得|上云|上规|入驻|脱贫|摘帽|出列|上市|实现)")
_PILOT: Final = re.compile(r"[^，。；]{0,12}(?:开展|实施|进行|推行|列入|纳入|作为)[^，。；]{0,16}试点")
# What the authority cuts of its own: 审批事项减少三分之一; not 网上可办事项比例, 审批时限
_PAPERS: Final = re.compile(
    r"(?:事项|清单|条目|目录|证明|材料|文件|会议|编制|收费项目|许可证?|支付项目|开支|检查)[^，。；、]{0,10}$"
)
_EASE: Final = re.compile(r"比例|率|占比|比重|时间|时限|覆盖|网上|办理|办结|满意|数量达")
_CAPACITY: Final = re.compile(r"的?[^、]{0,4}能力|[^、]{0,8}红线")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_CONDITION: Final = re.compile(r"^(?:以上|以下|以内)?的(?:要求|条件|门槛)|(?:要求|条件|门槛)(?:由|从|不变)")
_GROWS: Final = re.compile(r"增长|增速|增幅|占")
_GROUP: Final = re.compile(r"(?:贫困|农村|农业|城镇|困难|老年|残疾|流动)*")
_GRADUATES: Final = re.compile(r"毕业生(?:人数|总数|规模)?(?:将|预计)?(?:达到|达|超过|突破)?$")
_RESULT: Final = re.compile(r"脱贫|就业|落户|市民化|进城|增收|转移|持证|达标|入驻")
_HELPED: Final = re.compile(r"(?:提高|改善|解决|保障|满足|惠及|覆盖|帮助|服务|使|让)(?:好|全省|全市|全国|全区|了)?$")
_APPLIED: Final = re.compile(r"(?:^|[、要再先将并]|今年|年内|全[国省市区县])[在对为]$")
_AWARDED: Final = re.compile(r"^(?:对|凡|首次)|首次|年(?:营业?收入?|产值|销售额|纳税)")
_HOLDER: Final = re.compile(r"的[^，。；、]{0,6}(?:企业|项目|单位|个人|团队|机构|园区|楼宇)")
_SIDE: Final = re.compile(r"以[上下]$")
_LEVEL_BEFORE: Final = re.compile(r"[到达有盖占在过按]$")
_BESIDE: Final = re.compile(r"(?:以下|以上|如下|下列|上述)$")
_RATES: Final = ("%", "个百分点", "倍", "‰")
_LISTED: Final = ("类", "个", "项", "条", "种", "点")
_OF_THEM: Final = re.compile("的(?!增)")
_A_NOUN: Final = re.compile(r"的?[\u4e00-\u9fff]")
_BODIES: Final = ("人", "户", "名", "村", "个")
_MANY: Final = 12  # more than so many tasks are no list that a speaker goes through
_KEY: Final = re.compile(r"^(?:主要|重点|重大|关键)+")
_TASKS: Final = re.compile(
    r"(?:重点|重大|主要|关键|核心|专项|具体|各?方面)*(?:任务|工作|举措|措施|抓手)(?=抓|来|上|要|$)"
)
_ANNOUNCED: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}(?:工作|任务|举措|措施|问题|要求|内容|意见|建议|经验|条件|体会|部分|重点|重大))?[：:]"
)
_RULES: Final = ("规定", "要求", "原则", "理念", "方面", "关系")  # list even in a review: 严格落实28条配套规定
_REACHED: Final = (
    *("达到", "稳定在", "保持在", "守住", "坚守", "严守", "守牢", "突破", "超过"),
    *("里程", "总量", "总数", "保有量", "人均", "提高到", "增加到"),
)
# Money that also others than the treasury put in: when these grow it is an outcome.
_INVESTED: Final = (
    *("投资", "投入", "贷款", "信贷", "授信", "担保"),
    *("成本", "费用", "收费", "税收", "资金", "经费", "基金"),
)


# Verdicts on an amount of which no word says what is aimed at; they hold where all that is said is a goal.
UNNAMED: Final = frozenset({"size of a class aimed at", "default:amount", "default:count"})


class Verdict(NamedTuple):
    """A role and the rule that gave it; role None: no quantity after all."""

    role: str | None
    why: str


def unit_kind(f: Found) -> str:
    """The class of an amount's unit (count, money, measure, rate, time); the empty string where it has none."""
    return _kind(f.unit) if f.unit else ""


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    found = unit_at(unit, 0)
    return found.kind if found else ""


def listing(f: Found, span: str, left: str, right: str, *, ahead: bool) -> Verdict | None:
    """Role `other`: what only counts a list or marks off a class; None where an amount does neither.

    `span` is its text, `left` and `right` what stands around it in its clause, `ahead` whether the clause lies ahead.
    """
    kind = unit_kind(f)
    if f.rule == "count:N大" or f.unit in ("方面", "级"):
        return Verdict("other", f"{span[1:]} counts a list")
    if f.unit in _LISTED:
        phrase = m.group() if (m := _PHRASE.match(right)) else ""
        noun = last("role_categories", phrase)
        few = (f.low or 0) < 100
        if (f.low or 0) <= _MANY and _ANNOUNCED.match(right):
            return Verdict("other", "counts the list after it")
        if few and (begins("role_abstract_nouns", _KEY.sub("", phrase)) or phrase.startswith(("类", "大类", "民族"))):
            return Verdict("other", "counts a list")
        if ahead and (f.low or 0) <= _MANY and _TASKS.match(phrase):
            return Verdict("other", "counts tasks")
        if noun and noun.end == len(phrase) and ((few and ahead) or noun.word in _RULES):
            return Verdict("other", f"counts {noun.word}")
    if f.unit == "类" and ("大" in span or (ahead and not _HAN.match(right))):
        return Verdict("other", "counts classes")
    if _SIDE.search(span) and kind in ("money", "measure", "time") and not _LEVEL_BEFORE.search(left):
        head = m.group() if (m := _PHRASE.match(right.removeprefix("的"))) else ""
        if (nouns := every("role_class_nouns", head)) and nouns[0].start <= 6:
            return Verdict("other", "threshold of a class")
    if kind == "money" and (span == "亿元" or (_AWARDED.search(left) and _HOLDER.match(right))):
        return Verdict("other", "threshold of a class")
    if right.startswith(("的部分", "部分")):
        return Verdict("other", "threshold of a class")
    items = left.split("、")
    counted = ahead and kind == "count" and f.comparator == "=" and 2 <= (f.low or 0) <= 12
    if counted and len(items) == f.low and all(items) and not left.endswith("等") and "分别" not in left:
        return Verdict("other", "counts the list before it")
    return Verdict("other", "counts what stands beside it") if _BESIDE.search(left) else None


def people(f: Found, left: str, right: str) -> Verdict | None:
    """Those whom a sentence names: a whole nation is a fact, those helped are what an instrument is applied to."""
    group = begins("role_people_nouns", _GROUP.sub("", right, count=1))
    nation = begins("role_nation_nouns", right) or (right.startswith("的") and f.comparator != "~")
    if nation and f.unit in (None, "人") and (f.low or 0) >= (1e8 if f.comparator == ">=" else 1e9):
        return Verdict("status", "the whole people")
    if f.unit is None and f.comparator == "~" and (f.low or 0) >= 1e8 and not group:
        return Verdict("target", "size of a class aimed at")  # 百亿级产业集群
    if f.unit in (None, "人") and _GRADUATES.search(left):
        return Verdict("status", "a given fact")
    if unit_kind(f) == "count" and _APPLIED.search(left):
        return Verdict("measure", "places it is applied to")
    helped = f.unit in (None, "人", "户") and _HELPED.search(left) and (group or right.startswith("的"))
    return Verdict("measure", "those it is applied to") if helped and not _RESULT.search(right) else None


def aim(f: Found, left: str, right: str, topic: str = "") -> Verdict | None:
    """Target or measure, from the words that govern an amount; None where there are none. `topic` is the clause before.

    >>> f = Found(0, 0, 100, 100, "个", "=", None, "")
    >>> aim(f, "建设", "项目").role, aim(f, "争创", "知名品牌").role, aim(f, "", "")
    ('measure', 'target', None)
    """
    kind, near, left = unit_kind(f), _BESIDE_IT.match(right).group(), _MEANS.sub("", left)  # type: ignore[union-attr]
    if f.unit in _BODIES and f.comparator == "=" and _OF_THEM.match(near) and not last("role_levels", left):
        return Verdict("measure", "those it is applied to")  # 提高低保边缘2600人的生活水平
    if f.unit in _RATES:
        return _rate(left, near, topic)
    if kind == "money":
        return _money(left, near, topic)
    if kind == "time":  # 审批时间压缩至3天 is felt by people, 政策再延长三年 is the instrument
        return Verdict("measure", "longer term") if "延长" in left else Verdict("target", "time measured")
    if kind == "count" and not near and _COMES_TO.match(right):
        return Verdict("target", "come to a state")  # 16市全部达到标准
    if f.unit == "档":
        return Verdict("measure", "steps of a scale")
    if "产能" in left + right:
        return Verdict("target", "level:产能")
    if "试点" in left or _PILOT.match(right):
        return Verdict("measure", "pilots")
    if left.endswith("能力") or _CAPACITY.match(near):
        return Verdict("target", "level:能力")
    if strong := last("role_strong_verbs", left):
        return Verdict("measure", f"verb:{strong.word}")
    counted = kind == "count" or (f.unit is None and bool(_HAN.match(right)))  # 2000万人口: the noun is the classifier
    if not counted and (fiscal := last("role_fiscal", f"{left}｜{near}")):
        return Verdict("measure", f"fiscal:{fiscal.word}")
    noun, level = _head(near) or (None if _NOUNLIKE.match(near) else _head(left)), last("role_levels", left)
    if level and f.unit is None and not counted:
        return Verdict("target", f"level:{level.word}")  # PUE值降至1.3
    if level and not (noun and noun.role == "measure" and level.word not in _REACHED):
        return Verdict("target", f"level:{level.word}")
    if noun:
        return noun
    if kind == "measure" and _A_NOUN.match(near):
        return Verdict("measure", "size of works")  # 5.7万平方米主力店
    target, measure = last("role_target_verbs", left), last("role_measure_verbs", left)
    if target and (not measure or target.end >= measure.end):
        return Verdict("target", f"verb:{target.word}")
    return Verdict("measure", f"verb:{measure.word}") if measure else _head(left)


def _rate(left: str, near: str, topic: str) -> Verdict | None:
    around = f"{topic}｜{left}｜{near}"
    if _CONDITION.search(near) or _CONDITION.search(left):
        return Verdict("measure", "a condition")  # 占比不低于10%的要求
    if "试点" in left:
        return Verdict("measure", "pilots")
    if _PAPERS.search(left) and not _EASE.search(left):
        return Verdict("measure", "its own rules and papers")
    fiscal = [cue.word for cue in every("role_fiscal", around)]
    public = any(word not in _INVESTED for word in fiscal)
    if fiscal and not last("role_growth_nouns", topic + left) and (public or not _GROWS.search(around)):
        return Verdict("measure", f"fiscal:{fiscal[-1]}")
    return Verdict("target", "a rate") if left.strip("、和与及 ") else None


def _money(left: str, near: str, topic: str) -> Verdict | None:
    fiscal, growth = last("role_fiscal", f"{topic}｜{left}｜{near}"), last("role_growth_nouns", topic + left)
    level = last("role_levels", left)
    if growth and (level or not fiscal or fiscal.end <= growth.end):
        return Verdict("target", f"growth:{growth.word}")
    if fiscal:
        return Verdict("measure", f"fiscal:{fiscal.word}")
    if verb := last("role_strong_verbs", left):
        return Verdict("measure", f"verb:{verb.word}")
    return Verdict("target", f"level:{level.word}") if level else None


def _head(phrase: str) -> Verdict | None:
    """The class of the noun that a phrase ends in."""
    target, measure = last("role_target_nouns", phrase), last("role_measure_nouns", phrase)
    if target and (measure is None or (target.end, -target.start) >= (measure.end, -measure.start)):
        return Verdict("target", f"noun:{target.word}")
    return Verdict("measure", f"noun:{measure.word}") if measure else None


def default(f: Found) -> Verdict:
    """Without any sign: works are counted, levels are measured."""
    if f.unit is None and (f.low or 0) >= 1e8:
        return Verdict("target", "size of a class aimed at")
    return Verdict("measure", "default:count") if unit_kind(f) == "count" else Verdict("target", "default:amount")
