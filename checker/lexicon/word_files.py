"""What may lie in the folder `words/` of a pack, and what the smaller files there hold: tables of lists of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from checker.packs import Table, read_all
from checker.text import nearest

# By file: its tables, each with the keys that it may hold (none named: any).
_SHAPES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "markup.toml": {"boxes": (), "roles": (), "states": ("words",), "author_addresses": ("folders",), "link_signs": ("signs",)},
    "languages.toml": {"function_words": (), "scripts": ()},
    "meta.toml": {"meta": (), "types": (), "organisation_types": ("types",), "paid_content": ("types", "segments")},
    "page_types.toml": {"review_words": (), "paths": ()},
    "images.toml": {
        "addresses": (),
        "drawings": (),
        "folders": (),
        "alts": (),
        "banners": ("words", "sizes"),
        "sharing": ("addresses",),
        "hosts": (),
        "featured": ("words",),
    },
    "picture_files.toml": {"nobody": ("words",), "artist_roles": ("makers", "owners")},
}
_BY_LANGUAGE = ("notice", "byline", "credit")
_RANGES = "scripts"


def faults(packs: Sequence[Path]) -> list[str]:
    """Files in `words/` that nothing would read, and small files whose shape is wrong."""
    tables, unreadable = read_all(packs, "words")
    return unreadable + [fault for table in tables for fault in _faults(table)]


def _faults(table: Table) -> Iterator[str]:
    name = table.path.name
    kind, *rest = name.removesuffix(".toml").split(".")
    if name in _SHAPES:
        yield from _misshapen(table, _SHAPES[name])
    elif kind in _BY_LANGUAGE and len(rest) == 1:
        yield from _language_fault(table, kind, rest[0])
    elif kind != "agencies":
        allowed = [*(f"{each}.<language>.toml" for each in _BY_LANGUAGE), "agencies.toml", *_SHAPES]
        close = nearest(kind, [*_BY_LANGUAGE, "agencies", *(each.removesuffix(".toml") for each in _SHAPES)])
        right = f"{close}.{'.'.join(rest) or '<language>'}.toml" if close in _BY_LANGUAGE else f"{close}.toml"
        yield f"{table.path}: no word list has this name; allowed: {', '.join(allowed)}" + (f'; did you mean "{right}"?' if close else "")


def _language_fault(table: Table, kind: str, language: str) -> Iterator[str]:
    """Pages are in languages of two letters; words for another are asked of none."""
    if language != "any" and not (len(language) == 2 and language.isascii() and language.isalpha() and language.islower()):
        right = f"{kind}.<language>.toml with the two letters of ISO 639-1, such as {kind}.de.toml"
        yield f"{table.path}: {language!r} is no language; a word list is named {right}"


def _misshapen(table: Table, shape: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for section, entries in table.data.items():
        if section not in shape:
            yield table.fault((section,), f'unknown key "{section}"{_instead(section, list(shape))}')
            continue
        if not isinstance(entries, dict):
            yield table.fault((section,), f"write [{section}] with lists of words under it")
            continue
        allowed = list(shape[section])
        for key, words in entries.items():
            if allowed and key not in allowed:
                yield table.fault((section, key), f'unknown key "{key}"{_instead(key, allowed)}')
            elif section == _RANGES and not _are_ranges(words):
                yield table.fault((section, key), f'{key} must be a list of pairs of characters, such as [["α", "ω"]]')
            elif section != _RANGES and not _are_words(words):
                yield table.fault((section, key), f"{key} must be a list of words in quotes")


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip(" ^") for word in value)


def _are_ranges(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 and _is_range(*pair) for pair in value)


def _is_range(first: object, last: object) -> bool:
    return isinstance(first, str) and isinstance(last, str) and len(first) == len(last) == 1 and first <= last


def _instead(word: str, allowed: list[str]) -> str:
    close = nearest(word, allowed)
    return f"; allowed: {', '.join(allowed)}" + (f'; did you mean "{close}"?' if close else "")
