"""The web archive of one page, read again: the page itself, and which of its records are not as they were written."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from hashlib import sha1

from checker.evidence.opened import Files, Unreadable
from checker.sources.archives.answers import answer_in, body_of
from checker.sources.archives.codings import BadBody
from checker.sources.archives.records import Record, Records
from checker.sources.archives.unpacked import Damaged, TooMuch, Unpacked
from checker.sources.limits import Limits
from checker.sources.shelf.held import Held
from checker.text import clip

# Behind the record that says what the archive is.
_PAGE = 2
_LONGEST = 120
# Of what a page was drawn with so many things, and bytes, are read again.
_MOST_ADDRESSES, _MOST_PARTS = 2_000, 64 << 20


def body_in(files: Files, name: str) -> bytes:
    """The bytes of the page. Raises Unreadable."""
    limits = Limits()
    try:
        with files.opened(name) as file:
            for record in Records(Unpacked(file, limits.archive_ratio, limits.body_bytes)):
                if record.number == _PAGE:
                    return body_of(answer_in(record), record.block, limits.body_bytes)
    except (Damaged, TooMuch, BadBody) as fault:
        raise Unreadable(f"its record {_PAGE}, the page, cannot be read: {fault}") from None
    raise Unreadable("it has no record of the page")


def parts_in(files: Files, name: str) -> dict[str, Held]:
    """What the page was drawn with, by its addresses as they are told there; as much of it as can be read."""
    limits, found, left = Limits(), dict[str, Held](), _MOST_PARTS
    try:
        with files.opened(name) as file:
            for record in Records(Unpacked(file, limits.archive_ratio, limits.body_bytes)):
                address = record.header("warc-target-uri")
                if record.number <= _PAGE or not address or address in found or len(found) >= _MOST_ADDRESSES:
                    continue
                answer = answer_in(record)
                body = body_of(answer, record.block, limits.body_bytes)
                if len(body) <= left:
                    left -= len(body)
                    found[address] = Held(body, answer.content_type, answer.status)
    except (Damaged, TooMuch, BadBody, Unreadable):
        return found
    return found


def broken(files: Files, name: str) -> Iterator[str]:
    """The records whose own digest does not hold any more, and where nothing more can be read."""
    limits = Limits()
    number = 0
    try:
        with files.opened(name) as file:
            for record in Records(Unpacked(file, limits.archive_ratio, limits.body_bytes)):
                number = record.number
                if not _holds(record):
                    yield f"record {number}{_of(record)} is not as it was written"
    except (Damaged, TooMuch) as fault:
        yield f"from record {number + 1} on it cannot be read: {fault}"
    except Unreadable as fault:
        yield str(fault)


def _holds(record: Record) -> bool:
    # The digest that archives of the web name records by; whether a file was changed is told by its sum in the manifest.
    total = sha1(usedforsecurity=False)
    for piece in record.block.pieces():
        total.update(piece)
    return record.header("warc-block-digest") == f"sha1:{base64.b32encode(total.digest()).decode('ascii')}"


def _of(record: Record) -> str:
    address = record.header("warc-target-uri")
    return f" ({clip(address, _LONGEST)})" if address else ""
