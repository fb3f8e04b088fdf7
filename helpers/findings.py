"""What a comparison of documents shows, said in a sentence: the reading of a figure, its headline in both languages."""

from typing import NamedTuple

import pandas as pd

from helpers import comparing, readable
from helpers.style import CONCEPT_GLOSS


class Finding(NamedTuple):
    """The printed reading of a figure and its headline."""

    reading: str
    headline: str
    chinese: str


def of_concepts(rates: pd.DataFrame, by: str) -> Finding:
    """Which concept moved most between the first and the last group, or that none did beyond its interval.

    >>> row = {"per_10k": 2.0, "low": 1.0, "high": 3.0}
    >>> of_concepts(pd.DataFrame([{"year": y, "concept": "绿色", **row} for y in (2001, 2020)]), "year").reading
    "From year 2001 to 2020 no concept's rate moves beyond its interval."
    """
    move, ordered = comparing.moved(rates, by), pd.api.types.is_numeric_dtype(rates[by])
    ends = f"From {by} {rates[by].min()} to {rates[by].max()}" if ordered else f"From {by} to {by}"
    if move is None:
        none = "Between first and last" if ordered else f"Between one {by} and another"
        chinese = "首尾之间，各理念的变化均未超出误差区间" if ordered else "各组之间，各理念的差异均未超出误差区间"
        headline = f"{none} no concept moves beyond its interval"
        return Finding(f"{ends} no concept's rate moves beyond its interval.", headline, chinese)
    name = f"{CONCEPT_GLOSS[move['concept']]} {move['concept']}"
    before, now = f"{move['before']:.1f}", f"{move['now']:.1f}"
    if not ordered:
        told = f"{before} in {move['first']}, {now} in {move['last']}"
        chinese = f"{move['concept']}差异最大：每万字{move['first']}{before}次，{move['last']}{now}次"
        reading = f"{ends} {name} differs most: {told}, in mentions per 10,000 characters."
        return Finding(reading, f"{name.capitalize()} differs most: {told}", chinese)
    reading = f"{ends} {name} moves most: {before} to {now} mentions per 10,000 characters."
    chinese = f"{move['concept']}变化最大：每万字由{before}次到{now}次"
    return Finding(reading, f"{name.capitalize()} moves most: {before} to {now} per 10,000 characters", chinese)


def of_series(series: pd.DataFrame) -> Finding:
    """Which of some yearly series of targets moved most, from which year to which."""
    move = comparing.largest_move(series)
    if move is None:
        none = "No target comes back in another year"
        return Finding(f"{none}: nothing moves.", none, "没有目标在另一年再次提出")
    gloss = comparing.indicators().glosses.get(move["measure"], move["measure"])
    ends = [readable.amount(move[end], None, move["unit"], notation=readable.CHINESE) for end in ("first", "last")]
    told = f"{ends[0]} in {move['first_year']} to {ends[1]} in {move['last_year']}"
    chinese = f"{move['measure']}变化最大：由{move['first_year']}年的{ends[0]}到{move['last_year']}年的{ends[1]}"
    reading = f"Of what is shown, {move['measure']} ({gloss}) moves most: {told}; a year without a target is a gap."
    return Finding(reading, f"{gloss[0].upper()}{gloss[1:]}: {told}", chinese)


def of_changes(changes: pd.DataFrame, earlier: str, later: str) -> Finding:
    """How many targets were raised, lowered, named anew, dropped and kept."""
    counted = changes["status"].value_counts(sort=False)
    told = ", ".join(f"{n} {status}" for status, n in counted[counted > 0].items())
    words = {
        "raised": "提高",
        "lowered": "降低",
        "widened": "放宽",
        "added": "新提",
        "dropped": "不再提",
        "kept": "不变",
    }
    chinese = "，".join(f"{words[str(status)]}{n}项" for status, n in counted[counted > 0].items())
    return Finding(
        f"{later} against {earlier}: {told}.", f"{later} against {earlier}: {told}", f"对照前一篇：{chinese}"
    )
