"""Whether rules and profiles that settings name exist: each slip with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from checker.config.settings import Settings
from checker.engine.overrides import why_no_profile, why_no_rule
from checker.engine.rule import AUTO, Rules
from checker.errors import BadSettings

_Place = tuple[str | int, ...]


def ask(settings: Settings, rules: Rules) -> None:
    """Raises BadSettings with every name that the rules do not know. What the command line says is told without a place."""
    profiles = {**rules.profiles, AUTO: None}
    faults = [(place, why) for place, name in _profiles(settings) if (why := why_no_profile(name, profiles))]
    faults += [(place, why) for place, name in _rules(settings) if (why := why_no_rule(name, rules))]
    if faults:
        raise BadSettings([f"{settings.origin(*place)}: {why}" for place, why in faults])


def _profiles(settings: Settings) -> Iterator[tuple[_Place, str]]:
    yield from ((("profiles", number), name) for number, name in enumerate(settings.values["profiles"]))
    for at, entry in enumerate(settings.values["overrides"]):
        yield from ((("overrides", at, "profiles", number), name) for number, name in enumerate(entry.get("profiles", ())))


def _rules(settings: Settings) -> Iterator[tuple[_Place, str]]:
    for key in ("select", "ignore", "mandatory"):
        yield from (((key, number), name) for number, name in enumerate(settings.values[key]))
    yield from ((("severity", name), name) for name in settings.values["severity"])
    for at, entry in enumerate(settings.values["overrides"]):
        for key in ("select", "ignore"):
            yield from ((("overrides", at, key, number), name) for number, name in enumerate(entry.get(key, ())))
        yield from ((("overrides", at, "severity", name), name) for name in entry.get("severity", {}))
    for at, entry in enumerate(settings.values["waive"]):
        yield from ((("waive", at, "rules", number), name) for number, name in enumerate(entry["rules"]))
