"""The waivers of the settings: which findings they hold back, until when, and what is known of those that hold back none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checker import engine
from checker.engine import Plan, Rules
from checker.engine.waive import Terms, Waive, Waivers
from checker.facts import Page, Spot, Verdicts
from checker.model import About, Confidence, Finding, NotCheckedReason, Outcome, PageReport, Severity
from checker.scopes import Scope
from tests.pace import in_proportion

TODAY = date(2026, 3, 31)
PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "all"))
RULES = ("AFF001", "IMG401", "IMG405", "LNK201")


@pytest.fixture(scope="session")
def plan(rules: Rules) -> Plan:
    return engine.plan(rules)


@pytest.fixture
def make(rules: Rules, plan: Plan) -> Any:
    def waivers(*waives: Waive, mandatory: tuple[str, ...] = (), reason_needed: bool = True, **how: Any) -> Waivers:
        terms = Terms.of(rules, mandatory, reason_needed=reason_needed)
        values: dict[str, Any] = {"today": TODAY, "whole": True, "source": "disclosure-checker.toml", "path_of": lambda name: name}
        values |= how
        return Waivers(waives, plan, terms, **(values | {"whole": lambda _: values["whole"]}))

    return waivers


def waive(*rules: str, at: str | None = None, **more: Any) -> Waive:
    values: dict[str, Any] = {"reason": "known", "where": "disclosure-checker.toml:7"}
    return Waive(Scope.of([at] if at else []), rules or ("IMG401",), **(values | more))


def finding(rule: str = "IMG401", key: str = "a.html", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": rule, "name": "x", "outcome": Outcome.VIOLATION, "severity": Severity.WARNING, "confidence": Confidence.HIGH, "message": "m",
        "why": "w", "fix": "f", "authorities": (), "evidence": (), "anchor": "page", "fingerprint": "v1:1", "page_key": key, "profiles": ("us",),
    }  # fmt: skip
    return Finding(**(values | changes))


def page(*findings: Finding, source: str = "a.html", url: str | None = None, rules: tuple[str, ...] = RULES, **changes: Any) -> PageReport:
    about = replace(About.of(PAGE), url=url)
    outcomes = dict.fromkeys(rules, Outcome.PASS) | {each.rule: each.outcome for each in findings}
    return replace(PageReport(source, "checked", url or source, about=about, address=url, findings=findings, outcomes=outcomes), **changes)


def unread(source: str = "a.html") -> PageReport:
    return PageReport(source, "not_checked", source, NotCheckedReason.EMPTY, "it is empty")


def statuses(waivers: Waivers) -> list[tuple[str, tuple[str, ...], int]]:
    return [(entry.status, entry.rules, entry.findings) for entry in waivers.entries()]


def told(waivers: Waivers) -> list[str]:
    report = waivers.report()
    return [each.rule for each in report.findings] if report else []


def test_a_finding_is_waived_with_all_that_is_said_of_it(make: Any) -> None:
    waivers = make(waive(owner="picture desk", expires_on=date(2026, 12, 31)))
    (found,) = waivers.apply(page(finding())).findings
    assert found.state == "suppressed"
    assert found.waiver is not None
    assert (found.waiver.kind, found.waiver.reason, found.waiver.owner) == ("settings", "known", "picture desk")
    assert (found.waiver.expires_on, found.waiver.where) == ("2026-12-31", "disclosure-checker.toml:7")
    assert statuses(waivers) == [("used", ("IMG401",), 1)]
    assert waivers.report() is None


@pytest.mark.parametrize(
    ("at", "source", "url", "held"),
    [
        (None, "any/where.html", None, True),
        ("posts/**", "posts/a/b.html", None, True),
        ("posts/", "posts/a/b.html", None, True),
        ("posts/**", "pages/a.html", None, False),
        ("a.html", "a.html", None, True),
        ("./a.html", "a.html", None, True),
        ("a.html", "b/a.html", None, False),
        ("https://tea.example/*", "a.html", "https://tea.example/kettle", True),
        ("https://tea.example/*", "a.html", None, False),
        ("*://tea.example/**", "a.html", "http://tea.example/a/b?x=1", True),
        ("https://tea.example/kettle", "a.html", "https://tea.example/kettle?utm_source=x#top", True),
        ("https://tea.example/kettle", "a.html", "https://tea.example/kettles", False),
    ],
)
def test_the_scope_is_a_path_or_an_address(at: str | None, source: str, url: str | None, held: bool, make: Any) -> None:
    (found,) = make(waive(at=at)).apply(page(finding(), source=source, url=url)).findings
    assert (found.state == "suppressed") is held


def test_what_a_page_claims_to_be_is_no_name(make: Any) -> None:
    report = replace(page(finding(), url="https://other.example/new"), page_key="https://tea.example/kettle")
    report = replace(report, about=replace(About.of(PAGE), url="https://tea.example/kettle"))
    assert make(waive(at="https://tea.example/kettle")).apply(report).findings[0].state == "new"


def test_paths_begin_where_the_settings_lie(make: Any) -> None:
    waivers = make(waive(at="posts/*"), path_of=lambda name: name.removeprefix("../site/") if name.startswith("../site/") else None)
    assert waivers.apply(page(finding(), source="../site/posts/a.html")).findings[0].state == "suppressed"
    assert waivers.apply(page(finding(), source="-")).findings[0].state == "new"


@pytest.mark.parametrize(
    ("pattern", "rule", "held"),
    [("IMG401", "IMG401", True), ("img401", "IMG401", True), ("IMG", "IMG405", True), ("IMG40?", "IMG405", True), ("AFF*", "IMG401", False)],
)
def test_rules_by_id_family_and_glob(pattern: str, rule: str, held: bool, make: Any) -> None:
    (found,) = make(waive(pattern)).apply(page(finding(rule))).findings
    assert (found.state == "suppressed") is held


def test_a_fingerprint_means_one_finding(make: Any) -> None:
    waivers = make(waive(fingerprint="v1:2"))
    report = waivers.apply(page(finding(), finding(fingerprint="v1:2")))
    assert [each.state for each in report.findings] == ["new", "suppressed"]
    assert waivers.entries()[0].target == "every page, v1:2"


def test_what_is_waived_already_stays_as_it_is(make: Any) -> None:
    before = finding(state="suppressed")
    waivers = make(waive())
    assert waivers.apply(page(before)).findings == (before,)
    assert statuses(waivers) == [("unused", ("IMG401",), 0)]


def test_one_that_names_the_page_comes_before_one_that_does_not(make: Any) -> None:
    waivers = make(waive(), waive(at="a.html"))
    waivers.apply(page(finding()))
    waivers.apply(page(finding(), source="b.html"))
    assert statuses(waivers) == [("used", ("IMG401",), 1), ("used", ("IMG401",), 1)]


@pytest.mark.parametrize(("last", "state", "ids"), [(date(2026, 3, 31), "suppressed", []), (date(2026, 3, 30), "new", ["WVR603"])])
def test_it_holds_on_its_last_day(last: date, state: str, ids: list[str], make: Any) -> None:
    waivers = make(waive(expires_on=last))
    assert waivers.apply(page(finding())).findings[0].state == state
    assert told(waivers) == ids


def test_an_expired_one_is_told_with_its_line(make: Any) -> None:
    waivers = make(waive("IMG401", "AFF", at="posts/*", expires_on=date(2025, 1, 1)))
    report = waivers.report()
    assert report is not None
    assert (report.status, report.source, report.page_key) == ("settings", "disclosure-checker.toml", "disclosure-checker.toml")
    (found,) = report.findings
    assert found.message == "This waiver of IMG401, AFF expired on 2025-01-01, and waives nothing any more."
    assert found.primary is not None
    assert (found.primary.line, found.primary.column) == (7, 1)


def test_mandatory_rules_are_left_out_of_a_glob_and_refused_by_name(make: Any) -> None:
    waivers = make(waive("AFF*", "AFF001"), waive("AFF001", "WVR602"), mandatory=("AFF001",))
    report = waivers.apply(page(finding("AFF001"), finding("AFF002")))
    assert [each.state for each in report.findings] == ["new", "suppressed"]
    assert statuses(waivers) == [("used", ("AFF*",), 1), ("refused", ("AFF001",), 0), ("refused", ("AFF001",), 0), ("refused", ("WVR602",), 0)]
    # Two waivers, two findings: the second names one rule that is mandatory and one that is ours.
    assert told(waivers) == ["WVR605", "WVR605"]


def test_a_family_that_is_mandatory_as_a_whole_is_refused(make: Any) -> None:
    waivers = make(waive("AFF"), mandatory=("AFF",))
    assert waivers.apply(page(finding("AFF002"))).findings[0].state == "new"
    assert statuses(waivers) == [("refused", ("AFF",), 0)]


def test_a_rule_that_does_not_exist_is_malformed(make: Any) -> None:
    waivers = make(waive("IMG4O1", "IMG405"))
    waivers.apply(page())
    assert statuses(waivers) == [("malformed", ("IMG4O1",), 0), ("unused", ("IMG405",), 0)]
    assert waivers.entries()[0].detail is not None
    assert waivers.entries()[0].detail.endswith('"IMG4O1" → "IMG401"')


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_reason_is_needed_unless_the_settings_say_otherwise(reason: str | None, make: Any) -> None:
    strict = make(waive(reason=reason))
    assert strict.apply(page(finding())).findings[0].state == "new"
    assert told(strict) == ["WVR601"]
    assert make(waive(reason=reason), reason_needed=False).apply(page(finding())).findings[0].state == "suppressed"


# Unused, or unknown ------------------------------------------------------------------------------------------------------------------------


def status(waivers: Waivers, *reports: PageReport) -> str:
    for report in reports:
        waivers.apply(report)
    (entry,) = waivers.entries()
    return entry.status


def test_unused_is_told_where_the_whole_was_read(make: Any) -> None:
    waivers = make(waive(at="posts/**"))
    assert status(waivers, page(source="posts/a.html"), page(source="b.html")) == "unused"
    assert told(waivers) == ["WVR602"]


def test_in_a_part_of_it_nobody_knows(make: Any) -> None:
    waivers = make(waive(at="posts/**"), whole=False)
    assert status(waivers, page(source="posts/a.html")) == "idle"
    assert told(waivers) == []


def test_one_that_names_its_page_is_known_by_that_page(make: Any) -> None:
    assert status(make(waive(at="a.html"), whole=False), page()) == "unused"
    assert status(make(waive(at="a.html"), whole=False), page(source="b.html")) == "idle"
    assert status(make(waive(at="https://tea.example/a"), whole=False), page(url="https://tea.example/a?x=1")) == "unused"
    both = Waive(Scope.of(["a.html", "b.html"]), ("IMG401",), "known")
    assert status(make(both, whole=False), page()) == "idle"
    assert status(make(both, whole=False), page(), page(source="b.html")) == "unused"


@pytest.mark.parametrize("whole", [True, False])
def test_a_page_that_is_not_in_the_run_tells_nothing(whole: bool, make: Any) -> None:
    assert status(make(waive(at="gone.html"), whole=whole), page()) == "idle"
    assert status(make(waive(at="gone/**"), whole=whole), page()) == "idle"


def test_a_rule_that_was_not_judged_never_makes_it_unused(make: Any) -> None:
    for at in (None, "a.html"):
        assert status(make(waive(at=at)), page(rules=("AFF001",))) == "idle"
        assert status(make(waive(at=at)), page(outcomes={"IMG401": Outcome.NOT_CHECKED})) == "idle"
        assert status(make(waive("IMG401", at=at)), page(outcomes={"IMG401": Outcome.PASS, "AFF001": Outcome.NOT_CHECKED})) == "unused"


def test_a_page_that_was_not_checked_may_have_needed_it(make: Any) -> None:
    assert status(make(waive(at="posts/**")), page(source="posts/a.html"), unread("posts/b.html")) == "idle"
    assert status(make(waive(at="posts/**")), page(source="posts/a.html"), unread("b.html")) == "unused"
    # Nobody knows its address.
    assert status(make(waive(at="https://tea.example/**")), page(url="https://tea.example/a"), unread("b.html")) == "idle"


def test_the_statuses_of_one_waiver_are_told_apart(make: Any) -> None:
    waivers = make(waive("IMG401", "LNK", "AUT501"))
    waivers.apply(page(finding(), finding()))
    assert statuses(waivers) == [("used", ("IMG401",), 2), ("unused", ("LNK",), 0), ("idle", ("AUT501",), 0)]


def test_without_waivers_a_page_passes_through(make: Any) -> None:
    report = page(finding())
    waivers = make()
    assert waivers.apply(report) is report
    assert (waivers.entries(), waivers.report()) == ((), None)


def test_many_waivers_of_many_pages_are_quick(make: Any) -> None:
    waivers = make(*(waive(at=f"posts/{number}.html") for number in range(2_000)), waive(at="news/**"))
    for number in range(2_000):
        assert waivers.apply(page(finding(), source=f"posts/{number}.html")).findings[0].state == "suppressed"
    assert [entry.findings for entry in waivers.entries()] == [*[1] * 2_000, 0]

    def applying(count: int) -> Callable[[], object]:
        many = make(*(waive(at=f"posts/{number}.html") for number in range(count)))
        pages = [page(finding(), source=f"posts/{number}.html") for number in range(count)]
        return lambda: [many.apply(one) for one in pages]

    assert in_proportion(applying, 300)


def test_what_is_told_of_waivers_has_a_place_that_does_not_move(make: Any) -> None:
    one, other = (make(waive(expires_on=date(2025, 1, 1), where=f"x.toml:{line}")).report() for line in (3, 9))
    assert one.findings[0].fingerprint == other.findings[0].fingerprint
    assert isinstance(one.findings[0].primary, Spot)
