"""What a repair changes, as a unified diff that `patch` and git read, made harmless for a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from checker.text import printable

# Only these end a line of a patch; whatever else moves the cursor is shown as the sign for what cannot be shown.
_LINES = re.compile(r"[^\n]*\n|[^\n]+\Z")
_END = "\\ No newline at end of file\n"


def difference(path: str, old: bytes, new: bytes) -> str:
    """The unified diff; "" where nothing differs. Bytes that are no UTF-8 are written as \\xhh.

    >>> print(difference("a.html", b"<a>\\n", b'<a rel="sponsored">\\n'), end="")
    --- a/a.html
    +++ b/a.html
    @@ -1 +1 @@
    -<a>
    +<a rel="sponsored">
    """
    name = printable(path).replace("\n", "\ufffd").replace("\t", " ").lstrip("/")
    one, other = (_LINES.findall(body.decode("utf-8", "backslashreplace")) for body in (old, new))
    return "".join(_safe(difflib.unified_diff(one, other, f"a/{name}", f"b/{name}")))


def _safe(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        # A carriage return right before the line's end moves nothing, and the patch needs it.
        end = "\r\n" if line.endswith("\r\n") else "\n" if line.endswith("\n") else ""
        yield printable(line.removesuffix(end)) + (end or "\n")
        if not end:
            yield _END
