from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon.word_finder import WordFinder
from checker.text import fold

PHRASES = ("photo", "photo by", "photos", "ph", "©", "(c)", "von", "图", "图片", "foto:", "'tis", "_x", "-", "3d", "élan")
FINDER = WordFinder(PHRASES)
# Where a word starts, as its definition says it.
STARTS = re.compile(r"(?<![^\W_])(?=\S)|(?<=[^\W\d_A-Z])(?=[A-ZÀ-Þ])|(?<=\d)(?=[A-ZÀ-Þ])|(?<=[^\W_])(?=[^\w\s])")
WRITTEN = st.lists(
    st.sampled_from(
        [*PHRASES, "Photo", "PHOTO BY", "vonElisa", "Uhr.Foto:", "ʼ", "’", "３Ｄ", "Ｐh", "É", "×", "İ", " ", "\n", "_", "x", "3", ".", "Jane Doe"]
    ),
    max_size=9,
).map("".join)


def longest(folded: str, at: int, end: int | None = None) -> str | None:
    return max((phrase for phrase in PHRASES if folded.startswith(phrase, at, len(folded) if end is None else end)), key=len, default=None)


@given(WRITTEN, st.integers(0, 20))
def test_every_phrase_is_found_that_stands_at_the_start_of_a_word(text: str, start: int) -> None:
    folded = fold(text)
    starts = (match.start() for match in STARTS.finditer(text, min(start, len(text))))
    assert list(FINDER.scan(text, folded, min(start, len(text)))) == [(at, found) for at in starts if (found := longest(folded, at))]


@given(WRITTEN, st.integers(0, 20), st.none() | st.integers(0, 30))
def test_the_longest_phrase_at_a_place_is_found(text: str, at: int, end: int | None) -> None:
    folded = fold(text)
    assert FINDER.at(folded, at, end) == longest(folded, at, end)


def test_no_phrases_are_found_where_there_are_none() -> None:
    assert list(WordFinder(()).scan("Photo by Jane Doe", "photo by jane doe")) == []
