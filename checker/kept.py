"""What is read and worked out from the built-in pack, kept as Python keeps compiled modules: in `__pycache__`, until a file changes.

To parse, check and fold 250 files takes ten times as long as to read what came of it. The copy counts only for the very files, of the pack
and of the program, that it was made of, is ignored when it is damaged, and is never needed: where the folder cannot be written nothing is kept.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

_PROGRAM = Path(__file__).resolve().parent
_KEPT = _PROGRAM / "__pycache__" / f"rules.{sys.implementation.cache_tag}.kept"
# The folders of the program whose code makes what is kept.
_MAKERS = ("", "checks", "engine", "lexicon")
_DATE = "\0date"
_fresh: set[Path] = set()


def kept(folder: Path, name: str, work: Callable[[], Any]) -> Any:
    """What `work` makes of the files in a pack's folders, as JSON tells it: lists for tuples; days stay days. What it raises is not kept."""
    line = _copies(folder).get(name, b"")
    if line[:8] == _sum(line[9:]):
        with contextlib.suppress(ValueError, TypeError, RecursionError):
            return _read(line)
    text = json.dumps(work(), default=_to_plain, ensure_ascii=False, separators=(",", ":"))
    line = f"{name}\t{text}".encode("utf-8", "surrogatepass")
    line = _copies(folder)[name] = _sum(line) + b"\t" + line
    if not sys.dont_write_bytecode:
        if not _fresh:
            atexit.register(_write)
        _fresh.add(folder)
    return _read(line)


def _sum(text: bytes) -> bytes:
    return b"%08x" % crc32(text)


def _read(line: bytes) -> Any:
    text = line[line.index(b"\t", 9) + 1 :]
    return json.loads(text.decode("utf-8", "surrogatepass"), object_hook=_from_plain if b"\\u0000date" in text else None)


@cache
def _copies(folder: Path) -> dict[str, bytes]:
    """Name to line. The first line of the file tells of which files it was made, each other one its own sum, a name and a text."""
    with contextlib.suppress(OSError, ValueError):
        first, *lines = _KEPT.read_bytes().split(b"\n")
        if first == _state(folder):
            return {line[9 : line.index(b"\t", 9)].decode(): line for line in lines}
    return {}


@cache
def _state(folder: Path) -> bytes:
    """The same as long as no file is changed, added or taken away."""
    files = [*_files(_places(folder), ".toml"), *_files([str(_PROGRAM / name) for name in _MAKERS], ".py")]
    return json.dumps([sys.version, str(folder), files]).encode()


def _places(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.path for entry in entries if entry.is_dir())


def _files(places: list[str], end: str) -> Iterator[tuple[str, int, int]]:
    for place in places:
        with os.scandir(place) as entries:
            found = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(end)]
        yield from sorted((path, state.st_size, state.st_mtime_ns) for path, state in found)


def _write() -> None:
    for folder in _fresh:
        part = _KEPT.with_name(f"{_KEPT.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            _KEPT.parent.mkdir(exist_ok=True)
            part.write_bytes(b"\n".join([_state(folder), *_copies(folder).values()]))
            part.replace(_KEPT)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _to_plain(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError


def _from_plain(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[_DATE]) if _DATE in value else value
