"""Which plan holds for a page: the same for all, or the one of the profile that the page's host and language choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from checker.engine.overrides import Override, Selection, fits
from checker.engine.plan import Plan, plan_of
from checker.engine.rule import AUTO, FALLBACK, Profile, Rules
from checker.errors import BadConfig
from checker.facts import Page
from checker.model import Severity
from checker.scopes import Scope


class Plans:
    """The plans of one run, each built when a page first needs it.

    `profiles` are those that were asked for; `every` holds all rules that any page may be judged by.
    """

    def __init__(
        self,
        rules: Rules,
        selection: Selection,
        overrides: Sequence[Override] = (),
        *,
        facts: Sequence[str] = ("static",),
        language: str = FALLBACK,
    ) -> None:
        """`language` is that of the messages. Raises BadConfig for a profile or a rule that does not exist, or that is mandatory and left out."""
        self.profiles = tuple(dict.fromkeys(selection.profiles))
        self._rules = rules
        self._selection, self._overrides, self._facts, self._language = selection, tuple(overrides), facts, language
        self._known: dict[Selection, Plan] = {}
        if any(AUTO in named for named in self._profiles()) and not choosable(rules.profiles):
            raise BadConfig(f'the profile "{AUTO}" chooses among profiles that have a table [auto], and there is none')
        self.every = self._plan(self._every())
        for each in (self._selection, *self._possible()):
            self._ask_left(self._plan(replace(each, profiles=self._whole(each.profiles))))
        self._ask_mandatory()

    @property
    def chooses(self) -> bool:
        """Whether pages may have different profiles."""
        return AUTO in self.profiles or any(each.profiles is not None for each in self._overrides)

    def of(self, page: Page, path: str | None = None, url: str | None = None) -> Plan:
        """The plan for a page. `path` and `url` are what overrides know it by."""
        selection = self._selection.with_overrides(self._overrides, path, url) if self._overrides else self._selection
        plan = self._plan(self._with_chosen(selection, page))
        self._ask_left(plan)
        return plan

    def like(self, profiles: tuple[str, ...], path: str | None = None, url: str | None = None) -> Plan:
        """The plan for a page of which it is known by which profiles it was judged."""
        selection = self._selection.with_overrides(self._overrides, path, url) if self._overrides else self._selection
        return self._plan(replace(selection, profiles=profiles))

    def _with_chosen(self, selection: Selection, page: Page) -> Selection:
        if AUTO not in selection.profiles:
            return selection
        names = (chosen(page, self._rules.profiles) if profile == AUTO else profile for profile in selection.profiles)
        return replace(selection, profiles=tuple(dict.fromkeys(names)))

    def _plan(self, selection: Selection) -> Plan:
        found = self._known.get(selection)
        if found is None:
            found = self._known[selection] = plan_of(self._rules, selection, facts=self._facts, language=self._language)
        return found

    def _profiles(self) -> list[tuple[str, ...]]:
        return [self._selection.profiles, *(each.profiles for each in self._overrides if each.profiles is not None)]

    def _whole(self, profiles: Iterable[str]) -> tuple[str, ...]:
        """The profiles, with all among which "auto" chooses in its place."""
        every = (name for profile in profiles for name in (choosable(self._rules.profiles) if profile == AUTO else (profile,)))
        return tuple(dict.fromkeys(every))

    def _every(self) -> Selection:
        """All that any page may be judged by."""
        base = self._selection
        selects = [base.select, *(each.select for each in self._overrides if each.select is not None)]
        ignores = [base.ignore, *(each.ignore for each in self._overrides if each.ignore is not None)]
        return replace(
            base,
            profiles=self._whole(name for names in self._profiles() for name in names),
            select=() if () in selects else tuple(name for select in selects for name in select),
            # What only some pages leave out is judged on the others.
            ignore=base.ignore if len(ignores) == 1 else (),
        )

    @staticmethod
    def _ask_left(plan: Plan) -> None:
        """An empty gate lets everything through."""
        if plan.groups or plan.on_twins:
            return
        if plan.not_evaluated:
            waiting = ", ".join(f"{rule} ({needs})" for rule, needs in plan.not_evaluated.items())
            raise BadConfig(f"no rule is left to judge: those that are selected need what this run does not have: {waiting}")
        raise BadConfig("no rule is left to judge: those that are selected are ignored, or no chosen profile holds them")

    def _possible(self) -> list[Selection]:
        """What each override alone makes of the selection: whatever it names must exist before the first page is read."""
        alone = [replace(each, scope=Scope()) for each in self._overrides]
        found = [self._selection.with_overrides([each], None, None) for each in alone]
        return [replace(each, profiles=self._whole(each.profiles)) for each in found]

    def _ask_mandatory(self) -> None:
        """A rule that nothing can waive must be judged on every page, and weigh as much as its profiles say."""
        for rule in (each for each in self._rules.rules if fits(each, self._selection.mandatory)):
            ignores = (self._selection.ignore, *(each.ignore or () for each in self._overrides))
            if any(fits(rule, ignore) for ignore in ignores):
                raise BadConfig(f"{rule} is mandatory and cannot be ignored")
            if (needs := self._rules.rules[rule].needs) not in self._facts:
                raise BadConfig(f"{rule} is mandatory and cannot be judged in this run: it needs {needs}")
            for named in self._chosen_together():
                held = [self._rules.profiles[name].rules[rule].severity for name in named if rule in self._rules.profiles[name].rules]
                if not held:
                    raise BadConfig(f"{rule} is mandatory, and no profile of {', '.join(named)} holds it")
                self._ask_weight(rule, max(held, key=lambda severity: severity.weight))

    def _ask_weight(self, rule: str, held: Severity) -> None:
        given = (pair for pairs in (self._selection.severities, *(each.severities for each in self._overrides)) for pair in pairs)
        for pattern, severity in given:
            if fits(rule, (pattern,)) and severity.weight < held.weight:
                raise BadConfig(f"{rule} is mandatory and cannot be made lighter than its profiles make it ({held}): {pattern} = {severity}")

    def _chosen_together(self) -> Iterator[tuple[str, ...]]:
        """The profiles that a page may have, each set of them."""
        for named in self._profiles():
            for one in choosable(self._rules.profiles) if AUTO in named else (None,):
                yield tuple(dict.fromkeys(one if name == AUTO and one is not None else name for name in named))


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
