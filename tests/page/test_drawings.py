"""Formulas, signs, banners and a site's own design among the pictures of a story, and pictures that look so and are none of these."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Image, Page

Read = Callable[..., Page]
ICE = "of the ice on the lake, which the wardens measure every morning before the first skater is let on it."


def content(page: Page) -> list[Image]:
    return [image for image in page.images if image.content]


@pytest.mark.parametrize(
    "formula",
    [
        r'<img src="/f/1.svg" alt="{\displaystyle h={\frac {a}{2}}}" style="width:40ex;height:20ex">',
        r'<img src="/f/1.png" alt="\frac{a}{b}">',
        r'<img src="/f/1.png" alt="$h_1 = 2$">',
        r'<img src="/f/1.png" alt="\(h + 2\)">',
        r'<img src="/f/1.png" alt="\Delta t">',
        '<img src="/f/1.png" alt="x^{2}">',
        '<img role="math" src="/f/1.png" alt="h is half of a">',
        '<span><math><mi>h</mi></math><img src="/f/1.png" alt="h"></span>',
        '<img src="https://latex.codecogs.com/png.image?h" alt="h">',
        # As high as nothing at all.
        '<img src="/f/1.png" style="display: block; height: 0">',
        # As high as the text in which it stands.
        '<img src="/f/1.png" alt="h" style="height:2.1ex">',
        '<img src="/f/1.png" alt="h" style="width: 1.5em; vertical-align: middle">',
    ],
)
def test_a_formula_is_no_picture(read_story: Read, formula: str) -> None:
    assert content(read_story(text=f"<p>So we get {formula} for the depth {ICE}</p>")) == []


@pytest.mark.parametrize("alt", [r"C:\Pictures\Lake\ice_1.jpg", "The lake {at noon}", "Tickets for $5 and $9", "Ice at 20 cm = safe", "lake_at_noon"])
def test_a_description_is_no_formula(read_story: Read, alt: str) -> None:
    assert len(content(read_story(text=f'<p><img src="/lake-at-noon.jpg" alt="{alt}"></p>'))) == 1


@pytest.mark.parametrize(
    "sign",
    [
        '<img src="/wp-content/themes/frost/img/lamp.jpg">',
        '<img src="https://lakepost.example/wp-content/plugins/printer/out.png?v=2" width="90">',
        '<img src="/assets/icons/thermometer.png">',
        '<img src="/img/icons-svg/clock.svg">',
        '<img src="/uploads/logos/v2/frostbank.png">',
        '<img src="/img/print.png">',
        '<img src="/img/spinner-2.gif">',
        '<img src="/img/back-to-top-4410420d676b18d1.png">',
        '<a href="javascript:rate(3)"><img src="/img/s3.png" alt="rating"></a>',
        '<ul><li><img src="/img/a.png" alt="Instagram"></li></ul>',
        '<p><img src="/img/a.png" alt="QR-Code"></p>',
        '<p><img src="/img/qr-code.png"></p>',
        '<p>Brr <img src="/img/1f976.png" alt="🥶"> said the warden.</p>',
        '<a href="#c7" id="c7"><img src="/img/a.png"></a>',
        '<div id="c7"><a href="#c7"><img src="/img/a.png"></a></div>',
        '<a href="mailto:?subject=Ice"><img src="/img/letter.png"></a>',
        '<a href="https://www.facebook.com/sharer/sharer.php?u=x"><img src="/img/letter.png"></a>',
        '<div class="stat"><img src="/img/clock.svg" alt="Time"></div>',
        '<blockquote class="instagram-media"><a href="/p/1"><img src="/lake.jpg"></a></blockquote>',
    ],
)
def test_a_sign_is_no_picture(read_story: Read, sign: str) -> None:
    assert content(read_story(text=sign)) == []


@pytest.mark.parametrize(
    "picture",
    [
        '<p><img src="/photos/print.jpg"></p>',
        '<p><img src="/wp-content/uploads/2024/05/lake.jpg"></p>',
        # A blank of the design stands for the picture until that is loaded.
        '<p><img src="/wp-content/themes/frost/img/wait.png" data-src="/wp-content/uploads/lake.jpg"></p>',
        '<figure><img src="/icons/saint.png"><figcaption>An icon from the chapel at the lake</figcaption></figure>',
        '<p><img src="/icons/saint.png" width="640"></p>',
        '<p><img src="/img/facebook.png" alt="Facebook"></p>',
        '<p><img src="/lake.jpg" alt="QR code"></p>',
        '<p><img src="/lake.png" alt="A warden scans a QR code at the lake"></p>',
        '<p><img src="/lake.png" alt="🥶 The lake at noon">',
        '<div class="chart"><img src="/depth.svg" alt="The depth of the ice on each morning of this March"></div>',
        '<p><img src="/depth.svg" alt="Depth"></p>',
        '<a href="#large"><img src="/lake.jpg"></a><div id="large"></div>',
        '<p><img src="/lake.jpg" style="width:40em"></p>',
        '<div style="height:0;padding-bottom:56%;background-image:url(/lake.jpg)"></div>',
    ],
)
def test_a_picture_that_looks_like_a_sign_is_one_all_the_same(read_story: Read, picture: str) -> None:
    assert len(content(read_story(text=picture))) == 1


@pytest.mark.parametrize(
    "banner",
    [
        '<a href="https://frostbank.example/"><img src="/u/2024/club-banner-mobile.jpg"></a>',
        '<a href="https://frostbank.example/"><img src="https://cdn.lakepost.example/a.png" width="300" height="250"></a>',
        '<figure><a href="https://frostbank.example/"><img src="/a.png" width="728" height="90"></a><figcaption>To the offer</figcaption></figure>',
        '<figure><a href="https://frostbank.example/"><img src="/u/300-250-en.png"></a><figcaption>To the offer</figcaption></figure>',
    ],
)
def test_a_banner_that_leads_away_is_an_advertisement(read_story: Read, banner: str) -> None:
    assert [image.why for image in read_story(text=banner).images] == ["is an advertisement"]


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/wp-content/themes/tea/thumb.php?src=/u/harbour.jpg&amp;w=600&amp;h=400">',
        '<img src="/wp-content/plugins/fast/image.jpg?u=%2Fu%2Fharbour.jpg">',
        '<figure><a href="/photo/12"><img src="/img/300x250-pier.jpg" width="1200" height="800"></a><figcaption>A pier.</figcaption></figure>',
        '<a href="/photo/12"><img src="/img/protest-banner-march.jpg" width="1200" height="600"></a>',
        '<p><img src="/media/icons/famous-face.jpg"></p>',
        '<p><img src="/media/flags/parade.jpg"></p>',
        '<div class="latex"><p><img src="/img/mattress.jpg" width="1200" height="600" alt="A latex mattress"></p></div>',
        '<figure class="twitter-video"><img src="/img/harbour.jpg" width="1200" height="600"></figure>',
        '<p><img src="/img/dawn.jpg" alt="\U0001f305"></p>',
        '<p><img src="/img/race.jpg" width="1200" height="600" style="width:100%;height:0"></p>',
    ],
)
def test_names_and_folders_do_not_hide_a_photograph(read_story: Read, picture: str) -> None:
    assert len(content(read_story(text=picture))) == 1


@pytest.mark.parametrize(
    "picture",
    [
        '<p><img src="/u/banner-over-the-lake.jpg"></p>',
        '<a href="/u/banner-large.jpg"><img src="/u/banner.jpg"></a>',
        '<figure><a href="/protest"><img src="/u/banner.jpg"></a><figcaption>A banner over the lake</figcaption></figure>',
        # A rendition of a picture, with a link to the site's page about it.
        '<a href="https://lakepost.example/ice/attachment"><img src="https://lakepost.example/u/ice-300x250.jpg" width="300" height="250"></a>',
        '<p><img src="/u/ice.jpg" width="300" height="250"></p>',
    ],
)
def test_a_picture_of_that_name_or_size_is_content(read_story: Read, picture: str) -> None:
    assert len(content(read_story(text=picture))) == 1


def test_a_portrait_under_the_headline_leads_to_its_author(read_story: Read) -> None:
    page = read_story(under='<a href="/authors/7/ada-quill"><img src="/p/7.jpg?w=400&h=400" alt="Ada Quill"></a>')
    assert [image.why for image in page.images] == ["is the author's portrait"]


def test_a_picture_amid_the_text_leads_to_somebody_s_page(read_story: Read) -> None:
    assert len(content(read_story(text='<p><a href="/profiles/ada-quill"><img src="/ada-on-the-ice.jpg"></a></p>'))) == 1


def test_numbered_cards_are_a_row(read_story: Read) -> None:
    cards = "".join(
        f'<div class="story place-{n}"><a href="/{n}"><img src="/card-{n}.jpg"></a><h4><a href="/{n}">Ten {n}</a></h4></div>' for n in (1, 2, 3)
    )
    assert content(read_story(text=f"<div>{cards}</div>")) == []


def test_a_size_without_end_is_read(read_story: Read) -> None:
    assert len(content(read_story(text=f'<p><img src="/lake.jpg" style="width:{"9" * 500}px"></p>'))) == 1
