"""Lists: the parts between 、, and the lists whose members are short predicates built alike."""

import re
from dataclasses import dataclass
from typing import Final

from helpers import lexicon
from helpers.verbs import after_adverbs, verb_at

_OPEN: Final = "“‘《（(〔[【「『"
_CLOSE: Final = "”’》）)〕]】」』"
_SIGN: Final = re.compile("[、" + re.escape(_OPEN + _CLOSE) + "]")
_LAST: Final = re.compile(r"以及|和|及|与")
_QUOTED: Final = re.compile(  # 落实“A、B、C”五大重点任务: the list is all that the clause carries out
    r"“(?P<list>[^“”，。、]{3,20}(?:、[^“”，。、]{3,20})+)”(?P<tail>的?(?:[\d一二两三四五六七八九十]大)?(?:重点|重大|各项)?(?:任务|工作|措施|举措)?)"
)
_CATEGORY: Final = re.compile(r"工作$|措施$|任务$|举措$|各项(?:工作|措施|任务|举措)$|重点(?:工作|措施|任务|举措)$")
_BOTH: Final = re.compile(r"要?(?:[既边]|不仅)(?!定|然)")
_AND: Final = re.compile(r"[又也还边更]|而且|并且")
_SHOULD: Final = re.compile(
    r"(?:要(?<=[\u4e00-\u9fff]{2}要)|应(?<=[\u4e00-\u9fff]{2}应)|必须(?<=[\u4e00-\u9fff]{2}必须))(?=[\u4e00-\u9fff])(?!求)"
)
_OF: Final = re.compile(r"的[^的]{0,8}$")
_BEFORE: Final = re.compile(r"(?:[中上下里内]|必须|做到|坚持|在|要|应|既|更加|把[\u4e00-\u9fff]{1,12})$")
_NOMINAL: Final = re.compile(r"[性力感化率度业人户者员区省市县校院所面域类权费税额量品链网线点源]$")
_NOT: Final = re.compile(r"不(?:搞|得|准|许|能|允许)|严禁|决不|绝不")
_RESULT: Final = re.compile(r"[好实牢准稳透住改成]$")

Span = tuple[int, int]


def commas(text: str, start: int, end: int) -> list[int]:
    """Places of the 、 outside brackets and quotation marks.

    >>> commas("“四上”、(区、县)、产业", 0, 13)
    [4, 10]
    """
    depth, out = 0, []
    if text.find("、", start, end) < 0:
        return out
    for m in _SIGN.finditer(text, start, end):
        sign = m.group()
        if sign == "、":
            if depth == 0:
                out.append(m.start())
        elif sign in _OPEN:
            depth += 1
        elif depth:
            depth -= 1
    return out


def parts(text: str, start: int, end: int) -> list[Span]:
    """`text[start:end]` cut at its outer 、; a doubled 、、 cuts once."""
    cuts = commas(text, start, end)
    return [(start, cuts[0]), *_later(cuts, end)] if cuts else [(start, end)]


def _later(cuts: list[int], end: int) -> list[Span]:
    """What stands behind each 、 of a list, if anything does."""
    return [(a + 1, b) for a, b in zip(cuts, [*cuts[1:], end]) if a + 1 < b]


@dataclass(slots=True)
class Listing:
    """A clause with a list, read once for all that is asked about it.

    `cuts` are its outer 、, `later` its parts behind the first of them; `verb` is where its directive verb begins
    behind the adverbs, `opener` where it ends (None for no verb); `holder` where a verb ends that holds predicates
    (确保, 推动); `fights`: it is about an evil (克服A、B; 注重解决A、B; 不搞A、B).
    """

    text: str
    start: int
    end: int
    cuts: list[int]
    later: list[Span]
    verb: int
    opener: int | None
    holder: int | None
    fights: bool

    def parts(self, start: int) -> list[Span]:
        """The clause since `start`, which stands before its first 、, cut at them."""
        return [(start, self.cuts[0] if self.cuts else self.end), *self.later]


def listing(text: str, start: int, end: int) -> Listing:
    """What the rules for lists ask of a clause.

    >>> c = listing("坚决克服形式主义、官僚主义", 0, 13)
    >>> c.cuts, c.text[c.verb : c.opener], c.holder, c.fights
    ([8], '克服', None, True)
    """
    verb, opener = after_adverbs(text, start, end), verb_at(text, start, end)
    holder, begin, at, after = None, start, verb, opener
    if text.startswith("要", start) or (opener and text[verb:opener] in lexicon.words("directive_holders")):
        holder = _holder(text, start, end)
    if holder:
        begin, at, after = holder, after_adverbs(text, holder, end), verb_at(text, holder, end)
    fights = after is not None and text[at:after] in lexicon.words("directive_fights")
    fights = fights or _NOT.match(text, begin, end) is not None
    cuts = commas(text, start, end)
    return Listing(text, start, end, cuts, _later(cuts, end), verb, opener, holder, fights)


def _holder(text: str, start: int, end: int) -> int | None:
    """End of a verb that holds predicates: 确保, 推动."""
    if text.startswith("要", start):
        start += 1
    after = verb_at(text, start, end)
    if after is None:
        return None
    return after if text[after_adverbs(text, start, end) : after] in lexicon.words("directive_holders") else None


