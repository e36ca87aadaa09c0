"""The addresses that a sitemap, an index of sitemaps, a feed or a plain list names, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.model import NotCheckedReason
from checker.sources.guarded_xml import BrokenXml, parse
from checker.sources.limits import Limits
from checker.sources.sitemap_bytes import BadSitemap, unpacked
from checker.sources.sniff import begins_a_page

_LONGEST_TEXT = 16_000
_HEAD = 4_096
_MARKS_OF_TWO = (b"\xff\xfe", b"\xfe\xff")
# What a document of each kind (by its root element) keeps its addresses in, and which children tell address and time.
_KINDS = {
    "urlset": ("url", "loc", ("lastmod",)),
    "sitemapindex": ("sitemap", "loc", ("lastmod",)),
    "rss": ("item", "link", ("updated", "pubdate", "date")),
    "rdf": ("item", "link", ("updated", "date")),
    "feed": ("entry", "link", ("updated", "modified", "published", "issued")),
}
FEEDS = frozenset(("rss", "rdf", "feed"))


class Entry(NamedTuple):
    """One address as it is written. `sitemap`: it is that of another sitemap."""

    url: str
    changed: str | None
    line: int
    sitemap: bool = False


def entries(pieces: Iterable[bytes], limits: Limits) -> Iterator[Entry]:
    """The addresses of a sitemap in their order, whatever its form. Raises BadSitemap, after those that came before the fault."""
    found = 0
    try:
        for found, entry in enumerate(_of_any_form(unpacked(pieces, limits.sitemap_bytes)), 1):
            if found > limits.sitemap_urls:
                break
            yield entry
        else:
            return
    except BrokenXml as fault:
        raise BadSitemap(NotCheckedReason.DAMAGED, f"broken XML in line {fault.line}: {fault.why}{_read(found)}") from None
    except BadSitemap as fault:
        raise BadSitemap(fault.reason, fault.detail + _read(found)) from None
    raise BadSitemap(NotCheckedReason.CAPPED, f"it names more than {limits.sitemap_urls:,} addresses, and the others are not read")


def root_of(head: bytes) -> str | None:
    """The root element of XML by how it begins, lower-case and without its prefix; None for what is no XML."""
    handler = _Entries()
    if not _is_xml(head) or begins_a_page(head):
        return None
    try:
        for _ in parse([head], handler):
            break
    except (BrokenXml, BadSitemap):
        pass
    return handler.root or None


def _read(found: int) -> str:
    return f"; {found:,} {'address was' if found == 1 else 'addresses were'} read before" if found else ""


def _of_any_form(pieces: Iterator[bytes]) -> Iterator[Entry]:
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _HEAD:
            break
    if not head.strip(b" \t\r\n\x00"):
        raise BadSitemap(NotCheckedReason.EMPTY, "it is empty")
    if begins_a_page(head):
        raise BadSitemap(NotCheckedReason.UNREADABLE, "it is an HTML page, not a sitemap")
    whole = _joined(head, pieces)
    return _of_xml(whole) if _is_xml(head) else _of_lines(whole)


def _joined(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _is_xml(head: bytes) -> bool:
    return head.startswith(_MARKS_OF_TWO) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _of_xml(pieces: Iterator[bytes]) -> Iterator[Entry]:
    handler = _Entries()
    try:
        for _ in parse(pieces, handler):
            yield from handler.taken()
    except (BrokenXml, BadSitemap):
        yield from handler.taken()
        raise


def _of_lines(pieces: Iterator[bytes]) -> Iterator[Entry]:
    """One address a line, in UTF-8."""
    begun = False
    for number, line in enumerate(_lines(pieces), 1):
        text = line.decode("utf-8", "replace").removeprefix("\ufeff").strip()
        if not text:
            continue
        if not begun and not text.lower().startswith(("http://", "https://")):
            raise BadSitemap(NotCheckedReason.UNREADABLE, "it is neither XML nor a list of addresses")
        begun = True
        yield Entry(text, None, number)


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        yield from whole
        rest = rest[:_LONGEST_TEXT]
    yield rest


class _Entries:
    """What the parser tells, turned into addresses."""

    def __init__(self) -> None:
        self.root = ""
        self._ready: list[Entry] = []
        self._depth = 0
        self._at = 0  # the depth of the element that holds an address, while we are in it
        self._prefix = ""
        self._container = self._address = ""
        self._times: tuple[str, ...] = ()
        self._url = ""
        self._told: dict[str, str] = {}
        self._line = 0
        self._taking: str | None = None
        self._text: list[str] = []
        self._length = 0

    def taken(self) -> list[Entry]:
        """What is ready, once."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """A start tag."""
        self._depth += 1
        prefix, colon, local = name.rpartition(":")
        if self._depth == 1:
            self._begin(local.lower())
        elif not self._at:
            if local == self._container and self._depth <= 3:
                self._at, self._prefix, self._line = self._depth, prefix + colon, line
                self._url, self._told = "", {}
        elif self._depth == self._at + 1:
            if local == self._address and prefix + colon == self._prefix:
                if "href" in attributes:
                    self._link(attributes)
                else:
                    self._take(self._address)
            elif (lower := local.lower()) in self._times:
                self._take(lower)

    def end(self, _name: str) -> None:
        """An end tag."""
        if self._taking is not None and self._depth == self._at + 1:
            text = "".join(self._text).strip()
            if self._taking == self._address:
                self._url = self._url or text
            else:
                self._told.setdefault(self._taking, text)
            self._taking = None
        elif self._depth == self._at:
            changed = next((self._told[time] for time in self._times if self._told.get(time)), None)
            # An item without an address is none that could be read; an entry of a sitemap without one is told.
            if self._url or self.root not in FEEDS:
                self._ready.append(Entry(self._url, changed, self._line, self.root == "sitemapindex"))
            self._at = 0
        self._depth -= 1

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._taking is not None and self._length < _LONGEST_TEXT:
            self._length += len(text)
            self._text.append(text)

    def _begin(self, root: str) -> None:
        self.root = root
        kind = _KINDS.get(root)
        if kind is None:
            what = "an HTML page" if root == "html" else f"XML with the root element {root[:40]}"
            raise BadSitemap(NotCheckedReason.UNREADABLE, f"it is {what}, not a sitemap")
        self._container, self._address, self._times = kind

    def _link(self, attributes: dict[str, str]) -> None:
        if attributes.get("rel", "alternate") == "alternate":
            self._url = self._url or attributes["href"].strip()

    def _take(self, what: str) -> None:
        self._taking, self._text, self._length = what, [], 0
