"""In which sense 创新, 协调, 绿色, 开放 or 共享 stands in its sentence: the concept, or a word that only looks like it.

The rules ask what a reader asks: what does the word govern (its object), what modifies it, which noun does the
compound end in, is it an adverb before another verb. Word classes come from `data/lexicon/themes.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

CLAUSE_MARKS: Final = "，,；;：:。！？!?\n"
_PHRASE_MARKS: Final = re.compile(r"[、“”‘’《》（）()]")
# What can stand before a word that begins a verb phrase: nothing, a mark, an adverb, a modal, a conjunction.
_VERB_SLOT: Final = re.compile(
    r"""(?:^|[、“”《》（）()])$ | (?:^|.)(?:要|须|应|应当|需|能|可以|得以|来|去|并|并且|而|且|和|与|及|以及|以|地|再|更|更加|也|都|共同)$
      | (?:不断|持续|积极|大力|大胆|进一步|努力|着力|主动|充分|深入|全面|加快|加速|率先|勇于|敢于|善于|鼓励|支持|探索|坚持|继续|稳步|切实|抓紧|同步|注重|通过|聚力|锐意|统筹|有效|科学|系统|合理)$""",
    re.X,
)
_NUMBER: Final = re.compile(r"^\s*(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[)）、]|[一二三四五六七八九十]是|第[一二三四五六七八九十][章节]?)\s*")
_NOT_MODIFIER: Final = re.compile(r"(?:^|[、“”《》（）()的了])$")


@dataclass(frozen=True, slots=True)
class Context:
    """A keyword with what stands before and after it in its clause."""

    left: str
    right: str

    @property
    def verbal(self) -> bool:
        """Whether the keyword stands where a verb phrase begins."""
        return bool(_VERB_SLOT.search(self.left))

    @property
    def near(self) -> str:
        """The phrase before the keyword: back to the last 、 or bracket."""
        return _PHRASE_MARKS.split(self.left)[-1]


def context(text: str, start: int, end: int) -> Context:
    """The clause around `text[start:end]`."""
    left = max(text.rfind(c, 0, start) for c in CLAUSE_MARKS) + 1
    right = min((p for c in CLAUSE_MARKS if (p := text.find(c, end)) >= 0), default=len(text))
    return Context(_NUMBER.sub("", text[left:start]), text[end:right])


class Words:
    """A class of words, asked whether a stretch of text begins with, ends in or holds one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        either = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
        self.opens = re.compile(either).match
        self.inside = re.compile(either).search
        self.closes = re.compile(f"(?:{either})$").search


Classes = Mapping[str, Words]


def innovation(c: Context, k: Classes) -> tuple[bool, str]:
    """创新: a verb with form, carrier or method of work as object, or an adverb before another verb, is not the concept."""
    if k["innovation_heads"].opens(c.right) or not c.verbal:
        return True, "compound"
    phrase = c.right[:20]
    institution = k["institutions"].inside(phrase)
    if institution:
        return True, "verb+institution"
    if k["verbs_after_adverb"].opens(c.right):
        return False, "adverb"
    if k["forms"].inside(phrase):
        return False, "verb+form"
    return True, "verb+object"


def coordination(c: Context, k: Classes) -> tuple[bool, str]:
    """协调: a state of regions, town and country, economy and society; not the act of an administrator or the fit of methods."""
    if re.match(r"发展(?!改革)|性|可持续|共进|共生|并进", c.right):
        return True, "balance"
    if k["balanced"].inside(c.left[-16:]) and not k["administrative"].opens(c.right):
        return True, "between"
    if re.match(r"推进|推动", c.right) and k["balanced"].inside(c.right):
        return True, "between"
    if re.match(r"区域|城乡", c.right) or re.search(r"全面$", c.left) and c.right[:1] in ("、", ""):
        return True, "balance"
    return False, "administrative"


def green(c: Context, k: Classes) -> tuple[bool, str]:
    """绿色: ecology, low carbon, green industry; not the fast lane (绿色通道) nor the colour."""
    return (False, "figurative") if k["not_green"].opens(c.right) else (True, "ecology")


def opening(c: Context, k: Classes) -> tuple[bool, str]:
    """开放: towards the outside, markets, regions; not of data, premises or opening hours."""
    if k["opened_after"].opens(c.right):
        return False, "of things"
    if k["opened_things"].inside(c.near[-12:]) or k["opened_ways"].closes(c.left):
        return False, "of things"
    return True, "outward"


def sharing(c: Context, k: Classes) -> tuple[bool, str]:
    """共享: of fruits, services and chances by people and regions; not of data, equipment, facilities or talent."""
    if c.right.startswith("发展"):
        return True, "by people"
    if k["shared_things"].opens(c.right) or k["shared_things"].inside(c.near[-12:]):
        return False, "of things"
    if k["sharers"].closes(c.left) or k["fruits"].inside(c.right) or k["fruits"].inside(c.left[-12:]):
        return True, "by people"
    return False, "of things"


JUDGES: Final = {"创新": innovation, "协调": coordination, "绿色": green, "开放": opening, "共享": sharing}


def bare(c: Context, k: Classes) -> bool:
    """Whether X发展 stands alone, without a modifier before X: 推动绿色发展, not 区域协调发展."""
    return c.verbal or bool(k["governors"].closes(c.left)) or bool(_NOT_MODIFIER.search(c.left))
