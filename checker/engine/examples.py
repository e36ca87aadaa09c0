"""Runs the examples that rules carry: each is a small page, and the rule says of it what the example expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checker.engine.example_sight import ExampleSight
from checker.engine.inline import waive_inline
from checker.engine.judge import Judgement, judge
from checker.engine.plan import TWINS, Plan, Task, Variant
from checker.engine.rule import Example, Rule, Rules
from checker.engine.stories import Stories
from checker.engine.story import story_of
from checker.engine.waive import WAIVERS, Terms, Waive, Waivers
from checker.facts import Page
from checker.model import Outcome, PageReport, Source
from checker.scopes import Scope

# From what says least to what says most.
_WORSE = (Outcome.INAPPLICABLE, Outcome.PASS, Outcome.NEEDS_REVIEW, Outcome.VIOLATION, Outcome.NOT_CHECKED)


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
    """Every example whose facts can be read from its pages, or stand in the example itself."""
    for rule in rules.rules.values():
        if rule.needs in ("static", "files", "rendered") or rule.select.over == TWINS:
            for example in rule.examples:
                yield rule, example


def try_all(rules: Rules, read: Callable[[Source], Page]) -> list[Tried]:
    """Runs every example. `read` makes a page of a source."""
    return [try_example(rule, example, rules, read) for rule, example in all_examples(rules)]


def try_example(rule: Rule, example: Example, rules: Rules, read: Callable[[Source], Page]) -> Tried:
    """Runs one example by its own rule, as the rule stands in its file, whatever profiles make of it."""
    source = Source(name=f"{rule.id}::{example.title}", body=example.html.strip().encode("utf-8"), url=example.url, charset="utf-8")
    plan = Plan(("example",), ((rule.select, (_task(rule, rules),)),), {}, rules.texts, rules.authorities)
    page = _with_files(read(source), example)
    if example.sight is not None:
        page = ExampleSight.of(example.sight).on(page)
    if rule.select.over == WAIVERS:
        judgement = _of_waivers(rule, example, rules, page)
    elif rule.select.over == TWINS:
        judgement = _of_twins(rule, example, rules, page, read)
    else:
        judgement = judge(page, plan, page_key=source.name)
    return Tried(rule, example, _fault(rule, example, judgement))


def _with_files(page: Page, example: Example) -> Page:
    return replace(page, images=tuple(replace(image, file=example.files.get(image.src)) for image in page.images)) if example.files else page


def _of_twins(rule: Rule, example: Example, rules: Rules, page: Page, read: Callable[[Source], Page]) -> Judgement:
    """What the rule says of a page and its twin in one run, whichever of the two is read first."""
    plan = Plan(("example",), (), {}, rules.texts, rules.authorities, on_twins=((rule.select, (_task(rule, rules),)),))
    pages = [(page, example.url)]
    if example.twin is not None:
        url = example.twin_url or page.variants.amphtml
        pages.append((read(Source(f"{page.source} (twin)", example.twin.strip().encode("utf-8"), url=url, charset="utf-8")), url))
    told = [_run(plan, order) for order in (pages, pages[::-1])]
    found = [{finding.fingerprint for report in reports for finding in report.findings} for reports in told]
    findings = tuple(finding for report in told[0] for finding in report.findings)
    outcome = next((report.outcomes[rule.id] for report in told[0] if rule.id in report.outcomes), Outcome.INAPPLICABLE)
    problems = [problem for reports in told for report in reports for problem in report.problems]
    if found[0] != found[1]:
        problems.append("which of the two pages is read first makes a difference")
    return Judgement(findings, {rule.id: outcome}, problems=tuple(problems))


def _run(plan: Plan, pages: Sequence[tuple[Page, str | None]]) -> list[PageReport]:
    stories = Stories(plan, lambda *_: plan)
    reports = []
    for page, url in pages:
        key = page.url or page.source
        report = PageReport(page.source, "checked", key, page=page, story=story_of(page, key, url, lambda address: address))
        reports.append(stories.apply(report))
    return reports


def _of_waivers(rule: Rule, example: Example, rules: Rules, page: Page) -> Judgement:
    """What the rule says of the waivers of an example, after all other rules have judged its page. One with an address was fetched from there."""
    others = [each for each in rules.rules.values() if each.select.over not in (WAIVERS, TWINS) and each.needs == "static"]
    groups = tuple((each.select, (_task(each, rules),)) for each in others)
    plan = Plan(("example",), groups, {}, rules.texts, rules.authorities, on_waivers=((rule.select, (_task(rule, rules),)),))
    said = example.settings
    terms = Terms.of(rules, said.get("mandatory", ()))
    judgement = judge(page, plan, page.source)
    waived = waive_inline(judgement, page, plan, page.source, terms, fetched=example.url is not None)
    waives = [_waive(entry) for entry in said.get("waive", ())]
    today = date.fromisoformat(said["today"]) if "today" in said else date.min
    waivers = Waivers(waives, plan, terms, today=today, whole=lambda _: True, source="settings", path_of=lambda name: name)
    waivers.apply(PageReport(page.source, "checked", page.source, page=page, findings=waived.findings, outcomes=judgement.outcomes))
    told = waivers.report()
    outcomes = [waived.outcomes[rule.id], *([told.outcomes[rule.id]] if told else [Outcome.PASS] if waives else [])]
    findings = tuple(each for each in (*waived.findings, *(told.findings if told else ())) if each.rule == rule.id)
    return Judgement(findings, {rule.id: max(outcomes, key=_WORSE.index)}, problems=(*waived.problems, *(told.problems if told else ())))


def _waive(entry: Mapping[str, Any]) -> Waive:
    ends = date.fromisoformat(entry["expires_on"]) if "expires_on" in entry else None
    return Waive(Scope.of(entry.get("path", ())), tuple(entry["rules"]), entry.get("reason"), entry.get("owner"), ends)


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
