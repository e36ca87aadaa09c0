"""Rule files that call checks of other packages: what such a file may hold is known only once these checks are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker import plugins
from checker.checks import CHECKS, Check, by_name, named
from checker.engine.faults import Faults
from checker.engine.schema import option_schemas, rule_schema
from checker.packs import Table

Place = tuple[str | int, ...]


def shape_of(table: Table, faults: Faults) -> tuple[dict[str, Any] | None, bool]:
    """The schema for this rule file, None where the one that ships holds for it; and whether all packages could be asked."""
    unknown = [(place, name) for place, name in _called(table.data) if name not in by_name()]
    if not unknown:
        return None, True
    found: dict[str, Check] = {}
    broken: set[str] = set()
    for place, name in unknown:
        try:
            check = named(name)
            option_schemas(check)
            found[name] = check
        except KeyError:
            continue  # the schema tells it, with what is allowed
        except plugins.BadPlugin as fault:
            faults.add(table, place, str(fault))
            broken.add(name)
        except Exception as fault:  # noqa: BLE001 - annotations of a foreign function are code of its package
            plugin = plugins.find(plugins.CHECKS, name)
            package = plugin.package if plugin else "?"
            faults.add(table, place, f"{plugins.described(plugins.CHECKS, name, package)} has options that no rule can set: {plugins.told(fault)}")
            broken.add(name)
    schema = rule_schema([*CHECKS, *found.values()])
    allowed: list[str] = schema["$defs"]["call"]["properties"]["check"]["enum"]
    # What is installed and not called here may have been meant; what cannot be used is told above.
    allowed += sorted({*plugins.names(plugins.CHECKS), *broken} - set(allowed))
    return schema, not broken


def _called(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """The checks that a file calls, with their places; the file's shape is not known yet."""
    for part in ("when", "expect"):
        kinds = data.get(part)
        for kind, calls in kinds.items() if isinstance(kinds, dict) else ():
            for position, call in enumerate(calls) if isinstance(calls, list) else ():
                if isinstance(call, dict) and isinstance(call.get("check"), str):
                    yield (part, kind, position, "check"), call["check"]
