"""The pages among the records of web archives, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import BinaryIO

from checker.model import Http, NotCheckedReason, Source
from checker.sources.archives.answers import Answer, answer_in, body_of
from checker.sources.archives.codings import BadBody
from checker.sources.archives.records import Record, Records
from checker.sources.archives.unpacked import Damaged, TooMuch, Unpacked
from checker.sources.files import judged
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.secrets import masked

_WEB = re.compile(r"https?://", re.IGNORECASE).match
# No browser asks for more.
_LONGEST = 8_192
_SHOWN = 500
# So many addresses wait for a later and better answer; what is beyond is told at once.
_MOST_WAITING = 10_000
_BARE = (204, 205, 304)


@dataclass(eq=False)
class Recorded(Ledger):
    """What was recorded, from one archive file (`path`) or several in it that belong together (`name`).

    `remembers`: also the addresses that turned out to be no pages.

    Of several answers for one address the first with status 200 counts; one with another status is told where there is none with 200.
    """

    name: str = ""
    path: str = ""
    limits: Limits = field(default_factory=Limits)
    remembers: bool = False
    _number: int = 0
    _seen: set[bytes] = field(default_factory=set, repr=False)
    _met: set[bytes] = field(default_factory=set, repr=False)
    _waiting: dict[bytes, Source] = field(default_factory=dict, repr=False)
    # Addresses that led elsewhere, or back to themselves with a cookie: the page may follow.
    _leading: dict[bytes, tuple[str, str]] = field(default_factory=dict, repr=False)

    def pages(self, file: BinaryIO, called: str) -> Iterator[Item]:
        """The pages of one file; the last item says where it is damaged, if it is. `called`: the name of that item."""
        records: Records | None = None
        try:
            stream = Unpacked(file, self.limits.archive_ratio, self.limits.body_bytes)
            records = Records(stream)
            for record in records:
                source = self._source(record, records)
                if source is not None:
                    yield self._item(source)
        except (Damaged, TooMuch) as fault:
            yield self._item(Source(called, reason=_reason(fault), detail=_told(fault, records), fetched=True))

    def rest(self) -> Iterator[Item]:
        """After all files: the addresses for which there was no page."""
        for key, (name, why) in self._leading.items():
            self.discovered += 1
            if key in self._seen or key in self._waiting:
                self.duplicates += 1
            else:
                self.skip(name, why)
        self._leading.clear()
        for key, source in self._waiting.items():
            if key in self._seen:
                self.duplicates += 1
                self.discovered += 1
            else:
                yield self._item(source)
        self._waiting.clear()

    def holds(self, url: str) -> bool:
        """Whether any answer for this address was met."""
        key = _key(url)
        return key in self._seen or key in self._met

    def missing(self, url: str) -> Item:
        """An address that should be there and is not."""
        told = Source(f"{self.name}#{_shown(url)}", url=_url(url), reason=NotCheckedReason.MISSING, fetched=True)
        self._seen.add(_key(url))
        return self._item(replace(told, detail="the list of pages in the archive names it, and no record holds it"))

    def _item(self, source: Source) -> Item:
        self.discovered += 1
        return Item(source.name, None, given=replace(source, archive=self.path))

    def _source(self, record: Record, records: Records) -> Source | None:
        """What the record tells of a page, if it is one and was not met before. Raises Damaged and TooMuch."""
        self._number += 1
        kind = record.header("warc-type").lower()
        url = record.header("warc-target-uri").removeprefix("<").removesuffix(">")
        if kind not in {"response", "resource", "revisit"} or (kind == "revisit" and not _WEB(url)):
            return None
        if self.remembers:
            self._met.add(_key(url))
        source = Source(f"{self.name}#{self._number} {_shown(url)}".rstrip(), url=_url(url), fetched=True)
        answer: Answer | None = None
        body: bytes | None = None
        fault: BadBody | None = None
        try:
            if kind != "revisit" or record.block.length:
                answer = answer_in(record)
            # Of an error only the status counts; of pictures and programs nothing.
            if kind != "revisit" and answer is not None and answer.status == 200 and answer.may_be_page:
                body = body_of(answer, record.block, self.limits.body_bytes)
        except BadBody as found:
            fault = found
        # A record that is cut is no page, however much of it could be read.
        records.finish(record)
        if answer is not None:
            http = Http(answer.status, answer.content_type, (), _url(url) or "") if _WEB(url) else None
            source = replace(source, charset=answer.charset, http=http)
        return self._judged(source, url, record, answer, body, fault)

    def _judged(self, source: Source, url: str, record: Record, answer: Answer | None, body: bytes | None, fault: BadBody | None) -> Source | None:
        key = _key(url)
        if record.header("warc-type").lower() == "revisit":
            if answer is None or answer.may_be_page:
                self._pass(source, key, "a revisit record: the page itself was stored at another time, in this archive or in another")
            return None
        if fault is not None and answer is not None and not answer.is_called_page and not _named_like_page(url):
            return None
        if answer is None or fault is not None:
            return self._later(key, replace(source, reason=fault.reason if fault else NotCheckedReason.DAMAGED, detail=str(fault)))
        if answer.status != 200:
            return self._refused(source, url, key, answer)
        if body is None or not answer.is_page(body):
            return None
        cut = record.header("warc-truncated") or ("segment" if record.header("warc-segment-number") else "")
        if cut:
            told = f"the archive holds only its first {len(body)} bytes (WARC-Truncated: {cut[:40]})"
            return self._later(key, replace(source, reason=NotCheckedReason.DAMAGED, detail=told))
        if key in self._seen:
            self.duplicates += 1
            self.discovered += 1
            return None
        self._seen.add(key)
        found = judged(replace(source, body=body), self.limits.body_bytes)
        if found.reason is not None:
            return replace(found, http=source.http)
        instead = _instead(url, body, answer)
        return found if instead is None else replace(source, reason=instead[0], detail=instead[1])

    def _refused(self, source: Source, url: str, key: bytes, answer: Answer) -> Source | None:
        """An answer that is not 200: something is only told of what would have been a page."""
        status = answer.status
        if 300 <= status < 400 or status in _BARE:
            if answer.kind in {"", "text/html"} and _named_like_page(url):
                self._lead(source, key, f"status {status}: {'without a page' if status in _BARE else 'it only leads elsewhere'}")
            return None
        if not answer.may_be_page:
            return None
        if not _named_like_page(url):
            self._pass(source, key, f"status {status}, and its address is not that of a page")
            return None
        from checker.sources.fetch.answer import by_status

        told = by_status(status, answer.headers) or (NotCheckedReason.FETCH_FAILED, f"the server answered with status {status}")
        return self._later(key, replace(source, reason=told[0], detail=told[1]))

    def _pass(self, source: Source, key: bytes, why: str) -> None:
        self.discovered += 1
        if key in self._seen:
            self.duplicates += 1
        else:
            self.skip(source.name, why)

    def _lead(self, source: Source, key: bytes, why: str) -> None:
        if key not in self._leading and key not in self._seen and len(self._leading) < _MOST_WAITING:
            self._leading[key] = (source.name, why)
        elif key in self._leading:
            self.discovered += 1
            self.duplicates += 1
        else:
            self._pass(source, key, why)

    def _later(self, key: bytes, source: Source) -> Source | None:
        """Nothing now: a page for the same address may follow."""
        if key in self._seen or key in self._waiting:
            self.duplicates += 1
            self.discovered += 1
        elif len(self._waiting) < _MOST_WAITING:
            self._waiting[key] = source
        else:
            self._seen.add(key)
            return source
        return None


def _instead(url: str, body: bytes, answer: Answer) -> tuple[NotCheckedReason, str] | None:
    """What a page is instead of the one that was asked for: a login, a wall, a notice that there is none; as for a page that is fetched."""
    from checker.sources.fetch.answer import by_content

    if not _WEB(url):
        return None
    try:
        return by_content(url, url, body, answer.content_type)
    except ValueError:  # no address that a browser could open
        return None


def _reason(fault: Exception) -> NotCheckedReason:
    return NotCheckedReason.CAPPED if isinstance(fault, TooMuch) else NotCheckedReason.DAMAGED


def _told(fault: Exception, records: Records | None) -> str:
    read = records.read if records else 0
    what = "the archive is too large" if isinstance(fault, TooMuch) else "the archive is cut or damaged"
    place = records.place if records else "offset 0"
    return f"{what}: {read} {'record was' if read == 1 else 'records were'} read, and nothing from {place} on ({fault})"


def _key(url: str) -> bytes:
    return blake2b(url.partition("#")[0].encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _url(url: str) -> str | None:
    return masked(url) if _WEB(url) and len(url) <= _LONGEST else None


def _shown(url: str) -> str:
    told = masked(url[:_LONGEST])
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"


def _named_like_page(url: str) -> bool:
    """Whether an address may be that of a page: no suffix, or one that is not known as anything else."""
    import mimetypes

    path = re.split("[?#]", url, maxsplit=1)[0]
    if "/" not in path.partition("://")[2]:  # a host alone: ".example" is no suffix
        return True
    kind, packed = mimetypes.guess_type("x" + path[path.rfind("/") :], strict=False)
    return not packed and (kind is None or kind.endswith(("html", "xhtml+xml", "x-php", "x-httpd-php")))
