"""Markup that link plugins, product boxes and commerce widgets leave on elements: attributes, classes and ids from the network files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from checker.facts import Tier

_MOST_REMEMBERED = 50_000
_LONGEST_REMEMBERED = 500
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
    """Exact names and beginnings of names."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Mark]] = {}
        self._starts: dict[str, list[Mark]] = {}
        self._heads: set[str] = set()
        self._shortest = 0

    def add(self, name: str, mark: Mark) -> None:
        if name.endswith("*"):
            self._starts.setdefault(name[:-1], []).append(mark)
            self._shortest = min(map(len, self._starts))
            self._heads = {start[: self._shortest] for start in self._starts}
        else:
            self._exact.setdefault(name, []).append(mark)

    def find(self, name: str) -> list[Mark]:
        return [*self._exact.get(name, ()), *(mark for start, marks in self._starts.items() if name.startswith(start) for mark in marks)]

    def among(self, names: Collection[str]) -> set[str]:
        """Those of the names that mean something here; most names on a page do not, and their first letters settle them."""
        found = self._exact.keys() & names
        if self._starts:
            shortest, heads = self._shortest, self._heads
            found |= {name for name in names if name[:shortest] in heads and self.find(name)}
        return found


class LinkMarks:
    """Which marks an element's attributes carry."""

    def __init__(self, plain: Sequence[Mapping[str, Any]]) -> None:
        self.attributes, self.classes, self.ids = _Names(), _Names(), _Names()
        for entry in plain:
            mark = Mark(entry)
            for names, kind in ((self.attributes, "attributes"), (self.classes, "classes"), (self.ids, "ids")):
                for name in entry[kind]:
                    names.add(name, mark)
        self._silent: set[str] = set()

    def carriers(
        self, elements: Sequence[Mapping[str, str]], having: Mapping[str, Sequence[int]], by_class: Mapping[str, Sequence[int]]
    ) -> list[int]:
        """The elements of a page that may carry a mark; `having` tells which of them have an attribute, `by_class` which have a class text.

        The names of all are looked through at once, for next to no page has any that tells something.
        """
        with_id = having.get("id", ())
        ids = self.ids.among({elements[node]["id"] for node in with_id})
        found = {node for name in self.attributes.among(set(having)) for node in having[name]}
        for classes in self._telling(by_class.keys()):
            found.update(by_class[classes])
        if ids:
            found.update(node for node in with_id if elements[node]["id"] in ids)
        return sorted(found)

    def _telling(self, classes: AbstractSet[str]) -> set[str]:
        """Those of the class texts that carry a mark. They repeat all over a site, so those that carry none are remembered."""
        unknown = classes - self._silent
        words = self.classes.among(set(" ".join(unknown).lower().split()))
        telling = {text for text in unknown if not words.isdisjoint(text.lower().split())} if words else set[str]()
        if len(self._silent) + len(unknown) > _MOST_REMEMBERED:
            self._silent.clear()
        self._silent.update(text for text in unknown if len(text) <= _LONGEST_REMEMBERED and text not in telling)
        return telling

    def find(self, attrs: Mapping[str, str]) -> Sequence[tuple[Mark, str, str]]:
        """The marks of an element, the surest first, each with the attribute that carries it and the attribute's value."""
        text = attrs.get("class", "")
        found = [(mark, "id", attrs["id"]) for mark in self.ids.find(attrs.get("id", ""))]
        found += [(mark, "class", text) for name in text.lower().split() for mark in self.classes.find(name)]
        found += [(mark, name, value) for name, value in attrs.items() for mark in self.attributes.find(name) if mark.fits(value)]
        return sorted(found, key=lambda each: (_RANK[each[0].tier], each[1]))
