from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import NotCheckedReason
from checker.sources.limits import Limits
from checker.sources.sitemap_bytes import BadSitemap, of_bytes
from checker.sources.sitemap_entries import Entry, entries, root_of
from tests.pace import ends

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SMALL = Limits(sitemap_bytes=20_000, sitemap_urls=50)


def read(body: str | bytes, limits: Limits | None = None) -> tuple[list[Entry], BadSitemap | None]:
    found: list[Entry] = []
    try:
        for entry in entries(of_bytes(body.encode() if isinstance(body, str) else body), limits or Limits()):
            found.append(entry)  # noqa: PERF402 - what came before the fault counts
    except BadSitemap as fault:
        return found, fault
    return found, None


def urls(body: str | bytes) -> list[str]:
    found, fault = read(body)
    assert fault is None, fault
    return [entry.url for entry in found]


def test_a_sitemap() -> None:
    body = f"""{HEAD}<urlset {NS} xmlns:image="x">
<url><loc> https://a.example/1?a=1&amp;b=2 </loc><lastmod>2026-11-01</lastmod><image:image><image:loc>https://a.example/x.jpg</image:loc></image:image></url>
<url><lastmod>2026-11-02</lastmod><loc><![CDATA[https://a.example/2?a&b]]></loc></url>
</urlset>"""
    found, fault = read(body)
    assert fault is None
    assert found == [Entry("https://a.example/1?a=1&b=2", "2026-11-01", 3), Entry("https://a.example/2?a&b", "2026-11-02", 4)]


def test_an_index() -> None:
    found, fault = read(f"<sitemapindex {NS}><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>")
    assert (found, fault) == ([Entry("https://a.example/s.xml", None, 1, sitemap=True)], None)


def test_prefixed_and_undeclared_names() -> None:
    assert urls('<s:urlset xmlns:s="x"><s:url><s:loc>https://a.example/</s:loc></s:url></s:urlset>') == ["https://a.example/"]
    assert urls("<urlset><url><loc>https://a.example/</loc><video:loc>no</video:loc></url></urlset>") == ["https://a.example/"]


def test_an_entry_without_an_address_is_told() -> None:
    assert urls("<urlset><url><lastmod>2026</lastmod></url><url><loc>https://a.example/</loc></url></urlset>") == ["", "https://a.example/"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(codec: str) -> None:
    name = codec.removesuffix("-sig")
    body = f'<?xml version="1.0" encoding="{name}"?><urlset><url><loc>https://a.example/ä</loc></url></urlset>'
    assert urls(body.encode(codec)) == ["https://a.example/ä"]


def test_empty_lines_before_the_declaration_are_forgiven_and_counted() -> None:
    found, _ = read(f"\n \n{HEAD}<urlset>\n<url><loc>https://a.example/</loc></url></urlset>")
    assert found == [Entry("https://a.example/", None, 5)]


def test_gzip_by_content() -> None:
    body = b"<urlset><url><loc>https://a.example/</loc></url></urlset>"
    packed = gzip.compress(body)
    assert urls(packed) == ["https://a.example/"]
    halves = gzip.compress(body[:20]) + gzip.compress(body[20:])
    assert urls(halves) == ["https://a.example/"]
    assert urls(packed + bytes(64)) == ["https://a.example/"]


def test_damaged_gzip() -> None:
    body = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % number for number in range(5_000)) + b"</urlset>"
    packed = gzip.compress(body)
    for broken, why in (
        (packed[: len(packed) // 2], "its gzip is cut off"),
        (packed[:-4], "its gzip is cut off"),
        (packed[:12], "its gzip is cut off"),
        (packed[:-8] + bytes(8), "its gzip is damaged"),
        (packed + b"more", "something that is no gzip follows its gzip"),
    ):
        found, fault = read(broken)
        assert fault is not None
        assert fault.reason is NotCheckedReason.DAMAGED
        assert why in fault.detail
        assert (f"{len(found):,} addresses were read before" in fault.detail) == bool(found)


def test_a_list_of_addresses() -> None:
    found, fault = read("\ufeffhttps://a.example/1\r\n\r\nhttps://a.example/2 \nnot an address\nhttps://a.example/3")
    assert fault is None
    assert [(entry.url, entry.line) for entry in found] == [
        ("https://a.example/1", 1), ("https://a.example/2", 3), ("not an address", 4), ("https://a.example/3", 5),
    ]  # fmt: skip


def test_feeds_name_pages_too() -> None:
    rss = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://a.example/</link>
    <item><atom:link href="https://a.example/no"/><link>https://a.example/1</link><pubDate>Sun, 01 Nov 2026 10:00:00 GMT</pubDate></item>
    <item><title>No address</title></item></channel></rss>"""
    assert read(rss) == ([Entry("https://a.example/1", "Sun, 01 Nov 2026 10:00:00 GMT", 2)], None)
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/"/><entry><link rel="edit" href="https://a.example/no"/>
    <link href="https://a.example/1"/><published>2026-10-01</published><updated>2026-11-01</updated></entry></feed>"""
    assert read(atom) == ([Entry("https://a.example/1", "2026-11-01", 1)], None)
    rdf = """<rdf:RDF xmlns:rdf="r" xmlns="x"><channel/><item rdf:about="x"><link>https://a.example/1</link></item></rdf:RDF>"""
    assert urls(rdf) == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("body", "reason", "why"),
    [
        ("", "empty", "it is empty"),
        (" \n\t", "empty", "it is empty"),
        ("<!doctype html><html><body>Sorry", "unreadable", "it is an HTML page, not a sitemap"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "unreadable", "it is an HTML page, not a sitemap"),
        ('{"urls": []}', "unreadable", "it is neither XML nor a list of addresses"),
        ("Not found", "unreadable", "it is neither XML nor a list of addresses"),
        ("<svg/>", "unreadable", "it is XML with the root element svg, not a sitemap"),
        ("<urlset>\n<url><loc>https://a.example/?a=1&b=2</loc></url></urlset>", "damaged", "broken XML in line 2: not well-formed (invalid token)"),
        ("<urlset><url>", "damaged", "broken XML in line 1: no element found"),
        ('<?xml version="1.0" encoding="klingon"?><urlset/>', "damaged", "broken XML in line 1: its encoding is unknown"),
    ],
)
def test_what_is_no_sitemap_says_so(body: str, reason: str, why: str) -> None:
    found, fault = read(body)
    assert found == []
    assert fault is not None
    assert (fault.reason, fault.detail) == (reason, why)


def test_what_came_before_the_fault_is_kept() -> None:
    found, fault = read("<urlset>\n<url><loc>https://a.example/1</loc></url>\n<url><loc>https://a.example/2</url></urlset>")
    assert [entry.url for entry in found] == ["https://a.example/1"]
    assert fault is not None
    assert fault.detail == "broken XML in line 3: mismatched tag; 1 address was read before"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE urlset [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>',
    ],
)
def test_entities_are_refused(prolog: str) -> None:
    found, fault = read(f"{prolog}<urlset><url><loc>https://a.example/&x;</loc></url></urlset>")
    assert found == []
    assert fault is not None
    assert "refused" in fault.detail


