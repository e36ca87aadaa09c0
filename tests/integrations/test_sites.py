"""The example sites: each is copied into a new repository, its owner's pipeline runs, the pages are mended, and the pipeline passes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = ROOT / "fixtures/sites"
NAMES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
LINE = re.compile(r"^(\S+?):\d+:\d+ ([A-Z]{3}\d{3}) (?:error|warning|review) ", re.MULTILINE)

Shell = Callable[..., subprocess.CompletedProcess[str]]
Found = set[tuple[str, str]]
Run = Callable[[], tuple[int, Found, str]]


@pytest.fixture
def copied(tmp_path: Path, shell: Shell) -> Callable[[str], Path]:
    def copy(name: str) -> Path:
        place = tmp_path / f"my {name} site"
        shutil.copytree(SITES / name, place)
        done = shell("git init -q && git add -A && git commit -q -m 'The site'", place)
        assert done.returncode == 0, done.stderr
        return place

    return copy


def mended(place: Path) -> dict[str, Any]:
    expect = tomllib.loads((place / "expect.toml").read_text("utf-8"))
    for repair in expect["repair"]:
        page = place / repair["page"]
        text = page.read_text("utf-8")
        assert text.count(repair["old"]) == 1, repair
        page.write_text(text.replace(repair["old"], repair["new"]), "utf-8")
    return expect


def first_wrong_then_right(place: Path, pipeline: Run) -> None:
    code, found, log = pipeline()
    expect = mended(place)
    assert code == expect["exit"], log
    assert found == {(each["page"], each["rule"]) for each in expect["findings"]}, log
    code, found, log = pipeline()
    assert (code, found) == (0, set()), log


def test_hugo_with_the_action(copied: Callable[[str], Path], job: Callable[..., Any]) -> None:
    place = copied("hugo")
    workflow = yaml.safe_load((place / ".github/workflows/disclosure.yml").read_text("utf-8"))
    (step,) = (step for step in workflow["jobs"]["disclosure"]["steps"] if "/disclosure-checker@" in step["uses"])
    given = {name.replace("-", "_"): str(value) for name, value in step["with"].items()}

    def pipeline() -> tuple[int, Found, str]:
        done = job(place, **given)
        assert done.uploaded == given["sarif"]
        results = json.loads((place / given["sarif"]).read_text("utf-8"))["runs"][0]["results"]
        at = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
        return (
            done.code,
            {(uri, result["ruleId"]) for uri, result in zip(at, results, strict=True) if result["level"] in {"error", "warning"}},
            done.log,
        )

    first_wrong_then_right(place, pipeline)


def test_jekyll_with_a_hook_before_the_push(copied: Callable[[str], Path], shell: Shell, tmp_path: Path) -> None:
    place = copied("jekyll")
    (wanted,) = yaml.safe_load((place / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    (hook,) = (hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")) if hook["id"] == wanted["id"])
    assert hook["stages"] == ["pre-push"]
    assert not hook["pass_filenames"]
    script = place / ".git/hooks/pre-push"
    script.write_text(f"#!/bin/sh\nexec {hook['entry']} {' '.join(wanted.get('args', hook['args']))}\n", "utf-8")
    script.chmod(0o755)
    done = shell(f"git init -q --bare '{tmp_path}/remote.git' && git remote add origin '{tmp_path}/remote.git'", place)
    assert done.returncode == 0, done.stderr

    def pipeline() -> tuple[int, Found, str]:
        done = shell("git add -A && { git diff --cached --quiet || git commit -q -m 'Mend it'; } && git push -q origin HEAD:main", place)
        return done.returncode, set(LINE.findall(done.stdout + done.stderr)), done.stdout + done.stderr

    first_wrong_then_right(place, pipeline)
    assert shell("git --git-dir remote.git log --format=%s main", tmp_path).stdout.splitlines() == ["Mend it", "The site"]


@pytest.mark.parametrize("with_", [("bash", "-eo", "pipefail"), ("sh", "-e")], ids=["bash", "sh"])
def test_next_with_gitlab(copied: Callable[[str], Path], shell: Shell, with_: tuple[str, ...]) -> None:
    place = copied("next")
    mine = yaml.safe_load((place / ".gitlab-ci.yml").read_text("utf-8"))["disclosure"]
    template = yaml.safe_load((ROOT / ".gitlab/disclosure-checker.gitlab-ci.yml").read_text("utf-8"))[mine["extends"]]
    variables = {**template["variables"], **mine["variables"], "CHECK_INSTALL": ""}

    def pipeline() -> tuple[int, Found, str]:
        done = shell("\n".join([*template["before_script"], *template["script"]]), place, variables, with_)
        issues = json.loads((place / template["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
        assert (place / template["artifacts"]["reports"]["junit"]).read_text("utf-8").startswith("<?xml")
        found = set(LINE.findall(done.stdout))
        assert found <= {(issue["location"]["path"], issue["check_name"]) for issue in issues}
        return done.returncode, found, done.stdout + done.stderr

    first_wrong_then_right(place, pipeline)


def test_wordpress_with_make(copied: Callable[[str], Path], shell: Shell) -> None:
    if shutil.which("make") is None:
        pytest.skip("needs make")
    place = copied("wordpress")

    def pipeline() -> tuple[int, Found, str]:
        done = shell("make publish", place)
        assert (place / "published").exists() == (done.returncode == 0)
        return done.returncode, set(LINE.findall(done.stdout)), done.stdout + done.stderr

    first_wrong_then_right(place, pipeline)
    assert (place / "published/messer/index.html").exists()
    assert "suppressed: 2" in (place / "disclosure.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_only_the_changed_page_is_checked(copied: Callable[[str], Path], shell: Shell, name: str) -> None:
    place = copied(name)
    pages = sorted(path.relative_to(place).as_posix() for path in place.rglob("*.html"))
    folder = pages[0].split("/")[0]
    assert 4 <= len(pages) <= 8
    wrong = tomllib.loads((place / "expect.toml").read_text("utf-8"))["findings"][-1]
    done = shell(f"git checkout -q -b story && disclosure-checker check {folder} --changed-since main", place)
    assert done.returncode == 0, done.stderr
    assert "no page changed" in done.stderr
    with (place / wrong["page"]).open("a", encoding="utf-8") as page:
        page.write("<!-- changed -->\n")
    done = shell(f"disclosure-checker check {folder} --changed-since main --output json", place)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert {finding["source"] for finding in report["findings"]} == {wrong["page"]}
    assert report["summary"]["inputs"]["checked"] == 1


def test_the_settings_are_those_of_the_schema(copied: Callable[[str], Path], shell: Shell) -> None:
    for name in NAMES:
        done = shell("disclosure-checker config show", copied(name))
        assert done.returncode == 0, done.stderr
