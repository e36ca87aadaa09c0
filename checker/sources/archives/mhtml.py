"""A page as browsers save it with its pictures: MHTML (RFC 2557). Only the page itself is read; what lies beside it is looked up when it is drawn."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from checker.model import NotCheckedReason, Source
from checker.sources.archives.codings import BadBody
from checker.sources.archives.one_page import OnePage
from checker.sources.files import judged, whole_file
from checker.sources.secrets import masked

SUFFIXES = (".mht", ".mhtml")
_MOST_HEAD = 65_536
_MOST_PARTS = 10_000
# A page, in its alternatives, in a message.
_MOST_DEPTH = 4
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:").match
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_PAGES = ("text/html", "application/xhtml+xml")
_WEB = re.compile(r"https?://[^\s<>\"]{1,8000}", re.IGNORECASE).fullmatch


class SavedPage(OnePage):
    """The page of an MHTML file."""

    def _source(self) -> Source:
        most = self.limits.body_bytes
        told = whole_file(self.path, most)
        if told is None:
            return Source(self.name, reason=NotCheckedReason.CAPPED, detail=f"it cannot be read, or is larger than {most // (1024 * 1024)} MB")
        try:
            head, at = _head(told, 0, len(told))
            root, begin, end = _root(told, head, at, len(told), 0)
            body, url, charset = _decoded(root, told[begin:end]), _location(root) or _location(head), _charset(root)
        except BadBody as fault:
            return Source(self.name, reason=fault.reason, detail=str(fault))
        except Exception as fault:  # noqa: BLE001 - the email package raises whatever broken headers do
            return Source(self.name, reason=NotCheckedReason.DAMAGED, detail=f"its headers cannot be read: {type(fault).__name__}")
        return judged(Source(self.name, body, url=url, charset=charset, fetched=url is not None, archive=self.path), most)


def is_mhtml(head: bytes, path: str) -> bool:
    """Whether a file begins like a saved page: with headers of mail that say it has several parts."""
    if not _HEADER(head):
        return False
    try:
        message, _ = _head(head, 0, len(head))
        kind = message.get_content_type() if message["Content-Type"] else ""
    except Exception:  # noqa: BLE001 - as above
        return False
    return message["MIME-Version"] is not None and (kind == "multipart/related" or (kind in _PAGES and path.lower().endswith(SUFFIXES)))


def parts_of(data: bytes) -> Iterator[tuple[Message, int, int]]:
    """The headers of every part that has no parts itself, and where its content begins and ends.

    Raises BadBody where no more can be read; the email package raises whatever broken headers do.
    """
    head, at = _head(data, 0, len(data))
    yield from _leaves(data, head, at, len(data), 0)


def content_of(head: Message, content: bytes) -> bytes:
    """The content of a part, decoded. Raises BadBody."""
    return _decoded(head, content)


def _leaves(data: bytes, head: Message, begin: int, end: int, depth: int) -> Iterator[tuple[Message, int, int]]:
    boundary = head.get_boundary() if head.get_content_maintype() == "multipart" else None
    if not boundary:
        yield head, begin, end
        return
    if depth == _MOST_DEPTH:
        raise _damaged("its parts are nested too deep")
    for begins, ends in _parts(data, boundary.encode("utf-8", "surrogateescape"), begin, end):
        inner, at = _head(data, begins, ends)
        yield from _leaves(data, inner, at, ends, depth + 1)


def _head(data: bytes, begin: int, end: int) -> tuple[Message, int]:
    """The headers of a part, and where its content begins."""
    if data[begin : begin + 1] == b"\n" or data[begin : begin + 2] == b"\r\n":  # a part without headers
        return Message(), begin + (1 if data[begin : begin + 1] == b"\n" else 2)
    blank = _BLANK.search(data, begin, min(end, begin + _MOST_HEAD))
    if blank is None:
        raise _damaged("the headers of a part do not end")
    return BytesHeaderParser().parsebytes(data[begin : blank.start()]), blank.end()


def _root(data: bytes, head: Message, begin: int, end: int, depth: int) -> tuple[Message, int, int]:
    """The part that is the page: its headers, where its content begins and ends."""
    if head.get_content_maintype() != "multipart":
        return head, begin, end
    if depth == _MOST_DEPTH:
        raise _damaged("its parts are nested too deep")
    boundary = head.get_boundary()
    if not boundary:
        raise _damaged("it does not say what stands between its parts")
    start = str(head.get_param("start") or "").strip()
    first: tuple[Message, int, int] | None = None
    for begins, ends in _parts(data, boundary.encode("utf-8", "surrogateescape"), begin, end):
        inner, at = _head(data, begins, ends)
        if start and str(inner["Content-ID"] or "").strip() == start:
            return _root(data, inner, at, ends, depth + 1)
        if first is None and ((inner.get_content_type() in _PAGES and inner["Content-Type"]) or inner.get_content_maintype() == "multipart"):
            first = (inner, at, ends)
            if not start:
                break
    if first is None:
        raise _damaged("no part of it is a page")
    return _root(data, *first, depth + 1)


def _parts(data: bytes, boundary: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts begin and end. Raises BadBody where one does not end."""
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|$)")
    found = line.search(data, max(begin - 1, 0), end)
    for _ in range(_MOST_PARTS):
        if found is None:
            raise _damaged("what stands between its parts is missing: it is cut, or broken")
        if found[1]:
            return
        # The line end after one boundary may be the line end before the next.
        following = line.search(data, found.end() - 1, end)
        if following is None:
            raise _damaged("it ends in the middle of a part")
        yield found.end(), max(following.start(), found.end())
        found = following
    raise BadBody(NotCheckedReason.CAPPED, f"it has more than {_MOST_PARTS} parts")


def _decoded(head: Message, content: bytes) -> bytes:
    coding = str(head["Content-Transfer-Encoding"] or "7bit").strip().lower()
    match coding:
        case "quoted-printable":
            return quopri.decodestring(content)
        case "base64":
            try:
                return base64.b64decode(content)
            except binascii.Error:
                raise _damaged("its base64 text is damaged") from None
        case "7bit" | "8bit" | "binary":
            return content
    raise BadBody(NotCheckedReason.UNREADABLE, f"it is encoded as {coding[:40]}, which is not read")


def _charset(head: Message) -> str | None:
    try:
        return head.get_content_charset()
    except (LookupError, ValueError):
        return None


def _location(head: Message) -> str | None:
    found = _WEB(re.sub(r"\s+", "", str(head["Content-Location"] or head["Snapshot-Content-Location"] or "")))
    return masked(found[0]) if found else None


def _damaged(detail: str) -> BadBody:
    return BadBody(NotCheckedReason.DAMAGED, detail)
