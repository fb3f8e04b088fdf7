"""Make the site in `build/site`: `python site/build.py`, or `make site`. Needs the extra `site`, and no network.

A warning stops it. The pages are made in a folder beside, and take the old site's place when all is well.
"""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString

from helpers.style import webfont

ROOT: Final = Path(__file__).resolve().parents[1]
ARTICLE: Final = "article.bd-article"
NOT_TEXT: Final = ".headerlink, .toctree-wrapper"
_HEADING: Final = re.compile(r'(<section id="([^"]+)">\s*(?:<span id="[^"]+"></span>\s*)*<h\d)>')
_CHINESE: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def run(*command: str) -> None:
    """A module of this Python, run from the repository's top; its error ends the build."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=True)


def name_headings(page: Path) -> None:
    """Sphinx names sections; a hit of the search can be opened at its heading only where that has a name too."""
    page.write_text(_HEADING.sub(r'\1 id="at-\2">', page.read_text(encoding="utf-8")), encoding="utf-8")


def spaced(page: str) -> str:
    """A page in which every Chinese character is a word, as `site.js` asks for it: any stretch of a text is found,
    wherever a segmenter would have cut.
    """
    soup = BeautifulSoup(page, "html.parser")
    for article in soup.select(ARTICLE):
        for text in article.find_all(string=_CHINESE):
            text.replace_with(NavigableString(_CHINESE.sub(r" \g<0> ", str(text))))
        for image in article.select("img"):
            image.decompose()  # its text stands beneath it
    return str(soup)


def index(site: Path) -> None:
    """The index of the search, of the site's pages with their Chinese spaced."""
    pages = site / ".spaced"
    for page in sorted(site.rglob("*.html")):
        if "_static" not in page.parts:
            copy = pages / page.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(spaced(page.read_text(encoding="utf-8")), encoding="utf-8")
    options = ["--root-selector", ARTICLE, "--exclude-selectors", NOT_TEXT, "--force-language", "en", "--silent"]
    run("pagefind", "--site", str(pages), "--output-path", str(site / "pagefind"), *options)
    shutil.rmtree(pages)


def add_font(site: Path) -> None:
    """The font that `site.css` falls back on: the characters that the pages, and the style itself, use."""
    said = [p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))]
    look = site / "_static" / "site.css"
    text = html.unescape("".join([*said, look.read_text(encoding="utf-8")]))
    look.with_name("chinese.woff").write_bytes(webfont(text))


def build(to: Path) -> None:
    """The whole site in the folder `to`."""
    part = to.with_name(to.name + ".part")
    trees = to.with_name(to.name + ".trees")
    shutil.rmtree(part, ignore_errors=True)
    strict = ["--fail-on-warning", "--keep-going", "--quiet", "--fresh-env"]
    run("sphinx", *strict, "-c", "site", "-d", str(trees), ".", str(part))
    shutil.rmtree(trees)
    for page in part.rglob("*.html"):
        name_headings(page)
    add_font(part)
    index(part)
    shutil.copy(part / "README.html", part / "index.html")  # after the index, which holds the page once
    shutil.rmtree(to, ignore_errors=True)
    part.rename(to)


def main(arguments: list[str]) -> int:
    """Build; give the exit status."""
    to = Path(arguments[0]) if arguments else ROOT / "build" / "site"
    try:
        build(to.resolve())
    except subprocess.CalledProcessError as e:
        print(
            f"{e.cmd[2]} ended with {e.returncode}; its message stands above, the old site is as it was",
            file=sys.stderr,
        )
        return 1
    print(f"The site is in {to}. To read it with its search: python -m http.server --directory {to}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
