from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]
Names = Callable[[Page], list[str]]


@pytest.mark.parametrize(
    "slots",
    [
        {"text": "<p>Ada Quill, who had never been on the ice, packed the sledge and waited for the sun while the others slept.</p>"},
        {"text": '<figure><img src="/lake.jpg"><figcaption>Ada Quill on the ice</figcaption></figure>'},
        {"text": "<blockquote><p>Ada Quill</p></blockquote>"},
        {"foot": "<p>Ada Quill</p>"},
        {"outside": '<section class="comments"><p>Ada Quill</p></section>'},
        {"outside": '<section class="related"><p>Ada Quill</p></section>'},
        {"under": "<p hidden>Ada Quill</p>"},
        {"under": '<p style="display:none">By Ada Quill</p>'},
    ],
)
def test_a_name_for_machines_that_only_occurs_elsewhere_is_not(read_story: Read, told: str, seen: Names, slots: dict[str, str]) -> None:
    assert seen(read_story(head=told, **slots)) == []


@pytest.mark.parametrize(
    "slots",
    [
        {"under": '<p class="photographer">Ben Marsh</p>'},
        {"under": '<p class="photo-credit">Ben Marsh</p>'},
        {"under": '<p class="byline">Photos by Ben Marsh</p>'},
        {"under": "<p>Photographs by Ben Marsh</p>"},
        {"under": '<p class="byline">Illustration by Ben Marsh</p>'},
        {"under": '<p class="byline">Medically reviewed by Ben Marsh, MD</p>'},
        {"under": '<div class="reviewer">Ben Marsh</div>'},
        {"under": '<p class="fact-checker">Fact checked by Ben Marsh</p>'},
        {"text": '<figure><img src="/lake.jpg"><figcaption>The lake. <span class="author">Ben Marsh</span></figcaption></figure>'},
        {"text": '<blockquote><p>Ice is honest.</p><cite class="author">Ben Marsh</cite></blockquote>'},
        {"outside": '<section id="comments"><div class="comment"><b class="author">Ben Marsh</b><p>Nice.</p></div></section>'},
        {"outside": '<section id="comments"><cite class="comment-author">Ben Marsh</cite></section>'},
        {"after": '<section class="comments"><p>By Ben Marsh</p></section>'},
        {"outside": '<section class="related-posts"><div class="card"><h3>Ten pots</h3><span class="author">By Ben Marsh</span></div></section>'},
        {"text": '<div class="read-more"><a href="/pots">Ten pots</a> <span class="byline">By Ben Marsh</span></div>'},
        {"outside": '<aside class="sidebar"><div class="author">Ben Marsh</div></aside>'},
        {"outside": '<aside class="sidebar"><a rel="author" href="/ben">Ben Marsh</a></aside>'},
        {"under": "<p>By 5 pm the lake was dark</p>"},
        {"under": "<p>By clicking on the map you agree to our terms</p>"},
        {"under": "<p>By the numbers: the lake in March</p>"},
        {"under": '<p class="byline">Updated March 3, 2024</p>'},
        {"under": '<p class="byline">Share</p>'},
        {"under": '<p class="byline" hidden>By Ben Marsh</p>'},
        {"text": "<p>The book by Ben Marsh was wet, and the other one, by his sister, had been left in the hut with the lamp and the bread.</p>"},
        {"foot": "<p>Design by Ben Marsh</p>"},
        {"bar": "<p>Founded by Ben Marsh</p>"},
    ],
)
def test_who_is_no_author(read_story: Read, slots: dict[str, str]) -> None:
    page = read_story(**slots)
    assert page.authors == ()
    assert page.verdicts.author == "none"


@pytest.mark.parametrize("slots", [
    {"under": '<p class="byline">By Ada Quill</p><p class="photographer">Ben Marsh</p>'},
    {"under": '<p class="byline">Words by Ada Quill. Photos by Ben Marsh</p>'},
    {"under": '<p class="byline">By Ada Quill</p><p>Medically reviewed by Ben Marsh</p>'},
    {"under": '<p class="byline">By Ada Quill</p>', "outside": '<section class="related-posts"><span class="author">Ben Marsh</span></section>'},
    {"under": '<p class="byline">By Ada Quill</p>', "outside": '<section id="comments"><span class="author">Ben Marsh</span></section>'},
    {"under": '<p class="byline">By Ada Quill</p>', "text": '<figure><img src="/a.jpg"><figcaption class="author">Ben Marsh</figcaption></figure>'},
])  # fmt: skip
def test_the_author_among_others(read_story: Read, slots: dict[str, str]) -> None:
    assert [author.name for author in read_story(**slots).authors] == ["Ada Quill"]


