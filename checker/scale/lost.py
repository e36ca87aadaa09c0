"""A page without a result: what became of it, wherever it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from checker.model import PageReport, Source
from checker.scale.key import path_key

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a page has no result: its process died (`code`: exit code, negative for a signal), was stopped after `seconds`, or met a `fault`."""

    code: int | None
    seconds: float | None = None
    fault: str | None = None


def unread(source: Source, folder: str) -> PageReport | None:
    """What is reported of an input without bytes; None where there are some. `folder`: see `page_key`."""
    if source.reason is None:
        return None
    key = path_key(source.name, folder)
    return PageReport(source=source.name, status="not_checked", page_key=key, reason=source.reason, detail=source.detail)


def attempt(do: Callable[[T], R], item: T) -> R | Lost:
    """What comes of one page; a fault must not end the others."""
    try:
        return do(item)
    except Exception as fault:  # noqa: BLE001 - it is reported with its page
        return Lost(None, fault=f"{type(fault).__name__}: {fault}")
