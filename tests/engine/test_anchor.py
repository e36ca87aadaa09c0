"""What a finding is known by when the page has changed around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engine.anchor import fingerprint, stem_of, target_of
from checker.facts import Link, Region, Spot, Tier


def link(href: str, target: str | None = None) -> Link:
    return Link(Spot(1), href, Tier.CERTAIN, "x", "y", Region.ARTICLE, target=target)


@pytest.mark.parametrize(
    ("href", "target", "anchor"),
    [
        ("https://www.Amazon.com/dp/B01?tag=x-20", None, "amazon.com/dp/B01"),
        ("//amzn.to/abc#x", None, "amzn.to/abc"),
        ("/go/kettle/", None, "/go/kettle"),
        ("https://awin1.com/cread.php?ued=https%3A%2F%2Fshop.example%2Fpot", "https://shop.example/pot", "shop.example/pot"),
        ("http://[broken", None, "http://[broken"),
        ("javascript:void(0)", None, "javascript:void(0)"),
        ("?only=query", None, "?only=query"),
    ],
)
def test_target_of(href: str, target: str | None, anchor: str) -> None:
    assert target_of(link(href, target)) == anchor


@pytest.mark.parametrize(
    ("src", "stem"),
    [
        ("/a/boats.jpg", "boats"),
        ("https://cdn.example/w_400,q_80/boats-1024x768.webp?v=3#x", "boats"),
        ("boats@2x.png", "boats"),
        ("https://resize.example/auto/https%3A%2F%2Fcdn.example%2Fa%2Fboats.jpg", "boats"),
        ("boats-scaled.jpg", "boats"),
        ("/2024x/IMG_0012.JPG", "IMG_0012"),
        ("", ""),
    ],
)
def test_stem_of(src: str, stem: str) -> None:
    assert stem_of(src) == stem


def test_a_picture_in_the_page_itself_has_a_short_anchor() -> None:
    assert len(stem_of("data:image/png;base64," + "A" * 100_000)) < 40


@given(st.text(), st.text())
def test_any_address_has_an_anchor_and_a_fingerprint(href: str, src: str) -> None:
    for anchor in (target_of(link(href)), stem_of(src)):
        assert fingerprint("AFF001", anchor).startswith("v1:")


def test_the_fingerprint_belongs_to_rule_and_anchor() -> None:
    assert fingerprint("AFF001", "page") != fingerprint("AFF002", "page")
    assert fingerprint("LNK201", "a") != fingerprint("LNK201", "b")
    assert len(fingerprint("AFF001", "page")) == len("v1:") + 64
