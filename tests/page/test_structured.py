from __future__ import annotations

import pytest

from checker.facts import ImageObject
from checker.page.structured import Graph, Named, json_ld, microdata_authors
from checker.page.walk import walk


def objects(*blocks: str) -> tuple[list[dict[str, object]], int]:
    document, _, _ = walk("".join(f'<script type="application/ld+json">{block}</script>' for block in blocks).encode())
    return json_ld(document)


def authors(*blocks: str) -> list[str]:
    found, _ = objects(*blocks)
    graph = Graph(found)
    return [named.name for item in found for named in graph.names(item.get("author"))]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ('{"@type":"NewsArticle","author":"Ada Quill"}', ["Ada Quill"]),
        ('{"@type":"Article","author":{"@type":"Person","name":"Ada Quill"}}', ["Ada Quill"]),
        ('{"@type":"Article","author":[{"name":"Ada Quill"},{"name":"Ben Marsh"}]}', ["Ada Quill", "Ben Marsh"]),
        ('{"@type":"Article","author":{"name":["Ada Quill","Ben Marsh"]}}', ["Ada Quill", "Ben Marsh"]),
        ('{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Quill"}]}', ["Ada Quill"]),
        ('{"@type":"Article","author":"https://social.example/ada"}', []),
        ('{"@type":"Article","author":{"name":"Ada &amp;amp; Ben"}}', ["Ada & Ben"]),
        ('[{"@type":"Article","author":"Ada Quill"}]', ["Ada Quill"]),
        ('<!-- {"@type":"Article","author":"Ada Quill"} -->', ["Ada Quill"]),
        ('//<![CDATA[\n{"@type":"Article","author":"Ada Quill"}\n//]]>', ["Ada Quill"]),
        ('{"@type":"Article","author":"Ada Quill",}', ["Ada Quill"]),
        ('{"@type":"Article","author":"Ada Quill","text":"two\nlines"};', ["Ada Quill"]),
        ('{"@type":"Article","author":"Ada Quill"}{"@type":"Thing"}', ["Ada Quill"]),
        ('{"@type":"Article","author":{"@value":"Ada Quill"}}', []),
        ('{"@type":"Article","author":{"name":{"@value":"Ada Quill"}}}', ["Ada Quill"]),
        ('{"@type":"Article","author":null}', []),
        ('{"@type":"Article","author":17}', []),
    ],
)
def test_authors_of_json_ld(block: str, expected: list[str]) -> None:
    assert authors(block) == expected


def test_a_reference_may_lead_to_another_block() -> None:
    assert authors('{"@type":"Article","author":{"@id":"#a"}}', '{"@type":"Person","@id":"#a","name":"Ada Quill"}') == ["Ada Quill"]


def test_a_broken_block_is_counted_and_the_others_are_read() -> None:
    found, broken = objects('{"@type": "Article", ', '{"@type":"Thing"}')
    assert [item["@type"] for item in found] == ["Thing"]
    assert broken == 1


@pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 200_000, '{"@graph":' * 5_000 + "1" + "}" * 5_000])
def test_deep_json_does_not_crash(bomb: str) -> None:
    found, broken = objects(bomb)
    assert broken == 1 or found == []


def test_a_picture_names_its_maker() -> None:
    graph = Graph([])
    picture = graph.picture({"@type": "ImageObject", "url": "a.jpg", "creator": {"name": "Ada Quill"}, "license": "https://licence.example"})
    assert picture is not None
    assert (picture.urls, picture.credit, picture.data) == (
        ("a.jpg",),
        "Ada Quill",
        ImageObject(creators=("Ada Quill",), licence="https://licence.example"),
    )


def test_microdata_of_the_piece_but_not_of_comments() -> None:
    document, _, _ = walk(
        b"""<article itemscope itemtype="https://schema.org/Article"><span itemprop="author" itemscope itemtype="https://schema.org/Person">By
        <a itemprop="name" href=/ada>Ada Quill</a></span>
        <div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">A reader</b></div></article>"""
    )
    assert microdata_authors(document) == [Named("Ada Quill", "microdata", "Person", None, document.all("span")[0])]
