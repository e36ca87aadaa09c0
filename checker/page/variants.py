"""The other forms of a piece that a page names in its head: its AMP twin, the page it was made from, its form for printing, its other parts."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from checker.facts import Variants
from checker.page.document import Document

# No browser asks for a longer one.
_LONGEST = 2_000
_NONE = Variants()
_WHOLE = ("http://", "https://")
# What `rel` calls it; an alternate is one for printing where its `media` says so.
_KINDS = {"canonical": "canonical", "amphtml": "amphtml", "prev": "prev", "previous": "prev", "next": "next", "alternate": "print"}
# What the address of a part has and that of the part before it has not: "/2", "-2.html", "?page=2", "/page/2/", "_seite3".
_PART = re.compile(r"[/?&_-]?[a-z]{0,12}[/=_-]?([1-9][0-9]?)/?", re.IGNORECASE)


def read_variants(document: Document, base: str | None, own: str | None) -> Variants:
    """What the page says. `base`: what its addresses resolve against; `own`: the address that it was found at, where that is known."""
    named: dict[str, str] = {}
    for node in document.all("link"):
        attrs = document.attrs[node]
        for word in attrs.get("rel", "").lower().split():
            kind = _KINDS.get(word)
            if kind == "print" and "print" not in attrs.get("media", "").lower():
                continue
            if kind is not None and kind not in named and (address := _address(attrs.get("href", ""), base)) is not None:
                named[kind] = address
    amp = any("amp" in document.attrs[node] or "⚡" in document.attrs[node] for node in document.all("html")[:1])
    if not named and not amp:
        return _NONE
    canonical = named.get("canonical")
    here = [own.partition("#")[0]] if own else []
    here += [canonical] if canonical else []
    before, after = named.get("prev"), named.get("next")
    return Variants(
        amp=amp,
        canonical=canonical,
        amphtml=named.get("amphtml"),
        previous=before if before and (not here or before in here or any(is_next_part(before, each) for each in here)) else None,
        next=after if after and (not here or any(is_next_part(each, after) for each in here)) else None,
        print=named.get("print"),
    )


def is_next_part(one: str, other: str) -> bool:
    """Whether the second address is that of the part behind the first: they differ in a number under a hundred alone.

    >>> is_next_part("https://a.example/pots", "https://a.example/pots/page/2/"), is_next_part("https://a.example/pots", "https://a.example/pans")
    (True, False)
    """
    one, other = one.rstrip("/"), other.rstrip("/")
    head = _alike(one, other)
    # Numbers are compared whole: 19 and 20, not 9 and 20.
    while head and one[head - 1].isdigit() and (one[head : head + 1] + other[head : head + 1])[:1].isdigit():
        head -= 1
    tail = _alike(one[head:][::-1], other[head:][::-1])
    while tail and one[len(one) - tail].isdigit():
        tail -= 1
    mine, theirs = one[head : len(one) - tail], other[head : len(other) - tail]
    part = _PART.fullmatch(theirs)
    if part is None:
        return False
    number = int(part[1])
    if not mine:
        return number == 2
    return mine.isdigit() and theirs.isdigit() and int(mine) == number - 1


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((number for number, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), min(len(one), len(other)))


def _address(href: str, base: str | None) -> str | None:
    href = href.strip()
    try:
        # Most are whole, and joining costs more than all the rest.
        address = (href if href.startswith(_WHOLE) else urljoin(base or "", href)).partition("#")[0]
    except ValueError:
        return None
    return address if href and address.startswith(_WHOLE) and len(address) <= _LONGEST else None
