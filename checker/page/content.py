"""Whether a picture is content of the main piece, and what tells that it is not: a logo, an icon, a portrait, a teaser, an advertisement …"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from checker.facts import Region
from checker.lexicon import Lexicon
from checker.page.document import Document
from checker.page.drawings import Drawings
from checker.page.frames import BOX
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.picture_size import size_of
from checker.page.pictures import PICTURE_FILE, Picture

_DIGITS = re.compile(r"\d+")
# Smaller pictures than this, by their own attributes, show no content (regulations.md, IMG401 traps; 150 is ours).
_SMALL = 100
# Square ones up to here are portraits and icons.
_SMALL_SQUARE = 101
_MOST_ABOVE = 2
# As large as this by its own attributes, a picture is no icon, whatever its names say.
_LARGE = 300
# What its own names, or those of a box around it alone, say that a picture is.
_BY_NAME = ("icon", "pixel", "logo", "portrait")
_OTHER_REGIONS = (Region.NAVIGATION, Region.PAGE_FOOTER, Region.SIDEBAR, Region.COMMENTS, Region.RELATED)
# So far up from its picture a card reaches.
_CARD = 5
# So many cards make a row of teasers.
_ROW = 3
# A card has no more text than this; what has more is a part of the story with its picture.
_TEASER = 300
# A box with more text than this does not only ask to sign up.
_SIGN_UP = 300
# And is no further away from its picture.
_NEAR = 8
# Beside a link that is a title stands no more text than a date.
_ASIDE_LINK = 30
# With so many paragraphs an entry of a list tells its own story.
_STORY = 2
# A paragraph is no shorter.
_PARAGRAPH = 80
_CONTROLS = frozenset(("a", "button", "i", "label", "summary", "nav"))
_PICTURES = ("figure", "picture", "img", "a")
_HEADINGS = ("h2", "h3", "h4", "h5")


def tell_content(document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon, pictures: Sequence[Picture]) -> None:
    """Fills each picture's region, and `content` and `why` of those that are no content."""
    judge = _Judge(document, layout, hidden, lexicon)
    for picture in pictures:
        picture.region = layout.region(picture.node)
        why = judge.why_not(picture)
        if why is not None:
            picture.content, picture.why = False, why
    above = [picture for picture in pictures if picture.content and picture.region is Region.PAGE_HEADER]
    if len(above) > _MOST_ABOVE:
        # One picture above the article may be its lead picture; a row of them is the site's.
        for picture in above:
            picture.content, picture.why = False, "is one of a row in the page's header"


