"""Where rule data live: the built-in pack and any folder of a publisher's own, read as TOML tables that remember their file.

A pack is a folder with some of `aff/ prg/ lnk/ spn/ img/ aut/ wvr/` (rules), `words/`, `networks/`, `authorities/`, `profiles/`, `texts/`,
`tracking/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from checker.errors import BadRule
from checker.kept import kept
from checker.lines import line_of
from checker.text import nearest

FOLDERS = ("authorities", "networks", "profiles", "texts", "tracking", "words")
FAMILIES = ("aff", "prg", "lnk", "spn", "img", "aut", "wvr")
_FAMILY = re.compile("[a-z]{3}").fullmatch
# A rule or a word list that lies beside its folder, not in it; a pack may hold other files for other programs there.
_STRAY = re.compile(r"[A-Z]{3}\d{3}\b.*|(?:notice|byline|credit)\..*").fullmatch
_PLACE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL).fullmatch
_END = " (at end of document)"
# Rules and settings nest some five deep.
_DEEPEST = 50
# What the reader of TOML says, by its beginning, and what it means for who has written the line.
_MEANS = {
    "illegal character '\\n'": "the text is not closed on its line; it ends with the quote that it begins with",
    "invalid value": 'a value is a "text" in straight quotes, a number, true, false, a date such as 2026-11-22, or a [list] of them',
    "expected newline": "one key = value stands on a line, a text in one pair of quotes; a date is written 2026-11-22",
    "expected '=' after a key": "a line is key = value",
    "invalid statement": "a line is key = value, a [table], or a # comment",
    "invalid initial character": "a key is made of letters, digits, - and _; others stand in straight quotes",
    "unclosed array": "a list ends with ], and commas stand between its texts, each in one pair of quotes",
    "cannot overwrite": "the key is there twice",
    "unescaped '\\'": "a text with a backslash stands in 'single quotes'",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML file of a pack."""

    path: Path
    data: dict[str, Any]

    def line(self, place: Sequence[str | int] = ()) -> int:
        """The line of a place: the keys and list positions that lead to it. The file is read again only for this."""
        return line_of(self.path.read_text("utf-8-sig", "replace"), place)

    def fault(self, place: Sequence[str | int], text: str) -> str:
        """What is wrong at a place, as `file:line: text`."""
        return f"{self.path}:{self.line(place)}: {text}"


