"""Repairs inside a line: entities and tags, invisible characters, width, markup, spaces; and what is only suspected."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from helpers import lexicon, structure
from helpers.anchors import near
from helpers.ledger import Edit

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_BLANK: Final = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_CLOSE: Final = "，。、；：！？）》〉」』】”’％%"
_OPEN: Final = "（《〈「『【“‘"

_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG: Final = re.compile(
    r"""<!--(?:(?!<!--).){0,500}?-->
      | </?(?P<block>p|br|div|li|ul|ol|tr|table|tbody|h[1-6]|hr|section|article)\b(?:[ /][^<>\n]{0,400})?>
      | </?(?:span|b|i|u|a|em|font|strong|sup|sub|img|td|th|center|input|o:p|small|big|mark)\b
          (?:[ /][^<>\n]{0,400})?>""",
    re.X | re.S | re.I,
)
_WIDTHLESS: Final = (
    r"\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
_NO_WIDTH: Final = re.compile(f"[{_WIDTHLESS}]")
_INVISIBLE: Final = re.compile(rf"\n[{_WIDTHLESS}]+(?=\n)|[{_WIDTHLESS}]+")  # a line of nothing else is no empty line
# These begin with a set of characters and look at the rest behind it: `re` then skips to the characters of the set.
_LINE_END: Final = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029](?!(?<=\r)\n)")
_THOUSANDS: Final = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))(?<!\d\d\d\d，)(?<![.．]\d，)(?<![.．]\d\d，)")  # 1，062万吨
_WIDE: Final = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ％．](?:(?<!．)[０-９Ａ-Ｚａ-ｚ％]*|(?:(?<=[0-9０-９]．)|(?<=[0-9０-９] ．))(?= ?[0-9０-９]))"
)
_RADICAL: Final = re.compile("[\u2f00-\u2fd5\uf900-\ufa6d][\u2f00-\u2fd5\uf900-\ufa6d]*")
_NARROW: Final = {0xFF10 + i: 0x30 + i for i in range(10)} | {
    0xFF21 + k + i: 0x41 + d + i for k, d in ((0, 0), (32, 32)) for i in range(26)
}
_NARROW_ALL: Final = _NARROW | {ord("％"): "%", ord("．"): "."}
_MARKUP_SIGN: Final = re.compile(r"[#>*+_=\[-]")
_MARKUP: Final = re.compile(r"^[ \t\u3000]*(#{1,6}[ \t]+|>[ \t]+)", re.M)
_BULLET: Final = re.compile(r"^[ \t]*([-*+][ \t]+)(?=[\u4e00-\u9fff“《])", re.M)
_BULLET_SIGN: Final = re.compile(r"[-*+][ \t]")
_RULE: Final = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$", re.M)
_LINK: Final = re.compile(r"(!?\[)([^\[\]\n]{0,200})(\]\([^()\s]{1,400}\))")
_EMPHASIS: Final = re.compile(r"\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*")

_SINGLES: Final = re.compile(rf"(?<![^{_BLANK}\n])[{_HAN}](?:[{_BLANK}]+[{_HAN}])+(?![^{_BLANK}\n])")
_ONE_BLANK: Final = re.compile(f"[{_BLANK}]")
_GAP: Final = re.compile(rf"[{_BLANK}]+")
_PROSE: Final = re.compile(r"[，。；、]|[\u4e00-\u9fff][,;]")
_NUMBER_GAP: Final = re.compile(rf"\d(?:[{_BLANK}]?\d|[{_BLANK}]?[.,:][{_BLANK}]?(?=\d)|[{_BLANK}](?=%))+")
_NUMBERED: Final = re.compile("第[一二三四五六七八九十百零〇]{1,5}(?:部分|[编篇章节条部])")
_RANGE: Final = re.compile(rf"[\d%][{_BLANK}]?[～~—–-]{{1,2}}[{_BLANK}]?\d")
_SYMBOLS: Final = "-–—～~+∶‰/"
_DATE_GAP: Final = re.compile(rf"\d[{_BLANK}]+[年月日]|[年月][{_BLANK}]+\d")
_BYLINE: Final = re.compile(r"(?:记者|通讯员|特派员|作者|编辑|摄影|报道组|摄|讯|电|消息|报道)\s*$")
_SPACED_MARK: Final = re.compile(rf" (?<=[{_HAN}\d”%）)] )[，。、；,;]")

_CONJUNCTION: Final = re.compile("[和与及、]")
_GOES_ON: Final = re.compile(
    "[家群化性者业区县市园带圈链体类型率级法学员人队网城镇村资品系部]"
)  # suffixes that make another word
_WORD_BEFORE: Final = re.compile(rf"[{_HAN}]+$")
_WORD_BEHIND: Final = re.compile(rf"[{_HAN}]+")
# A misprint has one of these no more than four characters in
_MISPRINT_SIGN: Final = re.compile(
    r"[%\ufffd，。、；,月年](?:(?<=\ufffd)|(?<=%)%|(?<=，)[，。]|(?<=。)[。，]|(?<=、)[、，]|(?<=；)；|(?<=,),|(?<=\d[月年]))"
)
_MISPRINT: Final = re.compile(
    r"""(?P<percent>%%) | (?P<unreadable>\ufffd+) | (?P<marks>，，|。。|、、|；；|，。|。，|、，|,,)
      | (?<!\d)(?P<month>(?:1[3-9]|[2-9]\d)月(?=\d{1,2}[日号])) | (?<!\d)(?P<day>\d{1,2}月(?:3[2-9]|[4-9]\d)[日号])
      | (?<!\d)(?P<year>(?:0\d{3}|2[2-9]\d\d|[3-9]\d{3})年)(?=\d{1,2}月|[度初末底前内])""",
    re.X,
)
_MISPRINTS: Final = {
    "percent": "two percent signs",
    "unreadable": "a character that could not be decoded",
    "marks": "two marks together",
    "month": "no such month",
    "day": "no such day",
    "year": "no such year",
}


def entities(text: str) -> Iterator[Edit]:
    """HTML entities: &nbsp; &ldquo; &#8220;"""
    for m in _ENTITY.finditer(text):
        plain = html.unescape(m.group())
        if plain != m.group() and len(plain) == 1 and not 0xD800 <= ord(plain) < 0xE000:
            yield Edit(m.start(), m.end(), plain, "entity", f"HTML entity {m.group()}")


