"""How much injected damage the repair mends, and how often it changes what was whole.

Clean texts (the seed, and the corpus beside the project where it is present; both as the repair leaves them) are
damaged at random places, one kind at a time, and mended. A damage counts as mended where the text around it is restored
to the character. A repair that touches no damage is false; it counts as such on the clean texts too.

    python benchmarks/damage.py [--seed 1] [--corpus FOLDER] [--show 3]
"""

import argparse
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers import decode, repair
from helpers.repair import mend

ROOT: Final = Path(__file__).resolve().parents[1]
CORPUS: Final = ROOT.parent / "shared" / "corpus"
APART: Final = 60  # characters between two damages of one text

_INSIDE: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})")
_NUMBER: Final = re.compile(r"\d{2,}(?:\.\d+)?")
_IN_NUMBER: Final = re.compile(r"(?<=\d)(?=\d|\.\d)")
_QUOTE: Final = re.compile(r"[“”—…·]")
_STOP: Final = re.compile(r"。(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Wound:
    """`text[start:end]` of the clean text was replaced by `by`."""

    start: int
    end: int
    by: str


@dataclass(slots=True)
class Score:
    """What became of one kind of damage."""

    kind: str
    injected: int = 0
    mended: int = 0
    false: int = 0
    characters: int = 0

    def __str__(self) -> str:
        share = f"{100 * self.mended / self.injected:6.1f} %" if self.injected else "       –"
        rate = 1e4 * self.false / max(1, self.characters)
        return f"{self.kind:14}{self.injected:7}{self.mended:7}{share}{self.false:7}{rate:8.2f}"


def _body(text: str) -> int:
    """Where running text begins: titles are set in lines of their own and are not damaged, but for their spacing."""
    m = re.search(r"^[^\n]*。[^\n]", text, re.M)
    return m.start() if m else 0


def _spread(places: Iterable[tuple[int, int]], rate: float, rng: random.Random) -> Iterator[tuple[int, int]]:
    last = -APART
    for start, end in places:
        if start - last >= APART and rng.random() < rate:
            last = end
            yield start, end


def _at(pattern: re.Pattern[str], text: str, rate: float, rng: random.Random) -> list[tuple[int, int]]:
    return list(_spread((m.span() for m in pattern.finditer(text, _body(text))), rate, rng))


def breaks(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, "\n") for a, b in _at(_INSIDE, text, 0.02, rng)]


def blank_lines(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, "\n\n") for a, b in _at(_INSIDE, text, 0.02, rng)]


def wrapped(text: str, rng: random.Random) -> list[Wound]:
    """Every paragraph cut into lines of one width, as PDFs give them; no line but the last ends with a sentence, as
    nothing would then tell it from a paragraph.
    """
    out, width, at = [], rng.randint(30, 42), 0
    for line in text.split("\n"):
        if at >= _body(text):
            cut = width
            while cut < len(line):
                while cut < len(line) and (
                    line[cut] in "，。、；：！？）》”%,;.:)0123456789" or line[cut - 1] in "。！？；：”）)"
                ):
                    cut += 1
                if cut < len(line):
                    out.append(Wound(at + cut, at + cut, "\n"))
                cut += width
        at += len(line) + 1
    return out


def pages(text: str, rng: random.Random) -> list[Wound]:
    """A page number, and on every other page a running header, in the middle of sentences."""
    head = text.split("\n", 1)[0]
    places = list(_spread((m.span() for m in _INSIDE.finditer(text, _body(text))), 0.004, rng))
    style = rng.choice(("— {} —", "- {} -", "第{}页", "· {} ·"))
    header = f"{head}\n" if 4 <= len(head) <= 30 and not re.search("[。：:！，]", head) else ""
    return [Wound(a, b, f"\n{style.format(n + 1)}\n{header}") for n, (a, b) in enumerate(places)]


def inserts(text: str, rng: random.Random) -> list[Wound]:
    lines = ("扫码看\n视频新闻", "点击查看更多", "扫码关注我们", "责任编辑:某某")
    return [Wound(a, b, f"\n\n{rng.choice(lines)}\n\n") for a, b in _at(_INSIDE, text, 0.005, rng)]


def number_gaps(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, " ") for a, b in _at(_IN_NUMBER, text, 0.5, rng)]


def spaced_numbers(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, " ".join(text[a:b])) for a, b in _at(_NUMBER, text, 0.5, rng)]


def word_gaps(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, rng.choice(" \u3000")) for a, b in _at(_INSIDE, text, 0.02, rng)]


def width(text: str, rng: random.Random) -> list[Wound]:
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    return [Wound(a, b, text[a:b].translate(wide)) for a, b in _at(_NUMBER, text, 0.5, rng)]


def invisible(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(a, b, rng.choice("\u200b\u200d\ufeff\u00ad")) for a, b in _at(_INSIDE, text, 0.02, rng)]


def entities(text: str, rng: random.Random) -> list[Wound]:
    names = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&#183;"}
    return [Wound(a, b, names[text[a:b]]) for a, b in _at(_QUOTE, text, 0.3, rng)]


def tags(text: str, rng: random.Random) -> list[Wound]:
    some = ("<br/>", "</span>", '<font color="red">', "<b>", "</p><p>", '<a href="x.html">')
    return [Wound(a, b, rng.choice(some)) for a, b in _at(_INSIDE, text, 0.02, rng)]


