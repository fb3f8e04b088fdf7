"""Documents beside each other: targets by indicator and year, concepts by group, keyness of groups, what is new."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from helpers import keyness, lexicon
from helpers.intervals import byar
from helpers.shares import COUNTED
from helpers.theme_lexicon import FIVE

_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{2,}?(?:自治区|特别行政区|省|市|自治州|州|盟|县|旗|区)")
_NATIONAL: Final = re.compile("国务院|中央")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NEAREST: Final = 200  # the last documents, among which the likest two are looked for
_SERIES: Final = ("place", "measure", "change", "unit")
_SILENT: Final = 20  # years
_VALUE: Final = ("low", "high", "comparator", "text")


class MetadataError(Exception):
    """A metadata file that cannot be used: says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """How indicators are told (`data/lexicon/indicators.yaml`)."""

    fronts: re.Pattern[str]
    change: re.Pattern[str]
    names: Mapping[str, str]
    glosses: Mapping[str, str]


@cache
def indicators() -> Indicators:
    """The forms of indicators. Raises `LexiconError` where the file is missing or no YAML."""
    data = lexicon.read_yaml(lexicon.DATA / "lexicon" / "indicators.yaml")
    either = {kind: "|".join(sorted(data[kind], key=len, reverse=True)) for kind in ("growth", "decline", "level")}
    change = "|".join(f"(?P<{kind}>{words})" for kind, words in either.items())
    return Indicators(
        re.compile(f"(?:{'|'.join(data['fronts'])})+"),
        re.compile(f"(?:年均|实际|累计|同比)?(?:{change})(?:率|幅度|速度)?$"),
        {form: name for name, m in data["measures"].items() for form in m["forms"]},
        {name: m["gloss"] for name, m in data["measures"].items()},
    )


def measure(indicator: str) -> tuple[str, str]:
    """What an indicator measures, under one name in all texts, and whether as `growth`, `decline` or `level`.

    >>> measure("国内生产总值增长"), measure("全省地区生产总值年均增长"), measure("森林覆盖率达到")
    (('生产总值', 'growth'), ('生产总值', 'growth'), ('森林覆盖率', 'level'))
    """
    forms = indicators()
    m, kind = forms.fronts.match(indicator), "level"
    body = (indicator[m.end() :] if m else "") or indicator
    while (m := forms.change.search(body)) and m.start():
        body, kind = body[: m.start()], kind if m.lastgroup == "level" else str(m.lastgroup)
    return forms.names.get(body, body), kind


def describe(documents: pd.DataFrame, metadata: Path | str | None = None) -> pd.DataFrame:
    """What groups and orders documents: `doc`, `year`, `place`, `characters`, from the table `documents` (its date and
    issuer) and, where given, a CSV with a column `doc` and any others, whose cells win.

    Raises `MetadataError` where the file cannot be read, has no `doc`, or names one twice.
    """
    about = documents[["doc", "characters"]].copy()
    about["year"] = documents["date"].str.slice(0, 4).astype("Float64").astype("Int64")
    about["place"] = pd.array([_place(issuer) for issuer in documents["issuer"].fillna("")], "str")
    if metadata is not None:
        given = _given(Path(metadata))
        if not given["doc"].isin(about["doc"]).any():
            there, named = about["doc"].iloc[0], given["doc"].iloc[0] if len(given) else "none"
            raise MetadataError(f"{metadata}: its column doc names no text ({named}). Names look like this: {there}")
        about = about.merge(
            given.drop(columns="characters", errors="ignore"), on="doc", how="left", suffixes=("", "_given")
        )
        for column in ("year", "place"):
            if f"{column}_given" in about:
                own = about.pop(f"{column}_given")
                about[column] = own.where(own.notna(), about[column])
        about["year"] = about["year"].astype("Int64")
    return about.sort_values(["year", "doc"], ignore_index=True, na_position="last")


