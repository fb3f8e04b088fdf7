"""Many documents: the same tables as one by one, whatever happens to a file, a worker, the disk or the run."""

import contextlib
import dataclasses
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from helpers import batches, corpus, tables
from helpers.__main__ import main
from helpers.document import read
from helpers.journal import Journal

ROOT = Path(__file__).parents[1]
TEXT = "全省工作会议召开\n本报讯 4月29日,全省工作会议召开。\n会议强调,要突出绿色发展,到2025年第{}项覆盖率达到25%。\n"
# what a test does to the workers: Python runs a sitecustomize of its path at the start of each process
FAULTS = """
import os, re, signal, time
from helpers import batches, tables
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in a shell's background inherit that it is ignored
batches.SIZE, batches._MOST = 8_000, 16_000
whole = tables.read
def read(document):
    if "raises" in document.name: raise KeyError("rule")
    if "hangs" in document.name: re.search("(?:a|a)+$", "a" * 60 + "b")
    if "kills" in document.name: os.kill(os.getpid(), 9)
    if "once" in document.name and not os.path.exists(once := os.path.join(os.path.dirname(__file__), "once")):
        open(once, "w").close()
        os.kill(os.getpid(), 9)
    if "slow" in document.name: time.sleep(0.2)
    return whole(document)
tables.read = read
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for i in range(12):
        (made / f"text {i:02} 县域.txt").write_text(TEXT.format(i), encoding="utf-8")
    return made


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a few documents."""
    monkeypatch.setattr(batches, "SIZE", 8_000)
    monkeypatch.setattr(batches, "_MOST", 16_000)


def content(to: Path) -> dict[str, bytes]:
    """What a run left, but the lock and the sign of the run itself."""
    files = (p for p in sorted(to.rglob("*")) if p.is_file() and p.name not in (".lock", "run"))
    return {str(p.relative_to(to)): p.read_bytes() for p in files}


def table(to: Path, name: str) -> pd.DataFrame:
    return pq.read_table(to / name).to_pandas(types_mapper=tables._PANDAS.get)


