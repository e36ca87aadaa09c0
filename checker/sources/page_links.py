"""Where a page leads: its links as a browser reads them from the markup alone, in one pass, without a tree.

Every search goes forward from where the last one ended, so a hostile page costs one reading, whatever it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from checker.model import Source
from checker.sources.addresses import resolved

# The page with the most links in the web archive samples has 2,300.
_MOST_LINKS = 5_000
_MOST_BYTES = 8 << 20
_MOST_ATTRIBUTES = 200
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Text codecs whose cost grows with the length alone (punycode's grows with its square).
_PLAIN_CODEC = re.compile(r"(?:iso|windows|cp|x-|euc|shift|sjis|gb|big5|koi|mac|tis|utf-?(?:8|16)|us-ascii|ascii|latin)[a-z0-9_:-]*", re.IGNORECASE)
_TAG = re.compile(r"<(!--|[!?/]|[A-Za-z][^\t\n\f\r />]*+)")
_ATTRIBUTE = re.compile(
    r"""[\t\n\f\r /]*+(?:(=?[^\t\n\f\r />=]*+)[\t\n\f\r ]*+(?:=[\t\n\f\r ]*+("[^"]*+"|'[^']*+'|[^"'\t\n\f\r >][^\t\n\f\r >]*+|(?=>)))?+)"""
)
_COMMENT_END = re.compile(r"--!?>|(?<=<!--)-?>")
# What stands in these elements is text, and ends with their own end tag.
_TEXT_ENDS = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_LEADING = frozenset(("a", "area", "base", "link", "meta"))
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9A-Fa-f]+;?|([A-Za-z][A-Za-z0-9]*+)(?:(;)|(?!=)))")
_REFRESH = re.compile(r"[\d.\s]*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """`links`: every address once, in the order of the page, with whether the page asks not to follow it. The others are None where not told."""

    links: tuple[tuple[str, bool], ...] = ()
    canonical: str | None = None
    twins: tuple[str, ...] = ()  # rel=amphtml, next and prev: pages in their own right, whatever they call canonical
    noindex: bool = False


def links_of(source: Source, url: str) -> PageLinks:
    """The links of a page that was fetched from `url`."""
    base = url
    based = False
    canonical: str | None = None
    twins: list[str] = []
    found: dict[str, bool] = {}
    robots = source.robots.lower()
    for name, attributes in _tags(_text(source)):
        if name == "base" and not based and "href" in attributes:
            base, based = resolved(attributes["href"], url) or base, True
        elif name in ("a", "area") and "href" in attributes:
            _add(found, resolved(attributes["href"], base), "nofollow" in attributes.get("rel", "").lower().split())
        elif name == "link" and "href" in attributes:
            kinds = attributes.get("rel", "").lower().split()
            target = resolved(attributes["href"], base)
            if target is not None and "canonical" in kinds:
                canonical = canonical or target
                _add(found, target, False)
            elif target is not None and not {"amphtml", "next", "prev"}.isdisjoint(kinds) and len(twins) < _MOST_ATTRIBUTES:
                twins.append(target)
                _add(found, target, False)
        elif name == "meta":
            if attributes.get("name", "").strip().lower() == "robots":
                robots += f",{attributes.get('content', '')[:1000].lower()}"
            elif attributes.get("http-equiv", "").strip().lower() == "refresh":
                refresh = _REFRESH.match(attributes.get("content", "")[:4000])
                if refresh is not None and refresh[1]:
                    _add(found, resolved(refresh[1], base), False)
    said = set(re.split(r"[\s,]+", robots)) if robots else set()
    nofollow = not said.isdisjoint(("nofollow", "none"))
    links = tuple((target, nofollow or unfollowed) for target, unfollowed in found.items())
    return PageLinks(links, canonical, tuple(twins), not said.isdisjoint(("noindex", "none")))


def _add(found: dict[str, bool], target: str | None, nofollow: bool) -> None:
    if target is not None and (target in found or len(found) < _MOST_LINKS):
        found[target] = nofollow and found.get(target, True)


def _text(source: Source) -> str:
    """The page as far as links are concerned: what is no ASCII matters in few of them."""
    body = (source.body or b"")[:_MOST_BYTES]
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace")
    declared = _DECLARED.search(body[:1024])
    for label in (source.charset, "utf-8", declared and declared[1].decode("ascii")):
        try:
            if label and _PLAIN_CODEC.fullmatch(label):
                return body.decode(label)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The start tags of the elements that lead somewhere, with their attributes."""
    at = 0
    while (opened := _TAG.search(text, at)) is not None:
        name = opened[1].lower()
        at = opened.end()
        if name == "!--":
            ended = _COMMENT_END.search(text, at)
            at = ended.end() if ended else len(text)
        elif name in "!?/":
            # An end tag may have attributes, and a quoted > in them; a declaration ends at the first one.
            end = _attributes(text, at, None) if name == "/" and text[at : at + 1].isalpha() else text.find(">", at) + 1
            at = end or len(text)
        else:
            attributes: dict[str, str] | None = {} if name in _LEADING else None
            end = _attributes(text, at, attributes)
            if not end:
                return  # the page ends within a tag, which then is none
            at = end
            if attributes:
                yield name, attributes
            elif name == "plaintext":
                return
            elif name in _TEXT_ENDS:
                closed = _TEXT_ENDS[name].search(text, at)
                at = closed.start() if closed else len(text)


def _attributes(text: str, at: int, into: dict[str, str] | None) -> int:
    """Read the attributes of a tag; where it ends, 0 if it does not."""
    while (found := _ATTRIBUTE.match(text, at)) is not None:
        if found[1]:
            if into is not None and len(into) < _MOST_ATTRIBUTES:
                into.setdefault(found[1].lower(), _value(found[2] or ""))
            at = found.end()
            if text[at : at + 1] == "=":  # a quote that never ends: so does the tag
                return 0
        else:
            at = found.end()
            return at + 1 if text[at : at + 1] == ">" else 0
    return 0


def _value(raw: str) -> str:
    quoted = raw[:1] in {'"', "'"} and raw[-1:] == raw[:1] and len(raw) > 1
    value = raw[1:-1] if quoted else raw
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    """In attributes a name without its semicolon counts only where nothing of a word or a value follows: `?a=1&copy=2` stays."""
    name = reference[1]
    return unescape(reference[0]) if name is None or reference[2] or name in html5 else reference[0]
