"""The view of a page: from page to page, back to the list as it was, from findings to the outline and back, and findings that stand together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.facts import Region
from checker.model import Evidence, Finding, PageReport
from checker.outline import OutlineBlock

Reads = Callable[..., Any]
LATE = "fixtures/pages/amp-late-notice/page.html"
_SEEN = """element => { const box = element.getBoundingClientRect(); const panel = element.closest('.look').getBoundingClientRect();
    return box.top >= Math.max(0, panel.top) - 1 && box.bottom <= Math.min(innerHeight, panel.bottom) + 1; }"""


def test_from_page_to_page_in_the_order_of_the_list_and_back(reads: Reads, told: Any) -> None:
    kept = "#view=pages&network=amazon&state=wrong&sort=title"
    reader = reads(told.path, kept)
    rows = reader.rows
    assert len(rows) > 5
    reader.click("ol.pages h2 a")
    for nth, source in enumerate(rows):
        assert reader.address == {"network": "amazon", "state": "wrong", "sort": "title", "page": source}
        steps = reader.tab.locator("nav.steps")
        assert f"{nth + 1} of {len(rows)}" in steps.inner_text()
        assert steps.locator("a[rel=prev]").count() == (nth > 0)
        if nth + 1 < len(rows):
            reader.click("nav.steps a[rel=next]")
    assert reader.tab.locator("nav.steps a[rel=next]").count() == 0
    reader.click("nav.steps a[rel=prev]")
    assert reader.address["page"] == rows[-2]
    reader.tab.locator("nav.steps a").first.click()
    assert reader.settled().address == {"view": "pages", "network": "amazon", "state": "wrong", "sort": "title"}
    assert reader.rows == rows


def test_a_page_that_the_filters_leave_out_has_no_turn(reads: Reads, told: Any) -> None:
    reader = reads(told.path).of("fixtures/pages/home-page/page.html", network="amazon")
    assert reader.tab.locator("nav.steps a[rel]").count() == 0


def test_what_is_known_of_the_page_stands_at_its_head(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    for page in told.pages[::12]:
        reader.of(page["source"])
        head = reader.tab.inner_text(".page-head")
        for due in (page["title"], page["source"], *page["authors"], page["section"], (page["published"] or "")[:10], page["language"]):
            assert (due or "") in head
        assert reader.tab.locator(".page-head a[href^='https:']").get_attribute("href") == page["url"]
        assert (page["title"] or page["source"]) in reader.tab.title()


def test_from_a_finding_to_its_place_and_back(reads: Reads, told: Any) -> None:
    reader = reads(told.path).of(LATE)
    findings = told.findings(LATE)
    for number, finding in enumerate(findings, 1):
        for nth, each in enumerate(finding["evidence"]):
            if each["block"] is None:
                continue
            reader.tab.locator(f"#finding-{number} .places li").nth(nth).get_by_role("button").click()
            block = reader.settled().tab.locator(f"#block-{each['block']}")
            assert "shown" in block.get_attribute("class").split()
            assert block.evaluate(_SEEN)
            # This one alone, and not only while something moves: the reader here has asked for nothing to move.
            assert reader.tab.locator(".block.shown").count() == 1
            assert block.evaluate("element => getComputedStyle(element).boxShadow") != "none"
    number = next(at for at, finding in enumerate(findings, 1) if finding["rule"] == "AFF002")
    for link in ("numbers a.number", "paste-here a.number"):
        reader.of(LATE)
        reader.tab.locator(f".outline .{link}", has_text=str(number)).first.click()
        assert reader.settled().address["finding"] == str(number)
        chosen = reader.tab.locator(".findings .chosen")
        assert chosen.get_attribute("id") == f"finding-{number}"
        assert reader.focused.startswith(f"li#finding-{number}.")
        # A second time, after the reader has gone elsewhere on the page.
        reader.tab.evaluate("() => { document.activeElement.blur(); scrollTo(0, document.body.scrollHeight); }")
        reader.tab.locator(f".outline .{link}", has_text=str(number)).first.click()
        assert reader.settled().focused.startswith(f"li#finding-{number}.")


@pytest.mark.parametrize("kind", ["notice", "link"])
def test_a_sign_of_the_map_leads_to_its_block(reads: Reads, told: Any, kind: str) -> None:
    reader = reads(told.path).of("fixtures/pages/footer-notice-fr/page.html")
    reader.click(f".map .sign.{kind}")
    block = reader.tab.locator(f".block.has-{kind}.shown")
    assert block.count() == 1
    assert block.evaluate(_SEEN)


def test_a_folded_part_opens_where_a_finding_points_into_it(reads: Reads, told: Any) -> None:
    reader = reads(told.path).of("fixtures/pages/footer-notice-fr/page.html")
    footer = reader.tab.locator("details.region:has(.has-notice)")
    footer.locator("> summary").click()
    assert footer.get_attribute("open") is None
    reader.click(".map .sign.notice")
    assert footer.get_attribute("open") is not None


def test_marks_wear_the_colours_of_the_legend(reads: Reads, told: Any) -> None:
    reader = reads(told.path).of(LATE)
    colour = "element => getComputedStyle(element).color"
    keys = {each.get_attribute("class"): each.evaluate(colour) for each in reader.tab.locator(".keys .mark").all()}
    assert set(keys) == {"mark notice", "mark link", "mark author", "mark image", "mark credit"}
    assert len({keys["mark notice"], keys["mark link"], keys["mark author"], keys["mark credit"]}) == 4
    for mark in reader.tab.locator(".outline .mark").all():
        assert mark.evaluate(colour) == keys[mark.get_attribute("class")]
    edge = "element => getComputedStyle(element).borderLeftColor"
    assert reader.tab.locator(".block.has-notice").first.evaluate(edge) == keys["mark notice"]
    assert reader.tab.locator(".block.has-link").first.evaluate(edge) == keys["mark link"]


def test_the_sentence_to_paste_who_asks_and_when_it_was_read(reads: Reads, told: Any) -> None:
    reader = reads(told.path).of(LATE)
    number, finding = next((at, each) for at, each in enumerate(told.findings(LATE), 1) if each["paste"])
    card = reader.tab.locator(f"#finding-{number}")
    quote = card.locator(".paste blockquote")
    assert (quote.inner_text().strip(), quote.get_attribute("lang")) == (finding["paste"], finding["paste_language"])
    assert finding["fix"] in card.inner_text()
    card.locator("summary", has_text="Who asks").click()
    authorities = told.report["authorities"]
    for key in finding["authorities"]:
        entry = next(each for each in authorities if each["id"] == key) if isinstance(authorities, list) else authorities[key]
        link = card.locator(f'.asked a[href="{entry["url"]}"]').first
        assert entry["title"] in link.inner_text()
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")
        assert entry["checked"] in card.inner_text()


@pytest.fixture
def pictures(finding: Callable[..., Finding], report: Callable[..., PageReport]) -> PageReport:
    """A page with nine pictures without a credit, and something else that is wrong with it."""
    primary = finding().evidence[0]
    blocks = [OutlineBlock("image", Region.ARTICLE, f"Picture {number}", (f"image:{number}",)) for number in range(1, 10)]
    found = [
        finding(
            rule="IMG401",
            message=f"Picture {at} has no credit.",
            anchor=f"{at}.jpg",
            fingerprint=f"v1:{at:064}",
            paste=None,
            evidence=(Evidence("primary", "this picture", primary.spot, block=at),),
        )
        for at in range(9)
    ]
    return replace(report(finding(), *found), outline=tuple(blocks))


def test_findings_that_ask_for_the_same_stand_together_and_open_by_number(
    reads: Reads, written: Callable[..., Path], pictures: PageReport, tabs: Any
) -> None:
    path = written(pictures)
    reader = reads(path).of("a.html")
    assert reader.tab.locator(".findings .cards > li").count() == 2
    assert reader.tab.locator(".findings [id^=finding-]").count() == 10
    assert reader.tab.locator("#finding-9").is_visible() is False
    for number in (9, 10, 3):
        reader = reads(path, f"#page=a.html&finding={number}")
        card = reader.tab.locator(f"#finding-{number}")
        assert card.is_visible()
        assert f"Picture {number - 2} has no credit." in card.inner_text()
        assert "chosen" in card.get_attribute("class")
        assert reader.tab.locator(".chosen").count() == 1
        assert reader.tab.locator(f"#block-{number - 2}.shown").count() == 1
    reader.of("a.html")
    reader.tab.locator("#block-8 .numbers a").click()
    assert reader.settled().tab.locator("#finding-10").is_visible()
    assert tabs.faults == []
