"""One page from bytes to facts: decode, walk, read the facts, give the verdicts. Knows no rule."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checker.facts import Page, Passage, Region, Spot
from checker.lexicon import Lexicon
from checker.model import NotCheckedReason, Source
from checker.page.authors import read_authorship
from checker.page.blocks import Blocks
from checker.page.decode import decode
from checker.page.directives import located as located_directives
from checker.page.directives import read_directives
from checker.page.document import Document
from checker.page.head import read_head
from checker.page.hidden import Hidden
from checker.page.images import read_images
from checker.page.layout import Layout
from checker.page.links import read_links, second_signs
from checker.page.notices import read_notices
from checker.page.passages import read_passages
from checker.page.positions import Places
from checker.page.trail import trail
from checker.page.verdicts import verdicts
from checker.page.walk import walk
from checker.site import Site

if TYPE_CHECKING:
    from checker.page.frozen_styles import Find
    from checker.page.outline import Outline

# "Loading …", "Please enable JavaScript": what stands in a page before its scripts have run.
_FEW_WORDS = 15


class CannotRead(Exception):
    """The input cannot be read as a page; `reason` and `detail` go into the report."""

    def __init__(self, reason: NotCheckedReason, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page's facts, the finder of lines and columns for its spots, the digest of its bytes, and the way to its texts, which few rules ask for.

    `trail` tells where in the markup a spot stands; `outline` gives the page as blocks, with the facts and the spots in it;
    `freeze` a copy of it to be looked at: see `checker.page.frozen`.
    """

    page: Page
    places: Places
    sha256: str
    passages: Callable[[], tuple[Passage, ...]]
    trail: Callable[[Spot | None], str]
    outline: Callable[[Page, Iterable[Spot]], Outline]
    freeze: Callable[[Page, Sequence[Spot | None], str, Find], str]

    def with_directives(self) -> Page:
        """The facts with line and column for what the page says of rules."""
        return replace(self.page, directives=located_directives(self.page.directives, self.places)) if self.page.directives else self.page

    def with_passages(self) -> Page:
        """The facts with the page's texts."""
        return replace(self.page, passages=self.passages())


def read(source: Source, lexicon: Lexicon, site: Site | None = None) -> Reading:
    """The facts of one page; spots are not located yet. What the `site` says of its pages counts before what they say. Raises CannotRead."""
    body = source.body
    if body is None:
        raise CannotRead(source.reason or NotCheckedReason.UNREADABLE, source.detail or "there are no bytes to read")
    if not body.strip():
        raise CannotRead(NotCheckedReason.EMPTY, "the file is empty" if not body else "the file holds only white space")
    decoded = decode(body, source.charset)
    if not decoded.text.strip("\ufeff\0 \t\r\n\f"):
        raise CannotRead(NotCheckedReason.EMPTY, "the file holds no text")
    document, reader, cut = walk(decoded.utf8)
    if not len(document):
        raise CannotRead(NotCheckedReason.NOT_HTML, "no markup in it")
    blocks = Blocks(document)
    if _is_shell(document, blocks):
        raise CannotRead(NotCheckedReason.CLIENT_RENDERED, "it has no text until its scripts have run; give the page as a browser saves it")
    layout = Layout(document, blocks, lexicon.markup)
    hidden = Hidden(document)
    head = read_head(document, layout, lexicon, source.url)
    if site is not None:
        known = source.url or head.url
        page_type, section = site.page_type(source.name, known), site.section(source.name, known)
        head = replace(head, url=site.remapped(head.url), page_type=page_type or head.page_type, section=section or head.section)
    links, monetisers = read_links(document, layout, hidden, head, lexicon)
    spoken = read_notices(document, blocks, layout, hidden, head, lexicon, links)
    notices = [notice for notice in spoken if notice.kind != "claim"]
    signed = second_signs(links, notices)
    if signed != links:
        # With other paid links the notices stand in another order.
        links = signed
        spoken = read_notices(document, blocks, layout, hidden, head, lexicon, links)
        notices = [notice for notice in spoken if notice.kind != "claim"]
    authorship = read_authorship(document, blocks, layout, hidden, head, lexicon)
    images = read_images(document, blocks, layout, hidden, head, lexicon)
    page = Page(
        source=source.name,
        url=head.url,
        language=head.language,
        page_type=head.page_type,
        title=head.title,
        published=head.published,
        modified=head.modified,
        links=tuple(links),
        monetisers=tuple(monetisers),
        notices=tuple(notices),
        authors=authorship.authors,
        images=tuple(images),
        verdicts=verdicts(head.page_type, links, notices, authorship.authors, images),
        section=head.section,
        own_host=head.own_host,
        encoding=decoded.encoding,
        encoding_certain=decoded.certain,
        reader=reader,
        cut=cut,
        words=len(blocks.text.split()),
        unread=_unread(head.language, lexicon),
        first_text=Spot(layout.first_paragraph, None, "") if layout.paragraphs else None,
        headline=Spot(layout.headline, None, document.text(layout.headline)[:120]) if layout.headline is not None else None,
        claims=tuple(notice for notice in spoken if notice.kind == "claim"),
        reviewers=authorship.reviewers,
        author_data=authorship.author_data,
        authors_agree=authorship.authors_agree,
        shows_date=authorship.shows_date,
        paid_signs=head.paid_signs,
        directives=read_directives(document, lambda node: layout.region(node) is Region.COMMENTS),
        variants=head.variants,
    )
    places = Places(decoded.text, document.tags)
    return Reading(
        page,
        places,
        hashlib.sha256(body).hexdigest(),
        lambda: read_passages(document, blocks, layout, hidden),
        lambda spot: trail(document, spot),
        lambda page, spots: _outlined(document, blocks, layout, hidden, page, spots),
        lambda page, pointed, address, find: _frozen(document, hidden, places, page, pointed, address, find),
    )


