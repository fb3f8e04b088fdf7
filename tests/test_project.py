"""The project's own files: the seed, the environment, the lock."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from rattler import MatchSpec

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
CONDA_NAME = {"matplotlib": "matplotlib-base"}  # the same library without a desktop toolkit
CONDA_ONLY = {"python", "pip"}
TEST_TOOLS = {"nbval", "pytest"}  # what an analyst needs of the extra `test`


def pins(lines: list[str]) -> dict[str, str]:
    return dict(re.split(r"\s*==\s*", line) for line in lines if "==" in line)


def test_the_seed_is_what_it_was_byte_for_byte() -> None:
    digest = hashlib.sha256((ROOT / "seeds" / "henan-county-economy-2020.txt").read_bytes()).hexdigest()
    assert digest == "5a6aebbb7e2b39c39117a967ad1ea752e276e8954d125ffdd62308c881513fda"
    assert digest in (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")


def test_environment_yml_holds_the_versions_of_pyproject() -> None:
    pip = next(d["pip"] for d in CONDA if isinstance(d, dict))
    conda = pins([d for d in CONDA if isinstance(d, str)] + pip)
    wanted = pins(PROJECT["dependencies"])
    tools = pins(PROJECT["optional-dependencies"]["test"])
    wanted |= {name: tools[name] for name in TEST_TOOLS}
    assert conda == {CONDA_NAME.get(name, name): version for name, version in wanted.items()}
    assert "-e ." in pip


@pytest.mark.parametrize("line", [d for d in CONDA if isinstance(d, str)])
def test_every_line_of_environment_yml_is_a_strict_match_spec(line: str) -> None:
    assert str(MatchSpec(line, strict=True).name.normalized) == line.split()[0]


def test_every_dependency_is_pinned_and_locked_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    extras = [line for group in PROJECT["optional-dependencies"].values() for line in group]
    for line in PROJECT["dependencies"] + extras:
        assert re.search(rf"^{re.escape(line)}(?: ;.*)? \\$", lock, re.M), f"{line} is not in the lock: make lock"
    assert "--hash=sha256:" in lock


def test_the_lock_names_no_address() -> None:
    assert not re.search(
        r"://|--(?:extra-)?index-url|--find-links", (ROOT / "requirements.lock").read_text(encoding="utf-8")
    )


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_dependency_is_named_in_the_readme_with_its_reason() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in PROJECT["dependencies"]:
        name = line.partition("==")[0]
        assert re.search(rf"`{re.escape(name)}`", readme), f"{name}: why is it here? Say so in the README"


def test_the_citation_names_what_pyproject_names() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()  # what the format demands
    assert cited["version"] == PROJECT["version"] and cited["license"] == PROJECT["license"]
    holder = cited["authors"][0]["name"]
    assert holder in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_commands_that_are_told_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "benchmarks/README.md", "benchmarks/sceptics.md"):
        told = set(re.findall(r"(?:`|^)make (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
        assert told <= targets, name
        assert told