def command(folder: Path, to: Path, *options: str, faults: Path | None = None, **more) -> subprocess.Popen:
    env = dict(os.environ)
    if faults:
        (faults / "site").mkdir(exist_ok=True)
        (faults / "site" / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
        env["PYTHONPATH"] = str(faults / "site")
    arguments = [sys.executable, "-m", "helpers", str(folder), "--to", str(to), "--format", "parquet", *options]
    return subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


# ---- what is written


def test_every_table_is_that_of_the_documents_one_by_one(folder: Path, tmp_path: Path, small: None) -> None:
    run = corpus.analyse([folder], tmp_path / "out", workers=0)
    assert run.batches > 1 and run == corpus.Run(run.batches, run.batches, 12, 0)
    alone = [tables.of(read(path)) for path in sorted(folder.iterdir())]
    for name in tables.COLUMNS:
        rows = table(tmp_path / "out", name)
        one_by_one = pd.concat([one[name] for one in alone], ignore_index=True)
        place = [c for c in ("doc", "raw_start", "start", "end", "word", "id") if c in rows]
        ordered = [t.sort_values(place, kind="stable", ignore_index=True) for t in (rows, one_by_one)]
        pd.testing.assert_frame_equal(*ordered)
    documents = table(tmp_path / "out", "documents")
    assert set(documents["doc"]) == {p.stem for p in folder.iterdir()} and set(documents["kind"]) == {
        "conference report"
    }


def test_the_bytes_are_the_same_in_one_process_and_in_two(folder: Path, tmp_path: Path, small: None) -> None:
    corpus.analyse([folder], tmp_path / "one", workers=0)
    corpus.analyse([folder], tmp_path / "two", workers=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_another_run_on_the_machine_is_no_warning(
    folder: Path, tmp_path: Path, small: None, recwarn: pytest.WarningsRecorder
) -> None:
    """Dask's own port was taken: the warning stood in notebook 08, which was then not written."""
    with socket.socket() as other:
        with contextlib.suppress(OSError):  # another run of these tests has it, which does as well
            other.bind(("127.0.0.1", 8787))
        corpus.analyse([folder], tmp_path / "two", workers=1)
    assert not [w for w in recwarn if "Port" in str(w.message)]


def test_a_second_run_does_nothing_and_a_changed_or_new_file_only_its_batch(
    folder: Path, tmp_path: Path, small: None
) -> None:
    first = corpus.analyse([folder], tmp_path / "out", workers=0)
    before = content(tmp_path / "out")
    assert corpus.analyse([folder], tmp_path / "out", workers=0).fresh == 0
    assert content(tmp_path / "out") == before
    (folder / "text 05 县域.txt").write_text(TEXT.format("五"), encoding="utf-8")
    assert corpus.analyse([folder], tmp_path / "out", workers=0).fresh == 1
    (folder / "text 05b.txt").write_text(TEXT.format("新"), encoding="utf-8")
    added = corpus.analyse([folder], tmp_path / "out", workers=0)
    assert added.fresh <= 2 < first.batches and added.documents == 13
    (folder / "text 00 县域.txt").unlink()
    corpus.analyse([folder], tmp_path / "out", workers=0)
    corpus.analyse([folder], tmp_path / "fresh", workers=0)
    assert content(tmp_path / "out") == content(tmp_path / "fresh"), "however it came about"
    assert "text 00 县域" not in set(table(tmp_path / "out", "goals")["doc"])


def test_changed_rules_or_options_read_everything_again(
    folder: Path, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = corpus.analyse([folder], tmp_path / "out", workers=0).batches
    assert corpus.analyse([folder], tmp_path / "out", workers=0, simplify=True).fresh == whole
    monkeypatch.setattr(batches, "rules", lambda: "others")
    assert corpus.analyse([folder], tmp_path / "out", workers=0, simplify=True).fresh == whole


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("helpers/goals.py", True), ("helpers/numerals.py", True), ("helpers/charts.py", False),
        ("helpers/corpus.py", False), ("data/lexicon/terms.yaml", True), ("data/lexicon/glosses.tsv", False),
        ("data/reference/pd1998.tsv", True),
    ],
)  # fmt: skip
def test_the_rules_are_what_the_tables_need(file: str, matters: bool, tmp_path: Path, monkeypatch) -> None:
    for part in ("helpers", "data"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "tables", "gold"))
    monkeypatch.setattr(batches, "_HERE", tmp_path / "helpers")
    monkeypatch.setattr(batches, "DATA", tmp_path / "data")
    before = batches.rules.__wrapped__()
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write("\n# changed\n")
    assert (batches.rules.__wrapped__() != before) == matters


def test_a_library_that_opens_files_and_is_installed_later_reads_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = batches.rules.__wrapped__()
    monkeypatch.setattr(batches, "_version", lambda name: "absent" if name == "python-docx" else batches.version(name))
    assert batches.rules.__wrapped__() != before


def test_a_lost_or_cut_part_is_written_again(folder: Path, tmp_path: Path, small: None) -> None:
    corpus.analyse([folder], tmp_path / "out", workers=0)
    before = content(tmp_path / "out")
    parts = sorted((tmp_path / "out" / "goals").iterdir())
    parts[0].unlink()
    parts[1].write_bytes(parts[1].read_bytes()[:100])
    assert corpus.analyse([folder], tmp_path / "out", workers=0).fresh == 2
    assert content(tmp_path / "out") == before


# ---- what cannot be read


