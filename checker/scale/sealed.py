"""Records in a file of lines, each behind its checksum: a line that was cut or changed is none."""

from __future__ import annotations

from hashlib import sha256
from typing import BinaryIO

_SUM = 16
_MOST_LINE = 1 << 26


def sealed(record: bytes) -> bytes:
    """The line of a record, which is one line of text."""
    return _sum(record) + b" " + record + b"\n"


def next_record(file: BinaryIO) -> bytes | None:
    """The record in the next line; None where there is none that is whole."""
    line = file.readline(_MOST_LINE)
    sum_, _, record = line.rstrip(b"\n").partition(b" ")
    return record if line.endswith(b"\n") and _sum(record) == sum_ else None


def _sum(record: bytes) -> bytes:
    return sha256(record).hexdigest()[:_SUM].encode()
