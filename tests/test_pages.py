"""The pages in fixtures/pages hold what their expect.toml says: facts, verdicts, what fires and where, what stays silent.

The format is described in fixtures/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from checker.api import load_rule_files
from checker.facts import Spot
from checker.model import Finding, Severity
from fixtures.labelled import FOLDERS, Case, expectation, fits, holds, labelled

RULE_ID = re.compile(r"[A-Z]{3}\d{3}")
VERDICTS = ("affiliate_notice", "author", "image_credits")
KEYS = {
    "": {"about", "url", "fires", "silent", "verdicts", "facts", "known_wrong"},
    "fires": {"rule", "at", "with", "outcome"},
    "verdicts": set(VERDICTS),
    "facts": {"language", "page_type", "url", "section", "title", "published", "modified", "monetisers"}
    | {"links", "not_links", "notices", "authors", "images"},
    "links": {"id", "optional", "affiliate", "network", "region"},
    "notices": {"id", "optional", "text", "kind", "clarity", "placement", "region", "hidden"},
    "authors": {"name", "kind", "visible", "sources"},
    "images": {"id", "content", "credit", "place", "sources"},
}
# Remarks of severity info on what is otherwise as it should be; where a page is about them, `fires` or `silent` names the rule.
REMARKS = frozenset(("AFF008", "LNK202", "PRG101", "IMG407", "AUT505"))
PARTS = {"facts.page", "facts.links", "facts.notices", "facts.authors", "facts.images", "fires", "silent"} | {f"verdicts.{name}" for name in VERDICTS}


def of_pages(part: str) -> pytest.MarkDecorator:
    """All pages; those that say of the part that the program is wrong there must fail, until it is mended and the line removed."""
    return pytest.mark.parametrize("case", [pytest.param(folder, marks=marks(folder, part), id=folder.name) for folder in FOLDERS], indirect=True)


def marks(folder: Path, part: str) -> list[pytest.MarkDecorator]:
    why = expectation(folder).get("known_wrong", {}).get(part)
    return [pytest.mark.xfail(raises=AssertionError, reason=why, strict=True)] if why else []


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> Case:
    folder: Path = request.param
    return labelled(folder)


def wrong(fact: Any, wanted: dict[str, Any], names: Iterable[str]) -> list[str]:
    """What of the fact is not as wanted, in words."""
    found = {name: getattr(fact, name) for name in names if name in wanted}
    return [f"{name} is {value!r}, not {wanted[name]!r}" for name, value in found.items() if not fits(value, wanted[name])]


def missing_and_more(case: Case, wanted: Sequence[dict[str, Any]], spots: Iterable[Spot]) -> tuple[list[str], list[str]]:
    """Ids without a fact (but for optional ones), and places of facts that nobody listed."""
    spots = list(spots)
    absent = [each["id"] for each in wanted if not each.get("optional") and not any(case.at(spot, each["id"]) for spot in spots)]
    more = [f"{case.mark_of(spot)}: {spot.quote[:60]}" for spot in spots if not any(case.at(spot, each["id"]) for each in wanted)]
    return absent, more


# The pages themselves -----------------------------------------------------------------------------------------------------------------


def test_there_are_enough_pages() -> None:
    assert len(FOLDERS) >= 85


def test_the_expectations_are_well_formed(case: Case) -> None:
    assert set(case.expect) <= KEYS[""]
    assert set(case.expect["verdicts"]) == KEYS["verdicts"]
    assert set(case.expect.get("known_wrong", {})) <= PARTS
    assert set(case.facts) <= KEYS["facts"]
    for each in case.expect["fires"]:
        assert set(each) <= KEYS["fires"]
        assert RULE_ID.fullmatch(each["rule"])
    for kind in ("links", "notices", "authors", "images"):
        for each in case.facts.get(kind, []):
            assert set(each) <= KEYS[kind], kind
    named = [each["id"] for kind in ("links", "notices", "images") for each in case.facts.get(kind, [])]
    named += [name for each in case.expect["fires"] for name in (each["at"], *each.get("with", []))]
    named += [name for name in case.expect["silent"] if not RULE_ID.fullmatch(name)] + case.facts.get("not_links", [])
    assert set(named) <= set(case.marks), "ids that the page does not have"


def test_elements_named_fail_and_ok_are_accounted_for(case: Case) -> None:
    pointed = {each["at"] for each in case.expect["fires"]}
    shown = {name for each in case.expect["fires"] for name in each.get("with", [])}
    assert {name for name in case.marks if name.startswith("fail-")} <= pointed | shown
    assert not [name for name in pointed if name.startswith("ok-")]


# What the program says ------------------------------------------------------------------------------------------------------------------


@of_pages("verdicts.affiliate_notice")
def test_the_verdict_on_the_notice(case: Case) -> None:
    assert case.page.verdicts.affiliate_notice == case.expect["verdicts"]["affiliate_notice"]


@of_pages("verdicts.author")
def test_the_verdict_on_the_author(case: Case) -> None:
    assert case.page.verdicts.author == case.expect["verdicts"]["author"]


@of_pages("verdicts.image_credits")
def test_the_verdict_on_the_credits(case: Case) -> None:
    assert case.page.verdicts.image_credits == case.expect["verdicts"]["image_credits"]


@of_pages("facts.page")
def test_facts_of_the_page(case: Case) -> None:
    page, facts = case.page, case.facts
    assert wrong(page, facts, ("language", "page_type", "url", "section", "title")) == []
    for name in ("published", "modified"):
        assert (getattr(page, name) or "").startswith(facts.get(name, "")), name
    assert [each.id for each in page.monetisers] == facts.get("monetisers", [])


@of_pages("facts.links")
def test_links(case: Case) -> None:
    wanted = case.facts["links"]
    absent, more = missing_and_more(case, wanted, [link.spot for link in case.page.links])
    assert (absent, more) == ([], []), "links that were not found, links too many"
    for each in wanted:
        for link in case.page.links:
            if case.at(link.spot, each["id"]):
                assert wrong(link, each, ("affiliate", "network", "region")) == [], each["id"]
                assert link.spot.column == case.marks[each["id"]].column
    assert [name for name in case.facts.get("not_links", []) if any(case.at(link.spot, name) for link in case.page.links)] == []


@of_pages("facts.notices")
def test_notices(case: Case) -> None:
    if "notices" not in case.facts:
        return
    wanted = case.facts["notices"]
    listed = [notice for notice in case.page.notices if any(case.at(notice.spot, each["id"]) for each in wanted)]
    own = [notice for notice in case.page.notices if notice.kind in ("affiliate", "sponsored") or notice in listed]
    absent, more = missing_and_more(case, wanted, [notice.spot for notice in own])
    assert (absent, more) == ([], []), "notices that were not found, notices too many"
    for each in wanted:
        at = [notice for notice in own if case.at(notice.spot, each["id"]) and holds(notice.text, each["text"])]
        assert at or each.get("optional"), f"{each['id']}: no notice says {each['text']!r}"
        for notice in at:
            assert wrong(notice, each, ("kind", "clarity", "placement", "region", "hidden")) == [], each["id"]


@of_pages("facts.authors")
def test_authors(case: Case) -> None:
    wanted = case.facts["authors"]
    assert [author.name for author in case.page.authors] == [each["name"] for each in wanted]
    for author, each in zip(case.page.authors, wanted, strict=True):
        assert wrong(author, each, ("kind", "visible")) == [], author.name
        assert set(each.get("sources", [])) <= set(author.sources), author.name


@of_pages("facts.images")
def test_images(case: Case) -> None:
    wanted = [each for each in case.facts["images"] if each.get("content", True)]
    content = [image for image in case.page.images if image.content]
    absent, more = missing_and_more(case, wanted, [image.spot for image in content])
    assert (absent, more) == ([], []), "content images that were not found, content images too many"
    for each in wanted:
        (image,) = [image for image in content if case.at(image.spot, each["id"])]
        assert image.spot.column == case.marks[each["id"]].column
        text = image.credit.text if image.credit else ""
        assert (holds(text, each["credit"]) and bool(text) == bool(each["credit"])) if "credit" in each else True, f"{each['id']}: {text!r}"
        assert fits(image.credit.place if image.credit else None, each["place"]) if "place" in each else True, each["id"]
        assert set(each.get("sources", [])) <= {image.src, *image.sources}, each["id"]


@of_pages("fires")
def test_what_fires_and_where(case: Case) -> None:
    known = load_rule_files().rules
    wanted = sorted((each["rule"], each.get("outcome", "violation"), each["at"]) for each in case.expect["fires"] if each["rule"] in known)
    listed = {each["rule"] for each in case.expect["fires"]}
    found = [finding for finding in case.report.findings if finding.severity is not Severity.INFO or finding.rule in listed]
    assert sorted((finding.rule, str(finding.outcome), pointed(case, finding, wanted)) for finding in found) == wanted
    for each in case.expect["fires"]:
        for finding in found:
            if finding.rule == each["rule"] and case.at(finding.primary, each["at"]):
                shown = [evidence.spot for evidence in finding.evidence]
                assert [name for name in each.get("with", []) if not any(case.at(spot, name) for spot in shown)] == [], "not shown beside it"


def pointed(case: Case, finding: Finding, wanted: Sequence[tuple[str, str, str]]) -> str:
    """The named element to which a finding points; the expected one where several are nested."""
    at = [name for rule, _, name in wanted if rule == finding.rule and case.at(finding.primary, name)]
    return at[0] if at else case.mark_of(finding.primary)


@of_pages("silent")
def test_what_stays_silent(case: Case) -> None:
    silent = case.expect["silent"]
    assert [finding.message for finding in case.report.findings if finding.rule in silent] == []
    names = [name for name in silent if name in case.marks]
    faults = [finding for finding in case.report.findings if finding.rule not in REMARKS]
    assert [(finding.rule, name) for finding in faults for name in names if case.at(finding.primary, name)] == []


def test_every_place_is_joined_to_the_source(case: Case) -> None:
    assert case.report.status == "checked", case.report.detail
    assert not case.report.problems
    assert case.report.unlocated == 0
    page = case.page
    spots = [*(link.spot for link in page.links), *(notice.spot for notice in page.notices), *(image.spot for image in page.images)]
    assert [spot.quote for spot in spots if spot.offset is None] == []
