"""How a policy text is built: headings and their level, paragraphs, sentences, clauses, reporting frames, sections."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from helpers import frames
from helpers.frames import frame_at as frame_at  # said here too: a frame is part of the structure

_NUMERAL: Final = "[一二三四五六七八九十百零〇]+"
_HEADING: Final = re.compile(  # each group is a level
    rf"""(第{_NUMERAL}[编篇章部](?:分)?|{_NUMERAL}(?:、|$)|附件(?:\d{{1,2}}|{_NUMERAL})?[:：]?$)
      | (第{_NUMERAL}节|[（(]{_NUMERAL}[)）])
      | (\d{{1,2}}(?:[.．](?!\d)|、)|第{_NUMERAL}条)
      | ([（(]\d{{1,2}}[)）]|[①-⑳])
      | ({_NUMERAL}(?:是|要)|第{_NUMERAL}[，,、])
      | ([—－-]{{2}}|—(?=[\u4e00-\u9fff]))""",
    re.X,
)
_NUMBER: Final = re.compile(
    rf"(?:第{_NUMERAL}[编篇章部节]分?|{_NUMERAL}、|[（(](?:{_NUMERAL}|\d+)[)）]|\d{{1,2}}[.．、]|[①-⑳])\s*"
)
_NO_HEADING: Final = re.compile(r"[。！？；;](?!$)|[；;，,]$")
_DATELINE: Final = re.compile(
    r"本报讯|本报[^，。]{1,12}(?:讯|电)|(?:新华社|中新社)[^，。]{0,20}电|[^，。]{2,10}(?:消息|讯)[（(：:]"
)
_SALUTATION: Final = re.compile(r"(?:各位(?:代表|委员|同志|领导|来宾)|同志们|女士们)[^。\n]{0,20}[：:，,！!]")
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|$|(?=\n))")
IN_NUMBER: Final = r"(?<=\d),(?<!\d\d\d\d,)(?=\d{3}(?!\d))"  # the comma of 1,062 divides no clauses
_CLAUSE: Final = re.compile(
    rf"[^，,；;：:。！？!?\s](?:[^，,；;：:。！？!?\n]*(?:{IN_NUMBER}[^，,；;：:。！？!?\n]*)*[^，,；;：:。！？!?\s])?"
)
_REVIEW: Final = re.compile(
    r"回顾|过去[一五两]?|成就|成效|工作总结|所做的|以来的?(?:工作|发展)|(?:完成|执行|工作)情况|主要成绩|五年来|一年来"
)
_PLAN: Final = re.compile(r"目标|任务|安排|部署|总体要求|建议|今年|展望|取向|思路|措施|规划|打算|重点工作|要求")
_CONTENTS: Final = re.compile(r"目\s*[录次]")
_LEADERS: Final = re.compile(r"[.…·・\s\d—-]+$")  # dots and page number behind an entry
_TITLE_LENGTH: Final = 60  # a first line that is longer and has clauses is running text


class Paragraph(NamedTuple):
    """`kind`: title · headline (further lines above the body) · heading · item (opens with a heading) · body."""

    id: int
    start: int
    end: int
    kind: str
    level: int | None = None


class Section(NamedTuple):
    """A stretch under one reporting frame or one first-level heading.

    `kind`: title · lead · frame · review · plan · heading · narrative. `frame`: the reporting clause (会议强调).
    """

    id: int
    kind: str
    frame: str | None
    start: int
    end: int


class Sentence(NamedTuple):
    """Up to its 。！？ with the closing quotation marks; a heading is one sentence and keeps its `level`."""

    id: int
    section: int
    paragraph: int
    start: int
    end: int
    level: int | None = None


def heading_level(line: str) -> int | None:
    """Level of the number that a line opens with, else None.

    一、 and 第一章 1, （一） and 第一节 2, 1. and 第一条 3, （1） 4, 一是 5, —— 6.

    >>> [heading_level(s) for s in ("一、总体要求", "（二）主要目标", "3.强化保障", "一是加强领导", "2.5万亿元")]
    [1, 2, 3, 5, None]
    """
    m = _HEADING.match(line)
    return m.lastindex if m else None


def after_number(text: str, s: Sentence) -> int:
    """Where the words of a sentence begin behind the number of its heading or item: 1. and （二）, not 一是."""
    m = _NUMBER.match(text, s.start, s.end) if s.level is not None else None
    return m.end() if m else s.start


def body_starts(lines: Sequence[str]) -> int:
    """Index of the first line of running text; the lines above it are the title and its companions."""
    contents = _after_contents(lines)
    for i, line in enumerate(lines):
        if i < contents:
            continue
        if not i and len(line) > _TITLE_LENGTH and re.search("[，,]", line):
            return i
        if (
            _DATELINE.match(line)
            or _SALUTATION.match(line)
            or "。" in line[:-1]
            or (line.endswith("。") and len(line) > 20)
        ):
            return i
        if (heading_level(line) or 6) < 6:
            return i
    return len(lines)


def _after_contents(lines: Sequence[str]) -> int:
    """Index of the line below a table of contents: where its first entry stands again, or running text begins."""
    for i, line in enumerate(lines[:40]):
        if len(line) < 12 and _CONTENTS.match(line):
            rest = [_LEADERS.sub("", other) for other in lines[i + 1 : i + 600]]
            first = next((other for other in rest if other), None)
            again = rest.index(first, rest.index(first) + 1) if first and rest.count(first) > 1 else 0
            running = next((k for k, other in enumerate(lines[i + 1 : i + 600]) if "。" in other), 0)
            return i + 1 + min(again, running) if again else 0
    return 0


def is_salutation(line: str) -> bool:
    """Whether a line addresses the hearers (各位代表：)."""
    return bool(_SALUTATION.match(line))


def is_dateline(line: str) -> bool:
    """Whether a line opens as a news report does (本报讯, 新华社北京3月5日电)."""
    return bool(_DATELINE.match(line))


def is_heading(line: str) -> bool:
    """A whole line that is a heading: numbered, short, no sentence in it."""
    return (heading_level(line) or 9) < 5 and len(line) <= 60 and not _NO_HEADING.search(line)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a repaired text, each with its kind."""
    lines = text.split("\n")
    body = body_starts(lines)
    out, at = [], 0
    for i, line in enumerate(lines):
        level = heading_level(line)
        if i < body:
            kind = "headline" if out else "title"
        elif level is not None and is_heading(line) and not line.endswith("。"):
            kind = "heading"
        else:
            kind = "body" if level is None else "item"
        if line:
            out.append(Paragraph(len(out), at, at + len(line), kind, level))
        at += len(line) + 1
    return tuple(out)


