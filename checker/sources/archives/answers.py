"""What a record of a web archive holds of an answer: its status, its kind, its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model import NotCheckedReason
from checker.sources.archives.codings import BadBody, decoded
from checker.sources.archives.records import BadHead, Block, Record, head_of, parsed
from checker.sources.sniff import begins_a_page

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

_PAGE_KINDS = frozenset(("text/html", "application/xhtml+xml"))
# What a server says that does not know; the bytes decide.
_UNSURE_KINDS = frozenset(("", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown", "application/x-unknown-content-type"))
_CHARSET = re.compile(r";[\s]*charset[\s]*=[\s]*[\"']?([^\"';\s]{1,40})", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII).fullmatch
_STATUS = re.compile(r"([1-9][0-9]{2})(?:\s|$)", re.ASCII).match
# "100 Continue" and its like, before the answer itself.
_MOST_INTERIM = 5
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """The header of an answer. `codings`: what its body is wrapped in, the outermost last; `length`: how many bytes it should have, if it says so."""

    status: int
    content_type: str | None
    codings: tuple[str, ...] = ()
    chunked: bool = False
    length: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return (self.content_type or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the server names."""
        found = _CHARSET.search(self.content_type or "")
        return found[1] if found else None

    @property
    def is_called_page(self) -> bool:
        """Whether its kind is that of a page."""
        return self.kind in _PAGE_KINDS

    @property
    def may_be_page(self) -> bool:
        """Whether its kind is that of a page, or not known."""
        return self.is_called_page or self.kind in _UNSURE_KINDS

    def is_page(self, body: bytes) -> bool:
        """Whether this body of it is a page, or is called one."""
        return self.is_called_page or (self.kind in _UNSURE_KINDS and begins_a_page(body[:_HEAD]))


def answer_in(record: Record) -> Answer:
    """What the record says before the body. Raises BadBody where that cannot be read, Damaged where the archive ends."""
    kind = record.header("content-type").partition(";")[0].strip().lower()
    address = record.header("warc-target-uri").strip("<>").lower()
    if record.header("warc-type").lower() == "resource" or not address.startswith(("http:", "https:")) or kind not in {"", "application/http"}:
        return Answer(200, record.header("content-type") or None)
    for _ in range(_MOST_INTERIM):
        try:
            headers = parsed(head_of(record.block, b"HTTP/"))
        except BadHead as fault:
            raise BadBody(NotCheckedReason.DAMAGED, str(fault)) from None
        status = _STATUS(headers.statusline)
        if status is None:
            raise BadBody(NotCheckedReason.DAMAGED, "its answer has no status")
        if not status[1].startswith("1"):
            return _of(headers, int(status[1]))
    raise BadBody(NotCheckedReason.DAMAGED, "one interim answer follows another")


def body_of(answer: Answer, block: Block, most: int) -> bytes:
    """The page itself, whole. Raises BadBody."""
    there = block.left
    if answer.length is not None and answer.length > there and not answer.chunked:
        raise BadBody(NotCheckedReason.DAMAGED, f"it ends before its end: {there} of {answer.length} bytes are there")
    return decoded(block, list(answer.codings), most, chunked=answer.chunked)


def _of(headers: StatusAndHeaders, status: int) -> Answer:
    transfer = _listed(headers, "transfer-encoding")
    length = str(headers.get_header("content-length") or "").strip()
    return Answer(
        status,
        headers.get_header("content-type"),
        # What was sent last is taken off first.
        (*_listed(headers, "content-encoding"), *(coding for coding in transfer if coding != "chunked")),
        "chunked" in transfer,
        int(length) if _LENGTH(length) else None,
        {str(name).lower(): str(value) for name, value in headers.headers},
    )


def _listed(headers: StatusAndHeaders, name: str) -> list[str]:
    values = [str(value) for key, value in headers.headers if key.lower() == name]
    return [coding.strip().lower() for coding in ",".join(values).split(",") if coding.strip()]
