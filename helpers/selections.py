"""What an analyst picks out of a reading: the places of a term, a concept, a kind of goal; a part of the goal tree.

Kinds of goals are those that figures show (`results.shown`): a target is one that could be checked.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import pandas as pd

from helpers import views
from helpers.counts import concordance
from helpers.document import Document
from helpers.results import shown

ANY: Final = "any"
EVERYWHERE: Final = -1  # as a section: all of them. A menu shows nothing for None
_WHOLE: Final = 10_000  # wide enough for the whole of a sentence
_PLACES: Final = (
    *("doc", "section", "sentence", "start", "end", "raw_start", "raw_end", "text", "left", "right"),
    *("in_sentence", "goal", "goal_kind", "goal_text"),
)
SAID: Final = ("named", "statement", "keyword")


def places(
    document: Document, goals: pd.DataFrame, spans: Iterable[tuple[int, int]], section: int = EVERYWHERE
) -> pd.DataFrame:
    """One row for each span: where it stands, what is around it, its sentence, and the goal that it belongs to.

    `goal` is the id of the narrowest row of the table `goals` that holds the whole span; empty where none does.
    `section` keeps the places of one section.

    >>> from helpers.document import from_text
    >>> from helpers import tables
    >>> d = from_text("会议强调,要突出绿色发展。绿色产业较快增长。")
    >>> goals = tables.of(d)["goals"]
    >>> places(d, goals, [(8, 10), (13, 15)])[["in_sentence", "goal_text"]].fillna("").values.tolist()
    [['会议强调,要突出【绿色】发展。', '要突出绿色发展'], ['【绿色】产业较快增长。', '']]
    """
    nodes = shown(goals)[["id", "kind", "text", "start", "end"]].astype(object).values.tolist()
    rows = []
    for start, end in spans:
        s = document.sentence_at(start)
        if section not in (EVERYWHERE, s.section):
            continue
        holding = [n for n in nodes if n[3] <= start and end <= n[4]]
        goal = min(holding, key=lambda n: n[4] - n[3])[:3] if holding else [None] * 3
        around = document.text[s.start : start], document.text[end : s.end]
        whole = views.context(document, start, end, _WHOLE)
        here = (s.section, s.id, start, end, *document.raw_span(start, end), document.text[start:end])
        rows.append((document.name, *here, *around, whole, *goal))
    return pd.DataFrame(rows, columns=list(_PLACES))


def of_term(document: Document, goals: pd.DataFrame, phrase: str, section: int = EVERYWHERE) -> pd.DataFrame:
    """The places of a word or phrase, counted in the characters: also inside a longer word."""
    found = concordance(document, phrase.strip())
    return places(document, goals, found[["start", "end"]].values.tolist(), section)


def of_concept(
    document: Document,
    goals: pd.DataFrame,
    mentions: pd.DataFrame,
    concept: str,
    kinds: Collection[str] = (*SAID, "indicator"),
    section: int = EVERYWHERE,
) -> pd.DataFrame:
    """The mentions of a concept that are of some kinds, each with the rule that decided."""
    chosen = mentions[(mentions["concept"] == concept) & mentions["kind"].isin(list(kinds))]
    out = places(document, goals, chosen[["start", "end"]].values.tolist(), section)
    why = chosen.drop_duplicates(["start", "end"]).set_index(["start", "end"])[["kind", "rule"]]
    return out.join(why, on=["start", "end"])


def of_section(document: Document, read: Mapping[str, pd.DataFrame], section: int) -> pd.DataFrame:
    """The sentences of a section, amounts and mentions of the concepts marked, with the goals that begin in each."""
    goals, mentions = shown(read["goals"]), read["mentions"]
    marks = pd.concat([read["quantities"], mentions[mentions["kind"] != "excluded"]])[["start", "end"]]
    rows = []
    for s in (s for s in document.sentences if s.section == section):
        inside = [(a, b) for a, b in marks.astype(int).values.tolist() if s.start <= a and b <= s.end]
        here = goals[(goals["start"] >= s.start) & (goals["start"] < s.end)]
        kinds = ", ".join(f"{n} {kind}" for kind, n in here["kind"].value_counts().items())
        said = mentions[(mentions["start"] >= s.start) & (mentions["start"] < s.end)]["concept"]
        text = _marked(document, s.start, s.end, inside)
        rows.append((document.name, s.id, *document.raw_span(s.start, s.end), text, kinds, "、".join(said.unique())))
    return pd.DataFrame(rows, columns=["doc", "sentence", "raw_start", "raw_end", "in_sentence", "goals", "concepts"])


def _marked(document: Document, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """A stretch of text with spans in 【】; where two overlap, the first and longer one."""
    out, at = [], start
    for a, b in sorted(spans, key=lambda s: (s[0], -s[1])):
        if a >= at:
            out.append(f"{document.text[at:a]}【{document.text[a:b]}】")
            at = b
    return "".join(out) + document.text[at:end]


def in_sentences(document: Document, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table with places, each with its sentence, in which its words stand in 【】.

    >>> from helpers.document import from_text
    >>> d = from_text("会议强调,要突出绿色发展。")
    >>> in_sentences(d, pd.DataFrame({"start": [5], "end": [12]}))["in_sentence"].tolist()
    ['会议强调,【要突出绿色发展】。']
    """
    spans = rows[["start", "end"]].astype(int).values.tolist()
    return rows.assign(in_sentence=[views.context(document, start, end, _WHOLE) for start, end in spans])


