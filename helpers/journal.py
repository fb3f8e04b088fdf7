"""Which document a worker is at, so that the next one knows at which the last one died or ran out of time."""

import faulthandler
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEATHS = 2  # a document at which a worker died so often is left out


class Journal:
    """Notes of one batch in a file beside its marker; they go when the batch is done.

    With a `limit` (seconds, 0: none) a document that takes longer ends its process, by a timer in C: nothing in Python
    could, as a pattern that runs for ever lets no other thread run. A process has one such timer, so a worker reads one
    batch at a time (Dask: one thread a worker).
    """

    def __init__(self, path: Path, limit: float) -> None:
        self.path, self.limit = path, limit
        self._overrun = path.with_suffix(".late")
        self.deaths: dict[int, int] = {}
        self.late: list[int] = []

    def __enter__(self) -> "Journal":
        with suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(self.path.read_text(encoding="utf-8"))
            self.deaths, self.late = {int(i): n for i, n in noted["deaths"].items()}, noted["late"]
            if self._overrun.exists() and self._overrun.stat().st_size:
                self.late.append(noted["now"])
            else:
                self.deaths[noted["now"]] = self.deaths.get(noted["now"], 0) + 1
        self._file = self._overrun.open("w")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is None:
            self.path.unlink(missing_ok=True)
            self._overrun.unlink(missing_ok=True)

    def blame(self, i: int) -> str:
        """Why document `i` is not tried again; the empty string where it is."""
        if i in self.late:
            return f"took longer than {self.limit:g} seconds. Run it again with a higher --limit"
        if self.deaths.get(i, 0) >= DEATHS:
            return f"{DEATHS} workers died while reading it. Read it alone on a machine with more memory"
        return ""

    def note(self, i: int) -> None:
        """Document `i` is next. Raises OSError where that cannot be written: no fault of the document."""
        self.path.write_text(json.dumps({"now": i, "deaths": self.deaths, "late": self.late}), encoding="utf-8")

    @contextmanager
    def timed(self) -> Iterator[None]:
        """What runs in it ends its process when it takes longer than the limit."""
        if self.limit:
            faulthandler.dump_traceback_later(self.limit, exit=True, file=self._file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
