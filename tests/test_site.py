"""The site as a reader meets it: built once here, its links followed, and searched in a real browser."""

import filecmp
import functools
import http.server
import importlib.util
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, CDPSession, expect

from helpers import style

expect.set_options(timeout=20_000)
ROOT = Path(__file__).parents[1]
BUILD = [sys.executable, str(ROOT / "site" / "build.py")]
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "embed": "src"}

if importlib.util.find_spec("myst_nb") is None:
    pytest.skip("the extra `site` is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    to = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run([*BUILD, str(to)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return to


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, BeautifulSoup]:
    found = {p: BeautifulSoup(p.read_bytes(), "html.parser") for p in site.rglob("*.html") if "_static" not in p.parts}
    assert len(found) > 20
    return found


def test_every_notebook_is_there_with_every_figure_and_its_text_that_was_committed(site: Path) -> None:
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        page = BeautifulSoup((site / "notebooks" / f"{path.stem}.html").read_bytes(), "html.parser")
        outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", ())]
        figures = [o for o in outputs if "image/png" in o.get("data", {})]
        told = [o.metadata["image/png"]["alt"] for o in figures]
        assert [" ".join(e["alt"].split()) for e in page.select(".cell_output img")] == [
            " ".join(t.split()) for t in told
        ]
        tables = [o for o in outputs if 'class="dataframe"' in o.get("data", {}).get("text/html", "")]
        assert len(page.select(".cell_output table.dataframe")) == len(tables), path.name


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_on_it(
    site: Path, pages: dict[Path, BeautifulSoup]
) -> None:
    names = {p: {e["id"] for e in page.select("[id]")} for p, page in pages.items()}
    followed = 0
    for path, page in pages.items():
        for link in page.select("a[href], link[href]"):
            to = urlsplit(link["href"])
            if to.scheme or to.netloc or link["href"] == "#":
                continue
            target = (path.parent / unquote(to.path)).resolve() if to.path else path
            assert target.is_file(), f"{path.relative_to(site)}: {link['href']}"
            if to.fragment and target in names:
                assert unquote(to.fragment) in names[target], f"{path.relative_to(site)}: {link['href']}"
            followed += 1
    assert followed > 500


def test_nothing_is_loaded_from_another_host(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    for path, page in pages.items():
        loaded = [e.get(attribute, "") for tag, attribute in LOADED.items() for e in page.select(tag)]
        loaded += [e["href"] for e in page.select("link[href]")]
        assert not [u for u in loaded if urlsplit(u).netloc], path
        inline = [e.string or "" for e in page.select("script:not([src]), style")]
        assert not [t for t in inline if re.search(r"https?://|url\(\s*['\"]?//", t)], path
    for css in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", css.read_text(encoding="utf-8")), css


def test_no_page_names_a_path_of_the_machine(pages: dict[Path, BeautifulSoup]) -> None:
    for path, page in pages.items():
        assert str(ROOT) not in str(page) and "site-packages" not in str(page), path


def test_what_a_notebook_imports_is_described(site: Path) -> None:
    described = {e["id"] for p in (site / "site" / "api").glob("*.html") for e in _soup(p).select("[id^=module-]")}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        source = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")
        for rooms in re.findall(r"^from helpers import (\([^)]*\)|.*)$", source, re.M):
            for room in re.findall(r"\w+", rooms):
                assert f"module-helpers.{room}" in described, f"{path.name} imports {room}: add it to site/api/"


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html.parser")


@pytest.mark.skipif(not os.environ.get("CI"), reason="in CI; here: make test CI=1")
def test_a_second_build_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    subprocess.run([*BUILD, str(again)], check=True, env=os.environ | {"TZ": "Asia/Shanghai", "LC_ALL": "C"})
    files = {p.relative_to(site) for p in site.rglob("*") if p.is_file()}
    assert files == {p.relative_to(again) for p in again.rglob("*") if p.is_file()}
    assert not [f for f in files if not filecmp.cmp(site / f, again / f, shallow=False)]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _holds(page: BeautifulSoup, term: str) -> bool:
    return any(term in article.get_text() for article in page.select("article.bd-article"))


def test_a_search_for_a_chinese_term_opens_its_place(
    chromium: Browser, address: str, pages: dict[Path, BeautifulSoup]
) -> None:
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else elsewhere.append(r.url))
    page.goto(f"{address}/index.html")
    page.locator("button.search-button:visible, .search-button__button:visible").first.click()
    box = page.locator("#pst-search-dialog input[type=search]")
    box.fill("县域经济")
    box.press("Enter")
    hit = page.locator(".pagefind-ui__result-link[href*='02-term-frequency.html#']").first
    expect(hit).to_be_visible()
    expect(page.locator(".pagefind-ui__result-excerpt mark").first).to_have_text("县域经济")
    hit.click()
    page.wait_for_url("**/notebooks/02-term-frequency.html#at-*")
    heading = page.locator(":target")
    expect(heading).to_be_in_viewport()
    expect(page.locator("section", has=heading).last).to_contain_text("县域经济")
    for asked in ("离散度", "济经域县", "县域经济"):  # the second is the third backwards
        found = [p for p, soup in pages.items() if p.name != "index.html" and _holds(soup, asked)]
        page.goto(f"{address}/search.html?q={asked}")
        told = f"{len(found) or 'No'} result"
        expect(page.locator(".pagefind-ui__message")).to_have_text(re.compile(rf"^\s*{told}s? for"))
    assert not elsewhere


