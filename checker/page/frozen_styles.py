"""The style rules of a page: those that stand in it, and the sheets that lie beside it, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.page.cleaned import GONE, style
from checker.page.document import Document

# A page has a median of some 60 KB of rules in it; themes bring 100 to 400 KB more.
_MOST = 500_000
_MOST_SHEETS = 60
_FONT_FACE = re.compile(r"@font-face\s*+\{[^{}]*+\}", re.IGNORECASE)
_CHARSET = re.compile(rb"@charset \"([A-Za-z0-9._:-]{1,40})\";").match
_OUTSIDE = GONE - {"style", "title", "embed"}

# From an address to what lies there: the bytes, and the type that the server or the name says.
Find = Callable[[str], tuple[bytes, str | None] | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Style rules, and for which media they hold ("": all)."""

    css: str
    media: str


def sheets(document: Document, address_of: Callable[[str], str], find: Find) -> tuple[list[Sheet], int]:
    """The sheets of the page, as far as there is room for them, and how many of those that it names are not here."""
    found: list[Sheet] = []
    missing, left = 0, _MOST
    for node in _styling(document):
        attrs = document.attrs[node]
        media = attrs.get("media", "").strip()
        if document.tags[node] == "style":
            css: str | None = document.raw_text(node)
        else:
            held = find(address_of(attrs["href"])) if missing < _MOST_SHEETS else None
            css = _decoded(held[0]) if held is not None and (held[1] or "text/css").startswith("text/css") else None
            # What is loaded for print until a script says otherwise is meant for the screen.
            media = "" if "onload" in attrs else media
        if css is None:
            missing += 1
            continue
        css = style(_FONT_FACE.sub("", css) if "@" in css else css).strip()
        if css and len(css) <= left:
            left -= len(css)
            found.append(Sheet(css, media if re.fullmatch(r"[\w\s(),:/.-]{0,200}", media) else ""))
        elif css:
            missing += 1
    return found, missing


def _styling(document: Document) -> Iterator[int]:
    for node in document.all("style", "link"):
        attrs = document.attrs[node]
        if any(document.tags[each] in _OUTSIDE for each in document.ancestors(node)):
            continue
        if document.tags[node] == "style":
            if attrs.get("type", "").strip().lower() in ("", "text/css"):
                yield node
            continue
        rel = attrs.get("rel", "").lower().split()
        late = "preload" in rel and attrs.get("as", "").lower() == "style" and "onload" in attrs
        if ("stylesheet" in rel or late) and "alternate" not in rel and "disabled" not in attrs and attrs.get("href", "").strip():
            yield node


def _decoded(body: bytes) -> str:
    declared = _CHARSET(body)
    for encoding in (declared[1].decode("ascii") if declared else "utf-8", "utf-8", "windows-1252"):
        try:
            return body.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")
