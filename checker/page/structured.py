"""What a page says of itself to machines: JSON-LD, microdata and RDFa-lite, meta tags. Kept apart from what a reader sees.

JSON-LD is read without a processor: `@graph`, `@id` references inside the page, lists and strings. Nothing is ever fetched.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.facts import ImageObject
from checker.page.document import Document
from checker.text import tidy

# The longest JSON-LD block read, and the most objects looked at; hostile pages carry more.
_MOST_JSON = 3_000_000
_MOST_OBJECTS = 5_000
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPERS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in structured data, as written. `source`: json-ld, meta, microdata, rdfa. `type`: Person, Organization or None where it does not say.

    `bare`: a text in the place of an object.
    """

    name: str
    source: str
    type: str | None = None
    url: str | None = None
    node: int = -1
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An ImageObject: every address it is known under, who is named for it in one line, and what it says field by field (None: a bare address)."""

    urls: tuple[str, ...]
    credit: str | None
    data: ImageObject | None


def _decode(text: str) -> Iterator[Any]:
    """The JSON values of a block; safe mends only: wrappers, raw line breaks, trailing commas and semicolons, several values in a row."""
    text = text.strip()
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        text = _WRAPPERS.sub("", _WRAPPERS.sub("", text))
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while at < len(text):
        while at < len(text) and text[at] in " \t\r\n;,":
            at += 1
        if at >= len(text):
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            mended = _TRAILING_COMMA.sub(r"\1", text[at:])
            value, _ = decoder.raw_decode(mended)
            yield value
            return
        yield value


def json_ld(document: Document) -> tuple[list[dict[str, Any]], int]:
    """All objects of the page's JSON-LD blocks, outermost first, and how many blocks could not be read."""
    objects: list[dict[str, Any]] = []
    broken = 0
    for node in document.all("script"):
        kind = document.attrs[node].get("type", "").lower()
        if "ld+json" not in kind:
            continue
        text = document.raw_text(node)
        if not text.strip():
            continue
        try:
            for value in _decode(text[:_MOST_JSON]):
                objects.extend(_top_objects(value))
        except (ValueError, RecursionError):
            broken += 1
    return objects[:_MOST_OBJECTS], broken


def _top_objects(value: Any) -> Iterator[dict[str, Any]]:
    todo = [value]
    while todo:
        item = todo.pop(0)
        if isinstance(item, list):
            todo[:0] = item[:_MOST_OBJECTS]
        elif isinstance(item, dict):
            graph = item.get("@graph")
            if isinstance(graph, (list, dict)):
                todo[:0] = graph[:_MOST_OBJECTS] if isinstance(graph, list) else [graph]
            if graph is None or "@type" in item:
                yield item


def types_of(item: Mapping[str, Any]) -> list[str]:
    """The object's types, without the vocabulary's address."""
    kinds = item.get("@type") or []
    return [str(kind).rsplit("/", 1)[-1].removeprefix("schema:") for kind in (kinds if isinstance(kinds, list) else [kinds])]


def as_list(value: Any) -> list[Any]:
    """A value or list of values as a list; None is the empty list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def as_text(value: Any) -> str | None:
    """A text value (also of `{"@value": …}` and the first of a list), unescaped and tidied; None if there is none."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return tidy(html.unescape(html.unescape(value)))[:2000] or None


