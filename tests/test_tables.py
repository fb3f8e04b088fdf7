"""Tables: what they hold, and that every row leads back to the characters it came from."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import files, tables
from helpers.document import Document, from_text
from helpers.repair import undo

PLACED = [name for name, columns in tables.COLUMNS.items() if "text" in columns]


@pytest.mark.parametrize("name", tables.COLUMNS)
def test_columns_are_those_of_the_design_and_no_table_of_the_seed_is_empty(seed_tables, name: str) -> None:
    assert list(seed_tables[name].columns) == ["doc", *tables.COLUMNS[name]]
    assert len(seed_tables[name]) and (seed_tables[name]["doc"] == "henan-county-economy-2020").all()


@pytest.mark.parametrize("name", PLACED)
def test_every_row_slices_back_in_the_repaired_text_and_in_the_raw_file(seed: Document, seed_tables, name: str) -> None:
    for row in seed_tables[name].itertuples():
        assert seed.text[row.start : row.end] == row.text
        assert _mended(seed, row.raw_start, row.raw_end) == row.text


def test_every_token_slices_back_and_none_overlaps_the_next(seed: Document, seed_tables) -> None:
    end = 0
    for token in seed_tables["tokens"].itertuples():
        assert seed.text[token.start : token.end] == token.word
        assert token.start >= end
        end = token.end


def _mended(document: Document, start: int, end: int) -> str:
    """The raw slice with the ledger's repairs inside it applied."""
    out, at = [], start
    for r in document.repairs:
        if r.certain and start <= r.raw_start and r.raw_end <= end:
            out += (document.raw[at : r.raw_start], r.after)
            at = r.raw_end
    return "".join(out) + document.raw[at:end]


def test_the_ledger_backwards_gives_the_raw_text(seed: Document) -> None:
    assert undo(seed.text, seed.repairs) == seed.raw


def test_a_document_without_goals_or_amounts_gives_empty_tables_with_all_columns() -> None:
    empty = tables.of(from_text("天气很好。", "weather"))
    assert empty["goals"].empty and empty["statements"].empty
    assert all(list(empty[name].columns) == ["doc", *columns] for name, columns in tables.COLUMNS.items())


@pytest.mark.parametrize("form", files.FORMATS)
def test_files_read_back_what_was_written_and_a_second_run_gives_the_same_bytes(
    seed_tables, tmp_path: Path, form: str
) -> None:
    chosen = {name: seed_tables[name] for name in ("goals", "repairs")}
    paths = files.write(chosen, tmp_path, form)
    first = [p.read_bytes() for p in paths]
    files.write(chosen, tmp_path, form)
    assert [p.read_bytes() for p in paths] == first
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}[form]
    back = tables.typed(
        "goals",
        read(paths[0], dtype={"id": "str", "parent": "str", "deadline": "str"} if form != "parquet" else None)
        if form != "parquet"
        else read(paths[0]),
    )
    pd.testing.assert_frame_equal(back, chosen["goals"])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in paths)


def test_csv_opens_in_excel_and_carries_no_formula(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ["=1+1", "+86", "@SUM(A1)", "-要素", "增长6%", "="]})
    (path,) = files.write({"t": table}, tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "'=1+1",
        "'+86",
        "'@SUM(A1)",
        "'-要素",
        "增长6%",
        "=",
    ]


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write({"t": pd.DataFrame({"x": [1]})}, tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write({"t": pd.DataFrame({"x": [2]})}, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]
    assert pd.read_csv(tmp_path / "t.csv")["x"].tolist() == [1]
