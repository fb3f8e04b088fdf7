"""What several test files share: the seed as a Document, its tables, the hand-coded gold, a browser."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, sync_playwright

from helpers import tables
from helpers.document import Document, from_text, read

ROOT = Path(__file__).parents[1]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. BROWSER=0 leaves out the tests that need it, BROWSER=1 fails them where there is none."""
    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    wanted = os.environ.get("BROWSER") or "where there is one"
    if wanted == "0":
        pytest.skip("left out by BROWSER=0")
    if path is None and wanted != "1":
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
