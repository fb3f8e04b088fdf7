"""Score the extractor against hand-coded documents, field by field, pooled and per document.

    python benchmarks/score_gold.py [GOLD_FOLDER] [--texts FOLDER]… [--only NAME]… [--show N]

A gold file names its document (`doc`); the text is looked for by that name, or by its SHA-256, in the folders of texts.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from helpers import document, goals, quantities, tables
from helpers.scoring import Result, Row, Tally

HERE: Final = Path(__file__).resolve().parent.parent
SHARED: Final = HERE.parent / "shared"
KINDS: Final = ("quantities", "targets", "directives")


def find_text(gold: Mapping[str, Any], folders: Sequence[Path]) -> Path | None:
    """The file that a gold was coded on."""
    files = [p for folder in folders for p in sorted(folder.rglob("*.txt"))]
    for p in files:
        if p.stem == gold["doc"]:
            return p
    return next((p for p in files if hashlib.sha256(p.read_bytes()).hexdigest() == gold.get("sha256")), None)


def extract(path: Path, wanted: Sequence[str]) -> dict[str, list[Row]]:
    """The extractor's rows in raw offsets, as the tables hold them."""
    d = document.read(path)
    amounts = quantities.find(d)
    rows = {"quantities": _rows("quantities", d, amounts)}
    every = _rows("goals", d, goals.find(d, amounts)) if "goals" in wanted else []
    return rows | {"targets": [r for r in every if r["kind"] == "target"], "directives": every}


def _rows(name: str, d: document.Document, found: Sequence[Any]) -> list[Row]:
    out = []
    for row in tables.frame(name, d, found).astype(object).to_dict("records"):
        row = {k: None if v is None or v != v else v for k, v in row.items()}
        out.append(row | {"start": row["raw_start"], "end": row["raw_end"], "at": row["start"]})
    return out


def targets_only(rows: Sequence[Row], gold: Mapping[str, Any]) -> list[Row]:
    """In a gold with a tree, result clauses without number, date, baseline or state are nodes of the tree only."""
    if not gold.get("directives"):
        return list(rows)
    keep = ("deadline", "low", "high", "baseline", "state")
    return [r for r in rows if any(r.get(k) is not None for k in keep)]


def line(name: str, kind: str, tally: Tally) -> str:
    c = tally.counts
    figures = "  ".join(f"{k}={v:.3f}" for k, v in tally.figures().items())
    return f"{name:20} {kind:10} {figures}  ({c['matched']} of {c['gold']}, {c['found']} found)"


def around(text: str, row: Row) -> str:
    before, after = text[max(0, row["start"] - 24) : row["start"]], text[row["end"] : row["end"] + 12]
    return f"{before}【{text[row['start'] : row['end']]}】{after}".replace("\r", "").replace("\n", "⏎")


def value(row: Row) -> str:
    return f"{row.get('low')}..{row.get('high')} {row.get('unit')} {row.get('iso') or ''}"


def show(text: str, result: Result, limit: int) -> None:
    missed, false, differ = result
    for g in missed[:limit]:
        print(f"    missed   {g.get('role') or g.get('kind') or ''} {around(text, g)}")
    for p in false[:limit]:
        print(f"    not gold {p.get('role') or p.get('kind') or ''} {around(text, p)}  [{p.get('rule')}]")
    for p, g, fields in differ[:limit]:
        told = ", ".join(
            f"{k}: {value(p)} ≠ {value(g)}" if k == "value" else f"{k}: {p.get(k)} ≠ {g.get(k)}" for k in fields
        )
        print(f"    differs  {around(text, g)}  {told}  [{p.get('rule')}]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=SHARED / "gold")
    parser.add_argument("--texts", type=Path, action="append", help="folder of texts (default: the shared ones)")
    parser.add_argument("--only", action="append", help="name of a document")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--show", type=int, default=0, help="list up to N errors of each kind")
    a = parser.parse_args()
    folders = a.texts or [SHARED / "corpus", SHARED / "seed", HERE / "seeds"]
    kinds = a.kind or KINDS
    pooled = {kind: Tally(kind) for kind in kinds}
    for path in sorted(a.gold.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if a.only and path.stem not in a.only and gold["doc"] not in a.only:
            continue
        where = find_text(gold, folders)
        if where is None:
            print(f"{gold['doc']:20} no text found")
            continue
        with where.open(encoding="utf-8-sig", newline="") as f:
            raw = f.read()
        rows = extract(where, ["goals"] if set(kinds) - {"quantities"} else [])
        rows["targets"] = targets_only(rows["targets"], gold)
        for kind in kinds:
            if not gold.get(kind):
                continue
            tally = Tally(kind)
            result = tally.add(rows[kind], gold[kind])
            pooled[kind].counts.update(tally.counts)
            print(line(gold["doc"], kind, tally))
            show(raw, result, a.show)
    for kind in kinds:
        print(line("pooled", kind, pooled[kind]))


if __name__ == "__main__":
    main()
