"""The GitHub Action, its shell steps run under bash in their order, as GitHub would run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
GOOD = (ROOT / "fixtures/sites/jekyll/_site/about/index.html").read_text("utf-8")
BAD = (ROOT / "fixtures/pages/founding-story/page.html").read_text("utf-8")


class Job(Protocol):
    """What came of the action in a job; see `job` beside this file."""

    code: int
    outputs: dict[str, str]
    log: str
    uploaded: str | None
    summary: str
    steps: list[str]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    place = tmp_path / "the site"
    (place / "public").mkdir(parents=True)
    (place / "public/good.html").write_text(GOOD, "utf-8")
    return place


def test_a_good_site(site: Path, job: Callable[..., Job]) -> None:
    done = job(site, path="public")
    assert done.code == 0, done.log
    assert done.outputs == {"exit-code": "0", "findings": "0", "sarif-file": "disclosure-checker.sarif"}
    assert done.uploaded == "disclosure-checker.sarif"
    assert done.steps == ["Set up Python", "Check", "Upload to code scanning", "Verdict"]
    assert json.loads((site / "disclosure-checker.sarif").read_text("utf-8"))["runs"][0]["results"] == []


def test_a_bad_site_is_reported_before_the_job_fails(site: Path, job: Callable[..., Job]) -> None:
    (site / "public/bad.html").write_text(BAD, "utf-8")
    done = job(site, path="public", sarif="reports of today/site.sarif")
    assert done.code == 1
    assert done.outputs == {"exit-code": "1", "findings": "2", "sarif-file": "reports of today/site.sarif"}
    assert done.uploaded == "reports of today/site.sarif"
    results = json.loads((site / "reports of today/site.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert {result["ruleId"] for result in results} == {"AFF002", "PRG101"}
    assert {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results} == {"public/bad.html"}
    assert "::error file=public/bad.html,line=53" in done.log
    assert "AFF002" in done.summary


def test_nothing_is_written_that_is_not_wanted(site: Path, job: Callable[..., Job]) -> None:
    (site / "public/bad.html").write_text(BAD, "utf-8")
    done = job(site, path="public", sarif="", summary="false")
    assert done.code == 1
    assert done.outputs == {"exit-code": "1", "findings": "2"}
    assert done.uploaded is None
    assert not done.summary
    assert sorted(path.name for path in site.rglob("*")) == ["bad.html", "good.html", "public"]


def test_the_upload_can_be_left_out(site: Path, job: Callable[..., Job]) -> None:
    done = job(site, path="public", upload_sarif="false")
    assert done.uploaded is None
    assert done.outputs["sarif-file"] == "disclosure-checker.sarif"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"path": "public/missing.html"}, 3),
        ({"path": "nothing-*.html"}, 4),
        ({"path": ""}, 2),
        ({"path": "public", "profile": "atlantis"}, 2),
        ({"path": "public", "config": "missing.toml"}, 2),
        ({"path": "public", "baseline": "missing.jsonl"}, 2),
        ({"path": "public", "fail_on": "sometimes"}, 2),
        ({"path": "public", "changed_since": "main"}, 2),
        ({"path": "public", "args": "--no-such-option"}, 2),
        ({"path": "public", "sarif": "public/good.html/x.sarif"}, 2),
        ({"path": "public", "sarif": "a\nexit-code=0"}, 2),
    ],
)
def test_what_is_wrong_fails_the_job(site: Path, job: Callable[..., Job], given: dict[str, str], code: int) -> None:
    done = job(site, **given)
    assert done.code == code, done.log
    assert done.steps[-1] == "Verdict"
    if code == 2:
        assert done.uploaded is None
        assert not done.outputs.get("findings")
    if code in {3, 4}:
        assert done.uploaded == "disclosure-checker.sarif"


def test_several_paths_and_options(site: Path, job: Callable[..., Job]) -> None:
    (site / "public/bad.html").write_text(BAD, "utf-8")
    (site / "more pages").mkdir()
    (site / "more pages/-x.html").write_text(GOOD, "utf-8")
    done = job(site, path="public/*.html\n\nmore pages\r\n", args="--ignore=AFF,PRG\n--statistics", fail_on="info", profile="us, amazon")
    assert done.code == 0, done.log
    assert "3 pages" in done.log


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name not in {"python-version", "version"}])
@pytest.mark.parametrize("hostile", ["$(touch pwned) `touch pwned` '; touch pwned; ' \"; touch pwned; \" a && touch pwned", "--help"])
def test_no_input_is_run(site: Path, job: Callable[..., Job], name: str, hostile: str) -> None:
    done = job(site, **({"path": "public"} | {name: hostile}))
    assert not list(site.rglob("pwned*"))
    # Each is taken for what it is: a place without a page, a word that no option knows, the name of a file, or a category.
    harmless = {"sarif", "summary", "upload-sarif", "category"}
    assert (done.code == 0) == (name in harmless), done.log


def test_only_environment_variables_reach_the_scripts() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        if "run" in step:
            assert step["run"].startswith("set -euo pipefail\n")
        # What the program reads as a setting of its own must not be set by accident.
        assert not any(name.startswith("DISCLOSURE_CHECKER_") for name in step.get("env", {}))
        if "uses" in step:
            assert re.fullmatch(r"(actions|github)/[\w/-]+@v\d+", step["uses"])


def test_every_input_is_used_and_every_output_given() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(STEPS)))
    assert used == set(ACTION["inputs"])
    assert set(ACTION["outputs"]) == {"exit-code", "findings", "sarif-file"}
    assert all(about.get("description") for about in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))


def test_a_check_that_never_ran_is_no_pass(shell: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    assert shell(STEPS[-1]["run"], tmp_path, {"CODE": ""}).returncode == 2


def test_a_strange_version_is_not_installed(site: Path, job: Callable[..., Job]) -> None:
    done = job(site, install=True, version="--index-url=https://packages.example")
    assert done.code == 2
    assert "version is a number such as 0.1.0" in done.log
    assert "Check" not in done.steps


@pytest.mark.long
def test_it_installs_itself(site: Path, job: Callable[..., Job], tmp_path: Path, surroundings: dict[str, str]) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout / name)
    for name in ("checker", "rules"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    surroundings.pop("PYTHONPATH")
    (Path(surroundings["HOME"]) / "bin/disclosure-checker").unlink()
    done = job(site, install=True, checkout=checkout, path="public")
    if "No matching distribution" in done.log or "Temporary failure in name resolution" in done.log:
        pytest.skip("needs a package index")
    assert done.code == 0, done.log
    programs = (tmp_path / "runner temp/github_path").read_text("utf-8").strip()
    assert (Path(programs) / "disclosure-checker").exists()
    assert programs != str(Path(sys.executable).parent)
