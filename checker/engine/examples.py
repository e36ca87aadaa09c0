"""Runs the examples that rules carry: each is a small page, and the rule says of it what the example expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checker.engine.judge import Judgement, judge
from checker.engine.plan import Plan, Task, Variant
from checker.engine.rule import Example, Rule, Rules
from checker.facts import Page
from checker.model import Source


@dataclass(frozen=True, slots=True)
class Tried:
    """An example and what the rule said of it. `fault` is None where that is what it expects."""

    rule: Rule
    example: Example
    fault: str | None

    @property
    def id(self) -> str:
        """The example's name in test reports."""
        return f"{self.rule.id}::{self.example.title}"


def all_examples(rules: Rules) -> Iterator[tuple[Rule, Example]]:
    """Every example whose facts can be read from a page alone, or stand in the example itself."""
    for rule in rules.rules.values():
        if rule.needs in ("static", "files"):
            for example in rule.examples:
                yield rule, example


def try_all(rules: Rules, read: Callable[[Source], Page]) -> list[Tried]:
    """Runs every example. `read` makes a page of a source."""
    return [try_example(rule, example, rules, read) for rule, example in all_examples(rules)]


def try_example(rule: Rule, example: Example, rules: Rules, read: Callable[[Source], Page]) -> Tried:
    """Runs one example by its own rule, as the rule stands in its file, whatever profiles make of it."""
    source = Source(name=f"{rule.id}::{example.title}", body=example.html.strip().encode("utf-8"), url=example.url, charset="utf-8")
    plan = Plan(("example",), ((rule.select, (_task(rule, rules),)),), {}, rules.texts, rules.authorities)
    judgement = judge(_with_files(read(source), example), plan, page_key=source.name)
    return Tried(rule, example, _fault(rule, example, judgement))


def _with_files(page: Page, example: Example) -> Page:
    return replace(page, images=tuple(replace(image, file=example.files.get(image.src)) for image in page.images)) if example.files else page


def _task(rule: Rule, rules: Rules) -> Task:
    return Task(rule, (Variant(rule.when, rule.expect, {"example": rule.severity}),), rules.texts.paste.get(rule.paste or "", {}))


def _fault(rule: Rule, example: Example, judgement: Judgement) -> str | None:
    outcome = judgement.outcomes[rule.id]
    if judgement.problems:
        return judgement.problems[0]
    if outcome is not example.expect:
        told = "".join(f": {finding.message}" for finding in judgement.findings[:1])
        return f"expected {example.expect}, got {outcome}{told}"
    if example.findings is not None and len(judgement.findings) != example.findings:
        return f"expected {example.findings} findings, got {len(judgement.findings)}"
    reasons = {finding.review.reason for finding in judgement.findings if finding.review}
    if example.reason is not None and example.reason not in reasons:
        return f"expected the reason {example.reason}, got {', '.join(sorted(reasons)) or 'none'}"
    return None
