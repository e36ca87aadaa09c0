"""Where a spot stands, told alike on all pages of a template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Spot
from checker.page.trail import WHOLE_PAGE, trail
from checker.page.walk import walk


def of(html: str, tag: str = "a") -> str:
    document = walk(html.encode("utf-8", "replace"))[0]
    return trail(document, Spot(document.all(tag)[-1]))


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ("<body class=postid-17><p><a>x</a>", "body>p>a"),
        (
            "<article class='post-17 post type-post tag-kettles'><div class=entry-content><p><a>x",
            "article.post.type-post>div.entry-content>p>a",
        ),
        ("<body><main id=m><p id=p7><a id=x>x", "main>p>a"),
        ("<div role=main class=wrap><p><a>x", "div.wrap>p>a"),
        # What is written in bold is where it would be without it; a name says more.
        ("<article><p><strong><em>!<a>x", "article>p>a"),
        ("<article><p><span class=price><a>x", "article>p>span.price>a"),
        # The nearest article, as the template of a card has it.
        ("<main><article class=list><article class=card><h3><a>x", "article.card>h3>a"),
        ("<article><div class='mt-4 px-2 md:flex w-[20px] card'><a class='btn btn-primary btn-lg'>x", "article>div.card>a.btn.btn-primary"),
        ("<article><a class='col-md-6'>x", "article>a.col-md"),
    ],
)
def test_a_path_leads_from_the_landmark(html: str, path: str) -> None:
    assert of(html) == path


@pytest.mark.parametrize(
    "names",
    [
        "css-1a2b3c body", "css-1q2w3e4r body", "sc-bdVaJa body", "body sc-1x2y3z-0 hKGtwR", "_body_x8f2_1", "jss123 body", "svelte-1f2e3d body",
        "body_2",
        "body-", "body__3f9a2", "body___2kXyZ", "astro-j7pv25f6 body", "jsx-2871293847 body",
    ],
)  # fmt: skip
def test_names_that_a_build_makes_up_are_left_out(names: str) -> None:
    assert of(f"<article><div class='{names}'><a>x") == "article>div.body>a"


def test_pictures_are_told_alike_whatever_their_size() -> None:
    large = "<article><figure class='wp-block-image size-large'><img class='wp-image-17 alignright' src=a>"
    small = "<article><figure class='wp-block-image alignleft size-small'><img class=wp-image-4 src=b>"
    assert of(large, "img") == of(small, "img") == "article>figure.wp-block-image>img"


def test_of_a_deep_path_the_nearest_steps_and_the_landmark_are_told() -> None:
    nested = "".join(f"<div class=box-{letter * 3}>" for letter in "abcdefgh")
    assert of(f"<article class=story>{nested}<p><a>x") == "article.story>…>div.box-eee>div.box-fff>div.box-ggg>div.box-hhh>p>a"


def test_what_stands_nowhere_is_the_page() -> None:
    document = walk(b"<p>x")[0]
    assert trail(document, None) == trail(document, Spot(-1, 3)) == trail(document, Spot(10_000)) == WHOLE_PAGE == "page"


def test_a_hostile_page_gives_a_short_path_of_plain_characters() -> None:
    wild = "<script>alert(1)</script> \x1b[31m \u202e " + "x" * 100_000
    path = of(f"<article>{'<div class=' + chr(39) + wild + chr(39) + '>' * 3}{'<div class=' + 'n' * 99 + '>' * 9}<a class='{wild}'>x")
    assert len(path) <= 150
    assert path.isascii() or set(path) - set("…") <= set(map(chr, range(32, 127)))
    deep = of("<div>" * 5000 + "<a>x")
    assert deep.endswith("div>a")


@given(st.text(max_size=60))
def test_any_class_can_stand_in_a_path(names: str) -> None:
    quoted = names.replace("&", "&amp;").replace('"', "&quot;")
    path = of(f'<article><div class="{quoted}"><a>x')
    assert path.startswith("article>div")
    assert path.endswith(">a")
    assert not any(character.isdigit() or character.isspace() for character in path)
