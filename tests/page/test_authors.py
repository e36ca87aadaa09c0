from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Author, Page

Read = Callable[..., Page]


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "A kettle at the lake", **fields})}</script>'


def seen(page: Page) -> list[str]:
    return [author.name for author in page.authors if author.visible]


def only(page: Page) -> Author:
    (author,) = page.authors
    return author


LD = ld(author={"@type": "Person", "name": "Ada Quill"})


@pytest.mark.parametrize(
    "under",
    [
        '<p class="byline">By Ada Quill</p>',
        '<p class="byline">Ada Quill</p>',
        '<span class="author">Ada Quill</span>',
        '<div class="post-author"><a href="/ada">Ada Quill</a></div>',
        '<div class="entry-meta">Posted on March 3, 2024 by <span class="author vcard"><a href="/ada">Ada Quill</a></span></div>',
        '<div id="author">by Ada Quill</div>',
        '<p class="articleByline__name">Ada Quill</p>',
        '<span class="autor">Von Ada Quill</span>',
        '<a rel="author" href="/ada">Ada Quill</a>',
        '<p>Story: <a rel="nofollow author" href="/ada">Ada Quill</a></p>',
        '<p class="byline">By <b>Ada</b> <i>Quill</i></p>',
        '<p class="byline">By&nbsp;Ada&nbsp;Quill</p>',
        '<p class="byline">By Ada Quill, Staff Writer</p>',
        '<p class="byline">By Ada Quill | March 3, 2024</p>',
        '<p class="byline">By Ada Quill<br>Updated 5 pm</p>',
        '<div class="byline"><img src="/ada.jpg" alt="Ada Quill"><span>Ada Quill</span></div>',
        "<p>By Ada Quill</p>",
        "<div>by Ada Quill</div>",
        "<p>Written by Ada Quill on March 3, 2024</p>",
        "<address>By Ada Quill</address>",
    ],
)  # fmt: skip
def test_a_byline_at_the_headline(read_story: Read, under: str) -> None:
    author = only(read_story(under=under))
    assert (author.name, author.kind, author.visible) == ("Ada Quill", "person", True)
    assert {"byline", "rel-author"} & set(author.sources)
    assert read_story(under=under).verdicts.author == "person"


def test_a_byline_may_stand_before_the_headline(read_page: Read) -> None:
    text = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>" * 3
    assert seen(read_page(f"<html lang=en><title>A kettle</title><article><p>By Ada Quill</p><h1>A kettle</h1>{text}</article></html>")) == [
        "Ada Quill"
    ]


@pytest.mark.parametrize(
    ("under", "names"),
    [
        ('<p class="byline">By Ada Quill and Ben Marsh</p>', ["Ada Quill", "Ben Marsh"]),
        ('<p class="byline">By Ada Quill, Ben Marsh and Cleo Moor</p>', ["Ada Quill", "Ben Marsh", "Cleo Moor"]),
        ('<p class="byline"><a href="/a">Ada Quill</a>, <a href="/b">Ben Marsh</a></p>', ["Ada Quill", "Ben Marsh"]),
        ('<ul class="authors"><li>Ada Quill</li><li>Ben Marsh</li></ul>', ["Ada Quill", "Ben Marsh"]),
        ('<span class="author">Ada Quill</span> &amp; <span class="author">Ben Marsh</span>', ["Ada Quill", "Ben Marsh"]),
    ],
)
def test_several_authors_in_the_order_of_the_page(read_story: Read, under: str, names: list[str]) -> None:
    assert seen(read_story(under=under)) == names


@pytest.mark.parametrize(
    ("markup", "source"),
    [
        ('<span itemprop="author">Ada Quill</span>', "microdata"),
        (
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a href="/ada"><span itemprop="name">Ada Quill</span></a></span>',
            "microdata",
        ),
        ('<span property="author" typeof="Person"><span property="name">Ada Quill</span></span>', "rdfa"),
    ],
)
def test_attributes_for_machines_on_what_a_reader_sees(read_story: Read, markup: str, source: str) -> None:
    author = only(read_story(under=f"<p>{markup}</p>"))
    assert (author.name, author.visible) == ("Ada Quill", True)
    assert source in author.sources


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (LD, "json-ld"),
        (ld(author="Ada Quill"), "json-ld"),
        (ld(author=[{"@type": "Person", "name": "Ada Quill"}]), "json-ld"),
        (ld(creator={"@type": "Person", "name": "Ada Quill"}), "json-ld"),
        ('<meta name="author" content="Ada Quill">', "meta"),
        ('<meta property="article:author" content="Ada Quill">', "meta"),
        ('<meta name="parsely-author" content="Ada Quill">', "meta"),
        ('<meta name="DC.Creator" content="Ada Quill">', "meta"),
        ('<meta name="author" content="By Ada Quill">', "meta"),
    ],
)
def test_a_name_for_machines_alone_is_not_visible(read_story: Read, head: str, source: str) -> None:
    page = read_story(head=head)
    author = only(page)
    assert (author.name, author.visible, author.sources) == ("Ada Quill", False, (source,))
    assert page.verdicts.author == "none"


