"""The notebooks as an analyst uses them: a real Chromium drives JupyterLab over a copy of the project."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from helpers import corrections, report, style, tables
from helpers.document import from_text

ROOT = Path(__file__).parents[1]

OWN = "# 全市工作会议召开\n\n会议强调,要突出绿色发展,到2031年森林覆盖率达到26%。\n"
CELLS = """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
    .filter(c => c.cell_type === 'code' && c.source.trim())
    .map(c => ({count: c.execution_count, outputs: c.getOutputs()}))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the notebooks need, so that nothing that is done in the browser reaches the project."""
    to = tmp_path_factory.mktemp("lab")
    for part in ("notebooks", "seeds", "data"):
        shutil.copytree(ROOT / part, to / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    (to / "seeds" / "own.txt").write_text(OWN, encoding="utf-8")
    (to / "app").mkdir()
    shutil.copy(ROOT / "notebooks" / "lab" / "overrides.json", to / "app")  # the settings of `make lab`
    setting(to, "docmanager-extension/plugin", {"autosave": False})
    return to


def setting(folder: Path, name: str, value: dict[str, Any]) -> None:
    """A choice of the user, as JupyterLab keeps it."""
    path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """JupyterLab on a free port; its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    dirs = {f"JUPYTER_{d}_DIR": str(folder / d.lower()) for d in ("CONFIG", "DATA", "RUNTIME")}
    lab = {f"JUPYTERLAB_{d}_DIR": str(folder / d.lower()) for d in ("SETTINGS", "WORKSPACES")}
    command = f"{sys.executable} -m jupyterlab --no-browser --allow-root --ip=127.0.0.1 --port={port}".split()
    command += ["--expose-app-in-browser", "--IdentityProvider.token=", "--LabApp.extension_manager=readonly"]
    command += [f"--LabApp.app_settings_dir={folder / 'app'}"]
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, cwd=folder, env=os.environ | dirs | lab, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/api/status", timeout=2)
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail(f"JupyterLab did not start: {(folder / 'log').read_text()[-2000:]}")
        yield url
    finally:
        process.terminate()
        process.wait(20)
        log.close()


@pytest.fixture(scope="module")
def page(chromium: Browser, server: str) -> Page:
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    return page


def opened(page: Page, server: str, name: str) -> None:
    """Open a notebook in a workspace of its own and wait for its kernel."""
    page.goto(f"{server}/lab/workspaces/{name[:2]}/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate("async () => { await window.jupyterapp.restored; }")
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.context?.isReady")
    page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.sessionContext.ready; }")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
    )


def run_all(page: Page) -> list[dict[str, Any]]:
    """Run all cells; give the code cells with their outputs, none of them an error."""
    for command in ("notebook:clear-all-cell-outputs", "notebook:run-all-cells"):
        page.evaluate(f"async () => {{ await window.jupyterapp.commands.execute('{command}'); }}")
    done = "c => c.length && (c.every(c => c.count) || c.some(c => c.outputs.some(o => o.output_type === 'error')))"
    page.wait_for_function(f"() => ({done})(({CELLS})())", timeout=120_000)
    cells = page.evaluate(CELLS)
    errors = [o for c in cells for o in c["outputs"] if o["output_type"] == "error" or o.get("name") == "stderr"]
    assert not errors, errors
    counts = [c["count"] for c in cells]
    assert counts == list(range(counts[0], counts[0] + len(cells)))
    return cells


def changed(page: Page, number: int, act: Any) -> tuple[str, float]:
    """Do something to a control; give the new reading and the seconds until the picture of that cell changed."""
    picture = page.locator(".reading-picture").nth(number)
    before = picture.get_attribute("src")
    began = time.monotonic()
    act()
    page.wait_for_function(
        "([n, old]) => document.querySelectorAll('.reading-picture')[n].src !== old", arg=[number, before]
    )
    took = time.monotonic() - began
    page.wait_for_timeout(400)  # the reading is sent right behind the picture
    return page.locator(".reading-said").nth(number).inner_text(), took


