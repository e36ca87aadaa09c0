"""A web archive that is made here: what was there of pages and of their parts, whole and unwrapped (WARC 1.1, ISO 28500)."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import quote

from checker.sources.archives.records import ask_for_warcio

_VERSION = "WARC/1.1"
_REASONS = {200: "OK", 206: "Partial Content", 404: "Not Found"}
# What an address may not hold as it is, and what would end a line of a header.
_NO_ADDRESS = re.compile(r"[^\x21-\x7e]+")
_NO_HEADER = re.compile(r"[^\x20-\x7e\xa0-\xff]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing to store. `status`: that of the answer it came with, None for a file; `headers`: more of what the answer said."""

    address: str
    body: bytes
    content_type: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def write(file: BinaryIO, date: str, about: Mapping[str, str], things: Sequence[Stored]) -> None:
    """Write an archive: a record about it, then the things in their order. The same things give the same bytes.

    `date`: when they were stored, as 2026-11-22T10:00:00Z. Raises BadConfig where warcio is not installed, and OSError.
    """
    ask_for_warcio()
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=False, warc_version=_VERSION)
    lines = "".join(f"{name}: {_plain(value)}\r\n" for name, value in about.items()).encode("latin-1")
    head = {"WARC-Record-ID": _id(date, "", lines), "WARC-Date": date, "Content-Type": "application/warc-fields"}
    headers = StatusAndHeaders("", [("WARC-Type", "warcinfo"), *head.items()], protocol=_VERSION)
    writer.write_record(writer.create_warc_record("", "warcinfo", warc_headers=headers, payload=io.BytesIO(lines), length=len(lines)))
    for number, thing in enumerate(things):
        address = _address(thing.address)
        named = {"WARC-Record-ID": _id(date, f"{number} {address}", thing.body), "WARC-Date": date}
        body = io.BytesIO(thing.body)
        if thing.status is None:
            named["Content-Type"] = _plain(thing.content_type or "application/octet-stream")
            record = writer.create_warc_record(address, "resource", payload=body, length=len(thing.body), warc_headers_dict=named)
        else:
            told = {"Content-Type": thing.content_type, **thing.headers, "Content-Length": str(len(thing.body))}
            answer = StatusAndHeaders(
                f"{thing.status} {_REASONS.get(thing.status, '')}".strip(),
                [(name, _plain(value)) for name, value in told.items() if value],
                protocol="HTTP/1.1",
            )
            record = writer.create_warc_record(
                address, "response", payload=body, length=len(thing.body), warc_headers_dict=named, http_headers=answer
            )
        writer.write_record(record)


def _id(date: str, name: str, body: bytes) -> str:
    import hashlib

    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{date} {name} {hashlib.sha256(body).hexdigest()}')}>"


def _address(text: str) -> str:
    return _NO_ADDRESS.sub(lambda found: quote(found[0], errors="replace"), text)


def _plain(text: str) -> str:
    return _NO_HEADER.sub(" ", text)
