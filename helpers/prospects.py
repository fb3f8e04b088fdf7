"""Prospects: whether a clause of narrated news holds out what is to come, by intent, by decision or by a year ahead.

A report of work or a plan speaks of what is to be done; news tells what is and what was. There 要 may be a cost (要花
百元), 将 an object (将钱交给他) or a forecast (气温将下降): they count with a verb of doing or of a level behind them, and
将 with a level only beside a time to come. What is foreseen and not intended (预计, 据测算) is no commitment.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from helpers import lexicon
from helpers.verbs import after_adverbs

_DUE: Final = (
    r"到(?=(?:19|20|21)\d\d年|[一二][九〇○零一][〇○零一二三四五六七八九]{2}年|本世纪|下个?世纪|[“十][^，。]{1,4}五”?末)"
    r"|到(?:今年|明年)?年?底|(?:今年|明年|(?:19|20|21)\d\d年)?年[底末][以之]?前(?![一二三四五六七八九十\d])|从?明年|从今后"
)
_NOUN: Final = (
    re.compile(  # 原计划, 生育计划, 需要 name a thing; 为确保 says what for, 在确保…的前提下 under what condition
        r"(?:[原按照据比的个项份该此本超]|生育|发展|为了?|在|多方|帮助|[已曾想只需主重首纲简概摘没不])$"
    )
)
_TO_BE: Final = ("将",)
_WEAK: Final = ("要", "必须", "必需", "须", "提出", *_TO_BE)  # a preposition behind them proves nothing
_TIMED: Final = re.compile(
    r"""(?:[\d一二两三四五六七八九十]{1,3}年(?:之?内|时间)|今明两年|今年|明年|年内|每年|届时|年底前?|今后|未来
        |再|还|全部|均|都|各|只|先)+""",
    re.X,
)
_THROUGH: Final = re.compile(r"[在于到用从自以对向使让由]|通过")
_OBJECT: Final = re.compile(r"[把将]")
_STOP: Final = re.compile("[，,。；;：:]")
_YEAR: Final = re.compile(r"到?((?:19|20|21)\d\d|[一二][九〇○零一][〇○零一二三四五六七八九]{2})年")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_OF_A_NOUN: Final = re.compile(
    r"(?:即将|.?将要|准备|打算|决定)[^，,。；;：:]{1,12}的"
)  # 即将开发的地区, 准备购车的15万元
_NAMED: Final = ("的", "书")  # 承诺的标准, 承诺书
_PLANNED: Final = re.compile(r"生育|经济|单列|指标|任务|[内外的书》”]")  # 计划生育: a name


class _Verbs(NamedTuple):
    acts: re.Pattern[str]
    levels: re.Pattern[str]


class Sign(NamedTuple):
    """A word that holds something out, and where it stands; `firm`: also beside a word of foresight."""

    start: int
    word: str
    firm: bool


def _any(words: frozenset[str] | set[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))))


@cache
def _verbs() -> _Verbs:
    acts = lexicon.words("directive_verbs") | lexicon.words("role_measure_verbs") | lexicon.words("role_strong_verbs")
    levels = lexicon.words("role_levels") | lexicon.words("role_target_verbs")
    return _Verbs(_any({w for w in acts if len(w) > 1}), _any({w for w in levels if len(w) > 1 or w in "达超"}))


@cache
def _signs() -> re.Pattern[str]:
    firm, modal = lexicon.words("tense_intents"), lexicon.words("tense_modals") | set(_TO_BE)
    return re.compile(f"(?P<firm>{_any(firm).pattern})|(?P<modal>{_any(modal).pattern})|(?P<due>{_DUE})")


@cache
def _foreseen() -> re.Pattern[str]:
    return _any(lexicon.words("tense_forecasts"))


@cache
def _times() -> re.Pattern[str]:
    return re.compile(rf"{_any(lexicon.words('tense_times')).pattern}|{_DUE}|(?:19|20)\d\d年")


def foreseen(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` has a word of foresight.

    >>> foreseen("预计明年产量将达到100万吨", 0, 13), foreseen("计划明年达到100万吨", 0, 11)
    (True, False)
    """
    return _foreseen().search(text, start, end) is not None


def signs(text: str, start: int, end: int, year: int | None = None) -> Iterator[Sign]:
    """The words of `text[start:end]` that hold something out; `year`: that of the text, before which nothing is due.

    >>> [s.word for s in signs("公司计划明年新建厂房两座，将旧楼出租", 0, 18)]
    ['计划', '明年']
    >>> [s.word for s in signs("到2000年入学率要达到95%", 0, 15)], list(signs("每次要花100元", 0, 8))
    (['到', '要'], [])
    """
    for m in _signs().finditer(text, start, end):
        word = m.group()
        if m["due"]:
            if not _gone(_YEAR.match(text, m.start(), end), year):
                yield Sign(m.start(), word, False)
        elif not _NOUN.search(text, max(start, m.start() - 3), m.start()):
            if m["firm"] and text[m.end() : m.end() + 1] in _NAMED:
                continue
            if word == "计划" and _PLANNED.match(text, m.end(), end):
                continue
            if m["firm"] or _governs(text, start, m.end(), end, word, year):
                yield Sign(m.start(), word, word not in _TO_BE)


def _gone(named: re.Match[str] | None, year: int | None) -> bool:
    """Whether a year is named that lies before that of the text."""
    return bool(named and year and int(named[1].translate(_DIGITS)) < year)


def _governs(text: str, start: int, at: int, end: int, word: str, year: int | None) -> bool:
    """Whether a verb of doing or of a level follows a modal word; 将 with a level needs a time to come."""
    verbs, begin = _verbs(), at
    if _OF_A_NOUN.match(text, max(start, begin - 2), end):
        return False
    at = after_adverbs(text, at, end)
    if word not in _TO_BE and at > begin + 1:
        return True  # 要尽快打井
    if m := _TIMED.match(text, at, end):
        at = after_adverbs(text, m.end(), end)
    if m := _THROUGH.match(text, at, end) or (word not in _TO_BE and _OBJECT.match(text, at, end)):
        if word not in _WEAK and m.group() in "用在于从到":
            return True
        stop = _STOP.search(text, at, end)
        last = stop.start() if stop else end
        act, level = verbs.acts.search(text, m.end(), last), verbs.levels.search(text, m.end(), last)
    else:
        act, level = verbs.acts.match(text, at, end), verbs.levels.match(text, at, end)
    if word not in _TO_BE:
        return bool(act or level)
    if level:
        return not all(_gone(_YEAR.match(m.group()), year) for m in _times().finditer(text, start, end))
    return bool(act)
