"""Checks of picture credits, as a reader sees them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.sight import may_be_shown
from checker.facts import Credit, Image, Page
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip, fold

Place = Literal["caption", "credit_element", "overlay_or_after", "alt_or_title", "page_level", "structured", "file_metadata"]
AgencyKind = Literal["news", "pictures", "stock", "free"]

_WORD = re.compile(r"\w+")
# Where a reader of the page finds a credit without a tool or a pointer.
_SEEN = ("caption", "credit_element", "overlay_or_after", "page_level")


@check("has-credit", over="images", values=("file", "credit", "unseen"))
def has_credit(image: Image, page: Page, *, places: tuple[Place, ...] = (), unseen: Literal["no", "review"] = "no") -> Verdict:
    """The picture carries a credit.

    places: where it has to stand to count; none named: anywhere.
    unseen: what it counts for where a browser drew the page and readers see it only once they do something, or a script does: nothing, or a question.
    """
    credit = image.credit
    evidence = see("primary", Label.IMAGE, image.spot)
    if credit is not None and (not places or credit.place in places):
        if not credit.is_unseen:
            return passed(evidence + see("credit", Label.CREDIT, credit.spot), image_values(image))
        values = {**image_values(image), "unseen": clip(credit.text, 80)}
        evidence += see("credit", Label.CREDIT, credit.spot)
        if unseen == "review" and may_be_shown(credit.sight, page):
            return unsure(ReviewReason.HIDDEN_BY_STYLE, evidence, values)
        return failed(evidence, values)
    # That no line near the picture is a credit is a reading of the text, not a certainty.
    return failed(evidence, image_values(image), Confidence.MEDIUM)


@check("credit-names-someone", over="images", values=("file", "credit"))
def credit_names_someone(image: Image, _page: Page) -> Verdict:
    """The credit names a person or an organisation, not a placeholder such as the name of a search engine."""
    if image.credit is not None and not image.credit.placeholder:
        return passed(values=image_values(image))
    return failed(_at_image_and_credit(image), image_values(image))


@check("credit-names-agency", over="images", values=("file", "credit", "agency"))
def credit_names_agency(
    image: Image, _page: Page, *, kinds: tuple[AgencyKind, ...] = ("news", "pictures", "stock", "free"), names: tuple[str, ...] = ()
) -> Verdict:
    """The visible credit names an agency or a picture library that is known by name.

    kinds: news: news agencies; pictures: picture agencies; stock: libraries that sell; free: libraries that give.
    names: only agencies whose name holds one of these words; none named: any.
    """
    credit = visible_credit(image)
    values = image_values(image) | {"agency": credit.agency if credit else None}
    words = set(_WORD.findall(fold(credit.agency or ""))) if credit else set()
    wanted = not names or any(words.issuperset(_WORD.findall(fold(name))) for name in names)
    named = credit is not None and credit.agency is not None and credit.agency_kind in kinds and wanted
    return passed(_at_image_and_credit(image), values) if named else failed(_at_image_and_credit(image), values)


@check("credit-names-maker", over="images", values=("file", "credit", "agency"))
def credit_names_maker(image: Image, _page: Page) -> Verdict:
    """Beside an agency the visible credit names who made the picture, or says why nobody is (pool, handout, archive)."""
    credit = visible_credit(image)
    values = image_values(image) | {"agency": credit.agency if credit else None}
    if credit is not None and (credit.maker is not None or credit.collective):
        return passed(_at_image_and_credit(image), values)
    return failed(_at_image_and_credit(image), values, Confidence.MEDIUM)


@check("credit-names-licence", over="images", values=("file", "credit", "licence"))
def credit_names_licence(image: Image, _page: Page, *, besides: tuple[str, ...] = ()) -> Verdict:
    """The visible credit names a free licence.

    besides: beginnings of names of licences that do not count, because they ask for nothing.
    """
    credit = visible_credit(image)
    licence = credit.licence if credit else None
    values = image_values(image) | {"licence": licence}
    named = licence is not None and not fold(licence).startswith(tuple(fold(name) for name in besides))
    return passed(_at_image_and_credit(image), values) if named else failed(_at_image_and_credit(image), values)


@check("image-comes-from", over="images", values=("file", "host"))
def image_comes_from(image: Image, _page: Page, *, hosts: tuple[str, ...]) -> Verdict:
    """The picture is delivered by one of these sites.

    hosts: ends of hosts, such as unsplash.com.
    """
    found = next((host for address in (image.src, *image.sources) if (host := _host(address)).endswith(tuple(f".{end}" for end in hosts))), None)
    values = image_values(image) | {"host": found}
    evidence = see("primary", Label.IMAGE, image.spot)
    return passed(evidence, values) if found else failed(evidence, values)


@check("licence-is-followed", over="images", values=("file", "credit", "licence", "missing", "missing_too"))
def licence_is_followed(image: Image, _page: Page, *, deeds: tuple[str, ...]) -> Verdict:
    """Beside a free licence the credit names the maker and leads to the licence and to the source.

    Where one of the two links is missing the other may lead to both, which is a question.

    deeds: hosts on which the texts of licences stand.
    """
    credit = visible_credit(image)
    links = credit.links if credit else ()
    leads_to_deed = [_host(link).removeprefix("www.") in deeds for link in links]
    deed, source = any(leads_to_deed), not all(leads_to_deed)
    wanted = {Label.MAKER: credit is not None and credit.maker is not None, Label.DEED: deed, Label.SOURCE: source}
    lacking = [label for label, there in wanted.items() if not there]
    missing, missing_too = [*lacking, None, None][:2]
    values = image_values(image) | {"licence": credit.licence if credit else None, "missing": missing, "missing_too": missing_too}
    evidence = _at_image_and_credit(image)
    if not lacking:
        return passed(evidence, values)
    if Label.MAKER in lacking or len(lacking) > 1:
        return failed(evidence, values, Confidence.MEDIUM)
    return unsure(ReviewReason.LINKED_ELSEWHERE, evidence, values)


def visible_credit(image: Image) -> Credit | None:
    """The credit, if readers see it."""
    return image.credit if image.credit is not None and image.credit.place in _SEEN and not image.credit.is_unseen else None


def _host(link: str) -> str:
    try:
        return urlsplit(link.strip()).hostname or ""
    except ValueError:  # no address at all
        return ""


def image_values(image: Image) -> dict[str, Value]:
    """What messages say of a picture: its file's name and its credit."""
    return {"file": _file_name(image.src), "credit": clip(image.credit.text, 80) if image.credit else None}


@lru_cache(1024)  # every check on a picture asks
def _file_name(src: str) -> str | None:
    name = unquote(src.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]).rstrip("/").rsplit("/", 1)[-1]
    return None if not name or src[:5].lower() == "data:" else clip(name, 60)


def _at_image_and_credit(image: Image) -> tuple[Evidence, ...]:
    return see("primary", Label.IMAGE, image.spot) + see("credit", Label.CREDIT, image.credit.spot if image.credit else None)
