from collections.abc import Callable
from typing import Any

import pytest

from checker.facts import Page, Spot, Verdicts
from checker.model import Confidence, Evidence, Finding, NotCheckedReason, Outcome, PageReport, Review, ReviewReason, Severity
from checker.report.run import AuthorityEntry, Closing, RuleEntry, Run
from checker.report.summary import counted


@pytest.fixture
def page() -> Page:
    verdicts = Verdicts("missing", "none", "no_content_images")
    return Page("a.html", None, "en", "article", "A \x1b[31mstory", None, None, (), (), (), (), (), verdicts)


@pytest.fixture
def finding() -> Callable[..., Finding]:
    def make(**changes: Any) -> Finding:
        spot = Spot(3, None, "<a>", 120, 12, 5, '<p>\u8a18\u4e8b <a href="x">', 6)
        values: dict[str, Any] = {
            "rule": "AFF001",
            "name": "paid-link-without-notice",
            "outcome": Outcome.VIOLATION,
            "severity": Severity.ERROR,
            "confidence": Confidence.HIGH,
            "message": "No notice tells that\nlinks pay.",
            "why": "Readers weigh it differently.",
            "fix": "Add a sentence.",
            "authorities": ("us-ftc-255.5",),
            "evidence": (Evidence("primary", "this link pays", spot),),
            "anchor": "page",
            "fingerprint": "v1:" + "0" * 64,
            "page_key": "a.html",
            "profiles": ("us",),
            "paste": "We earn a commission.",
            "paste_language": "en",
            "values": {"network": "amazon", "line": 12},
        }
        if changes.get("outcome") is Outcome.NEEDS_REVIEW:
            values["review"] = Review(ReviewReason.POSSIBLE_LINKS, "Does this link pay?")
        return Finding(**(values | changes))

    return make


@pytest.fixture
def report(page: Page) -> Callable[..., PageReport]:
    def make(*findings: Finding, **changes: Any) -> PageReport:
        values: dict[str, Any] = {
            "source": "a.html",
            "status": "checked",
            "page_key": "a.html",
            "page": page,
            "findings": findings,
            "outcomes": {"AFF001": Outcome.VIOLATION if findings else Outcome.PASS},
            "sha256": "0" * 64,
        }
        return PageReport(**(values | changes))

    return make


@pytest.fixture
def unread() -> PageReport:
    return PageReport("b\n.html", "not_checked", "b.html", NotCheckedReason.NOT_HTML, "it is a PNG image")


@pytest.fixture
def run() -> Run:
    rule = RuleEntry("AFF001", "paid-link-without-notice", Severity.ERROR, "A page tells.", ("us-ftc-255.5",), "file:///rules/AFF001.toml")
    authority = AuthorityEntry("us-ftc-255.5", "Endorsement Guides", "255.5", "Say so.", "guidance", "https://law.example/255", "2026-01-01")
    return Run("0.1.0", "abc", ("us",), "warning", (rule,), {authority.id: authority}, {"AFF090": "rendered"}, {"started_at": "2026-01-01T00:00:00Z"})


@pytest.fixture
def closing() -> Callable[..., Closing]:
    def make(*reports: PageReport, code: int = 1, name: str = "findings") -> Closing:
        return Closing(counted(reports), code, name, f"disclosure-checker: exit {code} ({name}): …", {"duration_seconds": 0.5})

    return make
