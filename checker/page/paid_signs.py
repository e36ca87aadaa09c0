"""Marks by which a page's own address, data and template say that somebody paid for the piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from checker.facts import PaidSign, Spot
from checker.lexicon import Lexicon
from checker.page.layout import Layout
from checker.page.structured import as_text, types_of
from checker.text import clip


def paid_signs(layout: Layout, lexicon: Lexicon, path: str, pieces: Iterable[Mapping[str, Any]]) -> tuple[PaidSign, ...]:
    """The marks: of the address's path, of the main pieces' data, of the elements that hold the whole piece."""
    return (*_of_address(path, lexicon), *_of_data(pieces, lexicon), *_of_markup(layout))


def _of_address(path: str, lexicon: Lexicon) -> list[PaidSign]:
    # The last part of a path is made from the headline, and an article may be about sponsoring.
    parts = [unquote(part).lower() for part in path.split("/") if part][:-1]
    return [PaidSign("address", part) for part in parts if part in lexicon.meta.paid_segments][:1]


def _of_data(pieces: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> list[PaidSign]:
    found: list[PaidSign] = []
    for piece in pieces:
        found += [PaidSign("data", kind) for kind in types_of(piece) if kind in lexicon.meta.paid_types]
        sponsor = as_text(piece.get("sponsor"))
        if sponsor:
            found.append(PaidSign("data", clip(f"sponsor {sponsor}", 80)))
    return found[:2]


def _of_markup(layout: Layout) -> list[PaidSign]:
    """Class words of body and article: what marks one box inside says nothing of the piece."""
    document = layout.document
    for node in sorted(layout.frame):
        if "paid_content" in layout.kinds(node) and document.within(layout.article, node):
            return [PaidSign("markup", clip(document.attrs[node].get("class") or document.attrs[node].get("id") or "", 80), Spot(node))]
    return []
