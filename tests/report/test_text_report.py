from collections.abc import Callable

from checker.facts import Spot
from checker.model import Confidence, Evidence, Finding, Outcome, PageReport, Severity
from checker.report.run import Closing, Look, Run
from checker.report.text import Text

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


def told(run: Run, *reports: PageReport, closing: Closing | None = None, look: Look | None = None) -> str:
    text = Text(look or Look())
    return text.start(run) + "".join(text.page(report) for report in reports) + (text.end(closing) if closing else "")


def test_a_finding_says_where_what_why_fix_and_who_asks(run: Run, finding: Finds, report: Reports) -> None:
    lines = told(run, report(finding())).splitlines()
    assert lines[0] == "a.html (article, en; 1 finding)"
    assert lines[1] == "a.html:12:5 AFF001 error No notice tells that links pay."
    assert lines[2] == '    12 | <p>\u8a18\u4e8b <a href="x">'
    # Two wide characters before the caret take two columns each.
    assert lines[3] == "       |         ^ this link pays"
    assert "  why: Readers weigh it differently." in lines
    assert "  fix: Add a sentence." in lines
    assert "  paste (en): We earn a commission." in lines
    assert "  authority: Endorsement Guides, 255.5 <https://law.example/255>" in lines


def test_a_question_is_asked_and_is_no_severity(run: Run, finding: Finds, report: Reports) -> None:
    shown = told(run, report(finding(outcome=Outcome.NEEDS_REVIEW, confidence=Confidence.LOW)))
    assert "a.html:12:5 AFF001 review No notice" in shown
    assert "  question: Does this link pay?" in shown
    assert "  confidence: low" in shown


def test_the_same_advice_is_given_once_a_page(run: Run, finding: Finds, report: Reports) -> None:
    shown = told(run, report(finding(), finding(anchor="b"), finding(rule="IMG401")))
    assert shown.count("Add a sentence.") == 2
    assert shown.count("why, fix: as above for AFF001") == 1


def test_a_place_is_shown_once_with_all_that_is_said_of_it(run: Run, finding: Finds, report: Reports) -> None:
    spot = Spot(3, None, "<a>", 120, 12, 5, '<a href="x">', 0)
    again = Spot(3, 0, "x", 120, 12, 5, '<a href="x">', 0)
    other = Spot(4, None, "<a>", 150, 12, 35, '<a href="x">', 0)
    nowhere = Spot(5, None, "<b>")
    evidence = (
        Evidence("primary", "only this sign marks the link", spot), Evidence("related", "this is far", other),
        Evidence("related", "this link pays", again), Evidence("related", "this link pays", spot),
        Evidence("related", "one", nowhere), Evidence("related", "two", nowhere),
    )  # fmt: skip
    lines = told(run, report(finding(evidence=evidence))).splitlines()
    assert lines[2:7] == [
        '    12 | <a href="x">', "       | ^ only this sign marks the link; this link pays",
        '    12 | <a href="x">', "       | ^ this is far",
        "  at: one; two: “<b>”",
    ]  # fmt: skip


def test_a_spot_without_a_place_is_quoted(run: Run, finding: Finds, report: Reports) -> None:
    shown = told(run, report(finding(evidence=(Evidence("primary", "this link pays", Spot(3, None, "<a href>")),))))
    assert "a.html AFF001 error" in shown
    assert "  at: this link pays: “<a href>”" in shown
    assert "a.html AFF001 error" in told(run, report(finding(evidence=())))


def test_nothing_of_the_page_controls_the_terminal(run: Run, finding: Finds, report: Reports, unread: PageReport, closing: Closes) -> None:
    nasty = "x\x1b]8;;http://evil.example\x07y\x9b31m\u202ez\r\nw"
    spot = Spot(1, None, nasty, 1, 1, 1, nasty, 2)
    bad = finding(message=nasty, why=nasty, fix=nasty, paste=nasty, evidence=(Evidence("primary", nasty, spot),), authorities=(nasty,))
    page = report(bad, source=nasty)
    for look in (Look(), Look(quiet=True)):
        shown = told(run, page, unread, closing=closing(page, unread), look=look)
        assert not {character for character in shown if (ord(character) < 32 and character != "\n") or 127 <= ord(character) < 160}
        assert "\u202e" not in shown


def test_colours_and_links_only_where_they_are_asked_for(run: Run, finding: Finds, report: Reports) -> None:
    assert "\x1b" not in told(run, report(finding()))
    shown = told(run, report(finding()), look=Look(colour=True, links=True))
    assert "\x1b]8;;https://law.example/255\x1b\\Endorsement Guides, 255.5\x1b]8;;\x1b\\" in shown
    assert "\x1b]8;;file:///rules/AFF001.toml\x1b\\" in shown
    assert "\x1b[31merror\x1b[0m" in shown


def test_quiet_is_one_line_a_finding(run: Run, finding: Finds, report: Reports, unread: PageReport, closing: Closes) -> None:
    page = report(finding(), finding(rule="IMG401", severity=Severity.WARNING))
    shown = told(run, page, unread, closing=closing(page, unread), look=Look(quiet=True))
    assert shown.splitlines() == [
        "a.html:12:5 AFF001 error No notice tells that links pay.",
        "a.html:12:5 IMG401 warning No notice tells that links pay.",
        "NOT CHECKED: 1",
        "  b .html: not_html: it is a PNG image",
    ]


def test_the_end_accounts_for_every_input(run: Run, finding: Finds, report: Reports, unread: PageReport, closing: Closes) -> None:
    skipped = PageReport("empty", "skipped", "empty", detail="a folder without a page")
    crashed = report(problems=("AFF002: the rule crashed: KeyError",), outcomes={"AFF002": Outcome.NOT_CHECKED})
    pages = (report(finding()), unread, skipped, crashed)
    shown = told(run, *pages, closing=closing(*pages))
    assert "NOT CHECKED: 1\n  b .html: not_html: it is a PNG image\n" in shown
    assert "PROBLEMS\n  a.html: AFF002: the rule crashed: KeyError\n" in shown
    assert "skipped: empty: a folder without a page" in shown
    assert "  4 inputs: 2 checked, 1 not checked, 1 skipped, 0 named twice" in shown
    assert "AFF001  error    paid-link-without-notice" in shown
    assert "1 violation on 1 page" in shown
    assert "not evaluated (needs --render): AFF090" in shown


def test_waived_findings_are_not_printed(run: Run, finding: Finds, report: Reports) -> None:
    assert told(run, report(finding(state="suppressed"))) == ""


def test_statistics_name_the_dearest_rule_first(run: Run, report: Reports, closing: Closes) -> None:
    page = report(seconds={"AFF001": 0.001, "AFF002": 0.25})
    shown = told(run, page, closing=closing(page), look=Look(statistics=True, quiet=True))
    assert shown.index("AFF002") < shown.index("AFF001")
    assert "250.00 ms" in shown
