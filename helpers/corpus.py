"""Read many documents on Dask: batches to workers, Parquet from there; nothing done twice, nothing half done."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import pandas as pd
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from helpers import batches, tables
from helpers.batches import Batch, Done
from helpers.files import whole

LIMIT: Final = 300.0  # seconds that one document may take
_DEATHS: Final = 2  # a document at which a worker died so often is left out
_TRIES: Final = 100  # how often a batch may lose its worker: each poisoned document in it costs two


class CorpusError(Exception):
    """A run that cannot begin or go on: says why and what to do."""


class Bar(Protocol):
    """What shows progress: `tqdm` is one."""

    def update(self, n: float) -> Any: ...
    def close(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Run:
    """What a run left behind: batches in all and those done now, documents, those among them in the table `errors`."""

    batches: int
    fresh: int
    documents: int
    failed: int
    complete: bool


def analyse(
    paths: Iterable[Path | str],
    to: Path | str,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    simplify: bool = False,
    limit: float = LIMIT,
    bar: Callable[[int], Bar] | None = None,
) -> Run:
    """Read files and folders of texts into partitioned Parquet datasets, `to/<table>/part-….parquet`: every table of
    `tables.COLUMNS`, `documents` (a row for each text read) and `errors` (a row for each text that could not be).

    Batches go to `workers` processes of this machine (as many as it has cores; 0: all in this process, without a time
    limit), or to the Dask `scheduler` at an address, whose workers see the same folders. A second run does only what
    is not done: files that changed, and everything when the rules did. The bytes written depend on texts and rules
    alone. What an earlier run wrote of texts that are no longer among `paths` is removed when all is done.
    `bar` is called with the bytes to read and gives what shows progress. An interrupt leaves finished batches.

    Raises `CorpusError` where `to` cannot be written, another run is writing there, or the scheduler is lost.
    """
    to = Path(to).resolve()
    with _locked(to):
        plan = batches.plan(batches.sources([Path(p) for p in paths]), simplify=simplify)
        finished = {b.key: it for b in plan if (it := batches.done(b, to)) and not 0 < it.limit < limit}
        todo = [b for b in plan if b.key not in finished]
        for name in (*batches.NAMES, ".batches"):
            (to / name).mkdir(exist_ok=True)
        for journal in (to / ".batches").glob("*.reading"):  # of a run that was stopped, and not by a document
            journal.unlink()
        shown = bar(sum(b.size for b in todo)) if bar else None
        fresh = 0
        try:
            for batch, it in _each(todo, to, limit, workers, scheduler):
                finished[batch.key] = it
                fresh += 1
                if shown:
                    shown.update(batch.size)
        except OSError as e:
            said = f"{to}: {e.strerror or e}. What is finished is kept"
            raise CorpusError(f"{said}: make room, or the folder writable, and run it again") from e
        finally:
            if shown:
                shown.close()
        complete = len(finished) == len(plan)
        if complete:
            _tidy(to, set(finished))
        counted = finished.values()
        return Run(len(plan), fresh, sum(d.documents for d in counted), sum(d.failed for d in counted), complete)


@contextmanager
def _locked(to: Path) -> Iterator[None]:
    """The folder, for this run alone; the lock goes with the process, however it ends."""
    try:
        to.mkdir(parents=True, exist_ok=True)
        lock = FileLock(to / ".lock", timeout=0)
        lock.acquire()
    except Timeout as e:
        raise CorpusError(f"{to}: another run is writing there. Wait for it, or choose another folder") from e
    except OSError as e:
        raise CorpusError(f"{to}: {e.strerror or e}. Choose another folder") from e
    try:
        yield
    finally:
        lock.release()


def _each(
    todo: Sequence[Batch], to: Path, limit: float, workers: int | None, scheduler: str | None
) -> Iterator[tuple[Batch, Done]]:
    """Each batch when it is done."""
    if not todo:
        return
    if workers == 0 and scheduler is None:
        yield from ((batch, work(batch, to, 0)) for batch in todo)
        return
    import dask
    from distributed import Client, KilledWorker, LocalCluster, as_completed

    dask.config.set({"distributed.scheduler.allowed-failures": _TRIES, "distributed.scheduler.work-stealing": False})
    here = dict(threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50)
    count = min(workers or os.cpu_count() or 1, len(todo))
    try:
        cluster = None if scheduler else LocalCluster(n_workers=count, **here)
        client = Client(scheduler or cluster, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as e:  # a time-out is an OSError
        raise CorpusError(f"{scheduler}: no Dask scheduler answers there. Check the address") from e
    try:
        futures = {
            client.submit(work, batch, to, limit, key=f"read-{batch.key}", pure=False): batch
            for batch in sorted(todo, key=lambda b: -b.size)
        }
        for future in as_completed(futures, loop=client.loop):
            yield futures[future], future.result()
            future.release()
    except CancelledError as e:
        raise CorpusError("The Dask scheduler was lost. What is finished is kept; run it again") from e
    except KilledWorker as e:
        raise CorpusError(f"Workers died {_TRIES} times in one batch. Give them more memory and run it again") from e
    finally:
        client.close(timeout=5)
        if cluster:
            cluster.close(timeout=5)


def work(batch: Batch, to: Path, limit: float) -> Done:
    """Read and write one batch, wherever it runs. A document that fails is a row of `errors` and costs no other."""
    if batch.rules != batches.rules():
        raise CorpusError("A worker has other rules than this machine. Install the same version of helpers on both")
    with _Journal(to / ".batches" / f"{batch.key}.reading", limit) as journal:
        readings, errors = [], []
        for i, source in enumerate(batch.sources):
            if blame := journal.blame(i):
                errors.append((source, blame))
                continue
            try:
                with journal.at(i):
                    readings.append(batches.reading(source, simplify=batch.simplify))
            except Exception as e:
                errors.append((source, batches.fault(e)))
        return batches.write(batch, to, readings, errors, limit if journal.late else 0)


class _Journal:
    """Notes which document a worker is at, so that the next one knows at which the last one died, and ends a worker
    whose document takes longer than the limit: nothing gentler stops a pattern that runs for ever.
    """

    def __init__(self, path: Path, limit: float) -> None:
        self.path, self.limit = path, limit
        self.deaths: dict[str, int] = {}
        self.late: list[int] = []
        self.now: int | None = None
        self.since = 0.0
        self._over = threading.Event()

    def __enter__(self) -> "_Journal":
        with suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(self.path.read_text(encoding="utf-8"))
            self.deaths, self.late = noted["deaths"], noted["late"]
            if noted["now"] is not None and noted["now"] not in self.late:
                self.deaths[str(noted["now"])] = self.deaths.get(str(noted["now"]), 0) + 1
        if self.limit:
            threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._over.set()
        if kind is None:
            self.path.unlink(missing_ok=True)

    def blame(self, i: int) -> str:
        """Why a document is not tried again; the empty string where it is."""
        if i in self.late:
            return f"took longer than {self.limit:g} seconds. Run it again with a higher --limit"
        if self.deaths.get(str(i), 0) >= _DEATHS:
            return f"{_DEATHS} workers died while reading it. Read it alone on a machine with more memory"
        return ""

    @contextmanager
    def at(self, i: int) -> Iterator[None]:
        self.since, self.now = time.monotonic(), i
        self._note()
        try:
            yield
        finally:
            self.now = None

    def _note(self) -> None:
        self.path.write_text(self._noted(), encoding="utf-8")

    def _noted(self) -> str:
        return json.dumps({"now": self.now, "deaths": self.deaths, "late": self.late})

    def _watch(self) -> None:
        while not self._over.wait(min(1.0, self.limit / 4)):
            if (i := self.now) is not None and time.monotonic() - self.since > self.limit and self.now == i:
                self.late.append(i)
                whole(self.path, self._noted().encode())
                os._exit(1)


def _tidy(to: Path, keys: set[str]) -> None:
    """Remove what earlier runs wrote of batches that are no longer planned, and what died half-written."""
    for name in batches.NAMES:
        for path in (to / name).iterdir():
            if path.name.removeprefix("part-").removesuffix(".parquet") not in keys:
                path.unlink(missing_ok=True)
    for path in (to / ".batches").iterdir():
        if path.name.removesuffix(".json") not in keys:
            path.unlink(missing_ok=True)


def table(to: Path | str, name: str) -> pd.DataFrame:
    """A table of all documents in pandas, document after document. Raises `CorpusError` where no run has written it.

    For more documents than fit into memory open the folder `to/name` with pyarrow.dataset, Polars or DuckDB.
    """
    folder = Path(to) / name
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such table. Read texts into {to} first, with corpus.analyse")
    return tables.frame_of(pq.read_table(folder)).sort_values("doc", kind="stable", ignore_index=True)
