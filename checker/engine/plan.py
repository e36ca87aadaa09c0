"""Which rules are judged for the chosen profiles, and with which options; built once and handed to every worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.engine.overrides import Selection, fits, why_no_profile, why_no_rule
from checker.engine.rule import FALLBACK, Authority, Expect, Holding, Profile, Rule, Rules, Select, Texts
from checker.errors import BadConfig
from checker.model import Severity

TWINS = "twins"
# Facts of a page with the values for which something does not hold.
Unless = tuple[tuple[str, tuple[Any, ...]], ...]


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
    `reads`: fields of the page that its checks ask for and that are read for them alone. `on_waivers`: what is judged after the page's findings
    were waived; it holds under every profile. `on_twins`: what is judged where a page and its AMP twin were both read.
    """

    profiles: tuple[str, ...]
    groups: tuple[tuple[Select, tuple[Task, ...]], ...] = field(repr=False)
    not_evaluated: Mapping[str, str]
    texts: Texts = field(repr=False)
    authorities: Mapping[str, Authority] = field(default_factory=dict, repr=False)
    language: str = FALLBACK
    reads: frozenset[str] = frozenset()
    on_waivers: tuple[tuple[Select, tuple[Task, ...]], ...] = field(default=(), repr=False)
    on_twins: tuple[tuple[Select, tuple[Task, ...]], ...] = field(default=(), repr=False)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks on pages, by rule id."""
        return _by_id(self.groups)

    @property
    def waiver_tasks(self) -> tuple[Task, ...]:
        """All tasks on waivers, by rule id."""
        return _by_id(self.on_waivers)

    @property
    def twin_tasks(self) -> tuple[Task, ...]:
        """All tasks on pages and their AMP twins, by rule id."""
        return _by_id(self.on_twins)


def _by_id(groups: Iterable[tuple[Select, tuple[Task, ...]]]) -> tuple[Task, ...]:
    return tuple(sorted((task for _, tasks in groups for task in tasks), key=lambda task: task.rule.id))


def plan(
    rules: Rules,
    profiles: Sequence[str] = ("us",),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severities: Mapping[str, Severity] | None = None,
    mandatory: Sequence[str] = (),
    language: str = FALLBACK,
    facts: Sequence[str] = ("static",),
) -> Plan:
    """The plan for these profiles. `select`, `ignore`, `severities` and `mandatory` name rules: see `Selection`; `facts` says which needs are met.

    Raises BadConfig for a profile or a rule that does not exist.
    """
    given = tuple((severities or {}).items())
    return plan_of(rules, Selection(tuple(profiles), tuple(select), tuple(ignore), given, tuple(mandatory)), language=language, facts=facts)


def plan_of(rules: Rules, selection: Selection, *, language: str = FALLBACK, facts: Sequence[str] = ("static",)) -> Plan:
    """The same for a selection."""
    for name in selection.profiles:
        _ask(why_no_profile(name, rules.profiles))
    for pattern in (*selection.select, *selection.ignore, *selection.mandatory, *(pattern for pattern, _ in selection.severities)):
        _ask(why_no_rule(pattern, rules))
    chosen = [rules.profiles[name] for name in dict.fromkeys(selection.profiles)]
    held = {rule_id for profile in chosen for rule_id in profile.rules if rule_id in rules.rules}
    on_waivers = [rule for rule in rules.rules.values() if rule.select.over == "waivers" and not fits(rule.id, selection.ignore)]
    wanted = [rules.rules[rule_id] for rule_id in sorted(held) if selection.wants(rule_id) and rules.rules[rule_id].select.over != "waivers"]
    judged = [rule for rule in wanted if _can_be_judged(rule, facts)]
    groups: dict[bool, dict[Select, list[Task]]] = {False: {}, True: {}}
    for rule in judged:
        groups[rule.select.over == TWINS].setdefault(rule.select, []).append(_task(rule, chosen, rules, selection.severity(rule.id)))
    on_pages, on_twins = (tuple((select, tuple(tasks)) for select, tasks in groups[twins].items()) for twins in (False, True))
    return Plan(
        tuple(profile.id for profile in chosen),
        on_pages,
        {rule.id: rule.needs for rule in wanted if not _can_be_judged(rule, facts)},
        rules.texts,
        rules.authorities,
        language,
        reads_of(judged),
        tuple((rule.select, (_task(rule, chosen, rules, selection.severity(rule.id), Holding(rule.severity)),)) for rule in on_waivers),
        on_twins,
    )


def _can_be_judged(rule: Rule, facts: Sequence[str]) -> bool:
    """Whether the facts that the rule needs are there. Of other pages of the site only their twins are known; a rule that is only declared waits."""
    return rule.needs in facts and (rule.needs != "site" or bool(rule.expect.calls))


def _ask(fault: str | None) -> None:
    if fault is not None:
        raise BadConfig(fault)


def reads_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The fields of the page that are read only because one of these rules asks for them."""
    return frozenset(name for rule in rules for call in (*rule.when.calls, *rule.expect.calls) for name in call.check.reads)


def _task(rule: Rule, profiles: Sequence[Profile], rules: Rules, severity: Severity | None, otherwise: Holding | None = None) -> Task:
    """`otherwise`: how a profile holds the rule that does not speak of it."""
    variants: dict[tuple[Expect, Expect, bool, Unless], dict[str, Severity]] = {}
    paste = dict(rules.texts.paste.get(rule.paste, {})) if rule.paste else {}
    for profile in reversed(profiles):
        # Reversed, so that where two profiles bring a sentence of their own the first one named that has one has the last word.
        paste.update(profile.paste.get(rule.paste or "", {}) if rule.id in profile.rules else {})
    for profile in profiles:
        holding = profile.rules.get(rule.id, otherwise)
        if holding is None:
            continue
        # Wordings say what counts as plain everywhere in the rule; a rule's own options change only what it expects.
        when = rule.when.with_options(profile.wordings)
        expect = rule.expect.with_options({**profile.wordings, **holding.options})
        unless = profile.unless if otherwise is None else ()
        variants.setdefault((when, expect, holding.verified, unless), {})[profile.id] = severity or holding.severity
    return Task(rule, tuple(_variant(*of, held, rule.id, profiles) for of, held in variants.items()), paste)


def _variant(
    when: Expect, expect: Expect, verified: bool, unless: Unless, held: Mapping[str, Severity], rule: str, profiles: Sequence[Profile]
) -> Variant:
    holding = ((profile.id, profile.rules.get(rule)) for profile in profiles if profile.id in held)
    asking = {name: one.authorities for name, one in holding if one is not None and one.authorities}
    return Variant(when, expect, held, verified, unless, asking)