def _split(text: str, p: Paragraph) -> Iterator[tuple[int, int]]:
    if p.kind in ("title", "headline", "heading"):
        yield p.start, p.end
        return
    for m in _SENTENCE.finditer(text, p.start, p.end):
        start, end = m.span()
        while start < end and text[start].isspace():
            start += 1
        if end > start:
            yield start, end


def _heading_that_cuts(text: str, parts: Sequence[Paragraph]) -> int | None:
    """Level of the headings that cut a text into sections; None for news, which reporting frames cut; 0 for neither.

    A text is built by headings where two of them share the highest level, or where it opens with 各位代表.
    """
    levels = [p.level for p in parts if p.level in (1, 2)]
    top = next((level for level in (1, 2) if levels.count(level) >= 2), None)
    speech = any(_SALUTATION.match(text, p.start, p.end) for p in parts[:10])
    if top == 1 or speech:
        return top or (1 if levels else 0)
    return None


def sections_and_sentences(text: str, parts: Sequence[Paragraph]) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Sentences, and the sections that first-level headings (reports, plans) or reporting frames (news) cut."""
    sections: list[Section] = []
    sentences: list[Sentence] = []
    cutting = _heading_that_cuts(text, parts)
    news = cutting is None and any(
        is_dateline(text[p.start : p.start + 80]) or frames.frame_at(text, p.start, p.end) for p in parts
    )
    kind = ""
    opened: tuple[str | None, int] = None, 0  # frame and start of the section that is open
    stop = 0  # where its last sentence ends
    for p in parts:
        for n, (start, end) in enumerate(_split(text, p)):
            goes_on = n and cutting is not None and kind  # headings cut between paragraphs only
            if not goes_on and (found := _opens_section(text, p, n, start, end, kind, cutting)):
                if sentences:
                    sections.append(Section(len(sections), kind, opened[0], opened[1], stop))
                kind, opened = found[0], (found[1], start)
                kind = "narrative" if kind == "lead" and cutting is None and not news else kind
            level = p.level if n == 0 and (p.kind == "heading" or p.kind == "item") else None
            sentences.append(Sentence(len(sentences), len(sections), p.id, start, end, level))
            stop = end
    if sentences:
        sections.append(Section(len(sections), kind, opened[0], opened[1], stop))
    return tuple(sections), tuple(sentences)


def _opens_section(
    text: str, p: Paragraph, n: int, start: int, end: int, kind: str, cutting: int | None
) -> tuple[str, str | None] | None:
    """Kind and frame of the section that the n-th sentence of a paragraph opens; None where the last goes on."""
    if p.kind in ("title", "headline"):
        return None if kind else ("title", None)
    if cutting is not None:
        if n == 0 and p.level is not None and p.level == cutting:
            line = text[start:end]
            return _tense(line), None
        return ("lead", None) if kind in ("", "title") else None
    if found := frames.frame_at(text, start, end):
        return "frame", found[0]
    if n == 0:
        return ("lead" if kind in ("", "title") else "narrative"), None
    return ("narrative", None) if kind == "frame" and frames.proceeding_at(text, start, end) else None


def _tense(heading: str) -> str:
    """Whether a first-level heading announces a review or a plan; `heading` for neither or both (成就和目标)."""
    past, future = _REVIEW.search(heading), _PLAN.search(heading)
    if past and future and re.search("[和与及、]", heading[past.end() : future.start()]):
        return "heading"
    return "review" if past else "plan" if future else "heading"


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between ， ； ： 。 of `text[start:end]`, blanks at their edges left out.

    >>> s = "要突出绿色发展,让生态屏障强起来。"
    >>> [s[a:b] for a, b in clauses(s, 0, len(s))]
    ['要突出绿色发展', '让生态屏障强起来']
    """
    return [m.span() for m in _CLAUSE.finditer(text, start, end)]
