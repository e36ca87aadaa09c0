"""A quick yes is a yes of the schema too, whatever somebody did to the value; and whole entries get one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checker import schemas
from checker.schemas.quick import _compiled, quick

ODD = st.sampled_from([None, True, 0, -1, 1.0, 1.5, "", "x", "violation", "needs_review", "new", [], [None], {}, {"a": 1}, {"reason": "unverified"}])


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    from checker.cli.main import cli

    path = tmp_path_factory.mktemp("quick") / "r.json"
    pages = Path(__file__).parents[2] / "fixtures" / "pages"
    inputs = [str(pages / name) for name in ("founding-story", "notice-in-greek", "revealed-by-plugin", "nowhere")]
    CliRunner().invoke(cli, ["check", *inputs, "--no-config", "--output", f"json={path}"])
    data = json.loads(path.read_text("utf-8"))
    http = {"status": 200, "content_type": "text/html", "redirects": ["https://a.example/"], "url": "https://a.example/tea"}
    data["pages"].append({**data["pages"][0], "http": http})
    return {"page": data["pages"], "finding": data["findings"]}


def true_validator(part: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schemas.load("report")["$defs"]})


@pytest.mark.parametrize("part", ["page", "finding"])
def test_what_the_program_writes_gets_a_yes(entries: dict[str, list[dict[str, Any]]], part: str) -> None:
    assert len(entries[part]) > 3
    assert all(map(quick("report", part), entries[part]))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_yes_is_certain(entries: dict[str, list[dict[str, Any]]], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["page", "finding"]))
    value: Any = copy.deepcopy(data.draw(st.sampled_from(entries[part])))
    place = value
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [each for each in (place.values() if isinstance(place, dict) else place) if isinstance(each, dict | list) and each]
        if not inner:
            break
        place = data.draw(st.sampled_from(inner))
    key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
    if data.draw(st.booleans()):
        place[key] = data.draw(ODD)
    else:
        del place[key]
    if quick("report", part)(value):
        assert true_validator(part).is_valid(value)


def test_most_of_what_is_wrong_is_seen(entries: dict[str, list[dict[str, Any]]]) -> None:
    for part in ("page", "finding"):
        for key in entries[part][0]:
            assert not quick("report", part)({name: value for name, value in entries[part][0].items() if name != key}), key


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"oneOf": [{}]}, (), (1, "a", None)),
        ({"type": "integer", "minimum": 2}, (2, 3), (1, True, 2.0, "2")),
        ({"enum": ["a"]}, ("a",), ("b", 1)),
        ({"type": ["array", "null"], "minItems": 1, "items": {"type": "string", "minLength": 2}}, (None, ["ab"]), ([], ["a"], [1], "ab")),
        ({"type": "object", "properties": {"a": {"type": "null"}}, "additionalProperties": False}, ({}, {"a": None}), ({"a": 1}, {"b": None})),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, ({"x": True},), ({"x": 1}, [])),
        ({"anyOf": [{"type": "null"}, {"type": "string", "pattern": "^a$"}]}, (None, "a"), ("b", 1)),
    ],
)
def test_each_word_of_a_schema(schema: dict[str, Any], right: tuple[Any, ...], wrong: tuple[Any, ...]) -> None:
    ask = _compiled(schema, {})
    assert [ask(value) for value in right] == [True] * len(right)
    assert [ask(value) for value in wrong] == [False] * len(wrong)
