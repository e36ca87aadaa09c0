import gzip
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.facts import Author, Page, Spot
from checker.model import Evidence, Finding, Outcome, PageReport, Severity, Waiver
from checker.report.run import AuthorityEntry, Closing, Look, RuleEntry, Run
from checker.report.sarif import Sarif

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]
SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text("utf-8")))


def sarif(run: Run, *pages: PageReport, closing: Closing, target: str = "any") -> dict[str, Any]:
    report = Sarif(Look(sarif_target=target))
    whole = json.loads(report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing))
    assert [f"{list(fault.path)}: {fault.message}" for fault in SCHEMA.iter_errors(whole)] == []
    (only,) = whole["runs"]
    found: dict[str, Any] = only
    return found


@pytest.fixture
def pages(finding: Finds, report: Reports, unread: PageReport) -> tuple[PageReport, ...]:
    there = Spot(4, None, '<a href="x">', 130, 13, 2, '\u8a18<a href="x">y</a>', 1)
    words = Spot(5, 0, "tea", 140, 14, 3, "a tea", 2)
    nowhere = Spot(6, None, "z")
    evidence = (Evidence("primary", "this pays", there), Evidence("notice", "too late", words), Evidence("related", "", nowhere))
    return (
        report(
            finding(evidence=evidence),
            finding(outcome=Outcome.NEEDS_REVIEW, evidence=()),
            finding(state="suppressed"),
            finding(severity=Severity.INFO, state="baselined"),
        ),
        unread,
        PageReport("-", "checked", "https://a.example/", findings=(finding(),)),
        PageReport("c.html", "checked", "c.html", outcomes={"AFF001": Outcome.NOT_CHECKED}, problems=("it crashed",)),
        PageReport("empty", "skipped", "empty", detail="no page"),
    )


def test_names_among_the_counts_are_printable(run: Run, page: Page, report: Reports, closing: Closes) -> None:
    told = report(page=replace(page, authors=(Author("Ada\x9b\u202eQuill", "person", True, ("byline",)),)))
    assert sarif(run, told, closing=closing(told))["properties"]["summary"]["by_author"][0]["name"] == "Ada\ufffd\ufffdQuill"


def test_places_have_columns_in_code_points(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    whole = sarif(run, *pages, closing=closing(*pages))
    first, second, *_ = whole["results"]
    assert whole["columnKind"] == "unicodeCodePoints"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a.html", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 13, "startColumn": 2, "endLine": 13, "endColumn": 14, "snippet": {"text": '<a href="x">'}}
    notice, nowhere = first["relatedLocations"]
    assert (notice["id"], notice["message"]["text"], notice["physicalLocation"]["region"]["endColumn"]) == (1, "too late", 6)
    assert "region" not in nowhere["physicalLocation"]
    assert second["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a.html", "uriBaseId": "%SRCROOT%"}}}]


