"""Demands: which clauses of a sentence direct, and what the demand of one carries over to the next."""

import re
from typing import Final, NamedTuple

from helpers import lexicon
from helpers.clauses import CLOSERS, COPULA, DESCRIBES, DUE, MODAL, REQUIRES, Clause
from helpers.structure import Sentence
from helpers.verbs import after_adverbs, verb_at

_SUBJECTLESS: Final = re.compile(r"是|[^，,]{1,6}了")
_PREDICATES: Final = re.compile(
    r"(?:也|既|都|就|这)?是(?!否)|对[^，,]+(?:意义|作用)$|事关|有利于|有助于|任务很|时间很|目的(?:是|在于)|关键[在靠]|根本[在靠]"
)
_WEIGHS: Final = re.compile(r"[^，,]*(?:[具富]有[^，,]{0,12}意义|意义重大|至关重要|势在必行|十分重要)$")
_DUTY: Final = re.compile(
    r"是[^，,。；]{0,8}(?:必须|应当|需要|应该)[^，,。；]{0,24}(?:责任|任务|课题|使命|要求|担当|问题)"
)
_HOLDS: Final = re.compile(r"要?(?:始终|坚持)?[把将]")  # 把…, 作为…: one predicate over two clauses
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


class Directive(NamedTuple):
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
    out: list[Directive] = []
    modals = [i for i, c in enumerate(clauses) if c.role.startswith("modal")]
    first = modals[0] if modals else None
    active = False
    if governed and clauses:
        i = next((i for i, c in enumerate(clauses) if c.role not in ("when", "frame", "join")), len(clauses))
        active = i < len(clauses) and clauses[i].role == "bare" and (first is None or first - i >= 2)
    if first is None and _are_subjects(text, clauses):
        return []  # the verb phrases are the subject: 发展…, 让…, 是…的大事
    opens = next((c for c in clauses if c.role not in ("when", "join")), None)
    if opens and opens.role == "frame" and first is None:
        rest = clauses[clauses.index(opens) + 1 :]
        required = REQUIRES.fullmatch(text, opens.start, opens.end) or text[opens.start : opens.end].endswith("要求")
        active = active or bool(required and rest and rest[0].role == "bare")
    if demanded and begin > sentence.start and first is None and clauses:
        c = next((c for c in clauses if c.role not in ("when", "join")), clauses[0])
        said = c.role == "bare" and not DESCRIBES.search(text, c.start, c.end)
        active = active or said  # 会议强调, 推动…: no 要, but said as a demand
    if demanded and DUE.match(text, begin, sentence.end):
        active = True  # 会议要求, 到2020年…: what is due is to be done
    lead: int | None = None
    opening = _opening(clauses)
    for i, c in enumerate(clauses):
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if c.role.startswith("modal"):
            active = True
        elif judges and following and c.role in ("bare", "other") and _is_duty(text, c, following):
            out.append(Directive(c.start, c.end, c.part, True, False, c.start))
            active, lead = False, None
            continue
        elif following and c.role == "bare" and _CONTENT.match(text, c.end, following.end):
            active = True
        elif following and i == opening and _is_topic(text, c, following):
            out.append(Directive(c.start, c.end, c.part, False, False, c.start, True))
            active, lead = True, None
            continue
        elif c.item and c.role == "bare" and i and clauses[i - 1].role == "frame" and demanded:
            active = True  # …, 并要求：一是完善制度
        elif c.role == "off":
            active, lead = False, None
            if (
                out
                and i
                and clauses[i - 1].role == "other"
                and out[-1].start == clauses[i - 1].start
                and _SUBJECTLESS.match(text, c.start, c.end)
            ):
                out.pop()  # it was the subject of this description
            continue
        if not active and c.role == "join" and i == 0 and following and following.role == "bare" and (first is None):
            active = text[c.start : c.start + 2] in ("聚焦", "围绕", "紧扣", "锚定")
        if not active or c.role in ("when", "frame"):
            continue
        held = following and _HOLDS.match(text, c.start, c.end) and _AS.match(text, following.start, following.end)
        if following and (held or c.role in ("join", "modal-join")) and _takes(text, c, following):
            lead = c.start if lead is None else lead
            continue
        if c.role == "join" and following and following.role == "modal" and following.part == c.part:
            continue  # a topic: 对…问题, 要…
        if following and following.role == "modal" and c.role == "other" and _TO.match(text, c.start, c.end):
            continue  # 对关键的改革, 要…
        if (
            following
            and following.role == "modal"
            and c.role == "modal"
            and _IN_ORDER_TO.match(text, c.start, following.end)
        ):
            continue  # 要想…, 必须…
        start = c.start if lead is None else lead
        out.append(Directive(start, c.end, c.part, c.role.startswith("modal"), c.item, c.start))
        lead = None
    return out


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
    if not clauses or clauses[0].role.startswith("modal"):
        return clauses
    start, end = clauses[0].start, clauses[0].end
    inside = _POLICY_IS.match(text, start, end)
    if inside and verb_at(text, inside.end(), end) is not None:
        return [clauses[0]._replace(start=inside.end(), role="modal"), *clauses[1:]]
    if len(clauses) < 2 or not _POLICY.fullmatch(text, start, end):
        return clauses
    m = _IS.match(text, clauses[1].start, clauses[1].end)
    if m is None or verb_at(text, m.end(), clauses[1].end) is None:
        return clauses
    return [clauses[0]._replace(role="frame"), clauses[1]._replace(start=m.end(), role="modal"), *clauses[2:]]


def _takes(text: str, clause: Clause, following: Clause) -> bool:
    """Whether the clause after an adverbial one takes it in; a topic before 要 stays outside."""
    topic = following.role == "modal" and text[following.start] == "要"
    return following.part == clause.part and not topic and following.role not in ("off", "when")


def _is_duty(text: str, clause: Clause, following: Clause) -> bool:
    """VP, 是我们必须…的责任: the verb phrase is what must be done."""
    return (
        bool(_DUTY.match(text, following.start, following.end)) and verb_at(text, clause.start, clause.end) is not None
    )


def _opening(clauses: list[Clause]) -> int:
    """The place of the first clause that says something."""
    return next((i for i, c in enumerate(clauses) if c.role not in ("when", "frame")), len(clauses))


def _is_topic(text: str, clause: Clause, following: Clause) -> bool:
    """做好明年工作, 要…: the verb phrase names the task and 要 what it takes; 破解这些问题 only points back."""
    if clause.role != "bare" or not following.role.startswith("modal") or following.part != clause.part:
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
