"""Whether somebody has put results into the repository: a page must not come with a verdict of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_FULL_NAMES = (2, 3)


def is_tracked(folder: Path) -> bool:
    """Whether the repository around a folder has files in a folder of that name; yes where it cannot be told. Its index is read, git is not run."""
    needle = os.fsencode(folder.name).lower() + b"/"
    try:
        # A name that only a file system without capitals takes for the same counts too.
        return any(_is_unclear(index) or needle in index.lower() for index in _indexes(folder))
    except OSError:
        return True


def _is_unclear(index: bytes) -> bool:
    """Version 4 leaves out of each name what it shares with the one before."""
    return index[:4] == b"DIRC" and int.from_bytes(index[4:8], "big") not in _FULL_NAMES


def _indexes(folder: Path) -> Iterator[bytes]:
    here = folder.resolve()
    git = next((place / ".git" for place in here.parents if os.path.lexists(place / ".git")), None)
    if git is None:
        return
    if git.is_file():  # a second working copy, or a submodule: the file says where the rest lies
        git = git.parent / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    # An index may be split, and then the greater part of it lies beside it.
    for path in (git / "index", *sorted(git.glob("sharedindex.*"))):
        if path.is_file():
            yield path.read_bytes()
