"""The walls: data flows one way, charts know no document, no room outgrows itself."""

import ast
import re
from pathlib import Path

import pytest

import helpers

ROOMS = Path(helpers.__file__).parent
MODULES = sorted(p.stem for p in ROOMS.glob("*.py") if not p.stem.startswith("__"))
PLAN = [
    re.split(r"\s{3,}", line.strip())[0].split() for line in (helpers.__doc__ or "").splitlines() if line[:4] == "    "
]
ORDER = [room for row in PLAN for room in row]
CHARTS = ("style", "charts", "word_charts", "goal_charts", "explore_charts")


def uses(room: str) -> set[str]:
    """The rooms that a room imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOMS / f"{room}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            found.add(node.module.split(".")[1])
    return found - {room}


def test_every_room_stands_once_in_the_plan() -> None:
    assert sorted(ORDER) == MODULES


@pytest.mark.parametrize("room", MODULES)
def test_a_room_uses_only_rooms_before_it(room: str) -> None:
    assert not {other for other in uses(room) if ORDER.index(other) > ORDER.index(room)}


@pytest.mark.parametrize("room", CHARTS)
def test_charts_know_no_document(room: str) -> None:
    assert uses(room) <= {*CHARTS, "intervals", "readable", "results"}


@pytest.mark.parametrize("room", MODULES)
def test_a_room_of_more_than_300_lines_is_two(room: str) -> None:
    assert len((ROOMS / f"{room}.py").read_text(encoding="utf-8").splitlines()) <= 300


LISTS = sorted((ROOMS.parent / "data" / "lexicon").glob("*.txt"))
CODE = "".join((ROOMS / f"{room}.py").read_text(encoding="utf-8") for room in MODULES)


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_word_list_says_what_it_is_and_is_read_by_a_room(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert re.search(rf"\b{path.stem}\b", CODE)
