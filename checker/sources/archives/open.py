"""Is a file an archive of pages, and of which kind? Told from its bytes; the name speaks only where they are cut or damaged."""

from __future__ import annotations

import os
import stat

from checker.sources.archives.unpacked import GZIP
from checker.sources.limits import Limits
from checker.sources.sniff import PAGE_SUFFIXES, begins_a_page
from checker.sources.stream import Stream

_HEAD = 65_536
_WARC_NAMES = (".warc", ".warc.gz")
_ZIP_NAMES = (".zip", ".wacz")


def opened(path: str, limits: Limits | None = None) -> Stream | None:
    """The pages in an archive: WARC, WACZ, a zipped site, a compressed page, a saved page with its parts. None where the file is none of these.

    Raises BadConfig where a web archive is met and the extra that reads it is not installed.
    """
    head = head_of(path)
    if head is None:
        return None
    limits = limits or Limits()
    name = os.fsencode(path).decode("utf-8", "replace")
    if head.startswith(b"PK"):
        return _zip(path, name, limits)
    if head.startswith(GZIP):
        return _gzip(path, name, limits)
    if head.startswith(b"WARC/"):
        return _warc(path, name, limits)
    if b":" in head[:64]:
        from checker.sources.archives.mhtml import SavedPage, is_mhtml

        if is_mhtml(head, path):
            return SavedPage(name=name, path=path, limits=limits)
    return None


def _zip(path: str, name: str, limits: Limits) -> Stream | None:
    from checker.sources.archives.codings import BadBody
    from checker.sources.archives.wacz import WaczPages, holds_warc
    from checker.sources.archives.zip_entries import opened_zip
    from checker.sources.archives.zipped import ZippedPages, page_entries

    try:
        with opened_zip(path) as archive:
            recorded, pages = holds_warc(archive), bool(page_entries(archive))
    except BadBody:
        # It says itself what is wrong with it.
        return ZippedPages(name=name, path=path, limits=limits) if path.lower().endswith(_ZIP_NAMES) else None
    except OSError:
        return None
    if recorded:
        from checker.sources.archives.records import ask_for_warcio

        ask_for_warcio()
        return WaczPages(name=name, path=path, limits=limits, remembers=True)
    return ZippedPages(name=name, path=path, limits=limits) if pages else None


def _gzip(path: str, name: str, limits: Limits) -> Stream | None:
    from checker.sources.archives.gzipped import GzippedPage, head_of_gzip

    head = head_of_gzip(path)
    lower = path.lower()
    if head.startswith(b"WARC/") or (lower.endswith(_WARC_NAMES) and not head):
        return _warc(path, name, limits)
    if lower.endswith(tuple(f"{suffix}.gz" for suffix in PAGE_SUFFIXES)) or begins_a_page(head):
        return GzippedPage(name=name, path=path, limits=limits)
    return None


def _warc(path: str, name: str, limits: Limits) -> Stream:
    from checker.sources.archives.records import ask_for_warcio
    from checker.sources.archives.warc import WarcPages

    ask_for_warcio()
    return WarcPages(name=name, path=path, limits=limits)


def head_of(path: str) -> bytes | None:
    """The first bytes of a file; None for what is no file or cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - a str path: names that are no UTF-8 must survive
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(_HEAD)
    except (OSError, ValueError):
        return None
