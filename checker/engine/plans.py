"""Which plan holds for a page: the same for all, or the one of the profile that the page's host and language choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.engine.plan import Plan, plan
from checker.engine.rule import AUTO, FALLBACK, Profile, Rules
from checker.errors import BadConfig
from checker.facts import Page


class Plans:
    """The plans of one run, each built when a page first needs it.

    `profiles` are those that were asked for; `every` holds all rules that any page may be judged by.
    """

    def __init__(
        self,
        rules: Rules,
        profiles: Sequence[str],
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        facts: Sequence[str] = ("static",),
        language: str = FALLBACK,
    ) -> None:
        """`language` is that of the messages. Raises BadConfig for a profile or a rule that does not exist."""
        self.profiles = tuple(dict.fromkeys(profiles))
        self._rules = rules
        self._select, self._ignore, self._facts, self._language = select, ignore, facts, language
        self._known: dict[tuple[str, ...], Plan] = {}
        every = [name for profile in self.profiles for name in (choosable(rules.profiles) if profile == AUTO else [profile])]
        if AUTO in self.profiles and len(every) < len(self.profiles):
            raise BadConfig(f'the profile "{AUTO}" chooses among profiles that have a table [auto], and there is none')
        self.every = self._plan(tuple(dict.fromkeys(every)))

    @property
    def chooses(self) -> bool:
        """Whether pages may have different profiles."""
        return AUTO in self.profiles

    def of(self, page: Page) -> Plan:
        """The plan for a page."""
        if not self.chooses:
            return self.every
        names = (chosen(page, self._rules.profiles) if profile == AUTO else profile for profile in self.profiles)
        return self._plan(tuple(dict.fromkeys(names)))

    def _plan(self, names: tuple[str, ...]) -> Plan:
        found = self._known.get(names)
        if found is None:
            chosen = plan(self._rules, names, select=self._select, ignore=self._ignore, facts=self._facts, language=self._language)
            found = self._known[names] = chosen
        return found


def choosable(profiles: Mapping[str, Profile]) -> list[str]:
    """The profiles among which "auto" chooses."""
    return [profile.id for profile in profiles.values() if profile.domains or profile.languages or profile.otherwise]


def chosen(page: Page, profiles: Mapping[str, Profile]) -> str:
    """The profile for a page: the longest end of its host that one names, else its language, else the profile for all other pages."""
    labels = (page.own_host or "").lower().rstrip(".").split(".")
    ends = [".".join(labels[at:]) for at in range(len(labels))]
    by_end = {domain: profile.id for profile in profiles.values() for domain in profile.domains}
    by_language = {language: profile.id for profile in reversed(list(profiles.values())) for language in profile.languages}
    otherwise = [profile.id for profile in profiles.values() if profile.otherwise] or choosable(profiles)
    return next((by_end[end] for end in ends if end in by_end), None) or by_language.get(page.language or "") or otherwise[0]
