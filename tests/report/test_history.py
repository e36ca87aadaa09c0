"""Earlier runs are told by the heads of their reports: in order, each once, whatever else lies in the folder, and without reading their pages."""

from __future__ import annotations

import json
import os
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.model import Finding, PageReport
from checker.report import FORMATS, make
from checker.report.history import MOST_RUNS, history, past_of
from checker.report.past import Past
from checker.report.run import Closing, Look, Run

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]
Write = Callable[..., Path]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def write(tmp_path: Path, run: Run, finding: Finds, report: Reports, unread: PageReport, closing: Closes) -> Write:
    """Writes the report of a run of that time, with so many pages that have a violation."""

    def do(name: str, began: str | None, faults: int = 1) -> Path:
        pages = [*(report(finding(), source=f"{number}.html") for number in range(faults)), unread]
        made = make(name.rpartition(".")[2], FORMATS, Look())
        dated = replace(run, volatile={"started_at": began} if began else {})
        path = tmp_path / name
        path.write_text(made.start(dated) + "".join(map(made.page, pages)) + made.end(closing(*pages)), "utf-8")
        return path

    return do


def told(places: list[Path], **more: Any) -> tuple[list[Past], list[str]]:
    said: list[str] = []
    return list(history(places, tell=said.append, **more)), said


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_the_counts_are_those_of_the_report(tmp_path: Path, write: Write, kind: str) -> None:
    path = write(f"a.{kind}", "2026-03-01T00:00:00Z", 2)
    verdicts = {"affiliate_notice": {"missing": 2}, "author": {"none": 2}, "image_credits": {"no_content_images": 2}}
    violations = {"error": 2, "warning": 0, "info": 0}
    past = Past(str(path), "2026-03-01T00:00:00Z", 2, 1, 2, 2, violations, 0, verdicts, 2, 0)
    assert told([tmp_path]) == ([past], [])
    assert told([path]) == ([past], [])


@pytest.mark.parametrize("layout", [{"indent": 2}, {"separators": (",", ":")}])
def test_a_report_that_somebody_laid_out_anew_is_one_too(tmp_path: Path, write: Write, layout: dict[str, Any]) -> None:
    path = write("a.json", "2026-03-01T00:00:00Z")
    before = told([path])
    path.write_text("\ufeff" + json.dumps(json.loads(path.read_text("utf-8")), **layout), "utf-8")
    assert told([path]) == before


def test_the_oldest_comes_first_by_what_the_reports_say(tmp_path: Path, write: Write) -> None:
    write("a.json", "2026-03-03T00:00:00Z")
    write("b.jsonl", "2026-03-01T23:00:00+00:00")
    write("c.json", "2026-03-02T00:30:00+02:00")  # still the day before
    assert [Path(each.name).name for each in told([tmp_path])[0]] == ["c.json", "b.jsonl", "a.json"]


def test_what_tells_no_time_has_that_of_its_file_and_then_its_name(tmp_path: Path, write: Write) -> None:
    write("m.json", "2026-03-02T00:00:00Z")
    for name, written in (("z.json", 1772323200), ("b.json", 1772496000), ("a.jsonl", 1772496000)):  # 1 and 3 March
        os.utime(write(name, None), (written, written))
    found = told([tmp_path])[0]
    assert [Path(each.name).name for each in found] == ["z.json", "m.json", "a.jsonl", "b.json"]
    assert [each.began is None for each in found] == [True, False, True, True]


@pytest.mark.parametrize("time", ["yesterday", "", 7, None, ["2026"], "9999-12-31T23:59:59-23:59"])
def test_a_time_that_is_none_is_not_told(tmp_path: Path, write: Write, time: Any) -> None:
    path = write("a.json", "2026-03-02T00:00:00Z")
    spoil(path, lambda data: data["run"].update(started_at=time))
    (found,) = told([path])[0]
    assert found.began in (None, "9999-12-31T23:59:59-23:59")


def test_a_run_is_one_point(tmp_path: Path, write: Write) -> None:
    write("a.json", "2026-03-01T00:00:00Z")
    write("a.jsonl", "2026-03-01T00:00:00Z")
    write("b.json", "2026-03-01T00:00:00Z", 2)  # at the same second, and another one
    (tmp_path / "link.json").symlink_to(tmp_path / "b.json")
    assert [each.checked for each in told([tmp_path, tmp_path / "a.json", tmp_path])[0]] == [1, 2]


def test_the_run_itself_is_no_earlier_one(tmp_path: Path, write: Write) -> None:
    first, now, later = (write(f"{day}.json", f"2026-03-0{day}T00:00:00Z", day) for day in (1, 2, 3))
    write("2.jsonl", "2026-03-02T00:00:00Z", 2)
    assert [each.name for each in told([tmp_path], besides=[now, later])[0]] == [str(first), str(tmp_path / "2.jsonl")]
    shown = past_of("now", json.loads(now.read_text("utf-8")))
    assert [each.name for each in told([tmp_path], same=[shown])[0]] == [str(first)]


def test_of_many_runs_the_newest_are_told(tmp_path: Path, write: Write) -> None:
    body = write("a.json", "2000-01-01T00:00:00Z").read_text("utf-8")
    for day in range(80):
        (tmp_path / f"{day}.json").write_text(body.replace("2000-01-01T00:00:00Z", f"2026-01-01T00:{day % 60:02}:00+0{1 - day // 60}:00"), "utf-8")
    found = told([tmp_path])[0]
    assert len(found) == MOST_RUNS
    assert found[-1].began == "2026-01-01T00:19:00+00:00"


