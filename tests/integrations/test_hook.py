"""The pre-commit hook: by git alone with what the file says, and by pre-commit itself."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PAGES, SITE = HOOKS
BAD = """<!doctype html>
<html lang="en"><head><title>The best kettle</title></head><body><article><h1>The best kettle</h1>
<p>By Jane Doe</p><p>After a month of tea we would buy this one again.</p>
<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></article></body></html>
"""
MENDED = BAD.replace("<p>After", "<p>We earn a commission when you buy through links on this page.</p>\n<p>After")

Shell = Callable[..., subprocess.CompletedProcess[str]]


def test_the_hooks_say_what_they_run() -> None:
    assert [hook["id"] for hook in HOOKS] == ["disclosure-checker", "disclosure-checker-site"]
    for hook in HOOKS:
        assert hook["entry"] == "disclosure-checker check"
        assert hook["language"] == "python"
        assert hook["require_serial"]
    assert PAGES["types"] == ["html"]


@pytest.fixture
def hooked(repository: Path) -> Path:
    """The repository with git's own hook, which gives the staged pages to the entry as pre-commit does."""
    command = " ".join([PAGES["entry"], *map(shlex.quote, PAGES["args"])])
    script = repository / ".git/hooks/pre-commit"
    staged = "git diff --cached --name-only --diff-filter=ACMR -z -- '*.html' '*.htm' '*.xhtml'"
    script.write_text(f"#!/bin/bash\nset -o pipefail\n{staged} | xargs -0 --no-run-if-empty {command}\n", "utf-8")
    script.chmod(0o755)
    return repository


def test_a_bad_page_is_refused_and_a_mended_one_is_not(hooked: Path, shell: Shell) -> None:
    page = hooked / "the best kettle.html"
    page.write_text(BAD, "utf-8")
    done = shell("git add -A && git commit -q -m 'A kettle'", hooked)
    assert done.returncode != 0
    assert "the best kettle.html:4:8 AFF001 error" in done.stdout + done.stderr
    assert "disclosure-checker: exit 1 (findings)" in done.stderr
    page.write_text(MENDED, "utf-8")
    done = shell("git add -A && git commit -q -m 'A kettle' && git log --format=%s", hooked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "A kettle"


def test_what_is_not_staged_is_not_asked_about(hooked: Path, shell: Shell) -> None:
    (hooked / "bad.html").write_text(BAD, "utf-8")
    (hooked / "notes.txt").write_text("Tea", "utf-8")
    done = shell("git add notes.txt && git commit -q -m 'Notes'", hooked)
    assert done.returncode == 0, done.stderr


def test_a_page_that_cannot_be_read_is_refused(hooked: Path, shell: Shell) -> None:
    (hooked / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    done = shell("git add -A && git commit -q -m 'Broken'", hooked)
    assert done.returncode != 0
    assert "disclosure-checker: exit 3 (incomplete)" in done.stderr


def test_a_deleted_page_does_not_stand_in_the_way(hooked: Path, shell: Shell) -> None:
    done = shell("git rm -q good.html && git commit -q -m 'Gone'", hooked)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_pre_commit_itself(repository: Path, shell: Shell, surroundings: dict[str, str], tmp_path: Path, hook: dict[str, Any]) -> None:
    """It clones the project, installs it into a place of its own, and gives it the staged pages."""
    pytest.importorskip("pre_commit", reason="needs pre-commit")
    project = tmp_path / "project"
    project.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project / name)
    for name in ("checker", "rules"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = shell("git init -q && git add -A && git commit -q -m 'The project'", project)
    assert done.returncode == 0, done.stderr
    surroundings.pop("PYTHONPATH")
    (Path(surroundings["HOME"]) / "bin/disclosure-checker").unlink()
    stage = hook.get("stages", ["pre-commit"])[0]
    run = [sys.executable, "-m", "pre_commit", "try-repo", str(project), hook["id"], "--verbose", "--hook-stage", stage]
    public = repository / "public"
    public.mkdir()
    for text, code in ((BAD, 1), (MENDED, 0)):
        (public / "kettle.html").write_text(text, "utf-8")
        shell("git add -A", repository)
        done = subprocess.run(run, cwd=repository, env=surroundings, capture_output=True, encoding="utf-8", check=False)
        told = done.stdout + done.stderr
        if "No matching distribution" in told or "Temporary failure in name resolution" in told:
            pytest.skip("needs a package index")
        assert done.returncode == code, told
        assert f"disclosure-checker: exit {code} (" in told
        assert ("public/kettle.html:4:8 AFF001 error" in told) == bool(code)
