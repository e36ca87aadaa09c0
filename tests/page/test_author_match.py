from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Page
from checker.page.author_match import same

Read = Callable[..., Page]
Ld = Callable[..., str]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Quill", "ADA QUILL"),
        ("Quill, Ada", "Ada Quill"),
        ("A. Quill", "Ada Quill"),
        ("Ada M. Quill", "Ada Quill"),
        ("Ada Maria Quill", "Ada M Quill"),
        ("José Muñoz", "Jose Munoz"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Łukasz Søby", "Lukasz Soby"),
        ("Ada", "Ada Quill"),
        ("Dr. Ada Quill", "Ada Quill"),
        ("Ada-Maria Quill", "Ada Maria Quill"),
        ("山田太郎", "山田 太郎"),
        ("홍길동", "홍 길동"),
    ],
)
def test_one_person_written_in_two_ways(one: str, other: str) -> None:
    assert same(one, other, frozenset(["dr", "dr."])) is True
    assert same(other, one, frozenset(["dr", "dr."])) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob Quill", "Robert Quill"),
        ("Ada Quill", "Ada Marsh"),
        ("Анна Примерова", "Anna Primerova"),
        ("山田太郎", "Taro Yamada"),
        ("kettlequeen", "Ada Quill"),
        ("AQ", "Ada Quill"),
        ("Natalia Primerova", "Natalija Primjerowa"),
        ("渡邊太郎", "渡辺太朗"),
        ("", "Ada Quill"),
    ],
)
def test_what_cannot_be_told(one: str, other: str) -> None:
    assert same(one, other) is None
    assert same(other, one) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Quill", "Ben Marsh"), ("Анна Примерова", "Иван Образцов"), ("山田太郎", "鈴木花子"), ("홍길동", "김하늘")]
)
def test_two_people(one: str, other: str) -> None:
    assert same(one, other) is False


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_answer_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert same(one, other) is same(other, one)


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


@pytest.mark.parametrize(
    ("author", "byline", "expected"),
    [
        (person("Ada Quill"), "By Ada Quill", True),
        (person("Quill, Ada"), "By A. Quill", True),
        ([person("Ada Quill"), person("Ben Marsh")], "By Ada Quill", True),
        (person("Ada Quill"), "By Ada Quill and Ben Marsh", True),
        (person("Ben Marsh"), "By Ada Quill", False),
        ([person("Ben Marsh"), person("Cleo Moor")], "By Ada Quill and Dan Reed", False),
        (organisation("The Lake Post"), "By Ada Quill", None),
        ([organisation("The Lake Post"), person("Ben Marsh")], "By Ada Quill", None),
        (person("Ben Marsh"), "By Reuters", None),
        (person("Ben Marsh"), "By Staff", None),
        (person("lakeadmin"), "By Ada Quill", None),
        (person("admin"), "By Ada Quill", None),
        (person("Ada Quill"), "", None),
        (organisation("Reuters"), "By Reuters", True),
    ],
)
def test_data_and_byline(read_story: Read, ld: Ld, author: object, byline: str, expected: bool | None) -> None:
    assert read_story(head=ld(author=author), under=f'<p class="byline">{byline}</p>').authors_agree is expected


@pytest.mark.parametrize(("name", "expected"), [("Ada Quill", True), ("Ben Marsh", None), ("https://social.example/ada", None)])
def test_meta_tags_alone_can_agree_but_not_disagree(read_story: Read, name: str, expected: bool | None) -> None:
    assert read_story(head=f'<meta name="author" content="{name}">', under='<p class="byline">By Ada Quill</p>').authors_agree is expected


def test_a_page_without_data_says_nothing(read_story: Read) -> None:
    assert read_story(under='<p class="byline">By Ada Quill</p>').authors_agree is None
