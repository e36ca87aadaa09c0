"""A word put into the `rel` of one start tag, as its author would have written it there."""

from __future__ import annotations

import re
from dataclasses import replace

from checker.fix.edits import Edit

_SPACE = r"[\t\n\f\r ]"
_TAG_NAME = re.compile(r"<[^\t\n\f\r />]*+")
# Attributes as the HTML standard's tokenizer takes them: of two with one name the first counts, a value may stand unquoted or be left out.
_ATTRIBUTE = re.compile(
    rf"(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*+=(?:{_SPACE}*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+))?)?"
)


def with_rel(tag: str, word: str) -> Edit:
    """The edit, counted from the tag's `<`, that adds the word.

    >>> with_rel('<a href="/x">', "sponsored")
    Edit(offset=2, removed=0, inserted=' rel="sponsored"')
    >>> with_rel("<a rel=noopener href=/x>", "sponsored")
    Edit(offset=7, removed=8, inserted='"noopener sponsored"')
    """
    named = _TAG_NAME.match(tag)
    begin = named.end() if named else 0
    found = next((each for each in _ATTRIBUTE.finditer(tag, begin) if each["name"].lower() == "rel"), None)
    if found is None:
        return Edit(begin, 0, f' rel="{word}"')
    value = found["value"]
    if value is None:
        # `rel` or `rel=`, with nothing behind it: the sign must not be doubled, nor a space left inside.
        return Edit(found.end(), 0, f'{"" if found[0].endswith("=") else "="}"{word}"')
    if value[0] in "\"'":
        return _joined(Edit(found.end("value") - 1, 0, word), value[1:-1])
    quoted = value.replace('"', "&quot;")
    return Edit(found.start("value"), len(value), f'"{quoted} {word}"')


def _joined(edit: Edit, value: str) -> Edit:
    return edit if not value or value[-1].isspace() else replace(edit, inserted=f" {edit.inserted}")
