"""Whether a stretch of text speaks of what was done or of what is to be done."""

import re
from typing import Final, Literal

from helpers import prospects
from helpers.document import Document
from helpers.frames import either

# directed: inside a passage that a meeting decided or that has said 要; past only where a sign of the past says so
# told: in narrated news, past unless a word of intent or a year ahead says otherwise
Mode = Literal["past", "plan", "open", "directed", "title", "told"]

# These patterns are searched for in every sentence. Each way begins with a literal, and what must not stand before it
# is looked at behind it: `re` then skips to the characters that one can begin with.
_PAST: Final = re.compile(
    r"""了(?![解望然得不如]) | 已(?!知) | 曾[经任]?
      | 去年(?<![比较上于同与和从由以]去年) | 上年(?<![比较上于同与和从由以]上年)
      | 前年(?<![比较上于同与和从由以]前年) | 过去(?<![比较上于同与和从由以]过去)
      | 我[国省市区县州](?:现|共)?有 | 全[国省市区县州](?:现|共)?有
      | 现有(?=[\d一二三四五六七八九近超约]) | 共有(?=[\d一二三四五六七八九近超约])
      | 同期(?<=年同期) | 以来 | 目前 | 现有 | 当前 | 截至 | 截止 | 取得 | 历史性 | 来之不易
      | 着(?=[近约超]?[数几上\d一二两三四五六七八九十百千])""",
    re.X,
)
_DONE: Final = re.compile(
    r"[应实]到(?=代表|委员|会)|同比|累计|共(?<!要共)(?<!再共)(?:有|完成|实施)|获(?:得|评)|荣获|超额完成|位居|名列|居全|创历史|全部完成|完成[^，。；]{0,16}?(?:目标|任务|计划|预算)(?:任务|数)?(?:[（(][^）)]{1,16}[）)]|[\d.]+[万亿]*[元人个户])?的"
)
# 其中,有16项涉及…, 117项涉及…: state what is
_EXISTS: Final = re.compile(
    r"""有(?=[近约超过]*[\d一二两三四五六七八九十百数])
      | [\d一二两三四五六七八九十百千万]{1,9}[项个家名人户件](?:涉及|属于|来自|占|是)""",
    re.X,
)
_STRONG: Final = r"""
    要(?<![需只重主纲简概摘首]要)(?![求素点领闻员职件地道害塞]) | 将(?![军士领帅]) | 力争 | 争取
  | 确保(?<!为确保)(?<!为了确保) | 计划(?!单列)
  | 拟(?!定) | 预期 | 预计 | 必须 | 应当?(?![用急对有收变邀到]) | 可(?=申请|享受|按|适当|获得|以按|降至) | 给予 | 予以
  | 今后 | 未来 | 明年 | 下一步 | 到(?:20|二) | 年底[以之]?前 | (?:目标|任务)[是为] | 再(?!次)
"""
_WILL: Final = re.compile(_STRONG, re.X)
_FUTURE: Final = re.compile(
    _STRONG + "|目标|加快(?!了)|推动|推进|加大|坚持|完善|加强|研究|进一步|继续|实现(?!了)|抓好", re.X
)
# Inside a review these turn to what is ahead, and inside a plan those turn back.
_AHEAD: Final = re.compile(
    r"""”?时期[^。，]{0,20}(?:主要目标|目标任务|奋斗目标|指导思想|总体要求|发展思路|总体目标)
      | 今后(?:五|5|一个|几|三|3) | 未来(?:五|5|三|3|一个)
      | 下一步 | (?:主要|总体|奋斗|预期|发展)目标是?[：:] | 做好[^。，]{0,12}今年[^。，]{0,6}工作
      | 今年[^。，]{0,12}(?:总体要求|主要任务|工作安排|总体思路)""",
    re.X,
)
# 主要预期目标是：, 提出指标体系安排，具体为：, 办好12件实事：
GOALS: Final = re.compile(
    r"(?:目标|指标|实事|(?:重点|目标)任务)(?:任务|体系|项目)?(?:安排)?(?:主要)?[，,]?(?:具体)?(?:是|为|有|如下|包括)?[：:]"
)
_AHEAD_SIGN: Final = re.compile("时期|今后|未来|下一步|目标|做好|今年")  # what each of these has
_BACK: Final = re.compile(
    r"[^，。]{0,8}?(?:刚刚)?过去(?:的)?(?:[一五两三1-9]|几)|回顾|(?:一|五|5|两|三)年来|”?时期[，,]?是[^。]{0,30}的[五5]年"
)
# 一、发展基础: a part of a plan that looks back; 夯实基础 is none.
_BASE: Final = re.compile(
    r"(?<!夯实)(?<!筑牢)(?<!强化)(?<!打牢)(?<!巩固)(?:发展|工作|现实)?(?:基础|现状|形势|成就|成效|背景|回顾)(?:[和与及、][^，。]{2,8})?$"
)
_PLANNING: Final = re.compile(
    r"(?:计划|方案|规划|措施|政策|意见|要点|纲要|规定|办法|实事)(?:项目|清单)?(?:[（(].{0,20}[)）])?[》”]?(?:的通知)?$"
)
_HEADING: Final = 24  # a longer heading directs
_OURS: Final = re.compile(r"[我全][国省市区县州]")  # 我省面积占…: a description amid directives, which have no subject
_DECIDED: Final = re.compile(r"会议(?:还)?(?:决定|确定|要求|强调|提出|部署|明确)")
_NOTED: Final = re.compile(r"会议(?:指出|认为)|(?:总书记|主席|总理)?(?:指出|认为)")
_NO_SIGN: Final = "no sign of the future"
_BYLINE: Final = re.compile("本报|本台|新华社|记者")
_BODY: Final = re.compile(f"《|{either('documents_speaking', 'meetings')}")  # what these say, they set
_PLAN: Final = re.compile("规划|纲要|方案|计划|意见|通知|决定|办法|行动")  # a paper that sets what is to be done
_DUE_YEAR: Final = re.compile("到(?:20|二)")
# where news leaves the plan that it reports
_ANOTHER: Final = re.compile("据|记者|截[至止]|目前|此前|去年|近年|今年以来|会上|当天")
_LISTS: Final = re.compile("目标|计划|力争|会议")  # what they hold out may be a list divided by ；
_MARK: Final = re.compile("[，,；;：:。！？!?]")
_TAKES: Final = re.compile("(?:就|才|便|总|也|还)?(?:得|需|就是|有|没有)")  # 要办成这件事，得付出…
_PARTS: Final = re.compile("[；;]")
_COLON: Final = re.compile("[：:]")
_IN_YEAR: Final = re.compile(r"((?:19|20)\d\d)年(?<![比较]....年)")
_BEFORE: Final = re.compile("去年|上年|前年|以来")
_BRIEF: Final = 12  # characters of a clause that says when: 去年年底，内阁决定…; 1997年初，县里提出…
_AS_OF: Final = re.compile(rf"截[至止][^，,。；]{{1,{_BRIEF}}}[，,]$")  # 截至6月底，…: as things stand
_SET_OUT: Final = re.compile("(?:提出|制定|制订|确定|作出|做出|定下|发出|公布|宣布)了")
_DIRECTS: Final = re.compile(r"要求|强调|决定|部署|提出|号召|希望|明确")


