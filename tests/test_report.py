"""The page of a text: nothing from outside, every link arrives, the source whole; the command that makes it."""

import html
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers import corrections, explore, files, report, report_dir, style, tables
from helpers.correction_lines import CorrectionError, parse
from helpers.document import Document, from_text, read

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
KINDS = (*("reports/gwr_HE_2025.txt", "plans/sha_045.txt", "meetings/meet_20250117_0844.txt"),)
SMALL = {
    "one sentence": "会议召开。",
    "a line without a stop": "关于加强森林防火工作的通知",
    "goals and nothing else": "会议强调,要突出绿色发展,到2030年森林覆盖率达到25%。",
    "signs that HTML knows": "会议强调,要把<增长>&“质量”放在'同等'位置,增长5%。\n\n# 二、工作安排\n要抓好落实。",
    "a speaker within a paragraph": "全省工作会议召开\n会议指出,过去一年增长5%。会议强调,要抓好落实。他表示,要增长6%。",
    "description only": "山区多雨。\n河流向东。",
}


def page_of(document: Document) -> str:
    style.use()
    return report.page(document, corrections.apply(document, tables.of(document), []))


@pytest.fixture(scope="module")
def page(seed: Document) -> str:
    return page_of(seed)


def check(page: str, document: Document) -> None:
    """What must hold of every page."""
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert not re.search(r'(?:src|href)="(?!#|data:)|url\((?!data:)|<script|@import|<link', page)
    source = page[page.index('<section id="source">') :]
    source = source[source.index("</p>") + 4 : source.index("</section>")]
    text = re.sub(r"<[^>]+>", "", re.sub(r'<div class="section".*?</div>', "", source))
    assert html.unescape(text) == document.text
    check_clicks(page)


def check_clicks(page: str) -> None:
    """Every number is a link: to its place in the source, or (unless it is 0) to rows of which each leads there."""
    above, _, below = page.partition('<section id="source">')
    places = {"source", *re.findall(r' id="([^"]+)"', below)}
    soup = BeautifulSoup(above, "html.parser")
    named = {e["id"]: e for e in soup.find_all(id=True)}
    named |= {k: named["targets-rows"] for k in named if k.startswith("targets-")}
    leads = {k: any(a["href"][1:] in places for a in e.find_all("a")) for k, e in named.items()}
    for words in soup.body.find_all(string=re.compile(r"\d")):
        around = {p.name for p in words.parents} | {c for p in words.parents for c in p.get("class", ())}
        if around & {"file", "th"}:  # names: of the file, of a column (f1)
            continue
        a = words.find_parent("a")
        if a is None:  # it opens the links that it counts
            assert "summary" in around and words.find_parent("details").find("a"), words
            continue
        to = a["href"][1:]
        assert to in places or a.text.startswith("0") or leads[to], words


def test_the_page_of_the_seed(page: str, seed: Document) -> None:
    check(page, seed)


@pytest.fixture
def no_font(monkeypatch) -> None:
    """Cutting the font takes longer than all the rest; one page with it is enough."""
    monkeypatch.setattr(style, "webfont", lambda text: b"")


@pytest.mark.usefixtures("no_font")
@pytest.mark.parametrize("name", SMALL)
def test_no_text_is_too_small_or_too_odd(name: str) -> None:
    document = from_text(SMALL[name], "small")
    check(page_of(document), document)


@pytest.mark.usefixtures("no_font")
def test_sections_that_find_nothing_say_so() -> None:
    page = page_of(from_text(SMALL["description only"], "small"))
    for said in (
        "No target was found",
        "None of the five concepts",
        "No clause that directs",
        "no corrections are applied",
    ):
        assert said in page


def test_nothing_is_said_that_only_the_seed_supports() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "07-your-own-text.ipynb", 4)
    for cell in notebook.cells:
        assert not re.search(r"县|河南|Henan|count(?:y|ies)\b", cell.source.replace("henan-county-economy-2020", ""))
        assert cell.cell_type == "markdown" or "assert" not in cell.source
    assert next(c.source for c in notebook.cells if "parameters" in c.metadata.get("tags", ())).startswith("path = ")


