"""A page of an invented publisher with slots for what a test is about, and the reader of its facts."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Page
from checker.lexicon import Lexicon, load
from checker.model import Source
from checker.packs import built_in
from checker.page.reader import read

_FIRST = (
    "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March. "
    "Nobody had brought the map, and the only light came from the stove."
)
_SECOND = (
    "By morning the wind had turned and the boards of the jetty were wet, so they packed the sledge again and waited for the sun. "
    "It came late, as it does in those weeks of the year."
)
_THIRD = (
    "What they remembered afterwards was the sound of the ice under the runners and the smell of the smoke that stayed in their coats. "
    "The lake was crossed before noon."
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load([built_in()])


@pytest.fixture(scope="session")
def read_page(lexicon: Lexicon) -> Callable[..., Page]:
    """Reads a whole page from its markup."""

    def read_it(html: str, url: str | None = None) -> Page:
        return read(Source("page.html", html.encode(), url=url), lexicon).page

    return read_it


@pytest.fixture(scope="session")
def read_story(read_page: Callable[..., Page]) -> Callable[..., Page]:
    """Reads a story with markup put into it: head, site's header, under the headline, before, in and behind the text, behind the story, foot."""

    def read_it(
        text: str = "",
        *,
        head: str = "",
        bar: str = "",
        under: str = "",
        start: str = "",
        end: str = "",
        after: str = "",
        outside: str = "",
        foot: str = "",
    ) -> Page:
        first, second, third = (f"<p>{paragraph}</p>" for paragraph in (_FIRST, _SECOND, _THIRD))
        return read_page(
            f"""<!doctype html><html lang="en"><head><title>A kettle at the lake</title>
<link rel="canonical" href="https://lakepost.example/weekend/kettle">{head}</head><body>
<header class="site-header"><a href="/">The Lake Post</a>{bar}</header>
<main><article><header class="entry-header"><h1>A kettle at the lake</h1>{under}</header>
<div class="entry-content">{start}{first}{text}{second}{third}{end}</div>{after}</article></main>
{outside}<footer class="site-footer"><p>All rights reserved.</p>{foot}</footer></body></html>"""
        )

    return read_it


@pytest.fixture(scope="session")
def ld() -> Callable[..., str]:
    """JSON-LD of the story with these fields."""

    def write(**fields: object) -> str:
        return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "A kettle at the lake", **fields})}</script>'

    return write


@pytest.fixture(scope="session")
def told(ld: Callable[..., str]) -> str:
    """JSON-LD that names Ada Quill as the story's author."""
    return ld(author={"@type": "Person", "name": "Ada Quill"})


@pytest.fixture(scope="session")
def seen() -> Callable[[Page], list[str]]:
    """The names of the authors whom a reader of the page sees."""
    return lambda page: [author.name for author in page.authors if author.visible]
