"""The JSON Schemas that ship with the program, and the only use of jsonschema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.text import clip, nearest

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_HERE = Path(__file__).resolve().parent
_TYPES = {
    "string": "text",
    "object": "a table",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_PYTHON: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "object": dict,
    "array": list,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a value, where in it, what is allowed there, and the nearest right word."""

    path: tuple[str | int, ...]
    text: str

    def __str__(self) -> str:
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")
        return f"{where}: {self.text}" if where else self.text


def names() -> list[str]:
    """The schemas that there are."""
    return sorted(path.name.removesuffix(".json") for path in _HERE.glob("*.json"))


def path_of(name: str) -> Path:
    """The file of a schema."""
    return _HERE / f"{name}.json"


def load(name: str) -> dict[str, Any]:
    """A schema by name. Raises KeyError where there is none of that name."""
    import json

    if name not in names():
        raise KeyError(name)
    schema: dict[str, Any] = json.loads(path_of(name).read_text("utf-8"))
    return schema


def validate(name: str, obj: object) -> list[str]:
    """What is wrong with a value, a readable line for each fault; empty where it is right."""
    return [str(fault) for fault in faults(name, obj)]


def faults(name: str, obj: object, schema: dict[str, Any] | None = None) -> list[Fault]:
    """What is wrong with a value, by place; empty where it is right. `schema` in place of the one of that name."""
    from jsonschema import Draft202012Validator

    found = Draft202012Validator(schema or load(name)).iter_errors(obj)
    return sorted({fault for error in found for fault in _readable(error)}, key=lambda fault: [str(part) for part in fault.path])


def _readable(error: ValidationError) -> Iterator[Fault]:
    # Whatever the schema and the value hold at this place.
    value: Any = error.instance
    asked: Any = error.validator_value
    schema: Any = error.schema
    path, rule = tuple(error.absolute_path), str(error.validator)
    if rule == "not":
        yield Fault(path, f"{_quoted(value)} is not right here: {schema.get('description', 'it is excluded')}")
    elif rule == "additionalProperties":
        allowed = list(schema.get("properties", ()))
        patterns = schema.get("patternProperties", {})
        for key in value:
            if key not in allowed and not any(_matches(pattern, key) for pattern in patterns):
                yield Fault((*path, key), f"unknown key {_quoted(key)}{_instead(key, allowed)}")
    elif rule == "required":
        for key in asked:
            if key not in value:
                yield Fault(path, f"{_quoted(key)} is missing")
    elif rule in ("enum", "const"):
        yield Fault(path, f"{_quoted(value)} is not allowed here{_instead(value, asked if rule == 'enum' else [asked])}")
    elif rule == "type":
        wanted = [asked] if isinstance(asked, str) else asked
        brackets = '; write it in square brackets: ["…"]' if wanted == ["array"] and isinstance(value, str) else ""
        yield Fault(path, f"should be {' or '.join(_TYPES[kind] for kind in wanted)}, is {_quoted(value)}{brackets}")
    elif rule == "pattern":
        yield Fault(path, f"{_quoted(value)} is not right here: {schema.get('description', f'it should match {asked}')}")
    elif rule in ("minLength", "minItems", "minProperties"):
        yield Fault(path, "should not be empty" if asked == 1 else f"should hold {asked} or more")
    elif rule in ("anyOf", "oneOf") and error.context:
        yield from _nearest_branch(error)
    else:
        yield Fault(path, clip(error.message, 200))


def _nearest_branch(error: ValidationError) -> Iterator[Fault]:
    """What is wrong by those of several ways to write a value that are for its kind; where none is, what kinds there are."""
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.relative_schema_path[0], []).append(each)
    ways: Any = error.validator_value
    schemas = {number: ways[number] for number in branches}
    meant = {number: found for number, found in branches.items() if _is_for(schemas[number], error.instance)}
    if not meant:
        kinds = dict.fromkeys(kind for schema in schemas.values() for kind in _kinds(schema))
        yield Fault(tuple(error.absolute_path), f"should be {' or '.join(kinds)}, is {_quoted(error.instance)}")
        return
    for each in min(meant.values(), key=len):
        yield from _readable(each)


def _is_for(schema: dict[str, Any], value: object) -> bool:
    """Whether a way to write a value is for values of this kind."""
    if "enum" in schema or "const" in schema:
        return any(type(value) is type(word) for word in schema.get("enum", [schema.get("const")]))
    asked = schema.get("type")
    kinds = [asked] if isinstance(asked, str) else asked or list(_PYTHON)
    return any(isinstance(value, _PYTHON[kind]) and (kind == "boolean" or not isinstance(value, bool)) for kind in kinds)


def _kinds(schema: dict[str, Any]) -> list[str]:
    if "enum" in schema:
        return [f"one of {', '.join(map(str, schema['enum']))}"]
    asked = schema.get("type", [])
    return [_TYPES[kind] for kind in ([asked] if isinstance(asked, str) else asked)]


def _matches(pattern: str, key: str) -> bool:
    import re

    return re.search(pattern, key) is not None


def _quoted(value: object) -> str:
    import json

    if isinstance(value, str):
        return json.dumps(clip(value, 58), ensure_ascii=False)
    return clip(json.dumps(value, ensure_ascii=False, default=str), 60)


def _instead(value: object, allowed: list[Any]) -> str:
    words = [str(word) for word in allowed]
    close = nearest(value, words) if isinstance(value, str) else None
    return f"; allowed: {', '.join(words)}" + (f"; did you mean {_quoted(close)}?" if close else "")
