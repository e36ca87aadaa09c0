"""Which of the inputs changed since a commit: the bytes that lie here are compared with those that stood there.

git is asked for commits and objects alone, never for the state of files: that would run the filters, hooks and monitors which a
repository's own settings name. A page of which git knows nothing (untracked, ignored, in a submodule) counts as changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from glob import has_magic

from checker.errors import BadConfig
from checker.sources.files import MOST_BYTES
from checker.sources.git import Entry, Repository
from checker.sources.inputs import Inputs, Item
from checker.sources.sniff import PAGE_SUFFIXES

# As many links in a row as Linux follows.
_MOST_LINKS = 40
_SUFFIXES = tuple(suffix.encode("ascii") for suffix in PAGE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Changes:
    """The inputs that changed, with the count of those that did not; `renamed`: what such a page was called at that commit.

    Pages that are there no more stand among the places without a page, where they would have been read.
    """

    inputs: Inputs
    renamed: Mapping[str, str]


def changed(inputs: Inputs, ref: str) -> Changes:
    """Those inputs that differ from the last commit which this branch shares with `ref`; uncommitted changes count.

    Raises BadConfig without git or a repository, for an unknown ref, where no commit is shared, and for an input outside the repository.
    """
    repository = Repository.around(os.getcwd())  # noqa: PTH109
    base = repository.shared_with(ref)
    then = _Then(repository.top, repository.files_of(base))
    moved = repository.renamed_since(base)
    kept: list[Item] = []
    renamed: dict[str, str] = {}
    unchanged = 0
    gone = _Gone(then, inputs.arguments)
    for item in inputs.items:
        if item.path is None or item.given is not None:
            kept.append(item)
            continue
        place = then.place(item.path)
        path = then.relative(place)
        if path is None:
            raise BadConfig(f"--changed-since: {item.name} is outside the repository {_shown(repository.top)}; name files inside it")
        if path in gone.answered and not os.path.lexists(place):
            continue
        if then.unchanged(place):
            unchanged += 1
            continue
        kept.append(item)
        if path in moved:
            renamed[item.name] = _named(repository.top, moved[path])
    told = dict(gone.told(moved, {then.relative(then.place(item.path)) for item in kept if item.path is not None}, ref))
    places = [each for each in inputs.without_page if each[0] not in told]
    return Changes(replace(inputs, items=tuple(kept), without_page=(*places, *told.items()), unchanged=unchanged), renamed)


class _Then:
    """The files as they were."""

    def __init__(self, top: str, files: Mapping[bytes, Entry]) -> None:
        self.top = top
        self.files = files
        self._real: dict[str, str] = {}

    def place(self, path: str) -> str:
        """Where it lies really; a link at the end stays a link, as in git."""
        folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 - names that are no UTF-8 must survive
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return os.path.join(self._real[folder], name)  # noqa: PTH118

    def relative(self, place: str) -> bytes | None:
        """The path from the top as git writes it; None outside."""
        inside = os.path.join(self.top, "")  # noqa: PTH118
        return os.fsencode(place[len(inside) :].replace(os.sep, "/")) if place.startswith(inside) else None

    def unchanged(self, place: str, links: int = 0) -> bool:
        """Whether the file, and all that a link leads to, is as it was. What cannot be read or told is not."""
        path = self.relative(place)
        entry = self.files.get(path) if path is not None else None
        if entry is None or links > _MOST_LINKS:
            return False
        try:
            if os.path.islink(place):  # noqa: PTH114
                target = os.readlink(place)  # noqa: PTH115
                leads = self.place(os.path.join(os.path.dirname(place), target))  # noqa: PTH118, PTH120
                return entry.is_link and _id(os.fsencode(target), entry) == entry.id and self.unchanged(leads, links + 1)
            if entry.is_link or not os.path.isfile(place) or os.path.getsize(place) > MOST_BYTES:  # noqa: PTH113, PTH202
                return False
            with open(place, "rb") as stream:  # noqa: PTH123
                body = stream.read()
        except OSError:
            return False
        # Where git turns line ends on check-out, the object holds the plain ones.
        return _id(body, entry) == entry.id or (b"\r\n" in body and _id(body.replace(b"\r\n", b"\n"), entry) == entry.id)


def _id(body: bytes, entry: Entry) -> bytes:
    """What git calls a file that holds this."""
    digest = hashlib.sha256() if len(entry.id) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(body))
    digest.update(body)
    return digest.hexdigest().encode("ascii")


class _Gone:
    """The pages that stood where something was named and are there no more; `answered`: the names of which they are all there was."""

    def __init__(self, then: _Then, arguments: Sequence[str]) -> None:
        self._top = then.top
        globs = [argument for argument in dict.fromkeys(arguments) if has_magic(argument) and not os.path.lexists(argument)]
        patterns = [os.path.realpath(argument).split(os.sep) for argument in globs]  # noqa: PTH206
        # A link at the end of a name is a file of its own; and what looks like a glob may have been a name.
        places = {place for argument in {*arguments} for place in (os.path.realpath(argument), then.place(argument))}
        self._named = {path for place in places if (path := _inside(then, place)) is not None}
        self._found: list[bytes] = []
        self.answered: set[bytes] = set()
        for path in sorted(then.files):
            through = next((folder for folder in (path, *_folders(path)) if folder in self._named and _is_seen(path, folder)), None)
            if path != through and not path.lower().endswith(_SUFFIXES):
                continue
            place = os.path.join(then.top, os.fsdecode(path))  # noqa: PTH118
            if (through is not None or any(_lies_in(place.split(os.sep), pattern) for pattern in patterns)) and not os.path.lexists(place):  # noqa: PTH206
                self._found.append(path)
                self.answered |= {through} if through is not None else set()

    def told(self, moved: Mapping[bytes, bytes], checked: AbstractSet[bytes | None], ref: str) -> Iterator[tuple[str, str]]:
        """Each with what became of it; one that is checked under its new name only where the old one was named."""
        became = {old: new for new, old in moved.items()}
        for path in self._found:
            new = became.get(path)
            if new is None:
                yield _shown(_named(self._top, path)), f"deleted since {ref}"
            elif new not in checked or path in self._named:
                yield _shown(_named(self._top, path)), f"renamed to {_shown(_named(self._top, new))} since {ref}"


def _inside(then: _Then, real: str) -> bytes | None:
    return b"" if real == then.top else then.relative(real)


def _is_seen(path: bytes, folder: bytes) -> bool:
    """Whether a search of the folder comes to the path: it leaves out what is hidden."""
    return not any(part.startswith(b".") for part in path[len(folder) :].strip(b"/").split(b"/"))


def _lies_in(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    """Whether a glob would come to this path, itself or by a folder; like a search, it leaves out what is hidden.

    >>> _lies_in(["", "site", "a", "b.html"], ["", "s*"]), _lies_in(["", "site", ".a", "b.html"], ["", "**", "*.html"])
    (True, False)
    """
    if not patterns:
        return not any(part.startswith(".") for part in parts)
    if patterns[0] == "**":
        ends = range(len(parts) + 1)
        return any(_lies_in(parts[end:], patterns[1:]) and not any(part.startswith(".") for part in parts[:end]) for end in ends)
    if not parts or (parts[0].startswith(".") and not patterns[0].startswith(".")):
        return False
    return fnmatchcase(parts[0], patterns[0]) and _lies_in(parts[1:], patterns[1:])


def _folders(path: bytes) -> Iterator[bytes]:
    """The folders that it lies in; the last is the top itself."""
    while path:
        path = path.rpartition(b"/")[0]
        yield path


def _named(top: str, path: bytes) -> str:
    """The path from here, as it would be typed."""
    return os.path.relpath(os.path.join(top, os.fsdecode(path)))  # noqa: PTH118


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
