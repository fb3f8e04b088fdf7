"""The role of a quantity: target, measure, status, deadline, period or other (CODEBOOK 1)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from helpers import lexicon, tense
from helpers.amounts import unit_at
from helpers.document import Document
from helpers.numerals import Found

_FAR: Final = 100  # characters beyond which nothing governs an amount
_CLAUSE: Final = re.compile(r"[，,；;。：:！!？?\n]")
_STOP: Final = re.compile(r"[。！!？?\n]")
_LINK: Final = re.compile(r"[、和与及以至到（(）)和]|分别|以及|同比|均|各|年均|不低于|[，,]")
_THRESHOLD: Final = re.compile(r"(?:以上|以下|以内)(?:的)?(?=[\u4e00-\u9fff])$|(?:以上|以下)$")
_BY: Final = re.compile(r"(?:到|至|力争|争取|确保|实现|截至|于|在)(?:今年|本年)?$")
_OPENS: Final = re.compile(r"[，,。\n：:；;（(]$|^$")
_SCENE: Final = re.compile(r"[，,]?[^，。；]{0,12}(?:是|面临|迎来|形势)")
_DUE: Final = re.compile(r"前$|底$|末$")
_FROM: Final = re.compile(r"^(?:以来|起|开始|以后|之后|版|度报告|[^，。；、]{0,12}(?:奥运会|冬奥会|冬运会|运动会|世博会|亚运会|全运会|大会|会议|峰会|论坛))")
_TIME: Final = re.compile(r"时限|时间|天数|周期|寿命|年限|压缩|压减|缩短|提前|提速|延长|办结|办理|审批|日均|工作日内|零|优良")
_SPOKEN: Final = re.compile(r"行动|计划|规划|攻坚|任期|期间|来|内|时间|间|中|以来|里|任务|目标|工程|方案|活动|滚动")
# A clause that only goes on: 增长7%, 达到309亿元, 比去年增加400亿元, 其中
_CARRIED: Final = re.compile(
    r"(?:安排)?[和与及、]?(?:(?:比|较|同比)[^，。；]{1,10}?)?(?:再|分别|可|将|要|力争|均|各|则|也|同比|年均|实际|由|从)*(?:规模|总额|总量|余额)?"
    r"(?:增长|增加|提高|减少|下降|降低|上调|下调|高|低|多|少|达到|达|降至|降到|增至|提高到|升至|至|到|为)?(?:到|至|了)?"
)
_NATION: Final = re.compile(r"(?:人口|人民|中国人|各族|同胞|儿女|中华|民众|农民|老百姓)")
_GRADUATES: Final = re.compile(r"毕业生(?:人数|总数|规模)?(?:将|预计)?(?:达到|达|超过|突破)?$")
_PEOPLE: Final = re.compile(r"(?:贫困|农村|农业|城镇|困难|老年|残疾|流动)*(?:人口|人民|群众|居民|老人|农民|学生|职工|儿童|家庭|百姓)")
_RESULT: Final = re.compile(r"脱贫|就业|落户|市民化|进城|增收|转移|持证|达标|入驻")
_HELPED: Final = re.compile(r"(?:提高|改善|解决|保障|满足|惠及|覆盖|帮助|服务|使|让)(?:好|全省|全市|全国|全区|了)?$")
_AWARDED: Final = re.compile(r"^(?:对|凡|首次)|首次|年(?:营业?收入?|产值|销售额|纳税)")
_HOLDER: Final = re.compile(r"的[^，。；、]{0,6}(?:企业|项目|单位|个人|团队|机构|园区|楼宇)")
_ABSTRACT: Final = re.compile(r"方面|目标|阶段|指标|原则|关系|积极性|环节|问题|关键词|字|层次|步骤|主题|特点|维度")
_THEN: Final = re.compile(r"(?:去年|上年|\d{4}年)的$|现行$")
_WAS: Final = re.compile(r"[由从](?:现行|目前|原来)?的?(?:每人每年|每人每月|每人|每月|每年|人均|月人均|年人均|月均)?$")
_NOW: Final = re.compile(r"的?[\u4e00-\u9fff]{0,6}?(?:提高|提升|增加|增至|上调|下调|降|调整|扩大|减|缩|压|延长|上升|升)")
_APPLIED: Final = re.compile(r"(?:^|[、要再先将并]|今年|年内|全[国省市区县])[在对为]$")
_CLASS: Final = re.compile(
    r"的?[^，。；、\d]{0,6}?(?:企业|项目|人口|老人|老年|人员|小区|群众|居民|儿童|婴幼儿|学生|党员|干部|城市|地区|乡镇|产品|车|锅炉|建筑|住房|工程|单位|机组|机构"
    r"|部分|学历|职称|家庭|公民|职工|女性|妇女|患者|农户|工业|船|设备|区域|县|贷款|订单|合同|用户|河流|耕地|坡)"
)
_PHRASE: Final = re.compile(r"[^的、，。；：,;:（）()“”\s]*")
_MEANS: Final = re.compile(r".*(?:等(?:措施|方式|途径|手段|办法|形式|渠道|政策)|为契机|为抓手|为重点|的基础上)")


class Verdict(NamedTuple):
    role: str | None
    why: str


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The words of a list as one pattern, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, lexicon.words(name)), key=len, reverse=True)))


def _last(name: str, text: str) -> re.Match[str] | None:
    """The match that ends last, the longest of those."""
    best = None
    for m in _pattern(name).finditer(text):
        if best is None or m.end() > best.end():
            best = m
    return best


def assign(document: Document, found: Sequence[Found]) -> Iterator[Verdict]:
    """For each amount or date its role and the rule that gave it; role None where it is no quantity after all."""
    judge = _Judge(document, found)
    verdicts = [judge.amount(i) if f.unit != "date" else None for i, f in enumerate(found)]
    for i in range(len(found)):
        yield verdicts[i] or judge.date(i, verdicts)


class _Judge:
    """What the roles of one document's quantities hang on."""

    def __init__(self, document: Document, found: Sequence[Found]) -> None:
        self.document, self.text, self.found = document, document.text, found
        self.modes = tense.modes(document)
        self.inherited: dict[int, Verdict] = {}

    def _around(self, i: int) -> tuple[int, int]:
        """The clause of a quantity, commas inside figures left out."""
        f = self.found[i]
        sentence = self.document.sentence_at(f.start)
        start = max(sentence.start, f.start - _FAR)  # so that a text without punctuation costs no more than its length
        for m in _CLAUSE.finditer(self.text, start, f.start):
            start = m.end()
        end = min(sentence.end, f.end + _FAR)
        m = _CLAUSE.search(self.text, f.end, end)
        return start, m.start() if m else end

    def _tense(self, i: int, clause: tuple[int, int]) -> tuple[str, str]:
        sentence = self.document.sentence_at(self.found[i].start)
        section = self.document.sections[sentence.section]
        lead = section.kind == "lead"
        start = max(sentence.start, clause[0] - 3 * _FAR)
        return tense.speaks(self.text, start, clause, self.modes[sentence.id], section.frame, lead=lead)

    def amount(self, i: int) -> Verdict:
        f, text = self.found[i], self.text
        clause = self._around(i)
        when, why = self._tense(i, clause)
        previous = self.found[i - 1] if i and self.found[i - 1].end > clause[0] and self.found[i - 1].unit != "date" else None
        last = self.found[i - 1] if i and self.found[i - 1].end > clause[0] else None
        left = text[max(clause[0], previous.end if previous else 0, last.end if last and last.rule != "date:relative" else 0) : f.start]
        following = self.found[i + 1].start if i + 1 < len(self.found) else len(text)
        right = text[f.end : min(clause[1], following)]
        joined = following == f.end < len(text)  # 10个千亿级产业集群, 50亿元以上2个
        if joined and self.found[i + 1].unit is None:
            right = text[self.found[i + 1].end : clause[1]]
        if other := _listing(f, text, left, "项目" if joined and not right else right, when):
            return other
        kind = unit_kind(f)
        if kind == "time" and not self._measured_time(f, text[clause[0] : f.start], right):
            return Verdict("period", "span of time")
        if when == "past":
            return Verdict("status", f"past:{why}")
        verdict = None
        if _CARRIED.fullmatch(left) and not _last("role_fiscal", right[:8]) and (before := self._before(i, clause[0])):  # ，比去年增加8000亿元: what the clause before measures
            verdict = Verdict(before.role, f"as before: {before.why.removeprefix('as before: ')}")
        if verdict is None:
            verdict = _people(f, left, right) or _aim(f, kind, left, right, "" if len(left) > 5 else self._topic(clause[0]))
        if verdict is None and (before := self._before(i, clause[0])):
            verdict = Verdict(before.role, f"as before: {before.why.removeprefix('as before: ')}")
        if verdict is None:
            verdict = _aim(f, kind, text[clause[0] : f.start], text[f.end : clause[1]], "")
        if verdict is None:
            verdict = _default(f, kind)
        self.inherited[i] = verdict
        if _THEN.search(left) or _WAS.search(left) and _NOW.match(right):  # 由17%降至16%: the aim is that of the second
            return Verdict("status", "what was before")
        return verdict

    def _before(self, i: int, start: int) -> Verdict | None:
        """The verdict on the last amount, where no more than one comma divides it from this clause."""
        k = i - 1
        while k > i - 6 and k >= 0 and self.found[k].unit == "date":
            k -= 1
        if k < 0 or start - self.found[k].end > 3 * _FAR or _STOP.search(self.text, self.found[k].end, start) or len(_CLAUSE.findall(self.text, self.found[k].end, start)) > 1:
            return None
        return self.inherited.get(k)

    def _topic(self, start: int) -> str:
        """The clause before, if a comma divides it from the one that begins at `start`."""
        if self.text[start - 1 : start] not in ("，", ","):
            return ""
        begin = max((m.end() for m in _CLAUSE.finditer(self.text, max(0, start - 60), start - 1)), default=max(0, start - 60))
        return self.text[begin:start]

    @staticmethod
    def _measured_time(f: Found, left: str, right: str) -> bool:
        """A time that is itself what is measured: 审批时间压缩至5天, 人均预期寿命77岁."""
        if f.unit == "周年":
            return False
        if f.unit == "岁":
            return True
        return bool(_TIME.search(left[-16:])) and not _SPOKEN.match(right)

    def date(self, i: int, verdicts: Sequence[Verdict | None]) -> Verdict:
        f, text = self.found[i], self.text
        clause = self._around(i)
        sentence = self.document.sentence_at(f.start)
        mode = self.modes[sentence.id]
        when, why = self._tense(i, clause)
        if f.rule == "date:relative":
            amount = next((k for k in range(i + 1, min(i + 6, len(verdicts))) if verdicts[k]), None)
            governs = when == "plan" and amount is not None and self.found[amount].start < self._reach(f.end, clause[1], sentence.end)
            if governs and verdicts[amount].role == "target" and not _OF_YEAR.match(text, f.end):
                return Verdict("deadline", "governs a target")
            return Verdict(None, "no deadline")
        if mode == "title":
            return Verdict("period", "title")
        today = self.document.date
        year = int(f.iso[:4]) if f.iso else None
        ahead = year is not None and (today is None or year >= today.year)
        if sentence.level is not None and mode == "plan" and ahead and "/" not in (f.iso or ""):
            return Verdict("deadline", "heading of a plan")
        if when == "plan" and ahead and "/" not in (f.iso or "") and not _FROM.match(text[f.end : f.end + 20]):
            if _BY.search(text[max(0, f.start - 4) : f.start]) or _DUE.search(text[f.start : f.end]):
                return Verdict("deadline", f"due, {why}")
            if _OPENS.search(text[max(0, f.start - 1) : f.start]) and not _SCENE.match(text[f.end : f.end + 24]):
                return Verdict("deadline", f"opens a clause, {why}")
        return Verdict("period", "date")

    def _reach(self, end: int, clause_end: int, sentence_end: int) -> int:
        """今年…预期目标是: governs the list after its colon, 今年, the clause after its comma."""
        if self.text[clause_end : clause_end + 1] in "：:" or clause_end == end and self.text[end : end + 1] in "，,":
            m = _CLAUSE.search(self.text, clause_end + 1, sentence_end)
            return m.start() if m else sentence_end
        return clause_end


