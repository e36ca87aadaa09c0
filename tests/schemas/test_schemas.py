"""The schemas: fresh, right of themselves, agreeing with the model, and readable in what they say."""

from __future__ import annotations

import json
from enum import EnumType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker import schemas
from checker.engine.schema import rule_schema
from checker.facts import Page, Placement, Region, Tier, Verdicts
from checker.model import Confidence, Finding, NotCheckedReason, Outcome, PageReport, ReviewReason, Severity
from checker.packs import built_in, tables

FOLDERS = {
    "aff": "rule",
    "prg": "rule",
    "lnk": "rule",
    "spn": "rule",
    "img": "rule",
    "aut": "rule",
    "wvr": "rule",
    "authorities": "authorities",
    "profiles": "profile",
    "texts": "texts",
}


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas.load(name))
    assert schemas.load(name)["title"].startswith("disclosure-checker")


def test_the_rule_schema_is_that_of_the_checks_now() -> None:
    assert schemas.load("rule") == json.loads(json.dumps(rule_schema())), "stale: run python -m checker.engine.schema"


@pytest.mark.parametrize(
    ("folder", "name", "table"),
    [(folder, name, table) for folder, name in FOLDERS.items() for table in tables(built_in(), folder)],
    ids=lambda value: value.path.stem if hasattr(value, "path") else None,
)
def test_the_built_in_files_are_right(folder: str, name: str, table: Any) -> None:
    assert schemas.validate(name, table.data) == []


def enums_in(schema: Any) -> list[list[str]]:
    if isinstance(schema, dict):
        own = [schema["enum"]] if isinstance(schema.get("enum"), list) else []
        return own + [enum for value in schema.values() for enum in enums_in(value)]
    return [enum for value in schema for enum in enums_in(value)] if isinstance(schema, list) else []


@pytest.mark.parametrize(
    ("name", "enum"),
    [
        ("facts", Region),
        ("facts", Tier),
        ("facts", Placement),
        ("facts", NotCheckedReason),
        ("report", Outcome),
        ("report", Severity),
        ("report", Confidence),
        ("report", ReviewReason),
        ("report", NotCheckedReason),
        ("report-line", ReviewReason),
        ("rule", ReviewReason),
    ],
)
def test_enumerations_are_those_of_the_model(name: str, enum: EnumType) -> None:
    values = [str(member) for member in list[Any](enum)]
    assert values in enums_in(schemas.load(name))


FACTS: dict[str, Any] = {
    "source": "a.html", "error": None, "language": "en", "page_type": "article", "title": None, "url": None, "published": None, "modified": None,
    "section": None, "links": [], "monetisers": [], "notices": [], "claims": [], "authors": [], "author_data": [], "authors_agree": None,
    "reviewers": [], "images": [], "shows_date": False, "directives": [],
    "variants": {"amp": False, "canonical": None, "amphtml": None, "previous": None, "next": None, "print": None},
    "verdicts": {"affiliate_notice": "not_needed", "author": "none", "image_credits": "no_content_images"}, "own_host": None, "encoding": "utf-8",
    "encoding_certain": True, "reader": "lxml", "cut": None, "words": 0, "sha256": None,
}  # fmt: skip


def test_facts_of_a_page_and_of_one_that_could_not_be_read() -> None:
    assert schemas.validate("facts", FACTS) == []
    unread = dict.fromkeys(FACTS) | {"source": "b.html", "error": {"reason": "empty", "detail": "the file is empty"}}
    assert schemas.validate("facts", unread) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"page_type": "artikel"},
            'page_type: "artikel" is not allowed here; allowed: article, review_or_guide, recipe, listing, product, forum_or_ugc, other; did',
        ),
        ({"links": None}, "links: should be a list, is null"),
        ({"words": -1}, "words: -1 is less than the minimum of 0"),
        ({"monetisers": [{"id": "x"}]}, 'monetisers[0]: "src" is missing'),
        ({"error": {"reason": "empty", "detail": None}}, "links: should be null, is []"),
    ],
)
def test_what_is_wrong_is_said_in_words(change: dict[str, Any], told: str) -> None:
    assert any(fault.startswith(told) for fault in schemas.validate("facts", FACTS | change))


PROFILE: dict[str, Any] = {"id": "house", "name": "House", "about": "x"}


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("errr", '"errr" is not allowed here; allowed: error, warning, info, off; did you mean "error"?'),
        (3, "should be one of error, warning, info, off or a table, is 3"),
        (True, "should be one of error, warning, info, off or a table, is true"),
        ({"severity": "errr"}, '"errr" is not allowed here; allowed: error, warning, info; did you mean "error"?'),
        (
            {"severty": "error", "severity": "error"},
            'unknown key "severty"; allowed: severity, options, verified, authorities; did you mean "severity"?',
        ),
        ({}, '"severity" is missing'),
    ],
)
def test_of_several_ways_to_write_a_value_the_one_that_was_meant_is_explained(held: object, told: str) -> None:
    (fault,) = schemas.faults("profile", PROFILE | {"rules": {"AFF001": held}})
    assert fault.path[:2] == ("rules", "AFF001")
    assert fault.text == told


def test_a_list_of_a_wrong_kind_is_told_at_its_element() -> None:
    rule = {"where": {"affiliate": ["certain", 0.5]}, "unless": {"affiliate": 0.5}}
    told = [str(fault) for fault in schemas.faults("rule", rule) if fault.path]
    assert "where.affiliate[1]: should be text or true or false or a whole number, is 0.5" in told
    assert "unless.affiliate: should be text or true or false or a whole number or a list, is 0.5" in told


def test_a_key_that_is_missing_is_named() -> None:
    without = {key: value for key, value in FACTS.items() if key != "verdicts"}
    assert schemas.validate("facts", without) == ['"verdicts" is missing']


def test_there_is_no_other_schema() -> None:
    kept = ["authorities", "baseline", "diff", "editor", "evidence", "facts", "profile", "report", "report-line", "rule", "settings", "texts"]
    assert schemas.names() == kept
    with pytest.raises(KeyError):
        schemas.load("../rule")


def test_a_report_of_the_program_is_right() -> None:
    """What the reports write is checked against the schema, field by field."""
    from checker.report.encode import dumps
    from checker.report.entries import finding_entry, page_entry

    page = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "no_content_images"))
    finding = Finding(
        "AFF001", "x", Outcome.VIOLATION, Severity.ERROR, Confidence.HIGH, "m", "w", "f", ("a",), (), "page", "v1:" + "0" * 64, "a.html", ("us",)
    )  # fmt: skip
    report = PageReport("a.html", "checked", "a.html", page=page, findings=(finding,), outcomes={"AFF001": Outcome.VIOLATION})
    for kind, entry in (("page", page_entry(report)), ("finding", finding_entry(finding, "a.html"))):
        assert schemas.validate("report-line", json.loads(dumps({"type": kind, **entry}))) == []
    wrong = finding_entry(finding, "a.html") | {"type": "finding", "outcome": "needs_review"}
    assert schemas.validate("report-line", json.loads(dumps(wrong))) == ["review: should be a table, is null"]
