"""In which sense 创新, 协调, 绿色, 开放, 共享 stand: sentences in, concept or not out."""

from collections import Counter

import pytest

from helpers import theme_lexicon, themes
from helpers.document import from_text


def coded(text: str) -> list[tuple[str, str, str]]:
    d = from_text(text)
    return [(m.concept, m.kind, d.text[m.start : m.end]) for m in themes.code(d)]


def verdict(text: str, keyword: str) -> list[bool]:
    """For each occurrence of the keyword, whether it is the concept."""
    return [kind != "excluded" for concept, kind, _ in coded(text) if concept == keyword and kind != "indicator"]


SENSES = [
    # 创新: compounds, objects that are institutions, nominal use
    ("创新", "完善科技创新体系。", [True]),
    ("创新", "要深化管理创新、服务创新和手段创新。", [True, True, True]),
    ("创新", "创新体制机制,释放活力。", [True]),
    ("创新", "积极创新园区投融资模式。", [True]),
    ("创新", "以创新促创业,以改革增活力。", [True]),
    ("创新", "要敢于创新、善于创新。", [True, True]),
    ("创新", "创新建立要素市场化配置制度。", [True]),
    ("创新", "改革创新科研经费使用机制。", [True]),
    ("创新", "推动大众创业、万众创新。", [True]),
    ("创新", "以创新推动高质量发展,靠科技进步和创新推动转型。", [True, True]),
    ("创新", "增强引进消化吸收再创新的能力。", [True]),
    # … a verb of variety, an adverb, no word at all
    ("创新", "拓宽视野、创新载体,下大力气招才引智。", [False]),
    ("创新", "要创新方式方法,提高工作实效。", [False]),
    ("创新", "进一步创新社会救助工作方式。", [False]),
    ("创新", "创新项目融资方式,吸引民间投资。", [False]),
    ("创新", "二是创新推进审批改革。", [False]),
    ("创新", "创新开展农民技能培训。", [False]),
    ("创新", "民族宗教工作创新推进。", [False]),
    ("创新", "创新性开展志愿服务,推动创新性发展。", [False, True]),
    ("创新", "各项事业开创新局面,外贸出口再创新高。", [False, False]),
    ("创新", "粮食产量创新高,首创新的纪录。", [False, False]),
    ("创新", "打造科技创新新高地,聚焦创新新动能,开放创新高地建设。", [True, True, True]),
    # … a form after a compound is no object
    ("创新", "总结一批改革创新举措。", [True]),
    ("创新", "用改革和创新办法破解难题。", [True]),
    # 协调
    ("协调", "促进区域协调发展。", [True]),
    ("协调", "城乡发展更加协调,结构更加优化。", [True]),
    ("协调", "发展不平衡、不协调的问题仍然突出。", [True]),
    ("协调", "推动物质文明和精神文明相协调。", [True]),
    ("协调", "增强发展的平衡性协调性。", [True]),
    ("协调", "坚持经济发展与社会发展相协调。", [True]),
    ("协调", "投资消费关系不协调。", [True]),
    ("协调", "增强改革措施的协调性,保持货币政策的一致性和协调性。", [False, False]),
    ("协调", "区域政策要增强发展的平衡性协调性。", [True]),
    ("协调", "强化区域协调联动,健全跨区域协调机制。", [True, False]),
    ("协调", "城市布局更协调。", [True]),
    ("协调", "加强统筹协调,形成工作合力。", [False]),
    ("协调", "成立工作协调小组,建立协调机制。", [False, False]),
    ("协调", "协调各部门解决项目用地问题。", [False]),
    ("协调", "加强财政、区域、产业等政策协调配合。", [False]),
    ("协调", "坚持试点先行和系统推进相协调。", [False]),
    ("协调", "权责清晰、运转协调、监督有效。", [False]),
    # 绿色
    ("绿色", "培育壮大绿色经济,推行绿色建筑。", [True, True]),
    ("绿色", "开通重点项目审批绿色通道。", [False]),
    # 开放
    ("开放", "深化改革开放,大力推进开放招商。", [True, True]),
    ("开放", "以开放促改革促发展。", [True]),
    ("开放", "实行更加开放的人才政策。", [True]),
    ("开放", "向社会资本开放基础设施领域。", [True]),
    ("开放", "市科技馆对外开放,新建开放式街区。", [False, True]),
    ("开放", "推动公共数据有序开放。", [False]),
    ("开放", "博物馆、图书馆免费开放。", [False]),
    ("开放", "学校体育设施向社会开放。", [False]),
    ("开放", "延长窗口开放时间。", [False]),
    ("开放", "开放一批智慧城市应用场景。", [False]),
    # 共享
    ("共享", "让全体人民共享改革发展成果。", [True]),
    ("共享", "打造共建共治共享的社会治理格局。", [True]),
    ("共享", "促进公共服务共享。", [True]),
    ("共享", "推动优质教育资源共享。", [True]),
    ("共享", "让山区孩子共享优质教育资源。", [True]),
    ("共享", "健全公共资源收益全民共享机制。", [True]),
    ("共享", "实现共享共赢。", [True]),
    ("共享", "推进政务数据共享和业务协同。", [False]),
    ("共享", "规范共享单车停放,发展共享经济。", [False, False]),
    ("共享", "推进大型科研仪器开放共享。", [False]),
    ("共享", "共建共享一批公共实训基地。", [False]),
]


@pytest.mark.parametrize(("keyword", "text", "expected"), SENSES, ids=[t for _, t, _ in SENSES])
def test_sense_of_a_keyword(keyword: str, text: str, expected: list[bool]) -> None:
    assert verdict(text, keyword) == expected


def test_number_of_an_item_is_no_modifier() -> None:
    """10.创新推进… was taken for a noun phrase because 10. stood before it."""
    assert verdict("10.创新推进数据资产入表。", "创新") == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要突出绿色发展。", [("绿色", "named", "绿色发展")]),
        ("坚持创新发展、开放发展。", [("创新", "named", "创新发展"), ("开放", "named", "开放发展")]),
        ("实施创新驱动发展战略。", [("创新", "keyword", "创新")]),
        ("深化区域协调发展。", [("协调", "keyword", "协调")]),
        ("推动数字经济创新发展。", [("创新", "keyword", "创新")]),
        ("共享发展机遇,创新发展模式。", [("共享", "keyword", "共享"), ("创新", "keyword", "创新")]),
    ],
)
def test_named_is_the_bare_name_only(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "贯彻创新、协调、绿色、开放、共享的新发展理念。",
        "贯彻创新、协调、绿色、开放、共享的发展理念。",
        "树立“创新、协调、绿色、开放、共享”五大发展理念。",
    ],
)
def test_list_of_the_five_names_each_once_and_the_philosophy_once(text: str) -> None:
    found = coded(text)
    assert Counter(c for c, kind, _ in found if kind == "named") == Counter(["新发展理念", *theme_lexicon.FIVE])
    assert len(found) == 6


def test_list_without_a_name_speaks_of_the_five_only() -> None:
    assert [c for c, _, _ in coded("坚持创新、协调、绿色、开放、共享。")] == list(theme_lexicon.FIVE)
