"""Enumerations: where a 、-list of a clause stands and which lists are goals of their own."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from helpers.lists import Listing, Span, alike, cut_last, listing, parts
from helpers.verbs import after_adverbs, last_verb, next_verb, verb_at

_LONGEST: Final = 300  # a torn text without punctuation is no clause
_JOINS: Final = re.compile("[、和促]")  # there is no list without one of them
_ABOVE_ALL: Final = re.compile(r"特别是|尤其是")  # A特别是B、C: the list is an instance of A
_REPEATED: Final = re.compile(r"促[\u4e00-\u9fff]{2}")
_CHANGES: Final = re.compile(r"(?:改善|增强|提升|提高|增长|降低|下降|优化|改造|建设|效益|强度|水平|能力|提升工程)$")


def _alike(text: str, spans: list[Span]) -> bool:
    """All members end in the same character (…机制、…机制): one head noun, or one predicate, for all."""
    ends = {text[e - 1] for _, e in spans}
    return len(ends) == 1 and ends != {"”"}


def members(text: str, start: int, end: int) -> list[Span]:
    """The coordinated goals inside one directive clause; nothing where its list is an attribute, a means or a place.

    >>> def show(s): return [s[a:b] for a, b in members(s, 0, len(s))]
    >>> show("强化责任感、使命感、紧迫感")
    ['责任感', '使命感', '紧迫感']
    >>> show("形成特色突出、竞相发展的新格局"), show("在布局中找准定位、发挥优势")
    (['特色突出', '竞相发展'], ['找准定位', '发挥优势'])
    >>> show("通过技能培训、生活补贴等措施解决问题"), show("贯彻创新、协调、绿色的理念")
    ([], [])
    """
    while end > start and text[end - 1] == "、":  # a text torn off behind 、: nothing is listed after it
        end -= 1
    if not _JOINS.search(text, start, end) or end - start > _LONGEST:
        return []
    listed = text.find("、", start, end) >= 0
    if _ABOVE_ALL.search(text, start, end):
        return []
    if found := _repeated(text, start, end):
        return found
    if not listed:
        return _pairs(text, start, end)
    clause = listing(text, start, end)
    for rule in _RULES:
        if found := rule(clause):
            return [(a, b) for a, b in found if a < b]  # nothing may stand before a stray 、
    return [] if clause.cuts else _pairs(text, start, end)


def _verb_phrases(c: Listing) -> list[Span]:
    """找准定位、发挥优势; 引导企业优化管理、完善结构: each later part opens with a verb, or all are four characters."""
    text, start, end = c.text, c.start, c.end
    found = c.parts(start)
    if len(found) < 2 or _NAMES_FIELDS.search(text, *found[-1]):
        return []
    later = found[1:]
    opening = [verb_at(text, a, b) is not None and b - a >= 4 for a, b in later]
    verbs = all(opening) or (
        len(opening) >= 3 and sum(opening) >= len(opening) - 1 and all(b - a >= 4 for a, b in later)
    )
    fours = not verbs and all(b - a == 4 for a, b in later)
    if not (verbs or fours) or any(text[b - 2 : b - 1] == "的" for a, b in found[:-1]):
        return []
    if _OPENS_PLACE.match(text, start, end) and not _CLOSES_PLACE.search(text, start, found[0][1]):
        return []
    if _HELD.match(text, start, end) or (text.startswith("以", start) and "为" in text[later[-1][0] : end]):
        return []  # 把A、B作为…, 以A、B为…: the list stands inside a frame
    if _ITS_ROLE.fullmatch(text, *later[-1]) or (
        _OF_WHAT.search(text, later[-1][0], end) and "的" not in text[start : later[-1][0]]
    ):
        return []  # 发挥维护A、维护B的作用: attributes of one noun
    verb = verb_at(text, start, found[0][1])
    if verb and verb_at(text, verb, found[0][1]) == found[0][1] and end - later[-1][0] > 6:
        return []  # 学习领会、贯彻落实…精神: several verbs, one object
    if not verbs and "的" in text[start : found[0][1]]:
        return []
    if "的" in text[later[-1][0] : later[-1][1]] and not all(verb_at(text, a, b) for a, b in later):
        return []
    sizes = {b - a for a, b in later}
    size = sizes.pop() if len(sizes) == 1 else 0
    first = _first_phrase(text, start, found[0][1], size, verbs, len(found) >= 3)
    if first is None:
        return []
    if fours and text.endswith("等", *found[-1]):
        return []
    return [(first, found[0][1]), *later]


_NAMES_FIELDS: Final = re.compile(r"等(?:重点|重大|突出|主要)?(?:任务|工作|领域|方面|措施|问题|要求|内容)?$")
_HOLDS: Final = re.compile(r"(?:实现|做到|坚持|推动|确保)$")
_NAMES: Final = re.compile(
    r"(?:推进|加强|强化|注重|深化)$"
)  # three or more acts that are named by four characters each
_HELD: Final = re.compile(r"要?(?:把(?!握|关|脉|准|好|住)|将|使(?!用)|让|由)")
_ITS_ROLE: Final = re.compile(r"(?![^、]*(?:发挥|起到|增强|强化)).*作用")  # 发挥保障A、促进B作用
_OF_WHAT: Final = re.compile(
    r"的[^的]{0,6}(?:作用|规定|基础上?|要求|精神|原则|问题|意义|目标|方向|道路|思路|关系|办法|机制|制度|中心环节)$"
)
_OPENS_PLACE: Final = re.compile(r"要?(?:在|从|围绕|通过)")
_CLOSES_PLACE: Final = re.compile(r"[中上下里内]|方面")
_FOUR_CUT: Final = re.compile(r"(?:[中上下里内]|必须|做到|坚持|要|应|既|更加|的)$")


def _first_phrase(text: str, start: int, end: int, size: int, verbs: bool, several: bool) -> int | None:
    """Where the first of several verb phrases begins: behind 在…中, 推动企业, 必须."""
    if size == 4 and end - start >= 4:
        before = text[start : end - 4]
        if not before or _FOUR_CUT.search(before) or after_adverbs(text, start, end) == end - 4:
            return end - 4
        if verb_at(text, start, end) == end - 4:
            held = _HOLDS.search(before) or (several and _NAMES.search(before))
            return end - 4 if held else None
        if not verbs:
            return None
    opener = verb_at(text, start, end)
    body = after_adverbs(text, start, end)
    if opener is not None and text[body:opener] in _HOLD and verb_at(text, opener, end) is not None:
        return opener
    if text.startswith("以", start):
        return last_verb(text, start + 1, end)
    if opener is None or text[body : body + 2] in _PIVOTS:
        if size and end - size > start and verb_at(text, end - size, end) is not None:
            return end - size  # 推动改革取得突破、展现作为: as long as the later ones
        # the subject, or the object of 推动 and 引导, stands before the verb
        return next_verb(text, start + 1 if opener is None else opener + 1, end)
    return body


_HOLD: Final = ("坚持", "做到", "注重")
_PIVOTS: Final = frozenset(("推动", "引导", "支持", "鼓励", "帮助", "督促", "促使", "组织", "指导", "动员"))


def _attributes(c: Listing) -> list[Span]:
    """形成A、B的新格局; 培育C、D和E的企业: coordinated predicates before the noun that a verb of making governs."""
    text, start, end = c.text, c.start, c.end
    de = text.rfind("的", start, end)
    if de < 0 or not 1 <= end - de - 1 <= 14 or not (m := _MAKES.search(text, start, de)):
        return []
    found = parts(text, m.end(), de)
    if (of := text.find("的", *found[-1])) >= 0:
        found[-1] = (found[-1][0], of)  # 以A为基础、B为支撑的覆盖城乡的体系
    if len(found) < 2 or "的" in text[found[0][0] : found[-1][0]]:
        return []
    found = cut_last(text, found) if not _alike(text, found) else found
    head = _COUNT.match(text, found[0][0], found[0][1])
    if head:
        found[0] = (head.end(), found[0][1])
    trimmed = [(a + 2 if text.startswith("具有", a) else a, b) for a, b in found]
    if all(3 <= b - a <= 14 for a, b in trimmed) and (
        any(b - a >= 4 or _SV.search(text[a:b]) for a, b in trimmed)
        or (len(trimmed) >= 3 and len({b - a for a, b in trimmed}) == 1)
    ):
        return trimmed
    return []


_MAKES: Final = re.compile(r"形成|打造|构建|建设|建立(?!在)|培育|涌现出|营造|走出|塑造|建成|造就|完善")
_COUNT: Final = re.compile(r"(?:一[批个支套种项座]|一大批|一系列|若干|[\d~～\-—至]+[个家批项]|(?:出)?一批)")
_SV: Final = re.compile(r"[大强高好优多快低美富足实]$")


def _objects(c: Listing) -> list[Span]:
    """健全A机制、B机制和C机制; 提升A能力、B能力: objects under one verb that share their head."""
    text, start, end, opener = c.text, c.start, c.end, c.opener
    if opener is None:
        return []
    if text.startswith(("和", "与"), opener) and (second := verb_at(text, opener + 1, end)):
        opener = second  # 凝聚和激发…
    if text.endswith("认识", start, opener):
        return []  # 认识…的重要性、紧迫性 names reasons
    found = c.parts(opener)
    if len(found) < 2 or "等" in text[found[-1][0] : end]:
        return []
    a, b = found[0]
    if "的" in text[a:b] and len(found) >= 3:  # 落实政府的A责任、B责任
        found[0] = (text.rindex("的", a, b) + 1, b)
        opener = found[0][0]
    cut = cut_last(text, found)
    same = len({text[e - 2 : e] for _, e in cut}) == 1
    if not same and all(verb_at(text, a, b) and b - a >= 4 for a, b in found[1:]):
        return []  # verb phrases: 增强…、坚定…、做到…
    for spans in (cut, found):
        long = len(spans) >= 3 or min(b - a for a, b in spans) >= 6
        if (
            _alike(text, spans)
            and long
            and "的" not in text[opener : spans[-1][0]]
            and min(b - a for a, b in spans) >= 3
        ):
            return spans
    return []


def _nominals(c: Listing) -> list[Span]:
    """强化A意识、B意识; 增加A、B和C: objects of which each has its head; modifiers of one head are no goals."""
    text, opener = c.text, c.opener
    if opener is None or c.fights or text[c.verb : opener] in _PIVOTS:
        return []
    found = c.parts(opener)
    if len(found) < 2 or _FIELDS.search(text, *found[-1]):
        return []
    of = ["的" in text[a:b] for a, b in found]
    if of[0] and not any(of[1:]):
        found[0] = (text.rindex("的", *found[0]) + 1, found[0][1])
    elif any(of) and not all(of):
        return []
    cut = cut_last(text, found)
    sizes = [b - a for a, b in cut]
    heads = [text[b - 2 : b] for _, b in cut]
    common = max(heads.count(h) for h in heads)
    if len(cut) >= 3 and heads.count(heads[0]) == len(heads) - 1 and heads[-1] != heads[0]:
        return []  # A污染、B污染和C治理: the last word is the head of all
    if min(sizes) < 3 or max(sizes) > 16 or any(verb_at(text, a, b) and b - a >= 6 for a, b in cut[1:]):
        return []
    if len(cut) == 2:
        return cut if common == 2 and min(sizes) >= 4 else []
    joined = len(cut) > len(found) and min(sizes[:-1]) >= 4 and sizes[-1] <= max(sizes[:-1])
    return cut if joined or (common >= 2 and common * 2 >= len(cut) and min(sizes) >= 4) else []


_FIELDS: Final = re.compile(r"[等各这“]")


def _kinds_of_business(c: Listing) -> list[Span]:
    """发展A、B、C等服务业: kinds that are to be developed each, named by a category of business at the end."""
    text, end = c.text, c.end
    m = _BUSINESS.search(text, c.start, end) if text[end - 1] == "业" else None
    if m is None:
        return []
    found = parts(text, m.end(), end)
    etc = text.find("等", found[-1][0], end)
    if len(found) < 3 or etc < 0 or not text[etc:end].endswith("业"):
        return []
    return [*found[:-1], (found[-1][0], etc)]


_BUSINESS: Final = re.compile(r"(?:培育)?(?:发展|引进|培育)(?!.*(?:发展|引进|培育))")


def _pairs(text: str, start: int, end: int) -> list[Span]:
    """促进A的改善和B的增强; 提高A强度和B效益: two long objects, each with a word of change or measure at its end."""
    if text.find("和", start, end) < 0 or (opener := verb_at(text, start, end)) is None:
        return []
    body, stop = opener, end
    works = text.endswith("工程", start, end)
    if works:
        stop -= 2
    at = text.find("和", body, stop)
    while at >= 0:
        a, b = (body, at), (at + 1, stop)
        long = min(a[1] - a[0], b[1] - b[0]) >= 6
        if long and _CHANGES.search(text, *a) and (works or _CHANGES.search(text, *b)):
            return [a, b]
        at = text.find("和", at + 1, stop)
    return []


def _changes(c: Listing) -> list[Span]:
    """推动A不断有新变化、B不断有新提升: under a causing verb, subjects each with its own predicate of change."""
    if c.opener is None or not c.cuts:
        return []
    found = c.parts(c.opener)
    return found if all(_BECOMES.search(c.text, a, b) for a, b in found) else []


_BECOMES: Final = re.compile(r"(?:不断|更加|明显|显著|持续|日益|全面|有新)(?<=[\u4e00-\u9fff]{2}..)")


def _repeated(text: str, start: int, end: int) -> list[Span]:
    """以开放促改革促发展: the same verb again and again."""
    if text.find("促", start, end) < 0:
        return []
    found = [m.span() for m in _REPEATED.finditer(text, start, end)]
    return found if len(found) >= 2 and all(a[1] == b[0] for a, b in pairwise(found)) else []


def shared_predicate(text: str, start: int, end: int) -> Iterator[Span]:
    """All members of an outer list, the last one cut at 和: for lists that share a predicate behind them."""
    yield from cut_last(text, parts(text, start, end))


_RULES: Final = (_changes, _attributes, _kinds_of_business, _objects, alike, _nominals, _verb_phrases)
