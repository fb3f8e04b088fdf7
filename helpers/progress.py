"""A progress bar for notebooks that leaves nothing behind."""

from typing import Final

from IPython.display import display
from tqdm import tqdm

_EMPTY: Final = {"text/plain": ""}


class Progress(tqdm):
    """Bytes read, rate and remaining time, in one line of the cell that is empty again when all is done.

    tqdm's own notebook bar stands still in a rendered notebook, and its plain one writes to standard error.
    """

    def __init__(self, size: int) -> None:
        self._line = display(_EMPTY, raw=True, display_id=True)
        super().__init__(total=size, unit="B", unit_scale=True, file=_Nowhere(), ncols=70)

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        self._line.update({"text/plain": str(self if msg is None else msg)}, raw=True)

    def close(self) -> None:
        super().close()
        self._line.update(_EMPTY, raw=True)


class _Nowhere:
    def write(self, _: str) -> None: ...

    def flush(self) -> None: ...
