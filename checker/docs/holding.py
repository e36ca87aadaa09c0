"""How profiles hold a rule, and which file says so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checker.docs.terms import QUESTION, options
from checker.engine.inherit import line_of_descent
from checker.engine.plan import Variant, plan
from checker.engine.rule import Holding, Profile, Rule, Rules
from checker.engine.schema import NEEDS
from checker.lines import line_of


@dataclass(frozen=True, slots=True)
class Held:
    """A rule in a profile. `by` is the profile whose file says it: this one, or one that it builds on."""

    rule: Rule
    profile: Profile
    holding: Holding
    by: Profile

    @property
    def line(self) -> int:
        """The line of that file."""
        return line_of(self.by.path.read_text("utf-8-sig", "replace"), ("rules", self.rule.id))

    @property
    def place(self) -> str:
        """File and line; the file's name is the same everywhere, its folder is not."""
        return f"{self.by.path.parent.name}/{self.by.path.name}:{self.line}"

    def told(self) -> str:
        """How severely, with which options, and whether only as a question."""
        given = dict(self.holding.options)
        parts = [str(self.holding.severity), f"with {options(given)}" if given else "", "" if self.holding.verified else QUESTION]
        return ", ".join(part for part in parts if part)


def held(rule: Rule, rules: Rules) -> list[Held]:
    """How each profile that holds the rule does, by profile id."""
    return [
        Held(rule, profile, profile.rules[rule.id], _said_by(profile, rule, rules)) for profile in rules.profiles.values() if rule.id in profile.rules
    ]


def held_by(profile: Profile, rules: Rules) -> Iterator[Held]:
    """How the profile holds each of its rules, by rule id."""
    for rule in rules.rules.values():
        if rule.id in profile.rules:
            yield Held(rule, profile, profile.rules[rule.id], _said_by(profile, rule, rules))


def variant(rule: Rule, profile: Profile, rules: Rules) -> Variant:
    """The rule as it is judged where this profile, which holds it, is chosen."""
    held = plan(rules, [profile.id], select=[rule.id], facts=NEEDS)
    (task,) = (*held.tasks, *held.twin_tasks)
    return task.variants[0]


def _said_by(profile: Profile, rule: Rule, rules: Rules) -> Profile:
    for each in line_of_descent(profile, rules.profiles) or ():
        if rule.id in _named_in(each.path, each.path.stat().st_mtime_ns):
            return each
    return profile


@lru_cache(maxsize=256)
def _named_in(path: Path, _changed: int) -> frozenset[str]:
    """The rules that the file of a profile itself names."""
    return frozenset(tomllib.loads(path.read_text("utf-8-sig"))["rules"])
