"""The collector of cycles rests while a page is read: it would go through the page's thousands of live objects again and again.

What reading leaves behind holds no cycles, so counting references frees it. Measured on real pages: a fifth of the whole time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def uncollected(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """The same function, during which nothing is collected; afterwards the collector does as before."""

    @wraps(function)
    def rested(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return rested
