"""The command: what it writes, what it says, and what it does with files that cannot be read."""

import os
from pathlib import Path

import pandas as pd
import pytest

from helpers import tables
from helpers.__main__ import main

TEXT = "全省工作会议召开\n本报讯 4月29日,全省工作会议召开。\n会议强调,要突出绿色发展,到2025年森林覆盖率达到25%。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "deeper" / "two 二.txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "in" / "notes.csv").write_text("not a text", encoding="utf-8")
    (tmp_path / "in" / ".cache").mkdir()
    (tmp_path / "in" / ".cache" / "hidden.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "in"


def test_a_folder_gives_every_table_with_the_stems_in_doc(folder: Path, tmp_path: Path, capsys) -> None:
    assert main([str(folder), "--to", str(tmp_path / "out")]) == 0
    assert {p.stem for p in (tmp_path / "out").iterdir()} == set(tables.COLUMNS)
    goals = pd.read_csv(tmp_path / "out" / "goals.csv", dtype=str)
    assert set(goals["doc"]) == {"one", "two 二"}
    targets = goals[goals["kind"].eq("target") & goals["low"].notna()]
    assert targets[["indicator", "low", "unit", "deadline"]].drop_duplicates().values.tolist() == [
        ["森林覆盖率", "25", "%", "2025"]
    ]
    said = capsys.readouterr()
    assert "one: " in said.out and "1 target\n" in said.out and not said.err
    assert "1 file left out: .csv" in said.out and "begin with goals.csv" in said.out


def test_for_excel(folder: Path, tmp_path: Path) -> None:
    assert main([str(folder / "one.txt"), "--to", str(tmp_path / "out"), "--format", "xlsx"]) == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{name}.xlsx" for name in tables.COLUMNS}


def test_bad_files_are_named_with_a_remedy_and_the_others_are_done(folder: Path, tmp_path: Path, capsys) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "english.txt").write_text("The conference was held.", encoding="utf-8")
    assert main([str(folder), str(folder / "gone.txt"), "--to", str(tmp_path / "out")]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 4 and all(line.count(". ") for line in errors)
    for name in ("empty.txt", "picture.txt", "english.txt", "gone.txt"):
        assert any(name in line for line in errors)
    assert set(pd.read_csv(tmp_path / "out" / "sections.csv")["doc"]) == {"one", "two 二"}


def test_two_files_of_one_stem_are_both_left_out(folder: Path, tmp_path: Path, capsys) -> None:
    (folder / "deeper" / "one.md").write_text(TEXT, encoding="utf-8")
    assert main([str(folder), "--to", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("also called one") == 2
    assert set(pd.read_csv(tmp_path / "out" / "sections.csv")["doc"]) == {"two 二"}


def test_one_file_named_twice_is_read_once(folder: Path, tmp_path: Path) -> None:
    assert main([str(folder / "one.txt"), str(folder), "--to", str(tmp_path / "out")]) == 0


def test_a_folder_without_texts(tmp_path: Path, capsys) -> None:
    (tmp_path / "none").mkdir()
    assert main([str(tmp_path / "none"), "--to", str(tmp_path / "out")]) == 2
    assert "holds no text" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_said_before_the_work(folder: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main([str(folder), "--to", str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_disk_full_half_way_is_said_and_leaves_no_half_file(
    folder: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    writes = iter(range(100))

    def fsync(_: int) -> None:
        if next(writes) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    assert main([str(folder), "--to", str(tmp_path / "out")]) == 2
    assert "No space left" in capsys.readouterr().err
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == sorted(f"{name}.csv" for name in list(tables.COLUMNS)[:3])


def test_a_fault_of_the_program_in_one_text_does_not_cost_the_others(
    folder: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    whole = tables.of

    def of(document, segmenter):
        if document.name == "one":
            raise KeyError("rule")
        return whole(document, segmenter)

    monkeypatch.setattr(tables, "of", of)
    assert main([str(folder), "--to", str(tmp_path / "out")]) == 2
    assert "one.txt: could not be analysed (KeyError" in capsys.readouterr().err
    assert set(pd.read_csv(tmp_path / "out" / "sections.csv")["doc"]) == {"two 二"}


def test_traditional_script_is_converted_on_request_and_offsets_stay(tmp_path: Path) -> None:
    raw = "全省工作會議召開\n會議強調,要突出綠色發展。\n"
    (tmp_path / "old.txt").write_text(raw, encoding="utf-8")
    assert main([str(tmp_path / "old.txt"), "--to", str(tmp_path / "out"), "--simplify"]) == 0
    green = pd.read_csv(tmp_path / "out" / "mentions.csv").iloc[0]
    assert green["text"] == "绿色发展" and raw[green["raw_start"] : green["raw_end"]] == "綠色發展"


def test_help_teaches(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert "examples:" in said and "goals" in said and "exit:" in said


def test_a_library_in_one_file_is_refused_with_a_remedy(folder: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("helpers.batches.LARGEST", 20)
    assert main([str(folder / "one.txt"), "--to", str(tmp_path / "out")]) == 2
    assert "Split it" in capsys.readouterr().err
