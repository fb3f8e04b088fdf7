"""Directives: the tree of what a text says is to be done; who is whose parent among its directive clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from helpers import lexicon, structure
from helpers.clauses import CLOSERS, DUE, ITEM, MODAL, Directive, directives_of
from helpers.document import Document
from helpers.enumerations import members
from helpers.lead import pieces
from helpers.structure import Sentence
from helpers.verbs import after_adverbs, verb_at

_DEMANDS: Final = re.compile(
    r"(?<![重主需首只纲概简必紧])要(?![求素点件害])|必须|(?:确定|决定|提出|部署|明确)了?[^，。]{0,30}(?:措施|任务|举措|重点|工作)"
)
_DECIDES: Final = ("决定", "确定", "部署", "明确", "要求")
_PROCEDURE: Final = re.compile(
    r"出席|列席|参加(?:会议|座谈会|研讨班|活动|考察|会见)|主持(?:会议|召开)|审议通过|听取了|宣读|作了?(?:汇报|发言|说明)|先后发言|陪同"
)
_ANNOUNCES: Final = re.compile(r"^为[^，,。]+(?:提供|打下|奠定|创造|凝聚|注入|贡献)|强起来|紧迫感|责任感|自觉性|坚定性")
_SAFEGUARD: Final = re.compile(
    r"党的(?:全面)?(?:集中统一)?领导|党中央(?:权威和)?集中统一领导|组织领导|坚强(?:政治|组织|有力)?(?:的)?(?:保证|保障)|政策保障|资金保障|财政扶贫投入|金融扶贫|组织保障|保障措施|"
    r"考核|督查|督导|问责|责任担当|干部能力|人才支撑|推进机制|工作机制|责任制|政府自身建设|全面从严治党|党的建设"
)
_VISION: Final = re.compile(r"新局面|新格局$")  # in the overall requirement; elsewhere these are results
_BATTLE: Final = re.compile(
    r"(?:打赢|打好)[^，]{0,12}(?:攻坚战|阻击战|保卫战)|新篇章|伟大复兴|中国梦|现代化强国|奋斗目标"
)
_ENSURES: Final = re.compile(r"保障措施|组织保障|组织实施|保障机制|组织领导")
_TITLE_ONLY: Final = re.compile(r"[^，,。；]{2,10}(?:措施|任务|目标|要求|原则|思路|路径|重点|安排|意义|背景)[。：:]?")
_NUMBER: Final = re.compile(
    r"(?:第[一二三四五六七八九十百]+[编篇章部节]分?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、]|[①-⑳])\s*"
)
_RISES: Final = re.compile(r"^让.+强起来$")
_WHERE: Final = re.compile(r"在[^，,。；]{1,8}?(?=形成|打造|实现|营造)")
_NEW_QUALITY: Final = re.compile(r"(?:优势|格局|局面|高地|样板|标杆|形象|名片|变化|提升)$")
_THEME: Final = re.compile(r"(?:围绕|就|研究|部署|总结|安排)([^，,。；]{8,40}?)(?:进行|作出|工作|问题|$|[，,。；])")


@dataclass(frozen=True, slots=True)
class Node:
    """A directive clause; `parent` is the place of its parent in the list that holds it."""

    start: int
    end: int
    parent: int | None
    kind: str
    section: int
    rule: str


def _begin(document: Document, s: Sentence) -> int:
    frame = structure.frame_at(document.text, s.start, s.end)
    if frame:
        return frame[1]
    number = _NUMBER.match(document.text, s.start, s.end) if s.level is not None else None
    return number.end() if number else s.start


def tree(document: Document) -> list[Node]:
    """All directive nodes in text order, each with the place of its parent."""
    return _Builder(document).build()


class _Builder:
    """Puts the directives of the sentences under one another by the rules of the codebook (section 3)."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.nodes: list[Node] = []
        self.framed = any(s.kind == "frame" for s in document.sections)
        self.results = lexicon.words("directive_results")
        kinds = {s.kind for s in document.sections}
        self.report = "plan" in kinds
        self.safe = False  # under a heading of safeguards
        self.plain = not kinds & {"plan", "heading", "frame", "review"}
        lead = "".join(self.text[x.start : x.end] for x in document.sections if x.kind in ("lead", "title"))
        self.themes = {m.group(1).strip() for m in _THEME.finditer(lead)}
        self.lead = lead
        self.aim: int | None = None
        self.headings: list[tuple[int, int | None]] = []

    def build(self) -> list[Node]:
        group: tuple[int, int] | None = None
        announcer = item = None
        governed = opened = False
        for n, s in enumerate(self.document.sentences):
            kind = self.document.sections[s.section].kind
            if (s.paragraph, s.section) != group:
                governed = governed and group is not None and group[1] == s.section
                group, announcer, item, opened = (s.paragraph, s.section), None, None, False
                if kind == "frame":
                    self.headings.clear()
            plan = kind in ("plan", "heading")
            begin = _begin(self.document, s)
            numbered = bool(ITEM.match(self.text, begin, s.end))
            found = []
            if self._speaks(kind, s):
                listing = numbered and self._has_modal(n, group)
                frame = self.document.sections[s.section].frame or ""
                listing = listing or (numbered and frame.endswith(_DECIDES))
                found = directives_of(
                    self.text, s, begin, governed or plan or listing, not frame.endswith(("指出", "认为"))
                )
            if s.level is not None and _TITLE_ONLY.fullmatch(self.text, begin, s.end):
                found = []  # 三、保障措施 names a part and directs nothing
            governed = bool(found)
            if s.level == 1:
                self.safe = bool(_ENSURES.search(self.text, s.start, min(s.end, s.start + 30)))
            if s.level is not None:
                while self.headings and self.headings[-1][0] >= s.level:
                    self.headings.pop()
            if not found:
                if s.level is not None:
                    self.headings.append((s.level, None))
                continue
            above = announcer if item is None or numbered else item
            if above is None:
                above = next((i for _, i in reversed(self.headings) if i is not None), None)
            aim = self._aim(s, begin, found)
            head = self._sentence(s, found, above, kind, aim)
            if s.level is not None:
                self.headings.append((s.level, head))
            elif aim is None and numbered:
                item = head if len(found) <= 2 else None
            elif aim is None and not opened and self._only_announces(n, found, group):
                announcer = head
                self._announced(head)
            opened = True
        return self._under_aim()

    def _speaks(self, kind: str, s: Sentence) -> bool:
        """Conference news directs where someone is reported, other texts wherever they do not look back."""
        if kind == "frame":
            return True
        if not self.framed or self.report:
            return kind in ("plan", "heading") or (self.plain and kind != "title")
        return kind == "narrative" and not _PROCEDURE.search(self.text, s.start, s.end)

    def _has_modal(self, n: int, group: tuple[int, int] | None) -> bool:
        """Whether anything is demanded in the paragraph: a numbered list of a review demands nothing."""
        rows, n, last = self.document.sentences, n, n - 40
        while n > max(0, last) and (rows[n - 1].paragraph, rows[n - 1].section) == group:
            n -= 1
        for s in rows[n : n + 40]:
            if (s.paragraph, s.section) != group:
                return False
            if _DEMANDS.search(self.text, s.start, s.end):
                return True
        return False

    def _only_announces(self, n: int, found: Sequence[Directive], group: tuple[int, int]) -> bool:
        """The first directive sentence of its paragraph says no more than what the later ones spell out."""
        if len(found) > 2 or found[0].part != found[-1].part:
            return False
        later = []
        for s in self.document.sentences[n + 1 :]:
            if (s.paragraph, s.section) != group:
                break
            if more := directives_of(self.text, s, _begin(self.document, s), True):
                later.append(len(more))
        if not later:
            return False
        second = self.text[found[-1].start : found[-1].end]
        if _ANNOUNCES.search(second):
            return True
        if len(found) == 1 and found[0].end - found[0].start <= 24:
            return len(later) >= 2
        brief = found[-1].end - found[0].start <= 36
        return brief and len(later) >= 2 and sum(later) / len(later) >= 5

    # ------------------------------------------------------------ one sentence

    def _add(self, start: int, end: int, parent: int | None, kind: str, section: int, rule: str) -> int:
        self.nodes.append(Node(start, end, parent, kind, section, rule))
        return len(self.nodes) - 1

    def _sentence(self, s: Sentence, found: list[Directive], above: int | None, frame: str, aim: int | None) -> int:
        if aim is not None:
            return self._overall(s, found, aim)
        safe = above is not None and self.nodes[above].kind == "safeguard"
        head = part_head = None
        for d in found:
            if head is None:
                parent, rule = above, "head"
            elif d.item:
                parent, rule = (above if found[0].item else head), "item"
            elif d.part != found[0].part and (part_head is None or self._part(part_head, found) != d.part):
                parent, rule = head, "part"
                part_head = None
            else:
                parent, rule = part_head if part_head is not None else head, "clause"
            kind = self._kind(d, head is None, safe, frame)
            place = self._add(d.start, d.end, parent, kind, s.section, rule)
            if head is None:
                head = place
            elif rule in ("part", "item"):
                part_head = place
            self._members(d, place, kind, s.section)
        assert head is not None
        return head

    def _overall(self, s: Sentence, found: list[Directive], aim: int) -> int:
        """The overall requirement: under the aim its requirements, its vision and its dated targets, each a group."""
        runs: list[tuple[str, list[Directive]]] = []
        due = False
        for d in found:
            before = self.text[self._clause_start(d.start, s.start) : d.start]
            due = due or bool(DUE.search(before))
            kind = "target" if due else "vision" if self._vision(d) else "measure"
            if not runs or runs[-1][0] != kind:
                runs.append((kind, []))
            runs[-1][1].append(d)
        for kind, run in runs:
            place = self._add(run[0].start, run[-1].end, aim, kind, s.section, "overall")
            if len(run) == 1:
                self._members(run[0], place, kind, s.section)
                continue
            for d in run:
                self._members(d, self._add(d.start, d.end, place, kind, s.section, "clause"), kind, s.section)
        return aim

    def _vision(self, d: Directive) -> bool:
        clause = self.text[d.start : d.end]
        return bool(_VISION.search(clause) or _BATTLE.search(clause))

    def _clause_start(self, position: int, floor: int) -> int:
        while position > floor and self.text[position - 1] not in CLOSERS:
            position -= 1
        return position

    def _announced(self, head: int) -> None:
        """What stands beside an announced task in its sentence is announced with it."""
        kind = self.nodes[head].kind
        for i in range(head + 1, len(self.nodes)):
            if self.nodes[i].parent == head:
                self.nodes[i] = replace(self.nodes[i], kind=kind)

    def _part(self, place: int, found: list[Directive]) -> int:
        return next(d.part for d in found if d.start == self.nodes[place].start)

    def _members(self, d: Directive, place: int, kind: str, section: int) -> None:
        start = d.last + (self.text[d.last] == "要")
        if modal := MODAL.search(self.text, d.last, d.end) if d.modal else None:
            start = max(start, modal.end())
        for a, b in members(self.text, start, d.end):
            self._add(a, b, place, kind if kind != "task" else "measure", section, "member")

    def _kind(self, d: Directive, head: bool, safe: bool, frame: str) -> str:
        clause = self.text[d.start : d.end]
        if head:
            return "safeguard" if safe or self.safe or _SAFEGUARD.search(clause) else "task"
        if _RISES.search(clause) or (d.modal and not clause.startswith("要")):
            return "safeguard" if safe else "task"
        if _BATTLE.search(clause):
            return "vision"
        if frame == "frame" and self._result(d):
            return "target"
        return "safeguard" if _SAFEGUARD.search(clause) else "measure"

    def _result(self, d: Directive) -> bool:
        """A clause that names what comes out (形成…, 打造…新格局), not what is done."""
        place = _WHERE.match(self.text, d.last, d.end)
        start = place.end() if place else d.last
        verb, end = after_adverbs(self.text, start, d.end), verb_at(self.text, start, d.end)
        if end is None:
            return False
        if self.text[verb:end] in ("打造", "推动", "塑造"):
            return bool(_NEW_QUALITY.search(self.text, end, d.end))
        return self.text[verb:end] in self.results

    # ------------------------------------------------------------ the aim of a conference on one theme

    def _aim(self, s: Sentence, begin: int, found: list[Directive]) -> int | None:
        """A conference that was called on one theme names it again before the first 要 of its overall requirement."""
        if self.aim is not None or not self.framed:
            return None
        before = pieces(self.text, begin, found[0].start)
        if len(before) != 1:
            return None
        start, end = before[0]
        topic = self.text[start:end]
        if topic in self.themes or (len(topic) >= 8 and f"围绕{topic}" in self.lead):
            self.aim = self._add(start, end, None, "vision", s.section, "aim")
            return self.aim
        return None

    def _under_aim(self) -> list[Node]:
        if self.aim is None:
            return self.nodes
        return [
            replace(n, parent=self.aim) if n.parent is None and i != self.aim else n for i, n in enumerate(self.nodes)
        ]
