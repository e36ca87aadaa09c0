"""Which local file the address of a picture means, if any; never one outside the folder that holds the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from checker.lexicon.urls import clean, host_of
from checker.lexicon.urls import read as read_address

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE).match
_HTTP = re.compile(r"https?:", re.IGNORECASE).match


def picture_path(address: str, page: Path, root: Path | None = None, own_host: str | None = None) -> Path | None:
    """The file that an address in the local page `page` means, whether or not it is there; None for what is not on this site.

    `root` is the folder that the site's address stands for; an address that begins at the root of the site is looked for there. Without
    it, that is the nearest folder at or above the page that holds the file, up to the working directory, or the page's own folder if the page
    lies elsewhere.
    """
    named = _path_of(clean(address), own_host)
    if named is None:
        return None
    rooted = named.startswith("/")
    try:
        folder = page.parent.resolve()
        bound = root.resolve() if root is not None else default_root(folder)
        bases = [folder] if not rooted else [bound] if root is not None else [*_upward(folder, bound)]
        places = [(base / named.lstrip("/")).resolve() for base in bases]
        inside = [place for place in places if place.is_relative_to(bound)]
        return next((place for place in inside if place.is_file()), inside[-1] if inside else None)
    except (OSError, RuntimeError, ValueError):  # names that no file can have; links that lead to themselves
        return None


def _path_of(address: str, own_host: str | None) -> str | None:
    """The path in an address, decoded: with "/" before it where it begins at the root of the site. None for other sites and no path at all."""
    plain = address.replace("\\", "/")
    if _HTTP(plain) or plain.startswith("//"):
        found = read_address(address)
        if found is None or own_host is None or _bare(found.host) != _bare(host_of(f"https://{own_host}") or own_host):
            return None
        path = found.path
    elif _SCHEME(plain):
        return None
    else:
        # As browsers read it: the fragment, then the query, come off before anything is decoded.
        path = re.split("[?#]", plain, maxsplit=1)[0]
    named = unquote(path, errors="surrogateescape")
    if not named.strip("/") or "\\" in named or "\0" in named or (named.startswith("/") and ".." in named.split("/")):
        return None
    return named


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def default_root(folder: Path) -> Path:
    """The folder that bounds the site of a page in `folder`, where nothing else says so; `folder` is a real path."""
    here = Path.cwd().resolve()
    return here if folder.is_relative_to(here) else folder


def _upward(folder: Path, bound: Path) -> Iterator[Path]:
    """The folder and those above it, up to the bound."""
    while folder.is_relative_to(bound):
        yield folder
        if folder == folder.parent:
            return
        folder = folder.parent
