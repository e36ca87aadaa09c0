"""A line of the page's source with a caret under the place that is meant."""

from __future__ import annotations

from checker.facts import Spot
from checker.report.paint import cells, one_line

_MOST_CELLS = 110


def excerpt_lines(spot: Spot, label: str, most: int = _MOST_CELLS) -> tuple[str, str] | None:
    """The source line and the caret line under it, aligned also behind wide and combining characters; None where there is none."""
    if not spot.excerpt or spot.caret is None:
        return None
    text, caret = _window(one_line(spot.excerpt), max(0, min(spot.caret, len(spot.excerpt))), most)
    gutter = str(spot.line) if spot.line is not None else ""
    pointer = f"{' ' * cells(text[:caret])}^ {label}".rstrip()
    return f"{gutter:>6} | {text}", f"{'':>6} | {pointer}"


def _window(text: str, caret: int, most: int) -> tuple[str, int]:
    """The part of a long line around the caret."""
    if cells(text) <= most:
        return text, caret
    start = 0
    if cells(text[:caret]) > most // 2:
        start, room = caret, most // 3
        while start and room > 0:
            start -= 1
            room -= max(1, cells(text[start]))
    end, room = start, most
    while end < len(text) and room > 0:
        room -= cells(text[end])
        end += 1
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{text[start:end]}{after}", caret - start + len(before)
