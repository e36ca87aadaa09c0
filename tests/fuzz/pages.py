"""The reader of pages and the rules of all shipped profiles: an input is a page, whole."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any
from zlib import crc32

from checker.engine.overrides import Selection
from checker.engine.plans import Plans
from checker.facts import Page, Spot
from checker.model import NotCheckedReason, PageReport, Source
from checker.page.decode import decode
from checker.page.reader import CannotRead, read
from checker.report import FORMATS, make
from checker.report.encode import dumps
from checker.report.facts import facts_entry
from checker.report.run import Closing, Look, Run
from checker.report.summary import counted
from checker.scale.header import Clock, run_of
from checker.scale.page import check_page, read_page
from checker.scale.rulebook import Rulebook, load
from checker.scale.task import Choice
from checker.sources.files import judged
from tests.fuzz.target import FIXTURES
from tests.fuzz.words import of_lists, of_markup

LONGEST = 5_000
_URLS = (None, "https://tea.example/pots/a-pot")
_CHARSETS = (None, None, None, "utf-8", "shift_jis", "utf-16", "windows-1252", "no-such")
# What a terminal would obey, but for the tabs and ends of lines that the report itself writes.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]").search


@cache
def rulebook() -> Rulebook:
    """The built-in rules and words."""
    return load()


@cache
def plans() -> Plans:
    """All shipped profiles at once."""
    rules = rulebook().rules
    return Choice(Selection(tuple(rules.profiles))).plans(rules)


@cache
def usual() -> Plans:
    """The profile of a run that names none."""
    return Choice().plans(rulebook().rules)


@cache
def _run() -> Run:
    return run_of(rulebook().rules, "0" * 64, plans(), "warning", Clock("0.0.0", 1, blank=True))


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    from checker.schemas import load as load_schema

    return Draft202012Validator(load_schema(schema))


def source_of(data: bytes) -> Source:
    """The source of an input: the same input has always the same address and charset."""
    number = crc32(data)
    return judged(Source("page.html", data, url=_URLS[number % 2], charset=_CHARSETS[number // 2 % 8], fetched=bool(number & 64)))


def run(data: bytes) -> None:
    """A page is read and judged, or a reason told; its facts have places that are there; reports are whole, as their schemas say, and harmless."""
    source = source_of(data)
    report = _judged(source, plans())
    if report.page is not None:
        _facts(source)
    assert check_page(source, rulebook(), plans()) == report, "the same page is judged in the same way"
    for name in FORMATS:
        _told(report, name)


def glance(data: bytes) -> None:
    """A part of it, another one for another input: reading a page takes milliseconds, and a million of them should be tried."""
    source, number = source_of(data), crc32(data) >> 8
    if number % 2:
        report = _judged(source, plans() if number & 2 else usual())
        _told(report, list(FORMATS)[number // 4 % len(FORMATS)])
    else:
        _facts(source)


def _judged(source: Source, by: Plans) -> PageReport:
    report = check_page(source, rulebook(), by)
    _escaped(source, report)
    assert not report.problems, f"no rule fails: {report.problems[0]}"
    return report


def _escaped(source: Source, report: PageReport) -> None:
    if report.reason is not NotCheckedReason.CRASHED:
        return
    with suppress(CannotRead):
        # Again, for where it happens.
        read(source, rulebook().lexicon)
    raise AssertionError(f"reading and judging never fail: {report.detail}")


def _facts(source: Source) -> None:
    report = read_page(source, rulebook().lexicon)
    _escaped(source, report)
    if report.page is None:
        return
    fault = next(_validator("facts").iter_errors(json.loads(dumps(facts_entry(report)))), None)
    assert fault is None, f"facts are as their schema says: {fault and fault.message[:200]}"
    text = decode(source.body or b"", source.charset).text
    for spot in spots(report.page):
        _lies_in(spot, text)


def _lies_in(spot: Spot, text: str) -> None:
    assert (spot.offset is None) == (spot.line is None) == (spot.column is None) == (spot.excerpt is None), "a place is known or is not"
    if spot.offset is None or spot.line is None or spot.column is None or spot.excerpt is None or spot.caret is None:
        return
    assert 0 <= spot.offset < len(text), "a place lies in the text"
    assert spot.line >= 1, "lines count from 1"
    assert spot.column >= 1, "columns count from 1"
    if spot.skip is None:
        assert text[spot.offset] == "<", "an element begins at its tag"
    assert 0 <= spot.caret <= len(spot.excerpt), "the caret stands under its line"


def spots(value: Any) -> Iterator[Spot]:
    """Every place in a page's facts."""
    if isinstance(value, Spot):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from spots(each)
    elif is_dataclass(value):
        # Nobody is shown where the first text and the headline begin: these are not located.
        names = (field.name for field in fields(value) if not isinstance(value, Page) or field.name not in ("first_text", "headline"))
        for name in names:
            yield from spots(getattr(value, name))


def _told(report: PageReport, name: str) -> None:
    made = make(name, FORMATS, Look())
    closing = Closing(counted([report]), 1, "findings", "disclosure-checker: exit 1 (findings)")
    text = made.start(_run()) + made.page(report.without_facts()) + made.end(closing)
    if name in ("text", "summary"):
        found = _CONTROL(text)
        assert found is None, f"no control character reaches a terminal: {found and found.group()!r}"
    elif name == "junit":
        from defusedxml.ElementTree import fromstring

        fromstring(text.encode())
    elif name == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(text, newline=""))}) == 1, "all rows of a table are as wide"
    elif name in ("json", "sarif", "gitlab"):
        whole = json.loads(text)
        if name == "json":
            fault = next(_validator("report").iter_errors(whole), None)
            assert fault is None, f"a report is as its schema says: {fault and fault.message[:200]}"
    elif name == "jsonl":
        for line in text.splitlines():
            fault = next(_validator("report-line").iter_errors(json.loads(line)), None)
            assert fault is None, f"a line of a report is as its schema says: {fault and fault.message[:200]}"
    text.encode("utf-8", "backslashreplace")


def seeds() -> Iterator[bytes]:
    """Small pages: the examples of the rules, and the shortest pages of the fixtures."""
    for rule in rulebook().rules.rules.values():
        yield from (example.html.encode() for example in rule.examples)
    yield from (path.read_bytes() for path in sorted((FIXTURES / "hostile").glob("*.html")))
    pages = sorted((FIXTURES / "pages").glob("*/page.html"), key=lambda path: path.stat().st_size)
    yield from (path.read_bytes() for path in pages[:80])


def words() -> Iterator[str]:
    """Markup, and what notices, credits and bylines are made of."""
    yield from of_markup()
    yield from of_lists(("notice.en", "notice.de", "byline", "credit", "notice.ja", "notice.fr"))