def test_a_document_type_without_entities_is_none_of_our_business() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">'
    assert urls(f"{doctype}<rss><channel><item><title>a&nbsp;b</title><link>https://a.example/</link></item></channel></rss>") == [
        "https://a.example/"
    ]


def test_caps() -> None:
    many = "<urlset>" + "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(60)) + "</urlset>"
    found, fault = read(many, SMALL)
    assert len(found) == 50
    assert fault is not None
    assert (fault.reason, fault.detail) == ("capped", "it names more than 50 addresses, and the others are not read")
    assert len(read(many.replace("/59<", "/59<!----><"), Limits(sitemap_urls=60))[0]) == 60
    found, fault = read(gzip.compress(b"<urlset><url><loc>https://a.example/</loc></url>" + b" " * 30_000 + b"</urlset>"), SMALL)
    assert fault is not None
    assert (fault.reason, fault.detail) == ("capped", "it is larger than 20000 bytes; 1 address was read before")


def test_a_bomb_stops_at_the_cap() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(b"<urlset>")
    blank = b" " * (1 << 20)
    for _ in range(200):
        bomb += packer.compress(blank)
    bomb += packer.flush()
    tracemalloc.start()
    try:
        _, fault = read(bomb, Limits(sitemap_bytes=2 << 20))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert fault is not None
    assert fault.reason is NotCheckedReason.CAPPED
    # The 200 MB are not unpacked.
    assert most < 16 << 20


@pytest.mark.parametrize(
    ("begin", "piece", "why"),
    [
        (b"", b"<a>", "nested more than 200 deep"),
        (b"<!-- ", b"x" * 64_000, "longer than 1 MB"),
        (b"<?x ", b"x" * 64_000, "longer than 1 MB"),
        (b"<", b"x" * 64_000, "longer than 1 MB"),
        (b"<a b='", b"x" * 64_000, "longer than 1 MB"),
        (b"<a ", b"b='c' " * 10_000, "longer than 1 MB"),
    ],
)
def test_hostile_xml_costs_little(begin: bytes, piece: bytes, why: str) -> None:
    taken = 0

    def pieces() -> Iterator[bytes]:
        nonlocal taken
        yield b"<urlset><url>" + begin
        while taken < 500 * len(piece):
            taken += len(piece)
            yield piece

    def reading() -> None:
        with pytest.raises(BadSitemap, match=why):
            list(entries(pieces(), Limits()))

    assert ends(reading, within=20)
    # It stops as soon as it is sure, whatever is still to come.
    assert taken < 3 << 20


def test_a_long_address_is_cut() -> None:
    found, _ = read(b"<urlset><url><loc>https://a.example/" + b"x" * 3_000_000 + b"</loc></url></urlset>")
    assert len(found[0].url) < 100_000


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<a:RSS version='2'><channel>", "rss"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- c --><feed xmlns='x'><title", "feed"),
        (b"<html><p>", None),
        (b"text", None),
        (b"<", None),
    ],
)
def test_the_root_element(head: bytes, root: str | None) -> None:
    assert root_of(head) == root


_BITS = st.sampled_from([
    b"<urlset>", b"</urlset>", b"<url>", b"</url>", b"<loc>", b"</loc>", b"https://a.example/", b"<sitemapindex>", b"<sitemap>", b"<rss>", b"<item>",
    b"<link>", b"<link href='x'/>", b"</item>", b"<feed>", b"<entry>", b"&amp;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [",
    b"<!ENTITY x 'y'>", b"]>", b"<?xml version='1.0' encoding='utf-16'?>", b"\x1f\x8b\x08\x00", b"\xff\xfe", b"\n", b"\x00", b"<html>",
])  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(st.one_of(_BITS, st.binary(max_size=5)), max_size=40).map(b"".join)), st.booleans())
def test_any_bytes_are_a_sitemap_or_say_why_not(body: bytes, packed: bool) -> None:
    found, fault = read(gzip.compress(body) if packed else body, SMALL)
    assert len(found) <= SMALL.sitemap_urls
    assert fault is None or (fault.detail and fault.reason)
    assert fault is not None or body.strip()
