"""Corrections by hand: lines in, tables out; what an edited table says; the rules scored against the hand."""

import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import (
    agreement,
    correction_checks,
    correction_edits,
    correction_lines,
    corrections,
    files,
    report_dir,
    tables,
)
from helpers.correction_lines import Correction, CorrectionError, parse
from helpers.document import Document
from helpers.goals import CONCEPTS

TEXT = "# 会议召开\n\n会议强调,到2030年森林覆盖率达到25%,新增造林500万亩。要突出绿色发展,要突出绿色产业。\n"


def after(document: Document, read_of: dict[str, pd.DataFrame], sheet: str) -> corrections.Corrected:
    return corrections.apply(document, read_of, parse(sheet.encode()))


def test_without_corrections_the_tables_are_the_rules_own(document, read_of) -> None:
    same = corrections.apply(document, read_of, [])
    for name, table in read_of.items():
        pd.testing.assert_frame_equal(same.tables[name].drop(columns="by"), table)
        assert set(same.tables[name]["by"]) <= {"rule"}
    assert corrections.score(same).empty


def test_change(document, read_of) -> None:
    goals = after(document, read_of, "table,action,text,deadline\ngoals,change,森林覆盖率达到25%,2035\n").tables[
        "goals"
    ]
    changed = goals[goals["by"] != "rule"]
    assert changed[["text", "deadline", "by"]].values.tolist() == [
        ["森林覆盖率达到25%", "2035", "hand: changed deadline"]
    ]


def test_a_cell_is_emptied_by_a_dash(document, read_of) -> None:
    goals = after(document, read_of, "table,action,text,deadline\ngoals,change,森林覆盖率达到25%,-\n").tables["goals"]
    assert goals.loc[goals["by"] != "rule", "deadline"].isna().all()


def test_drop(document, read_of) -> None:
    done = after(document, read_of, "table,action,text\nquantities,drop,25%\n")
    assert len(done.tables["quantities"]) == len(read_of["quantities"]) - 1
    assert "25%" not in set(done.tables["quantities"]["text"])


def test_add_takes_its_place_from_the_text_and_its_offsets_slice_back(document, read_of) -> None:
    sheet = "table,action,text,concept,kind\nmentions,add,新增造林500万亩,绿色,indicator\n"
    done = after(document, read_of, sheet).tables["mentions"]
    row = done[done["by"] == "hand: added"].iloc[0]
    assert document.text[row["start"] : row["end"]] == row["text"] == "新增造林500万亩"
    assert document.raw[row["raw_start"] : row["raw_end"]] == row["text"]
    assert document.sentences[row["sentence"]].start <= row["start"]
    assert done["start"].is_monotonic_increasing


def test_types_stay_those_of_the_codebook(document, read_of) -> None:
    sheet = "table,action,text,low,high,unit\nquantities,change,25%,26,26,%\nquantities,add,造林,1,2,个\n"
    done = after(document, read_of, sheet).tables["quantities"]
    for column, kind in tables.COLUMNS["quantities"].items():
        assert done[column].dtype == read_of["quantities"][column].dtype, (column, kind)