def test_the_numbers_of_a_caption_lead_to_the_rows_that_they_count(page: str, seed_tables) -> None:
    """Captions were plain words: who read “2 with an amount” had to look for the two."""
    goals = seed_tables["goals"]
    targets = goals[goals["kind"].eq("target") & goals["indicator"].notna()]
    soup = BeautifulSoup(page, "html.parser")
    rows = soup.find(id="targets-rows").find_all("tr", class_="row")
    said = {a["href"]: a.text for a in soup.find(id="targets").figcaption.find_all("a")}
    for name, column in (("amount", "low"), ("dated", "deadline")):
        counted = [r for r in rows if name in r["class"]]
        assert len(counted) == targets[column].notna().sum() == int(said[f"#targets-{name}"])
    assert len(rows) == len(targets)
    assert soup.find(id="targets").img.find_parent("a")["href"] == "#targets-rows"


def test_a_text_in_traditional_script_is_read_in_simplified_and_the_page_says_so(tmp_path: Path, monkeypatch) -> None:
    """A report of 1954 gave a quarter of its goals, for the rules are written in simplified script."""
    monkeypatch.setattr(style, "webfont", lambda text: b"")
    path = tmp_path / "big5.txt"
    path.write_bytes("關於加強環境保護工作的通知\n會議強調,要發展綠色產業,到2030年森林覆蓋率達到25%。\n".encode("big5"))
    document = explore.opened(path)
    assert "森林覆盖率达到25%" in document.text and "森林覆蓋率達到25%" in document.raw
    page = page_of(document)
    check(page, document)
    assert "traditional script" in page
    assert "traditional script" not in page_of(from_text(SMALL["goals and nothing else"], "small"))


@pytest.mark.parametrize("table", ["goals", "quantities"])
def test_every_amount_leads_to_its_own_words(page: str, seed_tables, table: str) -> None:
    """From a row to `id="quantities-5"`, and what stands in that element begins the row's text."""
    for row in seed_tables[table].itertuples():
        assert f'href="#{table}-{row.Index}"' in page
        there = page[page.index(f' id="{table}-{row.Index}"') :]
        words = html.unescape(re.sub(r"<[^>]+>", "", there[there.index(">") + 1 :][:4000]))
        assert row.text.startswith(words[:2])


def test_the_letters_of_the_page_travel_with_it(page: str) -> None:
    assert "@font-face" in page and "data:font/woff;base64," in page


@pytest.mark.usefixtures("no_font")
@pytest.mark.parametrize("name", KINDS)
def test_texts_of_other_kinds(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip("the corpus is not on this machine")
    document = read(CORPUS / name)
    check(page_of(document), document)


@pytest.mark.usefixtures("no_font")
def test_the_folder_holds_page_and_tables_and_a_second_run_changes_no_byte(seed, seed_tables, tmp_path: Path) -> None:
    style.use()
    corrected = corrections.apply(seed, seed_tables, [])
    page = report.write(seed, corrected, tmp_path)
    first = {p.name: p.read_bytes() for p in page.parent.rglob("*") if p.is_file() and p.suffix == ".csv"}
    assert {Path(n).stem for n in first} == set(tables.COLUMNS)
    goals = pd.read_csv(page.parent / "tables" / "goals.csv")
    assert goals.columns[-1] == "by" and set(goals["by"]) == {"rule"}
    again = report.write(seed, corrected, tmp_path)
    assert first == {p.name: p.read_bytes() for p in again.parent.rglob("*") if p.is_file() and p.suffix == ".csv"}


@pytest.mark.usefixtures("no_font")
def test_a_cell_changed_in_the_exported_table_is_taken_over(seed, seed_tables, tmp_path: Path) -> None:
    style.use()
    page = report.write(seed, corrections.apply(seed, seed_tables, []), tmp_path)
    assert report_dir.taken_over(seed, seed_tables, folder=tmp_path, to=tmp_path) == []
    path = page.parent / "tables" / "quantities.csv"
    path.write_bytes(path.read_bytes().replace(b",status,", b",target,", 1))
    (change,) = report_dir.taken_over(seed, seed_tables, folder=tmp_path, to=tmp_path)
    assert (change.action, dict(change.fields)) == ("change", {"role": "target"})
    assert (tmp_path / f"{seed.name}.csv").exists()


@pytest.mark.usefixtures("no_font")
def test_the_page_tells_what_is_by_hand_and_how_the_rules_fare_against_it(tmp_path: Path) -> None:
    style.use()
    document = from_text(SMALL["goals and nothing else"], "small")
    lines = parse("table,action,text,low,high\nquantities,change,25%,26,26\ngoals,drop,没有的话,,\n".encode())
    corrected = corrections.apply(document, tables.of(document), lines)
    page = report.write(document, corrected, tmp_path).read_text(encoding="utf-8")
    check(page, document)
    assert "hand: changed low, high" in page and "The rules against the hand" in page
    assert "does not stand in the document" in page and "Not done" in report_dir.told(corrected)
    assert (tmp_path / "small" / "gold.json").exists()


@pytest.mark.usefixtures("no_font")
def test_lines_of_corrections_lead_to_their_sentences(tmp_path: Path) -> None:
    style.use()
    document = from_text(SMALL["goals and nothing else"], "small")
    lines = parse(b"table,action,text,low,high\nquantities,change,25%,26,26\n")
    page = report.page(document, corrections.apply(document, tables.of(document), lines))
    check(page, document)
    rows = BeautifulSoup(page, "html.parser").find(id="hand-rows").find_all("tr", class_="row")
    assert [r.td.find_next("td").text for r in rows] == ["change", "carried"]
    assert {r.a["href"] for r in rows} == {"#s0"} and {r.a.text for r in rows} == {"25%", "森林覆盖率达到25%"}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "notebooks" / "report.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "make report TEXT="), (("",), "make report TEXT="), (("nowhere.txt",), "Check the path")],
)
def test_the_command_says_what_to_change(arguments: tuple[str, ...], said: str, capsys) -> None:
    assert runpy.run_path(str(ROOT / "notebooks" / "report.py"))["main"](list(arguments)) == 2
    assert said in capsys.readouterr().err


