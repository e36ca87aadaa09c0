from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]
Ld = Callable[..., str]


def test_an_entry_is_kept_as_written_and_as_read(read_story: Read, ld: Ld) -> None:
    (entry,) = read_story(head=ld(author={"@type": "Person", "name": "By Ada Quill", "url": "https://lakepost.example/ada"})).author_data
    assert (entry.written, entry.source, entry.type, entry.bare, entry.url) == (
        "By Ada Quill",
        "json-ld",
        "Person",
        False,
        "https://lakepost.example/ada",
    )
    assert (entry.names, entry.kinds, entry.surplus, entry.spot) == (("Ada Quill",), ("person",), ("marker",), None)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Quill", [("Ada Quill", None, True, None)]),
        ({"name": "Ada Quill"}, [("Ada Quill", None, False, None)]),
        ({"@type": "NewsMediaOrganization", "name": "The Lake Post"}, [("The Lake Post", "Organization", False, None)]),
        ({"@type": ["Person", "Thing"], "name": "Ada Quill"}, [("Ada Quill", "Person", False, None)]),
        ({"@type": "Person", "name": "Ada Quill", "sameAs": ["https://social.example/ada"]}, [("Ada Quill", "Person", False, "https://social.example/ada")]),
        ([{"@type": "Person", "name": "Ada Quill"}, "Ben Marsh"], [("Ada Quill", "Person", False, None), ("Ben Marsh", None, True, None)]),
        ({"@type": "Person", "name": ["Ada Quill", "Ben Marsh"]}, [("Ada Quill", "Person", False, None), ("Ben Marsh", "Person", False, None)]),
    ],
)  # fmt: skip
def test_types_and_addresses(read_story: Read, ld: Ld, author: object, expected: list[tuple[object, ...]]) -> None:
    assert [(entry.written, entry.type, entry.bare, entry.url) for entry in read_story(head=ld(author=author)).author_data] == expected


@pytest.mark.parametrize("author", [{"@id": "#ada"}, {"@id": "#ada", "name": "Ada Quill"}, "#ada"])
def test_a_reference_is_followed_to_type_and_address(read_story: Read, ld: Ld, author: object) -> None:
    known = '<script type="application/ld+json">{"@type":"Person","@id":"#ada","name":"Ada Quill","url":"https://lakepost.example/ada"}</script>'
    (entry,) = read_story(head=ld(author=author) + known).author_data
    assert (entry.written, entry.type, entry.url) == ("Ada Quill", "Person", "https://lakepost.example/ada")


@pytest.mark.parametrize(
    ("written", "surplus"),
    [
        ("Ada Quill", ()),
        ("Quill, Ada", ()),
        ("Ada von Quill", ()),
        ("By Ada Quill", ("marker",)),
        ("Ada Quill, Senior Editor", ("role",)),
        ("Dr. Ada Quill", ("title",)),
        ("Mrs. Ada Quill", ("title",)),
        ("Ada Quill, MD", ("title",)),
        ("Ada Quill March 3, 2024", ("date",)),
        ("Ada Quill ada@lakepost.example", ("address",)),
        ("Ada Quill - http://lakepost.example/", ("address",)),
        ("Ada Quill | Lake Post Magazine", ("publisher",)),
        ("Ada Quill, LPN", ("publisher",)),
        ("By Ada Quill, Staff Writer", ("marker", "role")),
        ("The Lake Post", ()),
        ("https://social.example/ada", ()),
    ],
)
def test_what_else_stands_in_an_entry(read_story: Read, written: str, surplus: tuple[str, ...]) -> None:
    (entry,) = read_story(head=f'<meta name="author" content="{written}">').author_data
    assert (entry.written, entry.source, entry.surplus) == (written, "meta", surplus)


def test_entries_in_elements_have_a_spot(read_story: Read) -> None:
    under = (
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<a itemprop="url" href="/ada"><b itemprop="name">Ada Quill</b></a></span>'
        '<span property="author">Ben Marsh</span>'
    )
    ada, ben = read_story(under=under).author_data
    assert (ada.written, ada.source, ada.type, ada.url, ada.bare) == ("Ada Quill", "microdata", "Person", "/ada", False)
    assert ada.spot is not None
    assert (ben.source, ben.type, ben.bare) == ("rdfa", None, True)


def test_other_stories_and_comments_have_no_entry(read_story: Read, told: str) -> None:
    other = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ten iron pots","author":"Ben Marsh"}</script>'
    comment = '<section class="comments"><b itemprop="author">A reader</b></section>'
    assert [entry.written for entry in read_story(head=other + told, outside=comment).author_data] == ["Ada Quill"]


def test_several_names_in_one_entry(read_story: Read, ld: Ld) -> None:
    (entry,) = read_story(head=ld(author={"@type": "Person", "name": "Ada Quill and Ben Marsh"})).author_data
    assert entry.names == ("Ada Quill", "Ben Marsh")