@pytest.mark.parametrize(
    ("sheet", "result"),
    [
        ("table,action,text\ngoals,drop,没有的句子\n", "does not stand in the document"),
        ("table,action,text\ngoals,drop,绿色\n", "more than one place"),
        ("table,action,text\nquantities,keep,造林\n", "no row stands there"),
        ("table,action,raw_start,raw_end\nquantities,drop,900,950\n", "outside the text"),
    ],
)
def test_a_line_that_finds_no_row_changes_nothing_and_says_why(document, read_of, sheet, result) -> None:
    done = after(document, read_of, sheet)
    assert result in done.log["result"].iloc[0]
    for name, table in read_of.items():
        assert len(done.tables[name]) == len(table)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("table,action,text\ngaols,drop,绿色\n", "line 2: table is “gaols”. Write one of"),
        ("table,action,text\ngoals,delete,绿色\n", "action is “delete”. Write one of keep, drop, change, add"),
        ("table,action,text,kind\ngoals,change,绿色,aim\n", "Write one of vision, target"),
        ("table,action,text,low\nquantities,change,25%,26%\n", "a number without unit"),
        ("table,action,text,colour\ngoals,change,绿色,red\n", "goals has no column colour. Its columns: id"),
        ("table,action,text\ngoals,change,绿色\n", "nothing is to be changed"),
        ("table,action,raw_start,raw_end\ngoals,drop,5,\n", "Give both"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named_with_its_remedy(sheet: str, said: str) -> None:
    with pytest.raises(CorrectionError) as e:
        parse(sheet.encode(), "example.csv")
    assert said in str(e.value) and "example.csv" in str(e.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(encoding: str, separator: str) -> None:
    text = "table,action,text,note\r\n\r\ngoals,drop,“绿色”发展,\r\n".replace(",", separator)
    assert [(c.table, c.action, c.text, c.line) for c in parse(text.encode(encoding))] == [
        ("goals", "drop", "“绿色”发展", 3)
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"table,action,text\ngoals,drop,\xff\xff\n", b"PK\x03\x04\x00\xff\xfe"])
def test_a_file_that_is_no_csv_says_how_to_save_it(data: bytes) -> None:
    with pytest.raises(CorrectionError, match=r"CSV UTF-8|names the columns|table is"):
        assert parse(data) != []


def test_a_cell_too_many_is_named_with_its_line() -> None:
    with pytest.raises(CorrectionError, match="line 2: 4 cells under 3 columns"):
        parse("table,action,text\ngoals,drop,增长,5%\n".encode())


def test_rules_are_scored_only_where_somebody_looked(document, read_of) -> None:
    n = len(read_of["quantities"])
    dropped = after(document, read_of, "table,action,text\nquantities,keep,500万亩\nquantities,drop,25%\n")
    row = corrections.score(dropped).loc["quantities"]
    assert (row["found"], row["gold"], row["matched"]) == (2, 1, 1) and row["precision"] == 0.5
    everything = after(
        document, read_of, "table,action,text\nquantities,drop,25%\nquantities,keep,*\nquantities,add,造林\n"
    )
    row = corrections.score(everything).loc["quantities"]
    assert (row["found"], row["gold"], row["matched"]) == (n, n, n - 1)
    assert row["recall"] == pytest.approx((n - 1) / n)


def test_a_changed_field_counts_against_the_rules(document, read_of) -> None:
    done = after(document, read_of, "table,action,text,role\nquantities,change,25%,status\n")
    row = corrections.score(done).loc["quantities"]
    assert row["f1"] == 1.0 and row["all_right_f1"] == 0.0


@pytest.mark.parametrize("name", correction_lines.CORRECTABLE)
def test_an_exported_table_that_nobody_changed_gives_no_correction(seed_tables, name: str) -> None:
    data = files.FORMATS["csv"](seed_tables[name])
    assert correction_edits.edits(name, data, data) == []


def test_an_edited_table_gives_back_itself(document, read_of, tmp_path: Path) -> None:
    """Change, drop and add in a spreadsheet; the corrections made of it turn the rules' table into the edited one."""
    before = files.FORMATS["csv"](read_of["quantities"])
    edited = read_of["quantities"].copy()
    edited.loc[edited["text"] == "25%", "role"] = "status"
    edited = edited[edited["text"] != "2030年"]
    at = document.text.index("造林")
    raw = document.raw.index("造林")
    extra = {"start": at, "end": at + 2, "raw_start": raw, "raw_end": raw + 2, "text": "造林", "role": "other"}
    edited = pd.concat([edited, pd.DataFrame([{"doc": "example", **extra}])], ignore_index=True)
    lines = correction_edits.edits("quantities", before, files.FORMATS["csv"](edited))
    assert sorted(c.action for c in lines) == ["add", "change", "drop"]
    correction_lines.append("example", lines, tmp_path)
    done = corrections.apply(document, read_of, correction_lines.load("example", tmp_path))
    assert (done.log["result"] == "done").all()
    table = done.tables["quantities"].set_index("text")["role"].to_dict()
    assert table == edited.set_index("text")["role"].to_dict()


def test_a_row_is_confirmed_in_the_exported_table_itself(document, read_of) -> None:
    before = files.FORMATS["csv"](corrections.apply(document, read_of, []).tables["quantities"])
    line = next(row for row in before.decode("utf-8-sig").splitlines() if ",25%," in row)
    lines = correction_edits.edits("quantities", before, before.replace(line.encode(), line[:-4].encode() + b"keep"))
    assert [(c.action, c.text) for c in lines] == [("keep", "25%")]


def test_corrections_are_added_to_those_on_file(tmp_path: Path) -> None:
    for role in ("target", "status"):
        correction_lines.append("d", [Correction("quantities", "change", 0, 3, "25%", fields={"role": role})], tmp_path)
    assert [dict(c.fields)["role"] for c in correction_lines.load("d", tmp_path)] == ["target", "status"]


def test_two_rows_at_one_place_are_told_apart_by_what_one_of_them_is_now(document, read_of) -> None:
    goals = read_of["goals"]
    row = goals[goals["text"] == "森林覆盖率达到25%"].iloc[[0]]
    twice = {**read_of, "goals": pd.concat([goals, row.assign(id="second")], ignore_index=True)}
    place = (int(row["raw_start"].iloc[0]), int(row["raw_end"].iloc[0]))
    unclear = corrections.apply(document, twice, [Correction("goals", "drop", *place)])
    assert "into “was”" in unclear.log["result"].iloc[0] and len(unclear.tables["goals"]) == len(goals) + 1
    named = corrections.apply(document, twice, [Correction("goals", "drop", *place, was="second")])
    assert "second" not in set(named.tables["goals"]["id"]) and len(named.tables["goals"]) == len(goals)


def test_a_run_that_broke_off_is_repeated_without_doubling_its_corrections(tmp_path: Path) -> None:
    lines = [Correction("quantities", "add", 0, 3, "25%", fields={"role": "target"}), Correction("goals", "drop", 1, 4)]
    correction_lines.append("d", lines[:1], tmp_path)
    for _ in range(2):
        correction_lines.append("d", lines, tmp_path)
    assert [c.action for c in correction_lines.load("d", tmp_path)] == ["add", "add", "drop"]


def test_an_edit_names_its_row_by_what_stays_when_the_rules_change() -> None:
    """Ids of goals are renumbered by every new rule; a correction made today must find its row tomorrow."""
    head = "doc,id,kind,start,end,raw_start,raw_end,text,indicator,deadline\n"
    old = head + "d,1,task,0,9,0,9,甲,,2030\nd,2,target,10,19,10,19,乙,率,2030\nd,3,target,10,19,10,19,乙,数,2030\n"
    lines = correction_edits.edits("goals", old.encode(), old.replace("2030", "2035").encode())
    assert [c.was for c in lines] == ["", "率", "数"]


def test_a_text_that_was_read_through_by_hand_is_a_gold_standard(document, read_of) -> None:
    sheet = "table,action,text\nquantities,drop,500万亩\n" + "".join(
        f"{n},keep,*\n" for n in correction_lines.CORRECTABLE
    )
    done = after(document, read_of, sheet)
    gold = corrections.as_gold(done, "example")
    assert set(gold["by_rule"].values()) == {0}
    same = agreement.summary(agreement.against(done.tables, gold))
    assert (same["f1"] == 1).all() and (same["all_right_f1"] == 1).all()
    rules = agreement.summary(agreement.against(read_of, gold))
    assert rules.loc["quantities", "precision"] < 1 and rules.loc["quantities", "recall"] == 1


HEAD = "doc,id,start,end,raw_start,raw_end,text,low,deadline\n"
ROWS = "d,2.1,0,9,0,9,甲,,\nd,2.10,10,19,10,19,乙,54123400000000,2025-06\n"


@pytest.mark.parametrize(
    ("was", "is_"),
    [("2.10", "2.1"), ("54123400000000", "5.41E+13"), ("2025-06", "Jun-25"), ("2025-06", "2025/6"), ("\n", "\r\n")],
)
def test_what_a_spreadsheet_does_by_itself_is_no_correction(was: str, is_: str) -> None:
    """Saved from Excel unchanged, a table gave a dropped and an added goal (2.10 read as 2.1) and wrong amounts."""
    old = HEAD + ROWS
    assert correction_edits.edits("goals", old.encode(), old.replace(was, is_).encode()) == []


def test_rows_sorted_otherwise_are_the_same_rows() -> None:
    a, b = ROWS.splitlines(keepends=True)
    assert correction_edits.edits("goals", (HEAD + a + b).encode(), (HEAD + b + a).encode()) == []


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ("2025-06", "next June", r"goals.csv, line 3: deadline is “next June”. Write 2025, 2025-06"),
        ("54123400000000", "many", r"goals.csv, line 3: low is “many”. Write a number"),
        ("raw_start", "place", "no column raw_start. Leave the header"),
    ],
)
def test_an_edited_cell_that_cannot_be_right_is_named_with_file_and_line(was: str, is_: str, said: str) -> None:
    old = HEAD + ROWS
    with pytest.raises(CorrectionError, match=said):
        correction_edits.edits("goals", old.encode(), old.replace(was, is_).encode())


