"""Tables: what they hold, and that every row leads back to the characters it came from."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import files, tables
from helpers.document import Document, from_text
from helpers.repair import undo
from helpers.words import Segmenter

SEED = (Path(__file__).parents[1] / "seeds" / "henan-county-economy-2020.txt").read_text(encoding="utf-8")
PIECES = [
    *re.findall("[^，。、：；\n]+[，。、：；\n]", SEED),
    *"，。、：；\n“”《》（）  到至和与及等要的不一两3５%年月亿个项",
]
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


TEXTS = [
    "全省工作会议召开\n会议强调,要突出绿色发展,到2025年森林覆盖率达到25%。\n# 总体要求\n县域经济高质量发展。",
    "。",
    "要 加快\r\n创新驱动发展,COVID-19疫情防控。㐀㐀",
    "县域经济强,县域经济活。2021-2035年。",
]


def test_many_documents_at_once_are_each_one_of_them_alone() -> None:
    documents = [from_text(text, f"d{i}") for i, text in enumerate(TEXTS)]
    segmenter = Segmenter()
    together = tables.of_many([tables.read(d) for d in documents], segmenter)
    alone = [tables.of(d, segmenter) for d in documents]
    for name, table in together.items():
        for d, one in zip(documents, alone, strict=True):
            rows = tables.frame_of(table)
            mine = rows[rows["doc"] == d.name].reset_index(drop=True)
            pd.testing.assert_frame_equal(mine, one[name])


@given(
    st.lists(
        st.sampled_from(["#", " ", "\n", "\n\n", "　", "发展", "要", "，", "。", "(1)", "3 ", "－", "第"]), max_size=30
    )
)
def test_raw_spans_as_columns_are_the_raw_spans_one_by_one(pieces: list[str]) -> None:
    document = from_text("".join(pieces))
    spans = [(a, b) for a in range(len(document.text) + 1) for b in range(a, len(document.text) + 1)]
    starts, ends = (np.array(column, int) for column in zip(*spans, strict=True))
    columns = document.alignment.to_raw_each(starts, ends)
    assert list(zip(*(c.tolist() for c in columns), strict=True)) == [document.raw_span(*span) for span in spans]


@pytest.mark.parametrize("mark", ["", "、", "、、"])
def test_a_list_torn_off_behind_a_comma_is_read_as_without_it(mark: str) -> None:
    document = from_text(f"会议强调，要统筹谋划。要稳就业、促改革、惠民生{mark}", "torn")
    members = [document.text[g.start : g.end] for g in tables.read(document).rows["goals"] if g.parent]
    assert members[-3:] == ["稳就业", "促改革", "惠民生"]


@pytest.mark.parametrize(
    "clause",
    [
        "培育壮大肉制品、粮食、、制酒等传统产业",
        "养老保险：、基本医疗保险参保人数分别增加1753万和2028万",
        "推进、加快和提高、改革",
    ],
)
def test_a_doubled_or_stray_comma_of_a_list_makes_no_empty_row(clause: str) -> None:
    reading = tables.read(from_text(f"政府工作报告\n一、今年工作安排\n要统筹谋划。要{clause}。", "report-2020"))
    assert reading.rows["goals"] and all(g.start < g.end for g in reading.rows["goals"])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_clauses_and_marks_in_any_order_are_read_and_every_row_slices_back(pieces: list[str]) -> None:
    document = from_text("会议强调，" + "".join(pieces), "shuffled-2020-04-29")
    reading = tables.read(document)
    for name in PLACED:
        for row in reading.rows[name]:
            assert 0 <= row.start < row.end <= len(document.text)
