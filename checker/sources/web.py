"""Pages from the web, one after another: addresses, then what sitemaps name, then what crawls find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.errors import BadConfig
from checker.model import NotCheckedReason, Source
from checker.sources.addresses import Seen, Strip, foreign_kind, host_of, identity, resolved, site_host
from checker.sources.crawl import BATCH, Crawl, Reach
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.sample import pick
from checker.sources.secrets import masked
from checker.sources.sitemaps import Sitemaps
from checker.sources.stream import Fetched, Fetcher, HostState, Memory, fetched
from checker.sources.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Seeds:
    """Where to begin. `pages` are read whatever the patterns say; `sitemaps` are addresses, files, folders or whole sites; `crawls` are pages."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    crawls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """How many of the pages to read, and the number that decides which."""

    size: int
    seed: int = 0


class Web(Ledger):
    """A stream of pages over a fetcher; iterate it once. `population`: how many pages a sample was drawn from, None without one.
    `memory`: what an earlier run had fetched, and where this one writes it down.

    Raises BadConfig for a sample of a crawl.
    """

    def __init__(
        self,
        seeds: Seeds,
        fetcher: Fetcher,
        strip: Strip,
        *,
        wanted: Wanted | None = None,
        reach: Reach | None = None,
        limits: Limits | None = None,
        sample: Sample | None = None,
    ) -> None:
        super().__init__()
        if sample is not None and seeds.crawls:
            raise BadConfig("--sample: a crawl reads every page to find the next; use --max-pages, or a sitemap")
        if sample is not None and sample.size < 1:
            raise BadConfig("--sample: a sample has one page or more")
        self.population: int | None = None
        self.memory: Memory | None = None
        self._seeds = seeds
        self._fetcher = fetcher
        self._strip = strip
        self._wanted = wanted or Wanted()
        self._reach = reach or Reach()
        self._limits = limits or Limits()
        self._sample = sample
        self._done = Seen()
        self._named: set[str] = set()

    def hosts(self) -> Sequence[HostState]:
        """How the servers are that are asked, as far as the fetcher tells."""
        told: Callable[[], Sequence[HostState]] | None = getattr(self._fetcher, "hosts", None)
        return told() if told is not None else ()

    def __iter__(self) -> Iterator[Item]:
        if self._sample is None:
            yield from self._fetched(self._listed())
        else:
            yield from self._sampled(self._sample)
        if self._seeds.crawls:
            crawl = Crawl(self._fetcher, self._strip, self, self._wanted, self._reach, self._done, self.memory)
            yield from crawl.items(self._seeds.crawls)

    def _listed(self) -> Iterator[str | Source]:
        """The addresses, each once, before anything of their pages is known."""
        seen = Seen()
        for page in self._seeds.pages:
            self.discovered += 1
            url = resolved(page)
            if url is None:
                yield Source(masked(page), reason=NotCheckedReason.MISSING, detail="a page has an address with http:// or https://")
            elif seen.add(identity(url, self._strip)):
                self._named.add(url)
                yield url
            else:
                self.duplicates += 1
        sitemaps = Sitemaps(self._fetcher, self._strip, self, self._wanted, self._limits, seen)
        for place in self._seeds.sitemaps:
            yield from sitemaps.pages(place)

    def _sampled(self, sample: Sample) -> Iterator[Item]:
        failed: list[Source] = []
        picked, self.population = pick(_addresses(self._listed(), failed), sample.size, sample.seed)
        if self.population > len(picked):
            self.left_out["--sample"] = self.population - len(picked)
        yield from (_item(source) for source in failed)
        yield from self._fetched(picked)

    def _fetched(self, found: Iterable[str | Source]) -> Iterator[Item]:
        """Batches, because a fetcher at work is not asked for a sitemap in between."""
        batch: list[str] = []
        for each in found:
            if isinstance(each, Source):
                yield from self._batch(batch)
                batch = []
                yield _item(each)
            else:
                batch.append(each)
            if len(batch) == BATCH:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _feed(self, item: Item) -> Iterator[Item]:
        """The articles of a feed that the user named by its address; where it is none, the item that tells so."""
        from checker.sources.feeds import feed_of

        address = (item.given.url if item.given else None) or item.name
        feed = feed_of(self._fetcher.fetch(address, "xml"), self._limits)
        if feed is None:
            yield item
            return
        yield from feed
        # The address of the feed itself was counted when it was named, and stands for no page.
        self.discovered += feed.discovered - 1
        self.duplicates += feed.duplicates
        self.skipped += feed.skipped
        self.notes += feed.notes
        for why, count in feed.left_out.items():
            self.left_out[why] = self.left_out.get(why, 0) + count

    def _batch(self, urls: list[str]) -> Iterator[Item]:
        feeds: list[Item] = []
        for asked, found in fetched(urls, self._fetcher, self.memory):
            item = self._one(asked, found)
            if self.memory is not None:
                self.memory.keep(asked, found, is_item=item is not None)
            if item is not None and self._may_be_feed(asked, found.source):
                feeds.append(item)
            elif item is not None:
                yield item
        for item in feeds:
            yield from self._feed(item)

    def _may_be_feed(self, asked: str, source: Source) -> bool:
        kind = source.http.content_type if source.http else None
        return asked in self._named and source.reason is NotCheckedReason.NOT_HTML and foreign_kind(kind) is None

    def _one(self, asked: str, found: Fetched) -> Item | None:
        """The item of a page that was fetched; the ledger says why there is none."""
        source = found.source
        named = asked in self._named
        final = (resolved(source.http.url) if source.http else None) or asked
        if not named and site_host(final) not in {site_host(asked), *self._wanted.hosts} and not self._wanted.any_host:
            self.skip(asked, f"it leads to another host, {host_of(final)}", "an address that leads to another host")
            return None
        told = source.http.content_type if source.http else None
        kind = foreign_kind(told) if source.reason is NotCheckedReason.NOT_HTML else None
        if kind and not named:
            self.skip(asked, f"it is {kind}, which is no page")
            return None
        # Only pages can be the same: a thousand addresses that lead to one login are a thousand pages that were not checked.
        if source.reason is None and not self._done.add(identity(final, self._strip)):
            self.duplicates += 1
            self.note(asked, f"it leads to {masked(final)}, which was read")
            return None
        return _item(source, named)


def _item(source: Source, named: bool = True) -> Item:
    return Item(source.name, None, named=named, given=source)


def _addresses(found: Iterable[str | Source], failed: list[Source]) -> Iterator[str]:
    for each in found:
        if isinstance(each, Source):
            failed.append(each)
        else:
            yield each
