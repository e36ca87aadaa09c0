"""A profile as a page in Markdown: which rules hold there and how, which wordings count, and for which pages it is chosen by itself."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import CHECKS
from checker.docs import markdown as md
from checker.docs.holding import Held, held_by
from checker.docs.profile_text import chosen_for
from checker.docs.rule_page import MADE
from checker.docs.terms import as_written, options, signal
from checker.engine.rule import Profile, Rules


def page(profile: Profile, rules: Rules) -> str:
    """The whole page."""
    source = f"profiles/{profile.path.name}"
    found = list(held_by(profile, rules))
    lines = [MADE, "", f"# {md.code(profile.id)}: {md.text(profile.name)}", "", md.text(profile.about), ""]
    lines += [f"- {line}" for line in (*_descent(profile), chosen_for(profile, md.code), f"File: {md.link(md.code(source), f'../{source}')}")]
    lines += ["", "## Which wordings count", "", *_wordings(profile)]
    lines += ["", "## Rules", "", *_rules([each for each in found if each.holding.verified], profile)]
    asked = [each for each in found if not each.holding.verified]
    if asked:
        told = "No text that has been read says that these are asked for here, so that a violation becomes a question with the reason `unverified`."
        lines += ["", "## Only as questions", "", told, "", *_rules(asked, profile)]
    if profile.off:
        lines += ["", "## Left out", "", f"Rules of `{profile.inherits}` that do not hold here:", "", *_left_out(profile, rules)]
    if profile.paste:
        lines += ["", "## Sentences to paste", "", *_paste(profile)]
    return "\n".join([*lines, "", md.link("All rules and profiles", "../README.md")]) + "\n"


def _descent(profile: Profile) -> Iterator[str]:
    if profile.inherits:
        shown = md.link(md.code(profile.inherits), f"profile-{profile.inherits}.md")
        yield f"It builds on {shown}: what its own file does not say comes from there."


def _wordings(profile: Profile) -> Iterator[str]:
    if not profile.wordings:
        yield "A notice is plain where the program finds it clear; this profile asks for nothing else."
        return
    meant = {name: doc for check in CHECKS for name, doc in check.option_docs.items()}
    for name, signals in profile.wordings.items():
        yield f"- {md.code(f'{name} = {as_written(signals)}')}: {md.text(meant.get(name, ''))}"
        for each in signals:
            said = signal(each)
            if said:
                yield f"  - {md.code(each)}: {md.text(said)}"


def _rules(found: list[Held], profile: Profile) -> list[str]:
    rows = []
    for each in found:
        rule, given = each.rule, dict(each.holding.options)
        by = "" if each.by is profile else md.link(md.code(each.by.id), f"profile-{each.by.id}.md")
        rows.append([
            md.link(rule.id, f"{rule.id}.md"),
            md.text(rule.text("asks") or ""),
            str(each.holding.severity),
            md.code(options(given)) if given else "",
            "" if rule.needs == "static" else rule.needs,
            by,
        ])  # fmt: skip
    return md.table(["rule", "asks", "severity", "options", "needs", "comes from"], rows) if rows else ["None."]


def _left_out(profile: Profile, rules: Rules) -> Iterator[str]:
    for rule_id in sorted(profile.off):
        rule = rules.rules.get(rule_id)
        yield f"- {md.link(rule_id, f'{rule_id}.md')}: {md.text(rule.text('asks') or '')}" if rule else f"- {rule_id}"


def _paste(profile: Profile) -> list[str]:
    rows = (
        [md.code(name), md.text(language), md.text(said)]
        for name, by_language in sorted(profile.paste.items())
        for language, said in by_language.items()
    )
    return md.table(["in place of", "language", "sentence"], rows)
