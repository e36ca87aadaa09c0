"""The files beside a page of the user's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from checker.sources.files import whole_file
from checker.sources.picture_path import default_root
from checker.sources.shelf.held import Held, Refused, ShelfLimits, kind_of, too_large
from checker.sources.shelf.names import Asked, Hostile, Names, asked, files

_OUTSIDE = Refused("it lies outside the folder of the site")


class Folder:
    """The files at and below the folder that bounds the site: `root` where the page lies in it, else as for pictures (`picture_path`).

    Hidden files are not given, and above the page's own folder only what is a part of a page by its name: a page that somebody else wrote may ask
    for whatever the user has.
    """

    def __init__(self, page: Path, address: str, root: Path | None, limits: ShelfLimits) -> None:
        self._limits = limits
        self._shown: Asked | None = None
        try:
            folder = page.parent.resolve()
            bound = root.resolve() if root is not None else None
            self._rooted = bound is not None and folder.is_relative_to(bound)
            self._bound = bound if bound is not None and self._rooted else default_root(folder)
            self._folder: Names = folder.relative_to(self._bound).parts
            self._shown = asked(address)
        except (OSError, RuntimeError, ValueError, Hostile):  # links that lead to themselves, names that no file can have
            return

    def look(self, url: str) -> Held | Refused | None:
        """The file that an address means."""
        try:
            wanted = asked(url)
        except Hostile as fault:
            return Refused(str(fault))
        if wanted is None or self._shown is None:
            return None
        refused: Refused | None = None
        for names in files(wanted, self._shown, self._folder, rooted=self._rooted):
            found = self._file(names)
            if isinstance(found, Held):
                return found
            refused = refused or found
        return refused

    def _file(self, names: Names) -> Held | Refused | None:
        place = os.path.join(self._bound, *names)  # noqa: PTH118 - many are tried, few are there
        try:
            told = os.stat(place)  # noqa: PTH116
            real = Path(place).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return None
        if stat.S_ISDIR(told.st_mode):
            return None
        if not stat.S_ISREG(told.st_mode):
            return Refused("it is no file")
        if not real.is_relative_to(self._bound):
            return _OUTSIDE
        if (why := self._why_private(real.relative_to(self._bound).parts)) is not None:
            return Refused(why)
        body = whole_file(str(real), self._limits.thing_bytes)
        if body is None:
            return too_large(self._limits.thing_bytes) if told.st_size > self._limits.thing_bytes else Refused("it cannot be read")
        return Held(body, kind_of(names[-1]))

    def _why_private(self, names: Names) -> str | None:
        """Why a file at this place, behind all links, is not given."""
        shared = next((at for at, (one, other) in enumerate(zip(self._folder, names, strict=False)) if one != other), len(self._folder))
        if any(name.startswith(".") for name in names[shared:]):
            return "it is hidden"
        below = shared == len(self._folder)
        return None if below or kind_of(names[-1]) else "it is no part of a page by its name"
