"""Mend a raw text and keep a ledger: every change with its place, its reason and what stood there before.

A *pass* is a pure function from a text to the edits it wants (`mending`, `pages`, `layout`). `mend` applies the passes
one after the other and folds their edits into one ledger in raw coordinates: applied backwards it gives the raw text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from helpers import layout, mending, pages
from helpers.decode import DocumentError
from helpers.ledger import Alignment, Edit, Repair

Pass = Callable[[str], Iterable[Edit]]
PASSES: Final[tuple[Pass, ...]] = (
    mending.entities,
    mending.entities,  # &amp;nbsp; was escaped twice
    mending.tags,
    mending.invisible,
    mending.width,
    mending.markup,
    pages.furniture,
    pages.licence,
    layout.glued,
    mending.spaced_out,
    mending.spaces,
    layout.lines,
    mending.spaces,
    mending.headline_gaps,
    mending.suspects,
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A repaired text, its ledger (in raw order, suspects among it) and the map back."""

    text: str
    repairs: tuple[Repair, ...]
    alignment: Alignment


def mend(raw: str, passes: Iterable[Pass] = PASSES) -> Mended:
    """Apply the passes in their order and give the repaired text, the ledger and the map.

    >>> mend("本报讯 会议强调,要结合规划编制,统\\n\\n筹考虑产业协作。\\n２０２５年前进。").text
    '本报讯 会议强调,要结合规划编制,统筹考虑产业协作。\\n2025年前进。'
    """
    text, done, suspects = raw, [], []
    for one in passes:
        edits = sorted(one(text), key=lambda e: (e.start, e.end))
        if not edits:
            continue
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


def simplified(text: str) -> Iterator[Edit]:
    """Traditional script as simplified, by OpenCC; lines whose length would change are converted letter by letter."""
    try:
        import opencc
    except ImportError as e:
        raise DocumentError(
            "--simplify", "needs the library opencc", 'Install it: pip install "policy-reading[formats]"'
        ) from e
    convert = opencc.OpenCC("t2s").convert
    for line in re.finditer(r"[^\n]+", text):
        old, new = line.group(), convert(line.group())
        if len(new) != len(old):
            new = "".join(c if len(s := convert(c)) != 1 else s for c in old)
        for m in re.finditer("1+", "".join("01"[a != b] for a, b in zip(old, new))):
            yield Edit(
                line.start() + m.start(),
                line.start() + m.end(),
                new[m.start() : m.end()],
                "script",
                "traditional characters",
            )


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
    i = n = shift = 0  # shift: how far the raw text is ahead of the text here
    while n < len(edits):
        group = [edits[n]]
        start, end = group[0].start, group[0].end
        if (passed := alignment.passed(start, i)) > i:
            out += done[i:passed]
            i = passed
            shift = alignment.raw[i - 1][1] - alignment.text[i - 1][1]
        meets = (i < len(done) and alignment.text[i][0] < end) or (n + 1 < len(edits) and edits[n + 1].start < end)
        if start < end and not meets:
            kind, reason = _causes([(group[0].kind, group[0].reason)])
            a, b = start + shift, end + shift
            out.append(Repair(kind, a, b, raw[a:b], group[0].after, reason))
            n += 1
            continue
        absorbed = []
        grown = True
        while grown:
            grown = False
            while i < len(done) and alignment.text[i][0] < end:
                absorbed.append(done[i])
                start, end = min(start, alignment.text[i][0]), max(end, alignment.text[i][1])
                shift = alignment.raw[i][1] - alignment.text[i][1]
                i += 1
            while n + len(group) < len(edits) and edits[n + len(group)].start < end:
                end = max(end, edits[n + len(group)].end)
                group.append(edits[n + len(group)])
                grown = True
        n += len(group)
        out.append(_merged(raw, text, alignment, start, end, group, absorbed))
    return out + done[i:]


def _merged(
    raw: str, text: str, alignment: Alignment, start: int, end: int, group: list[Edit], absorbed: list[Repair]
) -> Repair:
    raw_start, raw_end = alignment.to_raw(start, end)
    for r in absorbed:
        raw_start, raw_end = min(raw_start, r.raw_start), max(raw_end, r.raw_end)
    changes = (((e.start - start, e.end - start), e.after) for e in group)
    kind, reason = _causes([(r.kind, r.reason) for r in absorbed] + [(e.kind, e.reason) for e in group])
    return Repair(kind, raw_start, raw_end, raw[raw_start:raw_end], _replace(text[start:end], changes), reason)


def _causes(causes: list[tuple[str, str]]) -> tuple[str, str]:
    """Kinds and reasons of edits that became one, each once; blanks around a mended place are part of its mending."""
    if len(causes) == 1 and "+" not in causes[0][0] and ";" not in causes[0][1]:
        return causes[0]
    if any(kind != "layout" for kind, _ in causes):
        causes = [c for c in causes if c[0] != "layout"]
    kinds = dict.fromkeys(part for kind, _ in causes for part in kind.split("+"))
    reasons = dict.fromkeys(part for _, reason in causes for part in reason.split("; "))
    return "+".join(kinds), "; ".join(reasons)