_REACHED: Final = frozenset("达到 突破 超过 里程 总量 总数 保有量 人均 提高到 增加到".split())
_INVESTED: Final = frozenset("投资 投入 贷款 信贷 授信 担保 成本 费用 收费 税收 资金 经费 基金".split())
_OF_YEAR: Final = re.compile(r"以来|底|初|(?:全国|全省|全市)?高校毕业生")


def _listing(f: Found, text: str, left: str, right: str, when: str) -> Verdict | None:
    """What only counts a list or sets a threshold."""
    if f.rule == "count:N大":
        return Verdict("other", "N大 counts a list")
    if f.unit in ("方面", "级"):
        return Verdict("other", f"{f.unit} counts a list")
    kind = unit_kind(f)
    if f.unit in ("类", "大类", "个", "项", "条", "种", "点", "个方面") and (f.low or 0) < 100:
        phrase = _PHRASE.match(right).group()
        noun = _last("role_categories", phrase)
        if _ABSTRACT.match(phrase):
            return Verdict("other", "counts a list")
        if noun and noun.end() == len(phrase) and (when == "plan" or noun.group() in ("规定", "原则", "理念", "方面", "关系")):
            return Verdict("other", f"counts {noun.group()}")
        if right.startswith("方面") or re.match(r"(?:方面|类|大类)", right):
            return Verdict("other", "counts a list")
    if f.unit == "类" and (when == "plan" or "大" in text[f.start : f.end]):
        return Verdict("other", "counts classes")
    if re.search(r"以[上下]$", text[f.start : f.end]) and kind in ("money", "measure", "time") and _CLASS.match(right):
        if not re.search("[到达有盖占在过按]$", left):
            return Verdict("other", "threshold of a class")
    if kind == "money" and (text[f.start : f.end] == "亿元" or _AWARDED.search(left) and _HOLDER.match(right)):
        return Verdict("other", "threshold of a class")
    if right.startswith(("的部分", "部分")):
        return Verdict("other", "threshold of a class")
    items = re.split("[、]", left)
    if when == "plan" and f.unit and kind == "count" and not f.comparator.strip("=") and 2 <= (f.low or 0) <= 12 and len(items) == f.low and all(items) and not re.search("等$|分别", left):
        return Verdict("other", "counts the list before it")
    if re.search(r"(?:以下|以上|如下|下列|上述)$", left):
        return Verdict("other", "counts what stands beside it")
    return None


