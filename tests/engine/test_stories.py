"""Pages of one run as stories: twins in either order, parts that ask the first page, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from checker import engine
from checker.engine import Rules
from checker.engine.stories import Stories
from checker.facts import Spot, Tier
from checker.model import (
    Confidence,
    Evidence,
    Finding,
    Outcome,
    PageReport,
    Review,
    ReviewReason,
    Severity,
    Shows,
    Story,
    Waiver,
    WaiverEntry,
)

KEY, AMP = "https://tea.example/pots", "https://tea.example/amp/pots"
TOLD = Shows("shown", Tier.CERTAIN, 2, "amzn.to", "amazon", evidence=Evidence("notice", "notice-here", Spot(4, 0, "We earn", line=7, column=2)))
SILENT = Shows("none", Tier.CERTAIN, 1, "amzn.to", "amazon", evidence=Evidence("primary", "link-pays", Spot(9, None, "a pot", line=9, column=3)))


def page(role: str, shows: Shows | None, address: str | None = None, key: str = KEY, **more: object) -> PageReport:
    forms = {"main": (("amp", AMP),), "amp": (("main", key),), "copy": (("main", key),)}[role]
    at = address or {"main": key, "amp": AMP, "copy": f"{key}?x"}[role]
    story = Story(key, role, at, forms, shows)
    return replace(PageReport(at, "checked", key, profiles=("us",), story=story), **more)  # type: ignore[arg-type]


@pytest.fixture
def plan(rules: Rules) -> engine.Plan:
    return engine.plan(rules, facts=("static", "site"))


@pytest.fixture
def stories(plan: engine.Plan) -> Stories:
    return Stories(plan, lambda *_: plan)


def told(report: PageReport) -> list[tuple[str, str, str]]:
    return [(each.rule, each.outcome, each.anchor) for each in report.findings]


@pytest.mark.parametrize(
    ("main", "amp", "outcome", "anchor"),
    [
        (TOLD, SILENT, Outcome.VIOLATION, "amp"),
        (SILENT, TOLD, Outcome.VIOLATION, "main"),
        (TOLD, TOLD, Outcome.PASS, None),
        (SILENT, SILENT, Outcome.INAPPLICABLE, None),
        (TOLD, replace(SILENT, paid=None), Outcome.INAPPLICABLE, None),
        # A notice without links on the one, and none on the other with links, is the same fault.
        (replace(TOLD, paid=None), SILENT, Outcome.VIOLATION, "amp"),
        (TOLD, replace(SILENT, paid=Tier.LIKELY), Outcome.VIOLATION, "amp"),
        (TOLD, replace(SILENT, paid=Tier.POSSIBLE), Outcome.NEEDS_REVIEW, "amp"),
        (TOLD, replace(SILENT, notice="revealable"), Outcome.NEEDS_REVIEW, "amp"),
        (TOLD, replace(SILENT, doubt=ReviewReason.PARTLY_READ), Outcome.NEEDS_REVIEW, "amp"),
        (TOLD, replace(SILENT, doubt=ReviewReason.UNKNOWN_LANGUAGE), Outcome.NEEDS_REVIEW, "amp"),
    ],
)
def test_what_is_found_does_not_depend_on_which_comes_first(plan: engine.Plan, main: Shows, amp: Shows, outcome: Outcome, anchor: str | None) -> None:
    found = []
    for order in permutations((page("main", main), page("amp", amp))):
        stories = Stories(plan, lambda *_: plan)
        first, second = map(stories.apply, order)
        assert first.findings == ()
        assert "AFF024" not in first.outcomes
        assert second.outcomes == {"AFF024": outcome}
        assert (stories.compared, stories.waiting) == (1, 0)
        assert second.story is not None
        assert second.story.compared == (order[0].story.address,) if order[0].story else ()
        found.append([(each.anchor, each.fingerprint, each.page_key, each.message, each.outcome) for each in second.findings])
    assert found[0] == found[1]
    assert [each[0] for each in found[0]] == ([anchor] if anchor else [])
    for each in found[0]:
        assert each[2] == KEY
        assert KEY in each[3]
        assert AMP in each[3]


def test_a_finding_points_to_its_own_page(stories: Stories) -> None:
    stories.apply(page("main", TOLD))
    (finding,) = stories.apply(page("amp", SILENT)).findings
    assert finding.primary == SILENT.evidence.spot if SILENT.evidence else None
    (other,) = stories.apply(page("main", TOLD)).findings
    assert other.primary == TOLD.evidence.spot if TOLD.evidence else None
    assert other.fingerprint == finding.fingerprint


def test_a_twin_that_is_not_read_is_counted_and_passes_nothing(stories: Stories) -> None:
    assert stories.apply(page("main", TOLD)).outcomes == {}
    assert stories.apply(page("amp", SILENT, f"{AMP}-2", key=f"{KEY}-2")).outcomes == {}
    assert (stories.compared, stories.waiting) == (0, 2)
    # A page that was not checked is nobody's twin.
    assert stories.apply(replace(page("amp", SILENT), status="not_checked")).findings == ()
    assert (stories.compared, stories.waiting) == (0, 2)


def test_nobody_else_speaks_for_a_page(plan: engine.Plan) -> None:
    foreign = page("amp", SILENT, "https://elsewhere.example/amp/pots")
    for order in permutations((page("main", TOLD), foreign)):
        stories = Stories(plan, lambda *_: plan)
        assert [stories.apply(each).findings for each in order] == [(), ()]
        assert stories.compared == 0


def test_a_copy_is_a_twin_where_the_main_page_says_so(plan: engine.Plan) -> None:
    for order in permutations((page("main", TOLD), page("copy", SILENT, AMP))):
        stories = Stories(plan, lambda *_: plan)
        reports = [stories.apply(each) for each in order]
        assert told(reports[1]) == [("AFF024", Outcome.VIOLATION, "amp")]
        assert told(reports[0]) == []
    stories = Stories(plan, lambda *_: plan)
    assert [told(stories.apply(each)) for each in (page("main", TOLD), page("copy", SILENT))] == [[], []]


def test_a_twin_without_a_canonical_address_is_known_by_its_own(plan: engine.Plan) -> None:
    alone = page("amp", SILENT)
    assert alone.story is not None
    alone = replace(alone, page_key=AMP, story=replace(alone.story, key=AMP, forms=()))
    for order in permutations((page("main", TOLD), alone)):
        stories = Stories(plan, lambda *_: plan)
        found = [stories.apply(each) for each in order][1].findings
        assert [each.page_key for each in found] == [KEY]
        assert (stories.compared, stories.waiting) == (1, 0)


def test_the_rules_of_the_page_that_lacks_something_hold(rules: Rules, plan: engine.Plan) -> None:
    other = engine.plan(rules, ignore=["AFF024"], facts=("static", "site"))
    for order in permutations((page("main", TOLD), page("amp", SILENT))):
        stories = Stories(plan, lambda _, path, __: other if path == AMP else plan)
        assert [stories.apply(each).outcomes for each in order] == [{}, {}]


def test_pages_that_name_one_twin_share_it_only_with_its_own(plan: engine.Plan) -> None:
    """A template that names the twin of another story must not lead to a finding about that."""
    stories = Stories(plan, lambda *_: plan)
    for each in (page("main", SILENT, key=f"{KEY}-2"), page("main", TOLD), page("main", SILENT, key=f"{KEY}-3")):
        stories.apply(each)
    (finding,) = stories.apply(page("amp", SILENT)).findings
    assert (finding.page_key, finding.values["showing"]) == (KEY, KEY)
    assert (stories.compared, stories.waiting) == (1, 2)


def test_without_the_rule_nothing_is_compared(rules: Rules) -> None:
    plan = engine.plan(rules, ignore=["AFF024"], facts=("static", "site"))
    stories = Stories(plan, lambda *_: plan)
    for each in (page("main", TOLD), page("amp", SILENT)):
        assert stories.apply(each) is each
    assert (stories.compared, stories.waiting) == (0, 0)


def test_a_directive_of_either_page_waives(plan: engine.Plan) -> None:
    waiver = Waiver("inline", "the desk knows", where="amp.html:3")
    silent = replace(SILENT, waived=(("AFF024", waiver),))
    entry = WaiverEntry(waiver, ("AFF024",), "ignore-file", "idle")
    for order in permutations((page("main", TOLD), page("amp", silent, waivers=(entry,)))):
        stories = Stories(plan, lambda *_: plan)
        reports = [stories.apply(each) for each in order]
        assert [(each.state, each.waiver) for each in reports[1].findings] == [("suppressed", waiver)]
        told_of = [each for report in reports for each in report.waivers]
        assert [(each.status, each.findings) for each in told_of] == ([("used", 1)] if order[1].waivers else [("idle", 0)])


def test_the_oldest_are_forgotten(plan: engine.Plan) -> None:
    stories = Stories(plan, lambda *_: plan, most=4)
    for n in range(40):
        stories.apply(page("main", TOLD, key=f"{KEY}-{n}"))
    assert len(stories._known) == 4
    assert stories.apply(page("amp", SILENT, key=f"{KEY}-0")).findings == ()
    assert stories.waiting == 41


# Parts.


def part(number: int, outcome: Outcome, *, previous: str | None = None, canonical: str | None = None) -> PageReport:
    address = KEY if number == 1 else f"{KEY}/{number}"
    forms = (("next", f"{KEY}/2"),) if number == 1 else (("previous", previous or (KEY if number == 2 else f"{KEY}/{number - 1}")),)
    story = Story(canonical or (KEY if number == 1 else forms[0][1]), "main" if number == 1 else "part", address, forms)
    fires = outcome in (Outcome.VIOLATION, Outcome.NEEDS_REVIEW)
    review = Review(ReviewReason.CONTINUES_ANOTHER, "Is the author named?") if outcome is Outcome.NEEDS_REVIEW else None
    finding = Finding(
        "AUT501",
        "article-without-author",
        outcome,
        Severity.WARNING,
        Confidence.MEDIUM,
        "m",
        "w",
        "f",
        (),
        (),
        "page",
        "v1:0",
        address,
        ("us",),
        review,
    )
    return PageReport(address, "checked", address, findings=(finding,) if fires else (), outcomes={"AUT501": outcome}, story=story)


def test_a_part_is_answered_by_the_first_page(stories: Stories) -> None:
    stories.apply(part(1, Outcome.PASS))
    for number in (2, 3, 4):
        report = stories.apply(part(number, Outcome.NEEDS_REVIEW))
        assert (report.findings, report.outcomes) == ((), {"AUT501": Outcome.PASS})
        assert report.story is not None
        assert report.story.key == KEY


def test_a_first_page_without_an_author_answers_nothing(stories: Stories) -> None:
    stories.apply(part(1, Outcome.VIOLATION))
    report = stories.apply(part(2, Outcome.NEEDS_REVIEW))
    assert report.outcomes == {"AUT501": Outcome.NEEDS_REVIEW}
    assert len(report.findings) == 1


def test_a_part_whose_first_page_was_not_read_stays_a_question(stories: Stories) -> None:
    second = part(2, Outcome.NEEDS_REVIEW)
    assert stories.apply(second) is second


def test_only_what_asks_for_the_first_page_is_answered(stories: Stories) -> None:
    stories.apply(part(1, Outcome.PASS))
    report = stories.apply(part(2, Outcome.VIOLATION))
    assert report.outcomes == {"AUT501": Outcome.VIOLATION}
    waived = part(2, Outcome.NEEDS_REVIEW)
    waived = replace(waived, findings=(replace(waived.findings[0], state="suppressed"),))
    assert stories.apply(waived).findings == waived.findings


def test_other_pages_are_left_alone(stories: Stories) -> None:
    alone = PageReport("a.html", "checked", "a.html")
    assert stories.apply(alone) is alone
