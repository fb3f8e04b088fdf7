"""Mend a raw text and keep a ledger: every change with its place, its reason and what stood there before.

A *pass* is a pure function from a text to the edits it wants. `mend` applies the passes one after the other and
folds their edits into one ledger in raw coordinates, so that applying the ledger backwards gives the raw text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from helpers import lexicon, structure


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that a pass wants: `text[start:end]` becomes `after`. Not certain: reported only, nothing changes."""

    start: int
    end: int
    after: str
    kind: str
    reason: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Repair:
    """One line of the ledger, in raw offsets: `before` stood there, `after` stands in the repaired text."""

    kind: str
    raw_start: int
    raw_end: int
    before: str
    after: str
    reason: str
    certain: bool = True


class Alignment:
    """The map between a raw text and its repaired form, given the certain repairs in order and without overlap.

    >>> a = Alignment([Repair("break", 1, 3, "\\n\\n", "", "")])      # 大⏎⏎文章 → 大文章
    >>> a.to_raw(0, 3), a.to_raw(1, 3), a.to_text(3)
    ((0, 5), (3, 5), 1)
    """

    def __init__(self, repairs: Sequence[Repair]) -> None:
        self.raw: list[tuple[int, int]] = [(r.raw_start, r.raw_end) for r in repairs]
        self.text: list[tuple[int, int]] = []
        shift = 0
        for r in repairs:
            start = r.raw_start + shift
            self.text.append((start, start + len(r.after)))
            shift += len(r.after) - (r.raw_end - r.raw_start)
        self._text_ends = [end for _, end in self.text]
        self._text_starts = [start for start, _ in self.text]
        self._raw_ends = [end for _, end in self.raw]

    def _first(self, position: int) -> int:
        """Raw offset at which the character at `position` begins."""
        i = bisect_right(self._text_ends, position)
        if i < len(self.text) and self.text[i][0] <= position:
            return self._inside(i, position, 0)
        return position + (self.raw[i - 1][1] - self.text[i - 1][1] if i else 0)

    def _last(self, position: int) -> int:
        """Raw offset at which the character before `position` ends."""
        i = bisect_left(self._text_starts, position)
        if i and self.text[i - 1][1] >= position and self.text[i - 1][0] < position:
            return self._inside(i - 1, position, 1)
        return position + (self.raw[i - 1][1] - self.text[i - 1][1] if i else 0)

    def _inside(self, i: int, position: int, end: int) -> int:
        """A replacement of equal length maps character by character, any other as a whole."""
        (start, stop), (raw_start, raw_stop) = self.text[i], self.raw[i]
        if stop - start == raw_stop - raw_start:
            return raw_start + position - start
        return (raw_start, raw_stop)[end]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of `text[start:end]`; what was removed at its two edges stays outside."""
        first = self._first(start)
        return (first, self._last(end)) if end > start else (first, first)

    def to_text(self, position: int) -> int:
        """The repaired offset of a raw offset; inside a repair, the start of what replaced it."""
        i = bisect_right(self._raw_ends, position)
        if i < len(self.raw) and self.raw[i][0] <= position:
            (start, stop), (raw_start, raw_stop) = self.text[i], self.raw[i]
            return start + (position - raw_start if stop - start == raw_stop - raw_start else 0)
        return position + (self.text[i - 1][1] - self.raw[i - 1][1] if i else 0)


@dataclass(frozen=True, slots=True)
class Mended:
    """A repaired text, its ledger (in raw order, suspects among it) and the map back."""

    text: str
    repairs: tuple[Repair, ...]
    alignment: Alignment


def mend(raw: str, passes: Iterable[Callable[[str], Iterable[Edit]]] | None = None) -> Mended:
    """Apply all passes (`PASSES` by default) and give the repaired text, the ledger and the map.

    >>> mend("把乡村振兴这篇大\\n\\n文章做优,前进。再前进。\\n好。").text
    '把乡村振兴这篇大文章做优,前进。再前进。\\n好。'
    """
    text, done, suspects = raw, [], []
    for one in PASSES if passes is None else passes:
        edits = sorted(one(text), key=lambda e: (e.start, e.end))
        alignment = Alignment(done)
        for e in edits:
            if not e.certain:
                start, end = alignment.to_raw(e.start, e.end)
                suspects.append(Repair(e.kind, start, end, raw[start:end], raw[start:end], e.reason, False))
        certain = [e for e in edits if e.certain]
        if certain:
            done = _fold(raw, text, done, alignment, certain)
            text = _apply(raw, done)
    ledger = tuple(sorted(done + suspects, key=lambda r: (r.raw_start, r.raw_end)))
    return Mended(text, ledger, Alignment(done))


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """The raw text again, from the repaired one and its ledger.

    >>> mended = mend("# 标题\\n\\n　　正文。")
    >>> undo(mended.text, mended.repairs)
    '# 标题\\n\\n　　正文。'
    """
    certain = [r for r in repairs if r.certain]
    return _replace(text, zip(Alignment(certain).text, (r.before for r in certain)))


def _apply(raw: str, repairs: Iterable[Repair]) -> str:
    return _replace(raw, (((r.raw_start, r.raw_end), r.after) for r in repairs))


def _replace(text: str, changes: Iterable[tuple[tuple[int, int], str]]) -> str:
    out, at = [], 0
    for (start, end), new in changes:
        out += (text[at:start], new)
        at = end
    return "".join(out) + text[at:]


def _fold(raw: str, text: str, done: list[Repair], alignment: Alignment, edits: list[Edit]) -> list[Repair]:
    """Earlier repairs and the edits of one more pass as one ledger; an edit that meets earlier repairs absorbs them."""
    out: list[Repair] = []
    i = 0
    for e in edits:
        while i < len(done) and alignment.text[i][1] <= e.start:
            out.append(done[i])
            i += 1
        start, end = e.start, e.end
        absorbed = []
        while i < len(done) and alignment.text[i][0] < e.end:
            absorbed.append(done[i])
            start, end = min(start, alignment.text[i][0]), max(end, alignment.text[i][1])
            i += 1
        raw_start, raw_end = alignment.to_raw(e.start, e.end)
        for r in absorbed:
            raw_start, raw_end = min(raw_start, r.raw_start), max(raw_end, r.raw_end)
        after = text[start : e.start] + e.after + text[e.end : end]
        causes = {r.kind: r.reason for r in absorbed} | {e.kind: e.reason}
        if len(causes) > 1:
            causes.pop("layout", None)  # blanks around a mended place are part of its mending
        kind, reason = "+".join(causes), "; ".join(causes.values())
        out.append(Repair(kind, raw_start, raw_end, raw[raw_start:raw_end], after, reason))
    return out + done[i:]


# ---------------------------------------------------------------- the passes

_MARKUP: Final = re.compile(r"^[ \t\u3000]*(#{1,6}[ \t]+|>[ \t]+)", re.M)
_LAYOUT: Final = re.compile(r"\s*\n\s*|\A\s+|\s+\Z")
_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")
_DOUBLED: Final = re.compile(r"([\u4e00-\u9fff]{3,12})([和与及])\1|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,12})(、)\3(?![\u4e00-\u9fff])")


def markup(text: str) -> Iterator[Edit]:
    """Markdown signs before a heading or a quotation."""
    for m in _MARKUP.finditer(text):
        yield Edit(m.start(1), m.end(1), "", "markup", "markdown sign before a heading or quotation")


def inserts(text: str) -> Iterator[Edit]:
    """Lines that belong to the page and not to the text: 扫码看 / 视频新闻, 点击…"""
    words = lexicon.words("inserts")
    for m in re.finditer(r"[^\n]+\n?", text):
        if m.group().strip() in words:
            yield Edit(m.start(), m.end(), "", "insert", f"{m.group().strip()}: a line of the page, not of the text")


def layout(text: str) -> Iterator[Edit]:
    """Indents, trailing blanks and empty lines: one line feed divides paragraphs."""
    for m in _LAYOUT.finditer(text):
        after = "" if m.start() == 0 or m.end() == len(text) else "\n"
        if m.group() != after:
            yield Edit(m.start(), m.end(), after, "layout", "blanks and empty lines around a paragraph")


def breaks(text: str) -> Iterator[Edit]:
    """A line break in the middle of a sentence: the line above is open, the line below does not begin anything."""
    lines = text.split("\n")
    body = structure.body_starts(lines)
    at = 0
    for i, (above, below) in enumerate(zip(lines, lines[1:])):
        at += len(above) + 1
        if i >= body and structure.runs_on(above, below):
            yield Edit(at - 1, at, "", "break", f"line break inside a sentence: {above[-4:]}⏎{below[:4]}")


def headline_gaps(text: str) -> Iterator[Edit]:
    """A blank inside a heading where the same words stand together elsewhere: the text itself shows that they are one."""
    squeezed = re.sub(r"\s+", "", text)
    for line in re.finditer(r"[^\n]{1,60}", text):
        for m in _GAP.finditer(line.group()):
            left, right = line.group()[: m.start()][-6:], line.group()[m.end() :][:4]
            if len(left) >= 2 and len(right) >= 2 and squeezed.count(left + right) > 1:
                at = line.start()
                yield Edit(at + m.start(), at + m.end(), "", "gap", f"{left}{right} stands together elsewhere in the text")


def suspects(text: str) -> Iterator[Edit]:
    """What looks like a misprint is reported and left alone: both conjuncts the same."""
    for m in _DOUBLED.finditer(text):
        word, mark = m[1] or m[3], m[2] or m[4]
        yield Edit(m.start(), m.end(), m.group(), "suspect", f"{word} stands on both sides of {mark}: a misprint?", False)


PASSES: Final = (markup, inserts, layout, breaks, headline_gaps, suspects)
