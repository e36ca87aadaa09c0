"""`check --fix` as a user meets it: files, exit codes, the diff, and what is never written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_it(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "checker", "check", "--no-config", "--select", "LNK201,AFF001", *args]
        return subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})

    return run_it


@pytest.fixture
def page(tmp_path: Path, story: Callable[..., str], paid: Callable[..., str]) -> Path:
    path = tmp_path / "kettle.html"
    path.write_text(story(f"<p>Get {paid()} now.</p>"), "utf-8")
    return path


def test_the_exit_code_is_that_of_the_repaired_pages(run: Run, page: Path) -> None:
    before = page.read_bytes()
    first = run(".", "--fix")
    assert first.returncode == 1  # the notice is still missing
    assert first.stderr.decode().splitlines()[-1].endswith("; 1 repaired in 1 file")
    assert page.read_bytes() == before.replace(b"<a href", b'<a rel="sponsored" href')
    second = run(".", "--fix", "--unsafe", "--output", "json")
    assert (second.returncode, json.loads(second.stdout)["findings"]) == (0, [])
    assert second.stderr.decode().splitlines()[-1].endswith("; 1 repaired in 1 file")
    after = page.read_bytes()
    third = run(".", "--fix", "--unsafe")
    assert third.returncode == 0
    assert third.stderr.decode().splitlines()[-1].endswith("; 0 repaired in 0 files")
    assert page.read_bytes() == after
    assert sorted(each.name for each in page.parent.iterdir()) == ["kettle.html"]


def test_a_diff_writes_nothing(run: Run, page: Path) -> None:
    before = page.read_bytes()
    shown = run("kettle.html", "--fix", "--unsafe", "--diff")
    assert shown.returncode == 1
    assert page.read_bytes() == before
    lines = shown.stdout.decode().splitlines()
    assert lines[:2] == ["--- a/kettle.html", "+++ b/kettle.html"]
    assert sum(line.startswith("+") for line in lines) == 3
    assert shown.stderr.decode().splitlines()[-1].endswith("; 2 can be repaired in 1 file")
    subprocess.run(["git", "apply", "-p1", "-"], cwd=page.parent, input=shown.stdout, check=True, capture_output=True)
    assert run("kettle.html").returncode == 0


def test_a_diff_and_a_report_in_a_file(run: Run, page: Path) -> None:
    shown = run("kettle.html", "--fix", "--diff", "--output", "json=report.json")
    assert shown.stdout.startswith(b"--- a/")
    assert len(json.loads((page.parent / "report.json").read_bytes())["findings"]) == 2
    told = run("kettle.html", "--fix", "--diff", "--output", "text")
    assert b"--- a/" in told.stdout
    assert b"Summary" in told.stdout


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--unsafe"], "--unsafe means nothing without --fix"),
        (["--diff"], "--diff means nothing without --fix"),
        (["--unsafe", "--diff"], "--unsafe and --diff mean nothing without --fix"),
        (["--fix", "--diff", "--output", "json"], "--diff prints on standard output; give the json report a file"),
    ],
)
def test_what_cannot_be_asked(run: Run, page: Path, args: list[str], why: str) -> None:
    before = page.read_bytes()
    told = run("kettle.html", *args)
    assert (told.returncode, told.stdout) == (2, b"")
    assert why in told.stderr.decode()
    assert len(told.stderr.decode().splitlines()) == 1
    assert page.read_bytes() == before


def test_standard_input_is_never_written(run: Run, page: Path) -> None:
    told = run("-", "--fix", stdin=page.read_bytes())
    assert told.returncode == 1
    assert "left alone: -: only local files are repaired" in told.stderr.decode()


def test_one_file_that_cannot_be_written_leaves_all(run: Run, page: Path) -> None:
    other = page.with_name("zebra.html")
    other.write_bytes(page.read_bytes())
    other.chmod(0o444)
    before = page.read_bytes()
    told = run(".", "--fix", "--output", "json=report.json")
    assert told.returncode == 2
    assert told.stderr.decode().splitlines()[-1].endswith("cannot write zebra.html: it is read-only; nothing was repaired")
    assert (page.read_bytes(), other.read_bytes()) == (before, before)
    assert sorted(each.name for each in page.parent.iterdir()) == ["kettle.html", "zebra.html"]


def test_a_page_that_is_left_alone_is_named(run: Run, page: Path) -> None:
    page.write_bytes(page.read_bytes() + b"\xff")
    before = page.read_bytes()
    told = run("kettle.html", "--fix")
    assert told.returncode == 1
    assert told.stderr.decode().splitlines()[0] == "disclosure-checker: left alone: kettle.html: its encoding is not certain"
    assert page.read_bytes() == before


def test_what_a_page_waives_is_left(run: Run, page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b"<body>", b"<body><!-- disclosure-checker: ignore-file LNK201 -- a wish of the shop -->"))
    before = page.read_bytes()
    run("kettle.html", "--fix")
    assert page.read_bytes() == before


def test_what_a_baseline_knows_is_left_and_stays_known(run: Run, page: Path) -> None:
    findings = json.loads(run("kettle.html", "--output", "json").stdout)["findings"]
    known: list[dict[str, object]] = [{"baseline_version": 1}]
    known += [
        {"page": each["page_key"], "rule": each["rule"], "fingerprint": each["fingerprint"], "outcome": each["outcome"], "count": 1}
        for each in findings
        if each["rule"] == "AFF001"
    ]
    (page.parent / "known.jsonl").write_text("".join(json.dumps(each) + "\n" for each in known), "utf-8")
    told = run("kettle.html", "--fix", "--unsafe", "--baseline", "known.jsonl")
    assert told.returncode == 0, told.stderr
    assert "1 baselined" in told.stderr.decode()
    assert b"commission" not in page.read_bytes()
    assert b'rel="sponsored"' in page.read_bytes()


def test_many_pages_in_several_processes(run: Run, page: Path) -> None:
    for number in range(12):
        page.with_name(f"p{number}.html").write_bytes(page.read_bytes())
    told = run(".", "--fix", "--unsafe", "--jobs", "2", "--quiet")
    assert told.returncode == 0, told.stderr
    assert told.stderr.decode().splitlines()[-1].endswith("; 26 repaired in 13 files")
