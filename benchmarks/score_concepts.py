"""Score the coded mentions against hand-coded documents: `said` (literal keywords and names that are the concept) and
`implied` (indicators), per document and pooled.

    python benchmarks/score_concepts.py [--show N] [NAME ...]

Golds: data/gold/seed.json, and where they are at hand the three documents beside the project. A predicted mention pairs
with the gold record of the same concept that it overlaps most, one to one. The near misses of the seed (class C2) are
negatives: an indicator of theirs is counted as false, since no gold record pairs with it.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from helpers import themes
from helpers.document import Document, read

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared"
KINDS: Final = {"A1": "named", "A3": "named", "A2": "statement", "B1": "keyword", "B2": "indicator", "C1": "excluded"}
SAID: Final = frozenset({"named", "statement", "keyword"})
IMPLIED: Final = frozenset({"indicator"})


@dataclass(frozen=True, slots=True)
class Place:
    """A coded place in raw offsets."""

    concept: str
    kind: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison: paired, predicted and gold numbers, and what was missed or is too much."""

    paired: int
    predicted: int
    gold: int
    missed: tuple[Place, ...]
    extra: tuple[Place, ...]

    @property
    def f1(self) -> float:
        return 2 * self.paired / (self.predicted + self.gold) if self.predicted + self.gold else 1.0


def compare(predicted: Sequence[Place], gold: Sequence[Place]) -> Result:
    """Pair one to one, the largest overlap first, shorter predictions before longer ones."""
    pairs = []
    for i, p in enumerate(predicted):
        for j, g in enumerate(gold):
            overlap = min(p.end, g.end) - max(p.start, g.start)
            if p.concept == g.concept and overlap > 0:
                pairs.append((-overlap, p.end - p.start, i, j))
    left: set[int] = set()
    right: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return Result(
        len(left),
        len(predicted),
        len(gold),
        tuple(g for j, g in enumerate(gold) if j not in right),
        tuple(p for i, p in enumerate(predicted) if i not in left),
    )


def coded(document: Document) -> list[Place]:
    """The mentions of a document in raw offsets."""
    return [
        Place(m.concept, m.kind, *document.raw_span(m.start, m.end), document.text[m.start : m.end])
        for m in themes.code(document)
    ]


def gold_places(record: dict[str, Any], kinds: frozenset[str]) -> list[Place]:
    """The gold's records of some kinds; a said one at its keyword."""
    out = []
    for g in record["concepts"]:
        kind = KINDS.get(g["cls"])
        if kind in kinds:
            at = (g.get("keyword") or g) if kind in SAID else g
            out.append(Place(g["concept"], kind, at["start"], at["end"], g.get("text") or ""))
    return out


def score(document: Document, gold: dict[str, Any]) -> dict[str, Result]:
    """`said` and `implied` of one document."""
    places = coded(document)
    return {
        name: compare([p for p in places if p.kind in kinds], gold_places(gold, kinds))
        for name, kinds in (("said", SAID), ("implied", IMPLIED))
    }


def documents() -> dict[str, tuple[Path, Path]]:
    """Name → text and gold of every hand-coded document that is at hand."""
    out = {"seed": (next((ROOT / "seeds").glob("*.txt")), ROOT / "data" / "gold" / "seed.json")}
    for gold in sorted((SHARED / "gold" / "concepts").glob("*.json")):
        text = next((SHARED / "corpus").rglob(f"{gold.stem}.txt"), None)
        if text:
            out[gold.stem] = (text, gold)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="documents to score; all without")
    parser.add_argument("--show", type=int, default=0, help="how many errors of each kind to print")
    arguments = parser.parse_args()
    pooled: dict[str, list[Result]] = {"said": [], "implied": []}
    for name, (text, gold) in documents().items():
        if arguments.names and name not in arguments.names:
            continue
        for what, r in score(read(text), json.loads(gold.read_text(encoding="utf-8"))).items():
            print(f"{name:20} {what:8} F1={r.f1:.3f}  paired={r.paired} predicted={r.predicted} gold={r.gold}")
            for label, places in (("missed", r.missed), ("not in gold", r.extra)):
                for p in places[: arguments.show]:
                    print(f"    {label}: {p.start}-{p.end} {p.concept} {p.kind} {p.text[:40]}")
            if name != "seed":
                pooled[what].append(r)
    for what, results in pooled.items():
        total = sum(r.predicted + r.gold for r in results)
        if total:
            print(f"{'pooled, not the seed':20} {what:8} F1={2 * sum(r.paired for r in results) / total:.3f}")


if __name__ == "__main__":
    main()
