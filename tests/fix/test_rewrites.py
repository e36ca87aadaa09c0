"""Repaired pages on disk: all or none, and nothing but their bytes changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.errors import BadOutput
from checker.fix.edits import Refused
from checker.fix.files import Rewrites


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(b"<p>old</p>\r\n")
    return path


def _only(folder: Path, *names: str) -> None:
    assert sorted(each.name for each in folder.iterdir()) == sorted(names)


def test_nothing_is_written_before_the_end(page: Path) -> None:
    with Rewrites() as files:
        files.add(str(page), b"<p>old</p>\r\n", b"<p>new</p>\r\n")
        assert page.read_bytes() == b"<p>old</p>\r\n"
        assert files.finish() == 1
    assert page.read_bytes() == b"<p>new</p>\r\n"
    _only(page.parent, "page.html")


def test_a_run_that_ends_badly_leaves_everything(page: Path) -> None:
    def run() -> None:
        with Rewrites() as files:
            files.add(str(page), b"<p>old</p>\r\n", b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        run()
    assert page.read_bytes() == b"<p>old</p>\r\n"
    _only(page.parent, "page.html")


def test_mode_and_link_stay(page: Path) -> None:
    page.chmod(0o640)
    link = page.with_name("link.html")
    link.symlink_to("page.html")
    with Rewrites() as files:
        files.add(str(link), b"<p>old</p>\r\n", b"new")
        files.finish()
    assert link.is_symlink()
    assert page.read_bytes() == b"new"
    assert page.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("late", [False, True], ids=["before it is built", "while others are"])
def test_a_file_that_changed_is_not_overwritten(page: Path, late: bool) -> None:
    other = page.with_name("other.html")
    other.write_bytes(b"other")

    def run() -> None:
        with Rewrites() as files:
            files.add(str(other), b"other", b"new")
            if not late:
                page.write_bytes(b"<p>mine</p>")
            files.add(str(page), b"<p>old</p>\r\n", b"new")
            page.write_bytes(b"<p>mine</p>")
            files.finish()

    with pytest.raises(BadOutput, match=r"page\.html: it was changed"):
        run()
    assert (page.read_bytes(), other.read_bytes()) == (b"<p>mine</p>", b"other")
    _only(page.parent, "page.html", "other.html")


def test_a_file_that_vanished(page: Path) -> None:
    with Rewrites() as files:
        files.add(str(page), b"<p>old</p>\r\n", b"new")
        page.unlink()
        with pytest.raises(BadOutput, match="the file is gone"):
            files.finish()
    _only(page.parent)


def test_a_file_that_is_read_only(page: Path) -> None:
    page.chmod(0o444)
    with pytest.raises(BadOutput, match="read-only"), Rewrites() as files:
        files.add(str(page), b"<p>old</p>\r\n", b"new")
    assert page.read_bytes() == b"<p>old</p>\r\n"
    _only(page.parent, "page.html")


def test_a_full_disk(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(BadOutput, match="No space left"), Rewrites() as files:
        files.add(str(page), b"<p>old</p>\r\n", b"new")
    assert page.read_bytes() == b"<p>old</p>\r\n"
    _only(page.parent, "page.html")


def test_a_file_with_another_name_is_left_alone(page: Path) -> None:
    os.link(page, page.with_name("other.html"))
    with Rewrites() as files, pytest.raises(Refused, match="another name"):
        files.add(str(page), b"<p>old</p>\r\n", b"new")


def test_a_file_that_two_names_lead_to_is_repaired_once(page: Path) -> None:
    link = page.with_name("link.html")
    link.symlink_to("page.html")
    with Rewrites() as files:
        files.add(str(page), b"<p>old</p>\r\n", b"new")
        with pytest.raises(Refused, match="named before"):
            files.add(str(link), b"<p>old</p>\r\n", b"other")
        files.finish()
    assert page.read_bytes() == b"new"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    with Rewrites() as files, pytest.raises(Refused, match="no file"):
        files.add(str(tmp_path), b"", b"new")
