"""The line of a TOML file on which a key stands, found in its source text, because parsed TOML has forgotten it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')
_KEY = re.compile(r"\s*((?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=")

Path = tuple[str | int, ...]


def line_of(source: str, path: Sequence[str | int]) -> int:
    """The 1-based line of the deepest part of the path that the file spells out; 1 where it spells out none.

    >>> line_of('id = "A"\\n[expect]\\nany = [\\n  { check = "x" },\\n]', ("expect", "any", 0, "check"))
    4
    """
    places = _places(source)
    wanted = tuple(path)
    for length in range(len(wanted), 0, -1):
        if wanted[:length] in places:
            return _within(source, places[wanted[:length]], wanted[length:])
    return 1


def _places(source: str) -> dict[Path, int]:
    """Each header and each key at the start of a line, by its path."""
    places: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    closing = ""
    for number, line in enumerate(source.splitlines(), start=1):
        if closing:  # inside a multi-line string
            closing = "" if line.count(closing) % 2 else closing
            continue
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            table = _opened(_parts(header[2]), header[1] == "[[", counts)
            places.setdefault(table, number)
        elif key:
            places.setdefault(table + _parts(key[1]), number)
        closing = next((quotes for quotes in ('"""', "'''") if line.count(quotes) % 2), "")
    return places


def _opened(parts: Path, is_array: bool, counts: dict[Path, int]) -> Path:
    """The path of a table header; an element of an array of tables has its number in it."""
    table: Path = ()
    for part in parts[:-1]:
        table += (part,)
        if table in counts:
            table += (counts[table] - 1,)
    table += parts[-1:]
    if not is_array:
        return table
    counts[table] = counts.get(table, 0) + 1
    return (*table, counts[table] - 1)


def _parts(dotted: str) -> Path:
    return tuple(next(part for part in found if part) for found in _PART.findall(dotted) if any(found))


def _within(source: str, line: int, rest: Path) -> int:
    """The line of an element of an array whose key stands on `line`; that line itself where there is no such element."""
    if not rest or not isinstance(rest[0], int):
        return line
    lines = source.splitlines()
    depth, element, quote = 0, 0, ""
    for number in range(line, len(lines) + 1):
        text = lines[number - 1].partition("=")[2] if number == line else lines[number - 1]
        for character in text:
            if quote:
                quote = "" if character == quote else quote
                continue
            if character == "#":
                break
            if depth == 1 and character == ",":
                element += 1
            elif depth >= 1 and element == rest[0] and character not in " \t]":
                return number
            depth += (character in "[{") - (character in "]}")
            quote = character if character in "\"'" else ""
        if depth <= 0:
            break
    return line
