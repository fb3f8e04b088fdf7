"""What GitHub's viewer would not show, or not as it is meant: `python notebooks/lint.py` lists it, and fails if any.

GitHub takes script, style, iframe, svg and form out of a notebook, and `style`, `id` and `on…` off its elements. Each
rule is a function from a notebook to the faults it finds; `files` does the same for a Markdown file. A rule is kept
honest by a test in which a notebook with that fault fails (`tests/test_lint.py`).
"""

import base64
import io
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import mistune
import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[1]
LARGEST: Final = 500_000  # bytes
LONGEST: Final = 15  # lines of a cell
WIDEST: Final = 108  # columns of a printed line
IN_CHINESE: Final = ("README.zh.md", "glossary.md")  # other pages quote the article, whose marks are half-width
STRIPPED: Final = ("script", "style", "iframe", "svg", "form", "object", "embed")
_OWN_STYLE: Final = re.compile(r"<style scoped>.*?</style>", re.S)  # pandas sets every table's alignment so
_HARMLESS: Final = re.compile(r"^\s*text-align:\s*\w+;?\s*$")
_MACHINE: Final = re.compile(r"/(?:home|root|work|tmp|Users)/|[A-Z]:\\\\")
_IMPORTED: Final = re.compile(r"^from \S+ import \([^)]*\)", re.M)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SPELLED: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|half|thirds?|quarters?"
    r"|fifths?)\b(?!-billion)|[二两三四五六七八九十百千]+(?=[个项处条次类句人位篇成年])|[一二三四五六七八九十]分之",
    re.I,
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_HALF: Final = re.compile(r"(?<=[\u4e00-\u9fff”])[,;:()?!](?=[\u4e00-\u9fff“])")
_parse: Final = mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough"])

Rule = Callable[[NotebookNode], list[str]]


def outputs(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Every output, with the number of its cell."""
    for i, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            yield i, output


def prose(notebook: NotebookNode) -> list[str]:
    """The Markdown of the notebook: its own, and what its cells made."""
    made = [str(o.data["text/markdown"]) for _, o in outputs(notebook) if "text/markdown" in o.get("data", {})]
    return [c.source for c in notebook.cells if c.cell_type == "markdown"] + made


def pages(notebook: NotebookNode) -> list[str]:
    """The HTML of the notebook: in its outputs, and in its Markdown."""
    made = [str(o.data["text/html"]) for _, o in outputs(notebook) if "text/html" in o.get("data", {})]
    raw = [t["raw"] for text in prose(notebook) for t in tokens(text) if t["type"] in ("inline_html", "block_html")]
    return made + raw


def tokens(markdown: str) -> Iterator[dict[str, Any]]:
    """The parts of a Markdown text, outer ones before inner ones."""
    queue: list[dict[str, Any]] = list(_parse(markdown))
    while queue:
        token = queue.pop(0)
        yield token
        queue[:0] = token.get("children") or []


def too_large(notebook: NotebookNode) -> list[str]:
    size = len(nbformat.writes(notebook).encode())
    return [f"{size:,} bytes; the viewer gives up on large notebooks"] if size >= LARGEST else []


def cell_too_long(notebook: NotebookNode) -> list[str]:
    """A wall of code before what it shows; blank lines do not count, and what is imported is one line."""
    code = [(i, c.source) for i, c in enumerate(notebook.cells) if c.cell_type == "code"]
    lines = [(i, len(re.findall(r"^.*\S", _IMPORTED.sub("import", source), re.M))) for i, source in code]
    return [f"cell {i} has {n} lines: move some to helpers" for i, n in lines if n > LONGEST]


def not_in_order(notebook: NotebookNode) -> list[str]:
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    whole = counts == list(range(1, len(counts) + 1))
    return [] if whole else [f"not executed from top to bottom: {counts}"]


def noise(notebook: NotebookNode) -> list[str]:
    bad = [(i, o) for i, o in outputs(notebook) if o.output_type == "error" or o.get("name") == "stderr"]
    return [f"cell {i} shows {o.get('name') or 'an error'}" for i, o in bad]


def only_live(notebook: NotebookNode) -> list[str]:
    """Output that needs JavaScript and has no picture, table or Markdown beside it."""
    still = {"image/png", "text/html", "text/markdown"}
    live = [
        (i, mime) for i, o in outputs(notebook) for mime in o.get("data", {})
        if re.search(r"javascript|\+json$|widget", mime) and not still & set(o.data)
    ]  # fmt: skip
    return [f"cell {i} has nothing but {mime} to show" for i, mime in live]


def stripped(notebook: NotebookNode) -> list[str]:
    """Elements that the viewer takes out, and handlers that never run; pandas' own table style is no loss."""
    found = []
    for page in pages(notebook):
        soup = BeautifulSoup(_OWN_STYLE.sub("", page), "html.parser")
        found += [f"<{tag.name}> is taken out" for tag in soup.find_all(STRIPPED)]
        found += [f"{a} never runs" for tag in soup.find_all(True) for a in tag.attrs if a.startswith("on")]
    return found


def styled(notebook: NotebookNode) -> list[str]:
    """Colour or weight that would be lost, and what it said with it."""
    soups = [BeautifulSoup(page, "html.parser") for page in pages(notebook)]
    styles = [str(tag["style"]) for soup in soups for tag in soup.find_all(style=True)]
    fonts = [f"<font {tag.attrs}>" for soup in soups for tag in soup.find_all("font")]
    return [f"style is lost: {s}" for s in styles if not _HARMLESS.match(s)] + fonts


def vector(notebook: NotebookNode) -> list[str]:
    return [f"cell {i} has an SVG; use PNG" for i, o in outputs(notebook) if "image/svg+xml" in o.get("data", {})]


def picture_twice(notebook: NotebookNode) -> list[str]:
    both = {"image/png", "image/jpeg"}
    return [f"cell {i} stores a PNG and a JPEG" for i, o in outputs(notebook) if both <= set(o.get("data", {}))]


def mermaid(notebook: NotebookNode) -> list[str]:
    fenced = [t for text in prose(notebook) for t in tokens(text) if t["type"] == "block_code"]
    drawn = [t for t in fenced if str((t.get("attrs") or {}).get("info", "")).startswith("mermaid")]
    return ["Mermaid is not drawn in a notebook" for _ in drawn]


def path_of_a_machine(notebook: NotebookNode) -> list[str]:
    found = _MACHINE.findall(nbformat.writes(notebook))
    return [f"names a path of a machine: {p}" for p in found]


def widget_state(notebook: NotebookNode) -> list[str]:
    bad = "state" not in notebook.metadata.get("widgets", {"state": ()})
    return ["metadata.widgets without state makes 'Invalid Notebook'"] if bad else []


def unread_figure(notebook: NotebookNode) -> list[str]:
    """A figure wants a reading as alternative text, the same printed beneath, and a caption with n and source."""
    found = []
    for i, cell in enumerate(notebook.cells):
        for output, after in pairwise([*cell.get("outputs", ()), NotebookNode()]):
            if "image/png" not in output.get("data", {}):
                continue
            alt = output.metadata.get("image/png", {}).get("alt", "")
            if len(alt) < 20 or not _close(after.get("text", "")).startswith(_close(alt)):
                found.append(f"cell {i}: no reading of the figure beneath it")
            if not re.search(r"n = [\d,]+ · Source 来源: \S", output.data.get("text/plain", "")):
                found.append(f"cell {i}: no caption line with n and source (style.note)")
    return found


def _close(text: str) -> str:
    """The text without its line breaks and blanks: a reading is folded where it is printed."""
    return re.sub(r"\s+", "", text)


def cut_off(notebook: NotebookNode) -> list[str]:
    """Printed lines that run out of the page."""
    said = [(i, line) for i, o in outputs(notebook) for line in str(o.get("text", "")).splitlines()]
    wide = [(i, sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)) for i, line in said]
    return [f"cell {i} prints a line of {n} columns" for i, n in wide if n > WIDEST]


