import os
from pathlib import Path

import pytest

from checker.model import NotCheckedReason, Source
from checker.sources.files import load
from checker.sources.inputs import gather, listed


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.html", "a.htm", "c.XHTML", "style.css", "sub/d.html", ".hidden/e.html", "sub/.f.html", "empty/readme.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>Text", "utf-8")
    return tmp_path


def names(*arguments: str) -> list[str]:
    return [item.name for item in gather(arguments).items]


def test_a_folder_is_searched_for_pages_in_order(site: Path) -> None:
    assert names(".") == ["a.htm", "b.html", "c.XHTML", "sub/d.html"]
    assert names("sub/") == ["sub/d.html"]


def test_a_hidden_folder_is_read_when_it_is_named(site: Path) -> None:
    assert names(".hidden") == [".hidden/e.html"]


def test_a_folder_without_a_page_is_told(site: Path) -> None:
    inputs = gather(["empty", "nothing-*.html", "b.html"])
    assert [item.name for item in inputs.items] == ["b.html"]
    assert inputs.without_page == (("empty", "a folder without a page"), ("nothing-*.html", "no file matches"))


def test_a_glob_takes_pages_and_folders(site: Path) -> None:
    assert names("*") == ["a.htm", "b.html", "c.XHTML", "sub/d.html"]
    assert names("**/*.html") == ["b.html", "sub/d.html"]
    assert names("**") == ["a.htm", "b.html", "c.XHTML", "sub/d.html"]


def test_a_glob_that_names_a_suffix_takes_what_it_names(site: Path) -> None:
    assert names("*.css") == ["style.css"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(site: Path) -> None:
    (site / "x[1].html").write_text("<p>", "utf-8")
    assert names("x[1].html") == ["x[1].html"]


def test_a_page_named_twice_is_read_once_and_counted(site: Path) -> None:
    inputs = gather(["b.html", "./b.html", ".", "sub/../b.html"])
    assert [item.name for item in inputs.items] == ["b.html", "a.htm", "c.XHTML", "sub/d.html"]
    assert inputs.duplicates == 3


def test_links_that_lead_in_a_circle_end(site: Path) -> None:
    (site / "sub" / "again").symlink_to(site)
    (site / "sub" / "self").symlink_to(site / "sub")
    found = names(".")
    assert sorted({os.path.realpath(name) for name in found}) == sorted(str(site / name) for name in ("a.htm", "b.html", "c.XHTML", "sub/d.html"))
    assert len(found) == 4


def test_a_folder_that_is_named_like_a_page_is_a_folder(site: Path) -> None:
    (site / "folder.html").mkdir()
    (site / "folder.html" / "g.html").write_text("<p>Text", "utf-8")
    for arguments in ((".",), ("*",), ("folder.html",)):
        assert "folder.html/g.html" in names(*arguments)
        assert "folder.html" not in names(*arguments)


def test_a_link_to_itself_is_an_item_that_cannot_be_read(site: Path) -> None:
    (site / "loop.html").symlink_to("loop.html")
    for arguments in ((".",), ("loop.html",), ("loop*",)):
        item = next(item for item in gather(arguments).items if item.name == "loop.html")
        assert load(item).reason is NotCheckedReason.UNREADABLE


def test_folders_may_lie_very_deep(site: Path) -> None:
    deep = 1500
    # Step by step: the whole path is too long for some calls, and for what would clean up behind the test.
    try:
        for _ in range(deep):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        Path("z.html").write_text("<p>Text", "utf-8")
        os.chdir(site)
        assert names("d") == ["d/" * deep + "z.html"]
    finally:
        os.chdir(site)
        for _ in range(deep):
            os.chdir("d")
        Path("z.html").unlink()
        for _ in range(deep):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106


def test_a_broken_link_is_not_lost(site: Path) -> None:
    (site / "gone.html").symlink_to(site / "nowhere.html")
    item = next(item for item in gather(["."]).items if item.name == "gone.html")
    assert load(item).reason is NotCheckedReason.MISSING


def test_a_folder_that_cannot_be_listed_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    item = next(item for item in gather(["."]).items if item.name.endswith("sub"))
    assert item.name == "sub"  # as the files beside it are named
    told = load(item)
    assert told.reason is NotCheckedReason.UNREADABLE
    assert told.detail == "the folder cannot be listed: Permission denied"


def test_standard_input_is_an_item(site: Path) -> None:
    source = Source("-", b"<p>Hello")
    inputs = gather(["-", "b.html", "-"], source)
    assert [item.name for item in inputs.items] == ["-", "b.html"]
    assert inputs.duplicates == 1
    assert load(inputs.items[0]) is source


def test_a_name_that_is_no_utf_8_survives(site: Path) -> None:
    raw = os.fsencode(site) + b"/caf\xe9.html"
    with open(raw, "wb") as stream:  # noqa: PTH123 - bytes
        stream.write(b"<p>Text")
    item = next(item for item in gather(["."]).items if "caf" in item.name)
    assert item.name == "caf\ufffd.html"
    assert load(item).body == b"<p>Text"


def test_a_list_of_files() -> None:
    assert listed([b"\xef\xbb\xbfa.html\r\n", b"\n", b"  \n", b"- b.html\n", b"-\n", b"last"]) == ["a.html", "- b.html", "./-", "last"]
