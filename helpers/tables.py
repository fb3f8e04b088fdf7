"""Every analysis as a tidy table: the columns, and the whole reading of a document. Files are the matter of `files`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers import actors, goals, quantities, terms, themes
from helpers.document import Document
from helpers.quantities import Span
from helpers.words import TAGS, Segmenter

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


_ADDED: Final = frozenset({"raw_start", "raw_end", "text"})  # what a row need not say: its span does
_ARROW: Final = {"Int64": pa.int64(), "Float64": pa.float64(), "str": pa.string(), "bool": pa.bool_()}
_PANDAS: Final = {
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.string(): pd.StringDtype(na_value=np.nan),
}
SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    name: pa.schema([("doc", pa.string()), *((c, _ARROW[kind]) for c, kind in columns.items())])
    for name, columns in COLUMNS.items()
}


@dataclass(frozen=True)
class Reading:
    """What the rooms find in one document, by table; tokens and terms are made for many documents at once, around the
    amounts and dates of `whole`.
    """

    document: Document
    rows: Mapping[str, Sequence[Any]]
    whole: Sequence[Span]


def read(document: Document) -> Reading:
    """The reading of one document, before it becomes tables."""
    unjudged = quantities.found(document)
    amounts = quantities.find(document, unjudged)
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
    return Reading(document, rows, quantities.spans_in(document, unjudged))


def of(document: Document, segmenter: Segmenter | None = None) -> dict[str, pd.DataFrame]:
    """All tables of one document, by name. `segmenter` saves loading its dictionary again for each document."""
    return {name: frame_of(t) for name, t in of_many([read(document)], segmenter or Segmenter()).items()}


def of_many(readings: Sequence[Reading], segmenter: Segmenter) -> dict[str, pa.Table]:
    """All tables of several documents, by name, document after document."""
    documents = [r.document for r in readings]
    done = (
        {name: _arrow(name, documents, [r.rows[name] for r in readings]) for name in readings[0].rows}
        if readings
        else {}
    )
    done |= words_of(documents, segmenter, [r.whole for r in readings])
    return {name: done.get(name, SCHEMAS[name].empty_table()) for name in COLUMNS}


def words_of(
    documents: Sequence[Document], segmenter: Segmenter, whole: Sequence[Sequence[Span]] | None = None
) -> dict[str, pa.Table]:
    """The tables `tokens` and `terms` of several documents; `whole`: the amounts and dates in each, where known."""
    tokens = segmenter.tokens(documents, whole)
    doc = pa.array([d.name for d in documents], pa.string()).take(pa.array(tokens.doc))
    tag = pa.array(TAGS, pa.string()).take(pa.array(tokens.tag))
    columns = [doc, tokens.sentence, tokens.start, tokens.end, tokens.words, tag]
    return {
        "tokens": pa.table(columns, schema=SCHEMAS["tokens"]),
        "terms": terms.of(documents, tokens, segmenter.lexicon),
    }


def frame(name: str, document: Document, rows: Iterable[Any]) -> pd.DataFrame:
    """The table `name` from rows that carry `start` and `end`; `doc`, the raw span and the text are added.

    >>> from helpers.document import from_text
    >>> d = from_text("# 总体要求\\n\\n要突出绿色发展。", "example")
    >>> frame("sentences", d, d.sentences)[["doc", "start", "raw_start", "text"]].values.tolist()
    [['example', 0, 2, '总体要求'], ['example', 5, 8, '要突出绿色发展。']]
    """
    return frame_of(_arrow(name, [document], [list(rows)]))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table in pandas, with the types of `COLUMNS`."""
    return table.to_pandas(types_mapper=_PANDAS.get)


def _arrow(name: str, documents: Sequence[Document], found: Sequence[Sequence[Any]]) -> pa.Table:
    """The table `name` of several documents from the rows of each."""
    given = [c for c in COLUMNS[name] if "text" not in COLUMNS[name] or c not in _ADDED]
    rows = [row for rows in found for row in rows]
    columns: dict[str, Any] = (
        dict(zip(given, zip(*map(attrgetter(*given), rows), strict=True), strict=True)) if rows else {}
    )
    columns["doc"] = [d.name for d, rows in zip(documents, found, strict=True) for _ in rows]
    if rows and "text" in COLUMNS[name]:
        starts, ends = columns["start"], columns["end"]
        raw, text, at = [], [], 0
        for d, rows in zip(documents, found, strict=True):
            here = slice(at, at := at + len(rows))
            raw.append(d.alignment.to_raw_each(np.array(starts[here], int), np.array(ends[here], int)))
            text += [d.text[a:b] for a, b in zip(starts[here], ends[here], strict=True)]
        columns["text"] = text
        columns["raw_start"], columns["raw_end"] = (np.concatenate(c) for c in zip(*raw, strict=True))
    for column in ("low", "high"):
        if column in columns:  # a whole number may have more digits than Arrow lets a float take
            columns[column] = np.array([np.nan if v is None else v for v in columns[column]], float)
    arrays = [
        pa.array(columns.get(field.name, ()), field.type, from_pandas=pa.types.is_floating(field.type))
        for field in SCHEMAS[name]
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMAS[name])


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns and types of `COLUMNS`, empty or not."""
    return table.reindex(columns=["doc", *COLUMNS[name]]).astype({"doc": "str", **COLUMNS[name]})
