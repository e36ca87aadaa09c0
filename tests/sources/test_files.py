import io
import os
from pathlib import Path

import pytest

from checker.model import NotCheckedReason, Source
from checker.sources.files import load, standard_input
from checker.sources.inputs import Item


def loaded(path: Path, most: int = 1000) -> Source:
    return load(Item(str(path), str(path)), most)


def test_a_page(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<p>Hello")
    assert loaded(page) == Source(str(page), b"<p>Hello", path=str(page))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert loaded(tmp_path / "no.html").reason is NotCheckedReason.MISSING
    (tmp_path / "file").write_bytes(b"x")
    assert loaded(tmp_path / "file" / "no.html").reason is NotCheckedReason.MISSING
    assert load(Item("a\0b", "a\0b")).reason is NotCheckedReason.MISSING


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<p>Hello")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    source = loaded(page)
    assert (source.reason, source.detail) == (NotCheckedReason.UNREADABLE, "it cannot be read: Permission denied")


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe\x20\x00", b"\x00\x00"])
def test_an_empty_file(tmp_path: Path, body: bytes) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(body)
    assert loaded(page).reason is NotCheckedReason.EMPTY


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<p>" + b"x" * 998)
    source = loaded(page)
    assert (source.reason, source.body) == (NotCheckedReason.TOO_LARGE, None)
    assert loaded(page, 1001).body is not None


def test_a_device_without_end_is_too_large_when_it_is_named() -> None:
    assert load(Item("/dev/zero", "/dev/zero"), 1000).reason is NotCheckedReason.TOO_LARGE


def test_a_pipe_is_read_when_it_is_named_and_left_when_it_is_met(tmp_path: Path) -> None:
    pipe = tmp_path / "a.html"
    os.mkfifo(pipe)
    assert load(Item("a.html", str(pipe), named=False)).reason is NotCheckedReason.UNREADABLE
    reader, writer = os.pipe()
    os.write(writer, b"<p>Hello")
    os.close(writer)
    try:
        assert load(Item("x", f"/dev/fd/{reader}")).body == b"<p>Hello"
    finally:
        os.close(reader)


def test_a_pipe_to_which_nobody_writes_is_left_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.sources import files

    monkeypatch.setattr(files, "_PATIENCE", 0.3)
    os.mkfifo(tmp_path / "pipe")
    source = loaded(tmp_path / "pipe")
    assert (source.reason, source.detail) == (NotCheckedReason.UNREADABLE, "it cannot be read: nothing came out of it for 0.3 seconds")


def test_a_pipe_to_which_somebody_writes_slowly_is_read_to_its_end(tmp_path: Path) -> None:
    import threading
    import time

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        time.sleep(0.2)
        with pipe.open("wb", buffering=0) as stream:
            for piece in (b"<p>", b"Hel", b"lo"):
                stream.write(piece)
                time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert loaded(pipe).body == b"<p>Hello"
    finally:
        writer.join()


def test_standard_input_that_cannot_be_read() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    source = standard_input(None, stream=Broken())
    assert (source.reason, source.detail) == (NotCheckedReason.UNREADABLE, "it cannot be read: Is a directory")


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    assert loaded(tmp_path).reason is NotCheckedReason.UNREADABLE


def test_standard_input() -> None:
    assert standard_input("https://a.example/", stream=io.BytesIO(b"<p>x")) == Source("-", b"<p>x", url="https://a.example/", fetched=True)
    assert not standard_input(None, stream=io.BytesIO(b"<p>x")).fetched
    assert standard_input(None, stream=io.BytesIO(b"")).reason is NotCheckedReason.EMPTY
    assert standard_input(None, most=3, stream=io.BytesIO(b"<p>x")).reason is NotCheckedReason.TOO_LARGE