WITH_CHINESE = ("data/glossary.html", "notebooks/04-goal-structure.html", "README.zh.html", "seeds/README.html")


def test_the_font_of_the_site_has_every_character_of_its_pages(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    has = set(TTFont(site / "_static" / "chinese.woff").getBestCmap())
    could = set(TTFont(style.font_path()).getBestCmap())
    said = {ord(c) for page in pages.values() for c in page.get_text() if c > "\u00ff"}
    assert len(said & could) > 500 and said & could <= has
    assert {ord("滑"), ord("动")} <= has  # words of site.css


def test_chinese_is_shown_also_where_the_system_has_no_font_for_it(chromium: Browser, address: str) -> None:
    """All Chinese of the site was boxes, and then that which was laid out before its font came."""
    page = chromium.new_page()
    inspector = page.context.new_cdp_session(page)
    for path in WITH_CHINESE:
        page.goto(f"{address}/{path}")
        expect(page.locator("article h1").first).to_be_visible()
        look = "document.fonts.ready.then(fonts => [...fonts].find(f => f.family === 'Reading').status)"
        waited = page.evaluate(look)
        inspector.send("DOM.enable")
        inspector.send("CSS.enable")
        drawn = list(_fonts_of_chinese(inspector, inspector.send("DOM.getDocument", {"depth": -1})["root"]))
        assert len(drawn) > 10
        if waited == "loaded":
            assert not [text for text, own in drawn if not own], path
        else:  # the system has fonts of its own, and nothing was fetched
            assert not [text for text, own in drawn if own], path
    page.close()


def _fonts_of_chinese(inspector: CDPSession, node: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each text with Chinese that is drawn, and whether a font of the site draws some of it."""
    if node["nodeType"] == 3 and re.search(r"[\u4e00-\u9fff]", node["nodeValue"]):
        fonts = inspector.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
        if fonts:
            yield node["nodeValue"].strip(), any(f["isCustomFont"] for f in fonts)
    for child in node.get("children", []):
        yield from _fonts_of_chinese(inspector, child)


def test_on_a_phone_a_figure_says_that_it_scrolls_and_the_glossary_is_not_cut(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/notebooks/04-goal-structure.html")
    hints = page.evaluate(
        "[...document.querySelectorAll('.cell_output:has(> img)')].map(e => "
        "[e.scrollWidth > e.clientWidth, getComputedStyle(e, '::before').content.includes('swipe')])"
    )
    assert hints and all(scrolls == told for scrolls, told in hints)
    page.goto(f"{address}/data/glossary.html")
    right = page.evaluate("[...document.querySelectorAll('article td')].map(e => e.getBoundingClientRect().right)")
    assert len(right) > 100 and max(right) <= 390
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_no_page_is_wider_than_the_screen_and_the_theme_follows_the_reader(
    chromium: Browser, address: str, site: Path, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(f"{page.url}: {e}"))
    grounds = set()
    paths = [p.relative_to(site).as_posix() for p in sorted(site.rglob("*.html")) if "_static" not in p.parts]
    for path in [*paths, "search.html?q=县域经济"]:
        page.goto(f"{address}/{path}")
        if "?" in path:
            expect(page.locator(".pagefind-ui__result-excerpt").first).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert not errors
    (ground,) = grounds
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) > 600) == (scheme == "light"), ground
    context.close()
