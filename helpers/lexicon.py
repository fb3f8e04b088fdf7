"""Word lists are data: this room loads `data/lexicon/` and checks it."""

from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parent.parent / "data"


@cache
def words(name: str) -> frozenset[str]:
    """The lines of `data/lexicon/<name>.txt`; empty lines and those that begin with # are left out."""
    lines = (DATA / "lexicon" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
