"""Words that the page's text does not hold but its style sheet or a script brings: text of `content:` rules, and boxes that plugins fill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.page.document import Document
from checker.page.layout import Layout

# Letter by letter: of an expression that ignores case altogether every place is tried.
_CONTENT = re.compile(r"""[cC][oO][nN][tT][eE][nN][tT]\s*:\s*(?:"([^"{}]{20,600})"|'([^'{}]{20,600})')""")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_MOST_CSS = 2_000_000


def generated_texts(document: Document) -> Iterator[tuple[str, int]]:
    """Text that the page's own style rules put on it, with the `style` element that holds it; too short ones can be no sentence."""
    for node in document.all("style"):
        for found in _CONTENT.finditer(document.raw_text(node)[:_MOST_CSS]):
            yield _ESCAPED.sub(_character, found[1] or found[2]), node


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def empty_boxes(document: Document, layout: Layout) -> Iterator[tuple[int, str]]:
    """Boxes without text that a known plugin's script fills with a notice, and what they call themselves."""
    for node in layout.named.of_kind("revealed_by_script"):
        name = document.get(node, "id") or document.get(node, "class")
        if name is not None and not document.text(node):
            yield node, name