def _outlined(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, page: Page, spots: Iterable[Spot]) -> Outline:
    from checker.page.outline import outlined  # most runs keep no outline

    return outlined(document, blocks, layout, hidden, page, spots)


def _frozen(document: Document, hidden: Hidden, places: Places, page: Page, pointed: Sequence[Spot | None], address: str, find: Find) -> str:
    from checker.page.frozen import frozen  # as above

    return frozen(document, hidden, places, page, pointed, address, find)


def _is_shell(document: Document, blocks: Blocks) -> bool:
    """Whether the page is only what an application writes itself into: scripts, and an empty box for them, and next to no text."""
    if len(blocks.text.split(None, _FEW_WORDS)) >= _FEW_WORDS or document.all("a", "img", "iframe", "form"):
        return False
    tags, attrs = document.tags, document.attrs
    if not any("src" in attrs[node] for node in document.all("script")):
        return False
    boxes = (
        node for body in document.all("body")[:1] for node in document.children(body) if tags[node] not in ("script", "noscript", "style", "link")
    )
    return any(
        document.ends[node] == node + 1 and ("-" in tags[node] or (tags[node] in ("div", "main", "section") and "id" in attrs[node]))
        for node in boxes
    )


def _unread(language: str | None, lexicon: Lexicon) -> frozenset[str]:
    """What may stand on a page in this language and is not found there, because no word list speaks it."""
    lists = {"notice": lexicon.notices.languages, "credit": lexicon.credits.languages, "byline": lexicon.names.languages}
    return frozenset(kind for kind, known in lists.items() if language is not None and language not in known)


def located(page: Page, places: Places) -> Page:
    """The page with line and column for every spot that can be joined to the source."""
    return replace(
        page,
        links=tuple(replace(link, spot=places.locate(link.spot)) for link in page.links),
        notices=tuple(replace(notice, spot=places.locate(notice.spot)) for notice in page.notices),
        images=tuple(
            replace(
                image,
                spot=places.locate(image.spot),
                credit=replace(image.credit, spot=places.locate(image.credit.spot))
                if image.credit is not None and image.credit.spot is not None
                else image.credit,
            )
            for image in page.images
        ),
        authors=tuple(replace(author, spot=places.locate(author.spot)) if author.spot is not None else author for author in page.authors),
        reviewers=tuple(replace(one, spot=places.locate(one.spot)) if one.spot is not None else one for one in page.reviewers),
        author_data=tuple(replace(entry, spot=places.locate(entry.spot)) if entry.spot is not None else entry for entry in page.author_data),
        directives=located_directives(page.directives, places),
    )
