"""Read a policy text: bytes → raw text → repaired text with a ledger, its structure, title and date."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from helpers import decode, structure
from helpers.decode import DocumentError as DocumentError  # raised by `read`; callers catch it from here
from helpers.ledger import Alignment, Repair
from helpers.repair import PASSES, mend, simplified
from helpers.structure import Paragraph, Section, Sentence

_FULL: Final = re.compile(
    r"((?:19|20)\d\d|[一二][九〇○零][一二三四五六七八九〇○零]{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_YEAR_AHEAD: Final = re.compile(r"[^\n]{0,8}?((?:19|20)\d\d)年[^\n]{0,24}(?:目标|任务|安排|部署|要求|建议|工作)")
_REPORT_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^，。]{0,30}报告")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_STEM: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-?([01]\d)-?([0-3]\d))?(?!\d)")
_DATELINE: Final = re.compile(
    r"[^，,。]{0,60}?\d{1,2}月\d{1,2}日(?:电|讯)?|[^，,。]{0,20}?(?:讯|消息)(?:[（(][^）)]*[）)])?[：:]?"
)
_WORK_REPORT: Final = re.compile(
    r"(?m)政府工作报告|工作报告$|代表[^。\n]{2,24}(?:向大会|向各位|作)[^。\n]{0,20}(?:报告|汇报)|^各位代表"
)
_PAPERS: Final = (
    ("plan", re.compile(r"(?:规划|纲要|行动计划|计划|方案|工作要点|行动)(?:[（(][^）)]{1,30}[）)])?$")),
    (
        "notice",
        re.compile(r"(?:通知|意见|决定|办法|措施|条例|公告|通告|批复|规定|细则|函)(?:[（(][^）)]{1,30}[）)])?$"),
    ),
)
_FORMULATED: Final = re.compile(r"(?:制定|提出|印发)(?:以下|如下|本|下列)?(措施|方案|规划|意见|办法|计划)")
_MEETING: Final = re.compile(r"会议|全会|大会|座谈会|推进会|论坛")
_BODIES: Final = "人民政府|政府|国务院|委员会|常委会|人大|政协|党委|省委|市委|县委|区委"
_ON_BEHALF: Final = re.compile(
    rf"(?:代表|受)(?P<body>(?:(?!代表)[^，。\n、向作]){{0,20}}?(?:{_BODIES}))(?=向|作|，|,|委托|的委托|在)"
)
_CATALOGUE: Final = re.compile(
    r"""(?:分类号|索引号|文号|发文字号|发文机关|成文日期|来源|日期|时间|作者|主题词|信息来源|发布)[^\n]{0,8}[:：]
      | [\d\s年月日./-]+$ | [—－-] | [^/]*/[^/]*/ | [（(]\d | 〔?\d{4}〕
      | [^\n]{0,30}(?:总理|省长|市长|县长|区长|州长|旗长|主席|主任)[\s\u3000]+[\u4e00-\u9fff\s\u3000]{2,6}$""",
    re.X,
)
_HEAD_BODY: Final = re.compile(
    r"(?:中共)?(?:(?![上在于届次])[\u4e00-\u9fff]){0,16}?(?:人民政府办公厅|人民政府办公室|人民政府|国务院办公厅|国务院|委员会|办公厅|委办公室|厅|局)(?=关于|印发|总理|省长|市长|县长|区长|主席|代|$)"
)
_PRESS: Final = re.compile(r"本报|本台|本网|新华社|中新社|人民日报|央视网|[\u4e00-\u9fff]{2,6}(?:日报|网)")
_COMPILING: Final = re.compile(
    r"“(十[一二三四五六七八九]?)五”规划(?:的)?(?:编制|谋划|研究)|(?:编制|谋划)[^，。；]{0,6}“(十[一二三四五六七八九]?)五”规划"
)


@dataclass(frozen=True)
class Document:
    """A text as it stands in its file, as it was repaired, and the map between the two.

    Offsets are 0-based code points, end exclusive, in `text` unless they are called raw.
    """

    name: str
    raw: str
    text: str
    repairs: tuple[Repair, ...]
    alignment: Alignment
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def title(self) -> str:
        """First line above the running text that is no catalogue entry or date; else the empty string."""
        lines = [self.text[p.start : p.end] for p in self.paragraphs if p.kind in ("title", "headline")]
        return next((line for line in lines if not _CATALOGUE.match(line)), "")

    @cached_property
    def dateline(self) -> str:
        """What the report opens with before its first sentence proper: 本报讯(河南日报记者 …) 4月29日."""
        lead = next((self.text[s.start : s.end] for s in self.sentences if self.sections[s.section].kind == "lead"), "")
        m = _DATELINE.match(lead)
        return m.group() if m else ""

    @cached_property
    def dated(self) -> tuple[date | None, str]:
        """The day the text speaks from and the evidence for it: `text`, `name` (of the file), `plan` (the five-year
        plan that it says is being drawn up) or `unknown`. Where only the year is known the day is 1 January.
        """
        return _date(self)

    @property
    def date(self) -> date | None:
        return self.dated[0]

    @cached_property
    def kind(self) -> str:
        """What the text is: conference report · work report · plan · notice · news."""
        return _kind(self)

    @cached_property
    def issuer(self) -> str:
        """The body that speaks or issues the text (河北省人民政府, 国务院, 本报); else the empty string."""
        return _issuer(self)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the raw file."""
        return self.alignment.to_raw(start, end)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence in which a position of `text` lies (or the last one that begins before it)."""
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]


def from_text(raw: str, name: str = "text", *, simplify: bool = False) -> Document:
    """The Document of a text that is already decoded.

    >>> d = from_text("全省工作会议召开\\n会议强调,要突出绿色发展,让生态屏障强起来。")
    >>> d.title, d.sections[-1].frame, len(d.sentences)
    ('全省工作会议召开', '会议强调', 2)
    """
    mended = mend(raw, (simplified, *PASSES) if simplify else PASSES)
    parts = structure.paragraphs(mended.text)
    sections, sentences = structure.sections_and_sentences(mended.text, parts)
    return Document(name, raw, mended.text, mended.repairs, mended.alignment, parts, sections, sentences)


def read(path: Path | str, *, simplify: bool = False, name: str | None = None) -> Document:
    """Read one file: .txt and .md in any encoding of Chinese, .html, .docx, .pdf with a text layer.

    `simplify` converts traditional script by OpenCC; the ledger keeps what stood there. `name`: else the file's stem.
    Raises `DocumentError` where the file is missing, empty, damaged, no text or holds no Chinese.
    """
    path = Path(path)
    if path.is_dir():
        raise DocumentError(path, "a folder, not a file", "Name the files in it")
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or "cannot be read"
        raise DocumentError(path, reason, "Check the path and the rights on it") from e
    raw = decode.raw_text(data, path)
    if not raw.strip():
        raise DocumentError(path, "the file is empty", "Give a file that holds text")
    if not re.search(r"[\u4e00-\u9fff]", raw):
        raise DocumentError(path, "no Chinese character in it", "Give a Chinese text")
    return from_text(raw, path.stem if name is None else name, simplify=simplify)


def _date(d: Document) -> tuple[date | None, str]:
    head = re.split(r"[。\n]", "\n".join(d.text[p.start : p.end] for p in d.paragraphs[:8]))[:7]
    tail = [d.text[p.start : p.end] for p in d.paragraphs[-4:] if p.end - p.start < 30]
    for piece in (*head, *tail):
        if (m := _FULL.search(piece)) and (full := _day(*(_number(part) for part in m.groups()))):
            return full, "text"
    stem = _STEM.search(d.name)
    if stem and stem[2] and (full := _day(*map(int, stem.groups()))):
        return full, "name"
    years = [int(m[1]) for s in d.sections if s.kind == "plan" and (m := _YEAR_AHEAD.match(d.text, s.start, s.end))]
    plan = _COMPILING.search(d.text)
    if m := _REPORT_YEAR.search(d.title):
        year, source = int(m[1]), "text"
    elif stem:
        year, source = int(stem[1]), "name"
    elif years:
        year, source = min(years), "text"
    elif plan:  # the Nth plan begins in 1951 + 5N and is drawn up the year before
        ordinal = "零一二三四五六七八九".find((plan[1] or plan[2])[1:] or "零") + 10
        year, source = 1950 + 5 * ordinal, "plan"
    else:
        return None, "unknown"
    m = _DAY.search(d.dateline)
    return (m and _day(year, int(m[1]), int(m[2]))) or date(year, 1, 1), source


def _number(digits: str) -> int:
    """A number of a date, in Arabic or Chinese digits: 2020, 二〇二〇, 二十九."""
    if digits.isascii():
        return int(digits)
    if len(digits) == 4:
        return int("".join(str("〇一二三四五六七八九".find(c.replace("○", "〇").replace("零", "〇"))) for c in digits))
    tens, _, ones = digits.rpartition("十")
    value = "零一二三四五六七八九".find(ones) if ones else 0
    return value + ((10 * ("零一二三四五六七八九".find(tens) if tens else 1)) if "十" in digits else 0)


def _kind(d: Document) -> str:
    head = [d.text[p.start : p.end] for p in d.paragraphs if p.kind in ("title", "headline")]
    lead = d.text[d.sections[1].start : d.sections[1].start + 400] if len(d.sections) > 1 and head else d.text[:400]
    news = bool(_PRESS.search(d.dateline))
    if any(_WORK_REPORT.search(line) for line in head) or (_WORK_REPORT.search(lead) and not news):
        return "work report"
    for kind, pattern in _PAPERS:
        if any(pattern.search(line) for line in head):
            return kind
    headed = any(p.level in (1, 2) for p in d.paragraphs)
    if headed and (m := _FORMULATED.search(lead)):
        return "plan" if m[1] in ("规划", "计划", "方案") else "notice"
    frames = sum(bool(s.frame and _MEETING.search(s.frame)) for s in d.sections)
    if frames or any(_MEETING.search(line) for line in head):
        return "conference report"
    return "work report" if d.sections and any(s.kind in ("review", "plan", "heading") for s in d.sections) else "news"


def _issuer(d: Document) -> str:
    head = [d.text[p.start : p.end] for p in d.paragraphs[:12]]
    if m := next((m for line in head[:8] if len(line) < 200 and (m := _ON_BEHALF.search(line))), None):
        stated = next(
            (h[0] for line in head[:6] if (h := _HEAD_BODY.search(line)) and h[0].endswith(m["body"][-2:])), ""
        )
        return stated if len(stated) > len(m["body"]) else m["body"]
    if d.kind in ("conference report", "news"):
        m = _PRESS.search(d.dateline)
        return m.group() if m else ""
    lines = head[:6] + [d.text[p.start : p.end] for p in d.paragraphs[-3:]]
    return next((m.group() for line in lines if len(line) < 120 and (m := _HEAD_BODY.match(line))), "")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
