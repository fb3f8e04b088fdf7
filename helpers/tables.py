"""Every analysis as a tidy table: the columns, the whole reading of a document, and files that open anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

import pandas as pd

from helpers.document import Document

SPAN: Final = ("start", "end", "raw_start", "raw_end", "text")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "repairs": ("kind", "raw_start", "raw_end", "before", "after", "reason", "certain"),
    "sections": ("id", "kind", "frame", *SPAN),
    "sentences": ("id", "section", "paragraph", *SPAN),
    "tokens": ("sentence", "start", "end", "word", "tag"),
    "terms": ("word", "count", "per_10k", "dispersion", "sections", "keyness_g2", "log_ratio", "reference_count"),
    "mentions": ("concept", "kind", "rule", "sentence", *SPAN),
    "statements": ("concept", "trend", "requirement", "emphasis", *SPAN),
    "quantities": (*SPAN, "low", "high", "unit", "comparator", "iso", "role", "rule"),
    "goals": (
        *("id", "parent", "kind", "section", *SPAN, "indicator", "low", "high", "unit", "comparator"),
        *("baseline", "state", "deadline", "scope", "strength", "concepts", "rule"),
    ),
    "actors": ("name", "kind", "role", "title", *SPAN),
}


def frame(name: str, document: Document, rows: Iterable[Any]) -> pd.DataFrame:
    """A table of DESIGN's columns from rows that carry `start`, `end`; `doc`, the raw span and the text are added."""
    records = []
    for row in rows:
        record = asdict(row)
        if "start" in record:
            raw_start, raw_end = document.raw_span(record["start"], record["end"])
            record |= {"raw_start": raw_start, "raw_end": raw_end, "text": document.text[record["start"] : record["end"]]}
        records.append({"doc": document.name} | record)
    return pd.DataFrame(records, columns=["doc", *COLUMNS[name]])
