"""The check of a publisher's own ids in the addresses of its links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import by_name
from checker.checks.base import Verdict
from checker.facts import Link, Page, Region, Spot, Tier, Verdicts
from checker.model import Outcome, ReviewReason

LINK = Link(Spot(9), "https://www.amazon.com/dp/B1?tag=x-20", Tier.CERTAIN, "amazon", "tag", Region.ARTICLE, host="www.amazon.com")
PAGE = Page("a.html", None, "en", "article", None, None, None, (LINK,), (), (), (), (), Verdicts("missing", "none", "no_content_images"))


def ask(href: str, target: str | None = None, **options: Any) -> Verdict:
    chosen = {"ids": ("mysite-20", "mysite-21"), "parameters": ("tag",), **options}
    return by_name()["carries-own-id"](replace(LINK, href=href, target=target), PAGE, chosen)


@pytest.mark.parametrize(
    ("href", "outcome"),
    [
        ("https://www.amazon.com/dp/B1?tag=mysite-20", Outcome.PASS),
        ("https://www.amazon.com/dp/B1?th=1&amp;TAG=mysite-21#top", Outcome.PASS),
        ("https://www.amazon.com/dp/B1?tag=other-20", Outcome.VIOLATION),
        ("https://www.amazon.com/dp/B1?tag=mysite-2", Outcome.VIOLATION),
        ("https://www.amazon.com/dp/B1?tag=MySite-20", Outcome.VIOLATION),
        ("https://www.amazon.com/dp/B1?tag=other-20&tag=mysite-20", Outcome.VIOLATION),
        ("https://www.amazon.com/dp/B1?tag=&th=1", Outcome.NEEDS_REVIEW),
        ("https://www.amazon.com/dp/B1?linkCode=ll1", Outcome.NEEDS_REVIEW),
        ("https://amzn.to/3AbCdEf", Outcome.NEEDS_REVIEW),
        ("https://www.amazon.com/exec/obidos/ASIN/0000000000/mysite-20/", Outcome.PASS),
        ("https://www.amazon.com/exec/obidos/ASIN/0000000000/notmysite-20/", Outcome.NEEDS_REVIEW),
        ("https://go.network.example/?to=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB1%3Ftag%3Dmysite-20", Outcome.PASS),
        ("https://go.network.example/?to=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB1%3Ftag%3Dother-20", Outcome.VIOLATION),
        ("https://[broken", Outcome.NEEDS_REVIEW),
        ("/go/kettle", Outcome.NEEDS_REVIEW),
        ("https://x.example/?" + "a=1&" * 5000, Outcome.NEEDS_REVIEW),
    ],
)
def test_an_id_in_an_address(href: str, outcome: Outcome) -> None:
    verdict = ask(href)
    assert verdict.outcome is outcome
    assert (verdict.reason is ReviewReason.LINKED_ELSEWHERE) is (outcome is Outcome.NEEDS_REVIEW)


def test_the_message_names_what_is_there_and_what_should_be() -> None:
    values = ask("https://www.amazon.com/dp/B1?tag=other-20").values
    assert (values["host"], values["parameter"], values["id"], values["wanted"]) == ("www.amazon.com", "tag", "other-20", "mysite-20 / mysite-21")
    assert ask("https://amzn.to/3AbCdEf").values["id"] is None


def test_where_the_link_ends_counts_too() -> None:
    assert ask("/go/kettle", target="https://www.amazon.com/dp/B1?tag=mysite-20").outcome is Outcome.PASS
    assert ask("/go/kettle", target="https://www.amazon.com/dp/B1?tag=other-20").outcome is Outcome.VIOLATION


def test_without_a_parameter_the_id_stands_anywhere() -> None:
    assert ask("https://click.example/c/4711/99/shop", parameters=(), ids=("4711",)).outcome is Outcome.PASS
    assert ask("https://click.example/c/47110/99/shop", parameters=(), ids=("4711",)).outcome is Outcome.NEEDS_REVIEW


def test_other_networks_are_not_asked() -> None:
    assert ask("https://www.amazon.com/dp/B1?tag=other-20", networks=("awin",)).outcome is Outcome.PASS
    assert ask("https://www.amazon.com/dp/B1?tag=other-20", networks=("awin", "amazon")).outcome is Outcome.VIOLATION
