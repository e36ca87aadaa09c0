"""The rel of one start tag, however it is written."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.fix.start_tag import with_rel
from checker.page.tokens import attributes

CASES = {
    '<a href="/x">': '<a rel="sponsored" href="/x">',
    "<a\nhref=/x\n>": '<a rel="sponsored"\nhref=/x\n>',
    '<a href="/x" rel="noopener">': '<a href="/x" rel="noopener sponsored">',
    "<A HREF='/x' REL='noopener noreferrer'>": "<A HREF='/x' REL='noopener noreferrer sponsored'>",
    "<a rel=noopener href=/x>": '<a rel="noopener sponsored" href=/x>',
    "<a href=/x rel=noopener>": '<a href=/x rel="noopener sponsored">',
    "<a rel href=/x>": '<a rel="sponsored" href=/x>',
    '<a href="/x" rel>': '<a href="/x" rel="sponsored">',
    '<a href="/x" rel= >': '<a href="/x" rel="sponsored" >',
    '<a href="/x" rel="">': '<a href="/x" rel="sponsored">',
    '<a href="/x" rel="noopener ">': '<a href="/x" rel="noopener sponsored">',
    '<a rel = "noopener" href="/x" rel="nofollow">': '<a rel = "noopener sponsored" href="/x" rel="nofollow">',
    '<area href="/x"/>': '<area rel="sponsored" href="/x"/>',
    '<a title="a > b rel=x" href="/x" rel="me" />': '<a title="a > b rel=x" href="/x" rel="me sponsored" />',
    '<a data-rel="x" href="/x">': '<a rel="sponsored" data-rel="x" href="/x">',
    '<a rel="no&amp;opener" href="/x">': '<a rel="no&amp;opener sponsored" href="/x">',
    '<a href=/x rel=a"b>': '<a href=/x rel="a&quot;b sponsored">',
    "<a>": '<a rel="sponsored">',
}


def _done(tag: str) -> str:
    edit = with_rel(tag, "sponsored")
    return tag[: edit.offset] + edit.inserted + tag[edit.offset + edit.removed :]


@pytest.mark.parametrize(("tag", "wanted"), CASES.items(), ids=CASES)
def test_the_word_is_written_as_the_author_would(tag: str, wanted: str) -> None:
    assert _done(tag) == wanted


_NAMES = st.sampled_from(("href", "rel", "REL", "class", "data-rel", "title", "rev"))
_VALUES = st.sampled_from(("", "=x", '="x y"', "='x'", '=""', ' = "a > b"', "=", '="a&amp;b"', "=a/b"))


@given(st.lists(st.tuples(st.sampled_from((" ", "\n", "/ ")), _NAMES, _VALUES), max_size=5), st.sampled_from((">", " >", "/>", " />")))
def test_only_the_first_rel_changes_and_gains_one_word(parts: list[tuple[str, str, str]], end: str) -> None:
    tag = "<a" + "".join(f"{space}{name}{value}" for space, name, value in parts) + end
    before, after = attributes(tag), attributes(_done(tag))
    assert unescape(after.pop("rel")).split() == [*unescape(before.pop("rel", "")).split(), "sponsored"]
    assert after == before
