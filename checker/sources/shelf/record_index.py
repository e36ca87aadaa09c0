"""Where in a web archive the answer for an address is, in a few dozen bytes an address."""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import dataclass
from hashlib import blake2b

from checker.sources.addresses import path_of, resolved
from checker.sources.archives.answers import Answer, answer_in
from checker.sources.archives.codings import BadBody
from checker.sources.archives.records import Record
from checker.sources.shelf.held import is_fixed, kind_of

_LEADS = frozenset((301, 302, 303, 307, 308))
_KINDS = ("image/", "font/", "text/css", "text/html", "application/xhtml+xml", "application/json", "application/font", "application/x-font")
_FONTS = frozenset(("application/vnd.ms-fontobject", "application/vnd.ms-opentype"))
# What servers say that do not know; then the name decides.
_UNSURE = frozenset(("", "application/octet-stream", "binary/octet-stream", "text/plain"))
# A request stands next to its answer, whichever of the two comes first.
_NEIGHBOURS = 16
_METHOD = 16
_SEVERAL = -1

# The number of a file, an offset in it, and how many unpacked bytes from there come before the record.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Noted:
    """A record worth to be found again. `leads`: it only leads elsewhere."""

    url: str
    leads: bool
    ids: frozenset[str]


class RecordIndex:
    """The answers that a page can be drawn with, up to so many addresses. Of several for one address the first with a body counts."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rows: dict[int, int] = {}
        # Without their query, where that may only tell versions apart.
        self._bare: dict[int, int] = {}
        self._keys, self._offsets, self._behind = array("Q"), array("Q"), array("Q")
        self._files, self._leads = array("L"), bytearray()
        self._last: deque[tuple[frozenset[str], int, int]] = deque(maxlen=_NEIGHBOURS)
        self._posted: deque[frozenset[str]] = deque(maxlen=_NEIGHBOURS)

    def noted(self, record: Record) -> Noted | None:
        """What is worth to be found again of a record, of which at most the beginning is read. Raises Damaged."""
        kind = record.header("warc-type").lower()
        if kind == "request":
            self._pass_request(record)
            return None
        url = address_of(record) if kind in {"response", "resource", "revisit"} else None
        if url is None or record.header("warc-truncated") or record.header("warc-segment-number"):
            return None
        ids = _ids(record)
        if any(not ids.isdisjoint(posted) for posted in self._posted):
            return None
        try:
            answer = answer_in(record) if record.block.length else None
        except BadBody:
            return None
        if leads_to(record, answer) is not None:
            return Noted(url, leads=True, ids=ids)
        return Noted(url, leads=False, ids=ids) if kind != "revisit" and answer is not None and _is_part(answer, url) else None

    def add(self, noted: Noted, place: Mark) -> bool:
        """Take a record in; False where there is no more room."""
        key = _key(noted.url)
        known = self._rows.get(key)
        if known is not None and (noted.leads or not self._leads[known]):
            return True
        if len(self._keys) >= self._most:
            return False
        row = len(self._keys)
        self._keys.append(key)
        for column, value in zip((self._files, self._offsets, self._behind), place, strict=True):
            column.append(value)
        self._leads.append(noted.leads)
        self._rows[key] = row
        self._last.append((noted.ids, key, row))
        bare = _bare(noted.url)
        if bare is not None:
            before = self._bare.get(bare)
            self._bare[bare] = row if before is None or before == known else _SEVERAL
        return True

    def row_of(self, url: str) -> int | None:
        """The row of an address: as it is, with the other of http and https, else with another query if there is one alone."""
        tried = (url, _swapped(url))
        for one in tried:
            row = self._rows.get(_key(one))
            if row is not None:
                return row
        for one in tried:
            bare = _bare(one)
            row = self._bare.get(bare) if bare is not None else None
            if row is not None and row != _SEVERAL:
                return row
        return None

    def place_of(self, row: int) -> Mark:
        """Where the record of a row is."""
        return self._files[row], self._offsets[row], self._behind[row]

    def is_at(self, row: int, url: str) -> bool:
        """Whether the record of a row is one for this address."""
        return self._keys[row] == _key(url)

    def _pass_request(self, record: Record) -> None:
        """What was asked for with a form is not what a page asks for: its answer is not given. Raises Damaged."""
        if record.block.line(_METHOD)[:4].upper() in {b"GET ", b""}:
            return
        ids = _ids(record)
        self._posted.append(ids)
        for told, key, row in self._last:
            if not told.isdisjoint(ids) and self._rows.get(key) == row:
                del self._rows[key]
                self._bare = {bare: one for bare, one in self._bare.items() if one != row}


def address_of(record: Record) -> str | None:
    """The address that a record is about, as browsers write it."""
    url = record.header("warc-target-uri").removeprefix("<").removesuffix(">")
    return resolved(url) if url.lower().startswith(("http:", "https:")) else None


def leads_to(record: Record, answer: Answer | None) -> str | None:
    """The address under which there is what this record only leads to: a redirect, or the same as was recorded before."""
    url = address_of(record)
    if record.header("warc-type").lower() == "revisit":
        before = resolved(record.header("warc-refers-to-target-uri").removeprefix("<").removesuffix(">"))
        if before is not None and before != url:
            return before
    if answer is None or answer.status not in _LEADS:
        return None
    location = answer.headers.get("location", "").strip()
    return resolved(location, url) if location and url else None


def _is_part(answer: Answer, url: str) -> bool:
    kind = answer.kind
    if answer.status != 200:
        return False
    named = kind in _UNSURE and kind_of(path_of(url).rpartition("/")[2]) is not None
    return named or kind.startswith(_KINDS) or kind in _FONTS or kind.endswith(("javascript", "ecmascript"))


def _ids(record: Record) -> frozenset[str]:
    return frozenset(filter(None, (record.header("warc-record-id"), record.header("warc-concurrent-to"))))


def _key(url: str) -> int:
    return int.from_bytes(blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _swapped(url: str) -> str:
    return f"http{url[5:]}" if url.startswith("https:") else f"https{url[4:]}"


def _bare(url: str) -> int | None:
    plain = url.partition("?")[0]
    return _key(plain) if is_fixed(path_of(url).rpartition("/")[2]) else None
