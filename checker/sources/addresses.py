"""When two addresses are one page, and which addresses are none: told from the address alone."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

Strip = Callable[[str], str]

# No browser asks for more than this, and no page of the web archive samples has a longer address.
LONGEST = 2_000
# Lower-case host with a letter at its end, no user, no port, and no character that the URL standard would write in another way.
_PLAIN = re.compile(r"https?://((?:[a-z0-9][a-z0-9_-]*\.)*[a-z][a-z0-9-]*)(/[!#$%&()*+,\-./0-9:;=?@A-Z_a-z~]*)").fullmatch
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:[/?#]|$)", re.IGNORECASE).search
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Kinds that may yet turn out to be a page: what servers say when they do not know, and what the generic suffixes stand for.
_OPEN_KINDS = re.compile(r"text/(?:html|plain|xml)|application/(?:octet-stream|json|.*xml|x-.*|.*php.*)|multipart/.*").fullmatch


def resolved(href: str, base: str | None = None) -> str | None:
    """The http address that a browser opens for a link, without its fragment; None where it opens no such address.

    >>> resolved("../b?c#d", "https://A.example/x/y/"), resolved("mailto:a@b.example"), resolved("https:\\\\\\\\A.example")
    ('https://a.example/x/b?c', None, 'https://a.example/')
    """
    href = href.strip(" \t\n\r\f")
    if _PLAIN(href) and not _DOTS(href):
        return href.partition("#")[0]
    import ada_url  # most sitemaps never need it, and importing it takes 20 ms

    try:
        url = ada_url.URL(href, base)
        if url.protocol not in ("http:", "https:") or not url.hostname.strip("."):
            return None
        url.hash = ""
        return str(url.href)
    except ValueError:  # lone surrogates too: UnicodeEncodeError is one
        return None


def identity(url: str, strip: Strip) -> str:
    """What two addresses of one page share. `strip` takes away what only tracks.

    >>> identity("https://a.example/%7ejo?b=%c3%a4#top", lambda url: url.partition("#")[0])
    'https://a.example/~jo?b=%C3%A4'
    """
    bare = strip(url)
    return _ESCAPE.sub(_plainly, bare) if "%" in bare else bare


# RFC 3986, 6.2.2: escapes mean the same in both cases, and those of unreserved characters mean the character.
def _plainly(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code in _UNRESERVED else escape[0].upper()


def host_of(url: str) -> str:
    """The host of an address that was resolved; "" where it has none."""
    plain = _PLAIN(url)
    if plain is not None:
        return str(plain[1])
    import ada_url

    try:
        return str(ada_url.URL(url).hostname).rstrip(".")
    except ValueError:
        return ""


def site_host(url: str) -> str:
    """The host without a leading `www.`, which publishers have and leave out at will."""
    return host_of(url).removeprefix("www.")


def path_of(url: str) -> str:
    """The path of an address that was resolved, with its slash.

    >>> path_of("https://a.example/b/c?d")
    '/b/c'
    """
    return "/" + url.partition("?")[0].partition("#")[0].partition("://")[2].partition("/")[2]


def not_a_page(url: str) -> str | None:
    """The kind of file that an address names by its suffix, where that kind is never a page.

    >>> not_a_page("https://a.example/b.PDF?c"), not_a_page("https://a.example/b.php"), not_a_page("https://a.example/dr.me")
    ('application/pdf', None, None)
    """
    suffix = path_of(url).rpartition("/")[2].rpartition(".")
    return _by_suffix(suffix[2].lower()) if suffix[1] and suffix[2].isalnum() and len(suffix[2]) <= 5 else None


@lru_cache(maxsize=256)
def _by_suffix(suffix: str) -> str | None:
    from mimetypes import MimeTypes

    # The table that comes with Python alone: what the machine knows besides must not change what is read.
    kind, packed = MimeTypes().guess_type(f"x.{suffix}", strict=False)
    return foreign_kind(f"application/{packed}" if packed else kind)


def foreign_kind(content_type: str | None) -> str | None:
    """A content type that says that there is no page; None where there may be one.

    >>> foreign_kind("image/webp"), foreign_kind("text/html; charset=utf-8"), foreign_kind("application/octet-stream")
    ('image/webp', None, None)
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    return None if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind) or _OPEN_KINDS(kind) else kind


class Seen:
    """A set that keeps eight bytes of each text: a million addresses in 16 MB, where a set of texts takes 200.

    Two of a million texts are mistaken for one with a chance of 1 in 37 million.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * 1024))
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def __contains__(self, text: str) -> bool:
        code = _code(text)
        return self._slots[self._place(code)] == code

    def add(self, text: str) -> bool:
        """Take it in; whether it is new."""
        code = _code(text)
        place = self._place(code)
        if self._slots[place] == code:
            return False
        self._slots[place] = code
        self._used += 1
        if self._used * 3 > len(self._slots) * 2:
            self._grow()
        return True

    def _place(self, code: int) -> int:
        slots = self._slots
        mask = len(slots) - 1
        place = code & mask
        while slots[place] not in (0, code):
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(16 * len(old)))
        for code in old:
            if code:
                self._slots[self._place(code)] = code


def _code(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
