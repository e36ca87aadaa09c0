"""Where an input lies, as other programs want to be told: a path with slashes from the current folder, or no path at all."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True)
class Place:
    """`path` is None for what is no file: an address, or standard input. `inside`: the file lies in the folder, and its path is told from there."""

    path: str | None
    inside: bool

    @property
    def uri(self) -> str | None:
        """The path as a URI: relative where the file lies inside, else with the scheme file."""
        if self.path is None:
            return None
        escaped = quote(_bytes(self.path))
        return escaped if self.inside else f"file://{'' if escaped.startswith('/') else '/'}{escaped}"


def folder() -> str:
    """The current folder; "" where it is gone."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""


def place(source: str, base: str) -> Place:
    """The place of an input, seen from the folder `base`.

    >>> place("/site/public/../a.html", "/site").path
    'a.html'
    """
    if source == "-" or _ADDRESS.match(source):
        return Place(None, inside=False)
    whole = os.path.normpath(os.path.join(base, source))  # noqa: PTH118 - a name is kept as it is, whatever it holds
    if not whole.startswith(os.sep) and not base:
        return Place(_slashes(whole), inside=True)
    start = base.rstrip(os.sep) + os.sep
    inside = bool(base) and whole.startswith(start)
    return Place(_slashes(whole[len(start) :] if inside else whole), inside=inside)


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _bytes(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")  # a file name that is no UTF-8 keeps its bytes
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