def tags(text: str) -> Iterator[Edit]:
    """Left-over HTML tags; those of blocks end a line."""
    for m in _TAG.finditer(text):
        yield Edit(m.start(), m.end(), "\n" if m["block"] else "", "tag", f"HTML tag {m.group()[:40]}")


def invisible(text: str) -> Iterator[Edit]:
    """Zero-width and control characters, and the rarer line ends."""
    for m in near(_INVISIBLE, _NO_WIDTH, text, back=1):
        yield Edit(m.start(), m.end(), "", "invisible", "character without width or meaning")
    for m in _LINE_END.finditer(text):
        yield Edit(m.start(), m.end(), "\n", "layout", "line end")


def width(text: str) -> Iterator[Edit]:
    """Full-width digits, letters, percent signs, decimal points (２０２５年 → 2025年), commas; radicals from PDFs."""
    for m in _RADICAL.finditer(text):
        plain = unicodedata.normalize("NFKC", m.group())
        if len(plain) == len(m.group()):
            yield Edit(m.start(), m.end(), plain, "width", "a radical in the place of a character")
    for m in _WIDE.finditer(text):
        yield Edit(m.start(), m.end(), m.group().translate(_NARROW_ALL), "width", "full-width digits or letters")
    for m in _THOUSANDS.finditer(text):
        yield Edit(m.start(), m.end(), ",", "width", "full-width comma in a number")


def markup(text: str) -> Iterator[Edit]:
    """Markdown: signs before a heading, a quotation, an item of a list; rules, links, pictures; around strong words."""
    if not _MARKUP_SIGN.search(text):
        return
    for m in _MARKUP.finditer(text) if "#" in text or ">" in text else ():
        yield Edit(m.start(1), m.end(1), "", "markup", "markdown sign before a heading or quotation")
    for m in _BULLET.finditer(text) if _BULLET_SIGN.search(text) else ():
        yield Edit(m.start(1), m.end(1), "", "markup", "markdown sign of a list")
    for m in _RULE.finditer(text) if any(sign in text for sign in ("---", "***", "___", "===")) else ():
        yield Edit(m.start(), m.end(), "", "markup", "markdown rule")
    for m in _LINK.finditer(text) if "](" in text else ():
        if m[1].startswith("!"):
            yield Edit(m.start(), m.end(), "", "markup", "markdown picture")
        else:
            yield Edit(m.start(1), m.end(1), "", "markup", "markdown link")
            yield Edit(m.start(3), m.end(3), "", "markup", "markdown link")
    for m in _EMPHASIS.finditer(text) if "**" in text else ():
        yield Edit(m.start(), m.start(1), "", "markup", "markdown sign of emphasis")
        yield Edit(m.end(1), m.end(), "", "markup", "markdown sign of emphasis")


