"""Causes: thousands of findings in few groups, by what they have in common, each with an example and with the pages that it counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.report.html.conftest import said

Reads = Callable[..., Any]
_TABLE = """() => [...document.querySelectorAll('main table tbody tr')].map(row => ({
    href: row.querySelector('a').getAttribute('href'),
    cells: [...row.querySelectorAll('td')].map(cell => cell.textContent.replaceAll(',', '').trim()) }))"""
_CARDS = """() => [...document.querySelectorAll('ol.causes > li')].map(card => ({
    pages: card.querySelector('.reach a').getAttribute('href'), reach: card.querySelector('.reach').textContent,
    example: card.querySelector('.example a').getAttribute('href'), text: card.textContent }))"""


def kind(finding: dict[str, Any]) -> str:
    return "question" if finding["outcome"] == "needs_review" else str(finding["severity"])


def number(text: str) -> int:
    return 0 if text == "–" else int(text)


def test_each_cause_once_with_the_pages_that_have_it(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=causes&all=1")
    due: dict[str, list[dict[str, Any]]] = {}
    sites = {page["source"]: urlsplit(page["url"] or "").hostname for page in told.report["pages"]}
    for finding in told.findings():
        site = sites[finding["source"]]
        due.setdefault(f"{finding['cause']} @ {site}" if site else finding["cause"], []).append(finding)
    # The rest is drawn when somebody comes to the end.
    cards = reader.until(
        f"() => {{ scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('ol.causes > li').length === {len(due)}; }}"
    ).tab.evaluate(_CARDS)
    shown = []
    for card in cards:
        reader.at(card["pages"])
        cause = reader.address["cause"]
        shown.append(cause)
        pages = {finding["source"] for finding in due[cause]}
        assert set(reader.rows) == pages
        assert card["reach"].startswith(f"{len(pages)} page")
        assert f"{len(due[cause])} finding" in card["reach"]
        finding = next(each for each in due[cause] if each["fix"] in card["text"])
        assert said(finding) in card["text"]
        assert (finding["paste"] or "") in card["text"]
    assert sorted(shown) == sorted(due)
    worst = {cause: min(["error", "warning", "question", "info"].index(kind(each)) for each in found) for cause, found in due.items()}
    order = [(worst[cause], -len({each["source"] for each in due[cause]})) for cause in shown]
    assert order == sorted(order)


def test_the_example_of_a_cause_opens_at_its_finding(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=causes")
    for card in reader.tab.evaluate(_CARDS)[:8]:
        reader.at(card["example"])
        finding = told.findings(reader.address["page"])[int(reader.address["finding"]) - 1]
        assert said(finding) in card["text"]
        assert reader.focused.startswith(f"li#finding-{reader.address['finding']}.")


def test_by_rule(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=causes&by=rule")
    lines = reader.tab.evaluate(_TABLE)
    due = {entry["rule"] for entry in told.report["summary"]["by_rule"]}
    shown = set()
    for line in lines:
        reader.at(line["href"])
        rule = reader.address["rule"]
        shown.add(rule)
        found = [finding for finding in told.findings() if finding["rule"] == rule]
        assert sorted(reader.rows) == sorted({finding["source"] for finding in found})
        assert number(line["cells"][0]) == len(reader.rows)
        assert [number(cell) for cell in line["cells"][1:]] == [
            sum(kind(each) == name for each in found) for name in ("error", "warning", "question", "info")
        ]
    assert shown == due


@pytest.mark.parametrize("by", ["section", "author", "network", "profile", "type"])
def test_by_what_pages_have(reads: Reads, told: Any, by: str) -> None:
    members = {"section": "section", "author": "authors", "network": "networks", "profile": "profiles", "type": "page_type"}
    reader = reads(told.path, f"#view=causes&by={by}")
    lines = reader.tab.evaluate(_TABLE)
    assert lines
    groups: dict[str, list[dict[str, Any]]] = {}
    for page in told.pages:
        has = page[members[by]]
        none = ["(none)"] if by in ("section", "author") else []
        for value in set(has if isinstance(has, list) else [has] if has else []) or none:
            groups.setdefault(value, []).append(page)
    shown = set()
    for line in lines if by != "author" else lines[:: len(lines) // 12]:
        value = reader.at(line["href"]).address[by]
        shown.add(value)
        assert sorted(reader.rows) == sorted(page["source"] for page in groups[value])
        pages, wrong, *kinds = map(number, line["cells"])
        assert (pages, wrong) == (len(groups[value]), sum(page["state"] == "wrong" for page in groups[value]))
        found = [finding for page in groups[value] for finding in told.findings(page["source"])]
        assert kinds == [sum(kind(each) == name for each in found) for name in ("error", "warning", "question")]
    assert len(lines) == len(groups)
    assert by == "author" or shown == set(groups)


def test_groups_are_of_the_pages_that_the_filters_leave(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=causes&by=rule&network=amazon&severity=error")
    amazon = {page["source"] for page in told.pages if "amazon" in page["networks"]}
    due: dict[str, set[str]] = {}
    for finding in told.findings():
        if kind(finding) == "error" and finding["source"] in amazon:
            due.setdefault(finding["rule"], set()).add(finding["source"])
    lines = reader.tab.evaluate(_TABLE)
    assert len(lines) == len(due)
    for line in lines:
        reader.at(line["href"])
        assert set(reader.rows) == due[reader.address["rule"]]
        assert number(line["cells"][0]) == len(reader.rows)


def test_from_group_to_group_the_filters_stay(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=causes&network=amazon")
    nav = reader.tab.locator("nav.group")
    for name in ("rule", "section", "author", "network", "profile", "type"):
        nav.locator(f'a[href*="by={name}"]').click()
        assert reader.settled().address == {"view": "causes", "network": "amazon", "by": name}
        assert nav.locator("a[aria-current]").count() == 1
        assert reader.tab.locator("main table tbody tr").count() > 0


@pytest.mark.parametrize("by", ["constructor", "__proto__", "toString", "nothing"])
def test_a_group_that_there_is_not_is_told_as_causes(reads: Reads, told: Any, tabs: Any, by: str) -> None:
    reader = reads(told.path, f"#view=causes&by={by}")
    assert reader.tab.locator("ol.causes > li").count() > 0
    assert tabs.faults == []
