"""Clauses: what each comma clause of a sentence does, and which of them direct."""

import re
from dataclasses import dataclass
from typing import Final

from helpers.lead import content_of, pieces
from helpers.structure import Sentence
from helpers.verbs import verb_at

# Patterns that are searched for open with a literal, and look behind only after it: so the engine can skip to it.
MODAL: Final = re.compile(
    r"""要(?<![重主需首只纲概简必紧摘扼显想]要)(?<!目的是要)(?![求素点件害么闻职塞冲领义旨道目账价犯地])
    |必须|必需|务必|务须|务求|应当|应该|不得|不能(?<![、“]不能)|不要|严禁|决不|绝不
    |应(?<![相适对供呼响感反效因答理]应)(?!.尽|[对用急届邀诉付变聘召享尽有收保])
    |需(?<![急所亟必供特军内无]需)(?!要|求|进一步)""",
    re.X,
)
# What a clause must hold to be demanded, reported, described or judged; most clauses hold none of it.
_MARKS: Final = re.compile(
    r"""要|必须|必需|务必|务须|务求|应|不得|不能|严禁|决不|绝不|需|强调|指出|表示|认为|提出|希望|号召|是
    |了|有利于|事关|意味着|由于|因为|尽管|虽然|越来越|已|看到|清醒认识到|具有|富有|会议|这|那|如果|一旦|无论|不论|但|然而
    |关系|表明|说明|重在|贵在|难在|关键|根子|根本|核心|进行到|进入|没有|永远|仍然|依然|存在|面临|正在|得益于""",
    re.X,
)
_LONGEST: Final = 1000  # characters without a comma are torn text, and no clause
_FRAMING: Final = re.compile(
    r"""(?:(?:会议|全会|大会|他|她|[^，,。；]{0,12}(?:总书记|书记|主席|总理|省长|市长|同志|讲话中?|座谈会上?|会上|时|习近平|李克强|李强))
    (?:还|也|同时|最后|进一步)?(?:强调|指出|要求|表示|认为|提出|希望|号召)|(?:并)?(?:强调|指出|要求)(?=要|[，,：:]|$))[，,：:]?""",
    re.X,
)
_OFF: Final = re.compile(
    r"""了(?<![为除受]了)(?![解结然如之的])|事关|意味着|由于|因为|尽管|虽然|越来越|已经|取得了|作出了|看到|清醒认识到
    |具有[^，,]{0,20}(?:意义|作用)$|富有[^，,]{0,20}(?:意义|作用)$""",
    re.X,
)
_OPENS_OFF: Final = re.compile(
    r"""有利于|会议(?:决定|确定|讨论|同意|审议)|这(?!些|个)|那|如果|一旦|只要|越是[^，,要]*$|无论|不论|但|但是|然而""",
    re.X,
)
DESCRIBES: Final = re.compile(
    r"关系[到着]?[\u4e00-\u9fff]{3,}|表明|说明|越来越|(?<=[\u4e00-\u9fff])[重贵难]在|(?:关键|根子|根本|核心)[在靠是]|进行到|进入[了到]?|没有|永远在路上|已(?=[\u4e00-\u9fff]{2})|仍然|依然|存在[^的]{0,20}$|面临|正在(?<!真正在)|有利于|得益于"
)
COPULA: Final = re.compile(r"(?<![于还但只特尤就凡总可都要若越的正或])是(?![否非谁])(?!以)")
_IDENTIFIES: Final = re.compile(  # VP是…的举措
    r"(?<!的)是[^，,]*(?:举措|要求|途径|关键|目标|使命|基石|优势|基础|保障|选择|大事|工程|保证|内容|前提|环节|需要|标志|任务|目的|根本|措施|课题)$"
)
_MUST_OF: Final = re.compile(r"是(?<!特别是)(?<!尤其是)(?<!越是)[^，,]{0,6}$")
_JOINS: Final = re.compile(
    r"要?(?:紧紧|紧密|始终|继续)?(?:按照|依照|依据|根据|遵循|围绕|紧扣|针对|聚焦|着眼于?|面向|本着|瞄准|锚定|对照|面对|适应|顺应)"
)
_ACCORDING: Final = re.compile(
    r"要?(?:继续|始终|严格)?(?:按照|依照|依据|根据|针对|通过)[^，,]*(?:要求|部署|原则|精神|规定|思路|方针|规律|标准|安排|布局|定位|目标|计划|路线|规划|方案|特点|需求|职责|分工|方向|意见|指示|任务"
    r"|问题|情况|实际|工作|改革|努力|合作|机制|制度|政策|渠道|平台)$"
)
_MEANS: Final = re.compile(r"要?(?:通过|针对)")
_HAS_VERB: Final = re.compile(  # 通过A解决B, 通过A、B等加强C
    r".{6,}(?:解决|加强|实现|提高|提升|促进|推动|推进|完善|建立|健全|增强|激发|带动|引导|把|将|使|让|来|支持|优化|扩大|保障|确保|做好|打造|培育)..|.*(?:以|去|得到|获得)"
)
_DEMANDS_FOCUS: Final = re.compile(r"要(?:紧扣|聚焦|瞄准|锚定)")  # verbs under 要; 围绕, 按照, 针对 are prepositions
_NAMES_FIELD: Final = re.compile(r"等[^，,的]{0,8}(?:领域|方面|环节|任务|问题|行业|群体)$")
_THEN_ACTS: Final = re.compile(  # 围绕…开展工作: the adverbial has its predicate in its own clause
    r"""(?:开展|推进|做好|抓好|抓|制定|展开|加强|落实|推动|进行|部署|提出|发力|服务|监管
    |(?<=[^和、与及][\u4e00-\u9fff]{3})(?:发挥|加大|强化|完善|健全|构建|打造|促进|增强|优化|拓展|统筹|采取|实施|解决|履行)(?=..)[^的]{0,10})[^的]{0,14}$""",
    re.X,
)
_PREPOSITION: Final = re.compile(r"要?(?:进一步|积极|充分)?(?:对于?|通过|在|经|当|从|就)(?!对|策|接|标|位|外)")
_NO_PREDICATE: Final = re.compile(
    r"[^，,]*(?:问题|方面|等|基础上|前提下|条件下|背景下|形势下|领导下|的?同时|过程中|进程中|之中|[^以]上|时|措施|方式|手段|途径|举措|渠道|形式|办法|领域|情况下|内|高度|角度)$"
)
REQUIRES: Final = re.compile(
    r"(?!这次|会议|[^，,]*会议的)[^，,。；]{0,16}(?:要求|思路|任务|重点|原则|方针)(?:就)?是"
)  # 总的要求是: what follows directs
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十]{1,2}|其[一二三四五六七八九]")
_TOWARDS: Final = re.compile(r"对[^，,]+(?:问题|行为|现象)$")
DUE: Final = re.compile(
    r"(?:力争|争取)?到(?:(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})年|“[一二三四五六七八九十]+五”)"
)
_ON_BASIS: Final = re.compile(r"在[^，,。；]*(?:基础|前提|条件|背景|形势)[上下]?")
_CIRCUMSTANCE: Final = re.compile(r"要?(?:在|从|当)[^，,]*?(?:过程中|进程中|基础上|同时|方面|[中上下])")
_SAID_OF: Final = re.compile(r"坚持|贯彻|落实|遵循|秉持")
_TO_WHOM: Final = re.compile(r"对[^，,。；]{2,30}(?<!的)(?:实行|实施|给予|予以|加强|加大|进行|开展|落实|采取)(?=..)")
_ENDS_OPEN: Final = re.compile(r"等$")
_PLACE: Final = re.compile(r"(?:把|将|以|让|使|令|为|向|用|由|与|同|同|靠|按|跟|给|不|多|既|再|既要|也要)")
ITEM: Final = re.compile(r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，,、])")
_PARTS: Final = re.compile("[；;]")
CLOSERS: Final = "，,。；;：:！？!? 　"


