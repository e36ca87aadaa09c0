from __future__ import annotations

from pathlib import Path

import pytest

from checker.lexicon.images import ImageWords
from checker.packs import built_in

WORDS = ImageWords.load([built_in()])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/theme/logo.png", "logo"),
        ("https://cdn.example/site-logo@2x.png?v=3", "logo"),
        ("/favicon.ico", "logo"),
        ("/arrow.svg", "icon"),
        ("/btn_play.gif", "icon"),
        ("/icons8-flag.png", "icon"),
        ("/avatar-3.jpg", "portrait"),
        ("https://www.gravatar.com/avatar/0a1b2c?s=96", "portrait"),
        ("//secure.gravatar.com/avatar/0a1b2c", "portrait"),
        ("/spacer.gif", "pixel"),
        ("/1x1.gif", "pixel"),
        ("/img/1x1.trans.gif", "pixel"),
        ("/placeholder.png", None),
        ("/transparent.gif", "pixel"),
        ("https://pixel.wp.com/b.gif?host=x", "pixel"),
        ("https://www.facebook.com/tr?id=1", "pixel"),
        ("https://m.media-amazon.com/images/I/51abc.jpg", "product"),
        ("/lake.jpg", None),
        ("/star-wars-cast-at-the-icon-premiere.jpg", None),
        ("/iconic.jpg", None),
        ("/blanket.jpg", None),
        ("/logos-and-myths-of-the-frozen-north-in-march.jpg", None),
        ("https://notgravatar.com/kettle.jpg", None),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", None),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_what_an_address_says(address: str, kind: str | None) -> None:
    assert WORDS.kind([address]) == kind


def test_the_first_address_that_says_something_decides() -> None:
    assert WORDS.kind(["/lake.jpg", "/logo.png", "/avatar.png"]) == "logo"
    assert WORDS.kind([]) is None


@pytest.mark.parametrize(
    ("line", "featured"),
    [
        ("(featured image: Ada Quill)", True),
        ("Featured Image via Ada Quill", True),
        ("All photos by Ada Quill", False),
        ("Images: Ada Quill", False),
        ("", False),
    ],
)
def test_lines_that_speak_of_the_picture_at_the_top(line: str, *, featured: bool) -> None:
    assert WORDS.speaks_of_featured(line) is featured


def test_a_pack_of_one_s_own_adds_words_and_hosts(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "images.toml").write_text('[addresses]\nlogo = ["lakemark"]\n[hosts]\nicon = ["badges.lakepost.example"]\n', "utf-8")
    words = ImageWords.load([built_in(), tmp_path])
    assert words.kind(["/lakemark.svg"]) == "logo"
    assert words.kind(["https://badges.lakepost.example/7.png"]) == "icon"
    assert words.kind(["/logo.svg"]) == "logo"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/a/.jpg", None),
        ("/img/siteLogo-2x.png", "logo"),
        ("/pics/logbook.jpg", None),
        ("/t/1x1.gif", "pixel"),
        ("/t/PIN_IT.png", "icon"),
        ("//gravatar.com/a.jpg", "portrait"),
        ("/\t/gravatar.com/a.jpg", "portrait"),
        ("/gravatar.com/a.jpg", None),
        ("data:image/png;base64,AAAA", None),
        ("star-wars-cast-at-premiere-icon.jpg", None),
    ],
)
def test_the_quick_look_at_an_address_changes_nothing(address: str, kind: str | None) -> None:
    assert ImageWords.load([built_in()]).kind([address]) == kind
