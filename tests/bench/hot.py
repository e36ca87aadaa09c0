"""Where the time goes, for those who work on it: the functions with the most time of their own, step by step."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.program import SEAMS, Program

_ROOT = Path(__file__).resolve().parents[2]


def hot(pages: Sequence[bytes], most: int = 15) -> str:
    """A table for each step. A profiler makes calls dearer than they are: what counts is the order, not the share."""
    program = Program()
    for page in pages[:10]:
        program.check(page)
    texts = []
    for step, profile in _profiles(program, pages).items():
        stats: Any = pstats.Stats(profile)
        rows = sorted(((took, calls, place) for place, (_, calls, took, _, _) in stats.stats.items()), reverse=True)[:most]
        whole = sum(took for _, _, took, _, _ in stats.stats.values())
        texts.append(f"{step}: {1000 * whole / len(pages):.2f} ms a page")
        texts += [
            f"  {took / whole:6.1%}  {1000 * took / len(pages):7.3f} ms  {calls / len(pages):9.1f} calls  {_named(place)}"
            for took, calls, place in rows
        ]
    return "\n".join(texts) + "\n"


def _profiles(program: Program, pages: Sequence[bytes]) -> dict[str, cProfile.Profile]:
    """One profile a step: each step is profiled alone, on what the step before it gave."""
    found = {name: cProfile.Profile() for name in ("decode, parse and walk", "facts", "rules", "report")}
    first, facts, rules, report = found.values()
    kept = [getattr(module, name) for module, name, _ in SEAMS]

    def apart(inner: cProfile.Profile, outer: cProfile.Profile | None, function: Callable[..., Any]) -> Callable[..., Any]:
        def profiled(*given: Any) -> Any:
            if outer:
                outer.disable()
            inner.enable()
            try:
                return function(*given)
            finally:
                inner.disable()
                if outer:
                    outer.enable()

        return profiled

    for (module, name, _), function in zip(SEAMS, kept, strict=True):
        setattr(module, name, apart(facts, rules, function) if name == "read" else apart(first, facts, function))
    try:
        for page in pages:
            judged = apart(rules, None, program.judged)(page)
            apart(report, None, program.written)(judged)
    finally:
        for (module, name, _), function in zip(SEAMS, kept, strict=True):
            setattr(module, name, function)
    return found


def _named(place: tuple[str, int, str]) -> str:
    file, line, name = place
    if file == "~":
        return name
    path = Path(file)
    return f"{path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path.name}:{line} {name}"
