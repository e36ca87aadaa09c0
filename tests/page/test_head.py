from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Page

ENGLISH = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>"
GERMAN = (
    "<p>Der Kessel kochte, während die vier darüber stritten, ob der See im März noch gefroren sein würde, und niemand hatte die Karte dabei.</p>"
)
JAPANESE = "<p>四人は三月の湖がまだ凍っているかどうかを話し合い、その間にやかんの湯が沸いた。地図を持つ人は誰もいなかった。</p>"

Read = Callable[..., Page]


def ld(*objects: dict[str, object]) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in objects)


def page(head: str, text: str = ENGLISH * 3, *, attributes: str = "", heading: str = "<h1>A kettle at the lake</h1>") -> str:
    return f"<!doctype html><html {attributes}><head>{head}</head><body><article>{heading}{text}</article></body></html>"


@pytest.mark.parametrize(
    ("attributes", "head", "text", "language"),
    [
        ('lang="en"', "", ENGLISH * 3, "en"),
        ('lang="en-GB"', "", ENGLISH * 3, "en"),
        ('lang="EN_us"', "", ENGLISH * 3, "en"),
        ('xml:lang="de"', "", "<p>Kurz.</p>", "de"),
        ("", '<meta http-equiv="content-language" content="de-AT">', "<p>Kurz.</p>", "de"),
        ("", '<meta property="og:locale" content="fr_FR">', "<p>Court.</p>", "fr"),
        ("", ld({"@type": "NewsArticle", "inLanguage": "it-IT"}), "<p>Breve.</p>", "it"),
        ("", "", GERMAN * 3, "de"),
        ("", "", JAPANESE * 2, "ja"),
        ('lang="en"', "", GERMAN * 3, "de"),
        ('lang="en"', "", JAPANESE * 2, "ja"),
        ('lang="nb"', "", "<p>Kort.</p>", "no"),
        ('lang="nn-NO"', "", "<p>Kort.</p>", "no"),
        ('lang="x-default"', "", "<p>1 2 3</p>", None),
        ('lang=""', "", "<p>1 2 3</p>", None),
        ('lang="{{ site.lang }}"', "", "<p>1 2 3</p>", None),
        ("", "", "", None),
    ],
)
def test_language(read_page: Read, attributes: str, head: str, text: str, language: str | None) -> None:
    assert read_page(page(head, text, attributes=attributes, heading="")).language == language


def types(*names: str, **fields: object) -> str:
    return ld({"@type": list(names), "headline": "A kettle at the lake", **fields})


@pytest.mark.parametrize(
    ("head", "page_type"),
    [
        (types("NewsArticle"), "article"),
        (types("BlogPosting"), "article"),
        (types("https://schema.org/NewsArticle"), "article"),
        (ld({"@graph": [{"@type": "Organization"}, {"@type": "Article", "headline": "A kettle at the lake"}]}), "article"),
        ('<meta property="og:type" content="article">', "article"),
        (types("Review"), "review_or_guide"),
        (types("Recipe"), "recipe"),
        (types("Article", "Recipe"), "recipe"),
        (types("Article") + types("Recipe"), "recipe"),
        (types("DiscussionForumPosting"), "forum_or_ugc"),
        (types("QAPage"), "forum_or_ugc"),
        ("", "article"),
        ("<title>The best kettles for the lake</title>", "review_or_guide"),
        ("<title>Kettle review: three for the lake</title>", "review_or_guide"),
        ("<title>The best kettles for the lake</title>" + types("NewsArticle"), "article"),
        ("<title>The best kettles for the lake</title>" + types("BlogPosting"), "review_or_guide"),
        ("<title>The bestial winter</title>", "article"),
    ],
)
def test_page_type_of_a_page_with_running_text(read_page: Read, head: str, page_type: str) -> None:
    assert read_page(page(head)).page_type == page_type