# with what a clause that is more than a verb and its object may open: 要, an adverb, a preposition
_OPENERS: Final = frozenset("要紧始继严进积充按依根遵围针聚着面本瞄锚对适顺通在经当从就")
_NUMERALS: Final = frozenset("一二三四五六七八九十第")


@dataclass(slots=True)  # not frozen, which would take eight times as long
class Clause:
    """What a comma clause does: `modal` (要, 必须 …) · `bare` (a verb phrase) · `join` (goes with the next clause) ·
    `topic` (what follows is about it) · `off` (describes). `part` counts the ； before it.
    """

    start: int
    end: int
    role: str
    part: int
    item: bool = False


def _role(text: str, start: int, end: int) -> tuple[str, int]:
    """What one clause does, and where it begins without what stands before the directive."""
    if end - start > _LONGEST:
        return "off", start
    marked = _MARKS.search(text, start, end) is not None
    if marked:
        m = _FRAMING.match(text, start, end)
        if (m and m.end() >= end) or (text[end - 1] == "是" and REQUIRES.fullmatch(text, start, end)):
            return "frame", start
        if m and text[m.end()] in "要，,：:":
            start = m.end()
    if text.endswith("以来", start, end):  # 今年以来: what follows tells
        return "off", start
    begin = content_of(text, start, end)
    if begin == end or (text[start] in "第其" and _ORDINAL.fullmatch(text, start, end)):
        return "when", start
    start = begin
    return (marked and _demanded(text, start, end)) or (_stated(text, start, end, marked), start)


