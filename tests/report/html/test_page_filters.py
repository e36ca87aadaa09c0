"""The list of pages: each filter alone and several together, search, order, and what stands there when nothing fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[..., Any]
Of = Callable[[dict[str, Any]], list[str]]
_NONE = "(none)"
_OPTIONS = "select => [...select.options].filter(option => option.value).map(option => [option.value, option.textContent])"


@pytest.fixture
def facets(told: Any) -> dict[str, Of]:
    """What the pages of the run have of each filter, by the formats for programs."""
    rules: dict[str, list[str]] = {}
    kinds: dict[str, list[str]] = {}
    for finding in told.findings():
        rules.setdefault(finding["source"], []).append(finding["rule"])
        kinds.setdefault(finding["source"], []).append("question" if finding["outcome"] == "needs_review" else finding["severity"])
    return {
        "state": lambda page: [page["state"]],
        "rule": lambda page: rules.get(page["source"], []),
        "severity": lambda page: kinds.get(page["source"], []),
        "author": lambda page: page["authors"] or [_NONE],
        "section": lambda page: [page["section"] or _NONE],
        "network": lambda page: page["networks"],
        "profile": lambda page: page["profiles"],
        "type": lambda page: [page["page_type"]],
        "notice": lambda page: [page["verdicts"]["affiliate_notice"]],
        "byline": lambda page: [page["verdicts"]["author"]],
        "credits": lambda page: [page["verdicts"]["image_credits"]],
    }


def fits(told: Any, facets: dict[str, Of], **wanted: str) -> list[str]:
    return sorted(page["source"] for page in told.pages if all(value in facets[name](page) for name, value in wanted.items()))


def choose(reader: Any, name: str, value: str) -> Any:
    field = reader.tab.locator(f'select[data-facet="{name}"]')
    if not field.is_visible():
        reader.tab.locator("details.more > summary").click()
    field.select_option(value)
    return reader.settled()


def test_each_value_of_each_filter_leaves_the_pages_that_have_it(reads: Reads, told: Any, facets: dict[str, Of]) -> None:
    reader = reads(told.path, "#view=pages")
    assert reader.rows == [] or len(reader.rows) == len(told.pages)
    offered = {}
    for field in reader.tab.locator("select[data-facet]").all():
        offered[field.get_attribute("data-facet")] = field.evaluate(_OPTIONS)
    assert set(offered) - {"profile"} == set(facets) - {"profile"}
    for name, options in offered.items():
        due = Counter(value for page in told.pages for value in set(facets[name](page)))
        assert {value for value, _ in options} == set(due)
        for value, label in options:
            assert label.endswith(f" ({due[value]})"), label
            if due[value] > 1 or name in ("state", "severity", "rule"):
                reader.at(f"#view=pages&{name}=").tab.evaluate(
                    "([name, value]) => { location.hash = new URLSearchParams({view: 'pages', [name]: value}); }", [name, value]
                )
                reader.settled()
                assert sorted(reader.rows) == fits(told, facets, **{name: value}), (name, value)
                assert reader.count == due[value]


def test_what_is_chosen_with_the_mouse_is_filtered_by(reads: Reads, told: Any, facets: dict[str, Of]) -> None:
    reader = reads(told.path, "#view=pages")
    wanted = {}
    for name, value in (("state", "wrong"), ("rule", "AUT505"), ("network", "amazon"), ("notice", "footer_only")):
        wanted[name] = value
        choose(reader, name, value)
        assert sorted(reader.rows) == fits(told, facets, **wanted)
        assert {key: reader.address[key] for key in wanted} == wanted
        # The field goes on saying what is chosen, and the address says the same.
        assert reader.tab.locator(f'select[data-facet="{name}"]').input_value() == value
    assert 0 < len(reader.rows) < 10
    chips = reader.tab.locator(".chips a.chip")
    assert chips.count() == 4
    chips.nth(1).click()
    del wanted["rule"]
    assert sorted(reader.settled().rows) == fits(told, facets, **wanted)
    assert chips.count() == 3
    reader.click(".chips a.clear")
    assert (sorted(reader.rows), chips.count()) == (fits(told, facets), 0)
    choose(reader, "severity", "question")
    choose(reader, "severity", "")
    assert sorted(reader.rows) == fits(told, facets)


def test_offers_count_what_is_left_by_the_other_filters(reads: Reads, told: Any, facets: dict[str, Of]) -> None:
    reader = reads(told.path, "#view=pages&network=amazon&state=wrong")
    for name in ("author", "rule", "byline", "credits", "notice"):
        for value, label in reader.tab.locator(f'select[data-facet="{name}"]').evaluate(_OPTIONS):
            assert label.endswith(f" ({len(fits(told, facets, network='amazon', state='wrong', **{name: value}))})")
    # Of its own filter all that could be taken instead.
    states = dict(reader.tab.locator('select[data-facet="state"]').evaluate(_OPTIONS))
    assert set(states) == {state for page in told.pages if "amazon" in page["networks"] for state in facets["state"](page)}


@pytest.mark.parametrize("severity", ["error", "warning", "info", "question"])
def test_a_rule_and_a_kind_mean_one_finding_that_is_both(reads: Reads, told: Any, severity: str) -> None:
    kinds: dict[tuple[str, str], set[str]] = {}
    for finding in told.findings():
        kind = "question" if finding["outcome"] == "needs_review" else finding["severity"]
        kinds.setdefault((finding["rule"], kind), set()).add(finding["source"])
    for rule in ("AFF001", "AFF005", "IMG401", "AUT510"):
        reader = reads(told.path, f"#view=pages&rule={rule}&severity={severity}")
        assert set(reader.rows) == kinds.get((rule, severity), set()), rule


@pytest.mark.parametrize(
    ("typed", "member"),
    [
        ("kettleby", "authors"),
        ("amp-late", "source"),
        ("EARBUDS", "title"),
        ("earbuds signal", "title"),
        ("awin", "networks"),
        ("結", "title"),
        ("[(", "title"),
    ],
)
def test_search(reads: Reads, told: Any, typed: str, member: str) -> None:
    reader = reads(told.path, "#view=pages")
    reader.tab.locator("#search").press_sequentially(typed, delay=5)
    found = reader.until("typed => new URLSearchParams(location.hash.slice(1)).get('q') === typed", typed).rows
    due = {page["source"] for page in told.pages if all(word in str(page[member] or "").lower() for word in typed.lower().split())}
    assert due <= set(found)
    assert len(found) < len(told.pages) / 2
    for source in set(found) - due:
        assert all(word in reader.tab.locator("ol.pages").inner_text().lower() or source for word in typed.lower().split())
    # The field keeps the focus and the place in it while somebody types.
    assert reader.tab.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["search", len(typed)]
    reader.tab.locator("#search").fill("")
    assert len(reader.until("() => !location.hash.includes('q=')").rows) == len(told.pages)


def test_typing_leaves_no_trail_in_the_history(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages")
    length = reader.tab.evaluate("history.length")
    reader.tab.locator("#search").press_sequentially("kettle", delay=20)
    reader.until("() => location.hash.includes('q=kettle')")
    assert reader.tab.evaluate("history.length") == length


def test_orders(reads: Reads, told: Any) -> None:
    pages = {page["source"]: page for page in told.pages}
    reader = reads(told.path, "#view=pages")
    field = reader.tab.locator("#sort")
    found = {}
    for order in field.evaluate("select => [...select.options].map(option => option.value)"):
        field.select_option(order)
        found[order] = [pages[source] for source in reader.settled().rows]
        assert len(found[order]) == len(pages)
        assert field.input_value() == order
    states = [page["state"] for page in found["worst"]]
    assert [state for state, _ in Counter(states).items()] == [
        state for state in ("wrong", "asked", "not_checked", "remarks", "ok") if state in states
    ]
    assert states == sorted(states, key=list(dict.fromkeys(states)).index)
    errors = [
        sum(each["severity"] == "error" and each["outcome"] == "violation" for each in told.findings(page["source"])) for page in found["worst"]
    ]
    assert errors == sorted(errors, reverse=True)
    dates = [page["published"] or "" for page in found["newest"]]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 2
    assert [page["source"] for page in found["source"]] == list(pages)
    of: dict[str, Callable[[dict[str, Any]], str]] = {
        "author": lambda page: (page["authors"] or ["\uffff"])[0],
        "section": lambda page: page["section"] or "\uffff",
    }
    for order, key_of in of.items():
        keys = [key_of(page) for page in found[order]]
        assert len(keys) == len(pages)
        # Each value in one place, those without at the end.
        assert list(dict.fromkeys(keys)) == [key for nth, key in enumerate(keys) if nth == 0 or keys[nth - 1] != key]
        assert "\uffff" not in keys[: len(keys) - keys.count("\uffff")]
    titles = [page["title"] for page in found["title"] if (page["title"] or "?")[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert [title[0] for title in titles] == sorted(title[0] for title in titles)


def test_what_fits_nothing_says_so_and_can_be_taken_out(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages&q=qwertz+nobody&rule=AUT505")
    assert (reader.rows, reader.count) == ([], 0)
    assert reader.tab.locator("main .empty").is_visible()
    assert reader.tab.get_by_role("button", name="CSV").is_disabled()
    reader.click(".chips a.clear")
    assert len(reader.rows) == len(told.pages)


@pytest.mark.parametrize("name", ["state", "author", "rule", "cause", "network", "severity", "notice"])
def test_a_filter_by_what_no_page_has_is_shown_and_can_be_taken_out(reads: Reads, told: Any, tabs: Any, name: str) -> None:
    for value in ("constructor", "__proto__", "toString", "ABC 123"):
        reader = reads(told.path, f"#view=pages&{name}={value}")
        assert reader.rows == []
        chip = reader.tab.locator(".chips a.chip")
        assert value in chip.inner_text()
        chip.click()
        assert len(reader.settled().rows) == len(told.pages)
    assert tabs.faults == []
