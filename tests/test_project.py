"""The project's own files: the seed, the environment, the lock."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from rattler import MatchSpec

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
CONDA_NAME = {"matplotlib": "matplotlib-base"}  # the same library without a desktop toolkit
CONDA_ONLY = {"python", "pip"}
README = (ROOT / "README.md").read_text(encoding="utf-8")
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
    extras = PROJECT["optional-dependencies"]
    tools = pins(extras["test"])
    wanted |= pins(extras["formats"]) | pins(extras["chinese"]) | {name: tools[name] for name in TEST_TOOLS}
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


def test_what_the_package_imports_is_declared() -> None:
    """Pillow was an extra of the tests, fontTools a guest of matplotlib: an installed package could not draw."""
    lines = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["formats"]
    declared = {normal(name) for name in pins(lines)} | {"dask"}  # `distributed` demands the dask of its own version
    providers = packages_distributions()
    for path in sorted((ROOT / "helpers").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in {n.partition(".")[0] for n in names} - sys.stdlib_module_names - {"helpers"}:
                found = {normal(d) for d in providers.get(name, [])}
                assert found & declared, f"{path.name} imports {name}: declare {found or name} in pyproject.toml"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_names_no_address() -> None:
    assert not re.search(
        r"://|--(?:extra-)?index-url|--find-links", (ROOT / "requirements.lock").read_text(encoding="utf-8")
    )


def test_an_analyst_elsewhere_gets_what_make_sets_up() -> None:
    """conda and Binder read no .docx and no .pdf, and showed every notebook as changed as soon as it was opened."""
    post = (ROOT / "postBuild").read_text(encoding="utf-8")
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("ipython_kernel_config.py", "overrides.json"):
        assert (ROOT / "notebooks" / "lab" / name).exists()
        assert f"cp notebooks/lab/{name}" in post and f"cp notebooks/lab/{name}" in make
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_menus_are_chinese_by_make_chinese_and_not_by_make_lab() -> None:
    """The language pack was installed outside the lock, and the next set-up took it away again."""
    told = {
        target: subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for target in ("lab", "chinese")
    }
    assert "cp notebooks/lab/chinese.json" in told["chinese"] and "cp notebooks/lab/chinese.json" not in told["lab"]
    assert re.search(r"rm -f \S+overrides\.d/chinese\.json", told["lab"])
    assert "language-pack" not in told["chinese"]


def test_the_devcontainer_makes_the_environment_of_make() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    target = container["postCreateCommand"].removeprefix("make ")
    assert re.search(rf"^{re.escape(target)}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    version = tuple(map(int, re.search(r"python:(\d+)\.(\d+)", container["image"]).groups()))
    assert version >= (3, 11)


def test_the_badge_opens_a_notebook_that_is_there() -> None:
    (notebook,) = re.findall(r"mybinder\.org/v2/gh/\S+?\?urlpath=lab/tree/([^)\s]+)\)", README)
    assert (ROOT / notebook).exists()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def workflow(name: str) -> dict[str, Any]:
    """A workflow; YAML 1.1 reads its key `on` as True."""
    read = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in read.items()}


def test_ci_holds_every_committed_output_byte_for_byte() -> None:
    """CONTRIBUTING said so, and notebook 00 alone was compared."""
    job = workflow("test")["jobs"]["test"]
    (held,) = [s["run"] for s in job["steps"] if "git diff" in s.get("run", "")]
    assert held == "make run && git diff --exit-code"
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = next(line for line in contributing.splitlines() if "CI holds this on all" in line)
    assert f"`{held}`" in told and all(v in told for v in job["strategy"]["matrix"]["python"])


def test_the_site_is_published_only_of_what_passed_the_tests() -> None:
    site = workflow("site")
    assert list(site["on"]) == ["workflow_run"] and site["on"]["workflow_run"]["workflows"] == [
        workflow("test")["name"]
    ]
    build, publish = site["jobs"]["build"], site["jobs"]["publish"]
    assert "conclusion == 'success'" in build["if"] and publish["needs"] == "build"
    checkout = next(s for s in build["steps"] if s.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"]["ref"] == "${{ github.event.workflow_run.head_sha }}"


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
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^([\w -]+):(?!=)", makefile, re.M) for name in line.split()}
    for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "benchmarks/README.md", "benchmarks/sceptics.md"):
        told = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
        assert told <= targets, name
        assert told