def _place(issuer: str) -> str | None:
    """Where a text is from: 河北省人民政府 and 中共河北省委 speak for 河北省, the State Council for 全国, a newspaper
    for no place.
    """
    if m := _PLACE.match(issuer.removeprefix("中共")):
        return m.group()
    return "全国" if _NATIONAL.search(issuer) else None


def _given(path: Path) -> pd.DataFrame:
    try:
        given = pd.read_csv(path, dtype={"doc": "str"}, encoding="utf-8-sig").convert_dtypes()
    except (OSError, ValueError) as e:
        raise MetadataError(f"{path}: cannot be read as a CSV ({e}). Save it as UTF-8 CSV with a header row") from e
    if "doc" not in given:
        raise MetadataError(f"{path}: has no column doc. Give each row the name of its text's file, without the suffix")
    if given["doc"].duplicated().any():
        raise MetadataError(
            f"{path}: {given['doc'][given['doc'].duplicated()].iloc[0]} stands there twice. Keep one row"
        )
    if "year" in given:
        year = given["year"].astype("str").str.extract(f"({_YEAR.pattern})", expand=False)  # 2001 and 2001年
        given["year"] = year.astype("Float64").astype("Int64")
    return given


def targets(goals: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Every target with an amount: `measure`, `change` and `unit` say what, `year` when (of the deadline, else of the
    document), and where the document names it twice the first time counts.
    """
    rows = goals[(goals["kind"] == "target") & goals["indicator"].notna() & goals["low"].notna()].copy()
    own = rows["doc"].map(about.set_index("doc")["year"])
    due = rows["deadline"].str.extract(f"({_YEAR.pattern})", expand=False).astype("Float64").astype("Int64")
    rows["year"] = due.where(due.notna(), own).astype("Int64")
    rows["own"] = due.isna() | (due == own)
    named = [len(i) > 1 and not indicators().change.fullmatch(i) for i in rows["indicator"]]  # 增长, 即
    rows = rows[np.array(named, bool)]
    told = [measure(i) for i in rows["indicator"]]
    rows["measure"], rows["change"] = [m for m, _ in told], [c for _, c in told]
    rows["unit"] = rows["unit"].fillna("")
    rows["place"] = rows["doc"].map(about.set_index("doc")["place"])
    columns = ["doc", "place", "measure", "change", "unit", "year", "own", "low", "high", "comparator"]
    columns += ["raw_start", "raw_end", "text"]
    rows = rows.sort_values(["doc", "raw_start"], kind="stable")
    return rows.drop_duplicates(["doc", "measure", "change", "unit", "year"])[columns].reset_index(drop=True)


def national() -> pd.DataFrame:
    """The targets of the national reports of 1955 to 2025 that were at hand, in the columns of `targets` but places in
    the text: figures as the rules read them (`data/reference/make_national_targets.py`), kept as an example.
    """
    found = pd.read_csv(lexicon.DATA / "reference" / "national_targets.tsv", sep="\t", keep_default_na=False)
    return found.astype({"year": "Int64", "own": "bool", "low": float, "high": float}).assign(text="")


def followed(found: pd.DataFrame, least: int = 2) -> pd.DataFrame:
    """Which measures a place has targets of for at least so many years: place, measure, change, unit, years; longest
    first. Only targets for the text's own year: a sum for five years is no point of a yearly series.
    """
    yearly = found[found["own"]].dropna(subset="year")
    grouped = yearly.groupby(list(_SERIES), as_index=False, dropna=False)
    out = grouped.agg(years=("year", "nunique"))
    out["known"] = out["measure"].isin(indicators().glosses)
    order = ["years", "known", *_SERIES]
    out = out[out["years"] >= least].sort_values(order, ascending=[False, False, True, True, True, True])
    return out.drop(columns="known").reset_index(drop=True)


def series(found: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """The yearly targets of the measures and places in `chosen` (rows of `followed`), in that order, since they were
    last taken up after a silence of more than twenty years: what was aimed at in another age is another series.
    """
    of = chosen[list(_SERIES)].merge(found[found["own"]].dropna(subset="year"), on=list(_SERIES))
    years = of.groupby(list(_SERIES), dropna=False)["year"]
    since = years.transform(lambda y: (s := np.unique(y))[np.flatnonzero(np.diff(s, prepend=0) > _SILENT)[-1]])
    return of[of["year"] >= since].reset_index(drop=True)


def largest_move(found: pd.DataFrame) -> pd.Series | None:
    """Of some `series` the one whose number changed most, relatively, between its first and its last year: place,
    measure, change, unit, first_year, first, last_year, last. None where no series has two years.
    """
    rows = []
    for key, of in found.groupby(list(_SERIES), dropna=False, sort=False):
        of = of.assign(middle=(of["low"] + of["high"]) / 2).sort_values("year")
        first, last = of.iloc[0], of.iloc[-1]
        if last["year"] > first["year"] and first["middle"]:
            rows.append((*key, first["year"], first["middle"], last["year"], last["middle"]))
    moves = pd.DataFrame(rows, columns=[*_SERIES, "first_year", "first", "last_year", "last"])
    return moves.loc[(moves["last"] / moves["first"] - 1).abs().astype(float).idxmax()] if len(moves) else None


def changes(found: pd.DataFrame, earlier: str, later: str) -> pd.DataFrame:
    """What is new in one document against another, from the table of `targets`: each target as raised, lowered, widened
    (a range that moved both ways), kept, added or dropped, by the number that is said; a larger decrease is raised.

    Targets for the document's own year are compared with each other, those for a later year by that year.
    Raises `ValueError` where a document has no target with an amount.
    """
    for doc in (earlier, later):
        if doc not in set(found["doc"]):
            there = "、".join(found["doc"].drop_duplicates().tail(5))
            raise ValueError(
                f"{doc} has no target with an amount, or is no text read here. Texts with targets: … {there}"
            )
    key = ["measure", "change", "unit", "due"]
    sides = []
    for doc in (earlier, later):
        rows = found[found["doc"] == doc].copy()
        rows["due"] = rows["year"].where(~rows["own"]).astype("Int64").astype("str").where(~rows["own"], "own year")
        sides.append(rows.drop_duplicates(key).set_index(key)[list(_VALUE)])
    both = sides[0].add_suffix("_before").join(sides[1].add_suffix("_now"), how="outer").reset_index()
    both["status"] = [_moved(row) for row in both.itertuples()]
    order = ["raised", "lowered", "widened", "added", "dropped", "kept"]
    both["status"] = pd.Categorical(both["status"], order, ordered=True)
    columns = ["status", *key, *(f"{c}_{when}" for when in ("before", "now") for c in _VALUE)]
    return both.sort_values(["status", "measure", "due"], kind="stable", ignore_index=True)[columns]


def likest(found: pd.DataFrame, about: pd.DataFrame) -> list[str]:
    """The two documents that share most targets, the earlier one first; of equal ones the latest. Empty where no two
    share one.
    """
    docs = [d for d in about["doc"] if d in set(found["doc"])][-_NEAREST:]
    if len(docs) < 2:
        return []
    named = found.assign(key=found["measure"] + found["change"] + found["unit"]).groupby("doc")["key"].agg(set)
    pairs = ((len(named[a] & named[b]), j, i) for j, b in enumerate(docs) for i, a in enumerate(docs[:j]))
    shared, j, i = max(pairs)
    return [docs[i], docs[j]] if shared else []


def _moved(row: tuple) -> str:
    if pd.isna(row.low_before):
        return "added"
    if pd.isna(row.low_now):
        return "dropped"
    low, high = row.low_now - row.low_before, row.high_now - row.high_before
    if low == high == 0:
        return "kept"
    return "raised" if min(low, high) >= 0 else "lowered" if max(low, high) <= 0 else "widened"


def concepts(mentions: pd.DataFrame, about: pd.DataFrame, by: str = "year") -> pd.DataFrame:
    """How often each concept is spoken of per 10,000 characters of text, for each group of documents: `by` a column of
    `about`; count, documents and characters of the group; `low`, `high`: 95 % interval of the rate (`intervals.byar`).

    The interval takes mentions for independent. They come in clusters, so that it is narrower than the truth.
    """
    groups = about.dropna(subset=by).groupby(by).agg(documents=("doc", "nunique"), characters=("characters", "sum"))
    counted = mentions[mentions["kind"].isin(COUNTED) & mentions["concept"].isin(FIVE)]
    group = counted["doc"].map(about.set_index("doc")[by])
    count = counted.groupby([group, counted["concept"]]).size()
    rows = [
        (value, concept, g.documents, g.characters, int(count.get((value, concept), 0)))
        for value, g in zip(groups.index, groups.itertuples(), strict=True)
        for concept in FIVE
    ]
    out = pd.DataFrame(rows, columns=[by, "concept", "documents", "characters", "count"])
    out["per_10k"] = out["count"] / out["characters"] * 1e4
    ends = [byar(n) for n in out["count"]]
    for i, end in enumerate(("low", "high")):
        out[end] = [e[i] for e in ends] / out["characters"] * 1e4
    return out


def moved(rates: pd.DataFrame, by: str = "year") -> pd.Series | None:
    """Of the `concepts` the one whose rate changed most between the first and the last group (of names, which have no
    order: between the lowest and the highest), where the two intervals do not meet: concept, first, last, before, now.
    None where no concept's intervals stand apart.
    """
    rows = []
    for concept, of in rates.groupby("concept", sort=False):
        of = of.sort_values(by if pd.api.types.is_numeric_dtype(of[by]) else ["per_10k", by])
        first, last = of.iloc[0], of.iloc[-1]
        if first["high"] < last["low"] or last["high"] < first["low"]:
            rows.append((concept, first[by], last[by], first["per_10k"], last["per_10k"]))
    moves = pd.DataFrame(rows, columns=["concept", "first", "last", "before", "now"])
    return moves.loc[(moves["now"] - moves["before"]).abs().astype(float).idxmax()] if len(moves) else None


def words(terms: pd.DataFrame, about: pd.DataFrame, by: str, one: object, other: object = None) -> pd.DataFrame:
    """Keyness of one group of documents against another (else against all others), for every word of either: the
    columns of `keyness.keyness`, and `documents`: in how many of the group's the word stands. A word of a single
    document tells of that alone.

    Raises `ValueError` where a group has no document.
    """
    value = terms["doc"].map(about.set_index("doc")[by])
    mine = value == one
    theirs = (value == other) if other is not None else (value.notna() & ~mine)
    for group, name in ((mine, one), (theirs, "the others" if other is None else other)):
        if not group.any():
            there = ", ".join(map(str, sorted(about[by].dropna().unique())))
            raise ValueError(f"no document where {by} is {name}. There are: {there}")
    against = terms[theirs].groupby("word")["count"].sum().to_dict()
    counts = dict.fromkeys(against, 0) | terms[mine].groupby("word")["count"].sum().to_dict()
    reference = keyness.Reference(str(other), against, _running(terms[theirs]))
    out = keyness.keyness(counts, _running(terms[mine]), reference)
    standing = out["word"].map(terms[mine].groupby("word")["doc"].nunique()).fillna(0).astype(int)
    return out.assign(documents=standing)


def _running(terms: pd.DataFrame) -> int:
    """Running words of the documents of some terms: every rate per 10,000 has them as its base."""
    first = terms.drop_duplicates("doc")
    return round(float((first["count"] / first["per_10k"] * 1e4).sum()))
