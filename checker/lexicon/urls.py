"""Addresses as browsers read them: host, site, path and parameters of a link, and the addresses that it carries inside."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Longer values are cut before they are compared: no affiliate id needs more, and a hostile page may send megabytes.
LONGEST_VALUE = 2000
_LONGEST_ADDRESS = 16_000
_MOST_PARAMS = 200

# An address that needs no reading by the URL standard: lower-case host, no user, port, blank before the path, backslash or control character.
PLAIN = re.compile(r"(?:https?:)?//([a-z0-9][a-z0-9._-]*)((?:[/?#][^\x00-\x1f\x7f\\]*)?)").fullmatch
# Browsers take a host whose last part is such a number for an IP address; the other numbers end in a digit.
_HEXADECIMAL = re.compile(r"(?:.*\.)?0x[0-9a-f]*").fullmatch
_IP = re.compile(r"[0-9.]+|\[.*|.*:.*").fullmatch
_SCHEME = re.compile(r"https?:", re.IGNORECASE).match
ESCAPED_SCHEME = re.compile(r"https?(?::|%(?:25)*3a)", re.IGNORECASE)
_ARCHIVE = re.compile(r"(?:https?:)?//(?:web|wayback)\.archive\.org/web/[0-9*]{1,14}[a-z_]{0,4}/(?=https?:|//|www\.)", re.IGNORECASE).match
_IN_SCRIPT = re.compile(r"""https?://[^\s"'<>()\\]+""", re.IGNORECASE).search
IN_CODE = re.compile(r"//[a-z0-9][a-z0-9.-]{0,100}\.[a-z]{2,10}/[\w./-]{0,200}").findall
_PARENTHESISED = re.compile(r"\b(?:url|durl)\(([^()]{0,2000})\)", re.IGNORECASE)
_AMPERSANDS = (("&amp;", "&"), ("&#038;", "&"), ("&#38;", "&"))
_COUNTRY_FREE = frozenset(("com", "net", "org"))


class Address:
    """One http address, read once; parameter names are lower-case, values decoded."""

    __slots__ = ("_fragment", "_params", "hash", "host", "href", "path", "search")

    def __init__(self, href: str, host: str, path: str, search: str, hash_: str) -> None:
        self.href = href
        self.host = host
        self.path = path
        self.search = search
        self.hash = hash_
        self._params: dict[str, list[str]] | None = None
        self._fragment: dict[str, list[str]] | None = None

    @property
    def params(self) -> dict[str, list[str]]:
        """The query's parameters."""
        if self._params is None:
            self._params = pairs(self.search[1:])
        return self._params

    @property
    def fragment(self) -> dict[str, list[str]]:
        """The fragment's parameters (`#aff=name`)."""
        if self._fragment is None:
            self._fragment = pairs(self.hash[1:])
        return self._fragment


def pairs(query: str) -> dict[str, list[str]]:
    """The parameters of a query: names lower-case, values decoded once."""
    found: dict[str, list[str]] = {}
    for part in query.split("&", _MOST_PARAMS)[:_MOST_PARAMS]:
        name, _, value = part.partition("=")
        name = decoded(name).lower().removeprefix("amp;")
        if name:
            found.setdefault(name, []).append(decoded(value.replace("+", " ")))
    return found


def decoded(text: str) -> str:
    """The text with its percent escapes resolved, once."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text[:_LONGEST_ADDRESS])


def clean(href: str) -> str:
    """The address without what browsers drop, with ampersands that a page escaped twice put right, and out of a web archive's frame."""
    if "&" in href and ("&amp;" in href or "&#" in href):
        for wrong, right in _AMPERSANDS:
            href = href.replace(wrong, right)
    href = href[:_LONGEST_ADDRESS].strip().replace("\t", "").replace("\n", "").replace("\r", "")
    if href[:11].lower() == "javascript:" and (inside := _IN_SCRIPT(href)):
        href = inside.group()
    if "archive.org" in href and (frame := _ARCHIVE(href)):
        href = href[frame.end() :]
        return href if _SCHEME(href) or href.startswith("//") else "http://" + href
    return href


