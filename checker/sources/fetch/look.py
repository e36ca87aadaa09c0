"""A glance at a page, without a tree: its title, its first heading, and how much text it has. Each step takes time in line with the length."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass

# What is looked at; a page with more is no notice of a server.
_HEAD = 262_144
_UNSEEN = ("script", "style", "template", "svg", "head")
_TAG = re.compile(r"<[^>]{0,4000}>")
_SPACE = re.compile(r"\s+")
_PASSWORD = re.compile(r"<input\b[^>]{0,2000}?\btype\s*=\s*[\"']?password\b")
_HEADING = re.compile(r"<h1\b[^>]{0,2000}>")
_TITLE = re.compile(r"<title\b[^>]{0,200}>")
_PARTS = re.compile(r"\s*[|•·»«]\s*|\s+[–—/:-]+\s+|[:…]\s+")
_EDGES = " \t.!?…*\u200b\u00a0\"'"


@dataclass(frozen=True, slots=True)
class Look:
    """`text` counts characters that readers see, `markup` is the beginning of the page in small letters."""

    title: str
    heading: str
    text: int
    password: bool
    markup: str

    def parts(self) -> frozenset[str]:
        """The title whole and in the parts that divide it, and the heading, in small letters."""
        title = self.title
        return frozenset(part.strip(_EDGES) for part in (title, self.heading, *_PARTS.split(title)) if part.strip(_EDGES))


def look(body: bytes, charset: str | None) -> Look:
    """At the beginning of a page."""
    markup = _decoded(body[:_HEAD], charset).lower()
    inside = markup
    for name in _UNSEEN:
        inside = _without(inside, name)
    text = _SPACE.sub(" ", html.unescape(_TAG.sub(" ", inside)))
    return Look(
        _between(markup, _TITLE, "</title"), _between(inside, _HEADING, "</h1"), len(text.strip()), _PASSWORD.search(markup) is not None, markup
    )


def _decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(codecs.lookup(charset or "utf-8").name, "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _without(markup: str, name: str) -> str:
    """The markup without these elements; one that is not closed is left as it is."""
    kept = []
    at = 0
    while (start := markup.find(f"<{name}", at)) >= 0:
        after = markup[start + len(name) + 1 : start + len(name) + 2]
        end = -1 if after.isalnum() else markup.find(f"</{name}", start)
        if end < 0:
            if not after.isalnum():
                break
            kept.append(markup[at : start + 1])
            at = start + 1
            continue
        kept.append(markup[at:start])
        at = end + 2 + len(name)
    kept.append(markup[at:])
    return "".join(kept)


def _between(markup: str, start: re.Pattern[str], end: str) -> str:
    found = start.search(markup)
    if found is None:
        return ""
    until = markup.find(end, found.end(), found.end() + 2_000)
    inside = markup[found.end() : until] if until >= 0 else ""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", inside))).strip()
