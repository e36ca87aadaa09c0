"""`explain`: a rule, or a finding of a saved report, and one line for whatever it cannot explain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Call = Callable[..., Result]
SECOND = """<!doctype html>
<html lang="en"><head><title>The best pot</title></head><body><article><h1>The best pot</h1>
<p>By Jane Doe</p><p>After a month of tea we would buy this one again.</p>
<p>Get <a href="https://www.amazon.com/dp/B000000002?tag=teablog-20">the pot</a>.</p></article></body></html>
"""


@pytest.fixture
def report(site: Path, call: Call) -> dict[str, Any]:
    """The findings of two pages, in report.json and report.jsonl."""
    (site / "second.html").write_text(SECOND, "utf-8")
    call("check", "paid.html", "second.html", "--output", "json=report.json", "--output", "jsonl=report.jsonl")
    found: dict[str, Any] = json.loads((site / "report.json").read_text("utf-8"))
    return found


def of(report: dict[str, Any], rule: str, source: str = "second.html") -> str:
    (found,) = [each["fingerprint"] for each in report["findings"] if (each["rule"], each["source"]) == (rule, source)]
    return str(found)


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("disclosure-checker: exit 2 (error): ").rstrip("\n")


def test_a_rule_says_who_asks_where_it_holds_and_how_often_it_is_wrong(call: Call) -> None:
    shown = call("explain", "IMG401").stdout
    assert re.search(r"\n    \(law; last checked on \d{4}-\d\d-\d\d; not verified: written down without reading the text itself\)\n", shown)
    assert re.search(r"\n    \(self-regulation; last checked on \d{4}-\d\d-\d\d\)\n", shown)
    assert re.search(r"\nWhere it holds\n  warning: (.*, )?us\b", shown)
    assert re.search(r"\nHow often it is wrong\n  On \d+ labelled pictures: ", shown)
    assert "\n  Not measured: no label decides it.\n" in call("explain", "IMG407").stdout
    assert "{" not in call("explain", "IMG406").stdout.split("Wrong: ")[0]


def test_a_rule_that_is_only_a_question_somewhere_says_so(site: Path, call: Call) -> None:
    (site / "house" / "profiles").mkdir(parents=True)
    (site / "house" / "profiles" / "house.toml").write_text(
        'id = "house"\nname = "House"\nabout = "x"\n[rules]\nAFF002 = { severity = "warning", verified = false, options = { plain = false } }\n',
        "utf-8",
    )
    shown = " ".join(call("explain", "AFF002", "--pack", "house").stdout.split())
    assert "warning, with plain = false, only as a question (no text that has been read says so there): house" in shown


def test_a_finding_is_explained_from_its_report(report: dict[str, Any], call: Call) -> None:
    key = of(report, "LNK201")
    result = call("explain", key, "--report", "report.json")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    for part in (
        "LNK201 paid-link-without-rel (warning) second.html:4:8",
        f"fingerprint: {key} It is about 'amazon.com/dp/B000000002'.",
        "4:8 this link pays the publisher | <p>Get <a href=",
        "A violation: the page itself shows it. Confidence: high.",
        'host = "www.amazon.com"',
        "LNK201 judges each paid link whose ",
        "It passes where this holds: rel-has: any_of = [",
        "The link's `rel` holds one of these words.",
        "us: warning (profiles/us.toml:",
        "a search engine's advice; last checked on ",
        "What to do",
    ):
        assert part in told, part
    assert "null" not in told
    assert "other rules" not in told
    (line,) = re.findall(r"profiles/us\.toml:(\d+)", told)
    from checker.packs import built_in

    assert (built_in() / "profiles/us.toml").read_text("utf-8").splitlines()[int(line) - 1].startswith("LNK201")
    for less in (key.upper(), key[3:], key[3:9], key[:12]):
        assert call("explain", less, "--report", "report.json").stdout == result.stdout
    assert call("explain", key, "--report", "report.jsonl").stdout == result.stdout
    assert call("explain", key, "--report", "report.jsonl", "--page", "second.html").stdout == result.stdout


def test_a_question_says_why_it_is_one(site: Path, call: Call) -> None:
    (site / "q.html").write_text(SECOND.replace("https://www.amazon.com/dp/B000000002?tag=teablog-20", "/go/pot"), "utf-8")
    call("check", "q.html", "--output", "json=report.json")
    (found,) = [each for each in json.loads((site / "report.json").read_text("utf-8"))["findings"] if each["outcome"] == "needs_review"]
    shown = call("explain", found["fingerprint"], "--report", "report.json").stdout
    assert "(review)" in shown.splitlines()[0]
    assert f"A question, because of {found['review']['reason']}: " in shown
    assert "To be answered: " in shown


def test_what_several_pages_share_is_chosen_by_page(report: dict[str, Any], call: Call) -> None:
    key = of(report, "AFF001")
    assert key == of(report, "AFF001", "paid.html")
    told = refused(call("explain", key, "--report", "report.json"))
    assert told == "2 pages share this fingerprint; choose one with --page: paid.html, second.html"
    assert "second.html:4:8\n" in call("explain", key, "--report", "report.json", "--page", "second.html").stdout
    assert (
        refused(call("explain", key, "--report", "report.json", "--page", "x.html"))
        == "this finding is not on 'x.html'; it is on: paid.html, second.html"
    )


def test_a_rule_with_a_report_lists_its_findings(report: dict[str, Any], call: Call) -> None:
    shown = call("explain", "AFF001", "--report", "report.json").stdout.splitlines()
    assert shown[0] == "2 findings of AFF001 in report.json"
    assert [line.split()[:2] for line in shown[1:]] == [[of(report, "AFF001")[:15], "paid.html:4"], [of(report, "AFF001")[:15], "second.html:4"]]
    assert len(call("explain", "AFF001", "--report", "report.json", "--page", "paid.html").stdout.splitlines()) == 2
    assert call("explain", "IMG401", "--report", "report.json").stdout == "0 findings of IMG401 in report.json\n"


def test_what_is_not_in_the_report_is_answered_with_the_nearest(report: dict[str, Any], call: Call) -> None:
    key = of(report, "LNK201")
    slip = key[:30] + ("0" if key[30] != "0" else "1") + key[31:]
    assert refused(call("explain", slip, "--report", "report.json")).endswith(f"did you mean {key} (LNK201 on second.html)?")
    assert "disclosure-checker explain AFF001 --report report.json lists those of one rule" in refused(
        call("explain", "v1:" + "0" * 64, "--report", "report.json")
    )
    assert refused(call("explain", "v1:12", "--report", "report.json")).startswith("'v1:12' is neither a rule nor a fingerprint; ")
    assert refused(call("explain", "AFF01", "--report", "report.json")).startswith("'AFF01' is neither a rule nor a fingerprint; ")
    call("check", "clean.html", "--output", "json=none.json")
    assert refused(call("explain", key, "--report", "none.json")) == "none.json holds no finding at all"


def test_digits_that_begin_two_fingerprints_are_too_few(site: Path, report: dict[str, Any], call: Call) -> None:
    for number, finding in enumerate(report["findings"][:2]):
        finding["fingerprint"] = f"v1:abcdef{number}".ljust(67, "0")
    (site / "two.json").write_text(json.dumps(report), "utf-8")
    assert refused(call("explain", "abcdef", "--report", "two.json")).startswith("2 fingerprints in two.json begin with abcdef: v1:abcdef0")


def test_a_fingerprint_needs_its_report(call: Call) -> None:
    assert refused(call("explain", "v1:" + "a" * 64)).endswith("name the report that holds it: --report report.json")
    assert refused(call("explain", "AFF001", "--page", "a.html")) == "--page needs --report (see disclosure-checker explain --help)"
    assert refused(call("explain", "abcdef", "--report", "gone.json")).startswith("there is no report gone.json; ")


def test_a_report_of_other_rules_or_another_version_says_so(site: Path, report: dict[str, Any], call: Call) -> None:
    key = of(report, "LNK201")
    report["tool"] |= {"version": "0.0.9", "rules_digest": "0" * 64}
    (site / "old.json").write_text(json.dumps(report), "utf-8")
    told = " ".join(call("explain", key, "--report", "old.json").stdout.split())
    assert "The report was written by version 0.0.9 of the program; this is " in told
    assert "The report was made with other rules than those that are loaded now" in told
    (finding,) = [each for each in report["findings"] if each["fingerprint"] == key]
    finding |= {"rule": "HSE001", "name": "kettle"}
    (site / "old.json").write_text(json.dumps(report), "utf-8")
    told = call("explain", key, "--report", "old.json").stdout
    assert "HSE001 is not among the rules that are loaded now: name its pack with --pack.\n" in told
    finding |= {"rule": "LNK201", "profiles": ["amazon", "kettles"]}
    (site / "old.json").write_text(json.dumps(report), "utf-8")
    told = call("explain", key, "--report", "old.json").stdout
    assert "  amazon: does not hold it any more\n  kettles: is not among the profiles that are loaded now\n" in told


def test_wordings_and_descent_are_told(site: Path, call: Call) -> None:
    (site / "house" / "profiles").mkdir(parents=True)
    (site / "house" / "profiles" / "a.toml").write_text(
        'id = "a"\nname = "A"\nabout = "x"\n[rules]\nAFF001 = "error"\nAFF002 = "error"\nAFF007 = "error"\n[wordings]\naccept = ["label:ad"]\n',
        "utf-8",
    )
    (site / "house" / "profiles" / "b.toml").write_text('id = "b"\nname = "B"\nabout = "x"\ninherits = "a"\n[rules]\nAFF001 = "info"\n', "utf-8")
    (site / "n.html").write_text(SECOND.replace("<p>After", "<p>This post contains affiliate links.</p><p>After"), "utf-8")
    call("check", "n.html", "--pack", "house", "--profile", "b", "--output", "json=report.json")
    (found,) = [each for each in json.loads((site / "report.json").read_text("utf-8"))["findings"] if each["rule"] == "AFF007"]
    told = " ".join(call("explain", found["fingerprint"], "--report", "report.json", "--pack", "house").stdout.split())
    assert "b: error (profiles/a.toml:7, on which b builds)" in told
    assert 'its wordings: accept = ["label:ad"]: label:ad (it is the label “ad”)' in told
    assert 'accept = ["label:ad"]' in told.split("Who holds it")[0]


def test_page_text_in_a_report_cannot_reach_the_terminal(site: Path, report: dict[str, Any], call: Call) -> None:
    key = of(report, "LNK201")
    (finding,) = [each for each in report["findings"] if each["fingerprint"] == key]
    bad = "\x1b[31m\x07\u202ex\ny"
    finding |= {
        "message": bad,
        "fix": bad,
        "paste": bad,
        "paste_language": bad,
        "anchor": bad,
        "source": bad,
        "page_key": bad,
        "name": bad,
        "values": {bad: bad},
    }
    finding["evidence"][0] |= {"label": bad, "excerpt": bad, "quote": bad}
    (site / "bad.json").write_text(json.dumps(report), "utf-8")
    for arguments in ([key], ["LNK201"]):
        shown = call("explain", *arguments, "--report", "bad.json").stdout
        assert shown
        assert not set(shown) & set("\x1b\x07\u202e")


def test_a_profile_is_explained_with_all_of_its_rules(site: Path, call: Call) -> None:
    (site / "house" / "profiles").mkdir(parents=True)
    (site / "house" / "profiles" / "a.toml").write_text(
        'id = "aaa"\nname = "Ours"\nabout = "Our site."\ninherits = "amazon"\n[auto]\ndomains = ["tea"]\n[rules]\nPRG103 = "off"\n'
        'AFF001 = { severity = "info", verified = false }\nAFF002 = { severity = "error", options = { plain = false } }\n'
        '[wordings]\nrefuse = ["hedge"]\n',
        "utf-8",
    )
    told = call("explain", "AAA", "--pack", "house").stdout
    held, asked = told.split("\nOnly as questions (")
    assert held.startswith("aaa Ours\n\n  Our site.\n\n  It builds on amazon: ")
    assert "\n  The profile auto chooses it for hosts that end in .tea.\n  File: profiles/a.toml\n" in held
    assert (
        '\n  refuse = ["hedge"]: signals that keep a notice from being plain.\n    hedge: it says that money may be earned, not that it is\n' in held
    )
    assert re.search(r"\n  AFF002  error    The notice .*\n +\(?.*plain = false\)", held) or re.search(
        r"\n  AFF002  error    The .* \(plain = false\)\n", held
    )
    assert "\n  PRG101  " in held
    assert "AFF001" not in held
    assert "\n  AFF001  info     " in asked
    assert asked.endswith("\nLeft out\n  PRG103\n")


def test_every_profile_can_be_explained(call: Call) -> None:
    from checker import load_rules

    for name, profile in load_rules().rules.profiles.items():
        assert call("explain", name).stdout.startswith(f"{name} {profile.name}\n")
    assert "did you mean amazon?" in refused(call("explain", "amazonn"))
