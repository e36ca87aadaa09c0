"""Files that people write and programs keep: settings, files of a pack, saved reports. Near right ones, wrong in one place or in several."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from checker.config.settings import DEFAULTS
from tests.fuzz import packs as packs_target
from tests.fuzz import saved as saved_target
from tests.fuzz import settings as settings_target
from tests.fuzz.strategies import changed

_TEXTS = (
    "us", "de", "auto", "AFF001", "AFF*", "AFF999", "error", "off", "a/**", "[", "!", "../..", "/", "https://a.example/*", "a=b", "=", "json=x.json",
    "nl", "2026-12-01", "2026-02-31", "v1:" + "0" * 64, "\0", "\x1b[31m", "\u202e", "\ud7ff", "", " ", "**/" * 40, "xn--", "json=", "any",
)  # fmt: skip
_LITERALS = ("inf", "-nan", "0xFFFFFFFFFFFFFFFFFF", "1e400", "2026-02-30", "2026-11-22T00:00:00Z", "07:32:00", "[[[]]]", "{}", "'''x'''", "99" * 50)
_INNER = ("rules", "path", "url", "reason", "owner", "expires_on", "fingerprint", "profiles", "select", "severity", "AFF001", "front", "a.b")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return value[1:] if isinstance(value, str) and value.startswith("\x01") else json.dumps(value)


def _values() -> st.SearchStrategy[Any]:
    leaves = st.one_of(
        st.sampled_from(_TEXTS), st.booleans(), st.integers(-2, 2**70), st.sampled_from(_LITERALS).map("\x01".__add__), st.text(max_size=5)
    )
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_INNER), inner, max_size=4), max_leaves=6)


def _line(key: str, value: Any) -> str:
    default = DEFAULTS.get(key)
    if isinstance(default, list) and not isinstance(value, list):
        value = [value]
    return f"{key} = {_toml(value)}\n"


@cache
def settings() -> st.SearchStrategy[bytes]:
    """Settings whose values are often of the right kind."""
    keys = st.sampled_from((*DEFAULTS, "profile", "tool", "waive.rules"))
    lines = st.lists(st.builds(_line, keys, _values()), max_size=6).map("".join)
    waive = st.builds(
        _waive, st.lists(st.sampled_from(_TEXTS), max_size=2), st.sampled_from(_TEXTS), st.sampled_from(("2026-12-01", '"2026-02-31"', "1"))
    )
    whole = st.builds("{}{}{}".format, st.sampled_from(("", "", "[tool.disclosure-checker]\n")), lines, st.sampled_from(("", "\n\n")) | waive)
    return st.one_of(whole.map(str.encode), changed(st.sampled_from(sorted(settings_target.seeds()))))


def _waive(rules: list[str], path: str, day: str) -> str:
    return f"[[waive]]\nrules = {_toml(rules)}\npath = {_toml(path)}\nexpires_on = {day}\n"


def _edited(text: bytes, edits: Sequence[tuple[int, str, str]]) -> bytes:
    """Lines of a real file left out, doubled, moved, or with another value."""
    head, *lines = text.split(b"\n")
    for number, how, value in edits:
        if not lines:
            break
        at = number % len(lines)
        match how:
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[0] = lines[0], lines[at]
            case "value":
                lines[at] = re.sub(rb"=.*", lambda _, value=value: b"= " + value.encode(), lines[at], count=1)  # type: ignore[misc]
            case "key":
                lines[at] = re.sub(rb"^[\w.-]+(?= =)|(?<=\[)[\w.-]+(?=\])", lambda _, value=value: json.dumps(value).encode(), lines[at], count=1)  # type: ignore[misc]
    return b"\n".join((head, *lines))


@cache
def packs() -> st.SearchStrategy[bytes]:
    """Files of real packs, with mistakes in them."""
    seeds = sorted(seed for seed in packs_target.seeds() if len(seed) <= packs_target.LONGEST)
    value = _values().map(_toml)
    edit = st.tuples(st.integers(0, 500), st.sampled_from(("drop", "double", "swap", "value", "value", "key")), value)
    edited = st.builds(_edited, st.sampled_from(seeds), st.lists(edit, min_size=1, max_size=3))
    return edited | changed(st.sampled_from(seeds))


def _replaced(value: Any, path: Sequence[int], new: Any) -> Any:
    """The value with another one somewhere in it; `path` chooses a member at each depth."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    if isinstance(value, dict):
        key = sorted(value)[path[0] % len(value)]
        return {**value, key: _replaced(value[key], path[1:], new)}
    at = path[0] % len(value)
    return [*value[:at], _replaced(value[at], path[1:], new), *value[at + 1 :]]


def _rewritten(text: bytes, line: int, path: Sequence[int], new: Any) -> bytes:
    whole = text.decode()
    if whole.lstrip().startswith('{"') and "\n{" in whole.strip():
        lines = whole.splitlines()
        at = line % len(lines)
        lines[at] = json.dumps(_replaced(json.loads(lines[at]), path, new))
        return "\n".join(lines).encode("utf-8", "replace")
    return json.dumps(_replaced(json.loads(whole), path, new)).encode("utf-8", "replace")


@cache
def saved() -> st.SearchStrategy[bytes]:
    """Reports and baselines in which somebody changed a value, or a few bytes."""
    seeds = [seed for seed in saved_target.seeds() if len(seed) <= saved_target.LONGEST]
    new: st.SearchStrategy[Any] = (
        st.none() | st.booleans() | st.integers(-1, 10**20) | st.sampled_from(_TEXTS) | st.just([]) | st.just({}) | st.floats()
    )
    path = st.lists(st.integers(0, 40), min_size=1, max_size=5)
    return st.builds(_rewritten, st.sampled_from(seeds), st.integers(0, 50), path, new) | changed(st.sampled_from(seeds))
