"""What a picture's address says that it is: logo, icon, portrait, pixel, product. Data in `words/images.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from checker import packs
from checker.lexicon.markup import name_words
from checker.lexicon.urls import host_of
from checker.text import fold


class ImageWords:
    """Words of file names, and hosts, by the kind of picture that they stand for."""

    __slots__ = ("_featured", "_hints", "_hosts", "_words")

    def __init__(self, words: dict[str, list[str]], hosts: dict[str, list[str]], featured: Sequence[str] = ()) -> None:
        self._featured = tuple(featured)
        self._words = {f" {word} ": kind for kind, entries in words.items() for word in entries}
        # One word of each entry: a name that contains none of them needs no splitting into words.
        self._hints = frozenset(max(word.split(), key=lambda part: (part.isalpha(), len(part)), default="") for word in self._words)
        self._hosts = {host: kind for kind, entries in hosts.items() for host in entries}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> ImageWords:
        """The words of all packs, joined."""
        words: dict[str, list[str]] = {}
        hosts: dict[str, list[str]] = {}
        featured: list[str] = []
        for folder in folders:
            for table in packs.tables(folder, "words", "images.toml"):
                for section, into in (("addresses", words), ("hosts", hosts)):
                    for kind, entries in table.data.get(section, {}).items():
                        into.setdefault(kind, []).extend(entries)
                featured.extend(table.data.get("featured", {}).get("words", ()))
        return cls(words, hosts, featured)

    def speaks_of_featured(self, line: str) -> bool:
        """Whether a credit line speaks of the picture at the top only."""
        folded = fold(line)
        return any(word in folded for word in self._featured)

    def kind(self, addresses: Iterable[str]) -> str | None:
        """The kind that one of the addresses speaks of, or None."""
        for address in addresses:
            host = None if _has_no_host(address) else host_of(address)
            while host:
                if host in self._hosts:
                    return self._hosts[host]
                host = host.partition(".")[2] if host.count(".") > 1 else ""
            name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
            name = name.rsplit(".", 1)[0][:60]
            plain = name.lower()
            if any(map(plain.__contains__, self._hints)):
                words = name_words(name.replace(" ", "-"))
                # Only short names: "star-wars-cast-at-premiere" is no star icon.
                if len(words.split()) <= 5:
                    for word, kind in self._words.items():
                        if word in words:
                            return kind
        return None


def _has_no_host(address: str) -> bool:
    """Whether the address evidently is a path, or the picture itself; reading it as browsers do would show that too, and takes long."""
    return address.startswith("data:") or (address[:1] == "/" and address[1:2] not in ("/", "\t", "\n", "\r"))
