"""Pictures that show no scene but do something: formulas, signs, codes, a site's own design, banners, portraits that lead to an author."""

from __future__ import annotations

import re
import unicodedata

from checker.facts import Region
from checker.lexicon import Lexicon
from checker.lexicon.urls import host_of
from checker.page.document import Document
from checker.page.frames import BOX
from checker.page.layout import Layout
from checker.page.pictures import PICTURE_FILE, Picture

# The source of a formula as the programs that draw it leave it in the alternative text: `{\frac a b}`, `$x_1$`, `\(x\)`, `\Delta t`.
_TEX = re.compile(r"\\[A-Za-z]+\s*(?:[{^]|_\{)|\{\\[A-Za-z]+|[\w)}][_^]\{|^\$.*[\\^_=+].*\$$|^\\[(\[].*\\[)\]]$|^\\[A-Za-z]+(?:\s|$)", re.DOTALL)
# So far up from its drawing the element of a formula reaches, with so much in it; MathML has many elements.
_FORMULA = 2
# So much of an alternative text is asked whether it is a formula's source.
_FORMULA_SOURCE = 500
# So far up a figure stands around its picture.
_FIGURE = 5
# So many times as wide as high is no photograph that an advertiser did not order.
_STRIP = 4
# So far up a drawing's paragraph, figure or cell stands.
_HOLDERS = frozenset(("figure", "p", "picture", "td", "figcaption", "center"))
_NEAR = 3
# What signs of networks stand in.
_IN_A_ROW = frozenset(("a", "button", "li"))
# The alternative text of a chart is longer.
_SHORT = 40
# Signs of a picture's own text that join others into one emoji, and choose its look.
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_WHY = {
    "code": "is a code to scan",
    "design": "belongs to the site's design, by its address",
    "formula": "is a formula",
    "icon": "is an icon, by its name",
    "logo": "is a logo by its address",
    "pixel": "is a pixel, by its name",
}


