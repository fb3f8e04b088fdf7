"""The repair: what each kind of damage becomes, and what holds for any text."""

import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from helpers.repair import Alignment, Repair, mend, undo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import damage  # noqa: E402

LEAD = "全省工作会议召开\n本报讯 会议强调,要坚持稳中求进,推动各项工作再上台阶。\n"

CASES = {
    "break in a word": ("各地要结合规划编制,统\n筹考虑产业协作。", "各地要结合规划编制,统筹考虑产业协作。"),
    "break after a comma": ("要坚持新发展理念,\n\n走出新路。", "要坚持新发展理念,走出新路。"),
    "break before a closing mark": (
        "要落实《关于改革的意见\n》精神,狠抓落实。",
        "要落实《关于改革的意见》精神,狠抓落实。",
    ),
    "link text on a line of its own": (
        "要认真实施《\n未成年人保护法\n》,维护权益。",
        "要认真实施《未成年人保护法》,维护权益。",
    ),
    "break in a number": ("全年生产总值增长6.\n5%,好于预期。", "全年生产总值增长6.5%,好于预期。"),
    "spaces in a number": ("到2 0 2 5年,增长1 2 . 5 %以上。", "到2025年,增长12.5%以上。"),
    "one space in a number": ("到20 25年,收入达到1 100万元。", "到2025年,收入达到1100万元。"),
    "space in a word": ("要推动高质量 发展,取得实效。", "要推动高质量发展,取得实效。"),
    "space beside marks": ("要“ 做强 ”产业 ，做优（ 环境 ）。", "要“做强”产业，做优（环境）。"),
    "full width": ("到２０２５年，增长６．５％，建成５Ｇ基站。", "到2025年，增长6.5%，建成5G基站。"),
    "thousands": ("产量1，062万吨，比１９７９年多２０６，０００吨。", "产量1,062万吨，比1979年多206,000吨。"),
    "zero width": ("要推动\u200b高质\ufeff量发展,取得实\u00ad效。", "要推动高质量发展,取得实效。"),
    "a line of nothing visible": (
        "全年粮食产量达到七\n\u200b\n千亿斤,再获丰收。",
        "全年粮食产量达到七千亿斤,再获丰收。",
    ),
    "entities": ("要实施&ldquo;八大行动&rdquo;,突出&nbsp;重点。", "要实施“八大行动”,突出重点。"),
    "entities escaped twice": ("要突出&amp;nbsp;重点,抓好&amp;ldquo;三农&amp;rdquo;。", "要突出重点,抓好“三农”。"),
    "tags": ('要<b>加快</b>发展,<font color="red">狠抓</font>落实。', "要加快发展,狠抓落实。"),
    "radicals of PDFs": ("⾛出⼀条新路,取得⼤的进展。", "走出一条新路,取得大的进展。"),
    "markdown": ("要**加快**发展。\n## 三、保障措施\n> 引用。", "要加快发展。\n三、保障措施\n引用。"),
    "scan code": ("要抓落实。\n\n扫码看  \n视频新闻\n\n会议要求,要担当。", "要抓落实。\n会议要求,要担当。"),
    "page number in a sentence": ("要推动全省高质量发\n\n— 12 —\n\n展,走出新路。", "要推动全省高质量发展,走出新路。"),
    "indents": ("　　要抓落实。\n\n　　会议要求,要担当。  \n", "要抓落实。\n会议要求,要担当。"),
    "windows line ends": ("要抓落实。\r\n\r\n会议要求,要担当。\r\n", "要抓落实。\n会议要求,要担当。"),
    "glued headings": (
        "要抓落实。第二节 增进团结\n要团结。\n一、强化统筹协调1.加强谋划。要早谋划。",
        "要抓落实。\n第二节 增进团结\n要团结。\n一、强化统筹协调\n1.加强谋划。要早谋划。",
    ),
    "markdown links": (
        "要落实[规划](http://a.b/c)。\n- 抓重点。\n---\n![图](a.png)补短板。",
        "要落实规划。\n抓重点。\n补短板。",
    ),
    "lost full stop": (
        "要抓落实,见实效。各地要结合实际,细化措施,确保各项任务落到实处\n一、总体要求\n坚持稳中求进。",
        "要抓落实,见实效。各地要结合实际,细化措施,确保各项任务落到实处。\n一、总体要求\n坚持稳中求进。",
    ),
}
KEPT = {
    "comma between two numbers": "增长5.5，200个项目开工。1979，980人参加。第3，50个村。",
    "paragraphs": "会议指出,成绩可喜。\n会议要求,要担当作为。",
    "headings": "一、总体要求\n坚持稳中求进。\n（一）主要目标\n到2025年实现翻番。\n1.强化保障\n加强领导。",
    "list": "要做好三件事：\n一是抓重点；\n二是补短板；\n三是强弱项。",
    "names in a byline": "本报讯(河南日报记者 李铮 张海涛) 会议强调,要抓落实。",
    "row of years": "年份 2018 2019 2020 2021",
    "decimals and headings": "3.强化保障\n增长2.5万亿元。",
    "salutation": "各位代表：\n现在,我代表市人民政府作报告。",
    "named groups": "王国生、尹弘、刘伟等出席会议。",
}


