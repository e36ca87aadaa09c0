"""The classifier of addresses: lines of an input are an address, the page's own, and the publisher's host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.lexicon import urls as addresses
from checker.lexicon.networks import Networks
from checker.lexicon.urls import Address
from checker.packs import built_in
from checker.sources import addresses as pages
from tests.fuzz.target import ROOT
from tests.fuzz.words import texts

LONGEST = 2_048
# "%3%32" is none, and what is left of it looks like one.
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})").search
_ESCAPED = ("&amp;", "&#", "archive.org", "%")


@cache
def networks() -> Networks:
    """The networks of the built-in pack."""
    return Networks.load([built_in()])


def lines(data: bytes) -> list[str]:
    """The input as text: a page's data may hold half a surrogate pair, so an address may."""
    text = data.decode("utf-8", "surrogateescape")
    return [*text.split("\n", 2), "", ""][:3]


def run(data: bytes) -> None:
    """An address is never refused with an exception, says the same each time, and is read as browsers read it."""
    href, base, host = lines(data)
    own = frozenset((host,)) if host else frozenset()
    _read(href, base or None)
    known = networks()
    first = known.match(href, base or None, own)
    known.match("https://tea.example/", None, frozenset())  # forgets what was remembered of the page
    assert known.match(href, base or None, own) == first, "an address is judged in the same way again"
    if first is not None:
        assert first.why, "a match says why"
        assert "\n" not in first.why, "a match says why in one line"
    known.script(href)
    known.inline_script(data.decode("latin-1"))
    known.attribute_match({"href": href, "class": base, "id": host, "data-href": href, "data-url": base})
    _named(href, base or None)


def _read(href: str, base: str | None) -> None:
    address = addresses.read(href, base)
    # Half a surrogate pair can be in no address, and what an archive frames is another one.
    if not any("\ud800" <= sign <= "\udfff" for sign in href) and "archive.org" not in href:
        assert (addresses.host_of(href) is not None) == (addresses.read(href) is not None), "host_of and read agree"
    if address is None:
        return
    _as_browsers(href, address)
    assert len(addresses.carried(address, ("url", "u", "murl"))) <= 4
    names = address.params.keys() | address.fragment.keys()
    assert names == {name.lower() for name in names}, "names of parameters are in small letters"
    site = addresses.registrable(address.host)
    assert addresses.registrable(site) == site, "the registrable part of a site is itself"
    assert address.host.endswith(site), "the registrable part ends the host"
    if not any(sign in address.href for sign in _ESCAPED):
        again = addresses.read(address.href)
        assert again is not None, "what was read can be read again"
        assert (again.host, again.path, again.search) == (address.host, address.path, address.search), "reading again changes nothing"


def _as_browsers(href: str, address: Address) -> None:
    """The short way for plain addresses and the URL standard say the same."""
    import ada_url

    plain = addresses.clean(href)
    if plain.startswith("//"):
        plain = "https:" + plain
    if addresses.PLAIN(plain) is None or not address.href.isascii():
        return
    standard = ada_url.URL(plain)
    assert address.host == standard.hostname.rstrip("."), "the host is that of the URL standard"


def _named(href: str, base: str | None) -> None:
    url = pages.resolved(href, base)
    if url is None:
        return
    assert pages.resolved(url) == url, "an address that is resolved stays as it is"
    assert "#" not in url, "a fragment names no page"
    if not _BROKEN_ESCAPE(url):
        key = pages.identity(url, lambda each: each)
        assert pages.identity(key, lambda each: each) == key, "the identity of a page is its own"
    assert pages.host_of(url), "an address that is resolved has a host"
    assert pages.path_of(url).startswith("/")
    pages.not_a_page(url)


def seeds() -> Iterator[bytes]:
    """The addresses that the network files promise to know or not to know."""
    for text in _addresses():
        yield text.encode()
        yield f"{text}\nhttps://tea.example/pots/\nshop.example".encode()
    for each in ("/go/x", "javascript:window.open('https://a.example/')", "https://web.archive.org/web/2020/http://a.example/?tag=x", "//[::1]:1/"):
        yield each.encode()


def words() -> Iterator[str]:
    """Hosts, names of parameters, and what addresses are made of."""
    yield from ("https://", "http:", "//", "%3A%2F%2F", "%253A", "&amp;", "?url=", "&tag=", "\\", "xn--", ".", "@", "[::ffff:", "javascript:", "\t")
    for text in _addresses():
        address = addresses.read(text)
        if address is not None:
            yield address.host
            yield from (f"{name}=" for name in address.params)


@cache
def _addresses() -> list[str]:
    import tomllib

    found = []
    for path in sorted((ROOT / "rules" / "networks").glob("*.toml")):
        found += [text for text in texts(tomllib.loads(path.read_text("utf-8"))) if text.startswith(("http://", "https://"))]
    return list(dict.fromkeys(found))
