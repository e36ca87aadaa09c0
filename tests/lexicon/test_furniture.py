from __future__ import annotations

from pathlib import Path

import pytest

from checker.lexicon.furniture import Furniture
from checker.packs import built_in

WORDS = Furniture.load([built_in()])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/wp-content/themes/frost/a.jpg", "design"),
        ("https://cdn.example/wp-content/plugins/x/images//a.png", "design"),
        ("squelettes/img/a.png", "design"),
        ("../img/icons/a.png", "icon"),
        ("/img/Icons/a.png?x=/logos/", "icon"),
        ("/u/logos/2/a.png", "logo"),
        ("/wp-content/uploads/a.jpg", None),
        ("https://icons.example/a.jpg", None),
        ("/iconsandmore/a.jpg", None),
        ("icons", None),
        ("", None),
    ],
)
def test_what_folders_hold(address: str, kind: str | None) -> None:
    assert WORDS.by_folder(address) == kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/a/print.png", "icon"),
        ("/a/play_button-64.png", "icon"),
        ("/a/close@2x.png", "icon"),
        ("/a/spinner.gif?v=3", "pixel"),
        ("/a/google-play-150x150.png", "brand"),
        ("/a/print.jpg", None),
        ("/a/print-of-the-lake.png", None),
        ("/a/print-" + "7" * 5_000 + ".png", None),
    ],
)
def test_what_the_name_of_a_drawing_says(address: str, kind: str | None) -> None:
    assert WORDS.by_name(address) == kind


@pytest.mark.parametrize(
    ("alt", "kind"), [("Rating", "icon"), (" QR-Code ", "code"), ("Twitter", "brand"), ("Rating of the lakes", None), ("", None)]
)
def test_what_an_alternative_text_says(alt: str, kind: str | None) -> None:
    assert WORDS.by_alt(alt) == kind


@pytest.mark.parametrize(
    ("href", "for_sharing"),
    [
        ("mailto:?body=x", True),
        ("https://www.facebook.com/sharer/sharer.php?u=x", True),
        ("//pinterest.com/pin/create/button/", True),
        ("https://twitter.com/intent/tweet?url=x", True),
        ("https://www.facebook.com/lakepost", False),
        ("https://lakepost.example/?u=facebook.com/sharer", False),
        ("/share", False),
    ],
)
def test_addresses_for_passing_a_page_on(href: str, *, for_sharing: bool) -> None:
    assert WORDS.is_for_sharing(href) is for_sharing


def test_a_pack_of_one_s_own_adds_words(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    text = '[folders]\ndesign = ["frost/skin"]\n[drawings]\nicon = ["snowflake"]\n[banners]\nsizes = ["777x77"]\n'
    (tmp_path / "words" / "images.toml").write_text(text, "utf-8")
    words = Furniture.load([built_in(), tmp_path])
    assert (words.by_folder("/frost/skin/a.png"), words.by_name("/snowflake.svg")) == ("design", "icon")
    assert words.is_traded(777, 77)
    assert not WORDS.is_traded(777, 77)
