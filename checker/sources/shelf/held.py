"""One thing that a page asks for, and where it is looked for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Generic, Protocol, TypeVar

_MIB = 1 << 20
_Kept = TypeVar("_Kept")

# By suffix, what browsers take for a part of a page. Styles and scripts of an unknown type are not applied.
KINDS = {
    "css": "text/css", "js": "text/javascript", "mjs": "text/javascript", "json": "application/json", "html": "text/html", "htm": "text/html",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif",
    "gif": "image/gif", "ico": "image/x-icon", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
}  # fmt: skip
# What a server makes anew for each query, so that another query means another thing.
_MADE = frozenset(("html", "htm", "json"))


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a page asks for. `content_type`: as the server or the name says, None where neither does."""

    body: bytes
    content_type: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """It may be there, and is not given."""

    why: str


class Shelf(Protocol):
    """What a page can ask for."""

    def find(self, url: str) -> Held | None:
        """What lies at an address; None where there is nothing, or nothing that may be given. Never raises."""
        ...


class Place(Protocol):
    """One of the places that are looked into, one after another."""

    def look(self, url: str) -> Held | Refused | None:
        """What is there for an address without its fragment."""
        ...


@dataclass(frozen=True, slots=True)
class ShelfLimits:
    """`thing_bytes`: of one thing from a folder or an archive. `addresses`: of an archive that are known. `behind`: bytes that are unpacked again to
    reach what lies in the middle of one compressed stream. `redirects`: as long as an archive leads on.

    From the network, for one page: so many `requests`, `bytes` and `seconds` in all. `kept_bytes`: of answers that a run keeps for its next pages.
    """

    thing_bytes: int = 16 * _MIB
    addresses: int = 200_000
    behind: int = 256 * _MIB
    redirects: int = 5
    requests: int = 200
    bytes: int = 30 * _MIB
    seconds: float = 30.0
    kept_bytes: int = 64 * _MIB


class LastUsed(Generic[_Kept]):
    """Keeps what was used last, up to so many bytes; for several threads."""

    # What a refusal or an address weighs besides its bytes.
    _EACH = 500

    def __init__(self, most: int) -> None:
        self._most, self._total = most, 0
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[_Kept, int]] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def get(self, key: str) -> tuple[_Kept] | None:
        """What is kept, which may be None, as the one of a tuple."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return (self._kept[key][0],)

    def keep(self, key: str, value: _Kept, size: int) -> None:
        """Drop what was not used for longest, until there is room. What alone is too large is not kept."""
        weight = size + self._EACH
        with self._lock:
            if key in self._kept or weight > self._most:
                return
            self._kept[key] = (value, weight)
            self._total += weight
            while self._total > self._most:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._total -= dropped


def suffix_of(name: str) -> str:
    """The suffix of a file's name, in small letters and without its full stop.

    >>> suffix_of("a.min.CSS"), suffix_of("css"), suffix_of(".css")
    ('css', '', '')
    """
    stem, stop, suffix = name.rpartition(".")
    return suffix.lower() if stop and stem else ""


def kind_of(name: str) -> str | None:
    """The type of a file by its name, behind which a saver may have written the query.

    >>> kind_of("style.css?ver=3"), kind_of("style.css@ver=3"), kind_of("pot@2x.png"), kind_of("notes.txt")
    ('text/css', 'text/css', 'image/png', None)
    """
    plain = name.partition("?")[0]
    return KINDS.get(suffix_of(plain)) or KINDS.get(suffix_of(name)) or KINDS.get(suffix_of(plain.partition("@")[0]))


def is_fixed(name: str) -> bool:
    """Whether what is named so is the same whatever the query says, as a number of its version.

    >>> is_fixed("style.css"), is_fixed("load.php"), is_fixed("frame.html")
    (True, False, False)
    """
    suffix = suffix_of(name)
    return suffix in KINDS and suffix not in _MADE


def too_large(most: int) -> Refused:
    """Why something large is not given."""
    return Refused(f"it is larger than {most / _MIB:.3g} MB")
