"""Demands: which clauses of a sentence direct, and what the demand of one carries over to the next."""

import re
from dataclasses import dataclass, replace
from typing import Final

from helpers import lexicon
from helpers.clauses import CLOSERS, COPULA, DESCRIBES, DUE, MODAL, REQUIRES, Clause
from helpers.structure import Sentence
from helpers.verbs import after_adverbs, verb_at

_MODAL: Final = ("modal", "modal-join")
_SUBJECTLESS: Final = re.compile(r"是|[^，,]{1,6}了")
_PREDICATES: Final = re.compile(
    r"(?:也|既|都|就|这)?是(?!否)|对[^，,]+(?:意义|作用)$|事关|有利于|有助于|任务很|时间很|目的(?:是|在于)|关键[在靠]|根本[在靠]"
)
_WEIGHS: Final = re.compile(r"[^，,]*(?:[具富]有[^，,]{0,12}意义|意义重大|至关重要|势在必行|十分重要)$")
_DUTY: Final = re.compile(
    r"是[^，,。；]{0,8}(?:必须|应当|需要|应该)[^，,。；]{0,24}(?:责任|任务|课题|使命|要求|担当|问题)"
)
_HOLDS: Final = re.compile(r"要?(?:始终|坚持)?[把将]")
_AS: Final = re.compile(r"作为|当作|摆在|放在|贯穿|[与同].*(?:起来|衔接|统一)$")
_IN_ORDER_TO: Final = re.compile(r"要[^，,。；]*[，,](?:我们)?(?:就)?必须")
_LOOKS_BACK: Final = re.compile(r"(?:一|[两二三四五六七八九十\d]+)年来[，,]|过去[^，,。；]{1,6}[，,]")
_POLICY: Final = re.compile(
    r"(?!这次|会议|本次)[^，,。；]{0,20}(?:战略|基本|总的?|根本|主要|工作|政策)(?:目标|方针|任务|要求|思路|原则)"
)
_POLICY_IS: Final = re.compile(rf"{_POLICY.pattern}(?:就)?是")
_TO: Final = re.compile(r"对于?(?!策|接|标)")
_IS: Final = re.compile(r"(?:就)?是")
_POINTS_BACK: Final = re.compile(r"[这此]|上述|以上|要想|为了|[后时]$")
_AT_ONCE: Final = re.compile(r"\s*(?:不仅|不但|首先|特别|尤其|关键|始终|一定|就|更|还|也|既|都)*")
_CONTENT: Final = re.compile(
    rf"[{CLOSERS}]*(?:最重要|最关键|最根本|根本|关键|重点|首要|核心)的?(?:任务)?(?:就)?(?:是|在于)(?=要|把|坚持|抓|加强|做)"
)


@dataclass(slots=True)
class Directive:
    """One directive clause of a sentence, before the tree: its span, its ； part, whether a modal opens it."""

    start: int
    end: int
    part: int
    modal: bool
    item: bool  # 一是…: a numbered item begins here
    last: int  # where its last comma clause begins: a list is looked for there
    topic: bool = False  # a verb phrase before 要: what the whole sentence is about, and so its head


def directives_of(
    text: str, sentence: Sentence, begin: int, clauses: list[Clause], governed: bool, demanded: bool = False
) -> list[Directive]:
    """The directive clauses of one sentence, of its `clauses` since `begin`.

    `governed`: a 要 of an earlier sentence, or a plan, governs bare verb phrases here; `demanded`: the frame demands.
    """
    if _LOOKS_BACK.match(text, begin, sentence.end):
        return []
    judges = text.find("是", begin, sentence.end) >= 0
    if judges:
        clauses = _equated(text, clauses)
    first = None
    for i, c in enumerate(clauses):
        if c.role in _MODAL:
            first = i
            break
    if not clauses or (first is None and _are_subjects(text, clauses)):
        return []  # the verb phrases are the subject: 发展…, 让…, 是…的大事
    active = False
    if governed and (i := _beyond(clauses, "when", "frame", "join")) < len(clauses):
        active = clauses[i].role == "bare" and (first is None or first - i >= 2)
    if first is None and not active:
        active = _is_required(text, clauses) or (demanded and begin > sentence.start and _is_said(text, clauses))
    if demanded and DUE.match(text, begin, sentence.end):
        active = True  # 会议要求, 到2020年…: what is due is to be done
    out: list[Directive] = []
    lead: int | None = None
    opening = _beyond(clauses, "when", "frame")
    for i, c in enumerate(clauses):
        role = c.role
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if role in _MODAL:
            active = True
        elif role == "off":
            active, lead = False, None
            before = clauses[i - 1] if i else c
            if out and before.role == "other" and out[-1].start == before.start:
                if _SUBJECTLESS.match(text, c.start, c.end):
                    out.pop()  # it was the subject of this description
            continue
        elif judges and following and role in ("bare", "other") and _is_duty(text, c, following):
            out.append(Directive(c.start, c.end, c.part, True, False, c.start))
            active, lead = False, None
            continue
        elif following and role == "bare" and _CONTENT.match(text, c.end, following.end):
            active = True  # VP, 最重要的是把…: the topic is itself what is to be done, and what follows says how
        elif following and i == opening and _is_topic(text, c, following):
            out.append(Directive(c.start, c.end, c.part, False, False, c.start, True))
            active, lead = True, None
            continue
        elif demanded and c.item and role == "bare" and i and clauses[i - 1].role == "frame":
            active = True  # …, 并要求：一是完善制度
        if not active and i == 0 and role == "join" and first is None and following and following.role == "bare":
            active = text.startswith(("聚焦", "围绕", "紧扣", "锚定"), c.start, c.end)
        if not active or role in ("when", "frame"):
            continue
        if following:
            if (role in ("join", "modal-join") or _is_held(text, c, following)) and _takes(text, c, following):
                lead = c.start if lead is None else lead
                continue
            if following.role == "modal" and _is_put_first(text, c, following):
                continue
        out.append(Directive(c.start if lead is None else lead, c.end, c.part, role in _MODAL, c.item, c.start))
        lead = None
    return out


