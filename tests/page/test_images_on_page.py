from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Credit, Image, Page

LAKE = '<img src="/lake.jpg" alt="The frozen lake">'

Read = Callable[..., Page]


def only(page: Page) -> Image:
    (image,) = (image for image in page.images if image.content)
    return image


def credit(page: Page) -> Credit:
    found = only(page).credit
    assert found is not None
    return found


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


@pytest.mark.parametrize(
    ("markup", "place", "text"),
    [
        # a credit element
        (f'<figure>{LAKE}<figcaption>The lake at noon. <span class="credit">Ada Quill</span></figcaption></figure>', "credit_element", "Ada Quill"),
        (f'<figure>{LAKE}<figcaption><cite class="img-credit">Ada Quill/Getty Images</cite></figcaption></figure>', "credit_element", "Getty Images"),
        (f'<figure>{LAKE}<div class="photoCredit">Ada Quill</div></figure>', "credit_element", "Ada Quill"),
        (f'<figure>{LAKE}<p class="copyright">© Ada Quill</p></figure>', "credit_element", "Ada Quill"),
        (f'<div class="image-wrap">{LAKE}<span class="img-credit">Ada Quill</span></div>', "credit_element", "Ada Quill"),
        (f'<figure>{LAKE}<span class="bildnachweis">Foto: Ada Quill</span></figure>', "credit_element", "Ada Quill"),
        (f'<figure>{LAKE}<small class="photographer">Ada Quill</small></figure>', "credit_element", "Ada Quill"),
        # the caption
        (f"<figure>{LAKE}<figcaption>The lake at noon. Photo: Ada Quill</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon. (Photo by Ada Quill)</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon. (AP Photo/Ada Quill)</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon. Ada Quill/Getty Images</figcaption></figure>", "caption", "Getty Images"),
        (f"<figure>{LAKE}<figcaption>The lake at noon © Ada Quill</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>Courtesy of Ada Quill</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>Image via Ada Quill</figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon.<br><small>Ada Quill</small></figcaption></figure>", "caption", "Ada Quill"),
        (f'<div class="wp-caption">{LAKE}<p class="wp-caption-text">The lake at noon. Photo: Ada Quill</p></div>', "caption", "Ada Quill"),
        (f'<div class="media">{LAKE}<div class="caption">Photo: Ada Quill</div></div>', "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon. Photo: <a href='/ada'>Ada <b>Quill</b></a></figcaption></figure>", "caption", "Ada Quill"),
        (f"<figure>{LAKE}<figcaption>The lake at noon. Photo:&nbsp;Ada&nbsp;Quill</figcaption></figure>", "caption", "Ada Quill"),
        # beside it
        (f"<div>{LAKE}<span>Photo: Ada Quill</span></div>", "overlay_or_after", "Ada Quill"),
        (f"<p>{LAKE}</p><p>Photo: Ada Quill</p>", "overlay_or_after", "Ada Quill"),
        (f"<p>{LAKE}</p><p><em>Photo by Ada Quill / Getty Images</em></p>", "overlay_or_after", "Getty Images"),
        (f"<p>{LAKE}<br>© Ada Quill</p>", "overlay_or_after", "Ada Quill"),
        (f"<div>{LAKE}</div><div>The lake at noon, seen from the jetty.</div><div>Photo: Ada Quill</div>", "overlay_or_after", "Ada Quill"),
        # in attributes
        ('<img src="/lake.jpg" alt="The frozen lake. Photo: Ada Quill">', "alt_or_title", "Ada Quill"),
        ('<img src="/lake.jpg" title="Photo by Ada Quill">', "alt_or_title", "Ada Quill"),
        ('<img src="/lake.jpg" data-credit="Ada Quill">', "alt_or_title", "Ada Quill"),
        ('<img src="/lake.jpg" data-photographer="Ada Quill">', "alt_or_title", "Ada Quill"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("slot", ["start", "text"])
def test_where_people_put_a_credit(read_story: Read, slot: str, markup: str, place: str, text: str) -> None:
    page = read_story(**{slot: markup})
    assert text in credit(page).text
    assert credit(page).place == place
    assert page.verdicts.image_credits == "all"


@pytest.mark.parametrize(
    "line",
    [
        "(featured image: Ada Quill)",
        "Featured image by Ada Quill",
        "Images: Ada Quill",
        "Photos by Ada Quill.",
        "Image credit: Ada Quill",
        "All photos by Ada Quill",
    ],
)
@pytest.mark.parametrize("slots", [("under", "end"), ("start", "end"), ("text", "after")])
def test_a_line_at_the_end_credits_the_picture(read_story: Read, line: str, slots: tuple[str, str]) -> None:
    picture, foot = slots
    page = read_story(**{picture: f"<figure>{LAKE}<figcaption>The lake at noon.</figcaption></figure>", foot: f"<p>{line}</p>"})
    assert (credit(page).place, "Ada Quill" in credit(page).text) == ("page_level", True)
    assert page.verdicts.image_credits == "all"


@pytest.mark.parametrize("line", ["Photography by Ada Quill", "Photos: Ada Quill"])
def test_a_line_between_headline_and_text_credits_the_pictures(read_story: Read, line: str) -> None:
    page = read_story(f"{LAKE}<p>They crossed it before noon, and nobody fell in that year.</p>", under=f"<p>{line}</p>")
    assert credit(page).place == "page_level"


def test_a_line_for_the_featured_image_credits_the_first_only(read_story: Read) -> None:
    page = read_story('<p>Later.</p><img src="/boat.jpg">', start='<img src="/lake.jpg">', end="<p>(featured image: Ada Quill)</p>")
    lake, boat = page.images
    assert lake.credit is not None
    assert boat.credit is None
    assert page.verdicts.image_credits == "some"


def test_a_line_for_all_images_credits_all(read_story: Read) -> None:
    page = read_story('<p>Later.</p><img src="/boat.jpg">', start='<img src="/lake.jpg">', end="<p>All photos by Ada Quill</p>")
    assert page.verdicts.image_credits == "all"


def test_a_credit_of_its_own_beats_the_line_for_all(read_story: Read) -> None:
    page = read_story(f"<figure>{LAKE}<figcaption>Photo: Ben Marsh</figcaption></figure>", end="<p>All photos by Ada Quill</p>")
    assert "Ben Marsh" in credit(page).text


@pytest.mark.parametrize(
    "slots",
    [
        {"foot": "<p>Photos by Ada Quill.</p>"},
        {"outside": '<aside class="sidebar"><p>Photos by Ada Quill.</p></aside>'},
        {"outside": "<section class='comments'><p>Photos by Ada Quill.</p></section>"},
    ],
)
def test_a_line_outside_the_story_credits_nothing(read_story: Read, slots: dict[str, str]) -> None:
    assert only(read_story(LAKE, **slots)).credit is None


@pytest.mark.parametrize(
    "fields",
    [
        {"creditText": "Ada Quill"},
        {"creator": {"@type": "Person", "name": "Ada Quill"}},
        {"copyrightNotice": "Ada Quill"},
        {"creator": [{"name": "Ada Quill"}]},
    ],
)
def test_a_credit_for_machines_alone_is_structured_and_does_not_count(read_story: Read, fields: dict[str, object]) -> None:
    head = ld(
        **{
            "@type": "NewsArticle",
            "headline": "A kettle at the lake",
            "image": {"@type": "ImageObject", "url": "https://lakepost.example/lake.jpg", **fields},
        }
    )
    page = read_story(LAKE, head=head)
    assert (credit(page).place, credit(page).text) == ("structured", "Ada Quill")
    assert page.verdicts.image_credits == "none"


def test_a_seen_credit_beats_the_one_for_machines(read_story: Read) -> None:
    head = ld(**{"@type": "ImageObject", "contentUrl": "/lake.jpg", "creditText": "Ben Marsh"})
    assert credit(read_story(f"<figure>{LAKE}<figcaption>Photo: Ada Quill</figcaption></figure>", head=head)).place == "caption"
    assert credit(read_story(LAKE, head=head, end="<p>(featured image: Ada Quill)</p>")).place == "page_level"


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{LAKE}<figcaption>The lake at noon, seen from the jetty.</figcaption></figure>",
        f"<figure>{LAKE}<figcaption>Ada Quill crosses the lake with her sledge.</figcaption></figure>",
        f"<figure>{LAKE}<figcaption>Pay for the sledge with your credit card.</figcaption></figure>",
        f"<figure>{LAKE}<figcaption>The tax credit: what changes at the lake this year.</figcaption></figure>",
        f"<figure>{LAKE}<figcaption>Photo shows the lake in 1923.</figcaption></figure>",
        f"<figure>{LAKE}<figcaption>Photo gallery: ten pictures of the lake</figcaption></figure>",
        f"<figure>{LAKE}</figure><p>She told the Getty Images people about the lake, and they came.</p>",
        LAKE,
    ],
)
def test_what_is_no_credit(read_story: Read, markup: str) -> None:
    page = read_story(markup)
    assert only(page).credit is None
    assert page.verdicts.image_credits == "none"


def test_the_copyright_of_the_site_is_no_credit(read_story: Read) -> None:
    assert only(read_story(LAKE, foot="<p>© 2024 The Lake Post</p>")).credit is None


@pytest.mark.parametrize("name", ["Internet", "Google", "Archive", "Pinterest"])
def test_a_placeholder_names_nobody(read_story: Read, name: str) -> None:
    page = read_story(f"<figure>{LAKE}<figcaption>Photo: {name}</figcaption></figure>")
    assert credit(page).placeholder
    assert page.verdicts.image_credits == "none"


@pytest.mark.parametrize(
    ("text", "maker", "agency"),
    [
        ("Photo: Ada Quill", "Ada Quill", None),
        ("Photo by Ada Quill / Getty Images", "Ada Quill", "Getty Images"),
    ],
)
def test_a_credit_is_parsed(read_story: Read, text: str, maker: str, agency: str | None) -> None:
    found = credit(read_story(f"<figure>{LAKE}<figcaption>{text}</figcaption></figure>"))
    assert (found.maker, found.agency) == (maker, agency)
    assert found.spot is not None
    assert not found.placeholder


# Pictures among others ------------------------------------------------------------------------------------------------------------------------
TWO = '<figure><img src="/lake.jpg"><figcaption>{}</figcaption></figure><figure><img src="/boat.jpg"><figcaption>{}</figcaption></figure>'


@pytest.mark.parametrize(
    "markup",
    [
        TWO.format("The lake.", "The boat. Photo: Ada Quill"),
        '<div class="gallery"><div><img src="/lake.jpg"></div><div><img src="/boat.jpg"><p>Photo: Ada Quill</p></div></div>',
        '<p><img src="/lake.jpg"></p><p><img src="/boat.jpg"></p><p>Photo: Ada Quill</p>',
        '<figure><img src="/lake.jpg"></figure><figure><img src="/boat.jpg"><span class="credit">Ada Quill</span></figure>',
    ],
)
def test_another_picture_s_caption_credits_nothing(read_story: Read, markup: str) -> None:
    page = read_story(markup)
    assert [image.credit is not None for image in page.images] == [False, True]
    assert page.verdicts.image_credits == "some"


@pytest.mark.parametrize(
    "markup",
    [
        TWO.format("The lake. Photo: Ada Quill", "The boat."),
        '<p><img src="/lake.jpg"></p><p>Photo: Ada Quill</p><p>Then they found a boat, and nobody knew whose it was.</p><p><img src="/boat.jpg"></p>',
        '<figure><img src="/lake.jpg"><figcaption>Photo: Ada Quill</figcaption></figure><img src="/boat.jpg">',
    ],
)
def test_an_earlier_picture_s_caption_credits_nothing(read_story: Read, markup: str) -> None:
    assert [image.credit is not None for image in read_story(markup).images] == [True, False]


def test_one_figure_of_two_pictures_shares_its_caption(read_story: Read) -> None:
    page = read_story('<figure><img src="/lake.jpg"><img src="/boat.jpg"><figcaption>The lake and the boat. Photos: Ada Quill</figcaption></figure>')
    assert [image.credit is not None for image in page.images] == [True, True]


@pytest.mark.parametrize("second", ["/lake-in-march.jpg", "/lake-in-march-1024x768.jpg", "https://cdn.example/w/lake-in-march.jpg?w=300"])
def test_a_picture_shown_twice_is_credited_once_for_both(read_story: Read, second: str) -> None:
    page = read_story(f'<img src="{second}">', start='<figure><img src="/lake-in-march.jpg"><figcaption>Photo: Ada Quill</figcaption></figure>')
    assert [image.credit is not None for image in page.images] == [True, True]
    assert page.verdicts.image_credits == "all"


def test_short_names_are_not_enough_to_be_the_same_picture(read_story: Read) -> None:
    page = read_story('<img src="/b/1.jpg">', start='<figure><img src="/a/1.jpg"><figcaption>Photo: Ada Quill</figcaption></figure>')
    assert [image.credit is not None for image in page.images] == [True, False]


def test_a_picture_that_is_not_content_needs_and_gets_no_credit(read_story: Read) -> None:
    page = read_story('<figure><img src="/logo.png"><figcaption>Photo: Ada Quill</figcaption></figure>')
    assert [(image.content, image.credit) for image in page.images] == [(False, None)]
    assert page.verdicts.image_credits == "no_content_images"


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{LAKE}<figcaption hidden>Photo: Ada Quill</figcaption></figure>",
        f'<figure>{LAKE}<span class="credit" style="display:none">Ada Quill</span></figure>',
    ],
)
def test_a_hidden_credit_is_not_seen(read_story: Read, markup: str) -> None:
    page = read_story(markup)
    assert page.verdicts.image_credits == "none"


def test_a_video_s_poster_takes_its_caption(read_story: Read) -> None:
    assert credit(read_story('<figure><video poster="/lake.jpg"></video><figcaption>Video: Ada Quill</figcaption></figure>')).place == "caption"


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("de", "Der See am Mittag. Foto: Ada Quill"),
        ("fr", "Le lac à midi. Photo : Ada Quill"),
        ("es", "El lago al mediodía. Foto: Ada Quill"),
        ("it", "Il lago a mezzogiorno. Foto: Ada Quill"),
        ("pl", "Jezioro w południe. Fot. Ada Quill"),
        ("ja", "正午の湖。写真：山田花子"),
        ("ko", "정오의 호수. 사진=김하늘"),
    ],
)
def test_captions_in_other_languages(read_page: Read, language: str, caption: str) -> None:
    page = read_page(
        f'<html lang="{language}"><title>x</title><article><h1>x</h1><figure>{LAKE}<figcaption>{caption}</figcaption></figure></article></html>'
    )
    assert credit(page).place == "caption"
