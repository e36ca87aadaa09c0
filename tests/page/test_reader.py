from __future__ import annotations

import hashlib
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.lexicon import Lexicon, load
from checker.model import NotCheckedReason, Source
from checker.packs import built_in
from checker.page.reader import CannotRead, located, read

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
STORY = f"""<!doctype html>
<html lang="en"><head><title>A kettle at the lake</title></head>
<body><article><h1>A kettle at the lake</h1>
<p class="byline">By Ada Quill</p>
<p>If you buy through links in this story, we may earn a commission.</p>
<p>The kettle boiled while the four of them argued about whether the <a href="{TAGGED}">lake</a> would still be frozen.</p>
<figure><img src="/lake.jpg"><figcaption>The lake. <span class="credit">Ben Marsh</span></figcaption></figure>
</article></body></html>
"""


@pytest.mark.parametrize(
    ("source", "reason", "detail"),
    [
        (Source("a.html", b""), NotCheckedReason.EMPTY, "the file is empty"),
        (Source("a.html", b" \n\t \r\n"), NotCheckedReason.EMPTY, "the file holds only white space"),
        (Source("a.html"), NotCheckedReason.UNREADABLE, "there are no bytes to read"),
        (Source("a.html", reason=NotCheckedReason.MISSING, detail="no such file"), NotCheckedReason.MISSING, "no such file"),
        (Source("a.html", reason=NotCheckedReason.TOO_LARGE), NotCheckedReason.TOO_LARGE, "there are no bytes to read"),
        (Source("a.html", b"\xef\xbb\xbf"), NotCheckedReason.EMPTY, "the file holds no text"),
        (Source("a.html", "\ufeff \n".encode("utf-16-le")), NotCheckedReason.EMPTY, "the file holds no text"),
        (Source("a.html", b"<!-- nothing else -->"), NotCheckedReason.NOT_HTML, "no markup in it"),
        (Source("a.html", b"<!doctype html>"), NotCheckedReason.NOT_HTML, "no markup in it"),
    ],
)
def test_what_cannot_be_read_says_why(lexicon: Lexicon, source: Source, reason: NotCheckedReason, detail: str | None) -> None:
    with pytest.raises(CannotRead) as caught:
        read(source, lexicon)
    assert caught.value.reason is reason
    assert detail is None or caught.value.detail == detail
    assert str(caught.value) == caught.value.detail


@pytest.mark.parametrize("body", [b"<p>x", b"<a href=", b"<", b"</p>", b"\x00<p>x</p>", b"<p>\xff\xfe</p>", b"<html></html>"])
def test_scraps_are_read_or_refused_but_never_crash(lexicon: Lexicon, body: bytes) -> None:
    try:
        page = read(Source("a.html", body), lexicon).page
    except CannotRead as fault:
        assert fault.reason in (NotCheckedReason.NOT_HTML, NotCheckedReason.EMPTY)  # noqa: PT017
    else:
        assert page.source == "a.html"


def test_all_facts_of_a_page_at_once(lexicon: Lexicon) -> None:
    reading = read(Source("a.html", STORY.encode(), url="https://lakepost.example/weekend/kettle"), lexicon)
    page = reading.page
    assert (page.source, page.url, page.language, page.page_type) == ("a.html", "https://lakepost.example/weekend/kettle", "en", "article")
    assert (page.verdicts.affiliate_notice, page.verdicts.author, page.verdicts.image_credits) == ("clear_before", "person", "all")
    assert (page.encoding, page.encoding_certain, page.reader, page.cut) == ("utf-8", True, "lxml", None)
    assert reading.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert page.words > 30


def test_spots_are_located_when_asked_for(lexicon: Lexicon) -> None:
    reading = read(Source("a.html", STORY.encode()), lexicon)
    assert {link.spot.line for link in reading.page.links} == {None}
    page = located(reading.page, reading.places)
    lines = STORY.split("\n")

    def at(line: int | None, column: int | None) -> str:
        assert line is not None
        assert column is not None
        return lines[line - 1][column - 1 :]

    (link,), (notice,), (image,), (author,) = page.links, page.notices, page.images, page.authors
    assert at(link.spot.line, link.spot.column).startswith('<a href="https://www.amazon')
    assert at(notice.spot.line, notice.spot.column).startswith("If you buy")
    assert at(image.spot.line, image.spot.column).startswith('<img src="/lake.jpg">')
    assert image.credit is not None
    assert image.credit.spot is not None
    assert "Ben Marsh" in at(image.credit.spot.line, image.credit.spot.column)
    assert author.spot is not None
    assert "Ada Quill" in at(author.spot.line, author.spot.column)


