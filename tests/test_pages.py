"""The pages in fixtures/pages hold what their expect.toml says: facts, verdicts, what fires and where, what stays silent.

The format is described in fixtures/README.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from checker.api import check, load_rule_files, read
from checker.model import Finding, Page, PageReport, Severity, Spot
from checker.text import tidy

FOLDERS = sorted(path.parent for path in (Path(__file__).parent.parent / "fixtures" / "pages").glob("*/page.html"))
RULE_ID = re.compile(r"[A-Z]{3}\d{3}")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
KEYS = {
    "": {"about", "url", "fires", "silent", "verdicts", "facts"},
    "fires": {"rule", "at", "with", "outcome"},
    "verdicts": {"affiliate_notice", "author", "image_credits"},
    "facts": {"language", "page_type", "url", "section", "title", "published", "modified", "monetisers"}
    | {"links", "not_links", "notices", "authors", "images"},
    "links": {"id", "optional", "affiliate", "network", "region"},
    "notices": {"id", "optional", "text", "kind", "clarity", "placement", "region", "hidden"},
    "authors": {"name", "kind", "visible", "sources"},
    "images": {"id", "content", "credit", "place", "sources"},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """An element that names itself: where its start tag begins and where its content ends."""

    start: int
    line: int
    column: int
    end: int


class Marks(HTMLParser):
    """The elements with an id, found by a parser that is not the program's."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, Mark] = {}
        self._lines = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
        self._open: list[tuple[str, str | None, tuple[int, int]]] = []
        self.feed(text)
        self.close()
        while self._open:
            self._leave(len(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs).get("id"), self.getpos()))
        if tag in VOID:
            self._leave(self._offset(self.getpos()) + len(self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing, line {self.getpos()[0]}"
        assert self._open[-1][0] == tag, f"</{tag}> does not close <{self._open[-1][0]}>, line {self.getpos()[0]}"
        self._leave(self._offset(self.getpos()))

    def _leave(self, end: int) -> None:
        _, name, (line, column) = self._open.pop()
        if name is not None:
            assert name not in self.found, f"two elements are called {name}"
            self.found[name] = Mark(self._offset((line, column)), line, column + 1, end)

    def _offset(self, place: tuple[int, int]) -> int:
        return self._lines[place[0] - 1] + place[1]


@dataclass(frozen=True)
class Case:
    """One fixture page, what is expected of it, and what the program says."""

    folder: Path
    expect: dict[str, Any]
    marks: dict[str, Mark] = field(repr=False)

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.expect["facts"]
        return facts

    @cached_property
    def page(self) -> Page:
        return read(self.folder / "page.html", url=self.expect.get("url"))

    @cached_property
    def report(self) -> PageReport:
        return check(self.folder / "page.html", url=self.expect.get("url"))

    def at(self, spot: Spot | None, name: str) -> bool:
        """Whether the spot is the element or in it, and is counted on the line of its start tag."""
        mark = self.marks[name]
        return spot is not None and spot.offset is not None and spot.line == mark.line and mark.start <= spot.offset < mark.end

    def mark_of(self, spot: Spot | None) -> str:
        """The innermost named element at the spot, for messages and for comparing sets."""
        around = [name for name in self.marks if self.at(spot, name)]
        return max(around, key=lambda name: self.marks[name].start, default=f"line {spot.line}" if spot else "nowhere")


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> Case:
    folder: Path = request.param
    expect = tomllib.loads((folder / "expect.toml").read_text("utf-8"))
    return Case(folder, expect, Marks((folder / "page.html").read_text("utf-8")).found)


def fits(value: Any, wanted: Any) -> bool:
    """Equal, or one of several that will do."""
    return value in wanted if isinstance(wanted, list) else value == wanted


def wrong(fact: Any, wanted: dict[str, Any], names: Iterable[str]) -> list[str]:
    """What of the fact is not as wanted, in words."""
    found = {name: getattr(fact, name) for name in names if name in wanted}
    return [f"{name} is {value!r}, not {wanted[name]!r}" for name, value in found.items() if not fits(value, wanted[name])]


def holds(page: str, whole: str) -> bool:
    return tidy(whole).casefold() in tidy(page).casefold()


def missing_and_more(case: Case, wanted: Sequence[dict[str, Any]], spots: Iterable[Spot]) -> tuple[list[str], list[str]]:
    """Ids without a fact (but for optional ones), and places of facts that nobody listed."""
    spots = list(spots)
    absent = [each["id"] for each in wanted if not each.get("optional") and not any(case.at(spot, each["id"]) for spot in spots)]
    more = [f"{case.mark_of(spot)}: {spot.quote[:60]}" for spot in spots if not any(case.at(spot, each["id"]) for each in wanted)]
    return absent, more


# The pages themselves -----------------------------------------------------------------------------------------------------------------


def test_there_are_enough_pages() -> None:
    assert len(FOLDERS) >= 30


def test_the_expectations_are_well_formed(case: Case) -> None:
    assert set(case.expect) <= KEYS[""]
    assert set(case.expect["verdicts"]) == KEYS["verdicts"]
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


def test_verdicts(case: Case) -> None:
    verdicts = case.page.verdicts
    found = {"affiliate_notice": verdicts.affiliate_notice, "author": verdicts.author, "image_credits": verdicts.image_credits}
    assert found == case.expect["verdicts"]


def test_facts_of_the_page(case: Case) -> None:
    page, facts = case.page, case.facts
    assert wrong(page, facts, ("language", "page_type", "url", "section", "title")) == []
    for name in ("published", "modified"):
        assert (getattr(page, name) or "").startswith(facts.get(name, "")), name
    assert [each.id for each in page.monetisers] == facts.get("monetisers", [])


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


def test_authors(case: Case) -> None:
    wanted = case.facts["authors"]
    assert [author.name for author in case.page.authors] == [each["name"] for each in wanted]
    for author, each in zip(case.page.authors, wanted, strict=True):
        assert wrong(author, each, ("kind", "visible")) == [], author.name
        assert set(each.get("sources", [])) <= set(author.sources), author.name


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


def test_what_stays_silent(case: Case) -> None:
    silent = case.expect["silent"]
    assert [finding.message for finding in case.report.findings if finding.rule in silent] == []
    names = [name for name in silent if name in case.marks]
    assert [(finding.rule, name) for finding in case.report.findings for name in names if case.at(finding.primary, name)] == []


def test_every_place_is_joined_to_the_source(case: Case) -> None:
    assert case.report.status == "checked", case.report.detail
    assert not case.report.problems
    assert case.report.unlocated == 0
    page = case.page
    spots = [*(link.spot for link in page.links), *(notice.spot for notice in page.notices), *(image.spot for image in page.images)]
    assert [spot.quote for spot in spots if spot.offset is None] == []
