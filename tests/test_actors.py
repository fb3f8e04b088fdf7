"""People, places, bodies and documents: tables of text in and rows out, and the gold of the seed as a floor."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import actors, document, people, places
from helpers.document import from_text

ROOT = Path(__file__).parents[1]
SEED = document.read(ROOT / "seeds" / "henan-county-economy-2020.txt")
GOLD = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))["entities"]
KINDS = {"PERSON": "person", "PLACE": "place", "ORG": "organisation", "DOC": "document"}
HEAD = "全省工作会议召开\n本报讯 会议今日召开,十分重要。\n"


def rows(text: str, kind: str) -> list[tuple[str, str | None, str | None]]:
    d = from_text(HEAD + text)
    return [(a.name, a.role, a.title) for a in actors.find(d) if a.kind == kind and a.start >= len(HEAD)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_against_the_gold(kind: str) -> None:
    gold = {(e["start"], e["end"]) for e in GOLD if e["type"] == kind}
    found = {SEED.raw_span(a.start, a.end) for a in actors.find(SEED) if a.kind == KINDS[kind]}
    assert len(gold & found) >= 0.95 * len(gold)
    assert len(gold & found) >= 0.95 * len(found)


def test_the_parts_in_the_seed() -> None:
    roles = {(a.name, a.role) for a in actors.find(SEED) if a.role}
    assert {
        ("王国生", "spoke"), ("尹弘", "chaired, spoke"), ("刘伟", "attended"), ("黄强", "read out"),
        ("习近平", "cited"), ("戴柏华", "commented"),
        ("省发改委", "reported"), ("兰考县", "exchanged experience"), ("李铮", "reporter"),
    } <= roles  # fmt: skip
    titles = {a.name: a.title for a in actors.find(SEED) if a.title}
    assert titles["刘伟"] == "省政协主席" and titles["李亚"] == "省领导" and titles["刘睿"] == "市领导"


def test_a_long_list_takes_linear_time() -> None:
    """The verb was looked for again from every member: 60,000 members took a quarter of an hour."""
    listed = from_text(HEAD + "、".join(["郑州市"] * 60_000) + "出席会议。")
    parts = [a.role for a in actors.find(listed) if a.start >= len(HEAD)]
    assert parts == ["attended"] * 60_000


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("市委书记赵明远主持会议并讲话。", [("赵明远", "chaired, spoke", "市委书记")]),
        ("市领导李国强、吕梁,市法院院长石磊参加会议。", [
            ("李国强", "attended", "市领导"), ("吕梁", "attended", "市领导"), ("石磊", "attended", "市法院院长")]),
        ("新华社电(记者 王明、李洋)国务院总理李强作政府工作报告。", [
            ("王明", "reporter", None), ("李洋", "reporter", None), ("李强", "reported", "国务院总理")]),
        ("会议由副市长钱立主持。", [("钱立", "chaired", "副市长")]),
        ("孙志强、周文、吴小兰等市领导出席会议。", [
            ("孙志强", "attended", "市领导"), ("周文", "attended", "市领导"), ("吴小兰", "attended", "市领导")]),
        ("甲市市长郑国栋、乙市市长冯磊先后发言。", [
            ("郑国栋", "exchanged experience", "甲市市长"), ("冯磊", "exchanged experience", "乙市市长")]),
        ("褚明远同志的事迹感人。", [("褚明远", "cited", None)]),
        ("要弘扬陈建国同志的精神。", [("陈建国", "cited", None)]),
        ("帕尔哈提·买买提、王海涛、阿不都·热西提等出席会议。", [
            ("帕尔哈提·买买提", "attended", None), ("王海涛", "attended", None), ("阿不都·热西提", "attended", None)]),
        ("要推动高质量发展、高水平开放、高效能治理等取得实效。", []),
        ("任务要求,要抓好落实。方案提出,到2025年建成。", []),
        ("各级党委书记、市长、局长等参加会议。", []),
    ],
)  # fmt: skip
def test_people(text: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    assert rows(text, "person") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全省各地和兰考县、新郑市、叶县要行动。", ["全省", "兰考县", "新郑市", "叶县"]),
        ("我省位于黄河流域,属中部地区。", ["我省", "黄河流域", "中部地区"]),
        ("河北省石家庄市与雄安新区协同,融入京津冀。", ["河北省", "石家庄市", "雄安新区", "京津冀"]),
        ("在城市、县城、社区、园区建设示范县、试点市。", []),
        ("要坚定西进,平衡水资源。", []),
        ("中央驻豫单位参加。", ["豫"]),
    ],
)
def test_places(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in places.places(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("省委、省政府印发意见,省财政厅落实。", ["省委", "省政府", "省财政厅"]),
        ("党中央、国务院高度重视,中共中央政治局委员出席。", ["党中央", "国务院", "中共中央"]),
        ("各市州委书记、省直有关部门负责人参加。", ["各市州委", "省直有关部门"]),
        ("市行政审批局汇报,河北省委领导。", ["市行政审批局", "河北省委"]),
        ("市委员会议、城市政府职能、地区政府间。", []),
        ("加强党的领导,发挥政党的作用。", ["党"]),
    ],
)
def test_organisations(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in places.organisations(text)] == wanted


def test_documents() -> None:
    text = "会议审议通过了《关于改革的意见》,印发了《行动方案》。李明宣读了先进单位名单。要落实《规划纲要》。"
    assert rows(text, "document") == [
        ("《关于改革的意见》", "adopted", None), ("《行动方案》", "issued", None),
        ("先进单位名单", "read out", None), ("《规划纲要》", "cited", None),
    ]  # fmt: skip


def test_a_name_of_two_characters_ends_before_its_verb() -> None:
    """刘睿等 and 韩正在 were names."""
    found = people.find("周强、刘睿等分别发言。韩正在会上讲话,国务院副总理韩正出席。")
    assert [f"{p.start}-{p.end}" for p in found][:2] == ["0-2", "3-5"]
    assert rows("国务院副总理韩正出席会议。韩正在讲话中指出,要实干。", "person")[-1][0] == "韩正"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="王国生李铮、同志省委书记县市长讲话主持出席《》,。 的和等驻豫全", max_size=80))
def test_rows_slice_back(text: str) -> None:
    d = from_text(HEAD + text)
    last: dict[str, int] = {}
    for a in actors.find(d):
        assert d.text[a.start : a.end] == a.name
        assert a.start >= last.get(a.kind, 0) or a.kind == "document"
        last[a.kind] = a.end
