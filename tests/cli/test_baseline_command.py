"""`baseline create|update|prune` and a check against it, as a pipeline calls them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
FILE = "disclosure-baseline.jsonl"
KNOWN = ("--baseline", FILE)


def lines(folder: Path, name: str = FILE) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()][1:]


@pytest.fixture
def known(site: Path, call: Call) -> Path:
    """The site, with a baseline of both of its pages."""
    assert call("baseline", "create", "paid.html", "clean.html").exit_code == 0
    return site


def test_create_says_what_it_wrote(site: Path, call: Call) -> None:
    result = call("baseline", "create", "paid.html", "clean.html")
    count = len(lines(site))
    assert count > 1
    assert (result.exit_code, result.stdout) == (0, "")
    assert (
        result.stderr.startswith(f"disclosure-checker: exit 0 (ok): {FILE} holds {count + 1} findings on ")
        or f"holds {count} findings" in result.stderr
    )
    assert result.stderr.endswith("; 0 not checked\n")


def test_create_never_writes_over_a_file(known: Path, call: Call) -> None:
    before = (known / FILE).read_bytes()
    result = call("baseline", "create", "clean.html")
    assert result.exit_code == 2
    assert f"{FILE} exists already; baseline update adds" in result.stderr
    assert (known / FILE).read_bytes() == before
    (known / "link.jsonl").symlink_to("nowhere")
    assert call("baseline", "create", "clean.html", "--baseline", "link.jsonl").exit_code == 2


def test_what_is_known_does_not_fail_and_stays_in_the_report(known: Path, call: Call) -> None:
    assert call("check", "paid.html").exit_code == 1
    result = call("check", "paid.html", "clean.html", *KNOWN, "--output", "json=r.json")
    assert result.exit_code == 0
    findings = json.loads((known / "r.json").read_text("utf-8"))["findings"]
    assert {(each["state"], each["waiver"]["kind"], each["waiver"]["where"]) for each in findings} == {("baselined", "baseline", FILE)}
    assert f"; {len(findings)} baselined\n" in result.stderr


def test_what_comes_on_top_fails(known: Path, call: Call) -> None:
    page = known / "clean.html"
    page.write_text((known / "paid.html").read_text("utf-8"), "utf-8")
    result = call("check", "paid.html", "clean.html", *KNOWN)
    assert result.exit_code == 1
    assert result.stdout.count("AFF001 error") == 1
    assert result.stdout.startswith("clean.html")


def test_a_paragraph_more_changes_nothing(known: Path, call: Call) -> None:
    before = (known / FILE).read_bytes()
    page = known / "paid.html"
    page.write_text(page.read_text("utf-8").replace("<p>After", "<p>Some\ntea.</p>\n\n<p>After"), "utf-8")
    assert call("check", "paid.html", *KNOWN, "--strict-baseline").exit_code == 0
    assert call("baseline", "update", "paid.html", "clean.html").exit_code == 0
    assert (known / FILE).read_bytes() == before


def test_what_is_fixed_is_told_and_fails_only_where_that_is_asked(known: Path, call: Call) -> None:
    (known / "paid.html").write_text((known / "clean.html").read_text("utf-8"), "utf-8")
    result = call("check", "paid.html", "clean.html", *KNOWN, "--output", "json=r.json")
    assert result.exit_code == 0
    data = json.loads((known / "r.json").read_text("utf-8"))
    stale = data["summary"]["stale_baseline"]
    assert stale > 0
    assert f"; {stale} stale baseline entr" in result.stderr
    assert {(each["kind"], each["status"], each["target"]) for each in data["waivers"]} == {("baseline", "unused", "paid.html")}
    assert len(data["waivers"]) == stale
    strict = call("check", "paid.html", "clean.html", *KNOWN, "--strict-baseline")
    assert strict.exit_code == 1
    assert ", and --strict-baseline (run baseline prune)\n" in strict.stderr
    pruned = call("baseline", "prune", "paid.html", "clean.html")
    assert pruned.exit_code == 0
    assert f"; {stale} fixed finding" in pruned.stderr
    assert call("check", "paid.html", "clean.html", *KNOWN, "--strict-baseline").exit_code == 0


def test_pages_outside_the_run_keep_their_entries(known: Path, call: Call) -> None:
    before = lines(known)
    assert call("check", "clean.html", *KNOWN, "--strict-baseline").exit_code == 0
    assert call("check", "paid.html", "--select", "IMG", *KNOWN, "--strict-baseline").exit_code == 0
    for how in ("prune", "update"):
        assert call("baseline", how, "clean.html").exit_code == 0
        assert call("baseline", how, "paid.html", "--select", "IMG").exit_code == 0
        assert lines(known) == before


def test_a_page_that_cannot_be_checked_keeps_its_entries(known: Path, call: Call) -> None:
    before = lines(known)
    (known / "paid.html").write_bytes(b"")
    for how in ("prune", "update"):
        result = call("baseline", how, "paid.html", "clean.html")
        assert result.exit_code == 3
        assert result.stderr.endswith("; 1 not checked\n")
        assert lines(known) == before
        assert call("baseline", how, "paid.html", "clean.html", "--allow-incomplete").exit_code == 0
    assert call("check", "paid.html", *KNOWN, "--strict-baseline").exit_code == 3


def test_update_adds_and_prune_does_not(known: Path, call: Call) -> None:
    before = lines(known)
    (known / "clean.html").write_text((known / "paid.html").read_text("utf-8"), "utf-8")
    pruned = call("baseline", "prune", "paid.html", "clean.html")
    assert " not added; " in pruned.stderr
    assert all(each in before for each in lines(known))
    updated = call("baseline", "update", "paid.html", "clean.html")
    assert " added; " in updated.stderr
    assert {each["page"] for each in lines(known)} == {"paid.html", "clean.html"}
    assert call("check", "paid.html", "clean.html", *KNOWN, "--strict-baseline").exit_code == 0


def test_reasons_and_owners_are_kept(known: Path, call: Call) -> None:
    path = known / FILE
    path.write_text(path.read_text("utf-8").replace('"count": 1}', '"count": 1, "reason": "until spring", "owner": "desk"}', 1), "utf-8")
    before = path.read_bytes()
    assert call("baseline", "update", "paid.html", "clean.html").exit_code == 0
    assert path.read_bytes() == before


def test_mandatory_rules_are_left_out(site: Path, call: Call) -> None:
    (site / "disclosure-checker.toml").write_text('mandatory = ["AFF001"]\n', "utf-8")
    result = call("baseline", "create", "paid.html")
    assert "; 1 finding of mandatory rules left out; " in result.stderr
    assert "AFF001" not in {each["rule"] for each in lines(site)}
    assert call("check", "paid.html", *KNOWN).exit_code == 1


def test_the_settings_name_the_file_from_their_own_folder(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "disclosure-checker.toml").write_text('baseline = "ci/known.jsonl"\nstrict-baseline = true\n', "utf-8")
    (site / "ci").mkdir()
    monkeypatch.chdir(site / "none")
    assert call("baseline", "create", "../paid.html").exit_code == 0
    assert {each["page"] for each in lines(site, "ci/known.jsonl")} == {"paid.html"}
    assert call("check", "../paid.html").exit_code == 0
    monkeypatch.chdir(site)
    assert call("check", "paid.html").exit_code == 0


def test_nothing_to_check_writes_nothing(known: Path, call: Call) -> None:
    before = (known / FILE).read_bytes()
    for arguments in (("create", "none", "--baseline", "other.jsonl"), ("update", "none"), ("prune", "none")):
        result = call("baseline", *arguments)
        assert result.exit_code == 4
        assert "nothing is written" in result.stderr
    assert sorted(path.name for path in known.iterdir() if "baseline" in path.name or "other" in path.name) == [FILE]
    assert (known / FILE).read_bytes() == before
    assert call("baseline", "create", "none", "--baseline", "other.jsonl", "--allow-empty").exit_code == 0
    assert lines(known, "other.jsonl") == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("baseline",), "no command is named; there are create, prune, update"),
        (("baseline", "creat"), "creat"),
        (("baseline", "create"), "nothing to read"),
        (("baseline", "update", "paid.html"), f"there is no baseline {FILE}; disclosure-checker baseline create writes one"),
        (("baseline", "prune", "paid.html", "--baseline", "paid.html"), "paid.html:1: this line is no JSON object"),
        (("baseline", "create", "paid.html", "--baseline", "no/known.jsonl"), "cannot write no/known.jsonl: there is no folder no"),
        (("baseline", "create", "paid.html", "--baseline", "none"), "none exists already"),
        (("check", "paid.html", "--baseline", "nowhere.jsonl"), "there is no baseline nowhere.jsonl"),
        (("check", "paid.html", "--baseline", "clean.html"), "clean.html:1: this line is no JSON object"),
        (("check", "paid.html", "--strict-baseline"), "--strict-baseline needs a baseline"),
    ],
)
def test_what_cannot_be_used_is_one_line(site: Path, call: Call, arguments: tuple[str, ...], told: str) -> None:
    before = sorted(path.name for path in site.iterdir())
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr.splitlines()[-1]
    assert sorted(path.name for path in site.iterdir()) == before


def test_no_report_goes_over_the_baseline(known: Path, call: Call) -> None:
    before = (known / FILE).read_bytes()
    result = call("check", "paid.html", *KNOWN, "--output", f"json={FILE}")
    assert result.exit_code == 2
    assert f"cannot write {FILE}: it is the baseline" in result.stderr
    assert (known / FILE).read_bytes() == before


def test_a_broken_baseline_gives_no_verdict_and_no_report(known: Path, call: Call) -> None:
    with (known / FILE).open("a") as file:
        file.write("<<<<<<< HEAD\n")
    result = call("check", "clean.html", *KNOWN, "--output", "json=r.json", "--output", "jsonl=r.jsonl")
    assert result.exit_code == 2
    assert "a merge left its marks here" in result.stderr
    assert not list(known.glob("r.json*"))


@pytest.mark.parametrize("fault", ["write", "replace"])
def test_a_full_disk_leaves_the_old_baseline(known: Path, call: Call, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    before = (known / FILE).read_bytes()
    (known / "clean.html").write_text((known / "paid.html").read_text("utf-8"), "utf-8")
    real = getattr(os, fault)

    def full(*arguments: object, **more: object) -> object:
        if fault == "write" and arguments[0] in (1, 2):
            return real(*arguments, **more)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, fault, full)
    result = call("baseline", "update", "paid.html", "clean.html")
    monkeypatch.undo()
    assert result.exit_code == 2
    assert f"cannot write {FILE}: No space left on device" in result.stderr
    assert (known / FILE).read_bytes() == before
    assert not list(known.glob(".*.tmp"))
