"""Tables as HTML in which every number leads to its place in the source."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

import pandas as pd

from helpers import counts, lexicon, readable
from helpers.corrections import BY_RULE, Corrected, score
from helpers.document import Document
from helpers.highlight import anchor
from helpers.results import shown
from helpers.style import cut

_TERMS: Final = 40
_NUMBER: Final = re.compile(r"\d(?:[\d,.]*\d)?")
_SAMPLE: Final = 60  # characters of a place mended that are shown
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


def counted(n: int, one: str, more: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "amount or date", "amounts and dates"), counted(1200, "row")
    ('1 amount or date', '1,200 rows')
    """
    return f"{n:,} {one if n == 1 else more or f'{one}s'}"


def told(to: str, text: object) -> str:
    """A cell: a link where it holds a number, for every number leads to its sentence; else the words alone."""
    return link(to, text) if _stated(text) and _NUMBER.search(str(text)) else _text(text)


def caption(text: str, to: str, beside: Mapping[str, str]) -> str:
    """A reading as HTML in which every number is a link: to where `beside` says by the words that stand right before
    or behind the number, else to `to`.

    >>> caption("2 goals, 1 dated.", "rows", {"dated": "dated"})
    '<a href="#rows">2</a> goals, <a href="#dated">1</a> dated.'
    """
    out, at = [], 0
    for m in _NUMBER.finditer(text):
        before, behind = text[: m.start()].rstrip(), text[m.end() :].lstrip()
        where = (v for k, v in beside.items() if behind.startswith(k) or before.endswith(k))
        out += [html.escape(text[at : m.start()]), link(next(where, to), m.group())]
        at = m.end()
    return "".join(out) + html.escape(text[at:])


def value(row: Any) -> str:
    """An amount as a reader wants it: `≥ 25 %`, `1–2 个`; a comparison or an end state where there is no number.

    >>> from types import SimpleNamespace
    >>> value(SimpleNamespace(low=1.0, high=2.0, unit="个", comparator="range", baseline=None, state=None))
    '1–2 个'
    """
    if written := readable.amount(row.low, row.high, row.unit, row.comparator):
        return written
    if _stated(getattr(row, "baseline", None)):
        return f"{readable.sign(row.comparator)}{row.baseline}"
    return str(row.state) if _stated(getattr(row, "state", None)) else ""


def _stated(cell: Any) -> bool:
    return cell is not None and not pd.isna(cell)


def _text(cell: Any) -> str:
    return html.escape(str(cell)) if _stated(cell) else ""


def grid(head: Sequence[str], rows: Iterable[Sequence[str]], classes: Sequence[str] = (), name: str = "") -> str:
    """A table of cells that are HTML already, its rows of some classes; says so where there is no row."""
    each = zip(rows, [*classes] if classes else repeat(""))
    body = "".join(f'<tr class="row {c}">{"".join(f"<td>{v}</td>" for v in row)}</tr>' for row, c in each)
    at = f' id="{name}"' if name else ""
    if not body:
        return f'<p class="none"{at}>Nothing of this kind was found.</p>'
    top = "".join(f"<th>{html.escape(h)}</th>" for h in head)
    return f'<div class="wide"{at}><table><tr>{top}</tr>{body}</table></div>'


def _by(row: Any) -> str:
    return "" if row.by == BY_RULE else f'<span class="hand">{html.escape(row.by)}</span>'


def sections(read: Mapping[str, pd.DataFrame]) -> str:
    """How the text is built: each section with its place, who speaks in it, how it begins."""
    rows = []
    for s in read["sections"].itertuples():
        size = int((read["sentences"]["section"] == s.id).sum())
        to, begins = f"section-{s.id}" if size else "source", str(s.text).strip().split("\n")[0]
        who = cut(s.frame, 12) if _stated(s.frame) else ""
        cells = (link(to, f"§{s.id}"), _text(s.kind), told(to, who), told(to, cut(begins, 26)), link(to, size))
        rows.append(cells)
    table = grid(["section", "kind", "who speaks", "begins", "sentences"], rows, name="build-rows")
    return f'<details id="build-list"><summary>every section</summary>{table}</details>' if len(rows) > 12 else table


def targets(goals: pd.DataFrame) -> str:
    """Every target; `#targets-amount` and `#targets-dated` leave only those that have one (by CSS, not by a script)."""
    rows, classes = [], []
    for r in goals[goals["kind"].eq("target") & goals["indicator"].notna()].itertuples():
        to = anchor("goals", r.Index)
        due = link(to, r.deadline) if _stated(r.deadline) else ""
        cells = (told(to, r.indicator), link(to, value(r) or r.text), due, told(to, r.scope), told(to, r.strength))
        rows.append((*cells, _by(r)))
        classes.append(" ".join(["amount"] * _stated(r.low) + ["dated"] * _stated(r.deadline)))
    only = "".join(
        f'<p class="only" id="targets-{name}">Only those {what}. {link("targets-rows", "Show all")}</p>'
        for name, what in (("amount", "with an amount"), ("dated", "with a deadline"))
    )
    head = ["indicator", "value or end state", "deadline", "scope", "strength", ""]
    return only + grid(head, rows, classes, "targets-rows")