class Drawings:
    """Tells drawings and signs from pictures of the story."""

    def __init__(self, document: Document, layout: Layout, lexicon: Lexicon) -> None:
        self.document = document
        self.layout = layout
        self.furniture = lexicon.furniture
        self.markup = lexicon.markup

    def why(self, picture: Picture, size: tuple[int | None, int | None], *, large: bool) -> str | None:
        """Why it is no picture of the story; None where nothing says so."""
        if self._is_formula(picture):
            return _WHY["formula"]
        files = [address for address in picture.addresses if address and not address.startswith("data:")]
        if self._is_sold(picture, files, size, large=large):
            return "is an advertisement"
        if self._is_captioned(picture):
            return None
        kinds = {self.furniture.by_folder(file) for file in files}
        # A program in a folder of the design resizes pictures of the story: `themes/tea/thumb.php?src=/harbour.jpg`.
        if kinds == {"design"} and not large and not any(map(_holds_another, files)):
            return _WHY["design"]
        why = self._by_link(picture, files, size, large=large)
        if why is not None or large:
            return why
        named = kinds - {None, "design"} if _is_drawn(files) else kinds & {"logo"}
        if named and None not in kinds:
            return _WHY[min(kind for kind in named if kind)]
        return self._by_sign(picture, files)

    def _is_formula(self, picture: Picture) -> bool:
        document, node = self.document, picture.node
        attrs = document.attrs[node]
        if attrs.get("role") == "math" or _TEX.search(attrs.get("alt", "")[:_FORMULA_SOURCE].strip()):
            return True
        around = picture.around[:_FORMULA]
        if "formula" in self.layout.kinds(node) or any(
            "formula" in self.layout.kinds(outer) for outer in around if document.ends[outer] - outer < BOX
        ):
            return True
        # MathML beside its drawing, in an element of theirs alone.
        return any(document.tags[outer] == "span" and any(document.inside(outer, "math")) for outer in around)

    def _by_link(self, picture: Picture, files: list[str], size: tuple[int | None, int | None], *, large: bool) -> str | None:
        """Why its link says that it is none."""
        link = picture.link
        href = self.document.attrs[link].get("href", "").strip() if link is not None else ""
        if link is None or PICTURE_FILE.search(href):
            return None
        if not large and self._leads_to_itself(link, href):
            return "is a sign that links to its own place"
        if not large and self.furniture.is_for_sharing(href):
            return "is an icon of a link or button"
        if not _is_page(href):
            return None
        # Amid the text a picture may lead to the page of somebody whom the story is about.
        if picture.region is not Region.ARTICLE and self.markup.is_about_author(href):
            return "is the author's portrait"
        if _is_elsewhere(href, picture.src) and (any(map(self.furniture.is_banner, files)) or self.furniture.is_traded(*size)):
            return "is an advertisement"
        return None

    def _is_sold(self, picture: Picture, files: list[str], size: tuple[int | None, int | None], *, large: bool) -> bool:
        """Whether it leads to another page and has the shape of a strip of advertising, or is named by a size in which that is traded."""
        href = self.document.attrs[picture.link].get("href", "").strip() if picture.link is not None else ""
        if not _is_page(href):
            return False
        width, height = size
        strip = width is not None and height is not None and width >= _STRIP * height and self.furniture.is_traded(width, height)
        # A file's name does not say what its size in the page denies.
        return strip or ((not large or self.furniture.is_traded(width, height)) and any(map(self.furniture.is_sold_space, files)))

    def _leads_to_itself(self, link: int, href: str) -> bool:
        """Whether the link's target is the link, or a box that it stands in: the sign for a lasting address of a comment or a heading."""
        if len(href) < 2 or href[0] != "#":
            return False
        attrs = self.document.attrs
        return any(href[1:] in (attrs[outer].get("id"), attrs[outer].get("name")) for outer in (link, *self.document.ancestors(link, _FIGURE)))

    def _by_sign(self, picture: Picture, files: list[str]) -> str | None:
        """Why its own names say that it is none."""
        attrs = self.document.attrs[picture.node]
        alt = attrs.get("alt", "").strip()
        if _is_emoji(alt) and (_is_drawn(files) or not files):
            return "is an emoji"
        names = {self.furniture.by_name(file) for file in files}
        kind = names.pop() if len(names) == 1 else None
        if kind is None and _is_drawn(files):
            kind = self.furniture.by_alt(alt)
        if kind == "brand":
            kind = None if _IN_A_ROW.isdisjoint(self.document.tags[outer] for outer in picture.around[:_NEAR]) else "icon"
        if kind is not None:
            return _WHY[kind]
        loose = len(alt) <= _SHORT and self._is_loose_drawing(picture, files)
        return "is a drawing outside of any figure" if loose else None

    def _is_loose_drawing(self, picture: Picture, files: list[str]) -> bool:
        """Whether it is a drawing of no size of its own that stands in no paragraph, figure or cell, as charts do."""
        if not files or not all(file.partition("?")[0].lower().endswith(".svg") for file in files):
            return False
        attrs = self.document.attrs[picture.node]
        tags = [self.document.tags[outer] for outer in picture.around[:_NEAR]]
        return "width" not in attrs and "height" not in attrs and _HOLDERS.isdisjoint(tags)

    def _is_captioned(self, picture: Picture) -> bool:
        document = self.document
        figure = next((outer for outer in picture.around[:_FIGURE] if document.tags[outer] == "figure"), None)
        return figure is not None and any(document.text(caption) for caption in document.inside(figure, "figcaption"))


def _holds_another(file: str) -> bool:
    """Whether the address of a picture holds that of another: that of a program which makes renditions."""
    path, _, query = file.partition("?")
    return not PICTURE_FILE.search(path) or "/" in query or "%2f" in query.lower()


def _is_drawn(files: list[str]) -> bool:
    """Whether the files are of the kinds in which signs are drawn; photographs are mostly JPEG."""
    return bool(files) and all(file.partition("?")[0].lower().endswith((".png", ".gif", ".svg", ".webp")) for file in files)


def _is_page(href: str) -> bool:
    """Whether the address is one of a page, and no picture's or script's or place on this page."""
    return bool(href) and not href.startswith(("#", "javascript:")) and not PICTURE_FILE.search(href)


def _is_elsewhere(href: str, src: str) -> bool:
    """Whether the link leads to a host that is not the picture's. A rendition may have any size; then the link leads to the site's page about it."""
    return "://" in href[:8] and host_of(href) != host_of(src)


def _is_emoji(alt: str) -> bool:
    """Whether the text is emoji and nothing else."""
    return bool(alt) and len(alt) <= 8 and all(sign in _JOINERS or unicodedata.category(sign) in ("So", "Sk") for sign in alt)