class Graph:
    """The objects of a page with the references between them."""

    def __init__(self, objects: list[dict[str, Any]]) -> None:
        self.objects = objects
        self._by_id: dict[str, dict[str, Any]] = {}
        for item in objects:
            known = item.get("@id")
            if isinstance(known, str) and (known not in self._by_id or len(item) > len(self._by_id[known])):
                self._by_id[known] = item

    def follow(self, value: Any) -> Any:
        """The object that a bare reference points to, or the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return self._by_id.get(value["@id"], value)
        return value

    def names(self, value: Any, source: str = "json-ld") -> list[Named]:
        """The persons or organisations of an `author` or `creator` property."""
        found: list[Named] = []
        for written in as_list(value)[:50]:
            item = self._whole(written)
            if isinstance(item, str):
                text = tidy(html.unescape(html.unescape(item)))
                # An address names nobody, unless it is the address of an object of this page.
                target = self._by_id.get(item) if text.startswith(("http://", "https://", "/", "#", "_:")) else None
                if target is not None:
                    found += self._named(target, source)
                elif text and not text.startswith(("http://", "https://", "/", "#")):
                    found.append(Named(text[:300], source, bare=True))
            elif isinstance(item, dict):
                found += self._named(item, source)
        return found

    def _whole(self, value: Any) -> Any:
        """The value with what the page says elsewhere of the object that it refers to."""
        known = self._by_id.get(value["@id"]) if isinstance(value, dict) and isinstance(value.get("@id"), str) else None
        return {**known, **value} if known is not None else value

    def _named(self, item: Mapping[str, Any], source: str) -> list[Named]:
        kinds = types_of(item)
        kind = "Person" if "Person" in kinds else next(iter(kinds), None)
        url = _address(item.get("url")) or _address(item.get("sameAs"))
        names = (as_text(name) for name in as_list(item.get("name"))[:20])
        return [Named(name[:300], source, kind, url) for name in names if name]

    def picture(self, value: Any) -> Picture | None:
        """An image property as a picture."""
        value = self.follow(value)
        if isinstance(value, str):
            return Picture((value,), None, None)
        if not isinstance(value, dict):
            return None
        urls = tuple(url for key in ("url", "contentUrl", "@id", "thumbnailUrl") for url in as_list(value.get(key)) if isinstance(url, str))
        people = next((named for key in ("creator", "author", "copyrightHolder") if (named := self.names(value.get(key)))), [])
        makers = self.names(value.get("creator"))
        data = ImageObject(
            credit_text=as_text(value.get("creditText")),
            creators=tuple(named.name for named in makers),
            copyright_notice=as_text(value.get("copyrightNotice")),
            licence=_address(value.get("license")),
            acquire_licence_page=_address(value.get("acquireLicensePage")),
            digital_source_type=_address(value.get("digitalSourceType")),
        )
        credit = data.credit_text or ", ".join(named.name for named in people) or data.copyright_notice
        return Picture(urls, credit, data)


def _address(value: Any) -> str | None:
    """An address, also of `{"@id": …}` and `{"url": …}`."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return as_text(value)


# A person's item has few elements; one of more holds the piece.
_LARGEST_ITEM = 300
# Elements whose microdata speaks of somebody else's words.
_NOT_MAIN = ("Comment", "UserComments", "Person", "ImageObject", "VideoObject", "Product", "ItemList", "BreadcrumbList", "Organization")


def microdata_authors(document: Document) -> list[Named]:
    """`itemprop=author` and RDFa-lite `property=author` of the page's pieces, in document order."""
    found: list[Named] = []
    for node in document.having("itemprop", "property"):
        attrs = document.attrs[node]
        for key, source in (("itemprop", "microdata"), ("property", "rdfa")):
            words = attrs.get(key, "").replace("schema:", "").lower().split()
            if not {"author", "creator"} & set(words) or document.tags[node] == "meta" or document.ends[node] - node > _LARGEST_ITEM:
                continue
            if source == "microdata" and _scope(document, node) in _NOT_MAIN:
                continue
            name_node = next(
                (inner for inner in range(node + 1, document.ends[node]) if "name" in document.attrs[inner].get(key, "").lower().split()), None
            )
            text = (
                (document.attrs[name_node].get("content") or document.text(name_node))
                if name_node is not None
                else attrs.get("content") or document.text(node)
            )
            kind = attrs.get("itemtype", attrs.get("typeof", "")).rstrip("/").rsplit("/", 1)[-1].removeprefix("schema:") or None
            if text and len(text) < 300:
                bare = kind is None and "itemscope" not in attrs and name_node is None
                found.append(Named(tidy(text), source, kind, attrs.get("href") or _item_address(document, node, key), node, bare))
    return found


def _item_address(document: Document, node: int, key: str) -> str | None:
    """The address that an item gives for itself."""
    inner = (at for at in range(node + 1, document.ends[node]) if {"url", "sameas"} & set(document.attrs[at].get(key, "").lower().split()))
    at = next(inner, None)
    return document.attrs[at].get("href") or document.attrs[at].get("content") if at is not None else None


def _scope(document: Document, node: int) -> str | None:
    """The type of the nearest item around a property."""
    for outer in document.ancestors(node):
        attrs = document.attrs[outer]
        if "itemscope" in attrs:
            return attrs.get("itemtype", "").rstrip("/").rsplit("/", 1)[-1] or None
    return None
