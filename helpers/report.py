"""One text, one page: what was read out of it, every number leading to its sentence, the whole source at the end.

The page is one file without script or any address outside it. `reports/<doc>/` holds it and all tables.
"""

import html
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from helpers import (
    charts,
    counts,
    explore,
    explore_charts,
    files,
    highlight,
    lexicon,
    report_dir,
    selections,
    style,
    views,
    word_charts,
)
from helpers import corrections as hand
from helpers import report_rows as rows
from helpers.document import Document

_SECTIONS: Final = 40  # drawn, and places mended that are marked; the tables hold all
_REPAIRS: Final = 60
_LAYOUT: Final = ("layout", "gap", "break", "markup", "script")  # too many to be marked one by one


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its reading; none where there is nothing to draw, and the reading says so."""

    heading: str
    ax: Axes | None
    reading: str
    rows: str = "source"  # the anchor that its numbers lead to
    beside: Mapping[str, str] = field(default_factory=dict)  # but those right before or behind such words


def show(picture: Picture) -> None:
    """Display a picture in a notebook, or say that there is none."""
    if picture.ax is None:
        print(picture.reading)
    else:
        style.show(picture.ax, picture.reading)


def pictures(document: Document, read: Mapping[str, pd.DataFrame]) -> dict[str, Picture]:
    """The figures of a report by name: build, targets, concepts, terms. No document is too small for them."""
    drawn = {
        "build": _build(document, read),
        "targets": _targets(read),
        "concepts": _concepts(read),
        "terms": _terms(document, read),
    }
    said = read["mentions"]["kind"].ne("excluded").sum()
    counted = {"build": ("section 部分", len(read["sections"])), "targets": ("goal 要求与目标", len(read["goals"]))}
    counted |= {"concepts": ("mention 提及", int(said)), "terms": ("word 词", len(read["terms"]))}
    for name, (unit, n) in counted.items():
        if (ax := drawn[name].ax) is not None:
            style.dress(ax.get_figure(), "", "", style.note(unit, n, views.source(document)))
    return drawn


def _build(document: Document, read: Mapping[str, pd.DataFrame]) -> Picture:
    sections, repairs = read["sections"].head(_SECTIONS), read["repairs"]
    begins = sections["text"].str.strip().str.split("\n").str[0]
    headed = sections["kind"].isin(["heading", "plan", "review"])
    sections = sections.assign(frame=sections["frame"].where(~headed | sections["frame"].notna(), begins))
    drawn = repairs if len(repairs) <= _REPAIRS else repairs[~repairs["kind"].isin(_LAYOUT)].head(_REPAIRS)
    at = [document.alignment.to_text(int(r)) for r in drawn["raw_start"]]
    _, (ax,) = explore_charts.sheet(style.WIDTH, 1 + 0.34 * len(sections))
    charts.section_bar(sections, drawn.assign(at=at), ax, lexicon.glosses())
    kinds = ", ".join(f"{n} {kind}" for kind, n in read["sections"]["kind"].value_counts().items())
    first = f"; the first {len(sections)} are drawn" if len(sections) < len(read["sections"]) else ""
    marked = "" if len(drawn) == len(repairs) else f", {len(drawn)} of them marked"
    size = rows.counted(len(document.text), "character")
    size = f"{size} in {rows.counted(len(read['sections']), 'section')} ({kinds})"
    told = f"{size}{first}; {rows.counted(len(repairs), 'place')} mended{marked}."
    beside = {"character": "source", "place mended": "repairs", "places mended": "repairs", "of them marked": "repairs"}
    return Picture("How it is built 结构", ax, told, "build-rows", beside)


def _targets(read: Mapping[str, pd.DataFrame]) -> Picture:
    goals = read["goals"]
    found = selections.outline(goals, goals["kind"].eq("target") & goals["indicator"].notna())
    if not found["wanted"].any():
        told = "No target was found: nothing with an amount or a date is set here."
        return Picture("Targets 目标", None, told, "targets-rows")
    figure = explore_charts.tree(found, read["sections"], 18)
    beside = {"goals": "goals", "with a deadline": "targets-dated", "with an amount": "targets-amount"}
    return Picture("Targets 目标", figure.axes[0], selections.told_goals(found, goals), "targets-rows", beside)


def _concepts(read: Mapping[str, pd.DataFrame]) -> Picture:
    said = read["mentions"][read["mentions"]["kind"] != "excluded"]
    if said.empty:
        told = "None of the five concepts is spoken of here, aloud or implied."
        return Picture("The five concepts 新发展理念", None, told, "concepts-rows")
    _, (ax,) = explore_charts.sheet(style.WIDTH, 3.8)
    charts.concept_places(read["mentions"], read["sections"], ax)
    number = ", ".join(f"{c} {n}" for c, n in said["concept"].value_counts().items())
    told = f"{rows.counted(len(said), 'mention')}, said (long ticks) or implied (short): {number}."
    return Picture("The five concepts 新发展理念", ax, told, "concepts-rows")


def _terms(document: Document, read: Mapping[str, pd.DataFrame]) -> Picture:
    terms = read["terms"].head(12)
    if terms.empty:
        return Picture("Terms 词语", None, "No word of two characters stands here.", "terms-rows")
    found = [counts.concordance(document, w) for w in terms["word"]]
    _, (ax,) = explore_charts.sheet(style.WIDTH, 0.9 + 0.46 * len(terms))
    dispersion = dict(zip(terms["word"], terms["dispersion"].fillna(0)))
    word_charts.term_places(pd.concat(found), dispersion, read["sections"], ax)
    top = "、".join(f"{w} {n}" for w, n in zip(terms["word"].head(5), terms["count"]))
    told = f"The commonest: {top}; DP is 0 for a term spread evenly, 1 for one in a single place."
    return Picture("Terms 词语", ax, told, "terms-rows")


def write(document: Document, corrected: hand.Corrected, folder: Path | str = "") -> Path:
    """Write the page and all tables to `folder/<doc>/`; give the path of the page. Raises OSError where it cannot."""
    to = report_dir.of(document.name, folder)
    made = page(document, corrected)
    report_dir.write(document, corrected, to)
    path = to / f"{document.name}.html"
    files.whole(path, made.encode())
    return path


def page(document: Document, corrected: hand.Corrected) -> str:
    """The page of a text as one string of HTML."""
    read = corrected.tables
    drawn = pictures(document, read)
    about = rows.statements(read["statements"])
    if drawn["concepts"].ax is not None:
        about = rows.concepts(read["mentions"]) + about
    targets = rows.targets(read["goals"]) if drawn["targets"].ax is not None else ""
    terms = rows.terms(document, read) if drawn["terms"].ax is not None else ""
    parts = [
        _glance(document, read),
        _section("build", drawn["build"].heading, _figure(drawn["build"]) + rows.sections(read)),
        _section("targets", drawn["targets"].heading, _figure(drawn["targets"]) + targets),
        _section("goals", "Everything it asks for 目标树", rows.goal_tree(read["goals"])),
        _section("quantities", "Amounts and dates 数量与日期", rows.quantities(read["quantities"])),
        _section("concepts", drawn["concepts"].heading, _figure(drawn["concepts"]) + about),
        _section("terms", drawn["terms"].heading, _figure(drawn["terms"]) + terms),
        _section("actors", "Who and where 人物、地点、机构", rows.actors(read["actors"])),
        _section("hand", "By rule and by hand 人工校正", rows.by_hand(corrected)),
        _section("repairs", "Mended before reading 修复", rows.repairs(document, read["repairs"])),
        _section("source", "The source, highlighted 原文", _KEY + highlight.source(document, highlight.marks(read))),
    ]
    body = "".join(parts)
    head = f"<title>{html.escape(document.title or document.name)}</title><style>{_css(body)}</style>"
    start = '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return f"{start}{view}{head}</head><body><main>{body}</main></body></html>\n"


_KEY: Final = (
    '<p class="key"><span class="q q-target">amount, of a target</span> <span class="q">other amount or date</span> '
    '<span class="t">target</span> <span class="m">concept</span> Small numbers count the sentences.</p>'
)


def _css(text: str) -> str:
    """The look, with the letters of the page in it: a machine without a Chinese font shows them too."""
    face = f"@font-face {{font-family: Reading; src: url(data:font/woff;base64,{b64encode(style.webfont(text)).decode()})}}"
    return face + (resources("helpers") / "report.css").read_text(encoding="utf-8")


def _section(name: str, heading: str, body: str) -> str:
    return f'<section id="{name}"><h2>{html.escape(heading)}</h2>{body}</section>'


def _figure(picture: Picture) -> str:
    if picture.ax is None:
        return f'<p class="none" id="{picture.rows}">{html.escape(picture.reading)}</p>'
    data = b64encode(explore.png(picture.ax.get_figure())).decode()
    image = f'<img alt="{html.escape(picture.reading)}" src="data:image/png;base64,{data}">'
    caption = rows.caption(picture.reading, picture.rows, picture.beside)
    return f'<figure><a href="#{picture.rows}">{image}</a><figcaption>{caption}</figcaption></figure>'


_DATED: Final = {"text": "as the text says", "name": "from the file's name", "plan": "from the plan being drawn up"}


def _glance(document: Document, read: Mapping[str, pd.DataFrame]) -> str:
    goals, said = read["goals"], read["mentions"]
    targets = goals[goals["kind"].eq("target") & goals["indicator"].notna()]
    only = "targets-{}".format if len(targets) else "targets-rows".format  # nothing to choose from where there is none
    dated = int(targets["deadline"].notna().sum())
    numbers = [
        ("targets-rows", len(targets), "target", "targets"),
        (only("amount"), int(targets["low"].notna().sum()), "of them with an amount", ""),
        (only("dated"), dated, "with a deadline", ""),
        ("goals", len(goals), "goal in all", "goals in all"),
        ("quantities", len(read["quantities"]), "amount or date", "amounts and dates"),
        (
            "concepts",
            int((said["kind"] != "excluded").sum()),
            "mention of the five concepts",
            "mentions of the five concepts",
        ),
        ("source", len(document.sentences), "sentence", "sentences"),
        ("repairs", len(read["repairs"]), "place mended", "places mended"),
    ]
    tiles = "".join(
        f'<li><a href="#{at}"><b>{n:,}</b> {one if n == 1 else more or one}</a></li>' for at, n, one, more in numbers
    )
    title = document.title or document.name
    at = max(document.text.find(title), 0)
    head = rows.told(f"s{document.sentence_at(at).id}", title)
    about = " · ".join([*(html.escape(k) for k in (document.kind, document.issuer) if k), _date(document)])
    name = f'<span class="file">{html.escape(document.name)}</span>'
    rule = "Every number leads to its rows, every row to its sentence in the source at the end of the page."
    if (read["repairs"]["kind"] == "script").any():
        rule += " The text is in traditional script 繁體; it is read, and shown here, in simplified script."
    return f'<header><h1>{head}</h1><p>{about} · {name}</p><ul class="tiles">{tiles}</ul><p>{rule}</p></header>'


def _date(document: Document) -> str:
    day, source = document.dated
    if day is None:
        return "date not stated"
    known = str(day.year) if (day.month, day.day) == (1, 1) else str(day)
    return f"{rows.link('source', known)} ({_DATED[source]})"
