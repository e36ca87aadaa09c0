import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from checker.cli.web_options import FEW_PAGES as FEW

Call = Callable[..., Result]
PAGE = """<!doctype html><html lang="en"><head><title>Kettle {0}</title></head><body><article><h1>Kettle {0}</h1><p>By Jane Doe</p>
<p>Get <a href="https://www.amazon.com/dp/B00000{0:04}?tag=teablog-20">kettle {0}</a>.</p></article></body></html>"""
KEPT = ".disclosure-checker-cache"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that is large enough for a cache; its parent is the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    for number in range(FEW):
        (tmp_path / "site" / f"p{number:03}.html").write_text(PAGE.format(number), "utf-8")
    return tmp_path / "site"


def told(result: Result) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What the run says of its cache, and the rest of the report."""
    whole = json.loads(result.stdout)
    return whole.pop("run")["cache"], whole


def check(call: Call, *arguments: str) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    return told(call("check", "site", "--output", "json", *arguments))


def test_the_second_run_takes_all_pages_from_the_cache_and_says_so(pages: Path, call: Call) -> None:
    first, second, without = check(call), check(call), check(call, "--no-cache")
    assert (first[0], second[0], without[0]) == ({"used": 0}, {"used": FEW}, None)
    assert first[1] == second[1] == without[1]
    assert first[1]["summary"]["findings"]["violation"]["error"] == FEW


def test_a_changed_page_is_judged_and_the_others_are_not(pages: Path, call: Call) -> None:
    check(call)
    for name in ("p000.html", "p030.html"):
        (pages / name).write_text("<!doctype html><title>Tea</title><p>By Jane Doe</p><p>Tea is good.</p>", "utf-8")
    (pages / "p010.html").rename(pages / "a.html")
    (pages / "p020.html").write_bytes(b"")
    (pages / "p021.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    used, whole = check(call)
    assert used == {"used": FEW - 5}
    assert whole == check(call, "--no-cache")[1]
    assert [page["source"] for page in whole["pages"]] == sorted(page["source"] for page in whole["pages"])
    assert whole["exit"]["code"] == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_first_page_may_be_the_one_that_changed(pages: Path, call: Call, jobs: str) -> None:
    check(call)
    (pages / "p000.html").write_text("<!doctype html><title>Tea</title><p>Tea is good.</p>", "utf-8")
    used, whole = check(call, "--jobs", jobs)
    assert used == {"used": FEW - 1}
    assert whole == check(call, "--no-cache")[1]


def test_options_that_change_a_verdict_change_the_cache(pages: Path, call: Call) -> None:
    check(call)
    for options in (["--profile", "us,amazon"], ["--ignore", "AFF001"], ["--message-language", "de"], ["--remap", "https://a=https://b"]):
        assert check(call, *options)[0] == {"used": 0}
        assert check(call, *options)[0] == {"used": FEW}
    for options in (["--fail-on", "error"], ["--jobs", "1"], ["--quiet"], ["--allow-incomplete"]):
        assert check(call, *options)[0] == {"used": FEW}


def test_settings_that_are_applied_to_results_need_no_new_ones(pages: Path, call: Call) -> None:
    check(call)
    Path("disclosure-checker.toml").write_text('[[waive]]\npath = "site/p000.html"\nrules = ["AFF001"]\nreason = "an old page"\n', "utf-8")
    used, whole = check(call)
    assert used == {"used": FEW}
    assert whole["summary"]["findings"]["suppressed"] == 1
    assert call("baseline", "create", "site", "--baseline", "known.jsonl").exit_code == 0
    used, whole = check(call, "--baseline", "known.jsonl")
    assert (used, whole["exit"]["code"]) == ({"used": FEW}, 0)
    Path("disclosure-checker.toml").write_text('[severity]\nAFF001 = "info"\n', "utf-8")
    assert check(call)[0] == {"used": 0}


def test_few_pages_leave_no_folder_unless_somebody_asks(pages: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (pages / "p000.html").unlink()
    assert check(call)[0] is None
    assert not Path(KEPT).exists()
    assert check(call, "--cache-dir", "kept")[0] == {"used": 0}
    assert check(call, "--cache-dir", "kept")[0] == {"used": FEW - 1}
    assert not Path(KEPT).exists()
    monkeypatch.setenv("DISCLOSURE_CHECKER_CACHE", "true")
    assert check(call)[0] == {"used": 0}
    assert Path(KEPT).is_dir()


def test_no_cache_reads_none_and_writes_none(pages: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(call, "--no-cache", "--cache-dir", "kept")[0] is None
    monkeypatch.setenv("DISCLOSURE_CHECKER_CACHE", "no")
    assert check(call)[0] is None
    assert sorted(path.name for path in Path().iterdir()) == ["site"]


def test_it_lies_beside_the_settings(pages: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("disclosure-checker.toml").write_text('profiles = ["us"]\n', "utf-8")
    monkeypatch.chdir(pages)
    assert call("check", ".", "--output", "summary").exit_code == 1
    assert [path.name for path in pages.iterdir() if path.name.startswith(".")] == []
    assert (pages.parent / KEPT / ".gitignore").is_file()


def test_costs_are_measured_and_never_remembered(pages: Path, call: Call) -> None:
    check(call)
    whole = json.loads(call("check", "site", "--output", "json", "--statistics").stdout)["run"]
    assert whole["cache"] is None
    assert {row["rule"]: row["seconds"] for row in whole["statistics"]}["AFF001"] > 0


def test_a_reproducible_run_is_the_same_with_and_without_results(pages: Path, call: Call) -> None:
    runs = [call("check", "site", "--output", "json", "--reproducible", *more).stdout for more in ([], [], ["--no-cache"])]
    assert runs[0] == runs[1] == runs[2]


def test_everything_damaged_is_a_first_run(pages: Path, call: Call) -> None:
    first = check(call)
    for path in (Path(KEPT) / "disclosure-results-1").iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    again = check(call)
    assert again == first
    assert check(call)[0] == {"used": FEW}


# Runs of their own -----------------------------------------------------------------------------------------------------------------------
def started(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "checker", "check", "site", "--jobs", "2", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root())})


def root() -> Path:
    return Path(__file__).resolve().parents[2]


def records() -> Iterator[Path]:
    folder = Path(KEPT, "disclosure-results-1")
    return (path for path in folder.iterdir() if path.name != "swept") if folder.is_dir() else iter(())


def test_two_runs_at_once_do_not_disturb_each_other(pages: Path, call: Call) -> None:
    runs = [started("--output", "json", "--reproducible") for _ in range(3)]
    shown = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [1, 1, 1]
    assert len({out for out, _ in shown}) == 1
    assert not [path for path in records() if path.suffix == ".part"]
    assert check(call)[0] == {"used": FEW}


def test_a_run_that_was_killed_leaves_what_can_be_used(pages: Path, call: Call) -> None:
    for number in range(FEW, 6 * FEW):
        (pages / f"p{number:03}.html").write_text(PAGE.format(number), "utf-8")
    run = started("--output", "json")
    until = time.monotonic() + 60
    while sum(1 for _ in records()) < 20 and time.monotonic() < until:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    kept = sum(1 for _ in records())
    assert kept >= 20
    used, whole = check(call)
    assert used is not None
    assert 10 < used["used"] <= kept
    assert whole == check(call, "--no-cache")[1]
