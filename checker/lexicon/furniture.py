"""What a site's signs, banners and buttons are told by: names, folders, alternative texts, targets. Data in `words/images.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from checker import packs
from checker.lexicon.markup import name_words
from checker.text import fold, tidy

_TABLES = ("drawings", "folders", "alts", "banners", "sharing")
_DRAWN = (".png", ".gif", ".svg")
# What a program adds to a name: "-4410420d676b18d1", "@2x", "-150x150", "_64".
_ADDED = re.compile(r"[-_.](?=[0-9a-f]*\d)[0-9a-f]{8,}$|@\dx$|[-_]\d+x\d+$|[-_]?\d+(?:px)?$", re.IGNORECASE)
# So many of them.
_MOST_ADDED = 3
# A size in a name: "300x250", "728-90".
_SIZE = re.compile(r"(\d{3})\s?[-_x]\s?(\d{2,3})(?!\d)")
# The name of a sign is no longer, with all that was added.
_LONGEST_NAME = 120
# An alternative text longer than this describes.
_LONGEST_ALT = 40


class Furniture:
    """Words by which signs, banners and a site's own drawings are known."""

    __slots__ = ("_alts", "_banners", "_drawings", "_folders", "_sharing", "_sizes")

    def __init__(self, tables: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._drawings: dict[str, str] = {}
        self._alts: dict[str, str] = {}
        self._folders: list[tuple[str, str]] = []
        self._banners: set[str] = set()
        self._sizes: set[str] = set()
        self._sharing: tuple[str, ...] = ()
        for table, key, entries in tables:
            if table == "drawings":
                self._drawings.update(dict.fromkeys(entries, key))
            elif table == "alts":
                self._alts.update(dict.fromkeys(map(fold, entries), key))
            elif table == "folders":
                self._folders += [(f"/{entry}/", key) for entry in entries]
            elif table == "sharing":
                self._sharing += tuple(entries)
            else:
                (self._sizes if key == "sizes" else self._banners).update(entries)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Furniture:
        """The words of all packs, joined."""
        return cls(
            (name, key, entries)
            for folder in folders
            for table in packs.tables(folder, "words", "images.toml")
            for name in _TABLES
            for key, entries in table.data.get(name, {}).items()
        )

    def by_folder(self, address: str) -> str | None:
        """What the folders of the address hold: `design`, `icon`, `logo`."""
        folder = address.partition("?")[0].lower().rpartition("/")[0]
        path = f"/{folder.partition('://')[2].partition('/')[2] if '://' in folder else folder.lstrip('/.')}/"
        return next((kind for entry, kind in self._folders if entry in path), None)

    def by_name(self, address: str) -> str | None:
        """What sign the drawing is, where its name says nothing else."""
        name = address.partition("?")[0].rpartition("/")[2].lower()
        if not name.endswith(_DRAWN) or len(name) > _LONGEST_NAME:
            return None
        name = name[:-4]
        for _ in range(_MOST_ADDED):
            name = _ADDED.sub("", name)
        return self._drawings.get(" ".join(re.split(r"[-_ .]+", name)).strip())

    def by_alt(self, alt: str) -> str | None:
        """What sign it is, where its alternative text says nothing else."""
        return self._alts.get(fold(tidy(alt))) if alt and len(alt) <= _LONGEST_ALT else None

    def is_banner(self, address: str) -> bool:
        """Whether the name speaks of advertising."""
        name = address.partition("?")[0].rpartition("/")[2].rpartition(".")[0]
        return not self._banners.isdisjoint(name_words(name.replace(" ", "-")).split())

    def is_sold_space(self, address: str) -> bool:
        """Whether the name begins with a size in which advertisements are traded; at its end stands that of a rendition, whatever it shows."""
        size = _SIZE.match(address.partition("?")[0].rpartition("/")[2])
        return size is not None and f"{size[1]}x{size[2]}" in self._sizes

    def is_traded(self, width: int | None, height: int | None) -> bool:
        """Whether this is a size in which advertisements are traded."""
        return f"{width}x{height}" in self._sizes

    def is_for_sharing(self, href: str) -> bool:
        """Whether a reader passes a page on at this address."""
        href = href.strip().lower()
        bare = href.partition("://")[2].removeprefix("www.") if "://" in href[:8] else href.removeprefix("//").removeprefix("www.")
        return bare.startswith(self._sharing)
