"""Words that inputs are likely to hold, taken from the data that the program itself reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from tests.fuzz.target import FIXTURES, ROOT

_TAG = re.compile(rb"<([a-z][a-z0-9-]{0,20})")
_ATTRIBUTE = re.compile(rb"\s([a-z][a-z-]{1,30}=)")
_TERM = re.compile(rb'"(@?[A-Za-z]{3,30})"\s*:')


def of_markup() -> Iterator[str]:
    """Tags, attributes and the terms of JSON-LD, as the pages of the fixtures have them."""
    found: set[bytes] = set()
    for path in sorted((FIXTURES / "pages").glob("*/page.html")):
        body = path.read_bytes()
        found.update(b"<" + tag + b">" for tag in _TAG.findall(body))
        found.update(_ATTRIBUTE.findall(body))
        found.update(b'"' + term + b'":' for term in _TERM.findall(body))
    yield from (word.decode() for word in sorted(found))
    yield from ("<!--", "-->", "&nbsp;", "&#x", "\0", "\u202e", "\u00ad", "\ufeff", "<![CDATA[", "</script>", "\x1b[31m")


def of_lists(kinds: Iterable[str]) -> Iterator[str]:
    """The texts in the word lists whose file names begin so."""
    for kind in kinds:
        for path in sorted((ROOT / "rules" / "words").glob(f"{kind}*.toml")):
            yield from (text for text in texts(tomllib.loads(path.read_text("utf-8"))) if 2 < len(text) < 40)


def texts(value: Any) -> Iterator[str]:
    """Every text and key in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def dictionary(words: Iterable[str], most: int) -> str:
    """The words as libFuzzer reads them, a line each; of too many, some of every kind."""
    lines = []
    every = list(dict.fromkeys(words))
    for word in every[:: len(every) // most + 1]:
        escaped = "".join(chr(byte) if 0x20 < byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode("utf-8", "replace"))
        if 0 < len(word.encode("utf-8", "replace")) <= 60:
            lines.append(f'"{escaped}"\n')
    return "".join(lines)
