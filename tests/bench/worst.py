"""Pages that are built to be slow: one kind of thing, many times. Each takes how many of it, so that growth can be seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from tests.bench.pages import Maker, page


def links(count: int) -> bytes:
    """Links in a story, every third of them paid."""
    make = Maker(11)
    kinds = ("paid", "outward", "outward")
    return _story(f'<p><a href="{make.one(kinds[n % 3])}">{make.one("things")}</a> {make.one("places")}</p>\n' for n in range(count))


def images(count: int) -> bytes:
    """Pictures with captions, two of three with a credit."""
    make = Maker(12)
    return _story(make.figure() for _ in range(count))


def paragraph(size: int) -> bytes:
    """So many characters of prose in one paragraph."""
    make, text, length = Maker(13), [], 0
    while length < size:
        text.append(make.one("sentences"))
        length += len(text[-1]) + 1
    return _story(["<p>", " ".join(text)[:size], "</p>\n"])


def texts(count: int) -> bytes:
    """So many pieces of text, each a word."""
    return _story("<p>" + "".join(f"<b>word{n + m}</b> and " for m in range(10)) + "</p>\n" for n in range(0, count // 2, 10))


def nested(depth: int) -> bytes:
    """A story in so many boxes, one inside the other."""
    return _story(["<div>" * depth, '<p>A word and <a href="https://amzn.to/x">a link</a>.</p>', "</div>" * depth])


def attributes(count: int) -> bytes:
    """Elements with 40 attributes each; `count` attributes in all."""
    flood = " ".join(f'data-{n}="value of {n}"' for n in range(39))
    return _story(f'<div class="box box-{n}" {flood}>a</div>\n' for n in range(count // 40))


def structured(count: int) -> bytes:
    """Structured data of so many people."""
    make = Maker(14)
    people = [{"@type": "Person", "name": make.one("people"), "url": f"https://ledger.example/people/{n}"} for n in range(count)]
    return _story([f'<script type="application/ld+json">{json.dumps({"@type": "Article", "author": people})}</script>\n'])


def styles(count: int) -> bytes:
    """So many rules of style, each hiding something."""
    rules = "".join(f".hide-{n}, #off-{n} {{ display: none }}\n" for n in range(count))
    return _story([f"<style>{rules}</style>\n", *(f'<p class="hide-{n}">Some links here earn us a commission.</p>\n' for n in range(0, count, 10))])


def bylines(count: int) -> bytes:
    """So many short lines that look as if each named an author."""
    make = Maker(15)
    return _story(f'<p class="byline author">By {make.one("people")} and {make.one("people")}</p>\n' for _ in range(count))


def notices(count: int) -> bytes:
    """So many sentences of notices, with a paid link behind each."""
    make = Maker(16)
    return _story(f'<p>We earn a commission on sales. <a href="{make.one("paid")}">a shop</a></p>\n' for _ in range(count))


def _story(parts: Iterable[str]) -> bytes:
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>\n<body><h1>A page</h1>\n'
    head += '<p class="byline">By Mara Lindqvist</p>\n'
    return (
        head + "<article><p>A first paragraph, as every story has one, with some words.</p>\n" + "".join(parts) + "</article></body></html>\n"
    ).encode()


# What each is called, how it is made and how many there are at most.
WORST: dict[str, tuple[Callable[[int], bytes], int]] = {
    "links": (links, 20_000),
    "pictures": (images, 5_000),
    "characters in one paragraph": (paragraph, 300_000),
    "pieces of text": (texts, 100_000),
    "nested boxes": (nested, 20_000),
    "attributes": (attributes, 100_000),
    "people in structured data": (structured, 10_000),
    "rules of style": (styles, 10_000),
    "bylines": (bylines, 5_000),
    "notices": (notices, 5_000),
    "bytes of a common page": (page, 10_000_000),
}
