"""About what GitHub shows of the notebooks and the Markdown files: `python notebooks/preview.py [PAGE…]`.

Each page is written to `build/preview/` (git-ignored) as HTML and, where Chromium is installed, as two pictures
980 px wide, light and dark. What GitHub takes out is taken out (`lint.STRIPPED`, `style`, `id`, `on…`); its own
look (`preview.css`) can only be approximated, for its viewer cannot be seen from here.
"""

import base64
import html
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import nbformat
from bs4 import BeautifulSoup
from nbconvert.filters import ansi2html, markdown2html
from nbformat import NotebookNode
from tqdm import tqdm

from helpers.style import font_path

sys.path.insert(0, str(Path(__file__).parent))  # also where this is imported and not run
from lint import ROOT, STRIPPED, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OUT: Final = ROOT / "build" / "preview"
WIDTH: Final = 980
SHOWN: Final = ("text/html", "text/markdown", "image/png", "text/plain")  # the first of these that an output has
QUIET: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# Chinese that is laid out before its font has come keeps empty boxes: first the font, then the page.
FONT: Final = "Promise.all(['16px', 'bold 16px'].map(size => document.fonts.load(size + ' Reading', '字')))"
# A picture that cannot be shown, as one of another host without a network, stays empty and is named.
PAGE: Final = """async html => {
  document.body.innerHTML = html;
  const shown = await Promise.all([...document.images].map(i => i.decode().then(() => true, () => false)));
  return [...document.images].filter((_, at) => !shown[at]).map(i => i.getAttribute('src').slice(0, 80));
}"""
PICTURES: Final = {".png": "image/png", ".svg": "image/svg+xml"}  # of the repository, put into a page


def clean(fragment: str) -> str:
    """The fragment as the viewer leaves it.

    >>> clean('<b style="color: red" onclick="go()">县域</b><script>go()</script>')
    '<b>县域</b>'
    """
    soup = BeautifulSoup(fragment, "html.parser")
    for tag in soup.find_all(STRIPPED):
        tag.decompose()
    for tag in soup.find_all(True):
        tag.attrs = {k: v for k, v in tag.attrs.items() if k not in ("style", "id") and not k.startswith("on")}
    return str(soup)


def shown(output: NotebookNode) -> str:
    """An output as HTML: the richest of what it holds that needs no script."""
    if "data" not in output:
        return f"<pre>{ansi2html(output.get('text', ''))}</pre>"
    for mime in (m for m in SHOWN if m in output.data):
        value = output.data[mime]
        if mime == "image/png":
            return f'<img alt="" src="data:image/png;base64,{value.strip()}">'
        if mime == "text/markdown":
            return str(markdown2html(value))
        return str(value) if mime == "text/html" else f"<pre>{html.escape(value)}</pre>"
    return ""


def body(page: Path) -> str:
    """The page as HTML: a notebook's cells with their outputs, or a Markdown file."""
    if page.suffix == ".md":
        return clean(local(markdown2html(page.read_text(encoding="utf-8")), page))
    parts = []
    for cell in nbformat.read(page, as_version=4).cells:
        if cell.cell_type == "markdown":
            parts.append(clean(local(markdown2html(cell.source), page)))
        elif cell.cell_type == "code":
            parts.append(f"<pre><code>{html.escape(cell.source)}</code></pre>")
            parts += [f'<div class="out">{clean(shown(o))}</div>' for o in cell.outputs]
    return "\n".join(parts)


def local(fragment: str, page: Path) -> str:
    """Pictures of the repository put into the page, so that it stands alone."""

    def stored(match: re.Match[str]) -> str:
        path = page.parent / match[1]
        if not path.is_file():
            return match[0]
        return f'src="data:{PICTURES[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode()}"'

    return re.sub(r'src="([^":]+\.(?:png|svg))"', stored, fragment)


def write(page: Path, look: str) -> Path:
    """Write the page to `build/preview/` as HTML that stands alone; where it is."""
    path = OUT / (page.relative_to(ROOT).as_posix().replace("/", "-") + ".html")
    path.write_text(look + body(page), encoding="utf-8")
    return path


def pictures(browser: "Browser", paths: list[Path], look: str) -> Iterator[Path]:
    """A picture of each page in each theme; what could not be shown on a page is said."""
    empty = OUT / "empty.html"
    empty.write_text(f"{look}<p>字</p>", encoding="utf-8")
    for theme in ("light", "dark"):
        tab = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme=theme)
        tab.goto(empty.as_uri())
        tab.evaluate(FONT)
        for path in tqdm(paths, unit="page", desc=theme, disable=None):
            lost = tab.evaluate(PAGE, path.read_text(encoding="utf-8").removeprefix(look))
            if lost and theme == "light":
                print(f"{path.stem}: pictures that cannot be shown: {', '.join(lost)}", file=sys.stderr)
            tab.screenshot(path=path.with_suffix(f".{theme}.png"), full_page=True)
            yield path.with_suffix(f".{theme}.png")
        tab.close()


def photographed(paths: list[Path], look: str) -> list[Path]:
    """The pictures of all pages, taken by the system's Chromium; none where there is no Chromium."""
    from playwright.sync_api import sync_playwright  # an extra of the tests; the HTML needs none

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("no Chromium on this machine (Debian: apt-get install chromium): HTML only", file=sys.stderr)
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        done = list(pictures(browser, paths, look))
        browser.close()
    return done


def looks() -> str:
    """What stands at the head of every page."""
    style = Path(__file__).with_name("preview.css").read_text(encoding="utf-8").replace("FONT", font_path().as_uri())
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>'


def main(pages: list[Path]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    look = looks()
    done = photographed([write(p, look) for p in pages], look)
    print(f"{len(pages)} pages and {len(done)} pictures are in {OUT.relative_to(ROOT).as_posix()}/")


if __name__ == "__main__":
    main([Path(p).resolve() for p in sys.argv[1:]] or written())
