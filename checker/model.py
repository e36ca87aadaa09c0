"""The values that cross a boundary beside the facts: inputs, outcomes, findings, reports. Frozen, picklable.

A page is read into facts (`checker.facts.Page`), a rule is judged to an `Outcome`, what a reader is shown is a `Finding`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from checker.facts import Page, Spot, Tier, Verdicts
from checker.outline import OutlineBlock
from checker.sight import Drawn


class Outcome(StrEnum):
    """What a rule says of a page. Only `violation` and `needs_review` become findings ("fires")."""

    VIOLATION = "violation"
    NEEDS_REVIEW = "needs_review"
    PASS = "pass"
    INAPPLICABLE = "inapplicable"
    NOT_CHECKED = "not_checked"

    @property
    def weight(self) -> int:
        """From 0 for what says least of a page to 4 for what says most."""
        return _WEIGHTS[self]

    @property
    def fires(self) -> bool:
        """Whether it becomes a finding."""
        return self in (Outcome.VIOLATION, Outcome.NEEDS_REVIEW)


_WEIGHTS = {Outcome.INAPPLICABLE: 0, Outcome.PASS: 1, Outcome.NEEDS_REVIEW: 2, Outcome.VIOLATION: 3, Outcome.NOT_CHECKED: 4}


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
    CONTINUES_ANOTHER = "continues_another"
    NOT_MEASURABLE = "not_measurable"
    BY_EYE = "by_eye"


class NotCheckedReason(StrEnum):
    """Why an input, or a rule on a page, was not checked. Never counted as a pass."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_HTML = "not_html"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    DAMAGED = "damaged"
    CAPPED = "capped"
    FETCH_FAILED = "fetch_failed"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    LOGIN = "login"
    ROBOTS = "robots"
    FORBIDDEN_ADDRESS = "forbidden_address"
    CLIENT_RENDERED = "client_rendered"
    RULE_CRASHED = "rule_crashed"


@dataclass(frozen=True, slots=True)
class Http:
    """How a page was answered. `redirects`: the addresses that led to `url`, the first one that was asked for among them."""

    status: int
    content_type: str | None
    redirects: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """One input as it was named, with its bytes, or the reason why there are none. `fetched`: it is no file of the user's; `http`: how it came;
    `robots`: what the server asks of those who index (X-Robots-Tag). `archive`: the path of the archive that it comes from, where more of it may lie.
    """

    name: str
    body: bytes | None = None
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    reason: NotCheckedReason | None = None
    detail: str | None = None
    fetched: bool = False
    http: Http | None = None
    robots: str = ""
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A spot and what it shows; `role`: primary, first_affiliate_link, notice, image, author, credit, related, insertion (the sentence to paste
    belongs before it). `block`: which block of the page's outline it stands in, counted from 0; None where no outline is kept, and outside of it.
    """

    role: str
    label: str
    spot: Spot
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Why a person must look, and the yes/no question that decides it. `yes`: what that answer means, fine or fault."""

    reason: ReviewReason
    question: str
    yes: str = "fine"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding is waived. `kind`: inline (a directive in the page), settings, baseline.

    `where`: the file and line that say so. `expires_on`: the last day on which it holds, as YYYY-MM-DD.
    """

    kind: str
    reason: str | None = None
    owner: str | None = None
    expires_on: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """A waiver that was met in a run, and what became of it.

    `rules` and `target` as written: what it waives, and where. `status`: used, unused, expired, malformed, refused (a page that was
    fetched cannot acquit itself, and a rule that is mandatory cannot be waived), idle (no page of this run is in its reach).
    `findings` counts those that it waived.
    """

    waiver: Waiver
    rules: tuple[str, ...]
    target: str
    status: str
    findings: int = 0
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation or a question, as a reader is shown it. `state`: new, suppressed, baselined; `waiver` says why it is not new.

    `basis`: rendered, where it rests on what a browser drew, else static. `static`: what the rule says of it by the markup alone, where the basis is
    rendered. `view`: the size of window at which it is worst; `views`: all at which it fires. `cause`: the rule, and where in the markup it stands,
    told alike on all pages of a template. `sentence`: `message` without the lines of the source, None where it names none.
    """

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
    waiver: Waiver | None = None
    values: dict[str, Any] = field(default_factory=dict)
    basis: str = "static"
    static: Outcome | None = None
    view: str | None = None
    views: tuple[str, ...] = ()
    sentence: str | None = None

    @property
    def primary(self) -> Spot | None:
        """The first spot of the evidence: where the finding points."""
        return self.evidence[0].spot if self.evidence else None


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page at one size of window: of its top, or of what a finding points at, whose `rule` and `fingerprint` it has."""

    view: str
    path: str
    rule: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule of which the markup alone says one thing and the page as a browser draws it another; at least one of the two fires.

    `rendered`: the worst over all sizes that were measurable, and `view` the size at which it is so.
    """

    rule: str
    static: Outcome
    rendered: Outcome
    view: str