def test_what_cannot_be_read_is_a_row_of_errors_and_costs_no_other(folder: Path, tmp_path: Path, capsys) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "deeper").mkdir()
    (folder / "deeper" / "text 03 县域.md").write_text(TEXT, encoding="utf-8")
    arguments = [str(folder), "--to", str(tmp_path / "out"), "--format", "parquet"]
    assert main([*arguments, "--workers", "0"]) == 2
    failed = table(tmp_path / "out", "errors")
    assert failed["path"].tolist() == [*("empty.txt", "picture.txt", "deeper/text 03 县域.md", "text 03 县域.txt")]
    assert all(". " in reason for reason in failed["reason"]) and str(tmp_path) not in "".join(failed["reason"])
    assert failed["reason"].str.contains("Rename one").sum() == 2
    said = capsys.readouterr()
    assert "11 texts read" in said.out and len(said.err.splitlines()) == 4
    assert len(table(tmp_path / "out", "documents")) == 11


def test_a_text_that_only_fails_among_others_does_not_take_them_along(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tables.of_many

    def of_many(readings, segmenter):
        if any("07" in r.document.name for r in readings):
            raise ValueError("a word")
        return whole(readings, segmenter)

    monkeypatch.setattr(tables, "of_many", of_many)
    assert corpus.analyse([folder], tmp_path / "out", workers=0).failed == 1
    assert table(tmp_path / "out", "errors")["doc"].tolist() == ["text 07 县域"]
    assert table(tmp_path / "out", "documents")["doc"].nunique() == 11


def test_workers_with_other_rules_are_refused(folder: Path, tmp_path: Path) -> None:
    plan = batches.plan(batches.sources([folder]))
    with pytest.raises(corpus.CorpusError, match="other rules"):
        corpus.work(dataclasses.replace(plan[0], rules="older"), tmp_path, "", 0)


def test_hidden_files_and_folders_are_left_out(folder: Path, tmp_path: Path) -> None:
    for hidden in (".cache/copy.txt", "deeper/.hidden.txt"):
        (folder / hidden).parent.mkdir(exist_ok=True)
        (folder / hidden).write_text(TEXT, encoding="utf-8")
    assert len(list(batches.sources([folder]))) == 12


def test_names_of_every_kind(tmp_path: Path) -> None:
    deep = tmp_path / "in" / ("深" * 80) / "blank and 'quote'"
    deep.mkdir(parents=True)
    names = ["县" * 80, " leading blank", "a=b&c", "100%", "line\nbreak"]
    for name in names:
        (deep / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (deep / os.fsdecode(b"latin \xe9.txt")).write_text(TEXT, encoding="utf-8")
    run = corpus.analyse([tmp_path / "in"], tmp_path / "out", workers=0)
    assert (run.documents, run.failed) == (6, 0)
    assert set(table(tmp_path / "out", "documents")["doc"]) == {*names, "latin �"}


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "LARGEST", 100)
    (tmp_path / "large.txt").write_text("县" * 300, encoding="utf-8")
    monkeypatch.setattr(batches, "read", None)
    assert corpus.analyse([tmp_path / "large.txt"], tmp_path / "out", workers=0).failed == 1
    assert "Split it" in table(tmp_path / "out", "errors")["reason"][0]


# ---- what a run must not touch


def test_a_folder_that_already_means_something_else_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "documents")
    before = content(tmp_path / "documents")
    with pytest.raises(corpus.CorpusError, match="not of a run's making, where the table documents is to stand"):
        corpus.analyse([tmp_path / "documents"], tmp_path, workers=0)
    assert content(tmp_path / "documents") == before


def test_a_file_put_among_the_parts_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    corpus.analyse([folder], tmp_path / "out", workers=0)
    (tmp_path / "out" / "terms" / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(corpus.CorpusError, match=r"thesis\.docx"):
        corpus.analyse([folder], tmp_path / "out", workers=0)
    assert (tmp_path / "out" / "terms" / "thesis.docx").read_bytes() == b"mine"


@pytest.mark.parametrize(("name", "said"), [("gone", "no such file or folder"), ("empty", "no text there")])
def test_a_mistyped_path_or_an_empty_folder_does_not_empty_the_tables(
    name: str, said: str, folder: Path, tmp_path: Path, capsys
) -> None:
    corpus.analyse([folder], tmp_path / "out", workers=0)
    before = content(tmp_path / "out")
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / name), "--to", str(tmp_path / "out"), "--format", "parquet"]) == 2
    assert said in capsys.readouterr().err
    assert content(tmp_path / "out") == before


