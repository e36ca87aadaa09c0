"""Checks of picture credits."""

from __future__ import annotations

from typing import Literal
from urllib.parse import unquote

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see
from checker.facts import Image, Page
from checker.model import Confidence
from checker.text import clip

Place = Literal["caption", "credit_element", "overlay_or_after", "alt_or_title", "page_level", "structured", "file_metadata"]


@check("has-credit", over="images", values=("file", "credit"))
def has_credit(image: Image, _page: Page, *, places: tuple[Place, ...] = ()) -> Verdict:
    """The picture carries a credit.

    places: where it has to stand to count; none named: anywhere.
    """
    credit = image.credit
    evidence = see("primary", Label.IMAGE, image.spot)
    if credit is not None and (not places or credit.place in places):
        return passed(evidence + see("credit", Label.CREDIT, credit.spot), _values(image))
    # That no line near the picture is a credit is a reading of the text, not a certainty.
    return failed(evidence, _values(image), Confidence.MEDIUM)


@check("credit-names-someone", over="images", values=("file", "credit"))
def credit_names_someone(image: Image, _page: Page) -> Verdict:
    """The credit names a person or an organisation, not a placeholder such as the name of a search engine."""
    if image.credit is not None and not image.credit.placeholder:
        return passed(values=_values(image))
    evidence = see("credit", Label.CREDIT, image.credit.spot if image.credit else None)
    return failed(see("primary", Label.IMAGE, image.spot) + evidence, _values(image))


def _values(image: Image) -> dict[str, Value]:
    name = unquote(image.src.split("?")[0].split("#")[0]).rstrip("/").rsplit("/", 1)[-1]
    shown = None if not name or image.src[:5].lower() == "data:" else clip(name, 60)
    return {"file": shown, "credit": clip(image.credit.text, 80) if image.credit else None}
