"""The facts of a page: what it shows, with no rule in it. Frozen, picklable, no tree inside.

Field names are those that `disclosure-checker facts` prints; unknown is None, never absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.sight import Drawn, Sight, View


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
    `in_table`: it stands in a table of the article. `sign`: an asterisk or the like right behind it. `sight`: how a browser drew it.
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
    in_table: bool = False
    sign: str | None = None
    sight: Sight | None = None


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
    template, comment, script, title, alt, content (of a style rule), or as `checker.sight.Unseen` has it. `sight`: how a browser drew it.
    `revealable`: the page itself shows a control or script that may reveal it. `covers`: "page", or the hrefs of the links that it labels.
    `link_only`: its whole text is a link or a button.
    `opening`: it stands in the title area or in the first block of the text. `above_headline`: before the headline of the piece, or in it.
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
    opening: bool = False
    above_headline: bool = False
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is named for a picture. `place`: caption, credit_element, overlay_or_after, alt_or_title, page_level, structured, file_metadata.

    `links`: the addresses that the credit leads to. `agency_kind`: news, pictures, stock, free. `collective`: it says why no single maker is
    named (pool, handout, archive). `sight`: how a browser drew it.
    """

    text: str
    place: str
    maker: str | None = None
    agency: str | None = None
    licence: str | None = None
    via: str | None = None
    placeholder: bool = False
    spot: Spot | None = None
    links: tuple[str, ...] = ()
    agency_kind: str | None = None
    collective: bool = False
    sight: Sight | None = None

    @property
    def is_unseen(self) -> bool:
        """Whether readers do not see it where a browser drew the page."""
        return self.sight is not None and not self.sight.is_seen


@dataclass(frozen=True, slots=True)
class ImageObject:
    """What the page's structured data say of a picture (schema.org ImageObject); None and () where they do not."""

    credit_text: str | None = None
    creators: tuple[str, ...] = ()
    copyright_notice: str | None = None
    licence: str | None = None
    acquire_licence_page: str | None = None
    digital_source_type: str | None = None


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What a picture file itself says of its maker (IPTC, XMP, EXIF), joined in that order of trust: XMP, IPTC, EXIF.

    `creators` and `copyright_notice` as written; `credit_line` is how the supplier wants to be named; `licence` and
    `digital_source_type` are addresses; the last IPTC's NewsCodes, which say whether software made the picture.
    """

    creators: tuple[str, ...] = ()
    credit_line: str | None = None
    copyright_notice: str | None = None
    source: str | None = None
    licence: str | None = None
    digital_source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the main piece. `content` is False for logos, icons, avatars, ads, teasers; `why` says what told it.

    `data` is what structured data say of it; `file` what its file says, known only where image files are read.
    `says_generated`: a text at the picture says that software made it.
    """

    spot: Spot
    src: str
    content: bool
    why: str
    sources: tuple[str, ...] = ()
    credit: Credit | None = None
    alt: str | None = None
    caption: str | None = None
    region: Region = Region.ARTICLE
    data: ImageObject | None = None
    file: FileMetadata | None = None
    says_generated: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """An author of the main piece. `kind`: person, organisation, generic. `sources`: byline, json-ld, meta … `sight`: how a browser drew the name."""

    name: str
    kind: str
    visible: bool
    sources: tuple[str, ...]
    spot: Spot | None = None
    href: str | None = None
    software: bool = False
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class AuthorData:
    """One author entry of the page's data, as written there and as read.

    `source`: json-ld, microdata, rdfa, meta. `type`: Person, Organization … or None: a bare text, or an object without a type
    (`bare` tells them apart). `url`: the entry's `url` or `sameAs`. `names` and `kinds`: who is named in it.
    `surplus`: what else stands in `written`: marker ("By"), role, title (Dr, Mrs), date, address (e-mail, web), publisher.
    """

    written: str
    source: str
    type: str | None = None
    bare: bool = False
    url: str | None = None
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who checked the piece and did not write it. `role`: reviewer ("Medically reviewed by"), fact_checker."""

    name: str
    role: str
    visible: bool
    sources: tuple[str, ...]
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class PaidSign:
    """A mark that the piece was paid for. `sign`: address (a part of the path), data (JSON-LD), markup (class words); `text`: the mark itself."""

    sign: str
    text: str
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item or caption as readers meet it, its white space as a browser shows it.

    `role`: headline, standfirst (what sums the piece up under its headline), text (running text of the piece), other. `place` counts the visible
    characters before it. `hidden_by` as in a notice.
    """

    spot: Spot
    text: str
    role: str
    region: Region
    place: int
    hidden_by: str | None = None


# A place in the order of reading: a start tag is (node, -1), a character of text (node, skip), as in `Spot`.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Directive:
    """What a page itself says of rules that are not to be told there. Whether that is heeded is not for the page to say.

    `verb`: ignore, ignore-next, ignore-file, or what stands in its place; `rules` as written. `kind`: comment or attribute.
    It reaches from the place `begin` to the place `end`, which is not in it; (-1, -1) is the page's beginning, and a reach that begins there is
    the page as a whole. `fault`: why it does not count (verb, no_rules, no_rule, readers, long, many); `hint`: the word in question or the right one.
    """

    verb: str
    rules: tuple[str, ...]
    reason: str | None
    kind: str
    spot: Spot
    begin: Place
    end: Place
    fault: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver, for rules to judge. `kind`: inline or settings; `rules` and `target` as in a report's waivers.

    `status`: used, unused, expired, malformed, refused, idle. `fault`: why it is malformed or refused, as a key; `hint` belongs to it.
    `anchor`: what it is known by when the page has changed around it. `expires_on` as YYYY-MM-DD.
    """

    kind: str
    rules: tuple[str, ...]
    target: str
    status: str
    spot: Spot
    anchor: str
    fault: str | None = None
    hint: str | None = None
    expires_on: str | None = None


@dataclass(frozen=True, slots=True)
class Variants:
    """The other forms of the piece that the page itself names, as whole addresses. `amp`: the page calls itself an AMP page.

    `previous` and `next` are parts of the same piece; links to the posts before and after it, which some systems mark alike, are none.
    `print`: the form for printing.
    """

    amp: bool = False
    canonical: str | None = None
    amphtml: str | None = None
    previous: str | None = None
    next: str | None = None
    print: str | None = None


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
    `words` counts the words of visible text. `unread` names what is not found in this language for want of words: notice, credit, byline.
    `claims` are sentences of the publisher about itself that are no notice: their kind is "claim",
    their signals `ad_free` (the site says that it carries no advertising), `incentive` (it asks readers to buy in its support) `tested`
    (its own people tried the products) or `ranking` (how it orders products).
    `authors_agree`: whether the visible authors are those of the page's data; None where one of the two names nobody.
    `passages` are the texts of the page; they are read only where a rule asks for them, and () elsewhere.
    `shows_date`: whether a date stands in a line of its own in the piece, or at its end.
    `directives`: what the page says of rules that are not to be told there. `variants`: the other forms of the piece that it names.
    `view`: the size of window at which readers see it so, and `drawn` what a browser made of it; None where it is judged by its markup alone.
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
    reviewers: tuple[Reviewer, ...] = ()
    author_data: tuple[AuthorData, ...] = ()
    authors_agree: bool | None = None
    shows_date: bool = False
    paid_signs: tuple[PaidSign, ...] = ()
    passages: tuple[Passage, ...] = ()
    directives: tuple[Directive, ...] = ()
    variants: Variants = Variants()
    view: View | None = None
    drawn: Drawn | None = None
