"""The bytes of one input, or the reason why there are none."""

from __future__ import annotations

import os
import select
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

from checker.model import NotCheckedReason, Source
from checker.sources.inputs import STDIN, Item
from checker.sources.sniff import PAGE_SUFFIXES, begins_a_page, why_not_html

# The largest page of the web archive samples behind the reader has 2 MB; a file of more than 64 MB is a dump or an accident.
MOST_BYTES = 64 * 1024 * 1024
# So long, in seconds, a pipe may keep silent.
_PATIENCE = 30
_HEAD = 65_536


def load(item: Item, most: int = MOST_BYTES) -> Source:
    """Read one item; a fault becomes a `reason`, never an exception."""
    if item.foreign:
        from checker.sources.foreign import read

        source = read(item.name)
        return source if source.reason is not None else judged(source, most)
    if item.given is not None or item.path is None:
        given = item.given
        if given is None or (given.body is None and given.reason is None):
            return Source(item.name, reason=NotCheckedReason.MISSING, detail="there is nothing to read")
        return given
    try:
        body = _bytes(item.path, most, item.named)
    except (FileNotFoundError, NotADirectoryError):
        return _without(item, NotCheckedReason.MISSING, "there is no such file")
    except OSError as fault:
        return _without(item, NotCheckedReason.UNREADABLE, f"it cannot be read: {fault.strerror or type(fault).__name__}")
    except ValueError:  # a NUL in the path
        return _without(item, NotCheckedReason.MISSING, "there is no such file")
    return judged(Source(item.name, body, path=item.name), most)


def standard_input(url: str | None, most: int = MOST_BYTES, stream: BinaryIO | None = None) -> Source:
    """The page on standard input, which the file system does not name."""
    if stream is None and sys.stdin is None:
        return Source(STDIN, url=url, reason=NotCheckedReason.UNREADABLE, detail="standard input is closed")
    try:
        body = (stream or sys.stdin.buffer).read(most + 1)
    except OSError as fault:
        return Source(STDIN, url=url, reason=NotCheckedReason.UNREADABLE, detail=f"it cannot be read: {fault.strerror or type(fault).__name__}")
    return judged(Source(STDIN, body, url=url, fetched=url is not None), most)


def judged(source: Source, most: int = MOST_BYTES) -> Source:
    """The source, or the same without bytes and with the reason why they are no page."""
    body = source.body or b""
    if len(body) > most:
        return _refused(source, NotCheckedReason.TOO_LARGE, f"it is larger than {most // (1024 * 1024)} MB")
    if not body.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xfe\xff"):
        return _refused(source, NotCheckedReason.EMPTY, "it is empty" if not body else "it holds nothing but white space")
    why = why_not_html(body, source.path)
    return _refused(source, NotCheckedReason.NOT_HTML, why) if why else source


def holds_page(path: Path) -> bool:
    """Whether an existing file is a page, by its name or by how it begins."""
    named = path.name.lower().endswith(PAGE_SUFFIXES)
    try:
        there = path.stat()
        if not stat.S_ISREG(there.st_mode) or not there.st_size:
            return False
        with path.open("rb") as stream:
            return named or begins_a_page(stream.read(_HEAD))
    except FileNotFoundError:
        return False
    except OSError:  # it is there, and closed to us
        return named


def whole_file(path: str, most: int = MOST_BYTES) -> bytes | None:
    """The bytes of a file, whatever they are; None for what is no file, cannot be read, or is too large."""
    try:
        # A pipe is left as it is.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    with open(file, "rb") as stream:  # noqa: PTH123
        told = os.fstat(file)
        return stream.read() if stat.S_ISREG(told.st_mode) and told.st_size <= most else None


def _bytes(path: str, most: int, named: bool) -> bytes:
    kind = os.stat(path)  # noqa: PTH116 - a str path: names that are no UTF-8 must survive
    if stat.S_ISREG(kind.st_mode):
        if kind.st_size > most:
            return bytes(most + 1)  # only its length counts from here
    elif not named or stat.S_ISDIR(kind.st_mode) or stat.S_ISSOCK(kind.st_mode) or stat.S_ISBLK(kind.st_mode):
        raise OSError(0, "it is not a file")
    elif hasattr(select, "poll"):
        return _from_pipe(path, most)
    with open(path, "rb") as stream:  # noqa: PTH123
        return stream.read(most + 1)


def _from_pipe(path: str, most: int) -> bytes:
    """A pipe or a device, to which somebody may never write: an end without a byte counts only after a while."""
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        watch = select.poll()
        watch.register(pipe, select.POLLIN)
        found = bytearray()
        until = time.monotonic() + _PATIENCE
        while len(found) <= most:
            if not watch.poll(100):
                if time.monotonic() > until:
                    raise OSError(0, f"nothing came out of it for {_PATIENCE} seconds")
                continue
            piece = os.read(pipe, min(_HEAD, most + 1 - len(found)))
            if not piece:
                break
            found += piece
            until = time.monotonic() + _PATIENCE
        return bytes(found)
    finally:
        os.close(pipe)


def _without(item: Item, reason: NotCheckedReason, detail: str) -> Source:
    return Source(item.name, path=item.name, reason=reason, detail=detail)


def _refused(source: Source, reason: NotCheckedReason, detail: str) -> Source:
    return Source(source.name, path=source.path, url=source.url, reason=reason, detail=detail, fetched=source.fetched, http=source.http)
