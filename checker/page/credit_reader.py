"""Makes a credit of a text on the page: read once however often it stands there, with its place and the addresses that it links to."""

from __future__ import annotations

from checker.facts import Credit, Spot
from checker.lexicon import Lexicon
from checker.lexicon.credits import CreditText
from checker.page.document import Document
from checker.page.head import Head
from checker.text import clip

_MOST_LINKS = 10
# So much of a text is read; a caption that is never closed holds all that follows.
_LONGEST = 2_000


class CreditReader:
    """Reads the credits of one page."""

    def __init__(self, document: Document, head: Head, lexicon: Lexicon) -> None:
        self.document = document
        self.words = lexicon.credits
        self.language = head.language
        self._read: dict[tuple[str, bool], CreditText | None] = {}

    def parse(self, text: str, *, labelled: bool) -> CreditText | None:
        """The credit in a text; the same one often stands in a caption, in the frame around it and in an attribute."""
        text = text[:_LONGEST]
        key = (text, labelled)
        if key not in self._read:
            self._read[key] = self.words.parse(text, self.language, labelled)
        return self._read[key]

    def credit(self, found: CreditText, place: str, node: int) -> Credit:
        """The credit as a fact: it stands in the element `node`, at a `place` beside its picture."""
        links = tuple(self._links(node)) if place != "alt_or_title" else ()
        return Credit(
            text=clip(found.text, 200),
            place=place,
            maker=found.maker,
            agency=found.agency,
            licence=found.licence or self.licence(node),
            via=found.via,
            placeholder=found.placeholder,
            agency_kind=found.agency_kind,
            collective=found.collective,
            spot=Spot(node, None, clip(found.text, 80)),
            links=links,
        )

    def _links(self, node: int) -> list[str]:
        """The addresses that the credit's element links to: the source, the licence."""
        document = self.document
        nodes = [node, *document.inside(node, "a")] if document.tags[node] == "a" else list(document.inside(node, "a"))
        return [href for link in nodes if (href := document.attrs[link].get("href", "").strip())][:_MOST_LINKS]

    def licence(self, node: int) -> str | None:
        """The licence that the element links to."""
        return next((licence for href in self._links(node) if (licence := self.words.licence_of(href))), None)
