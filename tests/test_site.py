"""What settings say of pages: paths, addresses, kinds, sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model import Source
from checker.scale.key import Tracking, page_key, path_key
from checker.scopes import Scope
from checker.site import Site, path_from
from checker.source_map import SourceMap


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path


def test_paths_begin_at_the_folder_of_the_settings(folder: Path) -> None:
    site = Site(str(folder))
    assert site.path("a.html") == "site/a.html"
    assert site.path("../b.html") == "b.html"
    assert site.path(str(folder / "site" / "a.html")) == "site/a.html"
    assert site.path("/elsewhere/a.html") == "/elsewhere/a.html"
    assert Site(str(folder / "conf")).path("a.html") == "../site/a.html"
    assert site.path("-") is None
    assert site.path("https://tea.example/a") is None
    assert Site().path("./a.html") == "a.html"


def test_a_page_keeps_its_key_wherever_the_program_is_started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = path_key("a.html", str(folder))
    monkeypatch.chdir(folder)
    assert path_key("site/a.html", str(folder)) == inside == "site/a.html"
    assert page_key("site/a.html", "https://tea.example/a", Tracking()) == "https://tea.example/a"
    assert path_key("https://tea.example/a", str(folder)) == "https://tea.example/a"


def test_the_source_map_gives_addresses(folder: Path) -> None:
    site = Site(str(folder), SourceMap((("https://tea.example/*", "site/*"),)))
    assert site.url("pots/index.html") == "https://tea.example/pots/"
    assert site.url("../other.html") is None
    assert site.path("https://tea.example/pots/") == "site/pots/index.html"
    assert Site(str(folder)).url("a.html") is None


def test_kinds_and_sections_go_by_path_or_address_and_the_last_counts(folder: Path) -> None:
    site = Site(
        str(folder),
        page_types=(("article", Scope.of(["site/**"])), ("recipe", Scope.of(["site/food/**", "https://tea.example/food/**"]))),
        sections=(("Kitchen", Scope.of(["https://tea.example/food/**"])),),
    )
    assert site.page_type("a.html", None) == "article"
    assert site.page_type("food/a.html", None) == "recipe"
    assert site.page_type("/elsewhere/x.html", "https://tea.example/food/a") == "recipe"
    assert site.section("food/a.html", None) is None
    assert site.section("food/a.html", "https://tea.example/food/a") == "Kitchen"


def test_addresses_are_told_anew() -> None:
    site = Site(remap=(("https://staging.example", "https://tea.example"), ("https://a.example/x", "https://b.example")))
    assert site.remapped("https://staging.example/pots?x=1") == "https://tea.example/pots?x=1"
    assert site.remapped("https://a.example/x/y") == "https://b.example/y"
    assert site.remapped("https://c.example/") == "https://c.example/"
    assert site.remapped(None) is None


def test_paths_are_made_plain(folder: Path) -> None:
    assert path_from("", "./x/../a.html") == "a.html"
    assert path_from(str(folder / "nowhere"), "a.html") == "../site/a.html", "no page outside looks like one inside"
    assert path_from(str(folder / "site" / "posts"), "../x.html") == "../../x.html"


PAGE = b"<!doctype html><html lang=en><body><article><h1>The kettle</h1><p>A kettle that boils water well, and boils it fast.</p></article>"


def test_what_settings_say_counts_before_what_the_page_says(folder: Path) -> None:
    from checker.api import load_rules
    from checker.scale.page import read_page

    del folder
    site = Site(
        source_map=SourceMap((("https://staging.example/*", "*"),)),
        page_types=(("recipe", Scope.of(["a.html"])),),
        sections=(("Kitchen", Scope.of(["https://staging.example/**"])),),
        remap=(("https://staging.", "https://www."),),
    )
    words = load_rules().lexicon
    page = read_page(Source("a.html", PAGE, path="a.html"), words, site=site).page
    assert page is not None
    assert (page.url, page.page_type, page.section) == ("https://www.example/a.html", "recipe", "Kitchen")
    other = read_page(Source("b.html", PAGE, path="b.html"), words, site=site).page
    assert other is not None
    assert other.page_type != "recipe"
