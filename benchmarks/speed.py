"""How long the whole reading of one report takes, room by room, as a ratio to `jieba.lcut` of the same text.

    python benchmarks/speed.py [TEXT]

Without a text the seed is repeated to 20,000 characters. Each figure is the best of five rounds in one process, after
loading; rounds of all rooms alternate, so that a machine that slows down slows them all.
"""

import argparse
import logging
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from helpers import actors, counts, document, goals, quantities, tables, themes, words

SEED = Path(__file__).resolve().parents[1] / "seeds" / "henan-county-economy-2020.txt"
ROUNDS = 5


def sample(path: Path | None) -> document.Document:
    """The text that is timed."""
    if path:
        return document.read(path)
    body = document.read(SEED).raw
    return document.from_text((body + "\n\n") * (20_000 // len(body) + 1), "seed-2020-repeated")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", nargs="?", type=Path)
    d = sample(parser.parse_args().text)
    jieba.setLogLevel(logging.WARNING)
    segmenter = words.Segmenter()
    amounts, mentions = quantities.find(d), themes.code(d)
    tokens = tables.frame("tokens", d, segmenter.segment(d))
    rooms: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: jieba.lcut(d.text),
        "document (repair, structure)": lambda: document.from_text(d.raw, d.name),
        "words": lambda: segmenter.segment(d),
        "counts": lambda: counts.terms(d, tokens, segmenter.lexicon),
        "themes": lambda: themes.code(d),
        "quantities": lambda: quantities.find(d),
        "goals": lambda: goals.find(d, amounts, mentions),
        "actors": lambda: actors.find(d),
        "all tables": lambda: tables.of(d, segmenter),
    }
    best = dict.fromkeys(rooms, float("inf"))
    for _ in range(ROUNDS):
        for name, run in rooms.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    print(f"{d.name}: {len(d.text):,} characters; best of {ROUNDS}")
    for name, seconds in best.items():
        print(f"{name:30} {1000 * seconds:7.1f} ms   {seconds / best['jieba.lcut']:5.2f} × jieba.lcut")


if __name__ == "__main__":
    main()
