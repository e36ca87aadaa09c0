"""A publisher's waivers, in pages and in settings, as a run of the program heeds them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

FIXTURES = Path(__file__).parents[2] / "fixtures"

Call = Callable[..., Result]


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder fixtures/waived; it is the current one."""
    place = tmp_path / "publisher"
    shutil.copytree(FIXTURES / "waived", place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def check(call: Call) -> Callable[..., dict[str, Any]]:
    def run(*arguments: str, stdin: bytes | None = None) -> dict[str, Any]:
        found = call("check", *arguments, "--output", "json", stdin=stdin)
        whole: dict[str, Any] = json.loads(found.stdout)
        assert whole["exit"]["code"] == found.exit_code
        return whole

    return run


def told(whole: dict[str, Any], family: str = "WVR") -> list[tuple[str, str, int | None]]:
    return [(each["rule"], each["source"], each["line"]) for each in whole["findings"] if each["rule"].startswith(family)]


def fates(entries: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(" ".join(each["rules"]), each["status"], each["findings"]) for each in entries]


def test_each_waiver_fares_as_it_is_written(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    whole = check(".")
    assert told(whole) == [
        ("WVR601", "story.html", 20),
        ("WVR602", "story.html", 16),
        ("WVR602", "disclosure-checker.toml", 17),
        ("WVR603", "disclosure-checker.toml", 10),
        ("WVR605", "disclosure-checker.toml", 22),
    ]
    assert fates(whole["waivers"]) == [("IMG", "used", 1), ("AUT501", "expired", 0), ("LNK201", "unused", 0), ("AFF001", "refused", 0)]
    (story,) = [page for page in whole["pages"] if page["source"] == "story.html"]
    assert fates(story["waivers"]) == [("IMG401", "used", 1), ("IMG401", "used", 1), ("IMG405", "unused", 0), ("", "malformed", 0)]
    states = [(each["source"], each["line"], each["state"]) for each in whole["findings"] if each["rule"] == "IMG401"]
    assert states == [
        ("story.html", 14, "suppressed"), ("story.html", 16, "suppressed"), ("story.html", 18, "new"), ("archive/2009.html", 11, "suppressed")
    ]  # fmt: skip
    assert whole["summary"]["findings"]["suppressed"] == 3


def test_all_formats_and_all_numbers_of_processes_say_the_same(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    one, two = ({**check(".", "--jobs", jobs, "--no-cache"), "run": None} for jobs in ("1", "2"))
    assert one == two


def test_a_waived_finding_does_not_gate(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    only = check("archive", "--select", "IMG401", "--ignore", "WVR")
    assert (only["exit"]["code"], told(only)) == (0, [])
    assert only["summary"]["findings"]["suppressed"] == 1


def test_a_narrowed_run_calls_no_waiver_unused(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    assert fates(check("archive")["waivers"])[2] == ("LNK201", "idle", 0)
    assert fates(check(".", "--select", "AUT")["waivers"])[2] == ("LNK201", "idle", 0)
    assert fates(check("story.html")["waivers"])[2] == ("LNK201", "unused", 0)


def test_a_page_that_was_fetched_does_not_acquit_itself(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    body = (publisher / "story.html").read_bytes()
    fetched = check("-", "--stdin-url", "https://tea.example/story", stdin=body)
    assert [each["rule"] for each in fetched["findings"] if each["rule"].startswith("WVR") and each["source"] == "-"] == ["WVR604"]
    assert {each["state"] for each in fetched["findings"]} == {"new"}
    assert {each["status"] for each in fetched["pages"][0]["waivers"]} == {"refused"}
    given = check("-", stdin=body)
    assert given["summary"]["findings"]["suppressed"] == 2


@pytest.mark.parametrize(("policy", "suppressed"), [("local", 3), ("always", 3), ("never", 1)])
def test_the_settings_say_whose_directives_count(policy: str, suppressed: int, publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    file = publisher / "disclosure-checker.toml"
    file.write_text(f'inline-waivers = "{policy}"\n{file.read_text("utf-8")}', "utf-8")
    assert check(".")["summary"]["findings"]["suppressed"] == suppressed


def test_mandatory_rules_gate_whatever_is_waived(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    (publisher / "paid.html").write_text(
        '<html lang="en"><head><title>x</title></head><body><!-- disclosure-checker: ignore-file AFF001 -- no -->'
        '<article><h1>Tea</h1>\n<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></article>',
        "utf-8",
    )
    whole = check("paid.html")
    assert [each["state"] for each in whole["findings"] if each["rule"] == "AFF001"] == ["new"]
    assert ("WVR605", "paid.html", 1) in told(whole)


def test_severities_of_the_settings_hold_for_rules_about_waivers(publisher: Path, check: Callable[..., dict[str, Any]]) -> None:
    file = publisher / "disclosure-checker.toml"
    file.write_text(f'severity = {{ WVR602 = "error" }}\n{file.read_text("utf-8")}', "utf-8")
    assert {each["severity"] for each in check(".")["findings"] if each["rule"] == "WVR602"} == {"error"}


@pytest.mark.parametrize("rule", ["WVR601", "WVR602", "WVR603", "WVR604", "WVR605"])
def test_they_are_explained_like_any_rule(rule: str, call: Call) -> None:
    found = call("explain", rule)
    assert found.exit_code == 0
    assert "Every profile holds it" in found.stdout


def test_a_finding_about_a_waiver_is_explained(publisher: Path, call: Call, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    call("check", ".", "--output", f"json={saved}")
    fingerprint = next(each["fingerprint"] for each in json.loads(saved.read_text("utf-8"))["findings"] if each["rule"] == "WVR603")
    found = call("explain", fingerprint, "--report", str(saved))
    assert found.exit_code == 0, found.stderr
    assert "does not hold it any more" not in found.stdout
