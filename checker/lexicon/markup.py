"""What a box's class names, id and role say that it is: comments, sidebar, product box, credit, author box …

Only words that template authors in general use; the words are data in `words/markup.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from checker import packs

# "relatedPosts__item2" -> related posts item 2
_EDGES = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])")
_MOST_KNOWN = 50_000


def name_words(names: str) -> str:
    """Class names or an id as lower-case words between single spaces, with a space before and after and `.` between names.

    >>> name_words("relatedPosts__item-2 wide")
    ' related posts item 2 . wide '
    """
    return " " + " . ".join(" ".join(filter(None, _EDGES.split(name[:200]))).lower() for name in names.split()[:40]) + " "


class Markup:
    """Box kinds by the words of their names; `kinds` answers from a cache, because names repeat within and across pages."""

    __slots__ = ("_by_first", "_known", "_roles", "_states", "link_signs")

    def __init__(
        self, words: Mapping[str, Sequence[str]], roles: Mapping[str, Sequence[str]], states: frozenset[str] = frozenset(), signs: Sequence[str] = ()
    ) -> None:
        self.link_signs = tuple(signs)
        self._states = states
        self._roles = {role: kind for kind, names in roles.items() for role in names}
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for kind, entries in words.items():
            for entry in entries:
                self._by_first.setdefault(entry.split()[0], []).append((f" {entry} ", kind))
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Markup:
        """The words of all packs, joined."""
        words: dict[str, list[str]] = {}
        roles: dict[str, list[str]] = {}
        states: set[str] = set()
        signs: list[str] = []
        for folder in folders:
            for table in packs.tables(folder, "words", "markup.toml"):
                for section, into in (("boxes", words), ("roles", roles)):
                    for kind, entries in table.data.get(section, {}).items():
                        into.setdefault(kind, []).extend(entries)
                states.update(table.data.get("states", {}).get("words", ()))
                signs.extend(table.data.get("link_signs", {}).get("signs", ()))
        return cls(words, roles, frozenset(states), signs)

    def kinds(self, names: str, role: str) -> frozenset[str]:
        """The kinds of box that these class names and ids (separated by spaces) and this role speak of."""
        key = (names, role)
        found = self._known.get(key)
        if found is None:
            words = name_words(names)
            if self._states.intersection(words.split()):
                words = " . ".join(name for name in words.split(".") if not self._states.intersection(name.split()))
            kinds = {kind for word in set(words.split()) for entry, kind in self._by_first.get(word, ()) if entry in words}
            if role in self._roles:
                kinds.add(self._roles[role])
            found = frozenset(kinds)
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found
