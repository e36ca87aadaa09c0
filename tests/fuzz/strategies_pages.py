"""Pages with everything that the reader looks for, nested and broken as no author would: elements, notices, links, credits, bylines, data."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.strategies import changed
from tests.fuzz.words import of_lists

_TAGS = (
    "p", "div", "article", "section", "aside", "header", "footer", "nav", "main", "h1", "h2", "figure", "figcaption", "blockquote", "details",
    "summary", "template", "noscript", "ul", "li", "table", "td", "span", "b", "a", "small", "form", "button", "select", "option", "svg", "math",
    "title", "iframe", "textarea", "dialog", "picture", "video", "time", "tea-box", "script", "style", "head", "body", "html",
)  # fmt: skip
_HREFS = (
    "https://www.amazon.com/dp/B000000000?tag=pots-20", "/go/pot", "#", "", "javascript:void(0)", "//amzn.to/x", "https://tea.example/a", "http://[",
    "mailto:desk@tea.example", "https://www.awin1.com/cread.php?ued=https%3A%2F%2Fshop.example", "../../..", "\ud800", "data:text/html,x",
)  # fmt: skip
_VALUES = (
    "byline author", "credit", "sidebar", "comments", "wp-caption-text", "disclosure", "sponsored nofollow", "display:none", "Article", "headline",
    "author", "https://schema.org/Person", "AFF001, IMG401: ours", "utf-16", "0; url=//evil.example/", "de", "ja", "9999999999", "", "true", "\0",
)  # fmt: skip
_NAMES = (
    "class", "id", "style", "hidden", "rel", "itemprop", "itemscope", "itemtype", "property", "name", "content", "lang", "datetime", "width", "alt",
    "title", "data-href", "data-disclosure-checker-ignore", "http-equiv", "charset", "aria-hidden", "srcset", "type", "open", "typeof", "role",
)  # fmt: skip
_TEXTS = (
    "If you buy through links on this page, we may earn a commission. ", "By Ada Quill", "Photo: Ben Oduya / Agency", "Advertisement", "#ad",
    "Dieser Beitrag enthält Affiliate-Links. ", "本ページはプロモーションが含まれています", "\u202eevil\x1b[31m", "&nbsp;&#0;&#xD800;&bogus;",
    "\0", "<", "]]>",
    "The kettle boiled while the four of them argued about the lake. ", "12 November 2026", "*", "© 2026", "&lt;a href=x&gt;", "\ufeff", "\U0001f600",
)  # fmt: skip
_TERMS = (
    "@type",
    "@id",
    "@graph",
    "author",
    "name",
    "image",
    "creator",
    "creditText",
    "url",
    "headline",
    "isPartOf",
    "mainEntity",
    "sponsor",
    "publisher",
)
_TYPES = ("Article", "NewsArticle", "Person", "Organization", "ImageObject", "Product", "https://schema.org/Person", ["Person", "Thing"])
_COMMENTS = (
    "disclosure-checker: ignore AFF001 -- ours",
    "disclosure-checker: ignore-next IMG401",
    "disclosure-checker: ignore",
    "we earn",
    "--",
    ">",
)
_BEGINNINGS = (
    "<!doctype html><html lang=en><head><title>Pots</title></head><body><h1>Pots</h1>",
    "",
    "<html lang=ja>",
    "<?xml version='1.0'?><html>",
)


@cache
def _phrases() -> st.SearchStrategy[str]:
    return st.sampled_from(_TEXTS) | st.sampled_from(sorted(of_lists(("notice", "byline", "credit")))) | st.text(max_size=8)


def data() -> st.SearchStrategy[Any]:
    """JSON-LD as pages have it, and as none should."""
    leaves = st.sampled_from(_TEXTS) | st.sampled_from(_HREFS) | st.sampled_from(_TYPES) | st.none() | st.booleans() | st.integers() | st.floats()
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_TERMS), inner, max_size=5),
        max_leaves=12,
    )


def _leaf() -> st.SearchStrategy[str]:
    link = st.builds('<a href="{}" rel={}>{}</a>'.format, st.sampled_from(_HREFS), st.sampled_from(("x", "sponsored")), _phrases())
    image = st.builds('<img src="{}" alt="{}" width={}>'.format, st.sampled_from(("/a.jpg", *_HREFS)), _phrases(), st.sampled_from((1, 900, "x")))
    script = st.builds('<script type="application/ld+json">{}</script>'.format, data().map(json.dumps))
    comment = st.builds("<!-- {} -->".format, st.sampled_from(_COMMENTS))
    return st.one_of(
        _phrases(), _phrases(), link, image, script, comment, st.sampled_from(("</div>", "</body>", "</p>", "<br>", "<meta", "<base href=//x/>"))
    )


def _element(tag: str, attributes: list[tuple[str, str]], inside: list[str], ended: bool) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes)
    return f"<{tag}{told}>{''.join(inside)}" + (f"</{tag}>" if ended else "")


@cache
def markup() -> st.SearchStrategy[str]:
    """A piece of a page."""
    attributes = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_VALUES) | _phrases()), max_size=3)
    ended = st.sampled_from((True, True, True, False))
    return st.recursive(
        _leaf(), lambda inner: st.builds(_element, st.sampled_from(_TAGS), attributes, st.lists(inner, max_size=4), ended), max_leaves=20
    )


@cache
def pages() -> st.SearchStrategy[bytes]:
    """A page's bytes, in one of the encodings that there are or in none."""
    text = st.builds("".join, st.tuples(st.sampled_from(_BEGINNINGS), markup(), markup()))
    encoding = st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "shift_jis"))
    encoded = st.builds(lambda text, encoding: text.encode("utf-8", "replace").decode().encode(encoding, "replace"), text, encoding)
    return encoded | changed(encoded)


@cache
def directives() -> st.SearchStrategy[bytes]:
    """Markup with directives in it."""
    rules = st.lists(st.sampled_from(("AFF001", "LNK201", "IMG401", "AUT501", "WVR601", "XYZ999", "aff001", "*", "AFF")), max_size=3).map(", ".join)
    verb = st.sampled_from(("ignore", "ignore-next", "ignore-file", "ignor", "IGNORE", ""))
    reason = st.sampled_from((" -- ours", ": ours", " \u2014 ours", " - ", "", " -- \x1b[31m", " -- " + "long " * 500))
    comment = st.builds("<!-- disclosure-checker: {} {}{} -->".format, verb, rules, reason)
    attribute = st.builds('<div data-disclosure-checker-ignore="{}{}">'.format, rules, reason)
    piece = st.one_of(comment, attribute, markup())
    return st.lists(piece, min_size=1, max_size=6).map(lambda pieces: "".join(pieces).encode("utf-8", "replace"))