def test_a_table_saved_without_chinese_letters_is_refused() -> None:
    old = "doc,raw_start,raw_end,text,name\nd,0,2,省委,省委\n"
    with pytest.raises(CorrectionError, match="letters are lost"):
        correction_edits.edits("actors", old.encode(), old.replace("省委", "??").encode())


def test_a_table_of_another_text_is_not_taken_for_a_heap_of_corrections(seed_tables) -> None:
    whole = files.FORMATS["csv"](seed_tables["goals"])
    with pytest.raises(CorrectionError, match=r"(\d+) of \1 rows are gone"):
        correction_edits.edits("goals", whole, whole.splitlines(keepends=True)[0])


def test_all_tables_of_a_folder_are_taken_over_in_one_go_and_once(document, read_of, tmp_path: Path) -> None:
    """The folder is what `python -m helpers a-folder --to out` wrote, so rows of another text stand in it too."""
    other = {name: table.assign(doc="other") for name, table in read_of.items()}
    files.write({n: pd.concat([t, other[n]], ignore_index=True) for n, t in read_of.items()}, tmp_path / "out")
    for name, old, new in (("quantities", ",25,25,", ",26,26,"), ("mentions", ",绿色,", ",协调,")):
        path = tmp_path / "out" / f"{name}.csv"
        first, _, rest = path.read_text("utf-8-sig").partition("\nother,")
        path.write_text(first.replace(old, new, 1) + "\nother," + rest, "utf-8-sig")
    taken = report_dir.taken_over(document, read_of, tmp_path / "out", to=tmp_path)
    assert [(c.table, c.action, dict(c.fields)) for c in taken] == [
        ("quantities", "change", {"low": "26", "high": "26"}),
        ("mentions", "change", {"concept": "协调"}),
    ]
    assert report_dir.taken_over(document, read_of, tmp_path / "out", to=tmp_path) == []
    done = corrections.apply(document, read_of, correction_lines.load("example", tmp_path))
    assert set(done.log["result"]) == {"done"}


