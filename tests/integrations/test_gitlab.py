"""The job for GitLab, its script run by the shells that a runner may have."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / ".gitlab/disclosure-checker.gitlab-ci.yml").read_text("utf-8"))[".disclosure-checker"]
SCRIPT = "\n".join(TEMPLATE["script"])
BAD = (ROOT / "fixtures/pages/founding-story/page.html").read_text("utf-8")

Shell = Callable[..., subprocess.CompletedProcess[str]]
SHELLS = pytest.mark.parametrize("with_", [("bash", "-eo", "pipefail"), ("sh", "-e")], ids=["bash", "sh"])


@SHELLS
def test_findings_fail_the_job_and_reach_its_reports(repository: Path, shell: Shell, with_: tuple[str, ...]) -> None:
    (repository / "a bad page.html").write_text(BAD, "utf-8")
    done = shell(SCRIPT, repository, {**TEMPLATE["variables"], "CHECK_PATHS": "good.html\na bad page.html\n"}, with_)
    assert done.returncode == 1, done.stderr
    issues = json.loads((repository / "gl-code-quality-report.json").read_text("utf-8"))
    assert {issue["location"]["path"] for issue in issues} == {"a bad page.html"}
    assert "AFF002" in (repository / "disclosure-checker.xml").read_text("utf-8")


@SHELLS
def test_settings_and_options_reach_the_program(repository: Path, shell: Shell, with_: tuple[str, ...]) -> None:
    (repository / "bad.html").write_text(BAD, "utf-8")
    variables = {**TEMPLATE["variables"], "CHECK_PATHS": ".", "CHECK_ARGS": "--ignore=AFF,PRG\n\n--quiet", "DISCLOSURE_CHECKER_FAIL_ON": "info"}
    done = shell(SCRIPT, repository, variables, with_)
    assert done.returncode == 0, done.stderr
    done = shell(SCRIPT, repository, {**variables, "CHECK_ARGS": ""}, with_)
    assert done.returncode == 1


@SHELLS
def test_only_what_changed(repository: Path, shell: Shell, with_: tuple[str, ...]) -> None:
    done = shell(SCRIPT, repository, {**TEMPLATE["variables"], "CHECK_PATHS": ".", "CHECK_CHANGED_SINCE": "main"}, with_)
    assert done.returncode == 0, done.stderr
    assert "no page changed; 1 unchanged" in done.stderr


@SHELLS
@pytest.mark.parametrize("name", ["CHECK_PATHS", "CHECK_ARGS", "CHECK_CHANGED_SINCE"])
def test_no_variable_is_run(repository: Path, shell: Shell, with_: tuple[str, ...], name: str) -> None:
    hostile = "$(touch pwned) `touch pwned` '; touch pwned; ' \"; touch pwned; \""
    done = shell(SCRIPT, repository, {**TEMPLATE["variables"], "CHECK_PATHS": "good.html", name: hostile}, with_)
    assert done.returncode != 0
    assert not (repository / "pwned").exists()


def test_reports_are_kept_when_the_job_fails() -> None:
    assert TEMPLATE["artifacts"]["when"] == "always"
    assert all(path in SCRIPT for path in TEMPLATE["artifacts"]["reports"].values())
    # A variable that the program reads as a setting must not be set by accident.
    assert not any(name.startswith("DISCLOSURE_CHECKER_") for name in TEMPLATE["variables"])


def test_nothing_is_installed_where_the_image_has_it(shell: Shell, tmp_path: Path) -> None:
    assert shell("\n".join(TEMPLATE["before_script"]), tmp_path, {"CHECK_INSTALL": ""}).returncode == 0
