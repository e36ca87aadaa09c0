"""Checks of what a page's data say of its authors, and of whether that agrees with the page."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.facts import AuthorData, Page
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip

Surplus = Literal["marker", "role", "title", "date", "address", "publisher"]


@check("author-data-is-name", over="author_data", values=("written", "surplus"))
def author_data_is_name(entry: AuthorData, page: Page, *, unless: tuple[Surplus, ...] = ()) -> Verdict:
    """An author entry of the page's data holds the name and nothing else.

    unless: kinds of other text that may stand there.
    """
    other = [kind for kind in entry.surplus if kind not in unless]
    values = _values(entry) | {"surplus": Label(f"surplus-{other[0]}") if other else None}
    # Without a name in it the entry is for other rules.
    return failed(_at(entry, page), values) if other and entry.names else passed(values=values)


@check("author-data-is-one", over="author_data", values=("written", "count"))
def author_data_is_one(entry: AuthorData, page: Page) -> Verdict:
    """An author entry of the page's data names one author."""
    values = _values(entry) | {"count": len(entry.names)}
    return failed(_at(entry, page), values, Confidence.MEDIUM) if len(entry.names) > 1 else passed(values=values)


@check("author-data-type-fits", over="author_data", values=("written", "type"))
def author_data_type_fits(entry: AuthorData, page: Page) -> Verdict:
    """The type of an author entry fits who is named: a Person is no organisation, and anything else is neither. A bare text has no type and passes.

    That a name is an organisation's is read from its words, so that a Person of such a name is a question. An Organization may have any name.
    """
    values = _values(entry) | {"type": entry.type}
    kinds = set(entry.kinds)
    if entry.bare or not kinds or "generic" in kinds:
        return passed(values=values)
    if entry.type not in ("Person", "Organization"):
        return failed(_at(entry, page), values)
    if entry.type == "Person" and kinds == {"organisation"}:
        return unsure(ReviewReason.SOURCES_DIFFER, _at(entry, page), values)
    return passed(values=values)


@check("authors-agree", over="page", values=("author", "told"))
def authors_agree(_subject: Page, page: Page) -> Verdict:
    """The authors whom readers see and those of the page's data are the same people."""
    shown = [author for author in page.authors if author.visible]
    told = dict.fromkeys(name for entry in page.author_data for name in entry.names)
    values: dict[str, Value] = {"author": clip(", ".join(author.name for author in shown), 80) or None, "told": clip(", ".join(told), 80) or None}
    if page.authors_agree is not False:
        return passed(values=values)
    evidence = see("primary", Label.AUTHOR, next((author.spot for author in shown if author.spot), page.headline))
    data = next((entry.spot for entry in page.author_data if entry.spot), None)
    return failed(evidence + see("related", Label.AUTHOR_DATA, data), values, Confidence.MEDIUM)


def _values(entry: AuthorData) -> dict[str, Value]:
    return {"written": clip(entry.written, 80)}


def _at(entry: AuthorData, page: Page) -> tuple[Evidence, ...]:
    """The entry, where the data stand in an element of their own; else where a reader finds the author."""
    if entry.spot is not None:
        return see("primary", Label.AUTHOR_DATA, entry.spot)
    shown = next((author.spot for author in page.authors if author.visible and author.spot and author.name in entry.names), None)
    return see("primary", Label.AUTHOR, shown) or see("primary", Label.BYLINE_BELONGS, page.headline or page.first_text)
