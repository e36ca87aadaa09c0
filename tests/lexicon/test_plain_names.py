"""The quick looks at texts say what the full reading says."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from checker.lexicon import Lexicon, load
from checker.lexicon.name_frames import may_lead
from checker.lexicon.name_parts import blanked
from checker.lexicon.names import NameWords
from checker.lexicon.plain_names import PlainNames
from checker.packs import built_in
from checker.text import fold

WORDS = (
    "Ada", "Quill", "Łukasz", "Çelik", "May", "London", "Editor", "Press", "By", "Reuters", "Smith", "Verlagsgruppe", "Dr", "De", "and", "News",
)  # fmt: skip
LEADS = ("", "By ", "by ", "Von ", "Text: ", "3. Mai 2020, ", "Photos: ", "(By ", "@ada ", "– ", "am 3. Mai von ", "17:59Von ", "Hello ")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load([built_in()])


def texts() -> Iterator[str]:
    for count in (1, 2, 3):
        for words in itertools.product(WORDS, repeat=count):
            yield " ".join(words)


@pytest.mark.parametrize("language", ["en", "de", None])
def test_plain_names_are_read_as_word_by_word(lexicon: Lexicon, language: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [lead + text for lead, text in zip(itertools.cycle(LEADS), texts(), strict=False)]
    samples += [lead + "Ada Quill" for lead in LEADS]
    quick = [(lexicon.names.names(text, language), lexicon.names.byline(text, language)) for text in samples]
    monkeypatch.setattr(PlainNames, "name", lambda *_: None)
    assert quick == [(lexicon.names.names(text, language), lexicon.names.byline(text, language)) for text in samples]


def test_a_line_that_no_marker_can_lead_is_no_byline(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [lead + text for lead, text in zip(itertools.cycle(LEADS), texts(), strict=False)]
    quick = [lexicon.names.byline(text, "de") for text in samples]
    monkeypatch.setattr("checker.lexicon.names.may_lead", lambda *_: True)
    assert quick == [lexicon.names.byline(text, "de") for text in samples]
    assert not may_lead("Hello Ada Quill", "hello ada quill", lexicon.names._vocabulary("en"))


@pytest.mark.parametrize(
    "text", ["Ada Quill", "(Ada) Quill", "a@b.example", "HTTP://x.example y", "see WWW.x.example", "[By Ada]", "<b>", "50 % off"]
)
def test_what_is_blanked_is_as_long_as_before(text: str) -> None:
    assert len(blanked(text)) == len(text)


def test_every_word_that_tells_of_reviewers_is_found(lexicon: Lexicon) -> None:
    names: NameWords = lexicon.names
    for word in ("medically reviewed by", "fact-checked by", "faktencheck", "監修"):
        assert names.may_review(f"the kettle {fold(word)} Ada", "en")
    assert not names.may_review("The kettle boiled at noon", "en")
