"""Directives in a page: an input is markup that may hold some, put into a page on which rules fire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.engine.waive import Terms
from checker.model import Finding, PageReport, Source
from checker.page.directives import MOST
from checker.scale.page import Heed, check_page
from tests.fuzz.pages import rulebook, spots, usual
from tests.fuzz.target import FIXTURES

LONGEST = 4_000
_PAGE = (
    b'<!doctype html><html lang="en"><head><title>Pots</title></head><body><h1>Two pots</h1>%s'
    b'<p>Buy <a href="https://www.amazon.com/dp/B000000000?tag=pots-20">this pot</a> or <a href="/go/pot" rel="sponsored">that one</a>.</p>'
    b'<figure><img src="/pot.jpg" width="800" height="600" alt="A pot"></figure><p>%s</p></body></html>'
)
_NAME = b"disclosure-checker"


def run(data: bytes) -> None:
    """A directive hides nothing: every finding stays, is waived by somebody at most, and what became of each directive is told."""
    never, always = _judged(data, "never"), _judged(data, "always")
    for report in (never, always):
        assert report.status == "checked", f"the page is read: {report.detail}"
        assert not report.problems, f"no rule fails: {report.problems[0]}"
    assert _bare(always) == _bare(never), "directives take no finding away and add none but those about themselves"
    assert all(finding.state == "new" for finding in never.findings), "nothing is waived where directives do not count"
    waived = [finding for finding in always.findings if finding.state != "new"]
    assert all(finding.waiver is not None for finding in waived), "what is waived says by whom"
    assert not waived or _NAME in data.lower(), "nothing is waived that no directive names"
    page = always.page
    assert page is not None
    assert len(page.directives) <= MOST + 1, "directives are bounded"
    if page.directives:
        assert always.waivers, "what became of directives is told"
    assert all(spot.line is None or spot.line >= 1 for spot in spots(page.directives))


def _judged(data: bytes, policy: str) -> PageReport:
    half = len(data) // 2
    rules = rulebook()
    source = Source("page.html", _PAGE % (data[:half], data[half:]), charset="utf-8")
    return check_page(source, rules, usual(), heed=Heed(Terms.of(rules.rules), policy))


def _bare(report: PageReport) -> list[Finding]:
    return sorted((replace(each, state="new", waiver=None) for each in report.findings if not each.rule.startswith("WVR")), key=repr)


def seeds() -> Iterator[bytes]:
    """Directives of each kind, right and wrong, and the pages of the fixtures that hold some."""
    for verb in ("ignore", "ignore-next", "ignore-file", "ignor", ""):
        for rest in (
            "AFF001 -- ours",
            "AFF001, IMG401: a reason",
            "IMG401",
            "LNK201 - x",
            "AFF999 -- none",
            "-- no rule",
            "aff001,lnk201 \u2014 small",
        ):
            yield f"<!-- disclosure-checker: {verb} {rest} -->".encode()
    yield b'<div data-disclosure-checker-ignore="AFF001, IMG401: ours"><p>x</p></div>'
    yield b"<template><!-- disclosure-checker: ignore AFF001 -- x --></template><noscript><!--disclosure-checker:ignore LNK201--y--></noscript>"
    for path in sorted((FIXTURES / "waived").rglob("*.html")):
        yield path.read_bytes()


def words() -> Iterator[str]:
    """What directives are made of, and markup around them."""
    yield from ("<!-- disclosure-checker: ", "-->", "ignore ", "ignore-next ", "ignore-file ", " -- ", ": ", "data-disclosure-checker-ignore=", ", ")
    yield from ("AFF001", "IMG401", "LNK201", "AUT501", "WVR601", "<p>", "</p>", "<div>", "</div>", "<template>", "<noscript>", "<script>", "</body>")
    yield from ("<section id=comments>", "</section>", "<figure>", "<head>", "\u2014", "\u2013", "<!--", "\n", "<b>", "</html>")
