from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import packs
from checker.errors import BadRule
from checker.lexicon import wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.examples import Tried, try_bylines
from checker.lexicon.names import Name, NameWords
from checker.text import tidy

WORDS = NameWords.load([packs.built_in()])
EXAMPLES = list(try_bylines([packs.built_in()], WORDS))
LANGUAGES = [None, "en", "de", "fr", "it", "es", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "tr", "ru", "ar", "ja", "ko", "zh", "xx"]
CALLS: dict[str, Callable[[str, str | None], list[Name]]] = {
    "names": WORDS.names,
    "byline": WORDS.byline,
    "sign_off": WORDS.sign_off,
    "dated": WORDS.dated,
    "about": WORDS.about,
    "editors": WORDS.editors,
    "dateline": WORDS.dateline,
    "farewell": WORDS.farewell,
    "note": WORDS.note,
    "reviewers": lambda text, language: [name for name, _ in WORDS.reviewers(text, language)],
}
HOSTILE = [
    "by " * 100_000,
    "(" * 300_000,
    "Jane Doe, " * 30_000,
    "A" * 300_000,
    "@a" * 150_000,
    "By " + "Jane/" * 60_000,
    "\u0301" * 300_000,
    "1" * 300_000,
    "reviewed by " * 30_000,
    "love, " * 60_000,
    "【ソウル＝" * 60_000,
    "By\n" * 100_000,
    "Jane is an editor " * 20_000,
]


def read(call: str, text: str, language: str | None) -> list[str]:
    return [name.name for name in CALLS[call](text, language)]


@pytest.mark.parametrize("tried", EXAMPLES, ids=lambda tried: tried.id)
def test_the_examples_of_the_word_files_hold(tried: Tried) -> None:
    assert tried.fault is None


def test_every_language_has_markers_or_labels_generic_names_and_an_example() -> None:
    lists = wordlists.read([packs.built_in()], "byline", wordlists.BYLINE_LISTS)
    assert {code for code in LANGUAGES if code not in (None, "xx")} <= lists.keys()
    shown = {tried.of for tried in EXAMPLES}
    for language, words in lists.items():
        assert words.get("generic"), language
        assert language == "any" or words.get("markers") or words.get("labels"), language
        assert language in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "Ludwig van der Berg",
        "Marie de la Cruz",
        "Omar bin Said",
        "Ana-María Ñandú",
        "J. K. Doe",
        "Madonna",
        "Анна Примерова",
        "山田太郎",
        "홍길동",
    ],
)
def test_a_plain_name_stays_whole_in_every_language(name: str, language: str | None) -> None:
    assert WORDS.names(name, language) == [Name(name, "person", 0, len(name))]


@pytest.mark.parametrize(
    "text",
    [
        "By 5 pm",
        "By clicking on this link",
        "By the numbers",
        "By Design",
        "by default",
        "Von hier",
        "Von wegen!",
        "By?",
        "Par exemple",
        "Por favor",
        "Di nuovo",
        "",
        "   ",
        "By",
        "By:",
        "Photos by Jane Doe",
        "Edited by Jane Doe",
        "Passed by Jane Doe",
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", None])
def test_what_only_begins_like_a_byline_is_none(text: str, language: str | None) -> None:
    assert read("byline", text, language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("BY JANE DOE", ["JANE DOE"]),
        ("by Tobi", ["Tobi"]),
        ("By Jane Doe | March 3, 2016", ["Jane Doe"]),
        ("March 3, 2020 by Jane Doe", ["Jane Doe"]),
        ("By Jane Doe and Richard Roe", ["Jane Doe", "Richard Roe"]),
        ("Author: Jane Doe", ["Jane Doe"]),
        ("About us", []),
        ("Author contributions were equal", []),
    ],
)
def test_a_marker_makes_a_line_a_byline(text: str, expected: list[str]) -> None:
    assert read("byline", text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(dpa)", ["dpa"]),
        ("dpa/mz", ["dpa/mz"]),
        ("(dpa/AFP)", ["dpa", "AFP"]),
        ("(jd)", []),
        ("mz", []),
        ("Quelle: dpa", ["dpa"]),
        ("The ministry said so. (AP)", ["AP"]),
        ("It rests on the talks of the ap.", []),
        ("The firm sold Reuters a licence for its archive, which took everybody by surprise on Monday. It will be paid in May.", []),
    ],
)
def test_only_agencies_sign(text: str, expected: list[str]) -> None:
    assert read("sign_off", text, "de") == expected


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Medically reviewed by Jane Doe and Richard Roe", ["reviewer", "reviewer"]),
        ("Fact checked by Jane Doe", ["fact_checker"]),
        ("Reviewed by Jane Doe | Fact-checked by Richard Roe", ["reviewer", "fact_checker"]),
        ("Written by Jane Doe", []),
        ("Edited by Jane Doe", []),
    ],
)
def test_reviewers_and_their_roles(text: str, roles: list[str]) -> None:
    assert [role for _, role in WORDS.reviewers(text, "en")] == roles


