"""Every analysis as a tidy table: the columns, and the whole reading of a document. Files are the matter of `files`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from helpers import actors, counts, goals, quantities, themes
from helpers.document import Document
from helpers.words import Segmenter

_SPAN: Final = {"start": "Int64", "end": "Int64", "raw_start": "Int64", "raw_end": "Int64", "text": "str"}
_VALUE: Final = {"low": "Float64", "high": "Float64", "unit": "str", "comparator": "str"}

# Column → type, in the order of the files; every table begins with `doc`. What each column means: data/README.md.
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "repairs": {
        **{"kind": "str", "raw_start": "Int64", "raw_end": "Int64"},
        **{"before": "str", "after": "str", "reason": "str", "certain": "bool"},
    },
    "sections": {"id": "Int64", "kind": "str", "frame": "str", **_SPAN},
    "sentences": {"id": "Int64", "section": "Int64", "paragraph": "Int64", **_SPAN},
    "tokens": {"sentence": "Int64", "start": "Int64", "end": "Int64", "word": "str", "tag": "str"},
    "terms": {
        **{"word": "str", "count": "Int64", "per_10k": "Float64", "dispersion": "Float64", "sections": "Int64"},
        **{"keyness_g2": "Float64", "log_ratio": "Float64", "reference_count": "Int64"},
    },
    "mentions": {"concept": "str", "kind": "str", "rule": "str", "sentence": "Int64", **_SPAN},
    "statements": {"concept": "str", "trend": "str", "requirement": "str", "emphasis": "str", **_SPAN},
    "quantities": {**_SPAN, **_VALUE, "iso": "str", "role": "str", "rule": "str"},
    "goals": {
        **{"id": "str", "parent": "str", "kind": "str", "section": "Int64", **_SPAN, "indicator": "str", **_VALUE},
        **{"baseline": "str", "state": "str", "deadline": "str", "scope": "str", "strength": "str"},
        **{"concepts": "str", "rule": "str"},
    },
    "actors": {"name": "str", "kind": "str", "role": "str", "title": "str", **_SPAN},
}


def frame(name: str, document: Document, rows: Iterable[Any]) -> pd.DataFrame:
    """The table `name` from rows that carry `start` and `end`; `doc`, the raw span and the text are added.

    >>> from helpers.document import from_text
    >>> d = from_text("# 总体要求\\n\\n要突出绿色发展。", "example")
    >>> frame("sentences", d, d.sentences)[["doc", "start", "raw_start", "text"]].values.tolist()
    [['example', 0, 2, '总体要求'], ['example', 5, 8, '要突出绿色发展。']]
    """
    rows = list(rows)
    columns: dict[str, Any] = {}
    if "text" in COLUMNS[name]:
        spans = [document.raw_span(row.start, row.end) for row in rows]
        columns["raw_start"], columns["raw_end"] = [s for s, _ in spans], [e for _, e in spans]
        columns["text"] = [document.text[row.start : row.end] for row in rows]
    for column in COLUMNS[name].keys() - columns.keys():
        columns[column] = [getattr(row, column) for row in rows]
    data = {c: pd.array(columns[c], dtype=kind) for c, kind in COLUMNS[name].items()}
    return pd.DataFrame({"doc": pd.array([document.name] * len(rows), dtype="str")} | data)


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns and types of `COLUMNS`, empty or not."""
    return table.reindex(columns=["doc", *COLUMNS[name]]).astype({"doc": "str", **COLUMNS[name]})


def of(document: Document, segmenter: Segmenter | None = None) -> dict[str, pd.DataFrame]:
    """All tables of one document, by name. `segmenter` saves loading its dictionary again for each document."""
    segmenter = segmenter or Segmenter()
    tokens = frame("tokens", document, segmenter.segment(document))
    amounts = quantities.find(document)
    mentions = themes.code(document)
    rows = {
        "repairs": document.repairs,
        "sections": document.sections,
        "sentences": document.sentences,
        "mentions": mentions,
        "statements": themes.statements(document),
        "quantities": amounts,
        "goals": goals.find(document, amounts, mentions),
        "actors": actors.find(document),
    }
    done = {name: frame(name, document, found) for name, found in rows.items()}
    done |= {"tokens": tokens, "terms": typed("terms", counts.terms(document, tokens, segmenter.lexicon))}
    return {name: done[name] for name in COLUMNS}
