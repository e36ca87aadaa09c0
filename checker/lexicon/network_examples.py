"""The examples of the network files, which run as tests: each address, script or start tag with what must, or must not, be found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.lexicon.network_files import HOST_LISTS
from checker.lexicon.networks import Networks
from checker.packs import Table, tables

# Examples are links on a page of somebody who is neither a network nor a shop.
PAGE = "https://www.publisher.example/reviews/kettle.html"
OWN = frozenset({"www.publisher.example"})
_PAID = "?u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB000000000"

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One line of data that runs as a test; `network` is the id, or for lists and cloaks the kind itself."""

    table: Table
    place: Place
    network: str
    kind: str
    text: str
    found: bool


def examples(packs: Sequence[Path]) -> Iterator[Example]:
    """All examples of checked network files."""
    for pack in packs:
        for table in tables(pack, "networks"):
            for number, network in enumerate(table.data.get("network", ())):
                for kind in ("link", "script", "markup"):
                    for nth, rule in enumerate(network.get(kind, ())):
                        yield from _both(table, ("network", number, kind, nth), network["id"], kind, rule)
            for kind in ("cloak", *HOST_LISTS):
                for number, entry in enumerate(table.data.get(kind, ())):
                    yield from _both(table, (kind, number), kind, kind, entry)


def fault_of(example: Example, networks: Networks) -> str | None:
    """What is wrong with an example, or None."""
    got = _is_found(example, networks)
    if got is example.found:
        return None
    about = example.network if example.kind in ("link", "script", "markup") else f"the list {example.kind}"
    if not example.found:
        return f"it must not match {about}, and does"
    other = networks.match(example.text, PAGE, OWN) if example.kind == "link" else None
    told = f"; it matches {other.network or other.role} ({other.why})" if other else ""
    return f"it should match {about}, and does not{told}"


def _is_found(example: Example, networks: Networks) -> bool:
    """Whether the thing that the example is about is found in it."""
    text = example.text
    match example.kind:
        case "link":
            result = networks.match(text, PAGE, OWN)
            return result is not None and result.network == example.network
        case "script":
            return networks.script(text) == example.network
        case "markup":
            mark = networks.attribute_match(_attributes(text))
            return mark is not None and mark.network == example.network
        case "cloak":
            return networks.own_cloak(text)
        case "shortener":
            result = networks.match(text, PAGE, OWN)
            return result is not None and result.role == "shortener"
        case "shops":
            return networks.is_shop(text)
        case "share":
            return networks.is_share(text)
        case _:
            # A wrapper alone gives no reason to doubt a link to a shop; any other foreign redirect does.
            return networks.match(f"https://{text}/{_PAID}", PAGE, OWN) is None and not networks.is_share(text)


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class StartTag(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
            found.update({name: value or "" for name, value in attrs})

    StartTag().feed(tag)
    return found


def _both(table: Table, place: Place, network: str, kind: str, data: dict[str, Any]) -> Iterator[Example]:
    for key, found in (("yes", True), ("no", False)):
        for number, text in enumerate(data.get(key, ())):
            yield Example(table, (*place, key, number), network, kind, text, found)
