from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import packs
from checker.errors import BadRule
from checker.lexicon import wordlists
from checker.lexicon.credits import CreditWords
from checker.lexicon.examples import Tried, try_credits
from checker.text import tidy

WORDS = CreditWords.load([packs.built_in()])
EXAMPLES = list(try_credits([packs.built_in()], WORDS))
HOSTILE = [
    "photo: " * 40_000,
    "© " * 100_000,
    "(" * 300_000,
    "a/" * 150_000,
    "Jane Doe/AFP " * 20_000,
    "A. " * 100_000,
    "写真" * 150_000,
    "via " * 70_000,
    "=" * 300_000,
]


@pytest.mark.parametrize("tried", EXAMPLES, ids=lambda tried: tried.id)
def test_the_examples_of_the_word_files_hold(tried: Tried) -> None:
    assert tried.fault is None


def test_every_language_has_labels_placeholders_and_an_example() -> None:
    lists = wordlists.read([packs.built_in()], "credit", wordlists.CREDIT_LISTS)
    bylines = wordlists.read([packs.built_in()], "byline", wordlists.BYLINE_LISTS)
    assert lists.keys() == bylines.keys()
    shown = {tried.of for tried in EXAMPLES}
    for language, words in lists.items():
        assert words.get("labels"), language
        assert words.get("placeholders"), language
        assert language in shown


@pytest.mark.parametrize(
    "text",
    [
        "A credit card on a table",
        "The tax credit, explained",
        "Photo gallery: ten years of harvest",
        "Photo shows the town hall",
        "Click on photo to enlarge",
        "Photo by photo, the day returns",
        "The Getty museum seen from the garden",
        "He works for Reuters",
        "Members of the family at the lake",
        "Paris (France)",
        "The chancellor (left) and his guest",
        "Before / after",
        "Salt and pepper / to taste",
        "Step 3: fold the dough",
        "Foto de familia",
        "",
        "   ",
        "Photo:",
        "©",
        "2021",
    ],
)
def test_a_description_is_no_credit(text: str) -> None:
    assert WORDS.parse(text, "en", labelled=False) is None


@pytest.mark.parametrize(
    "text", ["A man walks his dog while it rains in the park", "Privacy policy", "Enlarge image", "1 / 5", "12.03.2021", "Photo", "What is it?"]
)
def test_a_credit_element_may_hold_something_else(text: str) -> None:
    assert WORDS.parse(text, "en", labelled=True) is None


@pytest.mark.parametrize("text", ["Jane Doe", "Jane Doe for Example Weekly", "example.com", "Example Museum/Jane Doe", "Archiv Muster", "AP"])
def test_a_credit_element_names_the_maker_without_a_marker(text: str) -> None:
    credit = WORDS.parse(text, "en", labelled=True)
    assert credit is not None
    assert credit.text == text
    assert not credit.placeholder


@pytest.mark.parametrize(
    "text",
    ["Photo: Internet", "Foto: Archiv", "© D.R.", "Image: Google", "Bild: privat", "Source: web", "사진: 인터넷", "图：网络", "Photo: Courtesy"],
)
def test_a_placeholder_names_nobody(text: str) -> None:
    credit = WORDS.parse(text, None, labelled=False)
    assert credit is not None
    assert credit.placeholder
    assert credit.maker is None
    assert credit.agency is None


def test_the_description_is_not_part_of_the_credit() -> None:
    caption = "The bridge over the river was closed for repairs on Monday. Photo: Jane Doe/AFP"
    credit = WORDS.parse(caption, "en", labelled=False)
    assert credit is not None
    assert caption[credit.start : credit.end] == credit.text == "Photo: Jane Doe/AFP"


def test_of_two_markers_the_one_that_names_somebody_counts() -> None:
    credit = WORDS.parse("Main image: the keeper of the house. Photograph: Jane Doe", "en", labelled=False)
    assert credit is not None
    assert credit.maker == "Jane Doe"


def test_a_name_before_an_agency_in_brackets_belongs_to_the_credit() -> None:
    credit = WORDS.parse("El puente, el 1 de agosto. Ana Ejemplo (Reuters)", "es", labelled=False)
    assert credit is not None
    assert (credit.text, credit.maker, credit.agency) == ("Ana Ejemplo (Reuters)", "Ana Ejemplo", "Reuters")


