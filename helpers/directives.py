"""Directives: the clauses of a text that say what is to be done, and who is whose parent among them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from helpers import lexicon, structure
from helpers.document import Document
from helpers.enumerations import after_adverbs, members, verb_at
from helpers.structure import Sentence


@dataclass(frozen=True, slots=True)
class Node:
    """A directive clause; `parent` is the place of its parent in the list that holds it."""

    start: int
    end: int
    parent: int | None
    kind: str
    section: int
    rule: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What a comma clause does: `modal` (要, 必须 …) · `bare` (a verb phrase) · `join` (goes with the next clause) ·
    `topic` (what follows is about it) · `off` (describes). `part` counts the ； before it.
    """

    start: int
    end: int
    role: str
    part: int
    item: bool = False


_MODAL: Final = re.compile(
    r"""(?<![重主需首只纲概简必紧摘扼显想])(?<!目的是)(?P<yao>要)(?![求素点件害么闻职塞冲领义旨道目账价犯地])
    |必须|必需|务必|务须|务求|应当|应该|不得|(?<![、“])不能|不要|严禁|决不|绝不
    |(?<![相适对供呼响感反效因答理])应(?![对用急届邀诉付变聘召享尽有收保])
    |(?<![急所亟必供特军内无])需(?![要求])""",
    re.X,
)
_LEAD: Final = re.compile(
    r"""(?:同时|此外|另外|因此|为此|所以|其次|再次|最后|首先|总之|当前|目前|下一步|今后一个时期|新的一年里?|新的征程上
    |[一二三四五六七八九十]{1,2}是(?=[要把将以\u4e00-\u9fff])|第[一二三四五六七八九十]{1,2}(?=[，,、])
    |特别是|尤其是|最重要的是|最关键的是|最根本的是|关键是|重点是|根本是|核心是|并且|并(?!举|重|存|行|网|联|购)|而且|进而|从而|以及|其中)[、，]?""",
    re.X,
)
_WHEN: Final = re.compile(
    r"""(?:力争|争取)?(?:到|至|在)?(?:(?:19|20)\d\d年(?:年?底|年?末|[前内]|以前|之前|上半年)*|今年(?:年底|年末|年内|底|内)?(?:之?前|以前)?|明年|年内|年底前?|全年
    |今后[\d一二三四五六七八九十两]+年|今后一个时期|“[一二三四五六七八九十]+五”(?:时期|期间|末)|[\d一二三四五六七八九十两]+年内
    |到(?:本世纪|本届|“?[一二三四五六七八九十]+五”?)[^，,。]{0,6}(?:末|底|叶|时)|(?:\d{1,2}月底?|[上下]半年)前?)""",
    re.X,
)
_FRAMING: Final = re.compile(
    r"""(?:(?:会议|全会|大会|他|她|[^，,。；]{0,12}(?:总书记|书记|主席|总理|省长|市长|同志|讲话中?|座谈会上?|会上|时|习近平|李克强|李强))
    (?:还|也|同时|最后|进一步)?(?:强调|指出|要求|表示|认为|提出|希望|号召)|(?:并)?(?:强调|指出|要求)(?=要|[，,：:]))[，,：:]?""",
    re.X,
)
_OFF: Final = re.compile(
    r"""(?<![为除受])了(?![解结然如])|有利于|事关|意味着|由于|因为|尽管|虽然|得益于|越来越|已经|取得了|看到|清醒认识到|[具富]有[^，,]{0,20}(?:意义|作用)
    |^(?:这(?!些|个)|那|如果|一旦|只要|越是[^，,要]*$|无论|不论|但|但是|然而)|作出了""",
    re.X,
)
_DESCRIBES: Final = re.compile(
    r"关系[到着]?[\u4e00-\u9fff]{3,}|表明|说明|越来越|已(?=[\u4e00-\u9fff]{2})|仍然|依然|存在[^的]{0,20}$|面临|正在"
)
_COPULA: Final = re.compile(r"(?<![于还但只特尤就凡总可都要若越的正或])是(?![否非谁])(?!以)")
_PREDICATES: Final = re.compile(r"(?:也|既|都|就)?是(?!否)|对[^，,]+(?:意义|作用)$|事关|有利于|有助于|任务很|时间很")
_SUBJECTLESS: Final = re.compile(r"是|[^，,]{1,6}了")
_DUTY: Final = re.compile(r"是[^，,。；]{0,8}(?:必须|应当|需要|应该)[^，,。；]{0,24}(?:责任|任务|课题|使命|要求|担当|问题)")
_MUST_OF: Final = re.compile(r"(?<!特别)(?<!尤其)是[^，,]{0,6}$")
_JOINS: Final = re.compile(r"要?(?:紧紧|紧密|始终|继续)?(?:按照|依照|依据|根据|遵循|围绕|紧扣|针对|聚焦|着眼于?|面向|本着|瞄准|锚定|对照|面对|适应|顺应)")
_ACCORDING: Final = re.compile(
    r"要?(?:继续|始终|严格)?(?:按照|依照|依据|根据|针对|通过)[^，,]*(?:要求|部署|原则|精神|规定|思路|方针|规律|标准|安排|布局|定位|目标|计划|路线|规划|方案|特点|需求|职责|分工|方向|意见|指示|任务"
    r"|问题|情况|实际|工作|改革|努力|合作|机制|制度|政策|渠道|平台)$"
)
_BY_RULE: Final = re.compile(r"要?(?:按照|依照|依据|根据|针对)")
_PREPOSITION: Final = re.compile(r"要?(?:进一步|积极|充分)?(?:对于?|通过|在|经|当|从|就)(?!对|策|接|标|位|外)")
_NO_PREDICATE: Final = re.compile(
    r"[^，,]*(?:问题|方面|等|基础上|前提下|条件下|背景下|形势下|领导下|的?同时|过程中|进程中|之中|[^以]上|时|措施|方式|手段|途径|举措|渠道|形式|办法|领域|情况下|内|高度|角度)$"
)
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十]{1,2}|其[一二三四五六七八九]")
_TOWARDS: Final = re.compile(r"对[^，,]+(?:问题|行为|现象)$")
_DUE: Final = re.compile(r"(?:力争|争取)?到(?:(?:19|20)\d\d年|“[一二三四五六七八九十]+五”)")
_CIRCUMSTANCE: Final = re.compile(r"要?(?:在|从|当)[^，,]*?(?:过程中|进程中|基础上|同时|方面|[中上下])")
_SAID_OF: Final = re.compile(r"坚持|贯彻|落实|遵循|秉持")
_ENDS_OPEN: Final = re.compile(r"等$")
_PLACE: Final = re.compile(r"(?:把|将|以|让|使|令|为|向|用|由|与|同|同|靠|按|跟|给|不|多|既|再|既要|也要)")
_ITEM: Final = re.compile(r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，,、])")
_DEMANDS: Final = re.compile(r"(?<![重主需首只纲概简必紧])要(?![求素点件害])|必须")
_DECIDES: Final = ("决定", "确定", "部署", "明确", "要求")
_PROCEDURE: Final = re.compile(r"出席|列席|参加(?:会议|座谈会|研讨班|活动|考察|会见)|主持(?:会议|召开)|审议通过|听取了|宣读|作了?(?:汇报|发言|说明)|先后发言|陪同")
_ANNOUNCES: Final = re.compile(r"^为[^，,。]+(?:提供|打下|奠定|创造|凝聚|注入|贡献)|强起来|紧迫感|责任感|自觉性|坚定性")
_SAFEGUARD: Final = re.compile(
    r"党的(?:全面)?(?:集中统一)?领导|党中央(?:权威和)?集中统一领导|组织领导|坚强(?:政治|组织|有力)?(?:的)?(?:保证|保障)|政策保障|资金保障|财政扶贫投入|金融扶贫|组织保障|保障措施|"
    r"考核|督查|督导|问责|责任担当|干部能力|人才支撑|推进机制|工作机制|责任制|政府自身建设|全面从严治党|党的建设"
)
_VISION: Final = re.compile(r"(?:打赢|打好)[^，]{0,12}(?:攻坚战|阻击战|保卫战)|新篇章|新局面|新格局$|伟大复兴|中国梦|现代化强国|奋斗目标")
_THEME: Final = re.compile(r"(?:围绕|就|研究|部署|总结|安排)([^，,。；]{8,40}?)(?:进行|作出|工作|问题|$|[，,。；])")
_CLOSERS: Final = "，,。；;：:！？!? 　"
_QUOTES: Final = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comma clauses, those inside one pair of brackets or quotation marks put together again."""
    out: list[tuple[int, int]] = []
    for a, b in structure.clauses(text, start, end):
        if out:
            before = text[out[-1][0] : out[-1][1]]
            if any(before.count(o) > before.count(c) for o, c in _QUOTES):
                out[-1] = (out[-1][0], b)
                continue
        out.append((a, b))
    return out


def strip_lead(text: str, start: int, end: int) -> int:
    """Where a clause begins without connectives, ordinals, reporting frames and the time by which it is due.

    >>> s = "同时到2025年力争建成体系"
    >>> s[strip_lead(s, 0, len(s)):]
    '力争建成体系'
    """
    while True:
        m = _LEAD.match(text, start, end) or _WHEN.match(text, start, end)
        if m is None or m.end() == start or m.end() >= end:
            return start
        start = m.end()


def _role(text: str, start: int, end: int) -> tuple[str, int, int]:
    """What one clause does, and its span without what stands before the directive."""
    m = _FRAMING.match(text, start, end)
    if m and m.end() >= end:
        return "frame", start, end
    if m and text[m.end()] in "要，,：:":
        start = m.end()
    if _WHEN.fullmatch(text, start, end) or _ORDINAL.fullmatch(text, start, end):
        return "when", start, end
    start = strip_lead(text, start, end)
    clause = text[start:end]
    modal = _MODAL.search(text, start, end)
    if modal and modal.group() == "要" and text[modal.end() : modal.end() + 2] == "看到":
        return "off", start, end
    if modal and _MUST_OF.search(text, start, modal.start()):
        modal = None
    if modal and modal.start() > start and _OFF.search(before := text[start : modal.start()]) and not before.startswith("越是"):
        modal = None
    if modal and modal.start() > start and _SAID_OF.match(text, start, modal.start()) and "、" in text[modal.end() : end]:
        modal = None  # 坚持A要稳、B要准: said of the principle, not of us
    if modal and modal.group("yao"):
        inner = verb_at(text, start, modal.start()) if modal.start() - start >= 2 else None
        if inner is None or modal.start() - start <= 40:
            joined = _JOINS.match(text, modal.start(), end) and _bare_join(text, modal.start(), end)
            joined = joined or _only_circumstance(text, modal.start(), end)
            return ("modal-join" if joined else "modal"), modal.start(), end
    if modal:
        return ("modal-join" if _only_circumstance(text, modal.end(), end) else "modal"), start, end
    verb = verb_at(text, start, end)
    if _OFF.search(clause):
        return "off", start, end
    if _JOINS.match(text, start, end) and _bare_join(text, start, end):
        return "join", start, end
    if _ACCORDING.match(clause):
        return "join", start, end
    if verb is None and _DESCRIBES.search(clause):
        return "off", start, end
    if _TOWARDS.search(clause) or _only_circumstance(text, start, end):
        return "join", start, end
    if verb is not None or _PLACE.match(text, start, end):
        return ("join" if _ENDS_OPEN.search(clause) and "立足" in clause else "bare"), start, end
    if _COPULA.search(clause):
        return "off", start, end
    return "other", start, end


def _only_circumstance(text: str, start: int, end: int) -> bool:
    """在…基础上, 通过…方式: no predicate of its own, so it belongs to the next clause."""
    if not _PREPOSITION.match(text, start, end) or not _NO_PREDICATE.fullmatch(text, start, end):
        return False
    inner = _CIRCUMSTANCE.match(text, start, end)
    return not (inner and inner.end() < end and verb_at(text, inner.end(), end) is not None)


def _bare_join(text: str, start: int, end: int) -> bool:
    """围绕…任务, by itself an adverbial; 围绕…开展工作 is a whole clause, and 要紧扣… is a demand."""
    if _ACCORDING.match(text[start:end]):
        return True
    if _BY_RULE.match(text, start, end):
        return False
    if text.startswith("要紧扣", start):
        return False
    return not re.search(r"(?:开展|推进|做好|抓好|抓|制定|展开|加强|落实|推动|进行|部署|提出|发力|服务)[^的]{0,14}$", text[start + 2 : end])


def _clauses(text: str, sentence: Sentence, begin: int) -> Iterator[Clause]:
    part, last = 0, begin
    for a, b in _pieces(text, begin, sentence.end):
        part += sum(c in "；;" for c in text[last:a])
        last = b
        role, start, end = _role(text, a, b)
        yield Clause(start, end, role, part, bool(_ITEM.match(text, a, b)))


_IN_ORDER_TO: Final = re.compile(r"要[^，,。；]*[，,](?:我们)?(?:就)?必须")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive clause of a sentence, before the tree: its span, its ； part, whether a modal opens it."""

    start: int
    end: int
    part: int
    modal: bool
    item: bool  # 一是…: a numbered item begins here
    last: int  # where its last comma clause begins: a list is looked for there


