"""The shape that a text of an option has, for options that are more than any text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """`Annotated[str, Shape(…)]`: a pattern that the text matches, and what is told to who writes another."""

    pattern: str
    means: str
