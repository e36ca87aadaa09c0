"""What stands among the pictures of a story and is none of its content, and what looks so and is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Image, Page

Read = Callable[..., Page]
LAKE = '<img src="/lake-at-noon.jpg">'


def whys(page: Page, *sources: str) -> list[str]:
    return [image.why for image in page.images if image.src in sources and not image.content]


def content(page: Page) -> list[Image]:
    return [image for image in page.images if image.content]


@pytest.mark.parametrize(
    "card",
    [
        '<div><a href="/pots"><img src="/pots.jpg"></a><h3><a href="/pots">Ten iron pots</a></h3></div>',
        '<div><a href="/pots"><img src="/pots.jpg"><span>Ten iron pots</span></a></div>',
        '<article><img src="/pots.jpg"><h3><a href="/pots">Ten iron pots</a></h3></article>',
        '<article><a href="/pots"><img src="/pots.jpg"></a><p>Ten iron pots</p></article>',
        '<div><a href="/pots"><span style="background-image:url(/pots.jpg)"></span></a><h3><a href="/pots">Ten iron pots</a></h3></div>',
    ],
)
def test_a_card_for_another_page_behind_the_text(read_story: Read, card: str) -> None:
    page = read_story(start=LAKE, after=f"<section><h2>Elsewhere</h2>{card}</section>")
    assert whys(page, "/pots.jpg") == ["is a teaser of another page"]
    assert [image.src for image in content(page)] == ["/lake-at-noon.jpg"]


@pytest.mark.parametrize(
    "card",
    [
        '<article class="x"><a href="/pots"><img src="/pots.jpg"></a><h3><a href="/pots">Ten iron pots</a></h3></article>',
        '<aside><a href="/pots"><img src="/pots.jpg"></a></aside>',
        "<ul>"
        + "".join(f'<li class="i"><a href="/{n}"><img src="/{n}.jpg"></a><a href="/{n}">Ten {n}</a></li>' for n in ("pots", "pans", "lids"))
        + "</ul>",
    ],
)
def test_a_card_for_another_page_amid_the_text(read_story: Read, card: str) -> None:
    assert whys(read_story(text=card), "/pots.jpg") == ["is a teaser of another page"]


@pytest.mark.parametrize(
    "markup",
    [
        # A picture of the story that links to a page is one all the same.
        '<p><a href="/shop"><img src="/pots.jpg"></a></p>',
        '<div><a href="/pots"><img src="/pots.jpg"></a><h3><a href="/pots">Ten iron pots</a></h3></div>',
        # A content system's own element for a picture.
        '<article class="media"><img src="/pots.jpg"></article>',
        "<aside><figure><img src='/pots.jpg'><figcaption>The pots</figcaption></figure></aside>",
        # A gallery: its pictures link to the large ones.
        "<ul>" + "".join(f'<li><a href="/{n}-large.jpg"><img src="/{n}.jpg"></a></li>' for n in ("pots", "pans", "lids")) + "</ul>",
        # Steps with a picture each and long texts.
        "<ol>"
        + "".join(
            f'<li><a href="/{n}"><img src="/{n}.jpg"></a><p><a href="/{n}">{n}</a> {"Melt the butter in a pan and stir it well. " * 10}</p></li>'
            for n in ("pots", "pans", "lids")
        )
        + "</ol>",
    ],
)
def test_a_picture_of_the_story_is_no_card(read_story: Read, markup: str) -> None:
    assert "/pots.jpg" in [image.src for image in content(read_story(text=markup))]


@pytest.mark.parametrize(
    "markup",
    [
        '<button><img src="/zoom.svg"></button>',
        '<a href="/search"><picture><img src="/find.svg"></picture></a>',
        '<i><img src="/film.svg"></i>',
        '<a href="/feed"><img src="/feed.gif"></a>',
    ],
)
def test_drawings_on_links_and_buttons_are_icons(read_story: Read, markup: str) -> None:
    assert [image.why for image in read_story(text=markup).images] == ["is an icon of a link or button"]


@pytest.mark.parametrize(
    "markup", ['<figure><img src="/chart.svg"></figure>', '<p><img src="/chart.svg"></p>', '<a href="/big"><img src="/chart.svg" width="640"></a>']
)
def test_a_drawn_chart_is_content(read_story: Read, markup: str) -> None:
    assert len(content(read_story(text=markup))) == 1


def test_a_box_that_asks_to_subscribe(read_story: Read) -> None:
    box = '<div><h4>Read on</h4><img src="/cover.jpg"><a href="https://shop.example/subscribe/now?x=1">All of it for two crowns</a></div>'
    assert whys(read_story(text=box), "/cover.jpg") == ["belongs to a sign-up box"]


@pytest.mark.parametrize("shape", ['width="16" height="9"', 'width="3" height="2"'])
def test_a_shape_is_no_size(read_story: Read, shape: str) -> None:
    assert len(content(read_story(text=f'<img src="/lake.jpg" {shape}>'))) == 1


@pytest.mark.parametrize("size", ['width="16" height="16"', 'width="1" height="1"', 'width="16"', 'style="width:0px;height:0px"'])
def test_a_small_size_is_one(read_story: Read, size: str) -> None:
    assert read_story(text=f'<img src="/lake.jpg" {size}>').images[0].why == "is small"


def test_class_words_of_component_systems_are_no_consent_boxes(read_story: Read) -> None:
    assert len(content(read_story(text='<div class="cmp-image"><img src="/lake.jpg"></div>'))) == 1


def test_a_custom_element_shows_a_picture(read_story: Read) -> None:
    page = read_story(text='<story-image src="/lake-at-noon.jpg" alt="The lake"></story-image><story-video src="/lake.mp4"></story-video>')
    assert [(image.src, image.alt, image.content) for image in page.images] == [("/lake-at-noon.jpg", "The lake", True)]


def test_a_custom_element_around_an_image_is_that_image(read_story: Read) -> None:
    page = read_story(text='<story-image src="/lake-at-noon.jpg"><img src="/lake-small.jpg"></story-image>')
    assert [image.src for image in page.images] == ["/lake-small.jpg"]


def test_a_background_behind_its_own_image_is_one_picture(read_story: Read) -> None:
    page = read_story(
        text="<figure><div><img src='/lake-at-noon.jpg?w=600'><div style='background-image:url(/lake-at-noon.jpg?w=40)'></div></div>"
        "<figcaption>The lake at noon.<span>Getty Images</span></figcaption></figure>"
    )
    (image,) = page.images
    assert image.sources == ("/lake-at-noon.jpg?w=40",)
    assert image.credit is not None


def test_pictures_behind_one_blank_are_not_the_same(read_story: Read) -> None:
    page = read_story(
        text='<figure><img src="/img/blank-of-the-site.png" data-src="/lake-at-noon.jpg"><figcaption>Photo: Ada Quill</figcaption></figure>'
        '<p>Later that day.</p><img src="/img/blank-of-the-site.png" data-src="/boat-at-noon.jpg">'
    )
    lake, boat = page.images
    assert lake.credit is not None
    assert boat.credit is None
    assert page.verdicts.image_credits == "some"


def test_a_picture_shown_twice_has_its_credit_twice(read_story: Read) -> None:
    page = read_story(
        text='<figure><img src="/lake-at-noon-300x200.jpg"><figcaption>Photo: Ada Quill</figcaption></figure>'
        '<p>Later that day.</p><img src="/lake-at-noon.jpg">'
    )
    assert [image.credit is not None for image in page.images] == [True, True]


def test_an_icon_in_a_figure_does_not_part_the_picture_from_its_caption(read_story: Read) -> None:
    page = read_story(
        text='<figure><a href="/large.jpg"><img src="/lake-at-noon.jpg"><span><img src="/zoom.svg"></span></a>'
        "<div><figcaption>The lake at noon. (Source: Ada Quill/Getty Images)</figcaption></div></figure>"
    )
    lake = page.images[0]
    assert lake.caption is not None
    assert lake.credit is not None
    assert lake.credit.place == "caption"


def test_shop_pictures_are_credited_by_the_line_about_the_feed(read_story: Read) -> None:
    page = read_story(
        text='<div class="product-box"><a href="https://www.amazon.de/dp/1?tag=x-21"><img src="https://m.media-amazon.com/images/I/31.jpg"></a></div>'
        "<p>Last update on 3 May / Affiliate links / Images from Amazon Product Advertising API</p>"
    )
    (image,) = page.images
    assert (image.content, image.why) == (False, "is a product by its address")
    assert image.credit is not None
    assert (image.credit.text, image.credit.maker) == ("Images from Amazon Product Advertising API", "Amazon Product Advertising API")
