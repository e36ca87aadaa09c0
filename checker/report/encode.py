"""Values to JSON text: UTF-8 as it is, half a surrogate pair as its escape, so that any page text survives."""

from __future__ import annotations

import json
import re
from typing import Any

_MEANT = re.compile(r"[<>&\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def dumps(value: Any) -> str:
    r"""One line of JSON.

    >>> dumps({"title": "caf\u00e9"}) == '{"title": "caf\u00e9"}'
    True
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A lone surrogate cannot be written as UTF-8; its escape is the same JSON string.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def embedded(value: Any) -> str:
    r"""The same with all that could mean something to a terminal, or in a page that holds the JSON, escaped.

    >>> embedded("</script>")
    '"\\u003c/script\\u003e"'
    """
    return _MEANT.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(value))
