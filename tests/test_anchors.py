"""Patterns that are tried only where they can match: they give what they give when they are tried everywhere."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import amounts, dates, mending, people, places
from helpers.anchors import near

# Pattern, sign, how far in the sign stands, and characters and words that bring the pattern about
NEAR = {
    "place": (places._REGION, places._REGION_END, 3, ["长", "江", "流域", "地区", "西", "部", "沿海", "东北", "，"]),
    "division": (
        *(places._DIVISION, places._DIVISION_END, 4),
        [*"兰考在和县市区旗域场省，的", "自治", "自治州", "自治县", "州"],
    ),
    "group": (places._GROUP, places._GROUP_SIGN, 3, [*"一十2个工作组织专家的，"]),
    "lexical": (amounts._LEXICAL, amounts._LEXICAL_SIGN, 1, [*"翻了两番一半数过对减折零清归位年天3大近内，", "增长"]),
    "foreign": (people._FOREIGN, people._DOT, 6, [*"卡尔·马克思、，等在"]),
    "invisible": (mending._INVISIBLE, mending._NO_WIDTH, 1, ["\u200b", "\ufeff", "\n", "\r", "字"]),
    "misprint": (mending._MISPRINT, mending._MISPRINT_SIGN, 4, [*"，。、；,%\ufffd字字字"]),
    "false date": (
        mending._MISPRINT,
        mending._MISPRINT_SIGN,
        4,
        [*"0123459年月日度初", "3月32日", "13月5日", "2220年底"],
    ),
}


def everywhere(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("name", NEAR)
@given(data=st.data())
def test_near_gives_the_matches_of_a_pattern(name: str, data: st.DataObject) -> None:
    pattern, sign, back, pieces = NEAR[name]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=40)))
    assert [m.span() for m in near(pattern, sign, text, back=back)] == everywhere(pattern, text)


ALONE: dict[str, tuple[Callable[[str], Iterator[re.Match[str]]], re.Pattern[str], list[str]]] = {
    "numeral": (amounts._numerals, amounts._NUMBER, [*"1２,.一二十百千万亿上数几余多点瓦分之以A元，"]),
    "enumeration": (
        people._enumerations,
        people._LIST,
        ["王", "尹弘", "、", " ", "　", "·", "，", "一" * 19, "国" * 41],
    ),
}


@pytest.mark.parametrize("name", ALONE)
@given(data=st.data())
def test_a_search_of_its_own_gives_the_matches_of_its_pattern(name: str, data: st.DataObject) -> None:
    found, pattern, pieces = ALONE[name]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=40)))
    assert [m.span() for m in found(text)] == everywhere(pattern, text)


DATES = [
    *"0123一二三十两年月日号底末初前自从至到—-今本当明去上下后第季度，。半旬",
    *("2016——2020年", "2020年", "二〇二〇年", "1—6月", "前三季度", "今明两年", "上半年", "月底", "10月24日"),
]


@given(st.lists(st.sampled_from(DATES), max_size=30))
def test_no_date_begins_where_none_is_likely(pieces: list[str]) -> None:
    text, today = "".join(pieces), date(2020, 4, 29)
    found = list(dates.find(text, today))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_START", re.compile(rf"[{dates._SIGNS}自从]{dates._UNLIKE}"))
        assert list(dates.find(text, today)) == found
