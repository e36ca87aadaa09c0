from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Image, Page
from checker.page.pictures import stem

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="

Read = Callable[..., Page]


def only(page: Page) -> Image:
    (image,) = page.images
    return image


@pytest.mark.parametrize(
    ("markup", "src", "sources"),
    [
        ('<img src="/lake.jpg">', "/lake.jpg", set()),
        ('<img src=" /lake.jpg ">', "/lake.jpg", set()),
        (f'<img src="{PIXEL}" data-src="/lake.jpg">', "/lake.jpg", {PIXEL}),
        ('<img src="/blank.svg" data-lazy-src="/lake.jpg">', "/blank.svg", {"/lake.jpg"}),
        ('<img data-original="/lake.jpg">', "/lake.jpg", set()),
        ('<img src="/lake.jpg" srcset="/lake-300.jpg 300w, /lake-600.jpg 600w">', "/lake.jpg", {"/lake-300.jpg", "/lake-600.jpg"}),
        ('<img src="/lake.jpg" srcset="/lake.jpg 1x,/lake@2x.jpg 2x">', "/lake.jpg", {"/lake@2x.jpg"}),
        ('<img src="/lake.jpg" srcset="/f,w_3/lake.jpg 300w, /f,w_6/lake.jpg 600w">', "/lake.jpg", {"/f,w_3/lake.jpg", "/f,w_6/lake.jpg"}),
        ('<img src="/lake.jpg" data-srcset="/lake-600.jpg 600w">', "/lake.jpg", {"/lake-600.jpg"}),
        ('<img src="/lake.jpg" data-lazy-srcset="/lake-600.jpg 600w">', "/lake.jpg", {"/lake-600.jpg"}),
        ('<picture><source srcset="/a.webp"><source data-srcset="/a.avif 1x"><img src="/a.jpg"></picture>', "/a.jpg", {"/a.webp", "/a.avif"}),
        ('<a href="/lake-full.jpg"><img src="/lake-300x200.jpg"></a>', "/lake-300x200.jpg", {"/lake-full.jpg"}),
        ('<a href="/lake-full.jpg?w=2000"><span><img src="/lake.jpg"></span></a>', "/lake.jpg", {"/lake-full.jpg?w=2000"}),
        ('<a href="/lake-story"><img src="/lake.jpg"></a>', "/lake.jpg", set()),
        ('<amp-img src="/lake.jpg" width="600" height="400" layout="responsive"></amp-img>', "/lake.jpg", set()),
        ('<amp-img src="/lake.jpg" srcset="/lake-600.jpg 600w" width="600" height="400"></amp-img>', "/lake.jpg", {"/lake-600.jpg"}),
        ('<video poster="/lake.jpg"><source src="/lake.mp4"></video>', "/lake.jpg", set()),
        ('<amp-video poster="/lake.jpg" src="/lake.mp4"></amp-video>', "/lake.jpg", set()),
        ("<div style=\"background-image:url('/lake.jpg')\"></div>", "/lake.jpg", set()),
        ('<div style="color:red; background: #fff url(/lake.jpg) no-repeat"></div>', "/lake.jpg", set()),
        ('<figure style=\'background-image: url("/lake.jpg")\'></figure>', "/lake.jpg", set()),
    ],
)  # fmt: skip
def test_addresses_of_a_picture(read_story: Read, markup: str, src: str, sources: set[str]) -> None:
    image = only(read_story(f"<div>{markup}</div>"))
    assert (image.src, set(image.sources), image.content) == (src, sources, True)


@pytest.mark.parametrize(
    "markup",
    [
        f'<img src="{PIXEL}" data-src="/lake.jpg"><noscript><img src="/lake.jpg"></noscript>',
        f'<noscript><img src="/lake.jpg"></noscript><img src="{PIXEL}" class="lazy">',
        f'<figure><img src="{PIXEL}"><noscript><img src="/lake.jpg"></noscript><figcaption>The lake.</figcaption></figure>',
        f'<figure><div class="frame"><img src="{PIXEL}"></div><noscript><img src="/lake.jpg"></noscript></figure>',
        f'<picture><source srcset="{PIXEL}"><img src="{PIXEL}"></picture><noscript><img src="/lake.jpg"></noscript>',
        '<amp-img src="/small.jpg" width="600" height="400"><noscript><img src="/lake.jpg"></noscript></amp-img>',
        '<amp-img src="/lake.jpg" width="600" height="400"><noscript><img src="/lake.jpg" width="600" height="400"></noscript></amp-img>',
    ],
)
def test_a_picture_and_its_noscript_twin_are_one(read_story: Read, markup: str) -> None:
    image = only(read_story(f"<div>{markup}</div>"))
    assert "/lake.jpg" in (image.src, *image.sources)
    assert image.content