def test_a_report_is_made_again_where_its_notebook_stands(seed, seed_tables, tmp_path: Path, monkeypatch) -> None:
    """Run again in `reports/<name>/` the notebook found no text, and would have written to `reports/reports/`."""
    monkeypatch.setattr(style, "webfont", lambda text: b"")
    style.use()
    here = tmp_path / "reports" / seed.name
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    text = explore.opened("../seeds/henan-county-economy-2020.txt")
    page = report.write(text, corrections.apply(text, seed_tables, []))
    assert page.resolve() == here / f"{seed.name}.html"


def test_a_wrong_cell_in_an_edited_table_is_no_fault_of_the_program(tmp_path: Path, request, capsys) -> None:
    """Any mistake in a corrected table ended in “A fault of this program: report it with the text”."""
    text, folder = tmp_path / "edited text.txt", tmp_path / "tables"
    text.write_text(SMALL["goals and nothing else"], encoding="utf-8")
    read_of = tables.of(read(text))
    files.write({n: read_of[n] for n in ("quantities", "goals")}, folder)
    path = folder / "quantities.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",25,25,", ",a quarter,25,"), "utf-8-sig")
    request.addfinalizer(lambda: shutil.rmtree(ROOT / "reports" / text.stem, ignore_errors=True))
    assert runpy.run_path(str(ROOT / "notebooks" / "report.py"))["main"]([str(text), str(folder)]) == 2
    said = capsys.readouterr().err
    assert "quantities.csv, line 3: low is “a quarter”. Write a number" in said and "No change was taken over" in said
    assert not (ROOT / "data" / "corrections" / f"{text.stem}.csv").exists()


def test_the_command_makes_notebook_page_and_tables(tmp_path: Path, request) -> None:
    text = tmp_path / "own text 二.txt"
    text.write_text("全省工作会议召开\n会议强调,要突出绿色发展,到2030年森林覆盖率达到25%。\n", encoding="utf-8")
    folder = ROOT / "reports" / text.stem
    request.addfinalizer(lambda: subprocess.run(["rm", "-r", str(folder)], check=False))
    done = make(str(text))
    said = [line for line in done.stderr.splitlines() if "signaler.cpp" not in line]  # libzmq, now and then, at its end
    assert done.returncode == 0 and not said
    assert "25%" in (folder / f"{text.stem}.html").read_text(encoding="utf-8")
    notebook = nbformat.read(folder / f"{text.stem}.ipynb", 4)
    assert not [o for c in notebook.cells for o in c.get("outputs", ()) if o.output_type == "error"]
    links = re.findall(
        r"\]\((?!\w+:)([^)#]+)\)", "".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    )
    assert links and all((folder / link).exists() for link in links)
    assert {p.stem for p in (folder / "tables").glob("*.csv")} == set(tables.COLUMNS)


