"""The items of a feed (RSS or Atom) as pages of their own: what a reader of the feed sees of each article, under the address that it links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from checker.model import NotCheckedReason, Source
from checker.scopes import is_address
from checker.sources.addresses import resolved
from checker.sources.feed_text import FeedReader, RawItem
from checker.sources.guarded_xml import BrokenXml, parse
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.secrets import masked
from checker.sources.sitemap_bytes import BadSitemap, of_bytes, of_file, unpacked
from checker.sources.sitemap_entries import FEEDS, root_of

_FEED_NAMES = (".xml", ".rss", ".atom", ".rdf", ".xml.gz", ".rss.gz", ".atom.gz")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One article as the feed tells it. `whole`: the feed carries its text, not a summary only. `language` is the feed's or the item's."""

    link: str | None
    title: str
    html: str
    author: str | None
    date: str | None
    whole: bool = True
    language: str | None = None

    def page(self) -> bytes:
        """A small page with the item in it: title, author and date as the feed says them."""
        language = f' lang="{escape(self.language)}"' if self.language else ""
        canonical = f'<link rel="canonical" href="{escape(self.link)}">\n' if self.link else ""
        meta = '<meta property="og:type" content="article">\n'
        meta += f'<meta name="author" content="{escape(self.author)}">\n' if self.author else ""
        byline = f'<p class="byline author">{escape(self.author)}</p>\n' if self.author else ""
        date = f'<p><time datetime="{escape(self.date)}">{escape(self.date)}</time></p>\n' if self.date else ""
        return (
            f'<!doctype html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n<title>{escape(self.title)}</title>\n{canonical}{meta}</head>\n'
            f"<body>\n<article>\n<h1>{escape(self.title)}</h1>\n{byline}{date}{self.html}\n</article>\n</body>\n</html>\n"
        ).encode("utf-8", "replace")


def items(body: bytes, url: str | None, limits: Limits | None = None) -> Iterator[FeedItem]:
    """The items of a feed in their order. Raises BadSitemap, after those that came before the fault."""
    return _items(of_bytes(body), url, limits or Limits())


def open_feed(argument: str, limits: Limits | None = None) -> Feed | None:
    """The stream of a file that is a feed by its name and by how it begins; None for anything else."""
    if is_address(argument) or not argument.lower().endswith(_FEED_NAMES):
        return None
    return Feed(Source(argument, path=argument), limits) if _is_feed(of_file(Path(argument))) else None


def feed_of(source: Source, limits: Limits | None = None) -> Feed | None:
    """The stream of what was fetched, if it is a feed by how it begins; None for anything else."""
    return Feed(source, limits) if source.body is not None and _is_feed(of_bytes(source.body)) else None


def _is_feed(pieces: Iterable[bytes]) -> bool:
    head = b""
    try:
        for piece in unpacked(pieces, 1 << 20):
            head += piece
            if len(head) >= 65_536:
                break
    except BadSitemap:
        return False
    return root_of(head) in FEEDS


class Feed(Ledger):
    """A stream of the items of one feed: of a source with its bytes, or of a file (`path`)."""

    def __init__(self, source: Source, limits: Limits | None = None) -> None:
        super().__init__()
        self._source = source
        self._limits = limits or Limits()

    def __iter__(self) -> Iterator[Item]:
        source = self._source
        if source.reason is not None:
            self.discovered += 1
            yield Item(source.name, None, given=source)
            return
        url = (source.http.url if source.http else None) or source.url
        pieces = of_bytes(source.body) if source.body is not None else of_file(Path(source.path or ""))
        number = 0
        try:
            for number, item in enumerate(_items(pieces, url, self._limits), 1):
                self.discovered += 1
                name = f"{source.name}#{number}" + (f" {masked(item.link)}" if item.link else "")
                if not item.html.strip():
                    self.skip(name, "the feed carries no text of it")
                    continue
                if not item.whole:
                    self.note(name, "the feed carries only a summary of it")
                # It came from the site, even where the file lies here: a page cannot acquit itself by a directive.
                page = Source(name, item.page(), path=source.path, url=item.link, charset="utf-8", fetched=True)
                yield Item(name, None, named=False, given=page)
            if not number:
                yield self._unread(NotCheckedReason.EMPTY, "the feed holds no item")
        except BadSitemap as fault:
            yield self._unread(fault.reason, f"the feed cannot be read{' to its end' if number else ''}: {fault.detail}")

    def _unread(self, reason: NotCheckedReason, detail: str) -> Item:
        self.discovered += 1
        source = self._source
        told = Source(source.name, path=source.path, url=source.url, reason=reason, detail=detail, fetched=source.fetched)
        return Item(source.name, None, given=told)


def _items(pieces: Iterable[bytes], url: str | None, limits: Limits) -> Iterator[FeedItem]:
    reader = FeedReader(limits.body_bytes)
    found = 0
    try:
        for _ in parse(unpacked(pieces, limits.sitemap_bytes), reader):
            for raw in reader.taken():
                found += 1
                yield _item(raw, url)
    except (BrokenXml, BadSitemap) as fault:
        for raw in reader.taken():
            found += 1
            yield _item(raw, url)
        before = f"; {found:,} {'item was' if found == 1 else 'items were'} read before" if found else ""
        if isinstance(fault, BadSitemap):
            raise BadSitemap(fault.reason, fault.detail + before) from None
        raise BadSitemap(NotCheckedReason.DAMAGED, f"broken XML in line {fault.line}: {fault.why}{before}") from None


def _item(raw: RawItem, url: str | None) -> FeedItem:
    link = resolved(raw.link, url) if raw.link else None
    html, whole = raw.html()
    return FeedItem(link, raw.title(), html, raw.author(), raw.date(), whole, raw.language)
