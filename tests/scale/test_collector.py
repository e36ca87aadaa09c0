"""The collector rests while a page is read, and only then."""

from __future__ import annotations

import gc

import pytest

from checker.facts import Page
from checker.model import Source
from checker.page.document import Document
from checker.page.reader import read
from checker.scale.collector import uncollected
from checker.scale.rulebook import lexicon


def test_the_collector_rests_during_the_call_and_goes_on_after_it() -> None:
    assert uncollected(gc.isenabled)() is False
    assert gc.isenabled()


def test_the_collector_goes_on_after_a_failure() -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        uncollected(fail)()
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        uncollected(gc.isenabled)()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_reading_leaves_no_cycles_behind() -> None:
    html = b"<html lang=en><title>Kettles</title><style>.x{display:none}</style><body><h1>Kettles</h1><mark-of-this-test>"
    html += b"<p class=x>Some <a href=/a>text</a>.</p>" * 50
    source, words = Source("of-this-test.html", html), lexicon(())
    read(source, words)
    gc.collect()
    gc.disable()
    try:
        reading = read(source, words)
        reading.places.locate(reading.page.headline or pytest.fail("it has a headline"))
        del reading
        left = [each for each in gc.get_objects() if isinstance(each, (Page, Document))]
    finally:
        gc.enable()
    assert not [each for each in left if (each.source == source.name if isinstance(each, Page) else "mark-of-this-test" in each.tags)]