def transparent(notebook: NotebookNode) -> list[str]:
    """A figure through which the dark page is seen."""
    found = []
    for i, output in outputs(notebook):
        if png := output.get("data", {}).get("image/png"):
            alpha = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA").getextrema()[3]
            found += [f"cell {i}: the figure is not opaque"] if alpha != (255, 255) else []
    return found


def headings(notebook: NotebookNode) -> list[str]:
    return skipped("\n\n".join(prose(notebook)))


def skipped(markdown: str) -> list[str]:
    """Headings that skip a level, and a page without one title at its head."""
    levels = [t["attrs"]["level"] for t in tokens(markdown) if t["type"] == "heading"]
    found = [f"a heading of level {b} follows one of level {a}" for a, b in pairwise(levels) if b > a + 1]
    return found + ([] if levels[:1] == [1] and levels.count(1) == 1 else ["wants one title (#), at its head"])


def one_language(notebook: NotebookNode) -> list[str]:
    """The closing cell says the same in English and Chinese: the same numbers, in figures so that they compare."""
    if not notebook.cells or not notebook.cells[-1].source.startswith("## What was found"):
        return ["does not close with '## What was found 结论'"]
    parts = [p for p in notebook.cells[-1].source.split("\n\n")[1:] if not re.match(r"(?:Next|Back|\[\w+\])", p)]
    chinese = [p for p in parts if len(_CHINESE.findall(p)) > len(p) / 3]
    english = [p for p in parts if p not in chinese]
    if not chinese or not english:
        return ["the findings stand in one language only"]
    numbers = [sorted(set(_NUMBER.findall(_plain(" ".join(side))))) for side in (english, chinese)]
    found = [] if numbers[0] == numbers[1] else [f"numbers in English {numbers[0]}, in Chinese {numbers[1]}"]
    return found + [f"write it in figures, so that it compares: {w}" for w in _SPELLED.findall(_plain(" ".join(parts)))]