def spaced_out(text: str) -> Iterator[Edit]:
    """Lines set with a blank after every letter: 政 府 工 作 报 告."""
    if not _ONE_BLANK.search(text):
        return
    at = 0
    for line in text.split("\n"):
        if len(line) <= 120 and _SINGLES.fullmatch(line.strip()):
            for m in _GAP.finditer(line.rstrip(), len(line) - len(line.lstrip())):
                yield Edit(at + m.start(), at + m.end(), "", "gap", "a heading set with spaces between its letters")
        at += len(line) + 1


def spaces(text: str) -> Iterator[Edit]:
    """Blanks inside running text: in numbers, between Chinese characters, before and inside punctuation."""
    if not _ONE_BLANK.search(text):
        return
    marks = sum(map(text.count, "，。、；,;"))
    spaced = marks > 20 and len(_SPACED_MARK.findall(text)) > 0.2 * marks
    lines = text.split("\n")
    body = structure.body_starts([line.strip() for line in lines])
    at = 0
    for i, line in enumerate(lines):
        if _ONE_BLANK.search(line) and _ONE_BLANK.search(stripped := line.strip()):
            begin = at + len(line) - len(line.lstrip())
            prose = i >= body and bool(_PROSE.search(stripped) or structure.heading_level(stripped))
            yield from _gaps(stripped, begin, prose, spaced)
        at += len(line) + 1


def _gaps(line: str, at: int, prose: bool, spaced: bool) -> Iterator[Edit]:
    numbers = []
    for m in _NUMBER_GAP.finditer(line):
        if _GAP.search(m.group()) and _one_number(m.group(), prose):
            numbers.append(m.span())
    n = 0
    number = m.end() if (m := _NUMBERED.match(line)) else -1
    for m in _GAP.finditer(line):
        if m.start() == number:
            continue  # 第一章 总则
        while n < len(numbers) and numbers[n][1] <= m.start():
            n += 1
        if n < len(numbers) and numbers[n][0] < m.start():
            yield Edit(at + m.start(), at + m.end(), "", "gap", "blank inside a number")
        elif _DATE_GAP.search(line[m.start() - 1 : m.end() + 1]):
            yield Edit(at + m.start(), at + m.end(), "", "gap", "blank inside a date")
        elif (prose or spaced) and (reason := _idle(line, m, spaced)):
            yield Edit(at + m.start(), at + m.end(), "", "gap", reason)


def _one_number(run: str, prose: bool) -> bool:
    """Whether digits with blanks between them are one number: 2 0 2 5, 1 100, 13. 5 — and not a row of years."""
    groups = re.split(rf"[{_BLANK}]+", run)
    if all(len(re.sub(r"\D", "", g)) <= 1 for g in groups):
        return True
    digits = re.sub(r"\D", "", run)
    return prose and len(groups) <= 3 and len(digits) <= 9 and not all(len(g) >= 4 for g in groups)


def _idle(line: str, m: re.Match[str], spaced: bool) -> str:
    """Why a blank between two characters of running text stands for nothing; empty where it may mean something."""
    left, right = line[m.start() - 1 : m.start()], line[m.end() : m.end() + 1]
    if not left or not right:
        return ""
    han_left, han_right = _han(left), _han(right)
    if right in _CLOSE or left in _OPEN or left in _CLOSE[:5]:
        return "blank beside punctuation"
    if (
        spaced
        and (han_left or left in ',;:()"' or left in _CLOSE)
        and (han_right or right in ',;:()"' or right in _OPEN or right.isdigit())
    ):
        return "blank beside punctuation" if not (han_left and han_right) else "blank inside running text"
    if (right in ",;:)" and han_left) or (left == "(" and han_right):
        return "blank beside punctuation"
    sign = spaced and (left in _SYMBOLS or right in _SYMBOLS) and not re.match("[A-Za-z]", left + right)
    if sign or _RANGE.search(line[max(0, m.start() - 3) : m.end() + 3]):
        return "blank beside a sign"
    if (han_left and right.isdigit()) or (left.isdigit() and (han_right or right == "%")):
        return "blank between a number and its unit"
    if han_left and han_right and not _names(line, m):
        return "blank inside running text"
    return ""


