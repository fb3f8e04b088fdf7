"""Notebooks and Markdown as GitHub shows them: the rules of `notebooks/lint.py` hold, and each of them can fail."""

import base64
import importlib.util
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

ROOT = Path(__file__).parents[1]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebook_lint", ROOT / "notebooks" / "lint.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lint = load()
CAPTION = "Unit 单位: clause 分句 · n = 5 · Source 来源: 全省会议召开, 2020-04-29"
READING = "Five clauses stand under one aim."


def png(mode: str = "RGB") -> str:
    out = io.BytesIO()
    Image.new(mode, (4, 4)).save(out, format="png")
    return base64.b64encode(out.getvalue()).decode()


def figure(**other: str) -> NotebookNode:
    data = {"image/png": png(), "text/plain": f"figure: {READING}\n{CAPTION}"} | other
    return new_output("display_data", data=data, metadata={"image/png": {"alt": READING}})


def said(text: str, name: str = "stdout") -> NotebookNode:
    return new_output("stream", name=name, text=text)


def shown(**data: object) -> NotebookNode:
    return new_output("display_data", data={k.replace("_", "/", 1): v for k, v in data.items()})


FINDINGS = "## What was found 结论\n\nIt sets 5 targets.\n\n文章提出5项目标。\n\nNext: [more](01-b.ipynb)."


def notebook(*outputs: NotebookNode, source: str = "5", markdown: str = "", closing: str = FINDINGS) -> NotebookNode:
    cells = [new_markdown_cell("# 00 · A title 标题")]
    cells += [new_markdown_cell(markdown)] if markdown else []
    code = new_code_cell(source, execution_count=1, outputs=[*outputs])
    return new_notebook(cells=[*cells, code, new_markdown_cell(closing)])


TABLE = """<div><style scoped>.dataframe td { vertical-align: top; }</style>
<table class="dataframe"><tr style="text-align: right;"><td>县域</td></tr></table></div>"""
SOUND = notebook(figure(), said(f"{READING}\n"), shown(text_html=TABLE, text_plain="县域"))


def test_a_sound_notebook_has_no_fault() -> None:
    assert not [fault for rule in lint.RULES for fault in rule(SOUND)]


def unlike(change: Callable[[NotebookNode], object]) -> NotebookNode:
    other = nbformat.from_dict(SOUND)
    other = nbformat.reads(nbformat.writes(other), as_version=4)
    change(other)
    return other


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "Box()"}
FAULTY: list[tuple[str, NotebookNode]] = [
    ("too_large", notebook(source="#" + "5" * 500_000)),
    ("cell_too_long", notebook(source="\n".join(["5"] * 16))),
    ("not_in_order", unlike(lambda n: n.cells[1].update(execution_count=2))),
    ("not_in_order", unlike(lambda n: n.cells[1].update(execution_count=None))),
    ("noise", notebook(said("a warning", "stderr"))),
    ("noise", notebook(new_output("error", ename="ValueError", evalue="", traceback=[]))),
    ("only_live", notebook(new_output("display_data", data=WIDGET))),
    ("only_live", notebook(new_output("display_data", data={"application/javascript": "alert(1)"}))),
    ("stripped", notebook(shown(text_html="<script>alert(1)</script>"))),
    ("stripped", notebook(shown(text_html="<style>td { color: red }</style><table></table>"))),
    ("stripped", notebook(shown(text_html='<a onclick="go()">more</a>'))),
    ("stripped", notebook(markdown='<iframe src="page.html"></iframe>')),
    ("styled", notebook(shown(text_html='<td style="background-color: red">5</td>'))),
    ("styled", notebook(markdown='A <span style="color: red">red</span> word.')),
    ("styled", notebook(markdown='A <font color="red">red</font> word.')),
    ("vector", notebook(new_output("display_data", data={"image/svg+xml": "<svg/>"}))),
    ("picture_twice", notebook(figure(**{"image/jpeg": png()}), said(READING))),
    ("mermaid", notebook(markdown="```mermaid\ngraph TD; A-->B\n```")),
    ("path_of_a_machine", notebook(said("read from /home/somebody/text.txt"))),
    ("widget_state", unlike(lambda n: n.metadata.update(widgets={"version": 2}))),
    ("unread_figure", notebook(figure())),
    ("unread_figure", notebook(figure(), said("Something else is printed."))),
    ("unread_figure", notebook(figure(**{"text/plain": f"figure: {READING}"}), said(READING))),
    ("transparent", notebook(figure(**{"image/png": png("RGBA")}), said(READING))),
    ("headings", notebook(markdown="## Part\n\n#### Too deep")),
    ("headings", notebook(markdown="# A second title")),
    ("one_language", notebook(closing="## What was found\n\nIt sets 5 targets.")),
    ("one_language", notebook(closing=FINDINGS.replace("文章提出5项", "文章提出6项"))),
    ("one_language", notebook(closing=FINDINGS.replace("5 targets", "five targets"))),
    ("one_language", notebook(closing=FINDINGS.replace("5项", "五项"))),
    ("one_language", notebook(closing="Nothing found.")),
    ("cut_off", notebook(said("县域经济 " * 20))),
    ("out_of_nowhere", notebook(source="7")),
    ("half_width", notebook(markdown="措施多,目标少。")),
    ("half_width", notebook(markdown="每个县(市)各有要求。")),
    ("half_width", notebook(source='n = 5\nchinese = f"共{n}项,目标少"')),
]