def test_a_headline_with_by_names_nobody(read_page: Read) -> None:
    text = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>" * 3
    assert (
        read_page(
            f"<html lang=en><title>Hit by Ice Storm</title><article><h1>By Ice Alone</h1><h2>Hit by Ice Storm</h2>{text}</article></html>"
        ).authors
        == ()
    )


def test_the_author_of_another_story_s_data_is_not_this_one_s(read_story: Read, told: str) -> None:
    other = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ten iron pots","author":"Ben Marsh"}</script>'
    assert [author.name for author in read_story(head=other + told).authors] == ["Ada Quill"]


def test_a_listing_needs_no_author(read_page: Read) -> None:
    page = read_page(
        '<title>All stories</title><ul><li><a href="/a">A</a><span class="author">Ada Quill</span></li></ul>', url="https://lakepost.example/tag/ice"
    )
    assert page.verdicts.author == "not_applicable"


_CARDS = "".join(
    f'<a class="card" href="/{i}"><span class="author">Ben Marsh</span><h3>Ten iron pots and how to keep them, part {i}</h3></a>' for i in range(3)
)
_THREAD = "".join(
    f'<ul class="thread"><li><a class="author person" href="/u{i}">{name}</a> I was on the ice that day too.</li></ul>'
    for i, name in enumerate(("Ben Marsh", "Cleo Moor", "Dan Reed", "Eve Sedge"))
)
_MENU = '<p><a href="/about">About</a> | <a href="/media">Media</a> | <a href="/search">Search</a></p>'


@pytest.mark.parametrize(
    "slots",
    [
        pytest.param({"under": _CARDS}, id="cards of other stories"),
        pytest.param({"text": _THREAD}, id="readers who write in the text"),
        pytest.param({"under": _MENU}, id="a menu"),
        pytest.param({"under": '<div class="author"><a class="author-search" href="/s">Search for authors in Lake Index</a></div>'}, id="a search"),
        pytest.param({"under": '<span class="author visually-hidden">Ben Marsh</span>'}, id="a name for machines in a class for them"),
        pytest.param({"under": '<a class="author-name" href="/give">Donate today</a>'}, id="a call"),
        pytest.param({"under": "<p>New York, March 3, 2024</p>"}, id="a place and a date"),
        pytest.param({"after": "<div><p>Reuters</p></div><div><p>Ten pots</p></div><div><p>AFP</p></div>"}, id="agencies of other stories"),
        pytest.param({"end": "<p>Ben Marsh is happy about the ice, and that is all he said.</p>"}, id="a sentence about somebody"),
    ],
)
def test_names_that_are_somebody_else_s(read_story: Read, seen: Names, slots: dict[str, str]) -> None:
    assert seen(read_story(**slots)) == []


def test_a_site_s_name_as_headline_is_no_author(read_page: Read, seen: Names) -> None:
    text = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>" * 3
    assert (
        seen(read_page(f"<html lang=en><title>Lake Archive</title><h1 class='vcard author'>Lake Archive</h1><article>{text}</article></html>")) == []
    )


def test_an_editor_whom_the_data_name_is_not_seen_as_author(read_story: Read, ld: Callable[..., str], seen: Names) -> None:
    page = read_story(
        head=ld(author={"@type": "Person", "name": "Ben Marsh"}),
        under='<p class="byline">By Ada Quill</p>',
        after='<div class="info-author">Editor: <a class="author" href="/ben">Ben Marsh</a></div>',
    )
    assert seen(page) == ["Ada Quill"]


