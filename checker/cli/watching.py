"""What has been saved: files are asked for their sizes and times, again and again.

That needs no package, and sees what is saved on network drives too, of which no system tells. For 10,000 pages in 100 folders a look takes 60 ms
on a local disk: 35 to list the folders, 25 to ask the files; `pause` then leaves 1.2 s between two looks in place of 0.3.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from checker.sources.sniff import PAGE_SUFFIXES

# Seconds. So long a file must have been as it is: editors empty it first, or write it in two steps, or put another one into its place.
QUIET = 0.2
# So long changes wait for each other: a site that is built anew is one change.
PATIENCE = 10.0
_PAUSE = 0.3
_LONGEST = 10.0
# A look may take so much of the time: one in twenty.
_SHARE = 20

# Files beside pages.
_MOST = 20_000

# Times and size of a file; None where there is none.
Signature = tuple[int, int, int] | None


def signature(path: str) -> Signature:
    """What changes when a file is saved. Not its inode, which changes by itself on some network drives."""
    try:
        told = os.stat(path)  # noqa: PTH116 - a str path: names that are no UTF-8 must survive
    except (OSError, ValueError):
        return None
    return told.st_mtime_ns, told.st_ctime_ns, told.st_size


def signatures(paths: Iterable[str]) -> dict[str, Signature]:
    """Those of several files."""
    return {path: signature(path) for path in paths}


def beside(arguments: Iterable[str], without: str | None = None) -> Iterator[str]:
    """The files that pages are drawn with: all that lie below these folders, or beside these files, and are no pages. `without`: a folder that is
    left out. After so many as `_MOST` the rest is not looked at.
    """
    folders = dict.fromkeys(name if os.path.isdir(name) else os.path.dirname(name) or "." for name in arguments)  # noqa: PTH112, PTH120 - as above
    out = os.path.realpath(without) if without else None
    count = 0
    for folder in folders:
        for here, inner, names in os.walk(folder):
            inner[:] = sorted(name for name in inner if not name.startswith(".") and os.path.realpath(f"{here}/{name}") != out)
            for name in names:
                if name.startswith(".") or name.lower().endswith(PAGE_SUFFIXES):
                    continue
                count += 1
                if count > _MOST:
                    return
                yield os.path.join(here, name)  # noqa: PTH118


def pause(seconds: float, *, waits: bool) -> float:
    """How long to rest after a look that took so long. `waits`: a file is being written, so that the next look is due when it can be done.

    >>> pause(0.001, waits=False), pause(0.06, waits=False), pause(9, waits=False), pause(0.001, waits=True)
    (0.3, 1.2, 10.0, 0.2)
    """
    return min(_LONGEST, max(QUIET, seconds) if waits else max(_PAUSE, seconds * _SHARE))


class Quiet:
    """Holds changes back until no file is being written any more. It is told the time, and asks no clock."""

    def __init__(self, known: Mapping[str, Signature]) -> None:
        """`known`: the files as they are at the beginning, which is no change."""
        self._known = self._seen = known
        # Since when files are changing, and since when they are as they were seen last.
        self._began: float | None = None
        self._since = 0.0

    @property
    def waits(self) -> bool:
        """Whether something has changed that was not told yet."""
        return self._began is not None

    def settled(self, seen: Mapping[str, Signature], now: float) -> frozenset[str]:
        """The files that have changed, appeared or gone, once each: all together, when all have been quiet, or when that takes too long."""
        if seen == self._known:
            self._seen, self._began = self._known, None
            return frozenset()
        if seen != self._seen:
            self._seen, self._since = seen, now
            self._began = now if self._began is None else self._began
        if self._began is None or (now - self._since < QUIET and now - self._began < PATIENCE):
            return frozenset()
        changed = frozenset(path for path in seen.keys() | self._known.keys() if path not in seen or seen[path] != self._known.get(path, _GONE))
        self._known, self._began = seen, None
        return changed


# Of a file that was not among those that are watched.
_GONE = (-1, -1, -1)
