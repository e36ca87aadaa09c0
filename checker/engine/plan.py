"""Which rules are judged for the chosen profiles, and with which options; built once and handed to every worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from checker.engine.rule import FALLBACK, Authority, Expect, Profile, Rule, Rules, Select, Texts
from checker.errors import BadConfig
from checker.model import Severity

# Facts of a page with the values for which something does not hold.
Unless = tuple[tuple[str, tuple[Any, ...]], ...]
# A family stands for all of its rules; so long is its name.
_FAMILY = 3
_LIKE_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Variant:
    """A rule as one or more profiles hold it. Profiles that agree in options and wordings share one, so that it is judged once.

    Where it is not `verified` a violation is only a question. It holds for no page whose facts are those of `unless`.
    `authorities` maps the profiles that name their own to them.
    """

    when: Expect
    expect: Expect
    severities: Mapping[str, Severity]
    verified: bool = True
    unless: Unless = ()
    authorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that hold the rule so, in the order in which they were chosen."""
        return tuple(self.severities)


@dataclass(frozen=True, slots=True)
class Task:
    """A rule with all of its variants, and what it tells to paste."""

    rule: Rule
    variants: tuple[Variant, ...]
    paste: Mapping[str, str]

    @property
    def severity(self) -> Severity:
        """The heaviest that any of the profiles gives it."""
        return max((severity for variant in self.variants for severity in variant.severities.values()), key=lambda severity: severity.weight)


@dataclass(frozen=True, slots=True)
class Plan:
    """What `judge` does: tasks by what they judge, so that each selection of facts is made once a page.

    `not_evaluated` maps the rules whose facts do not exist in this run to what they need. `language` is that of the messages.
    `reads`: fields of the page that its checks ask for and that are read for them alone.
    """

    profiles: tuple[str, ...]
    groups: tuple[tuple[Select, tuple[Task, ...]], ...] = field(repr=False)
    not_evaluated: Mapping[str, str]
    texts: Texts = field(repr=False)
    authorities: Mapping[str, Authority] = field(default_factory=dict, repr=False)
    language: str = FALLBACK
    reads: frozenset[str] = frozenset()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, by rule id."""
        return tuple(sorted((task for _, tasks in self.groups for task in tasks), key=lambda task: task.rule.id))


def plan(
    rules: Rules,
    profiles: Sequence[str] = ("us",),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severities: Mapping[str, Severity] | None = None,
    language: str = FALLBACK,
    facts: Sequence[str] = ("static",),
) -> Plan:
    """The plan for these profiles. `select` and `ignore` name rules, with `*` for any ending; `facts` says which needs are met.

    Raises BadConfig for a profile or a rule that does not exist.
    """
    chosen = [_profile(rules, name) for name in dict.fromkeys(profiles)]
    wanted = _wanted(rules, chosen, select, ignore)
    for rule_id in severities or {}:
        _known(rule_id, rules)
    groups: dict[Select, list[Task]] = {}
    for rule in wanted:
        if rule.needs in facts:
            groups.setdefault(rule.select, []).append(_task(rule, chosen, rules, severities or {}))
    return Plan(
        tuple(profile.id for profile in chosen),
        tuple((select, tuple(tasks)) for select, tasks in groups.items()),
        {rule.id: rule.needs for rule in wanted if rule.needs not in facts},
        rules.texts,
        rules.authorities,
        language,
        reads_of(rule for rule in wanted if rule.needs in facts),
    )


def reads_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The fields of the page that are read only because one of these rules asks for them."""
    return frozenset(name for rule in rules for call in (*rule.when.calls, *rule.expect.calls) for name in call.check.reads)


def _profile(rules: Rules, name: str) -> Profile:
    if name not in rules.profiles:
        raise BadConfig(_no_such("profile", name, list(rules.profiles)))
    return rules.profiles[name]


def _wanted(rules: Rules, profiles: Sequence[Profile], select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    for pattern in (*select, *ignore):
        _known(pattern, rules)
    held = {rule_id for profile in profiles for rule_id in profile.rules if rule_id in rules.rules}
    return [rules.rules[rule_id] for rule_id in sorted(held) if (not select or _matches(rule_id, select)) and not _matches(rule_id, ignore)]


def _known(pattern: str, rules: Rules) -> None:
    if not any(fnmatchcase(rule_id, pattern.upper()) for rule_id in rules.rules):
        raise BadConfig(_no_rule(pattern, rules))


def _matches(rule_id: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(rule_id, pattern.upper()) for pattern in patterns)


def _no_rule(name: str, rules: Rules) -> str:
    from checker.text import nearest

    families = sorted({rule.family for rule in rules.rules.values()})
    # "AFF02" is the second rule with a nought lost, not a slip for the twenty-third, and an O among digits is a nought.
    whole = f"{name[:3].upper()}{name[3:].upper().translate(_LIKE_DIGITS).zfill(3)}"
    stem = name.rstrip("*")
    close = whole if whole in rules.rules else nearest(stem, families if len(stem) <= _FAMILY else list(rules.rules))
    hint = f'; did you mean "{close}"?' if close else ""
    return f'there is no rule "{name}"; there are the families {", ".join(families)} and the rules {", ".join(sorted(rules.rules))}{hint}'


def _no_such(what: str, name: str, allowed: list[str]) -> str:
    from checker.text import nearest

    close = nearest(name, allowed)
    hint = f'; did you mean "{close}"?' if close else ""
    return f'there is no {what} "{name}"; there are: {", ".join(sorted(allowed)) or "none"}{hint}'


def _task(rule: Rule, profiles: Sequence[Profile], rules: Rules, severities: Mapping[str, Severity]) -> Task:
    variants: dict[tuple[Expect, Expect, bool, Unless], dict[str, Severity]] = {}
    paste = dict(rules.texts.paste.get(rule.paste, {})) if rule.paste else {}
    for profile in reversed(profiles):
        # Reversed, so that where two profiles bring a sentence of their own the first one named that has one has the last word.
        paste.update(profile.paste.get(rule.paste or "", {}) if rule.id in profile.rules else {})
    for profile in profiles:
        holding = profile.rules.get(rule.id)
        if holding is None:
            continue
        # Wordings say what counts as plain everywhere in the rule; a rule's own options change only what it expects.
        when = rule.when.with_options(profile.wordings)
        expect = rule.expect.with_options({**profile.wordings, **holding.options})
        variants.setdefault((when, expect, holding.verified, profile.unless), {})[profile.id] = severities.get(rule.id, holding.severity)
    return Task(rule, tuple(_variant(*of, held, rule.id, profiles) for of, held in variants.items()), paste)


def _variant(
    when: Expect, expect: Expect, verified: bool, unless: Unless, held: Mapping[str, Severity], rule: str, profiles: Sequence[Profile]
) -> Variant:
    asking = {profile.id: profile.rules[rule].authorities for profile in profiles if profile.id in held and profile.rules[rule].authorities}
    return Variant(when, expect, held, verified, unless, asking)
