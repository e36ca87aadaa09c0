"""The JSON Schema of rule files, built from the signatures of the checks. `python -m checker.engine.schema` writes it where it ships."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import fields
from enum import EnumType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from checker.checks import CHECKS, OVER, Check
from checker.facts import FileMetadata
from checker.model import Outcome, ReviewReason, Severity
from checker.sight import Doubt, Unseen

WAITING = ("site",)
NEEDS = ("static", "files", "rendered", *WAITING)
_LANGUAGE = "^[a-z]{2}(-[A-Za-z]{2,4})?$"


def rule_schema(checks: Sequence[Check] = CHECKS) -> dict[str, Any]:
    """What a rule file may hold that calls these checks."""
    text = {"type": "string", "minLength": 1}
    calls = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/call"}}
    expect = _table({"any": calls, "all": calls, "none": calls}, required=()) | {"minProperties": 1}
    value = {"type": ["string", "boolean", "integer"]}
    chosen = {"type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}}
    by_reason = _table({reason.value: _table({"needs_review": text, "question": text}) for reason in ReviewReason}, required=())
    message = _table(
        {"asks": text, "violation": text, "needs_review": text, "why": text, "question": text, "reasons": by_reason},
        required=("asks", "violation", "why"),
    )
    properties: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$", "description": "three capitals and three digits; never reused"},
        "name": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)+$", "description": "states the fault, in lower case with hyphens"},
        "severity": {"enum": [severity.value for severity in Severity]},
        "authorities": {"type": "array", "items": text, "description": "ids from authorities/*.toml"},
        "ours": text | {"description": "why the rule exists where no authority asks for it"},
        "over": {"enum": list(OVER)},
        "where": chosen,
        "unless": chosen,
        "needs": {"enum": list(NEEDS)},
        "since": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+$", "description": "the version that brought the rule, such as 0.1"},
        "absence": {"type": "boolean"},
        "yes": {"enum": ["fine", "fault"], "description": "what that answer to the question means; without it: fine"},
        "when": expect,
        "expect": expect,
        "message": _by_language(message),
        "fix": _by_language(_table({"text": text}), more={"paste": text}),
        "example": {"type": "array", "minItems": 3, "items": _example(text)},
    }
    required = ("id", "name", "severity", "authorities", "over", "needs", "since", "message", "fix")
    # A rule whose facts do not exist yet is declared, so that reports can say that it was not evaluated; what it expects comes with the facts.
    waits = {"properties": {"needs": {"enum": list(WAITING)}}, "required": ["needs"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "disclosure-checker rule file",
        **_table(properties, required=required),
        "if": waits,
        "else": {"required": ["expect", "example"]},
        "$defs": {"call": _call(checks)},
    }


def _table(properties: dict[str, Any], *, required: tuple[str, ...] | None = None) -> dict[str, Any]:
    names = tuple(properties) if required is None else required
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return table | {"required": list(names)} if names else table


def _by_language(of: dict[str, Any], more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"en": of, **(more or {})},
        "required": ["en"],
        "patternProperties": {_LANGUAGE: of},
        "additionalProperties": False,
    }


def _example(text: dict[str, Any]) -> dict[str, Any]:
    outcomes = [outcome.value for outcome in Outcome if outcome is not Outcome.NOT_CHECKED]
    return _table(
        {
            "title": text,
            "expect": {"enum": outcomes},
            "html": text,
            "url": text,
            "findings": {"type": "integer", "minimum": 1},
            "reason": {"enum": [reason.value for reason in ReviewReason]},
            "files": {
                "type": "object",
                "description": "what the file of a picture says, by the picture's src",
                "additionalProperties": _table(_file_fields(text), required=()),
            },
            "twin": text | {"description": "for rules over twins: the AMP page of the story, which is read in the same run"},
            "twin_url": text | {"description": "where the twin is found, if not where the page says"},
            "sight": _sight() | {"description": "how a browser drew the page at one size of window; what is not named is seen, near the top"},
            "settings": _settings(text) | {"description": "for rules over waivers: what the settings say"},
        },
        required=("title", "expect", "html"),
    )


def _sight() -> dict[str, Any]:
    """How things of the page look, in their order on it; `screens`: how many heights of the window they lie below the top."""
    number = {"type": "number", "minimum": 0}
    looks: dict[str, Any] = {"unseen": {"enum": [each.value for each in Unseen]}, "stuck": {"enum": ["fixed", "sticky"]}}
    each = {"type": "array", "items": _table(looks | {"size": number, "contrast": number, "screens": number}, required=())}
    doubt = {"enum": [each.value for each in Doubt], "description": "why nothing could be measured"}
    scripted = {"type": "boolean", "description": "the page has scripts, which were not run"}
    whole = {"doubt": doubt, "scripted": scripted, "text_size": number, "text_contrast": number}
    return _table({"notices": each, "links": each, "credits": each, "authors": each, **whole}, required=())


def _settings(text: dict[str, Any]) -> dict[str, Any]:
    texts, day = {"type": "array", "items": text, "minItems": 1}, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    waive = _table({"rules": texts, "path": texts, "reason": text, "owner": text, "expires_on": day}, required=("rules",))
    return _table({"mandatory": texts, "today": day, "waive": {"type": "array", "items": waive, "minItems": 1}}, required=())


def _file_fields(text: dict[str, Any]) -> dict[str, Any]:
    return {each.name: {"type": "array", "items": text} if each.name == "creators" else text for each in fields(FileMetadata)}


def _call(checks: Sequence[Check]) -> dict[str, Any]:
    """A check and its options: which options there are depends on the check."""
    return {
        "type": "object",
        "properties": {"check": {"enum": [check.name for check in checks]}},
        "required": ["check"],
        "allOf": [
            {
                "if": {"properties": {"check": {"const": check.name}}, "required": ["check"]},
                "then": _table(
                    {"check": {"const": check.name, "description": check.doc}, **option_schemas(check)},
                    required=("check", *(name for name in check.options if name not in check.defaults)),
                ),
            }
            for check in checks
        ],
    }


def option_schemas(check: Check) -> dict[str, dict[str, Any]]:
    """The schema of each option of a check, from its annotation, its default and its line in the docstring."""
    hints = get_type_hints(check.function, include_extras=True)
    docs = check.option_docs
    found: dict[str, dict[str, Any]] = {}
    for name in check.options:
        found[name] = _of_type(hints[name])
        if name in docs:
            found[name]["description"] = docs[name]
        if name in check.defaults:
            default = check.defaults[name]
            found[name]["default"] = list(default) if isinstance(default, tuple) else default
    return found


def _of_type(hint: Any) -> dict[str, Any]:
    simple = {bool: "boolean", int: "integer", str: "string"}
    if hint in simple:
        return {"type": simple[hint]}
    if isinstance(hint, EnumType):
        return {"enum": [str(member) for member in list[Any](hint)]}
    origin = get_origin(hint)
    if origin is Annotated:
        shape = get_args(hint)[1]
        return {"type": "string", "pattern": shape.pattern, "description": shape.means}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple and get_args(hint)[1:] == (...,):
        return {"type": "array", "items": _of_type(get_args(hint)[0]), "uniqueItems": True}
    if origin is types.UnionType and type(None) in get_args(hint):
        return _of_type(next(part for part in get_args(hint) if part is not type(None)))
    raise TypeError(f"an option of a check is annotated with {hint}, which a rule file cannot say")


if __name__ == "__main__":
    import json

    from checker.schemas import path_of

    path_of("rule").write_text(json.dumps(rule_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")
