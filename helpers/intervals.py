"""How far a share may be trusted: interval estimates."""

from dataclasses import dataclass
from typing import Final

# standard normal quantiles
_NORMAL: Final = {0.9: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004}


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the ends of its interval, each between 0 and 1."""

    share: float
    low: float
    high: float


def wilson(hits: int, total: int, confidence: float = 0.95) -> Interval:
    """The score interval of a share (E. B. Wilson, 1927, JASA 22: 209-212), without continuity correction.

    `confidence` is 0.9, 0.95 or 0.99. With nothing counted the share is not defined: `nan`, between 0 and 1.
    Raises `ValueError` where `hits` is negative or more than `total`, or for another confidence.

    >>> wilson(5, 15)                                                # 绿色: 5 of 15 mentions
    Interval(share=0.3333333333333333, low=0.1517632443971473, high=0.5828645226148023)
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is no share")
    if confidence not in _NORMAL:
        raise ValueError(f"confidence is one of {', '.join(map(str, _NORMAL))}, not {confidence}")
    if not total:
        return Interval(float("nan"), 0.0, 1.0)
    z2 = _NORMAL[confidence] ** 2
    p = hits / total
    centre = (p + z2 / (2 * total)) / (1 + z2 / total)
    half = (z2 * (p * (1 - p) / total + z2 / (4 * total * total))) ** 0.5 / (1 + z2 / total)
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    return Interval(p, low, 1.0 if hits == total else min(1.0, centre + half))


def byar(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """The ends of an interval for the expectation of a Poisson count: Byar's approximation to the exact one (N. E.
    Breslow and N. E. Day, 1987, Statistical Methods in Cancer Research II, p. 69). Divide by the size for a rate.

    Raises `ValueError` where `count` is negative, or for another confidence than 0.9, 0.95 and 0.99.

    >>> [round(end, 2) for end in byar(10)]
    [4.79, 18.39]
    """
    if count < 0:
        raise ValueError(f"{count} is no count")
    if confidence not in _NORMAL:
        raise ValueError(f"confidence is one of {', '.join(map(str, _NORMAL))}, not {confidence}")
    z = _NORMAL[confidence]
    more = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3 if count else 0.0
    return max(0.0, low), more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3
