"""What a box's class names, id and role say that it is: comments, sidebar, product box, credit, author box …

Only words that template authors in general use; the words are data in `words/markup.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from checker import packs

# "relatedPosts__item2" -> related posts item 2
_EDGES = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])")
# A site's templates have some hundred names; what comes after so many takes the place of all that were known.
_MOST_KNOWN = 100_000
# So many names of one element are read.
_MOST_NAMES = 40
_NONE: frozenset[str] = frozenset()


def name_words(names: str) -> str:
    """Class names or an id as lower-case words between single spaces; a full stop stands before each name.

    >>> name_words("relatedPosts__item-2 wide")
    ' . related posts item 2 . wide '
    """
    return " " + " ".join(". " + " ".join(filter(None, _EDGES.split(name[:200]))).lower() for name in names.split()[:_MOST_NAMES]) + " "


class Markup:
    """Box kinds by the words of their names; `kinds` answers from a cache, because names repeat within and across pages.

    `link_signs` are the signs by which publishers mark paid links.
    """

    __slots__ = ("_author_folders", "_by_first", "_known", "_known_names", "_roles", "_states", "link_signs")

    def __init__(self, tables: Iterable[Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._roles: dict[str, str] = {}
        self._states: set[str] = set()
        self._author_folders: set[str] = set()
        self.link_signs: tuple[str, ...] = ()
        self._known: dict[str, frozenset[str]] = {}
        self._known_names: dict[str, frozenset[str]] = {}
        for table in tables:
            for kind, entries in table.get("boxes", {}).items():
                for entry in entries:
                    words = entry.replace("^", ". ")
                    self._by_first.setdefault(words.removeprefix(". ").split()[0], []).append((f" {words} ", kind))
            self._roles.update((role, kind) for kind, roles in table.get("roles", {}).items() for role in roles)
            self._states.update(table.get("states", {}).get("words", ()))
            self._author_folders.update(table.get("author_addresses", {}).get("folders", ()))
            self.link_signs += tuple(table.get("link_signs", {}).get("signs", ()))

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Markup:
        """The words of all packs, joined."""
        return cls(table.data for folder in folders for table in packs.tables(folder, "words", "markup.toml"))

    def is_about_author(self, href: str) -> bool:
        """Whether the address is that of a page about an author: `/author/ada-quill/`, `?author=7`."""
        path, _, query = href.lower().partition("?")
        parts = path.rstrip("/").split("/")
        return any(part in self._author_folders for part in parts[:-1]) or query.startswith("author=") or "&author=" in query

    def kinds(self, names: str, role: str = "") -> frozenset[str]:
        """The kinds of box that these class names and ids (separated by spaces) and this role speak of."""
        found = self._known.get(names)
        if found is None:
            found = _NONE.union(*map(self._kinds_of_name, names.split()[:_MOST_NAMES]))
            _keep(self._known, names, found)
        return found | {self._roles[role]} if role in self._roles else found

    def _kinds_of_name(self, name: str) -> frozenset[str]:
        found = self._known_names.get(name)
        if found is None:
            spaced = name_words(name)
            words = set(spaced.split())
            # No entry goes beyond one name.
            kinds = () if words & self._states else (kind for word in words for entry, kind in self._by_first.get(word, ()) if entry in spaced)
            found = frozenset(kinds) or _NONE
            _keep(self._known_names, name, found)
        return found


def _keep(known: dict[str, frozenset[str]], key: str, found: frozenset[str]) -> None:
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[key] = found
