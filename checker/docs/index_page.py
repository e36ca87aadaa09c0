"""The first page of the rules: all of them by family, the profiles, the texts that they rest on, and how to read all that."""

from __future__ import annotations

from collections.abc import Iterator

from checker.docs import markdown as md
from checker.docs.profile_text import chosen_for
from checker.docs.rule_page import MADE, authority
from checker.docs.terms import FAMILIES, counted
from checker.engine.rule import Profile, Rule, Rules
from checker.model import Severity

DEFAULT = "us"
_READING = """\
Each rule is one file: what it asks, who asks for it, the checks that decide it, and small pages that show it. A **profile** says which rules hold
somewhere, how severely, and which wordings count there; `--profile us,amazon` combines two, and a finding is then the worst outcome with all that
ask for it. `disclosure-checker explain AFF002` prints what a rule's page says; `disclosure-checker rules` lists the rules with all of their profiles.

- **severity** is that of the profile `us`; a dash means that `us` does not hold the rule. `error` and `warning` fail a run, `info` does not.
- **needs** says where the facts come from: nothing means from the page alone, `files` from the files of pictures (`--read-image-files`),
  `rendered` from the page as a browser draws it (`--render`), `site` from other pages of the site. Where they are not there the rule is listed as
  not evaluated.
- A rule or a text that is **not verified** was written down without reading the text itself. It never weighs more than `warning`.
- A rule speaks of what a page shows and of who asks for what is absent. None says that a page breaks a law."""


def page(rules: Rules) -> str:
    """The whole page."""
    lines = [MADE, "", "# The rules", "", _READING]
    families: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
    for rule in rules.rules.values():
        families.setdefault(rule.family, []).append(rule)
    for family, found in families.items():
        if found:
            lines += ["", f"## {FAMILIES.get(family, 'Rules')} ({family})", "", *_rules(found, rules)]
    lines += ["", "## Profiles", "", *_profiles(rules), "", "## Whose texts they rest on", "", *_authorities(rules)]
    return "\n".join(lines) + "\n"


def _rules(found: list[Rule], rules: Rules) -> list[str]:
    default = rules.profiles.get(DEFAULT)
    rows = []
    for rule in found:
        holding = default.rules.get(rule.id) if default else None
        rows.append([
            md.link(rule.id, f"docs/{rule.id}.md"),
            md.code(rule.name),
            md.text(rule.text("asks") or ""),
            str(holding.severity) if holding else "-",
            "" if rule.needs == "static" else rule.needs,
        ])  # fmt: skip
    return md.table(["rule", "name", "asks", "severity", "needs"], rows)


def _profiles(rules: Rules) -> list[str]:
    rows = (
        [
            md.link(md.code(profile.id), f"docs/profile-{profile.id}.md"),
            md.text(profile.name),
            md.code(profile.inherits) if profile.inherits else "",
            _weights(profile),
            chosen_for(profile, md.code),
        ]
        for profile in rules.profiles.values()
    )
    return md.table(["profile", "for", "builds on", "rules", "chosen by itself"], rows)


def _weights(profile: Profile) -> str:
    """How many rules of each weight, and how many of them only ask."""
    held = list(profile.rules.values())
    counts = ((sum(each.severity is severity for each in held), severity.value) for severity in Severity)
    asked = sum(not each.verified for each in held)
    told = ", ".join(f"{number} {severity}" for number, severity in counts if number)
    return f"{told}; {asked} only as {'questions' if asked != 1 else 'a question'}" if asked else told


def _authorities(rules: Rules) -> Iterator[str]:
    yield f"{counted(len(rules.authorities), 'text')}, each summed up in our own words."
    yield ""
    used: dict[str, list[str]] = {key: [] for key in rules.authorities}
    for rule in rules.rules.values():
        for key in rule.authorities:
            used[key].append(md.link(rule.id, f"docs/{rule.id}.md"))
    for key, by in used.items():
        yield f"- {authority(rules.authorities[key])}: {', '.join(by) or 'no rule'}"
