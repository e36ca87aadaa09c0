"""Sitemaps, their indexes, plain lists, and feeds: an input is the file that a server gives for every address it is asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from typing import Literal

from checker.model import Source
from checker.sources.addresses import Seen, site_host
from checker.sources.feeds import Feed
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.sitemap_bytes import BadSitemap, of_bytes
from checker.sources.sitemap_entries import Entry, entries, root_of
from checker.sources.sitemaps import Sitemaps, robots_sitemaps
from checker.sources.wanted import Wanted
from tests.fuzz.target import FIXTURES

LONGEST = 6_000
_LIMITS = Limits(body_bytes=60_000, sitemap_bytes=200_000, sitemap_urls=200, sitemaps=8, sitemap_depth=3)
_HOST = "https://tea.example"


class _Server:
    """Gives the same bytes for every address."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def fetch(self, url: str, accept: Literal["page", "xml", "text"] = "page") -> Source:
        del accept  # whatever is asked for
        return Source(url, self._body, url=url, fetched=True)

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
        return map(self.fetch, urls)


def run(data: bytes) -> None:
    """Addresses or a reason, whichever pieces the bytes come in; the ledger adds up; a feed's items are pages."""
    found, fault = _entries(of_bytes(data))
    assert (found, fault) == _entries(data[at : at + 7] for at in range(0, len(data), 7)), "the pieces of a file do not matter"
    assert len(found) <= _LIMITS.sitemap_urls
    assert all(entry.line >= 1 for entry in found)
    assert fault is None or (fault[1] and "\n" not in fault[1]), "a fault is told in one line"
    root_of(data[:4096])
    list(robots_sitemaps(data, _HOST + "/"))
    _site(data)
    _feed(data)


def _entries(pieces: Iterable[bytes]) -> tuple[list[Entry], tuple[str, str] | None]:
    found: list[Entry] = []
    try:
        for entry in entries(pieces, _LIMITS):
            found.append(entry)  # noqa: PERF402 - those before a fault count
    except BadSitemap as fault:
        return found, (str(fault.reason), fault.detail)
    return found, None


def _site(data: bytes) -> None:
    ledger = Ledger()
    sitemaps = Sitemaps(_Server(data), lambda url: url, ledger, Wanted(), _LIMITS, Seen())
    given = list(sitemaps.pages(f"{_HOST}/sitemap.xml"))
    assert ledger.discovered == len(given) + ledger.passed_over + ledger.duplicates, "the ledger adds up"
    urls = [each for each in given if isinstance(each, str)]
    assert len(urls) == len(set(urls)), "each page once"
    assert all(site_host(url) == "tea.example" for url in urls), "pages of the site alone"
    assert all(each.reason is not None and each.detail for each in given if isinstance(each, Source)), "what was not read says why"


def _feed(data: bytes) -> None:
    feed = Feed(Source("feed.xml", data, url=_HOST + "/feed.xml"), _LIMITS)
    items = list(feed)
    assert feed.discovered == len(items) + feed.passed_over + feed.duplicates, "the ledger of a feed adds up"
    for item in items:
        assert item.given is not None
        assert (item.given.body is None) == (item.given.reason is not None), "an item is a page or says why not"
        assert item.given.fetched or item.given.reason is not None, "an item came from the site"
        assert item.given.url is None or item.given.url.startswith(("http://", "https://")), "an item has a web address or none"


def seeds() -> Iterator[bytes]:
    """One of each form, and some that are damaged."""
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    urlset = f'<?xml version="1.0"?><urlset {ns}><url><loc>{_HOST}/a?b=1&amp;c=2</loc><lastmod>2026-11-01</lastmod></url></urlset>'.encode()
    yield urlset
    yield gzip.compress(urlset, mtime=0)
    yield urlset.decode().encode("utf-16")
    yield f"<sitemapindex {ns}><sitemap><loc>{_HOST}/two.xml</loc></sitemap></sitemapindex>".encode()
    yield f"{_HOST}/a\n{_HOST}/b\r\n\n{_HOST}/a\n".encode()
    yield f"User-agent: *\nSitemap: {_HOST}/sitemap.xml\n".encode()
    yield (
        b'<rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel><title>Tea</title><language>en</language><item><title>A &amp;amp; b</title>'
        b"<link>/pots</link><dc:creator><![CDATA[Ada Pott]]></dc:creator><pubDate>Sun, 01 Nov 2026 10:00:00 GMT</pubDate>"
        b'<content:encoded><![CDATA[<p>We may earn <a href="/x">x</a></p>]]></content:encoded></item></channel></rss>'
    )
    yield (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><author><name>Ada</name></author><entry><title type="html">A &lt;b&gt;</title>'
        b'<link rel="edit" href="/no"/><link href="https://tea.example/1"/><published>2026-11-01</published>'
        b'<content type="xhtml"><div xmlns="x">A <a href="/x?a=1&amp;b=2">pot</a><br/></div></content></entry></feed>'
    )
    yield b'<rdf:RDF xmlns:rdf="r" xmlns="s"><item rdf:about="x"><title>t</title><link>https://tea.example/3</link></item></rdf:RDF>'
    yield b'<!DOCTYPE x [<!ENTITY l "ha">]><urlset><url><loc>&l;</loc></url></urlset>'
    for path in sorted(FIXTURES.glob("sites/**/*.xml")):
        yield path.read_bytes()


def words() -> Iterator[str]:
    """Elements and what else such files are made of."""
    names = ("urlset", "url", "loc", "lastmod", "sitemapindex", "sitemap", "rss", "channel", "item", "link", "guid", "feed", "entry", "content")
    more = ("content:encoded", "dc:creator", "author", "name", "title", "pubDate", "published", "updated", "summary", "description", "rdf:RDF")
    for name in (*names, *more):
        yield from (f"<{name}>", f"</{name}>", f"<{name}/>")
    yield from ("<![CDATA[", "]]>", "<!DOCTYPE ", "<!ENTITY ", "<?xml", 'encoding="utf-16"', 'type="xhtml"', 'type="html"', "xml:lang=", "href=")
    yield from (
        "Sitemap: ",
        "&amp;",
        "&lt;",
        "&#0;",
        "\x1f\u008b",
        "\ufeff",
        'rel="alternate"',
        f"{_HOST}/",
        "http://www.tea.example/",
        "isPermaLink=",
    )
