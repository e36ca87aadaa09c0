"""What the program knows of words and hosts: read from packs once, frozen, passed down to the readers of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.lexicon.lexicon import Lexicon, load

__all__ = ["Lexicon", "load"]


def __getattr__(name: str) -> Any:
    # One word list can be used without paying for the others.
    if name in __all__:
        from checker.lexicon import lexicon

        return getattr(lexicon, name)
    raise AttributeError(name)
