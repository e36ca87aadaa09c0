import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cli.signals import Signals, Stopped

COMMAND = [sys.executable, "-m", "checker"]


@pytest.fixture
def many(site: Path) -> Path:
    page = (site / "paid.html").read_text("utf-8").replace("</article>", "<p>Tea and more tea.</p>" * 2000 + "</article>")
    (site / "many").mkdir()
    for number in range(1500):
        (site / "many" / f"{number:05}.html").write_text(page, "utf-8")
    return site


@pytest.mark.parametrize(("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_stopped_run_leaves_whole_lines_and_no_process(many: Path, number: int, code: int, word: str, jobs: str) -> None:
    lines = many / "r.jsonl"
    command = [*COMMAND, "check", "many", "--jobs", jobs, "--output", f"jsonl={lines}", "--output", "json=r.json"]
    # A group of its own: a terminal sends Ctrl-C to the whole group.
    with subprocess.Popen(command, cwd=many, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until and (not lines.exists() or lines.read_bytes().count(b"\n") < 5):
            time.sleep(0.02)
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        _, told = process.communicate(timeout=30)
    assert process.returncode == code
    assert told == f"disclosure-checker: exit {code} ({word}): the run was stopped before its end; no verdict can be read from it\n"
    types = [json.loads(line)["type"] for line in lines.read_text("utf-8").splitlines()]
    assert lines.read_text("utf-8").endswith("\n")
    assert types[0] == "run_start"
    assert "page" in types
    assert "run_end" not in types
    assert sorted(path.name for path in many.iterdir() if path.is_file() and "r." in path.name) == ["r.jsonl"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.parametrize(
    "arguments",
    [["facts", "--files-from", "list", "--jobs", "1"], ["check", "--files-from", "list"], ["schema", "report", "--help"], ["rules"], ["--version"]],
)
def test_a_reader_that_goes_away_gets_no_verdict_and_no_words(site: Path, arguments: list[str]) -> None:
    (site / "list").write_text("".join(f"none{number}.html\n" for number in range(20_000)), "utf-8")
    command = [*COMMAND, *arguments]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert process.returncode == 2
    assert told == ""


@pytest.mark.parametrize(
    ("arguments", "closed", "code", "told"),
    [
        ("check -", "<&-", 3, "exit 3 (incomplete)"),
        ("check --files-from -", "<&-", 2, "standard input is closed"),
        ("check paid.html", ">&-", 2, "standard output: it is closed"),
        ("check paid.html", ">/dev/full", 2, "standard output: No space left on device"),
        ("rules", ">/dev/full", 2, "standard output: No space left on device"),
        ("--help", ">/dev/full", 2, "standard output: No space left on device"),
        ("--version", ">/dev/full", 2, "standard output: No space left on device"),
        ("explain AFF001", ">/dev/full", 2, "standard output: No space left on device"),
        ("--version", ">&-", 2, "standard output: it is closed"),
        ("rules", ">&-", 2, "standard output: it is closed"),
        ("check --help", ">&-", 2, "standard output: it is closed"),
        ("schema", ">&- <&-", 2, "standard output: it is closed"),
        ("check clean.html --output json=r.json", ">&- <&-", 0, "exit 0 (ok)"),
    ],
)
def test_closed_and_full_streams(site: Path, arguments: str, closed: str, code: int, told: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"$0" -m checker {arguments} {closed}', sys.executable], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_nothing_gets_into_a_report_that_takes_the_place_of_a_closed_stream(site: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", '"$0" -m checker check paid.html --output jsonl=r.jsonl >&- 2>&- <&-', sys.executable], cwd=site, check=False
    )
    assert done.returncode == 1
    assert [json.loads(line)["type"] for line in (site / "r.jsonl").read_text("utf-8").splitlines()][-1] == "run_end"


def test_a_signal_waits_for_the_line_that_is_being_written() -> None:
    def once(signals: Signals, done: list[str]) -> None:
        with signals.held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("line")
        done.append("after")

    done: list[str] = []
    with Signals().caught() as signals, pytest.raises(Stopped):
        once(signals, done)
    assert done == ["line"]


def test_a_second_signal_does_not_wait() -> None:
    def twice(signals: Signals, done: list[str]) -> None:
        with signals.held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("first")
            os.kill(os.getpid(), signal.SIGINT)
            done.append("second")

    done: list[str] = []
    with Signals().caught() as signals, pytest.raises(Stopped):
        twice(signals, done)
    assert done == ["first"]


def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Signals().caught():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_python_m_checker_is_the_command(site: Path, call: Callable[..., object]) -> None:
    done = subprocess.run([*COMMAND, "check", "paid.html"], cwd=site, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "paid.html:4:8 AFF001 error" in done.stdout
