"""A second parser as witness: the facts of a page read through lxml equal those read through a bs4 `html.parser` tree.

The walker here shares nothing with the program's but the columns that both fill. The pages have explicit end tags, so that two parsers must agree.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, ProcessingInstruction, Tag
from bs4.element import NavigableString

from checker.facts import Page
from checker.lexicon import Lexicon
from checker.model import Source
from checker.page import reader
from checker.page.document import Document
from checker.page.walk import Filling
from checker.scale.rulebook import lexicon as built_in_lexicon

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES = sorted([*FIXTURES.glob("pages/*/page.html"), *FIXTURES.glob("clean/*.html")])

# Where a fact stands is a matter of the start tags that a parser inserts, and of the indentation between them, which bs4 folds (`place`);
# `reader` is what the two differ in.
_POSITIONS = frozenset(("spot", "first_text", "headline", "place", "reader"))
_NO_TEXT = (Doctype, Declaration, ProcessingInstruction, CData)


def columns(soup: BeautifulSoup) -> Document:
    """The tree of bs4 as the program's columns, by plain recursion."""
    filling = Filling()

    def enter(tag: Tag) -> None:
        filling.start(tag.name, {name: value if isinstance(value, str) else " ".join(value) for name, value in tag.attrs.items()})
        for child in tag.children:
            visit(child)
        filling.end(tag.name)

    def visit(item: Any) -> None:
        if isinstance(item, Tag):
            enter(item)
        elif isinstance(item, Comment):
            filling.comment(str(item))
        elif isinstance(item, NavigableString) and not isinstance(item, _NO_TEXT):
            filling.data(str(item))

    for child in soup.children:
        visit(child)
    return filling.close()


def without_positions(value: Any) -> Any:
    """Facts as plain data, less what depends on the parser."""
    if isinstance(value, dict):
        return {name: without_positions(each) for name, each in value.items() if name not in _POSITIONS}
    if isinstance(value, list | tuple):
        return [without_positions(each) for each in value]
    return value


def facts(page: Page) -> dict[str, Any]:
    plain = without_positions(asdict(page))
    assert isinstance(plain, dict)
    return plain


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


def through_bs4(utf8: bytes) -> tuple[Document, str, str | None]:
    return columns(BeautifulSoup(utf8.decode("utf-8"), "html.parser", multi_valued_attributes=None)), "html.parser", None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name if path.name == "page.html" else path.stem)
def test_both_parsers_give_the_same_facts(path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(str(path), path.read_bytes(), path=str(path))
    first = reader.read(source, lexicon).page
    assert first.reader == "lxml"
    monkeypatch.setattr(reader, "walk", through_bs4)
    second = reader.read(source, lexicon).page
    assert second.reader == "html.parser", "the second parser was not asked"
    assert facts(second) == facts(first)


def test_the_pages_have_something_to_compare(lexicon: Lexicon) -> None:
    pages = [reader.read(Source(str(path), path.read_bytes()), lexicon).page for path in PAGES]
    assert sum(len(page.links) for page in pages) > 50
    assert sum(len(page.notices) for page in pages) > 30
    assert sum(len(page.authors) for page in pages) > 30
    assert sum(image.credit is not None for page in pages for image in page.images) >= 30


def test_the_witness_sees_what_differs(lexicon: Lexicon) -> None:
    same = FIXTURES / "pages" / "founding-story" / "page.html"
    page = reader.read(Source("a", same.read_bytes()), lexicon).page
    other = reader.read(Source("a", same.read_bytes().replace(b"tag=lanternreel-20", b"ref=home")), lexicon).page
    assert facts(page) != facts(other)
