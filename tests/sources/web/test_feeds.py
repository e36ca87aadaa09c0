from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import NotCheckedReason, Source
from checker.sources.feeds import Feed, FeedItem, items, open_feed
from checker.sources.limits import Limits
from checker.sources.sitemap_bytes import BadSitemap

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel><title>Tea</title><language>en-GB</language>
<item><title>The &amp;amp; pot</title><link>/pots?a=1&amp;b=2</link><dc:creator><![CDATA[Ada Pott]]></dc:creator>
<pubDate>Sun, 01 Nov 2026 10:00:00 GMT</pubDate>
<media:title>no</media:title><description>Short.</description><content:encoded><![CDATA[<p>Long <a href="/x">text</a>.</p>]]></content:encoded></item>
<item><title>Two</title><guid>https://a.example/two</guid><author>desk@a.example (Bea Leaf)</author>
<description>&lt;p&gt;Only a summary.&lt;/p&gt;</description></item>
<item><title>Three</title><link>https://a.example/3</link><author>desk@a.example</author></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Tee</title>
<author><name>Die Redaktion</name><email>x@a.example</email></author>
<entry xml:lang="en"><title type="html">A &lt;b&gt;pot&lt;/b&gt;</title><link rel="edit" href="/no"/><link href="https://a.example/1"/><published>2026-11-01</published>
<author><email>y@a.example</email><name>Ada Pott</name></author>
<content type="xhtml"><div xmlns="x">A <a href="/x?a=1&amp;b=2" title='"'>pot</a> &lt;5 €<br/><img src="p.jpg"/></div></content></entry>
<entry><title>Zwei &amp; drei</title><link href="https://a.example/2"/><summary>Kurz &lt; gut</summary></entry></feed>"""


def read(body: str) -> list[FeedItem]:
    return list(items(body.encode(), "https://a.example/feed.xml"))


def test_rss() -> None:
    assert read(RSS) == [
        FeedItem(
            "https://a.example/pots?a=1&b=2",
            "The & pot",
            '<p>Long <a href="/x">text</a>.</p>',
            "Ada Pott",
            "Sun, 01 Nov 2026 10:00:00 GMT",
            language="en-GB",
        ),
        FeedItem("https://a.example/two", "Two", "<p>Only a summary.</p>", "Bea Leaf", None, whole=False, language="en-GB"),
        FeedItem("https://a.example/3", "Three", "", None, None, whole=False, language="en-GB"),
    ]


def test_atom() -> None:
    first, second = read(ATOM)
    assert first == FeedItem(
        "https://a.example/1", "A pot", '<div xmlns="x">A <a href="/x?a=1&amp;b=2" title="&quot;">pot</a> &lt;5 €<br><img src="p.jpg"></div>',
        "Ada Pott", "2026-11-01", language="en",
    )  # fmt: skip
    assert second == FeedItem("https://a.example/2", "Zwei & drei", "<p>Kurz &lt; gut</p>", "Die Redaktion", None, whole=False, language="de")


def test_items_are_pages_that_the_reader_understands() -> None:
    from checker.api import read as facts

    body = (
        "<rss><channel><item><title>Pots</title><link>https://a.example/p</link><author>Ada Pott</author><description>&lt;p&gt;We earn from links: "
    )
    body += '&lt;a href="https://www.amazon.com/dp/B000000000?tag=tea-20"&gt;pot&lt;/a&gt;&lt;/p&gt;</description></item></channel></rss>'
    item = next(iter(Feed(Source("feed.xml", body.encode()))))
    assert item.given is not None
    assert item.given.body is not None
    page = facts(item.given.body, url=item.given.url)
    assert (page.title, page.url, [author.name for author in page.authors]) == ("Pots", "https://a.example/p", ["Ada Pott"])
    assert [link.affiliate for link in page.links] == ["certain"]
    assert page.notices


def test_what_is_in_a_feed_stays_text() -> None:
    item = FeedItem('https://a.example/?a="><script>', "</title><script>", "<p>x</p>", "<b>Ada", '"', language='"')
    assert b"<script>" not in item.page()
    assert b"<b>" not in item.page()


def test_a_stream_of_items() -> None:
    feed = Feed(Source("feed.xml", RSS.encode(), url="https://a.example/feed.xml", fetched=True))
    found = list(feed)
    assert [item.name for item in found] == ["feed.xml#1 https://a.example/pots?a=1&b=2", "feed.xml#2 https://a.example/two"]
    assert [item.given and item.given.url for item in found] == ["https://a.example/pots?a=1&b=2", "https://a.example/two"]
    assert all(item.given and item.given.fetched for item in found)
    assert feed.skipped == [("feed.xml#3 https://a.example/3", "the feed carries no text of it")]
    assert feed.notes == [
        ("feed.xml#2 https://a.example/two", "the feed carries only a summary of it"),
    ]
    assert feed.discovered == len(found) + feed.passed_over + feed.duplicates


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        ("<rss><channel/></rss>", "empty", "the feed holds no item"),
        ("<urlset/>", "unreadable", "the feed cannot be read: it is XML with the root element urlset, not a feed"),
        ("<rss><channel><item><description>x</description></item>\n<item>", "damaged",
         "the feed cannot be read to its end: broken XML in line 2: no element found; 1 item was read before"),
        ('<!DOCTYPE rss [<!ENTITY x "y">]><rss/>', "damaged",
         "the feed cannot be read: broken XML in line 1: it declares a document type of its own, which is refused"),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_read(body: str, reason: str, detail: str) -> None:
    feed = Feed(Source("feed.xml", body.encode()))
    last = list(feed)[-1].given
    assert last is not None
    assert (last.reason, last.detail) == (reason, detail)


def test_a_feed_that_was_not_fetched() -> None:
    told = Source("https://a.example/feed", reason=NotCheckedReason.BLOCKED, detail="no")
    assert [item.given for item in Feed(told)] == [told]


def test_files(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS, "utf-8")
    (tmp_path / "b.atom.gz").write_bytes(gzip.compress(ATOM.encode()))
    (tmp_path / "c.xml").write_text("<urlset/>", "utf-8")
    (tmp_path / "d.html").write_text(RSS, "utf-8")
    first, second = open_feed(str(tmp_path / "a.xml")), open_feed(str(tmp_path / "b.atom.gz"))
    assert first is not None
    assert second is not None
    assert len(list(first)) == len(list(second)) == 2
    for name in ("c.xml", "d.html", "none.xml"):
        assert open_feed(str(tmp_path / name)) is None
    assert open_feed("https://a.example/feed.xml") is None


def test_a_text_that_is_too_large() -> None:
    body = b"<rss><channel><item><description>" + b"x" * 300_000
    with pytest.raises(BadSitemap, match="larger than 100,000 characters"):
        list(items(body, None, Limits(body_bytes=100_000)))


_BITS = st.sampled_from([
    b"<rss>", b"<channel>", b"<item>", b"</item>", b"<feed>", b"<entry>", b"</entry>", b"<title>", b"</title>", b"<link href='https://a.example/'/>",
    b"<content type='xhtml'>", b"</content>", b"<div a='b'>", b"</div>", b"<br/>", b"<author>", b"<name>", b"</name>", b"</author>", b"x",
    b"<![CDATA[", b"]]>",
])  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(_BITS, max_size=40).map(b"".join)))
def test_any_bytes_are_a_feed_or_say_why_not(body: bytes) -> None:
    feed = Feed(Source("feed.xml", body))
    found = list(feed)
    assert feed.discovered == len(found) + feed.passed_over
    assert found or feed.skipped
    assert all(item.given and (item.given.body or item.given.detail) for item in found)
