"""A rule for a person at a terminal: what it asks, why, what to do, who asks for it, where it holds, how often it is wrong, and examples."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from checker.docs.accuracy import Accuracy
from checker.docs.holding import held
from checker.docs.terms import ALWAYS, JUDGES, KINDS, NEEDS, UNVERIFIED, options, questions, unfilled
from checker.engine.rule import FALLBACK, Authority, Example, Rule, Rules
from checker.model import Outcome
from checker.report.paint import Paint, one_line
from checker.report.run import Look

_SHOWN = ((Outcome.VIOLATION, "Wrong", "red"), (Outcome.PASS, "Right", "blue"), (Outcome.INAPPLICABLE, "Does not apply", "dim"))


def explained(rule: Rule, rules: Rules, accuracy: Accuracy, look: Look) -> str:
    """All that there is to say of a rule."""
    paint = Paint(look)
    lines = [f"{paint(rule.id, 'bold')} {rule.name} ({rule.severity})", ""]
    lines += paragraph(rule.text("asks"), look)
    for title, text in (("Why", rule.text("why")), ("What to do", rule.text("fix"))):
        if text:
            lines += ["", paint(title, "bold"), *paragraph(unfilled(text), look)]
    lines += _paste(rule, rules, look)
    lines += ["", paint("Who asks for it", "bold"), *asked_by(rule, rules, look)]
    lines += ["", paint("How it is judged", "bold"), *_judged(rule, look)]
    lines += ["", paint("Where it holds", "bold"), *_held(rule, rules, look)]
    lines += ["", paint("How often it is wrong", "bold"), *paragraph(" ".join(accuracy.told(rule.id)), look)]
    for outcome, title, style in _SHOWN:
        example = next((each for each in rule.examples if each.expect is outcome), None)
        if example:
            lines += ["", *_example(example, paint(title, "bold", style) if style != "dim" else paint(title, "bold"))]
    return "\n".join(lines) + "\n"


def paragraph(text: str | None, look: Look, indent: str = "  ") -> list[str]:
    """The text in lines as wide as the terminal."""
    return textwrap.wrap(one_line(" ".join((text or "").split())), max(40, look.width), initial_indent=indent, subsequent_indent=indent)


def asked_by(rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    """The texts that a rule rests on, each with its kind, its address and the day on which it was last checked."""
    paint = Paint(look)
    for key in rule.authorities:
        authority = rules.authorities[key]
        doubt = "" if authority.verified else f"; {UNVERIFIED}"
        yield f"  {paint.link(one_line(_titled(authority)), authority.url)}"
        yield from paragraph(
            f"({KINDS.get(authority.kind, authority.kind)}; last checked on {authority.checked.isoformat()}{doubt})", look, indent="    "
        )
        yield from paragraph(authority.asks, look, indent="    ")
        if not look.links:
            yield f"    {one_line(authority.url)}"
    if rule.ours:
        yield from paragraph(rule.ours, look)


def _titled(authority: Authority) -> str:
    return ", ".join(part for part in (authority.name, authority.section) if part)


def _paste(rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    sentences = rules.texts.paste.get(rule.paste or "", {})
    if FALLBACK in sentences:
        # Never wrapped: it is there to be copied.
        yield f"  To paste: {one_line(sentences[FALLBACK])}"
        others = sorted(language for language in sentences if language != FALLBACK)
        if others:
            yield from paragraph(f"There is one in {', '.join(others)}, too; a finding brings that of its page.", look)


def _judged(rule: Rule, look: Look) -> Iterator[str]:
    yield from paragraph(f"It judges {JUDGES.get(rule.select.over, rule.select.over)}, since version {rule.since}.", look)
    if rule.needs != "static":
        yield from paragraph(NEEDS[rule.needs], look)
    asked = questions(rule)
    if asked:
        yield from paragraph(f"Where the page does not decide it, a person is asked: {' / '.join(asked)}", look)
    # The file is where an editor changes it; its name is the same everywhere, its folder is not.
    yield from paragraph(f"File: {rule.path.parent.name}/{rule.path.name}", look)


def _held(rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    """How it is held, the heaviest first, each with the profiles that hold it so."""
    by_manner: dict[str, list[str]] = {}
    for each in sorted(held(rule, rules), key=lambda each: (-each.holding.severity.weight, not each.holding.verified)):
        by_manner.setdefault(each.told(), []).append(each.profile.id)
    for manner, names in by_manner.items():
        yield from paragraph(f"{manner}: {', '.join(names)}", look)
    if not by_manner:
        yield from paragraph(ALWAYS if rule.select.over == "waivers" else "No profile holds it, so that it is never judged.", look)


def _example(example: Example, title: str) -> Iterator[str]:
    yield f"{title}: {one_line(example.title)}"
    for line in textwrap.dedent(example.html.expandtabs(2)).strip("\n").splitlines():
        yield f"  | {one_line(line)}"
    if example.sight:
        yield f"  drawn with {one_line(options(example.sight))}"
