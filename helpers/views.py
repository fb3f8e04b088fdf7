"""What a reader looks at in a notebook: a table without clutter, a hit in its sentence, a marked paragraph."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.document import Document
from helpers.themes import Mention


def table(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a table for a reader's eye: nothing where nothing is stated, whole numbers as such.

    >>> rows = pd.DataFrame({"text": ["百亿级"], "low": [1e10], "unit": [None]})
    >>> table(rows, ["text", "low", "unit"]).values.tolist()
    [['百亿级', '10,000,000,000', '']]
    """

    def cell(value: Any) -> Any:
        if pd.isna(value):
            return ""
        return f"{value:,.12g}" if isinstance(value, float) else value

    return rows[list(columns)].astype(object).map(cell)


def context(document: Document, start: int, end: int, width: int = 14) -> str:
    """`text[start:end]` in 【】 with up to `width` characters of its own sentence on either side.

    >>> from helpers.document import from_text
    >>> context(from_text("会议召开。要突出绿色发展,让生态屏障强起来。"), 8, 10, 4)
    '要突出【绿色】发展,让…'
    """
    sentence = document.sentence_at(start)
    left, right = max(sentence.start, start - width), min(sentence.end, end + width)
    before = ("…" if left > sentence.start else "") + document.text[left:start]
    return f"{before}【{document.text[start:end]}】{document.text[end:right]}" + ("…" if right < sentence.end else "")


def marked(document: Document, start: int, end: int, mentions: Iterable[Mention]) -> str:
    """`text[start:end]` as Markdown: what is said of a concept in bold, what is implied underlined by its label only.

    Labels stand in superscript, so the page needs no colour and survives GitHub's viewer. Where two mentions overlap
    the longer one is marked.

    >>> from helpers.document import from_text
    >>> from helpers.themes import code
    >>> d = from_text("要突出绿色发展,坚决抓好污染防治。")
    >>> marked(d, 0, 18, code(d))
    '要突出**绿色发展**<sup>绿色</sup>,坚决抓好*污染防治*<sup>绿色</sup>。'
    """
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.kind != "excluded"]
    out, at = [], start
    for m in sorted(inside, key=lambda m: (m.start, -m.end)):
        if m.start < at:
            continue
        sign = "*" if m.kind == "indicator" else "**"
        out.append(f"{document.text[at : m.start]}{sign}{document.text[m.start : m.end]}{sign}<sup>{m.concept}</sup>")
        at = m.end
    return "".join(out) + document.text[at:end]
