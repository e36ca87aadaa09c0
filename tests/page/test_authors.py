from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Author, Page

Read = Callable[..., Page]
Names = Callable[[Page], list[str]]


def only(page: Page) -> Author:
    (author,) = page.authors
    return author


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


def test_a_byline_may_stand_before_the_headline(read_page: Read, seen: Names) -> None:
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
        ('<div class="byline"><span>Ada Quill</span> <span>Ben Marsh</span></div>', ["Ada Quill", "Ben Marsh"]),
        ('<div class="byline"><span class="n">Ada</span> <span class="n">Quill</span></div>', ["Ada Quill"]),
        ('<div class="byline"><div>By</div><div>Ada Quill</div><div>Lake Desk</div></div>', ["Ada Quill"]),
        ('<div class="authors">Desk<ul><li>by <b>Ada Quill</b></li></ul><ul><li>March 3, 2024</li></ul></div>', ["Ada Quill"]),
        ('<p class="byline">By Ada Quill, Pleasant Hill, Ohio</p>', ["Ada Quill"]),
        ('<p class="byline">By Ada Quill and 2 others</p>', ["Ada Quill"]),
        ('<p class="byline">By Ada Quill, The Lake Post</p>', ["Ada Quill"]),
        ("<p>Ada Quill, March 3, 2024</p>", ["Ada Quill"]),
        ("<p>By Ada<br>Ben Marsh</p>", ["Ada"]),
    ],
)
def test_several_authors_in_the_order_of_the_page(read_story: Read, seen: Names, under: str, names: list[str]) -> None:
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
    "fields",
    [
        {"author": {"@type": "Person", "name": "Ada Quill"}},
        {"author": "Ada Quill"},
        {"author": [{"@type": "Person", "name": "Ada Quill"}]},
        {"creator": {"@type": "Person", "name": "Ada Quill"}},
    ],
)
def test_a_name_in_json_ld_alone_is_not_visible(read_story: Read, ld: Callable[..., str], fields: dict[str, object]) -> None:
    page = read_story(head=ld(**fields))
    author = only(page)
    assert (author.name, author.visible, author.sources) == ("Ada Quill", False, ("json-ld",))
    assert page.verdicts.author == "none"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Ada Quill">',
        '<meta property="article:author" content="Ada Quill">',
        '<meta name="parsely-author" content="Ada Quill">',
        '<meta name="sailthru.author" content="Ada Quill">',
        '<meta name="DC.Creator" content="Ada Quill">',
        '<meta name="author" content="By Ada Quill">',
    ],
)
def test_a_name_in_a_meta_tag_alone_is_not_visible(read_story: Read, head: str) -> None:
    author = only(read_story(head=head))
    assert (author.name, author.visible, author.sources) == ("Ada Quill", False, ("meta",))


