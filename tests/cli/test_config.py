"""Settings as a user meets them: found, put in order, shown, explained, begun."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
HARBOUR = Path(__file__).resolve().parents[2] / "fixtures" / "packs" / "harbour"


@pytest.fixture
def settings(site: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = site / "disclosure-checker.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def found(result: Result) -> set[str]:
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}


def test_a_file_sets_what_nobody_types(settings: Callable[[str], Path], call: Call) -> None:
    settings('fail-on = "never"\nignore = ["AFF001"]\noutput = ["json"]\n')
    quiet = call("check", "paid.html")
    assert quiet.exit_code == 0
    assert "AFF001" not in found(quiet)
    typed = call("check", "paid.html", "--fail-on", "error", "--ignore", "AUT", "--output", "json")
    assert typed.exit_code == 1
    assert "AFF001" in found(typed)


def test_the_environment_stands_between(settings: Callable[[str], Path], call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    settings('fail-on = "info"\n')
    monkeypatch.setenv("DISCLOSURE_CHECKER_FAIL_ON", "never")
    assert call("check", "paid.html", "--quiet").exit_code == 0
    assert call("check", "paid.html", "--quiet", "--fail-on", "error").exit_code == 1


def test_no_config_and_another_config(settings: Callable[[str], Path], call: Call, site: Path) -> None:
    settings('fail-on = "never"\n')
    assert call("check", "paid.html", "--quiet", "--no-config").exit_code == 1
    (site / "other.toml").write_text('fail-on = "error"\nselect = ["IMG"]\n')
    assert call("check", "paid.html", "--quiet", "--config", "other.toml").exit_code == 0
    assert call("check", "paid.html", "--config", "other.toml", "--no-config").exit_code == 2
    missing = call("check", "paid.html", "--config", "gone.toml")
    assert (missing.exit_code, missing.stderr) == (2, "disclosure-checker: exit 2 (error): there is no settings file gone.toml\n")


def test_settings_hold_for_pages_wherever_the_program_is_started(
    settings: Callable[[str], Path], call: Call, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings('[[overrides]]\npath = "posts/old/**"\nseverity = { AFF001 = "info" }\n')
    (site / "posts" / "old").mkdir(parents=True)
    (site / "posts" / "old" / "a.html").write_bytes((site / "paid.html").read_bytes())
    (site / "posts" / "b.html").write_bytes((site / "paid.html").read_bytes())

    def severities(*names: str) -> list[str]:
        whole = json.loads(call("check", *names, "--select", "AFF001", "--output", "json").stdout)
        return [finding["severity"] for finding in whole["findings"]]

    assert severities("posts") == ["error", "info"]
    monkeypatch.chdir(site / "posts")
    assert severities("old", "b.html") == ["info", "error"]
    assert severities("../posts/old/a.html") == ["info"]


def test_the_last_override_that_fits_counts(settings: Callable[[str], Path], call: Call) -> None:
    settings(
        '[[overrides]]\npath = "*.html"\nignore = ["AFF001"]\nprofiles = ["uk"]\n\n[[overrides]]\npath = "paid.html"\nignore = []\n\n'
        '[[overrides]]\npath = "clean.html"\nignore = ["PRG"]\n'
    )
    whole = json.loads(call("check", "paid.html", "clean.html", "--output", "json").stdout)
    paid, clean = whole["pages"]
    assert paid["profiles"] == clean["profiles"] == ["uk"]
    assert "AFF001" in paid["outcomes"]
    assert "AFF001" in clean["outcomes"], "the last override that fits says what is ignored, all of it"
    assert "PRG101" not in clean["outcomes"]


def test_excluded_pages_are_counted_not_checked_and_not_listed(settings: Callable[[str], Path], call: Call) -> None:
    settings('exclude = ["paid.html", "im*.html", "empty.html"]\n')
    result = call("check", ".", "--output", "json")
    whole = json.loads(result.stdout)
    assert [page["source"] for page in whole["pages"]] == ["clean.html"]
    assert whole["summary"]["inputs"] == {
        "discovered": 4,
        "checked": 1,
        "not_checked": 0,
        "skipped": 0,
        "deduplicated": 0,
        "excluded": 3,
        "unchanged": 0,
    }
    assert "3 excluded" in result.stderr


def test_excluding_everything_is_no_pass(settings: Callable[[str], Path], call: Call) -> None:
    settings('exclude = ["**"]\n')
    result = call("check", ".")
    assert result.exit_code == 4
    assert "no page to check" in result.stderr


def test_mandatory_rules_are_judged_and_cannot_be_left_out(settings: Callable[[str], Path], call: Call) -> None:
    settings('mandatory = ["AFF001"]\n')
    result = call("check", "paid.html", "--select", "IMG401", "--output", "json")
    assert "AFF001" in found(result)
    ignored = call("check", "paid.html", "--ignore", "AFF")
    assert (ignored.exit_code, ignored.stderr) == (2, "disclosure-checker: exit 2 (error): AFF001 is mandatory and cannot be ignored\n")
    settings('mandatory = ["AFF001"]\n[[overrides]]\npath = "x/**"\nignore = ["AFF001"]\n')
    assert call("check", "paid.html").exit_code == 2
    settings('mandatory = ["PRG107"]\n')
    assert "PRG107 is mandatory, and no profile of us holds it" in call("check", "paid.html").stderr


def test_nothing_waives_a_mandatory_rule(settings: Callable[[str], Path], call: Call, site: Path) -> None:
    settings('mandatory = ["AFF001"]\n[[waive]]\npath = "paid.html"\nrules = ["AFF*"]\nreason = "because"\n')
    page = (site / "paid.html").read_text("utf-8")
    (site / "paid.html").write_text(page.replace("<h1>", "<!-- disclosure-checker: ignore-file AFF001 -- because --><h1>"), "utf-8")
    result = call("check", "paid.html", "--output", "json")
    (finding,) = (each for each in json.loads(result.stdout)["findings"] if each["rule"] == "AFF001")
    assert finding["state"] == "new"
    assert result.exit_code == 1


def test_the_source_map_gives_pages_their_address(settings: Callable[[str], Path], call: Call) -> None:
    settings('[[source-map]]\nurl = "https://tea.example/*"\npath = "*"\n[[overrides]]\nurl = "https://tea.example/paid.html"\nignore = ["AFF001"]\n')
    whole = json.loads(call("check", "paid.html", "--output", "json").stdout)
    assert whole["pages"][0]["page_key"] == "https://tea.example/paid.html"
    assert "AFF001" not in whole["pages"][0]["outcomes"]


def test_addresses_are_remapped(settings: Callable[[str], Path], call: Call) -> None:
    settings('[[source-map]]\nurl = "https://staging.example/*"\npath = "*"\n')
    whole = json.loads(call("check", "paid.html", "--remap", "https://staging.example=https://tea.example", "--output", "json").stdout)
    assert whole["pages"][0]["url"] == whole["pages"][0]["page_key"] == "https://tea.example/paid.html"
    wrong = call("check", "paid.html", "--remap", "https://staging.example")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (2, 1)
    assert "--remap: remap: write A=B" in wrong.stderr


def test_a_pack_of_the_settings_is_known_to_every_command(settings: Callable[[str], Path], call: Call) -> None:
    settings(f'packs = ["{HARBOUR}"]\n')
    assert "HBR001" in call("rules").stdout
    assert "HBR001" in call("explain", "HBR001").stdout
    assert "harbour" in call("config", "explain", "paid.html", "--profile", "harbour").stdout
    settings('packs = ["gone"]\n')
    assert call("rules").stderr == "disclosure-checker: exit 2 (error): disclosure-checker.toml:1: packs: there is no folder gone\n"


def test_page_types_and_sections_are_told(settings: Callable[[str], Path], call: Call) -> None:
    settings('[page-types]\nrecipe = "paid.html"\n[sections]\nKitchen = ["pa*"]\n')
    whole = json.loads(call("check", "paid.html", "--output", "json").stdout)
    assert (whole["pages"][0]["page_type"], whole["pages"][0]["section"]) == ("recipe", "Kitchen")
    (line,) = call("facts", "paid.html").stdout.splitlines()
    assert (json.loads(line)["page_type"], json.loads(line)["section"]) == ("recipe", "Kitchen")


def test_every_slip_is_one_line_with_its_place(settings: Callable[[str], Path], call: Call) -> None:
    settings('fail-on = "errors"\nprofiles = ["us"]\nignore = ["AFF001"]\n')
    one = call("check", "paid.html")
    assert one.exit_code == 2
    assert one.stderr.startswith('disclosure-checker: exit 2 (error): disclosure-checker.toml:1: fail-on: "errors" is not allowed here')
    assert one.stderr.count("\n") == 1
    settings('profiles = ["usa"]\nignore = ["AFF0001"]\n[severity]\nIMG4 = "info"\n')
    three = call("check", "paid.html")
    assert three.exit_code == 2
    lines = three.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines[:-1]] == ["disclosure-checker.toml:1", "disclosure-checker.toml:2", "disclosure-checker.toml:4"]
    assert 'did you mean "us"?' in lines[0]
    assert lines[-1] == "disclosure-checker: exit 2 (error): 3 faults in the settings"
    assert three.stdout == ""


def test_show_says_where_each_value_comes_from(settings: Callable[[str], Path], call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(
        'profiles = ["us", "amazon"]\n\n[severity]\nIMG401 = "info"\n\n[[waive]]\npath = "a.html"\nrules = ["AFF001"]\nreason = "say \\"so\\""\n'
    )
    monkeypatch.setenv("DISCLOSURE_CHECKER_JOBS", "2")
    shown = call("config", "show", "--fail-on", "error").stdout
    for line in (
        'profiles = ["us", "amazon"]  # disclosure-checker.toml:1',
        'IMG401 = "info"  # disclosure-checker.toml:4',
        'reason = "say \\"so\\""  # disclosure-checker.toml:9',
        "jobs = 2  # DISCLOSURE_CHECKER_JOBS",
        'fail-on = "error"  # --fail-on',
        "quiet = false  # default",
    ):
        assert line in shown.splitlines()
    told = json.loads(call("config", "show", "--json").stdout)
    assert told["file"] == "disclosure-checker.toml"
    assert told["settings"]["profiles"] == {"value": ["us", "amazon"], "origin": "disclosure-checker.toml:1"}


def test_what_show_prints_is_a_settings_file(settings: Callable[[str], Path], call: Call) -> None:
    import tomllib

    settings(
        'exclude = ["a b/**"]\noutput = ["json=x y.json"]\n[severity]\n"IMG40?" = "info"\n[sections]\n"A & B" = "x/**"\n'
        '[[overrides]]\nurl = ["https://a.example/**"]\nseverity = { AFF = "info" }\n[[source-map]]\nurl = "https://a.example/*"\npath = "x/*"\n'
    )
    shown = tomllib.loads(call("config", "show").stdout)
    assert shown["severity"] == {"IMG40?": "info"}
    assert shown["sections"] == {"A & B": "x/**"}
    assert shown["overrides"] == [{"url": ["https://a.example/**"], "severity": {"AFF": "info"}}]
    from checker.schemas import validate

    assert validate("settings", shown) == []


def test_explain_tells_what_holds_for_one_page(settings: Callable[[str], Path], call: Call) -> None:
    settings(
        'exclude = ["clean*"]\nselect = ["AFF"]\n\n[severity]\nAFF002 = "warning"\n\n[sections]\nKitchen = "paid.html"\n\n'
        '[[overrides]]\npath = "paid.html"\nprofiles = ["uk"]\nseverity = { AFF001 = "info" }\n\n'
        '[[waive]]\npath = "p*.html"\nrules = ["AFF003"]\nreason = "x"\n\n[[source-map]]\nurl = "https://tea.example/*"\npath = "*"\n'
    )
    lines = call("config", "explain", "paid.html").stdout.splitlines()
    assert lines[:3] == ["path: paid.html", "address: https://tea.example/paid.html", "settings: disclosure-checker.toml"]
    for line in (
        "section: Kitchen (disclosure-checker.toml:8)",
        "override: paid.html (disclosure-checker.toml:10)",
        "profiles: uk (disclosure-checker.toml:12)",
        "select: AFF (disclosure-checker.toml:2)",
        "ignore: none (default)",
        "waiver: AFF003 (disclosure-checker.toml:15)",
        "AFF001 info (disclosure-checker.toml:13)",
        "AFF002 warning (disclosure-checker.toml:5)",
        "AFF005 error (its profiles)",
    ):
        assert line in lines
    assert call("config", "explain", "https://tea.example/paid.html").stdout.splitlines()[1:] == lines[1:]
    assert "excluded: clean* (disclosure-checker.toml:1)" in call("config", "explain", "clean.html").stdout


def test_init_writes_a_file_that_is_right_and_never_over_one(site: Path, call: Call) -> None:
    assert call("config", "init", "--profile", "us,amazon").exit_code == 0
    text = (site / "disclosure-checker.toml").read_text("utf-8")
    shown = call("config", "show", "--json")
    assert json.loads(shown.stdout)["settings"]["profiles"]["value"] == ["us", "amazon"]
    again = call("config", "init")
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert (site / "disclosure-checker.toml").read_text("utf-8") == text
    uncommented = "\n".join(re.sub(r"^# (?=[a-z_-]+ = [^…]+$|\[)", "", line) for line in text.splitlines())
    assert "[[waive]]" in uncommented.splitlines()
    (site / "disclosure-checker.toml").write_text(uncommented, "utf-8")
    assert call("config", "show").exit_code == 0, "what stands there as a comment is right as well"


def test_init_knows_profiles(site: Path, call: Call) -> None:
    wrong = call("config", "init", "--profile", "amazn")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (2, 1)
    assert 'did you mean "amazon"?' in wrong.stderr
    assert not (site / "disclosure-checker.toml").exists()


def test_an_unknown_command_is_answered(call: Call) -> None:
    assert "there are show, explain, init" in call("config", "sow").stderr