@pytest.mark.parametrize(
    ("html", "url", "page_type"),
    [
        ('<div itemscope itemtype="https://schema.org/Recipe"><h1>Lake stew</h1></div>', None, "recipe"),
        (types("Product") + "<h1>Kettle</h1>", None, "product"),
        ('<meta property="og:type" content="product"><h1>Kettle</h1>', None, "product"),
        ("<h1>Kettle</h1>", "https://lakepost.example/product/kettle", "product"),
        ("<h1>Ice</h1>", "https://lakepost.example/tag/ice", "listing"),
        ("<h1>Ice</h1>", "https://lakepost.example/category/ice/", "listing"),
        ("<h1>Ada Quill</h1>", "https://lakepost.example/author/ada", "listing"),
        ("<h1>Ice on the lake?</h1>", "https://lakepost.example/forum/ice", "forum_or_ugc"),
        ("<h1>The Lake Post</h1>", "https://lakepost.example/", "listing"),
        ("<h1>The Lake Post</h1>", "https://lakepost.example", "listing"),
        (types("CollectionPage") + "<h1>Ice</h1>", None, "listing"),
        ("<h1>Imprint</h1>", "https://lakepost.example/imprint", "other"),
        ("<p>x</p>", None, "other"),
    ],
)
def test_page_type_of_a_page_with_little_text(read_page: Read, html: str, url: str | None, page_type: str) -> None:
    assert read_page(html, url).page_type == page_type


def test_a_story_in_a_tag_like_folder_is_a_story_where_it_says_so(read_page: Read) -> None:
    assert read_page(page(types("NewsArticle")), "https://lakepost.example/tags/kettle").page_type == "article"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Wasserkocher im Test"),
        ("fr", "Comparatif des bouilloires"),
        ("es", "Los mejores hervidores"),
        ("it", "I migliori bollitori"),
        ("ja", "やかんのおすすめ"),
        ("ko", "주전자 추천"),
    ],
)
def test_reviews_in_other_languages(read_page: Read, language: str, title: str) -> None:
    html = page(f"<title>{title}</title>" + types("BlogPosting"), "<p>x</p>", attributes=f"lang={language}", heading=f"<h1>{title}</h1>")
    assert read_page(html).page_type == "review_or_guide"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title> A kettle\n at the   lake </title>", "A kettle at the lake"),
        ("<title></title><meta property='og:title' content='A kettle'>", "A kettle"),
        ("<title>Ice &amp; fire</title>", "Ice & fire"),
        ("", "A kettle at the lake"),
        ("<title>" + "x" * 900 + "</title>", "x" * 500),
    ],
)
def test_title(read_page: Read, head: str, title: str) -> None:
    assert read_page(page(head)).title == title


def test_the_title_of_a_drawing_is_not_the_page_s(read_page: Read) -> None:
    assert read_page("<body><svg><title>menu icon</title></svg><h1>A kettle</h1></body>").title == "A kettle"
    assert read_page("<p>x</p>").title is None


@pytest.mark.parametrize(
    ("head", "given", "url", "own"),
    [
        ('<link rel="canonical" href="https://lakepost.example/kettle">', None, "https://lakepost.example/kettle", "lakepost.example"),
        ('<link rel="CANONICAL foo" href=" https://lakepost.example/kettle ">', None, "https://lakepost.example/kettle", "lakepost.example"),
        ('<meta property="og:url" content="https://lakepost.example/kettle">', None, "https://lakepost.example/kettle", "lakepost.example"),
        ('<link rel="canonical" href="/kettle">', "https://lakepost.example/a", "https://lakepost.example/a", "lakepost.example"),
        ('<link rel="canonical" href="https://a.example/b">', "https://www.a.example/b?c", "https://a.example/b", "www.a.example"),
        ("", "https://lakepost.example/kettle", "https://lakepost.example/kettle", "lakepost.example"),
        ("", None, None, None),
        ('<link rel="canonical" href="http://[broken">', None, None, None),
        ('<link rel="canonical" href="http://[broken">', "https://lakepost.example/a", "https://lakepost.example/a", "lakepost.example"),
        ("", "http://[broken", "http://[broken", None),
    ],
)  # fmt: skip
def test_address_and_own_host(read_page: Read, head: str, given: str | None, url: str | None, own: str | None) -> None:
    read = read_page(page(head), given)
    assert (read.url, read.own_host) == (url, own)


