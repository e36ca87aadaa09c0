"""Which rules are judged, and how much they weigh: for all pages, and otherwise for some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from checker.engine.rule import Rules
from checker.model import Severity
from checker.scopes import Scope

# A family stands for all of its rules; so long is its name.
_FAMILY = 3
_LIKE_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Override:
    """Other choices for the pages of a scope; None leaves a choice as it is. `severities` are added to those that hold already."""

    scope: Scope
    profiles: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severities: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The profiles whose rules hold; the rules among them that are judged (no `select`: all), by id, family or glob; and their severities.

    Where several patterns of `severities` fit a rule, the last counts. `mandatory` rules are judged whatever else is selected.
    """

    profiles: tuple[str, ...] = ("us",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    mandatory: tuple[str, ...] = ()

    def with_overrides(self, overrides: Iterable[Override], path: str | None, url: str | None) -> Selection:
        """The selection for a page: the last override that fits it has the last word on each choice."""
        found = self
        for each in overrides:
            if each.scope.holds(path, url):
                found = replace(
                    found,
                    profiles=found.profiles if each.profiles is None else each.profiles,
                    select=found.select if each.select is None else each.select,
                    ignore=found.ignore if each.ignore is None else each.ignore,
                    severities=found.severities + each.severities,
                )
        return found

    def wants(self, rule_id: str) -> bool:
        """Whether the rule is judged where a profile holds it."""
        if fits(rule_id, self.mandatory):
            return True
        return (not self.select or fits(rule_id, self.select)) and not fits(rule_id, self.ignore)

    def severity(self, rule_id: str) -> Severity | None:
        """The severity that the rule is given in place of the profile's own."""
        return next((severity for pattern, severity in reversed(self.severities) if fits(rule_id, (pattern,))), None)


def fits(rule_id: str, patterns: Iterable[str]) -> bool:
    """Whether a rule is named by one of these: its id, its family, or a glob.

    >>> fits("IMG401", ["img"]), fits("IMG401", ["IMG40?"]), fits("IMG401", ["AFF*"])
    (True, True, False)
    """
    return any(fnmatchcase(rule_id, _glob(pattern)) for pattern in patterns)


def _glob(pattern: str) -> str:
    name = pattern.upper()
    return f"{name}*" if len(name) == _FAMILY and name.isalpha() else name


def why_no_rule(pattern: str, rules: Rules) -> str | None:
    """What is wrong with a pattern that names no rule; None where it names one."""
    if any(fits(rule_id, (pattern,)) for rule_id in rules.rules):
        return None
    families = sorted({rule.family for rule in rules.rules.values()})
    close = meant(pattern, rules.rules)
    hint = f'; did you mean "{close}"?' if close else ""
    return f'there is no rule "{pattern}"; there are the families {", ".join(families)} and the rules {", ".join(sorted(rules.rules))}{hint}'


def meant(pattern: str, known: Iterable[str]) -> str | None:
    """The rule or the family that was most likely meant by a pattern that names none.

    >>> meant("AFF02", ["AFF002", "AFF023"]), meant("IMG4O1", ["IMG401", "IMG410"])
    ('AFF002', 'IMG401')
    """
    from checker.text import nearest

    rules = sorted(known)
    # "AFF02" is the second rule with a nought lost, not a slip for the twenty-third, and an O among digits is a nought.
    whole = f"{pattern[:3].upper()}{pattern[3:].upper().translate(_LIKE_DIGITS).zfill(3)}"
    stem = pattern.rstrip("*")
    return whole if whole in rules else nearest(stem, sorted({rule[:_FAMILY] for rule in rules}) if len(stem) <= _FAMILY else rules)


def why_no_profile(name: str, known: Mapping[str, object]) -> str | None:
    """What is wrong with the name of a profile that does not exist; None where it does."""
    if name in known:
        return None
    from checker.text import nearest

    close = nearest(name, list(known))
    hint = f'; did you mean "{close}"?' if close else ""
    return f'there is no profile "{name}"; there are: {", ".join(sorted(known)) or "none"}{hint}'
