"""What a box's class names, id and role say that it is: comments, sidebar, product box, credit, author box …

Only words that template authors in general use; the words are data in `words/markup.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from checker import packs

# "relatedPosts__item2" -> related Posts item 2
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_WORDS_AND_ENDS = re.compile(rf"{_WORDS.pattern}|\n")
# A site's templates have some hundred class attributes; what comes after so many takes the place of all that were known.
_MOST_KNOWN = 100_000
# So many names of one element are read, and so much of each.
_MOST_NAMES = 40
_LONGEST_NAME = 200
_NONE: frozenset[str] = frozenset()


def name_words(names: str) -> str:
    """Class names or an id as lower-case words between single spaces; a full stop stands before each name.

    >>> name_words("relatedPosts__item-2 wide")
    ' . related posts item 2 . wide '
    """
    return " " + " ".join([". " + " ".join(_WORDS.findall(name[:_LONGEST_NAME])).lower() for name in names.split()[:_MOST_NAMES]]) + " "


class Markup:
    """Box kinds by the words of their names.

    `link_signs` are the signs by which publishers mark paid links.
    """

    __slots__ = ("_author_folders", "_entries", "_known", "_roles", "_states", "link_signs")

    def __init__(self, tables: Iterable[Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        # By first word, then by second ("" where there is none).
        self._entries: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
        self._roles: dict[str, str] = {}
        self._states: set[str] = set()
        self._author_folders: set[str] = set()
        self.link_signs: tuple[str, ...] = ()
        for table in tables:
            for kind, entries in table.get("boxes", {}).items():
                for entry in entries:
                    self._add(entry, kind)
            self._roles.update((role, kind) for kind, roles in table.get("roles", {}).items() for role in roles)
            self._states.update(table.get("states", {}).get("words", ()))
            self._author_folders.update(table.get("author_addresses", {}).get("folders", ()))
            self.link_signs += tuple(table.get("link_signs", {}).get("signs", ()))
        self._known: dict[str, frozenset[str]] = {}

    def _add(self, entry: str, kind: str) -> None:
        """An entry of the word lists; "^" stands for the beginning of a name."""
        words = entry.removeprefix("^").split()
        phrase = ["\n", *words] if entry.startswith("^") else words
        self._entries.setdefault(phrase[0], {}).setdefault("".join(phrase[1:2]), []).append((phrase, kind))

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
        found = self.kinds_of_each([names]).get(names, _NONE)
        return found | {self._roles[role]} if role in self._roles else found

    def kinds_of_each(self, written: Collection[str]) -> dict[str, frozenset[str]]:
        """Those of the class attributes, or ids, that speak of any kind, and of which."""
        known = self._known
        unknown = [names for names in written if names not in known]
        if len(known) + len(unknown) > _MOST_KNOWN:
            known.clear()
            unknown = list(written)
        if unknown:
            apart = [(names, names.split()[:_MOST_NAMES]) for names in unknown]
            telling = self._read(list(set(chain.from_iterable([names for _, names in apart]))))
            for names, each in apart:
                known[names] = _NONE if telling.keys().isdisjoint(each) else _NONE.union(*[telling[name] for name in each if name in telling])
        return {names: kinds for names in written if (kinds := known[names])}

    def _read(self, names: list[str]) -> dict[str, frozenset[str]]:
        """Those of the names that speak of any kind. Pages of other sites have other names, so a page's are taken apart at once."""
        found = _WORDS_AND_ENDS.findall("\n".join(["", *[name[:_LONGEST_NAME] for name in names], ""]))
        words = [*" ".join(found).lower().split(" "), ""]
        ends = [at for at, word in enumerate(words) if word == "\n"]
        entries, telling = self._entries, dict[str, frozenset[str]]()
        for at in [at for at, word in enumerate(words) if word in entries and (words[at + 1] in entries[word] or "" in entries[word])]:
            by_second = entries[words[at]]
            for phrase, kind in (*by_second.get("", ()), *by_second.get(words[at + 1], ())):
                if words[at : at + len(phrase)] == phrase:
                    behind = bisect_right(ends, at)
                    if self._states.isdisjoint(words[ends[behind - 1] : ends[behind]]):
                        name = names[behind - 1]
                        telling[name] = telling.get(name, _NONE) | {kind}
        return telling