@pytest.mark.parametrize(
    ("links", "own"),
    [
        (["https://lakepost.example/a", "https://lakepost.example/b", "https://other.example/c"], "lakepost.example"),
        (["https://lakepost.example/a", "https://other.example/c"], "lakepost.example"),
        (["https://lakepost.example/a", "https://other.example/b", "https://third.example/c"], None),
        (["/a", "/b"], None),
        ([], None),
    ],
)
def test_own_host_of_a_page_that_does_not_say(read_page: Read, links: list[str], own: str | None) -> None:
    assert read_page(page("", ENGLISH + "".join(f'<a href="{link}">x</a>' for link in links))).own_host == own


@pytest.mark.parametrize(
    ("head", "text", "published", "modified"),
    [
        (types("Article", datePublished="2024-03-03", dateModified="2024-03-04"), "", "2024-03-03", "2024-03-04"),
        ('<meta property="article:published_time" content="2024-03-03T08:00:00Z">', "", "2024-03-03T08:00:00Z", None),
        ('<meta property="article:modified_time" content="2024-03-04">', "", None, "2024-03-04"),
        ("", '<time datetime="2024-03-03">3 March</time>', "2024-03-03", None),
        ("", '<time datetime="2024-03-03">a</time><time class="updated" datetime="2024-03-04">b</time>', "2024-03-03", "2024-03-04"),
        ("", "<time>3 March</time>", None, None),
        ("", "", None, None),
    ],
)
def test_dates(read_page: Read, head: str, text: str, published: str | None, modified: str | None) -> None:
    read = read_page(page(head, text + ENGLISH * 3))
    assert (read.published, read.modified) == (published, modified)


@pytest.mark.parametrize(
    ("head", "url", "section"),
    [
        (types("Article", articleSection="Weekend"), None, "Weekend"),
        (types("Article", articleSection=["Weekend", "Ice"]), None, "Weekend"),
        ('<meta property="article:section" content="Weekend">', None, "Weekend"),
        ("", "https://lakepost.example/weekend/kettle", "weekend"),
        ("", "https://lakepost.example/kettle", None),
        ("", None, None),
    ],
)
def test_section(read_page: Read, head: str, url: str | None, section: str | None) -> None:
    assert read_page(page(head), url).section == section


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": </script>',
        '<script type="application/ld+json">[]</script><script type="application/ld+json"></script>',
        '<script type="application/ld+json">{"@type": ["Article", 3, null], "author": {"name": {"b": []}}, "image": [[], 3, {"url": {}}]}</script>',
        '<script type="application/ld+json">{"@type": "Article", "headline": {"a": 1}, "url": 7}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "mainEntityOfPage": [[1]], "publisher": [{"name": 5}]}</script>',
        '<script type="application/ld+json">{"@type": "Article", "articleSection": [[]], "datePublished": {}, "inLanguage": {"name": "en"}}</script>',
        '<meta name="author"><meta content="x"><meta name="date" content="">',
    ],
)
def test_a_muddled_head_is_read_all_the_same(read_page: Read, head: str) -> None:
    assert read_page(page(head)).language == "en"


def test_headline_and_first_text_are_spots(read_page: Read) -> None:
    read = read_page(page("", heading="<h1>A <i>kettle</i></h1>"))
    assert read.headline is not None
    assert read.headline.quote == "A kettle"
    assert read.first_text is not None
    assert read.first_text.node > read.headline.node
    bare = read_page("<div>x</div>")
    assert (bare.headline, bare.first_text) == (None, None)


def test_words_of_the_page_are_those_that_a_reader_sees(read_page: Read) -> None:
    assert read_page("<title>no no</title><p>one two</p><script>no</script><p>three<b>four</b></p>").words == 3
