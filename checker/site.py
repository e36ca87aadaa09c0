"""What the settings say of pages beside their bytes: where they are published, what kind they are, which section they belong to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePath

from checker.scopes import Scope, is_address
from checker.source_map import SourceMap

_Kinds = tuple[tuple[str, Scope], ...]


@dataclass(frozen=True, slots=True)
class Site:
    """`folder`: where the paths of the settings begin, absolute; "" is the current folder.

    `page_types` and `sections`: names with the pages that they stand for; the last that fits counts. `remap`: beginnings of addresses,
    and what is told in their place.
    """

    folder: str = ""
    source_map: SourceMap = field(default_factory=SourceMap)
    page_types: _Kinds = ()
    sections: _Kinds = ()
    remap: tuple[tuple[str, str], ...] = ()

    def path(self, name: str) -> str | None:
        """The path of an input from the folder of the settings, with slashes; of an address, that of the file behind it; None for what is no file."""
        if name == "-" or is_address(name):
            return self.source_map.path(name)
        return path_from(self.folder, name)

    def url(self, name: str) -> str | None:
        """The address at which the file is published, as far as the settings know."""
        path = self.path(name) if self.source_map.pairs else None
        return self.source_map.url(path) if path is not None else None

    def remapped(self, url: str | None) -> str | None:
        """The address as it is told.

        >>> Site(remap=(("https://staging.example", "https://tea.example"),)).remapped("https://staging.example/pots")
        'https://tea.example/pots'
        """
        if url is None:
            return None
        return next((new + url[len(old) :] for old, new in self.remap if url.startswith(old)), url)

    def page_type(self, name: str, url: str | None) -> str | None:
        """What kind of page it is, as far as the settings say."""
        return self._of(self.page_types, name, url) if self.page_types else None

    def section(self, name: str, url: str | None) -> str | None:
        """Its section, as far as the settings say."""
        return self._of(self.sections, name, url) if self.sections else None

    def _of(self, kinds: _Kinds, name: str, url: str | None) -> str | None:
        path = self.path(name)
        return next((kind for kind, scope in reversed(kinds) if scope.holds(path, url)), None)


def path_from(folder: str, name: str) -> str:
    """The path of a file from a folder ("" for the current one), with slashes; outside of it with `..`, or absolute where it is named so.

    >>> path_from("", "./site/../site/a.html")
    'site/a.html'
    """
    here = os.getcwd()  # noqa: PTH109 - a name is kept as text, whatever it holds
    start = folder or here
    whole = os.path.normpath(os.path.join(here, name))  # noqa: PTH118
    if PurePath(whole).is_relative_to(start):
        return PurePath(os.path.relpath(whole, start)).as_posix()
    return PurePath(os.path.normpath(name) if os.path.isabs(name) else os.path.relpath(whole, start)).as_posix()  # noqa: PTH117
