"""Checks of what a picture's data and file say of its maker, against what readers are shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from checker.checks.base import Label, Verdict, check, failed, passed, see, unsure
from checker.checks.images import image_values, visible_credit
from checker.facts import Image, Page
from checker.model import Confidence, ReviewReason
from checker.text import clip, fold

Field = Literal["credit_text", "creators", "copyright_notice", "licence", "acquire_licence_page"]

_WORD = re.compile(r"\w{2,}")
_LATIN = re.compile(r"[a-z]")


@check("is-in-data", over="images", values=("file", "credit"))
def is_in_data(image: Image, _page: Page) -> Verdict:
    """The page's data describe the picture (schema.org ImageObject); a bare address is no description."""
    evidence = see("primary", Label.IMAGE, image.spot)
    return failed(evidence, image_values(image)) if image.data is None else passed(evidence, image_values(image))


@check("data-says", over="images", values=("file", "credit"))
def data_says(image: Image, _page: Page, *, any_of: tuple[Field, ...]) -> Verdict:
    """The page's data say this of the picture (schema.org ImageObject).

    any_of: one of these is enough.
    """
    told = [name for name in any_of if getattr(image.data, name, None)]
    evidence = see("primary", Label.IMAGE, image.spot)
    return passed(evidence, image_values(image)) if told else failed(evidence, image_values(image))


@check("credit-agrees-with-data", over="images", values=("file", "credit", "told"))
def credit_agrees_with_data(image: Image, _page: Page) -> Verdict:
    """What readers are told of the picture's maker and what the page's data say have a name in common."""
    shown = visible_credit(image)
    told = "; ".join((image.data.credit_text or "", *image.data.creators)).strip("; ") if image.data else ""
    values = image_values(image) | {"told": clip(told, 80) or None}
    if shown is None or not told or shares_a_name(f"{shown.maker or ''} {shown.agency or ''}", told) is not False:
        return passed(values=values)
    evidence = see("primary", Label.CREDIT, shown.spot) or see("primary", Label.IMAGE, image.spot)
    return failed(evidence + see("image", Label.IMAGE, image.spot), values, Confidence.MEDIUM)


@check("credit-agrees-with-file", over="images", values=("file", "credit", "told"))
def credit_agrees_with_file(image: Image, _page: Page) -> Verdict:
    """Readers are told a name that the picture's file gives as its maker, credit line or owner.

    Another name on the page is a question, because the file may name a camera's owner or a press office.
    """
    file = image.file
    named = [text for text in ((file.credit_line, *file.creators, file.copyright_notice) if file else ()) if text]
    values = image_values(image) | {"told": clip(named[0], 80) if named else None}
    evidence = see("primary", Label.IMAGE, image.spot)
    if not named:
        return passed(values=values)
    shown = visible_credit(image)
    if shown is None or shown.placeholder:
        return failed(evidence, values, Confidence.MEDIUM)
    if shares_a_name(shown.text, " ".join(named)) is not False:
        return passed(values=values)
    return unsure(ReviewReason.SOURCES_DIFFER, evidence + see("credit", Label.CREDIT, shown.spot), values)


@check("is-generated", over="images", values=("file", "told"))
def is_generated(image: Image, _page: Page, *, source_types: tuple[str, ...]) -> Verdict:
    """The picture's file or the page's data mark it as made by software.

    source_types: the last part of the addresses of IPTC's digital source types that count.
    """
    marks = [origin.digital_source_type for origin in (image.file, image.data) if origin is not None and origin.digital_source_type]
    told = next((name for mark in marks if (name := mark.rstrip("/").rsplit("/", 1)[-1]) in source_types), None)
    values = image_values(image) | {"told": told}
    evidence = see("primary", Label.IMAGE, image.spot)
    return passed(evidence, values) if told else failed(evidence, values)


@check("says-generated", over="images", values=("file", "credit"))
def says_generated(image: Image, _page: Page) -> Verdict:
    """A text at the picture tells readers that software made it."""
    evidence = see("primary", Label.IMAGE, image.spot)
    return passed(evidence, image_values(image)) if image.says_generated else failed(evidence, image_values(image), Confidence.MEDIUM)


def shares_a_name(left: str, right: str) -> bool | None:
    """Whether two texts have a word of a name in common; None where they cannot be compared, because one of them has no word in the other's script.

    Case, accents, order and punctuation do not count.

    >>> shares_a_name("Holm, Ida", "Photo: Ida Holm/Coast Press")
    True
    """
    words = [_name_words(text) for text in (left, right)]
    if not words[0] or not words[1]:
        return None
    if words[0] & words[1]:
        return True
    # "Holm/Ostpress" and "OSTPRESS-HOLM": run together or parted.
    joined = ["".join(sorted(each)) for each in words]
    if any(word in other for own, other in ((words[0], joined[1]), (words[1], joined[0])) for word in own if len(word) > 3):
        return True
    latin = [any(_LATIN.search(word) for word in each) for each in words]
    return None if latin[0] != latin[1] else False


def _name_words(text: str) -> set[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(char))
    return {word for word in _WORD.findall(plain) if not word.isdigit()}
