"""How a text is built: levels, kinds of paragraph, frames, sections, sentences."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document, structure
from helpers.document import from_text

ROOT = Path(__file__).parents[1]
SEED = document.read(ROOT / "seeds" / "henan-county-economy-2020.txt")
GOLD = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体要求", 1), ("第一章 总则", 1), ("第二篇", 1), ("附件1", 1),
        ("（二）主要目标", 2), ("(三)保障", 2), ("第二节", 2),
        ("3.强化保障", 3), ("3、强化保障", 3), ("第十条 各地应当", 3), ("（1）建立台账", 4),
        ("①建立台账", 4), ("一是加强领导", 5),
        ("第一，加强领导", 5), ("——综合实力增强", 6), ("2.5万亿元", None), ("2020年", None),
        ("一批项目开工", None), ("第一批名单", None),
    ],
)  # fmt: skip
def test_level_of_a_heading(line: str, level: int | None) -> None:
    assert structure.heading_level(line) == level


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("会议指出,成绩可喜。", "会议指出"),
        ("会议还强调,要担当。", "会议还强调"),
        ("中央经济工作会议要求，要稳中求进。", "中央经济工作会议要求"),
        ("他强调，要担当。", "他强调"),
        ("王国生在讲话中指出,要担当。", "王国生在讲话中指出"),
        ("省委书记王国生强调,要担当。", "省委书记王国生强调"),
        ("习近平总书记强调，要担当。", "习近平总书记强调"),
        ("《意见》提出，到2025年实现翻番。", "《意见》提出"),
        ("会议就发展特色产业进行具体部署,强调要担当。", "会议就发展特色产业进行具体部署,强调"),
        ("我们认为，要担当。", None),
        ("必须指出，成绩不小。", None),
        ("这里强调，要担当。", None),
        ("严格要求，要自律。", None),
        ("按照会议要求，狠抓落实。", None),
        ("会议听取了工作汇报。", None),
    ],
)
def test_reporting_frames(sentence: str, frame: str | None) -> None:
    found = structure.frame_at(sentence, 0, len(sentence))
    assert (found and found[0]) == frame
    assert found is None or sentence[: found[1]].rstrip("，,：:") == frame


def test_the_seed_has_the_sections_of_the_gold() -> None:
    kinds = [s.kind for s in SEED.sections]
    assert kinds == ["title", "lead", "frame", "frame", "frame", "frame", "frame", *["narrative"] * 4]
    assert [SEED.raw_span(s.start, s.end) for s in SEED.sections[1:]] == [
        (s["start"], s["end"]) for s in GOLD["sections"][1:]
    ]
    verbs = [s["verbs"][0] for s in GOLD["sections"][2:7]]
    assert all(s.frame and s.frame.startswith(v) for s, v in zip(SEED.sections[2:7], verbs))


def test_a_report_is_cut_by_its_headings_and_not_by_frames() -> None:
    """National reports fell into a section for every paragraph that had no frame."""
    d = from_text(
        "政府工作报告\n各位代表：\n现在，我代表市人民政府作报告。\n一、2024年工作回顾\n过去一年，成绩可喜。\n会议强调，要担当。\n"
        "民生持续改善。\n二、2025年工作安排\n要抓好落实。\n（一）扩大内需\n促进消费。"
    )
    assert [(s.kind, s.frame) for s in d.sections] == [
        ("title", None),
        ("lead", None),
        ("review", None),
        ("plan", None),
    ]


def test_a_heading_of_past_and_future_is_neither() -> None:
    d = from_text(
        "工作报告\n各位代表：\n一、“十三五”时期发展成就和“十四五”时期目标任务\n成绩可喜。\n二、今年重点工作\n狠抓落实。"
    )
    assert [s.kind for s in d.sections if s.kind not in ("title", "lead")] == ["heading", "plan"]


def test_a_speech_without_headings_is_not_cut() -> None:
    d = from_text("讲话\n同志们：\n今天召开这次会议，十分重要。\n我们要认清形势。\n会议强调，要担当。\n大家要抓落实。")
    assert [s.kind for s in d.sections] == ["title", "lead"]


def test_what_the_meeting_does_ends_what_it_said() -> None:
    d = from_text("全省会议召开\n本报讯 会议今日召开,十分重要。\n会议强调,要担当。要落实。会议听取了工作汇报。")
    assert [s.kind for s in d.sections] == ["title", "lead", "frame", "narrative"]


def test_paragraph_kinds() -> None:
    d = from_text(
        "某市规划纲要\n某市人民政府\n一、总体要求\n坚持稳中求进，走出新路。\n（一）狠抓项目。要早开工。\n——经济增长。再上台阶。"
    )
    assert [(p.kind, p.level) for p in d.paragraphs] == [
        ("title", None), ("headline", None), ("heading", 1), ("body", None), ("item", 2), ("item", 6),
    ]  # fmt: skip


def test_a_long_first_line_is_no_title() -> None:
    line = "为深入贯彻党中央决策部署，全面落实省委工作要求，推动全省在数字经济发展新赛道上跑出加速度，"
    line += "结合我市实际，制定如下措施，请认真贯彻执行"
    d = from_text(line + "\n一、强化统筹\n要抓落实。\n二、加强保障\n要抓督查。")
    assert d.title == "" and d.sections[0].kind == "lead"


def test_clauses() -> None:
    s = "要突出绿色发展,让生态屏障强起来；要担当。"
    assert [s[a:b] for a, b in structure.clauses(s, 0, len(s))] == ["要突出绿色发展", "让生态屏障强起来", "要担当"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="一二、会议强调,。！”各位代表:\n（）章第0123 要干", max_size=150))
def test_sentences_tile_the_text(raw: str) -> None:
    d = from_text(raw)
    assert "".join(d.text[s.start : s.end] for s in d.sentences).replace(" ", "") == d.text.replace("\n", "").replace(
        " ", ""
    )
    for s in d.sentences:
        section, paragraph = d.sections[s.section], d.paragraphs[s.paragraph]
        assert section.start <= s.start < s.end <= section.end
        assert paragraph.start <= s.start < s.end <= paragraph.end
        assert d.sentence_at(s.start) == s


def test_a_table_of_contents_belongs_to_the_title() -> None:
    contents = "某市发展规划\n目录\n第一章 总体要求……1\n第二章 重点任务……3\n"
    d = from_text(contents + "第一章 总体要求\n坚持稳中求进，走出新路。\n第二章 重点任务\n要干。")
    assert [(s.kind, d.text[s.start : s.end].split("\n")[0]) for s in d.sections] == [
        ("title", "某市发展规划"), ("plan", "第一章 总体要求"), ("plan", "第二章 重点任务"),
    ]  # fmt: skip
    assert d.sections[1].start == len(contents)


def test_a_bare_text_has_no_lead_so_that_its_first_targets_count() -> None:
    bare = from_text("到2027年,全县生产总值达到500亿元,城镇化率达到65%以上。")
    news = from_text("全县工作会议召开\n本报讯 4月29日,全县工作会议召开。\n会议强调,要突出绿色发展。")
    assert [s.kind for s in bare.sections] == ["narrative"]
    assert [s.kind for s in news.sections] == ["title", "lead", "frame"]
