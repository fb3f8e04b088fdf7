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
from helpers.document import Document, read

ROOT = Path(__file__).parents[1]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def seed() -> Document:
    return read(ROOT / "seeds" / "henan-county-economy-2020.txt")


@pytest.fixture(scope="session")
def seed_tables(seed: Document) -> dict[str, pd.DataFrame]:
    return tables.of(seed)


@pytest.fixture(scope="session")
def gold() -> dict[str, Any]:
    return json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; tests that need it are skipped where there is none, and outside CI unless asked for."""
    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    if not (os.environ.get("CI") or os.environ.get("BROWSER")):  # a minute, as long as all the rest
        pytest.skip("runs in CI; here with: make test BROWSER=1")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