def quantities(table: pd.DataFrame) -> str:
    rows = []
    for r in table.itertuples():
        to = anchor("quantities", r.Index)
        rows.append((link(to, r.text), link(to, r.iso if _stated(r.iso) else value(r)), _text(r.role), _by(r)))
    return grid(["as written", "value", "role", ""], rows)


def goal_tree(goals: pd.DataFrame) -> str:
    """The tree as nested lists, each branch to be opened, each node leading to its place."""
    if goals.empty:
        return '<p class="none">No clause that directs was found: the text reports or describes.</p>'
    known = set(goals["id"])
    below: dict[str | None, list[Any]] = {}
    for r in shown(goals).itertuples():
        below.setdefault(r.parent if r.parent in known else None, []).append(r)

    def branch(parent: str | None, depth: int) -> str:
        out = []
        for r in below.get(parent, []):
            to = anchor("goals", r.Index)
            due = f" <small>{link(to, r.deadline)}</small>" if _stated(r.deadline) else ""
            node = f'<span class="kind">{r.kind}</span>{link(to, r.text)}{due} {_by(r)}'
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
    return each if len(spots) <= 12 else f"<details><summary>each of the {len(spots)}</summary>{each}</details>"


def concepts(mentions: pd.DataFrame) -> str:
    rows = []
    for concept, found in mentions[mentions["kind"] != "excluded"].groupby("concept", sort=False):
        spots = [(anchor("mentions", r.Index), r.text) for r in found.itertuples()]
        rows.append((_text(concept), link(spots[0][0], len(spots)), _places(spots)))
    return grid(["concept", "mentions", "each where it stands"], rows, name="concepts-rows")


def statements(table: pd.DataFrame) -> str:
    rows = []
    for r in table.itertuples():
        to = anchor("statements", r.Index)
        rows.append((_text(r.concept), link(to, r.trend), told(to, r.requirement)))
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
        to = spots[0][0] if spots else "source"
        rows.append((told(to, r.word), *(link(to, f) for f in figures), _places(spots)))
    return grid(["term", "count", "keyness G²", "log ratio", "sentences"], rows, name="terms-rows")


def actors(table: pd.DataFrame) -> str:
    out = []
    for kind, heading in _PARTS.items():
        rows = []
        for name, found in table[table["kind"] == kind].groupby("name", sort=False):
            said = "、".join(dict.fromkeys([*found["title"].dropna(), *found["role"].dropna()]))
            spots = [(anchor("actors", r.Index), i) for i, r in enumerate(found.itertuples(), start=1)]
            to = spots[0][0]
            rows.append((told(to, name), told(to, said), link(to, len(spots)), _places(spots)))
        out.append(f"<h3>{heading}</h3>{grid(['name', 'title, role', 'places', ''], rows)}")
    return "".join(out)


def repairs(document: Document, table: pd.DataFrame) -> str:
    """What was mended, by kind and reason (what stands behind its colon is the case at hand), each place a link."""
    rows = []
    for (kind, reason), found in table.groupby(["kind", table["reason"].str.split(":").str[0]], sort=False):
        at = [document.sentence_at(document.alignment.to_text(int(r))).id for r in found["raw_start"]]
        spots = [(f"s{s}", s) for s in dict.fromkeys(at)]
        to = spots[0][0]
        sample = " → ".join(repr(str(found[side].iloc[0])[:_SAMPLE]) for side in ("before", "after"))
        rows.append((_text(kind), told(to, reason), link(to, len(at)), told(to, sample), _places(spots)))
    return grid(["kind", "why", "times", "the first", "sentences"], rows)


def by_hand(corrected: Corrected) -> str:
    """How many rows are by rule and by hand, what each line of corrections did, how the rules fare against the hand."""
    if corrected.log.empty:
        return (
            '<p class="none">Every row is by rule: no corrections are applied. Change, drop or add rows in '
            "<code>tables/*.csv</code> beside this page and say <code>make report</code> again.</p>"
        )
    rows = []
    for r in corrected.log.itertuples():
        to = f"s{r.sentence}" if _stated(r.sentence) else "source"
        rows.append((_text(r.table), _text(r.action), link(to, r.text), told(to, r.fields), told(to, r.result)))
    out = grid(["table", "action", "text", "fields", "result"], rows, name="hand-rows")
    figures = score(corrected)
    if figures.empty:
        return out
    rounded = figures.round(3).reset_index()
    cells = [[told("hand-rows", c) for c in row] for row in rounded.astype(str).values.tolist()]
    return f"{out}<h3>The rules against the hand</h3>{grid(list(rounded), cells)}"