def spoil(path: Path, change: Change) -> None:
    data = json.loads(path.read_text("utf-8"))
    change(data)
    # As reports are laid out: a member a line.
    members = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in data.items() if name not in ("pages", "findings", "run")]
    path.write_text("{\n" + ",\n".join(members) + f',\n"pages": [\n],\n"findings": [],\n"run": {json.dumps(data["run"])}\n}}\n', "utf-8")


def older(data: dict[str, Any]) -> None:
    del data["summary"]["verdicts"], data["summary"]["pages"]["with_paid_links"], data["summary"]["pages"]["plain_first"]


def test_an_older_report_says_less(tmp_path: Path, write: Write) -> None:
    path = write("a.json", "2026-03-01T00:00:00Z")
    spoil(path, older)
    (found,) = told([path])[0]
    assert (found.checked, found.verdicts, found.paid, found.plain_first) == (1, None, None, None)


EDITORS = b'{\n"schema_version": "1.0",\n"tool": {"name": "disclosure-checker"},\n"counts": {},\n"pages": [\n],\n"run": {}\n}\n'
OTHERS = (
    b"",
    b" \n",
    b"\xff\xfe\x00",
    b"<html>",
    b"# 23 November\n",
    b"[1, 2]",
    b"3",
    b"{",
    b"{}",
    b'{"name": "site", "version": "1"}',
    b'{"a": ' + b"[" * 100_000,
    b'{"version": "2.1.0", "runs": []}',
    b'{"source": "a.html", "verdicts": {}}\n{"source": "b.html"}\n',
    b'{\n"a": 1,\n"pages": [\n]}',
    b'{"baseline_version": 1}\n',
    EDITORS,
    b'{"big": "' + b"x" * (1 << 24) + b'"}',
)


@pytest.mark.parametrize("body", OTHERS, ids=lambda body: body[:20])
def test_what_is_no_report_is_passed_over_in_a_folder_and_refused_by_name(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(body)
    assert told([tmp_path]) == ([], [])
    with pytest.raises(BadConfig, match=r"other\.json is no report in the format json or jsonl, and so no earlier run$"):
        told([path])


def instead(old: str, new: str) -> Callable[[str], str]:
    """Whether or not there is a blank behind the colons."""
    return lambda text: re.sub(old.replace(": ", ": ?"), new, text)


BROKEN: list[tuple[str, Callable[[str], str], str]] = [
    ("json", lambda text: text[:-20], "is cut: its last lines are absent"),
    ("json", lambda text: text[: text.index('"findings": [')], "is cut: its last lines are absent"),
    ("json", lambda text: text[: text.index('"waivers"') + 4], "is no whole report: it is cut, or no JSON any more"),
    ("jsonl", lambda text: text[:-20], "comes from a run that was cut: its closing line is absent"),
    ("jsonl", lambda text: text.splitlines()[0] + "\n", "comes from a run that was cut: its closing line is absent"),
    ("json", instead('"schema_version": "1.0"', '"schema_version": "2.0"'), "this program reads version 1.x"),
    ("jsonl", instead('"schema_version": "1.0"', '"schema_version": "2.0"'), "this program reads version 1.x"),
    ("json", instead('"checked": 1', '"checked": -1'), "its counts cannot be read"),
    ("json", instead('"checked": 1', '"checked": true'), "its counts cannot be read"),
    ("json", instead('"needs_review"', '"needs"'), "its counts cannot be read"),
    ("json", instead('"affiliate_notice": {"missing": 1}', '"affiliate_notice": []'), "its counts cannot be read"),
]


@pytest.mark.parametrize(("kind", "change", "why"), BROKEN)
def test_a_report_that_cannot_be_read_is_told_in_a_line(tmp_path: Path, write: Write, kind: str, change: Callable[[str], str], why: str) -> None:
    fine = write("fine.json", "2026-02-01T00:00:00Z")
    path = write(f"a.{kind}", "2026-03-01T00:00:00Z")
    text = path.read_text("utf-8")
    path.write_text(change(text), "utf-8")
    assert path.read_text("utf-8") != text
    found, (line,) = told([tmp_path])
    assert [each.name for each in found] == [str(fine)]
    assert line.startswith(f"left out of the history: {path} ")
    assert why in line
    with pytest.raises(BadConfig):
        told([path])


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"there is no report and no folder .*none to take the history from"):
        told([tmp_path / "none"])


def test_hidden_files_folders_and_pipes_are_passed_over(tmp_path: Path, write: Write) -> None:
    write("a.json", "2026-03-01T00:00:00Z").rename(tmp_path / ".a.json.17.tmp")
    (tmp_path / "older").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    assert told([tmp_path]) == ([], [])


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_pages_are_not_read(tmp_path: Path, write: Write, kind: str) -> None:
    path = write(f"a.{kind}", "2026-03-01T00:00:00Z", 2)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"a.html"' in line or '"0.html"' in line)
    page = lines[at].rstrip().rstrip(",") + (",\n" if kind == "json" else "\n")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines[:at])
        for _ in range(20_000):
            file.write(page)
        file.writelines(lines[at:])
    assert path.stat().st_size > 15_000_000
    tracemalloc.start()
    (found,) = told([path])[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.checked == 2
    assert peak < 2_000_000