def test_the_overview_runs(page: Page, server: str) -> None:
    opened(page, server, "00-overview")
    run_all(page)
    assert page.get_by_text("Jupyter news").count() == 0


def test_the_glossary_opens_as_a_page_to_read(page: Page, server: str) -> None:
    """A link to it opened the source of its tables in an editor."""
    opened(page, server, "00-overview")
    page.locator(".jp-RenderedMarkdown a", has_text="glossary").first.click()
    expect(page.locator(".jp-MarkdownViewer td", has_text="xīn fāzhǎn lǐniàn")).to_be_visible()


@pytest.mark.parametrize("name", ["00-overview", "06-explore", "07-your-own-text"])
def test_a_notebook_that_was_only_opened_is_not_called_unsaved(page: Page, server: str, name: str) -> None:
    """JupyterLab wrote the kernel's version into it, and asked at closing whether to save what nobody had changed."""
    opened(page, server, name)
    page.wait_for_function(
        "async () => (await window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.info).language_info"
    )
    page.wait_for_timeout(1000)  # what would be written is written behind that
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")


def test_explore_shows_its_first_figures_before_it_is_run(page: Page, server: str) -> None:
    opened(page, server, "06-explore")
    expect(page.locator(".jp-OutputArea-output img").first).to_be_visible()
    assert page.get_by_text("model not found").count() == 0


def test_in_explore_every_control_changes_the_picture(page: Page, server: str, folder: Path) -> None:
    opened(page, server, "06-explore")
    run_all(page)
    expect(page.locator(".reading-picture")).to_have_count(4)
    box = page.locator(".jp-OutputArea-output:has(.reading-picture)")
    term, concept, goals, section = (box.nth(i) for i in range(4))
    for menu in page.locator(".widget-dropdown select").all():
        assert menu.input_value(), "a menu that shows nothing"

    def does(number: int, act: Any) -> str:
        said, took = changed(page, number, act)
        print(f"{took:.2f} s: {said[:60]}")  # seen with -s: under a second where the machine does nothing else
        return said

    typed = term.locator("input").first

    def type_term() -> None:
        typed.fill("产业")
        typed.press("Enter")

    assert does(0, type_term).startswith("产业: ")
    assert term.locator("mark").first.inner_text() == "产业"
    assert does(0, lambda: term.locator("select").select_option(index=3)) != ""
    assert does(1, lambda: concept.locator("select").nth(0).select_option(label="创新 innovation")).startswith("创新")
    assert "said" in does(1, lambda: concept.locator("select").nth(1).select_option("said"))
    does(1, lambda: concept.locator("select").nth(2).select_option(index=3))
    one = goals.locator("select:not([multiple])")
    does(2, lambda: one.nth(0).select_option("undated"))
    assert "measure" in does(2, lambda: goals.locator("select[multiple]").select_option(["measure"]))
    does(2, lambda: one.nth(1).select_option(label="绿色 green"))
    does(2, lambda: one.nth(2).select_option(index=len(one.nth(2).locator("option").all()) - 1))
    does(2, lambda: one.nth(2).select_option(index=0))
    text = goals.locator("input[type=text]")

    def type_text() -> None:
        text.fill("没有这样的字")
        text.press("Enter")

    assert "ask for less" in does(2, type_text)
    does(3, lambda: section.locator("select").select_option(index=2))
    assert goals.locator("mark").count() == 0
    does(2, lambda: text.fill("产业") or text.press("Enter"))
    assert "产业" in goals.locator("mark").first.inner_text()
    goals.locator(".reading-save").click()
    expect(goals.get_by_text("rows written")).to_be_visible()
    assert {p.name for p in (folder / "reports" / "selection").iterdir()} == {"goals.csv", "goals.xlsx"}


