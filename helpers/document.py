"""Read a policy text: bytes → raw text → repaired text with a ledger, its structure, title and date."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from helpers import decode, mending, structure
from helpers.decode import DocumentError as DocumentError  # raised by `read`; callers catch it from here
from helpers.ledger import Alignment, Repair
from helpers.repair import PASSES, mend
from helpers.structure import Paragraph, Section, Sentence

_FULL: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_REPORT_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^，。]{0,30}报告")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_STEM: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-?([01]\d)-?([0-3]\d))?(?!\d)")
_DATELINE: Final = re.compile(r"[^，,。]{0,60}?\d{1,2}月\d{1,2}日(?:电|讯)?|[^，,。]{0,20}?(?:讯|消息)(?:[（(][^）)]*[）)])?[：:]?")
_COMPILING: Final = re.compile(r"“(十[一二三四五六七八九]?)五”规划(?:的)?(?:编制|谋划|研究)|(?:编制|谋划)[^，。；]{0,6}“(十[一二三四五六七八九]?)五”规划")


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
        """First line above the running text; the empty string where there is none."""
        return next((self.text[p.start : p.end] for p in self.paragraphs if p.kind == "title"), "")

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
    mended = mend(raw, (mending.simplified, *PASSES) if simplify else PASSES)
    parts = structure.paragraphs(mended.text)
    sections, sentences = structure.sections_and_sentences(mended.text, parts)
    return Document(name, raw, mended.text, mended.repairs, mended.alignment, parts, sections, sentences)


def read(path: Path | str, *, simplify: bool = False) -> Document:
    """Read one file: .txt and .md in any encoding of Chinese, .html, .docx, .pdf with a text layer.

    `simplify` converts traditional script by OpenCC; the ledger keeps what stood there.
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
    return from_text(raw, path.stem, simplify=simplify)


def _date(d: Document) -> tuple[date | None, str]:
    head = re.split(r"[。\n]", "\n".join(d.text[p.start : p.end] for p in d.paragraphs[:8]))[:7]
    for piece in head:
        if (m := _FULL.search(piece)) and (full := _day(*map(int, m.groups()))):
            return full, "text"
    stem = _STEM.search(d.name)
    if stem and stem[2] and (full := _day(*map(int, stem.groups()))):
        return full, "name"
    plan = _COMPILING.search(d.text)
    if m := _REPORT_YEAR.search(d.title):
        year, source = int(m[1]), "text"
    elif stem:
        year, source = int(stem[1]), "name"
    elif plan:  # the Nth plan begins in 1951 + 5N and is drawn up the year before
        ordinal = "零一二三四五六七八九".find((plan[1] or plan[2])[1:] or "零") + 10
        year, source = 1950 + 5 * ordinal, "plan"
    else:
        return None, "unknown"
    m = _DAY.search(d.dateline)
    return (m and _day(year, int(m[1]), int(m[2]))) or date(year, 1, 1), source


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
