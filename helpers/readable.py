"""An amount as a reader takes it in: sign, number with its magnitude, unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

_SIGN: Final[Mapping[str, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers are written: from which size on by which magnitude, with how many digits, and what stands between."""

    magnitudes: tuple[tuple[float, str], ...]
    digits: int
    gap: str


ENGLISH: Final = Notation(((1e12, " trillion"), (1e9, " billion"), (1e6, " million")), 12, " ")
CHINESE: Final = Notation(((1e12, "万亿"), (1e8, "亿"), (1e4, "万")), 6, "")  # close, for figures


def number(value: float, notation: Notation = ENGLISH) -> str:
    """A number with its magnitude.

    >>> number(5.4e13), number(11e6), number(8300), number(6.5), number(5.4e13, CHINESE)
    ('54 trillion', '11 million', '8,300', '6.5', '54万亿')
    """
    size, name = next((m for m in notation.magnitudes if abs(value) >= m[0]), (1, ""))
    return f"{value / size:,.{notation.digits}g}{name}"


def sign(comparator: Any, notation: Notation = ENGLISH) -> str:
    """The sign of a comparator as tables have it, with what stands behind it; empty for `=`, a range, none.

    >>> sign(">="), sign("~", CHINESE), sign("="), sign(None)
    ('≥ ', '≈', '', '')
    """
    return _SIGN[comparator] + notation.gap if isinstance(comparator, str) and comparator in _SIGN else ""


def amount(low: Any, high: Any, unit: Any, comparator: Any = None, notation: Notation = ENGLISH) -> str:
    """An amount or a range; empty where neither end is stated.

    >>> amount(1.2e7, 1.2e7, "人", ">="), amount(1.2e7, 1.2e7, "人", ">=", CHINESE), amount(6, 6.5, "%", "range")
    ('≥ 12 million 人', '≥1,200万人', '6–6.5 %')
    """
    ends = [number(v, notation) for v in (low, high) if pd.notna(v)]
    if not ends:
        return ""
    behind = notation.gap + unit if isinstance(unit, str) and unit else ""
    return f"{sign(comparator, notation)}{'–'.join(dict.fromkeys(ends))}{behind}"
