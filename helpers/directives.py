"""Directives: the tree of what a text says is to be done; who is whose parent among its directive clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from helpers import structure
from helpers.announcing import announces, may_announce
from helpers.clauses import CLOSERS, DUE, ITEM, MODAL, Clause, clauses_of
from helpers.demands import Directive, directives_of, hears_demand
from helpers.document import Document
from helpers.enumerations import members
from helpers.kinds import assures, of_clause, of_head, wins
from helpers.lead import pieces
from helpers.structure import Sentence

_DEMANDS: Final = re.compile(
    "要(?<![重主需首只纲概简必紧]要)(?![求素点件害])|必须|"
    + "|".join(rf"{w}了?[^，。]{{0,30}}(?:措施|任务|举措|重点|工作)" for w in ("确定", "决定", "提出", "部署", "明确"))
)
_SAYS: Final = re.compile(r"(?:讲话|会议|座谈会|代表团|[会时中]上?|致辞|批示|指示)(?:中|并)?(?:强调|指出|要求)[，,：:]")
_FIRST: Final = re.compile(r"一[是要]|第一[，,、]")
_DECIDES: Final = ("决定", "确定", "部署", "明确", "要求")
_PROCEDURE: Final = re.compile(
    r"出席|列席|参加(?:会议|座谈会|研讨班|活动|考察|会见)|主持(?:会议|召开)|审议通过|听取了|宣读|作了?(?:汇报|发言|说明)|先后发言|陪同"
)
_ENSURES: Final = re.compile(r"保障措施|组织保障|组织实施|保障机制|组织领导")
_TITLE_ONLY: Final = re.compile(r"[^，,。；]{2,10}(?:措施|任务|目标|要求|原则|思路|路径|重点|安排|意义|背景)[。：:]?")
_THEME: Final = re.compile(r"(?:围绕|就|研究|部署|总结|安排)([^，,。；]{8,40}?)(?:进行|作出|工作|问题|$|[，,。；])")


@dataclass(slots=True)
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
    return frame[1] if frame else structure.after_number(document.text, s)


def tree(document: Document) -> list[Node]:
    """All directive nodes in text order, each with the place of its parent."""
    return _Builder(document).build()


class _Builder:
    """Puts the directives of the sentences under one another by the rules of the codebook (section 3)."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.nodes: list[Node] = []
        self.framed = any(s.kind == "frame" for s in document.sections)
        kinds = {s.kind for s in document.sections}
        self.report = "plan" in kinds
        self.safe = False  # under a heading of safeguards
        self.plain = not kinds & {"plan", "heading", "frame", "review"}
        lead = "".join(self.text[x.start : x.end] for x in document.sections if x.kind in ("lead", "title"))
        self.themes = {m.group(1).strip() for m in _THEME.finditer(lead)}
        self.lead = lead
        self.aim: int | None = None
        self.announced: set[int] = set()  # what stands beside an announcing clause in its sentence
        self.headings: list[tuple[int, int | None]] = []
        # what has been read of each sentence; a first one looks ahead to those of its paragraph
        self.read: dict[int, tuple[int, list[Clause]]] = {}
        self.demands: dict[tuple[int, int, bool, bool], list[Directive]] = {}

    def build(self) -> list[Node]:
        group: tuple[int, int] | None = None
        announcer = item = before = None
        governed = opened = False
        quoted: tuple[int, int] | None = (-1, -1)
        for n, s in enumerate(self.document.sentences):
            section = self.document.sections[s.section]
            kind = section.kind
            if (s.paragraph, s.section) != group:
                governed = governed and group is not None and group[1] == s.section
                group, announcer, item, before, opened = (s.paragraph, s.section), None, None, None, False
                if kind == "frame":
                    self.headings.clear()
            said = _SAYS.search(self.text, s.start, s.end) if kind == "lead" and self.framed else None
            if said:
                quoted = group  # …召开座谈会并发表讲话强调, 要…
            found, begin, numbered = [], s.start, False
            if quoted == group or self._speaks(kind, s):
                if said:
                    self.read[n] = said.end(), clauses_of(self.text, s, said.end())
                begin = self._clauses(n)[0]
                numbered = ITEM.match(self.text, begin, s.end) is not None
                frame = section.frame or ""
                ruled = governed or kind in ("plan", "heading")
                ruled = ruled or (numbered and (frame.endswith(_DECIDES) or self._has_modal(n, group)))
                found = self._directives(n, ruled, not frame.endswith(("指出", "认为")))
            if found and s.level is not None and _TITLE_ONLY.fullmatch(self.text, begin, s.end):
                found = []  # 三、保障措施 names a part and directs nothing
            governed = bool(found)
            numbered = numbered or bool(found and found[0].item)
            if s.level == 1:
                self.safe = bool(_ENSURES.search(self.text, s.start, min(s.end, s.start + 30)))
            if s.level is not None:
                while self.headings and self.headings[-1][0] >= s.level:
                    self.headings.pop()
            if not found:
                before = None
                if s.level is not None:
                    self.headings.append((s.level, None))
                continue
            if announcer is None and before is not None and _FIRST.match(self.text, begin, s.end):
                announcer = before  # 要做好以下工作。一是…
            above = announcer if item is None or numbered else item
            if above is None:
                above = self._heading()
            found = list(found)
            aim = self._aim(s, begin, found)
            head = self._sentence(s, found, above, aim)
            if s.level is not None:
                self.headings.append((s.level, head))
            elif aim is None and numbered:
                item = head if len(found) <= 2 else None
            elif aim is None and not opened and self._only_announces(n, found, group):
                announcer = head
                self.announced |= {i for i in range(head + 1, len(self.nodes)) if self.nodes[i].parent == head}
            if aim is None and not found[0].item and [d for d in found if d.item]:
                announcer, item = head, None  # 要做好以下工作：一是…
            before = None if numbered else head
            opened = True
        return self._under_aim()

    def _heading(self) -> int | None:
        """The node of the nearest heading that directs."""
        for _, node in reversed(self.headings):
            if node is not None:
                return node
        return None

    def _speaks(self, kind: str, s: Sentence) -> bool:
        """Conference news directs where someone is reported, other texts wherever they do not look back."""
        if kind in ("frame", "plan", "heading"):
            return kind == "frame" or self.report or not self.framed
        if not self.framed or self.report:
            return self.plain and kind != "title"
        return kind == "narrative" and not _PROCEDURE.search(self.text, s.start, s.end)

    def _clauses(self, n: int) -> tuple[int, list[Clause]]:
        """Where a sentence begins behind its frame or number, and its clauses since."""
        if n not in self.read:
            s = self.document.sentences[n]
            begin = _begin(self.document, s)
            self.read[n] = begin, clauses_of(self.text, s, begin)
        return self.read[n]

    def _directives(self, n: int, governed: bool, demanded: bool) -> list[Directive]:
        """The directive clauses of a sentence (`directives_of`)."""
        s, (begin, clauses) = self.document.sentences[n], self._clauses(n)
        demanded = demanded and hears_demand(self.text, s, begin, clauses)
        asked = n, begin, governed, demanded
        found = self.demands.get(asked)
        if found is None:
            found = self.demands[asked] = directives_of(self.text, s, begin, clauses, governed, demanded)
        return found

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
        if not may_announce(self.text, found):
            return False
        later = []
        rows = self.document.sentences
        while (n := n + 1) < len(rows) and ((s := rows[n]).paragraph, s.section) == group:
            if more := self._directives(n, True, False):
                later.append((len(more), self.text[s.start : s.end]))
        return announces(self.text, found, later)

    # ------------------------------------------------------------ one sentence

    def _add(self, start: int, end: int, parent: int | None, kind: str, section: int, rule: str) -> int:
        self.nodes.append(Node(start, end, parent, kind, section, rule))
        return len(self.nodes) - 1

    def _sentence(self, s: Sentence, found: list[Directive], above: int | None, aim: int | None) -> int:
        if aim is not None:
            return self._overall(s, found, aim)
        safe = above is not None and self.nodes[above].kind == "safeguard"
        head = part_head = None
        part = 0
        for d in found:
            if head is None:
                parent, rule = above, "head"
            elif d.item:
                parent, rule = (above if found[0].item else head), "item"
            elif d.part != found[0].part and (part_head is None or part != d.part):
                parent, rule = head, "part"
                part_head = None
            else:
                parent, rule = part_head if part_head is not None else head, "clause"
            clause = self.text[d.start : d.end]
            if head is None or (rule == "item" and parent == above):  # 一要…；二要…: each is a head
                kind = of_head(clause, safe or self.safe or (len(found) <= 3 and assures(self.text, found[-1])))
            else:
                guarded = safe or self.nodes[head].kind == "safeguard"
                kind = of_clause(self.text, d, guarded, self.aim is not None)
            place = self._add(d.start, d.end, parent, kind, s.section, rule)
            if head is None:
                head = place
            elif rule in ("part", "item"):
                part_head, part = place, d.part
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
            kind = "target" if due else "vision" if wins(self.text[d.start : d.end]) else "measure"
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

    def _clause_start(self, position: int, floor: int) -> int:
        while position > floor and self.text[position - 1] not in CLOSERS:
            position -= 1
        return position

    def _members(self, d: Directive, place: int, kind: str, section: int) -> None:
        start = d.last + (self.text[d.last] == "要")
        if modal := MODAL.search(self.text, d.last, d.end) if d.modal else None:
            start = max(start, modal.end())
        for a, b in members(self.text, start, d.end):
            self._add(a, b, place, kind if kind != "task" else "measure", section, "member")

    # ------------------------------------------------------------ the aim of a conference on one theme

    def _aim(self, s: Sentence, begin: int, found: list[Directive]) -> int | None:
        """A conference that was called on one theme names it again before the first 要 of its overall requirement."""
        if self.aim is not None or not self.framed:
            return None
        if found[0].topic and len(found) > 1:
            start, end = found[0].start, found[0].end
        elif len(before := pieces(self.text, begin, found[0].start)) == 1:
            start, end = before[0]
        else:
            return None
        topic = self.text[start:end]
        if topic in self.themes or (len(topic) >= 8 and f"围绕{topic}" in self.lead):
            self.aim = self._add(start, end, None, "vision", s.section, "aim")
            if found[0].topic:
                del found[0]
            return self.aim
        return None

    def _under_aim(self) -> list[Node]:
        """A conference on one theme: all stands under its aim, and what is announced with a task is one."""
        if self.aim is None:
            return self.nodes
        out = []
        for i, n in enumerate(self.nodes):
            if i in self.announced and n.parent is not None:
                n = replace(n, kind=self.nodes[n.parent].kind)
            out.append(replace(n, parent=self.aim) if n.parent is None and i != self.aim else n)
        return out
