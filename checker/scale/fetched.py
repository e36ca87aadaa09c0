"""What a run that is written down has fetched, beside its journal: so that going on with it asks no server again for a page that is judged.

A file of lines in the order in which pages came: the address, how it was answered, and where the page leads, because a crawl goes on from there.
Bytes of pages are not kept: a page whose result the journal has needs none, and any other is fetched again.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import Any, BinaryIO, Self

from checker.errors import BadOutput
from checker.model import Http, NotCheckedReason, Source
from checker.scale.journal import Journal
from checker.scale.sealed import next_record, sealed
from checker.sources.page_links import PageLinks
from checker.sources.stream import Fetched


class FetchedPages:
    """The `Memory` of a journal. Use as a context."""

    def __init__(self, journal: Journal, *, resume: bool) -> None:
        """Raises BadOutput where it cannot be written."""
        self._journal = journal
        self._path = journal.path.with_name(f"{journal.path.name}-fetched")
        try:
            self._file, self._reading = self._opened(resume=resume)
        except OSError as fault:
            raise self._fault(fault) from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def recall(self, url: str) -> Fetched | None:
        """See `Memory`. A page that was to be judged is known only if the journal has its result next."""
        if not self._reading:
            return None
        begin = self._file.tell()
        record = next_record(self._file)
        found = _read(record, url) if record is not None else None
        if found is None or not self._is_settled(*found):
            self._reading = False
            self._file.seek(begin)
            self._file.truncate()
            return None
        return found[0]

    def keep(self, url: str, fetched: Fetched, *, is_item: bool) -> None:
        """See `Memory`. Raises BadOutput."""
        if fetched.recalled:
            return
        try:
            self._file.write(sealed(_record(url, fetched, is_item)))
            # Before the result of the page, which is written later: what the journal knows is known here.
            self._file.flush()
        except OSError as fault:
            raise self._fault(fault) from fault

    def done(self) -> None:
        """The run has come to its end."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _is_settled(self, fetched: Fetched, is_item: bool) -> bool:
        return not is_item or fetched.source.reason is not None or self._journal.goes_on_with(fetched.source.name)

    def _opened(self, *, resume: bool) -> tuple[BinaryIO, bool]:
        if resume:
            with contextlib.suppress(FileNotFoundError):
                file = self._path.open("r+b")
                if file.readline(len(self._journal.head) + 1) == self._journal.head:
                    return file, True
                file.close()
        # It may hold passwords that servers put into addresses, so nobody else may read it; one that another run left is no longer of use.
        made = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
        file = os.fdopen(made, "r+b")
        file.write(self._journal.head)
        return file, False

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._path}: {fault.strerror}")


def _record(url: str, fetched: Fetched, is_item: bool) -> bytes:
    source, links = fetched.source, fetched.links
    told = {
        "asked": url,
        "item": is_item,
        "name": source.name,
        "url": source.url,
        "charset": source.charset,
        "reason": source.reason,
        "detail": source.detail,
        "http": [source.http.status, source.http.content_type, source.http.redirects, source.http.url] if source.http else None,
        "links": [links.links, links.canonical, links.twins, links.noindex] if links else None,
    }
    return json.dumps(told, separators=(",", ":")).encode("ascii")


def _read(record: bytes, url: str) -> tuple[Fetched, bool] | None:
    """What is written of an address, and whether it is an item; None where it is about another one."""
    try:
        told: dict[str, Any] = json.loads(record)
        if told["asked"] != url:
            return None
        reason = NotCheckedReason(told["reason"]) if told["reason"] else None
        http = Http(told["http"][0], told["http"][1], tuple(told["http"][2]), told["http"][3]) if told["http"] else None
        links = told["links"]
        source = Source(told["name"], url=told["url"], charset=told["charset"], reason=reason, detail=told["detail"], fetched=True, http=http)
        leads = PageLinks(tuple((target, no) for target, no in links[0]), links[1], tuple(links[2]), links[3]) if links else None
        return Fetched(source, leads, recalled=True), bool(told["item"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None
