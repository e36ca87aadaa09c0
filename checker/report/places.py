"""Where an input lies, as other programs want to be told: a path with slashes from the current folder, or no path at all."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from checker.scopes import is_address
from checker.site import Site


@dataclass(frozen=True, slots=True)
class Place:
    """`path` is None for what is no file: an address, or standard input. `inside`: the file lies in the folder, and its path is told from there.

    `mapped`: it is the file that the settings name for an address. Lines of the page are not its lines.
    """

    path: str | None
    inside: bool
    mapped: bool = False

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


def place(source: str, base: str, site: Site | None = None) -> Place:
    """The place of an input, seen from the folder `base`; for an address that of the file behind it, where the settings of the `site` name one.

    >>> place("/site/public/../a.html", "/site").path
    'a.html'
    """
    if source == "-" or is_address(source):
        path = site.path(source) if site else None
        return replace(place(os.path.join(site.folder, path), base), mapped=True) if site and path is not None else Place(None, inside=False)  # noqa: PTH118
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