def test_microdata_in_a_meta_element_is_not_visible(read_story: Read, seen: Names) -> None:
    page = read_story(under='<span itemprop="author" itemscope><meta itemprop="name" content="Ada Quill"></span>')
    assert seen(page) == []
    assert [author.name for author in page.authors] == ["Ada Quill"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:author" content="https://social.example/ada">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": "https://lakepost.example/ada"}</script>',
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
def test_a_name_for_machines_that_stands_in_sight_is_a_byline(read_story: Read, told: str, slots: dict[str, str]) -> None:
    author = only(read_story(head=told, **slots))
    assert (author.visible, author.sources) == (True, ("json-ld", "byline"))
    assert author.spot is not None


@pytest.mark.parametrize(
    "after",
    [
        '<div class="author-box"><img src="/ada.jpg" width="120"><h4>Ada Quill</h4><p>Ada writes about ice on lakes.</p></div>',
        '<section class="about-author"><strong>Ada Quill</strong><p>She writes about ice.</p></section>',
        '<div class="author-bio"><a href="/author/ada">Ada Quill</a> writes about ice and has crossed most of the lakes in the north.</div>',
        '<aside class="author-info"><h3>About Ada Quill</h3><p>She writes about ice.</p></aside>',
        "<p><em>Ada Quill is a freelance writer who lives at the lake.</em></p>",
        "<p>With love,</p><p>Ada Quill</p>",
        "<ul><li>Author<br>Ada Quill</li></ul>",
        '<p class="author">Ada Quill</p>',
        "<p>By Ada Quill</p>",
    ],
)
def test_an_author_named_behind_the_text(read_story: Read, seen: Names, after: str) -> None:
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
def test_a_sign_off(read_story: Read, seen: Names, end: str, name: str, verdict: str) -> None:
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


def test_an_organisation_of_structured_data_stays_one(read_story: Read, ld: Callable[..., str]) -> None:
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
def test_bylines_in_other_languages(read_page: Read, seen: Names, declared: str, under: str, names: list[str]) -> None:
    page = read_page(f"<html lang={declared}><title>x</title><article><header><h1>x y</h1>{under}</header><p>a b c.</p></article></html>")
    assert seen(page) == names


def test_one_author_with_everything_that_names_them(read_story: Read, told: str) -> None:
    author = only(
        read_story(head=told + '<meta name="author" content="Ada Quill">', under='<p class="byline">By <a rel="author" href="/ada">Ada Quill</a></p>')
    )
    assert {"json-ld", "meta", "byline"} <= set(author.sources)
    assert len(author.sources) == len(set(author.sources))


def test_who_is_seen_comes_first_and_others_are_kept(read_story: Read, ld: Callable[..., str]) -> None:
    page = read_story(head=ld(author="Ben Marsh"), under='<p class="byline">By Ada Quill</p>')
    assert [(author.name, author.visible) for author in page.authors] == [("Ada Quill", True), ("Ben Marsh", False)]


def test_a_box_with_a_note_names_its_first_name_and_what_is_like_it(read_story: Read, seen: Names) -> None:
    note = "Ada has written about ice since she was a child, about kettles since last March, and about the people at the lake before that. " * 2
    card = (
        '<div class="author-card"><a class="author-name" href="/{0}">{1}</a><p class="author-bio">{2}</p>'
        '<p class="author-more">Our Lake Promise</p></div>'
    )
    cards = card.format("a", "Ada Quill", note) + card.format("b", "Ben Marsh", note)
    assert seen(read_story(under=f'<div class="authors">{cards}</div>')) == ["Ada Quill", "Ben Marsh"]


def test_a_line_before_the_text_counts_beside_the_system_s_own_author(read_story: Read, seen: Names) -> None:
    page = read_story(under='<div class="entry-meta"><span class="author">admin</span></div>', start="<p><strong>By Ada Quill</strong></p>")
    assert seen(page) == ["admin", "Ada Quill"]


def test_a_byline_in_a_column_between_headline_and_text(read_page: Read, seen: Names) -> None:
    text = "<p>The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.</p>" * 3
    aside = "<aside><a rel=author href=/ada>Ada Quill</a></aside>"
    page = read_page(f"<html lang=en><title>A kettle</title><main><div><h1>A kettle</h1></div>{aside}<div>{text}</div></main>")
    assert seen(page) == ["Ada Quill"]


_TEXTS = {
    "en": "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March.",
    "de": "Der Kessel kochte, während sie sich darüber stritten, ob der See im März noch fest genug gefroren sein würde für den Schlitten.",
    "ja": "港は今朝から閉じている。船は出ず、人々は静かに岸で待っていた。明日には開くという。",
    "zh": "港口从今天早上开始关闭。船没有出海，人们静静地在岸边等待。据说明天会重新开放。",
}


@pytest.mark.parametrize(
    ("declared", "lead", "end", "names", "kind"),
    [
        ("ja", "【ソウル＝山田太郎】", "", ["山田太郎"], "person"),
        ("en", "LONDON (Reuters) - ", "", ["Reuters"], "organisation"),
        ("de", "", "<p>Eure Steffi</p>", ["Steffi"], "person"),
        ("de", "", "<p>Redaktion: Max Muster</p>", ["Max Muster"], "person"),
        ("zh", "", "<p>（责编：张三、李四）</p>", ["张三", "李四"], "person"),
    ],
)
def test_weak_signs_count_where_nobody_else_is_named(
    read_page: Read, seen: Names, declared: str, lead: str, end: str, names: list[str], kind: str
) -> None:
    text = f"<p>{lead}{_TEXTS[declared]}</p>" + f"<p>{_TEXTS[declared]}</p>" * 3 + end
    page = read_page(f"<html lang={declared}><title>x</title><article><h1>x y</h1>{text}</article></html>")
    assert seen(page) == names
    assert page.verdicts.author == kind
    named = read_page(f"<html lang={declared}><title>x</title><article><h1>x y</h1><p class=byline>Ada Quill</p>{text}</article></html>")
    assert seen(named) == ["Ada Quill"]


@pytest.mark.parametrize(
    ("under", "href"),
    [
        ('<p class="byline">By <a href="/ada">Ada Quill</a></p>', "/ada"),
        ('<p>By <a href="/ada">Ada Quill</a> on <a href="/ice">ice</a></p>', "/ada"),
        ('<a class="author" href="/ada">Ada Quill</a>', "/ada"),
        ('<a href="/ada"><span class="author">Ada Quill</span></a>', "/ada"),
        ('<p class="byline">By Ada Quill <a href="/follow">Follow</a></p>', None),
    ],
)
def test_where_the_name_leads(read_story: Read, under: str, href: str | None) -> None:
    assert only(read_story(under=under)).href == href


def test_a_name_in_a_box_called_credit_behind_the_headline(read_story: Read, seen: Names) -> None:
    assert seen(read_story(under='<div class="story__credit"><span>Ada Quill</span></div>')) == ["Ada Quill"]
    assert seen(read_story(under='<div class="story__credit"><img src="/a.jpg"><span>Ada Quill</span></div>')) == []
    assert seen(read_story(under='<div class="story__credit"><span>Lake Post</span> and more</div>')) == []


def test_the_paper_in_the_data_is_kept_beside_a_person_whom_only_readers_see(read_story: Read, ld: Callable[..., str]) -> None:
    paper = {"@type": "Organization", "name": "Marsh Daily"}
    page = read_story(head=ld(author=paper), under='<p class="byline">By Ada Quill</p>')
    assert [(author.name, author.visible) for author in page.authors] == [("Ada Quill", True), ("Marsh Daily", False)]
    both = read_story(head=ld(author=[paper, {"@type": "Person", "name": "Ada Quill"}]))
    assert [author.name for author in both.authors] == ["Ada Quill"]


@pytest.mark.parametrize(
    ("name", "software"),
    [("ChatGPT", True), ("Artificial Intelligence", True), ("Claude Quill", False), ("Ada Quill", False), ("Robot Quill", False)],
)
def test_a_program_is_told_from_a_person(read_story: Read, name: str, software: bool) -> None:
    assert only(read_story(under=f'<p class="byline">By {name}</p>')).software is software


@pytest.mark.parametrize("name", ["Islet Government Press Office", "IGPO"])
def test_an_office_that_signs_in_italics(read_story: Read, seen: Names, name: str) -> None:
    page = read_story(end=f"<p><em>{name}</em></p>")
    assert (seen(page), page.verdicts.author) == ([name], "organisation")
    assert seen(read_story(end=f"<p>{name}</p>")) == []
    assert seen(read_story(end="<p><em>jd</em></p>")) == []


def test_a_note_about_the_author_of_the_data(read_story: Read, told: str, seen: Names) -> None:
    note = (
        "<div><p>Ada Quill (@adaquill) writes for this paper about ice, and presents a radio programme on kettles that nobody knows of. {}</p></div>"
    )
    assert seen(read_story(head=told, after=note.format("She has done so for thirty years, and she will go on doing it."))) == ["Ada Quill"]
    assert seen(read_story(after=note.format("She has done so for thirty years, and she will go on doing it."))) == []


@pytest.mark.parametrize(
    ("under", "names"),
    [
        ("<dl><dt>Author</dt><dd>Ada Quill</dd><dt>Published</dt><dd>May 3, 2023</dd></dl>", ["Ada Quill"]),
        ("<table><tr><td>Author:</td><td>Ada Quill</td></tr><tr><td>Date:</td><td>May 3, 2023</td></tr></table>", ["Ada Quill"]),
        ('<div class="byline"><span>Ada Quill</span> <span>in Oslo</span></div>', ["Ada Quill"]),
        (
            '<ul class="bylines"><li><b>Ada Quill</b><i>Foreign Correspondent</i></li><li><b>Ben Marsh</b><i>Columnist</i></li></ul>',
            ["Ada Quill", "Ben Marsh"],
        ),
        ('<div class="byline">By <a href="/ada">Ada Quill</a><a href="/mail">Email</a><button>Share</button></div>', ["Ada Quill"]),
    ],
)
def test_a_label_and_a_name_in_boxes_of_their_own(read_story: Read, seen: Names, under: str, names: list[str]) -> None:
    assert seen(read_story(under=under)) == names
