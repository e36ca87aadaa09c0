"""The command line beats the environment, which beats the file; and each value knows where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.config import environment, file
from checker.config.layer import Layer, checked
from checker.config.settings import BY_DEFAULT, DEFAULTS, Settings
from checker.errors import BadSettings
from checker.model import Severity
from checker.schemas import load as schema_of


def test_the_stronger_layer_wins_key_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / file.OWN).write_text('fail-on = "info"\nselect = ["AFF"]\njobs = 2\n')
    typed = checked({"fail-on": "never"}, tmp_path, lambda _: "--fail-on")
    told = environment.load({"DISCLOSURE_CHECKER_FAIL_ON": "review", "DISCLOSURE_CHECKER_JOBS": "3", "HOME": "/"})
    settled = Settings.of([typed, told, file.load(tmp_path / file.OWN)])
    assert (settled.values["fail-on"], settled.origin("fail-on")) == ("never", "--fail-on")
    assert (settled.values["jobs"], settled.origin("jobs")) == (3, "DISCLOSURE_CHECKER_JOBS")
    assert (settled.values["select"], settled.origin("select", 0)) == (["AFF"], "disclosure-checker.toml:2")
    assert (settled.values["ignore"], settled.origin("ignore")) == ([], BY_DEFAULT)
    assert settled.file == Path(file.OWN)


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("PROFILES", "us, amazon", "profiles", ["us", "amazon"]),
        ("QUIET", "Yes", "quiet", True),
        ("CACHE", "off", "cache", False),
        ("ALLOW_INCOMPLETE", "true", "allow-incomplete", True),
        ("ALLOW_INCOMPLETE", "12", "allow-incomplete", 12),
        ("ALLOW_INCOMPLETE", "0", "allow-incomplete", False),
        ("JOBS", "1", "jobs", 1),
        ("BASELINE", "known.jsonl", "baseline", "known.jsonl"),
    ],
)
def test_variables_are_texts_lists_numbers_and_flags(name: str, text: str, key: str, value: object) -> None:
    layer = environment.load({f"DISCLOSURE_CHECKER_{name}": text})
    assert layer.values == {key: value}
    assert layer.origin((key, 0)) == f"DISCLOSURE_CHECKER_{name}"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("FAIL_ON", "eror", 'DISCLOSURE_CHECKER_FAIL_ON: fail-on: "eror" is not allowed here'),
        ("JOBS", "many", "DISCLOSURE_CHECKER_JOBS: jobs: should be a whole number"),
        ("QUIET", "maybe", "DISCLOSURE_CHECKER_QUIET: quiet: should be true or false"),
        ("FAIL_ONN", "error", "DISCLOSURE_CHECKER_FAIL_ONN: there is no such variable; did you mean DISCLOSURE_CHECKER_FAIL_ON?"),
    ],
)
def test_a_wrong_variable_is_told(name: str, text: str, said: str) -> None:
    with pytest.raises(BadSettings) as raised:
        environment.load({f"DISCLOSURE_CHECKER_{name}": text})
    assert raised.value.faults[0].startswith(said)


def test_the_secret_variables_are_no_settings() -> None:
    assert environment.load({"DISCLOSURE_CHECKER_BASIC_AUTH": "ada:s3cret"}).values == {}


def test_variables_of_others_and_empty_ones_say_nothing() -> None:
    assert environment.load({"DISCLOSURE_CHECKER_SERVICE_HOST": "10.0.0.1", "DISCLOSURE_CHECKER_JOBS": "", "PATH": "x"}).values == {}


def test_paths_begin_where_they_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "house").mkdir()
    (tmp_path / file.OWN).write_text('packs = ["house"]\nbaseline = "known.jsonl"\noutput = ["text", "json=out/report.json", "csv=-"]\n')
    monkeypatch.chdir(tmp_path / "site")
    settled = Settings.of([file.load(tmp_path / file.OWN)])
    assert settled.packs == (tmp_path / "house",)
    assert settled.outputs == ("text", f"json={tmp_path}/out/report.json", "csv=-")
    typed = checked({"baseline": "mine.jsonl"}, Path.cwd(), str)
    assert Settings.of([typed, file.load(tmp_path / file.OWN)]).place("baseline", "mine.jsonl") == Path("mine.jsonl")
    (tmp_path / file.OWN).write_text('packs = ["hose"]')
    with pytest.raises(BadSettings, match=r"disclosure-checker\.toml:1: packs: there is no folder"):
        _ = Settings.of([file.load(tmp_path / file.OWN)]).packs


def test_tables_become_what_the_run_takes() -> None:
    values = {
        "severity": {"IMG": "info", "IMG401": "error"},
        "overrides": [{"path": "a/**", "profiles": ["uk"], "severity": {"AFF": "info"}}, {"url": ["https://x.example/*"], "ignore": ["AUT"]}],
        "waive": [{"path": "a/b.html", "rules": ["IMG*"], "reason": "old", "owner": "desk", "expires_on": "2026-12-31"}],
        "source-map": [{"url": "https://x.example/*", "path": "a/*"}],
        "remap": ["https://s.example=https://x.example"],
        "exclude": ["drafts/", "https://x.example/old/**"],
        "allow-incomplete": True,
    }
    settled = Settings.of([checked(values, Path.cwd(), str)])
    assert settled.selection.severities == (("IMG", Severity.INFO), ("IMG401", Severity.ERROR))
    assert settled.selection.severity("IMG401") is Severity.ERROR
    assert settled.selection.severity("IMG402") is Severity.INFO
    first, second = settled.overrides
    assert (first.scope.paths, first.profiles, first.ignore) == (("a/**",), ("uk",), None)
    assert (second.scope.urls, second.profiles, second.ignore) == (("https://x.example/*",), None, ("AUT",))
    (waive,) = settled.waives
    assert (waive.rules, waive.reason, waive.owner, str(waive.expires_on)) == (("IMG*",), "old", "desk", "2026-12-31")
    assert settled.site.url("a/b.html") == "https://x.example/b.html"
    assert settled.exclude is not None
    assert settled.exclude.holds("drafts/x/y.html", None)
    assert settled.exclude.holds(None, "https://x.example/old/a")
    typed = Settings.of([Layer({"exclude": ["/stories/0*"]}, Path.cwd(), str)]).exclude
    assert typed is not None
    assert typed.holds("stories/01", None)
    assert settled.allow_incomplete is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"remap": ["https://a.example"]}, "remap: write A=B"),
        ({"waive": [{"rules": ["AFF001"], "reason": "x", "expires_on": "2026-02-30"}]}, "2026-02-30 is no day of the calendar"),
    ],
)
def test_what_no_schema_can_say(values: dict[str, object], said: str) -> None:
    settled = Settings.of([checked(values, Path.cwd(), lambda place: ".".join(map(str, place)))])
    with pytest.raises(BadSettings) as raised:
        _ = settled.waives, settled.site
    assert said in raised.value.faults[0]


def test_every_key_has_a_default_and_an_option_or_a_table() -> None:
    assert set(DEFAULTS) == set(schema_of("settings")["properties"])
