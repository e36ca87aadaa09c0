"""Sources that other packages bring: `cms:story-42` on the command line asks the source "cms" for what it calls "story-42".

A source is an object with `names(text)`, the names of all pages that a text stands for, and `read(name)`, one of them as a `checker.model.Source`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from checker import plugins
from checker.model import NotCheckedReason, Source

# Two letters at least: one letter is a drive.
_KIND = re.compile(r"([a-z][a-z0-9_+.-]+):(.*)", re.DOTALL).fullmatch


def names(argument: str) -> list[str] | None:
    """The pages that the argument stands for, by their full names; None where no package brings such a source. Raises BadPlugin."""
    plugin, rest = _of(argument)
    if plugin is None:
        return None
    try:
        found = list(_method(plugin, "names")(rest))
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        raise plugin.fault(f"failed: {plugins.told(fault)}") from fault
    if not all(isinstance(name, str) for name in found):
        raise plugin.fault("names a page by something that is no text")
    return [f"{plugin.name}:{name}" for name in found]


def read(name: str) -> Source:
    """One page by its full name; a fault becomes a `reason` that names the package, never an exception."""
    try:
        plugin, rest = _of(name)
    except plugins.BadPlugin as fault:
        return Source(name, reason=NotCheckedReason.CRASHED, detail=str(fault))
    if plugin is None:  # it was there when the inputs were gathered
        return Source(name, reason=NotCheckedReason.MISSING, detail="no installed package brings such a source")
    try:
        found = _method(plugin, "read")(rest)
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 - one page must not end the run
        return Source(name, reason=NotCheckedReason.CRASHED, detail=str(plugin.fault(f"failed: {plugins.told(fault)}")))
    if not isinstance(found, Source) or not isinstance(found.body, bytes | None):
        return Source(name, reason=NotCheckedReason.CRASHED, detail=str(plugin.fault(f"gave no source, but {type(found).__name__}")))
    return replace(found, name=name, fetched=True)


def _of(argument: str) -> tuple[plugins.Plugin | None, str]:
    match = _KIND(argument)
    return (plugins.find(plugins.SOURCES, match[1]), match[2]) if match else (None, "")


def _method(plugin: plugins.Plugin, name: str) -> Callable[[str], Any]:
    method = getattr(plugin.value, name, None)
    if not callable(method):
        raise TypeError(f"it has no method {name}; a source has names and read")
    found: Callable[[str], Any] = method
    return found
