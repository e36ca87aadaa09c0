"""Regular expressions that are compiled when they are first used: a check of one page needs a third of those that are written down.

An expression with a range of Chinese characters takes 2 ms to compile, because Python looks at each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

_METHODS = ("findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "scanner", "search", "split", "sub", "subn")


class _Late:
    """Takes over all that the compiled expression can do as soon as it is asked for any of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


if TYPE_CHECKING:

    def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """An expression that is compiled when it is first used."""
else:

    def late(pattern: str, flags: int = 0) -> _Late:
        """An expression that is compiled when it is first used."""
        return _Late(pattern, flags)
