"""The set-up on a fresh machine: `make demo` in a copy of the tree whose path holds a space, twice, the second time without a package index."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker import schemas

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make")
# Whatever would be asked there answers at once that nobody is at home.
NO_INDEX = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
}


def make(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    if MAKE is None:
        pytest.skip("there is no make")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "MAKE", "MFLAGS"))}
    command = [MAKE, f"PYTHON={sys.executable}", *words]
    return subprocess.run(command, cwd=folder, env=mine | more, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a fresh clone holds, and the wheels that `make wheels` may have put aside."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines() if line and line != ".wheels/"]
    folder = tmp_path_factory.mktemp("a fresh machine") / "disclosure checker"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", *ignored))
    return folder


@pytest.fixture(scope="module")
def first(copy: Path) -> subprocess.CompletedProcess[str]:
    """The first `make demo` of the copy."""
    done = make(copy, "demo")
    if done.returncode and re.search(r"No matching distribution|connection|Could not fetch", done.stderr):
        pytest.skip("there is no package index, and .wheels/ is not filled: make wheels")
    return done


def told(done: subprocess.CompletedProcess[str], copy: Path) -> None:
    """What every `make demo` ends with."""
    assert done.returncode == 0, done.stdout + done.stderr
    assert "AFF001" in done.stdout
    assert done.stdout.endswith("The same findings for programs: demo-report.json\n")
    assert re.search(r"^disclosure-checker: exit 0 \(ok\): .*, and --fail-on never; \d+ needs? review; 0 not checked$", done.stderr, re.MULTILINE)
    report = json.loads((copy / "demo-report.json").read_text("utf-8"))
    assert schemas.validate("report", report) == []
    assert {page["status"] for page in report["pages"]} == {"checked"}
    assert len(report["pages"]) == len(list((ROOT / "fixtures/pages").glob("*/page.html")))


@pytest.mark.long
def test_a_fresh_copy_checks_the_example_pages(first: subprocess.CompletedProcess[str], copy: Path) -> None:
    told(first, copy)


@pytest.mark.long
def test_the_second_time_needs_no_index(first: subprocess.CompletedProcess[str], copy: Path) -> None:
    assert first.returncode == 0
    (copy / "demo-report.json").unlink()
    done = make(copy, "demo", **NO_INDEX)
    assert "Installing" not in done.stdout
    told(done, copy)


@pytest.mark.long
def test_a_changed_project_file_needs_no_index_where_the_lock_is_met(first: subprocess.CompletedProcess[str], copy: Path) -> None:
    assert first.returncode == 0
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("\n# A comment.\n")
    done = make(copy, "install", **NO_INDEX)
    assert done.returncode == 0, done.stderr
    assert "Installing" in done.stdout


@pytest.mark.long
def test_a_moved_copy_still_works(first: subprocess.CompletedProcess[str], copy: Path) -> None:
    assert first.returncode == 0
    moved = copy.with_name("moved here")
    copy.rename(moved)
    try:
        told(make(moved, "demo", **NO_INDEX), moved)
    finally:
        moved.rename(copy)


def test_ci_runs_what_make_runs() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert script.index("set -euo pipefail") < script.index("export REQUIRE_ALL=1") < script.index("make test\n") < script.index("make test-long\n")
    plan = "".join(make(ROOT, "--dry-run", target).stdout for target in ("test", "test-long"))
    commands = [line.split(" -m ", 1)[1] for line in plan.splitlines() if line.startswith(".venv/bin/python -m")]
    assert commands == ["ruff check .", "ruff format --check .", "mypy", 'pytest -q -m "not long" -n auto --dist loadfile', "pytest -q -m long"]


def test_an_old_python_is_refused_in_one_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9); sys.version = \'3.9.1 x\'; $1"\n')
    old.chmod(0o755)
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    done = make(tmp_path, "install", f"PYTHON={old}")
    assert done.returncode != 0
    assert "disclosure-checker needs Python 3.11 or newer; this is 3.9.1." in done.stderr
    assert not (tmp_path / ".venv").exists()