def test_microdata_in_a_meta_element_is_not_visible(read_story: Read) -> None:
    page = read_story(under='<span itemprop="author" itemscope><meta itemprop="name" content="Ada Quill"></span>')
    assert seen(page) == []
    assert [author.name for author in page.authors] == ["Ada Quill"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:author" content="https://social.example/ada">',
        ld(author="https://lakepost.example/ada"),
        '<meta name="author" content="">',
    ],
)
def test_an_address_names_nobody(read_story: Read, head: str) -> None:
    assert read_story(head=head).authors == ()


@pytest.mark.parametrize(
    "slots",
    [
        {"under": "<p>Ada Quill</p>"},
        {"under": "<p>Ada Quill · March 3, 2024 · 4 min read</p>"},
        {"under": '<div class="entry-meta"><span>3 March</span> <a href="/ada">Ada Quill</a></div>'},
        {"end": "<p><em>Ada Quill</em></p>"},
        {"after": "<div><strong>Ada Quill</strong></div>"},
    ],
)
def test_a_name_for_machines_that_stands_in_sight_is_a_byline(read_story: Read, slots: dict[str, str]) -> None:
    author = only(read_story(head=LD, **slots))
    assert (author.visible, author.sources) == (True, ("json-ld", "byline"))
    assert author.spot is not None


@pytest.mark.parametrize(
    "after",
    [
        '<div class="author-box"><img src="/ada.jpg" width="120"><h4>Ada Quill</h4><p>Ada writes about ice on lakes.</p></div>',
        '<section class="about-author"><strong>Ada Quill</strong><p>She writes about ice.</p></section>',
        '<div class="author-bio"><a href="/author/ada">Ada Quill</a> writes about ice and has crossed most of the lakes in the north.</div>',
        pytest.param(
            '<aside class="author-info"><h3>About Ada Quill</h3><p>She writes about ice.</p></aside>',
            marks=pytest.mark.xfail(strict=True, reason="the names' word lists do not take 'About' for a word before a name"),
        ),
        '<p class="author">Ada Quill</p>',
        "<p>By Ada Quill</p>",
    ],
)
def test_an_author_named_behind_the_text(read_story: Read, after: str) -> None:
    page = read_story(after=after)
    assert seen(page) == ["Ada Quill"]
    assert page.verdicts.author == "person"


@pytest.mark.parametrize(
    ("end", "name", "verdict"),
    [
        ("<p>(dpa)</p>", "dpa", "organisation"),
        ("<p>They came home at dusk and nobody spoke of the map again for a long time. (AFP)</p>", "AFP", "organisation"),
        ("<p>Reuters</p>", "Reuters", "organisation"),
    ],
)
def test_a_sign_off(read_story: Read, end: str, name: str, verdict: str) -> None:
    page = read_story(end=end)
    assert seen(page) == [name]
    assert page.verdicts.author == verdict


def test_a_byline_makes_the_sign_off_unneeded(read_story: Read) -> None:
    assert read_story(under='<p class="byline">By Ada Quill</p>', end="<p>(dpa)</p>").verdicts.author == "person"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ada Quill", "person"),
        ("Ada von Quill", "person"),
        ("Reuters", "organisation"),
        ("The Associated Press", "organisation"),
        ("Staff", "generic"),
        ("Editorial Team", "generic"),
        ("admin", "generic"),
    ],
)
def test_kinds(read_story: Read, name: str, kind: str) -> None:
    page = read_story(under=f'<p class="byline">By {name}</p>')
    assert [(author.name, author.kind) for author in page.authors] == [(name, kind)]
    assert page.verdicts.author == kind


def test_an_organisation_of_structured_data_stays_one(read_story: Read) -> None:
    page = read_story(head=ld(author={"@type": "Organization", "name": "Quill Marsh"}), under='<p class="byline">Quill Marsh</p>')
    assert [(author.name, author.kind, author.visible) for author in page.authors] == [("Quill Marsh", "organisation", True)]


@pytest.mark.parametrize(
    ("declared", "under", "names"),
    [
        ("de", '<p class="byline">Von Ada Quill</p>', ["Ada Quill"]),
        ("fr", "<p>Par Ada Quill</p>", ["Ada Quill"]),
        ("es", "<p>Por Ada Quill</p>", ["Ada Quill"]),
        ("it", "<p>Di Ada Quill</p>", ["Ada Quill"]),
        ("ja", '<p class="author">文：山田花子</p>', ["山田花子"]),
        ("ko", '<p class="byline">김하늘 기자</p>', ["김하늘"]),
        ("de", '<p class="autor">Redaktion</p>', ["Redaktion"]),
    ],
)
def test_bylines_in_other_languages(read_page: Read, declared: str, under: str, names: list[str]) -> None:
    page = read_page(f"<html lang={declared}><title>x</title><article><header><h1>x y</h1>{under}</header><p>a b c.</p></article></html>")
    assert seen(page) == names


def test_one_author_with_everything_that_names_them(read_story: Read) -> None:
    author = only(
        read_story(head=LD + '<meta name="author" content="Ada Quill">', under='<p class="byline">By <a rel="author" href="/ada">Ada Quill</a></p>')
    )
    assert {"json-ld", "meta", "byline"} <= set(author.sources)
    assert len(author.sources) == len(set(author.sources))


def test_who_is_seen_comes_first_and_others_are_kept(read_story: Read) -> None:
    page = read_story(head=ld(author="Ben Marsh"), under='<p class="byline">By Ada Quill</p>')
    assert [(author.name, author.visible) for author in page.authors] == [("Ada Quill", True), ("Ben Marsh", False)]