def read(href: str, base: str | None = None) -> Address | None:
    """The address as a browser resolves it; None for what is no http address."""
    href = clean(href)
    if href.startswith("//"):
        href = ("http:" if base is not None and base[:5].lower() == "http:" else "https:") + href
    plain = PLAIN(href)
    if plain is not None and _is_name(plain.group(1)) and "/." not in href and "%2e" not in href.lower():
        return _split(href, *plain.groups())
    import ada_url  # most pages never need it, and importing it takes 20 ms

    try:
        url = ada_url.URL(href, base)
    except ValueError:  # lone surrogates too: UnicodeEncodeError is one
        return None
    host = url.hostname.rstrip(".")
    # The standard lets a host be nothing but dots.
    return Address(url.href, host, url.pathname, url.search, url.hash) if host and url.protocol in ("http:", "https:") else None


def _is_name(host: str) -> bool:
    """Whether a plain host is a name, which browsers leave as it is."""
    return host[-1].isalpha() and not ("0x" in host and _HEXADECIMAL(host))


def _split(href: str, host: str, rest: str) -> Address:
    rest, hashed, fragment = rest.partition("#")
    path, asked, query = rest.partition("?")
    return Address(href, host, path or "/", asked + query if query else "", hashed + fragment if fragment else "")


def host_of(url: str) -> str | None:
    """The host of an absolute http address, as a browser reads it; None for anything else.

    >>> host_of("HTTPS:\\\\\\\\Shop.Example\\\\a")
    'shop.example'
    """
    plain = PLAIN(url)
    if plain is not None:
        host: str = plain.group(1)
        if _is_name(host):
            return host
    return _read_host(url)


def _read_host(url: str) -> str | None:
    address = read(url)
    return address.host if address is not None else None


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    # Without punycode copies the list loads in half the time (26 ms); `registrable` decodes such hosts instead.
    return PublicSuffixList(accept_encoded_idn=False)


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The part of a host that somebody registered: `shop.example.co.uk` is `example.co.uk`; an IP address or a bare suffix is itself.

    >>> registrable("www.example.com")
    'example.com'
    """
    host = host.lower().rstrip(".")
    labels = host.split(".")
    if len(labels) <= 2 or _IP(host):
        return host
    if len(labels) == 3 and labels[0] == "www" and labels[2] in _COUNTRY_FREE:
        return host[4:]  # the commonest shape, without loading the list
    readable = host
    if "xn--" in host:
        import ada_url

        readable = ada_url.idna_to_unicode(host.encode("utf-8", "replace")) or host
    found = _suffixes().privatesuffix(readable)
    return ".".join(labels[-(found.count(".") + 1) :]) if found else host


def is_under(host: str, hosts: Container[str]) -> bool:
    """Whether the host is one of these or below one of them: one look-up for each label."""
    while host:
        if host in hosts:
            return True
        host = host.partition(".")[2]
    return False


def carried(address: Address, names: Iterable[str] = ()) -> list[str]:
    """The addresses inside an address, likeliest first: in the named parameters, in any parameter, in `url(…)`, at the end of its path.

    A named parameter may hold an address without a scheme; the others need one, also where it was escaped twice.
    """
    found: list[str] = []
    params = address.params if address.search else {}
    for name in names:
        for value in params.get(name.lower(), ()):
            whole = _unescaped(value) or _schemeless(value)
            if whole:
                found.append(whole)
    for values in params.values():
        found += [whole for value in values if (whole := _unescaped(value))]
    tail = address.path[1:] + address.search
    if "(" in tail:
        found += [whole for inner in _PARENTHESISED.findall(tail) if (whole := _unescaped(decoded(inner)))]
    inside = ESCAPED_SCHEME.search(address.path, 1)
    if inside is not None:
        whole = _unescaped(address.path[inside.start() :] + address.search)
        if whole:
            found.append(whole)
    return list(dict.fromkeys(found))[:4]


def _unescaped(value: str) -> str | None:
    """The address that a value holds, unescaped up to twice more; None if it holds none."""
    value = value.strip()[:_LONGEST_ADDRESS]
    for _ in range(3):
        if _SCHEME(value):
            scheme, _, rest = value.partition(":")
            rest = rest.lstrip("/\\")
            if rest[:3].lower() in ("%2f", "%25"):
                value = decoded(value)
                continue
            return f"{scheme.lower()}://{rest}" if rest else None
        if not ESCAPED_SCHEME.match(value):
            return None
        value = decoded(value)
    return None


def _schemeless(value: str) -> str | None:
    value = decoded(value).strip().lstrip("/")
    host = value.split("/", 1)[0].split("?", 1)[0]
    return f"http://{value}" if "." in host.strip(".") and " " not in host and "=" not in host else None
