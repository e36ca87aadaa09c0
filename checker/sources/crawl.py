"""Pages that are found by following links: breadth first, in the order in which the pages name them, and never without an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.model import NotCheckedReason, Source
from checker.sources.addresses import Seen, Strip, host_of, identity, path_of, resolved, site_host
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.page_links import PageLinks, links_of
from checker.sources.secrets import masked
from checker.sources.stream import Fetched, Fetcher, Memory, fetched
from checker.sources.wanted import Wanted, no_page

# Addresses that are handed to the fetcher at a time.
BATCH = 500
_DEEPEST_PATH = 30
# "/a/b/a/b/a/b/a/b": a relative link that leads to itself; dates repeat a part three times at most (/2011/11/11/).
_REPEATED = 3
_MOST_KEPT = 100_000
_GONE = frozenset((404, 410))
_Why = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a crawl goes. `pages`: addresses that are fetched; `queries`: of one path (`/list?sort=…`); `prefix`: where paths must begin.

    Without a prefix a start that ends with a slash keeps the crawl below it, and any other start stands for its host.
    """

    depth: int = 5
    pages: int = 1_000
    queries: int = 200
    prefix: str | None = None


class Crawl:
    """`done` holds the pages that are items already, from wherever; `ledger` is kept meanwhile. `memory`: what an earlier run had fetched."""

    def __init__(
        self, fetcher: Fetcher, strip: Strip, ledger: Ledger, wanted: Wanted, reach: Reach, done: Seen, memory: Memory | None = None
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._strip = strip
        self._ledger = ledger
        self._wanted = wanted
        self._reach = reach
        self._done = done
        self._scope: list[tuple[str, str]] = []
        self._found = Seen()
        self._read = Seen()
        self._outside = Seen()
        self._queries: Counter[str] = Counter()
        self._twins: set[str] = set()
        self._unfollowed: dict[str, str] = {}
        self._queued = 0

    def items(self, starts: Sequence[str]) -> Iterator[Item]:
        """The pages within reach of these."""
        level: list[str] = []
        for start in starts:
            yield from self._start(start, level)
        asked_for = depth = 0
        while level:
            deeper: list[str] = []
            at = 0
            while at < len(level) and asked_for < self._reach.pages:
                batch = level[at : at + min(self._reach.pages - asked_for, BATCH)]
                at += len(batch)
                asked_for += len(batch)
                for asked, found in fetched(batch, self._fetcher, self._memory):
                    whole, item = self._one(asked, found, depth, deeper)
                    if self._memory is not None:
                        self._memory.keep(asked, whole, is_item=item is not None)
                    if item is not None:
                        yield item
            if at < len(level):
                deeper = level[at:] + deeper
                self._ledger.left_out["--max-pages"] = self._ledger.left_out.get("--max-pages", 0) + len(deeper)
                break
            level = deeper
            depth += 1
        for key, url in self._unfollowed.items():
            if self._found.add(key):
                self._ledger.discovered += 1
                self._ledger.skip(url, "every link to it asks not to be followed")

    def _start(self, start: str, level: list[str]) -> Iterator[Item]:
        url = resolved(start)
        self._ledger.discovered += 1
        if url is None:
            name = masked(start)
            told = Source(name, reason=NotCheckedReason.MISSING, detail="a crawl starts at an address with http:// or https://")
            yield Item(name, None, given=told)
            return
        path = path_of(url)
        self._scope.append((site_host(url), self._reach.prefix or (path if path.endswith("/") else "/")))
        if self._found.add(identity(url, self._strip)):
            level.append(url)
            self._queued += 1
        else:
            self._ledger.duplicates += 1

    def _one(self, asked: str, found: Fetched, depth: int, deeper: list[str]) -> tuple[Fetched, Item | None]:
        """A page that was fetched, with its links, which are followed; it is an item, or the ledger says why not."""
        ledger, source = self._ledger, found.source
        final = (resolved(source.http.url) if source.http else None) or asked
        kind = source.http.content_type if source.http else None
        why = None if depth == 0 else self._no_item(source, final, kind)
        if why:
            ledger.skip(asked, *why)
            return found, None
        item = Item(source.name, None, named=depth == 0, given=source)
        if source.reason is not None or (source.body is None and not found.recalled):
            return found, item
        key = identity(final, self._strip)
        self._found.add(key)
        if not self._read.add(key):
            self._again(asked, f"it leads to {masked(final)}, which was read")
            return found, None
        links = links_of(source, final) if found.links is None else found.links
        self._follow(links, depth, deeper)
        return replace(found, links=links), item if self._is_new(asked, final, key, links) else None

    def _is_new(self, asked: str, final: str, key: str, links: PageLinks) -> bool:
        """Whether the page is one of its own, and wanted."""
        ledger = self._ledger
        if links.noindex:
            ledger.note(final, "it asks not to be indexed")
        if not self._done.add(key):
            self._again(asked, f"{masked(final)} was read already")
        elif self._is_copy(links, final, key):
            self._again(asked, f"it calls {masked(links.canonical or '')} its canonical address, which was read")
        elif not self._wanted.included(final):
            ledger.leave_out("not in --include")
        else:
            return True
        return False

    def _no_item(self, source: Source, final: str, content_type: str | None) -> _Why | None:
        """Why what a link led to is no page of the crawl; a fault of the server's is none of these."""
        if not self._within(final):
            return f"it leads out of the crawl, to {host_of(final)}", "a link that leads out of the crawl"
        if source.reason is NotCheckedReason.ROBOTS:
            return ("robots.txt does not allow it",) * 2
        # Every real site has dead links, and behind one there is no page that could be checked. What says so with status 200 may be one.
        if source.reason is NotCheckedReason.NOT_FOUND and source.http is not None and source.http.status in _GONE:
            return f"a link leads to it, and {source.detail}", "a dead link"
        # Where the server calls it a page and it is none, that is the server's fault, or the reader's.
        kind = (content_type or "").partition(";")[0].strip().lower()
        if source.reason is NotCheckedReason.NOT_HTML and kind and "html" not in kind and kind != "application/octet-stream":
            return (f"it is {kind[:60]}, which is no page",) * 2
        return None

    def _again(self, asked: str, note: str) -> None:
        self._ledger.duplicates += 1
        self._ledger.note(asked, note)

    def _is_copy(self, links: PageLinks, final: str, key: str) -> bool:
        """Whether the page names another one, which was read, as the page that it is.

        Only where they differ in nothing but scheme, `www.` and query: sites that by mistake call their front page canonical everywhere would
        otherwise vanish. A page that was found as the AMP twin, or as the next part of another, is one of its own.
        """
        canonical = links.canonical
        if canonical is None or not self._within(canonical):
            return False
        other = identity(canonical, self._strip)
        if other == key:
            return False
        if path_of(canonical) != path_of(final) or site_host(canonical) != site_host(final) or key in self._twins:
            self._ledger.note(final, f"its canonical address is {masked(canonical)}")
            return False
        # The first of them that is read stands for both.
        self._found.add(other)
        return not self._done.add(other)

    def _follow(self, links: PageLinks, depth: int, deeper: list[str]) -> None:
        if len(self._twins) < _MOST_KEPT:
            self._twins.update(identity(twin, self._strip) for twin in links.twins)
        for target, nofollow in links.links:
            key = identity(target, self._strip)
            if key in self._found:
                continue
            if not self._within(target):
                self._ledger.outside += self._outside.add(key)
            elif nofollow and len(self._unfollowed) < _MOST_KEPT:
                self._unfollowed.setdefault(key, target)
            else:
                self._found.add(key)
                self._ledger.discovered += 1
                self._queue(self._strip(target), depth, deeper)

    def _queue(self, url: str, depth: int, deeper: list[str]) -> None:
        if why := no_page(url) or self._trap(url):
            self._ledger.skip(url, *why)
        elif self._wanted.excluded(url):
            self._ledger.leave_out("--exclude")
        elif depth >= self._reach.depth:
            self._ledger.leave_out("--depth")
        elif self._queued >= 2 * self._reach.pages:  # more than can be fetched need not be kept
            self._ledger.leave_out("--max-pages")
        else:
            self._queued += 1
            deeper.append(url)

    def _trap(self, url: str) -> _Why | None:
        """Why an address looks like one of endlessly many."""
        path, asked, _ = url.partition("?")
        parts = [part for part in path_of(url).split("/") if part]
        if len(parts) > _DEEPEST_PATH:
            return f"its path has {len(parts)} parts", f"a path of more than {_DEEPEST_PATH} parts"
        if parts and max(Counter(parts).values()) > _REPEATED:
            return ("its path repeats itself",) * 2
        if asked:
            self._queries[path] += 1
            if self._queries[path] > self._reach.queries:
                return (f"more than {self._reach.queries} queries of one path",) * 2
        return None

    def _within(self, url: str) -> bool:
        host, path = site_host(url), path_of(url)
        return any(host == own and path.startswith(prefix) for own, prefix in self._scope)
