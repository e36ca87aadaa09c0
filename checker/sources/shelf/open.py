"""The shelf of a page: all places in which what it asks for may lie, and a ledger of what came of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from checker.model import Source
from checker.sources.shelf.fetched import Fetched, Network
from checker.sources.shelf.held import Held, Place, Refused, ShelfLimits
from checker.sources.shelf.names import LONGEST

# A page asks for some hundred things.
_MOST_TOLD = 2_000


class PageShelf:
    """The `Shelf` of one page. `asked`: what became of each address, "held", "absent", or "refused: …"; up to the two thousandth.
    Several threads may ask; they are answered one after another.

    The addresses stand there as the page asked for them: mask them before they are told.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self.asked: dict[str, str] = {}
        self._places = tuple(places)
        self._lock = Lock()

    def find(self, url: str) -> Held | None:
        """What lies at an address, in the first place that has it; None where nothing lies there that may be given. Never raises."""
        with self._lock:
            return self._found(url)

    def _found(self, url: str) -> Held | None:
        if len(url) > LONGEST:
            self._tell(url[:LONGEST], "refused: its address is too long")
            return None
        refused: Refused | None = None
        for place in self._places:
            try:
                found = place.look(url.partition("#")[0])
            except Exception as fault:  # noqa: BLE001 - addresses and archives are of others; a page without a picture is still a page
                found = Refused(f"it cannot be looked up ({type(fault).__name__})")
            if isinstance(found, Held):
                self._tell(url, "held")
                return found
            refused = found or refused
        self._tell(url, f"refused: {refused.why}" if refused else "absent")
        return None

    def _tell(self, url: str, what: str) -> None:
        if url in self.asked or len(self.asked) < _MOST_TOLD:
            self.asked[url] = what


def shelf_for(source: Source, address: str, root: Path | None = None, limits: ShelfLimits | None = None, network: Network | None = None) -> PageShelf:
    """What lies beside a page that is shown at `address`: in its folder or its archive, then on the network, if there is one.

    `root`: the folder that the site's address stands for. Raises BadConfig where the extra that reads the archive is not installed.
    """
    limits = limits or ShelfLimits()
    places: list[Place] = []
    if source.archive is not None:
        places += _in_archive(source, source.archive, address, limits)
    elif source.path is not None and not source.fetched:
        from checker.sources.shelf.folder import Folder

        places.append(Folder(Path(source.path), address, root, limits))
    if network is not None:
        places.append(Fetched(network))
    return PageShelf(places)


def _in_archive(source: Source, path: str, address: str, limits: ShelfLimits) -> list[Place]:
    from checker.sources.archives.open import head_of
    from checker.sources.archives.unpacked import GZIP

    head = head_of(path)
    if not head:
        return []
    is_zip = head.startswith(b"PK")
    # Pages of a zipped site are files, those of a WACZ archive are answers of servers.
    if is_zip and not source.fetched:
        from checker.sources.shelf.zipped import Zipped

        name = os.fsencode(path).decode("utf-8", "replace")
        return [Zipped(path, source.name.removeprefix(f"{name}#"), address, limits)]
    if is_zip or head.startswith((b"WARC/", GZIP)):
        from checker.sources.shelf.recorded import Recorded

        return [Recorded(path, limits)]
    from checker.sources.shelf.saved import Saved

    return [Saved(path, address, limits)]
