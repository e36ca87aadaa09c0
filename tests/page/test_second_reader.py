"""Pages that lxml gives up on are read through bs4, the report says so, and what is absent there is a question."""

from __future__ import annotations

import pytest

from checker import check
from checker.page import walk

PAGE = """<!doctype html><html lang="en"><head><title>The kettle</title></head><body><article><h1>The kettle</h1><!-- a remark -->
<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a> at Amazon &amp; boil.</p></article></body></html>"""


@pytest.fixture
def lxml_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("it is too much")

    monkeypatch.setattr("lxml.etree.fromstring", refuse)


@pytest.mark.usefixtures("lxml_gives_up")
def test_the_second_reader_finds_the_same_and_says_so() -> None:
    report = check(PAGE)
    assert report.page is not None
    assert (report.page.reader, report.page.title) == ("html.parser", "The kettle")
    assert report.page.cut is not None
    assert "it is too much" in report.page.cut
    assert [link.text for link in report.page.links] == ["the kettle"]


@pytest.mark.usefixtures("lxml_gives_up")
def test_an_absence_there_is_a_question_at_the_right_line() -> None:
    (finding,) = [finding for finding in check(PAGE).findings if finding.rule == "AFF001"]
    assert finding.outcome == "needs_review"
    assert finding.review is not None
    assert finding.review.reason == "partly_read"
    assert finding.primary is not None
    assert (finding.primary.line, finding.primary.column) == (2, 8)


@pytest.mark.usefixtures("lxml_gives_up")
def test_the_second_reader_does_not_recurse() -> None:
    document, reader, _ = walk.walk(b"<div>" * 3000 + b"bottom" + b"</div>" * 3000)
    assert reader == "html.parser"
    assert len(document.all("div")) == 3000
    assert document.text(0) == "bottom"
