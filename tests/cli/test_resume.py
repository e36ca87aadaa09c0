"""A long run that is cut, and goes on: the end is that of a run that nobody disturbed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

OUTPUTS = ("json", "text", "csv", "sarif", "junit", "markdown")
PAGE = """<!doctype html><html lang=en><title>Kettle {n}</title><body><article><h1>Kettle {n}</h1><p>By Jane Doe</p>
<p>After a month of tea, number {n} is the one to have.</p>{link}</article></body></html>"""
LINK = '<p>Get <a href="https://www.amazon.com/dp/B{n:09}?tag=teablog-20">it</a>.</p>'
# Each page takes its time, so that a signal finds the run at work.
SLOW = """
import time
import checker.scale.page as page
judge = page.check_page
def check_page(source, *more, **chosen):
    time.sleep({seconds})
    return judge(source, *more, **chosen)
page.check_page = check_page
import sys
from checker.__main__ import main
main()
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    return tmp_path


def fill(folder: Path, count: int) -> None:
    for n in range(count):
        (folder / "site" / f"{n:05}.html").write_text(PAGE.format(n=n, link=LINK.format(n=n) if n % 3 == 0 else ""), "utf-8")


def arguments(*more: str, into: str) -> list[str]:
    outputs = [word for name in OUTPUTS for word in ("--output", f"{name}={into}.{name}")]
    return ["check", "site", "--jobs", "2", "--no-cache", "--reproducible", *outputs, *more]


def program(*words: str, seconds: float = 0) -> list[str]:
    return [sys.executable, "-c", SLOW.format(seconds=seconds), *words]


def pages(journal: Path) -> int:
    return max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0


def cut(site: Path, words: list[str], after: int, number: int) -> subprocess.Popen[bytes]:
    """Start the program, and end it once so many more pages are written down."""
    process = subprocess.Popen(words, cwd=site, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while pages(site / "run.journal") < after and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(number)
    return process


def told(stderr: bytes) -> list[bytes]:
    """What is said at the end; a run that takes a minute also says how far it is."""
    return [line for line in stderr.splitlines() if not line.startswith(b"checking ")]


def compared(site: Path) -> None:
    for name in OUTPUTS:
        assert (site / f"resumed.{name}").read_bytes() == (site / f"whole.{name}").read_bytes(), name
    seen = [page["source"] for page in json.loads((site / "resumed.json").read_text("utf-8"))["pages"]]
    assert len(seen) == len(set(seen))


def disturbed(site: Path, count: int, seconds: float, cuts: tuple[int, ...]) -> None:
    """Kill a run after so many pages each, resume it, and compare its end with that of a run without a cut."""
    fill(site, count)
    whole = subprocess.run(program(*arguments(into="whole")), cwd=site, stderr=subprocess.PIPE, check=False)
    assert whole.returncode == 1
    for number, after in enumerate(cuts):
        more = ["--journal", "run.journal", *(["--resume"] if number else [])]
        process = cut(site, program(*arguments(*more, into="resumed"), seconds=seconds), after, signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert not list(site.glob("resumed.json")), "nothing is half-written"
        assert after <= pages(site / "run.journal") < count
    last = subprocess.run(program(*arguments("--journal", "run.journal", "--resume", into="resumed")), cwd=site, stderr=subprocess.PIPE, check=False)
    assert last.returncode == 1, last.stderr
    assert told(last.stderr) == told(whole.stderr)
    compared(site)
    assert not (site / "run.journal").exists(), "a journal of a run that came to its end is cleared away"


def test_a_run_that_is_killed_three_times_ends_like_one_that_is_not(site: Path) -> None:
    disturbed(site, 60, 0.02, (5, 20, 40))


@pytest.mark.long
def test_two_thousand_pages_killed_three_times(site: Path) -> None:
    disturbed(site, 2000, 0.0, (200, 900, 1600))


@pytest.mark.long
def test_an_archive_killed_three_times(site: Path) -> None:
    pytest.importorskip("warcio", reason="warcio is not installed")
    from fixtures.many import write

    write(site / "site" / "many.warc.gz", 300)

    def typed(*more: str, into: str) -> list[str]:
        return ["check", "site/many.warc.gz", *arguments(*more, into=into)[2:]]

    whole = subprocess.run(program(*typed(into="whole")), cwd=site, stderr=subprocess.PIPE, check=False)
    assert whole.returncode == 1
    for number, after in enumerate((20, 100, 200)):
        process = cut(site, program(*typed("--journal", "run.journal", *(["--resume"] if number else []), into="resumed")), after, signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert after <= pages(site / "run.journal") < 300
    last = subprocess.run(program(*typed("--journal", "run.journal", "--resume", into="resumed")), cwd=site, stderr=subprocess.PIPE, check=False)
    assert told(last.stderr) == told(whole.stderr)
    compared(site)


def test_the_first_signal_is_polite(site: Path) -> None:
    fill(site, 60)
    process = cut(site, program(*arguments("--journal", "run.journal", into="resumed"), seconds=0.05), 4, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    lines = told.decode().splitlines()
    assert process.returncode == 130
    assert lines[0] == "stopping after the pages that are at work; once more to stop at once"
    assert lines[-1].startswith("disclosure-checker: exit 130 (interrupted)")
    assert 4 <= pages(site / "run.journal") < 60
    assert not list(site.glob("resumed.*"))
    assert subprocess.run(program(*arguments(into="whole")), cwd=site, capture_output=True, check=False).returncode == 1
    resumed = arguments("--journal", "run.journal", "--resume", into="resumed")
    assert subprocess.run(program(*resumed), cwd=site, capture_output=True, check=False).returncode == 1
    compared(site)


def test_the_second_signal_is_not(site: Path) -> None:
    fill(site, 20)
    process = cut(site, program(*arguments("--journal", "run.journal", into="resumed"), seconds=5), 0, signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--resume"], "--resume needs --journal FILE"),
        (["--journal", "gone", "--resume"], "there is no journal gone to resume"),
        (["--journal", "site/00000.html", "--resume"], "site/00000.html is no journal of this program"),
        (["--journal", "no/folder"], "cannot write no/folder: there is no such folder"),
        (["--journal", "site/00000.html"], "site/00000.html is there already"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_lost(site: Path, words: list[str], said: str) -> None:
    fill(site, 2)
    before = (site / "site" / "00000.html").read_bytes()
    done = subprocess.run([sys.executable, "-m", "checker", *arguments(*words, into="resumed")], cwd=site, capture_output=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert said in line
    assert (site / "site" / "00000.html").read_bytes() == before


def test_a_journal_of_other_settings_is_refused(site: Path) -> None:
    fill(site, 20)
    cut(site, program(*arguments("--journal", "run.journal", into="resumed"), seconds=0.05), 3, signal.SIGKILL).communicate()
    words = arguments("--journal", "run.journal", "--resume", "--profile", "uk", into="resumed")
    done = subprocess.run([sys.executable, "-m", "checker", *words], cwd=site, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"run.journal is the journal of another run" in done.stderr
