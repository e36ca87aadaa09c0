"""A saved report is read again only where it is one, and whatever else is named is answered in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.cli.main import cli
from checker.errors import BadConfig
from checker.report.saved import load, sound

PAGE = '<!doctype html><html lang="en"><h1>Tea</h1><p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></html>'


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report in both formats."""
    from click.testing import CliRunner

    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.html").write_text(PAGE, "utf-8")
    outputs = [f"--output={name}={folder / f'report.{name}'}" for name in ("json", "jsonl")]
    CliRunner().invoke(cli, ["check", str(folder / "a.html"), *outputs])
    return folder


def changed(kept: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    data = json.loads((kept / "report.json").read_text("utf-8"))
    change(data)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_both_formats_hold_the_same(kept: Path) -> None:
    one, other = load(kept / "report.json"), load(kept / "report.jsonl")
    assert [each["fingerprint"] for each in one.findings] == [each["fingerprint"] for each in other.findings] != []
    assert (one.version, one.rules_digest) == (other.version, other.rules_digest)
    assert [sound(saved, saved.findings[0])["rule"] for saved in (one, other)] == ["AFF001", "AFF001"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "the report r.json is empty; "),
        (b" \n", "the report r.json is empty; "),
        (b"\xff\xfe\x00", "r.json is no report: it is not UTF-8 text"),
        (b"<html>", "r.json is no JSON, and only reports in the formats json and jsonl can be read"),
        (b"story.html:1:2 AFF001 error", "r.json is no JSON, "),
        (b"{}", "r.json is JSON, but no report of this program; "),
        (b"[]", "r.json is JSON, but no report of this program; "),
        (b"3", "r.json is JSON, but no report of this program; "),
        (b'{"version": "2.1.0", "runs": []}', "r.json is JSON, but no report of this program; "),
        (b'{"source": "a.html", "verdicts": {}}', "r.json holds facts, not a report; "),
        (b'[{"source": "a.html", "verdicts": {}}]', "r.json holds facts, not a report; "),
        (
            b'{"schema_version": "2.0", "tool": {"version": "3.1"}}',
            "r.json was written by version 3.1 as a report of version 2.0; this program reads version 1.x",
        ),
        (b'{"schema_version": "2.0"}', "r.json was written as a report of version 2.0; "),
        (b'{"schema_version": 1}', "r.json is not as a report is: "),
        (b'{"schema_version": "1.0"}', "r.json is not as a report is: "),
        (b'{"schema_version": "1.0", "a": }', "r.json is no report: line 1, column 32: expecting value"),
        (b'{"a": ' + b"[" * 100_000, "r.json is no report: its values are nested too deeply"),
        (b'{"a": ' + b"1" * 5000 + b"}", "r.json is no report: "),
        (b'{"type": "page"}\n', "r.json is no whole report: its first line run_start is absent"),
        (b'{"type": "run_start"}\n{"type": "rn_end"}\n', "r.json:2: this line is none of a report"),
        (b'{"type": "run_start"}\n3\n{"type": "run_end"}', "r.json:2: this line is none of a report"),
        (b'{"type": "run_start"}\n{"type": "run_start"}\n', "r.json:2: a second report begins here; "),
        (b'{"type": "run_start", "schema_version": "2.0"}\n{"type": "run_end"}\n', "r.json was written as a report of version 2.0; "),
        (b'{"type": "run_start"}\n{"type": "run_end"}\n', "r.json is not as a report is: "),
    ],
)
def test_what_is_no_report_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, told: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.json").write_bytes(body)
    with pytest.raises(BadConfig) as fault:
        load(Path("r.json"))
    assert str(fault.value).startswith(told)
    assert "\n" not in str(fault.value)


def test_what_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadConfig, match=r"^there is no report r\.json; disclosure-checker check"):
        load(Path("r.json"))
    with pytest.raises(BadConfig, match=r"^\. is a folder; name the file of a report"):
        load(Path())


@pytest.mark.parametrize("name", ["report.json", "report.jsonl"])
def test_a_cut_report_is_no_report_wherever_it_is_cut(kept: Path, tmp_path: Path, name: str) -> None:
    body = (kept / name).read_bytes().rstrip()
    for size in {*range(40, len(body), 997), len(body) - 1}:
        (tmp_path / name).write_bytes(body[:size])
        with pytest.raises(BadConfig):
            load(tmp_path / name)
    (tmp_path / name).write_bytes(body[: len(body) - 300])
    with pytest.raises(BadConfig, match="is cut: it ends in the middle of a value" if name == "report.json" else "comes from a run that was cut"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data.pop("findings"), "it has no list of findings"),
        (lambda data: data.update(findings={}), "it has no list of findings"),
        (lambda data: data["findings"].append(3), r"findings\[\d+\] is no finding"),
        (lambda data: data["findings"][0].pop("fingerprint"), r"findings\[0\] is no finding"),
        (lambda data: data.update(findings=[{**data["findings"][0], "rule": 3}]), r"findings\[0\] is no finding"),
        (lambda data: data.pop("tool"), '"tool" is missing'),
        (lambda data: data.update(tool={"name": "other", "version": "1", "rules_digest": ""}), r"tool\.name: "),
    ],
)
def test_a_report_that_somebody_changed_is_none(kept: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str) -> None:
    with pytest.raises(BadConfig, match=f"is not as a report is: .*{told}"):
        load(changed(kept, tmp_path, change))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda finding: finding.pop("evidence"), '"evidence" is missing'),
        (lambda finding: finding.update(severity="fatal"), '"fatal" is not allowed here'),
        (lambda finding: finding.update(fingerprint="v1:zz"), "fingerprint"),
        (lambda finding: finding["evidence"].append("x"), r"evidence\[\d+\]: should be a table"),
        (lambda finding: finding.update(line="7", column=[]), r"\(and 1 more\)$"),
    ],
)
def test_a_finding_is_looked_at_before_it_is_shown(kept: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str) -> None:
    saved = load(changed(kept, tmp_path, lambda data: change(data["findings"][0])))
    with pytest.raises(BadConfig, match=told):
        sound(saved, saved.findings[0])
    assert sound(saved, saved.findings[-1])
