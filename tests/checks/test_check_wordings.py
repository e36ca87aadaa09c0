"""The checks of wordings and places, on passages written out here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import Label, by_name
from checker.checks.base import Verdict
from checker.facts import Notice, Page, Passage, Placement, Region, Spot, Verdicts
from checker.model import Outcome, ReviewReason

SAID = "We earn money when you buy - it's free for you."
PAGE = Page(
    "a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "no_content_images"), headline=Spot(1)
)
ROLES = {
    "H": ("headline", Region.TITLE_AREA),
    "S": ("standfirst", Region.TITLE_AREA),
    "b": ("other", Region.TITLE_AREA),
    "T": ("text", Region.ARTICLE),
    "E": ("other", Region.ARTICLE_END),
    "F": ("other", Region.PAGE_FOOTER),
    "A": ("other", Region.SIDEBAR),
}


def page_of(shape: str, sentence: str = SAID, at: str = "n") -> Page:
    """A page of passages by their letters; `n`, `m`, `e` and `f` hold the sentence: among the text, above the headline, at the end, in the footer."""
    own = {"n": ("text", Region.ARTICLE), "m": ("other", Region.PAGE_HEADER), "e": ("text", Region.ARTICLE_END), "f": ("other", Region.PAGE_FOOTER)}
    passages = []
    for number, letter in enumerate(shape):
        role, region = ROLES.get(letter) or own[letter]
        text = sentence if letter in own else f"What stands in passage number {number} of this page is something else."
        passages.append(Passage(Spot(number + 1), text, role, region, number * 100))
    return replace(PAGE, passages=tuple(passages))


def ask(page: Page, **options: Any) -> Verdict:
    return by_name()["has-wording"](page, page, {"sentences": (SAID,), **options})


@pytest.mark.parametrize(
    ("sentence", "free", "there"),
    [
        (SAID, (), True),
        (f"Note: {SAID} Thank you.", (), True),
        (SAID.replace(" ", "\u00a0"), (), False),
        (SAID.replace(" ", "\u00a0 "), ("spaces",), True),
        (SAID.replace("'", "’").replace("-", "–"), (), False),
        (SAID.replace("'", "’").replace("-", "–"), ("quotes",), True),
        (SAID.replace("'", "’"), ("spaces", "case"), False),
        (SAID.upper(), ("case",), True),
        (SAID.upper(), ("quotes",), False),
        (SAID.replace("money", "some money"), ("quotes", "spaces", "case"), False),
        ("S" + SAID, (), False),
    ],
)
def test_only_what_is_left_free_may_differ(sentence: str, free: tuple[str, ...], there: bool) -> None:
    assert (ask(page_of("HnT", sentence), free=free).outcome is Outcome.PASS) is there


def test_a_sentence_may_be_written_over_several_lines_in_the_rule() -> None:
    assert ask(page_of("HnT"), sentences=(SAID.replace(" ", "\n   "),)).outcome is Outcome.PASS
    assert ask(page_of("HnT"), sentences=("Another.", SAID)).values["wording"] == SAID


def test_what_comes_nearest_is_shown_with_what_differs() -> None:
    verdict = ask(page_of("HTn", SAID.replace("money", "some money")), sentences=("Quite another sentence.", SAID))
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.evidence[0].label is Label.WORDING_NEAR
    assert verdict.evidence[0].spot == Spot(3)
    assert verdict.values["wording"] == SAID
    assert (verdict.values["lacks"], verdict.values["surplus"], verdict.values["fault"]) == (None, "some", Label.WORDING_ALTERED)


def test_nothing_near_it_points_to_where_it_belongs() -> None:
    verdict = ask(page_of("HSTT"), places=("under_standfirst",))
    assert verdict.outcome is Outcome.VIOLATION
    assert (verdict.evidence[0].label, verdict.evidence[0].spot) == (Label.WORDING_BELONGS, Spot(2))
    assert verdict.values["fault"] is Label.SENTENCE_ABSENT


def test_a_hidden_sentence_is_not_there_for_readers() -> None:
    page = page_of("HnT")
    hidden = replace(page, passages=tuple(replace(each, hidden_by="style") if each.text == SAID else each for each in page.passages))
    verdict = ask(hidden)
    assert verdict.outcome is Outcome.VIOLATION
    assert (verdict.values["fault"], verdict.values["how"]) == (Label.SENTENCE_UNSEEN, Label.HIDDEN_STYLE)


@pytest.mark.parametrize(
    ("shape", "place", "stands"),
    [
        ("HnST", "under_headline", True),
        ("HbnST", "under_headline", True),
        ("HSnT", "under_headline", False),
        ("HTnT", "under_headline", False),
        ("nHST", "under_headline", False),
        ("HSnT", "under_standfirst", True),
        ("HSbnT", "under_standfirst", True),
        ("HnST", "under_standfirst", False),
        ("HSTnT", "under_standfirst", False),
        ("HnTT", "under_standfirst", True),
        ("HTnT", "under_standfirst", None),
        ("HTTnT", "under_standfirst", False),
        ("HSnT", "before_text", True),
        ("HnST", "before_text", True),
        ("HTn", "before_text", False),
        ("mHT", "before_text", False),
        ("HTTn", "end", True),
        ("HTTe", "end", True),
        ("HTTnEF", "end", True),
        ("HTnT", "end", False),
        ("HTTf", "end", False),
        ("HTTf", "footer", True),
        ("HTTe", "footer", False),
        ("nTT", "before_text", True),
    ],
)
def test_places(shape: str, place: str, stands: bool | None) -> None:
    verdict = ask(page_of(shape), places=(place,))
    wanted = {True: Outcome.PASS, False: Outcome.VIOLATION, None: Outcome.NEEDS_REVIEW}[stands]
    assert verdict.outcome is wanted
    assert (verdict.reason is ReviewReason.UNCERTAIN_CONTENT) is (stands is None)
    if stands is False:
        assert verdict.evidence[0].label is Label.WORDING_ASIDE
        assert verdict.values["fault"] is Label.WORDING_ELSEWHERE


def test_one_of_several_places_and_one_of_several_copies_is_enough() -> None:
    assert ask(page_of("HTTf"), places=("under_headline", "footer")).outcome is Outcome.PASS
    assert ask(page_of("HTnTf"), places=("footer",)).outcome is Outcome.PASS


def test_a_sentence_late_in_a_paragraph_comes_behind_what_stands_before_it() -> None:
    late = f"This paragraph begins with something else that is long enough to be read. {SAID}"
    assert ask(page_of("HSnT", late), places=("before_text",)).outcome is Outcome.VIOLATION
    assert ask(page_of("HSnT", f"Advertising: {SAID}"), places=("before_text",)).outcome is Outcome.PASS


def notice_on(page: Page, **change: Any) -> Verdict:
    index = next(at for at, passage in enumerate(page.passages) if passage.text == SAID)
    notice = Notice(
        Spot(index + 1, 0), SAID, "affiliate", "clear", Placement.NO_LINK, Region.ARTICLE, hidden=False, language="en", signals=("pays",),
        place=page.passages[index].place,
    )  # fmt: skip
    page = replace(page, notices=(replace(notice, **change),))
    return by_name()["notice-stands"](page, page, {"places": ("under_standfirst",)})


def test_a_notice_in_its_place_whatever_its_words() -> None:
    assert notice_on(page_of("HSnT")).outcome is Outcome.PASS
    assert notice_on(page_of("HSTnT")).outcome is Outcome.VIOLATION
    assert notice_on(page_of("HTnT")).outcome is Outcome.NEEDS_REVIEW
    assert notice_on(page_of("HSnT"), hidden=True, hidden_by="style").outcome is Outcome.VIOLATION
    assert notice_on(page_of("HSnT"), clarity="weak").outcome is Outcome.VIOLATION
    assert notice_on(page_of("HSnT"), kind="sponsored").outcome is Outcome.VIOLATION


def test_a_page_without_text_has_no_sentence() -> None:
    assert ask(PAGE, places=("footer",)).outcome is Outcome.VIOLATION