@pytest.fixture
def small(tmp_path: Path, monkeypatch) -> tuple[Document, dict[str, pd.DataFrame], Path]:
    """A text, its tables by rule, and the folder of its report."""
    monkeypatch.setattr(report, "page", lambda document, corrected: "page")  # drawn elsewhere
    document = from_text(SMALL["goals and nothing else"], "small")
    read_of = tables.of(document)
    return document, read_of, report.write(document, corrections.apply(document, read_of, []), tmp_path).parent


def edit(folder: Path, old: str = ",25,25,", new: str = ",26,26,") -> Path:
    path = folder / "tables" / "quantities.csv"
    path.write_text(path.read_text("utf-8-sig").replace(old, new), "utf-8-sig")
    return path


def test_what_was_changed_for_one_text_is_not_filed_for_another_of_the_same_name(small, tmp_path: Path) -> None:
    """A/report.txt, then B/report.txt; B's table changed, A run again: B's lines stood in A's corrections."""
    _, _, folder = small
    other = from_text(SMALL["a speaker within a paragraph"], "small")
    by_rule = tables.of(other)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(CorrectionError, match=r"another text that is called small too\. Rename one of the two"):
        report.write(other, corrections.apply(other, by_rule, []), tmp_path)
    edit(folder)
    for edited in ("", folder / "tables"):
        with pytest.raises(CorrectionError, match=r"another text that is called small too"):
            report_dir.taken_over(other, by_rule, edited, folder=tmp_path, to=tmp_path / "c")
    edit(folder, ",26,26,", ",25,25,")
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_report_that_does_not_ask_for_edits_leaves_them_for_one_that_does(small, tmp_path: Path) -> None:
    """Notebook 07, run by a test or a newcomer, took them over, or would write over them."""
    document, read_of, folder = small
    edited = edit(folder).read_bytes()
    report.write(document, corrections.apply(document, read_of, []), tmp_path)
    assert (folder / "tables" / "quantities.csv").read_bytes() == edited
    (line,) = report_dir.taken_over(document, read_of, folder=tmp_path, to=tmp_path / "c")
    corrected = corrections.apply(document, read_of, [line])
    report.write(document, corrected, tmp_path)
    assert (folder / "tables" / "quantities.csv").read_bytes() == files.FORMATS["csv"](corrected.tables["quantities"])
    assert report_dir.taken_over(document, read_of, folder=tmp_path, to=tmp_path / "c") == []


def test_a_table_saved_by_a_spreadsheet_without_a_change_is_written_again(small, tmp_path: Path) -> None:
    document, read_of, folder = small
    path = folder / "tables" / "quantities.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"\n", b"\r\n"))
    assert report_dir.taken_over(document, read_of, folder=tmp_path, to=tmp_path / "c") == []
    report.write(document, corrections.apply(document, read_of, []), tmp_path)
    assert path.read_bytes() == whole


def test_a_run_that_broke_off_while_it_wrote_gives_no_corrections(small, tmp_path: Path, monkeypatch) -> None:
    """Half of the tables new, what is remembered of them old: the difference is nobody's correction."""
    document, read_of, folder = small
    corrected = corrections.apply(document, read_of, parse(b"table,action,text\nquantities,drop,25%\n"))
    whole = files.whole

    def fails(path: Path, data: bytes) -> None:
        if path.name == "goals.csv":
            raise OSError(28, "No space left on device")
        whole(path, data)

    monkeypatch.setattr(files, "whole", fails)
    with pytest.raises(OSError, match="No space left"):
        report.write(document, corrected, tmp_path)
    monkeypatch.setattr(files, "whole", whole)
    before = folder / "tables" / ".as-written" / "quantities.csv"
    assert (folder / "tables" / "quantities.csv").read_bytes() != before.read_bytes()
    assert report_dir.taken_over(document, read_of, folder=tmp_path, to=tmp_path / "c") == []
    report.write(document, corrections.apply(document, read_of, []), tmp_path)
    assert (folder / "tables" / "quantities.csv").read_bytes() == before.read_bytes()