def test_each_picture_keeps_its_own_twin(read_story: Read) -> None:
    page = read_story("".join(f'<figure><img src="{PIXEL}" data-id="{n}"><noscript><img src="/lake-{n}.jpg"></noscript></figure>' for n in range(4)))
    assert [(image.src, image.sources) for image in page.images] == [(f"/lake-{n}.jpg", (PIXEL,)) for n in range(4)]


def test_a_picture_does_not_take_its_neighbour_s_twin(read_story: Read) -> None:
    page = read_story(f'<img src="/lake-1.jpg"><img src="{PIXEL}"><noscript><img src="/lake-2.jpg"></noscript><p>Noon.</p><img src="/lake-3.jpg">')
    assert [(image.src, image.sources) for image in page.images] == [("/lake-1.jpg", ()), ("/lake-2.jpg", (PIXEL,)), ("/lake-3.jpg", ())]


def test_a_noscript_picture_without_a_twin_is_a_picture(read_story: Read) -> None:
    image = only(read_story('<p>The lake.</p><noscript><img src="/lake.jpg"></noscript>'))
    assert (image.src, image.content) == ("/lake.jpg", True)


def test_every_picture_of_a_noscript_counts(read_story: Read) -> None:
    page = read_story('<noscript><img src="/lake-1.jpg"><img src="/lake-2.jpg"></noscript>')
    assert [image.src for image in page.images] == ["/lake-1.jpg", "/lake-2.jpg"]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ('<img src="/theme/logo.png">', "logo"),
        ('<img src="/a.png" class="site-logo">', "logo"),
        ('<div class="publisher-logo"><img src="/a.png"></div>', "logo"),
        ('<img src="/icons/arrow-icon.svg">', "icon"),
        ('<img src="/a.png" class="icon">', "icon"),
        ('<img src="/1f602.png" class="wp-smiley" alt="x">', "icon"),
        ('<img src="/social-share.png">', "icon"),
        ('<img src="/a.png" class="share-badge">', "icon"),
        ('<img src="/ada.jpg" class="avatar">', "portrait"),
        ('<img src="https://secure.gravatar.com/avatar/0a1b?s=300">', "portrait"),
        ('<div class="author-photo"><img src="/ada.jpg"></div>', "portrait"),
        ('<div class="author-box"><img src="/ada.jpg" width="300"><h4>Ada Quill</h4><p>Ada writes.</p></div>', "portrait"),
        ('<p class="byline"><img src="/ada.jpg"> By Ada Quill</p>', "portrait"),
        ('<img src="https://pixel.wp.com/g.gif?v=ext">', "pixel"),
        ('<img src="/count.gif" width="1" height="1">', "small"),
        ('<img src="/a.png" class="tracking-pixel">', "pixel"),
        ('<img src="https://www.awin1.com/cshow.php?s=1&amp;v=2">', "pixel"),
        ('<img src="/dot.jpg" width="48" height="48">', "small"),
        ('<img src="/dot.jpg" width="32px">', "small"),
        ('<img src="/dot.jpg" style="width:24px;height:24px">', "small"),
        ('<img src="/rule.png" height="4">', "small"),
        ('<div class="ad-slot"><img src="/shoes.jpg"></div>', "advertisement"),
        ('<div class="newsletter-signup"><img src="/letter.jpg"><form><input></form></div>', "sign-up"),
        ('<img src="/lake.jpg" style="display:none">', "hidden"),
        ('<div hidden><img src="/lake.jpg"></div>', "hidden"),
        ('<div class="related-posts"><a href="/pots"><img src="/pots.jpg"></a></div>', "related"),
        ('<ul class="teaser-list"><li><a href="/pots"><img src="/pots.jpg"></a></li></ul>', "related"),
        ('<img alt="nothing">', "address"),
    ],
)
def test_what_is_no_content_and_why(read_story: Read, markup: str, why: str) -> None:
    image = only(read_story(markup))
    assert not image.content
    assert why in image.why
    assert read_story(markup).verdicts.image_credits == "no_content_images"


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({"bar": '<nav><img src="/spring.jpg"></nav>'}, "navigation"),
        ({"foot": '<img src="/spring.jpg">'}, "footer"),
        ({"outside": '<aside class="sidebar"><img src="/spring.jpg"></aside>'}, "sidebar"),
        ({"outside": '<section class="comments"><img src="/spring.jpg"></section>'}, "comments"),
        ({"outside": '<section class="related"><img src="/spring.jpg"></section>'}, "related"),
    ],
)
def test_pictures_of_other_parts_of_the_page(read_story: Read, slots: dict[str, str], why: str) -> None:
    image = only(read_story(**slots))
    assert not image.content
    assert why in image.why


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/lake.jpg">',
        '<img src="/lake.jpg" width="600" height="400">',
        '<img src="/lake.jpg" width="100%">',
        '<img src="/lake.jpg" style="width:100%">',
        '<img src="/lake.jpg" style="opacity:0" loading="lazy">',
        '<img src="/lake.jpg" aria-hidden="true">',
        '<img src="/the-iconic-building-at-the-lake-in-march.jpg">',
        '<img src="/flag-flying-over-the-frozen-lake-at-noon.jpg" width="800">',
        '<img src="/portrait-of-a-skater.jpg">',
        '<img src="/img/photo.php?id=3">',
        '<figure class="wp-block-image"><img src="/lake.jpg"></figure>',
        '<details><summary>More</summary><img src="/lake.jpg"></details>',
        '<div class="gallery"><img src="/lake.jpg"></div>',
        '<figure class="ad-free"><img src="/lake.jpg"></figure>',
        '<p><a href="/shop"><img src="/lake.jpg"></a></p>',
        '<img src="/amazon-rainforest.jpg">',
    ],
)
def test_what_is_content(read_story: Read, markup: str) -> None:
    image = only(read_story(markup))
    assert image.content, image.why


