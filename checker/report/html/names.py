"""Texts that many pages share, told once and named by their number."""

from __future__ import annotations

from collections.abc import Iterable


class Names:
    """Texts in the order in which they were first met."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        for text in known:
            self.of(text)

    def of(self, text: str) -> int:
        """Its number, from 0.

        >>> names = Names(); names.of("a"), names.of("b"), names.of("a")
        (0, 1, 0)
        """
        return self._numbers.setdefault(text, len(self._numbers))

    def all_of(self, texts: Iterable[str]) -> list[int]:
        """Their numbers."""
        return [self.of(text) for text in texts]

    def entry(self) -> list[str]:
        """All of them."""
        return list(self._numbers)
