"""What a rule asks, in full: printed by `disclosure-checker explain`, and made of nothing but the rule's own file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from checker.engine.rule import Authority, Example, Rule, Rules
from checker.model import Outcome
from checker.report.paint import Paint, one_line
from checker.report.run import Look

_SHOWN = ((Outcome.VIOLATION, "Wrong", "red"), (Outcome.PASS, "Right", "blue"), (Outcome.INAPPLICABLE, "Does not apply", "dim"))
_JUDGES = {"page": "each page as a whole", "links": "each paid link", "images": "each picture", "authors": "each author", "notices": "each notice"}


def explain(rule: Rule, rules: Rules, look: Look) -> str:
    """The rule for a person at a terminal: what it asks, why, who asks for it, what to do, and pages that show it."""
    paint = Paint(look)
    lines = [f"{paint(rule.id, 'bold')} {rule.name} ({rule.severity})", ""]
    lines += _paragraph(rule.text("asks"), look)
    for title, text in (("Why", rule.text("why")), ("What to do", rule.text("fix"))):
        if text:
            lines += ["", paint(title, "bold"), *_paragraph(text, look)]
    paste = _paste(rule, rules)
    if paste:
        lines.append(f"  To paste: {paste}")
    lines += ["", paint("Who asks for it", "bold"), *_authorities(rule, rules, paint, look)]
    lines += ["", paint("How it is judged", "bold"), *_judged(rule, rules, look)]
    for outcome, title, style in _SHOWN:
        example = next((each for each in rule.examples if each.expect is outcome), None)
        if example:
            lines += ["", *_example(example, paint(title, "bold", style) if style != "dim" else paint(title, "bold"))]
    return "\n".join(lines) + "\n"


def _paragraph(text: str | None, look: Look, indent: str = "  ") -> list[str]:
    return textwrap.wrap(one_line(" ".join((text or "").split())), max(40, look.width), initial_indent=indent, subsequent_indent=indent)


def _paste(rule: Rule, rules: Rules) -> str | None:
    if rule.paste is None:
        return None
    return rules.texts.paste.get(rule.paste, {}).get("en")


def _authorities(rule: Rule, rules: Rules, paint: Paint, look: Look) -> Iterator[str]:
    for key in rule.authorities:
        authority = rules.authorities[key]
        yield f"  {paint.link(one_line(_titled(authority)), authority.url)} ({authority.kind}, read on {authority.checked})"
        yield from _paragraph(authority.asks, look, indent="    ")
        if not look.links:
            yield f"    {one_line(authority.url)}"
    if rule.ours:
        yield from _paragraph(rule.ours, look)


def _titled(authority: Authority) -> str:
    return ", ".join(part for part in (authority.name, authority.section) if part)


def _judged(rule: Rule, rules: Rules, look: Look) -> Iterator[str]:
    yield from _paragraph(f"It judges {_JUDGES.get(rule.select.over, rule.select.over)}, since version {rule.since}.", look)
    if rule.needs != "static":
        yield from _paragraph(
            f"It needs facts that reading a saved page does not give ({rule.needs}), and is listed as not evaluated until then.", look
        )
    questions = sorted({text for key, text in rule.texts["en"].items() if key.startswith("question")})
    if questions:
        yield from _paragraph(f"Where the page does not decide it, a person is asked: {' / '.join(questions)}", look)
    held = [f"{profile.id} ({profile.rules[rule.id].severity})" for profile in rules.profiles.values() if rule.id in profile.rules]
    yield from _paragraph(f"Profiles that hold it: {', '.join(held) or 'none'}.", look)
    # The file is where an editor changes it; its name is the same everywhere, its folder is not.
    yield from _paragraph(f"File: {rule.path.parent.name}/{rule.path.name}", look)


def _example(example: Example, title: str) -> Iterator[str]:
    yield f"{title}: {one_line(example.title)}"
    for line in textwrap.dedent(example.html.expandtabs(2)).strip("\n").splitlines():
        yield f"  | {one_line(line)}"
