"""Settings as they are shown: each value as the settings file would hold it, with where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checker.config.settings import Settings
from checker.engine.overrides import Selection, fits
from checker.engine.plan import plan_of
from checker.engine.plans import choosable
from checker.engine.rule import AUTO, Rules
from checker.scopes import Scope, is_address

_BARE = re.compile(r"[A-Za-z0-9_-]+").fullmatch


def shown(settings: Settings) -> str:
    """All settings, as TOML with comments that say where each comes from."""
    lines = [f"# {settings.file or 'no settings file'}; paths begin at {settings.folder}"]
    lines += [
        _line(key, value, settings.origin(key)) for key, value in settings.values.items() if not isinstance(value, dict) and not _is_tables(value)
    ]
    for key, value in settings.values.items():
        if isinstance(value, dict) and value:
            lines += ["", f"[{key}]", *(_line(name, each, settings.origin(key, name)) for name, each in value.items())]
        elif _is_tables(value):
            for number, entry in enumerate(value):
                lines += ["", f"[[{key}]]", *(_line(name, each, settings.origin(key, number, name)) for name, each in entry.items())]
    return "".join(f"{line}\n" for line in lines)


def as_json(settings: Settings) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": str(settings.file) if settings.file else None,
        "folder": str(settings.folder),
        "settings": {key: {"value": value, "origin": settings.origin(key)} for key, value in settings.values.items()},
    }


def explained(settings: Settings, rules: Rules, page: str) -> str:
    """What holds for one page, by its path or address: which overrides and waivers reach it, and by which of its rules it is judged."""
    site = settings.site
    path = site.path(page)
    url = site.remapped(page if is_address(page) else site.url(page))
    lines = [f"path: {path or 'unknown'}", f"address: {url or 'unknown until the page is read'}", f"settings: {settings.file or 'no settings file'}"]
    excluded = next((number for number, glob in enumerate(settings.values["exclude"]) if Scope.of([glob]).holds(path, url)), None)
    if excluded is not None:
        lines.append(f"excluded: {settings.values['exclude'][excluded]} ({settings.origin('exclude', excluded)})")
    lines += _said(settings, "page-types", "page type", site.page_type(page, url)) + _said(settings, "sections", "section", site.section(page, url))
    selection = settings.selection.with_overrides(settings.overrides, path, url)
    reached = [number for number, each in enumerate(settings.overrides) if each.scope.holds(path, url)]
    lines += [f"override: {settings.overrides[number].scope} ({settings.origin('overrides', number)})" for number in reached]
    lines += [_choice(settings, reached, key, list(getattr(selection, key))) for key in ("profiles", "select", "ignore", "mandatory")]
    lines += [f"waiver: {', '.join(each.rules)} ({each.where})" for each in settings.waives if each.scope.holds(path, url)]
    lines += ["", *_rules(settings, rules, selection, reached)]
    if reached and any(each.scope.urls for each in settings.overrides) and url is None:
        lines.append("overrides for addresses may reach it as well, once the page is read and its address is known")
    return "".join(f"{line}\n" for line in lines)


def _said(settings: Settings, key: str, word: str, value: str | None) -> list[str]:
    return [f"{word}: {value} ({settings.origin(key, value)})"] if value is not None else []


def _choice(settings: Settings, reached: list[int], key: str, value: list[str]) -> str:
    """A choice with the last override that made it."""
    made = [number for number in reached if key in settings.values["overrides"][number]]
    origin = settings.origin("overrides", made[-1], key) if made else settings.origin(key)
    return f"{key}: {', '.join(value) or ('all' if key == 'select' else 'none')} ({origin})"


def _rules(settings: Settings, rules: Rules, selection: Selection, reached: list[int]) -> Iterator[str]:
    """Each rule that judges the page, with its severity and where that comes from."""
    names = tuple(name for profile in selection.profiles for name in (choosable(rules.profiles) if profile == AUTO else [profile]))
    if AUTO in selection.profiles:
        yield "the rules of all profiles among which auto chooses:"
    plan = plan_of(rules, replace(selection, profiles=names), facts=("static", "files"))
    for task in plan.tasks:
        yield f"{task.rule.id} {task.severity} ({_severity_origin(settings, task.rule.id, reached)})"


def _severity_origin(settings: Settings, rule: str, reached: list[int]) -> str:
    for number in reversed(reached):
        for pattern in reversed(list(settings.values["overrides"][number].get("severity", {}))):
            if fits(rule, (pattern,)):
                return settings.origin("overrides", number, "severity", pattern)
    for pattern in reversed(list(settings.values["severity"])):
        if fits(rule, (pattern,)):
            return settings.origin("severity", pattern)
    return "its profiles"


def _line(key: str, value: Any, origin: str) -> str:
    if value is None:
        return f"# {_key(key)} is not set"
    return f"{_key(key)} = {toml(value)}  # {origin}"


def _key(key: str) -> str:
    return key if _BARE(key) else json.dumps(key, ensure_ascii=False)


def toml(value: Any) -> str:
    """A value as a settings file holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(toml(each) for each in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {toml(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
