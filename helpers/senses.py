"""In which sense 创新, 协调, 绿色, 开放 or 共享 stands in its sentence: the concept, or a word that only looks like it.

The rules ask what a reader asks: what does the word govern (its object), what modifies it, which noun does the
compound end in, is it an adverb before another verb. Word classes come from `data/lexicon/themes.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from helpers.theme_lexicon import Words

_MARK: Final = re.compile("[，,；;：:。！？!?\n]")
_TO_MARK: Final = re.compile(rf"(?s:.*){_MARK.pattern}")  # up to the last of them
_REACH: Final = 100
_PHRASE_MARKS: Final = re.compile(r"[、“”‘’《》（）()]")
_NUMBER: Final = re.compile(
    r"""\s*(?:\d{1,2}[.．、] | [（(]?[一二三四五六七八九十]{1,3}[)）、] | [一二三四五六七八九十]是
        | 第[一二三四五六七八九十][章节]?)\s*""",
    re.X,
)
# 开创|新局面, 再创|新高: the two characters are no word
_NO_WORD: Final = re.compile("[开共首屡再续争同]$")
_NEW_THING: Final = re.compile(
    "的?(?:历史)?(?:的)?(?:高(?:$|[位峰、的])|低$|局|篇|纪录|纪元|时代|境界|天地|未来|业绩|佳绩|辉煌|伟业|优势|气象|阶段|成绩|奇迹)"
)
_RECORD: Final = re.compile("(?:历史)?新(?:高|低)(?!地)|历史|高$|低$|纪录")
_PAIR: Final = re.compile(r"^[和与、](?:[\u4e00-\u9fff]{2})")
_NOMINAL: Final = re.compile(r"$|[、的之是和与及“”《》（）()]|成为|摆在|在")
_ADVERBIAL: Final = re.compile("性地?")
_GOVERNED: Final = re.compile("(?:以|用|靠|凭|把|将|对|由|为|通过)(?:[\u4e00-\u9fff]{1,8}[和与])?$")
_BY_MEANS: Final = re.compile(r"(?:用|以|靠|依靠|运用)[^、]{0,6}$")
_PHRASE_END: Final = re.compile(r"$|[、和与及的“”《》（）()]")
_BALANCED: Final = re.compile("发展(?!改革)|性|可持续|共进|共生|并进")
_ALL_ROUND: Final = re.compile("全面$")
_TO_ALL: Final = re.compile(r"向(?:社会|公众|全社会)[^、]{0,4}$")
_OPENING: Final = re.compile("(?:^|[、“”《》（）()])$")
_NOT_MODIFIER: Final = re.compile(r"(?:^|[、“”《》（）()的了])$")


@dataclass(frozen=True, slots=True)
class Context:
    """A keyword with what stands before and after it in its clause."""

    left: str
    right: str

    def verbal(self, k: "Classes") -> bool:
        """Whether the keyword stands where a verb phrase begins: first, after a mark, or after an adverb or a modal."""
        return bool(_OPENING.search(self.left) or k["before_verbs"].closes(self.left))

    @property
    def near(self) -> str:
        """The phrase before the keyword: back to the last 、 or bracket."""
        return _PHRASE_MARKS.split(self.left)[-1]


def context(text: str, start: int, end: int) -> Context:
    """The clause around `text[start:end]`; of a clause without end, a hundred characters on either side."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before, after = _TO_MARK.match(text, first, start), _MARK.search(text, end, last)
    left, right = before.end() if before else first, after.start() if after else last
    return Context(
        _NUMBER.sub("", text[left:start], count=1) if _NUMBER.match(text, left, start) else text[left:start],
        text[end:right],
    )


Classes = Mapping[str, Words]


def innovation(c: Context, k: Classes) -> tuple[bool, str]:
    """创新: no concept as a verb with a form, carrier or method of work for object, or as an adverb before a verb.

    >>> from helpers.theme_lexicon import load
    >>> [innovation(context(s, s.index("创新"), s.index("创新") + 2), load().classes)[0]
    ...     for s in ("科技创新体系", "创新体制机制", "创新载体", "创新推进审批改革", "全面开创新局面")]
    [True, True, False, False, False]
    """
    if (_NEW_THING.match(c.right) and _NO_WORD.search(c.left)) or (_RECORD.match(c.right) and not c.verbal(k)):
        return False, "no word"
    right = _PAIR.sub("", c.right) if k["paired_verbs"].opens(c.right[1:]) else c.right
    if k["innovation_heads"].opens(right):
        return True, "compound"
    if (adverb := _ADVERBIAL.match(right)) and k["verbs_after_adverb"].opens(right[adverb.end() :]):
        return False, "adverb"
    if _NOMINAL.match(right):
        return True, "nominal"
    if _GOVERNED.search(c.left) and k["verbs_after_adverb"].opens(right):
        return True, "means"  # 以创新推动…: a noun under its preposition, not an adverb
    if k["verbs_after_adverb"].opens(right) and (c.verbal(k) or k["activities"].closes(c.left)):
        return (True, "verb+institution") if _head(right, k["institutions"], k) else (False, "adverb")
    paired = bool(k["paired_verbs"].closes(c.left)) and not k["forms"].opens(right)
    if not (c.verbal(k) or paired) or (_BY_MEANS.search(c.left) and k["forms"].opens(right)):
        return True, "compound"
    if _head(right, k["institutions"], k):
        return True, "verb+institution"
    if _head(right, k["forms"], k):
        return False, "verb+form"
    return True, "compound" if k["innovation_heads_weak"].opens(right) else "verb+object"


