"""What the user named, turned into a list of pages to read: files, folders, globs, standard input, lists of files.

Every input is accounted for: it is an item (read, or not checked with a reason), a skipped one (a folder without a page), or a duplicate.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model import NotCheckedReason, Source
from checker.sources.sniff import PAGE_SUFFIXES

if TYPE_CHECKING:
    from checker.sources.stream import Stream

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Item:
    """One page to read. `path` is None for bytes that are already here (`given`); `named`: the user named this very file.

    `foreign`: a source of another package reads it, by its name.
    """

    name: str
    path: str | None
    named: bool = True
    given: Source | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that was named: items in a fixed order, places without a page, and how often a page was named again.

    `excluded` pages are left out by the settings, `unchanged` ones because they are as in the commit that the run is compared with.
    `arguments`: what was named, as it was typed. `streams`: pages that come one after another behind the items, from archives and from the web.
    """

    items: tuple[Item, ...]
    without_page: tuple[tuple[str, str], ...] = ()
    duplicates: int = 0
    excluded: int = 0
    unchanged: int = 0
    arguments: tuple[str, ...] = ()
    streams: tuple[Stream, ...] = ()


def gather(arguments: Sequence[str], stdin: Source | None = None, openers: Sequence[Callable[[str], Stream | None]] = ()) -> Inputs:
    """Expand the arguments in their order; `stdin` is what `-` stands for, and what one of the `openers` takes is a stream.

    A folder is searched for pages (hidden folders and files left out, each real folder once, sorted); a pattern that names no file is a glob.
    """
    items: dict[str, Item] = {}
    without: list[tuple[str, str]] = []
    streams: list[Stream] = []
    opened: set[str] = set()
    duplicates = 0
    for argument in arguments:
        if argument in opened:
            duplicates += 1
            continue
        stream = _opened(argument, openers)
        if stream is not None:
            opened.add(argument)
            streams.append(stream)
            continue
        found = 0
        for item in _expand(argument, stdin):
            found += 1
            key = os.path.abspath(item.path) if item.path is not None else item.name  # noqa: PTH100 - Path.absolute keeps "..", resolve() follows links
            if key in items:
                duplicates += 1
            else:
                items[key] = item
        if not found:
            without.append((_shown(argument), "a folder without a page" if os.path.isdir(argument) else "no file matches"))  # noqa: PTH112 - see _expand
    return Inputs(tuple(items.values()), tuple(without), duplicates, arguments=tuple(arguments), streams=tuple(streams))


def _opened(argument: str, openers: Sequence[Callable[[str], Stream | None]]) -> Stream | None:
    """The stream of the first that takes the argument."""
    return next((stream for opener in openers if (stream := opener(argument)) is not None), None) if argument != STDIN else None


def listed(lines: Iterable[bytes]) -> list[str]:
    """The paths of a list of files: one a line, empty lines left out, taken as they stand.

    >>> listed([b"a.html\\n", b"\\n", b"b c.html\\r\\n"])
    ['a.html', 'b c.html']
    """
    paths = (os.fsdecode(line.rstrip(b"\r\n")) for line in lines)
    # "-" in a list is a file of that name, not standard input.
    return [f"./{path}" if path == STDIN else path for path in (path.removeprefix("\ufeff") for path in paths) if path.strip()]


# os.path, not Path: names must stay as they were typed ("./a.html"), and bytes that are no UTF-8 must survive.
def _expand(argument: str, stdin: Source | None) -> Iterator[Item]:
    if argument == STDIN and stdin is not None:
        yield Item(STDIN, None, given=stdin)
    elif os.path.isdir(argument):  # noqa: PTH112
        yield from _walk(argument)
    elif os.path.lexists(argument):
        yield Item(_shown(argument), argument)
    elif (told := _foreign(argument)) is not None:
        yield from (Item(name, None, foreign=True) for name in told)
    elif any(mark in argument for mark in "*?["):
        yield from _glob(argument)
    else:
        yield Item(_shown(argument), argument)


def _foreign(argument: str) -> list[str] | None:
    """The pages that a source of another package has for the argument; None where none brings such a source."""
    if ":" not in argument:
        return None
    from checker.sources.foreign import names

    return names(_shown(argument))


def _walk(folder: str) -> Iterator[Item]:
    """The pages of a folder, then those of the folders in it; however deep they lie, nothing recurses."""
    seen: set[tuple[int, int]] = set()
    _first_visit(folder, seen)
    unreadable: list[Item] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        # As the user would name it: "a.html", not "./a.html".
        inside = "" if here == "." else os.path.join(here, "")  # noqa: PTH118
        try:
            with os.scandir(here) as entries:
                found = sorted((entry.name, _is_folder(entry)) for entry in entries if not entry.name.startswith("."))
        except OSError as fault:
            name = _shown(here)
            told = Source(name, path=name, reason=NotCheckedReason.UNREADABLE, detail=f"the folder cannot be listed: {fault.strerror}")
            unreadable.append(Item(name, here, given=told))
            continue
        for name, is_folder in found:
            if not is_folder and name.lower().endswith(PAGE_SUFFIXES):
                yield Item(_shown(inside + name), inside + name, named=False)
        folders = [inside + name for name, is_folder in found if is_folder and _first_visit(inside + name, seen)]
        waiting += reversed(folders)
    yield from unreadable


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, or through a folder that is closed to us: reading it will say so
        return False


def _first_visit(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Whether this folder is met for the first time; links may lead in a circle."""
    try:
        here = os.stat(folder)  # noqa: PTH116
    except OSError:
        return True  # listing it will say why
    key = (here.st_dev, here.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _glob(pattern: str) -> Iterator[Item]:
    import glob

    # "posts/*.php" asks for just these; "posts/*" asks for the pages among them.
    suffix = os.path.splitext(pattern)[1]  # noqa: PTH122
    exact = bool(suffix) and not any(mark in suffix for mark in "*?[")
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    folders = [path for path in found if os.path.isdir(path)]  # noqa: PTH112
    for path in found:
        if path not in folders and (exact or path.lower().endswith(PAGE_SUFFIXES)):
            yield Item(_shown(path), path, named=False)
    if not pattern.rstrip("/").endswith("**"):  # the pattern has already been inside
        for folder in folders:
            yield from _walk(folder)


def _shown(path: str) -> str:
    """The path as text: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
