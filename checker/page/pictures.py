"""The pictures of a page, each once: an image with all addresses it is offered under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.facts import Region
from checker.page.document import Document

_LAZY = (
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
_IMAGES = ("img", "amp-img", "amp-anim", "image")
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
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
    """One image. `why` says what made it content or not, `kind` what its address says that it is; `frame` is what holds it and no other."""

    node: int
    src: str
    sources: list[str] = field(default_factory=list)
    content: bool = True
    why: str = "in the main piece"
    region: Region = Region.ARTICLE
    kind: str | None = None
    frame: int = -1
    _names: frozenset[str] | None = field(default=None, repr=False)

    @property
    def addresses(self) -> list[str]:
        """All addresses it is offered under, the written one first."""
        return list(dict.fromkeys([self.src, *self.sources]))

    @property
    def names(self) -> frozenset[str]:
        """What identifies it; an address that holds the picture itself does not."""
        if self._names is None:
            self._names = frozenset(name_of(address) for address in self.addresses[:_MOST] if address and not address.startswith("data:"))
        return self._names

    def offer(self, addresses: Iterable[str]) -> None:
        """It is offered under these addresses too."""
        self.sources += addresses
        self._names = None


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
    twins = _noscript_twins(document)
    for node in document.all(*_IMAGES):
        if _inside(document, node, "noscript") or (document.tags[node] == "image" and "src" not in document.attrs[node]):
            continue
        attrs = document.attrs[node]
        picture = Picture(node, (attrs.get("src") or "").strip(), list(_offered(document, node)))
        twin = twins.pop(_parent_or_next(document, node, twins), None)
        if twin is not None:
            picture.sources += [document.attrs[twin].get("src", "").strip(), *_offered(document, twin)]
        found.append(picture)
    # A noscript image without a visible twin is the picture, for readers without scripts.
    lonely = (node for outer in twins for node in document.inside(outer, *_IMAGES))
    found += [Picture(node, document.attrs[node].get("src", "").strip(), list(_offered(document, node))) for node in lonely]
    for node in document.all("video", "amp-video"):
        poster = document.attrs[node].get("poster", "").strip()
        if poster:
            found.append(Picture(node, poster))
    for node, attrs in enumerate(document.attrs):
        style = attrs.get("style") if attrs else None
        if style and "url(" in style and (background := _BACKGROUND.search(style)):
            found.append(Picture(node, background[1].strip()))
    for node in _custom(document):
        attrs = document.attrs[node]
        found.append(Picture(node, (attrs.get("src") or attrs.get("image") or "").strip(), list(_offered(document, node))))
    found.sort(key=lambda picture: picture.node)
    return list(_once(document, found))


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
    blank = stand_ins(pictures)
    for picture in pictures:
        if (
            last is not None
            and picture.node - last.node <= _APART
            and (last.names & picture.names) - blank
            and _adjoin(document, last.node, picture.node)
        ):
            last.offer(picture.addresses)
            continue
        if last is not None:
            yield last
        last = picture
    if last is not None:
        yield last


def _adjoin(document: Document, one: int, other: int) -> bool:
    """Whether no text stands between the two, and both in one small box."""
    between = document.prose[document.last_piece[one] : document.first_piece[other]]
    near = set(document.ancestors(one, 3))
    return not "".join(between).strip() and any(outer in near for outer in document.ancestors(other, 3))


def _offered(document: Document, node: int) -> Iterator[str]:
    """The other addresses of an image: lazy attributes, `srcset`, the sources of its `picture`, an inner fallback image."""
    attrs = document.attrs[node]
    for name in _LAZY:
        value = attrs.get(name)
        if value:
            yield from _addresses(value, many="srcset" in name)
    parent = document.parents[node]
    if parent >= 0 and document.tags[parent] == "picture":
        for source in range(parent + 1, min(node, parent + _SOURCES)):
            for name in ("srcset", "data-srcset", "data-lazy-srcset", "src"):
                value = document.attrs[source].get(name) if document.tags[source] == "source" else None
                if value:
                    yield from _addresses(value, many="srcset" in name)
    # A link to the full picture.
    for outer in document.ancestors(node):
        if document.tags[outer] == "a":
            href = document.attrs[outer].get("href", "")
            if PICTURE_FILE.search(href):
                yield href.strip()
            break


def _addresses(value: str, *, many: bool) -> Iterator[str]:
    if not many:
        if not value.startswith(("{", "[", "data:")) and len(value) < 2000:
            yield value.strip()
        return
    # A comma may be part of an address; candidates are separated by a comma and a space, or by a descriptor and a comma.
    for candidate in re.split(r",\s+|(?<=[wx]),", value[:20_000]):
        address = candidate.strip().split(" ", 1)[0]
        if address and not address.startswith("data:"):
            yield address


def _inside(document: Document, node: int, tag: str) -> bool:
    return any(document.tags[outer] == tag for outer in document.ancestors(node))


def _noscript_twins(document: Document) -> dict[int, int]:
    """noscript element to the image in it."""
    return {
        outer: next(iter(document.inside(outer, *_IMAGES)))
        for outer in document.all("noscript")
        if any(True for _ in document.inside(outer, *_IMAGES))
    }


def _parent_or_next(document: Document, node: int, twins: dict[int, int]) -> int:
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
