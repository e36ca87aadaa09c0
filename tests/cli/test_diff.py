"""`diff` as a pipeline calls it: exit codes, files, and what is no report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]


@pytest.fixture
def saved(site: Path, call: Call) -> Path:
    """The site, with a report on its page that has findings and its page that has none."""
    call("check", "paid.html", "clean.html", "--output", "json=old.json", "--output", "jsonl=old.jsonl")
    return site


def again(call: Call, *more: str) -> None:
    call("check", "paid.html", "clean.html", "--output", "json=new.json", *more)


def test_nothing_changed(saved: Path, call: Call) -> None:
    again(call)
    for old in ("old.json", "old.jsonl"):
        result = call("diff", old, "new.json")
        assert result.exit_code == 0
        assert result.stderr.startswith("disclosure-checker: exit 0 (ok): nothing new fails; 0 new, 0 changed, 0 not known any more, 0 fixed, ")


def test_an_inserted_paragraph_changes_nothing(saved: Path, call: Call) -> None:
    page = saved / "paid.html"
    page.write_text(page.read_text("utf-8").replace("<p>Get", "<p>Tea\nis\ngood.</p>\n\n<p>Get"), "utf-8")
    again(call)
    assert "0 new, 0 changed, 0 not known any more, 0 fixed" in call("diff", "old.json", "new.json").stderr


def test_what_is_new_fails_and_what_is_fixed_does_not(saved: Path, call: Call) -> None:
    (saved / "clean.html").write_text((saved / "paid.html").read_text("utf-8"), "utf-8")
    again(call)
    result = call("diff", "old.json", "new.json")
    assert result.exit_code == 1
    assert result.stderr.startswith("disclosure-checker: exit 1 (findings): 1 fails at --fail-on warning; ")
    assert call("diff", "old.json", "new.json", "--fail-on", "never").exit_code == 0
    assert call("diff", "new.json", "old.json").exit_code == 0


def test_what_is_not_known_any_more_is_incomplete(saved: Path, call: Call) -> None:
    (saved / "clean.html").write_bytes(b"")
    again(call)
    result = call("diff", "old.json", "new.json")
    assert result.exit_code == 3
    assert "pages: 1 not checked any more" in result.stderr
    again(call, "--select", "IMG")
    result = call("diff", "old.json", "new.json")
    assert result.exit_code == 3
    assert "(the rule AFF001 was not judged)" in result.stdout


def test_other_profiles_are_told(saved: Path, call: Call) -> None:
    again(call, "--profile", "uk")
    assert "note: the profiles are not the same\n" in call("diff", "old.json", "new.json").stdout


def test_several_outputs(saved: Path, call: Call) -> None:
    (saved / "clean.html").write_text((saved / "paid.html").read_text("utf-8"), "utf-8")
    again(call)
    results = [call("diff", "old.json", "new.json", "--output", "json=d.json", "--output", "markdown=d.md", "--output", "text") for _ in range(2)]
    assert results[0].stdout == results[1].stdout != ""
    data = json.loads((saved / "d.json").read_text("utf-8"))
    assert data["exit"]["message"] + "\n" == results[0].stderr
    assert (saved / "d.md").read_text("utf-8").startswith("## disclosure-checker diff: findings\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("old.json",), "missing argument 'NEW'"),
        (("old.json", "nowhere.json"), "there is no report nowhere.json"),
        (("old.json", "paid.html"), "paid.html is no JSON"),
        (("old.json", "old.json", "--output", "jsno"), "unknown output format 'jsno'; did you mean json?"),
        (("old.json", "old.json", "--output", "sarif"), "unknown output format 'sarif'; there are text, json, markdown"),
        (("old.json", "old.json", "--output", "json=old.json"), "cannot write old.json: it is one of the saved reports"),
        (("old.json", "old.json", "--output", "json=paid.html"), "cannot write paid.html: a page is there"),
        (("old.json", "old.json", "--output", "json=no/d.json"), "cannot write no/d.json: there is no folder no"),
    ],
)
def test_what_cannot_be_compared_or_written(saved: Path, call: Call, arguments: tuple[str, ...], told: str) -> None:
    before = (saved / "old.json").read_bytes()
    result = call("diff", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert (saved / "old.json").read_bytes() == before
