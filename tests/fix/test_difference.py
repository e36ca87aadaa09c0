"""The diff of a repair: read by patch, harmless for a terminal."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker.fix.difference import difference


def test_nothing_differs() -> None:
    assert difference("a.html", b"<p>", b"<p>") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"a\nb\nc\n", b"a\nx\nb\nc\n"), (b"a\r\nb\r\n", b"a\r\nx\r\nb\r\n"), (b"a\nb", b"a\nx\nb"), ("é\nb\n".encode(), "é\nü\n".encode()),
     ("a\u2028b\x0cc\nd\n".encode(), "a\u2028b\x0cc\nd\ne\n".encode())],
    ids=["lines", "crlf", "no end", "letters", "other separators"],
)  # fmt: skip
def test_patch_reads_it(tmp_path: Path, old: bytes, new: bytes) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if b"\x0c" in old:
        assert "\x0c" not in difference("page.html", old, new)
        return
    (tmp_path / "page.html").write_bytes(old)
    patch = difference("page.html", old, new).encode()
    subprocess.run(["git", "apply", "-p1", "-"], cwd=tmp_path, input=patch, check=True, capture_output=True)
    assert (tmp_path / "page.html").read_bytes() == new


def test_no_control_character_reaches_a_terminal() -> None:
    shown = difference("a\x1b[31m\nb.html", b"\x1b[2J\x07\rx\n\xff\xfe\n", b"\x1b[2J\x07\rx\n\xff\xfey\n")
    assert not [character for character in shown if ord(character) < 32 and character != "\n"]
    assert r"\xff\xfey" in shown
    assert shown.startswith("--- a/a\ufffd[31m")
