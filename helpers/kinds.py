"""Kinds: whether a directive clause is a vision, a task, a measure, a safeguard or an end to be reached."""

import re
from typing import Final

from helpers import lexicon
from helpers.demands import Directive
from helpers.verbs import after_adverbs, verb_at

_SAFEGUARD: Final = re.compile(
    r"党的(?:全面)?(?:集中统一)?领导(?!、)|党对[^，,]{1,16}领导|扛起责任|压实责任|党中央(?:权威和)?集中统一领导|组织领导(?!班子)|坚强(?:政治|组织|有力)?(?:的)?(?:保证|保障)|政策保障|资金保障|财政扶贫投入|金融扶贫|组织保障|保障措施|"
    r"考核|督查|督导|问责|责任担当|干部能力|人才支撑|推进机制|工作机制|责任制|政府自身建设|党的建设"
)
_VISION: Final = re.compile(r"新局面|新格局$")  # in the overall requirement; elsewhere these are results
_BATTLE: Final = re.compile(
    r"新篇章|实现[^，]{0,24}(?:伟大复兴|中国梦)|现代化强国|奋斗目标|实现[^，]{2,20}目标任务$|完成[^，]{2,20}目标任务$"
)
_WINS: Final = re.compile(r"(?:坚决|努力|确保|奋力|全力|最终|如期|夺取)*打赢[^，]{0,20}(?:攻坚战|阻击战|保卫战)")
_ASSURES: Final = re.compile(r"为[^，,]{1,40}(?:提供|奠定)[^，,]{0,12}(?:坚强|有力|政治|组织)[^，,]{0,8}保[证障]")
_RISES: Final = re.compile(r"让.+强起来$")
_WHERE: Final = re.compile(r"在[^，,。；]{1,8}?(?=形成|打造|实现|营造)")
_NEW_QUALITY: Final = re.compile(r"(?:优势|格局|局面|高地|样板|标杆|形象|名片|变化|提升)$")


def wins(clause: str) -> bool:
    """Whether a clause of an overall requirement says what all is for.

    >>> wins("坚决打赢脱贫攻坚战"), wins("加快形成竞相发展的新格局"), wins("完善制度")
    (True, True, False)
    """
    return bool(_VISION.search(clause) or _WINS.match(clause) or _BATTLE.search(clause))


def assures(text: str, d: Directive) -> bool:
    """Whether a clause says that its sentence is there to hold up all the rest: 为发展提供坚强保证."""
    return text[d.start] == "为" and bool(_ASSURES.fullmatch(text, d.start, d.end))


def of_head(clause: str, safe: bool) -> str:
    """The kind of the first directive of a sentence; `safe`: it stands under a safeguard.

    >>> of_head("要加强党对经济工作的领导", False), of_head("要加快发展服务业", False)
    ('safeguard', 'task')
    """
    return "safeguard" if safe or _SAFEGUARD.search(clause) else "task"


def of_clause(text: str, d: Directive, guarded: bool, themed: bool) -> str:
    """The kind of a clause under a head. `guarded`: the head is a safeguard. `themed`: a conference on one theme, whose
    result clauses are the ends it sets; elsewhere an end is a target only with an amount or a date (codebook, 2).
    """
    opening = text[d.start]
    if (d.modal and opening != "要") or (opening == "让" and _RISES.match(text, d.start, d.end)):
        return "safeguard" if guarded else "task"
    if _WINS.match(text, d.start, d.end) or _BATTLE.search(text, d.start, d.end):
        return "vision"
    if themed:
        return "target" if _result(text, d) else "measure"
    return "safeguard" if guarded else "measure"


def _result(text: str, d: Directive) -> bool:
    """A clause that names what comes out (形成…, 打造…新格局), not what is done."""
    place = _WHERE.match(text, d.last, d.end)
    start = place.end() if place else d.last
    verb, end = after_adverbs(text, start, d.end), verb_at(text, start, d.end)
    if end is None:
        return False
    if text[verb:end] in ("打造", "推动", "塑造"):
        return bool(_NEW_QUALITY.search(text, end, d.end))
    return text[verb:end] in lexicon.words("directive_results")
