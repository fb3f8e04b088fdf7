"""Repairs of pages: page numbers, running headers and footers, lines such as 扫码看, the licence of a website."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from helpers import frames, lexicon, structure
from helpers.ledger import Edit

_PAGE: Final = re.compile(
    r"""[-—–－·•‐~～]{1,3}\s*(?P<number>\d{1,4})\s*[-—–－·•‐~～]{1,3}
      | 第\s*\d{1,4}\s*页(?:\s*[,，/共（(]{0,2}\s*共?\s*\d{1,4}\s*页[)）]?)?
      | (?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})? | \d{1,4}\s*/\s*\d{1,4}""",
    re.X | re.I,
)
ENDS: Final = tuple("。！？!?…；;：:")
OPEN_END: Final = tuple("，,、（(《〈“‘「『【")
_MARKED_ENDS: Final = ENDS + OPEN_END
_NUMBER: Final = re.compile(r"\d+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


class Line(NamedTuple):
    """A line with ink on it: `start`, `end` without the blanks around it, `indent` before it, empty lines above it."""

    start: int
    end: int
    indent: int
    empty: int
    text: str


def ink(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    out: list[Line] = []
    at = empty = 0
    for part in text.split("\n"):
        content = part.strip()
        if content:
            indent = 0 if part[0] == content[0] else part.index(content)
            out.append(Line(at + indent, at + indent + len(content), indent, empty, content))
            empty = 0
        else:
            empty += 1
        at += len(part) + 1
    return out


def furniture(text: str) -> Iterator[Edit]:
    """Page numbers, repeated headers and footers, and lines of the page such as 扫码看 or 责任编辑."""
    lines = ink(text)
    exact, prefixes = _inserts()
    numbers = _running_numbers(lines)
    heads = _running_heads(lines)
    found: list[tuple[int, str, str]] = []
    for i, line in enumerate(lines):
        if len(line.text) > 40:
            continue
        if line.text in exact or (len(line.text) <= 30 and "。" not in line.text and line.text.startswith(prefixes)):
            found.append((i, "insert", "a line of the page, not of the text"))
        elif i in numbers or _PAGE.fullmatch(line.text):
            found.append((i, "page", "page number"))
        elif i in heads:
            found.append((i, "page", "header or footer that the pages repeat"))
    for block in _blocks(found):
        first, last = block[0][0], block[-1][0]
        start, stop = lines[first].start, text.find("\n", lines[last].end) + 1 or len(text)
        if first and last + 1 < len(lines) and _torn(lines[first - 1].text, lines[last + 1].text):
            start, stop = lines[first - 1].end, lines[last + 1].start
        reason = "; ".join(f"{lines[i].text}: {why}" for i, _, why in block)
        yield Edit(start, stop, "", "+".join(dict.fromkeys(kind for _, kind, _ in block)), reason)


def _blocks(found: Sequence[tuple[int, str, str]]) -> Iterator[list[tuple[int, str, str]]]:
    """Neighbouring lines together."""
    block: list[tuple[int, str, str]] = []
    for one in found:
        if block and one[0] != block[-1][0] + 1:
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def _torn(above: str, below: str) -> bool:
    """Whether the sentence above what the page put in goes on below it."""
    return not (
        above.rstrip('”’」』）)》】"').endswith(ENDS)
        or above.endswith(ENDS)
        or structure.heading_level(below) is not None
        or structure.is_heading(above)
        or frames.frame_at(below, 0, len(below))
        or structure.is_dateline(below)
        or structure.is_salutation(below)
        or (len(above) < 15 and not re.search("[，,。；、]", above))
    )


@cache
def _inserts() -> tuple[frozenset[str], tuple[str, ...]]:
    words = lexicon.words("inserts")
    prefixes = tuple(sorted(w[:-1] for w in words if w.endswith("…")))
    return frozenset(w.rstrip("…") for w in words), prefixes


def _running_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of lines that hold a bare number, where at least three of them count the pages up by one."""
    bare = [(i, int(line.text)) for i, line in enumerate(lines) if line.text.isdecimal() and len(line.text) <= 4]
    found: set[int] = set()
    run: list[int] = []
    for (i, n), (j, k) in pairwise(bare):
        if k == n + 1 and j > i + 1:
            run = [*run, j] if run else [i, j]
        else:
            found |= set(run) if len(run) >= 3 else set()
            run = []
    return frozenset(found | (set(run) if len(run) >= 3 else set()))


def _running_heads(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of short lines that come back (but for their numbers) where they tear sentences, stand beside page
    numbers or repeat the title; the title itself stays.
    """
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if 4 <= len(line.text) <= 40 and not line.text.endswith(_MARKED_ENDS) and _HAN.search(line.text):
            places.setdefault(_NUMBER.sub("#", line.text), []).append(i)
    found: set[int] = set()
    body = structure.body_starts([line.text for line in lines])
    for at in places.values():
        head = lines[at[0]].text
        if len(at) < 2 or structure.is_salutation(head) or structure.heading_level(head) is not None:
            continue
        if min(b - a for a, b in pairwise(at)) < 2:
            continue
        paged = sum(any(_is_number(lines, k) for k in (i - 1, i + 1)) for i in at)
        own = len({lines[i].text for i in at}) > 1 or re.search(
            r"版$|页$|期$|[日晚时]报\b", head
        )  # no words of the text
        torn = bool(own) * sum(0 < i < len(lines) - 1 and _torn(lines[i - 1].text, lines[i + 1].text) for i in at)
        title = at[0] < min(body, 3)
        if (len(at) >= 3 and (paged * 2 >= len(at) or title or torn * 3 >= len(at) * 2)) or (title and paged):
            found |= set(at[1:] if title else at)
    return frozenset(found)


def _is_number(lines: Sequence[Line], i: int) -> bool:
    return 0 <= i < len(lines) and (lines[i].text.isdecimal() or bool(_PAGE.fullmatch(lines[i].text)))


def licence(text: str) -> Iterator[Edit]:
    """The licence or source footer of a website, at the end of a text."""
    starts = tuple(lexicon.words("licences"))
    floor = max(len(text) // 2, len(text) - 2500)
    for m in re.finditer(r"^[^\S\n]*(\S[^\n]*)", text[floor:], re.M):
        if floor + m.start() and m[1].startswith(starts):
            yield Edit(floor + m.start(), len(text), "", "insert", "licence or source footer of a website")
            return
