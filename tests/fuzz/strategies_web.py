"""What the web sends: addresses inside addresses, sitemaps and feeds, records of archives with wrong lengths."""

from __future__ import annotations

import gzip
import importlib.util
from functools import cache
from types import ModuleType
from urllib.parse import quote

from hypothesis import strategies as st

from tests.fuzz import urls as urls_target
from tests.fuzz.strategies import changed
from tests.fuzz.target import FIXTURES

_SCHEMES = (
    "https://",
    "http://",
    "HTTPS:\\\\",
    "//",
    "https:",
    "http:///",
    "javascript:",
    "ftp://",
    "",
    " https://",
    "ht\ntps://",
    "web.archive.org/web/1/http:",
)
_USERS = ("", "", "", "user@", "user:pass@", "@", "www.amazon.com@")
_HOSTS = (
    "tea.example",
    "a..b",
    "[::1]",
    "[::ffff:7f00:1]",
    "0x7f.1",
    "2130706433",
    "xn--zz",
    "xn--mnchen-3ya.de",
    "münchen.de",
    ".",
    "a.b.",
    "%61.b",
    "1.0xa",
)
_PORTS = ("", "", "", ":80", ":443", ":99999", ":")
_PARAMS = ("tag", "url", "u", "murl", "ued", "aff_id", "amp;tag", "%74ag", "utm_source", "", "a[b]")


@cache
def addresses() -> st.SearchStrategy[str]:
    """Addresses of all shapes, which may hold others, escaped once or twice."""
    known = sorted({address.split("/")[2] for line in urls_target.words() for address in [f"//{line}/"] if "." in line and "/" not in line})
    host = st.sampled_from(_HOSTS) | st.sampled_from(known)
    path = st.lists(
        st.sampled_from(("dp", "B000000000", "go", "..", "%2e", "a b", "\\", ";x", "ä", "", "url(https:", ")", "https:")), max_size=4
    ).map("/".join)
    plain = st.builds("{}{}{}{}/{}".format, st.sampled_from(_SCHEMES), st.sampled_from(_USERS), host, st.sampled_from(_PORTS), path)

    def within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        value = inner.map(quote) | inner.map(lambda text: quote(quote(text, safe=""), safe="")) | inner
        pairs = st.lists(st.builds("{}={}".format, st.sampled_from(_PARAMS), value), max_size=3)
        return st.builds("{}?{}{}".format, plain, pairs.map("&".join), st.sampled_from(("", "#x", "#aff=me", "&amp;tag=x-20")))

    return st.recursive(plain, within, max_leaves=4)


@cache
def urls() -> st.SearchStrategy[bytes]:
    """An address, and perhaps the page's own and its host."""
    line = addresses() | st.text(max_size=20)
    whole = st.lists(line, min_size=1, max_size=3).map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))
    return whole | changed(whole)


_XML_TEXTS = (
    "https://tea.example/a",
    "http://www.tea.example/b?c=1&amp;d",
    "/relative",
    "",
    "javascript:x",
    "https://other.example/",
    "2026-11-01",
    "&#0;",
    "&l;",
)


@cache
def sitemaps() -> st.SearchStrategy[bytes]:
    """Sitemaps, indexes and feeds, nested and mixed as they should not be."""
    text = st.sampled_from(_XML_TEXTS) | st.sampled_from(("<![CDATA[<p>We earn</p>]]>", "&lt;p&gt;", "Ada", "<b>x<br/></b>", "en"))
    names = (
        "url",
        "loc",
        "lastmod",
        "sitemap",
        "item",
        "link",
        "title",
        "guid",
        "entry",
        "content:encoded",
        "x:loc",
        "author",
        "name",
        "content",
        "id",
    )
    attributes = st.sampled_from(
        ("", "", ' href="/a"', ' type="xhtml"', ' type="html"', ' rel="edit"', ' xml:lang="de"', ' isPermaLink="false"', ' a="1" a="2"')
    )
    element = st.deferred(lambda: st.builds(_xml, st.sampled_from(names), attributes, st.lists(st.one_of(text, element), max_size=4)))
    root = st.sampled_from(("urlset", "sitemapindex", "rss", "feed", "rdf:RDF", "html", "URLSET", "x:urlset", "channel"))
    head = st.sampled_from(
        ("", "", '<?xml version="1.0" encoding="UTF-8"?>', "\n\n", '<!DOCTYPE x [<!ENTITY l "ha">]>', '<?xml version="1.0" encoding="utf-7"?>')
    )
    document = st.builds("{}{}".format, head, st.builds(_xml, root, attributes, st.lists(element, max_size=5))).map(str.encode)
    encoded = st.one_of(document, document.map(lambda body: body.decode().encode("utf-16")), document.map(lambda body: gzip.compress(body, mtime=0)))
    lists = st.lists(addresses(), max_size=5).map(lambda found: "\n".join(found).encode("utf-8", "replace"))
    return st.one_of(encoded, changed(encoded), lists)


def _xml(name: str, attributes: str, inside: list[str]) -> str:
    return f"<{name}{attributes}>{''.join(inside)}</{name}>"


@cache
def _made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_archives_to_fuzz", FIXTURES / "archives" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def archives() -> st.SearchStrategy[bytes]:
    """Web archives whose records say of themselves what is not so."""
    page = _made().page("A pot", "We may earn a commission.")
    bodies = st.sampled_from(
        (page, b"", page[:40], gzip.compress(page, mtime=0), _made().chunked(page), b"5\r\nabc", b"\x28\xb5\x2f\xfd", b"\0" * 50)
    )
    headers = st.lists(
        st.sampled_from((
            "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: zstd, gzip", "Transfer-Encoding: chunked", "Content-Length: 5",
            "Content-Length: 99999999999", "Content-Length: -1", "Location: /", "Set-Cookie: a=b", "X: \x1b[31m", ": x", "no colon", "Content-Type:",
        )),
        max_size=3,
    )  # fmt: skip
    status = st.sampled_from(("200 OK", "301 Moved", "404 Not Found", "100 Continue", "999", "OK", ""))
    kind = st.sampled_from(("text/html", "text/html; charset=utf-16", "image/png", None, "application/octet-stream"))
    answer = st.builds(
        lambda body, headers, status, kind: _made().answer(body, *headers, status=status, content_type=kind), bodies, headers, status, kind
    )
    length = st.sampled_from((None, None, None, 0, 1, 10**12, -1, "abc", ""))
    types = st.sampled_from(("response", "response", "resource", "revisit", "request", "warcinfo", "conversion", ""))
    url = st.sampled_from(
        ("https://kettle.example/a", "<https://kettle.example/b>", "https://kettle.example/a", "file:///etc/passwd", "dns:x", None, "x")
    )
    record = st.builds(lambda kind, url, block, length: bytes(_made().record(kind, url, block, length=length)), types, url, answer, length)
    records = st.lists(record, min_size=1, max_size=4)
    packed = records.map(lambda found: bytes(_made().packed(found)))
    return st.one_of(records.map(b"".join), packed, changed(packed), changed(records.map(b"".join)))
