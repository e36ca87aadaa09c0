"""The contract of a gate: each failure ends with its exit code whatever is printed, and nothing is half-written.

Each row of the table is a way in which a run can go wrong, with the exit code that the design gives it.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from checker.report import FORMATS

Call = Callable[..., Result]
OLD = "what stood here before\n"


def _files(site: Path) -> None:
    """What the rows of the table name."""
    (site / "loop.html").symlink_to("loop.html")
    (site / "gzip.html").write_bytes(gzip.compress((site / "paid.html").read_bytes())[:-20])
    (site / "spaces.html").write_text(" \n\t\n")
    (site / "broken.toml").write_text('fail-on = "eror"\n')
    (site / "torn.toml").write_text('fail-on = "error\n')
    (site / "broken.jsonl").write_text('{"baseline_version": 1}\n{"page": \n')
    (site / "other.jsonl").write_text('{"hello": 1}\n')
    pack = site / "pack" / "hse"
    pack.mkdir(parents=True)
    (pack / "HSE001-no.toml").write_text('id = "HSE001"\n')
    (site / "folder").mkdir()


# What goes wrong, what is typed, and the exit code.
TABLE: Sequence[tuple[str, Sequence[str], int]] = (
    ("nothing", ["clean.html"], 0),
    ("a finding", ["paid.html"], 1),
    ("a finding below the gate", ["paid.html", "--fail-on", "never"], 0),
    ("a missing file", ["clean.html", "gone.html"], 3),
    ("a file that cannot be read", ["clean.html", "loop.html"], 3),
    ("a picture", ["clean.html", "image.html"], 3),
    ("a damaged gzip", ["clean.html", "gzip.html"], 3),
    ("an empty file", ["clean.html", "empty.html"], 3),
    ("white space", ["spaces.html"], 3),
    ("a finding beside a missing file", ["paid.html", "gone.html"], 1),
    ("missing files that are allowed", ["clean.html", "gone.html", "--allow-incomplete"], 0),
    ("more missing files than are allowed", ["clean.html", "gone.html", "empty.html", "--allow-incomplete=1"], 3),
    ("a folder without a page", ["none"], 4),
    ("a glob without a page", ["*.xhtml"], 4),
    ("no page, which is allowed", ["none", "--allow-empty"], 0),
    ("settings with a wrong value", ["paid.html", "--config", "broken.toml"], 2),
    ("settings that are no TOML", ["paid.html", "--config", "torn.toml"], 2),
    ("settings that are not there", ["paid.html", "--config", "gone.toml"], 2),
    ("a torn baseline", ["paid.html", "--baseline", "broken.jsonl"], 2),
    ("a baseline that is something else", ["paid.html", "--baseline", "other.jsonl"], 2),
    ("a baseline that is not there", ["paid.html", "--baseline", "gone.jsonl"], 2),
    ("a broken pack", ["paid.html", "--pack", "pack"], 2),
    ("an unknown rule", ["paid.html", "--select", "AFF999"], 2),
    ("an unknown profile", ["paid.html", "--profile", "xx"], 2),
    ("an unknown option", ["paid.html", "--fail-no", "error"], 2),
    ("no input at all", [], 2),
    ("a second output that cannot be written", ["paid.html", "--output", "csv=nowhere/r.csv"], 2),
    ("a second output that is a folder", ["paid.html", "--output", "csv=folder"], 2),
    ("an unknown output", ["paid.html", "--output", "pdf=r.pdf"], 2),
)


@pytest.fixture(autouse=True)
def alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    _files(site)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("why", "arguments", "code"), TABLE, ids=[row[0] for row in TABLE])
def test_the_exit_code_does_not_depend_on_the_output(site: Path, call: Call, name: str, why: str, arguments: Sequence[str], code: int) -> None:
    (site / "report").write_text(OLD)
    printed = call("check", *arguments, "--output", name) if arguments[-1:] == [] or not arguments[-1].startswith("csv=") else None
    filed = call("check", *arguments, "--output", f"{name}=report")
    assert filed.exit_code == code, filed.stderr
    assert printed is None or printed.exit_code == code, why
    last = filed.stderr.splitlines()[-1]
    assert last.startswith(f"disclosure-checker: exit {code} (")
    assert "Traceback" not in filed.stderr
    if code == 2:
        assert (site / "report").read_text() == OLD, "a run without a verdict leaves the report of the last one alone"
        assert printed is None or printed.stdout == ""
    else:
        assert (site / "report").read_text() != OLD
    assert [path.name for path in site.iterdir() if path.name.endswith(".tmp")] == []


def test_every_exit_code_of_the_design_is_in_the_table() -> None:
    assert {code for _, _, code in TABLE} == {0, 1, 2, 3, 4}


def program(*arguments: str, cwd: Path, code: str = "", limit: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, after `code`, which can only write files of `limit` bytes."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    start = f"{code}\nimport sys\nfrom checker.__main__ import main\nsys.argv[0] = 'disclosure-checker'\nmain()\n"
    return subprocess.run([sys.executable, "-c", start, *arguments], cwd=cwd, capture_output=True, check=False, preexec_fn=limited, timeout=60)


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_ends_with_2_and_leaves_the_old_report(site: Path, name: str) -> None:
    (site / "report").write_text(OLD)
    done = program("check", "paid.html", "--output", f"{name}=report", cwd=site, limit=100)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.decode().splitlines()
    assert line == f"disclosure-checker: exit 2 (error): cannot write report: {os.strerror(errno.EFBIG)}"
    if name != "jsonl":  # written as the run goes on; without its closing line it is a cut run
        assert (site / "report").read_text() == OLD
    assert [path.name for path in site.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("name", FORMATS)
def test_a_full_device_ends_with_2(site: Path, name: str) -> None:
    filed = program("check", "paid.html", "--output", f"{name}=/dev/full", cwd=site)
    with Path("/dev/full").open("wb") as full:
        printed = subprocess.run(
            [sys.executable, "-m", "checker", "check", "paid.html", "--output", name], cwd=site, stdout=full, stderr=subprocess.PIPE, check=False
        )
    for done in (filed, printed):
        assert done.returncode == 2
        assert done.stderr.decode().splitlines()[-1].endswith(os.strerror(errno.ENOSPC))
        assert b"Traceback" not in done.stderr


# The page named killer.html ends the process that reads it.
KILLED = """
import os, signal
import checker.scale.page as page
judge = page.check_page
def check_page(source, *more, **chosen):
    if source.name == "killer.html":
        os.kill(os.getpid(), signal.SIGKILL)
    return judge(source, *more, **chosen)
