"""The outline of each page in its view: its blocks, the marks on the right ones, the numbers of the findings, the map, and what is folded."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.outline import OutlineBlock, outline_of
from tests.report.html.conftest import said

Reads = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
AROUND = {"navigation", "page_footer", "page_header", "sidebar", "related", "comments"}
PICTURE, LINE = 300, 60
_DRAWN = """() => ({
    blocks: [...document.querySelectorAll('.outline .block')].map(block => ({
        id: block.id, text: block.textContent, hidden: block.classList.contains('hidden-text'),
        region: [...document.querySelectorAll('.region')].indexOf(block.closest('.region')),
        marks: [...block.querySelectorAll('.mark')].map(mark => [[...mark.classList].filter(name => name !== 'mark').join(),
            Number(mark.textContent.match(/\\d+/)[0])]),
        numbers: [...block.querySelectorAll('.numbers a')].map(link => Number(link.textContent)) })),
    before: [...document.querySelectorAll('.outline .paste-here')].map(sign => {
        let next = sign.nextElementSibling; while (!next.classList.contains('block')) next = next.nextElementSibling;
        return [Number(sign.querySelector('a').textContent), next.id]; }),
    regions: [...document.querySelectorAll('.outline .region')].map(region => region.localName === 'details' ? region.open : null),
    signs: [...document.querySelectorAll('.map .sign')].map(sign => [sign.classList.contains('notice') ? 'notice' : 'link',
        sign.style.getPropertyValue('--top')]),
    ticks: [...document.querySelectorAll('.strip .tick.link')].map(tick => tick.style.getPropertyValue('--top')),
    cards: [...document.querySelectorAll('.findings [id^=finding-]')].map(card => [card.id, card.textContent]),
})"""


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    """What is read from the pages, without any report."""
    done = subprocess.run([sys.executable, "-m", "checker", "facts", "fixtures/pages", "--no-cache"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    return {page["source"]: page for page in map(json.loads, done.stdout.decode("utf-8").splitlines())}


@pytest.fixture(scope="module")
def drawn(chromium: Any, told: Any) -> dict[str, dict[str, Any]]:
    """Each page of the report as it is drawn."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(told.path.as_uri())
    found = {}
    for page in told.pages:
        tab.evaluate("source => { location.hash = new URLSearchParams({page: source}); }", page["source"])
        tab.evaluate("() => new Promise(done => setTimeout(done))")
        found[page["source"]] = tab.evaluate(_DRAWN)
    context.close()
    return found


def outline(page: dict[str, Any]) -> tuple[OutlineBlock, ...]:
    return outline_of(page["outline"])


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def test_each_block_stands_there_with_its_marks(told: Any, drawn: dict[str, dict[str, Any]]) -> None:
    for page in told.pages:
        blocks = drawn[page["source"]]["blocks"]
        assert [block["id"] for block in blocks] == [f"block-{at}" for at in range(len(outline(page)))], page["source"]
        for block, due in zip(blocks, outline(page), strict=True):
            assert due.text in block["text"]
            assert [f"{kind}:{number}" for kind, number in block["marks"]] == list(due.marks)
            assert block["hidden"] == due.hidden


