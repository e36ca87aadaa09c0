"""What an answer is: the page that was asked for, or something else that only looks like one. Whatever is something else is never a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from checker.model import NotCheckedReason
from checker.sources.fetch.look import Look, look
from checker.sources.fetch.robots import AGENT

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:+()-]{1,40})", re.IGNORECASE)
# Directives of X-Robots-Tag that have a colon of their own.
_WITH_VALUE = frozenset(("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"))
_HOME = re.compile(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?", re.IGNORECASE).fullmatch
_INDEX = re.compile(r"(?:index|default|home)(?:\.[a-z]{2,5})?", re.IGNORECASE).fullmatch
# In characters that readers see. A notice of a server is short; a wall that tests the browser has next to no text.
_NEXT_TO_NONE = 400
_SHORT = 1_500
_LONG = 20_000

Told = tuple[NotCheckedReason, str]


def media_type(content_type: str | None) -> str | None:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def charset(content_type: str | None) -> str | None:
    """The charset that a Content-Type names.

    >>> charset('text/html; charset="Shift_JIS"'), charset("text/html")
    ('Shift_JIS', None)
    """
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def robots(headers: Iterable[str]) -> str:
    """What X-Robots-Tag headers ask of everybody, or of us; those for others are left out.

    >>> robots(["noindex", "otherbot: nofollow", "unavailable_after: 25 Jun 2030 15:00:00 PST"])
    'noindex,unavailable_after: 25 Jun 2030 15:00:00 PST'
    """
    kept = []
    for text in headers:
        agent, colon, asks = text.partition(":")
        if not colon or "," in agent or agent.strip().lower() in _WITH_VALUE:
            kept.append(text[:1000])
        elif agent.strip().lower() == AGENT:
            kept.append(asks[:1000])
    return ",".join(kept)


def by_status(status: int, headers: Mapping[str, str]) -> Told | None:
    """What the first line and the headers already say; None for an answer that may be a page."""
    if any(headers.get(name, "").lower().startswith(value) for name, value in _words()["challenge"]["headers"]):
        return NotCheckedReason.BLOCKED, f"the server tests whether a person asks ({status})"
    told = _STATUS.get(status)
    if told is not None:
        return told
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return NotCheckedReason.FETCH_FAILED, f"the server points elsewhere without saying where ({status})"
    if 400 <= status < 500:
        return NotCheckedReason.FETCH_FAILED, f"the server does not give it ({status})"
    return NotCheckedReason.FETCH_FAILED, f"the server failed ({status})"


_STATUS: dict[int, Told] = {
    206: (NotCheckedReason.DAMAGED, "the server sent only a part of it (206)"),
    401: (NotCheckedReason.BLOCKED, "the server asks for a name and a password (401)"),
    403: (NotCheckedReason.BLOCKED, "the server refuses it (403)"),
    404: (NotCheckedReason.NOT_FOUND, "there is no such page (404)"),
    407: (NotCheckedReason.BLOCKED, "the proxy asks for a name and a password (407)"),
    410: (NotCheckedReason.NOT_FOUND, "the page is gone (410)"),
    429: (NotCheckedReason.BLOCKED, "the server is asked too often (429)"),
    451: (NotCheckedReason.BLOCKED, "the server may not give it here (451)"),
}


def by_type(content_type: str | None) -> Told | None:
    """What the Content-Type says; without one the bytes decide."""
    kind = media_type(content_type)
    if kind is None or kind in _PAGES:
        return None
    return NotCheckedReason.NOT_HTML, f"the server calls it {kind[:60]!a}"


def by_content(asked: str, found: str, body: bytes, content_type: str | None) -> Told | None:
    """What the page itself says. `asked` and `found`: the first and the last address, as browsers write them."""
    import ada_url

    first, last = ada_url.URL(asked), ada_url.URL(found)
    redirected = first.href != last.href
    if redirected and _is_home_instead(first, last):
        return NotCheckedReason.NOT_FOUND, "it leads to the home page"
    seen = look(body, charset(content_type))
    parts = seen.parts()
    return _challenge(seen, parts) or _login(first, last, seen, parts) or _missing(seen, parts)


def _challenge(seen: Look, parts: frozenset[str]) -> Told | None:
    words = _words()["challenge"]
    titled = seen.text < _SHORT and not parts.isdisjoint(words["titles"])
    marked = seen.text < _NEXT_TO_NONE and "<article" not in seen.markup and any(mark in seen.markup for mark in words["marks"])
    return (NotCheckedReason.BLOCKED, "the server tests whether a person asks, or refuses us, with a page that says so") if titled or marked else None


def _login(first: Any, last: Any, seen: Look, parts: frozenset[str]) -> Told | None:
    words = _words()["login"]
    if _leads_to_login(first, words):
        return None  # it is what was asked for
    led = first.href != last.href and _leads_to_login(last, words) and (seen.password or seen.text < _SHORT)
    titled = seen.password and seen.text < _SHORT and not parts.isdisjoint(words["titles"])
    return (NotCheckedReason.LOGIN, "it is a page on which readers log in") if led or titled else None


def _leads_to_login(url: Any, words: Mapping[str, Any]) -> bool:
    host = url.hostname.partition(".")[0]
    return any(segment in words["segments"] for segment in url.pathname.lower().split("/")) or host in words["hosts"]


def _missing(seen: Look, parts: frozenset[str]) -> Told | None:
    if seen.text < _LONG and not parts.isdisjoint(_words()["missing"]["titles"]):
        return NotCheckedReason.NOT_FOUND, "the page says that there is no such page"
    return None


def _is_home_instead(first: Any, last: Any) -> bool:
    """Whether a page of the site was asked for and its home page came."""
    if first.hostname.removeprefix("www.") != last.hostname.removeprefix("www.") or not _HOME(last.pathname) or last.search:
        return False
    segments = [segment for segment in first.pathname.split("/") if segment and not _INDEX(segment)]
    # "/" may lead to "/en/", and "/en" to "/".
    return bool(segments) and not (_HOME(first.pathname) or first.search)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    import tomllib

    words = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))
    for table in words.values():
        for name, values in table.items():
            if name in {"titles", "segments", "hosts"}:
                table[name] = frozenset(values)
    return words
