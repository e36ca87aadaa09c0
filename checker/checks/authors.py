"""Checks of authors, as a reader sees them."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.sight import may_be_shown
from checker.facts import Author, Page
from checker.model import Confidence, ReviewReason
from checker.text import clip

Kind = Literal["person", "organisation", "generic"]


@check("has-author", over="page", values=("author", "previous", "unseen"))
def has_author(
    _subject: Page,
    page: Page,
    *,
    kinds: tuple[Kind, ...] = ("person", "organisation", "generic"),
    structured: Literal["no", "review", "yes"] = "no",
    continued: Literal["no", "review"] = "no",
    unseen: Literal["no", "review"] = "no",
) -> Verdict:
    """The page shows its readers who wrote it.

    kinds: the kinds of author that count.
    structured: what an author counts for whom only the page's data name (JSON-LD, meta), not its text: nothing, a question, or as shown.
    continued: what it counts for that the page is a later part of a piece, whose first part may name the author: nothing, or a question.
    unseen: what an author counts for whom readers of the drawn page see only once they do something, or a script does: nothing, or a question.
    """
    named = [author for author in page.authors if author.kind in kinds]
    shown = [author for author in named if author.visible]
    if shown:
        return passed(see("author", Label.AUTHOR, shown[0].spot), _values(shown))
    belongs = see("primary", Label.BYLINE_BELONGS, page.headline or page.first_text)
    if hidden := [author for author in named if author.sight is not None]:
        return _unseen(hidden, page, unseen)
    if named and structured == "yes":
        return passed(values=_values(named), confidence=Confidence.MEDIUM)
    if named and structured == "review":
        return unsure(ReviewReason.CLIENT_RENDERED, belongs, _values(named))
    others = [author for author in page.authors if author.visible]
    if others:
        return failed(see("primary", Label.AUTHOR, others[0].spot) or belongs, _values(others))
    if page.variants.previous and continued == "review":
        return unsure(ReviewReason.CONTINUES_ANOTHER, belongs, {**_values([]), "previous": clip(page.variants.previous, 200)})
    return failed(belongs, _values([]), Confidence.MEDIUM)


def _unseen(authors: list[Author], page: Page, unseen: str) -> Verdict:
    """Authors whom the page names where readers do not see it."""
    evidence = see("primary", Label.AUTHOR, authors[0].spot)
    values = {**_values(authors), "unseen": clip(authors[0].name, 80)}
    if unseen == "review" and any(may_be_shown(author.sight, page) for author in authors):
        return unsure(ReviewReason.HIDDEN_BY_STYLE, evidence, values)
    return failed(evidence, values)


@check("author-leads-somewhere", over="page", values=("author",))
def author_leads_somewhere(_subject: Page, page: Page) -> Verdict:
    """Each person among the visible authors leads to a page about them: by a link of the byline, or by an address in the page's data."""
    people = [author for author in page.authors if author.visible and author.kind == "person"]
    known = {name for entry in page.author_data if entry.url for name in entry.names}
    bare = [author for author in people if not author.href and author.name not in known]
    return failed(see("primary", Label.AUTHOR, bare[0].spot), _values(bare)) if bare else passed(values=_values(people))


@check("author-is-software", over="page", values=("author",))
def author_is_software(_subject: Page, page: Page) -> Verdict:
    """Every visible author is a program."""
    shown = [author for author in page.authors if author.visible]
    if shown and all(author.software for author in shown):
        return passed(see("primary", Label.AUTHOR, shown[0].spot), _values(shown), Confidence.MEDIUM)
    return failed(values=_values(shown))


@check("has-date", over="page")
def has_date(_subject: Page, page: Page) -> Verdict:
    """The page says when it was published or changed, to readers or in its data."""
    if page.published or page.modified or page.shows_date:
        return passed()
    return failed(see("primary", Label.DATE_BELONGS, page.headline or page.first_text), confidence=Confidence.MEDIUM)


def _values(authors: list[Author]) -> dict[str, Value]:
    return {"author": clip(", ".join(author.name for author in authors), 80) or None}