@pytest.mark.parametrize(
    "text",
    [
        "Photos by the river are the best part of the trip.",
        "Images load faster",
        "Photo",
        "She said: photos by Jane",
        "Fotos: so gelingen sie auch bei schlechtem Licht",
    ],
)
def test_prose_credits_no_page(text: str) -> None:
    assert WORDS.page_level(text, "en") == []


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_read_and_offsets_point_at_the_credit(text: str, labelled: bool) -> None:
    found = [WORDS.parse(text, None, labelled=labelled), *WORDS.page_level(text, None)]
    for credit in found:
        if credit is not None:
            assert 0 <= credit.start < credit.end <= len(text)
            assert credit.text == tidy(text[credit.start : credit.end]) or credit.text.endswith("…")


@given(
    st.lists(
        st.sampled_from(
            [
                "Photo: ",
                "by ",
                "© ",
                "Jane ",
                "Doe",
                "/",
                "AFP",
                " (",
                ")",
                " | ",
                "via ",
                "CC BY 4.0",
                ". ",
                "写真：",
                "提供",
                "＝",
                "a dog ",
                "Courtesy of ",
                "2020 ",
                "\n",
            ]
        ),
        max_size=20,
    ),
    st.booleans(),
)
def test_mixtures_of_credit_words_are_read(pieces: list[str], labelled: bool) -> None:
    text = "".join(pieces)
    credit = WORDS.parse(text, None, labelled=labelled)
    if credit is not None:
        assert credit.maker or credit.agency or credit.licence or credit.via or credit.placeholder
    WORDS.page_level(text, None)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("cut", [430, 1_990, 300_000])
def test_hostile_text_ends(text: str, cut: int) -> None:
    WORDS.parse(text[:cut], "en", labelled=True)
    assert len(WORDS.page_level(text[:cut], "en")) <= 200


def test_faults_in_a_pack_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "credit.en.toml").write_text('language = "en"\nlabel = ["photo"]\nplaceholders = [1]\n', "utf-8")
    with pytest.raises(BadRule) as caught:
        CreditWords.load([tmp_path])
    assert len(caught.value.faults) == 2
    path = tmp_path / "words" / "credit.en.toml"
    assert caught.value.faults[0].startswith(f'{path}:2: "label" is not a list of credit words; allowed: ')
    assert caught.value.faults[0].endswith('; did you mean "labels"?')
    assert caught.value.faults[1] == f"{path}:3: placeholders must be a list of words in quotes, and 1 is none"
    (tmp_path / "words" / "credit.en.toml").unlink()
    (tmp_path / "words" / "agencies.toml").write_text(
        '[[agency]]\nname = "X"\nwritten = []\nkind = "news"\n[[agency]]\nname = "Y"\nwritten = ["Y"]\nkind = "wire"\n', "utf-8"
    )
    with pytest.raises(BadRule) as caught:
        CreditWords.load([tmp_path])
    agencies = tmp_path / "words" / "agencies.toml"
    assert caught.value.faults == [
        f"{agencies}:3: written must be a list of words in quotes",
        f"{agencies}:8: kind must be one of news, pictures, stock, free",
    ]


def test_a_house_pack_adds_words(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "credit.en.toml").write_text('language = "en"\nlabels = ["lens"]\nplaceholders = ["our darkroom"]\n', "utf-8")
    house = CreditWords.load([packs.built_in(), tmp_path])
    assert WORDS.parse("Lens: Jane Doe", "en", labelled=False) is None
    credit = house.parse("Lens: Jane Doe", "en", labelled=False)
    assert credit is not None
    assert credit.maker == "Jane Doe"
    vague = house.parse("Lens: our darkroom", "en", labelled=False)
    assert vague is not None
    assert vague.placeholder


PARTS = [
    "Photo: ",
    "Images by ",
    "Jane Doe",
    "All images copyright Jane Doe.",
    "Image credits",
    "The lake",
    " ",
    "\n",
    "(",
    "* ",
    "© ",
    "Bilder: ",
    "\uf8f8",
]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=5).map("".join), max_size=6))
def test_no_line_for_the_whole_page_is_passed_over(lines: list[str]) -> None:
    likely = WORDS.may_be_page_level(lines)
    for index, line in enumerate(map(tidy, lines)):
        if WORDS.page_level(line, None) or WORDS.heads_list(line):
            assert index in likely


def test_lines_that_credit_nothing_are_passed_over() -> None:
    lines = ["The lake at noon.", "Jane Doe lives in Porto", "Images: Jane Doe", "All rights at the photo agency"]
    assert WORDS.may_be_page_level(lines) == [2]


@pytest.mark.parametrize("text", ["Jane Doe, CC BY 4.0", "The lake. Jane Doe, public domain", "Jane Doe (gemeinfrei)"])
def test_a_licence_is_found_by_any_of_its_words(text: str) -> None:
    found = WORDS.parse(text, None, labelled=True)
    assert found is not None
    assert found.licence
