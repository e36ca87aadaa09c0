"""The check of the authors whom a publisher knows."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see
from checker.facts import Author, Page
from checker.text import clip, fold, nearest, tidy

Kind = Literal["person", "organisation", "generic"]


@check("author-is-listed", over="authors", values=("author", "nearest"))
def author_is_listed(author: Author, _page: Page, *, names: tuple[str, ...], besides: tuple[Kind, ...] = ()) -> Verdict:
    """The author, where readers see one, is on this list.

    names: the names, in capitals or not; of agencies too.
    besides: kinds of authors that need not be on it: organisation (agencies, newsrooms), generic (roles such as "Staff").
    """
    known = {_plain(name) for name in names}
    if not author.visible or author.kind in besides or _plain(author.name) in known:
        return passed(values={"author": clip(author.name, 80)})
    values: dict[str, Value] = {"author": clip(author.name, 80), "nearest": nearest(tidy(author.name)[:200], list(names))}
    return failed(see("primary", Label.AUTHOR, author.spot), values)


def _plain(name: str) -> str:
    return " ".join(fold(tidy(name)).split())
