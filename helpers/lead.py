"""Lead: the comma clauses of a sentence and what stands before their content (connectives, ordinals, the time due)."""

import re
from typing import Final

from helpers import structure

_LEAD: Final = re.compile(
    r"""(?:[—\-–·•●]+|同时|此外|另外|因此|为此|所以|然后|其次|再次|最后|首先|总之|当前|目前|下一步|今后一个时期|新的一年里?|新的征程上
    |[一二三四五六七八九十]{1,2}是(?=[要把将以\u4e00-\u9fff])|第[一二三四五六七八九十]{1,2}(?=[，,、])
    |特别是|尤其是|最重要的是|最关键的是|最根本的是|关键是|重点是|根本是|核心是|并且|并(?!举|重|存|行|网|联|购)|而且|进而|从而|以及|其中)[、，]?""",
    re.X,
)
_WHEN: Final = re.compile(
    r"""(?:力争|争取)?(?:到|至|在)?(?:(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})年(?:年?底|年?末|[前内]|以前|之前|上半年)*|今年(?:年底|年末|年内|底|内)?(?:之?前|以前)?|明年|每年度?|年内|年底前?|全年
    |今后[\d一二三四五六七八九十两]+年|今后一个时期|“[一二三四五六七八九十]+五”(?:时期|期间|末)|[\d一二三四五六七八九十两]+年内
    |到(?:本世纪|本届|“?[一二三四五六七八九十]+五”?)[^，,。]{0,6}(?:末|底|叶|时)|(?:\d{1,2}月底?|[上下]半年)前?)""",
    re.X,
)
_OPENS: Final = re.compile(f"{_LEAD.pattern}|{_WHEN.pattern}", re.X)
_QUOTES: Final = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"))
_OPENING: Final = re.compile("[“（(《]")
_QUOTE: Final = re.compile("[“”（）()《》]")


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comma clauses, those inside one pair of brackets or quotation marks put together again."""
    found = structure.clauses(text, start, end)
    if not _OPENING.search(text, start, end):
        return found
    out: list[tuple[int, int]] = []
    unclosed = [0] * len(_QUOTES)  # of each kind, in the piece that is being put together
    held = False
    for a, b in found:
        if held:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
        if _QUOTE.search(text, a, b):
            begun = unclosed if held else [0] * len(_QUOTES)
            unclosed = [n + text.count(o, a, b) - text.count(c, a, b) for n, (o, c) in zip(begun, _QUOTES)]
            held = max(unclosed) > 0
    return out


def strip_lead(text: str, start: int, end: int) -> int:
    """Where a clause begins without connectives, ordinals, reporting frames and the time by which it is due.

    >>> s = "同时到2025年力争建成体系"
    >>> s[strip_lead(s, 0, len(s)):]
    '力争建成体系'
    """
    while True:
        m = _OPENS.match(text, start, end)
        if m is None or m.end() == start or m.end() >= end:
            return start
        start = m.end()


def content_of(text: str, start: int, end: int) -> int:
    """Where the content of a clause begins (`strip_lead`); its end where it has none (`is_time`)."""
    if _OPENS.match(text, start, end) is None:
        return start
    return end if is_time(text, start, end) else strip_lead(text, start, end)


def is_time(text: str, start: int, end: int) -> bool:
    """Whether a clause is nothing but the time by which something is due, or a connective: 到2025年, 同时."""
    return _OPENS.fullmatch(text, start, end) is not None