page.check_page = check_page
"""


@pytest.mark.parametrize("name", FORMATS)
def test_a_killed_worker_costs_its_page_and_ends_with_3(site: Path, name: str) -> None:
    for number in range(4):
        (site / f"clean{number}.html").write_bytes((site / "clean.html").read_bytes())
    (site / "killer.html").write_bytes((site / "clean.html").read_bytes())
    pages = [f"clean{number}.html" for number in range(4)]
    done = program("check", *pages, "killer.html", "--jobs", "2", "--output", f"{name}=report", "--output", "json=all.json", cwd=site, code=KILLED)
    assert done.returncode == 3, done.stderr
    whole = json.loads((site / "all.json").read_text("utf-8"))
    assert [(page["source"], page["reason"]) for page in whole["pages"] if page["status"] != "checked"] == [("killer.html", "crashed")]
    assert whole["exit"]["code"] == 3
    told = (site / "report").read_text("utf-8").replace("&#46;", ".")
    assert ("crashed 1" if name == "summary" else "killer.html") in told
    found = program("check", "paid.html", *pages, "killer.html", "--jobs", "2", "--output", f"{name}=report", cwd=site, code=KILLED)
    assert found.returncode == 1, "a finding counts more than a page that is lost"


# The second page takes its time, long enough for a signal.
SLOW = """
import time
import checker.scale.page as page
judge = page.check_page
def check_page(source, *more, **chosen):
    if source.name == "slow.html":
        print("slow", flush=True)
        time.sleep(60)
    return judge(source, *more, **chosen)
page.check_page = check_page
"""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_ends_with_the_signal_and_leaves_the_old_report(site: Path, name: str, number: int, code: int) -> None:
    (site / "report").write_text(OLD)
    (site / "slow.html").write_bytes((site / "clean.html").read_bytes())
    start = f"{SLOW}\nimport sys\nfrom checker.__main__ import main\nmain()\n"
    arguments = ["check", "clean.html", "slow.html", "--jobs", "1", "--output", f"{name}=report"]
    with subprocess.Popen([sys.executable, "-c", start, *arguments], cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"slow\n"
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert told.decode().splitlines()[-1].startswith(f"disclosure-checker: exit {code} (")
    if name != "jsonl":
        assert (site / "report").read_text() == OLD
    else:
        assert "run_end" not in (site / "report").read_text("utf-8")
