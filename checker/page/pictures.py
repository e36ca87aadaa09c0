"""The pictures of a page, each once: an image with all addresses it is offered under."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from checker.facts import Region
from checker.page.document import Document

# Attributes from which scripts take the address, and whether it holds several.
_LAZY = {
    name: "srcset" in name
    for name in (
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-orig-file",
        "data-large-file",
        "data-hi-res-src",
        "data-pin-media",
        "data-full-url",
        "data-image",
        "data-url",
        "data-lazy",
        "data-srcset",
        "data-lazy-srcset",
        "srcset",
        "data-full-src",
        "data-img-src",
        "data-delayed-url",
        "data-echo",
        "data-medium-file",
        "data-permalink",
    )
}
_IMAGES = ("img", "amp-img", "amp-anim", "image")
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_CANDIDATES = re.compile(r",\s+|(?<=[wx]),")
_SIZE_IN_NAME = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w+$)|-scaled(?=\.\w+$)|@\dx(?=\.\w+$)")
# So many addresses tell one picture from another.
_MOST = 50
# Two showings of one picture stand no further apart than this: a background behind an image that loads.
_APART = 8
# A file name up to so long, with its ending, tells no picture from another.
_SHORT_NAME = 9
# A `picture` has no more sources than this before its image.
_SOURCES = 60


@dataclass(slots=True)
class Picture:
    """One image. `why` says what made it content or not, `kind` what its address says that it is; `frame` is what holds it and no other.

    `around` are its ancestors from the inside out, `link` the nearest link among them.
    """

    node: int
    src: str
    around: list[int]
    link: int | None
    sources: list[str] = field(default_factory=list)
    content: bool = True
    why: str = "in the main piece"
    region: Region = Region.ARTICLE
    kind: str | None = None
    frame: int = -1
    _addresses: list[str] | None = field(default=None, repr=False)
    _names: frozenset[str] | None = field(default=None, repr=False)

    @property
    def addresses(self) -> list[str]:
        """All addresses it is offered under, the written one first."""
        if self._addresses is None:
            self._addresses = list(dict.fromkeys([self.src, *self.sources])) if self.sources else [self.src]
        return self._addresses

    @property
    def names(self) -> frozenset[str]:
        """What identifies it; an address that holds the picture itself does not."""
        if self._names is None:
            self._names = frozenset(name_of(address) for address in self.addresses[:_MOST] if address and not address.startswith("data:"))
        return self._names

    def offer(self, addresses: Iterable[str]) -> None:
        """It is offered under these addresses too."""
        self.sources += addresses
        self._addresses = self._names = None


def stem(address: str) -> str:
    """The file name without query, folders and size suffix: what stays the same between renditions of one picture.

    >>> stem("https://cdn.example/a/kettle-1024x768.jpg?w=2")
    'kettle.jpg'
    """
    name = address.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return _SIZE_IN_NAME.sub("", name).lower()


def name_of(address: str) -> str:
    """What identifies a picture: its stem, or the whole address where the stem is as short as `1.jpg`."""
    name = stem(address)
    return name if len(name) > _SHORT_NAME else address


def stand_ins(pictures: Iterable[Picture]) -> frozenset[str]:
    """The names under which pictures stand that have nothing else in common: blanks that are shown until the picture is loaded."""
    others: dict[str, frozenset[str]] = {}
    blank: set[str] = set()
    for picture in pictures:
        names = picture.names
        for name in names if len(names) > 1 else ():
            rest = names - {name}
            if not others.setdefault(name, rest) & rest:
                blank.add(name)
    return frozenset(blank)


def read_pictures(document: Document) -> list[Picture]:
    """The page's pictures in document order."""
    found: list[Picture] = []
    images = document.all(*_IMAGES)
    unscripted, twins = _in_noscript(document, images)
    for node in images:
        if node in unscripted or (document.tags[node] == "image" and "src" not in document.attrs[node]):
            continue
        picture = _picture(document, node)
        twin = twins.pop(_parent_or_next(document, node, twins), None)
        if twin is not None:
            picture.offer([document.attrs[twin[0]].get("src", "").strip(), *_picture(document, twin[0]).sources])
        found.append(picture)
    # A noscript image without a visible twin is the picture, for readers without scripts.
    found += [_picture(document, node) for lonely in twins.values() for node in lonely]
    for node in document.all("video", "amp-video"):
        poster = document.attrs[node].get("poster", "").strip()
        if poster:
            found.append(_plain(document, node, poster))
    for node in document.having("style"):
        style = document.attrs[node]["style"]
        if "url(" in style and (background := _BACKGROUND.search(style)):
            found.append(_plain(document, node, background[1].strip()))
    found += [_picture(document, node, "image") for node in _custom(document)]
    found.sort(key=lambda picture: picture.node)
    return list(_once(document, found))


def _picture(document: Document, node: int, other: str = "src") -> Picture:
    """The picture that an element offers, its address in `src` or in the `other` attribute."""
    attrs = document.attrs[node]
    picture = _plain(document, node, (attrs.get("src") or attrs.get(other) or "").strip())
    picture.sources += _offered(document, picture)
    return picture


