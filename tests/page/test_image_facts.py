"""What structured data say of a picture, where its credit links to, and under which licence it is shown; credits in unmarked places."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Credit, Image, ImageObject, Page

Read = Callable[..., Page]
LAKE = '<img src="https://lakepost.example/img/lake-at-noon-800x600.jpg?x=1">'


def ld(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects)


def only(page: Page) -> Image:
    (image,) = (image for image in page.images if image.content)
    return image


def credit(page: Page) -> Credit:
    found = only(page).credit
    assert found is not None
    return found


@pytest.mark.parametrize("address", ["https://lakepost.example/img/lake-at-noon.jpg", "https://cdn.example/lake-at-noon-1200x900.jpg?w=3"])
@pytest.mark.parametrize("key", ["url", "contentUrl", "@id", "thumbnailUrl"])
def test_the_data_of_a_picture(read_story: Read, address: str, key: str) -> None:
    head = ld(
        {
            "@type": "ImageObject",
            key: address,
            "creditText": "Lake Post",
            "creator": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Ben Marsh"}],
            "copyrightNotice": "(c) Lake Post",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "acquireLicensePage": {"@id": "https://lakepost.example/buy"},
        }
    )
    assert only(read_story(LAKE, head=head)).data == ImageObject(
        credit_text="Lake Post",
        creators=("Ada Quill", "Ben Marsh"),
        copyright_notice="(c) Lake Post",
        licence="https://creativecommons.org/licenses/by/4.0/",
        acquire_licence_page="https://lakepost.example/buy",
    )


def test_the_data_of_a_lazy_picture_are_found_by_its_other_address(read_story: Read) -> None:
    head = ld({"@type": "ImageObject", "url": "/lake-at-noon.jpg", "creditText": "Ada Quill"})
    data = only(read_story('<img src="data:image/gif;base64,R0lGOD" data-src="/lake-at-noon.jpg">', head=head)).data
    assert data is not None
    assert data.credit_text == "Ada Quill"


def test_of_two_objects_for_a_picture_the_fuller_one_counts(read_story: Read) -> None:
    url = "https://lakepost.example/img/lake-at-noon.jpg"
    head = ld(
        {"@type": "ImageObject", "url": url, "creditText": "Ada Quill"}, {"@type": "NewsArticle", "image": {"@type": "ImageObject", "url": url}}
    )
    data = only(read_story(LAKE, head=head)).data
    assert data is not None
    assert data.credit_text == "Ada Quill"


@pytest.mark.parametrize(
    "head",
    [
        "",
        ld({"@type": "ImageObject", "url": "https://lakepost.example/img/boat.jpg", "creditText": "Ada Quill"}),
        ld({"@type": "NewsArticle", "image": "https://lakepost.example/img/lake-at-noon.jpg"}),
    ],
)
def test_a_picture_of_which_the_data_say_nothing(read_story: Read, head: str) -> None:
    assert only(read_story(LAKE, head=head)).data is None


def test_where_a_credit_links_to(read_story: Read) -> None:
    page = read_story(
        f'<figure>{LAKE}<figcaption>The <a href="/lake">lake</a>. Photo: <a href="https://pics.example/ada">Ada Quill</a> '
        '(<a href="https://creativecommons.org/licenses/by-sa/2.0/deed.fr">Some rights</a>)</figcaption></figure>'
    )
    found = credit(page)
    assert found.links == ("/lake", "https://pics.example/ada", "https://creativecommons.org/licenses/by-sa/2.0/deed.fr")
    assert found.licence == "CC BY-SA 2.0"


def test_a_credit_has_at_most_ten_links(read_story: Read) -> None:
    links = "".join(f'<a href="/{n}">{n}</a> ' for n in range(30))
    assert len(credit(read_story(f"<figure>{LAKE}<figcaption>{links} Photo: Ada Quill</figcaption></figure>")).links) == 10


@pytest.mark.parametrize(
    ("address", "licence"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-nd/3.0/de/", "CC BY-NC-ND 3.0"),
        ("//creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.de", "PDM 1.0"),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL 3"),
        ("https://unsplash.com/license", "Unsplash License"),
        ("https://pics.example/licenses/by/4.0/", None),
    ],
)
def test_the_licence_that_only_a_link_names(read_story: Read, address: str, licence: str | None) -> None:
    page = read_story(f'<figure>{LAKE}<figcaption>Photo: <a href="{address}">Ada Quill</a></figcaption></figure>')
    assert credit(page).licence == licence


def test_a_link_to_a_licence_makes_a_short_caption_a_credit(read_story: Read) -> None:
    page = read_story(f'<figure>{LAKE}<figcaption>ada_quill, <a href="https://creativecommons.org/licenses/by/2.0/">terms</a></figcaption></figure>')
    assert (credit(page).licence, credit(page).place) == ("CC BY 2.0", "caption")


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("<span>The lake at noon, seen from the jetty.</span><span>Getty Images</span>", "Getty Images"),
        ("<span>The lake at noon, seen from the jetty.</span><span>Ada Quill</span>", "Ada Quill"),
        ("<p>The lake at noon, seen from the jetty</p><p>Ada Quill/Lake Agency</p>", "Ada Quill/Lake Agency"),
        ("<p>The lake at noon, seen from the jetty</p><p>Lake Post</p>", "Lake Post"),
    ],
)
def test_a_name_of_its_own_behind_the_description(read_story: Read, caption: str, text: str) -> None:
    head = '<meta property="og:site_name" content="Lake Post">'
    assert credit(read_story(f"<figure>{LAKE}<figcaption>{caption}</figcaption></figure>", head=head)).text == text


@pytest.mark.parametrize(
    "caption",
    [
        "<span>“The ice is thick enough.”</span><span>Ada Quill</span>",
        "<span>The lake at noon, seen from the jetty.</span><a href='/more'>Read More</a>",
        "<span>The lake at noon, seen from the jetty.</span><span>in the morning</span>",
        "<span>Ada Quill</span>",
        "<span>Winner:</span><span>Ada Quill</span>",
    ],
)
def test_a_name_that_is_no_credit(read_story: Read, caption: str) -> None:
    assert only(read_story(f"<figure>{LAKE}<figcaption>{caption}</figcaption></figure>")).credit is None


def test_a_credit_under_the_text_beside_the_picture(read_story: Read) -> None:
    page = read_story(
        f"<div><figure>{LAKE}</figure><div><h3>The kettle</h3><p>{'She takes it along. ' * 26}</p><p>photo courtesy of Ada Quill</p>"
        "</div></div><h2>The boat</h2><p>It came later.</p>"
    )
    assert (credit(page).text, credit(page).place) == ("photo courtesy of Ada Quill", "overlay_or_after")


def test_the_noscript_twin_does_not_part_the_picture_from_its_credit(read_story: Read) -> None:
    page = read_story(f"<div>{LAKE}<noscript>{LAKE}</noscript><div>Photo: Ada Quill</div><h1></h1><p>{'It was cold. ' * 60}</p></div>")
    assert credit(page).text == "Photo: Ada Quill"


@pytest.mark.parametrize(
    ("line", "maker"),
    [
        ("Photos: PR, Ada Quill", "Ada Quill"),
        ("Photos: Ada Quill, Ben Marsh", "Ada Quill, Ben Marsh"),
        ("Images: Ada Quill | Ben Marsh", "Ada Quill, Ben Marsh"),
        ("Text and pictures: Ada Quill", "Ada Quill"),
        ("All photos here belong to Ada Quill.", "Ada Quill"),
    ],
)
def test_a_line_for_the_page_keeps_all_names(read_story: Read, line: str, maker: str) -> None:
    page = read_story(LAKE, end=f"<p>{line}</p>")
    found = credit(page)
    assert (found.place, found.maker, found.placeholder) == ("page_level", maker, False)
    assert found.text == line
    assert page.verdicts.image_credits == "all"


def test_a_list_of_credits_under_a_heading(read_story: Read) -> None:
    page = read_story(LAKE, end="<h4>Image credits</h4><ul><li>Ada Quill</li><li>Ben Marsh / Getty Images</li></ul><h4>More</h4>")
    assert (credit(page).place, credit(page).maker) == ("page_level", "Ada Quill, Ben Marsh")


def test_a_paragraph_about_copying_names_the_owner(read_story: Read) -> None:
    text = "Lake Kitchen owns the copyright on all images and text. If you like the recipe, write it anew in your own words. " + "Thank you. " * 20
    assert credit(read_story(LAKE, end=f"<p>{text}</p>")).maker == "Lake Kitchen"


@pytest.mark.parametrize("line", ["Source: Ada Quill", "Quelle: Ada Quill"])
def test_a_source_at_the_end_is_that_of_the_text(read_story: Read, line: str) -> None:
    assert only(read_story(LAKE, end=f"<p>{line}</p>")).credit is None


def test_the_source_of_statistics_is_the_credit_of_their_chart(read_story: Read) -> None:
    page = read_story('<figure><img src="/chart.png"><figcaption>Ice on the lake, in days. Source: Lake Office</figcaption></figure>')
    assert (credit(page).maker, credit(page).place) == ("Lake Office", "caption")


def test_a_copyright_in_the_foot_of_a_box_is_no_credit(read_story: Read) -> None:
    assert only(read_story(f'<section><p>{LAKE}</p><footer><span class="copyright">© Ada Quill</span></footer></section>')).credit is None


def test_the_foot_of_a_figure_may_credit_it(read_story: Read) -> None:
    assert credit(read_story(f"<figure>{LAKE}<footer>© Ada Quill</footer></figure>")).maker == "Ada Quill"


@pytest.mark.parametrize(
    ("caption", "kind", "collective"),
    [
        ("Photo: AFP", "news", False),
        ("Photo: Pool/AFP", "news", True),
        ("Ada Quill/Getty Images", "pictures", False),
        ("Photo: Ada Quill / Unsplash", "free", False),
        ("Photo: Handout", None, True),
        ("Foto: Archiv", None, True),
        ("Photo: Ada Quill", None, False),
    ],
)
def test_the_kind_of_the_agency_and_why_nobody_is_named(read_story: Read, caption: str, kind: str | None, *, collective: bool) -> None:
    found = credit(read_story(f"<figure>{LAKE}<figcaption>{caption}</figcaption></figure>"))
    assert (found.agency_kind, found.collective) == (kind, collective)


@pytest.mark.parametrize(
    ("caption", "generated"),
    [
        ("The lake. AI-generated image", True),
        ("Der See. Bild: mit KI erstellt / Lake Post", True),
        ("Le lac. Image générée par IA", True),
        ("湖（AI生成）", True),
        ("The lake. Photo: Ada Quill", False),
        ("The power is generated by the mill.", False),
    ],
)
def test_a_caption_that_says_that_software_made_the_picture(read_story: Read, caption: str, *, generated: bool) -> None:
    assert only(read_story(f"<figure>{LAKE}<figcaption>{caption}</figcaption></figure>")).says_generated is generated


def test_one_line_under_a_row_of_pictures_credits_them_all(read_story: Read) -> None:
    page = read_story(
        '<div><p><img src="/one.jpg"></p><p><img src="/two.jpg"></p></div><p>Photos: Ada Quill</p><p>Later.</p><p><img src="/three.jpg"></p>',
        start='<img src="/first.jpg">',
    )
    assert [image.credit is not None for image in page.images] == [False, True, True, False]


def test_a_caption_away_from_its_picture_credits_the_first(read_story: Read) -> None:
    page = read_story(
        '<p>Noon.</p><img src="/two.jpg"><p>Dusk.</p><p>Picture: The mill on its last day. / Source: Ada Quill</p>', start='<img src="/one.jpg">'
    )
    assert [image.credit and image.credit.maker for image in page.images] == ["Ada Quill", None]
    page = read_story("<p>Noon.</p><p>Picture: The mill, the source: a spring in the hills of the county.</p>", start='<img src="/one.jpg">')
    assert [image.credit for image in page.images] == [None]


def test_a_caption_of_its_own_is_not_that_of_the_picture_before(read_story: Read) -> None:
    page = read_story('<p><img src="/one.jpg"></p><figure><img src="/two.jpg"><figcaption>Photo: Ada Quill</figcaption></figure>')
    assert [image.credit is not None for image in page.images] == [False, True]


@pytest.mark.parametrize("line", ["By Jane Doe | Photos: View all", "By Jane Doe | Photos: Gallery", "By Jane Doe | Photos: Readers"])
def test_a_menu_beside_the_byline_names_no_maker(read_story: Read, line: str) -> None:
    assert [image.credit for image in read_story("<p>Noon.</p>", start=f'<p>{line}</p><img src="/one.jpg">').images] == [None]


def test_a_maker_beside_who_wrote_the_piece_made_all_its_pictures(read_story: Read) -> None:
    page = read_story('<p>Noon.</p><img src="/two.jpg">', start='<p>By Jane Doe | Photos by Richard Roe</p><img src="/one.jpg">')
    assert [image.credit and image.credit.maker for image in page.images] == ["Richard Roe", "Richard Roe"]
