"""What may stand in a copy of a page: markup that shows something and does nothing. All else is dropped, by a parser that reads as browsers do."""

from __future__ import annotations

import re

from checker.errors import BadConfig

# Tags that are dropped with all that is in them: what runs, embeds, sends, or is read by other rules than markup.
GONE = frozenset((
    "applet", "audio", "canvas", "datalist", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "portal", "script",
    "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
))  # fmt: skip
# Those that stay; of all others the content stays.
KEPT = frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "button", "caption", "center", "cite",
    "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "fieldset", "figcaption",
    "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "label", "legend", "li",
    "main", "mark", "menu", "nav", "nobr", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "search", "section", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    "wbr",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "align", "alt", "aria-hidden", "aria-label", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "dir", "face",
    "headers", "height", "hidden", "id", "lang", "nowrap", "open", "popover", "reversed", "role", "rowspan", "scope", "size", "span", "start",
    "style", "title", "type", "valign", "value", "width",
))  # fmt: skip
# Under which names pages that fill themselves by script keep the address of a picture.
LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy")
# Every name of ours begins so; a page has none of them.
OURS = "disclosure-checker"
# And what stands for a mark until the copy is made; a token follows that no page can know.
MARK = "dc-"
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp|avif|bmp|x-icon|svg\+xml)[;,]", re.IGNORECASE).match
# What fetches in style rules, whatever it is written as; only letters of names need be read to know it.
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|([g-zG-Z]))")
_FETCHES = re.compile(r"url\(\s*+(?:\"([^\"\\\n]*+)\"|'([^'\\\n]*+)'|([^\"'()\\\s]*+))\s*+\)|(@import|(?:url|src|image|image-set)\()", re.IGNORECASE)
# Style rules by the data of elements are rare and short.
_LONGEST_DATA = 60


def ask_for_nh3() -> None:
    """Raises BadConfig where the extra that cleans pages is not installed: before the first page, not at it."""
    from importlib.util import find_spec

    if find_spec("nh3") is None:
        raise BadConfig("copies of pages beside an HTML report need the extra report: pip install 'disclosure-checker[report]'")


def first_clean(markup: str, token: str) -> str:
    """The markup of a whole page as a fragment of what may stand in a copy, still with its addresses, and with comments: marks are among them."""
    import nh3

    return nh3.clean(
        markup,
        tags=set(KEPT),
        clean_content_tags=set(GONE),
        attributes={"*": {*_ATTRIBUTES, f"data-{token}"}, "a": {"href"}, "img": {"src"}},
        generic_attribute_prefixes={"data-"},
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        strip_comments=False,
        link_rel=None,
    )


def last_clean(markup: str) -> str:
    """The same once more, as it is written: without comments, and with no address but of pictures that stand in it."""
    import nh3

    return nh3.clean(
        markup,
        tags=set(KEPT),
        clean_content_tags=set(GONE),
        attributes={"*": set(_ATTRIBUTES), "img": {"src"}},
        generic_attribute_prefixes={"data-"},
        url_schemes={"data"},
        url_relative="deny",
        strip_comments=True,
        link_rel=None,
    )


def is_picture(address: str) -> bool:
    """Whether an address holds a picture itself."""
    return _DATA_IMAGE(address) is not None


def foreign(names: str) -> str:
    """Ids or classes of a page without those that are called as ours are."""
    return " ".join(name for name in names.split() if OURS not in name.lower()) if OURS in names.lower() else names


def style(css: str) -> str:
    """Style rules that fetch nothing, cannot end the element that they stand in, and do not speak of our marks.

    >>> style("a { background: \\\\75 rl(//tea.example/a.png) }")
    'a { background: none }'
    """
    before = ""
    while "\\" in css and css != before:  # what is left of an escape may begin another
        before, css = css, _ESCAPE.sub(_letter, css)
    if "(" in css or "@" in css:
        css = _FETCHES.sub(_fetching, css)
    if OURS in css.lower():
        css = re.sub(OURS, "of-the-page", css, flags=re.IGNORECASE)
    return css.replace("</", "<\\/")


def _letter(escape: re.Match[str]) -> str:
    letter = escape[2] or (chr(int(escape[1], 16)) if int(escape[1], 16) < 128 else "")
    return letter if letter.isalpha() or letter == "-" else escape[0]


def _fetching(found: re.Match[str]) -> str:
    """Nothing in the place of what is fetched, or else a name that no browser knows."""
    if (name := found[4]) is not None:
        return f"@of-the-page-{name[1:]}" if name.startswith("@") else f"of-the-page-{name}"
    address = next(filter(None, found.groups()), "")
    return found[0] if address.startswith("#") or is_picture(address) else "none"


def _filtered(tag: str, name: str, value: str) -> str | None:
    if name in ("id", "class"):
        return foreign(value) or None
    if name == "style":
        return style(value)
    if name.startswith("data-") and not name.startswith(f"data-{MARK}"):
        return value if not name.startswith(f"data-{OURS}") and (len(value) <= _LONGEST_DATA or (tag == "img" and name in LAZY)) else None
    if name in ("src", "href") and value[:5].lower() == "data:" and not (tag == "img" and is_picture(value)):
        return None
    return value
