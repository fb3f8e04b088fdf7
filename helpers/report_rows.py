"""Tables as HTML in which every number leads to its place in the source."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from helpers import counts, lexicon
from helpers.corrections import BY_RULE, Corrected, score
from helpers.document import Document
from helpers.highlight import anchor

_TERMS: Final = 40
_SIGN: Final = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "≈ "}
_PARTS: Final = {
    **{"person": "People 人物", "place": "Places 地点"},
    **{"organisation": "Organisations 机构", "document": "Documents 文件"},
}


def link(to: str, text: object) -> str:
    """A link inside the page.

    >>> link("quantities-5", "25%")
    '<a href="#quantities-5">25%</a>'
    """
    return f'<a href="#{to}">{html.escape(str(text))}</a>'


def value(row: Any) -> str:
    """An amount as a reader wants it: `≥ 25 %`, `1–2 个`; a comparison or an end state where there is no number.

    >>> from types import SimpleNamespace
    >>> value(SimpleNamespace(low=1.0, high=2.0, unit="个", comparator="range", baseline=None, state=None))
    '1–2 个'
    """
    sign = _SIGN.get(row.comparator, "") if _stated(row.comparator) else ""
    if _stated(row.low) or _stated(row.high):
        ends = [f"{v:,.12g}" for v in (row.low, row.high) if _stated(v)]
        return f"{sign}{'–'.join(dict.fromkeys(ends))} {row.unit if _stated(row.unit) else ''}".strip()
    if _stated(getattr(row, "baseline", None)):
        return f"{sign}{row.baseline}"
    return str(row.state) if _stated(getattr(row, "state", None)) else ""


def _stated(cell: Any) -> bool:
    return cell is not None and not pd.isna(cell)


def _text(cell: Any) -> str:
    return html.escape(str(cell)) if _stated(cell) else ""


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; says so where there is no row."""
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    if not body:
        return '<p class="none">Nothing of this kind was found.</p>'
    top = "".join(f"<th>{html.escape(h)}</th>" for h in head)
    return f'<div class="wide"><table><tr>{top}</tr>{body}</table></div>'


def _by(row: Any) -> str:
    return "" if row.by == BY_RULE else f'<span class="hand">{html.escape(row.by)}</span>'


def targets(goals: pd.DataFrame) -> str:
    rows = []
    for r in goals[goals["kind"].eq("target") & goals["indicator"].notna()].itertuples():
        to = anchor("goals", r.Index)
        due = link(to, r.deadline) if _stated(r.deadline) else ""
        rows.append((_text(r.indicator), link(to, value(r) or r.text), due, _text(r.scope), _text(r.strength), _by(r)))
    return grid(["indicator", "value or end state", "deadline", "scope", "strength", ""], rows)


def quantities(table: pd.DataFrame) -> str:
    rows = [
        (link(anchor("quantities", r.Index), r.text), _text(r.iso) or html.escape(value(r)), _text(r.role), _by(r))
        for r in table.itertuples()
    ]
    return grid(["as written", "value", "role", ""], rows)


def goal_tree(goals: pd.DataFrame) -> str:
    """The tree as nested lists, each branch to be opened, each node leading to its place."""
    if goals.empty:
        return '<p class="none">No clause that directs was found: the text reports or describes.</p>'
    known = set(goals["id"])
    below: dict[str | None, list[Any]] = {}
    for r in goals.itertuples():
        below.setdefault(r.parent if r.parent in known else None, []).append(r)

    def branch(parent: str | None, depth: int) -> str:
        out = []
        for r in below.get(parent, []):
            due = f" <small>{_text(r.deadline)}</small>" if _stated(r.deadline) else ""
            node = f'<span class="kind">{r.kind}</span>{link(anchor("goals", r.Index), r.text)}{due} {_by(r)}'
            inner = branch(r.id, depth + 1) if depth < 40 else ""
            opened = " open" if depth < 1 else ""
            out.append(
                f"<li><details{opened}><summary>{node}</summary>{inner}</details></li>" if inner else f"<li>{node}</li>"
            )
        return f'<ul class="tree">{"".join(out)}</ul>' if out else ""

    return branch(None, 0)