def directives_of(
    text: str, sentence: Sentence, begin: int, governed: bool, demanded: bool = False
) -> list[Directive]:
    """The directive clauses of one sentence. `governed`: a 要 of an earlier sentence, or a plan, governs bare verb phrases here."""
    clauses = list(_clauses(text, sentence, begin))
    out: list[Directive] = []
    first = next((i for i, c in enumerate(clauses) if c.role.startswith("modal")), None)
    active = False
    if governed and clauses:
        i = next((i for i, c in enumerate(clauses) if c.role not in ("when", "frame", "join")), len(clauses))
        active = i < len(clauses) and clauses[i].role == "bare" and (first is None or first - i >= 2)
    if first is None and any(
        _PREDICATES.match(text, c.start, c.end) and not _DUTY.match(text, c.start, c.end) for c in clauses[1:]
    ):
        return []  # the verb phrases are the subject: 发展…, 让…, 是…的大事
    if demanded and _DUE.match(text, begin, sentence.end):
        active = True  # 会议要求, 到2020年…: what is due is to be done
    lead: int | None = None
    for i, c in enumerate(clauses):
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if c.role.startswith("modal"):
            active = True
        elif following and _is_duty(text, c, following) and c.role in ("bare", "other"):
            out.append(Directive(c.start, c.end, c.part, True, False, c.start))
            active, lead = False, None
            continue
        elif following and _content_of(text, c, following):
            active = True
        elif c.role == "off":
            active, lead = False, None
            if out and i and clauses[i - 1].role == "other" and out[-1].start == clauses[i - 1].start and _SUBJECTLESS.match(
                text, c.start, c.end
            ):
                out.pop()  # it was the subject of this description
            continue
        if not active and c.role == "join" and i == 0 and following and following.role == "bare" and (first is None):
            active = text[c.start : c.start + 2] in ("聚焦", "围绕", "紧扣", "锚定")
        if not active or c.role in ("when", "frame"):
            continue
        if c.role in ("join", "modal-join") and following and following.part == c.part:
            if not (following.role == "modal" and text[following.start] == "要") and following.role not in ("off", "when"):
                lead = c.start if lead is None else lead
                continue
        if c.role == "join" and following and following.role == "modal" and following.part == c.part:
            continue  # a topic: 对…问题, 要…
        if following and following.role == "modal" and c.role == "modal" and _IN_ORDER_TO.match(text, c.start, following.end):
            continue  # 要想…, 必须…
        start = c.start if lead is None else lead
        out.append(Directive(start, c.end, c.part, c.role.startswith("modal"), c.item, c.start))
        lead = None
    return out


