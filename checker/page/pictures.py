"""The pictures of a page, each once: an image with all addresses it is offered under, whether it belongs to the main piece's content, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.facts import Region
from checker.lexicon import Lexicon
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.layout import Layout

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
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_SIDE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d+px)")
_SIZE_IN_QUERY = re.compile(r"[?&](width|height|w|h)=(\d{1,4})(?=&|$)")
_SIZE_IN_NAME = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w+$)|-scaled(?=\.\w+$)|@\dx(?=\.\w+$)")
# Smaller pictures than this, by their own attributes, show no content (regulations.md, IMG401 traps; 150 is ours).
_SMALL = 100
# Square ones up to here are portraits and icons.
_SMALL_SQUARE = 101
_MOST_ABOVE = 2
# As large as this by its own attributes, a picture is no icon, whatever its names say.
_LARGE = 300
# A box of more elements than this is a part of the page; its names say nothing of one picture in it.
_BOX = 60
# A figure of more elements than this holds a gallery or a whole page, and its caption is nobody's in particular.
_LARGEST_FIGURE = 400
# Captions are shorter than this; a box with more text holds a story, not one picture.
_CAPTION = 500
# What its own names, or those of a box around it alone, say that a picture is.
_BY_NAME = ("icon", "pixel", "logo", "portrait")
_OTHER_REGIONS = (Region.NAVIGATION, Region.PAGE_FOOTER, Region.SIDEBAR, Region.COMMENTS, Region.RELATED)


@dataclass(slots=True)
class Picture:
    """One image of the page. `why` says what made it content or not; `frame` is the outermost element that holds this image and no other."""

    node: int
    src: str
    sources: list[str] = field(default_factory=list)
    content: bool = True
    why: str = "in the main piece"
    region: Region = Region.ARTICLE
    frame: int = -1

    @property
    def addresses(self) -> list[str]:
        """All addresses it is offered under, the written one first."""
        return list(dict.fromkeys([self.src, *self.sources]))


def stem(address: str) -> str:
    """The file name without query, folders and size suffix: what stays the same between renditions of one picture.

    >>> stem("https://cdn.example/a/kettle-1024x768.jpg?w=2")
    'kettle.jpg'
    """
    name = address.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return _SIZE_IN_NAME.sub("", name).lower()


def read_pictures(document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon) -> list[Picture]:
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
    found.sort(key=lambda picture: picture.node)
    _frames(document, found)
    _tell_content(document, layout, hidden, lexicon, found)
    return found


def _offered(document: Document, node: int) -> Iterator[str]:
    """The other addresses of an image: lazy attributes, `srcset`, the sources of its `picture`, an inner fallback image."""
    attrs = document.attrs[node]
    for name in _LAZY:
        value = attrs.get(name)
        if value:
            yield from _addresses(value, many="srcset" in name)
    parent = document.parents[node]
    if parent >= 0 and document.tags[parent] == "picture":
        for source in range(parent + 1, min(node, parent + _BOX)):
            for name in ("srcset", "data-srcset", "data-lazy-srcset", "src"):
                value = document.attrs[source].get(name) if document.tags[source] == "source" else None
                if value:
                    yield from _addresses(value, many="srcset" in name)
    # A link to the full picture.
    for outer in document.ancestors(node):
        if document.tags[outer] == "a":
            href = document.attrs[outer].get("href", "")
            if _PICTURE_FILE.search(href):
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


def _frames(document: Document, pictures: list[Picture]) -> None:
    """Each picture's frame: the figure around it, else the largest element around it that holds no second picture and little text of its own."""
    nodes = [picture.node for picture in pictures]
    for index, picture in enumerate(pictures):
        before = nodes[index - 1] if index else -1
        after = nodes[index + 1] if index + 1 < len(nodes) else len(document)
        picture.frame = picture.node
        for outer in document.ancestors(picture.node):
            if document.tags[outer] in ("body", "article", "main", "html"):
                break
            alone = outer > before and document.ends[outer] <= after
            if document.tags[outer] == "figure" and document.ends[outer] - outer <= _LARGEST_FIGURE:
                picture.frame = outer
                break
            if not alone or document.ends[outer] - outer > _BOX or _much_text(document, outer):
                break
            picture.frame = outer


