"""What a schema cannot ask of a pack: that what it names exists, that checks fit what they judge, that messages speak of known values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain

from checker.checks import CHECKS, named
from checker.engine.faults import Faults
from checker.engine.fill import names_in
from checker.engine.inherit import line_of_descent
from checker.engine.rule import AUTO, Call, Profile, Rule
from checker.facts import Author, AuthorData, Image, Link, Notice, Page, WaiverUse
from checker.model import Outcome, Twins
from checker.packs import Table

_SUBJECTS = {
    "page": Page, "links": Link, "images": Image, "authors": Author, "author_data": AuthorData, "notices": Notice, "twins": Twins,
    "waivers": WaiverUse,
}  # fmt: skip
# Of what is judged apart from a page no fact of one is known.
_APART = ("twins", "waivers")


@dataclass(frozen=True, slots=True)
class Names:
    """The ids that may be referred to; None where a file that holds some could not be read, so that nothing is called unknown because of it."""

    rules: frozenset[str]
    authorities: frozenset[str] | None
    paste: frozenset[str] | None


# What every message may speak of beside the values of its checks: the lines of its evidence, and how often it was found.
ALWAYS = frozenset(("line", "notice_line", "link_line", "image_line", "author_line", "credit_line", "found"))


def ask_rule(rule: Rule, table: Table, names: Names, faults: Faults) -> None:
    """Adds what is wrong with a rule."""
    folder, stem = table.path.parent.name, table.path.stem
    if rule.family.lower() != folder or stem != f"{rule.id}-{rule.name}":
        faults.add(table, ("id",), f"a rule's file is {rule.family.lower()}/{rule.id}-{rule.name}.toml")
    for position, authority in enumerate(rule.authorities):
        if names.authorities is not None and authority not in names.authorities:
            faults.add_unknown(table, ("authorities", position), "authority", authority, names.authorities)
    if not rule.authorities and not rule.ours:
        faults.add(table, ("authorities",), 'a rule names an authority, or says in "ours" why it exists without one')
    _ask_fields(rule, table, faults)
    for place, call in _calls(table):
        if call.check.over not in (rule.select.over, "page" if rule.select.over not in _APART else None):
            faults.add(table, place, f'"{call.check.name}" judges {call.check.over}, this rule is over {rule.select.over}')
    _ask_texts(rule, table, faults)
    if rule.paste is not None and names.paste is not None and rule.paste not in names.paste:
        faults.add_unknown(table, ("fix", "paste"), "sentence to paste", rule.paste, names.paste)
    _ask_examples(rule, table, faults)


def _ask_fields(rule: Rule, table: Table, faults: Faults) -> None:
    page = {f"page.{field.name}" for field in fields(Page)} if rule.select.over not in _APART else set()
    own = {field.name for field in fields(_SUBJECTS[rule.select.over])}
    for key, wanted in (("where", rule.select.where), ("unless", rule.select.unless)):
        for name, _ in wanted:
            if name not in own | page:
                faults.add_unknown(table, (key, name), f"fact of {rule.select.over}", name, own | page)


def _calls(table: Table) -> Iterator[tuple[tuple[str | int, ...], Call]]:
    for part in ("when", "expect"):
        for kind, calls in table.data.get(part, {}).items():
            for position, call in enumerate(calls):
                yield (part, kind, position, "check"), Call(named(call["check"]))


def _ask_texts(rule: Rule, table: Table, faults: Faults) -> None:
    allowed = ALWAYS.union(*(call.check.values for call in chain(rule.when.calls, rule.expect.calls)))
    for language, texts in rule.texts.items():
        for key, text in texts.items():
            part, _, reason = key.partition(":")
            place = ("fix", language, "text") if part == "fix" else ("message", language, *(("reasons", reason) if reason else ()), part)
            for name in sorted(set(names_in(text)) - allowed):
                faults.add_unknown(table, place, "value", name, allowed)


def _ask_examples(rule: Rule, table: Table, faults: Faults) -> None:
    shown = {example.expect for example in rule.examples}
    for outcome in (Outcome.VIOLATION, Outcome.PASS, Outcome.INAPPLICABLE):
        # Facts that do not exist yet cannot show a violation; what files say and browsers draw can stand in an example. A measure may only ask.
        asked = outcome is Outcome.VIOLATION and rule.needs == "rendered" and Outcome.NEEDS_REVIEW in shown
        if outcome not in shown and not asked and (rule.needs != "site" or rule.expect.calls):
            faults.add(table, ("example", 0), f'a rule has an example for each of violation, pass and inapplicable; there is none for "{outcome}"')


def _ask_descent(profile: Profile, table: Table, profiles: Mapping[str, Profile], names: Names, faults: Faults) -> None:
    """Adds what is wrong with a profile's name, and with what it takes over from another."""
    if profile.id == AUTO:
        faults.add(table, ("id",), f'"{AUTO}" is the profile that chooses others by a page\'s host and language; take another id')
    if profile.inherits is not None and profile.inherits not in profiles:
        faults.add_unknown(table, ("inherits",), "profile", profile.inherits, frozenset(profiles))
    elif line_of_descent(profile, profiles) is None:
        faults.add(table, ("inherits",), f'the profile "{profile.id}" builds on itself by way of "{profile.inherits}"')
    for rule_id in sorted(profile.off):
        if rule_id not in names.rules:
            faults.add_unknown(table, ("rules", rule_id), "rule", rule_id, names.rules)
        elif profile.inherits is None:
            faults.add(table, ("rules", rule_id), f'"off" leaves out a rule of an inherited profile, and this one inherits none; leave {rule_id} out')


def ask_profile(profile: Profile, table: Table, profiles: Mapping[str, Profile], rules: Mapping[str, Rule], names: Names, faults: Faults) -> None:
    """Adds what is wrong with a profile."""
    _ask_descent(profile, table, profiles, names, faults)
    called = (call.check for rule in rules.values() for call in (*rule.when.calls, *rule.expect.calls))
    options = {name for check in (*CHECKS, *called) for name in check.options}
    facts = {field.name for field in fields(Page)}
    for name, _ in profile.unless:
        if name not in facts:
            faults.add_unknown(table, ("unless", name), "fact of page", name, facts)
    for wording in profile.wordings:
        if wording not in options:
            faults.add_unknown(table, ("wordings", wording), "option of a check", wording, options)
    for rule_id, holding in profile.rules.items():
        if rule_id not in names.rules:
            faults.add_unknown(table, ("rules", rule_id), "rule", rule_id, names.rules)
        for position, authority in enumerate(holding.authorities):
            if names.authorities is not None and authority not in names.authorities:
                faults.add_unknown(table, ("rules", rule_id, "authorities", position), "authority", authority, names.authorities)
        rule = rules.get(rule_id)
        if rule is None:
            continue
        allowed = {name for call in rule.expect.calls for name in call.check.options}
        for option in sorted(set(holding.options) - allowed):
            faults.add_unknown(table, ("rules", rule_id), f"option of {rule_id}", option, allowed)
    for name in profile.paste:
        if names.paste is not None and name not in names.paste:
            faults.add_unknown(table, ("paste", name), "sentence to paste", name, names.paste)
