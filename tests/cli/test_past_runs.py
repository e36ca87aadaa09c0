"""`--history` of `check` and `report`: what the HTML report is told of earlier runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import cli

Call = Callable[..., Result]
PAGE = '<!doctype html><html lang="en"><h1>Tea</h1><p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></html>'


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """In a folder with one page and two earlier reports of it."""
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(PAGE, "utf-8")
    Path("audits").mkdir()

    def do(*words: str) -> Result:
        return CliRunner().invoke(cli, words, catch_exceptions=False)

    for name, day in (("one.json", "2026-01-02"), ("two.jsonl", "2026-01-03")):
        do("check", "a.html", "--output", f"{name.partition('.')[2]}=audits/{name}")
        text = Path("audits", name).read_text("utf-8")
        Path("audits", name).write_text(re.sub(r'("started_at": ?)"[^"]+"', rf'\1"{day}T00:00:00Z"', text), "utf-8")
    return do


def past(path: str = "report.html") -> list[dict[str, Any]]:
    text = Path(path).read_text("utf-8")
    start = text.index('"past":') + len('"past":')
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(text[start:].lstrip())[0]
    return found


def test_a_check_shows_the_runs_before_it(call: Call) -> None:
    done = call("check", "a.html", "--history", "audits", "--output", "html=report.html", "--output", "json=audits/now.json")
    assert done.exit_code == 1
    assert [(each["name"], each["began"][:10], each["checked"], each["paid"], each["plain_first"]) for each in past()] == [
        ("audits/one.json", "2026-01-02", 1, 1, 0),
        ("audits/two.jsonl", "2026-01-03", 1, 1, 0),
    ]
    # What is about to be written anew is no earlier run; the next time it is one under another name.
    call("check", "a.html", "--history", "audits", "--output", "html=again.html", "--output", "json=audits/now.json")
    assert len(past("again.html")) == 2
    call("check", "a.html", "--history", "audits", "--output", "html=later.html")
    assert len(past("later.html")) == 3


def test_a_saved_report_is_shown_beside_those_before_it(call: Call) -> None:
    assert call("report", "audits/two.jsonl", "--history", "audits", "--output", "html=report.html").exit_code == 0
    assert [each["name"] for each in past()] == ["audits/one.json"]
    call("report", "audits/one.json", "--history", "audits/two.jsonl", "--output", "html=first.html")
    assert past("first.html") == []


def test_settings_name_the_folder_once_and_other_formats_do_not_mind(call: Call) -> None:
    Path("site").mkdir()
    Path("site/disclosure-checker.toml").write_text('history = ["../audits"]\n', "utf-8")
    assert call("check", "a.html", "--config", "site/disclosure-checker.toml", "--output", "html=report.html").exit_code == 1
    assert [each["name"] for each in past()] == ["site/../audits/one.json", "site/../audits/two.jsonl"]
    assert call("check", "a.html", "--config", "site/disclosure-checker.toml").exit_code == 1


@pytest.mark.parametrize("words", [("check", "a.html"), ("report", "audits/one.json")])
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--history", "audits"), "--history is shown in html alone, and nothing is written as html: --output html=report.html"),
        (("--history", "none", "--output", "html=r.html"), "there is no report and no folder none to take the history from"),
        (("--history", "a.html", "--output", "html=r.html"), "a.html is no report in the format json or jsonl, and so no earlier run"),
        (("--history", "audits/two.jsonl", "--output", "html=audits/two.jsonl"), "cannot write audits/two.jsonl: it is one of the earlier reports"),
    ],
)
def test_what_does_not_go_is_told_in_one_line(call: Call, words: tuple[str, ...], more: tuple[str, ...], told: str) -> None:
    kept = Path("audits/two.jsonl").read_bytes()
    done = call(*words, *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not Path("r.html").exists()
    assert Path("audits/two.jsonl").read_bytes() == kept


def test_a_report_that_is_cut_is_told_and_the_run_goes_on(call: Call) -> None:
    cut = Path("audits/one.json")
    cut.write_text(cut.read_text("utf-8")[:-9], "utf-8")
    Path("audits/notes.txt").write_text("what we changed\n", "utf-8")
    done = call("check", "a.html", "--history", "audits", "--output", "html=report.html")
    assert done.exit_code == 1
    first, last = done.stderr.splitlines()
    assert first == "left out of the history: audits/one.json is cut: its last lines are absent"
    assert last.startswith("disclosure-checker: exit 1 (findings): ")
    assert [each["name"] for each in past()] == ["audits/two.jsonl"]
