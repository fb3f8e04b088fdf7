"""Who says it: the reporting frames of news Chinese (会议强调, 他指出, 习近平总书记要求)."""

import re
from typing import Final

from helpers import lexicon


def either(*lists: str) -> str:
    """The words of some lists as one alternation, the longest first.

    >>> "会议" in either("meetings").split("|")
    True
    """
    found = frozenset().union(*(lexicon.words(name) for name in lists))
    return "|".join(re.escape(word) for word in sorted(found, key=lambda w: (-len(w), w)))


_NO_PARTICLE: Final = r"[^\s，,。；;：:、！？!?“”\"《》的了着过把对将要是我你这那各]"
_PERSON: Final = rf"(?:{either('surnames')})[\u4e00-\u9fff]{{1,2}}"
_OFFICE: Final = either("offices")
_ADVERB: Final = "还|又|也|同时|最后|进一步|特别|着重|反复|再次|一致|首先|随后|并|就此"
_FRAME: Final = re.compile(
    rf"""(?!按|根据|依据|依照|遵照|贯彻|落实|通过|经|据|对|从|除)
        (?:(?:就|针对|围绕|对于)[^，,。；;：:\n]{{2,40}}[，,])?
        (?:会上[，,]?)?
        (?:(?P<body>(?:{_NO_PARTICLE}{{0,16}}?|这次|此次|本次)(?:{either("meetings")})
            | {either("documents_speaking")} | 《[^》\n]{{1,40}}》
            | (?:{_NO_PARTICLE}{{0,12}}?(?:{either("bodies_speaking")})[、和]?){{1,3}})
          | (?P<pronoun>他|她|他们|代表们|委员们|与会者|与会人员|与会同志|与会代表|大家|其中)
          | (?P<official>(?:{_NO_PARTICLE}{{0,16}}?(?:{_OFFICE}))?{_PERSON}(?:{_OFFICE}))
          | (?P<office>{_NO_PARTICLE}{{0,16}}(?:{_OFFICE}){_PERSON})
          | (?P<person>{_PERSON}))
        (?:就[^，,。；;\n]{{2,60}}?(?:进行|作|做|作出|做出|提出)[^，,。；;\n]{{0,8}}[，,])?
        (?:{_ADVERB})?
        (?:(?:在|代表)[^，,。；;：:\n]{{1,24}}?(?:时|中|上|后|会))?
        (?:{_ADVERB})?
        (?P<verb>{either("reporting_verbs")})
        (?:[，,：:]|(?=要))""",
    re.X,
)
_REPORTED: Final = re.compile("|".join(f"{verb}[，,：:要]" for verb in either("reporting_verbs").split("|")))
_LONGEST: Final = 200  # characters of the longest frame, rounded up: 16, the longest office, 就 with 70, 在 with 26 …
# A bare name is told from an ordinary word (严格要求, 方案提出) only before a verb that persons alone take.
_SPEECH: Final = frozenset({"指出", "强调", "强调指出", "表示", "说", "认为"})
_IN_OFFICE: Final = re.compile(f"(?:{_OFFICE})$")
_OFFICE_SIZE: Final = 8
_REPORT: Final = 5000  # characters; few reports of a meeting are longer
_APPEARS: Final = re.compile("同志|讲话|主持|出席|参加|指出|强调|带队|率队")
_PROCEEDING: Final = re.compile(
    rf"""(?:(?:会议|全会|大会)(?:{_ADVERB})?
         (?:审议|听取|讨论|研究|通过|原则通过|传达|学习|分析|书面审议|印发|表彰|部署|确定|决定|总结|由|以)(?![，,：:])
       | [^，,。\n]{{0,40}}(?:出席|参加|列席|主持|旁听)(?:了)?(?:会议|大会|座谈会)[。，,])""",
    re.X,
)


def frame_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The reporting frame that `text[start:end]` opens with, and where what is reported begins.

    >>> s = "会议强调,要坚定不移贯彻新发展理念。"
    >>> frame_at(s, 0, len(s))
    ('会议强调', 5)
    >>> [frame_at(s, 0, len(s)) is None for s in ("我们认为,要实干。", "必须指出,成绩不小。", "严格要求,要自律。")]
    [True, True, True]
    """
    if not _REPORTED.search(text, start, min(end, start + _LONGEST)):
        return None  # cheap, and so for most sentences
    m = _FRAME.match(text, start, end)
    if not m or (m["person"] and m["verb"] not in _SPEECH and not _introduced(text, start, m["person"])):
        return None
    return m.group().rstrip("，,：:"), m.end()


def _introduced(text: str, before: int, name: str) -> bool:
    """Whether a text has named a person before: by his office, or as one who speaks or presides."""
    at = text.find(name, max(0, before - _REPORT), before)
    while at >= 0:
        if _IN_OFFICE.search(text, max(0, at - _OFFICE_SIZE), at) or _APPEARS.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1, before)
    return False


def proceeding_at(text: str, start: int, end: int) -> bool:
    """Whether a sentence tells what the meeting did (审议, 听取 with an object), which ends what it said before.

    >>> s = "会议听取了全省经济发展情况的汇报。"
    >>> proceeding_at(s, 0, len(s))
    True
    """
    return bool(_PROCEEDING.match(text, start, end))
