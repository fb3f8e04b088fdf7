"""Bytes → raw text: encodings of Chinese text files, HTML, .docx and .pdf with a text layer.

The raw text of .txt and .md is the file decoded with nothing removed (a byte-order mark does not count). Of HTML, .docx
and .pdf it is the text that their library gives, one line for a block or paragraph.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup, PageElement, Tag
from charset_normalizer import from_bytes

FORMATS: Final = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_EXTRA: Final = 'Install the further formats: pip install "policy-reading[formats]"'
_SAMPLE: Final = 200_000  # bytes that decide on an encoding
_LARGEST: Final = 1_000_000_000  # bytes that a packed file may unpack to

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS: Final = (
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF"),
        "a picture, not a text",
        "Run character recognition (OCR) on it",
    ),
    ((b"\xd0\xcf\x11\xe0",), "an old Word or Excel file", "Save it as .docx"),
    ((b"{\\rtf",), "a rich-text file", "Save it as .docx or .txt"),
    ((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"), "a packed archive", "Unpack it first"),
)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CJK: Final = re.compile(r"[\x09\x0a\x0d\x20-\x7e\u00b7\u2010-\u2026\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_DROPPED: Final = (
    *("script", "style", "noscript", "template", "nav", "header", "footer", "aside"),
    *("form", "iframe", "button", "select", "svg"),
)
_BLOCKS: Final = (
    *(
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
    ),
    *("h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"),
)
_TEXT_TAGS: Final = frozenset({"p", "span", "font", "strong", "b"})
_SOURCE_LINE: Final = re.compile(r"[ \t]*[\r\n]\s*")
_CJK_LINE: Final = re.compile(r"(?<=[\u3000-\u9fff\uff01-\uff5e])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff01-\uff5e])")


class DocumentError(Exception):
    """A file that cannot be read as a Chinese text: says what is wrong, where, and what to do."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path, self.reason, self.remedy = str(path), reason, remedy


def raw_text(data: bytes, path: Path) -> str:
    """The raw text of a file's bytes; what the bytes are decides, the suffix only between text and HTML.

    Raises `DocumentError` where they are empty, no text, damaged, or in a format whose library is not installed.

    >>> raw_text("会议强调,要突出绿色发展。".encode("gb18030"), Path("a.txt"))
    '会议强调,要突出绿色发展。'
    """
    if not data.strip():
        raise DocumentError(path, "the file is empty", "Give a file that holds text")
    for magics, reason, remedy in _OTHER_FORMATS:
        if data.startswith(magics):
            raise DocumentError(path, reason, remedy)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _guarded(_pdf, data, path)
    if data.startswith(b"PK\x03\x04"):
        return _guarded(_docx, data, path)
    if path.suffix.lower() in (".html", ".htm", ".xhtml", ".shtml") or _HTML.match(data[:2000]):
        return _guarded(_html, data, path)
    return decoded(data, path)


def decoded(data: bytes, path: Path) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32, GB18030 (GBK, GB2312) or Big5, told apart by their content."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        broken = e
    else:
        if "\x00" in text[:_SAMPLE]:
            return _wide(data) or _binary(path)
        return text
    if text := _wide(data):
        return text
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.005 * len(sample):
        return _binary(path)
    lossy = sample.decode("utf-8", "replace")
    if lossy.count("\ufffd") < 0.02 * len(lossy) + 2 and len(re.findall("[\u4e00-\u9fff]", lossy)) > 0.3 * len(lossy):
        what = "it ends inside a character (truncated UTF-8)" if broken.end >= len(data) else "damaged UTF-8"
        raise DocumentError(path, f"{what} at byte {broken.start}", "Copy or download the file again")
    return _legacy(data, sample, path)


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as e:
        what = "it ends inside a character (truncated " if e.end >= len(data) else "damaged text ("
        raise DocumentError(
            path, f"{what}{encoding.upper()}) at byte {e.start}", "Copy or download the file again"
        ) from e


def _wide(data: bytes) -> str:
    """UTF-16 without a byte-order mark; empty where the bytes are something else."""
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: _SAMPLE // 2 * 2].decode(encoding, "replace")
        if len(_CJK.findall(sample)) > 0.95 * len(sample) and len(data) % 2 == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return ""


def _binary(path: Path) -> str:
    raise DocumentError(path, "not a text but binary data", "Give a .txt, .md, .html, .docx or .pdf file")


