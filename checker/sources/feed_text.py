"""What the elements of a feed say: RSS in its versions, RDF and Atom, with text, escaped HTML and XHTML in them."""

from __future__ import annotations

import re
from html import escape, unescape

from checker.model import NotCheckedReason
from checker.sources.sitemap_bytes import BadSitemap
from checker.sources.sitemap_entries import FEEDS

# Elements of HTML without an end tag: written with one, they would count twice.
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_TAGS = re.compile(r"<[^>]*>")
# "editor@site.example (Ada Pott)", as RSS wants its authors.
_MAIL = re.compile(r"\s*\S+@\S+\s*\(([^()]{1,200})\)\s*").fullmatch
_BARE_MAIL = re.compile(r"\s*\S+@\S+\s*").fullmatch
# Which elements of an item are kept, by their name without prefix, lower-case. "encoded" is RSS's content module.
_KEPT = frozenset((
    "title", "link", "guid", "encoded", "content", "description", "summary", "creator", "author", "name",
    "pubdate", "date", "updated", "published", "issued",
))  # fmt: skip
_DATES = ("published", "pubdate", "issued", "date", "updated")
_BODIES = ("encoded", "content")
_SUMMARIES = ("description", "summary")
# Prefixes whose elements share a name with the feed's own and mean something else: itunes:author is one of the few that mean the same.
_FOREIGN = frozenset(("media", "image", "itunes", "googleplay", "source", "thr", "wfw", "slash"))


class RawItem:
    """The fields of one item as they are written: the first of each name."""

    def __init__(self, language: str | None, author: str | None) -> None:
        self.link = ""
        self.language = language
        self._feed_author = author
        self._fields: dict[str, tuple[str, str]] = {}

    def put(self, name: str, text: str, kind: str) -> None:
        """A field and its type: text, html or xhtml."""
        if text.strip():
            self._fields.setdefault(name, (text, kind))

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._fields

    def settle(self) -> None:
        """The link, once all fields are known: an RSS item without one may have its address as its guid."""
        guid = self._fields.get("guid", ("", ""))[0].strip()
        if not self.link and guid.startswith(("http://", "https://")):
            self.link = guid

    def title(self) -> str:
        """The title as text."""
        text, kind = self._fields.get("title", ("", "text"))
        plain = text if kind == "text" else unescape(_TAGS.sub("", text))
        return " ".join(plain.split())

    def html(self) -> tuple[str, bool]:
        """The text as HTML, and whether it is more than a summary."""
        for names, whole in ((_BODIES, True), (_SUMMARIES, False)):
            for name in names:
                if name in self._fields:
                    text, kind = self._fields[name]
                    return (f"<p>{escape(text)}</p>" if kind == "text" else text), whole
        return "", False

    def author(self) -> str | None:
        """The author as the feed says, without a mail address."""
        told = next((self._fields[name][0] for name in ("creator", "name", "author") if name in self._fields), None) or self._feed_author
        if told is None:
            return None
        mail = _MAIL(told)
        name = " ".join(unescape(mail[1] if mail else told).split())
        return None if not name or _BARE_MAIL(name) else name

    def date(self) -> str | None:
        """When it was published, as the feed writes it."""
        return next((self._fields[name][0].strip()[:60] for name in _DATES if name in self._fields), None)


class FeedReader:
    """Takes what the parser tells; `taken()` gives the items that are whole."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._ready: list[RawItem] = []
        self._depth = 0
        self._item: RawItem | None = None
        self._item_at = 0
        self._language: str | None = None
        self._author: str | None = None
        self._atom = False
        self._field: str | None = None
        self._field_at = 0
        self._kind = "html"
        self._parts: list[str] = []
        self._length = 0

    def taken(self) -> list[RawItem]:
        """What is ready, once."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str], _line: int) -> None:
        """A start tag."""
        self._depth += 1
        prefix, _, local = name.lower().rpartition(":")
        if self._depth == 1:
            self._begin(local, attributes)
        elif self._field is not None:
            if self._kind == "xhtml":
                told = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if ":" not in key)
                self._add(f"<{local}{told}>")
            elif self._field == "author" and local == "name":
                self._parts, self._length = [], 0  # Atom's author is a name, a mail address and a site
        elif self._item is None:
            if local in ("item", "entry"):
                self._item = RawItem(attributes.get("xml:lang") or self._language, self._author)
                self._item_at = self._depth
            elif local in ("language", "author") and prefix not in _FOREIGN and self._depth <= 3:
                self._take(local, "text")
        elif self._depth == self._item_at + 1 and prefix not in _FOREIGN and local in _KEPT:
            if local == "link" and "href" in attributes:
                if attributes.get("rel", "alternate") == "alternate":
                    self._item.link = self._item.link or attributes["href"].strip()
            elif local != "content" or "src" not in attributes:
                self._take(local, self._kind_of(local, attributes))

    def end(self, name: str) -> None:
        """An end tag."""
        local = name.lower().rpartition(":")[2]
        if self._field is not None:
            if self._depth == self._field_at:
                self._close(self._field, "".join(self._parts))
                self._field = None
            elif self._kind == "xhtml" and local not in _VOID:
                self._add(f"</{local}>")
            elif self._field == "author" and local == "name":
                self._close("name", "".join(self._parts))
        elif self._item is not None and self._depth == self._item_at:
            self._item.settle()
            self._ready.append(self._item)
            self._item = None
        self._depth -= 1

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._field is not None:
            self._add(escape(text, quote=False) if self._kind == "xhtml" else text)

    def _begin(self, root: str, attributes: dict[str, str]) -> None:
        if root not in FEEDS:
            what = "an HTML page" if root == "html" else f"XML with the root element {root[:40]}"
            raise BadSitemap(NotCheckedReason.UNREADABLE, f"it is {what}, not a feed")
        self._atom = root == "feed"
        self._language = attributes.get("xml:lang")

    def _kind_of(self, name: str, attributes: dict[str, str]) -> str:
        if self._atom:
            told = attributes.get("type", "text").lower()
            return "xhtml" if told in ("xhtml", "application/xhtml+xml") else "html" if "html" in told else "text"
        return "text" if name not in (*_BODIES, *_SUMMARIES, "title") else "html"

    def _take(self, name: str, kind: str) -> None:
        self._field, self._field_at, self._kind = name, self._depth, kind
        self._parts, self._length = [], 0

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._most:
            raise BadSitemap(NotCheckedReason.CAPPED, f"a text in it is larger than {self._most:,} characters")
        self._parts.append(text)

    def _close(self, name: str, text: str) -> None:
        if self._item is None:
            if name == "language":
                self._language = text.strip()[:35] or self._language
            elif text.strip():
                self._author = self._author or text.strip()
        elif name == "link":
            self._item.link = self._item.link or text.strip()
        elif name == "name" or (name == "author" and self._item.has("name")):
            self._item.put("name", text, "text")
        else:
            self._item.put(name, text, self._kind)