def test_a_part_that_died_half_written_goes(folder: Path, tmp_path: Path) -> None:
    corpus.analyse([folder], tmp_path / "out", workers=0)
    (part,) = (tmp_path / "out" / "goals").iterdir()
    half = part.with_name(f".{part.name}.x1_y2.part")
    half.write_bytes(b"PAR1")
    corpus.analyse([folder], tmp_path / "out", workers=0)
    assert part.exists() and not half.exists()


def test_a_worker_of_an_older_run_writes_no_more(folder: Path, tmp_path: Path) -> None:
    corpus.analyse([folder], tmp_path / "out", workers=0)
    before = content(tmp_path / "out")
    (folder / "text 05 县域.txt").write_text(TEXT.format("五"), encoding="utf-8")
    (late,) = batches.plan(batches.sources([folder]))
    with pytest.raises(corpus.CorpusError, match="a newer run"):
        corpus.work(late, tmp_path / "out", "token of an older run", 0)
    parts = [{k: v for k, v in c.items() if k.endswith(".parquet")} for c in (before, content(tmp_path / "out"))]
    assert parts[0] == parts[1]


def test_no_room_for_the_notes_of_a_batch_is_no_fault_of_a_text(folder: Path, tmp_path: Path, monkeypatch) -> None:
    def note(self, i: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as m:
        m.setattr(Journal, "note", note)
        with pytest.raises(corpus.CorpusError, match="No space left on device"):
            corpus.analyse([folder], tmp_path / "out", workers=0)
    assert corpus.analyse([folder], tmp_path / "out", workers=0).failed == 0


# ---- what happens to a run


def test_two_runs_into_one_folder_are_refused(folder: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / ".lock"):
        assert main([str(folder), "--to", str(tmp_path / "out"), "--format", "parquet"]) == 2
    assert "another run is writing there" in capsys.readouterr().err
    assert corpus.analyse([folder], tmp_path / "out", workers=0).documents == 12


def test_a_full_disk_keeps_what_is_finished(folder: Path, tmp_path: Path, small: None, monkeypatch, capsys) -> None:
    writes = iter(range(1000))
    real = os.fsync

    def fsync(handle: int) -> None:
        if next(writes) == 20:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    arguments = [str(folder), "--to", str(tmp_path / "out"), "--format", "parquet", "--workers", "0"]
    assert main(arguments) == 2
    assert "No space left on device. What is finished is kept" in capsys.readouterr().err
    assert not [p for p in (tmp_path / "out").rglob("*.part")]
    monkeypatch.setattr(os, "fsync", real)
    assert main(arguments) == 0
    assert re.search(r"\((\d+) of \1 batches now", capsys.readouterr().out) is None
    corpus.analyse([folder], tmp_path / "fresh", workers=0)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_a_poisoned_text_raises_hangs_or_kills_its_worker_and_costs_no_other(folder: Path, tmp_path: Path) -> None:
    for fault in ("raises", "hangs", "kills", "dies once"):
        (folder / f"this one {fault}.txt").write_text(TEXT, encoding="utf-8")
    process = command(folder, tmp_path / "out", "--workers", "2", "--limit", "6", faults=tmp_path)
    said, err = process.communicate(timeout=120)
    assert process.returncode == 2, err
    reasons = table(tmp_path / "out", "errors").set_index("doc")["reason"]
    assert sorted(reasons.index) == ["this one hangs", "this one kills", "this one raises"]
    assert "longer than 6 seconds" in reasons["this one hangs"] and "2 workers died" in reasons["this one kills"]
    assert "KeyError: 'rule'" in reasons["this one raises"] and "Traceback" not in err
    assert "13 texts read" in said, "a worker that dies once, of whatever, costs no text"
    assert len(table(tmp_path / "out", "documents")) == 13
    assert not list((tmp_path / "out" / ".batches").glob("*.reading"))
    process = command(folder, tmp_path / "out", "--workers", "2", "--limit", "8", faults=tmp_path)
    said, err = process.communicate(timeout=120)
    assert "(1 of" in said and "longer than 8 seconds" in err, "a higher limit is worth another run, of that batch"


def test_a_killed_run_leaves_whole_batches_and_no_worker_and_the_next_goes_on(
    folder: Path, tmp_path: Path, small: None
) -> None:
    for i in range(40):
        (folder / f"slow {i:02}.txt").write_text(TEXT.format(i), encoding="utf-8")
    process = command(folder, tmp_path / "out", "--workers", "2", faults=tmp_path, start_new_session=True)
    markers = tmp_path / "out" / ".batches"
    _until(lambda: markers.exists() and any(markers.glob("*.json")))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    finished = {p.stem for p in markers.glob("*.json")}
    group = process.pid
    _until(lambda: not _alive(group))
    for key in finished:
        for name in batches.NAMES:
            pq.read_table(batches.part(name, key, tmp_path / "out"))
    run = corpus.analyse([folder], tmp_path / "out", workers=2)
    assert run.fresh < run.batches and run.documents == 52
    corpus.analyse([folder], tmp_path / "fresh", workers=2)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_an_interrupt_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    for i in range(40):
        (folder / f"slow {i:02}.txt").write_text(TEXT.format(i), encoding="utf-8")
    process = command(folder, tmp_path / "out", "--workers", "1", faults=tmp_path, start_new_session=True)
    markers = tmp_path / "out" / ".batches"
    _until(lambda: markers.exists() and any(markers.glob("*.json")))
    os.killpg(process.pid, signal.SIGINT)  # as a terminal's Ctrl-C: the workers hear it, too
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err.strip().endswith("the same command goes on from here."), err
    _until(lambda: not _alive(process.pid))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """A Dask scheduler with one worker, started by hand as on a cluster: its address and its process."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask, file = str(Path(sys.executable).parent / "dask"), tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    scheduler = subprocess.Popen([dask, "scheduler", *options], **quiet)
    options = ["--scheduler-file", str(file), "--nthreads", "1", "--no-dashboard"]
    worker = subprocess.Popen([dask, "worker", *options], **quiet)
    try:
        _until(file.exists)
        yield re.search(r'"address": "([^"]+)"', file.read_text())[1], scheduler
    finally:
        for started in (scheduler, worker):
            started.kill()
            started.wait()


def test_a_lost_scheduler_is_said(folder: Path, tmp_path: Path, cluster: tuple[str, subprocess.Popen]) -> None:
    for i in range(20):
        (folder / f"slow {i:02}.txt").write_text(TEXT.format(i), encoding="utf-8")
    process = command(folder, tmp_path / "out", "--scheduler", cluster[0])
    _until(lambda: any((tmp_path / "out" / ".batches").glob("*.reading")))
    cluster[1].kill()
    _, err = process.communicate(timeout=90)
    assert process.returncode == 2 and "scheduler was lost" in err, err


def test_two_runs_on_one_scheduler_each_write_their_own(
    folder: Path, tmp_path: Path, cluster: tuple[str, subprocess.Popen]
) -> None:
    (folder / "this one kills.txt").write_text(TEXT, encoding="utf-8")
    (folder / "this one kills, too.txt").write_text(TEXT, encoding="utf-8")
    both = [command(folder, tmp_path / name, "--scheduler", cluster[0]) for name in ("a", "b")]
    for process in both:
        said, err = process.communicate(timeout=120)
        assert "12 texts read" in said and err.count("2 workers died") == 2, err
    assert content(tmp_path / "a") == content(tmp_path / "b") and len(table(tmp_path / "a", "documents")) == 12


def _until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.05)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