@pytest.mark.parametrize("case", CASES)
def test_damage_is_mended(case: str) -> None:
    raw, wanted = CASES[case]
    mended = mend(LEAD + raw)
    assert mended.text == LEAD.rstrip("\n") + "\n" + wanted
    assert undo(mended.text, mended.repairs) == LEAD + raw
    assert any(r.certain for r in mended.repairs)


@pytest.mark.parametrize("case", KEPT)
def test_what_is_whole_stays(case: str) -> None:
    assert mend(LEAD + KEPT[case]).text == LEAD + KEPT[case]


def test_spaced_title() -> None:
    mended = mend("政 府 工 作 报 告\n\n各位代表：\n现在,我代表市人民政府作报告。")
    assert mended.text.startswith("政府工作报告\n各位代表")


def test_torn_title() -> None:
    assert mend("政府工作报\n告\n\n各位代表：\n现在,我作报告。").text.startswith("政府工作报告\n各位代表")


def test_title_of_two_parts_keeps_its_blank() -> None:
    assert mend("全省会议召开 聚焦绿色发展\n会议强调,要抓落实。").text.startswith("全省会议召开 聚焦绿色发展\n")


def test_running_header_goes() -> None:
    head = "某市城乡规划纲要"
    page = "各地要结合实际,细化措施。\n\n{}\n— {} —\n会议要求,要担当作为。\n"
    text = mend(head + "\n" + "".join(page.format(head, n) for n in range(1, 5))).text
    assert text.count(head) == 1 and "—" not in text


def test_a_header_with_a_changing_number_goes_where_it_tears_sentences() -> None:
    parts = [
        "要推动全省经济高",
        "质量发展,走出新路。要抓好生态环",
        "境保护,狠抓落实。要深化改革开",
        "放,激发活力。要改善民",
        "生福祉,共享成果。",
    ]
    raw = LEAD + parts[0] + "".join(f"\n某某日报 第0{n}版\n{part}" for n, part in enumerate(parts[1:], 1))
    assert mend(raw).text == LEAD + "".join(parts)


def test_words_that_a_page_sets_as_links_stay() -> None:
    """A link text on lines of its own, three times, was taken for a running header."""
    part = "要按照《\n规划纲要\n》推进\n乡村振兴\n工作,走出新路。\n\n"
    assert mend(LEAD + part * 4).text == LEAD + "\n".join(["要按照《规划纲要》推进乡村振兴工作,走出新路。"] * 4)


def test_licence_footer_goes_and_only_there() -> None:
    body = "各位代表：\n现在,我作报告。" + "要推动经济社会发展。" * 40
    assert mend(body + "\n本作品是中华人民共和国的\n法律\n、\n法规").text == body
    assert "本作品" in mend("本作品是新的。\n" + body).text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("要把特色产业和特色产业做强。", "特色产业和特色产业"),
        ("同比增长6.1%%,好于预期。", "%%"),
        ("5355年3月发布。", "5355年"),
        ("2020年65月06日发布。", "65月"),
        ("2020年6月45日发布。", "6月45日"),
        ("要抓落实，。会议要求。", "，。"),
    ],
)
def test_misprints_are_flagged_and_kept(text: str, place: str) -> None:
    mended = mend(LEAD + text)
    found = [r for r in mended.repairs if not r.certain]
    assert [r.before for r in found] == [place]
    assert text in mended.text


