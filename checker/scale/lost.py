"""A page without a result: what became of it, wherever it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a page has no result: its process died (`code`: exit code, negative for a signal), was stopped after `seconds`, or met a `fault`."""

    code: int | None
    seconds: float | None = None
    fault: str | None = None


def attempt(do: Callable[[T], R], item: T) -> R | Lost:
    """What comes of one page; a fault must not end the others."""
    try:
        return do(item)
    except Exception as fault:  # noqa: BLE001 - it is reported with its page
        return Lost(None, fault=f"{type(fault).__name__}: {fault}")