def _much_text(document: Document, node: int) -> bool:
    """Whether the element holds more text than a caption has."""
    return sum(len(piece.strip()) for piece in document.prose[document.first_piece[node] : document.last_piece[node]]) > _CAPTION


def _tell_content(document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon, pictures: list[Picture]) -> None:
    for picture in pictures:
        picture.region = layout.region(picture.node)
        why = _not_content(document, layout, hidden, lexicon, picture)
        if why is not None:
            picture.content, picture.why = False, why
    above = [picture for picture in pictures if picture.content and picture.region is Region.PAGE_HEADER]
    if len(above) > _MOST_ABOVE:
        # One picture above the article may be its lead picture; a row of them is the site's.
        for picture in above:
            picture.content, picture.why = False, "is one of a row in the page's header"


def _not_content(document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon, picture: Picture) -> str | None:
    """Why the picture is not content of the main piece; None where it is."""
    node, attrs = picture.node, document.attrs[picture.node]
    if not picture.src and not picture.sources:
        return "has no address"
    if picture.region in _OTHER_REGIONS:
        return f"stands in the page's {picture.region.value.replace('_', ' ')}"
    if (
        picture.region is Region.PAGE_HEADER
        and layout.headline is not None
        and node < layout.article
        and document.ends[picture.frame] < layout.headline - 150
    ):
        return "stands in the page's header"
    if picture.region is Region.ARTICLE_END and _is_card(document, node):
        return "is a teaser of another page"
    how = hidden.how(node, picture=True)
    if how is not None and how not in ("noscript", "details"):
        return f"is hidden ({how})"
    style = dict(_SIDE.findall(attrs.get("style", "").lower()))
    asked = dict(_SIZE_IN_QUERY.findall(picture.src))
    width = _pixels(style.get("width") or attrs.get("width") or asked.get("width") or asked.get("w"))
    height = _pixels(style.get("height") or attrs.get("height") or asked.get("height") or asked.get("h"))
    small = _SMALL_SQUARE if width == height else _SMALL
    if (width is not None and width < small) or (height is not None and height < _SMALL * 0.6):
        return "is small"
    large = width is not None and width >= _LARGE
    kind = lexicon.images.kind(picture.addresses)
    if kind == "pixel":
        # A blank may stand for the picture until that is loaded.
        loaded = [address for address in picture.addresses if lexicon.images.kind((address,)) != "pixel" and not address.startswith("data:")]
        kind = lexicon.images.kind(loaded) if any(loaded) else kind
    if kind is None and (folder := lexicon.images.kind([picture.src.split("?", 1)[0].rpartition("/")[0]])) in ("logo", "portrait"):
        kind = folder
    if kind is not None and not (large and kind != "product"):
        return f"is a {kind} by its address"
    return _by_box(document, layout, node, large=large)


def _is_card(document: Document, node: int) -> bool:
    """Whether the picture stands in a link that holds a text of its own: a card for another page."""
    link = next((outer for outer in document.ancestors(node) if document.tags[outer] == "a" and document.attrs[outer].get("href")), None)
    return link is not None and bool(document.text(link)) and not _PICTURE_FILE.search(document.attrs[link]["href"])


def _by_box(document: Document, layout: Layout, node: int, *, large: bool) -> str | None:
    """Why the boxes around the picture say that it is not content; None where they do not."""
    for outer in document.near(node):
        if outer in layout.frame:
            break
        kinds, size = layout.kinds(outer), document.ends[outer] - outer
        if not kinds:
            continue
        named = [kind for kind in _BY_NAME if kind in kinds and (size < 8 if kind in ("logo", "portrait") else outer == node and not large)]
        if named:
            return f"is a {named[0]}"
        if size < _BOX and ("author_box" in kinds or "byline" in kinds):
            return "is the author's portrait"
        if "advert" in kinds and size < _BOX and document.tags[outer] not in ("figure", "picture", "img"):
            return "is an advertisement"
        if "newsletter" in kinds and size < _BOX and document.tags[outer] not in ("figure", "picture", "img", "a"):
            return "belongs to a sign-up box"
    return None


def _pixels(value: str | None) -> int | None:
    match = re.match(r"\s*(\d{1,5})(?:px)?\s*$", value or "")
    return int(match[1]) if match else None
