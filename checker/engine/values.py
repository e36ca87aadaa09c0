"""Whether the values that a pack of one's own sets can ever be met: a mistyped one would select nothing, and nobody would be told.

Asked of added packs alone, because it loads the schemas; that the built-in pack holds is tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checker import schemas
from checker.checks import CHECKS, Check
from checker.engine.faults import Faults
from checker.engine.rule import Rule
from checker.engine.schema import option_schemas
from checker.packs import Table, read

Place = tuple[str | int, ...]

# Options and facts that hold ids of networks.
_NETWORKS = ("network", "networks", "scripts")


class Values:
    """Asks the files of added packs; the ids of networks are read when the first is named."""

    def __init__(self, packs: Sequence[Path], rules: Mapping[str, Rule], faults: Faults) -> None:
        self._rules = rules
        self._faults = faults
        self._networks = cache(lambda: _networks(packs))

    def ask_rule(self, rule: Rule, table: Table) -> None:
        """Adds what is wrong with the values that a rule selects by, and with the networks that it names."""
        for key in ("where", "unless"):
            for name, asked in table.data.get(key, {}).items():
                self._ask_fact(rule, table, (key, name), name, asked)
        for place, name, value in _options(table.data):
            self._ask_networks(table, place, name, value)

    def ask_profile(self, table: Table) -> None:
        """Adds what is wrong with the options that a profile sets, for all rules or for one."""
        for name, value in table.data.get("wordings", {}).items():
            self._ask_option(table, ("wordings", name), name, value, list(CHECKS))
        for rule_id, held in table.data["rules"].items():
            rule = self._rules.get(rule_id)
            if rule is None or not isinstance(held, dict):
                continue
            for name, value in held.get("options", {}).items():
                self._ask_option(table, ("rules", rule_id, "options", name), name, value, [call.check for call in rule.expect.calls])

    def _ask_option(self, table: Table, place: Place, name: str, value: object, checks: Sequence[Check]) -> None:
        # One name may be an option of several checks; a value that one of them understands is right.
        told = [schemas.faults("rule", value, option_schemas(check)[name]) for check in checks if name in check.options]
        for fault in min(told, key=len, default=[]):
            self._faults.add(table, (*place, *fault.path), fault.text)
        self._ask_networks(table, place, name, value)

    def _ask_fact(self, rule: Rule, table: Table, place: Place, name: str, asked: object) -> None:
        shape = _facts_of("page" if name.startswith("page.") else rule.select.over).get(name.removeprefix("page."), {})
        for position, value in _each(asked):
            if "enum" in shape and value not in shape["enum"]:
                self._faults.add_unknown(table, (*place, *position), "value of this fact", str(value), shape["enum"])
            elif shape.get("type") == "boolean" and not isinstance(value, bool):
                self._faults.add(table, (*place, *position), f"should be true or false, is {value!r}")
        if rule.select.over == "links":
            self._ask_networks(table, place, name, asked)

    def _ask_networks(self, table: Table, place: Place, name: str, asked: object) -> None:
        if name not in _NETWORKS:
            return
        known = self._networks()
        for position, value in _each(asked):
            if known is not None and isinstance(value, str) and value not in known:
                self._faults.add_unknown(table, (*place, *position), "network", value, known)


def _options(data: dict[str, Any]) -> Iterator[tuple[Place, str, object]]:
    for part in ("when", "expect"):
        for kind, calls in data.get(part, {}).items():
            for position, call in enumerate(calls):
                for name, value in call.items():
                    yield (part, kind, position, name), name, value


def _each(asked: object) -> Iterator[tuple[Place, object]]:
    if isinstance(asked, list):
        yield from (((position,), value) for position, value in enumerate(asked))
    else:
        yield (), asked


@cache
def _facts_of(over: str) -> dict[str, Any]:
    """The schemas of the fields of a fact, as far as they are printed."""
    page: dict[str, Any] = schemas.load("facts")["then"]["properties"]
    fields: dict[str, Any] = page if over == "page" else page[over].get("items", {}).get("properties", {})
    return fields


def _networks(packs: Sequence[Path]) -> frozenset[str] | None:
    """The ids of all networks; None where a file of theirs cannot be read, which is told elsewhere."""
    ids: set[str] = set()
    for pack in packs:
        tables, wrong = read(pack, "networks")
        if wrong:
            return None
        for table in tables:
            networks = table.data.get("network", [])
            # A table in single brackets is told elsewhere; its id is meant all the same.
            ids |= {str(each.get("id")) for each in ([networks] if isinstance(networks, dict) else networks) if isinstance(each, dict)}
    return frozenset(ids)
