"""The values that cross a boundary beside the facts: inputs, outcomes, findings, reports. Frozen, picklable.

A page is read into facts (`checker.facts.Page`), a rule is judged to an `Outcome`, what a reader is shown is a `Finding`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checker.facts import Page, Spot


class Outcome(StrEnum):
    """What a rule says of a page. Only `violation` and `needs_review` become findings ("fires")."""

    VIOLATION = "violation"
    NEEDS_REVIEW = "needs_review"
    PASS = "pass"
    INAPPLICABLE = "inapplicable"
    NOT_CHECKED = "not_checked"


class Severity(StrEnum):
    """How much a violation weighs; ordered error > warning > info by `weight`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """1 for info, 2 for warning, 3 for error."""
        return {"info": 1, "warning": 2, "error": 3}[self.value]


class Confidence(StrEnum):
    """How sure the facts behind a finding are; apart from severity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ReviewReason(StrEnum):
    """Why a rule could not decide from here; every `needs_review` carries one."""

    POSSIBLE_LINKS = "possible_links"
    SCRIPT_REVEALED = "script_revealed"
    HEDGED_WORDING = "hedged_wording"
    UNCERTAIN_ENCODING = "uncertain_encoding"
    UNCERTAIN_PAGE_TYPE = "uncertain_page_type"
    UNKNOWN_LANGUAGE = "unknown_language"
    PARTLY_READ = "partly_read"
    CLIENT_RENDERED = "client_rendered"
    UNCERTAIN_CONTENT = "uncertain_content"
    HIDDEN_BY_STYLE = "hidden_by_style"
    LINKED_ELSEWHERE = "linked_elsewhere"
    SOURCES_DIFFER = "sources_differ"
    UNVERIFIED = "unverified"


class NotCheckedReason(StrEnum):
    """Why an input, or a rule on a page, was not checked. Never counted as a pass."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_HTML = "not_html"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    RULE_CRASHED = "rule_crashed"


@dataclass(frozen=True, slots=True)
class Source:
    """One input as it was named, with its bytes, or the reason why there are none."""

    name: str
    body: bytes | None = None
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    reason: NotCheckedReason | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A spot and what it shows; `role`: primary, first_affiliate_link, notice, image, author, credit, related."""

    role: str
    label: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Review:
    """Why a person must look, and the yes/no question that decides it."""

    reason: ReviewReason
    question: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation or a question, as a reader is shown it. `state`: new, suppressed, baselined."""

    rule: str
    name: str
    outcome: Outcome
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fix: str
    authorities: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    anchor: str
    fingerprint: str
    page_key: str
    profiles: tuple[str, ...]
    review: Review | None = None
    paste: str | None = None
    paste_language: str | None = None
    cause: str | None = None
    state: str = "new"
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def primary(self) -> Spot | None:
        """The first spot of the evidence: where the finding points."""
        return self.evidence[0].spot if self.evidence else None


@dataclass(frozen=True, slots=True)
class PageReport:
    """All that was found out about one input. `status`: checked, not_checked, skipped.

    `profiles`: those that the page was judged by. `picture_files`: where image files are read, for how many content images that went how:
    read, missing, elsewhere (another site), broken …
    """

    source: str
    status: str
    page_key: str
    reason: NotCheckedReason | None = None
    detail: str | None = None
    page: Page | None = None
    profiles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    picture_files: dict[str, int] = field(default_factory=dict)
    unlocated: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    sha256: str | None = None
