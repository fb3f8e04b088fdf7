"""A document: where its offsets point, what it is, when it speaks, who issues it, and files that cannot be read."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from helpers.document import DocumentError, from_text, read

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "henan-county-economy-2020.txt"
CORPUS = ROOT.parent / "shared" / "corpus"


def test_the_seed() -> None:
    d = read(SEED)
    assert d.raw == SEED.read_bytes().decode("utf-8-sig")
    assert d.title == "全省县域经济高质量发展工作会议召开"
    assert d.dateline.startswith("本报讯(河南日报记者") and d.dateline.endswith("4月29日")
    assert (d.kind, d.issuer, d.date) == ("conference report", "本报", date(2020, 4, 29))
    assert "把乡村振兴这篇大文章“做优”" in d.text and "统筹考虑与周边" in d.text and "扫码看" not in d.text
    assert [r.before for r in d.repairs if not r.certain] == ["特色小镇和特色小镇"]


def test_raw_spans_of_the_seed_hold_the_same_words() -> None:
    d = read(SEED)
    for s in d.sentences:
        start, end = d.raw_span(s.start, s.end)
        assert "".join(d.raw[start:end].split()) == "".join(d.text[s.start : s.end].split())


@pytest.mark.parametrize(
    ("text", "name", "wanted", "source"),
    [
        (
            "政府工作报告\n——2016年2月19日在某区人民代表大会上\n各位代表：\n现在报告工作。",
            "x",
            date(2016, 2, 19),
            "text",
        ),
        (
            "关于印发方案的通知\n各市：\n一、要求\n要抓落实，见实效。\n某省人民政府\n二〇二一年五月十二日",
            "x",
            date(2021, 5, 12),
            "text",
        ),
        (
            "某市行动计划\n为落实国务院部署，制定本计划。\n一、要求\n要抓落实。\n2021 年 3 月 15 日",
            "x",
            date(2021, 3, 15),
            "text",
        ),
        ("全省会议召开\n本报讯 5月3日,会议召开。会议强调,要担当。", "news_2019", date(2019, 5, 3), "name"),
        ("会议召开\n新华社北京电 会议强调,要担当。要落实。", "meet_20200212_0522", date(2020, 2, 12), "name"),
        ("2025年某省政府工作报告\n各位代表：\n现在报告工作。", "x", date(2025, 1, 1), "text"),
        ("报告\n各位代表：\n一、2023年工作回顾\n好。\n二、2024年工作安排\n要干。", "x", date(2024, 1, 1), "text"),
        ("会议召开\n本报讯 要结合“十四五”规划编制,统筹考虑。", "x", date(2020, 1, 1), "plan"),
        ("会议召开\n本报讯 会议强调,要担当。", "x", None, "unknown"),
    ],
)
def test_dates(text: str, name: str, wanted: date | None, source: str) -> None:
    assert from_text(text, name).dated == (wanted, source)


@pytest.mark.parametrize(
    ("text", "kind", "issuer"),
    [
        (
            "政府工作报告\n某市人民政府市长 王某\n各位代表：\n现在，我代表某市人民政府向大会作政府工作报告。",
            "work report",
            "某市人民政府",
        ),
        ("某省国民经济和社会发展第十四个五年规划纲要\n一、指导思想\n坚持稳中求进。", "plan", ""),
        (
            "某市数字经济三年行动计划（2021—2023年）\n为落实党中央、国务院关于发展的部署，制定本计划。\n一、总体要求\n坚持稳中求进。",
            "plan",
            "",
        ),
        ("某省人民政府办公厅关于印发若干措施的通知\n各市：\n一、要求\n要抓落实。", "notice", "某省人民政府办公厅"),
        ("全省工作会议召开\n本报讯 会议强调,要担当。", "conference report", "本报"),
        ("某市新建一座大桥\n本报讯 大桥今日通车,方便出行。", "news", "本报"),
    ],
)
def test_kind_and_issuer(text: str, kind: str, issuer: str) -> None:
    d = from_text(text)
    assert (d.kind, d.issuer) == (kind, issuer)


def test_title_is_no_catalogue_entry() -> None:
    assert from_text("索引号:A1\n某市发展规划\n一、要求\n要干。").title == "某市发展规划"


def test_simplify_keeps_the_offsets() -> None:
    pytest.importorskip("opencc")
    d = from_text("會議指出,關於發展問題,應當重視。", simplify=True)
    assert d.text == "会议指出,关于发展问题,应当重视。" and d.raw.startswith("會議")
    at = d.text.index("应当")
    assert d.raw[slice(*d.raw_span(at, at + 2))] == "應當"


def test_bad_paths(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "folder"), (tmp_path / "gone.txt", "No such file"), (Path("\0"), "cannot be read")):
        with pytest.raises(DocumentError, match=reason) as caught:
            read(path)
        assert caught.value.remedy


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("会议强调,要担当。", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(DocumentError, match="ermission"):
        read(path)


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \n\u3000\n", "empty"), ("The meeting was held.", "no Chinese")]
)
def test_texts_that_hold_nothing(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=reason):
        read(path)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_offsets_always_slice_back(text: str) -> None:
    d = from_text(text)
    for one in (*d.paragraphs, *d.sections, *d.sentences):
        assert 0 <= one.start < one.end <= len(d.text)
        start, end = d.raw_span(one.start, one.end)
        assert 0 <= start <= end <= len(d.raw)
    assert isinstance(d.title, str) and isinstance(d.kind, str) and isinstance(d.issuer, str) and len(d.dated) == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_the_corpus_is_read_for_what_it_is() -> None:
    reports = [read(p) for p in sorted((CORPUS / "reports").glob("*.txt"))]
    assert sum(d.kind == "work report" for d in reports) >= len(reports) - 2
    assert all(d.date and str(d.date.year) in d.name for d in reports)
    headed = [d for d in reports if sum(p.level == 1 for p in d.paragraphs) >= 2]
    assert all(
        {s.kind for s in d.sections} <= {"title", "lead", "review", "plan", "heading"}
        for d in headed
        if d.kind == "work report"
    )
    meetings = [read(p) for p in sorted((CORPUS / "meetings").glob("*.txt"))]
    assert all(d.kind == "conference report" and any(s.frame for s in d.sections) for d in meetings)
    speakers = {s.frame for d in meetings for s in d.sections if s.frame}
    assert not [f for f in speakers if f.startswith(("我", "这", "必须", "应"))]


def test_old_encodings_of_the_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not beside the project")
    for path in sorted((CORPUS / "encodings").glob("*.txt")):
        d = document.read(path)
        assert "\ufffd" not in d.raw and len(d.sentences) > 100
        assert "2 0 0" not in d.text and " ，" not in d.text


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("要推动全省经济高质量发展,取得实效".encode() * 1_050_000 + "。".encode())
    assert path.stat().st_size > 50_000_000
    d = read(path)
    assert len(d.paragraphs) == 1 and d.text == d.raw