def unit_kind(f: Found) -> str:
    """The class of an amount's unit; the empty string where it has none."""
    unit = unit_at(f.unit, 0) if f.unit else None
    return unit.kind if unit else ""


def _people(f: Found, left: str, right: str) -> Verdict | None:
    """Those whom a sentence names: a whole nation is a fact, those helped are what an instrument is applied to."""
    if f.unit is None and f.comparator == "~" and (f.low or 0) >= 1e8 and not _PEOPLE.match(right):
        return Verdict("target", "size of a class aimed at")  # 百亿级产业集群
    if f.unit in (None, "人") and (f.low or 0) >= 1e9 and (_NATION.match(right) or right.startswith("的")):
        return Verdict("status", "the whole people")
    if f.unit in (None, "人") and _GRADUATES.search(left):
        return Verdict("status", "a given fact")
    if unit_kind(f) == "count" and _APPLIED.search(left):
        return Verdict("measure", "places it is applied to")
    if f.unit in (None, "人", "户") and _HELPED.search(left) and (_PEOPLE.match(right) or right.startswith("的")) and not _RESULT.search(right):
        return Verdict("measure", "those it is applied to")
    return None


def _aim(f: Found, kind: str, left: str, right: str, topic: str) -> Verdict | None:
    """Target or measure, from the words that govern an amount; None where there are none. `topic`: the clause before."""
    near = right.split("、")[0]
    left = _MEANS.sub("", left)
    if kind == "count" and f.unit in ("人", "户", "名", "村", "个") and re.match("的(?!增)", right) and not f.comparator.strip("=") and not _last("role_levels", left):
        return Verdict("measure", "those it is applied to")
    around = f"{topic}｜{left}｜{near}"
    growth = _last("role_growth_nouns", topic + left)
    fiscal = _last("role_fiscal", around)
    level = _last("role_levels", left)
    if f.unit in ("%", "个百分点", "倍", "‰"):
        strict = next((m for m in _pattern("role_fiscal").finditer(around) if m.group() not in _INVESTED), None)
        if fiscal and not growth and (strict or not re.search("增长|增速|增幅|占", around)):
            return Verdict("measure", f"fiscal:{fiscal.group()}")
        return Verdict("target", "a rate") if left.strip("、和与及 ") else None
    if kind == "money":
        if growth and (level or not fiscal or fiscal.end() <= growth.end()):
            return Verdict("target", f"growth:{growth.group()}")
        if fiscal:
            return Verdict("measure", f"fiscal:{fiscal.group()}")
        verb = _last("role_strong_verbs", left)
        if verb:
            return Verdict("measure", f"verb:{verb.group()}")
        return Verdict("target", f"level:{level.group()}") if level else None
    if "产能" in right or "产能" in left:
        return Verdict("target", "level:产能")
    if "试点" in left:
        return Verdict("measure", "pilots")
    strong = _last("role_strong_verbs", left)
    if strong:
        return Verdict("measure", f"verb:{strong.group()}")
    fiscal = _last("role_fiscal", f"{left}｜{near}")
    if fiscal and kind != "count":
        return Verdict("measure", f"fiscal:{fiscal.group()}")
    noun = _head(near) or _head(left)
    if level and not (noun and noun.role == "measure" and level.group() not in _REACHED):
        return Verdict("target", f"level:{level.group()}")
    if noun:
        return noun
    if kind == "measure" and re.match(r"的?[\u4e00-\u9fff]", near):
        return Verdict("measure", "size of works")
    target, measure = _last("role_target_verbs", left), _last("role_measure_verbs", left)
    if target and (not measure or target.end() >= measure.end()):
        return Verdict("target", f"verb:{target.group()}")
    return Verdict("measure", f"verb:{measure.group()}") if measure else None


def _head(phrase: str) -> Verdict | None:
    """The class of the noun that a phrase ends in."""
    target, measure = _last("role_target_nouns", phrase), _last("role_measure_nouns", phrase)
    if target is None and measure is None:
        return None
    if measure is None or target and (target.end(), -target.start()) >= (measure.end(), -measure.start()):
        return Verdict("target", f"noun:{target.group()}") if target else None
    return Verdict("measure", f"noun:{measure.group()}")


def _default(f: Found, kind: str) -> Verdict:
    if f.unit is None and f.low and f.low >= 1e8:
        return Verdict("target", "size of a class aimed at")
    return Verdict("measure", "default:count") if kind == "count" else Verdict("target", "default:amount")
