"""What users run around the program, run for real: a shell, git, and the program by its name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = """<!doctype html>
<html lang="en"><head><title>How to make tea</title></head><body><article><h1>How to make tea</h1>
<p>By Jane Doe</p><p>Boil fresh water and wait for four minutes before you pour the tea.</p></article></body></html>
"""
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


# What GitHub runs for `shell: bash`.
@pytest.fixture
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a fresh machine on which the program is installed and a name for commits is set."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        "[user]\nname = Ada\nemail = ada@press.example\n[init]\ndefaultBranch = main\n[commit]\ngpgsign = false\n", "utf-8"
    )
    programs = home / "bin"
    programs.mkdir()
    for name in ("python", "python3"):
        (programs / name).symlink_to(sys.executable)
    program = programs / "disclosure-checker"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n', "utf-8")
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "DISCLOSURE_CHECKER_", "PRE_COMMIT"))}
    return {**kept, "HOME": str(home), "PATH": f"{programs}{os.pathsep}{kept['PATH']}", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(surroundings: Mapping[str, str]) -> Shell:
    """Run a script as bash would for a pipeline, or as another shell would."""

    def run(
        script: str, cwd: Path, more: Mapping[str, str] | None = None, with_: Sequence[str] = ("bash", "--noprofile", "--norc", "-e")
    ) -> subprocess.CompletedProcess[str]:
        if shutil.which(with_[0]) is None:
            pytest.skip(f"needs {with_[0]}")
        return subprocess.run(
            [*with_, "-c", script], cwd=cwd, env={**surroundings, **(more or {})}, capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.fixture
def repository(tmp_path: Path, shell: Shell) -> Path:
    """A git repository with a page that nothing is wrong with, committed."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    place = tmp_path / "a site"
    place.mkdir()
    (place / "good.html").write_text(GOOD, "utf-8")
    done = shell("git init -q && git add -A && git commit -q -m 'The site'", place)
    assert done.returncode == 0, done.stderr
    return place


EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass
class Job:
    """What came of the action in a job."""

    code: int
    outputs: dict[str, str]
    log: str
    uploaded: str | None
    summary: str
    steps: list[str] = field(default_factory=list)


def of_file(path: Path) -> dict[str, str]:
    """The lines that steps leave for GitHub."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    assert all("=" in line for line in lines), lines
    return dict(line.split("=", 1) for line in lines)


def text(value: str, inputs: Mapping[str, str], outputs: Mapping[str, str], checkout: Path) -> str:
    """The few expressions that the action uses, as GitHub fills them in."""

    def found(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("inputs."):
            return inputs[name.removeprefix("inputs.")]
        if name.startswith("steps.check.outputs."):
            return outputs.get(name.removeprefix("steps.check.outputs."), "")
        assert name == "github.action_path", name
        return str(checkout)

    return EXPRESSION.sub(found, value)


def runs(step: Mapping[str, Any], inputs: Mapping[str, str], outputs: Mapping[str, str], failed: bool) -> bool:
    """Whether GitHub would run the step."""
    condition = step.get("if", "")
    told = {
        "": not failed,
        "${{ always() }}": True,
        "${{ inputs.python-version != '' }}": not failed and bool(inputs["python-version"]),
        "${{ always() && inputs.upload-sarif == 'true' && steps.check.outputs.sarif-file != '' }}": inputs["upload-sarif"] == "true"
        and bool(outputs.get("sarif-file")),
    }
    return told[condition]


@pytest.fixture
def job(tmp_path: Path, surroundings: dict[str, str]) -> Callable[..., Job]:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")

    def run(site: Path, *, install: bool = False, checkout: Path = ROOT, **given: str) -> Job:
        inputs = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        temp = tmp_path / "runner temp"
        temp.mkdir(exist_ok=True)
        files = {name: temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        env = {**surroundings, "RUNNER_TEMP": str(temp), "GITHUB_ACTIONS": "true", **{name: str(path) for name, path in files.items()}}
        code, log, uploaded, done = 0, "", None, []
        for step in STEPS:
            outputs = of_file(files["GITHUB_OUTPUT"])
            if not runs(step, inputs, outputs, code != 0) or (step["name"] == "Install" and not install):
                continue
            done.append(step["name"])
            if "uses" in step:
                uploaded = text(step["with"].get("sarif_file", ""), inputs, outputs, checkout) or uploaded
                continue
            assert step["shell"] == "bash"
            added = files["GITHUB_PATH"].read_text("utf-8").splitlines() if files["GITHUB_PATH"].exists() else []
            told = {name: text(value, inputs, outputs, checkout) for name, value in step["env"].items()}
            script = temp / "script.sh"
            script.write_text(step["run"], "utf-8")
            path = os.pathsep.join([*reversed(added), env["PATH"]])
            ended = subprocess.run(
                [*BASH, str(script)], cwd=site, env={**env, **told, "PATH": path}, capture_output=True, encoding="utf-8", check=False
            )
            log += ended.stdout + ended.stderr
            code = code or ended.returncode
        summary = files["GITHUB_STEP_SUMMARY"]
        return Job(code, of_file(files["GITHUB_OUTPUT"]), log, uploaded, summary.read_text("utf-8") if summary.exists() else "", done)

    return run