def section_names(sections: pd.DataFrame) -> list[tuple[str, int]]:
    """Each section as a reader knows it, with its id: its number, who speaks in it, how it begins."""
    who = [f if isinstance(f, str) else k for f, k in zip(sections["frame"], sections["kind"])]
    rows = zip(sections["id"], who, sections["text"])
    return [(f"§{i} {name} · {text[:12].strip()}…", int(i)) for i, name, text in rows]


def told(hits: pd.DataFrame, what: str, sections: pd.DataFrame) -> str:
    """A selection in a sentence: how many places, in how many sections, how many of them inside a goal."""
    if hits.empty:
        return f"{what}: nothing found here."
    places_, inside = (f"{len(hits)} places" if len(hits) > 1 else "1 place"), int(hits["goal_kind"].notna().sum())
    kinds = ", ".join(f"{n} {kind}" for kind, n in hits["goal_kind"].value_counts().items())
    goal = f"{inside} inside a goal ({kinds})" if inside else "none inside a goal"
    return f"{what}: {places_} in {hits['section'].nunique()} of {len(sections)} sections, {goal}."


def told_goals(rows: pd.DataFrame, goals: pd.DataFrame) -> str:
    """The wanted rows of an outline in a sentence."""
    wanted = rows[rows["wanted"]]
    if goals.empty:
        return "This text sets no goal: it reports or describes."
    if wanted.empty:
        return f"0 of {len(goals)} goals are as asked for: ask for less."
    kinds = ", ".join(f"{n} {kind}" for kind, n in shown(wanted)["kind"].value_counts().items())
    dated, amounts = int(wanted["deadline"].notna().sum()), int(wanted["low"].notna().sum())
    return f"{len(wanted)} of {len(goals)} goals ({kinds}); {dated} with a deadline, {amounts} with an amount."


def chosen(
    goals: pd.DataFrame,
    kinds: Collection[str] = (),
    deadline: str = ANY,
    concept: str = ANY,
    text: str = "",
    section: int = EVERYWHERE,
) -> pd.Series:
    """Which rows of the goal tree are wanted; nothing asked for is everything.

    `deadline` is `any`, `dated`, `undated` or a date as the table has it; `concept` is `any` or one of the concepts;
    `text` stands in the row's text or indicator.
    """
    keep = pd.Series(True, index=goals.index)
    if kinds:
        keep &= shown(goals)["kind"].isin(list(kinds))
    if deadline != ANY:
        dated = goals["deadline"].notna()
        keep &= {"dated": dated, "undated": ~dated}.get(deadline, goals["deadline"].eq(deadline).fillna(False))
    if concept != ANY:
        keep &= goals["concepts"].fillna("").str.contains(concept, regex=False)
    if text.strip():
        words = goals["text"].fillna("") + " " + goals["indicator"].fillna("")
        keep &= words.str.contains(text.strip(), regex=False)
    if section != EVERYWHERE:
        keep &= goals["section"].eq(section).fillna(False)
    return keep.astype(bool)


def outline(goals: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """The wanted rows in the order of the tree, with the rows above them: `depth`, and `wanted` for what was asked for.

    >>> tree = pd.DataFrame({"id": ["1", "2", "2.1"], "parent": [None, None, "2"], "kind": ["task", "task", "target"]})
    >>> rows = outline(tree.assign(indicator=None), pd.Series([False, False, True]))
    >>> rows[["id", "depth", "wanted", "kind"]].values.tolist()
    [['2', 0, False, 'task'], ['2.1', 1, True, 'result']]
    """
    parents = dict(zip(goals["id"], goals["parent"].where(goals["parent"].notna(), None)))
    below: dict[str | None, list[str]] = {}
    for child, parent in parents.items():
        below.setdefault(parent if parent in parents else None, []).append(child)
    wanted = set(goals.loc[keep, "id"])
    seen: set[str] = set()
    for node in wanted:
        while node is not None and node not in seen:
            seen.add(node)
            node = parents.get(node)
    order, stack = [], [(node, 0) for node in reversed(below.get(None, []))]
    while stack:
        node, depth = stack.pop()
        if node in seen:
            order.append((node, depth, node in wanted))
            stack += [(child, depth + 1) for child in reversed(below.get(node, []))]
    rows = pd.DataFrame(order, columns=["id", "depth", "wanted"]).astype({"depth": int, "wanted": bool})
    return rows.merge(shown(goals).drop_duplicates("id"), on="id", how="left", sort=False)
