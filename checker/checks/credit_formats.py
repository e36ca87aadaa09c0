"""The check of how a house style writes credits, agency by agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see
from checker.checks.images import image_values, visible_credit
from checker.checks.shapes import Shape
from checker.checks.spellings import first_difference
from checker.facts import Credit, Image, Page
from checker.model import Confidence
from checker.text import clip, fold

CreditFormat = Annotated[
    str,
    Shape(
        r"^(?:[^{}]|\{maker\}|\{agency\})+$",
        'a credit as it is written, in which {maker} and {agency} stand for names, such as "Photo: {maker}/{agency}"',
    ),
]

_WORD = re.compile(r"\w+")


@check("credit-has-format", over="images", values=("file", "credit", "agency", "format", "lacks", "surplus"))
def credit_has_format(image: Image, _page: Page, *, formats: tuple[CreditFormat, ...], agencies: tuple[str, ...] = ()) -> Verdict:
    """The visible credit is written in one of these ways; a picture without one passes.

    formats: the ways, such as "Photo: {maker}/{agency}", in which {maker} and {agency} stand for the names; every other character counts.
    agencies: names of agencies whose credits alone are asked, all others pass; none named: every credit.
    """
    credit = visible_credit(image)
    if credit is None or credit.placeholder or (agencies and not _is_of(credit, agencies)):
        return passed(values=image_values(image))
    forms = [_filled(form, credit) for form in formats]
    if any(credit.text == form or _fits(form, raw, credit) for form, raw in zip(forms, formats, strict=True)):
        return passed(see("credit", Label.CREDIT, credit.spot), image_values(image))
    nearest = _nearest(credit.text, forms)
    lacks, surplus = first_difference(credit.text, nearest)
    more: dict[str, Value] = {"agency": credit.agency, "format": clip(nearest, 80), "lacks": lacks, "surplus": surplus}
    evidence = see("primary", Label.CREDIT, credit.spot or image.spot) + see("image", Label.IMAGE, image.spot)
    # Which of the words are the maker's name is a reading of the text.
    return failed(evidence, image_values(image) | more, Confidence.MEDIUM)


def _is_of(credit: Credit, agencies: Sequence[str]) -> bool:
    words = set(_WORD.findall(fold(credit.agency or "")))
    return bool(words) and any(words.issuperset(_WORD.findall(fold(name))) for name in agencies)


def _filled(form: str, credit: Credit) -> str:
    """The format with the names of this credit; what the credit does not name stays open."""
    return form.replace("{maker}", credit.maker or "…").replace("{agency}", credit.agency or "…")


def _fits(form: str, raw: str, credit: Credit) -> bool:
    """Whether the credit has the shape, where its maker or agency is written in a way that is not read as a name: "jd/Reuters"."""
    unread = ("{maker}" in raw and credit.maker is None) or ("{agency}" in raw and credit.agency is None)
    return unread and re.fullmatch(re.escape(form).replace("…", r"\w[^/:()|©]*"), credit.text) is not None


def _nearest(text: str, forms: Sequence[str]) -> str:
    words = set(_WORD.findall(text))
    return max(forms, key=lambda form: (len(words.intersection(_WORD.findall(form))), -abs(len(form) - len(text))), default="")
