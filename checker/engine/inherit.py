"""Profiles that build on others, made whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checker.engine.rule import Profile


def inherited(profiles: Mapping[str, Profile]) -> dict[str, Profile]:
    """Each profile with what it takes over from the one that it builds on. One that builds on itself, or on none that exists, stays as it is."""
    return {id_: _whole(profile, profiles) for id_, profile in profiles.items()}


def line_of_descent(profile: Profile, profiles: Mapping[str, Profile]) -> list[Profile] | None:
    """The profile, the one that it builds on, and so on; None where one of them does not exist or comes twice."""
    line = [profile]
    while (parent := line[-1].inherits) is not None:
        if parent not in profiles or any(each.id == parent for each in line):
            return None
        line.append(profiles[parent])
    return line


def _whole(profile: Profile, profiles: Mapping[str, Profile]) -> Profile:
    line = line_of_descent(profile, profiles)
    if line is None or len(line) == 1:
        return profile
    rules, wordings, paste = dict(line[-1].rules), dict(line[-1].wordings), dict(line[-1].paste)
    for each in reversed(line[:-1]):
        rules = {rule: holding for rule, holding in rules.items() if rule not in each.off} | dict(each.rules)
        wordings |= each.wordings
        paste = {name: {**paste.get(name, {}), **each.paste.get(name, {})} for name in {**paste, **each.paste}}
    unless = dict(pair for each in reversed(line) for pair in each.unless)
    return replace(profile, rules=rules, wordings=wordings, paste=paste, unless=tuple(sorted(unless.items())))
