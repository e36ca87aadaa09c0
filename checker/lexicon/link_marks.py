"""Markup that link plugins, product boxes and commerce widgets leave on elements: attributes, classes and ids from the network files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from checker.facts import Tier

_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 500
_LONGEST_CLASS = 4000
_HEAD = 4  # characters by which beginnings of names are looked up; the files allow none shorter
_RANK = {Tier.CERTAIN: 0, Tier.LIKELY: 1, Tier.POSSIBLE: 2}


class Mark:
    """One piece of markup; names may end in `*`; `value` is a pattern for the attribute's value; `shop`: only beside a shop's address."""

    __slots__ = ("network", "role", "shop", "tier", "value", "why")

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.network: str = plain["network"]
        self.tier = Tier(plain["tier"])
        self.role: str = plain["role"]
        self.why: str = plain["why"]
        self.value: str = plain["value"]
        self.shop: bool = plain["shop"]

    def fits(self, value: str) -> bool:
        """Whether the attribute's value is one that the markup asks for."""
        return not self.value or re.match(self.value, value[:2000], re.IGNORECASE) is not None


class _Names:
    """Exact names and beginnings of names. Most names on a page mean nothing here, so a look-up or two must settle them."""

    def __init__(self) -> None:
        self.exact: dict[str, list[Mark]] = {}
        self.heads: dict[str, list[tuple[str, Mark]]] = {}

    def add(self, name: str, mark: Mark) -> None:
        if name.endswith("*"):
            self.heads.setdefault(name[:_HEAD], []).append((name[:-1], mark))
        else:
            self.exact.setdefault(name, []).append(mark)

    def find(self, name: str) -> list[Mark]:
        marks = self.exact.get(name, [])
        if name[:_HEAD] in self.heads:
            marks = marks + [mark for start, mark in self.heads[name[:_HEAD]] if name.startswith(start)]
        return marks


class LinkMarks:
    """Which marks an element's attributes carry."""

    def __init__(self, plain: Sequence[Mapping[str, Any]]) -> None:
        self.attributes, self.classes, self.ids = _Names(), _Names(), _Names()
        for entry in plain:
            mark = Mark(entry)
            for names, kind in ((self.attributes, "attributes"), (self.classes, "classes"), (self.ids, "ids")):
                for name in entry[kind]:
                    names.add(name, mark)
        # Attribute names and class texts repeat all over a site: those that say nothing are remembered, and settle most elements.
        self._silent_names = {"class", "id"}
        self._silent_classes = {""}

    def find(self, attrs: Mapping[str, str]) -> Sequence[tuple[Mark, str, str]]:
        """The marks of an element, the surest first, each with the attribute that carries it and the attribute's value."""
        text = attrs.get("class", "")
        if text in self._silent_classes and attrs.keys() <= self._silent_names and attrs.get("id", "")[:_HEAD] not in self.ids.heads:
            return ()
        found = [(mark, "id", attrs["id"]) for mark in self.ids.find(attrs.get("id", ""))]
        if text not in self._silent_classes:
            found += [(mark, "class", text) for mark in self._classes(text)]
        for name in attrs.keys() - self._silent_names:
            marks = self.attributes.find(name)
            found += [(mark, name, attrs[name]) for mark in marks if mark.fits(attrs[name])]
            if not marks:
                _remember(self._silent_names, name)
        return sorted(found, key=lambda each: (_RANK[each[0].tier], each[1]))

    def _classes(self, text: str) -> list[Mark]:
        marks: list[Mark] = []
        for name in text.lower()[:_LONGEST_CLASS].split():
            marks += self.classes.find(name)
        if not marks:
            _remember(self._silent_classes, text)
        return marks


def _remember(silent: set[str], name: str) -> None:
    if len(silent) >= _MOST_REMEMBERED:
        silent.clear()
    if len(name) <= _LONGEST_REMEMBERED:
        silent.add(name)
