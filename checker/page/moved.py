"""The facts of a page as its scripts have left it, told at the places of its source: what both have stands where the source has it. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from checker.facts import Page, Spot
from checker.text import fold


class _Placed(Protocol):
    @property
    def spot(self) -> Spot | None: ...


_Fact = TypeVar("_Fact", bound=_Placed)


def moved(ran: Page, page: Page) -> Page:
    """The facts of `ran` with the spots of `page`; what only scripts brought has no place in the source, and says so."""
    credit_spots = [image.credit.spot if image.credit else None for image in page.images]
    credits_of = _Spots((fold(image.credit.text), spot) for image, spot in zip(page.images, credit_spots, strict=True) if image.credit)
    images = _moved(ran.images, page.images, lambda image: image.src)
    return replace(
        ran,
        source=page.source,
        links=tuple(_moved(ran.links, page.links, lambda link: link.href)),
        notices=tuple(_moved(ran.notices, page.notices, lambda notice: fold(notice.text))),
        authors=tuple(_moved(ran.authors, page.authors, lambda author: fold(author.name))),
        images=tuple(
            replace(image, credit=replace(image.credit, spot=credits_of.next(fold(image.credit.text), image.credit.spot))) if image.credit else image
            for image in images
        ),
        monetisers=page.monetisers or tuple(replace(each, spot=None) for each in ran.monetisers),
        first_text=page.first_text,
        headline=page.headline,
        claims=page.claims,
        reviewers=tuple(_moved(ran.reviewers, page.reviewers, lambda reviewer: fold(reviewer.name))),
        author_data=tuple(_moved(ran.author_data, page.author_data, lambda entry: (entry.source, entry.written))),
        paid_signs=tuple(_moved(ran.paid_signs, page.paid_signs, lambda sign: (sign.sign, sign.text))),
        passages=page.passages,
        directives=page.directives,
        variants=page.variants,
    )


class _Spots:
    """The spots of equal things, in their order."""

    def __init__(self, pairs: Iterable[tuple[Hashable, Spot | None]]) -> None:
        self._left: dict[Hashable, deque[Spot | None]] = defaultdict(deque)
        for key, spot in pairs:
            self._left[key].append(spot)

    def next(self, key: Hashable, own: Spot | None) -> Spot | None:
        """The next one's spot; without one, none that can be found in the source."""
        if self._left[key]:
            return self._left[key].popleft()
        return Spot(-1, None, own.quote) if own is not None else None


def _moved(ran: Iterable[_Fact], source: Iterable[_Fact], key: Callable[[_Fact], Hashable]) -> list[_Fact]:
    spots = _Spots((key(fact), fact.spot) for fact in source)
    return [replace(fact, spot=spots.next(key(fact), fact.spot)) for fact in ran]  # type: ignore[type-var]