def test_a_folder_without_tables_says_which_it_wants(document, read_of, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"Name a folder that holds quantities.csv"):
        report_dir.taken_over(document, read_of, tmp_path / "nowhere")


def goal(done: corrections.Corrected, text: str) -> pd.Series:
    return done.tables["goals"].set_index("text").loc[text]


def test_an_amount_put_right_is_right_in_the_goal_that_holds_it(document, read_of) -> None:
    """Tables were corrected one by one: 25% put right in `quantities` stayed wrong in its target."""
    done = after(document, read_of, "table,action,text,low,high\nquantities,change,25%,26,26\n")
    target = goal(done, "森林覆盖率达到25%")
    assert (target["low"], target["high"], target["unit"]) == (26, 26, "%")
    assert target["by"].startswith("rule, with the hand in quantities")
    carried = done.log[done.log["action"] == "carried"]
    assert carried["text"].tolist() == ["森林覆盖率达到25%"]
    assert corrections.score(done).index.tolist() == ["quantities"]  # nobody looked at the goal
    assert corrections.as_gold(done, "example")["directives"] == []


def test_an_amount_that_is_none_leaves_the_goal_without_one(document, read_of) -> None:
    done = after(document, read_of, "table,action,text\nquantities,drop,25%\n")
    assert pd.isna(goal(done, "森林覆盖率达到25%")["low"])


def test_a_deadline_put_right_is_right_in_every_goal_that_it_governs(document, read_of) -> None:
    before = read_of["goals"]["deadline"].eq("2030").sum()
    done = after(document, read_of, "table,action,text,iso\nquantities,change,2030年,2035\n")
    assert before >= 1 and done.tables["goals"]["deadline"].eq("2035").sum() == before


def test_what_the_hand_says_of_a_goal_goes_before_what_follows_from_other_tables(document, read_of) -> None:
    sheet = "table,action,text,low,high\nquantities,change,25%,26,26\ngoals,change,森林覆盖率达到25%,27,27\n"
    target = goal(after(document, read_of, sheet), "森林覆盖率达到25%")
    assert target["low"] == 27 and target["by"] == "hand: changed low, high"