def _places(spots: Sequence[tuple[str, object]]) -> str:
    """All places of something, each a link; many are folded."""
    each = " ".join(link(to, label) for to, label in spots)
    return each if len(spots) <= 12 else f"<details><summary>all {len(spots)} places</summary>{each}</details>"


def concepts(mentions: pd.DataFrame) -> str:
    rows = []
    for concept, found in mentions[mentions["kind"] != "excluded"].groupby("concept", sort=False):
        spots = [(anchor("mentions", r.Index), r.text) for r in found.itertuples()]
        rows.append((_text(concept), link(spots[0][0], len(spots)), _places(spots)))
    return grid(["concept", "mentions", "each where it stands"], rows)


def statements(table: pd.DataFrame) -> str:
    rows = [
        (_text(r.concept), link(anchor("statements", r.Index), r.trend), _text(r.requirement))
        for r in table.itertuples()
    ]
    return (
        f"<h3>Concept → requirement 理念与要求</h3>{grid(['concept', 'observed', 'asked for'], rows)}" if rows else ""
    )


def terms(document: Document, read: Mapping[str, pd.DataFrame]) -> str:
    where: dict[str, list[int]] = {}
    for row in counts.occurrences(read["tokens"], lexicon.load()).itertuples():
        where.setdefault(row.word, []).append(int(row.sentence))
    rows = []
    for r in read["terms"].head(_TERMS).itertuples():
        spots = [(f"s{s}", s) for s in where.get(r.word, [])]
        figures = (str(r.count), f"{r.keyness_g2:,.1f}", f"{r.log_ratio:.1f}")
        rows.append((_text(r.word), *(link(spots[0][0], f) if spots else f for f in figures), _places(spots)))
    return grid(["term", "count", "keyness G²", "log ratio", "sentences"], rows)


def actors(table: pd.DataFrame) -> str:
    out = []
    for kind, heading in _PARTS.items():
        rows = []
        for name, found in table[table["kind"] == kind].groupby("name", sort=False):
            told = "、".join(dict.fromkeys([*found["title"].dropna(), *found["role"].dropna()]))
            spots = [(anchor("actors", r.Index), i) for i, r in enumerate(found.itertuples(), start=1)]
            rows.append((_text(name), _text(told), link(spots[0][0], len(spots)), _places(spots)))
        out.append(f"<h3>{heading}</h3>{grid(['name', 'title, role', 'places', ''], rows)}")
    return "".join(out)


def repairs(document: Document, table: pd.DataFrame) -> str:
    """What was mended, by kind and reason (what stands behind its colon is the case at hand), each place a link."""
    rows = []
    for (kind, reason), found in table.groupby(["kind", table["reason"].str.split(":").str[0]], sort=False):
        at = [document.sentence_at(document.alignment.to_text(int(r))).id for r in found["raw_start"]]
        spots = [(f"s{s}", s) for s in at]
        sample = f"{found['before'].iloc[0]!r} → {found['after'].iloc[0]!r}"
        rows.append((_text(kind), _text(reason), link(spots[0][0], len(spots)), html.escape(sample), _places(spots)))
    return grid(["kind", "why", "times", "the first", "sentences"], rows)


def by_hand(corrected: Corrected) -> str:
    """How many rows are by rule and by hand, what each line of corrections did, how the rules fare against the hand."""
    if corrected.log.empty:
        return (
            '<p class="none">Every row is by rule: no corrections are on file. Change, drop or add rows in '
            "<code>tables/*.csv</code> beside this page and make the report again.</p>"
        )
    rows = [[_text(c) for c in line] for line in corrected.log.itertuples(index=False)]
    out = grid(["table", "action", "text", "fields", "result"], rows)
    figures = score(corrected)
    if figures.empty:
        return out
    shown = figures.round(3).reset_index()
    return f"{out}<h3>The rules against the hand</h3>{grid(list(shown), shown.astype(str).values.tolist())}"