def test_gold_goes_with_the_corrections_it_came_from(small, tmp_path: Path) -> None:
    document, read_of, folder = small
    lines = parse(b"table,action,text\nquantities,drop,25%\n")
    report.write(document, corrections.apply(document, read_of, lines), tmp_path)
    assert (folder / "gold.json").exists()
    report.write(document, corrections.apply(document, read_of, []), tmp_path)
    assert not (folder / "gold.json").exists()
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.usefixtures("no_font")
def test_nothing_found_is_said_once_and_one_is_singular() -> None:
    """“No target was found” stood above “Nothing of this kind was found.”; tiles counted “1 amounts and dates”."""
    none = BeautifulSoup(page_of(from_text(SMALL["description only"], "small")), "html.parser")
    for name in ("targets", "concepts"):
        assert len(none.find(id=name).find_all("p", class_="none")) == 1
    one = page_of(from_text("会议强调,要突出绿色发展。2030年。", "small"))
    tiles = [li.text.strip() for li in BeautifulSoup(one, "html.parser").find("ul", class_="tiles").find_all("li")]
    assert {"1 amount or date", "1 goal in all", "1 mention of the five concepts"} <= {*tiles}
    assert not re.search(r"\b1 (?:\w+s|amounts and dates|places mended)\b", BeautifulSoup(one, "html.parser").text)


def test_notebook_07_looks_at_no_corrections_unless_asked() -> None:
    """Its default run rewrote the committed outputs as soon as a newcomer had corrected the seed."""
    cells = nbformat.read(ROOT / "notebooks" / "07-your-own-text.ipynb", 4).cells
    given = next(c.source for c in cells if "parameters" in c.metadata.get("tags", ()))
    assert "by_hand = False" in given.splitlines()
    for call in ("taken_over(", "correction_lines.load("):
        (line,) = [line for c in cells for line in c.source.splitlines() if call in line]
        assert line.endswith("if by_hand else []")


def test_corrections_carry_text_and_are_not_committed_by_accident() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no clone")
    names = ["data/corrections/x.csv", "data/corrections/README.md"]
    said = subprocess.run(
        [git, "check-ignore", "--no-index", *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.stdout.split() == names[:1]


@pytest.mark.parametrize("folder", ["/nowhere", "no/tables"])
def test_a_folder_that_is_none_is_named_as_it_was_typed(tmp_path: Path, folder: str, capsys) -> None:
    """`TABLES=/nowhere` was answered by `../../../../nowhere, line 1: …`."""
    text = tmp_path / "unread.txt"
    text.write_text(SMALL["one sentence"], encoding="utf-8")
    assert runpy.run_path(str(ROOT / "notebooks" / "report.py"))["main"]([str(text), folder]) == 2
    assert capsys.readouterr().err.startswith(f"{folder}: no table that can be corrected. Name a folder that holds ")
    assert not (ROOT / "reports" / "unread").exists()


def test_a_text_is_read_again_once_its_wrong_cell_is_put_right(tmp_path: Path, request, capsys) -> None:
    """An actor added without its kind: from then on every run ended in “A fault of this program”."""
    text = tmp_path / "poisoned text.txt"
    text.write_text(SMALL["goals and nothing else"], encoding="utf-8")
    folder = ROOT / "reports" / text.stem
    request.addfinalizer(lambda: shutil.rmtree(folder, ignore_errors=True))
    report_dir.write(read(text), corrections.apply(read(text), tables.of(read(text)), []), folder)
    path = folder / "tables" / "actors.csv"
    whole = path.read_bytes()
    columns = whole.decode("utf-8-sig").splitlines()[0].split(",")
    row = {"doc": text.stem, "name": "绿", "text": "森林"}
    path.write_bytes(whole + ",".join(row.get(c, "") for c in columns).encode() + b"\n")
    run = runpy.run_path(str(ROOT / "notebooks" / "report.py"))["main"]
    assert run([str(text)]) == 2
    said = capsys.readouterr().err
    assert "actors.csv, line 2: kind is missing" in said and "fault of this program" not in said
    path.write_bytes(whole)
    assert run([str(text)]) == 0
    assert not (ROOT / "data" / "corrections" / f"{text.stem}.csv").exists()