@pytest.mark.parametrize("slot", ["under", "start", "text", "end", "after"])
def test_a_picture_of_the_story_is_content_wherever_it_stands(read_story: Read, slot: str) -> None:
    assert only(read_story(**{slot: '<figure><img src="/lake.jpg"></figure>'})).content


def test_a_card_for_another_page_behind_the_text_is_a_teaser(read_story: Read) -> None:
    card = '<section><h2>Elsewhere</h2><a href="/pots"><img src="/pots.jpg" width="300"><span>Ten iron pots</span></a></section>'
    assert [(image.content, image.why) for image in read_story(after=card).images] == [(False, "is a teaser of another page")]
    assert only(read_story(end='<a href="/lake-full.jpg"><img src="/lake.jpg"><span>The lake</span></a>')).content
    assert only(read_story(end='<a href="/shop"><img src="/lake.jpg"></a>')).content


def test_pictures_come_in_the_order_of_the_page(read_story: Read) -> None:
    page = read_story(
        '<video poster="/1.jpg"></video><img src="/2.jpg"><p>At noon.</p><div style="background-image:url(/3.jpg)"></div>'
        '<noscript><img src="/4.jpg"></noscript><p>Later that day.</p><amp-img src="/5.jpg"></amp-img>'
    )
    assert [image.src for image in page.images] == ["/1.jpg", "/2.jpg", "/3.jpg", "/4.jpg", "/5.jpg"]


def test_facts_of_a_picture(read_story: Read) -> None:
    image = only(read_story('<figure><img src="/lake.jpg" alt=" The  frozen\nlake "><figcaption>The <b>lake</b> at noon.</figcaption></figure>'))
    assert (image.alt, image.caption, image.region.value) == ("The frozen lake", "The lake at noon.", "article")


@pytest.mark.parametrize(
    "markup",
    [
        '<svg><image href="/lake.svg"></image></svg>',
        "<svg><circle r=4 /></svg>",
        "<div style='background:red'></div>",
        "<video src=/a.mp4></video>",
        "<picture></picture>",
    ],
)
def test_what_is_no_picture(read_story: Read, markup: str) -> None:
    assert read_story(markup).images == ()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://cdn.example/a/kettle-1024x768.jpg?w=2", "kettle.jpg"),
        ("/kettle-scaled.JPG", "kettle.jpg"),
        ("kettle@2x.png#top", "kettle.png"),
        ("/kettle_300x200.webp", "kettle.webp"),
        ("/kettle-2024.jpg", "kettle-2024.jpg"),
        ("", ""),
        ("/folder/", "folder"),
    ],
)
def test_stem(address: str, expected: str) -> None:
    assert stem(address) == expected