def test_outcomes_and_states_are_those_of_sarif(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    results = sarif(run, *pages, closing=closing(*pages))["results"]
    assert [(each["kind"], each["level"]) for each in results] == [
        ("fail", "error"),
        ("review", "none"),
        ("fail", "error"),
        ("fail", "note"),
        ("fail", "error"),
    ]
    assert [each["baselineState"] for each in results] == ["new", "new", "new", "unchanged", "new"]
    assert [each.get("suppressions") for each in results] == [None, None, [{"kind": "external", "status": "accepted"}], None, None]
    assert results[0]["partialFingerprints"] == {"disclosureChecker/v1": "0" * 64}
    assert not any("fixes" in each for each in results)


def test_without_a_baseline_nothing_is_said_of_one(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    page = report(finding())
    assert "baselineState" not in sarif(run, page, closing=closing(page))["results"][0]


def test_what_was_not_checked_is_a_notification(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    (invocation,) = sarif(run, *pages, closing=closing(*pages))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 1
    notes = [(note["level"], note["descriptor"]["id"]) for note in invocation["toolExecutionNotifications"]]
    assert notes == [("error", "not_checked/not_html"), ("error", "not_checked/rule_crashed"), ("warning", "problem"), ("note", "skipped")]
    assert invocation["toolExecutionNotifications"][1]["associatedRule"] == {"id": "AFF001"}
    assert [note["descriptor"]["id"] for note in invocation["toolConfigurationNotifications"]] == ["not_evaluated"]


def test_rules_say_what_they_ask_and_who(run: Run, closing: Closes) -> None:
    (rule,) = sarif(run, closing=closing())["tool"]["driver"]["rules"]
    assert rule["help"]["text"] == "A page tells.\nEndorsement Guides, 255.5: Say so. <https://law.example/255>"
    assert rule["helpUri"] == "https://law.example/255"  # not the rule's file on this machine
    assert rule["defaultConfiguration"] == {"level": "error"}


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("a b/\u8a18#1?.html", "a%20b/%E8%A8%98%231%3F.html"),
        ("x:y.html", "x%3Ay.html"),
        ("./p/../a.html", "a.html"),
        ("{folder}/a.html", "a.html"),
        ("/elsewhere/a.html", "file:///elsewhere/a.html"),
        ("\udcff.html", "%FF.html"),
        ("https://a.example/b", None),
        ("-", None),
    ],
)
def test_paths_are_told_from_the_folder_and_addresses_are_no_paths(
    source: str, uri: str | None, run: Run, finding: Finds, report: Reports, closing: Closes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = report(finding(), source=source.format(folder=tmp_path))
    (place,) = sarif(run, page, closing=closing(page))["results"][0]["locations"]
    if uri is None:
        assert place == {"logicalLocations": [{"fullyQualifiedName": source, "kind": "resource"}], "properties": {"line": 12, "column": 5}}
    else:
        assert place["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_github_is_given_what_it_can_show(run: Run, pages: tuple[PageReport, ...], finding: Finds, report: Reports, closing: Closes) -> None:
    tagged = RuleEntry("AFF001", "n", Severity.ERROR, "about", tuple(f"t{number}" for number in range(30)))
    run = Run(
        run.version,
        run.rules_digest,
        run.profiles,
        run.fail_on,
        (tagged,),
        {"t1": AuthorityEntry("t1", "T", None, "a", "law", "https://a.example", "d")},
    )
    many = tuple(Evidence("related", "one", Spot(1, None, "q", 1, 1, 1)) for _ in range(200))
    more = report(finding(severity=Severity.WARNING, evidence=many), finding(evidence=()), source="b.html")
    whole = sarif(run, more, *pages, closing=closing(*pages), target="github")
    assert [each["level"] for each in whole["results"]] == ["error", "error", "warning"]
    assert len(whole["results"][2]["relatedLocations"]) == 99
    assert whole["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert len({each["partialFingerprints"]["primaryLocationLineHash"] for each in whole["results"][:2]} | {"0" * 16 + ":2"}) == 2
    assert len(whole["tool"]["driver"]["rules"][0]["properties"]["tags"]) == 10
    said = whole["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert said == "Findings that are left out for GitHub: 1 to review, 1 suppressed, 1 baselined, 1 in no file of the current folder."


def test_github_is_given_at_most_what_it_takes(run: Run, finding: Finds, report: Reports, closing: Closes, monkeypatch: pytest.MonkeyPatch) -> None:
    info, error = finding(severity=Severity.INFO), finding()
    page = report(*[info] * 5_000, *[error] * 10)
    whole = sarif(run, page, closing=closing(page), target="github")
    assert len(whole["results"]) == 5_000
    assert [each["level"] for each in whole["results"][8:12]] == ["error", "error", "note", "note"]
    assert "10 above what GitHub takes" in whole["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]

    monkeypatch.setattr("checker.report.sarif._MOST_BYTES", 20_000)
    draw = random.Random(6)  # noqa: S311 - text that does not compress
    page = report(*(finding(message=draw.randbytes(400).hex()) for _ in range(100)))
    report_ = Sarif(Look(sarif_target="github"))
    text = report_.start(run) + report_.page(page) + report_.end(closing(page))
    kept = len(json.loads(text)["runs"][0]["results"])
    assert 0 < kept < 100
    assert f"{100 - kept} above what GitHub takes" in text
    assert len(gzip.compress(text.encode())) <= 20_000


def test_page_text_is_neither_link_nor_placeholder(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    page = report(finding(message="see [this](https://evil.example) and {0}"))
    said = sarif(run, page, closing=closing(page))["results"][0]["message"]["text"]
    assert said.startswith("see [this] (https://evil.example) and { 0}")


def test_the_sentence_to_paste_is_a_change_to_accept(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    spot = Spot(4, None, "", 200, 14, 3, "  <p>After", 2)
    evidence = (*finding().evidence, Evidence("insertion", "a notice belongs before this", spot))
    told = finding(evidence=evidence, paste='We earn "a bit" & more.')
    page = report(told, finding(evidence=evidence, state="suppressed", waiver=Waiver("settings", "x")), finding())
    found = sarif(run, page, closing=closing(page))["results"]
    assert ["fixes" in each for each in found] == [True, False, False]
    (change,) = found[0]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["deletedRegion"] == {"startLine": 14, "startColumn": 3, "endLine": 14, "endColumn": 3}
    assert change["insertedContent"]["text"] == '<p lang="en">We earn &quot;a bit&quot; &amp; more.</p>\n'


def test_a_late_notice_of_a_whole_page_has_its_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from checker.cli.main import cli

    page = Path(__file__).resolve().parents[2] / "fixtures" / "pages" / "founding-story" / "page.html"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_bytes(page.read_bytes())
    made = CliRunner().invoke(cli, ["check", "page.html", "--select", "AFF002", "--output", "sarif"], catch_exceptions=False)
    (run,) = json.loads(made.stdout)["runs"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]
    line, column = change["deletedRegion"]["startLine"], change["deletedRegion"]["startColumn"]
    assert page.read_text("utf-8").splitlines()[line - 1][column - 1 :].startswith("<p")
