"""Checks of what data and files say of a picture, and of credits with agencies and licences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import Label, by_name
from checker.checks.picture_data import shares_a_name
from checker.facts import Credit, FileMetadata, Image, ImageObject, Page, Spot, Verdicts
from checker.model import Outcome, ReviewReason

CREDIT = Credit("Photo: Ida Holm/Coast Press", "caption", maker="Ida Holm", agency="Coast Press", agency_kind="pictures", spot=Spot(7, 3))
IMAGE = Image(Spot(6), "boats.jpg", content=True, why="figure", credit=CREDIT)
PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (IMAGE,), Verdicts("not_needed", "none", "all"))
CHECKS = by_name()
DEED = "https://creativecommons.org/licenses/by/4.0/"


def ask(name: str, image: Image, **options: Any) -> Outcome:
    return CHECKS[name](image, PAGE, options).outcome


def credited(**changes: Any) -> Image:
    return replace(IMAGE, credit=replace(CREDIT, **changes))


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ("Holm, Ida", "Photo: Ida Holm/Coast Press", True),
        ("Zoé Hölm", "HOLM ZOE", True),
        ("Ostpress-Holm", "OstpressHolm", True),
        ("J. Holm", "Jonna Holm", True),
        ("Ida Holm", "Ben Oduya", False),
        ("Ida Holm", "Ида Хольм", None),
        ("Ида Хольм", "Бен Одуя", False),
        ("田中花子", "撮影:田中花子", True),
        ("Ida Holm", "", None),
        ("Ida Holm", "2024", None),
    ],
)
def test_a_name_in_common(left: str, right: str, shared: bool | None) -> None:
    assert shares_a_name(left, right) is shared
    assert shares_a_name(right, left) is shared


@pytest.mark.parametrize(("kinds", "outcome"), [(("news", "pictures"), Outcome.PASS), (("stock",), Outcome.VIOLATION), ((), Outcome.VIOLATION)])
def test_only_agencies_of_the_kinds_asked_for_count(kinds: tuple[str, ...], outcome: Outcome) -> None:
    assert ask("credit-names-agency", IMAGE, kinds=kinds) is outcome


@pytest.mark.parametrize(
    ("agency", "names", "outcome"),
    [
        ("AP", ("AP",), Outcome.PASS),
        ("AP Photo", ("AP",), Outcome.PASS),
        ("APA", ("AP",), Outcome.VIOLATION),
        ("Getty Images", ("getty",), Outcome.PASS),
        ("ČTK", ("AP", "Reuters"), Outcome.VIOLATION),
    ],
)
def test_agencies_by_name(agency: str, names: tuple[str, ...], outcome: Outcome) -> None:
    assert ask("credit-names-agency", credited(agency=agency), names=names) is outcome


def test_a_maker_is_named_or_it_is_said_why_not() -> None:
    assert ask("credit-names-maker", IMAGE) is Outcome.PASS
    assert ask("credit-names-maker", credited(maker=None)) is Outcome.VIOLATION
    assert ask("credit-names-maker", credited(maker=None, collective=True)) is Outcome.PASS
    assert ask("credit-names-maker", credited(place="alt_or_title")) is Outcome.VIOLATION, "readers do not see it"


@pytest.mark.parametrize(("licence", "outcome"), [("CC BY 4.0", Outcome.PASS), ("cc0", Outcome.VIOLATION), (None, Outcome.VIOLATION)])
def test_a_licence_that_asks_for_nothing_does_not_count(licence: str | None, outcome: Outcome) -> None:
    assert ask("credit-names-licence", credited(licence=licence), besides=("CC0",)) is outcome


@pytest.mark.parametrize(
    ("maker", "links", "outcome", "missing"),
    [
        ("Ida Holm", (DEED, "https://pictures.example/1"), Outcome.PASS, None),
        ("Ida Holm", (DEED,), Outcome.NEEDS_REVIEW, Label.SOURCE),
        ("Ida Holm", ("https://pictures.example/1",), Outcome.NEEDS_REVIEW, Label.DEED),
        ("Ida Holm", (), Outcome.VIOLATION, Label.DEED),
        (None, (DEED, "https://pictures.example/1"), Outcome.VIOLATION, Label.MAKER),
        ("Ida Holm", ("https://notcreativecommons.org/x", "https://pictures.example/?by=creativecommons.org"), Outcome.NEEDS_REVIEW, Label.DEED),
        ("Ida Holm", ("http://[broken", DEED), Outcome.PASS, None),
    ],
)
def test_a_licence_is_followed(maker: str | None, links: tuple[str, ...], outcome: Outcome, missing: Label | None) -> None:
    verdict = CHECKS["licence-is-followed"](credited(maker=maker, links=links), PAGE, {"deeds": ("creativecommons.org",)})
    assert (verdict.outcome, verdict.values["missing"]) == (outcome, missing)
    assert (verdict.reason is ReviewReason.LINKED_ELSEWHERE) == (outcome is Outcome.NEEDS_REVIEW)


def test_a_bare_address_is_no_description() -> None:
    assert ask("is-in-data", IMAGE) is Outcome.VIOLATION
    assert ask("is-in-data", replace(IMAGE, data=ImageObject())) is Outcome.PASS


@pytest.mark.parametrize(
    ("data", "outcome"), [(None, Outcome.VIOLATION), (ImageObject(), Outcome.VIOLATION), (ImageObject(licence=DEED), Outcome.PASS)]
)
def test_what_the_data_say(data: ImageObject | None, outcome: Outcome) -> None:
    assert ask("data-says", replace(IMAGE, data=data), any_of=("creators", "licence")) is outcome


@pytest.mark.parametrize(
    ("told", "outcome"),
    [("Ida Holm", Outcome.PASS), ("COAST PRESS", Outcome.PASS), ("Ben Oduya", Outcome.VIOLATION), ("Бен Одуя", Outcome.PASS), (None, Outcome.PASS)],
)
def test_credit_and_data(told: str | None, outcome: Outcome) -> None:
    assert ask("credit-agrees-with-data", replace(IMAGE, data=ImageObject(credit_text=told))) is outcome


@pytest.mark.parametrize(
    ("file", "credit", "outcome"),
    [
        (FileMetadata(creators=("Holm, Ida",)), CREDIT, Outcome.PASS),
        (FileMetadata(creators=("Ben Oduya",), credit_line="Coast Press"), CREDIT, Outcome.PASS),
        (FileMetadata(creators=("Ben Oduya",)), CREDIT, Outcome.NEEDS_REVIEW),
        (FileMetadata(creators=("Ben Oduya",)), None, Outcome.VIOLATION),
        (FileMetadata(copyright_notice="© Ben Oduya"), replace(CREDIT, placeholder=True), Outcome.VIOLATION),
        (FileMetadata(source="Scanner"), None, Outcome.PASS),
        (None, None, Outcome.PASS),
    ],
)
def test_credit_and_file(file: FileMetadata | None, credit: Credit | None, outcome: Outcome) -> None:
    assert ask("credit-agrees-with-file", replace(IMAGE, file=file, credit=credit)) is outcome


@pytest.mark.parametrize("where", ["file", "data"])
def test_a_mark_of_software_is_read_from_file_and_data(where: str) -> None:
    kinds = {"file": FileMetadata, "data": ImageObject}
    marked = replace(IMAGE, **{where: kinds[where](digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/")})
    assert ask("is-generated", marked, source_types=("trainedAlgorithmicMedia",)) is Outcome.PASS
    assert ask("is-generated", marked, source_types=("digitalCapture",)) is Outcome.VIOLATION
    assert ask("is-generated", IMAGE, source_types=("trainedAlgorithmicMedia",)) is Outcome.VIOLATION


def test_a_text_that_says_so() -> None:
    assert ask("says-generated", IMAGE) is Outcome.VIOLATION
    assert ask("says-generated", replace(IMAGE, says_generated=True)) is Outcome.PASS