def test_attributes_in_another_story_s_box_name_its_author(read_page: Read) -> None:
    text = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>" * 3
    page = read_page(
        f"""<html lang=en><title>A kettle</title><main><article itemscope itemtype="https://schema.org/Article"><h1>A kettle</h1>
        <span itemprop="author">Ada Quill</span>{text}</article>
        <div><article itemscope itemtype="https://schema.org/BlogPosting"><h2>Pots</h2><span itemprop="author">Ben Marsh</span></article></div>
        <div itemscope itemtype="https://schema.org/Review"><b itemprop="author">A buyer</b> Good.</div></main></html>"""
    )
    assert [author.name for author in page.authors] == ["Ada Quill"]


def test_a_brand_s_or_publisher_s_meta_name_beside_a_real_author_is_none(read_story: Read, told: str) -> None:
    head = told + '<meta name="author" content="The Lake Post"><meta property="article:author" content="https://social.example/lakepost">'
    assert [author.name for author in read_story(head=head).authors] == ["Ada Quill"]


@pytest.mark.parametrize(
    "under",
    [
        '<div class="author">Author</div>',
        '<div class="author"><a href="/login">Log in</a> <a href="/join">Sign up</a></div>',
        '<div class="byline"><a href="#c">12 Comments</a></div>',
        '<p class="byline">Local News</p>',
        '<div class="author">Listen to this article</div>',
        "<ul><li>By Topic</li><li>By Region</li><li>By Industry</li></ul>",
        "<dl><dt>Author</dt><dd>Read more</dd></dl>",
        "<p>Host: Dora Finch</p>",
        "<p>Directed by Dora Finch</p>",
    ],
)
def test_buttons_sections_and_labels_are_no_authors(read_story: Read, seen: Names, under: str) -> None:
    assert seen(read_story(under=under)) == []
    assert seen(read_story(under=f"{under}<p>By Ada Quill</p>")) == ["Ada Quill"]


@pytest.mark.parametrize(
    "card",
    [
        '<div><h3><a href="/z">Another lake story</a></h3><div class="author">Dora Finch</div></div>',
        '<div><a href="/z"><h3>Another lake story</h3></a><span>By Dora Finch</span></div>',
    ],
)
def test_cards_of_other_stories_within_the_article(read_story: Read, seen: Names, card: str) -> None:
    assert seen(read_story(after=f"<div>{card}{card.replace('Dora Finch', 'Edgar Holt')}</div>")) == []


def test_the_outlet_in_a_meta_tag_is_part_of_its_staff(read_story: Read) -> None:
    head = (
        '<meta name="author" content="Lakepost Daily"><script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",'
        '"author": {"@type": "Organization", "name": "Staff of Lakepost Daily"}}</script>'
    )
    assert [author.name for author in read_story(head=head).authors] == ["Staff of Lakepost Daily"]


def test_the_site_s_address_is_no_author_beside_a_person(read_story: Read) -> None:
    data = '{"@context": "https://schema.org", "@type": "NewsArticle", "author": {"@type": "Organization", "name": "LakePost.example"}}'
    page = read_story(under="<p class='byline'>By Ada Quill</p>", head=f'<script type="application/ld+json">{data}</script>')
    assert [author.name for author in page.authors] == ["Ada Quill"]


@pytest.mark.parametrize(
    "nobody",
    [
        "?",
        "-",
        "—",
        "n/a",
        "NULL",
        "undefined undefined",
        "None",
        "{{author}}",
        "%author%",
        "${author.name}",
        "__AUTHOR__",
        "[object Object]",
        "Author Name",
    ],
)
def test_what_nobody_filled_in_names_no_author(read_story: Read, nobody: str) -> None:
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"@type":"Person","name":"{nobody}"}}}}</script>'
    for page in (
        read_story(head=data),
        read_story(head=f'<meta name="author" content="{nobody}">'),
        read_story(under=f'<p class="byline">By {nobody}</p>'),
    ):
        assert page.authors == ()
        assert page.verdicts.author == "none"


@pytest.mark.parametrize("login", ["admin", "root", "user1", "unknown"])
def test_a_login_is_a_generic_author(read_story: Read, login: str) -> None:
    page = read_story(head=f'<meta name="author" content="{login}">')
    assert [(author.name, author.kind) for author in page.authors] == [(login, "generic")]