def _demanded(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The role of a clause that a modal governs, and where it begins; None where none does."""
    modal = MODAL.search(text, start, end)
    if modal is None:
        return None
    at, after = modal.span()
    word = modal.group()
    if text.startswith("看到", after):
        return "off", start
    if end - after <= 2 and "有" in text[start:at]:
        return None  # 有许多事要办
    if word in ("应", "需") and verb_at(text, after, end) is None:
        return None  # 预警叫应机制
    if at > start:
        if _MUST_OF.search(text, start, at):
            return None
        if _is_off(text, start, at) and not text.startswith("越是", start, at):
            return None
        if _SAID_OF.match(text, start, at) and "、" in text[after:end]:
            return None  # 坚持A要稳、B要准: said of the principle, not of us
    if word == "要":
        inner = verb_at(text, start, at) if at - start > 40 else None
        if inner is None:
            joined = _JOINS.match(text, at, end) and _bare_join(text, at, end)
            return "modal-join" if joined or _only_circumstance(text, at, end) else "modal", at
    return "modal-join" if _only_circumstance(text, after, end) else "modal", start


def _stated(text: str, start: int, end: int, marked: bool) -> str:
    """The role of a clause without a modal; `marked`: it holds one of `_MARKS`."""
    if marked and _IDENTIFIES.search(text[start:end]):
        return "off"
    opener = text[start] in _OPENERS
    if opener and _ON_BASIS.fullmatch(text, start, end):
        return "join"
    if marked and _is_off(text, start, end):
        return "off"
    if opener and _JOINS.match(text, start, end) and _bare_join(text, start, end):
        return "join"
    if opener and _ACCORDING.match(text, start, end):
        return "join"
    predicate = verb_at(text, start, end) is not None or _PLACE.match(text, start, end)
    if marked and not predicate and DESCRIBES.search(text[start:end]):
        return "off"
    if text[end - 1] in "题为象" and _TOWARDS.search(text, start, end):
        return "join"
    if opener and _only_circumstance(text, start, end):
        return "join"
    if predicate or _TO_WHOM.match(text, start, end):
        return "join" if text[end - 1] == "等" and "立足" in text[start:end] else "bare"
    return "off" if marked and COPULA.search(text[start:end]) else "other"


def _is_off(text: str, start: int, end: int) -> bool:
    """Whether a clause, or what stands before its modal, describes or argues."""
    return bool(_OPENS_OFF.match(text, start, end) or _OFF.search(text, start, end))


def _only_circumstance(text: str, start: int, end: int) -> bool:
    """在…基础上, 通过…方式: no predicate of its own, so it belongs to the next clause."""
    if _MEANS.match(text, start, end):
        return bool(_ACCORDING.fullmatch(text, start, end)) or not _HAS_VERB.match(text, start, end)
    if not _PREPOSITION.match(text, start, end) or not _NO_PREDICATE.fullmatch(text, start, end):
        return False
    inner = _CIRCUMSTANCE.match(text, start, end)
    return not (inner and inner.end() < end and verb_at(text, inner.end(), end) is not None)


def _bare_join(text: str, start: int, end: int) -> bool:
    """围绕…任务, by itself an adverbial; 围绕…开展工作 is a whole clause, and 要紧扣… is a demand."""
    if _ACCORDING.match(text, start, end):
        return True
    if _DEMANDS_FOCUS.match(text, start, end):
        return False
    return bool(_NAMES_FIELD.search(text, start, end)) or not _THEN_ACTS.search(text, start + 2, end)


def clauses_of(text: str, sentence: Sentence, begin: int) -> list[Clause]:
    """The clauses of `text[begin:sentence.end]`."""
    out, part, last = [], 0, begin
    several = _PARTS.search(text, begin, sentence.end) is not None
    for a, b in pieces(text, begin, sentence.end):
        if several:
            part += len(_PARTS.findall(text, last, a))
            last = b
        role, start = _role(text, a, b)
        out.append(Clause(start, b, role, part, text[a] in _NUMERALS and ITEM.match(text, a, b) is not None))
    return out
