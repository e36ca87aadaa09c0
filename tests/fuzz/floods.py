"""One word, many times over: `python -m tests.fuzz.floods [BYTES]` names the words that cost more than their length is worth.

Fuzzing tries short inputs and does not see what grows with the square of their length; this does, in some ten minutes.
"""

from __future__ import annotations

import sys
from time import process_time

from checker.model import Source
from checker.scale.page import check_page
from tests.fuzz.pages import rulebook, usual, words
from tests.fuzz.target import FIXTURES
from tests.fuzz.verdict import TIMES

_TOP = b"<!doctype html><html lang=en><title>Pots</title><h1>Pots</h1>"
_AROUND = {
    "text": (b"<p>", b"</p>"),
    "byline": (b"<p class=byline>", b"</p><p>x</p>"),
    "caption": (b"<p>x</p><figure><img src=a.jpg width=900 height=600><figcaption>", b"</figcaption></figure>"),
}


def main(size: int) -> int:
    """The number of words that are too slow; each is told with how many times an ordinary page of that size it costs."""
    ordinary = (FIXTURES / "pages" / "amp-late-notice" / "page.html").read_bytes() * 8
    _seconds(ordinary)
    pace = min(_seconds(ordinary) for _ in range(3)) / len(ordinary)
    slow = 0
    for word in dict.fromkeys(words()):
        piece = word.encode("utf-8", "replace") + b" "
        for place, (before, after) in _AROUND.items():
            page = _TOP + before + piece * (size // len(piece) + 1) + after
            times = _seconds(page) / (pace * len(page))
            if times > TIMES:
                slow += 1
                sys.stdout.write(f"{times:.0f} times: {word!r} as {place}\n")
                sys.stdout.flush()
    return slow


def _seconds(page: bytes) -> float:
    begin = process_time()
    check_page(Source("page.html", page), rulebook(), usual())
    return process_time() - begin


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000) > 0))
