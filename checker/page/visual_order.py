"""In which order readers meet what a browser has drawn: from line to line down the page, and along each line in the direction of the script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from checker.sight import Box, Sight

_Thing = TypeVar("_Thing")
# A picture so many times as tall as the text beside it stands in no line with it.
_LINES = 3


def is_before(one: Box, other: Box, *, rtl: bool = False) -> bool:
    """Whether readers come to the one before the other. Of two that begin in the same place neither is before the other."""
    if not is_in_line(one, other):
        return one.y < other.y
    return one.right > other.right if rtl else one.x < other.x


def is_in_line(one: Box, other: Box) -> bool:
    """Whether they overlap in height by half or more of the lower one, and are of a size."""
    low, high = sorted((one.height, other.height))
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return high <= _LINES * low and shared >= low / 2


def shares_column(left: float, right: float, column: Box) -> bool:
    """Whether what lies between these edges stands over, in or under a column, and not beside it: of the narrower of the two, half is shared."""
    return min(right, column.right) - max(left, column.x) >= min(right - left, column.width) / 2


def ordered(things: Sequence[tuple[_Thing, Sight | None]], *, rtl: bool = False) -> list[_Thing]:
    """Things in the order in which readers meet them. Those that they do not see come last; one without a place stays behind the one it followed."""
    followers: list[list[_Thing]] = [[]]
    leaders: list[tuple[Box, int]] = []
    unseen: list[_Thing] = []
    for thing, sight in things:
        if sight is not None and not sight.is_seen:
            unseen.append(thing)
        elif sight is None or not sight.boxes:
            followers[-1].append(thing)
        else:
            leaders.append((sight.boxes[0], len(followers)))
            followers.append([thing])
    found = list(followers[0])
    for line in _lines(sorted(leaders, key=lambda leader: (leader[0].y, leader[1]))):
        for _, number in sorted(line, key=lambda leader: (-leader[0].right if rtl else leader[0].x, leader[1])):
            found += followers[number]
    return found + unseen


def _lines(leaders: list[tuple[Box, int]]) -> list[list[tuple[Box, int]]]:
    """What stands beside the first of a line is in it."""
    lines: list[list[tuple[Box, int]]] = []
    for leader in leaders:
        if lines and is_in_line(lines[-1][0][0], leader[0]):
            lines[-1].append(leader)
        else:
            lines.append([leader])
    return lines