@dataclass(frozen=True, slots=True)
class Shows:
    """What one form of a story shows, as far as its other forms are held against it.

    `notice`: shown, revealable (a script or a control may show it) or none; `paid`: the surest of its paid links, of which there are `links`;
    `host` and `network` are those of the first. `doubt`: why what is not found there may be there all the same. `evidence`: the notice, or where
    none is shown the first paid link. `waived`: the rules over twins that the page itself waives.
    """

    notice: str
    paid: Tier | None
    links: int = 0
    host: str | None = None
    network: str | None = None
    doubt: ReviewReason | None = None
    evidence: Evidence | None = None
    waived: tuple[tuple[str, Waiver], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Which story a page belongs to, where it names other forms of it. `key` is that of the main page.

    `role`: main, amp, print, part (it continues another page), or copy (by its own account the same page is found elsewhere).
    `address`: where the page was found; `forms`: the other forms that it names, each with its role (main, amp, print, previous, next) and address.
    `compared`: the addresses of those that it was held against in this run.
    """

    key: str
    role: str
    address: str | None
    forms: tuple[tuple[str, str], ...] = ()
    shows: Shows | None = None
    compared: tuple[str, ...] = ()

    def form(self, role: str) -> str | None:
        """The address of the form with this role."""
        return next((address for each, address in self.forms if each == role), None)


@dataclass(frozen=True, slots=True)
class Twins:
    """A page and its AMP twin, for rules to judge. `here`: on which of the two the finding is told; `names`: what each of them is called."""

    main: Shows
    amp: Shows
    here: str
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What reports tell of a page beside its findings: small, where its facts are large. `networks`: those that its paid links belong to."""

    url: str | None
    title: str | None
    language: str | None
    page_type: str
    section: str | None
    published: str | None
    modified: str | None
    authors: tuple[str, ...]
    networks: tuple[str, ...]
    verdicts: Verdicts
    counts: dict[str, int]
    encoding: str
    encoding_certain: bool
    reader: str
    cut: str | None

    @classmethod
    def of(cls, page: Page) -> About:
        """That of a page."""
        paid = (link.network for link in page.links if link.network and link.affiliate is not Tier.POSSIBLE)
        return cls(
            url=page.url,
            title=page.title,
            language=page.language,
            page_type=page.page_type,
            section=page.section,
            published=page.published,
            modified=page.modified,
            authors=tuple(author.name for author in page.authors),
            networks=tuple(sorted(set(paid))),
            verdicts=page.verdicts,
            counts={
                "links": len(page.links),
                "monetisers": len(page.monetisers),
                "notices": len(page.notices),
                "images": len(page.images),
                "content_images": sum(image.content for image in page.images),
                "credited_images": sum(image.content and image.credit is not None for image in page.images),
                "authors": len(page.authors),
                "words": page.words,
            },
            encoding=page.encoding,
            encoding_certain=page.encoding_certain,
            reader=page.reader,
            cut=page.cut,
        )


@dataclass(frozen=True, slots=True)
class PageReport:
    """All that was found out about one input. `status`: checked, not_checked, skipped, or settings: what is said is about the settings file.

    `page` holds the facts where somebody asks for them; `about` is what reports tell of the page, and comes of the facts where it is not given.
    `address`: the one that settings know the page by: where it was found, and only of a page that nobody knows an address of, what it says itself.
    `cached`: an earlier run of the same program, rules and settings judged these very bytes. `story`: where the page names other forms of itself.
    `profiles`: those that the page was judged by. `picture_files`: where image files are read, for how many content images that went how:
    read, missing, elsewhere (another site), broken …
    `pictures`: those that were taken of it. `drawn`: what a browser made of it, `seen` its verdicts at each size, None at one that was not
    measurable, and `contradictions` where that says otherwise than its markup. `outline`: its blocks in the
    order of reading, where a report keeps them. `frozen`: the path of its frozen copy, from the folder of the HTML report.
    """

    source: str
    status: str
    page_key: str
    reason: NotCheckedReason | None = None
    detail: str | None = None
    page: Page | None = None
    about: About | None = None
    profiles: tuple[str, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    picture_files: dict[str, int] = field(default_factory=dict)
    unlocated: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    sha256: str | None = None
    http: Http | None = None
    address: str | None = None
    cached: bool = False
    story: Story | None = None
    drawn: Drawn | None = None
    seen: tuple[Verdicts | None, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    pictures: tuple[PagePicture, ...] = ()
    outline: tuple[OutlineBlock, ...] | None = None
    frozen: str | None = None

    def __post_init__(self) -> None:
        if self.about is None and self.page is not None:
            object.__setattr__(self, "about", About.of(self.page))

    def without_facts(self) -> PageReport:
        """The same as it travels from process to process."""
        return replace(self, page=None)