def _is_duty(text: str, clause: Clause, following: Clause) -> bool:
    """VP, 是我们必须…的责任: the verb phrase is what must be done."""
    return bool(_DUTY.match(text, following.start, following.end)) and verb_at(text, clause.start, clause.end) is not None


_CONTENT: Final = re.compile(r"(?:最重要|最关键|最根本|根本|关键|重点|首要|核心)的?(?:任务)?(?:就)?(?:是|在于)(?=要|把|坚持|抓|加强|做)")


def _content_of(text: str, clause: Clause, following: Clause) -> bool:
    """VP, 最重要的是把…: the topic is itself what is to be done, and what follows says how."""
    between = text[clause.end : following.end]
    return clause.role == "bare" and bool(_CONTENT.match(between.lstrip(_CLOSERS)))


def _begin(document: Document, s: Sentence) -> int:
    frame = structure.frame_at(document.text, s.start, s.end)
    return frame[1] if frame else s.start


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
            plan = kind in ("plan", "heading")
            begin = _begin(self.document, s)
            numbered = bool(_ITEM.match(self.text, begin, s.end))
            found = []
            if self._speaks(kind, s):
                listing = numbered and self._has_modal(n, group)
                frame = self.document.sections[s.section].frame or ""
                listing = listing or numbered and frame.endswith(_DECIDES)
                found = directives_of(self.text, s, begin, governed or plan or listing, not frame.endswith(("指出", "认为")))
            governed = bool(found)
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
            opened = True
        return self._under_aim()

    def _speaks(self, kind: str, s: Sentence) -> bool:
        """Conference news directs where someone is reported, other texts wherever they do not look back."""
        if kind == "frame":
            return True
        if not self.framed or self._report:
            return kind in ("plan", "heading")
        return kind == "narrative" and not _PROCEDURE.search(self.text, s.start, s.end)

    @property
    def _report(self) -> bool:
        return any(s.kind == "plan" for s in self.document.sections)

    def _has_modal(self, n: int, group: tuple[int, int] | None) -> bool:
        """Whether anything is demanded in the paragraph: a numbered list of a review demands nothing."""
        rows = self.document.sentences
        while n and (rows[n - 1].paragraph, rows[n - 1].section) == group:
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
        return len(later) >= 2 and sum(later) / len(later) >= 3

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
        """The sentence of the overall requirement: under the aim stand its requirements, its vision, its dated targets, each run a group."""
        runs: list[tuple[str, list[Directive]]] = []
        due = False
        for d in found:
            before = self.text[self._clause_start(d.start, s.start) : d.start]
            due = due or bool(_DUE.search(before))
            kind = "target" if due else "vision" if _VISION.search(self.text[d.start : d.end]) else "measure"
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
        while position > floor and self.text[position - 1] not in _CLOSERS:
            position -= 1
        return position

    def _part(self, place: int, found: list[Directive]) -> int:
        return next(d.part for d in found if d.start == self.nodes[place].start)

    def _members(self, d: Directive, place: int, kind: str, section: int) -> None:
        start = d.last + (self.text[d.last] == "要")
        if modal := _MODAL.search(self.text, d.last, d.end) if d.modal else None:
            start = max(start, modal.end())
        for a, b in members(self.text, start, d.end):
            self._add(a, b, place, kind if kind != "task" else "measure", section, "member")

    def _kind(self, d: Directive, head: bool, safe: bool, frame: str) -> str:
        clause = self.text[d.start : d.end]
        if head:
            return "safeguard" if safe or _SAFEGUARD.search(clause) else "task"
        if _VISION.search(clause):
            return "vision"
        if frame == "frame" and self._result(d):
            return "target"
        return "safeguard" if _SAFEGUARD.search(clause) else "measure"

    def _result(self, d: Directive) -> bool:
        """A clause that names what comes out (形成…, 打造…新格局), not what is done."""
        verb = after_adverbs(self.text, d.last, d.end)
        end = verb_at(self.text, d.last, d.end)
        return end is not None and self.text[verb:end] in self.results

    # ------------------------------------------------------------ the aim of a conference on one theme

    def _aim(self, s: Sentence, begin: int, found: list[Directive]) -> int | None:
        """A conference that was called on one theme names it again before the first 要 of its overall requirement."""
        if self.aim is not None or not self.framed:
            return None
        pieces = _pieces(self.text, begin, found[0].start)
        if len(pieces) != 1:
            return None
        start, end = pieces[0]
        topic = self.text[start:end]
        lead = "".join(self.text[x.start : x.end] for x in self.document.sections if x.kind in ("lead", "title"))
        if any(topic == m.group(1).strip() for m in _THEME.finditer(lead)) or (len(topic) >= 8 and f"围绕{topic}" in lead):
            self.aim = self._add(start, end, None, "vision", s.section, "aim")
            return self.aim
        return None

    def _under_aim(self) -> list[Node]:
        if self.aim is None:
            return self.nodes
        return [
            replace(n, parent=self.aim) if n.parent is None and i != self.aim else n for i, n in enumerate(self.nodes)
        ]
