"""How much work a page is, in counts that are the same on every machine: calls, look-ups, expressions run and characters given to them.

    python -m tests.bench.counting < tasks.json

The tasks are `{"pages": {name: [kind, size]}, "twice": function or null, "lines": true or false}`; the answer on standard output is
`{name: {module: {count: number}}}`.
It runs in a process of its own, because expressions are counted by what `re.compile` gives, which must be known before the program is imported.
Each page is read in a fork of one process that has read another page before: what is loaded once counts for nothing, what is kept from page to
page neither.

- `calls`: calls of functions of the module, and values that its generators yield. Comprehensions are no calls since Python 3.12, the ends of
  generators differ from version to version, and functions in C are named differently by each, so none of them is counted.
- `looks`: elements of a page's columns that code of the module has looked at, one by one or in slices and loops.
- `runs`, `characters`: expressions that code of the module has run, and the text that they were given.
- `lines`, where asked for: lines of the module that were run, each turn of a loop anew. They find loops that nothing else shows, but differ a
  little between versions of Python, so that they serve to compare one page with another and not with a ceiling.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

COUNTS = ("calls", "looks", "runs", "characters")
# The seeds of pages that are read before any is counted: words of a language are loaded when the first page asks for them.
_WARM = range(101, 113)
# Functions, as against modules, classes, and what compilers make functions of or not.
_FUNCTION, _GENERATOR = 0x3, 0x20 | 0x80 | 0x200
_NO_CALLS = frozenset(("<listcomp>", "<setcomp>", "<dictcomp>", "__annotate__"))
_counted: defaultdict[str, Counter[str]] = defaultdict(Counter)


def _asking(frames: int = 2) -> str:
    """The module of the program whose code is so many frames up; "" for any other."""
    name: str = sys._getframe(frames).f_globals.get("__name__", "")
    return name if name.startswith("checker.") else ""


class _Expression:
    """An expression that counts how often it is run and on how much text."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def search(self, string: Any, *span: int) -> Any:
        return _counted_match(self._pattern.search(string, *span), string, *span)

    def match(self, string: Any, *span: int) -> Any:
        return _counted_match(self._pattern.match(string, *span), None, *span)

    def fullmatch(self, string: Any, *span: int) -> Any:
        return _counted_match(self._pattern.fullmatch(string, *span), None, *span)

    def findall(self, string: Any, *span: int) -> Any:
        _count_run(string, *span)
        return self._pattern.findall(string, *span)

    def finditer(self, string: Any, *span: int) -> Any:
        counts = _counted[_asking()]
        counts["runs"] += 1
        return _followed(self._pattern.finditer(string, *span), counts, span[0] if span else 0, len(string) if len(span) < 2 else span[1])

    def split(self, string: Any, maxsplit: int = 0) -> Any:
        _count_run(string)
        return self._pattern.split(string, maxsplit)

    def sub(self, repl: Any, string: Any, count: int = 0) -> Any:
        _count_run(string)
        return self._pattern.sub(repl, string, count)

    def subn(self, repl: Any, string: Any, count: int = 0) -> Any:
        _count_run(string)
        return self._pattern.subn(repl, string, count)


def _count_run(text: Any, at: int = 0, end: int | None = None) -> None:
    counts = _counted[_asking(3)]
    counts["runs"] += 1
    counts["characters"] += max(0, min(len(text), len(text) if end is None else end) - at)


def _counted_match(found: Any, text: Any, at: int = 0, end: int | None = None) -> Any:
    """A match, its text counted up to its end; where there is none, all of the text, or nothing where only one place was tried (`text` is None)."""
    counts = _counted[_asking(3)]
    counts["runs"] += 1
    counts["characters"] += found.end() - at if found else max(0, (len(text) if end is None else end) - at) if text is not None else 0
    return found


def _followed(matches: Iterator[Any], counts: Counter[str], at: int, end: int) -> Iterator[Any]:
    """Matches, the text counted as far as somebody asks for the next."""
    for match in matches:
        counts["characters"] += match.end() - at
        at = match.end()
        yield match
    counts["characters"] += max(0, end - at)


