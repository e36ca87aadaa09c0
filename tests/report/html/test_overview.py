"""The overview counts what was found, and each of its figures leads to exactly the pages that it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[..., Any]
_ENTRIES = """() => [...document.querySelectorAll('.figure .legend a')].map(link => ({
    href: link.getAttribute('href'), count: Number(link.querySelector('b').textContent.replaceAll(',', '')), told: link.textContent }))"""


def sources(told: Any, fits: Callable[[dict[str, Any]], bool]) -> list[str]:
    return sorted(page["source"] for page in told.pages if fits(page))


def filtered(reader: Any) -> tuple[str, str]:
    ((name, value),) = ((name, value) for name, value in reader.address.items() if name != "view")
    return name, value


def test_every_entry_of_a_legend_leads_to_the_pages_that_it_counts(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    places = {"notice": "affiliate_notice", "byline": "author", "credits": "image_credits"}
    entries = reader.tab.evaluate(_ENTRIES)
    assert len(entries) > 12
    met: Counter[str] = Counter()
    for entry in entries:
        reader.at()
        reader.click(f'.legend a[href="{entry["href"]}"]')
        name, value = filtered(reader)
        due = sorted(page["source"] for page in told.pages if value == (page["state"] if name == "state" else page["verdicts"][places[name]]))
        assert sorted(reader.rows) == due, entry
        assert len(due) == entry["count"] == reader.count
        met[name] += entry["count"]
    # Together the parts of a bar are all pages.
    assert met["state"] == met["byline"] == met["credits"] == len(told.pages)


def test_the_bar_of_notices_counts_pages_with_paid_links(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    entries = [entry for entry in reader.tab.evaluate(_ENTRIES) if "notice=" in entry["href"]]
    paid = sources(told, lambda page: page["verdicts"]["affiliate_notice"] not in ("not_needed", "notice_without_links"))
    assert sum(entry["count"] for entry in entries) == len(paid)
    plainly = sources(told, lambda page: page["verdicts"]["affiliate_notice"] == "clear_before")
    note = reader.tab.inner_text(".figure:has(a[href*='notice=']) > p.quiet")
    assert re.findall(r"\d+", note)[:2] == [str(len(plainly)), str(len(paid))]


def test_the_headline_counts_the_pages_to_be_changed_and_leads_to_them(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    wrong = sources(told, lambda page: page["state"] == "wrong")
    assert re.findall(r"\d+", reader.title) == [str(len(wrong)), str(len(told.pages))]
    reader.click("main h1 a")
    assert sorted(reader.rows) == wrong
    assert reader.title != ""


def test_what_the_lead_says_of_questions_leads_to_their_pages(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    link = reader.tab.locator(".lead a[href*='view=questions']").first
    number = int(re.match(r"\d+", link.inner_text())[0])  # type: ignore[index]
    link.click()
    pages = {
        entry["page"]
        for entry in reader.settled().tab.evaluate(
            "() => [...document.querySelectorAll('.card .places a')].map(link => Object.fromEntries(new URLSearchParams(link.hash.slice(1))))"
        )
    }
    asked = {finding["source"] for finding in told.findings() if finding["outcome"] == "needs_review"}
    assert pages == asked
    assert number == len(asked)


def test_bars_are_as_long_as_their_counts(reads: Reads, told: Any) -> None:
    tab = reads(told.path).tab
    for figure in tab.locator(".figure:has(.legend)").all():
        counts = [int(text) for text in figure.locator(".legend b").all_inner_texts()]
        widths = [box.bounding_box()["width"] for box in figure.locator(".bar > span").all()]
        assert len(widths) == len(counts)
        if min(counts) > 2:
            per = [width / count for width, count in zip(widths, counts, strict=True)]
            assert max(per) / min(per) == pytest.approx(1, abs=0.25)


def test_a_legend_wears_the_colours_of_its_bar(reads: Reads, told: Any) -> None:
    tab = reads(told.path).tab
    colour = "element => { const { backgroundColor, backgroundImage } = getComputedStyle(element); return `${backgroundColor} ${backgroundImage}`; }"
    for figure in tab.locator(".figure:has(.legend)").all():
        bars = [each.evaluate(colour) for each in figure.locator(".bar > span").all()]
        assert bars == [each.evaluate(colour) for each in figure.locator(".legend .dot").all()]
        assert "rgba(0, 0, 0, 0) none" not in bars


def test_what_to_do_first_leads_to_what_it_counts(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    lines = reader.tab.locator(".first ol li")
    assert 1 <= lines.count() <= 10
    for nth in range(lines.count()):
        reader.at()
        line = lines.nth(nth).inner_text()
        lines.nth(nth).locator("a").first.click()
        rule = reader.settled().address["rule"]
        pages = {finding["source"] for finding in told.findings() if finding["rule"] == rule}
        assert reader.count == len(pages)
        assert re.search(rf"\b{len(pages)} page", line)


def test_an_overview_that_was_reached_with_filters_counts_all_pages(reads: Reads, told: Any) -> None:
    plain = reads(told.path).tab.inner_text("main")
    assert reads(told.path, "#view=overview&rule=AUT505&severity=info&author=Nobody").tab.inner_text("main") == plain


def test_nothing_goes_wrong_on_the_way(reads: Reads, told: Any, tabs: Any) -> None:
    reader = reads(told.path)
    for link in reader.tab.evaluate("() => [...document.querySelectorAll('main a')].map(link => link.getAttribute('href'))"):
        assert reader.at(link).title
    assert (tabs.asked, tabs.faults) == ([], [])
