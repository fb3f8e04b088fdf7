"""Repairs of lines: blanks between paragraphs, paragraphs torn over lines, full stops lost at line ends."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from helpers import frames, structure
from helpers.edges import Edges
from helpers.ledger import Edit
from helpers.pages import OPEN_END, Line, ink

_STOPPED: Final = tuple("。！？!?…")
_GOES_ON: Final = tuple("，,、；;：:。！？)）》〉”’」』】%％.")  # what no paragraph begins with
_PAIRS: Final = {"《": "》", "（": "）", "“": "”", "(": ")", "「": "」", "【": "】"}
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE: Final = re.compile(r"[，,、；;。]")
_FINISHED: Final = re.compile(r"""[。！？!?…；;：:](?:[（(][^（）()]{0,15}[)）]|[”’」』）)》】"])*$""")
_OPENS: Final = re.compile("”?[“（]")
_NUMBER_END: Final = re.compile(r"[A-Za-z0-9]$|\d\.$")
_IN_NUMBER: Final = re.compile(r"[\d.%]")
_DAY: Final = re.compile(r"(?:[12]\d{3}|[二〇○零一九]{4})年\S{1,6}月\S{1,4}日$")
_BOUND_START: Final = re.compile("[的了着过们等之所得地与和及并而且也都则就才却被]")  # what rarely begins a paragraph
_BOUND_END: Final = re.compile(  # and what rarely ends one
    r"""(?:(?<!目)的 | (?<![总缓温饱共])和 | (?<!参)与 | 或 | 以 | 把 | (?<![相面针绝])对 | (?<![倾方面走动意导志取])向
      | (?<![服随])从 | (?<![存现潜所内外])在 | (?<![行作有成])为 | (?<![自理缘])由 | (?<![需重主必纲提摘简])要
      | (?<![大行])使 | (?<!转)让 | 被 | 按照? | 根据 | 经过 | (?<!变)更 | 最 | 不 | 再 | 又 | 也 | 都 | 其 | 各 | 每
      | 这 | 那 | 等 | 进一步 | [这那每一两三几][个篇项条座张件份批种类支只场片块道][大小新好老]?)$""",
    re.X,
)
_ORDINAL: Final = "[一二三四五六七八九十百]{1,4}"
_MARK_AND_ORDINAL: Final = re.compile("[。！；][ \u3000]*第")  # what both of these need, and is cheap to look for
_FIRST_ITEM: Final = re.compile(r"1[.．、](?!\d)[\u4e00-\u9fff]")
_GLUED_BEFORE: Final = re.compile(
    rf"(?<=[。！；])[ \u3000]*(?=第{_ORDINAL}[编篇章节][ \u3000]?[\u4e00-\u9fff、，, ]{{2,30}}\s*$)", re.M
)
_GLUED_BEHIND: Final = re.compile(
    rf"^[ \u3000]*(?:{_ORDINAL}、|[（(]{_ORDINAL}[)）])[^。；;：:\d\n]{{4,40}}(?=1[.．、](?!\d)[\u4e00-\u9fff])", re.M
)
_ANNOUNCES: Final = re.compile(r"(?:如下|以下|下列|下面|几)[^，。]{0,5}$")  # what follows is a list
_INSIDE: Final = "line break inside a word"
_UNFINISHED: Final = "line break beside a word that needs another"
_MARK_BELOW: Final = "the line below begins with a closing mark"
# Up to which log odds a line end still counts as torn: where it looks as those between paragraphs do, where it does
# not, and how much less it takes where the line above may be a heading.
_USUAL: Final = 0.5
_UNUSUAL: Final = 6.0
_HEADING: Final = 3.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text sets its paragraphs: `indent`, an `empty` line, or `plain` line ends; how many lines it leaves empty;
    the `width` to which lines are filled up.
    """

    style: str
    empty: int
    width: int | None


def habits(lines: Sequence[Line]) -> Habits:
    """What most line ends after a full stop look like, and the width to which the lines are filled."""
    after = [b for a, b in pairwise(lines) if a.text.endswith(_STOPPED)]
    indented = sum(b.indent > 0 for b in after)
    empty = sum(b.empty > 0 for b in after)
    style = "plain"
    if len(after) >= 3:
        style = "indent" if indented > 0.6 * len(after) else "empty" if empty > 0.6 * len(after) else "plain"
    lengths = Counter(len(line.text) + line.indent for line in lines if len(line.text) > 12)
    total = sum(lengths.values())
    width = None
    if total >= 8 and max(lengths) <= 120:
        best = max(lengths, key=lambda n: sum(lengths[n - k] for k in range(3)))
        if (
            sum(lengths[best - k] for k in range(3)) >= 0.5 * total
            and sum(v for n, v in lengths.items() if n > best + 1) <= 0.05 * total
        ):
            width = best
    usual = Counter(b.empty for b in after).most_common(1)
    return Habits(style, usual[0][0] if usual else 0, width)


def glued(text: str) -> Iterator[Edit]:
    """Headings that lost the line end before them (…。第四节 增进团结) or behind them (一、强化统筹1.加强谋划。…)."""
    for m in _GLUED_BEFORE.finditer(text) if _MARK_AND_ORDINAL.search(text) else ():
        yield Edit(m.start(), m.end(), "\n", "glued", "a heading stands at the end of a paragraph")
    for m in _GLUED_BEHIND.finditer(text) if _FIRST_ITEM.search(text) else ():
        yield Edit(m.end(), m.end(), "\n", "glued", "the first item stands in the line of its heading")


def lines(text: str) -> Iterator[Edit]:
    """One line feed between paragraphs and none inside: blanks and empty lines go, torn sentences are joined, and a
    full stop that was lost at the end of a paragraph is set.
    """
    found = ink(text)
    if not found:
        return
    if found[0].start:
        yield Edit(0, found[0].start, "", "layout", "blanks and empty lines around a paragraph")
    habit = habits(found)
    body = structure.body_starts([line.text for line in found])
    edges = Edges(text)
    plain = [_plainly(a.text, a, b, habit) if i >= body else None for i, (a, b) in enumerate(pairwise(found))]
    torn = torn_elsewhere(plain[body:])
    above = found[0].text
    for i, (a, b) in enumerate(pairwise(found)):
        if i < body:
            reason = _title_goes_on(above, b.text, i + 1 == body)
        elif (known := plain[i] if above == a.text else _plainly(above, a, b, habit)) is not None:
            reason = known
        else:
            reason = "line break inside a sentence" if _goes_on(above, a, b, habit, edges, torn) else ""
        if reason:
            yield Edit(a.end, b.start, "", "break", f"{reason}: {a.text[-4:]}⏎{b.text[:4]}")
            above = above + b.text if len(above) < 400 else above[-200:] + b.text
            continue
        if i >= body and lost_stop(above):
            yield Edit(a.end, a.end, "。", "stop", f"the paragraph ends without a full stop: {a.text[-6:]}")
        if text[a.end : b.start] != "\n":
            yield Edit(a.end, b.start, "\n", "layout", "blanks and empty lines around a paragraph")
        above = b.text
    last = found[-1]
    if len(found) > body and lost_stop(above):
        yield Edit(last.end, last.end, "。", "stop", f"the text ends without a full stop: {last.text[-6:]}")
    if last.end < len(text):
        yield Edit(last.end, len(text), "", "layout", "blanks and empty lines around a paragraph")


def _goes_on(above: str, a: Line, b: Line, habit: Habits, edges: Edges, torn: float) -> bool:
    """Whether line `b` goes on with the sentence of `above` (the paragraph so far), where nothing says so plainly.

    `torn`: log odds that a line end of this text which nothing decides is torn (`torn_elsewhere`).
    """
    alone = above == a.text and len(above) <= 40 and "。" not in above  # may be a heading without a number
    as_usual = habit.style == "plain" or b.indent or b.empty  # the line end looks as those between paragraphs do
    limit = torn + (_USUAL if as_usual else _UNUSUAL)
    if alone and not _CLAUSE.search(above, min(4, len(above))):
        limit -= _HEADING
    return edges.between_sentences(above, b.text) <= limit


def torn_elsewhere(reasons: Sequence[str | None]) -> float:
    """Log odds that a line end which nothing decides is torn: about as many are as plainly are.

    `reasons`: what `_plainly` says of each line end.
    """
    torn = sum(reason in (_INSIDE, _UNFINISHED, _MARK_BELOW) for reason in reasons)
    open_ = sum(reason is None for reason in reasons)
    return math.log((torn + 0.5) / (max(0, open_ - torn) + 0.5))


def _plainly(above: str, a: Line, b: Line, habit: Habits) -> str | None:
    """What marks, words and headings say: a reason to join, the empty string against it, None where nothing."""
    below = b.text
    if below.startswith(_GOES_ON) and not _OPENS.match(below):
        return _MARK_BELOW
    if above.endswith(OPEN_END) and not (
        above[-1] in "，,、" and len(above) > 20 and structure.heading_level(below) in (1, 2, 3, 4)
    ):
        return "the line above ends open"
    full = habit.width is not None and len(a.text) + a.indent >= habit.width - 2
    if _FINISHED.search(above[-24:]):
        inside = full and not b.indent and not b.empty and above.endswith(_STOPPED) and habit.style != "plain"
        return "filled line inside a paragraph" if inside else ""
    if _unclosed(above, below):
        return "a bracket opens above and closes below"
    if _begins(below) or structure.is_salutation(above) or _is_day(above):
        return ""
    if _IN_NUMBER.match(below) and _NUMBER_END.search(above, len(above) - 2):
        return "line break inside a number or word"
    if full:
        return "filled line inside a sentence"
    if Edges.one_word(above, below):
        return _INSIDE
    if _BOUND_END.search(above, max(0, len(above) - 4)) and not (habit.style == "indent" and b.indent):
        return _UNFINISHED
    if structure.is_heading(above) or (habit.style == "indent" and b.indent) or (b.empty > habit.empty and habit.empty):
        return ""
    return _UNFINISHED if _BOUND_START.match(below) else None


def _begins(below: str) -> bool:
    """Whether a line opens something of its own: a numbered heading, a reporting frame, a salutation."""
    return (
        structure.heading_level(below) is not None
        or frames.frame_at(below, 0, len(below)) is not None
        or structure.is_salutation(below)
        or structure.is_dateline(below)
    )


def _unclosed(above: str, below: str) -> bool:
    tail, head = above[-80:], below[:80]
    for left, right in _PAIRS.items():
        if right in head and tail.count(left) > tail.count(right) and left not in head.partition(right)[0]:
            return True
    return False


def _is_day(line: str) -> bool:
    """Whether a line ends in a day."""
    return line.endswith("日") and bool(_DAY.search(line))


def lost_stop(paragraph: str) -> bool:
    """Whether a paragraph of running text lacks its full stop: long, with clauses, no heading, no mark at its end."""
    return (
        (len(paragraph) > 40 or "。" in paragraph)
        and len(paragraph) > 20
        and bool(_HAN.match(paragraph[-1]))
        and len(_CLAUSE.findall(paragraph)) >= 2
        and not (structure.heading_level(paragraph) and "。" not in paragraph)
        and not _ANNOUNCES.search(paragraph)
        and not _is_day(paragraph)
    )


_KINDS_OF_PAPER: Final = re.compile(
    "(?:报告|规划|纲要|意见|通知|方案|计划|决定|决议|办法|措施|条例|建议|公报|要点|讲话|会议|召开|大会|举行|摘要)$"
)


def _title_goes_on(above: str, below: str, meets_body: bool) -> str:
    """Above the running text only what is plainly torn is joined: open brackets, a title that ends in the next line."""
    if (below.startswith(_GOES_ON) and not below.startswith(("—", "“"))) or above.endswith(OPEN_END):
        return "the title goes on"
    if meets_body and _begins(below):
        return ""
    if _unclosed(above, below):
        return "the title goes on"
    if len(below) <= 2 and _KINDS_OF_PAPER.search(above + below) and not _KINDS_OF_PAPER.search(above):
        return "the title goes on"
    return "line break inside a word" if Edges.one_word(above, below) and not _KINDS_OF_PAPER.search(above) else ""
