"""Where pictures are put: no page's key leads anywhere else, and no two pages share a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.errors import BadOutput
from checker.render.gallery import folder_name, made, told
from checker.render.portray import Picture

KEYS = [
    "https://tea.example/pots", "http://tea.example/pots", "https://tea.example/pots/", "https://tea.example/pots?",
    "https://tea.example/POTS", "../../etc/passwd",
    "/etc/passwd", "..", ".", "", "-", "CON", "nul.html", "a\\..\\b", "a\x00b", "a\nb", "茶.html", "茶壺.html", "\u202etxt.exe",
    "a" * 5_000, "a" * 5_001, "C:\\pots.html", "\udcff",
    "pots.html", "pots-html", "https://tea.example/%2e%2e/", "~root", "$HOME", "a b", "a  b",
]  # fmt: skip


def test_any_key_gives_a_name_that_every_file_system_takes() -> None:
    for key in KEYS:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}-[0-9a-f]{8}", folder_name(key)), key
        assert ".." not in folder_name(key).split("/")


def test_no_two_keys_share_a_name_even_where_case_does_not_count() -> None:
    assert len({folder_name(key).lower() for key in KEYS}) == len(KEYS)


def test_a_name_is_the_same_in_every_run() -> None:
    assert folder_name("pots.html") == folder_name("pots.html") == "pots.html-" + folder_name("pots.html")[-8:]


def test_the_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    made(str(tmp_path / "some" / "pictures"))
    assert list((tmp_path / "some" / "pictures").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadOutput, match="pictures cannot be put into") as fault:
        made(str(tmp_path / "file" / "pictures"))
    assert "\n" not in str(fault.value)
    with pytest.raises(BadOutput, match="pictures cannot be put into"):
        made(str(tmp_path / "file"))


def test_a_picture_is_written_and_told_of(tmp_path: Path) -> None:
    found = told(tmp_path / "page", Picture("390x844-AFF001-0a.png", "390x844", b"PNG", "AFF001", "v1:0a"))
    assert Path(found.path).read_bytes() == b"PNG"
    assert (found.view, found.rule, found.fingerprint) == ("390x844", "AFF001", "v1:0a")
    assert [path.name for path in (tmp_path / "page").iterdir()] == ["390x844-AFF001-0a.png"]


def test_a_picture_of_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    told(tmp_path, Picture("a.png", "390x844", b"old"))
    assert Path(told(tmp_path, Picture("a.png", "390x844", b"new")).path).read_bytes() == b"new"


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "page").touch()
    with pytest.raises(BadOutput, match="cannot be written"):
        told(tmp_path / "page", Picture("a.png", "390x844", b""))
