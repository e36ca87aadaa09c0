from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from checker.sources.archives import zip_entries
from checker.sources.archives.open import opened
from checker.sources.limits import Limits

Read = Callable[..., Any]
SMALL = Limits(body_bytes=100_000, archive_ratio=20)


def zipped(entries: Sequence[tuple[zipfile.ZipInfo | str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two of one name
        for name, content in entries:
            archive.writestr(name, content, compression)
    return file.getvalue()


def names(found: Any) -> list[str]:
    return [source.name.rpartition("/a.zip#")[2] or source.name for source in found.sources]


def test_a_site(made: ModuleType, read: Read, tmp_path: Path) -> None:
    found = read(made.zipped(made.site()), "a.zip")
    assert names(found) == ["blog/old.HTM", "blog/pot.html", "index.html"]
    assert (found.refused, found.skipped, found.duplicates) == ([], [], 0)
    assert {source.name.rpartition("#")[2]: source.body for source in found.sources}["index.html"] == made.site()["index.html"]
    assert not any(source.fetched for source in found.sources)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("name", ["../a.html", "/etc/a.html", "C:/a.html", "..\\..\\a.html", "b/../../a.html", "\\\\server\\a.html"])
def test_a_name_that_leads_out_is_refused(made: ModuleType, read: Read, tmp_path: Path, name: str) -> None:
    found = read(zipped([(name, made.page("A")), ("ok.html", made.page("B"))]), "a.zip")
    assert found.refused == [("damaged", "its name leads out of the archive")]
    assert len(found.pages) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_links_and_duplicates(made: ModuleType, read: Read) -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = 0o120777 << 16
    found = read(zipped([(link, b"/etc/passwd"), ("a.html", b"<p>first"), ("a.html", b"<p>last")]), "a.zip")
    assert list(found.pages.values()) == [b"<p>last"]
    assert [(name.rpartition("#")[2], why) for name, why in found.skipped] == [("link.html", "a symbolic link")]
    assert found.duplicates == 1


def test_an_entry_with_a_wrong_byte(read: Read) -> None:
    content = zipped([("a.html", b"<p>Hello, all of you"), ("b.html", b"<p>B")], zipfile.ZIP_STORED)
    found = read(content.replace(b"Hello", b"Hullo"), "a.zip")
    assert [reason for reason, _ in found.refused] == ["damaged"]
    assert "CRC" in found.refused[0][1]
    assert list(found.pages.values()) == [b"<p>B"]


def test_entries_that_cannot_be_read(made: ModuleType, read: Read) -> None:
    encrypted = bytearray(zipped([("a.html", made.page("A"))]))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(encrypted), "a.zip").refused == [("unreadable", "it is encrypted")]
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        found = read(zipped([("a.html", made.page("A"))], compression), "a.zip")
        assert [reason for reason, _ in found.refused] == ["unreadable"]
    strange = bytearray(zipped([("a.html", made.page("A"))]))
    struct.pack_into("<H", strange, strange.index(b"PK\x01\x02") + 10, 77)
    assert "compressed with 77" in read(bytes(strange), "a.zip").refused[0][1]


def test_a_bomb_of_one_entry_and_of_many(read: Read) -> None:
    found = read(zipped([("a.html", bytes(50_000_000)), ("b.html", b"<p>B")]), "a.zip", limits=SMALL)
    assert [reason for reason, _ in found.refused] == ["capped"]
    assert len(found.pages) == 1
    many = [(f"{number:03}.html", b"<p>" + bytes(90_000)) for number in range(100)]
    found = read(zipped(many), "a.zip", limits=SMALL)
    assert found.refused[-1][0] == "capped"
    assert "of 100 were read" in found.refused[-1][1]
    assert len(found.pages) < 10


def test_an_entry_that_unpacks_to_more_than_it_declares(read: Read) -> None:
    content = bytearray(zipped([("a.html", b"<p>" + b"x" * 50_000)]))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    assert [reason for reason, _ in read(bytes(content), "a.zip").refused] == ["damaged"]


def test_entries_that_share_their_bytes(made: ModuleType, read: Read) -> None:
    content = zipped([("a.html", made.page("A")), ("b.html", made.page("B"))])
    listed = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", listed + 4)
    shared = bytearray(content)
    struct.pack_into("<I", shared, second + 42, 0)  # both begin at the first byte
    assert {reason for reason, _ in read(bytes(shared), "a.zip").refused} == {"damaged"}


def test_an_archive_that_is_cut(made: ModuleType, read: Read, tmp_path: Path) -> None:
    content = made.zipped(made.site())
    found = read(content[:-30], "a.zip")
    assert [reason for reason, _ in found.refused] == ["damaged"]
    assert "its list of entries cannot be read" in found.refused[0][1]
    (tmp_path / "named.html").write_bytes(content[:-30])
    assert opened(str(tmp_path / "named.html")) is None


def test_too_many_entries_and_too_long_a_list(made: ModuleType, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped([(f"{number}.html", b"<p>") for number in range(30)])
    monkeypatch.setattr(zip_entries, "MOST_ENTRIES", 29)
    assert read(content, "a.zip").refused == [("capped", "it holds more than 29 entries")]
    monkeypatch.setattr(zip_entries, "_MOST_LIST", 1_000)
    assert read(content, "a.zip").refused == [("capped", "its list of entries is larger than 0 MB")]


def test_an_archive_without_a_page_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("word/document.xml", b"<w:document/>")]))
    assert opened(str(tmp_path / "a.zip")) is None