@pytest.mark.parametrize(("name", "faulty"), FAULTY, ids=[f"{i}-{name}" for i, (name, _) in enumerate(FAULTY)])
def test_a_notebook_with_that_fault_fails(name: str, faulty: NotebookNode) -> None:
    assert getattr(lint, name)(faulty)


def test_every_rule_has_a_notebook_that_fails_it() -> None:
    assert {rule.__name__ for rule in lint.RULES} == {name for name, _ in FAULTY}


@pytest.mark.parametrize(
    "own",
    [
        "措施多，目标少。",
        "`a,b`中的“县,市”",
        "见[目录](a:b,c)",
        "The aim (总目标), a rise (提升): both.",
        "```\n多,少\n```",
    ],
)
def test_western_marks_in_english_in_code_and_in_what_is_quoted_are_no_fault(own: str) -> None:
    assert not lint.half_width(notebook(markdown=own))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pages that link to each other, not under git."""
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    monkeypatch.setattr(lint, "kept", frozenset)
    nbformat.write(SOUND, tmp_path / "00-a.ipynb")
    nbformat.write(
        notebook(markdown="## The targets for 2025 量化与期限\n\n## Again\n\n## Again"), tmp_path / "01-b.ipynb"
    )
    (tmp_path / "table (1).md").write_text("# `goals`: what is wanted\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "link",
    [
        "[b](01-b.ipynb)",
        "[b](01-b.ipynb#the-targets-for-2025-量化与期限)",
        "[again](01-b.ipynb#again-1)",
        "[t](table%20%281%29.md#goals-what-is-wanted)",
        "[here](#a-heading)",
        '<img src="00-a.ipynb" alt="a"> <a href="https://example.org/nowhere">away</a>',
        "`[no](link.md)`",
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(site: Path, link: str) -> None:
    page = site / "README.md"
    page.write_text(f"# A heading\n\n{link}\n", encoding="utf-8")
    assert lint.faults(page) == []


@pytest.mark.parametrize(
    "link",
    [
        "[b](02-c.ipynb)",
        "[b](01-b.ipynb#the-targets-for-2030)",
        "[again](01-b.ipynb#again-2)",
        "[here](#no-heading)",
        '<img src="pictures/c.png">',
        '| a |\n| --- |\n| <a href="nowhere.md">a</a> |',
        "![picture](c.png)",
    ],
)
def test_a_link_that_leads_nowhere_is_found_in_markdown_and_in_notebooks(site: Path, link: str) -> None:
    page = site / "README.md"
    page.write_text(f"# A heading\n\n{link}\n", encoding="utf-8")
    nbformat.write(notebook(markdown=link), site / "03-d.ipynb")
    assert any("dead_links" in f for f in lint.faults(page))
    assert any("dead_links" in f for f in lint.faults(site / "03-d.ipynb"))


def test_a_link_to_a_file_that_the_repository_does_not_hold_is_dead(site: Path, monkeypatch) -> None:
    page = site / "README.md"
    page.write_text("# A heading\n\n[b](01-b.ipynb)\n", encoding="utf-8")
    monkeypatch.setattr(lint, "kept", lambda: frozenset({page}))
    assert lint.dead_links(lint.texts(page), page) == ["01-b.ipynb: no such file in the repository"]


def test_western_marks_in_a_page_in_chinese_are_found(site: Path) -> None:
    for name, found in (("README.zh.md", True), ("quotes.md", False)):
        (site / name).write_text("# 标题\n\n措施多,目标少。\n", encoding="utf-8")
        assert any("half_width" in f for f in lint.faults(site / name)) == found


@pytest.mark.parametrize("page", lint.written(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_github_shows_it_as_it_is_meant(page: Path) -> None:
    assert lint.faults(page) == []


def test_the_pages_that_matter_are_looked_at() -> None:
    looked = {p.relative_to(ROOT).as_posix() for p in lint.written()}
    assert {
        "README.md",
        "data/README.md",
        "data/glossary.md",
        "notebooks/README.md",
        "notebooks/00-overview.ipynb",
    } <= looked
    assert not [p for p in looked if p.startswith((".venv", "reports"))]


def test_as_a_command_it_says_what_is_wrong_and_where() -> None:
    done = subprocess.run([sys.executable, "notebooks/lint.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