def stops(text: str, rng: random.Random) -> list[Wound]:
    """The full stop at the end of a paragraph of more than one sentence."""
    places = [
        m.span()
        for m in _STOP.finditer(text, _body(text))
        if "。" in text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
    ]
    return [Wound(a, b, "") for a, b in _spread(places, 0.3, rng)]


def indents(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(m.end(), m.end(), "\u3000\u3000") for m in re.finditer(r"\n", text) if rng.random() < 0.9]


def spaced_title(text: str, rng: random.Random) -> list[Wound]:
    line = text.split("\n", 1)[0]
    return [Wound(0, len(line), " ".join(line))] if re.fullmatch(r"[\u4e00-\u9fff]{4,12}", line) else []


KINDS: Final[dict[str, Callable[[str, random.Random], list[Wound]]]] = {
    "break": breaks, "blank line": blank_lines, "wrapped": wrapped, "page": pages, "insert": inserts,
    "in number": number_gaps, "spaced number": spaced_numbers, "in word": word_gaps,
    "width": width, "invisible": invisible, "entity": entities, "tag": tags, "full stop": stops, "indent": indents,
    "spaced title": spaced_title,
}  # fmt: skip


def damaged(text: str, wounds: list[Wound]) -> tuple[str, list[int]]:
    """The damaged text, and by how much it is longer after each wound."""
    out, at, shift, shifts = [], 0, 0, []
    for w in wounds:
        out += (text[at : w.start], w.by)
        at = w.end
        shift += len(w.by) - (w.end - w.start)
        shifts.append(shift)
    return "".join(out) + text[at:], shifts


def measure(kind: str, text: str, rng: random.Random, score: Score, show: int = 0) -> None:
    """Damage one text, mend it, and count."""
    wounds = KINDS[kind](text, rng)
    raw, shifts = damaged(text, wounds)
    mended = mend(raw)
    starts = [w.start for w in wounds]

    def moved(position: int) -> int:
        i = bisect_right(starts, position) - 1
        return position + (shifts[i] if i >= 0 and position >= wounds[i].end else shifts[i - 1] if i > 0 else 0)

    score.characters += len(text)
    for i, w in enumerate(wounds):
        left = max(w.start - 6, wounds[i - 1].end if i else 0)
        right = min(w.end + 6, wounds[i + 1].start if i + 1 < len(wounds) else len(text), len(text))
        a = left + (shifts[i - 1] if i else 0)
        b = right + shifts[i]
        got = mended.text[mended.alignment.to_text(a) : mended.alignment.to_text(b)]
        restored = got.rstrip("\n") == text[left:right].rstrip("\n")  # the line end may belong to the next damage
        score.injected += 1
        score.mended += restored
        if not restored and show:
            print(f"  not mended ({kind}): {text[left:right]!r} is {got!r}")
            show -= 1
    spans = [(w.start + (shifts[i - 1] if i else 0), w.end + shifts[i]) for i, w in enumerate(wounds)]
    ends = [b for _, b in spans]
    for r in mended.repairs:
        i = bisect_right(ends, r.raw_start - 1)
        touched = i < len(spans) and spans[i][0] <= r.raw_end
        if r.certain and not touched:
            score.false += 1
            if show:
                print(f"  false ({kind}): {r.kind} {raw[max(0, r.raw_start - 9) : r.raw_end + 9]!r}: {r.reason}")
                show -= 1


def texts(corpus: Path | None) -> list[str]:
    """The clean texts: the seed, and what the folder holds, as the repair leaves them."""
    files = sorted((ROOT / "seeds").glob("*.txt")) + (
        sorted(corpus.rglob("*.txt")) if corpus and corpus.is_dir() else []
    )
    return [mend(decode.raw_text(f.read_bytes(), f)).text for f in files]


def run(clean: list[str], seed: int = 1, show: int = 0) -> list[Score]:
    """One score for each kind of damage, then one for the undamaged texts."""
    scores = []
    for kind in KINDS:
        rng = random.Random(f"{seed}{kind}")
        scores.append(Score(kind))
        for text in clean:
            measure(kind, text, rng, scores[-1], show)
    none = Score("none")
    for text in clean:
        none.characters += len(text)
        none.false += sum(r.certain for r in mend(text).repairs)
        if show:
            for r in [r for r in repair.mend(text).repairs if r.certain][:show]:
                print("  on clean text:", r.kind, repr(text[max(0, r.raw_start - 9) : r.raw_end + 9]), r.reason)
    return [*scores, none]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--show", type=int, default=0, help="examples of what failed, for each text and kind")
    parser.add_argument("--every", type=int, default=1, help="take every n-th text only")
    options = parser.parse_args()
    scores = run(texts(options.corpus)[:: options.every], options.seed, options.show)
    print(f"{'damage':14}{'places':>7}{'mended':>7}{'share':>8}{'false':>7}{'/10,000':>8}")
    for score in scores:
        print(score)
    total = Score("all", *(sum(getattr(s, f) for s in scores) for f in ("injected", "mended", "false", "characters")))
    print(total)


if __name__ == "__main__":
    main()
