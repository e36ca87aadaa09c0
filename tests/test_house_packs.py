"""The example house pack: its examples hold, and its profile finds on a page what an editor would look for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checker import check, load_rules
from checker.facts import Region

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "fixtures/packs/harbour"
PAGE = ROOT / "fixtures/packs/nets-that-last.html"

# Rule, outcome, and the id of the element to which the finding points.
FOUND = [
    ("HBR002", "violation", "fail-notice"),
    ("HBR003", "violation", "fail-notice"),
    ("HBR004", "violation", "fail-amazon"),
    ("HBR004", "needs_review", "ask-amazon"),
    ("HBR005", "violation", "fail-quay"),
    ("HBR006", "violation", "fail-credit"),
    ("HBR007", "violation", "fail-author"),
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "checker", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def line_of(element: str) -> int:
    lines = PAGE.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if f'id="{element}"' in line)
    # A credit stands in the caption under its picture.
    return next(n for n in range(number, number + 3) if "figcaption" in lines[n - 1]) if element == "fail-credit" else number


def test_its_examples_hold() -> None:
    done = run("test", "fixtures/packs/harbour")
    assert (done.returncode, done.stdout) == (0, "")
    assert re.search(r"0 of \d+ examples failed \(rules \d+, notices 2, networks 4\)$", done.stderr.strip())


def test_its_profile_beside_that_of_a_country() -> None:
    done = run("check", str(PAGE), "--pack", "fixtures/packs/harbour", "--profile", "us,harbour", "--output", "json")
    assert done.returncode == 1
    findings = json.loads(done.stdout)["findings"]
    house = [finding for finding in findings if finding["rule"].startswith("HBR")]
    shown = [(finding["rule"], finding["outcome"], finding["evidence"][0]["line"]) for finding in house]
    assert shown == [(rule, outcome, line_of(element)) for rule, outcome, element in FOUND]
    assert {profile for finding in house for profile in finding["profiles"]} == {"harbour"}
    # The page is a good one for everybody else.
    assert {finding["severity"] for finding in findings if not finding["rule"].startswith("HBR")} <= {"info"}


def test_its_messages_say_what_is_there_and_what_should_be() -> None:
    report = check(PAGE, rules=load_rules([PACK]), profiles=("harbour",))
    said = {finding.rule: finding.message for finding in report.findings}
    assert "“small” is too much" in said["HBR002"]
    assert said["HBR003"].endswith("does not stand under the standfirst.")
    assert said["HBR005"].endswith("carries berth=97, which is not ours (311 / 312).")
    assert "“Photo: Reuters/Ben Oduya” is not written “Photo: Ben Oduya/Reuters”" in said["HBR006"]
    assert said["HBR007"].endswith("the nearest name on it is Mara Lindqvist.")
    assert next(finding.message for finding in report.findings if finding.rule == "HBR004").endswith(
        "carries tag=teablog-20, which is not ours (harbourpost-20 / harbourpost-21)."
    )


def test_the_sentence_to_paste_is_the_house_s_own() -> None:
    report = check(PAGE, rules=load_rules([PACK]), profiles=("harbour",))
    (finding,) = [finding for finding in report.findings if finding.rule == "HBR002"]
    assert finding.paste == "The Harbour Post earns a commission when you buy through links on this page."


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("The Harbour Post earns a commission when you buy through links on this page.", set()),
        ("The Harbour Post earns\u00a0a commission when you buy through links on\nthis page.", set()),
        ("The harbour post earns a commission when you buy through links on this page.", {"HBR002"}),
    ],
)
def test_a_page_that_does_as_the_house_asks(sentence: str, left: set[str]) -> None:
    html = PAGE.read_text("utf-8")
    html = re.sub(r'<p id="fail-notice">.*?</p>\n', "", html)
    html = html.replace("  <p>The winter", f"  <p>{sentence}</p>\n  <p>The winter").replace("Lindquist", "Lindqvist")
    html = (
        html.replace("Reuters/Ben Oduya</span>", "Ben Oduya/Reuters</span>").replace("teablog-20", "harbourpost-21").replace("berth=97", "berth=312")
    )
    html = html.replace("https://amzn.to/3AbCdEf", "https://www.amazon.com/dp/B000000003?tag=harbourpost-20")
    report = check(html, rules=load_rules([PACK]), profiles=("harbour",))
    assert {finding.rule for finding in report.findings} == left
    assert report.page is not None
    assert report.page.passages == (), "the texts of pages do not travel with their reports"
    assert report.page.notices[0].region in (Region.TITLE_AREA, Region.ARTICLE)


def test_sections_that_are_left_out() -> None:
    bare = re.sub(r'  <p id="fail-notice">.*?</p>\n', "", PAGE.read_text("utf-8"))
    rules = load_rules([PACK])
    wanted = check(bare, rules=rules, profiles=("harbour",)).outcomes
    opinion = check(bare.replace("/quay/nets", "/opinion/nets"), rules=rules, profiles=("harbour",)).outcomes
    assert (wanted["HBR001"], opinion["HBR001"]) == ("violation", "inapplicable")
    assert (wanted["HBR002"], opinion["HBR002"]) == ("violation", "inapplicable")
    assert wanted["HBR004"] == opinion["HBR004"] == "violation"


def test_texts_are_read_only_where_a_rule_asks_for_them() -> None:
    from checker.engine.plan import plan

    rules = load_rules([PACK]).rules
    assert plan(rules, ("us",)).reads == frozenset()
    assert plan(rules, ("us", "harbour")).reads == {"passages"}
    assert plan(rules, ("us", "harbour"), ignore=["HBR*"]).reads == frozenset()