def cut_last(text: str, found: list[Span]) -> list[Span]:
    """A and B in the last part of a list: …、C和D → …, C, D, where both are as long as a member may be."""
    start, end = found[-1]
    for m in _LAST.finditer(text, start + 2, end - 1):
        if text[m.end() : m.end() + 1] not in ("谐", "平"):
            return [*found[:-1], (start, m.start()), (m.end(), end)]
    return found


def alike(c: Listing) -> list[Span]:
    """The members of a list of short or parallel predicates; nothing for any other list.

    >>> def show(s): return [s[a:b] for a, b in alike(listing(s, 0, len(s)))]
    >>> show("要稳就业、促改革、惠民生"), show("落实“降成本、补短板”两大任务")
    (['稳就业', '促改革', '惠民生'], ['降成本', '补短板'])
    >>> show("确保标准不降低、不走样"), show("既抓当前、又谋长远"), show("完善宣传、文化、教育政策")
    (['不降低', '不走样'], ['既抓当前', '又谋长远'], [])
    """
    if c.fights:
        return []
    if not c.cuts:
        return _quoted(c.text, c.start, c.end)
    return _both(c) or _should(c) or _short(c) or _equal(c)


def _quoted(text: str, start: int, end: int) -> list[Span]:
    m = _QUOTED.search(text, start, end)
    if m is None or m.end() != end or verb_at(text, start, m.start()) is None:
        return []
    found = parts(text, *m.span("list"))
    same = len({b - a for a, b in found}) == 1
    return found if same or all(verb_at(text, a, b) for a, b in found) else []


def _both(c: Listing) -> list[Span]:
    """既A、又B."""
    text, start = c.text, c.start
    found = c.parts(start)
    if not _BOTH.match(text, *found[0]) or not all(_AND.match(text, a, b) for a, b in found[1:]):
        return []
    first = start + (text[start] == "要")
    return [(first, found[0][1]), *found[1:]]


def _should(c: Listing) -> list[Span]:
    """坚持A要稳、B要准的思路: each member has a subject and a 要 of its own."""
    text, start, end = c.text, c.start, c.end
    found = c.parts(start)
    if not all(_SHOULD.search(text, a, b) for a, b in found):
        return []
    of = _OF.search(text, *found[-1])
    last = (found[-1][0], of.start() if of else end)
    opener = verb_at(text, *found[0])
    return [(opener or start, found[0][1]), *found[1:-1], last]


def _short(c: Listing) -> list[Span]:
    """讲政治、顾大局; 抓实、抓细、抓落地; 早发现、早治疗措施."""
    text, start, end = c.text, c.start, c.end
    found = c.parts(start)
    category = _CATEGORY.search(text, *found[-1])
    if category and category.start() - found[-1][0] >= 2:
        found[-1] = (found[-1][0], category.start())
    if text[end - 1] == "上" and "在" in text[start : found[0][1]]:
        found[-1] = (found[-1][0], end - 1)  # 体现在抓落实、见成效上
    first = _first(c, found)
    if first is None:
        return []
    whole = [(first, found[0][1]), *found[1:]]
    if any("的" in text[a:b] or b - a < 2 or text[b - 1] == "等" for a, b in whole):
        return []
    short = sum(text[a] in lexicon.words("directive_short") for a, _ in whole)
    series = len(whole) >= 3 and len({text[a] for a, _ in whole}) == 1
    if short < len(whole) and not series and any(_NOMINAL.search(text, a, b) for a, b in whole):
        return []
    result = len({text[b - 1] for _, b in whole}) == 1 and _RESULT.search(text, *whole[0])
    if max(b - a for a, b in whole) <= 3:
        return whole if short * 2 >= len(whole) or result else []
    return whole


def _first(c: Listing, found: list[Span]) -> int | None:
    """Where the first member of a list of like members begins in its part."""
    text, start, end, later = c.text, c.start, found[0][1], found[1:]
    sizes = {b - a for a, b in later}
    opening = {text[a] for a, _ in later}
    if len(opening) == 1 and (len(sizes) == 1 or max(sizes) <= 4) and (min(sizes) >= 3 or len(later) >= 2):
        sign = opening.pop()
        i = text.rfind(sign, start, end) if len(sizes) == 1 or sign in lexicon.words("directive_short") else -1
        if i > start and end - i + 1 in sizes and (verb_at(text, i - 1, end) or i) > i:
            i -= 1  # 加强领导、强化保障: the second character of its verb
        if i >= 0 and min(sizes) - 1 <= end - i <= max(sizes) + 1 and (max(sizes) <= 4 or end - i in sizes):
            return i
    if len(sizes) != 1 or not 3 <= (n := sizes.pop()) <= 4 or end - start < n:
        return None
    before, holder = end - n, _holder(text, start, end)
    if holder is not None and (before - holder >= 2 or (before == holder and n == 3)):
        return before  # 确保政策不走样
    if n == 3 and (before == start or _BEFORE.search(text, start, before) or after_adverbs(text, start, end) == before):
        return before
    return None


def _equal(c: Listing) -> list[Span]:
    """让守信者处处受益、失信者寸步难行: under a verb that holds predicates, members of one length."""
    if c.holder is None:
        return []
    found = c.parts(c.holder)
    sizes = {b - a for a, b in found}
    return found if len(sizes) == 1 and sizes.pop() >= 5 and not _NOMINAL.search(c.text, *found[-1]) else []