def test_a_page_opened_again_on_a_running_kernel_goes_on_working(page: Page, server: str) -> None:
    opened(page, server, "06-explore")
    assert run_all(page)[0]["count"] > 1
    section = page.locator(".jp-OutputArea-output:has(.reading-picture)").nth(3)
    changed(page, 3, lambda: section.locator("select").select_option(index=1))


def path_is(page: Page, path: str) -> None:
    """Write another path into the cell with the parameters, as an analyst does."""
    page.evaluate(
        """path => { const cell = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
            .find(c => c.getMetadata('tags')?.includes('parameters'));
            cell.setSource(cell.source.replace(/path = ".*"/, `path = "${path}"`)); }""",
        path,
    )


def test_another_text_in_notebook_07(page: Page, server: str, folder: Path) -> None:
    opened(page, server, "07-your-own-text")
    path_is(page, "../seeds/own.txt")
    cells = run_all(page)
    said = "".join("".join(o["text"]) for c in cells for o in c["outputs"] if o["output_type"] == "stream")
    assert "全市工作会议召开" in said and "own.html" in said
    made = folder / "reports" / "own" / "own.html"
    page.goto(made.as_uri())
    page.locator("#quantities a", has_text="26%").first.click()
    arrived(page, "森林覆盖率达到26%")


def arrived(page: Page, words: str) -> None:
    there = page.locator(".s:has(:target), .s:target")
    expect(there).to_contain_text(words)
    expect(there).to_be_in_viewport()


@pytest.mark.parametrize("width", [980, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_any_number_of_a_page_to_its_sentence_in_two_clicks(
    page: Page, tmp_path: Path, width: int, scheme: str
) -> None:
    """From a tile, from a caption and from the number in a row; the page fits its width and its letters are read."""
    style.use()
    document = from_text(OWN + "要发展绿色产业,到2035年建成系统完备的体系。\n", "own")
    made = report.write(document, corrections.apply(document, tables.of(document), []), tmp_path)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(made.as_uri())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    paper, ink = page.evaluate("() => ['backgroundColor', 'color'].map(k => getComputedStyle(document.body)[k])")
    assert (sum(rgb(paper)) < sum(rgb(ink))) == (scheme == "dark")
    for first in (page.locator(".tiles a", has_text="with an amount"), page.locator("#targets figcaption a").last):
        first.click()
        rows = page.locator("#targets-rows .row:visible")
        expect(rows).to_have_count(int(first.inner_text().split()[0]))
        expect(rows.first).to_be_in_viewport()
        rows.first.locator("a").first.click()
        arrived(page, "森林覆盖率达到26%")
    page.locator("#terms-rows a").first.click()
    expect(page.locator(".s:target")).to_be_in_viewport()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1400, "height": 1000})


def rgb(colour: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", colour)[:3]]


def test_a_path_that_leads_nowhere_says_what_to_change_in_one_line(page: Page, server: str) -> None:
    opened(page, server, "07-your-own-text")
    path_is(page, "nowhere.txt")
    page.evaluate("async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells').catch(e => e); }")
    page.wait_for_function(f"() => ({CELLS})().some(c => c.outputs.some(o => o.output_type === 'error'))")
    (error,) = [o for c in page.evaluate(CELLS) for o in c["outputs"] if o["output_type"] == "error"]
    assert len(error["traceback"]) == 1 and "Check the path" in error["traceback"][0]
    shown = page.locator("pre", has_text="nowhere.txt: No such file or directory. Check the path")
    expect(shown.first).to_be_visible()


def test_the_menus_are_chinese_where_the_user_wants_them_so(page: Page, server: str, folder: Path) -> None:
    chinese = json.loads((ROOT / "notebooks" / "lab" / "chinese.json").read_text(encoding="utf-8"))
    ((plugin, value),) = chinese.items()
    setting(folder, plugin.removeprefix("@jupyterlab/").replace(":", "/"), value)
    opened(page, server, "00-overview")
    expect(page.locator(".lm-MenuBar-itemLabel").first).to_have_text("文件")