def hears_demand(text: str, sentence: Sentence, begin: int, clauses: list[Clause]) -> bool:
    """Whether it matters to the directives of a sentence that its section's frame demands."""
    if begin > sentence.start or DUE.match(text, begin, sentence.end):
        return True
    for c in clauses:
        if c.role == "frame":
            return True
    return False


def _beyond(clauses: list[Clause], *roles: str) -> int:
    """The place of the first clause that plays none of these roles."""
    at = 0
    while at < len(clauses) and clauses[at].role in roles:
        at += 1
    return at


def _is_required(text: str, clauses: list[Clause]) -> bool:
    """主要任务是, 会议要求: what follows such a frame directs."""
    at = _beyond(clauses, "when", "join")
    if at + 1 >= len(clauses) or clauses[at].role != "frame" or clauses[at + 1].role != "bare":
        return False
    frame = clauses[at]
    return text.endswith("要求", frame.start, frame.end) or bool(REQUIRES.fullmatch(text, frame.start, frame.end))


def _is_said(text: str, clauses: list[Clause]) -> bool:
    """会议强调, 推动…: no 要, but said as a demand."""
    at = _beyond(clauses, "when", "join")
    c = clauses[at] if at < len(clauses) else clauses[0]
    return c.role == "bare" and not DESCRIBES.search(text, c.start, c.end)


def _is_held(text: str, clause: Clause, following: Clause) -> bool:
    """把…, 作为…: one predicate over two clauses."""
    opens = text[clause.start] in "把将要始坚" and _HOLDS.match(text, clause.start, clause.end)
    return bool(opens and _AS.match(text, following.start, following.end))


def _is_put_first(text: str, clause: Clause, following: Clause) -> bool:
    """对…问题, 要…; 对关键的改革, 要…; 要想…, 必须…: what the demand after it is about, or for."""
    if clause.role == "join":
        return following.part == clause.part
    if clause.role == "other":
        return _TO.match(text, clause.start, clause.end) is not None
    return clause.role == "modal" and _IN_ORDER_TO.match(text, clause.start, following.end) is not None


def _are_subjects(text: str, clauses: list[Clause]) -> bool:
    """Whether a later clause judges what the clauses before it name."""
    for c in clauses[1:]:
        judged = _PREDICATES.match(text, c.start, c.end)
        judged = judged or (text[c.end - 1] in "义大要行" and _WEIGHS.match(text, c.start, c.end))
        if judged and not _DUTY.match(text, c.start, c.end):
            return True
    return False


def _equated(text: str, clauses: list[Clause]) -> list[Clause]:
    """The basic policy, 就是坚持…: what it is equated with is what is demanded."""
    if not clauses or clauses[0].role in _MODAL:
        return clauses
    start, end = clauses[0].start, clauses[0].end
    inside = _POLICY_IS.match(text, start, end)
    if inside and verb_at(text, inside.end(), end) is not None:
        return [replace(clauses[0], start=inside.end(), role="modal"), *clauses[1:]]
    if len(clauses) < 2 or not _POLICY.fullmatch(text, start, end):
        return clauses
    m = _IS.match(text, clauses[1].start, clauses[1].end)
    if m is None or verb_at(text, m.end(), clauses[1].end) is None:
        return clauses
    return [replace(clauses[0], role="frame"), replace(clauses[1], start=m.end(), role="modal"), *clauses[2:]]


def _takes(text: str, clause: Clause, following: Clause) -> bool:
    """Whether the clause after an adverbial one takes it in; a topic before 要 stays outside."""
    topic = following.role == "modal" and text[following.start] == "要"
    return following.part == clause.part and not topic and following.role not in ("off", "when")


def _is_duty(text: str, clause: Clause, following: Clause) -> bool:
    """VP, 是我们必须…的责任: the verb phrase is what must be done."""
    return (
        bool(_DUTY.match(text, following.start, following.end)) and verb_at(text, clause.start, clause.end) is not None
    )


def _is_topic(text: str, clause: Clause, following: Clause) -> bool:
    """做好明年工作, 要…: the verb phrase names the task and 要 what it takes; 破解这些问题 only points back."""
    if clause.role != "bare" or following.role not in _MODAL or following.part != clause.part:
        return False
    if _POINTS_BACK.search(text, clause.start, clause.end):
        return False
    if DESCRIBES.search(text, clause.start, clause.end) or COPULA.search(text, clause.start, clause.end):
        return False
    modal = MODAL.search(text, following.start, following.end)
    if modal is None or not _AT_ONCE.fullmatch(text, clause.end + 1, modal.start()):
        return False  # 要 has a subject of its own
    at, verb = after_adverbs(text, clause.start, clause.end), verb_at(text, clause.start, clause.end)
    if verb is None or text[at:verb] in lexicon.words("directive_results"):
        return False  # 促进发展, 必须…: the purpose
    return verb - clause.start >= 2 and clause.end - verb >= 2
