"""Who takes part in a text and in what part: people, places, organisations, and the documents it issues or cites."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from helpers import lexicon, people, places
from helpers.document import Document
from helpers.frames import either

_ROLES: Final = dict(line.split(maxsplit=1) for line in lexicon.words("roles"))
_ROLE: Final = re.compile("|".join(sorted(map(re.escape, _ROLES), key=len, reverse=True)) + "(?!精神)")
_OFFICE: Final = rf"[\u4e00-\u9fff“”（）()]{{0,18}}?(?:{either('offices')}|领导)"
_TITLE: Final = re.compile(rf"(?:{_OFFICE}、)*{_OFFICE}[ \u3000]{{0,3}}$")
_TITLE_ENDS: Final = frozenset(office[-1] for office in (*lexicon.words("offices"), "领导"))
_TITLE_BEHIND: Final = re.compile(
    rf"(?!同志|先生|女士|代表|委员会)(?:{either('offices')})|(?:等|等[省市县区州]?)(?P<group>[省市县区州]?领导)"
)
_NOT_TITLE: Final = re.compile(
    r".*(?:会议上|会上|会议|讲话|主持|出席|参加|由|在|和|与|以|把|对|及|听取|根据|按照|落实|贯彻)"
)
_CLAUSE_END: Final = re.compile(r"[，,。；;：:\n！？]")
_CLAUSES: Final = re.compile(rf"(?s:.*){_CLAUSE_END.pattern}")  # up to the last of them
_SENTENCE_END: Final = re.compile(r"[。\n！？]")
_ATTENDS: Final = re.compile("出席|参加|列席")
_CITED: Final = re.compile(
    r"(?:同志|总书记|主席)?(?:同志)?(?:关于|的|重要|系列|新时代|为核心|在[^，。,]{0,20}(?:精神|论述)|视察|对[^，。,]{0,20}(?:精神|批示|指示))"
)
_JOINED: Final = re.compile(r"[、和与及，, \u3000]{0,2}|等")
_BESIDE: Final = re.compile(r"(?:[、和与及等]|分别|先后|作了|作|了|还|并)*")
_ACT_SIGNS: Final = frozenset("、和与及等分先作了还并") | {
    word[0] for word in _ROLES
}  # what these and the roles begin with
_OBJECT: Final = re.compile("(?:代表|对|向|就|给|为)$")
_TITLED: Final = re.compile(r"《[^《》\n]{2,100}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})?》")
_READ_OUT: Final = re.compile(
    r"(?:宣读|宣布)(?:了)?([^，,。；;《》\n]{4,40}?(?:名单|通报|决定|倡议书|贺信|批示|公报|命令|通知))"
)
_DOCUMENT_ROLES: Final = (
    ("issued", re.compile(r"(?:印发|发布|出台|下发|颁布|公布|制定)(?:了)?[^。；\n《》]{0,24}$")),
    ("read out", re.compile(r"(?:宣读|宣布)(?:了)?[^。；，\n]{0,16}$")),
    ("adopted", re.compile(r"(?:通过)(?:了)?[^。；\n]{0,16}$")),
    ("considered", re.compile(r"(?:审议|讨论|研究|听取)(?:了)?[^。；\n]{0,16}$")),
    ("cited", re.compile(r"(?:落实|按照|根据|贯彻|执行|依据|实施|精神)[^。；，\n]{0,16}$")),
)


class Actor(NamedTuple):
    """One occurrence of an actor.

    `kind`: person · place · organisation · document. `role`: chaired · spoke · attended · read out · reported ·
    exchanged experience · commented · reporter · cited (of documents also issued, adopted, considered); several are
    divided by a comma; None where the text names none. `title`: the office beside a name. `start`, `end` are offsets in
    `document.text`.
    """

    name: str
    kind: str
    role: str | None
    title: str | None
    start: int
    end: int


def find(document: Document) -> list[Actor]:
    """Every actor of a text, in the order of the text.

    >>> from helpers.document import from_text
    >>> d = from_text("全省会议召开\\n本报讯 省委书记王国生讲话,省长尹弘主持并讲话。会议印发了《指导意见》。")
    >>> [(a.name, a.role, a.title) for a in find(d) if a.kind in ("person", "document")]
    [('王国生', 'spoke', '省委书记'), ('尹弘', 'chaired, spoke', '省长'), ('《指导意见》', 'issued', None)]
    """
    text = document.text
    persons = people.find(text)
    names = places.named(text)
    spots = places.places(text, names)
    bodies = places.organisations(text, names)
    acts = _verbs_behind(text, [*spots, *bodies])
    starts = [p.start for p in persons]
    report = document.kind == "work report"
    opening = next((s.start for s in document.sections if s.kind != "title"), 0) if report else 0
    found = [*_people(text, persons, opening), *_documents(text)]
    for kind, spans in (("place", spots), ("organisation", bodies)):
        outside = [(a, b) for a, b in spans if not _meets(persons, starts, a, b)]
        found += [
            Actor(text[a:b], kind, None if _OBJECT.search(text, max(0, a - 4), a) else acts.get(b), None, a, b)
            for a, b in outside
        ]
    return sorted(found, key=lambda a: (a.start, -a.end, a.kind))


def _meets(persons: list[people.Person], starts: list[int], start: int, end: int) -> bool:
    i = bisect_right(starts, start)
    return bool((i and persons[i - 1].end > start) or (i < len(starts) and starts[i] < end))


def _people(text: str, persons: list[people.Person], opening: int) -> Iterator[Actor]:
    """`opening`: above it stands the person who gives a work report."""
    for group in _groups(text, persons):
        behind = group[-1].end
        after = _TITLE_BEHIND.match(text, behind)
        shared = ""
        for n, p in enumerate(group):
            if p.rule != "byline" and people.BYLINE.search(text[max(0, p.start - 12) : p.start]):
                p = people.Person(p.start, p.end, "byline")
            title = _title_before(text, group[n - 1].end if n else max(0, p.start - 60), p.start)
            shared = title or shared
            own = _TITLE_BEHIND.match(text, p.end)
            title = shared or (own and (own["group"] or own.group())) or (after and after["group"]) or None
            if p.rule == "byline":
                yield Actor(text[p.start : p.end], "person", "reporter", None, p.start, p.end)
                continue
            speaker = p.start < opening and title
            role = "cited" if _CITED.match(text, p.end) and len(group) == 1 else _role(text, behind)
            role = role or ("reported" if speaker else None)
            yield Actor(
                text[p.start : p.end],
                "person",
                role,
                title if title not in ("记者", "通讯员") else None,
                p.start,
                p.end,
            )


def _groups(text: str, persons: list[people.Person]) -> Iterator[list[people.Person]]:
    """Names that one verb governs: divided by 、 and their offices only."""
    group: list[people.Person] = []
    for p in persons:
        if group:
            gap = text[group[-1].end : p.start]
            listed = gap.startswith(("、", "和", "与", " ")) and not _CLAUSE_END.search(gap) and len(gap) < 30
            if not (
                (_JOINED.fullmatch(gap) and "，" not in gap and "," not in gap) or (listed and _TITLE.search(gap[1:]))
            ) or _ROLE.search(gap):
                yield group
                group = []
        group.append(p)
    if group:
        yield group


def _title_before(text: str, floor: int, start: int) -> str:
    cut = _CLAUSES.match(text, floor, start)
    stretch = text[cut.end() if cut else floor : start].lstrip("、和与")
    m = _TITLE.search(stretch) if stretch.rstrip(" \u3000")[-1:] in _TITLE_ENDS else None
    if not m:
        return ""
    title = m.group().strip(" \u3000")
    if title.count("(") + title.count("（") < title.count(")") + title.count("）"):
        title = re.split("[)）]", title)[-1]
    head = title.split("、")[0]
    if bad := _NOT_TITLE.match(head):
        title = title[bad.end() :]
    return title


def _role(text: str, start: int) -> str | None:
    """What the verbs of the clause behind a name say."""
    m = _CLAUSE_END.search(text, start, start + 60)
    stretch = text[start : m.start() if m else start + 60]
    if (
        m and m.group() in "，,；;" and not stretch.strip("等 ")
    ):  # the list goes on, its verb stands behind the last part
        end = _SENTENCE_END.search(text, m.end(), m.end() + 160)
        last = _CLAUSE_END.split(text[m.end() : end.start()])[-1] if end else ""
        return "attended" if _ATTENDS.search(last) else None
    if " " in stretch and (gap := stretch.find(" ")) > 0:
        stretch = stretch[:gap]  # headlines set their clauses apart by blanks
    roles = dict.fromkeys(_ROLES[m.group()] for m in _ROLE.finditer(stretch))
    return ", ".join(roles) or None


def _verbs_behind(text: str, found: Sequence[tuple[int, int]]) -> dict[int, str | None]:
    """By the end of a place or body, the role that the verb of meetings gives it, right behind it or behind the rest of
    its list; ends without a role may be left out. From the last to the first: what stands behind a list is looked for
    once.
    """
    spans = dict(found)
    roles: dict[int, str | None] = {}
    for end in sorted({end for _, end in found}, reverse=True):
        if end in spans or text[end : end + 1] in _ACT_SIGNS:  # few of them
            step = _BESIDE.match(text, end)
            at = step.end() if step else end
            verb = _ROLE.match(text, at)
            roles[end] = _ROLES[verb.group()] if verb else roles.get(spans.get(at, -1))
    return roles


def _documents(text: str) -> Iterator[Actor]:
    for m in _TITLED.finditer(text):
        before = text[max(0, m.start() - 40) : m.start()]
        before = re.sub(r"《[^《》]*》", "", before)
        role = next((name for name, pattern in _DOCUMENT_ROLES if pattern.search(before)), None)
        yield Actor(m.group(), "document", role, None, m.start(), m.end())
    for m in _READ_OUT.finditer(text):
        yield Actor(m[1], "document", "read out", None, *m.span(1))
