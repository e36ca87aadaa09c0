"""How pages are fetched, as the user chose it; and what proves to a host who asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import BadConfig
from checker.sources.limits import Limits

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*").fullmatch
# What the connection itself says; another value would break it, or hand on what belongs to one host.
_OWN = frozenset((
    "accept-encoding", "connection", "content-length", "cookie", "expect", "host", "if-modified-since", "if-none-match", "keep-alive",
    "proxy-authorization", "range", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cookie:
    """A line of a cookie file. `subdomains`: it holds for these too. `expires`: seconds since 1970; None for a cookie of a session."""

    domain: str
    subdomains: bool
    path: str
    secure: bool
    expires: int | None
    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Login:
    """Name and password. `origin`: where they are sent; None for every host that was named."""

    origin: str | None
    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proxies:
    """Where requests are handed to, by their scheme. `but_not`: hosts that are asked without, as NO_PROXY lists them."""

    http: str | None = field(default=None, repr=False)
    https: str | None = field(default=None, repr=False)
    but_not: str = ""


@dataclass(frozen=True, slots=True)
class Fetching:
    """All choices. `headers`, `cookies` and `logins` are secrets.

    `version`: the program's, and `contact`: an address under which the user can be reached, told to every host. `headers` and `logins` are sent to
    the origins in `named` alone (see `origin`), cookies where they belong. `concurrency`: requests at a time to one host; `total`: to all.
    `delay`: seconds between two to a host.
    `attempts` counts the first one. `wait`: seconds before the second one; `longest_wait`: as long as a host is waited for, whatever it asks.
    `cache`: the folder in which pages are kept with their ETag or date.
    """

    version: str = ""
    contact: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: tuple[Cookie, ...] = field(default=(), repr=False)
    logins: tuple[Login, ...] = field(default=(), repr=False)
    named: frozenset[str] = frozenset()
    concurrency: int = 4
    total: int = 16
    delay: float = 0.0
    allow_private: bool = False
    robots: bool = True
    limits: Limits = field(default_factory=Limits)
    attempts: int = 3
    wait: float = 1.0
    longest_wait: float = 60.0
    cache: Path | None = None
    proxies: Proxies = field(default_factory=Proxies)

    def __post_init__(self) -> None:
        if self.concurrency < 1 or self.total < 1 or self.attempts < 1:
            raise BadConfig("at least one request at a time, and one attempt, is needed to fetch a page")
        if self.delay < 0 or self.wait < 0 or self.longest_wait < 0:
            raise BadConfig("a time to wait cannot be negative")

    @property
    def user_agent(self) -> str:
        """What every host is told."""
        program = "/".join(filter(None, ("disclosure-checker", self.version)))
        return f"{program} (+{self.contact})" if self.contact else program


def contact(text: str) -> str:
    """An address for the user agent. Raises BadConfig for what cannot stand there."""
    text = text.strip()
    if not text or not text.isascii() or not text.isprintable() or any(mark in text for mark in "()\\") or len(text) > 200:
        raise BadConfig("the contact must be an address (https://… or an e-mail address) of plain characters, without parentheses")
    return text


def header(text: str) -> tuple[str, str]:
    """A header as it is typed, `Name: value`. Raises BadConfig; the value is never repeated."""
    name, colon, value = text.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME(name):
        raise BadConfig('a header is written "Name: value"')
    if name.lower() in _OWN:
        raise BadConfig(f'the header "{name}" is set by the program; cookies come from a cookie file, the user agent from the contact')
    if not _VALUE(value):
        raise BadConfig(f'the value of the header "{name}" has a character that no header can have')
    return name, value


def origin(url: str) -> str | None:
    """Scheme, host and port of a web address, as browsers read it; None for any other.

    >>> origin("HTTPS://Example.ORG:443/a"), origin("http://example.org:8080"), origin("file:///etc/hosts")
    ('https://example.org', 'http://example.org:8080', None)
    """
    import ada_url

    try:
        found = ada_url.URL(url)
    except ValueError:
        return None
    return f"{found.protocol}//{found.host}" if found.protocol in {"http:", "https:"} else None


def origins(urls: Iterable[str]) -> frozenset[str]:
    """Those of all addresses that the user named."""
    return frozenset(found for url in urls if (found := origin(url)) is not None)


def is_meant_for(named: Iterable[str], asked: str) -> bool:
    """Whether what was meant for the named origins may be sent to another one: the same host that has gone over to https counts, never the reverse.

    >>> is_meant_for({"http://example.org"}, "https://example.org"), is_meant_for({"https://example.org"}, "http://example.org")
    (True, False)
    """
    return any(
        one == asked or (one.startswith("http://") and asked == f"https://{one[7:]}" and ":" not in one[7:].rpartition("]")[2]) for one in named
    )
