"""How work grows with its input, told on a machine that may be busy with other things.

A stopwatch says what a machine did, not what the program does: each measure here is the least of several, is of this thread alone, and is
taken again before it counts against the program. Noise does not fail; work that grows with the square of its input does not pass, where the
small work takes a few milliseconds: less is lost in what cannot be told from noise.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import thread_time

Work = Callable[[], object]
_TRIES = 6
# Work in proportion takes 10 times as long for 10 times as much, work that grows with the square 100 times.
_TIMES = 10
_MOST = 35
# What cannot be told from noise.
_FLOOR = 0.05


def seconds(work: Work) -> float:
    """Seconds of the processor; what other tests left to collect is not collected meanwhile."""
    collects = gc.isenabled()
    gc.disable()
    try:
        began = thread_time()
        work()
        return thread_time() - began
    finally:
        if collects:
            gc.enable()


def in_proportion(prepare: Callable[[int], Work], small: int) -> bool:
    """Whether work of ten times the size costs about ten times as much; `prepare(size)` gives the work of that size."""
    little = min(seconds(prepare(small)) for _ in range(3))
    much = float("inf")
    for _ in range(_TRIES):
        much = min(much, seconds(prepare(small * _TIMES)))
        if much <= _FLOOR + _MOST * little:
            return True
        little = max(little, seconds(prepare(small)))
    return False


def ends(work: Work, within: float) -> bool:
    """Whether work ends in so many seconds of the processor, which should be many times what it needs."""
    return any(seconds(work) < within for _ in range(_TRIES))