def test_marks_stand_on_the_blocks_that_hold_the_facts(drawn: dict[str, dict[str, Any]], facts: dict[str, dict[str, Any]]) -> None:
    compared: dict[str, int] = {}
    for source, page in facts.items():
        notices = [notice["text"] for notice in page["notices"]]
        links = [link["text"] for link in page["links"]]
        credited = [(image["credit"] or {}).get("text", "") for image in page["images"]]
        for block in drawn[source]["blocks"]:
            cut = "…" in block["text"]
            for kind, number in block["marks"]:
                if kind not in ("notice", "hint", "link", "possible", "credit", "author"):
                    continue
                texts = {"notice": notices, "hint": notices, "credit": credited, "author": [author["name"] for author in page["authors"]]}.get(
                    kind, links
                )
                text, there = plain(texts[number - 1]), plain(block["text"])
                if text and (text[:20] in there or there[: len(there) // 2] in text):
                    compared[kind] = compared.get(kind, 0) + 1
                else:
                    # A fact behind the words that the outline keeps of a block, one that text does not show, or a notice of several blocks.
                    assert cut or not text or block["hidden"] or kind in ("notice", "hint", "author"), (source, kind, number, text, there)
                if kind in ("link", "possible"):
                    assert (page["links"][number - 1]["affiliate"] == "possible") == (kind == "possible")
                if kind in ("notice", "hint"):
                    assert not block["hidden"] or page["notices"][number - 1]["hidden_by"]
    assert all(compared[kind] >= least for kind, least in (("notice", 35), ("link", 30), ("credit", 40), ("author", 55))), compared


def test_every_visible_fact_has_its_mark(drawn: dict[str, dict[str, Any]], facts: dict[str, dict[str, Any]]) -> None:
    for source, page in facts.items():
        marks = {(kind, number) for block in drawn[source]["blocks"] for kind, number in block["marks"]}
        if any(kind == "more" for kind, _ in marks):
            continue
        assert {at for at, notice in enumerate(page["notices"], 1) if notice["line"]} <= {at for kind, at in marks if kind in ("notice", "hint")}, (
            source
        )
        due = {
            ("possible" if link["affiliate"] == "possible" else "link", at)
            for at, link in enumerate(page["links"], 1)
            if link["tag"] == "a" and not link["hidden"]
        }
        assert due <= marks, source


def test_numbers_stand_where_the_findings_point(told: Any, drawn: dict[str, dict[str, Any]]) -> None:
    pointed = placed = 0
    for page in told.pages:
        due: dict[int, set[int]] = {}
        before = set()
        for number, finding in enumerate(told.findings(page["source"]), 1):
            for each in finding["evidence"]:
                if each["block"] is None:
                    continue
                if each["role"] == "insertion":
                    before.add((number, f"block-{each['block']}"))
                else:
                    due.setdefault(each["block"], set()).add(number)
        shown = drawn[page["source"]]
        assert {at: set(block["numbers"]) for at, block in enumerate(shown["blocks"]) if block["numbers"]} == due, page["source"]
        assert {tuple(each) for each in shown["before"]} == before, page["source"]
        pointed, placed = pointed + len(due), placed + len(before)
    assert (pointed > 80, placed > 20) == (True, True)


def test_each_finding_has_its_card_under_its_number(told: Any, drawn: dict[str, dict[str, Any]]) -> None:
    for page in told.pages:
        cards = dict(drawn[page["source"]]["cards"])
        findings = told.findings(page["source"])
        assert set(cards) == {f"finding-{number}" for number in range(1, len(findings) + 1)}, page["source"]
        for number, finding in enumerate(findings, 1):
            assert said(finding) in cards[f"finding-{number}"]


def test_parts_around_the_piece_are_folded_unless_something_in_them_is_meant(told: Any, drawn: dict[str, dict[str, Any]]) -> None:
    met = {True: 0, False: 0}
    for page in told.pages:
        blocks = drawn[page["source"]]["blocks"]
        pointed = {each["block"] for finding in told.findings(page["source"]) for each in finding["evidence"]}
        meant: dict[int, bool] = {}
        regions = {}
        for at, (block, due) in enumerate(zip(blocks, outline(page), strict=True)):
            regions[block["region"]] = due.region
            marked = at in pointed or any(not mark.startswith("image") for mark in due.marks)
            meant[block["region"]] = meant.get(block["region"], False) or marked
        for nth, state in enumerate(drawn[page["source"]]["regions"]):
            if regions[nth] in AROUND:
                assert state is meant[nth], (page["source"], regions[nth])
                met[state] += 1
            else:
                assert state is None
    assert min(met.values()) > 5


def first_seen(blocks: tuple[OutlineBlock, ...], kind: str) -> int | None:
    marked = [at for at, block in enumerate(blocks) if not block.hidden and any(mark.startswith(f"{kind}:") for mark in block.marks)]
    # What stands in the alternative text of a picture is no notice that readers see.
    found = [at for at in marked if kind == "link" or blocks[at].kind != "image"]
    inside = [at for at in found if blocks[at].region not in AROUND]
    return next(iter(inside or found), None)


def test_the_map_signs_the_first_notice_and_the_first_paid_link_at_their_height(told: Any, drawn: dict[str, dict[str, Any]]) -> None:
    signed = {"notice": 0, "link": 0}
    for page in told.pages:
        blocks = outline(page)
        high = [0 if block.hidden else max(PICTURE if block.kind == "image" else block.length, LINE) for block in blocks]
        due = {}
        for kind in signed:
            at = first_seen(blocks, kind)
            if at is None and kind == "notice":
                at = first_seen(blocks, "hint")
            if at is not None:
                due[kind] = min(94.0, 100 * sum(high[:at]) / sum(high))
                signed[kind] += 1
        shown = {kind: float(top.removesuffix("%")) for kind, top in drawn[page["source"]]["signs"]}
        assert shown == pytest.approx(due, abs=0.02), page["source"]
        paid = [100 * sum(high[:at]) / sum(high) for at, block in enumerate(blocks) if any(mark.startswith("link:") for mark in block.marks)]
        assert [float(top.removesuffix("%")) for top in drawn[page["source"]]["ticks"]] == pytest.approx(paid, abs=0.02)
    assert min(signed.values()) > 25


def test_a_notice_that_nobody_sees_has_no_sign_on_the_map(drawn: dict[str, dict[str, Any]], facts: dict[str, dict[str, Any]]) -> None:
    unseen = 0
    for source, page in facts.items():
        seen = any(notice["hidden_by"] is None and notice["line"] for notice in page["notices"])
        assert seen == ("notice" in {kind for kind, _ in drawn[source]["signs"]}), source
        unseen += bool(page["notices"]) and not seen
    assert unseen > 6
