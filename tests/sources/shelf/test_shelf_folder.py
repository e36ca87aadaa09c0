"""Files beside a page of the user's: what is meant, and what is never given."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model import Source
from checker.sources.shelf.held import Held, ShelfLimits
from checker.sources.shelf.open import PageShelf, shelf_for

HOST = "https://kettle.example"
Lay = Callable[..., None]
Beside = Callable[..., PageShelf]


def body(shelf: PageShelf, url: str) -> str | None:
    held = shelf.find(url)
    return held.body.decode() if held is not None else None


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"{HOST}/blog/story_files/style.css", "blog/story_files/style.css"),
        (f"{HOST}/assets/site.css", "assets/site.css"),
        (f"{HOST}/assets/site.css#top", "assets/site.css"),
        ("http://www.kettle.example/assets/site.css", "assets/site.css"),
        (f"{HOST}/blog/%C3%BC%20b.png", "blog/ü b.png"),
        (f"{HOST}/blog/style.css?ver=3", "blog/style.css"),
        (f"{HOST}/blog/saved.css?ver=3", "blog/saved.css?ver=3"),
        (f"{HOST}/blog/windows.css?ver=3", "blog/windows.css@ver=3.css"),
        (f"{HOST}/blog/css?family=Tea:400,700", "blog/css?family=Tea:400,700"),
        (f"{HOST}/blog/css?family=A%2FB&c=a/b", "blog/css?family=A%2FB&c=a%2Fb"),
        (f"{HOST}/blog/frame/", "blog/frame/index.html"),
        ("https://cdn.example/a/tea.woff2", "cdn.example/a/tea.woff2"),
        ("https://cdn.example:8443/a.js", "cdn.example:8443/a.js"),
    ],
)
def test_the_file_that_is_meant(lay: Lay, beside: Beside, url: str, file: str) -> None:
    lay("blog/story_files/style.css", "assets/site.css", "blog/style.css", "blog/css?family=other", "cdn.example/a/tea.svg", file)
    for root in ("", None):
        if root is None and not file.startswith("blog/"):
            continue  # without a root the page's own folder bounds it
        shelf = beside(root=root)
        assert body(shelf, url) == file
        assert shelf.asked == {url: "held"}


def test_a_page_that_is_shown_at_an_invented_address(lay: Lay, beside: Beside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay("site/blog/style.css", "site/assets/site.css", "site/blog/a/a.css")
    monkeypatch.chdir(tmp_path)
    shelf = beside("site/blog/a/story.html", "https://page.invalid/story.html", root=None)
    assert body(shelf, "https://page.invalid/a.css") == "site/blog/a/a.css"
    # `../style.css` of a page that is shown at the root.
    assert body(shelf, "https://page.invalid/style.css") == "site/blog/style.css"
    assert body(shelf, "https://page.invalid/assets/site.css") == "site/assets/site.css"
    # A page that is shown deeper than it lies: one folder up there is one folder up here.
    shelf = beside("site/blog/a/story.html", f"{HOST}/2026/11/tea/story.html", root=None)
    assert body(shelf, f"{HOST}/2026/11/style.css") == "site/blog/style.css"
    assert body(shelf, f"{HOST}/2026/assets/site.css") == "site/assets/site.css"


def test_the_nearest_folder_counts_without_a_root_and_the_root_alone_with_one(
    lay: Lay, beside: Beside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay("site/css/a.css", "css/a.css")
    monkeypatch.chdir(tmp_path)
    assert body(beside("site/blog/story.html", root=None), f"{HOST}/css/a.css") == "site/css/a.css"
    assert body(beside("site/blog/story.html", root=""), f"{HOST}/css/a.css") == "css/a.css"
    # A root in which the page does not lie is another site's.
    (tmp_path / "other").mkdir()
    assert body(beside("site/blog/story.html", root="other"), f"{HOST}/css/a.css") == "site/css/a.css"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.css", "text/css"), ("a.css?v=1", "text/css"), ("a.css@v=1.css", "text/css"), ("A.JPG", "image/jpeg"),
        ("a.svg", "image/svg+xml"), ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"), ("a.mjs", "text/javascript"), ("a", None), ("a.php", None),
    ],
)  # fmt: skip
def test_what_a_file_is_by_its_name(lay: Lay, beside: Beside, name: str, kind: str | None) -> None:
    lay(f"blog/{name}")
    held = beside().find(f"{HOST}/blog/{name.replace('@v=1.css', '?v=1')}")
    assert held == Held(f"blog/{name}".encode(), kind)


def test_a_style_sheet_in_another_encoding_is_given_as_it_is(beside: Beside, tmp_path: Path) -> None:
    shelf = beside()
    told = '@charset "shift_jis"; a::after { content: "広告" }'.encode("shift_jis")
    (tmp_path / "blog" / "a.css").write_bytes(told)
    assert shelf.find(f"{HOST}/blog/a.css") == Held(told, "text/css")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (f"{HOST}/..%2fsecret.css", "refused: its name leads elsewhere"),
        (f"{HOST}/%2e%2e%2fsecret.css", "refused: its name leads elsewhere"),
        (f"{HOST}/..%5csecret.css", "refused: its name leads elsewhere"),
        (f"{HOST}/a%00.css", "refused: its name has a NUL in it"),
        (f"{HOST}/%2fetc%2fhostname", "refused: its name leads elsewhere"),
        (f"{HOST}//etc/hostname", "absent"),
        (f"{HOST}/../../secret.css", "absent"),
        (f"{HOST}/%2e%2e/secret.css", "absent"),
        (f"{HOST}/out.css", "refused: it lies outside the folder of the site"),
        (f"{HOST}/folder/secret.css", "refused: it lies outside the folder of the site"),
        (f"{HOST}/pipe.css", "refused: it is no file"),
        (f"{HOST}/round.css", "absent"),
        (f"{HOST}/blog", "absent"),
        (f"{HOST}/.env", "refused: it is hidden"),
        (f"{HOST}/.git/a.css", "refused: it is hidden"),
        (f"{HOST}/shown.css", "refused: it is hidden"),
        (f"{HOST}/notes.txt", "refused: it is no part of a page by its name"),
        (f"{HOST}/load.php?a=1", "absent"),
        (f"{HOST}/{'a' * 300}.css", "absent"),
        (f"{HOST}/{'a/' * 3000}b.css", "absent"),
        (f"{HOST}/%ff%fe.css", "absent"),
        (f"https://{'a' * 300}.example/a.css", "absent"),
        ("https://../site/a.css", "absent"),
        ("file:///etc/hostname", "absent"),
        ("data:text/css,a", "absent"),
        ("https://", "absent"),
        ("", "absent"),
        ("\ud800", "absent"),
        (f"{HOST}/{'a' * 9000}", "refused: its address is too long"),
    ],
)
def test_what_is_not_given(lay: Lay, beside: Beside, tmp_path: Path, url: str, what: str) -> None:
    lay("secret.css", "site/.env", "site/.git/a.css", "site/notes.txt", "site/load.php", "site/a.css")
    site = tmp_path / "site"
    os.mkfifo(site / "pipe.css")
    (site / "out.css").symlink_to(tmp_path / "secret.css")
    (site / "folder").symlink_to(tmp_path)
    (site / "round.css").symlink_to(site / "round.css")
    (site / "shown.css").symlink_to(site / ".env")
    shelf = beside("site/blog/story.html", root="site")
    assert shelf.find(url) is None
    assert list(shelf.asked.values()) == [what]


def test_links_within_the_site_are_followed(lay: Lay, beside: Beside, tmp_path: Path) -> None:
    lay("site/real/a.css")
    (tmp_path / "site" / "a.css").symlink_to("real/a.css")
    assert body(beside("site/blog/story.html", root="site"), f"{HOST}/a.css") == "site/real/a.css"


def test_a_page_in_a_hidden_folder_has_the_files_beside_it(lay: Lay, beside: Beside) -> None:
    lay(".kept/blog/a.css", ".kept/blog/.b.css", ".kept/.c/c.css")
    shelf = beside(".kept/blog/story.html", root="")
    assert body(shelf, f"{HOST}/blog/a.css") == ".kept/blog/a.css"
    assert shelf.find(f"{HOST}/blog/.b.css") is None
    assert shelf.find(f"{HOST}/.kept/.c/c.css") is None


def test_a_file_that_is_too_large(lay: Lay, beside: Beside) -> None:
    lay("blog/a.css", "blog/a.js")
    shelf = beside(limits=ShelfLimits(thing_bytes=8))
    assert shelf.find(f"{HOST}/blog/a.css") is None
    assert shelf.asked[f"{HOST}/blog/a.css"].startswith("refused: it is larger than ")
    assert body(beside(limits=ShelfLimits(thing_bytes=9)), f"{HOST}/blog/a.js") == "blog/a.js"


def test_a_file_that_is_closed_to_us(lay: Lay, beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    lay("blog/a.css")
    monkeypatch.setattr("checker.sources.files.os.open", _closed)
    shelf = beside()
    assert shelf.find(f"{HOST}/blog/a.css") is None
    assert shelf.asked[f"{HOST}/blog/a.css"] == "refused: it cannot be read"


def _closed(*_: object) -> int:
    raise PermissionError(13, "Permission denied")


def test_a_device_is_no_file(beside: Beside, tmp_path: Path) -> None:
    shelf = beside()
    (tmp_path / "blog" / "zero.css").symlink_to("/dev/zero")
    assert shelf.find(f"{HOST}/blog/zero.css") is None


def test_a_page_whose_own_place_is_strange(tmp_path: Path) -> None:
    round_ = tmp_path / "round"
    round_.symlink_to(round_)
    for path, address in (
        (str(round_ / "a.html"), HOST),
        ("a\0b.html", HOST),
        (str(tmp_path / "a.html"), f"{HOST}/..%2fa"),
        (str(tmp_path / "a.html"), ""),
    ):
        shelf = shelf_for(Source(path, b"", path=path), address)
        assert shelf.find(f"{HOST}/a.css") is None


@given(path=st.text(st.sampled_from("a./%2eEfF5c0\\:?#@;ü~ "), max_size=40), host=st.sampled_from((HOST, "https://site", "https://cdn.example", "")))
@settings(max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nothing_outside_is_given_whatever_is_asked_for(tmp_path_factory: pytest.TempPathFactory, path: str, host: str) -> None:
    base = tmp_path_factory.getbasetemp() / "bounded"
    for name in ("a", "a.a", "site/a", "site/blog/a/a", "site/aa", "cdn.example/a"):
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        if not (base / name).is_dir():
            (base / name).write_bytes(b"inside" if name.startswith("site/") else b"outside")
    shelf = shelf_for(Source("p", b"", path=str(base / "site" / "blog" / "p.html")), f"{HOST}/blog/p.html", base / "site")
    held = shelf.find(f"{host}/{path}")
    assert held is None or held.body == b"inside"


def test_the_ledger_is_short(beside: Beside) -> None:
    shelf = beside()
    for number in range(2_100):
        shelf.find(f"{HOST}/{number}.css")
    shelf.find(f"{HOST}/0.css")
    assert len(shelf.asked) == 2_000
    assert set(shelf.asked.values()) == {"absent"}


def test_a_page_that_has_no_place(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_bytes(b"a")
    for source in (Source("-", b""), Source("a", b"", url=HOST, fetched=True), Source("a", b"", path=str(tmp_path / "a.html"), fetched=True)):
        shelf = shelf_for(source, f"{HOST}/a.html")
        assert shelf.find(f"{HOST}/a.css") is None
        assert shelf.asked == {f"{HOST}/a.css": "absent"}
