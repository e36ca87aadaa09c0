"""A rule as a page in Markdown: all that the rule's file says, who holds it, and how often it is wrong."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import fields

from checker.docs import markdown as md
from checker.docs.accuracy import Accuracy
from checker.docs.decided import call, chosen, steps
from checker.docs.holding import held
from checker.docs.terms import ALWAYS, JUDGES, KINDS, NEEDS, UNVERIFIED, options, questions, unfilled
from checker.engine.rule import Authority, Rule, Rules
from checker.model import Outcome

_EXAMPLES = (
    (Outcome.VIOLATION, "Wrong"),
    (Outcome.NEEDS_REVIEW, "A question"),
    (Outcome.PASS, "Right"),
    (Outcome.INAPPLICABLE, "Does not apply"),
)
MADE = "<!-- Made of the files of the rules by `make docs`; change those. -->"


def page(rule: Rule, rules: Rules, accuracy: Accuracy) -> str:
    """The whole page."""
    source = f"{rule.path.parent.name}/{rule.path.name}"
    lines = [MADE, "", f"# {rule.id} {md.text(rule.name)}", "", md.text(rule.text("asks") or "")]
    lines += ["", "## Why", "", md.text(unfilled(rule.text("why") or ""))]
    lines += ["", "## What to do", "", md.text(unfilled(rule.text("fix") or "")), *_paste(rule, rules)]
    lines += ["", "## Who asks for it", "", *_asked_by(rule, rules)]
    lines += ["", "## Where it holds", "", *_held(rule, rules)]
    lines += ["", "## How it is decided", "", *_decided(rule), f"File: {md.link(md.code(source), f'../{source}')}"]
    lines += ["", "## How often it is wrong", "", md.text(" ".join(accuracy.told(rule.id)))]
    if rule.examples:
        lines += ["", "## Examples", *_examples(rule)]
    return "\n".join([*lines, "", md.link("All rules", "../README.md")]) + "\n"


def authority(one: Authority) -> str:
    """A text as a list names it: what it is called, of which kind, when it was last checked, and whether anybody has read it."""
    title = md.link(md.text(", ".join(part for part in (one.name, one.section) if part)), one.url)
    doubt = "" if one.verified else f"; **{UNVERIFIED}**"
    return f"{title} ({KINDS.get(one.kind, one.kind)}; last checked on {one.checked.isoformat()}{doubt})"


def _paste(rule: Rule, rules: Rules) -> Iterator[str]:
    sentences = rules.texts.paste.get(rule.paste or "", {})
    if sentences:
        yield from ("", "To paste:", "")
        yield from md.table(["language", "sentence"], ([md.text(language), md.text(sentence)] for language, sentence in sentences.items()))


def _asked_by(rule: Rule, rules: Rules) -> Iterator[str]:
    for key in rule.authorities:
        one = rules.authorities[key]
        yield f"- {authority(one)}: {md.text(one.asks)}"
    if rule.ours:
        yield f"- {md.text(rule.ours)}"


def _held(rule: Rule, rules: Rules) -> Iterator[str]:
    found = held(rule, rules)
    if not found:
        yield ALWAYS if rule.select.over == "waivers" else "No profile holds it, so that it is never judged."
        return
    rows = ([md.link(md.text(each.profile.id), f"profile-{each.profile.id}.md"), md.text(each.profile.name), md.text(each.told())] for each in found)
    yield from md.table(["profile", "for", "how"], rows)


def _decided(rule: Rule) -> Iterator[str]:
    which = chosen(rule)
    whose = f" whose {md.code(which)}" if which else ""
    yield f"It judges {JUDGES.get(rule.select.over, rule.select.over)}{whose}, since version {rule.since}."
    yield ""
    if rule.needs != "static":
        yield from (md.text(NEEDS[rule.needs]), "")
    for step in steps(rule.when, rule.expect):
        yield from (f"{step.title}:", "")
        yield from (f"- {md.code(call(each))}: {md.text(each.check.doc)}" for each in step.calls)
        yield ""
    asked = questions(rule)
    if asked:
        yield from ("Where the page does not decide it, a person is asked:", "", *(f"- {md.text(said)}" for said in asked), "")


def _examples(rule: Rule) -> Iterator[str]:
    for outcome, title in _EXAMPLES:
        for example in rule.examples:
            if example.expect is outcome:
                yield from ("", f"**{title}:** {md.text(example.title)}")
                yield from (f"at {md.code(example.url)}",) if example.url else ()
                yield from ("", *md.block(textwrap.dedent(example.html).strip("\n"), "html"))
                if example.sight is not None:
                    yield from ("", f"A browser draws it with {md.code(options(example.sight) or 'nothing out of the way')}.")
                for src, says in example.files.items():
                    known = {each.name: value for each in fields(says) if (value := getattr(says, each.name))}
                    yield from ("", f"The file {md.code(src)} says {md.code(options(known))}.")
