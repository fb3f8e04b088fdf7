"""A progress bar for notebooks that leaves nothing behind."""

from IPython.display import Markdown, display
from tqdm import tqdm


class Progress(tqdm):
    """Bytes read, rate and remaining time, in one line of the cell that is empty again when all is done.

    tqdm's own notebook bar stands still in a rendered notebook, and its plain one writes to standard error.
    """

    def __init__(self, size: int) -> None:
        self._line = display(Markdown(""), display_id=True)
        super().__init__(total=size, unit="B", unit_scale=True, file=_Nowhere(), ncols=70)

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        self._line.update(Markdown(f"`{self if msg is None else msg}`"))

    def close(self) -> None:
        super().close()
        self._line.update(Markdown(""))


class _Nowhere:
    def write(self, _: str) -> None: ...

    def flush(self) -> None: ...
