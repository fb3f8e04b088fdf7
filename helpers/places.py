"""Places and organisations by the grammar of their names: divisions, regions, organs of party and state, companies."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from helpers import lexicon
from helpers.anchors import near
from helpers.edges import engine
from helpers.frames import either

_H: Final = "\u4e00-\u9fff"
Span = tuple[int, int]


_PROVINCES: Final = [line.split() for line in lexicon.words("provinces")]
_NAMED: Final = (
    {w for full, short, _ in _PROVINCES for w in (full, short)}
    | {w + tail for w in lexicon.words("places") for tail in ("", "市", "地区")}
    | {short + "省" for _, short, _ in _PROVINCES}
)
_SIGNS: Final = "".join(sign for _, _, sign in _PROVINCES)
# Patterns that are tried everywhere have a literal or a set of characters first and look behind after it: `re` then
# skips what cannot begin a match.
_LEVEL: Final = "[省市县区州旗国](?![界内外际]?[长委直级防有营产家歌旗]|域经)"
_DEICTIC: Final = re.compile(f"全(?<![健安]全){_LEVEL}|我{_LEVEL}|本(?<![成基资根版文]本){_LEVEL}|我自治区|全自治区")
_SIGN: Final = re.compile(
    rf"[{_SIGNS}](?<=[驻在赴来援入进].)(?=[，,。、；;）)]|有关|单位|部|的|召开|举行|工作|各|参加|出席|考察|调研|企|人|高校|院)"
)
_STOP: Final = "[和与及的了着在到对于是沿从]"
_NAME: Final = rf"(?!{_STOP})[{_H}]"
_REGION: Final = re.compile(
    rf"(?:(?P<river>{_NAME}{{1,2}}[江河湖])|[东中西]部|东北|华[东北南中]|西[南北]|沿海|沿江|沿边|内陆)(?:流域|地区)"
)
_REGION_END: Final = re.compile("流域|地区")
_SUFFIX: Final = "市(?![场民值政面况价])|县(?![域级城乡])"
_TRACT: Final = "区(?![域别分间位帜])|旗(?![域别分间位帜])"
_DIVISION: Final = re.compile(
    rf"(?<![{_H}])(?P<free>{_NAME}{{1,4}}?(?:自治[县州旗]|{_SUFFIX}|{_TRACT}))|(?<=[和与及在到对向驻由省市州])(?P<bound>{_NAME}{{1,4}}?(?:自治[县州旗]|{_SUFFIX}))"
)
_DIVISION_SUFFIX: Final = re.compile("(?:自治)?[县市区旗州]$")
_DIVISION_END: Final = re.compile(f"{_SUFFIX}|{_TRACT}|自(?=治[县州旗])")
_NO_NAME: Final = re.compile(
    "[的了和与及在到对各本该全我市县区省州每个几大小强富穷贫困有无新老主中城示级农乡园社景林牧灾城镇这那是请并把让使就也还又将已被等]"
)

_PAPERS: Final = r"(?:日报|晚报|时报|早报|都市报|青年报|(?:广播)?电视台|新闻网|网(?!络))"
_OWNERS: Final = ("人民", "光明", "经济", "农民", "科技", "法治", "工人", "中国青年", "解放军")
_PAPER: Final = re.compile(
    "|".join(f"{owner}{_PAPERS}" for owner in _OWNERS) + rf"|中国[{_H}]{{0,2}}(?:[日晚时早]报|青年报|电视台|新闻网)"
    r"|本(?:报(?![告表名道到])|台(?![阶湾])|网(?!络)|社(?=记者|讯|评论|电))"
)
_DEPARTMENT: Final = rf"(?:{either('departments')})(?![员托派任屈靠婉])"
_OF_LEVEL: Final = (  # levels of government, 超市 and 园区 being none
    *("省", "市(?<![城都股楼超门]市)", "县(?<![强富]县)", "区(?<![地社园小郊城景灾山林牧]区)"),
    *("自治区", "州", "旗"),
)
_ORGAN: Final = re.compile(
    "|".join(
        (
            f"各[省市县区州旗辖直属、()（）]{{1,8}}{_DEPARTMENT}",
            *(level + _DEPARTMENT for level in _OF_LEVEL),
            *(
                rf"{level}(?<![{_H}].)(?:(?!{_STOP})[{_H}]){{2,8}}?(?:厅|(?<![布格全大棋结时政])局)(?![级限势面])"
                for level in "省市县"
            ),
        )
    )
)
_PARTY: Final = re.compile(r"党(?<![政全入建我各同离兴管治执叛主爱社派]党)(?=的(?!建设工作))")
_COUNT: Final = "一二三四五六七八九十两"
_GROUP_NAME: Final = rf"(?:(?![的方单])[{_H}]){{2,4}}组(?![织成合建])"
_GROUP: Final = re.compile(rf"(?:\d{{1,3}}|[{_COUNT}]{{1,3}})个{_GROUP_NAME}")
_GROUP_SIGN: Final = re.compile(rf"个(?<=[\d{_COUNT}]个)(?={_GROUP_NAME})")
_OFFICES_OF: Final = re.compile(
    rf"[省市县区州中](?:直(?:机关)?(?:各|有关|相关)*(?:部门|单位)(?:、单位)?"
    rf"|(?<=中)央(?:[{_H}]{{0,2}}驻[{_H}]{{1,2}})(?:有关|各)*(?:单位|机构|企业))"
)
_FIRMS: Final = (
    rf"(?!{_STOP})[{_H}]{{0,8}}?(?:有限责任公司|有限公司|股份公司|集团公司|集团|银行|大学|研究院|科学院|商会|联合会|基金会)"
    rf"(?![{_H}]?[化城生])"
)
_FIRM: Final = re.compile(rf"(?:中国|国家|中央){_FIRMS}")
_OF_PLACE: Final = re.compile(  # what makes a body of the name of a place before it
    rf"""{_PAPERS} | {_FIRMS} | {_DEPARTMENT}
      | (?:国家|高新技术|经济技术|产城融合|自由贸易|综合保税){{0,2}}
        (?:示范区|开发区|新区|高新区|经开区|试验区|试验示范区|实验区|自贸区)""",
    re.X,
)


@lru_cache(maxsize=8192)
def _class(word: str) -> str:
    """The word class of a dictionary word, empty where it has none."""
    found = engine().tag(word, hmm=False)
    return found[0][1] if len(found) == 1 else ""


@cache
def _gazetteer() -> AhoCorasick:
    return AhoCorasick(sorted(_NAMED), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


@cache
def _bodies() -> AhoCorasick:
    words = sorted(lexicon.words("organisations"))
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def named(text: str) -> list[Span]:
    """The names of the gazetteer, the longest first; what `places` and `organisations` both begin with."""
    return [(start, end) for _, start, end in _gazetteer().find_matches_as_indexes(text)]


def places(text: str, names: Sequence[Span] | None = None) -> list[Span]:
    """Places: the gazetteer's, divisions that their grammar shows, regions, signs of provinces (驻豫), 全省 and 我省.

    >>> s = "我省商丘市和兰考县、临颍县,全省各地。"
    >>> [s[a:b] for a, b in places(s)]
    ['我省', '商丘市', '兰考县', '临颍县', '全省']
    """
    found: set[Span] = {m.span() for p in (_DEICTIC, _SIGN) for m in p.finditer(text)}
    names = named(text) if names is None else names
    found.update(span for span in names if span[1] - span[0] > 2 or not _torn(text, *span))
    for m in near(_REGION, _REGION_END, text, back=3):
        extra = m["river"] and len(m["river"]) == 3 and not _class(m["river"]).startswith("n")
        found.add((m.start() + bool(extra), m.end()))  # 推|动黄河流域
    found |= set(_divisions(text))
    return _outermost(found)


def _torn(text: str, start: int, end: int) -> bool:
    """Whether a dictionary word lies across an edge of a supposed name (平衡|水, 坚定|西部)."""
    left = max(0, start - 3)
    if _OF_PLACE.match(text, end):
        return False
    return any(
        left + a < start < left + b or left + a < end < left + b
        for _, a, b in engine().tokenize(text[left : end + 3], hmm=False)
    )


def _divisions(text: str) -> Iterator[Span]:
    """兰考县, 长垣市: one to four characters and a suffix; an ordinary word before it (试点县) makes no place."""
    banned = lexicon.words("not_places")
    for m in near(_DIVISION, _DIVISION_END, text, back=4):
        name = m["free"] or m["bound"]
        stem = _DIVISION_SUFFIX.sub("", name)
        known = _class(name).startswith("ns") or _class(stem).startswith("ns")
        if name in banned or (name[-2:] in banned and not known) or not stem:
            continue
        kind = _class(stem)
        listed = text[m.start() - 1 : m.start()] == "、" and text[m.end() : m.end() + 1] in tuple("、，,。和与等作")
        likely = not name.endswith("区") and not _NO_NAME.search(stem)
        named = kind.startswith(("nr", "nz")) or (not kind and len(stem) == 2 and listed)
        if known or (likely and named):
            yield m.start(m.lastgroup or 0), m.end(m.lastgroup or 0)


def organisations(text: str, names: Sequence[Span] | None = None) -> list[Span]:
    """Organs of party and state, papers, groups, zones, firms; nested ones too (省委 in 省委书记).

    >>> s = "省委、省政府印发意见,省发改委汇报,济源示范区党工委书记参加。"
    >>> [s[a:b] for a, b in organisations(s)]
    ['省委', '省政府', '省发改委', '济源示范区', '党工委']
    """
    found = {(start, end) for _, start, end in _bodies().find_matches_as_indexes(text)}
    for pattern in (_PAPER, _ORGAN, _PARTY, _OFFICES_OF, _FIRM):
        found |= {m.span() for m in pattern.finditer(text)}
    found |= {m.span() for m in near(_GROUP, _GROUP_SIGN, text, back=3)}
    for start, end in named(text) if names is None else names:
        level = end - (text[end - 1] in "省市县区州旗")  # 河北省委 is 河北 and 省委, 河北省政府 too
        for at in dict.fromkeys((end, level)):
            if m := _OF_PLACE.match(text, at):
                found.add((start, m.end()))
    return _outermost(found)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out