def test_a_mention_that_is_none_is_no_concept_of_the_goal_either(document, read_of) -> None:
    done = after(document, read_of, "table,action,text\nmentions,drop,绿色发展\n")
    assert goal(corrections.apply(document, read_of, []), "要突出绿色发展")["concepts"] == "绿色"
    assert pd.isna(goal(done, "要突出绿色发展")["concepts"])
    assert goal(done, "要突出绿色产业")["concepts"] == "绿色"


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("name", "actors,add,造林,林", "kind is missing in a row to be added. Write one of person, place"),
        ("concept", "mentions,add,造林,绿色", "kind is missing in a row to be added. Write one of named"),
        ("kind", "mentions,add,造林,keyword", "concept is missing"),
        ("kind", "mentions,change,绿色发展,-", "kind is made empty"),
        ("section", "goals,change,森林覆盖率达到25%,2.5", "section is “2.5”. Write a whole number"),
        ("section", "goals,change,森林覆盖率达到25%,-", "section is made empty"),
        *(
            ("low", f"quantities,change,25%,{v}", f"low is “{v}”. Write a number")
            for v in ("nan", "inf", "1e999", "1_000")
        ),
        *(
            ("iso", f"quantities,change,2030年,{v}", "a day that exists")
            for v in ("2025-13-45", "2025-02-29", "2026/2025")
        ),
        ("deadline", "goals,change,森林覆盖率达到25%,2025-13-45", "a day that exists"),
        ("comparator", "quantities,change,25%,foo", "comparator is “foo”. Write one of =, >="),
        ("comparator", "goals,change,森林覆盖率达到25%,foo", "comparator is “foo”"),
        ("concepts", "goals,change,要突出绿色发展,蓝色", "concepts is “蓝色”. Write some of 新发展理念"),
        ("concept", "statements,change,要突出绿色发展,蓝色", "concept is “蓝色”"),
        *(
            ("raw_start,raw_end", f"goals,drop,绿色,{v},9", f"raw_start is “{v}”")
            for v in ("abc", "inf", "nan", "2.5", "-1")
        ),
    ],
)
def test_a_cell_that_would_break_or_lie_later_is_named_when_it_is_read(head: str, line: str, said: str) -> None:
    """Some of them were put on file and broke every later run, the others were taken for true."""
    with pytest.raises(CorrectionError) as e:
        parse(f"table,action,text,{head}\n{line}\n".encode(), "example.csv")
    assert str(e.value).startswith("example.csv, line 2: ") and said in str(e.value)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("table,action,text,low,high\nquantities,change,25%,9,2\n", "low 9 is more than high 2"),
        ("table,action,text,low\nquantities,change,25%,26\n", "low 26 is more than high 25"),
        ("table,action,text,section\ngoals,change,森林覆盖率达到25%,99\n", "there is no section 99"),
        ("table,action,text,sentence\nmentions,change,绿色发展,99\n", "there is no sentence 99"),
        ("table,action,text,parent\ngoals,change,森林覆盖率达到25%,9.9\n", "no goal has that id"),
        ("table,action,text,kind\ngoals,add,没有,task\n", "does not stand in the document"),
        ("table,action,text,kind,id\ngoals,add,造林,task,1\n", "another goal has the id 1"),
        ("table,action,raw_start,raw_end,kind\ngoals,add,0,2,task\n", "no character of the text stands there"),
    ],
)
def test_a_cell_that_contradicts_the_text_or_its_row_changes_nothing(document, read_of, sheet: str, said: str) -> None:
    done = after(document, read_of, sheet)
    assert said in done.log["result"].iloc[0] and "(corrections, line 2)" in done.log["result"].iloc[0]
    assert str(done.refused[0]).startswith("corrections, line 2: ") and said in str(done.refused[0])
    for name, table in read_of.items():
        pd.testing.assert_frame_equal(done.tables[name].drop(columns="by"), table)


def test_two_lines_that_are_right_only_together_are_both_done(document, read_of) -> None:
    sheet = "table,action,text,low,high\nquantities,change,25%,26,\nquantities,change,25%,,27\n"
    done = after(document, read_of, sheet)
    assert set(done.log["result"].head(2)) == {"done"} and not done.refused
    assert after(document, read_of, sheet + "quantities,change,25%,28,\n").refused.keys() == {2}


