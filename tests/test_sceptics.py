"""The page for sceptics says what is measured, and nothing that was typed in."""

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import record as recording  # noqa: E402

RECORD: dict[str, Any] = json.loads(recording.RECORD.read_text(encoding="utf-8"))
TEMPLATE = recording.TEMPLATE.read_text(encoding="utf-8")
FIELD = re.compile(r"\{[^}]*\}")
KNOWN = re.compile(r"95 % interval|January 1998")  # a level and a date, not results


def test_what_the_repository_can_measure_is_what_the_record_and_the_page_say() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "record.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_record_that_says_otherwise_is_found_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    flattered = copy.deepcopy(RECORD)
    flattered["here"]["agreement"]["implied"]["f1"] = 0.999
    for name, text in {"RECORD": json.dumps(flattered), "PAGE": recording.page(flattered)}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.setattr(recording, name, tmp_path / name)
    monkeypatch.setattr(recording, "ROOT", tmp_path)
    monkeypatch.setattr(recording, "here", lambda: RECORD["here"])
    monkeypatch.setattr(sys, "argv", ["record.py", "--check"])
    assert recording.main() == 1


def test_the_template_holds_no_figure() -> None:
    prose = re.sub(r"```.*?```|\[notebook \d\d(?=\])|\]\([^)]*\)", "", FIELD.sub("", TEMPLATE), flags=re.S | re.I)
    prose = KNOWN.sub("", prose).replace("*F1*", "").replace("word F1", "")
    assert not re.findall(r"\w*\d\w*", prose)


def test_what_cannot_be_measured_again_says_its_day_beside_it() -> None:
    """In its own paragraph, or in the one before the table or list that it continues."""
    for part in re.split(r"\n(?=## |\*\*\w+\.\*\*)", TEMPLATE):
        for source, tables in (("elsewhere", "{developed}"), ("told", "{blind}"), ("news", "{fewer}")):
            if f"{{{source}[" in part or tables in part:
                assert f"{{{source}[date]}}" in part, part[:60]
                assert re.search(r"not (?:be )?kept here|can be kept here", part), part[:60]
    assert TEMPLATE.count("copied by hand, and cannot be recomputed") == 2  # told, news
    for source in ("elsewhere", "told", "news"):
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", RECORD[source]["date"])


def test_nothing_of_a_text_that_cannot_be_kept_is_in_the_record() -> None:
    kept = {k: v for k, v in RECORD.items() if k != "here"}
    assert not re.search(r"[\u4e00-\u9fff]", json.dumps(kept, ensure_ascii=False))


def test_the_readme_leads_there() -> None:
    for readme in ("README.md", "README.zh.md", "benchmarks/README.md"):
        assert "sceptics.md)" in (ROOT / readme).read_text(encoding="utf-8"), readme