def _legacy(data: bytes, sample: bytes, path: Path) -> str:
    best = from_bytes(sample, cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    for encoding in dict.fromkeys((best.encoding if best else "gb18030", "gb18030", "big5hkscs")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as e:
            failed = e
        else:
            if len(_CJK.findall(text[:_SAMPLE])) > 0.8 * len(text[:_SAMPLE]):
                return text
            failed = None
    if failed and failed.end >= len(data):
        raise DocumentError(
            path, f"it ends inside a character (truncated GB18030) at byte {failed.start}", "Copy it again"
        )
    raise DocumentError(path, "in no encoding of Chinese that is known here", "Save it as UTF-8 text")


def _guarded(reader: Callable[[bytes, Path], str], data: bytes, path: Path) -> str:
    """A library's own errors as `DocumentError`: what it cannot open is damaged or protected."""
    try:
        return reader(data, path)
    except DocumentError:
        raise
    except Exception as e:
        reason = f"cannot be opened as {reader.__name__.strip('_')} ({type(e).__name__}: {str(e)[:80]})"
        raise DocumentError(path, reason, "It may be damaged or protected: save its text as .txt") from e


def _docx(data: bytes, path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if "word/document.xml" not in packed.namelist():
            raise DocumentError(
                path, "a packed file that is no Word document", "Give a .txt, .md, .html, .docx or .pdf file"
            )
        if sum(part.file_size for part in packed.infolist()) > _LARGEST:
            raise DocumentError(path, "unpacks to more than a gigabyte", "Save its text as .txt")
    try:
        import docx
        from docx.table import Table
    except ImportError as e:
        raise DocumentError(path, "reading .docx needs the library python-docx", _EXTRA) from e
    out: list[str] = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                out.append("\t".join(dict.fromkeys(cell.text.replace("\n", " ") for cell in row.cells)))
        else:
            out.append(block.text)
    return "\n".join(out)


def _pdf(data: bytes, path: Path) -> str:
    try:
        import pypdf
    except ImportError as e:
        raise DocumentError(path, "reading .pdf needs the library pypdf", _EXTRA) from e
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(path, "protected by a password", "Save a copy without protection")
    text = "\n".join(page.extract_text() for page in reader.pages)
    if not text.strip():
        raise DocumentError(path, "a PDF without a text layer (a scan)", "Run character recognition (OCR) on it")
    return text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no character


def _html(data: bytes, path: Path) -> str:
    m = _CHARSET.search(data[:4000])
    named = m[1].decode().lower() if m else ""
    named = "gb18030" if named in ("gb2312", "gbk") else named
    try:
        source = (
            data.decode(named) if named and not data.startswith(tuple(b for b, _ in _BOMS)) else decoded(data, path)
        )
    except (UnicodeDecodeError, LookupError):
        source = decoded(data, path)
    soup = BeautifulSoup(source, "html.parser")
    headline = next((t.get_text(" ", strip=True) for name in ("h1", "title") if (t := soup.find(name))), "")
    for tag in soup(_DROPPED):
        tag.decompose()
    text = _lines(_main(soup))
    return text if not headline or headline in text else f"{headline}\n{text}"


def _main(soup: BeautifulSoup) -> Tag:
    """The element that holds the article: named so, or the one whose own paragraphs hold most punctuation."""
    if len(named := soup.find_all(["article", "main"])) == 1:
        return named[0]
    best, most = soup.body or soup, 0
    for box in soup.find_all(["div", "td", "section", "article", "main"]):
        marks = sum(len(re.findall("[，。；]", _own(child))) for child in box.children)
        if marks > most:
            best, most = box, marks
    return best


def _own(child: PageElement) -> str:
    if isinstance(child, Tag):
        return child.get_text() if child.name in _TEXT_TAGS else ""
    return str(child)


def _lines(box: Tag) -> str:
    """Text with a line for every block; line ends of the source are blanks, and none between Chinese characters."""
    for node in box.find_all(string=True):
        node.replace_with(_SOURCE_LINE.sub(" ", _CJK_LINE.sub("", str(node))))
    for tag in box.find_all([*_BLOCKS, "br"]):
        tag.insert_before("\n")
        tag.insert_after("\n")
    return re.sub(r"[ \t]*\n[\n \t]*", "\n", box.get_text()).strip("\n ")
