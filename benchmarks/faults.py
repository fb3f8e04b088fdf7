"""What happens to a large run when things go wrong: 20,000 small files, a file of 100 MB, a full disk, killed workers.

    python benchmarks/faults.py

Each case prints what came of it; an assertion ends the run where something else came. The full disk is a small file
system in memory, which only root may mount; without the right the case is left out. `tests/test_corpus.py` has the
faults that need no size: poisoned texts, a killed run, an interrupt, a lost scheduler, two runs at once, odd names.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from helpers import corpus

TEXT = "全省第{}次工作会议召开\n会议强调,要突出绿色发展,到2025年森林覆盖率达到{}%。\n"


def command(folder: Path, to: Path, *options: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "helpers", str(folder), "--to", str(to), "--format", "parquet", *options]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def small_files(folder: Path, count: int) -> Path:
    made = folder / f"small-{count}"
    for i in range(count):
        (made / f"{i % 100:02}").mkdir(parents=True, exist_ok=True)
        (made / f"{i % 100:02}" / f"notice {i:05}.txt").write_text(TEXT.format(i, i % 90 + 1), encoding="utf-8")
    return made


def many_small_files(folder: Path) -> str:
    began = time.perf_counter()
    run = corpus.analyse([small_files(folder, 20_000)], folder / "many")
    seconds = time.perf_counter() - began
    assert run.documents == 20_000 and run.failed == 0
    targets = pq.read_table(folder / "many" / "goals", columns=["doc", "kind"]).to_pandas()
    assert targets[targets["kind"] == "target"]["doc"].nunique() == 20_000
    began = time.perf_counter()
    again = corpus.analyse([folder / "small-20000"], folder / "many")
    assert again.fresh == 0
    return (
        f"{seconds:.0f} s, {run.batches} batches; a second run looks in {time.perf_counter() - began:.1f} s, reads none"
    )


def a_file_of_100_mb(folder: Path) -> str:
    made = folder / "large"
    made.mkdir()
    (made / "library.txt").write_text("会议强调,要突出绿色发展。\n" * 2_700_000, encoding="utf-8")
    (made / "beside.txt").write_text(TEXT.format(1, 2), encoding="utf-8")
    size = (made / "library.txt").stat().st_size
    began = time.perf_counter()
    run = corpus.analyse([made], folder / "large-out", workers=1)
    seconds = time.perf_counter() - began
    (row,) = pq.read_table(folder / "large-out" / "errors").to_pylist()
    assert (run.documents, run.failed, row["doc"]) == (2, 1, "library") and "Split it" in row["reason"]
    return f"{size / 1e6:.0f} MB refused in {seconds:.1f} s, the text beside it read: {row['reason']}"


def a_full_disk(folder: Path) -> str:
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], capture_output=True).returncode:
        return "left out: no right to mount a file system"
    try:
        process = command(small_files(folder, 3_000), disk / "out", "--workers", "2")
        _, err = process.communicate()
        assert process.returncode == 2 and "No space left on device" in err and "Traceback" not in err, err
        kept = sorted(p.stem for p in (disk / "out" / ".batches").glob("*.json"))
        assert not list((disk / "out").rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=500m", str(disk)], check=True)
        run = corpus.analyse([folder / "small-3000"], disk / "out", workers=2)
        assert run.fresh == run.batches - len(kept)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    return (
        f"said in one line, {len(kept)} of {run.batches} batches kept; with room the next run did the other {run.fresh}"
    )


def killed_workers(folder: Path) -> str:
    texts = folder / "killing"
    texts.mkdir()
    for i in range(400):
        lines = "".join(TEXT.format(i, j % 90 + 1) for j in range(150))
        (texts / f"text {i:03}.txt").write_text(lines, encoding="utf-8")
    process = command(texts, folder / "killed", "--workers", "2")
    draw, killed = random.Random(7), 0
    while process.poll() is None and killed < 4:
        time.sleep(4)
        workers = [
            p for p in psutil.Process(process.pid).children(recursive=True) if "spawn_main" in " ".join(p.cmdline())
        ]
        if workers:
            os.kill(draw.choice(workers).pid, signal.SIGKILL)
            killed += 1
    said, err = process.communicate()
    assert process.returncode == 0 and re.search("400 texts read", said), err
    corpus.analyse([texts], folder / "whole", workers=2)
    parts = sorted(p.relative_to(folder / "killed") for p in (folder / "killed").rglob("*.parquet"))
    assert all((folder / "killed" / p).read_bytes() == (folder / "whole" / p).read_bytes() for p in parts)
    return f"{killed} workers killed at random times; all 400 texts read, byte for byte as without"


def main() -> None:
    for case in (many_small_files, a_file_of_100_mb, a_full_disk, killed_workers):
        with tempfile.TemporaryDirectory() as folder:
            print(f"{case.__name__.replace('_', ' '):20} {case(Path(folder))}", flush=True)


if __name__ == "__main__":
    main()
