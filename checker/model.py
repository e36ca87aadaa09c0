"""The values that cross a boundary: facts, verdicts, findings, reports. Frozen, picklable, no tree inside.

A page is read into facts (`Page`), a rule is judged to an `Outcome`, what a reader is shown is a `Finding`.
Field names of the facts are those that `disclosure-checker facts` prints; unknown is None, never absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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


class Tier(StrEnum):
    """How sure it is that a link pays the publisher. Only certain and likely links count in verdicts."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Region(StrEnum):
    """Where on the page a spot stands."""

    TITLE_AREA = "title_area"
    ARTICLE = "article"
    ARTICLE_END = "article_end"
    SIDEBAR = "sidebar"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    NAVIGATION = "navigation"
    COMMENTS = "comments"
    RELATED = "related"
    PRODUCT_BOX = "product_box"


class Placement(StrEnum):
    """A notice's place in the order of reading, against the first affiliate link of the article."""

    BEFORE = "before_first_affiliate_link"
    AFTER = "after_first_affiliate_link"
    NO_LINK = "no_affiliate_link"


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
class Spot:
    """A place in a page.

    `node` counts start tags in document order from 0 (-1: before the first). `skip` is None for the tag itself; for a
    character of text it is the number of non-space characters between that start tag and the character.
    `offset`, `line`, `column`, `excerpt` and `caret` are known once the spot has been located in the source: offset in code points
    of the decoded text without BOM, line and column 1-based, caret the 0-based place in the excerpt; None where the spot cannot be joined.
    """

    node: int
    skip: int | None = None
    quote: str = ""
    offset: int | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    caret: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link, form, button, widget or iframe that earns or may earn the publisher money.

    `target` is where the click ends, as far as the address itself tells; `sets_order` holds for links of the article
    (product boxes included), which set the order against notices. `place` counts the visible characters before it, white space left out. `role`
    is that of the match: click, embed, short, cloak (a redirect of the site itself), shortener (anybody's, opaque), sponsored (only `rel` says so) …
    """

    spot: Spot
    href: str
    affiliate: Tier
    network: str | None
    why: str
    region: Region
    rel: tuple[str, ...] = ()
    hidden: bool = False
    text: str = ""
    host: str | None = None
    target: str | None = None
    sets_order: bool = True
    place: int = 0
    tag: str = "a"
    role: str = "click"


@dataclass(frozen=True, slots=True)
class Monetiser:
    """A script on the page that turns plain links into paid ones."""

    id: str
    src: str | None
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that tells, or tries to tell, that the page earns money.

    `kind`: affiliate, sponsored, ad_label, policy_link. `clarity`: clear, weak. `signals`: pays, trigger, label:<id>, jargon,
    hedge, denial, symbol, prescribed:<programme>, incentive. `hidden_by`: None (visible), else how: attribute, style, details, noscript,
    template, comment, script, title, alt, content (of a style rule). `revealable`: the page itself shows a control or script that may reveal it.
    `covers`: "page", or the hrefs of the links that it labels. `link_only`: its whole text is a link or a button.
    """

    spot: Spot
    text: str
    kind: str
    clarity: str
    placement: Placement
    region: Region
    hidden: bool
    language: str
    signals: tuple[str, ...] = ()
    hidden_by: str | None = None
    revealable: bool = False
    covers: tuple[str, ...] | str = "page"
    link_only: bool = False
    href: str | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is named for a picture. `place`: caption, credit_element, overlay_or_after, alt_or_title, page_level, structured, file_metadata."""

    text: str
    place: str
    maker: str | None = None
    agency: str | None = None
    licence: str | None = None
    via: str | None = None
    placeholder: bool = False
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the main piece. `content` is False for logos, icons, avatars, ads, teasers; `why` says what told it."""

    spot: Spot
    src: str
    content: bool
    why: str
    sources: tuple[str, ...] = ()
    credit: Credit | None = None
    alt: str | None = None
    caption: str | None = None
    region: Region = Region.ARTICLE


@dataclass(frozen=True, slots=True)
class Author:
    """An author of the main piece. `kind`: person, organisation, generic. `sources`: byline, json-ld, meta, microdata, rel-author …"""

    name: str
    kind: str
    visible: bool
    sources: tuple[str, ...]
    spot: Spot | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the page shows, with no jurisdiction in it; the values are defined in `checker.page.verdicts`."""

    affiliate_notice: str
    author: str
    image_credits: str


@dataclass(frozen=True, slots=True)
class Page:
    """The facts of one page.

    `base` is the address that relative links resolve against; `reader` is lxml or html.parser; `cut` says what the parser lost.
    `words` counts the words of visible text.
    `unread` names what is not found in this language for want of words: notice, credit, byline.
    `claims` are sentences about the publisher's income that are no notice: their kind is "claim",
    their signals `ad_free` (the site says that it carries no advertising) or `incentive` (it asks readers to buy in its support).
    """

    source: str
    url: str | None
    language: str | None
    page_type: str
    title: str | None
    published: str | None
    modified: str | None
    links: tuple[Link, ...]
    monetisers: tuple[Monetiser, ...]
    notices: tuple[Notice, ...]
    authors: tuple[Author, ...]
    images: tuple[Image, ...]
    verdicts: Verdicts
    section: str | None = None
    own_host: str | None = None
    encoding: str = "utf-8"
    encoding_certain: bool = True
    reader: str = "lxml"
    cut: str | None = None
    words: int = 0
    first_text: Spot | None = None
    headline: Spot | None = None
    claims: tuple[Notice, ...] = ()
    unread: frozenset[str] = frozenset()


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
    """All that was found out about one input. `status`: checked, not_checked, skipped."""

    source: str
    status: str
    page_key: str
    reason: NotCheckedReason | None = None
    detail: str | None = None
    page: Page | None = None
    findings: tuple[Finding, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    unlocated: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    sha256: str | None = None
