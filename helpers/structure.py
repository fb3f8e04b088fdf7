"""How a policy text is built: headings and their level, paragraphs, sentences, clauses, reporting frames, sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_NUMERAL: Final = "[一二三四五六七八九十百]+"
_HEADING: Final = (
    (1, re.compile(rf"第{_NUMERAL}[编篇章部](?:分)?|{_NUMERAL}、")),
    (2, re.compile(rf"第{_NUMERAL}节|[（(]{_NUMERAL}[)）]")),
    (3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[（(]\d{1,2}[)）]|[①-⑳]")),
)
_CLOSED: Final = tuple("。！？!?；;：:…”’」』）)》】")
_OPENS: Final = tuple("，,、；;：:。！？)）》”’」』】")  # what no paragraph can begin with
_CLAUSE_MARK: Final = re.compile(r"[，,、；;。]")
_DATELINE: Final = re.compile(
    r"本报讯|本报[^，。]{1,12}(?:讯|电)|(?:新华社|中新社)[^，。]{0,20}电|[^，。]{2,10}(?:消息|讯)[（(：:]|各位代表"
)
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|$|(?=\n))")
_CLAUSE: Final = re.compile(r"[^，,；;：:。！？!?\n]+")
_FRAME: Final = re.compile(
    r"""(?P<speaker>会议|全会|大会|他|她|[\u4e00-\u9fff]{2,4}?(?:总书记|总理|主席|书记|省长|同志)?)
        (?P<about>就[^，,。；]{2,30}进行[^，,。；]{0,8}(?:部署|安排)[，,])?
        (?P<verb>(?:强调)?(?:指出|强调|要求|认为|提出|决定|号召|表示|听取|审议|明确|部署|希望)(?:指出|强调)?)(?:[，,：:]|(?=要))""",
    re.X,
)
_REVIEW: Final = re.compile(r"回顾|过去[一五两]?|成就|工作总结|所做的|以来的?(?:工作|发展)|完成情况|主要成绩|工作情况")
_PLAN: Final = re.compile(r"目标|任务|安排|部署|总体要求|建议|今年|展望|取向|思路|措施|规划|打算|重点工作|要求")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind`: title · headline (further lines above the body) · heading · item (opens with a numbered heading) · body."""

    id: int
    start: int
    end: int
    kind: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one reporting frame or one first-level heading.

    `kind`: title · lead · frame · review · plan · heading · narrative. `frame` is the reporting clause (会议强调), if any.
    """

    id: int
    kind: str
    frame: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Up to its 。！？ with the closing quotation marks; a heading is one sentence and keeps its `level`."""

    id: int
    section: int
    paragraph: int
    start: int
    end: int
    level: int | None = None


def heading_level(line: str) -> int | None:
    """Level of the number that a line opens with: 一、 and 第一章 1, （一） and 第一节 2, 1. 3, （1） 4; without one, None.

    >>> [heading_level(s) for s in ("一、总体要求", "（二）主要目标", "3.强化保障", "一是加强领导", "2.5万亿元")]
    [1, 2, 3, None, None]
    """
    return next((level for level, pattern in _HEADING if pattern.match(line)), None)


def body_starts(lines: Sequence[str]) -> int:
    """Index of the first line of running text; the lines above it are the title and its companions."""
    for i, line in enumerate(lines):
        if _DATELINE.match(line) or "。" in line[:-1] or (line.endswith("。") and len(line) > 20) or heading_level(line):
            return i
    return len(lines)


def runs_on(above: str, below: str) -> bool:
    """Whether a sentence of running text goes on from one line to the next.

    >>> runs_on("要把握大势,把乡村振兴这篇大", "文章做优,前进。"), runs_on("一、总体要求", "坚持稳中求进。")
    (True, False)
    """
    if not above or not below:
        return False
    if below.startswith(_OPENS) or above.endswith(("，", ",", "、", "（", "(", "《", "“")):
        return True
    if above.endswith(_CLOSED) or heading_level(below) is not None:
        return False
    return len(above) > 20 and bool(_CLAUSE_MARK.search(above)) and not _is_heading(above)


def _is_heading(line: str) -> bool:
    """A whole line that is a heading: numbered, short, no sentence in it."""
    return heading_level(line) is not None and len(line) <= 60 and not re.search(r"[。！？；;](?!$)", line)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a repaired text, each with its kind."""
    lines = text.split("\n")
    body = body_starts(lines)
    out, at = [], 0
    for i, line in enumerate(lines):
        level = heading_level(line)
        if i < body:
            kind = "headline" if out else "title"
        elif level is not None and _is_heading(line) and not line.endswith("。"):
            kind = "heading"
        else:
            kind = "body" if level is None else "item"
        if line:
            out.append(Paragraph(len(out), at, at + len(line), kind, level))
        at += len(line) + 1
    return tuple(out)


def frame_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The reporting frame that `text[start:end]` opens with, and where what is reported begins.

    >>> s = "会议强调,要坚定不移贯彻新发展理念。"
    >>> frame_at(s, 0, len(s))
    ('会议强调', 5)
    """
    m = _FRAME.match(text, start, end)
    return (m.group().rstrip("，,：:"), m.end()) if m else None


def _split(text: str, p: Paragraph) -> Iterator[tuple[int, int]]:
    if p.kind in ("title", "headline", "heading"):
        yield p.start, p.end
        return
    for m in _SENTENCE.finditer(text, p.start, p.end):
        start = m.start() + len(m.group()) - len(m.group().lstrip())
        if m.end() > start:
            yield start, m.end()


def sections_and_sentences(text: str, parts: Sequence[Paragraph]) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Sentences, and the sections that reporting frames and first-level headings cut the text into."""
    sections: list[Section] = []
    sentences: list[Sentence] = []
    kind, frame, opened = "title", None, -1
    for p in parts:
        title = p.kind in ("title", "headline")
        for n, (start, end) in enumerate(_split(text, p)):
            found = None if title else frame_at(text, start, end)
            heading = p.level == 1 and n == 0
            new = True
            if title:
                new = opened < 0
            elif found:
                kind, frame = "frame", found[0]
            elif heading:
                line = text[start:end]
                kind, frame = ("review" if _REVIEW.search(line) else "plan" if _PLAN.search(line) else "heading"), None
            elif n == 0 and kind in ("title", "frame", "lead", "narrative"):
                kind, frame = "lead" if kind == "title" else "narrative", None
            else:
                new = False
            if new:
                opened = start
                sections.append(Section(len(sections), kind, frame, start, end))
            else:
                s = sections[-1]
                sections[-1] = Section(s.id, s.kind, s.frame, s.start, end)
            level = p.level if n == 0 and (p.kind == "heading" or p.kind == "item") else None
            sentences.append(Sentence(len(sentences), len(sections) - 1, p.id, start, end, level))
    return tuple(sections), tuple(sentences)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between ， ； ： 。 of `text[start:end]`, blanks at their edges left out.

    >>> s = "要突出绿色发展,让生态屏障强起来。"
    >>> [s[a:b] for a, b in clauses(s, 0, len(s))]
    ['要突出绿色发展', '让生态屏障强起来']
    """
    for m in _CLAUSE.finditer(text, start, end):
        left = len(m.group()) - len(m.group().lstrip())
        right = len(m.group().rstrip())
        if right > left:
            yield m.start() + left, m.start() + right