def test_locating_changes_nothing_but_the_spots(lexicon: Lexicon) -> None:
    reading = read(Source("a.html", STORY.encode()), lexicon)
    page = located(reading.page, reading.places)
    assert [link.href for link in page.links] == [link.href for link in reading.page.links]
    assert page.verdicts == reading.page.verdicts


def test_a_page_can_be_sent_to_another_process(lexicon: Lexicon) -> None:
    page = read(Source("a.html", STORY.encode()), lexicon).page
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301


def test_the_same_bytes_give_the_same_facts(lexicon: Lexicon) -> None:
    assert read(Source("a.html", STORY.encode()), lexicon).page == read(Source("a.html", STORY.encode()), load([built_in()])).page


@pytest.mark.parametrize(
    ("body", "charset", "encoding", "title"),
    [
        ("<title>Küche</title><p>x</p>".encode("cp1252"), "iso-8859-1", "windows-1252", "Küche"),
        ('<meta charset="shift_jis"><title>湖</title><p>x</p>'.encode("cp932"), None, "shift_jis", "湖"),
        ("\ufeff<title>Küche</title><p>x</p>".encode("utf-16-le"), None, "utf-16le", "Küche"),
        ("<title>Küche</title><p>x</p>".encode(), None, "utf-8", "Küche"),
    ],
)
def test_the_charset_of_the_source_is_used(lexicon: Lexicon, body: bytes, charset: str | None, encoding: str, title: str) -> None:
    page = read(Source("a.html", body, charset=charset), lexicon).page
    assert (page.encoding, page.title) == (encoding, title)


def test_a_minified_page_says_the_same(lexicon: Lexicon) -> None:
    one_line = STORY.replace("\n", "")
    first, second = (read(Source("a.html", html.encode()), lexicon).page for html in (STORY, one_line))
    assert first.verdicts == second.verdicts
    assert [notice.text for notice in first.notices] == [notice.text for notice in second.notices]
    assert [author.name for author in first.authors] == [author.name for author in second.authors]


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='byline author-box'>", "</div>", "<article>", "</article>", "<b>", "</b>", "<h1>x</h1>", "By Ada Quill",
        "Photo: Ada Quill", "<figure>", "</figure>",
        "<figcaption>", "<img src=/a.jpg>", "<noscript>", "</noscript>", "<picture>", "</picture>",
        f"<a href='{TAGGED}'>x</a>", "<a href=/go/x rel=sponsored>",
        "</a>", "Advertisement",
        "If you buy through links in this story, we may earn a commission. ", "<blockquote>", "</blockquote>",
        "<details>", "</details>", "<template>", "</template>",
        "<!-- we earn a commission -->",
        "<span class=credit>", "</span>", "<aside class=sidebar>", "</aside>", "<footer>", "</footer>",
        "<nav>", "</nav>", "<table><tr><td>", "</table>",
        "<div hidden>", "\u00ad", "&nbsp;", "\x00", "<",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":\"Ada Quill\"}</script>",
        "<video poster=/v.jpg>", "<section id=comments>", "</section>", "<svg><title>x</title></svg>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_order_of_markup_crashes_the_reader(pieces: list[str]) -> None:
    source = Source("a.html", f"<html><body>{''.join(pieces)}".encode())
    reading = read(source, _LEXICON)
    page = located(reading.page, reading.places)
    assert page.verdicts == reading.page.verdicts
    assert all(notice.text for notice in page.notices)
    assert [link.spot.node for link in page.links] == sorted(link.spot.node for link in page.links)


# hypothesis and function-scoped fixtures do not go together.
_LEXICON = load([built_in()])


SHELL = '<!doctype html><html lang="en"><title>Kettles</title><body>{}<script src="/app.js"></script></body></html>'


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div>',
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="__next"></div>',
        "<app-root>Loading…</app-root>",
        '<div id="app"> </div><p>Please wait a moment.</p>',
    ],
)
def test_a_page_that_waits_for_its_scripts_is_not_checked(lexicon: Lexicon, body: str) -> None:
    with pytest.raises(CannotRead) as raised:
        read(Source("a.html", SHELL.format(body).encode()), lexicon)
    assert raised.value.reason is NotCheckedReason.CLIENT_RENDERED


@pytest.mark.parametrize(
    "body",
    [
        "<p>The kettle boils.</p>",
        '<div id="root"><p>The kettle boils.</p></div>',
        '<div id="ad"></div><p>After a month of tea we would buy this kettle again, and we would give it to a friend.</p>',
        '<div id="map"></div><p>Visit us</p><a href="/hours">Opening hours</a>',
        '<div class="clear"></div><p>Closed today.</p>',
    ],
)
def test_a_short_page_with_a_script_is_a_page(lexicon: Lexicon, body: str) -> None:
    assert read(Source("a.html", SHELL.format(body).encode()), lexicon).page.title == "Kettles"
