"""The role of a quantity: target, measure, status, deadline, period or other."""

from collections.abc import Iterator, Sequence

from helpers.document import Document
from helpers.numerals import Found


def assign(document: Document, found: Sequence[Found]) -> Iterator[tuple[str | None, str]]:
    """For each amount or date its role and the rule that gave it; None where it is no quantity after all."""
    for f in found:
        kind = document.sections[document.sentence_at(f.start).section].kind
        if f.unit == "date":
            yield (None, "soft") if f.rule == "date:relative" else ("period", "date")
        elif f.unit in ("年", "天", "个月"):
            yield "period", "span of time"
        else:
            yield ("target" if kind == "plan" else "status"), f"section:{kind}"
