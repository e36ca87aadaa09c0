"""A quick yes to values that are as a schema says. Reports of thousands of pages are asked entry by entry, which takes jsonschema 0.2 to 0.5 ms each.

A yes is certain. A no means nothing yet: the schema itself is asked then, and has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from checker.schemas import load

Ask = Callable[[Any], bool]

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "object": (dict,), "array": (list,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
# What a schema may hold to be asked so; with any other word in it the answer is always no.
_WORDS = frozenset(
    ("type", "enum", "const", "properties", "required", "items", "additionalProperties", "pattern", "minimum", "maximum", "minLength", "minItems",
     "anyOf", "$ref", "if", "then", "else", "description")
)  # fmt: skip


@lru_cache(maxsize=16)
def quick(name: str, part: str) -> Ask:
    """Whether a value is right by the definition `part` of a schema."""
    definitions = load(name)["$defs"]
    return _compiled(definitions[part], definitions)


def _compiled(schema: dict[str, Any], definitions: dict[str, Any]) -> Ask:
    if not schema.keys() <= _WORDS:
        return _never
    if "$ref" in schema:
        return _compiled(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    asks = [*_of_kind(schema), *_of_text(schema), *_of_table(schema, definitions), *_of_choice(schema, definitions)]
    if "items" in schema:
        each, least = _compiled(schema["items"], definitions), schema.get("minItems", 0)
        asks.append(lambda value: type(value) is not list or (len(value) >= least and all(map(each, value))))
    return asks[0] if len(asks) == 1 else lambda value: all(ask(value) for ask in asks)


def _of_kind(schema: dict[str, Any]) -> list[Ask]:
    if "type" not in schema:
        return []
    asked = schema["type"]
    kinds = frozenset(kind for name in ([asked] if isinstance(asked, str) else asked) for kind in _KINDS[name])
    return [lambda value: type(value) in kinds]


def _of_text(schema: dict[str, Any]) -> list[Ask]:
    """Words, patterns and the least that a number or a text may be."""
    asks: list[Ask] = []
    words = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if words is not None:
        # Among words there is no 1 that could be meant by true.
        allowed = frozenset(word for word in words if isinstance(word, str))
        asks.append(lambda value: type(value) is str and value in allowed)
    if "pattern" in schema:
        found = re.compile(schema["pattern"]).search
        asks.append(lambda value: type(value) is not str or found(value) is not None)
    if "minimum" in schema:
        least = schema["minimum"]
        asks.append(lambda value: type(value) not in (int, float) or value >= least)
    if "maximum" in schema:
        most = schema["maximum"]
        asks.append(lambda value: type(value) not in (int, float) or value <= most)
    if "minLength" in schema:
        shortest = schema["minLength"]
        asks.append(lambda value: type(value) is not str or len(value) >= shortest)
    return asks


def _of_table(schema: dict[str, Any], definitions: dict[str, Any]) -> list[Ask]:
    if not schema.keys() & {"properties", "required", "additionalProperties"}:
        return []
    members = {name: _compiled(each, definitions) for name, each in schema.get("properties", {}).items()}
    needed = frozenset(schema.get("required", ()))
    more = schema.get("additionalProperties", True)
    other: Ask = _compiled(more, definitions) if isinstance(more, dict) else _always if more else _never

    def ask(value: Any) -> bool:
        if type(value) is not dict:
            return True
        return needed <= value.keys() and all(members.get(name, other)(each) for name, each in value.items())

    return [ask]


def _of_choice(schema: dict[str, Any], definitions: dict[str, Any]) -> list[Ask]:
    asks: list[Ask] = []
    if "anyOf" in schema:
        ways = [_compiled(each, definitions) for each in schema["anyOf"]]
        asks.append(lambda value: any(way(value) for way in ways))
    if "if" in schema:
        # No must be as certain here as yes; it is where the condition is a word.
        when, then, otherwise = (_compiled(schema.get(name, {}), definitions) for name in ("if", "then", "else"))
        asks.append(lambda value: then(value) if when(value) else otherwise(value))
    return asks


def _always(_value: Any) -> bool:
    return True


def _never(_value: Any) -> bool:
    return False
