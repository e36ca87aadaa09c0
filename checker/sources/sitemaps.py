"""Sitemaps from end to end: an index and what it names, files and folders, what robots.txt tells; every address once.

A sitemap that cannot be read, or not to its end, or that names nothing, is told as a source with its reason: it never looks like a site without
pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from checker.model import NotCheckedReason, Source
from checker.scopes import is_address
from checker.sources.addresses import Seen, Strip, identity, path_of, resolved, site_host
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.secrets import masked
from checker.sources.sitemap_bytes import BadSitemap, of_bytes, of_file, unpacked
from checker.sources.sitemap_entries import Entry, entries, root_of
from checker.sources.stream import Fetcher
from checker.sources.wanted import Wanted, no_page

# RFC 9309 asks for 500 KiB at least.
_ROBOTS_BYTES = 512_000
_MOST_TOLD = 1_000
_SITEMAP_NAMES = (".xml", ".xml.gz", ".txt", ".txt.gz", ".rss", ".atom")


@dataclass(frozen=True, slots=True)
class _Place:
    """A sitemap to read: an address or a path. `hosts`: those that it may name pages of; none yet for a file."""

    where: str
    depth: int
    hosts: frozenset[str]
    named: bool = False


class Sitemaps:
    """The pages that sitemaps name, as they are read; `ledger` is kept meanwhile, and what is in `seen` is a duplicate."""

    def __init__(self, fetcher: Fetcher, strip: Strip, ledger: Ledger, wanted: Wanted, limits: Limits, seen: Seen) -> None:
        self._fetcher = fetcher
        self._strip = strip
        self._ledger = ledger
        self._wanted = wanted
        self._limits = limits
        self._pages = seen
        self._read: set[str] = set()

    def pages(self, place: str) -> Iterator[str | Source]:
        """The addresses behind a sitemap, a folder of them, or a site ("https://site.example/"); a source for each one that cannot be read."""
        waiting: list[_Place] = []
        for found in self._starts(place):
            if isinstance(found, Source):
                yield self._failed(found)
            else:
                waiting.append(found)
        waiting.reverse()
        while waiting:
            here = waiting.pop()
            deeper: list[_Place] = []
            for each in self._one(here):
                if isinstance(each, _Place):
                    deeper.append(each)
                else:
                    yield each
            waiting += reversed(deeper)

    def _starts(self, place: str) -> Iterator[_Place | Source]:
        if not is_address(place):
            yield from self._local(place)
            return
        url = resolved(place)
        if url is None:
            yield Source(masked(place), reason=NotCheckedReason.MISSING, detail="a sitemap has an address with http:// or https://")
        elif path_of(url) == "/" and "?" not in url:
            yield from self._discovered(url)
        else:
            yield _Place(url, 0, frozenset((site_host(url),)), named=True)

    def _local(self, place: str) -> Iterator[_Place | Source]:
        if not os.path.isdir(place):  # noqa: PTH112 - a name is kept as it was typed
            yield _Place(place, 0, frozenset(), named=True)
            return
        try:
            names = sorted(name for name in os.listdir(place) if name.lower().endswith(_SITEMAP_NAMES))  # noqa: PTH208
        except OSError as fault:
            yield Source(_shown(place), path=place, reason=NotCheckedReason.UNREADABLE, detail=f"the folder cannot be listed: {fault.strerror}")
            return
        paths = [os.path.join(place, name) for name in names]  # noqa: PTH118
        kinds = {path: _kind(path) for path in paths}
        found = [path for path in paths if kinds[path] in ("sitemapindex", "urlset", "lines")]
        if not found:
            yield Source(_shown(place), path=place, reason=NotCheckedReason.MISSING, detail="the folder holds no sitemap")
        # What an index names is read where it stands in the index.
        for path in sorted(found, key=lambda path: (kinds[path] != "sitemapindex", path)):
            yield _Place(path, 0, frozenset(), named=True)

    def _discovered(self, url: str) -> Iterator[_Place | Source]:
        """What robots.txt names, else /sitemap.xml."""
        hosts = frozenset((site_host(url),))
        robots = self._fetcher.fetch(f"{url}robots.txt", "text")
        told = list(dict.fromkeys(robots_sitemaps(robots.body or b"", url)))
        if told:
            yield from (_Place(each, 0, hosts, named=True) for each in told)
        else:
            yield _Place(f"{url}sitemap.xml", 0, hosts, named=True)

    def _one(self, place: _Place) -> Iterator[_Place | str | Source]:
        """One sitemap: its pages, or the sitemaps that it names."""
        key = identity(place.where, _as_it_is) if is_address(place.where) else os.path.realpath(place.where)
        if key in self._read:
            self._ledger.note(place.where, "the sitemap is named more than once, and was read once")
            return
        if len(self._read) >= self._limits.sitemaps:
            detail = f"the sitemap is not read: there are more than {self._limits.sitemaps:,} of them"
            yield self._failed(Source(masked(place.where), reason=NotCheckedReason.CAPPED, detail=detail))
            return
        self._read.add(key)
        pieces, base, failure = self._opened(place)
        if failure is not None:
            yield self._failed(failure)
            return
        hosts = place.hosts | ({site_host(base)} if base and place.named else frozenset())
        found = 0
        try:
            for entry in entries(pieces, self._limits):
                found += 1
                url = resolved(entry.url, base) if entry.url else None
                if url is None:
                    self._ledger.discovered += 1
                    self._ledger.skip(
                        entry.url or place.where, f"line {entry.line} of the sitemap holds no http address", "no http address in a sitemap"
                    )
                    continue
                hosts = hosts or frozenset((site_host(url),))
                told = self._nested(place, hosts, url) if entry.sitemap else self._page(hosts, url, entry)
                if told is not None:
                    yield told
        except BadSitemap as fault:
            yield self._unreadable(place, fault.reason, f"the sitemap cannot be read{' to its end' if found else ''}: {fault.detail}")
        else:
            if not found and place.named:
                yield self._unreadable(place, NotCheckedReason.EMPTY, "the sitemap names no page")
            elif not found:
                self._ledger.note(place.where, "the sitemap names no page")

    def _opened(self, place: _Place) -> tuple[Iterator[bytes], str | None, Source | None]:
        """The bytes, the address that relative ones start from, or why there are no bytes."""
        if not is_address(place.where):
            return of_file(Path(place.where)), None, None
        source = self._fetcher.fetch(place.where, "xml")
        base = (source.http.url if source.http else None) or place.where
        if source.body is None:
            return iter(()), base, replace(source, detail=f"the sitemap cannot be read: {source.detail or 'there is no answer'}")
        return of_bytes(source.body), base, None

    def _nested(self, place: _Place, hosts: frozenset[str], url: str) -> _Place | Source | None:
        if place.depth + 1 >= self._limits.sitemap_depth:
            detail = f"the sitemap is not read: sitemaps name sitemaps more than {self._limits.sitemap_depth} deep"
            return self._failed(Source(masked(url), url=masked(url), reason=NotCheckedReason.CAPPED, detail=detail))
        if not is_address(place.where):
            # What lies beside its index is read there; the name alone, so no path leads out of the folder.
            name = os.path.basename(path_of(url))  # noqa: PTH119
            beside = os.path.join(os.path.dirname(place.where), name)  # noqa: PTH118, PTH120
            if name and os.path.isfile(beside):  # noqa: PTH113
                return _Place(beside, place.depth + 1, hosts)
        if not self._ours(hosts, url):
            self._ledger.discovered += 1
            self._ledger.skip(url, "the sitemap lies on another host than the one that names it", "a sitemap on another host")
            return None
        return _Place(url, place.depth + 1, hosts)

    def _page(self, hosts: frozenset[str], url: str, entry: Entry) -> str | None:
        """The address, or None where its page is not wanted; the ledger says why."""
        ledger, wanted = self._ledger, self._wanted
        ledger.discovered += 1
        if not self._pages.add(identity(url, self._strip)):
            ledger.duplicates += 1
            return None
        if not self._ours(hosts, url):
            ledger.skip(url, "the page lies on another host than its sitemap", "a page on another host than its sitemap")
            return None
        if why := no_page(url):
            ledger.skip(url, *why)
            return None
        if wanted.excluded(url):
            ledger.leave_out("--exclude")
        elif not wanted.included(url):
            ledger.leave_out("not in --include")
        elif old := wanted.too_old(entry.changed):
            ledger.leave_out("not changed since --since")
        else:
            ledger.undated += old is None
            return url
        return None

    def _ours(self, hosts: frozenset[str], url: str) -> bool:
        if self._wanted.any_host:
            return True
        host = site_host(url)
        return host in hosts or host in self._wanted.hosts

    def _failed(self, source: Source) -> Source:
        self._ledger.discovered += 1
        return source

    def _unreadable(self, place: _Place, reason: NotCheckedReason, detail: str) -> Source:
        local = not is_address(place.where)
        name = _shown(place.where) if local else masked(place.where)
        return self._failed(
            Source(name, path=place.where if local else None, url=None if local else name, reason=reason, detail=detail, fetched=not local)
        )


def robots_sitemaps(body: bytes, url: str) -> Iterator[str]:
    """The sitemaps that a robots.txt names, wherever they stand in it.

    >>> list(robots_sitemaps(b"User-agent: *\\nDisallow: /a\\nsitemap : /news.xml # new\\n", "https://a.example/"))
    ['https://a.example/news.xml']
    """
    told = 0
    for line in body[:_ROBOTS_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition(":")
        if colon and field.strip().lower() == "sitemap":
            found = resolved(value.partition(" #")[0].strip(), url)
            if found is not None and told < _MOST_TOLD:
                told += 1
                yield found


def _kind(path: str) -> str | None:
    """What a file is by how it begins: its root element, or "lines" for a list of addresses."""
    head = b""
    try:
        for piece in unpacked(of_file(Path(path)), 1 << 20):
            head += piece
            if len(head) >= 65_536:
                break
    except BadSitemap:
        # It is named like a sitemap and damaged: reading it says so.
        return "urlset" if "sitemap" in os.path.basename(path).lower() else None  # noqa: PTH119
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "lines" if text[:8].lower().startswith((b"http://", b"https://")) else root_of(head)


def _as_it_is(url: str) -> str:
    return url


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
