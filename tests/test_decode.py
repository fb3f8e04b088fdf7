"""Bytes of every encoding and format; and what is none of them."""

import contextlib
import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import decode, document
from helpers.decode import DocumentError, raw_text

TEXT = "全省工作会议召开\r\n会议强调，要坚持新发展理念，到2025年让生态屏障强起来。"
TRADITIONAL = "全省工作會議召開\n會議強調，要堅持發展，讓生態屏障強起來，實現區域協調。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_encodings(encoding: str) -> None:
    assert raw_text(TEXT.encode(encoding), Path("a.txt")) == TEXT


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950", "gb18030", "utf-8"])
def test_traditional_script(encoding: str) -> None:
    assert raw_text(TRADITIONAL.encode(encoding), Path("a.txt")) == TRADITIONAL


def test_bom_does_not_count_and_line_ends_stay() -> None:
    assert raw_text(b"\xef\xbb\xbf" + TEXT.encode(), Path("a.txt")) == TEXT
    assert "\r\n" in TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1 abc}", "rich-text"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (TEXT.encode()[:-4], "truncated UTF-8"),
        (TEXT.encode("utf-16")[:-1], "truncated UTF-16"),
        (TEXT.encode() + b"\xff" + TEXT.encode() * 5, "damaged UTF-8"),
        (b"PK\x03\x04 nothing", "cannot be opened"),
        (b"%PDF-1.7 nothing", ""),
    ],
)
def test_bad_bytes_are_named(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        raw_text(data, Path("a.txt"))
    assert reason in caught.value.reason and caught.value.remedy


def test_another_packed_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(DocumentError, match="no Word document"):
        raw_text(packed.getvalue(), Path("a.xlsx"))


def test_html_keeps_the_article() -> None:
    page = """<!doctype html><html><head><meta charset="gb2312"><title>全省会议召开</title>
    <script>"。，，";</script></head>
    <body><nav><a>首页</a></nav><div id="side"><a>更多</a></div>
    <div class="text"><h1>全省会议召开</h1>
    <p>本报讯 会议强调,要坚持
    新发展理念，走出&ldquo;新路&rdquo;。</p><p>第二段，<b>加粗</b>的字；再见。<br>第三行。</p></div><footer>版权所有，某某。</footer></body></html>"""
    text = raw_text(page.encode("gb18030"), Path("a.html"))
    assert text.split("\n") == [
        "全省会议召开", "本报讯 会议强调,要坚持新发展理念，走出“新路”。", "第二段，加粗的字；再见。", "第三行。",
    ]  # fmt: skip
    assert raw_text(page.encode("gb18030"), Path("a.txt")) == text


def test_html_takes_the_title_where_the_text_has_none() -> None:
    page = "<html><head><title>全省会议召开</title></head><body><p>会议强调,要抓落实。</p></body></html>"
    assert raw_text(page.encode(), Path("a.html")).startswith("全省会议召开\n会议强调")


def test_docx(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("全省工作会议召开")
    made.add_paragraph("会议强调，要抓落实。")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "6%"
    made.save(tmp_path / "a.docx")
    assert document.read(tmp_path / "a.docx").raw == "全省工作会议召开\n会议强调，要抓落实。\n指标\t6%"


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    plt = pytest.importorskip("matplotlib.pyplot")
    from importlib.resources import files

    from matplotlib.font_manager import FontProperties

    font = next(p for p in files("zhplot").rglob("*.ttf"))
    with plt.rc_context({"pdf.fonttype": 42}):
        figure = plt.figure()
        for i, line in enumerate(("会议强调,要推动全省高质量发", "展,走出新路。")):
            figure.text(0.1, 0.9 - 0.1 * i, line, fontproperties=FontProperties(fname=str(font)))
        figure.savefig(tmp_path / "a.pdf")
        plt.close(figure)
    assert document.read(tmp_path / "a.pdf").raw == "会议强调,要推动全省高质量发\n展,走出新路。"


@pytest.mark.parametrize(("module", "data"), [("docx", b""), ("pypdf", b"%PDF-1.7\n")])
def test_an_absent_library_is_named(module: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("word/document.xml", "<x/>")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DocumentError, match="pip install"):
        raw_text(data or packed.getvalue(), Path("a"))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.md"]),
)
def test_any_bytes_give_a_text_or_a_document_error(data: bytes, head: str, name: str) -> None:
    try:
        text = raw_text(head.encode() + data, Path(name))
    except DocumentError as e:
        assert e.reason and e.remedy
    else:
        assert isinstance(document.from_text(text).text, str)


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=60),
    st.integers(0, 9),
)
def test_damaged_bytes_never_give_a_traceback(text: str, cut: int) -> None:
    for encoding in ("utf-8", "utf-16", "gb18030"):
        data = text.encode(encoding)
        with contextlib.suppress(DocumentError):
            raw_text(data[: len(data) - cut], Path("a.txt"))


def test_the_formats_are_named_once() -> None:
    assert {".txt", ".md", ".html", ".docx", ".pdf"} <= set(decode.FORMATS)
