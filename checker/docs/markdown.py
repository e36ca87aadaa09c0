"""Text as Markdown that shows it character for character: nothing of it becomes markup, neither Markdown's nor HTML's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from checker.text import printable

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
# What would begin a list, a heading, a rule or a heading's underline, were it the first of a line.
_OPENING = re.compile(r"^(?:(\d+)([.)])|([-+=#]))")
_URL_MARKS = ":/?#[]@!$&'()*+,;=%-._~"


def text(words: str) -> str:
    r"""The words as running text.

    >>> text("Add <b> to *this* | [that]")
    'Add &lt;b&gt; to \\*this\\* \\| \\[that\\]'
    """
    plain = " ".join(printable(words.replace("\n", " ").replace("\r", " ").replace("\t", " ")).split())
    plain = _MARKS.sub(r"\\\1", plain.replace("&", "&amp;")).replace("<", "&lt;").replace(">", "&gt;")
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", plain)


def code(words: str) -> str:
    """The words as code within a line.

    >>> code("a`b")
    '``a`b``'
    """
    plain = " ".join(printable(words.replace("\n", " ").replace("\r", " ").replace("\t", " ")).split())
    fence = "`" * (_longest_run(plain) + 1) if "`" in plain else "`"
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}" if plain else ""


def block(lines: str, language: str = "") -> list[str]:
    """The lines as a block of code; its fence is longer than any in them."""
    body = "\n".join(printable(line.replace("\t", "  ").replace("\r", "")) for line in lines.split("\n"))
    fence = "`" * max(3, _longest_run(body) + 1)
    return [f"{fence}{language}", *body.split("\n"), fence]


def link(shown: str, url: str) -> str:
    """A link; `shown` is Markdown already."""
    address = quote(url, safe=_URL_MARKS)
    # Within angle brackets nothing ends an address but what is quoted here.
    return f"[{shown}](<{address}>)" if "(" in address or ")" in address else f"[{shown}]({address})"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; its cells are Markdown already."""
    lines = [_row(titles), _row(["---"] * len(titles))]
    return lines + [_row([_cell(each) for each in row]) for row in rows]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(shown: str) -> str:
    # Tables are cut at bars before anything else is read, even within code.
    return re.sub(r"(?<!\\)\|", r"\\|", shown)


def _longest_run(words: str) -> int:
    return max((len(run) for run in re.findall("`+", words)), default=0)
