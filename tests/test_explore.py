"""What an analyst picks out of a reading, and the cell that shows it."""

import html
import json
from pathlib import Path

import ipywidgets as widgets
import nbformat
import pandas as pd
import pytest

from helpers import explore, explore_charts, selections, style

ROOT = Path(__file__).parents[1]
TEXT = "全省工作会议召开\n会议强调,要突出绿色发展,到2030年森林覆盖率达到25%。要培育绿色产业。绿色食品去年畅销。\n"


@pytest.fixture(autouse=True, scope="module")
def look() -> None:
    style.use()


def test_a_term_is_found_wherever_it_stands_with_its_sentence_and_its_goal(document, read_of) -> None:
    hits = selections.of_term(document, read_of["goals"], "绿色")
    assert hits["text"].tolist() == ["绿色"] * 3
    assert hits["in_sentence"].str.contains("【绿色】", regex=False).all()
    assert [isinstance(g, str) for g in hits["goal"]] == [True, True, False]
    assert all(document.raw[h.raw_start : h.raw_end] == h.text for h in hits.itertuples())


@pytest.mark.parametrize("phrase", ["", "  ", "没有的词"])
def test_what_does_not_stand_in_the_text_gives_an_empty_selection_and_still_a_figure(document, read_of, phrase) -> None:
    hits = selections.of_term(document, read_of["goals"], phrase)
    assert hits.empty and "nothing found" in selections.told(hits, phrase, read_of["sections"])
    assert explore.png(explore_charts.found(hits, read_of["sections"], "#000000")).startswith(b"\x89PNG")


def test_a_concept_brings_the_rule_that_decided(document, read_of) -> None:
    hits = selections.of_concept(document, read_of["goals"], read_of["mentions"], "绿色")
    said = read_of["mentions"][read_of["mentions"]["concept"].eq("绿色") & read_of["mentions"]["kind"].ne("excluded")]
    assert len(hits) == len(said) and hits["rule"].notna().all()


def test_goals_are_narrowed_by_kind_deadline_concept_text_and_section(read_of) -> None:
    goals = read_of["goals"]

    def wanted(**asked: object) -> pd.DataFrame:
        return goals[selections.chosen(goals, **asked)]

    assert len(wanted()) == len(goals)
    assert set(wanted(kinds=["target"])["kind"]) == {"target"}
    assert set(wanted(deadline="2030")["deadline"]) == {"2030"}
    assert len(wanted(deadline="dated")) + len(wanted(deadline="undated")) == len(goals)
    assert wanted(concept="绿色")["concepts"].str.contains("绿色").all() and len(wanted(concept="绿色"))
    assert wanted(text="森林覆盖率")["text"].str.contains("森林覆盖率").any()
    assert wanted(text="(").empty
    assert wanted(section=999).empty


def test_a_target_is_one_that_could_be_checked_wherever_goals_are_chosen_listed_or_told(seed, seed_tables) -> None:
    """The menu offered 55 targets of an article in which 15 can be checked."""
    goals = seed_tables["goals"]
    named, checked = goals["kind"].eq("target"), goals["indicator"].notna()
    rows = {k: selections.outline(goals, selections.chosen(goals, [k])) for k in ("target", "result")}
    told = {k: selections.told_goals(r, goals) for k, r in rows.items()}
    for kind, wanted in (("target", named & checked), ("result", named & ~checked)):
        assert set(rows[kind].loc[rows[kind]["wanted"], "id"]) == set(goals.loc[wanted, "id"])
        assert f"{wanted.sum()} of {len(goals)} goals ({wanted.sum()} {kind})" in told[kind]
    assert 0 < (named & checked).sum() < named.sum()
    vague = set(goals.loc[named & ~checked, "id"])
    hits = selections.of_term(seed, goals, "县域")
    inside = hits["goal"].isin(vague)
    assert inside.any() and set(hits.loc[inside, "goal_kind"]) == {"result"}
    assert "result" in selections.told(hits, "县域", seed_tables["sections"])
    per_section = pd.concat(selections.of_section(seed, seed_tables, n) for n in seed_tables["sections"]["id"])
    counted = per_section["goals"].str.extract(r"(\d+) result")[0].dropna().astype(int).sum()
    assert counted == len(vague)


def test_an_outline_holds_what_was_asked_for_under_what_stands_above_it(seed_tables) -> None:
    goals = seed_tables["goals"]
    keep = selections.chosen(goals, ["target"], deadline="dated")
    rows = selections.outline(goals, keep)
    assert rows["wanted"].sum() == keep.sum() and not rows["id"].duplicated().any()
    at = {r.id: (i, r.depth) for i, r in enumerate(rows.itertuples())}
    for r in rows.itertuples():
        if isinstance(r.parent, str):
            above, depth = at[r.parent]
            assert above < at[r.id][0] and depth == r.depth - 1


def test_an_outline_of_nothing_is_drawn_and_told(read_of) -> None:
    rows = selections.outline(read_of["goals"], selections.chosen(read_of["goals"], text="没有"))
    assert rows.empty and "ask for less" in selections.told_goals(rows, read_of["goals"])
    explore.png(explore_charts.tree(rows, read_of["sections"]))


