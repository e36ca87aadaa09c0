"""The sizes of windows that may be asked for."""

from __future__ import annotations

import pytest

from checker.errors import BadConfig
from checker.render.renderer import address_of
from checker.render.wish import DESKTOP, PHONE, RenderWish, is_phone, size_of


@pytest.mark.parametrize(
    ("written", "size"), [("390x844", (390, 844)), (" 1366X768 ", (1366, 768)), ("120x120", (120, 120)), ("10000x10000", (10_000, 10_000))]
)
def test_a_size_is_width_and_height(written: str, size: tuple[int, int]) -> None:
    assert size_of(written) == size


@pytest.mark.parametrize("written", ["", "390", "390*844", "390x", "x844", "-390x844", "390.5x844", "390x844px", "0x390x844", "phone", "390x844\n1"])
def test_what_is_no_size_is_told_how_one_is_written(written: str) -> None:
    with pytest.raises(BadConfig, match="WIDTHxHEIGHT in pixels, for example 390x844"):
        size_of(written)


@pytest.mark.parametrize("written", ["119x844", "390x119", "10001x844", "390x10001", "0x0", "99999x99999"])
def test_a_window_that_no_browser_opens_is_told_what_one_is(written: str) -> None:
    with pytest.raises(BadConfig, match="120 to 10,000 pixels"):
        size_of(written)


def test_a_narrow_window_is_that_of_a_phone() -> None:
    assert [is_phone(size) for size in (PHONE, (699, 400), (700, 1200), DESKTOP)] == [True, True, False, False]


def test_nothing_wished_for_is_the_phone_first_no_network_and_no_scripts() -> None:
    wish = RenderWish()
    assert (wish.sizes, wish.network, wish.scripts) == (((390, 844), (1366, 768)), False, False)


@pytest.mark.parametrize(
    ("url", "name", "address"),
    [
        ("https://tea.example/pots?page=2#top", "x", "https://tea.example/pots?page=2"),
        ("HTTP://tea.example", "x", "HTTP://tea.example"),
        (None, "pots.html", "https://page.invalid/pots.html"),
        ("file:///home/pots.html", "pots.html", "https://page.invalid/pots.html"),
        ("javascript:alert(1)", "pots.html", "https://page.invalid/pots.html"),
        ("", "pots.html", "https://page.invalid/pots.html"),
        (None, "../../etc/./pots.html", "https://page.invalid/etc/pots.html"),
        (None, "blog\\pots.html", "https://page.invalid/blog/pots.html"),
        (None, "/blog/a?b#c.html", "https://page.invalid/blog/a%3Fb%23c.html"),
        (None, "tée\n.html", "https://page.invalid/t%C3%A9e%0A.html"),
        (None, "-", "https://page.invalid/-"),
    ],
)
def test_a_page_is_shown_at_its_own_address_or_at_one_that_cannot_exist(url: str | None, name: str, address: str) -> None:
    assert address_of(url, name) == address
