"""A fault as a reader is shown it: sentences filled, places located, the sentence to paste in the page's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.checks import Label, Value
from checker.engine.anchor import fingerprint
from checker.engine.fill import fill
from checker.engine.plan import Plan, Task
from checker.engine.rule import FALLBACK
from checker.facts import Page, Spot
from checker.model import Confidence, Evidence, Finding, Outcome, Review, ReviewReason, Severity

# One place and nine more: who has forty such links changes the template, not forty links.
_MOST_EVIDENCE = 10

# The line of a piece of evidence, as messages call it.
_LINE_NAMES = {
    "primary": "line",
    "notice": "notice_line",
    "first_affiliate_link": "link_line",
    "image": "image_line",
    "author": "author_line",
    "credit": "credit_line",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What the judge found about one target, before it has words."""

    outcome: Outcome
    severity: Severity
    profiles: tuple[str, ...]
    authorities: tuple[str, ...]
    confidence: Confidence
    reason: ReviewReason | None
    evidence: tuple[Evidence, ...]
    values: Mapping[str, Value]
    anchor: str


def finding_of(task: Task, fault: Fault, page: Page, plan: Plan, page_key: str, locate: Callable[[Spot], Spot] | None) -> Finding:
    """The finding of a fault."""
    rule, language = task.rule, plan.language
    evidence = tuple(_shown(each, "primary" if at == 0 else each.role, plan, locate) for at, each in enumerate(fault.evidence[:_MOST_EVIDENCE]))
    values = {name: plan.texts.label(value, language) if isinstance(value, Label) else value for name, value in sorted(fault.values.items())}
    lines: dict[str, Value] = {}
    for given, each in zip(fault.evidence, evidence, strict=False):
        for role in (each.role, given.role):
            if role in _LINE_NAMES:
                lines.setdefault(_LINE_NAMES[role], each.spot.line)
    known = {**values, **lines}
    message = _message(task, fault, plan, known)
    names_lines = any(str(line) in message for line in lines.values())
    sentence = _message(task, fault, plan, values) if names_lines else message
    paste, paste_language = _paste(task, page)
    return Finding(
        rule=rule.id,
        name=rule.name,
        outcome=fault.outcome,
        severity=fault.severity,
        confidence=fault.confidence,
        message=message,
        why=fill(rule.text("why", language) or "", known),
        fix=fill(rule.text("fix", language) or "", known),
        authorities=fault.authorities,
        evidence=evidence,
        anchor=fault.anchor,
        fingerprint=fingerprint(rule.id, fault.anchor),
        page_key=page_key,
        profiles=fault.profiles,
        review=_review(task, fault.reason, plan, known) if fault.reason is not None else None,
        paste=paste,
        paste_language=paste_language,
        values=dict(values),
        sentence=sentence if sentence != message else None,
    )


def _shown(evidence: Evidence, role: str, plan: Plan, locate: Callable[[Spot], Spot] | None) -> Evidence:
    return Evidence(role, plan.texts.label(evidence.label, plan.language), locate(evidence.spot) if locate else evidence.spot)


def _message(task: Task, fault: Fault, plan: Plan, known: Mapping[str, Value]) -> str:
    """What the rule says of this fault; of a question that it has no words for, what the violation would be and why it is in doubt."""
    rule, language = task.rule, plan.language
    violation = fill(rule.text("violation", language) or rule.name, known)
    if fault.reason is None:
        return violation
    own = rule.text(f"needs_review:{fault.reason}", language)
    if own is not None:
        return fill(own, known)
    doubt = plan.texts.reason(fault.reason, "message", language)
    if doubt is not None:
        return f"{violation} {doubt}"
    return fill(rule.text("needs_review", language) or rule.text("violation", language) or rule.name, known)


def _review(task: Task, reason: ReviewReason, plan: Plan, known: Mapping[str, Value]) -> Review:
    """The question of the rule for this reason, else its own, else that of the reason, and what the answer yes means.

    A reason with words for the message doubts what could be read of the page; its question comes first, since the rule's is about something else.
    """
    rule, language = task.rule, plan.language
    own = rule.text(f"question:{reason}", language)
    if own is not None:
        return Review(reason, fill(own, known))
    own = rule.text("question", language)
    if own is not None and plan.texts.reason(reason, "message", language) is None:
        return Review(reason, fill(own, known), rule.yes)
    shared = plan.texts.reason(reason, "question", language)
    return Review(reason, fill(shared or "", known), "fault" if reason in plan.texts.faults else "fine")


def _paste(task: Task, page: Page) -> tuple[str | None, str | None]:
    """The sentence to paste and its language: the page's, else English."""
    if not task.paste:
        return None, None
    full = (page.language or "").lower()
    language = next((each for each in (full, full.split("-")[0], FALLBACK) if each in task.paste), None)
    return (task.paste[language], language) if language else (None, None)
