"""Settings from the environment: `DISCLOSURE_CHECKER_FAIL_ON=error`. Lists are separated by commas; tables stand only in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.config.layer import Layer, checked
from checker.errors import BadSettings

PREFIX = "DISCLOSURE_CHECKER_"
# Read where pages are fetched, and never shown.
_SECRET = frozenset(("DISCLOSURE_CHECKER_BASIC_AUTH",))
# Above this a name is a slip: all of them share their beginning, which makes any two of them somewhat alike.
_ALIKE = 0.93
_TRUE = frozenset(("1", "true", "yes", "on"))
_FALSE = frozenset(("0", "false", "no", "off"))


def variable(key: str) -> str:
    """The variable of a key.

    >>> variable("fail-on")
    'DISCLOSURE_CHECKER_FAIL_ON'
    """
    return PREFIX + key.upper().replace("-", "_")


def load(environment: Mapping[str, str]) -> Layer:
    """The settings of these variables; an empty one says nothing. Raises BadSettings with every fault."""
    given = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX) and value.strip() and name not in _SECRET}
    if not given:
        return Layer({}, Path.cwd(), lambda place: variable(str(place[0])))
    from checker.schemas import load as schema_of

    kinds = {key: shape for key, shape in schema_of("settings")["properties"].items() if _is_plain(shape)}
    keys = {variable(key): key for key in kinds}
    unknown = []
    values: dict[str, Any] = {}
    for name, text in sorted(given.items()):
        if name in keys:
            values[keys[name]] = _value(text, kinds[keys[name]])
        elif close := _alike(name, keys):
            # Whatever else begins so is somebody else's.
            unknown.append(f"{name}: there is no such variable; did you mean {close[0]}?")
    if unknown:
        raise BadSettings(unknown)
    return checked(values, Path.cwd(), _origin)


def _origin(place: Sequence[str | int]) -> str:
    return variable(str(place[0])) if place else "the environment"


def _is_plain(shape: Mapping[str, Any]) -> bool:
    """Whether a value can be written as one text."""
    if shape.get("type") == "array":
        return bool(shape["items"].get("type") == "string")
    return shape.get("type") != "object"


def _value(text: str, shape: Mapping[str, Any]) -> Any:
    if shape.get("type") == "array":
        return [part.strip() for part in text.split(",") if part.strip()]
    kinds = {shape.get("type"), *(way.get("type") for way in shape.get("anyOf", ()))}
    if "integer" in kinds and text.isascii() and text.isdigit() and (len(text) > 1 or "boolean" not in kinds):
        return int(text)
    if "number" in kinds:
        try:
            return float(text)
        except ValueError:
            return text
    if "boolean" in kinds and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    return text


def _alike(name: str, keys: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(keys), 1, _ALIKE)