class _Judge:
    def __init__(self, document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon) -> None:
        self.document = document
        self.layout = layout
        self.hidden = hidden
        self.lexicon = lexicon
        self.drawings = Drawings(document, layout, lexicon)
        self._rows: dict[int, Counter[tuple[str, str | None]]] = {}
        self._asking: dict[int, bool] = {}

    def why_not(self, picture: Picture) -> str | None:
        """Why the picture is not content of the main piece; None where it is."""
        document, layout, node = self.document, self.layout, picture.node
        if not picture.src and not picture.sources:
            return "has no address"
        if picture.region in _OTHER_REGIONS and not (picture.region is Region.RELATED and self._in_own_list(picture)):
            return f"stands in the page's {picture.region.value.replace('_', ' ')}"
        if picture.region is Region.PAGE_HEADER and self._link(picture) is not None:
            return "is a link in the page's header"
        if picture.region is Region.PAGE_HEADER and layout.headline is not None and node < min(layout.article, layout.headline - 150):
            return "stands in the page's header"
        how = self.hidden.how(node, picture=True)
        if how is not None and how not in ("noscript", "details"):
            return f"is hidden ({how})"
        width, height = size_of(picture, document.attrs[node])
        small = _SMALL_SQUARE if width == height else _SMALL
        if (width is not None and width < small) or (height is not None and height < _SMALL * 0.6):
            return "is small"
        large = width is not None and width >= _LARGE
        kind = picture.kind = self._by_address(picture)
        if kind is not None and not (large and kind != "product"):
            return f"is a {kind} by its address"
        if not large and self._is_control(picture):
            return "is an icon of a link or button"
        return self._teaser(picture) or self._by_box(picture, large=large) or self.drawings.why(picture, (width, height), large=large)

    def _in_own_list(self, picture: Picture) -> bool:
        """Whether the box that names itself a list of stories is a part of this one: in the piece, and nothing in it leads to another page."""
        document, layout = self.document, self.layout
        boxes = [outer for outer in picture.around if outer not in layout.frame and "related" in layout.kinds(outer)]
        if not boxes or not layout.body <= boxes[-1] < document.ends[layout.body]:
            return False
        box = boxes[-1]
        return not any(_leads_away(document.attrs[link].get("href", "")) and self._is_title(link) for link in document.inside(box, "a"))

    def _is_title(self, link: int) -> bool:
        """Whether a link holds a picture, or stands for a heading or a line of its own; links inside running text do not."""
        document = self.document
        if any(True for _ in document.inside(link, "img", "amp-img", "picture")):
            return True
        outer = document.parents[link]
        return len(document.text(outer)) <= 2 * len(document.text(link)) + _ASIDE_LINK

    def _by_address(self, picture: Picture) -> str | None:
        words = self.lexicon.images
        kind = words.kind(picture.addresses)
        if kind == "pixel":
            # A blank may stand for the picture until that is loaded.
            loaded = [address for address in picture.addresses if words.kind((address,)) != "pixel" and not address.startswith("data:")]
            kind = words.kind(loaded) if any(loaded) else kind
        if kind is None and (folder := words.kind([picture.src.split("?", 1)[0].rpartition("/")[0]])) in ("logo", "portrait"):
            kind = folder
        return kind

    def _is_control(self, picture: Picture) -> bool:
        """Whether it is a drawing on a link or button, or the animated button of an old page."""
        document = self.document
        files = [address.split("?", 1)[0].lower() for address in picture.addresses if not address.startswith("data:")]
        if not files or not all(file.endswith(files[0][-4:]) for file in files) or not files[0].endswith((".svg", ".gif")):
            return False
        tags = [document.tags[outer] for outer in picture.around[:_CARD]]
        if files[0].endswith(".svg"):
            return not _CONTROLS.isdisjoint(tags)
        return "figure" not in tags and (link := self._link(picture)) is not None and not document.text(link)

    def _link(self, picture: Picture) -> int | None:
        """The link to another page around the picture."""
        link = picture.link
        return link if link is not None and _leads_away(self.document.attrs[link].get("href", "")) else None

    def _teaser(self, picture: Picture) -> str | None:
        """Why the picture is a card for another page; None where it is not."""
        document, layout, node = self.document, self.layout, picture.node
        link = self._link(picture)
        tags = document.tags
        for outer in picture.around if any(tags[outer] == "article" for outer in picture.around) else ():
            if outer in layout.frame or layout.holds_piece(outer):
                break
            if tags[outer] == "article" and (link is not None or (self._headed(outer) and self._paragraphs(outer) < _STORY)):
                return "is a teaser of another page"
        if link is None or picture.region is Region.PRODUCT_BOX:
            return None
        if self._in_aside(picture):
            return "is a teaser of another page"
        behind = picture.region is Region.ARTICLE_END or node >= layout.text_end
        named = document.text(link) or self._named_again(link)
        return "is a teaser of another page" if named and (behind or self._in_row(link)) else None

    def _headed(self, box: int) -> bool:
        """Whether a heading in the box links to another page."""
        document = self.document
        for heading in document.inside(box, *_HEADINGS):
            links = [outer for outer in document.ancestors(heading, _CARD) if document.tags[outer] == "a" and outer > box]
            if any(_leads_away(document.attrs[a].get("href", "")) for a in (*links, *document.inside(heading, "a"))):
                return True
        return False

    def _named_again(self, link: int) -> bool:
        """Whether a text near by links to the same page."""
        document = self.document
        href = document.attrs[link].get("href")
        for outer in document.ancestors(link, _CARD):
            if document.ends[outer] - outer > BOX or outer in self.layout.frame:
                return False
            if any(document.attrs[a].get("href") == href and a != link and document.text(a) for a in document.inside(outer, "a")):
                return True
        return False

    def _in_aside(self, picture: Picture) -> bool:
        tags, layout = self.document.tags, self.layout
        return any(tags[outer] == "aside" and outer not in layout.frame and not layout.holds_piece(outer) for outer in picture.around)

    def _in_row(self, link: int) -> bool:
        """Whether the link is one of several alike, each with its picture and little text."""
        document = self.document
        item = link
        for parent in document.ancestors(link, _CARD):
            if parent in self.layout.frame and parent != self.layout.body:
                return False
            if self._cards(parent)[document.tags[item], _without_digits(document.attrs[item].get("class"))] >= _ROW:
                return True
            item = parent
        return False

    def _cards(self, parent: int) -> Counter[tuple[str, str | None]]:
        """How many cards of one tag and class the element holds side by side."""
        document = self.document
        if parent not in self._rows:
            self._rows[parent] = Counter(
                (document.tags[child], _without_digits(document.attrs[child].get("class")))
                for child in document.children(parent)
                if document.ends[child] - child <= BOX and self._is_card(child)
            )
        return self._rows[parent]

    def _is_card(self, box: int) -> bool:
        document = self.document
        linked = any(_leads_away(document.attrs[node].get("href", "")) for node in (box, *document.inside(box, "a")) if document.tags[node] == "a")
        return linked and len(document.text(box)) <= _TEASER and any(True for _ in document.inside(box, "img", "amp-img"))

    def _by_box(self, picture: Picture, *, large: bool) -> str | None:
        """Why the boxes around the picture say that it is not content; None where they do not."""
        document, layout, node = self.document, self.layout, picture.node
        for level, outer in enumerate((node, *picture.around)):
            if outer in layout.frame:
                break
            kinds, size, tag = layout.kinds(outer), document.ends[outer] - outer, document.tags[outer]
            if 0 < level <= _NEAR and size < BOX and tag not in _PICTURES and self._signs_up(outer, picture):
                return "belongs to a sign-up box"
            if not kinds:
                continue
            named = [kind for kind in _BY_NAME if kind in kinds and (size < 8 if kind in ("logo", "portrait") else outer == node and not large)]
            if named:
                return f"is a {named[0]}"
            if size < BOX and ("author_box" in kinds or "byline" in kinds):
                return "is the author's portrait"
            if "embedded_post" in kinds and (tag == "blockquote" or "data-href" in document.attrs[outer]):
                return "belongs to an embedded post"
            if "advert" in kinds and size < BOX and tag not in _PICTURES[:3]:
                return "is an advertisement"
            if "newsletter" in kinds and size < BOX and tag not in _PICTURES and (self._asks(outer) or not self._paragraphs(outer)):
                return "belongs to a sign-up box"
        return None

    def _paragraphs(self, box: int) -> int:
        """How many paragraphs of running text the box holds."""
        return sum(len(self.document.text(node)) >= _PARAGRAPH for node in self.document.inside(box, "p"))

    def _signs_up(self, box: int, picture: Picture) -> bool:
        """Whether a box with little text asks to subscribe; a figure with a caption beside such a link is a picture of the piece."""
        return self._asks(box) and not self._captioned(picture, box) and len(self.document.text(box)) <= _SIGN_UP

    def _captioned(self, picture: Picture, box: int) -> bool:
        document = self.document
        figure = next((outer for outer in picture.around[:_CARD] if document.tags[outer] == "figure" and outer > box), None)
        return figure is not None and any(document.text(caption) for caption in document.inside(figure, "figcaption"))

    def _asks(self, box: int) -> bool:
        """Whether it asks for an address, or links to a page where readers subscribe."""
        document = self.document
        fields, links = (document.by_tag.get(tag, ()) for tag in ("input", "a"))
        end = document.ends[box]
        attrs = (document.attrs[node] for node in fields[bisect_right(fields, box) : bisect_left(fields, end)])
        if any("email" in (field.get("type", "").lower(), field.get("name", "").lower()) for field in attrs):
            return True
        return any(self._leads_to_newsletter(link) for link in links[bisect_right(links, box) : bisect_left(links, end)])

    def _leads_to_newsletter(self, link: int) -> bool:
        found = self._asking.get(link)
        if found is None:
            address = self.document.attrs[link].get("href", "").split("?", 1)[0]
            path = address.partition("://")[2] if "://" in address else address
            found = self._asking[link] = "newsletter" in self.lexicon.markup.kinds(path.replace("/", " "), "")
        return found


def _without_digits(names: str | None) -> str | None:
    """Cards of a row are often numbered: "story position-1"."""
    return names and _DIGITS.sub("", names)


def _leads_away(href: str) -> bool:
    """Whether the address is that of another page, and no picture, script or place on this page."""
    href = href.strip()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "data:")) and not PICTURE_FILE.search(href)