def test_a_goal_below_itself_does_not_take_its_branch_out_of_the_tree(seed, seed_tables) -> None:
    """A parent that stood below its own child made the whole branch vanish from the page."""
    goals = seed_tables["goals"].drop_duplicates(["raw_start", "raw_end"], keep=False)
    top = goals[goals["id"].isin(goals["parent"]) & goals["parent"].notna()].iloc[0]
    below = goals[goals["parent"] == top["id"]].iloc[0]
    for parent in (top["id"], below["id"]):
        line = Correction("goals", "change", int(top["raw_start"]), int(top["raw_end"]), fields={"parent": parent})
        done = corrections.apply(seed, seed_tables, [line])
        assert "below this goal itself" in done.log["result"].iloc[0]
        assert done.tables["goals"]["parent"].equals(seed_tables["goals"]["parent"])
    up = Correction("goals", "change", int(below["raw_start"]), int(below["raw_end"]), fields={"parent": top["parent"]})
    down = Correction("goals", "change", int(top["raw_start"]), int(top["raw_end"]), fields={"parent": below["id"]})
    assert not corrections.apply(seed, seed_tables, [down, up]).refused  # turned round, whichever line comes first


def test_what_may_stand_in_a_cell_is_what_the_codebook_says_and_the_rules_write(seed_tables) -> None:
    book = (correction_lines.FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for (table, column), allowed in correction_checks.ALLOWED.items():
        values = seed_tables[table][column].dropna()
        assert {part for v in values for part in v.split("·")} <= set(allowed)
        part = book.partition(f"### `{table}`")[2].partition("\n### ")[0]
        row = next((line for line in part.splitlines() if re.match(rf"\| (?:\w+, )*{column}\b", line)), "")
        coded = re.findall(r"`([^`]+)`", row)
        if allowed != CONCEPTS and (table, column) != ("goals", "comparator"):  # “as in `quantities`”
            assert {*coded} == {*allowed}, (table, column)
    for table, column in (("quantities", "iso"), ("goals", "deadline")):
        assert all(map(correction_checks.dated, seed_tables[table][column].dropna()))


def test_a_negative_number_is_still_one_when_it_is_read_back(document, read_of, tmp_path: Path) -> None:
    """Kept from a spreadsheet by an apostrophe, -3 was no number any more: the next run broke off."""
    correction_lines.append("d", [Correction("quantities", "change", text="25%", fields={"low": "-3"})], tmp_path)
    done = corrections.apply(document, read_of, correction_lines.load("d", tmp_path))
    assert done.tables["quantities"].set_index("text").loc["25%", "low"] == -3


def test_a_wrong_line_on_file_is_named_with_its_file(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(correction_lines, "_HOME", tmp_path)
    folder = tmp_path / "data" / "corrections"
    folder.mkdir(parents=True)
    (folder / "d.csv").write_text("table,action,text,low\nquantities,change,25%,nan\n", "utf-8")
    with pytest.raises(CorrectionError, match=r"^data/corrections/d\.csv, line 2: low is “nan”\."):
        correction_lines.load("d", folder)


@pytest.mark.parametrize(
    ("name", "cells", "said"),
    [
        ("actors", {"name": "林"}, "kind is missing"),
        ("mentions", {"concept": "绿色"}, "kind is missing"),
        ("goals", {"kind": "task", "section": "2.5"}, "section is “2.5”"),
        ("goals", {"kind": "task", "section": "99"}, "there is no section 99"),
        ("goals", {"kind": "task", "parent": "h1"}, "below this goal itself"),
        ("goals", {"kind": "task", "raw_start": "inf", "raw_end": "9"}, "raw_start is “inf”"),
        ("goals", {"kind": "task", "text": "绿色"}, "more than one place. Give raw_start"),
        ("quantities", {"low": "9", "high": "2"}, "low 9 is more than high 2"),
    ],
)
def test_one_wrong_cell_does_not_poison_a_text_for_good(
    document, read_of, tmp_path: Path, name: str, cells: dict[str, str], said: str
) -> None:
    """It was put on file before it was applied; the text could not be read any more, table put right or not."""
    files.write({n: read_of[n] for n in correction_lines.CORRECTABLE}, tmp_path)
    path = tmp_path / f"{name}.csv"
    whole = path.read_bytes()
    columns = whole.decode("utf-8-sig").partition("\n")[0].split(",")
    row = {"doc": "example", "text": "造林"} | cells
    path.write_bytes(whole + ",".join(row.get(c, "") for c in columns).encode() + b"\n")
    to = tmp_path / "corrections"
    with pytest.raises(CorrectionError, match=rf"^{name}\.csv, line {len(read_of[name]) + 2}: .*") as e:
        report_dir.taken_over(document, read_of, tmp_path, to=to)
    assert said.lower() in str(e.value).lower() and not to.exists()
    path.write_bytes(whole)
    assert report_dir.taken_over(document, read_of, tmp_path, to=to) == []
