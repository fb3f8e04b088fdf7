"""Read many documents on Dask: batches to workers, Parquet from there; nothing done twice, nothing half done."""

import os
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import pandas as pd
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from helpers import batches, tables
from helpers.batches import Batch, Done
from helpers.decode import FORMATS
from helpers.files import whole
from helpers.journal import DEATHS, Journal

LIMIT: Final = 300.0  # seconds that one document may take
# what a run puts into the folder of a table: parts, and parts that were being written when the machine stopped
_OURS: Final = re.compile(r"(?P<half>\.)?part-(?P<key>[0-9a-f]{24})\.parquet(?(half)\.\w+\.part)")


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
    limit), or to the Dask `scheduler` at an address, whose workers see the same folders and read with one thread each.
    A second run does only what is not done: files that changed, and everything when the rules did. The bytes written
    depend on texts and rules alone. What an earlier run wrote of texts that are no longer in `paths` is removed when
    all is done. `bar` is called with the bytes to read and gives what shows progress. An interrupt leaves finished
    batches. A script that calls this needs `if __name__ == "__main__":`, since Dask starts the workers afresh.

    Raises `CorpusError` where a path does not exist, no text is there, `to` cannot be written or holds what no run has
    written, another run is writing there, or the scheduler is lost.
    """
    to = Path(to).resolve()
    paths = [Path(p) for p in paths]
    for path in paths:
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder. Check the path")
    with _locked(to):
        _foreign(to)
        plan = batches.plan(batches.sources(paths), simplify=simplify)
        if not plan:
            said = ", ".join(map(str, paths))
            raise CorpusError(f"{said}: no text there. Give a folder with {', '.join(FORMATS)} files")
        known = {b.key: it for b in plan if (it := batches.done(b, to))}
        finished = {key: it for key, it in known.items() if not (it.limit and (not limit or limit > it.limit))}
        todo = [b for b in plan if b.key not in finished]
        token = _begin(to)
        shown = bar(sum(b.size for b in todo)) if bar else None
        try:
            for batch, it in _each(todo, to, token, limit, workers, scheduler):
                if not batches.done(batch, to):
                    raise CorpusError(
                        f"{to}: the workers write elsewhere. Give a folder that they and this machine share"
                    )
                finished[batch.key] = it
                if shown:
                    shown.update(batch.size)
        except OSError as e:
            said = f"{to}: {e.strerror or e}. What is finished is kept"
            raise CorpusError(f"{said}: make room, or the folder writable, and run it again") from e
        finally:
            if shown:
                shown.close()
        _tidy(to, set(finished))
        counted = finished.values()
        return Run(len(plan), len(todo), sum(d.documents for d in counted), sum(d.failed for d in counted))


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


def _foreign(to: Path) -> None:
    """Refuse a folder in which the name of a table already means something else."""
    for name in batches.NAMES:
        for path in (to / name).iterdir() if (to / name).is_dir() else ():
            if not _OURS.fullmatch(path.name):
                raise CorpusError(
                    f"{path}: not of a run's making, where the table {name} is to stand. Choose another folder"
                )


def _begin(to: Path) -> str:
    """The folders; a new sign of this run, without which a worker of an older one writes no more. What a run that was
    stopped noted of its documents goes: it was stopped by somebody, and not by them.
    """
    token = uuid.uuid4().hex
    try:
        for name in (*batches.NAMES, ".batches"):
            (to / name).mkdir(exist_ok=True)
        for left in (*(to / ".batches").glob("*.reading"), *(to / ".batches").glob("*.late")):
            left.unlink()
        whole(to / ".batches" / "run", token.encode())
    except OSError as e:
        raise CorpusError(f"{to}: {e.strerror or e}. Make room, or choose another folder") from e
    return token


def _each(
    todo: Sequence[Batch], to: Path, token: str, limit: float, workers: int | None, scheduler: str | None
) -> Iterator[tuple[Batch, Done]]:
    """Each batch when it is done."""
    if not todo:
        return
    if workers == 0 and scheduler is None:
        yield from ((batch, work(batch, to, token, 0)) for batch in todo)
        return
    from distributed import KilledWorker, as_completed

    with _client(workers, len(todo), scheduler) as client:

        def submit(batch: Batch, attempt: int) -> Any:
            key = f"read-{batch.key}-{token}-{attempt}"
            return client.submit(work, batch, to, token, limit, key=key, pure=False)

        futures = {submit(b, 0): (b, 0) for b in sorted(todo, key=lambda b: -b.size)}
        results = as_completed(futures, loop=client.loop)
        try:
            for future in results:
                batch, attempt = futures.pop(future)
                try:
                    yield batch, future.result()
                except KilledWorker as e:  # each poisoned text costs some workers; Dask gives a batch up after a few
                    if attempt > DEATHS * len(batch.sources):
                        why = f"workers die in the batch of {batch.sources[0].shown}. Give them more memory and run it again"
                        raise CorpusError(f"{to}: {why}") from e
                    again = submit(batch, attempt + 1)
                    futures[again] = batch, attempt + 1
                    results.add(again)
        except CancelledError as e:
            raise CorpusError("The Dask scheduler was lost. What is finished is kept; run it again") from e


@contextmanager
def _client(workers: int | None, most: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the scheduler at an address, or of as many worker processes of this machine as there is work for."""
    import dask
    from distributed import Client, LocalCluster

    here = dict(threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50)
    with dask.config.set({"distributed.scheduler.work-stealing": False}):
        cluster = None if scheduler else LocalCluster(n_workers=min(workers or os.cpu_count() or 1, most), **here)
        try:
            client = Client(scheduler or cluster, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as e:  # a time-out is an OSError
            raise CorpusError(f"{scheduler}: no Dask scheduler answers there. Check the address") from e
        try:
            yield client
        finally:
            client.close(timeout=5)
            if cluster:
                cluster.close(timeout=5)


def work(batch: Batch, to: Path, token: str, limit: float) -> Done:
    """Read and write one batch, wherever it runs. A document that fails is a row of `errors` and costs no other."""
    if batch.rules != batches.rules():
        raise CorpusError("A worker has other rules than this machine. Install the same version of helpers on both")
    with Journal(to / ".batches" / f"{batch.key}.reading", limit) as journal:
        readings, errors = [], []
        for i, source in enumerate(batch.sources):
            if blame := journal.blame(i):
                errors.append((source, blame))
                continue
            journal.note(i)
            try:
                with journal.timed():
                    readings.append(batches.reading(source, simplify=batch.simplify))
            except Exception as e:
                errors.append((source, batches.fault(e)))
        if (to / ".batches" / "run").read_bytes() != token.encode():
            raise CorpusError(f"{to}: a newer run is writing there; this one gives up")
        return batches.write(batch, to, readings, errors, limit if journal.late else 0)


def _tidy(to: Path, keys: set[str]) -> None:
    """Remove what earlier runs wrote of batches that are no longer planned, and what died half-written; no other file."""
    for name in batches.NAMES:
        for path in (to / name).iterdir():
            if (ours := _OURS.fullmatch(path.name)) and (ours["half"] or ours["key"] not in keys):
                path.unlink(missing_ok=True)
    for path in (to / ".batches").glob("*.json"):
        if path.stem not in keys:
            path.unlink(missing_ok=True)


def table(to: Path | str, name: str) -> pd.DataFrame:
    """A table of all documents in pandas, document after document. Raises `CorpusError` where no run has written it.

    For more documents than fit into memory open the folder `to/name` with pyarrow.dataset, Polars or DuckDB.
    """
    folder = Path(to) / name
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such table. Read texts into {to} first, with corpus.analyse")
    return tables.frame_of(pq.read_table(folder)).sort_values("doc", kind="stable", ignore_index=True)
