"""Changes of a page's text carried into its bytes, so that every byte outside of them stays as it is."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from checker.page.decode import Decoded, decode
from checker.page.labels import codecs_of

# Where the meaning of a byte hangs on an escape before it, nothing can be put in between.
_STATEFUL = frozenset(("iso-2022-jp",))
# The longest byte order marks, written twice.
_MOST_MARK = 8
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Refused(Exception):
    """The page is left alone; the text says why, to be read behind the page's name."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """At this code point of the decoded text without byte order mark, take `removed` characters away and put `inserted` in their place."""

    offset: int
    removed: int
    inserted: str


def rewritten(body: bytes, edits: Sequence[Edit]) -> bytes:
    """The page with these edits, in its own encoding; a character that it lacks becomes a character reference. Raises Refused.

    >>> rewritten("<p>Grüße</p>".encode("cp1252"), [Edit(3, 0, "- ")])
    Traceback (most recent call last):
    checker.fix.edits.Refused: its encoding is not certain
    >>> rewritten(b"<p>Hello</p>", [Edit(3, 5, "Goodbye")])
    b'<p>Goodbye</p>'
    """
    before = decode(body, None)
    codec, mark = _codec(body, before)
    pieces: list[bytes] = []
    texts: list[str] = []
    text_at, byte_at = 0, mark
    for edit in sorted(edits):
        if edit.offset < text_at:
            raise Refused("two repairs would overlap")
        byte_begin = byte_at + len(before.text[text_at : edit.offset].encode(codec))
        text_end = edit.offset + edit.removed
        byte_end = byte_begin + len(before.text[edit.offset : text_end].encode(codec))
        inserted = edit.inserted.encode(codec, "xmlcharrefreplace")
        pieces += (body[byte_at:byte_begin], inserted)
        texts += (before.text[text_at : edit.offset], inserted.decode(codec))
        text_at, byte_at = text_end, byte_end
    new = b"".join((body[:mark], *pieces, body[byte_at:]))
    after = decode(new, None)
    if (after.text, after.encoding, after.certain) != ("".join((*texts, before.text[text_at:])), before.encoding, before.certain):
        raise Refused("its bytes could not be changed in one place alone")
    return new


def _codec(body: bytes, decoded: Decoded) -> tuple[str, int]:
    """The codec that reads the page and writes back the very same bytes, and the length of the mark before them."""
    if not decoded.certain:
        raise Refused("its encoding is not certain")
    if decoded.encoding in _STATEFUL:
        raise Refused(f"it is written in {decoded.encoding}, where characters hang on escapes before them")
    for codec in _codecs(decoded.encoding):
        try:
            mark = len(body) - len(decoded.text.encode(codec))
            if 0 <= mark <= _MOST_MARK and _only_marks(body[:mark]) and body[mark:].decode(codec) == decoded.text:
                return codec, mark
        except UnicodeError:
            continue
    raise Refused(f"it is not written in plain {decoded.encoding}")


def _codecs(encoding: str) -> tuple[str, ...]:
    # The standard knows no UTF-32, so no label stands for it.
    return (f"{encoding[:-2]}-{encoding[-2:]}",) if encoding.startswith("utf-32") else codecs_of(encoding)


def _only_marks(begin: bytes) -> bool:
    while begin:
        mark = next((mark for mark in _MARKS if begin.startswith(mark)), None)
        if mark is None:
            return False
        begin = begin[len(mark) :]
    return True
