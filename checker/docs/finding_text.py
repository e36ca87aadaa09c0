"""A finding of a saved report for a person at a terminal: its evidence, the checks behind it, who holds the rule and how, who asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.docs.decided import call, chosen, steps
from checker.docs.holding import Held, held, variant
from checker.docs.rule_text import asked_by, paragraph
from checker.docs.terms import ALWAYS, JUDGES, as_written, options, signal
from checker.engine.rule import FALLBACK, Rule, Rules
from checker.report.paint import Paint, one_line
from checker.report.run import Look
from checker.report.saved import Saved
from checker.text import clip


@dataclass(frozen=True, slots=True)
class Now:
    """What a finding is explained with: the program's version, the rules that are loaded, and the digest that names them."""

    version: str
    rules: Rules
    digest: str


def explained(finding: Mapping[str, Any], saved: Saved, now: Now, look: Look) -> str:
    """All that there is to say of a finding that its schema found sound."""
    paint, rules = Paint(look), now.rules
    rule = rules.rules.get(finding["rule"])
    lines = [
        f"{paint(one_line(finding['rule']), 'bold')} {one_line(finding['name'])} ({finding['severity'] if finding['review'] is None else 'review'})",
        *_where(finding, look),
        "",
    ]
    lines += paragraph(finding["message"], look)
    lines += ["", paint("Evidence", "bold"), *_evidence(finding, look)]
    lines += ["", paint("Outcome", "bold"), *_outcome(finding, rules, look)]
    if rule is None:
        unknown = f"{finding['rule']} is not among the rules that are loaded now: name its pack with --pack."
        return "\n".join([*lines, "", *paragraph(unknown, look, indent="")]) + "\n"
    lines += ["", paint("Which checks decided", "bold"), *_stale(saved, now, look), *_decided(finding, rule, rules, look)]
    lines += ["", paint("Who holds it, and how", "bold"), *_held(finding, rule, rules, look)]
    lines += ["", paint("Who asks for it", "bold"), *asked_by(rule, rules, look)]
    lines += ["", paint("What to do", "bold"), *paragraph(finding["fix"], look)]
    if finding["paste"]:
        lines.append(f"  To paste ({one_line(finding['paste_language'] or '?')}): {one_line(finding['paste'])}")
    return "\n".join(lines) + "\n"


def _where(finding: Mapping[str, Any], look: Look) -> Iterator[str]:
    yield f"  {one_line(finding['source'])}{_place(finding)}"
    if finding["page_key"] != finding["source"]:
        yield f"  page: {one_line(finding['page_key'])}"
    yield f"  fingerprint: {finding['fingerprint']}"
    yield from paragraph(
        f"It is about {clip(finding['anchor'], 200)!r}." if finding["anchor"] != "page" else "It is about the page as a whole.", look
    )


def _place(spot: Mapping[str, Any]) -> str:
    return f":{spot['line']}:{spot['column']}" if spot["line"] is not None and spot["column"] is not None else ""


def _evidence(finding: Mapping[str, Any], look: Look) -> Iterator[str]:
    for each in finding["evidence"]:
        place = _place(each).lstrip(":") or "no place in the source"
        yield f"  {place}  {one_line(each['label'])}"
        shown = each["excerpt"] or each["quote"]
        if shown:
            yield f"    | {clip(one_line(shown), max(40, look.width - 6))}"
    if not finding["evidence"]:
        yield from paragraph("None: what is missing has no place.", look)


def _outcome(finding: Mapping[str, Any], rules: Rules, look: Look) -> Iterator[str]:
    review = finding["review"]
    if review is None:
        yield from paragraph(f"A violation: the page itself shows it. Confidence: {finding['confidence']}.", look)
    else:
        means = rules.texts.reason(review["reason"], "means", FALLBACK) or review["reason"]
        yield from paragraph(f"A question, because of {review['reason']}: {means} Confidence: {finding['confidence']}.", look)
        yield from paragraph(f"To be answered: {review['question']}", look)
    if finding["state"] != "new":
        yield from paragraph(f"It is {finding['state']}, so that it does not count.", look)
    known = {name: value for name, value in finding["values"].items() if value is not None}
    if known:
        yield from paragraph(f"What was found: {clip(options(known), 1000)}", look)


def _stale(saved: Saved, now: Now, look: Look) -> Iterator[str]:
    if saved.version != now.version:
        yield from paragraph(f"The report was written by version {saved.version} of the program; this is {now.version}.", look)
    if saved.rules_digest != now.digest:
        told = "The report was made with other rules than those that are loaded now, or with packs that are not named here (--pack)."
        yield from paragraph(f"{told} What follows is the rule as it is now.", look)


def _decided(finding: Mapping[str, Any], rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    which = chosen(rule)
    yield from paragraph(f"{rule.id} judges {JUDGES.get(rule.select.over, rule.select.over)}{f' whose {which}' if which else ''}.", look)
    told: dict[str, list[str]] = {}
    for name in finding["profiles"]:
        holds = name in rules.profiles and rule.id in rules.profiles[name].rules
        if holds or rule.select.over == "waivers":
            one = variant(rule, rules.profiles[name], rules) if holds else rule
            lines = []
            for step in steps(one.when, one.expect):
                lines += paragraph(f"{step.title}:", look)
                for each in step.calls:
                    lines += [*paragraph(call(each), look, indent="    "), *paragraph(each.check.doc, look, indent="      ")]
            told.setdefault("\n".join(lines), []).append(name)
    for body, names in told.items():
        if len(told) > 1:
            yield from paragraph(f"In {', '.join(names)}:", look)
        yield body


def _held(finding: Mapping[str, Any], rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    now = {each.profile.id: each for each in held(rule, rules)}
    if not now and rule.select.over == "waivers":
        yield from paragraph(ALWAYS, look)
        return
    for name in finding["profiles"]:
        if name in now:
            yield from paragraph(f"{name}: {now[name].told()} ({_said(now[name])})", look)
            yield from _wordings(now[name], rule, look)
        else:
            known = "does not hold it any more" if name in rules.profiles else "is not among the profiles that are loaded now"
            yield from paragraph(f"{name}: {known}", look)


def _said(one: Held) -> str:
    return one.place if one.by is one.profile else f"{one.place}, on which {one.profile.id} builds"


def _wordings(one: Held, rule: Rule, look: Look) -> Iterator[str]:
    """The wordings of the profile that a check of the rule asks about."""
    asked = {name for each in (*rule.when.calls, *rule.expect.calls) for name in each.check.options}
    for name, signals in one.profile.wordings.items():
        if name in asked:
            meant = "; ".join(f"{each} ({signal(each)})" if signal(each) else each for each in signals)
            yield from paragraph(f"its wordings: {name} = {as_written(signals)}: {meant}", look, indent="    ")