class Column(list[Any]):
    """A column of a page that counts what is looked at."""

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        _counted[_asking()]["looks"] += len(found) if isinstance(place, slice) else 1
        return found

    def __iter__(self) -> Iterator[Any]:
        _counted[_asking()]["looks"] += len(self)
        return super().__iter__()

    def __contains__(self, one: object) -> bool:
        _counted[_asking()]["looks"] += len(self)
        return super().__contains__(one)

    def copy(self) -> Column:
        _counted[_asking()]["looks"] += len(self)
        return Column(super().__iter__())


def _with_columns(walk: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """The walk, its document's columns counted from then on."""

    def walked(body: bytes) -> Any:
        document, *rest = walk(body)
        for name in (name for name in document.__slots__ if name != "__dict__"):
            if type(column := getattr(document, name)) is list:
                setattr(document, name, Column(column))
        return (document, *rest)

    return walked


def _seen(frame: FrameType, event: str, given: Any) -> None:
    code = frame.f_code
    if event == "call":
        wanted = code.co_flags & _FUNCTION == _FUNCTION and not code.co_flags & _GENERATOR and code.co_name not in _NO_CALLS
    else:
        # A generator that yields; its end is told of differently from version to version, but gives None in all.
        wanted = event == "return" and given is not None and bool(code.co_flags & _GENERATOR)
    if wanted and (module := frame.f_globals.get("__name__", "")).startswith("checker."):
        _counted[module]["calls"] += 1


def _watched() -> None:
    """Count what the program's expressions do from now on. The program must not be imported yet."""
    compiled = re.compile

    def compile_counted(pattern: Any, flags: Any = 0) -> Any:
        found = compiled(pattern, flags)
        return _Expression(found) if _asking() and isinstance(found, re.Pattern) else found

    re.compile = compile_counted
    for name in ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"):
        setattr(re, name, _counted_function(getattr(re, name), 2 if name.startswith("sub") else 1))


def _counted_function(function: Callable[..., Any], text_at: int) -> Callable[..., Any]:
    """`re.search` and its like: counted for the module that calls it."""

    def counted(*given: Any, **named: Any) -> Any:
        _count_run(given[text_at])
        return function(*given, **named)

    return counted


def _traced(frame: FrameType, event: str, given: Any) -> Any:
    module = frame.f_globals.get("__name__", "")
    if not module.startswith("checker."):
        return None
    if event == "line":
        _counted[module]["lines"] += 1
    return _traced


def _count(body: bytes, check: Callable[[bytes], object], *, lines: bool) -> dict[str, dict[str, int]]:
    """The counts of one page by module, in a process that ends with it."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        code = 1
        try:
            _counted.clear()
            sys.setprofile(_seen)
            sys.settrace(_traced if lines else None)
            check(body)
            sys.settrace(None)
            sys.setprofile(None)
            found = {module: dict(sorted(counts.items())) for module, counts in sorted(_counted.items()) if module}
            with os.fdopen(writing, "w") as out:
                json.dump(found, out)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    found = json.loads(told)
    assert isinstance(found, dict)
    return found


def _doubled(path: str) -> None:
    """Have every call of a function done twice, wherever its module is asked for it: what the guard must notice."""
    import importlib

    module_name, _, name = path.rpartition(".")
    module = importlib.import_module(module_name)
    function = getattr(module, name)

    def twice(*given: Any, **named: Any) -> Any:
        function(*given, **named)
        return function(*given, **named)

    setattr(module, name, twice)


def main() -> None:
    """Read the tasks, print the counts."""
    tasks = json.load(sys.stdin)
    _watched()
    from checker.page import reader
    from tests.bench.pages import page
    from tests.bench.program import Program
    from tests.bench.worst import WORST

    setattr(reader, "walk", _with_columns(getattr(reader, "walk")))  # noqa: B009, B010 - it is not the reader's to give away
    if tasks.get("twice"):
        _doubled(tasks["twice"])
    program = Program()
    for body in (*(page(60_000, seed) for seed in _WARM), *(make(most // 500) for make, most in WORST.values())):
        program.check(body)
    made = {name: WORST[kind][0](size) for name, (kind, size) in tasks["pages"].items()}
    json.dump(
        {name: _count(body, program.check, lines=bool(tasks.get("lines"))) | {"bytes": {"": len(body)}} for name, body in made.items()}, sys.stdout
    )


if __name__ == "__main__":
    main()