def _plain(document: Document, node: int, src: str) -> Picture:
    """A picture with one address."""
    around = list(document.ancestors(node))
    tags = [document.tags[outer] for outer in around]
    return Picture(node, src, around, around[tags.index("a")] if "a" in tags else None)


def _custom(document: Document) -> Iterator[int]:
    """Custom elements that show a picture: `<story-image src="/lake.jpg">` without an image of its own inside."""
    for tag, nodes in document.by_tag.items():
        if "-" in tag and tag not in _IMAGES and not tag.startswith("amp-"):
            for node in nodes:
                address = document.attrs[node].get("src") or document.attrs[node].get("image") or ""
                inside = document.tags[node + 1 : min(document.ends[node], node + _SOURCES)]
                if PICTURE_FILE.search(address) and not any(tag in _IMAGES for tag in inside):
                    yield node


def _once(document: Document, pictures: list[Picture]) -> Iterator[Picture]:
    """Two showings of the same file right behind each other are one picture: an image, and its twin as a background while it loads."""
    last: Picture | None = None
    blank: frozenset[str] | None = None
    for picture in pictures:
        if last is not None:
            if picture.node - last.node <= _APART and _adjoin(document, last, picture) and (common := last.names & picture.names):
                blank = stand_ins(pictures) if blank is None else blank
                if common - blank:
                    last.offer(picture.addresses)
                    continue
            yield last
        last = picture
    if last is not None:
        yield last


def _adjoin(document: Document, one: Picture, other: Picture) -> bool:
    """Whether no text stands between the two, and both in one small box."""
    if set(one.around[:3]).isdisjoint(other.around[:3]):
        return False
    return not "".join(document.prose[document.last_piece[one.node] : document.first_piece[other.node]]).strip()


def _offered(document: Document, picture: Picture) -> list[str]:
    """The other addresses of an image: lazy attributes, `srcset`, the sources of its `picture`, an inner fallback image."""
    attrs = document.attrs[picture.node]
    found: list[str] = []
    if not _LAZY.keys().isdisjoint(attrs):
        for name in [name for name in _LAZY if attrs.get(name)]:
            found += _addresses(attrs[name], many=_LAZY[name])
    parent = picture.around[0] if picture.around else -1
    if parent >= 0 and document.tags[parent] == "picture":
        for source in range(parent + 1, min(picture.node, parent + _SOURCES)):
            if document.tags[source] == "source":
                for name in ("srcset", "data-srcset", "data-lazy-srcset", "src"):
                    if value := document.attrs[source].get(name):
                        found += _addresses(value, many="srcset" in name)
    # A link to the full picture.
    if picture.link is not None and PICTURE_FILE.search(href := document.attrs[picture.link].get("href", "")):
        found.append(href.strip())
    return found


def _addresses(value: str, *, many: bool) -> Iterable[str]:
    if not many:
        return () if value.startswith(("{", "[", "data:")) or len(value) >= 2000 else (value.strip(),)
    value = value[:20_000]
    # A comma may be part of an address; candidates are separated by a comma and a space, or by a descriptor and a comma.
    candidates = value.split(", ") if value.count(",") == value.count(", ") else _CANDIDATES.split(value)
    addresses = [candidate.strip().partition(" ")[0] for candidate in candidates]
    return [address for address in addresses if address and not address.startswith("data:")]


def _in_noscript(document: Document, images: list[int]) -> tuple[set[int], dict[int, list[int]]]:
    """The images inside of noscript, and those of each noscript element that stands in no other one."""
    found: set[int] = set()
    by_outer: dict[int, list[int]] = {}
    end = 0
    for outer in document.all("noscript"):
        if outer >= end:
            end = document.ends[outer]
            inside = images[bisect_left(images, outer) : bisect_left(images, end)]
            if inside:
                by_outer[outer] = inside
                found.update(inside)
    return found, by_outer


def _parent_or_next(document: Document, node: int, twins: Container[int]) -> int:
    """The noscript element right behind the image, or right behind or before one of the elements that hold nothing else."""
    if not twins:
        return -1
    inner = node
    for child in document.children(node):
        if child in twins:
            return child
    for _ in range(3):
        parent = document.parents[inner]
        if parent < 0:
            return -1
        size = document.ends[inner] - inner
        for child in range(max(parent + 1, inner - size - 3), min(document.ends[parent], inner + size + 4)):
            if child in twins and document.parents[child] == parent and _adjoins(document, inner, child):
                return child
        if document.ends[parent] - parent > 12:
            return -1
        inner = parent
    return -1


def _adjoins(document: Document, image: int, other: int) -> bool:
    """Whether nothing stands between the two that a reader would see; a figure's caption may."""
    if other < image:
        return document.ends[other] == image
    between = document.prose[document.last_piece[image] : document.first_piece[other]]
    apart = document.tags[document.parents[image]] != "figure" and not "".join(between).isspace() and any(between)
    return not apart and not any(tag in _IMAGES for tag in document.tags[document.ends[image] : other])