def test_a_text_without_goals_is_not_told_to_ask_for_less(read_of) -> None:
    none = read_of["goals"].head(0)
    rows = selections.outline(none, selections.chosen(none))
    assert selections.told_goals(rows, none) == "This text sets no goal: it reports or describes."


def test_goals_stand_marked_in_their_sentences(document, read_of) -> None:
    goals = read_of["goals"]
    for row in selections.in_sentences(document, goals).itertuples():
        assert f"【{row.text}】" in row.in_sentence and len(row.in_sentence) > len(row.text) + 2


def test_sentences_of_a_section_are_the_text_with_amounts_marked(document, read_of) -> None:
    for number in read_of["sections"]["id"]:
        for row in selections.of_section(document, read_of, number).itertuples():
            s = document.sentences[row.sentence]
            assert row.in_sentence.replace("【", "").replace("】", "") == document.text[s.start : s.end]
    everything = pd.concat(selections.of_section(document, read_of, n) for n in read_of["sections"]["id"])
    assert everything["in_sentence"].str.contains("【25%】", regex=False).any()


@pytest.fixture
def cell(tmp_path: Path, monkeypatch, capsys) -> tuple[dict[str, object], widgets.VBox, widgets.Text]:
    """An interactive cell over a word that is looked up in a table; what it displayed."""
    shown: dict[str, object] = {}
    monkeypatch.setattr(explore, "display", lambda data, **rest: shown.update(data, **rest))
    rows = pd.DataFrame({"in_sentence": ["要突出【绿色】发展", "<b>开放</b>"]})

    def look(word: str) -> explore.View:
        if word == "!":
            raise ValueError("no such <word>")
        figure, (ax,) = explore_charts.sheet(2, 1)
        ax.text(0.5, 0.5, word)
        found = rows[rows["in_sentence"].str.contains(word, regex=False)]
        return explore.View(figure, f"{word}: {len(found)}", found, ["in_sentence"])

    style.use()
    control = widgets.Text("绿色")
    box = explore.cell("words", {"word": control}, look, tmp_path / "out")
    shown["stdout"] = capsys.readouterr().out
    return shown, box, control


def parts(box: widgets.VBox) -> list[widgets.Widget]:
    return list(box.children)


def test_the_bundle_holds_view_picture_and_reading(cell) -> None:
    shown, box, _ = cell
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == box.model_id
    assert shown["text/plain"] == "figure: 绿色: 1" and shown["metadata"]["image/png"]["alt"] == "绿色: 1"
    assert str(shown["stdout"]).startswith("绿色: 1\n")


def test_a_change_draws_the_figure_its_reading_and_the_rows_again(cell) -> None:
    _, box, control = cell
    _, picture, said, rows, _ = parts(box)
    before = picture.value
    control.value = "开放"
    assert picture.value != before and said.value == "开放: 1"
    assert html.escape("<b>开放</b>") in rows.value and "<b>" not in rows.value


def test_an_error_in_a_choice_is_said_and_the_next_choice_works(cell) -> None:
    _, box, control = cell
    _, _, said, _, _ = parts(box)
    control.value = "!"
    assert "Choose another" in said.value and "&lt;word&gt;" in said.value
    control.value = "开放"
    assert said.value == "开放: 1"


def test_the_button_saves_what_is_selected_now(cell, tmp_path: Path) -> None:
    _, box, control = cell
    control.value = "开放"
    save, saved = parts(box)[-1].children
    save.click()
    assert pd.read_csv(tmp_path / "out" / "words.csv")["in_sentence"].tolist() == ["<b>开放</b>"]
    assert len(pd.read_excel(tmp_path / "out" / "words.xlsx")) == 1
    assert saved.value.startswith("1 rows written")


def test_where_nothing_can_be_saved_it_says_what_to_change(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "another folder" in explore.save_rows(pd.DataFrame({"a": [1]}), tmp_path / "file", "words")


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere.txt", "Check the path"), ("empty.txt", "Give a file that holds text")]
)
def test_in_a_notebook_a_text_that_cannot_be_read_says_what_to_change_and_nothing_else(
    tmp_path: Path, name: str, said: str
) -> None:
    """A wrong path filled two screens with the insides of `pathlib`."""
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(explore.Unreadable, match=said) as e:
        explore.opened(tmp_path / name)
    assert e.value.__cause__ is None and e.value._render_traceback_() == [str(e.value)]
    assert "as seen from the folder notebooks/" in str(e.value)


def test_the_notebook_is_small_and_its_first_choices_are_pictures() -> None:
    path = ROOT / "notebooks" / "06-explore.ipynb"
    assert path.stat().st_size < 300_000
    outputs = [o for c in nbformat.read(path, 4).cells for o in c.get("outputs", ())]
    live = [o for o in outputs if "application/vnd.jupyter.widget-view+json" in o.get("data", {})]
    assert len(live) >= 4 and all("image/png" in o.data for o in live)
    assert "widgets" not in json.loads(path.read_text(encoding="utf-8"))["metadata"]
