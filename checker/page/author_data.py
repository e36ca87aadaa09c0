"""Whom a page's data name as authors and reviewers of the main piece, and what each entry says."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import AuthorData, Region, Spot
from checker.lexicon import Lexicon
from checker.lexicon.names import Name
from checker.page.document import Document
from checker.page.layout import Layout
from checker.page.structured import Graph, Named, microdata_authors, types_of
from checker.text import clip

# So many entries are kept; a hostile page has more.
_MOST = 200


def told_authors(
    document: Document, layout: Layout, graph: Graph, pieces: list[dict[str, object]], metas: dict[str, list[str]], lexicon: Lexicon
) -> list[Named]:
    """The author entries of the main piece: of JSON-LD first, then of meta tags, then of attributes."""
    found = [_typed(named, lexicon) for piece in pieces for named in graph.names(piece.get("author")) or graph.names(piece.get("creator"))]
    found.extend(Named(value, "meta", bare=True) for value in metas.get("author", ()))
    found.extend(_typed(named, lexicon) for named in microdata_authors(document) if not _is_others(document, layout, lexicon, named.node))
    return found[:_MOST]


def told_reviewers(graph: Graph, pieces: list[dict[str, object]], lexicon: Lexicon) -> list[Named]:
    """Who reviewed the main piece: `reviewedBy` stands on the piece, or on the page's own object."""
    pages = [item for item in graph.objects if any(kind.endswith("WebPage") for kind in types_of(item))]
    return [_typed(named, lexicon) for item in (*pieces, *pages) for named in graph.names(item.get("reviewedBy"))][:_MOST]


def author_data(read: Iterable[tuple[Named, list[Name]]], language: str | None, lexicon: Lexicon) -> list[AuthorData]:
    """Every entry as written and as read; an entry that is written several times in one way counts once."""
    found: dict[tuple[str, str], AuthorData] = {}
    for named, names in read:
        if (named.name, named.source) in found:
            continue
        found[named.name, named.source] = AuthorData(
            written=named.name,
            source=named.source,
            type=named.type,
            bare=named.bare,
            url=named.url,
            names=tuple(name.name for name in names),
            kinds=tuple(name.kind for name in names),
            surplus=lexicon.names.surplus(named.name, names, language),
            spot=Spot(named.node, None, clip(named.name, 80)) if named.node >= 0 else None,
        )
    return list(found.values())


def _typed(named: Named, lexicon: Lexicon) -> Named:
    kind = "Organization" if named.type in lexicon.meta.organisations else named.type
    return Named(named.name, named.source, kind, named.url, named.node, named.bare)


def _is_others(document: Document, layout: Layout, lexicon: Lexicon, node: int) -> bool:
    """Whether the attribute stands in a comment, or in the box of another story or of a reader's review."""
    if layout.region(node) in (Region.COMMENTS, Region.RELATED):
        return True
    for outer in document.ancestors(node):
        if outer in layout.frame or layout.holds_piece(outer):
            return False
        kind = document.attrs[outer].get("itemtype", "").rstrip("/").rsplit("/", 1)[-1] if document.attrs[outer] else ""
        if document.tags[outer] == "article" or kind in lexicon.meta.page_types:
            return True
    return False