class Gathering:
    """Keeps the faults of each `with` block over it, so that those of one kind of file do not hide those of another; `end` raises them all."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, *_: object) -> bool:
        if not isinstance(fault, BadRule):
            return False
        self.faults += fault.faults
        return True

    def end(self) -> None:
        """Raises BadRule with each fault once, if there is any."""
        if self.faults:
            raise BadRule(list(dict.fromkeys(self.faults)))


@cache
def built_in() -> Path:
    """The folder of the built-in pack: inside the wheel, or beside the package in a source tree."""
    here = Path(__file__).resolve().parent
    installed = here / "_rules"
    return installed if installed.is_dir() else here.parent / "rules"


def tables(pack: Path, kind: str, pattern: str = "*.toml") -> list[Table]:
    """The TOML files of one kind ("networks", "words", "aff" …) in a pack, by file name; all syntax errors at once.

    `pattern` is a glob for the file names, so that a reader pays only for the files that it reads.

    Raises BadRule.
    """
    found, faults = read(pack, kind, pattern)
    if faults:
        raise BadRule(faults)
    return found


def worked_out(name: str, packs: Sequence[Path], work: Callable[[], Any]) -> Any:
    """What `work` makes of the packs, in lists and tables; of the built-in pack alone it is worked out once, not at every start."""
    return kept(packs[0], name, work) if len(packs) == 1 and packs[0] == built_in() else work()


def read(pack: Path, kind: str, pattern: str = "*.toml") -> tuple[list[Table], list[str]]:
    """The same without raising: the files that can be read, and what is wrong with the others."""
    try:
        files = worked_out(f"files {kind}/{pattern}", [pack], lambda: _sound(pack, kind, pattern))
    except BadRule:
        return _read(pack, kind, pattern)
    return [Table(pack / kind / name, data) for name, data in files], []


def _sound(pack: Path, kind: str, pattern: str) -> list[tuple[str, dict[str, Any]]]:
    found, faults = _read(pack, kind, pattern)
    if faults:
        raise BadRule(faults)
    return [(each.path.name, each.data) for each in found]


def _read(pack: Path, kind: str, pattern: str) -> tuple[list[Table], list[str]]:
    found: list[Table] = []
    faults: list[str] = []
    for path in sorted((pack / kind).glob(pattern)):
        try:
            read_table = table(path)
        except BadRule as fault:
            faults += fault.faults
        else:
            if read_table.data:
                found.append(read_table)
            else:
                faults.append(f"{path}:1: it is empty; write something in it or delete it")
    return found, faults


def table(path: Path) -> Table:
    """One TOML file. Raises BadRule with what is wrong in it, and where."""
    try:
        if not path.is_file():
            raise BadRule([f"{path}: it is not a file"])
        return Table(path, _parse(path))
    except UnicodeDecodeError as fault:
        before = fault.object[: fault.start]
        raise BadRule([f"{path}:{before.count(10) + 1}: it is not UTF-8; save it with the encoding UTF-8"]) from None
    except RecursionError:
        raise BadRule([f"{path}: lists or tables are nested too deeply"]) from None
    except ValueError as fault:  # a TOMLDecodeError, or a number with thousands of digits
        raise BadRule([_syntax(path, str(fault))]) from None
    except OSError as fault:
        raise BadRule([f"{path}: it cannot be read: {fault.strerror}"]) from None


def _is_deep(data: dict[str, Any]) -> bool:
    level: list[Any] = [data]
    for _ in range(_DEEPEST):
        level = [each for one in level for each in (one.values() if isinstance(one, dict) else one) if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    # Editors on Windows write a byte order mark, which TOML does not know.
    data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    if _is_deep(data):
        # A key of a thousand dots costs tomllib nothing, and whoever looks at its tables a thousand calls, one in the other.
        raise RecursionError
    return data


def read_all(packs: Sequence[Path], kind: str, pattern: str = "*.toml") -> tuple[list[Table], list[str]]:
    """`read` over several packs, in their order."""
    found: list[Table] = []
    faults: list[str] = []
    for pack in packs:
        sound, wrong = read(pack, kind, pattern)
        found += sound
        faults += wrong
    return found, faults


def layout_faults(pack: Path) -> list[str]:
    """What of a pack would never be read, because its folder or file is not named like any that is."""
    return list(_unread(pack))


def _unread(pack: Path) -> Iterator[str]:
    allowed = [*FOLDERS, *FAMILIES]
    for folder in sorted(path for path in pack.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if folder.name not in FOLDERS and not _FAMILY(folder.name) and next(folder.glob("*.toml"), None):
            close = nearest(folder.name, allowed)
            hint = f'; did you mean "{close}"?' if close else ""
            yield f"{folder}: no folder of a pack has this name; allowed: {', '.join(allowed)}, or three small letters for rules of your own{hint}"
    for path in sorted(pack.glob("*.toml")):
        if _STRAY(path.name):
            folder_name = path.name[:3].lower() if path.name[:3].isupper() else "words"
            yield f"{path}: it lies beside the folders of the pack; it belongs into {folder_name}/"


def _syntax(path: Path, says: str) -> str:
    place = _PLACE(says)
    if place:
        return f"{path}:{place['line']}:{place['column']}: {_explained(_small(place['what']))}"
    line = len(path.read_text("utf-8", "replace").splitlines()) if says.endswith(_END) else 1
    return f"{path}:{max(line, 1)}: {_explained(_small(says.replace(_END, ', at the end of the file')))}"


def _explained(says: str) -> str:
    means = next((means for begins, means in _MEANS.items() if says.startswith(begins)), None)
    return f"{says}; {means}" if means else says


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
