"""Fills the sentences of a rule with what was found.

`{name}` is replaced by a value; a passage in square brackets that names a value is left out where that value is unknown. Only the sentence of
the rule is read for such marks: text of the page that looks like one stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]{}]*\{[^\[\]]*)\]")


def names_in(sentence: str) -> list[str]:
    """The values that a sentence speaks of."""
    return _PLACEHOLDER.findall(sentence)


def bare_names_in(sentence: str) -> list[str]:
    """The values without which the sentence has a hole: those outside square brackets."""
    return names_in(_OPTIONAL.sub("", sentence))


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its values; None and absent are both unknown.

    >>> fill("{host} pays[ (line {line})].", {"host": "a.example", "line": None})
    'a.example pays.'
    """

    def known(passage: re.Match[str]) -> str:
        return passage[1] if all(values.get(name) is not None for name in names_in(passage[1])) else ""

    def value(placeholder: re.Match[str]) -> str:
        found = values.get(placeholder[1])
        return "?" if found is None else str(found)

    return _PLACEHOLDER.sub(value, _OPTIONAL.sub(known, sentence))
