"""What a reader looks at in a notebook: a table without clutter, a hit in its sentence, a marked paragraph."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers import shares
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


def source(document: Document) -> str:
    """The text that a figure was made from, for its caption line: title (else the file's name) and date.

    >>> from helpers.document import from_text
    >>> source(from_text("全省会议召开\\n要突出绿色发展,到2030年森林覆盖率达到25%。", "report-2020-04-29"))
    '全省会议召开, 2020-04-29'
    """
    title = document.title or document.name
    return f"{title}, {document.date}" if document.date else title


def at_a_glance(read: Mapping[str, pd.DataFrame], policy: Collection[str]) -> list[tuple[int, str]]:
    """The key figures of a text and what each counts, in the order of reading; `policy`: the lexicon's terms."""
    goals, mentions, sections = read["goals"], read["mentions"], read["sections"]
    targets = goals[(goals["kind"] == "target") & goals["indicator"].notna()]
    dated, amounts = targets["deadline"].notna().sum(), targets["low"].notna().sum()
    term = read["terms"][read["terms"]["word"].isin(policy)].iloc[0]
    return [
        (int(read["repairs"]["certain"].sum()), "repairs before reading, each reversible 修复"),
        (int((sections["kind"] == "frame").sum()), "sections that report what was said 会议内容"),
        (int(term["count"]), f"times the commonest policy term, {term['word']} 最常见政策词"),
        (int(mentions["kind"].isin(shares.SAID).sum()), "times the philosophy or a concept is said 理念明言"),
        (len(read["statements"]), "concepts tied to a requirement 理念与要求"),
        (len(goals), "clauses that say what is to be done or reached 要求与目标"),
        (len(targets), f"targets 目标: {dated} with a deadline 有期限, {amounts} with an amount 有数量"),
    ]


def as_markdown(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table in Markdown; the first column is set to the right and in bold.

    >>> print(as_markdown(["n", "what"], [[5, "concepts"]]))
    | n | what |
    | ---: | --- |
    | **5** | concepts |
    """
    lines = [head, ["---:", *["---"] * (len(head) - 1)], *([f"**{first}**", *rest] for first, *rest in rows)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
