"""Lines and sentences that credit the pictures of a page: beside who wrote it, in a sentence about all of them; and lines that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.scale.rulebook import lexicon
from checker.text import fold, tidy

LEXICON = lexicon()
WORDS, NAMES = LEXICON.credits, LEXICON.names


def makers(line: str) -> list[str | None]:
    """As a page's reader asks for them."""
    others, found = WORDS.beside_writers(line)
    return (
        [credit.maker or credit.agency for credit in found]
        if any(NAMES.byline(other, language) for other in others for language in (None, "de"))
        else []
    )


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("By Jane Doe. Pictures by Richard Roe.", "Richard Roe"),
        ("By Jane Doe | Photos by Richard Roe", "Richard Roe"),
        ("Words by Jane Doe, photos by Richard Roe", "Richard Roe"),
        ("Words: Jane Doe Photos: Richard Roe", "Richard Roe"),
        ("Written by Jane Doe • Photographed by Richard Roe", "Richard Roe"),
        ("Story by Jane Doe, photography by Richard Roe and Sam Poe", "Richard Roe and Sam Poe"),
        ("By Jane Doe, with photographs by Richard Roe", "Richard Roe"),
        ("By Jane Doe Photographs by Richard Roe", "Richard Roe"),
        ("March 3, 2024 · By Jane Doe · Photos by Richard Roe", "Richard Roe"),
        ("By Jane Doe • Photos by Richard Roe 12 May 2025", "Richard Roe"),
        ("By Jane Doe • Photo: Getty Images", "Getty Images"),
        ("Text: Jana Dorn, Fotos: Rolf Rau", "Rolf Rau"),
        ("Von Jana Dorn (Text) und Rolf Rau (Fotos)", "Rolf Rau"),
        ("Jana Dorn (Text), Rolf Rau (Fotos)", "Rolf Rau"),
        ("Von Jana Dorn. Fotos von Rolf Rau", "Rolf Rau"),
        ("Par Jeanne Dupin, photos Rémi Roux", "Rémi Roux"),
        ("Texte : Jeanne Dupin, photos : Rémi Roux", "Rémi Roux"),
        ("Por Juana Dos. Fotos de Ramón Ruiz", "Ramón Ruiz"),
        ("Testo di Gianna Duse, foto di Remo Rossi", "Remo Rossi"),
        ("Testi e foto di Gianna Duse", "Gianna Duse"),
        ("Door Janna Dijk Foto's Roel Ras", "Roel Ras"),
        ("Texto: Joana Dias. Fotos: Rui Reis", "Rui Reis"),
        ("Texto e fotos de Joana Dias", "Joana Dias"),
        ("Text: Jenny Dahl Foto: Rolf Ek", "Rolf Ek"),
        ("Teksti: Jenni Laine Kuvat: Risto Ek", "Risto Ek"),
        ("Tekst: Jana Dorn, zdjęcia: Rafał Rak", "Rafał Rak"),
        ("文：山田花子　写真：佐藤太郎", "佐藤太郎"),
        ("글 김철수 사진 이영희", "이영희"),
        ("글·사진 김철수", "김철수"),
        ("文/王小明 摄影/李华", "李华"),
    ],
)
def test_makers_are_found_beside_who_wrote_the_piece(line: str, due: str) -> None:
    assert makers(line) == [due]
    assert WORDS.may_name_roles(["The lake at noon.", line]) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe | Photos | Videos",
        "Home | Photos: Latest | By Jane Doe",
        "By Jane Doe, Photo Editor",
        "By Jane Doe, photo editor of the Herald",
        "By Jane Doe. Photos by the river are best.",
        "By Jane Doe and Photos by Nobody in Particular",
        "By Jane Doe. Images: AI",
        "Von Jana Dorn und Bild: der Frau",
        "Jane Doe is a writer. Photos by nobody you know were used.",
        "Text size: A A A Photos: 12",
        # The caption of one picture: nothing says who wrote the piece.
        "The old mill. Photo by Richard Roe",
        "The old mill, Photos: Richard Roe",
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    assert makers(line) == []


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("All photos and words here belong to Constance Peabody; ask her first.", "Constance Peabody"),
        ("Every picture on this page was taken by Jane Doe.", "Jane Doe"),
        ("All photography © Jane Doe 2024. Do not reuse.", "Jane Doe"),
        ("The photographs in this article are by Jane Doe.", "Jane Doe"),
        ("All images are by Jane Doe unless otherwise stated.", "Jane Doe"),
        ("Unless noted, all images are copyright Jane Doe.", "Jane Doe"),
        ("Photos in this post by Jane Doe", "Jane Doe"),
        ("Alle Fotos in diesem Beitrag stammen von Jana Dorn.", "Jana Dorn"),
        ("Fotos, soweit nicht anders angegeben: Jana Dorn", "Jana Dorn"),
        ("Bilder: Jana Dorn, sofern nicht anders angegeben", "Jana Dorn"),
        ("Sauf mention contraire, toutes les photos sont de Jeanne Dupin.", "Jeanne Dupin"),
        ("Todas las fotos de este artículo son de Juana Dos, salvo indicación contraria.", "Juana Dos"),
        ("Alla bilder är tagna av Jenny Dahl om inget annat anges", "Jenny Dahl"),
        ("Tenzij anders vermeld zijn alle foto's van Janna Dijk", None),
    ],
)
def test_a_sentence_says_whose_all_pictures_are(sentence: str, due: str | None) -> None:
    found = WORDS.page_level(sentence, None)
    assert [credit.maker for credit in found] == ([due] if due else [])
    assert not found or WORDS.may_be_page_level([sentence]) == [0]


