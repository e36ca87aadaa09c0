"""Which local file an address means: never one outside the site, never one of another site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sources.picture_path import picture_path

HOST = "lakepost.example"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page in a folder, and a picture beside it that is not part of it."""
    for name in (
        "site/blog/story.html",
        "site/blog/a.jpg",
        "site/img/b.jpg",
        "site/img/caf\u00e9 au lait.jpg",
        "site/blog/img/c.jpg",
        "site/img/c.jpg",
        "d.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("a.jpg", "blog/a.jpg"),
        ("./a.jpg?w=300#x", "blog/a.jpg"),
        (" a.jpg\n", "blog/a.jpg"),
        ("../img/b.jpg", "img/b.jpg"),
        ("..\\img\\b.jpg", "img/b.jpg"),
        ("../img/caf%C3%A9%20au%20lait.jpg", "img/caf\u00e9 au lait.jpg"),
        ("../img/caf\u00e9 au lait.jpg", "img/caf\u00e9 au lait.jpg"),
        ("/img/b.jpg", "img/b.jpg"),
        ("\\img\\b.jpg", "img/b.jpg"),
        ("img/c.jpg", "blog/img/c.jpg"),
        ("/img/c.jpg", "img/c.jpg"),
        ("https://lakepost.example/img/b.jpg?v=2", "img/b.jpg"),
        ("http://www.LAKEPOST.example:8080/img/b.jpg", "img/b.jpg"),
        ("//lakepost.example/img/b.jpg", "img/b.jpg"),
        ("/img/missing.jpg", "img/missing.jpg"),
        ("missing.jpg", "blog/missing.jpg"),
    ],
)
def test_an_address_of_the_site(site: Path, address: str, file: str) -> None:
    assert picture_path(address, site / "blog/story.html", site, HOST) == (site / file).resolve()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#top",
        "?p=1",
        "/",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "blob:https://lakepost.example/1",
        "file:///etc/hostname",
        "javascript:void(0)",
        "C:\\pictures\\a.jpg",
        "c:/pictures/a.jpg",
        "\\\\server\\share\\a.jpg",
        "//server/share/a.jpg",
        "https://cdn.example/img/b.jpg",
        "https://lakepost.example@cdn.example/img/b.jpg",
        "https://lakepost.example.cdn.example/img/b.jpg",
        "https:///",
        "http://[broken/img/b.jpg",
        "../../d.jpg",
        "..%2F..%2Fd.jpg",
        "%2e%2e/%2e%2e/d.jpg",
        "..\\..\\d.jpg",
        "..%5C..%5Cd.jpg",
        "/../d.jpg",
        "/%2e%2e/d.jpg",
        "/img/..%2f..%2fd.jpg",
        "/blog/../../d.jpg",
        "a.jpg%00.png",
        "a\0.jpg",
        "x" * 5000 + ".jpg",
        "\ud800.jpg/../../../d.jpg",
    ],
)
def test_no_file_of_the_site(site: Path, address: str) -> None:
    assert picture_path(address, site / "blog/story.html", site, HOST) is None
    assert picture_path(address, site / "blog/story.html", None, HOST) is None


def test_a_path_to_the_same_place_by_another_host_is_not_known_without_a_host(site: Path) -> None:
    assert picture_path("https://lakepost.example/img/b.jpg", site / "blog/story.html", site, None) is None


def test_an_absolute_path_stays_under_the_root(site: Path) -> None:
    found = picture_path(str(site / "img/b.jpg"), site / "blog/story.html", site, HOST)
    assert found is not None
    assert found.is_relative_to(site.resolve())
    assert not found.exists()


def test_links_in_the_file_system_do_not_lead_out(site: Path) -> None:
    (site / "out.jpg").symlink_to(site.parent / "d.jpg")
    (site / "outside").symlink_to(site.parent, target_is_directory=True)
    (site / "in.jpg").symlink_to(site / "img/b.jpg")
    (site / "loop.jpg").symlink_to(site / "loop.jpg")
    page = site / "blog/story.html"
    assert picture_path("/out.jpg", page, site) is None
    assert picture_path("../outside/d.jpg", page, site) is None
    assert picture_path("/in.jpg", page, site) == (site / "img/b.jpg").resolve()
    loop = picture_path("/loop.jpg", page, site)
    assert loop is None or not loop.exists()


def test_without_a_root_the_nearest_folder_that_holds_the_file_is_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = site / "blog/story.html"
    monkeypatch.chdir(site.parent)
    assert picture_path("/img/b.jpg", page) == (site / "img/b.jpg").resolve()
    assert picture_path("/img/c.jpg", page) == (site / "blog/img/c.jpg").resolve()
    assert picture_path("/d.jpg", page) == (site.parent / "d.jpg").resolve()
    monkeypatch.chdir(site)
    assert picture_path("/img/b.jpg", Path("blog/story.html")) == (site / "img/b.jpg").resolve()
    found = picture_path("/d.jpg", page)
    assert found == (site / "d.jpg").resolve()
    assert not found.exists()


def test_a_page_outside_the_working_directory_has_its_own_folder_only(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    page = site / "blog/story.html"
    assert picture_path("a.jpg", page) == (site / "blog/a.jpg").resolve()
    assert picture_path("../img/b.jpg", page) is None
    assert picture_path("/img/c.jpg", page) == (site / "blog/img/c.jpg").resolve()
    assert picture_path("../img/b.jpg", page, tmp_path / "elsewhere") is None


@given(
    st.lists(
        st.sampled_from(["..", ".", "/", "\\", "%2e", "%2f", "%5c", "%00", "a", "img", "?", "#", ":", "//", "C:", "http:", "%", "\ud800", " "]),
        max_size=12,
    )
)
def test_no_address_leads_out(parts: list[str]) -> None:
    root = Path("fixtures/pages").resolve()
    found = picture_path("".join(parts), root / "home-page/page.html", root, HOST)
    assert found is None or found.is_relative_to(root)