def _head(right: str, words: Words, k: Classes) -> bool:
    """Whether one of the words ends a noun phrase soon after: before a mark, 和, or a verb of effect."""
    return any(
        _PHRASE_END.match(right, m.end()) or k["effects"].opens(right[m.end() :]) or words.opens(right[m.end() :])
        for m in words.each(right[:24])
    )


def coordination(c: Context, k: Classes) -> tuple[bool, str]:
    """协调: a state of regions, town and country, economy and society; no act of administration, no fit of methods.

    >>> from helpers.theme_lexicon import load
    >>> [coordination(context(s, s.index("协调"), s.index("协调") + 2), load().classes)[0]
    ...     for s in ("区域协调发展", "城乡发展更加协调", "加强政策协调配合", "统筹协调各部门")]
    [True, True, False, False]
    """
    if c.right.startswith("性") and k["methods"].inside(c.left[-10:]) and not k["balanced"].inside(c.left[-10:]):
        return False, "of methods"
    if _BALANCED.match(c.right):
        return True, "balance"
    if k["regions"].closes(c.left) and not c.left.endswith("跨区域"):
        return True, "between"
    if k["administrative"].opens(c.right) or k["methods"].closes(c.left):
        return False, "administrative"
    if k["balance_signs"].closes(c.left) or (_ALL_ROUND.search(c.left) and c.right[:1] in ("、", "")):
        return True, "balance"
    if k["balanced"].inside(c.left[-16:]) or k["balanced"].inside(c.right[:10]):
        return True, "between"
    return False, "administrative"


def green(c: Context, k: Classes) -> tuple[bool, str]:
    """绿色: ecology, low carbon, green industry; not the fast lane (绿色通道) nor the colour."""
    return (False, "figurative") if k["not_green"].opens(c.right) else (True, "ecology")


def opening(c: Context, k: Classes) -> tuple[bool, str]:
    """开放: towards the outside, markets, regions; not of data, premises or opening hours.

    >>> from helpers.theme_lexicon import load
    >>> [opening(context(s, s.index("开放"), s.index("开放") + 2), load().classes)[0]
    ...     for s in ("扩大对外开放", "以开放促改革", "公共数据开放", "向社会开放体育设施", "开放时间")]
    [True, True, False, False, False]
    """
    if k["opened_after"].opens(c.right) or k["opened_ways"].closes(c.left):
        return False, "of things"
    if k["opened_things"].inside(c.near[-12:]):
        return False, "of things"
    if k["markets"].inside(c.right[:16]):
        return True, "outward"
    if (
        (c.verbal(k) or _TO_ALL.search(c.left))
        and not _NOMINAL.match(c.right)
        and k["opened_things"].inside(c.right[:12])
    ):
        return False, "of things"
    return True, "outward"


def sharing(c: Context, k: Classes) -> tuple[bool, str]:
    """共享: of fruits, services and chances by people and regions; not of data, equipment, facilities or talent.

    >>> from helpers.theme_lexicon import load
    >>> [sharing(context(s, s.index("共享"), s.index("共享") + 2), load().classes)[0]
    ...     for s in ("人民共享改革发展成果", "共建共治共享", "推动政务数据共享", "共享单车")]
    [True, True, False, False]
    """
    if c.right.startswith("发展"):
        return True, "by people"
    near = c.near[-12:]
    if k["people"].closes(c.left) and not k["shared_technical"].inside(c.right[:8]):
        return True, "by people"
    for place in (near, c.right[:8]):
        if k["shared_services"].inside(place) and not k["shared_technical"].inside(near + c.right[:8]):
            return True, "by people"
    if k["shared_things"].inside(c.right[:12]) or k["shared_things"].inside(near):
        return False, "of things"
    people = k["sharers"].inside(near) or k["sharers"].closes(c.left)
    if people or k["fruits"].inside(c.right) or k["fruits"].inside(near):
        return True, "by people"
    return False, "of things"


JUDGES: Final = {"创新": innovation, "协调": coordination, "绿色": green, "开放": opening, "共享": sharing}


def bare(c: Context, k: Classes) -> bool:
    """Whether X发展 stands alone, with no modifier before X (区域协调发展) and no object after it (创新发展模式)."""
    after = c.right[2:]
    if k["institutions"].opens(after) or k["forms"].opens(after) or k["fruits"].opens(after):
        return False
    return c.verbal(k) or bool(k["governors"].closes(c.left)) or bool(_NOT_MODIFIER.search(c.left))