def test_dates_that_can_be_are_no_misprints() -> None:
    text = LEAD + "中华文明有5000年历史,到2035年基本实现现代化,12月31日前完成。"
    assert not [r for r in mend(text).repairs if not r.certain]


def test_folded_repairs_keep_every_reason() -> None:
    """Two edits of one kind that became one line of the ledger kept the last reason only."""
    mended = mend(LEAD + "要抓落实。\n\n扫码看\n视频新闻\n\n会议要求,要担当。")
    reason = next(r.reason for r in mended.repairs if "insert" in r.kind)
    assert "扫码看" in reason and "视频新闻" in reason


ALPHABET = st.text(
    alphabet="一是会议强调全省大文章做优,。、;: \n\r\t\u3000\u200b１２%％.0123456789《》“”()&nbsp;<b/>—-#*第页",
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ALPHABET, st.text(max_size=60)))
def test_the_ledger_backwards_gives_the_raw_text(raw: str) -> None:
    mended = mend(raw)
    assert undo(mended.text, mended.repairs) == raw
    end = 0
    for r in mended.repairs:
        assert raw[r.raw_start : r.raw_end] == r.before
        if r.certain:
            assert r.raw_start >= end
            end = r.raw_end


@settings(max_examples=100, deadline=None)
@given(ALPHABET)
def test_raw_spans_hold_what_the_text_holds(raw: str) -> None:
    mended = mend(raw)
    changed = {i for r in mended.repairs if r.certain for i in range(r.raw_start, r.raw_end)}
    for i, c in enumerate(mended.text):
        start, end = mended.alignment.to_raw(i, i + 1)
        assert 0 <= start <= end <= len(raw)
        if end - start == 1 and start not in changed:
            assert raw[start] == c
            assert mended.alignment.to_text(start) == i


def test_alignment_of_an_insertion() -> None:
    a = Alignment([Repair("stop", 2, 2, "", "。", "")])
    assert a.to_raw(2, 3) == (2, 2) and a.to_raw(3, 4) == (2, 3) and a.to_text(2) == 3


def test_a_long_line_takes_linear_time() -> None:
    """A text of one line is read in one piece; every tenth character is damaged."""
    text = "要推动全省经济高质量发展,到２０２５年取得实效。" * 20_000
    assert len(mend(text).text) == len(text)


@pytest.mark.parametrize("kind", damage.KINDS)
def test_injected_damage_in_the_seed(kind: str) -> None:
    clean = damage.texts(None)
    score = damage.Score(kind)
    for n in range(3):
        for text in clean:
            damage.measure(kind, text, random.Random(f"{n}{kind}"), score)
    floor = {"full stop": 0.75, "break": 0.9, "blank line": 0.9, "spaced title": 0.0, "page": 0.9}.get(kind, 0.97)
    assert score.mended >= floor * score.injected, score
    assert score.false <= 1e-4 * score.characters + 1, score


@pytest.mark.skipif(not damage.CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_injected_damage_in_the_corpus() -> None:
    scores = damage.run(damage.texts(damage.CORPUS)[::12], seed=7)
    injected, mended = sum(s.injected for s in scores), sum(s.mended for s in scores)
    false, characters = sum(s.false for s in scores), sum(s.characters for s in scores)
    assert mended >= 0.98 * injected
    assert false < 1e-4 * characters


@pytest.mark.skipif(not damage.CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_the_corpus_goes_through() -> None:
    files = sorted(damage.CORPUS.rglob("*.txt"))
    assert len(files) > 80
    for path in files:
        d = document.read(path)
        assert undo(d.text, d.repairs) == d.raw
        assert not re.search(r"[\u200b\ufeff０-９]|\n\n|[ \t\u3000]\n", d.text), path.name


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("把特色小镇和特色小镇这个节点做实。", ["特色小镇和特色小镇"]),
        ("发展现代农业和现代农业。", ["现代农业和现代农业"]),
        ("支持民营企业和民营企业家。", []),
        ("发展大城市和大城市群。", []),
    ],
)
def test_a_doubled_conjunct_is_suspect_only_where_the_second_word_ends(text: str, flagged: list[str]) -> None:
    assert [r.before for r in mend(text).repairs if r.kind == "suspect"] == flagged
