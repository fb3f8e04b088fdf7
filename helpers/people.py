"""Names of people by the grammar of news Chinese: offices, lists, bylines, verbs of meetings. No name is listed."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from helpers import lexicon
from helpers.anchors import near
from helpers.edges import engine
from helpers.frames import either

_HAN: Final = "\u4e00-\u9fff"
_COMMON: Final = frozenset(lexicon.words("surnames"))
_ANY: Final = _COMMON | lexicon.words("surnames_rare")
_FIRST: Final = frozenset(family[0] for family in _ANY)  # characters that a name begins with
_LETTER: Final = re.compile(f"[{_HAN}]")
_NAME: Final = re.compile(rf"(?:(?![的了着、等在两各所将])[{_HAN}])+")
_OFFICES: Final = lexicon.words("offices")
_ADDRESS: Final = frozenset({"同志", "先生", "女士"})
_NO_TITLE: Final = frozenset({"代表", "委员", "专家", "记者", "通讯员", "研究员", "主持人", "评论员", "发言人"})
_VERBS: Final = "|".join(sorted({w.split()[0] for w in lexicon.words("roles")}, key=len, reverse=True))
_AFTER: Final = re.compile(rf"$|[^{_HAN}·]|{_VERBS}|{either('name_followers')}|{either('offices')}")
_OFFICE: Final = re.compile(either("offices"))
BYLINE: Final = re.compile(r"(?:记者|通讯员|特派员|见习记者|特约记者)[ \u3000：:]*")
_MEETS: Final = re.compile(
    r"主持|讲话|致辞|出席|列席|参加会议|宣读|点评|发言|汇报|就座|传达|作(?:了)?(?:报告|说明|总结|交流)"
)
_SPEAKS: Final = re.compile(
    r"(?:还|又|最后|同时|在[^，,。；;：:\n]{1,20}?(?:时|中|上|后))?(?:强调)?(?:指出|强调|表示|说|认为)[，,：:“]"
)
_OPENS: Final = r"(?<![^\n，,。；;：:、！？”)） \u3000])"  # where a clause or an item begins
_START: Final = re.compile(rf"{_OPENS}(?=[{_HAN}])")
_SUBJECT: Final = re.compile(  # a clause that begins as a name does and, behind it, has a verb of meetings or of speech
    rf"[{''.join(sorted({family[0] for family in _COMMON}))}](?<![^\n，,。；;：:、！？”)） \u3000].)"
    rf"(?=[{_HAN}]{{1,3}}(?:{_MEETS.pattern}|{_SPEAKS.pattern}))"
)
_CHAIRED: Final = re.compile(f"由(?=[{_HAN}]{{2,4}}主持)")
_BLANKS: Final = re.compile("[ \u3000]{0,2}")
_BETWEEN: Final = re.compile("[ \u3000、]+")
_COMMA: Final = re.compile("、")
_LIST: Final = re.compile(rf"[{_HAN}·]{{1,40}}(?:[ \u3000]?、[{_HAN}·]{{1,40}})+")
_LIST_SIZE: Final = 40  # the longest item of _LIST
_NO_ITEM: Final = re.compile(rf"(?s:.*)[^{_HAN}·]")  # up to what stands before an item
_ITEM: Final = re.compile("[^、 \u3000]+")
_NAME_LISTED: Final = re.compile(rf"、[{''.join(sorted(_FIRST))}][{_HAN}]{{1,3}}?(?:{_AFTER.pattern})|·")
_LIST_TAIL: Final = re.compile(
    rf"\s*(?:等|分别|先后|同志|一行|[0-9一二三四五六七八九十]+(?:位|名|人)|在[^，,。；;\n]{{1,16}}|[省市县区州]领导|{_VERBS}|就[^，,。；;\n]{{1,16}}发言)"
)
_LIST_HEAD: Final = re.compile(rf"(?:领导|{either('offices')}|记者|通讯员|会议的|出席的?有|[：:])\s*$")
_DOT: Final = re.compile("·")
_FOREIGN: Final = re.compile(rf"(?<![{_HAN}·])[{_HAN}]{{1,6}}·[{_HAN}]{{2,8}}?(?=、|，|,|。|等|先后|分别|在|$)")


class Person(NamedTuple):
    """An occurrence of a name and how it was known: office · address · byline · list · verb · speech · again."""

    start: int
    end: int
    rule: str


@cache
def _offices() -> AhoCorasick:
    return AhoCorasick(sorted(_OFFICES), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


@lru_cache(maxsize=8192)
def _word(text: str) -> bool:
    """Whether the dictionary has it as an ordinary word (方案, 高度), and not as a name or not at all."""
    found = engine().tag(text, hmm=False)
    return len(found) == 1 and not found[0][1].startswith(("nr", "x"))


def name_at(text: str, start: int, *, common: bool = False) -> int | None:
    """Where a name that begins at `start` ends: family name, one or two characters, then what may follow a name.

    >>> s = "王国生讲话 尹弘主持"
    >>> name_at(s, 0), name_at(s, 6)
    (3, 8)
    """
    if text[start : start + 1] not in _FIRST:
        return None
    family = 2 if text[start : start + 2] in _COMMON else 1
    if text[start : start + family] not in (_COMMON if common else _ANY):
        return None
    for given in (2, 1):
        end = start + family + given
        name = text[start:end]
        if len(name) < family + given or not _NAME.fullmatch(name):
            continue
        if _AFTER.match(text, end) and name[family:] not in _OFFICES and not _word(name) and not _OFFICE.search(name):
            return end
    return None


def find(text: str) -> list[Person]:
    """Every name, in the order of the text.

    >>> s = "会议由省长尹弘主持,李亚、穆为民、徐立毅等省领导参加会议。"
    >>> [s[p.start : p.end] for p in find(s)]
    ['尹弘', '李亚', '穆为民', '徐立毅']
    """
    offices = [(start, end, text[start:end]) for _, start, end in _offices().find_matches_as_indexes(text)]
    found: dict[int, Person] = {}
    for person in chain(
        _after_office(text, offices),
        _before_office(text, offices),
        _bylines(text),
        _lists(text),
        _before_verbs(text),
        _foreign(text),
    ):
        found.setdefault(person.start, person)
    _spread(text, found)
    out: list[Person] = []
    for person in sorted(found.values(), key=lambda p: (p.start, -p.end)):
        if not out or person.start >= out[-1].end:
            out.append(person)
    return out


def _after_office(text: str, offices: Sequence[tuple[int, int, str]]) -> Iterator[Person]:
    for start, end, office in offices:
        if office in _ADDRESS or BYLINE.match(text, start):
            continue
        at = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
        if end := name_at(text, at):
            known = text[at] in _COMMON or text[at : at + 2] in _COMMON
            if known or end - at > 2 or not _LETTER.match(text, end):
                yield Person(at, end, "office")


def _before_office(text: str, offices: Sequence[tuple[int, int, str]]) -> Iterator[Person]:
    for end, _, office in offices:
        if office in _NO_TITLE:
            continue
        for size in (4, 3, 2):
            start = end - size
            name = text[max(0, start) : end]
            family = name[:2] if size == 4 else name[:1]
            if start < 0 or family not in (_ANY if size == 3 else _COMMON) or not _NAME.fullmatch(name):
                continue
            if size == 3 and name[2] in _COMMON and _word(name[:2]):
                continue  # 高举毛|主席: a verb and a family name
            bounded = start == 0 or not _LETTER.match(text, start - 1)
            if (
                (size > 2 or bounded)
                and not _word(name)
                and not _OFFICE.search(name)
                and not _crossed(text, start, end)
            ):
                yield Person(start, end, "office" if office not in _ADDRESS else "address")
                break


def _crossed(text: str, start: int, end: int) -> bool:
    """Whether a dictionary word lies across the beginning of a supposed name (改革 in 深化改|革命同志)."""
    left = max(0, start - 4)
    return any(left + a < start < left + b for _, a, b in engine().tokenize(text[left:end], hmm=False))


def _bylines(text: str) -> Iterator[Person]:
    for m in BYLINE.finditer(text):
        at = m.end()
        while end := name_at(text, at):
            yield Person(at, end, "byline")
            gap = _BETWEEN.match(text, end, end + 4)
            if not gap:
                break
            at = gap.end()


def _lists(text: str) -> Iterator[Person]:
    """王国生、尹弘、刘伟等…: two or more short items that open with family names, where people are listed."""
    for m in _enumerations(text):
        if not _NAME_LISTED.search(text, m.start(), m.end()):
            continue
        items = [(i.start(), i.group()) for i in _ITEM.finditer(text, m.start(), m.end())]
        run: list[tuple[int, int]] = []
        for k, (at, item) in enumerate(items):
            span = _item(text, at, item, first=not run)
            if span:
                run.append(span)
            if not span or k + 1 == len(items):
                if len(run) > 1:
                    yield from _listed(text, run)
                run = [again] if not span and run and (again := _item(text, at, item, first=True)) else []


def _enumerations(text: str) -> Iterator[re.Match[str]]:
    """The matches of _LIST from left to right, each from its first 、 back to where the item before it begins."""
    at = 0
    for comma in _COMMA.finditer(text):
        end = comma.start()
        if end <= at:
            continue
        end -= text[end - 1] in " \u3000"
        floor = max(at, end - _LIST_SIZE)
        before = _NO_ITEM.match(text, floor, end)
        if m := _LIST.match(text, before.end() if before else floor):
            yield m
            at = m.end()


def _item(text: str, at: int, item: str, *, first: bool) -> tuple[int, int] | None:
    """The name that an item of a list is or opens with; the `first` one may have an office before its name."""
    opens = item[0] in _FIRST
    if "·" in item:
        dot = text.index("·", at)
        return next(((at, end) for end in range(dot + 3, at + len(item) + 1) if _AFTER.match(text, end)), None)
    if (
        opens
        and 2 <= len(item) <= 4
        and (item[0] in _ANY or item[:2] in _COMMON)
        and (len(item) < 4 or item[:2] in _COMMON)
    ):
        return None if _word(item) and len(item) > 2 else (at, at + len(item))
    named = first and (item[-2:-1] in _ANY or item[-3:-2] in _ANY)
    if named and (head := _LIST_HEAD.search(item[:-2]) or _LIST_HEAD.search(item[:-3])):
        tail = item[head.end() :]
        if 2 <= len(tail) <= 4 and tail[0] in _ANY:
            return at + head.end(), at + len(item)
    if opens and len(item) > 2 and not first and (end := name_at(text, at)) and end < at + len(item):
        return at, end
    return None


def _listed(text: str, run: list[tuple[int, int]]) -> Iterator[Person]:
    common = sum(text[a] in _COMMON or text[a : a + 2] in _COMMON or "·" in text[a:b] for a, b in run)
    words = sum(_word(text[a:b]) for a, b in run)
    known = _LIST_TAIL.match(text, run[-1][1]) or _LIST_HEAD.search(text[max(0, run[0][0] - 12) : run[0][0]])
    if known and common * 2 >= len(run) and words * 4 <= len(run):
        yield from (Person(a, b, "list") for a, b in run)


def _before_verbs(text: str) -> Iterator[Person]:
    for m in _SUBJECT.finditer(text):
        if (end := name_at(text, m.start(), common=True)) and (_MEETS.match(text, end) or _SPEAKS.match(text, end)):
            yield Person(m.start(), end, "verb")
    for m in _CHAIRED.finditer(text):
        if end := name_at(text, m.end()):
            yield Person(m.end(), end, "verb")


def _foreign(text: str) -> Iterator[Person]:
    for m in near(_FOREIGN, _DOT, text, back=6):
        yield Person(m.start(), m.end(), "list")


def _spread(text: str, found: dict[int, Person]) -> None:
    """A name once known is known wherever it stands; one of two characters only where a name may begin and end."""
    taken = sorted((p.start, p.end) for p in found.values())
    starts = [a for a, _ in taken]
    names = sorted({text[a:b] for a, b in taken})
    if not names:
        return
    known = AhoCorasick(
        names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.NoncontiguousNFA
    )  # which is built in the shortest time
    for _, at, end in known.find_matches_as_indexes(text):
        i = bisect_right(starts, at)
        meets = (i and taken[i - 1][1] > at) or (i < len(taken) and taken[i][0] < end)
        if not meets and (end - at > 2 or (_START.match(text, at) and _AFTER.match(text, end))):
            found[at] = Person(at, end, "again")
