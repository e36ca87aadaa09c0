"""The Dockerfile as far as it can be tried without an engine: what it copies is there, and its commands build what it installs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = re.sub(r"\\\n", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
STEPS = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]
COPIED = [shlex.split(rest) for word, rest in STEPS if word == "COPY" and not rest.startswith("--from")]


def test_what_is_copied_is_there_and_not_ignored() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    sources = {source for words in COPIED for source in words[:-1]}
    assert sources == allowed
    assert all((ROOT / source).exists() for source in sources)


def test_it_runs_the_program_as_nobody_in_particular() -> None:
    words = dict(STEPS)
    assert words["ENTRYPOINT"] == '["disclosure-checker"]'
    assert words["WORKDIR"] == "/work"
    assert words["USER"] not in {"root", "0"}
    names = [word for word, _ in STEPS]
    assert names.index("USER") < names.index("ENTRYPOINT")
    for _, image in (step for step in STEPS if step[0] == "FROM"):
        assert re.match(r"python:3\.\d+\.\d+-slim-\w+", image)


@pytest.mark.long
def test_its_first_stage_builds_the_wheel(tmp_path: Path, shell: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    for *sources, _ in COPIED:
        for source in sources:
            path = ROOT / source
            if path.is_dir():
                shutil.copytree(path, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, tmp_path / source)
    build = next(rest for word, rest in STEPS if word == "RUN" and "pip wheel" in rest)
    done = shell(build, tmp_path)
    if "No matching distribution" in done.stderr or "Temporary failure in name resolution" in done.stderr:
        pytest.skip("needs a package index")
    assert done.returncode == 0, done.stderr
    wheels = {path.name.split("-")[0] for path in (tmp_path / "wheels").glob("*.whl")}
    assert {"disclosure_checker", "lxml", "click", "pillow"} <= wheels