def out_of_nowhere(notebook: NotebookNode) -> list[str]:
    """A number in the findings that no cell shows or asserts."""
    shown = [c.source for c in notebook.cells if c.cell_type == "code"]
    for _, o in outputs(notebook):
        shown += [str(o.get("text", "")), *(str(v) for k, v in o.get("data", {}).items() if k != "image/png")]
    known = set(_NUMBER.findall(" ".join(shown)))
    closing = _NUMBER.findall(_plain(notebook.cells[-1].source)) if notebook.cells else []
    return [f"{n} is in the findings, and no cell shows it" for n in sorted(set(closing) - known)]


def _plain(markdown: str) -> str:
    """The text without its links' addresses and numbers of notebooks, and without what is quoted from the source."""
    return re.sub(r"(?:\[\d+)?\]\([^)]*\)|“[^”]*”|`[^`]*`", " ", markdown)


def half_width(notebook: NotebookNode) -> list[str]:
    """Western marks in the notebook's own Chinese: its Markdown and its figures' headlines, not what is quoted."""
    own = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    code = [c.source for c in notebook.cells if c.cell_type == "code"]
    headlines = [re.sub(r"\{[^}]*\}", "数", h) for c in code for h in re.findall(r'^ *chinese = f?"(.*)"$', c, re.M)]
    return [fault for text in own + headlines for fault in western(text)]


def western(text: str) -> list[str]:
    """Western marks between two Chinese characters, outside code, addresses of links and what is quoted."""
    plain = re.sub(r"```.*?```|\]\([^)]*\)", " ", text, flags=re.S)
    plain = re.sub(r"“([^”]*)”", lambda quoted: f"“{_HALF.sub('、', quoted[1])}”", re.sub(r"`[^`]*`", " ", plain))
    found = [plain[max(m.start() - 6, 0) : m.end() + 6] for m in _HALF.finditer(plain)]
    return [f"a half-width mark between Chinese characters: …{f}…" for f in found]


RULES: Final[tuple[Rule, ...]] = (
    too_large, cell_too_long, not_in_order, noise, only_live, stripped, styled, vector, picture_twice, mermaid,
    path_of_a_machine, widget_state, unread_figure, transparent, headings, one_language,
    out_of_nowhere, cut_off, half_width,
)  # fmt: skip


def dead_links(markdown: list[str], page: Path) -> list[str]:
    """Links and pictures of a page that lead to no file of the repository, or to no heading in it."""
    found = []
    for target in (unquote(t) for text in markdown for t in targets(text)):
        if re.match(r"[a-z][a-z+.-]*:", target):
            continue
        name, _, anchor = target.partition("#")
        to = (page.parent / name).resolve() if name else page
        if not to.exists() or (kept() and to.is_file() and to not in kept()):
            found.append(f"{target}: no such file in the repository")
        elif anchor and to.suffix in (".md", ".ipynb") and anchor not in anchors(to):
            found.append(f"{target}: no such heading")
    return found


def targets(markdown: str) -> Iterator[str]:
    for token in tokens(markdown):
        if token["type"] in ("link", "image"):
            yield token["attrs"]["url"]
        elif token["type"] in ("inline_html", "block_html"):
            soup = BeautifulSoup(token["raw"], "html.parser")
            yield from (str(tag.get("src") or tag.get("href")) for tag in soup.find_all(["img", "a"]))


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    seen: Counter[str] = Counter()
    found = set()
    for token in (t for text in texts(page) for t in tokens(text) if t["type"] == "heading"):
        said = "".join(t.get("raw", "") for t in _leaves(token)).strip().lower()
        slug = re.sub(r"[^\w\- ]", "", said).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def _leaves(token: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in token.get("children") or [token]:
        yield from _leaves(child) if child.get("children") else [child]


def texts(page: Path) -> list[str]:
    """The Markdown of a notebook or of a Markdown file."""
    if page.suffix == ".ipynb":
        return prose(nbformat.read(page, as_version=4))
    return [page.read_text(encoding="utf-8")]


@cache
def kept() -> frozenset[Path]:
    """The files that the repository holds or will hold; empty where there is no git to ask."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return frozenset()
    return frozenset(ROOT / name for name in listed.split("\0") if name)


def written() -> list[Path]:
    """The Markdown files and notebooks of the repository that are read on GitHub; `site/` holds Sphinx's own pages."""
    paths = kept() or {p for p in ROOT.rglob("*") if not any(part[0] == "." for part in p.relative_to(ROOT).parts)}
    read = (p for p in paths if p.suffix in (".md", ".ipynb") and p.is_file())
    return sorted(p for p in read if p.relative_to(ROOT).parts[0] != "site")


def faults(page: Path) -> list[str]:
    """All faults of a notebook or a Markdown file, each with the rule that found it."""
    found = [f"dead_links: {f}" for f in dead_links(texts(page), page)]
    if page.suffix == ".md":
        if page.name in IN_CHINESE:
            found += [f"half_width: {f}" for text in texts(page) for f in western(text)]
        return found + [f"headings: {f}" for f in skipped("\n\n".join(texts(page)))]
    notebook = nbformat.read(page, as_version=4)
    return found + [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(notebook)]


if __name__ == "__main__":
    said = [f"{page.relative_to(ROOT)}: {fault}" for page in written() for fault in faults(page)]
    print(*said, sep="\n")
    sys.exit(bool(said))
