from __future__ import annotations

from pathlib import Path

import pytest

from checker.lexicon.meta import MetaNames
from checker.lexicon.page_types import PageTypes
from checker.packs import built_in

META = MetaNames.load([built_in()])
TYPES = PageTypes.load([built_in()])
PAGE_TYPES = {"article", "review_or_guide", "recipe", "listing", "product", "forum_or_ugc", "other"}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("author", "author"), ("article:author", "author"), ("parsely-author", "author"), ("sailthru.author", "author"), ("dc.creator", "author"),
        ("article:published_time", "published"), ("article:modified_time", "modified"), ("og:title", "title"),
        ("og:site_name", "site_name"), ("og:url", "url"),
        ("article:section", "section"), ("content-language", "language"), ("og:type", "type"),
    ],
)  # fmt: skip
def test_what_a_meta_name_tells(name: str, what: str) -> None:
    assert META.tells[name] == what


@pytest.mark.parametrize("name", ["twitter:creator", "generator", "viewport", "description", "keywords", "article:publisher", "copyright"])
def test_names_that_tell_nothing_that_we_ask(name: str) -> None:
    assert name not in META.tells


def test_names_are_lower_case_and_tell_one_thing() -> None:
    assert all(name == name.lower() for name in META.tells)


@pytest.mark.parametrize(
    ("kind", "page_type"),
    [
        ("NewsArticle", "article"),
        ("BlogPosting", "article"),
        ("Review", "review_or_guide"),
        ("Recipe", "recipe"),
        ("CollectionPage", "listing"),
        ("Product", "product"),
        ("QAPage", "forum_or_ugc"),
    ],
)
def test_page_type_of_a_json_ld_type(kind: str, page_type: str) -> None:
    assert META.page_types[kind] == page_type
    assert kind not in META.vague


def test_page_types_are_those_of_the_facts() -> None:
    assert set(META.page_types.values()) <= PAGE_TYPES
    assert set(TYPES.paths) <= PAGE_TYPES


def test_vague_types_name_a_page_or_a_medium_and_are_known() -> None:
    assert {"WebPage", "VideoObject"} <= META.vague
    assert set(META.page_types) >= META.vague


@pytest.mark.parametrize(("kind", "organisation"), [("Organization", True), ("NewsMediaOrganization", True), ("Person", False), ("Thing", False)])
def test_types_of_organisations(kind: str, *, organisation: bool) -> None:
    assert (kind in META.organisations) is organisation


def test_review_words_are_lower_case() -> None:
    assert {"en", "de", "fr", "es", "it", "ja", "ko"} <= set(TYPES.review_words)
    assert all(word == word.lower() for words in TYPES.review_words.values() for word in words)


def test_packs_are_joined(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.toml").write_text(
        '[meta]\nauthor = ["lake:writer"]\n[types]\narticle = ["LakeStory"]\nvague = ["LakeStory"]\n', "utf-8"
    )
    (tmp_path / "words" / "page_types.toml").write_text('[review_words]\nen = ["laketest"]\n[paths]\nlisting = ["lakes"]\n', "utf-8")
    meta, types = MetaNames.load([built_in(), tmp_path]), PageTypes.load([built_in(), tmp_path])
    assert (meta.tells["lake:writer"], meta.tells["author"]) == ("author", "author")
    assert meta.page_types["LakeStory"] == "article"
    assert "LakeStory" in meta.vague
    assert {"laketest", "review"} <= set(types.review_words["en"])
    assert {"lakes", "tag"} <= types.paths["listing"]