def test_every_language_knows_reviewers() -> None:
    lists = wordlists.read([packs.built_in()], "byline", wordlists.BYLINE_LISTS)
    for language, words in lists.items():
        assert language == "any" or words.get("review_markers") or words.get("review_labels"), language
        assert language == "any" or words.get("check_markers") or words.get("check_labels"), language


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("3 March 2024", True),
        ("Mar. 3", True),
        ("2024/03/03", True),
        ("3.3.24", True),
        ("3月3日", True),
        ("16. maj 2024", True),
        ("March of the penguins", False),
        ("10.5.3.1", False),
        ("12:30", False),
        ("12 comments", False),
        ("10 / 20", False),
    ],
)
def test_dates(text: str, there: bool) -> None:
    assert WORDS.has_date(text) is there


def test_a_name_is_found_once() -> None:
    assert read("names", "Jane Doe Jane Doe", "en") == ["Jane Doe"]
    assert read("names", "Jane Doe, JANE DOE", "en") == ["Jane Doe"]


def test_agencies_of_few_letters_count_only_as_they_are_written() -> None:
    agencies = Agencies.load([packs.built_in()])
    assert agencies.is_agency("AP")
    assert agencies.is_agency("ＡＰ")
    assert not agencies.is_agency("Ap")
    assert agencies.is_agency("getty images")
    assert agencies.at_end("a day in the stadium.Getty Images") == 21
    assert agencies.at_end("a day in the stadium") is None


@given(st.text(max_size=300), st.sampled_from(LANGUAGES), st.sampled_from(sorted(CALLS)))
def test_any_text_is_read_and_offsets_point_at_the_name(text: str, language: str | None, call: str) -> None:
    for name in CALLS[call](text, language):
        assert name.name
        assert name.kind in ("person", "organisation", "generic")
        assert 0 <= name.start < name.end <= len(text)
        assert tidy(text[name.start : name.end]) == name.name or set(name.name.split()) <= set(
            tidy(text[name.start : name.end]).replace(",", " ").split()
        )


@given(
    st.lists(
        st.sampled_from(
            [
                "By ",
                "von ",
                "Jane ",
                "Doe",
                ", ",
                " and ",
                " | ",
                "Editor",
                "(",
                ")",
                "@x ",
                "12:30 ",
                "文：",
                "山田",
                "・",
                "기자",
                "dpa",
                "/",
                "\n",
                "May ",
                "reviewed by ",
                "Love, ",
                "【",
                "＝",
                "】",
                "About ",
                "Redaktion: ",
                " is an editor",
            ]
        ),
        max_size=25,
    )
)
def test_mixtures_of_byline_words_are_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    for read_with in CALLS.values():
        for name in read_with(text, None):
            assert name.name == name.name.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("cut", [190, 1_990, 300_000])
def test_hostile_text_ends(text: str, cut: int) -> None:
    for read_with in CALLS.values():
        assert len(read_with(text[:cut], "en")) <= 400


def test_faults_in_a_pack_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "byline.en.toml").write_text('language = "en"\nmarker = ["by"]\nroles = "editor"\n', "utf-8")
    (tmp_path / "words" / "byline.fr.toml").write_text('markers = ["par"]\n', "utf-8")
    with pytest.raises(BadRule) as caught:
        NameWords.load([tmp_path])
    assert len(caught.value.faults) == 3
    assert 'did you mean "markers"?' in caught.value.faults[0]


def test_a_house_pack_adds_words(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "byline.en.toml").write_text('language = "en"\nmarkers = ["penned by"]\ngeneric = ["the quill room"]\n', "utf-8")
    (tmp_path / "words" / "agencies.toml").write_text('[[agency]]\nname = "Quill Wire"\nwritten = ["QW"]\nkind = "news"\ntext = true\n', "utf-8")
    house = NameWords.load([packs.built_in(), tmp_path])
    assert [name.name for name in house.byline("Penned by Jane Doe", "en")] == ["Jane Doe"]
    assert house.names("The Quill Room", "en")[0].kind == "generic"
    assert [name.name for name in house.sign_off("(QW)", "en")] == ["QW"]
