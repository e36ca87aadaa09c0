from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]

MORE = "<p>The boards of the jetty were wet, so they packed the sledge again and waited for the sun, which came late that day.</p>"


def many(markup: str, lines: list[str]) -> str:
    return "".join(markup.format(src=f"/lake-{number}.jpg", line=line) + MORE for number, line in enumerate(lines))


def credits_of(page: Page) -> list[str | None]:
    return [image.credit.text if image.credit else None for image in page.images if image.content]


@pytest.mark.parametrize(
    "caption",
    [
        "The lake at noon, seen from the jetty.<br>Ada Quill",
        "The lake at noon, seen from the jetty<br>Ada Quill/Lake News",
        'The lake at noon. <i class="fa fa-camera"></i> Ada Quill',
        "The lake at noon. <span>Ada Quill, Lake News</span>",
        "The lake lies still at noon, seen from the jetty on the northern side, where skaters meet every year in the cold weeks. Ada Lee Quill",
    ],
)
def test_a_maker_whom_only_place_or_form_marks(read_story: Read, caption: str) -> None:
    (found,) = credits_of(read_story(f'<figure><img src="/lake.jpg"><figcaption>{caption}</figcaption></figure>'))
    assert found is not None
    assert found.startswith("Ada")


@pytest.mark.parametrize(
    "caption",
    ["The lake at noon<br>and at night", "“It was cold.”<br>Ada Quill", "Ada crossed the lake that winter. Ada Quill", "The lake.<br>The Old Jetty"],
)
def test_a_last_line_that_names_no_maker(read_story: Read, caption: str) -> None:
    assert credits_of(read_story(f'<figure><img src="/lake.jpg"><figcaption>{caption}</figcaption></figure>')) == [None]


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><img src="{src}"><figcaption>{line}</figcaption></figure>',
        '<p><img src="{src}"></p><p><small>{line}</small></p>',
        '<img src="{src}"><em>{line}</em>',
    ],
)
@pytest.mark.parametrize("line", ["Norvale", "Norvale Kitchen", "Ada Quill"])
def test_the_same_name_under_many_pictures_is_their_credit(read_story: Read, markup: str, line: str) -> None:
    assert credits_of(read_story(many(markup, [line] * 3))) == [line] * 3


@pytest.mark.parametrize(
    "lines", [["Norvale", "Lumen", "Orvell"], ["Ada Quill", "Ben Marsh", "Cleo Finch"], ["Kettle"] * 3, ["The jetty"] * 3, ["Norvale"] * 2]
)
def test_names_of_what_is_shown_are_none(read_story: Read, lines: list[str]) -> None:
    assert set(credits_of(read_story(many('<figure><img src="{src}"><figcaption>{line}</figcaption></figure>', lines)))) == {None}


def test_a_repeated_button_is_no_credit(read_story: Read) -> None:
    assert set(credits_of(read_story(many('<img src="{src}"><a href="/x"><em>{line}</em></a>', ["Norvale"] * 3)))) == {None}


ENTRY = '<div class="{name}-item"><h2>The kettle</h2><img src="/kettle-{number}.jpg"><p>Photo: Ada Quill</p>' + MORE + "</div>"


@pytest.mark.parametrize("name", ["article-list", "similar", "recommended", "teaser-list"])
def test_a_list_in_the_piece_keeps_its_pictures(read_story: Read, name: str) -> None:
    entries = "".join(ENTRY.format(name=name, number=number) for number in range(5))
    assert [image.content for image in read_story(f'<div class="{name}">{entries}</div>').images] == [True] * 5


def test_a_list_of_other_stories_in_the_piece_does_not(read_story: Read) -> None:
    cards = "".join(f'<div><a href="/pots-{number}"><img src="/pots-{number}.jpg"><span>Ten pots</span></a></div>' for number in range(3))
    assert not any(image.content for image in read_story(f'<div class="article-list">{cards}</div>').images)


def test_entries_that_are_articles_tell_their_own_stories(read_story: Read) -> None:
    entry = '<article><h2><a href="https://inn.example/">The inn</a></h2><img src="/inn-{}.jpg">' + MORE * 2 + "</article>"
    assert all(image.content for image in read_story("".join(map(entry.format, range(3)))).images)


@pytest.mark.parametrize(
    ("markup", "content"),
    [
        ('<div><figure><img src="/lake.jpg"><figcaption>The lake</figcaption></figure><a href="/newsletter">Sign up</a></div>', True),
        ('<div class="subscribe-content">' + MORE + '<img src="/lake.jpg"></div>', True),
        ('<div class="box"><img src="/lake.jpg"><h3>Our letter</h3><form><input type="email"></form></div>', False),
        ('<div class="newsletter"><img src="/lake.jpg">' + MORE + '<form><input name="email"></form></div>', False),
        ('<div class="kg-bookmark-card"><a href="https://other.example/x"><b>Ten pots</b><img src="/lake.jpg"></a></div>', False),
    ],
)
def test_boxes_in_the_piece(read_story: Read, markup: str, content: bool) -> None:
    assert [image.content for image in read_story(markup).images] == [content]


@pytest.mark.parametrize(("markup", "found"), [("<figure>{}<figcaption>{}</figcaption></figure>", True), ("<p>{}</p><p>{}</p>", False)])
def test_an_author_s_label_credits_in_a_caption_only(read_story: Read, markup: str, found: bool) -> None:
    page = read_story(markup.format('<img src="/lake.jpg">', "Autor: Jana Vzorová"))
    assert (credits_of(page) != [None]) == found
