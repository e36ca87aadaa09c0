"""A profile for a person at a terminal: for which pages it is, which wordings count there, and which rules hold and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.checks import CHECKS
from checker.docs.holding import Held, held_by
from checker.docs.rule_text import paragraph
from checker.docs.terms import as_written, listed, options, signal
from checker.engine.rule import AUTO, Profile, Rules
from checker.report.paint import Paint, one_line
from checker.report.run import Look


def explained(profile: Profile, rules: Rules, look: Look) -> str:
    """All that there is to say of a profile."""
    paint = Paint(look)
    found = list(held_by(profile, rules))
    lines = [f"{paint(profile.id, 'bold')} {one_line(profile.name)}", "", *paragraph(profile.about, look), ""]
    if profile.inherits:
        lines += paragraph(f"It builds on {profile.inherits}: what its own file does not say comes from there.", look)
    lines += paragraph(chosen_for(profile, str), look)
    lines += paragraph(f"File: {profile.path.parent.name}/{profile.path.name}", look)
    if profile.wordings:
        lines += ["", paint("Which wordings count", "bold"), *_wordings(profile, look)]
    lines += ["", paint("Rules", "bold"), *_rules([each for each in found if each.holding.verified], look)]
    asked = [each for each in found if not each.holding.verified]
    if asked:
        lines += ["", paint("Only as questions (no text that has been read says so there)", "bold"), *_rules(asked, look)]
    if profile.off:
        lines += ["", paint("Left out", "bold"), *paragraph(", ".join(sorted(profile.off)), look)]
    return "\n".join(lines) + "\n"


def chosen_for(profile: Profile, quoted: Callable[[str], str]) -> str:
    """For which pages the profile "auto" chooses this one. `quoted` sets off words of the program."""
    told = []
    if profile.domains:
        told.append(f"hosts that end in {listed([quoted('.' + domain) for domain in profile.domains], 'or')}")
    if profile.languages:
        told.append(f"pages in the language {listed([quoted(language) for language in profile.languages], 'or')} whose host decides nothing")
    if profile.otherwise:
        told.append("all pages for which no other profile is named")
    auto = f"The profile {quoted(AUTO)}"
    return f"{auto} chooses it for {listed(told)}." if told else f"{auto} never chooses it; name it."


def _wordings(profile: Profile, look: Look) -> Iterator[str]:
    meant = {name: doc for check in CHECKS for name, doc in check.option_docs.items()}
    for name, signals in profile.wordings.items():
        yield from paragraph(f"{name} = {as_written(signals)}: {meant.get(name, '')}".rstrip(": "), look)
        for each in signals:
            said = signal(each)
            if said:
                yield from paragraph(f"{each}: {said}", look, indent="    ")


def _rules(found: list[Held], look: Look) -> Iterator[str]:
    for each in found:
        given = dict(each.holding.options)
        told = f"{each.rule.text('asks')}{f' ({options(given)})' if given else ''}"
        first, *more = paragraph(told, look, indent=" " * 19)
        yield f"  {each.rule.id}  {each.holding.severity!s:<7}  {first.strip()}"
        yield from more
    if not found:
        yield "  None."