def _han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff" or c == "〇"


def _names(line: str, m: re.Match[str]) -> bool:
    """Whether a blank divides names: after 记者, or between short words that further blanks or brackets bound."""
    left = re.search(rf"[{_HAN}]+$", line[max(0, m.start() - 30) : m.start()])
    right = re.match(rf"[{_HAN}·]+", line[m.end() : m.end() + 30])
    if not left or not right:
        return False
    if _BYLINE.search(left.group()) or _BYLINE.search(line[max(0, m.start() - 40) : m.start()]):
        return True
    if len(left.group()) == 1 and len(right.group()) == 1:
        return False
    before = line[max(0, m.start() - len(left.group()) - 1) : m.start() - len(left.group())]
    after = line[m.end() + len(right.group()) : m.end() + len(right.group()) + 1]
    bounded = (before == "" or before in _BLANK_SET + "(（") and (after == "" or after in _BLANK_SET + ")）/、")
    return bounded and all(len(t) <= 4 and t[0] in _surnames() for t in (left.group(), right.group()))


@cache
def _surnames() -> frozenset[str]:
    return lexicon.words("surnames") | lexicon.words("surnames_rare")


_BLANK_SET: Final = " \t\u00a0\u3000"


def headline_gaps(text: str) -> Iterator[Edit]:
    """A blank inside a heading where the same words stand together elsewhere: the text shows that they are one."""
    if not _ONE_BLANK.search(text, 0, 4000):
        return
    lines = [m for m in re.finditer(r"[^\n]{1,120}", text[:4000]) if _ONE_BLANK.search(m.group())][:40]
    squeezed = re.sub(r"\s+", "", text) if lines else ""
    for line in lines:
        for m in _GAP.finditer(line.group()):
            if _NUMBERED.fullmatch(line.group()[: m.start()].strip()):
                continue  # 第一章 总则
            left, right = line.group()[: m.start()][-6:], line.group()[m.end() :][:4]
            words = len(left) >= 2 and len(right) >= 2 and _han(left[-1]) and _han(right[0])
            if words and squeezed.count(left + right) > 1:
                at = line.start()
                yield Edit(
                    at + m.start(), at + m.end(), "", "gap", f"{left}{right} stands together elsewhere in the text"
                )


def _doubled(text: str, m: re.Match[str]) -> str:
    """The word of 3 to 12 characters on both sides of 和, of 2 to 12 on both sides of 、 (there the whole item)."""
    left = _WORD_BEFORE.search(text[max(0, m.start() - 13) : m.start()])
    right = _WORD_BEHIND.match(text, m.end(), m.end() + 13)
    if not left or not right:
        return ""
    if m.group() == "、":
        return left.group() if left.group() == right.group() and 2 <= len(left.group()) <= 12 else ""
    sizes = range(min(12, len(left.group()), len(right.group())), 2, -1)
    word = next((right.group()[:n] for n in sizes if left.group().endswith(right.group()[:n])), "")
    return "" if _GOES_ON.match(text, m.end() + len(word)) else word  # 民营企业和民营企业家: two words


def suspects(text: str) -> Iterator[Edit]:
    """What looks like a misprint is reported and left alone: both conjuncts the same, %%, dates that cannot be."""
    for m in _CONJUNCTION.finditer(text):
        at = m.start()
        if text.find(text[at + 1 : at + 3], at - 12 if at > 12 else 0, at) < 0:
            continue  # two characters of a word that stands on both sides
        if word := _doubled(text, m):
            place = m.start() - len(word), m.end() + len(word)
            reason = f"{word} stands on both sides of {m.group()}: a misprint?"
            yield Edit(*place, text[slice(*place)], "suspect", reason, False)
    for m in near(_MISPRINT, _MISPRINT_SIGN, text, back=4):
        yield Edit(m.start(), m.end(), m.group(), "suspect", f"{_MISPRINTS[m.lastgroup or '']}: a misprint?", False)