def intends(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` has a word of what is to come: 要, 将, 力争, 到2025; 预计, 预期 may be of what was.

    >>> intends("增长7%,今年力争", 0, 9), intends("预计增长7%", 0, 6)
    (True, False)
    """
    return any(m.group() not in ("预计", "预期") for m in _WILL.finditer(text, start, end))


def modes(document: Document) -> list[Mode]:
    """For each sentence what its section and the turns inside it (今后五年, 回顾过去) lead one to expect.

    >>> from helpers.document import from_text
    >>> d = from_text("政府工作报告\\n一、去年工作回顾\\n生产总值增长8%。\\n二、今年工作安排\\n生产总值增长7%。")
    >>> modes(d)
    ['title', 'past', 'past', 'plan', 'plan']
    """
    expected = _expected(document)
    out: list[Mode] = []
    section, paragraph, mode, base = -1, -1, "open", 0
    items: int | None = None  # the level of the items of a list of goals that begins on a new line
    announced = False  # the sentence before ends in 主要目标为：
    reported = False  # news goes on with what a plan says (《规划》指出，到2025年…), and names no other source
    for s in document.sentences:
        kind = document.sections[s.section].kind
        text = document.text[s.start : s.end]
        if s.paragraph != paragraph:
            items = (s.level or 0) if announced else items if items and s.level == items else None
            reported = reported and kind == "narrative" and not _ANOTHER.match(text) and not _PAST.search(text)
        first = "directed" if reported and expected[s.section] == "told" else expected[s.section]
        if s.section != section:
            section, mode, base = s.section, first, 0
        elif s.paragraph != paragraph and kind != "review":  # a look back lasts for its paragraph
            mode = "past" if base else first
        paragraph = s.paragraph
        goals = None if kind == "review" else GOALS.search(text)
        goals = None if goals and _tells(text[: goals.start()]) else goals
        announced = goals is not None and goals.end() == len(text)
        if s.level is not None and kind in ("plan", "heading"):
            if base == 0 and len(text) <= _HEADING and _BASE.search(text):
                mode, base = "past", s.level
            elif s.level <= base:
                mode, base = "plan", 0
        if mode == "past" and _AHEAD_SIGN.search(text) and _AHEAD.search(text) and not _PAST.search(text):
            mode = "plan"
        elif mode == "plan" and _BACK.match(text):
            mode = "past"
        elif mode in ("open", "directed") and _NOTED.match(text):
            mode = "open"
        if mode == "open" and _DECIDED.search(text):
            mode = "directed"
        if goals and mode != "past":
            mode = "plan"  # to the end of the paragraph
        frame = document.sections[s.section].frame
        reported = reported or bool(frame and _PLAN.search(frame) and _DUE_YEAR.search(text))
        if items is not None:
            out.append("plan")
            continue
        describes = mode == "directed" and not _WILL.search(text) and (_OURS.match(text) or _DONE.search(text))
        out.append("open" if describes else mode)  # type: ignore[arg-type]
        if (
            mode == "open" and kind != "lead" and _WILL.search(text)
        ):  # what follows 要 in a paragraph is to be done, too
            mode = "directed"
    return out


def _tells(text: str) -> bool:
    """Whether a stretch tells what was; that goals were set (提出了) is no such thing."""
    return bool(_PAST.search(text)) and not _SET_OUT.search(text)


def _expected(document: Document) -> list[Mode]:
    """For each section the mode in which its paragraphs begin."""
    by_kind: dict[str, Mode] = {"review": "past", "plan": "plan", "heading": "plan", "title": "title"}
    planned = _PLANNING.search(document.title or "")  # a plan without headings that say so
    if document.kind == "news" and (document.dateline or (not planned and _headed(document))):
        by_kind |= {"lead": "told", "narrative": "told", "frame": "told"}
    elif planned:
        by_kind |= {"lead": "directed", "narrative": "directed"}
    return ["open" if s.frame and _BODY.search(s.frame) else by_kind.get(s.kind, "open") for s in document.sections]


def _headed(document: Document) -> bool:
    """Whether a headline or a byline stands over a text; a stretch with neither may be from anything."""
    first = document.paragraphs[0] if document.paragraphs else None
    return bool(first and (first.kind == "title" or _BYLINE.search(document.text, first.start, first.end)))


def speaks(
    text: str,
    start: int,
    clause: tuple[int, int],
    mode: Mode,
    frame: str | None,
    *,
    lead: bool = False,
    year: int | None = None,
) -> tuple[str, str]:
    """`past` or `plan` for a clause of the sentence that starts at `start`, and the word or the frame that decided it.

    In the lead of a news report (`lead`) only a modal verb speaks of the future: 研究加强防控 is what a meeting did.

    >>> s = "会议要求,到2025年解决贫困人口饮水问题,目前已完成三成。"
    >>> speaks(s, 0, (5, 20), "open", "会议要求"), speaks(s, 0, (21, 28), "open", "会议要求")
    (('plan', '到20'), ('past', '目前'))
    """
    own, future = text[clause[0] : clause[1]], _WILL if lead else _FUTURE
    if m := _AS_OF.search(text, max(start, clause[0] - _BRIEF - 2), clause[0]):
        return "past", m.group()[:2]
    if mode == "title":
        return "past", "title"
    if mode == "past":
        return "past", "review"
    if (m := _PAST.search(own)) and (mode != "plan" or not future.search(own[: m.start()])):
        return "past", m.group()
    if mode == "plan":
        return "plan", "section"
    if mode == "told":
        when, why = _told(text, start, clause, year)
        asked = why == _NO_SIGN and frame and _DIRECTS.search(frame)
        return ("plan", frame) if asked and frame else (when, why)
    if _EXISTS.match(own):
        return "past", "there is"
    if m := _done(text, start, clause):
        return "past", m.group()
    if m := future.search(own):
        return "plan", m.group()
    before = text[start : clause[0]]
    pairs = (("past", _PAST), ("plan", _WILL))
    cues = [(m.start(), when, m.group()) for when, pattern in pairs for m in pattern.finditer(before)]
    if cues:
        return max(cues)[1:]
    if m := future.search(before):
        return "plan", m.group()
    if mode == "directed":
        return "plan", "passage that directs"
    return ("plan", frame) if frame and _DIRECTS.search(frame) else ("past", _NO_SIGN)


def _done(text: str, start: int, clause: tuple[int, int]) -> re.Match[str] | None:
    """The word that says that something is done; 累计 and 完成…的 are of what is to come behind a word of it:
    到2027年累计建成.
    """
    m = _DONE.search(text, *clause)
    return None if m and m.group()[:2] in ("累计", "完成") and _WILL.search(text, start, m.start()) else m


def _told(text: str, start: int, clause: tuple[int, int], year: int | None) -> tuple[str, str]:
    """`plan` for a clause of narrated news that intends, or goes on from a clause of its sentence that does."""
    own = text[clause[0] : clause[1]]
    if m := _EXISTS.match(own) or _done(text, start, clause):
        return "past", m.group()
    held = [s for s in prospects.signs(text, start, clause[1], year) if not _looks_back(text, start, s.start, year)]
    if (m := _DECIDED.search(text, start, clause[0])) and not _PAST.search(text, start, m.start()):
        held.append(prospects.Sign(m.start(), m.group(), True))
    if not held:
        return "past", _NO_SIGN
    sign = max((s for s in held if s.firm), default=max(held))
    if not sign.firm and prospects.foreseen(text, start, clause[1]):
        return "past", "foreseen"
    last = max(held).start
    if last < clause[0]:
        if any(m.start() > last for m in _PAST.finditer(text, last, clause[0])):
            return "past", "told after it"
        if sign.word == "要" and _TAKES.match(own):
            return "past", "what it takes"
        part = None if _LISTS.match(sign.word) else _PARTS.search(text, last, clause[0])
        if part and not _COLON.search(text, last, part.start()):  # 到2027年形成格局：A；B；C is one matter
            return "past", "another matter"
    return "plan", sign.word


def _looks_back(text: str, start: int, at: int, year: int | None) -> bool:
    """Whether the clause of a sign tells what was before it: 实现了提速目标：, 从1990年起争取资金."""
    ends = [start, *(m.end() for m in _MARK.finditer(text, start, at))]
    own = ends[-1]
    if len(ends) > 1 and own - ends[-2] <= _BRIEF:
        own = ends[-2]
    if any(year and int(m[1]) < year for m in _IN_YEAR.finditer(text, own, at)):
        return True
    if _BEFORE.search(text, own, ends[-1]):
        return True
    return _tells(text[ends[-1] : at])
