"""How examples are run: what counts as a failed one. The built-in rules' own examples are run in tests/test_rule_examples.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.engine import Example, Rules
from checker.engine.examples import all_examples, try_example
from checker.facts import Link, Page, Region, Spot, Tier, Verdicts
from checker.model import Outcome, Source

LINK = Link(Spot(9), "https://amzn.to/x", Tier.CERTAIN, "amazon", "host", Region.ARTICLE)
PAGE = Page("a", None, "en", "article", None, None, None, (LINK,), (), (), (), (), Verdicts("missing", "none", "no_content_images"))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"findings": 1}, None),
        ({"findings": 2}, "expected 2 findings, got 1"),
        ({"expect": Outcome.PASS}, "expected pass, got violation: "),
        ({"reason": "possible_links"}, "expected the reason possible_links, got none"),
    ],
)
def test_an_example_fails_where_the_rule_says_something_else(rules: Rules, changes: dict[str, object], fault: str | None) -> None:
    rule = rules.rules["LNK201"]
    example = replace(Example("a link", Outcome.VIOLATION, "<p>"), **changes)  # type: ignore[arg-type]
    tried = try_example(rule, example, rules, lambda _: PAGE)
    assert tried.id == "LNK201::a link"
    assert tried.fault is None if fault is None else (tried.fault or "").startswith(fault)


def test_the_reader_is_given_the_page_of_the_example(rules: Rules) -> None:
    seen: list[Source] = []

    def read(source: Source) -> Page:
        seen.append(source)
        return PAGE

    try_example(rules.rules["LNK201"], Example("é", Outcome.VIOLATION, "\n<p>é", url="https://a.example/"), rules, read)
    assert [(source.body, source.url, source.charset) for source in seen] == [("<p>é".encode(), "https://a.example/", "utf-8")]


def test_rules_that_cannot_be_judged_yet_are_left_out(rules: Rules) -> None:
    waiting = replace(rules, rules={"LNK201": replace(rules.rules["LNK201"], needs="site")})
    assert list(all_examples(waiting)) == []