@pytest.mark.parametrize(
    "sentence",
    [
        "The photos are from Monday.",
        "The photos by the river took all day.",
        "All photos of Jane Doe",
        "Toutes les photos de Jeanne Dupin",
        "Todas las fotos de Juana Dos",
        "All images in this article show a bridge.",
        "All photos: see gallery",
        "The images were made by AI",
        "All photos were taken by me",
        "All images were made by our team.",
        "All photos in this post were taken with a small camera.",
        "All photos by the author unless noted.",
        "All images are property of their respective owners",
        "The photos are mine unless I say otherwise.",
        # Sentences of a story.
        "The photos were taken by Maria Lopez, who left the car and walked.",
        "The photographs belong to Maria Lopez, the court ruled on Tuesday.",
        "The images were created by Ada Quill. They hang in the town hall.",
        "Las fotos son de Valmora, donde viven los abuelos.",
        "Die Bilder wurden von Jana Dorn veröffentlicht.",
        "All images are © Their Respective Owners.",
        # Which pictures are excepted cannot be told.
        "Toutes les photos sont de Jeanne Dupin, sauf la première.",
    ],
)
def test_sentences_about_pictures_that_name_no_maker(sentence: str) -> None:
    assert WORDS.page_level(sentence, None) == []


WORDS_OF_LINES = [
    "By ",
    "Jane Doe",
    "Photos by ",
    "Text: ",
    "Fotos: ",
    ", ",
    " | ",
    ". ",
    "All photos ",
    "here ",
    "belong to ",
    "unless noted",
    "(Text)",
    "写真：",
    "山田",
    "\n",
    "12",
]


@given(st.lists(st.sampled_from(WORDS_OF_LINES), max_size=9).map("".join))
def test_any_line_is_read_and_no_credit_is_passed_over(line: str) -> None:
    _, found = WORDS.beside_writers(line)
    for credit in [*found, *WORDS.page_level(line, None)]:
        assert 0 <= credit.start < credit.end <= len(line)
    if found:
        assert WORDS.may_name_roles([line]) == [0]
    if WORDS.page_level(tidy(line), None):
        assert WORDS.may_be_page_level([tidy(line)]) == [0]
    assert len(fold(line)) == len(line)
