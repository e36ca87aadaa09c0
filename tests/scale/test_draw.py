"""Who draws pages for a run, without a browser: what it is given, what it keeps, and what is said where that fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import read
from checker.facts import Page
from checker.model import PageReport, Source
from checker.render.portray import Picture
from checker.render.proof import Proof
from checker.render.renderer import Drawing, Markup
from checker.render.wish import RenderWish
from checker.scale.draw import Drawer, Undrawn
from checker.sight import Drawn, View

PAGE = "<!doctype html><html><head><link rel=canonical href='https://tea.example/kettles'></head><body><p>Tea</p></body></html>"
DRAWN = Drawn("Chromium 1", (View(390, 844), View(1366, 768)))


class Fake:
    """In place of the renderer."""

    def __init__(self, *pictures: Picture) -> None:
        self.wish = RenderWish()
        self.pictures = pictures
        self.parts: dict[str, Any] = {"https://tea.example/site.css": "sheet"}
        self.doms = {"390x844": "<html></html>"}
        self.ran: dict[str, str] = {}
        self.told: list[Any] = []
        self.closed = False

    def draw(self, markup: Markup, address: str, shelf: Any, reread: Any) -> Drawing:  # noqa: ARG002 - as the renderer
        self.told.append((address, shelf, reread("<p>né\ud800</p>")))
        return Drawing(DRAWN)

    def portray(self, page: Page, text: str, address: str, shelf: Any, *rest: Any) -> list[Picture]:  # noqa: ARG002 - as the renderer
        self.told.append((address, text))
        return list(self.pictures)

    def close(self) -> None:
        self.closed = True


class Keeper:
    def __init__(self) -> None:
        self.proofs: list[Proof] = []

    def keep(self, report: PageReport, source: Source, proof: Proof) -> None:  # noqa: ARG002 - as the renderer
        self.proofs.append(proof)


def drawer(fake: Fake, keeper: Keeper | None = None, **wishes: Any) -> Drawer:
    fake.wish = RenderWish(**wishes)
    made = Drawer(fake.wish, keeper=keeper)
    made._renderer = fake  # type: ignore[assignment]
    return made


SOURCE = Source("kettles.html", PAGE.encode(), path="kettles.html")
REPORT = PageReport("kettles.html", "checked", page_key="kettles.html", drawn=DRAWN)


@pytest.fixture
def page() -> Page:
    return read(PAGE)


def test_a_page_is_shown_at_the_address_that_it_names_and_read_again_as_utf_8(page: Page) -> None:
    fake = Fake()
    given: list[Any] = []
    drawer(fake).draw(SOURCE, Markup(page, PAGE, lambda spot: spot), given.append)
    assert fake.told[0][0] == "https://tea.example/kettles"
    assert (given[0].body, given[0].charset, given[0].name) == ("<p>né?</p>".encode(), "utf-8", "kettles.html")


def test_where_nothing_is_kept_nothing_is_drawn_again(page: Page) -> None:
    fake = Fake(Picture("390x844.png", "390x844", b"PNG"))
    assert drawer(fake).kept(REPORT, SOURCE, page, PAGE) is REPORT
    assert fake.told == []


def test_a_page_that_was_not_drawn_has_no_pictures(page: Page, tmp_path: Path) -> None:
    report = PageReport("kettles.html", "not_checked", page_key="kettles.html")
    assert drawer(Fake(), pictures=str(tmp_path)).kept(report, SOURCE, page, PAGE) is report


def test_pictures_are_written_and_told_of(page: Page, tmp_path: Path) -> None:
    fake = Fake(Picture("390x844.png", "390x844", b"PNG"), Picture("1366x768.png", "1366x768", b"PNG"))
    report = drawer(fake, pictures=str(tmp_path)).kept(REPORT, SOURCE, page, PAGE)
    assert [Path(picture.path).read_bytes() for picture in report.pictures] == [b"PNG", b"PNG"]
    assert report.problems == ()


def test_a_picture_that_could_not_be_taken_is_told(page: Page, tmp_path: Path) -> None:
    report = drawer(Fake(Picture("390x844.png", "390x844", b"PNG")), pictures=str(tmp_path)).kept(REPORT, SOURCE, page, PAGE)
    assert report.problems == ("no picture of it could be taken at 1366x768",)


def test_a_picture_that_cannot_be_written_costs_no_verdict(page: Page, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fake = Fake(Picture("390x844.png", "390x844", b"PNG"), Picture("1366x768.png", "1366x768", b"PNG"))
    report = drawer(fake, pictures=str(tmp_path / "file")).kept(REPORT, SOURCE, page, PAGE)
    assert report.pictures == ()
    assert "cannot be written" in report.problems[0]
    assert report.status == "checked"


def test_what_a_page_was_drawn_from_is_kept_as_evidence(page: Page) -> None:
    keeper = Keeper()
    drawer(Fake(), keeper).kept(REPORT, SOURCE, page, PAGE)
    (proof,) = keeper.proofs
    assert (proof.address, proof.drawn, set(proof.parts), set(proof.doms)) == (
        "https://tea.example/kettles",
        DRAWN,
        {"https://tea.example/site.css"},
        {"390x844"},
    )


def test_a_page_that_no_browser_draws_is_kept_without_what_one_told(page: Page) -> None:
    keeper = Keeper()
    nobody = Undrawn(keeper)
    assert nobody.draw(SOURCE, Markup(page, PAGE, lambda spot: spot), lambda _: None) is None  # type: ignore[func-returns-value]
    assert nobody.kept(REPORT, SOURCE, page, PAGE) is REPORT
    assert keeper.proofs[0].drawn is None


def test_the_browser_ends_with_the_run() -> None:
    fake = Fake()
    made = drawer(fake)
    made.close()
    assert fake.closed
