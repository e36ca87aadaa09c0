"""Where a key of a TOML file stands."""

from __future__ import annotations

import tomllib

import pytest

from checker.lines import line_of

SOURCE = '''\
id = "AFF001"   # [not] a header
authorities = [
  "a",
]

[where]
"page.page_type" = ["article"]

[expect]
any = [
  { check = "has-notice" },
  { check = "rel-has", any_of = ["x"] },
]

[message.en]
violation = """
[fix.en]
text = "inside a string"
"""

[fix.en]
text = "really"

[[example]]
title = "one"

[[example]]
title = "two"
html = \'\'\'
title = "not this"\'\'\'
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 1),
        (("authorities", 0), 3),
        (("authorities", 1), 2),
        (("where",), 6),
        (("where", "page.page_type"), 7),
        (("expect", "any", 0, "check"), 11),
        (("expect", "any", 1, "any_of", 0), 12),
        (("message", "en", "violation"), 16),
        (("fix", "en", "text"), 22),
        (("fix", "en", "absent"), 21),
        (("example", 0, "title"), 25),
        (("example", 1, "title"), 28),
        (("example", 1), 27),
        (("absent",), 1),
        ((), 1),
    ],
)
def test_line_of(path: tuple[str | int, ...], line: int) -> None:
    assert tomllib.loads(SOURCE)["fix"]["en"]["text"] == "really"
    assert line_of(SOURCE, path) == line


@pytest.mark.parametrize("source", ["", "[", "]]]", "[[[[", "a.b.c = 1", "= =", '"""', "\u2028[x]", "[a]\n" * 5])
def test_any_text_has_a_line(source: str) -> None:
    assert line_of(source, ("a", "b", 0)) >= 1
