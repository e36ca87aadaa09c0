"""The checks that decide a rule, with their options, each with what it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.docs.terms import as_written, listed, options
from checker.engine.rule import Call, Expect, Rule

_WHEN = {"any": "It applies where one of these holds", "all": "It applies where all of these hold", "none": "It applies where none of these holds"}
_EXPECT = {"any": "It passes where one of these holds", "all": "It passes where all of these hold", "none": "It passes where none of these holds"}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a rule: how its checks are counted, and the checks."""

    title: str
    calls: tuple[Call, ...]


def steps(when: Expect, expect: Expect) -> Iterator[Step]:
    """The parts of a rule, in the order in which they are asked."""
    for titles, part in ((_WHEN, when), (_EXPECT, expect)):
        for kind, calls in (("any", part.any), ("all", part.all), ("none", part.none)):
            if calls:
                # One check is neither all nor one of them.
                title = titles["all" if kind == "any" and len(calls) == 1 else kind]
                yield Step(title.replace("all of these hold", "this holds") if len(calls) == 1 and kind != "none" else title, calls)


def call(one: Call) -> str:
    """A check with its options, as a rule file writes them."""
    given = options(dict(one.options))
    return f"{one.check.name}: {given}" if given else one.check.name


def chosen(rule: Rule) -> str | None:
    """Which of the facts it judges, where not all of their kind."""
    told = [f"{name} is {listed([as_written(value) for value in values], 'or')}" for name, values in rule.select.where]
    told += [f"{name} is not {listed([as_written(value) for value in values], 'or')}" for name, values in rule.select.unless]
    return listed(told) if told else None
