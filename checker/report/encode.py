"""Values to JSON text: UTF-8 as it is, half a surrogate pair as its escape, so that any page text survives."""

from __future__ import annotations

import json
from typing import Any


def dumps(value: Any) -> str:
    r"""One line of JSON.

    >>> dumps({"title": "caf\u00e9"}) == '{"title": "caf\u00e9"}'
    True
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A lone surrogate cannot be written as UTF-8; its escape is the same JSON string.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
