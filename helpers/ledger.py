"""The ledger of repairs: single changes, and the map between a raw text and its repaired form."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
_FEW = 20  # spans that are mapped sooner one by one than as columns


class Edit(NamedTuple):
    """A change that a pass wants: `text[start:end]` becomes `after`. Not certain: reported only, nothing changes."""

    start: int
    end: int
    after: str
    kind: str
    reason: str
    certain: bool = True


class Repair(NamedTuple):
    """One line of the ledger, in raw offsets: `before` stood there, `after` stands in the repaired text."""

    kind: str
    raw_start: int
    raw_end: int
    before: str
    after: str
    reason: str
    certain: bool = True


class Alignment:
    """The map between a raw text and its repaired form, given the certain repairs in order and without overlap.

    >>> a = Alignment([Repair("break", 1, 3, "\\n\\n", "", "")])      # 大⏎⏎文章 → 大文章
    >>> a.to_raw(0, 3), a.to_raw(1, 3), a.to_text(3)
    ((0, 5), (3, 5), 1)
    """

    def __init__(self, repairs: Sequence[Repair]) -> None:
        self.raw: list[tuple[int, int]] = [(r.raw_start, r.raw_end) for r in repairs]
        self.text: list[tuple[int, int]] = []
        shift = 0
        for r in repairs:
            start = r.raw_start + shift
            self.text.append((start, start + len(r.after)))
            shift += len(r.after) - (r.raw_end - r.raw_start)
        self._text_ends = [end for _, end in self.text]

    @cached_property
    def _text_starts(self) -> list[int]:
        return [start for start, _ in self.text]

    @cached_property
    def _raw_ends(self) -> list[int]:
        return [end for _, end in self.raw]

    def passed(self, position: int, first: int = 0) -> int:
        """How many repairs end at or before a position of the text; `first`: so many are known to."""
        return bisect_right(self._text_ends, position, first)

    def _first(self, position: int) -> int:
        """Raw offset at which the character at `position` begins."""
        i = bisect_right(self._text_ends, position)
        if i < len(self.text) and self.text[i][0] <= position:
            return self._inside(i, position, 0)
        return position + (self.raw[i - 1][1] - self.text[i - 1][1] if i else 0)

    def _last(self, position: int) -> int:
        """Raw offset at which the character before `position` ends."""
        i = bisect_left(self._text_starts, position)
        if i and self.text[i - 1][1] >= position and self.text[i - 1][0] < position:
            return self._inside(i - 1, position, 1)
        return position + (self.raw[i - 1][1] - self.text[i - 1][1] if i else 0)

    def _inside(self, i: int, position: int, end: int) -> int:
        """A replacement of equal length maps character by character, any other as a whole."""
        (start, stop), (raw_start, raw_stop) = self.text[i], self.raw[i]
        if stop - start == raw_stop - raw_start:
            return raw_start + position - start
        return (raw_start, raw_stop)[end]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of `text[start:end]`; what was removed at its two edges stays outside."""
        first = self._first(start)
        return (first, self._last(end)) if end > start else (first, first)

    def to_raw_each(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """`to_raw` of many spans at once, as columns."""
        if not self.text:
            return starts, ends
        if len(starts) < _FEW:
            pairs = [self.to_raw(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
            return np.array([a for a, _ in pairs], int), np.array([b for _, b in pairs], int)
        raw, text = np.array(self.raw), np.array(self.text)
        same = (raw[:, 1] - raw[:, 0]) == (text[:, 1] - text[:, 0])
        shift = np.array([0, *(raw[:, 1] - text[:, 1])])

        def mapped(position: Ints, i: Ints, j: Ints, inside: NDArray[np.bool_], side: int) -> Ints:
            character = raw[j, 0] + position - text[j, 0]
            return np.where(inside, np.where(same[j], character, raw[j, side]), position + shift[i])

        i = np.searchsorted(text[:, 1], starts, side="right")
        j = np.minimum(i, len(text) - 1)
        first = mapped(starts, i, j, (i < len(text)) & (text[j, 0] <= starts), 0)
        i = np.searchsorted(text[:, 0], ends, side="left")
        j = np.maximum(i - 1, 0)
        last = mapped(ends, i, j, (i > 0) & (text[j, 1] >= ends) & (text[j, 0] < ends), 1)
        return first, np.where(ends > starts, last, first)

    def to_text(self, position: int) -> int:
        """The repaired offset of a raw offset; inside a repair, the start of what replaced it."""
        i = bisect_right(self._raw_ends, position)
        if i < len(self.raw) and self.raw[i][0] <= position:
            (start, stop), (raw_start, raw_stop) = self.text[i], self.raw[i]
            return start + (position - raw_start if stop - start == raw_stop - raw_start else 0)
        return position + (self.text[i - 1][1] - self.raw[i - 1][1] if i else 0)
