"""Pages that were fetched before, kept with the marks by which a server says that they are still the same.

One file for each address: a line with the checksum of the rest, a line of JSON, and the bytes of the page. It is written aside and renamed; what is
damaged, foreign, or a link is passed over.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

_FOLDER = "disclosure-fetched-1"
_NAME = re.compile(r"[0-9a-f]{64}(?:\.[0-9a-f]{16}\.part)?").fullmatch
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_DAY = 24 * 60 * 60
_UNUSED_DAYS = 30
_MOST_BYTES = 2 << 30
_MOST_HEAD = 16_384


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it came: its marks, its type, and its bytes."""

    etag: str | None
    last_modified: str | None
    content_type: str | None
    body: bytes

    def asks(self) -> dict[str, str]:
        """The headers that ask whether it still holds."""
        marks = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in marks.items() if value is not None}


def keepable(headers: Mapping[str, str]) -> bool:
    """Whether the server marks its answer, and lets it be kept."""
    return bool(headers.get("etag") or headers.get("last-modified")) and "no-store" not in headers.get("cache-control", "").lower()


class Store:
    """The answers in a folder. Where nothing can be read or written, the run goes on without them."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder.absolute() / _FOLDER
        self._most = most_bytes
        self._open = False
        with contextlib.suppress(OSError, ValueError):
            folder.mkdir(parents=True, exist_ok=True)
            _ask_real(folder)
            with contextlib.suppress(FileExistsError):
                self._folder.mkdir(mode=0o700)
            _ask_real(self._folder)
            self._open = True
            self._sweep()

    def find(self, key: str) -> Kept | None:
        """What was kept under a key."""
        if not self._open:
            return None
        try:
            return _read(key, self._bytes(self._path(key)))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer instead of the one that was there."""
        told = {name: value for name, value in asdict(kept).items() if name != "body"}
        head = json.dumps(told, separators=(",", ":")).encode("ascii")
        if not self._open or len(head) > _MOST_HEAD:
            return
        path = self._path(key)
        aside = f"{path}.{os.urandom(8).hex()}.part"
        with contextlib.suppress(OSError):
            try:
                file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
                with open(file, "wb") as stream:  # noqa: PTH123
                    stream.write(b"\n".join((_sum(key, head, kept.body), head, kept.body)))
                os.replace(aside, path)  # noqa: PTH105 - a link that lies there is replaced, not followed
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(aside)  # noqa: PTH108
                raise

    def _path(self, key: str) -> str:
        return f"{self._folder}{os.sep}{sha256(key.encode('utf-8', 'backslashreplace')).hexdigest()}"

    def _bytes(self, path: str) -> bytes:
        with open(os.open(path, os.O_RDONLY | _NO_LINK | _AT_ONCE), "rb") as stream:  # noqa: PTH123
            told = os.fstat(stream.fileno())
            if not stat.S_ISREG(told.st_mode) or told.st_size > self._most + _MOST_HEAD + 100:
                raise ValueError("it is no answer")
            if time.time() - told.st_mtime > _DAY:
                with contextlib.suppress(OSError):
                    os.utime(stream.fileno() if os.utime in os.supports_fd else path)
            return stream.read()

    def _sweep(self) -> None:
        """Drop what was not used for long, and the longest unused where there is too much."""
        now = time.time()
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if _NAME(entry.name) and entry.is_file(follow_symlinks=False):
                    told = entry.stat(follow_symlinks=False)
                    found.append((now - told.st_mtime, told.st_size, entry.path))
        left = _MOST_BYTES
        for age, size, path in sorted(found):
            left -= size
            if age > (1 if path.endswith(".part") else _UNUSED_DAYS) * _DAY or left < 0:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108


def _sum(key: str, head: bytes, body: bytes) -> bytes:
    total = sha256(key.encode("utf-8", "backslashreplace"))
    total.update(b"\n" + head + b"\n")
    total.update(body)
    return total.hexdigest().encode()


def _read(key: str, whole: bytes) -> Kept | None:
    checksum, _, rest = whole.partition(b"\n")
    head, _, body = rest.partition(b"\n")
    if checksum != _sum(key, head, body):
        return None
    told: dict[str, Any] = json.loads(head)
    kept = Kept(told["etag"], told["last_modified"], told["content_type"], body)
    return kept if all(isinstance(value, str | None) for value in (kept.etag, kept.last_modified, kept.content_type)) else None


def _ask_real(folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise OSError(0, "it is no folder")
