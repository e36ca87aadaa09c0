"""A saved report says the same when it is shown again, and shards of a run say what the whole run would have said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import cli

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
SOME = ("founding-story", "notice-in-greek", "denial-beside-links", "posted-by-admin", "credits-of-all-sorts", "revealed-by-plugin")
AGAIN = ("text", "json", "junit", "github", "gitlab", "csv", "markdown", "summary")
Change = Callable[[dict[str, Any]], object]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages, one of which cannot be read; it is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "site").mkdir()
    for name in SOME:
        (tmp_path / "site" / f"{name}.html").write_bytes((PAGES / name / "page.html").read_bytes())
    (tmp_path / "site" / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "none").mkdir()
    return tmp_path


def check(*inputs: str, to: str, more: tuple[str, ...] = ()) -> int:
    kind = to.rpartition(".")[2]
    return call("check", *inputs, "--output", f"{kind}={to}", *more).exit_code


def without_run(path: str) -> str:
    return "\n".join(line for line in Path(path).read_text("utf-8").splitlines() if not line.startswith('"run"'))


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_a_report_that_is_shown_again_says_the_same(site: Path, kind: str) -> None:
    outputs = [word for name in AGAIN for word in ("--output", f"{name}=first.{name}")]
    assert call("check", "site", "none", "--allow-incomplete", "--output", f"jsonl={site / 'saved.jsonl'}", *outputs).exit_code == 1
    Path("saved.json").write_bytes(Path("first.json").read_bytes())
    again = [word for name in AGAIN for word in ("--output", f"{name}=second.{name}")]
    result = call("report", f"saved.{kind}", *again)
    assert result.exit_code == 0
    assert result.stderr == "disclosure-checker: exit 0 (ok): a report, 8 inputs; what it says is no verdict without --fail-on\n"
    for name in set(AGAIN) - {"json"}:
        assert Path(f"second.{name}").read_bytes() == Path(f"first.{name}").read_bytes(), name
    assert without_run("second.json") == without_run("first.json")


def test_shards_say_what_the_whole_run_says(site: Path) -> None:
    names = [f"site/{name}.html" for name in SOME]
    check(*names, "site/broken.html", "none", to="whole.json")
    for number, part in enumerate(([*names[:3], names[0]], names[3:], ["site/broken.html", "none"])):
        check(*part, to=f"shard{number}.{'json' if number else 'jsonl'}")
    result = call("report", "shard0.jsonl", "shard1.json", "shard2.json", "--output", "json=merged.json", "--output", "text=merged.txt")
    assert result.exit_code == 0
    assert "3 reports merged, 8 inputs" in result.stderr
    whole, merged = (json.loads(Path(f"{name}.json").read_text("utf-8")) for name in ("whole", "merged"))
    assert merged["summary"]["inputs"].pop("deduplicated") == 1 + whole["summary"]["inputs"].pop("deduplicated")
    assert [merged["summary"]["inputs"].pop("discovered"), whole["summary"]["inputs"].pop("discovered")] == [9, 8]
    for name in ("pages", "findings", "summary", "rules", "authorities", "profiles"):
        assert merged[name] == whole[name], name
    assert merged["exit"]["code"] == whole["exit"]["code"] == 1
    assert merged["complete"] is False
    assert [each["report"] for each in merged["run"]["merged"]] == ["shard0.jsonl", "shard1.json", "shard2.json"]


@pytest.mark.parametrize(
    ("fail_on", "inputs", "code"),
    [
        (None, ("site",), 0),
        ("warning", ("site",), 1),
        ("never", ("site",), 3),
        ("never", ("site/posted-by-admin.html",), 0),
        ("warning", ("none",), 4),
        (None, ("none",), 0),
    ],
)
def test_only_fail_on_makes_a_gate(site: Path, fail_on: str | None, inputs: tuple[str, ...], code: int) -> None:
    check(*inputs, to="r.json")
    result = call("report", "r.json", "--output", "json=again.json", *(("--fail-on", fail_on) if fail_on else ()))
    assert result.exit_code == code
    assert f"exit {code} (" in result.stderr
    again = json.loads(Path("again.json").read_text("utf-8"))
    if fail_on:
        assert (again["fail_on"], again["exit"]["code"]) == (fail_on, code)


def test_a_page_that_two_shards_hold_is_counted_once(site: Path) -> None:
    for name in ("a", "b"):
        check("site/posted-by-admin.html", to=f"{name}.json")
    call("report", "a.json", "b.json", "--output", "json=merged.json")
    merged = json.loads(Path("merged.json").read_text("utf-8"))
    assert (len(merged["pages"]), merged["summary"]["inputs"]["deduplicated"]) == (1, 1)


def test_a_page_that_changed_between_two_shards_is_an_error(site: Path) -> None:
    page = "site/posted-by-admin.html"
    check(page, to="a.json")
    Path(page).write_text(Path(page).read_text("utf-8").replace("admin", "Admin"), "utf-8")
    check(page, to="b.json")
    Path(page).unlink()
    check(page, to="c.json")
    for other, told in (("b", "has one content in a.json and another in b.json"), ("c", "is checked in a.json and not checked in c.json")):
        result = call("report", "a.json", f"{other}.json", "--output", "json=merged.json")
        assert (result.exit_code, Path("merged.json").exists()) == (2, False)
        assert f"{page} {told}; name one of the two" in result.stderr


def test_a_page_that_was_judged_otherwise_is_an_error(site: Path) -> None:
    page = "site/posted-by-admin.html"
    call("baseline", "create", page)
    check(page, to="a.json")
    check(page, to="b.json", more=("--baseline", "disclosure-baseline.jsonl"))
    assert "is the same in a.json and b.json, and was judged differently: " in call("report", "a.json", "b.json").stderr


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--profile", "uk"), "a.json was judged by the profiles us, b.json was judged by the profiles uk; they are no parts of one run"),
        (("--fail-on", "error"), "a.json was gated with --fail-on warning, b.json was gated with --fail-on error; "),
        (("--select", "IMG"), "; they are no parts of one run"),
    ],
)
def test_reports_of_different_runs_are_not_merged(site: Path, more: tuple[str, ...], told: str) -> None:
    check("site/posted-by-admin.html", to="a.json")
    check("site/founding-story.html", to="b.json", more=more)
    result = call("report", "a.json", "b.json")
    assert result.exit_code == 2
    assert told in result.stderr
    assert call("report", "a.json", "b.json", "--fail-on", "error").exit_code == (1 if "--fail-on" in more else 2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["tool"].update(version="0.0.9"), "was written by version 0.0.9 of the program"),
        (lambda data: data["tool"].update(rules_digest="0" * 64), "was made with the rules 000000000000"),
    ],
)
def test_parts_of_another_program_are_not_merged(site: Path, change: Change, told: str) -> None:
    check("site/posted-by-admin.html", to="a.json")
    spoil("a.json", change, "b.json")
    assert told in call("report", "a.json", "b.json").stderr


def spoil(path: str, change: Change, to: str) -> None:
    data = json.loads(Path(path).read_text("utf-8"))
    change(data)
    Path(to).write_text(json.dumps(data), "utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data.pop("pages"), "it has no list of pages"),
        (lambda data: data["pages"].append(7), "pages[7] is no page"),
        (lambda data: data["pages"][0].pop("status"), '"status" is missing'),
        (lambda data: data["pages"][1].update(status="fine"), '"fine" is not allowed here'),
        (lambda data: data["pages"][1].update(verdicts=None), "what it tells of the page 'site/credits-of-all-sorts.html' is only half there"),
        (lambda data: data["pages"][1].update(findings=1000), "are not 1000"),
        (lambda data: data["pages"].pop(), "belongs to none of its pages"),
        (lambda data: data["findings"].pop(), "the findings of the page"),
        (lambda data: data["findings"].reverse(), "the findings of the page"),
        (lambda data: data["findings"][2].update(state="hidden"), '"hidden" is not allowed here'),
        (lambda data: data["findings"][0].update(state="baselined"), "its counts are not those of its pages and findings"),
        (lambda data: data["summary"]["inputs"].update(checked=99), "its counts are not those of its pages and findings"),
        (lambda data: data["summary"]["pages"].update(plain_first=99), "its counts are not those of its pages and findings"),
        (lambda data: data["summary"]["verdicts"]["author"].update(person=99), "its counts are not those of its pages and findings"),
        (lambda data: data["summary"]["verdicts"]["author"].update(nobody=1), 'unknown key "nobody"'),
        (lambda data: data["summary"].pop("stale_baseline"), '"stale_baseline" is missing'),
    ],
)
@pytest.mark.parametrize("command", [("report",), ("diff", "r.json")])
def test_a_report_that_somebody_changed_is_refused(site: Path, change: Change, told: str, command: tuple[str, ...]) -> None:
    check("site", to="r.json")
    spoil("r.json", change, "b.json")
    result = call(*command, "b.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_no_report(site: Path, number: str) -> None:
    check("site/founding-story.html", to="r.json")
    text = Path("r.json").read_text("utf-8").replace('"values": {', f'"values": {{"odd": {number}, ', 1)
    Path("r.json").write_text(text, "utf-8")
    result = call("report", "r.json")
    assert result.exit_code == 2
    assert "is no number" in result.stderr


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_a_cut_report_is_refused(site: Path, kind: str) -> None:
    check("site", to=f"r.{kind}")
    body = Path(f"r.{kind}").read_bytes()
    Path("cut").write_bytes(body[: len(body) // 2])
    result = call("report", "cut", "--output", "json=again.json")
    assert (result.exit_code, Path("again.json").exists()) == (2, False)


def test_no_report_goes_over_a_saved_one_or_a_page(site: Path) -> None:
    check("site", to="r.json")
    before = Path("r.json").read_bytes()
    assert "it is one of the saved reports" in call("report", "r.json", "--output", "json=r.json").stderr
    assert "a page is there" in call("report", "r.json", "--output", "json=site/founding-story.html").stderr
    assert Path("r.json").read_bytes() == before
    assert call("report").exit_code == call("report", "nowhere.json").exit_code == call("report", "r.json", "--output", "jsn").exit_code == 2


WAIVER = """[[waive]]
path = ["*/denial-beside-links.html", "*/posted-by-admin.html"]
rules = ["AFF001"]
reason = "it is told in the app"

[[waive]]
path = "site/**/posted-by-admin.html"
rules = ["AFF001"]
reason = "nobody knows"
"""


def test_a_waiver_that_one_shard_used_is_used(site: Path) -> None:
    Path("disclosure-checker.toml").write_text(WAIVER, "utf-8")
    Path("other").mkdir()
    for name in ("denial-beside-links", "founding-story"):
        Path(f"site/{name}.html").rename(f"other/{name}.html")
    for part in ("site", "other"):
        check(part, to=f"{part}.json")
    check("site", "other", to="whole.json")
    call("report", "site.json", "other.json", "--output", "json=merged.json")
    whole, merged = (json.loads(Path(f"{name}.json").read_text("utf-8")) for name in ("whole", "merged"))

    def said(data: dict[str, Any]) -> list[tuple[str, str]]:
        return sorted((each["rule"], each["anchor"]) for each in data["findings"] if each["source"].endswith(".toml"))

    assert said(merged) == said(whole)
    assert len(said(whole)) == 1
    assert (
        [(each["status"], each["findings"]) for each in merged["waivers"]]
        == [("used", 1), ("unused", 0)]
        == [(each["status"], each["findings"]) for each in whole["waivers"]]
    )
