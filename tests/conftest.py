"""What several test files share: the seed as a Document, its tables, the hand-coded gold."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import tables
from helpers.document import Document, from_text, read

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seed() -> Document:
    return read(ROOT / "seeds" / "henan-county-economy-2020.txt")


@pytest.fixture(scope="session")
def seed_tables(seed: Document) -> dict[str, pd.DataFrame]:
    return tables.of(seed)


@pytest.fixture(scope="module")
def document(request: pytest.FixtureRequest) -> Document:
    """The small text `TEXT` of a test file."""
    return from_text(request.module.TEXT, "example")


@pytest.fixture(scope="module")
def read_of(document: Document) -> dict[str, pd.DataFrame]:
    """Its tables."""
    return tables.of(document)


@pytest.fixture(scope="session")
def gold() -> dict[str, Any]:
    return json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))
