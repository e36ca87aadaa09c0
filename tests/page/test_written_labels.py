"""Labels that a style sheet writes beside links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.checks import by_name
from checker.facts import Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.lexicon import Lexicon
from checker.model import Outcome
from checker.page.seen import seen
from checker.page.written_labels import LabelOf, label_reader
from checker.sight import Box, Drawn, Sight, Unseen, View

LINK = Link(Spot(20), "https://shop.example/a?tag=a", Tier.CERTAIN, "shop", "its tag", Region.ARTICLE, text="the kettle")
OTHER = replace(LINK, spot=Spot(22), href="https://shop.example/b?tag=a", text="the cup")
KEY = Notice(
    Spot(5, 0),
    "Links with * are paid.",
    "affiliate",
    "clear",
    Placement.BEFORE,
    Region.ARTICLE,
    hidden=False,
    language="en",
    signals=("symbol", "pays"),
)


@pytest.fixture
def label_of(lexicon: Lexicon) -> LabelOf:
    return label_reader(lexicon.notices, lexicon.markup, "en")


def drawn_with(label_of: LabelOf, *texts: tuple[str, str], notices: tuple[Notice, ...] = (), unseen: Unseen | None = None) -> Page:
    links = (LINK, OTHER)[: len(texts)]
    page = Page("a.html", None, "en", "article", None, None, None, links, (), notices, (), (), Verdicts("missing", "none", "no_content_images"))
    sights = tuple(Sight(unseen, boxes=(Box(0, 100.0 * number, 50, 20),), before=before, after=after) for number, (before, after) in enumerate(texts))
    view = View(390, 844, links=sights, notices=tuple(Sight(boxes=(Box(0, -50, 50, 20),)) for _ in notices))
    return seen(page, view, Drawn("Chromium", (view,)), label_of)


@pytest.mark.parametrize("text", ["Ad", "(paid link)", " Ad ", "Advertisement"])
@pytest.mark.parametrize("behind", [False, True])
def test_a_label_covers_its_link(label_of: LabelOf, text: str, behind: bool) -> None:
    page = drawn_with(label_of, ("", text) if behind else (text, ""))
    (label,) = page.notices
    assert (label.covers, label.placement, label.hidden, label.clarity) == ((LINK.href,), Placement.BEFORE, False, "clear")
    assert by_name()["link-has-label"](page.links[0], page, {}).outcome is Outcome.PASS


@pytest.mark.parametrize("text", ["", "new!", "→", "\u201c", "Read more about this at the shop of the makers of the kettle"])
def test_other_texts_are_no_labels(label_of: LabelOf, text: str) -> None:
    page = drawn_with(label_of, ("", text))
    assert page.notices == ()
    assert by_name()["link-has-label"](page.links[0], page, {}).outcome is Outcome.VIOLATION


def test_what_readers_do_not_see_is_no_label(label_of: LabelOf) -> None:
    assert drawn_with(label_of, ("", "Ad"), unseen=Unseen.DISPLAY).notices == ()


def test_labels_that_leave_links_unmarked_are_no_plain_notice(label_of: LabelOf) -> None:
    (label,) = drawn_with(label_of, ("", "Ad"), ("", "")).notices
    assert (label.covers, label.clarity) == ((LINK.href,), "weak")
    (label,) = drawn_with(label_of, ("", "Ad"), ("", "Ad")).notices
    assert (label.covers, label.clarity) == ((LINK.href, OTHER.href), "clear")


def test_a_sign_without_a_key_is_a_sign_alone(label_of: LabelOf) -> None:
    page = drawn_with(label_of, ("", "*"))
    assert [(each.signals, each.clarity, each.text) for each in page.notices] == [(("symbol",), "weak", "the kettle *")]
    assert page.links[0].sign == "*"


def test_with_a_key_the_key_is_the_notice(label_of: LabelOf) -> None:
    page = drawn_with(label_of, ("", "*"), notices=(KEY,))
    assert [each.text for each in page.notices] == [KEY.text]
    assert by_name()["link-has-label"](page.links[0], page, {}).outcome is Outcome.PASS


def test_a_link_that_only_may_pay_gets_no_notice(label_of: LabelOf) -> None:
    view = View(390, 844, links=(Sight(boxes=(Box(0, 0, 50, 20),), after="Ad"),))
    page = drawn_with(label_of, ("", ""))
    possible = replace(page, links=(replace(LINK, affiliate=Tier.POSSIBLE),))
    assert seen(possible, view, Drawn("Chromium", (view,)), label_of).notices == ()
