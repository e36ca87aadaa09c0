"""Places in a piece by which a house style says where a sentence belongs, told from the page's passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checker.checks.base import Label
from checker.facts import Passage, Region

Place = Literal["under_headline", "under_standfirst", "before_text", "end", "footer"]

_LABELS: dict[str, Label] = {
    "under_headline": Label.PLACE_UNDER_HEADLINE,
    "under_standfirst": Label.PLACE_UNDER_STANDFIRST,
    "before_text": Label.PLACE_BEFORE_TEXT,
    "end": Label.PLACE_END,
    "footer": Label.PLACE_FOOTER,
}
_PIECE = frozenset((Region.TITLE_AREA, Region.ARTICLE, Region.ARTICLE_END, Region.PRODUCT_BOX))
# So many characters of a passage before the sentence are text that readers come to first; a label such as "Advertising:" is less.
_TEXT_BEFORE = 40


def label_of(place: Place) -> Label:
    """What readers of a report are told a place is."""
    return _LABELS[place]


def stands_in(passages: Sequence[Passage], index: int, offset: int, place: Place) -> bool | None:
    """Whether what begins `offset` characters into the passage stands in the place; None where the page does not tell.

    Bylines, dates, captions and buttons may come between; running text may not.
    """
    here = passages[index]
    if place == "footer":
        return here.region is Region.PAGE_FOOTER
    headline = next((at for at, passage in enumerate(passages) if passage.role == "headline"), -1)
    if here.region not in _PIECE:
        return False
    if place == "end":
        return index > headline and not any(_is_text(passage) for passage in passages[index + 1 :])
    before = sum(_is_text(passage) for passage in passages[headline + 1 : index]) + (offset >= _TEXT_BEFORE and here.role == "text")
    if place == "before_text":
        return before == 0
    if index <= headline:
        return False
    standfirsts = [at for at, passage in enumerate(passages) if passage.role == "standfirst" and passage.hidden_by is None and at > headline]
    if place == "under_headline":
        return before == 0 and not any(at <= index for at in standfirsts)
    if standfirsts:
        last = standfirsts[-1]
        return index >= last and not any(_is_text(passage) for passage in passages[last + 1 : index]) and offset < max(_TEXT_BEFORE, len(here.text))
    # The first paragraph may be the standfirst, though nothing says so.
    return True if before == 0 else None if before == 1 else False


def belongs(passages: Sequence[Passage], place: Place) -> Passage | None:
    """The passage under or before which the place is; None where the page has none."""
    seen = [passage for passage in passages if passage.hidden_by is None]
    if place == "footer":
        return next((passage for passage in seen if passage.region is Region.PAGE_FOOTER), None)
    if place == "end":
        return next((passage for passage in reversed(seen) if _is_text(passage)), None)
    roles = {"under_headline": ("headline",), "under_standfirst": ("standfirst", "headline"), "before_text": ("text",)}[place]
    return next((passage for role in roles for passage in seen if passage.role == role), None)


def _is_text(passage: Passage) -> bool:
    return passage.role == "text" and passage.hidden_by is None and passage.region in _PIECE
