"""What `facts` prints: one object a page, with the same keys for one that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from checker.facts import Author, AuthorData, Directive, Image, Link, Notice, Page, Reviewer, Spot
from checker.model import PageReport
from checker.report.encode import dumps
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run

_ABOUT = ("language", "page_type", "title", "url", "published", "modified", "section")
_LISTS = (
    "links", "monetisers", "notices", "claims", "authors", "author_data", "authors_agree", "reviewers", "images", "shows_date", "directives",
    "variants", "verdicts",
)  # fmt: skip
_READING = ("own_host", "encoding", "encoding_certain", "reader", "cut", "words")


class FactLines:
    """One object a line."""

    def __init__(self, look: Look) -> None:
        del look  # facts look the same everywhere

    def start(self, run: Run) -> str:
        """Nothing stands before the first page."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """The facts of one input; a skipped place has none."""
        return "" if report.status == "skipped" else dumps(facts_entry(report)) + "\n"

    def end(self, closing: Closing) -> str:
        """Nothing stands after the last page."""
        del closing
        return ""


class FactList(InPieces):
    """All objects in one list."""

    def __init__(self, look: Look) -> None:
        del look
        self._pages = Rows()

    def start(self, run: Run) -> str:
        """Nothing yet."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the facts of one input."""
        if report.status != "skipped":
            self._pages.add(dumps(facts_entry(report)))
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The list."""
        del closing
        if not self._pages:
            yield "[]\n"
            return
        yield "[\n"
        yield from self._pages.joined(",\n")
        yield "\n]\n"


def facts_entry(report: PageReport) -> dict[str, Any]:
    """The facts of one input, or null for each of them and `error`."""
    page = report.page
    if page is None:
        error = {"reason": str(report.reason) if report.reason else "unknown", "detail": report.detail}
        return {"source": report.source, "error": error, **dict.fromkeys((*_ABOUT, *_LISTS, *_READING, "sha256"))}
    return {
        "source": report.source,
        "error": None,
        **{name: getattr(page, name) for name in _ABOUT},
        **_found(page),
        **{name: getattr(page, name) for name in _READING},
        "sha256": report.sha256,
    }


def _found(page: Page) -> dict[str, Any]:
    return {
        "links": [_link(link) for link in page.links],
        "monetisers": [{"id": script.id, "src": script.src} for script in page.monetisers],
        "notices": [_notice(notice) for notice in page.notices],
        "claims": [_notice(claim) for claim in page.claims],
        "authors": [_author(author) for author in page.authors],
        "author_data": [_author_data(entry) for entry in page.author_data],
        "authors_agree": page.authors_agree,
        "reviewers": [_reviewer(reviewer) for reviewer in page.reviewers],
        "images": [_image(image) for image in page.images],
        "shows_date": page.shows_date,
        "directives": [_directive(directive) for directive in page.directives],
        "variants": asdict(page.variants),
        "verdicts": {
            "affiliate_notice": page.verdicts.affiliate_notice,
            "author": page.verdicts.author,
            "image_credits": page.verdicts.image_credits,
        },
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "href": link.href,
        "affiliate": str(link.affiliate),
        "network": link.network,
        "why": link.why,
        "region": str(link.region),
        "rel": list(link.rel),
        "hidden": link.hidden,
        **_place(link.spot),
        "text": link.text,
        "host": link.host,
        "target": link.target,
        "sets_order": link.sets_order,
        "tag": link.tag,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "text": notice.text,
        "kind": notice.kind,
        "clarity": notice.clarity,
        "placement": str(notice.placement),
        "region": str(notice.region),
        "hidden": notice.hidden,
        "language": notice.language,
        **_place(notice.spot),
        "signals": list(notice.signals),
        "hidden_by": notice.hidden_by,
        "revealable": notice.revealable,
        "covers": notice.covers if isinstance(notice.covers, str) else list(notice.covers),
        "link_only": notice.link_only,
        "href": notice.href,
    }


def _author(author: Author) -> dict[str, Any]:
    return {
        "name": author.name,
        "kind": author.kind,
        "visible": author.visible,
        "sources": list(author.sources),
        "href": author.href,
        **_place(author.spot),
    }


def _author_data(entry: AuthorData) -> dict[str, Any]:
    return {
        "written": entry.written,
        "source": entry.source,
        "type": entry.type,
        "bare": entry.bare,
        "url": entry.url,
        "names": list(entry.names),
        "kinds": list(entry.kinds),
        "surplus": list(entry.surplus),
        **_place(entry.spot),
    }


def _reviewer(reviewer: Reviewer) -> dict[str, Any]:
    return {
        "name": reviewer.name,
        "role": reviewer.role,
        "visible": reviewer.visible,
        "sources": list(reviewer.sources),
        **_place(reviewer.spot),
    }


def _image(image: Image) -> dict[str, Any]:
    credit = image.credit
    return {
        "src": image.src,
        "sources": list(image.sources),
        "content": image.content,
        "why": image.why,
        "alt": image.alt,
        "caption": image.caption,
        "region": str(image.region),
        "credit": None
        if credit is None
        else {
            "text": credit.text,
            "place": credit.place,
            "maker": credit.maker,
            "agency": credit.agency,
            "licence": credit.licence,
            "via": credit.via,
            "agency_kind": credit.agency_kind,
            "collective": credit.collective,
            "placeholder": credit.placeholder,
            "links": list(credit.links),
            **_place(credit.spot),
        },
        "data": asdict(image.data) if image.data else None,
        "file": asdict(image.file) if image.file else None,
        "says_generated": image.says_generated,
        **_place(image.spot),
    }


def _directive(directive: Directive) -> dict[str, Any]:
    return {
        "verb": directive.verb,
        "rules": list(directive.rules),
        "reason": directive.reason,
        "kind": directive.kind,
        "fault": directive.fault,
        "hint": directive.hint,
        **_place(directive.spot),
    }


def _place(spot: Spot | None) -> dict[str, int | None]:
    return {"line": spot.line if spot else None, "column": spot.column if spot else None}
