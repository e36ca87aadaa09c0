"""Waivers: what the settings, or a page itself, say of findings that are known and accepted. Pure: today is handed in.

A waiver never makes a finding go away: it changes its state, and what becomes of the waiver is judged by rules over "waivers".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from checker.engine.judge import judge_waivers
from checker.engine.overrides import fits, meant
from checker.engine.plan import Plan
from checker.engine.rule import Rules
from checker.facts import Spot, WaiverUse
from checker.model import Finding, Outcome, PageReport, Waiver, WaiverEntry
from checker.scopes import Scope

WAIVERS = "waivers"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all waivers of a run: the rules that there are, those that nothing waives, and whether a waiver needs a reason.

    `mandatory`: by the settings; `own`: the rules that judge waivers.
    """

    known: frozenset[str]
    mandatory: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    reason_needed: bool = True

    @classmethod
    def of(cls, rules: Rules, mandatory: Sequence[str] = (), *, reason_needed: bool = True) -> Terms:
        """Those of these rules. `mandatory` names rules by id, by family, or with globs."""
        own = frozenset(rule.id for rule in rules.rules.values() if rule.select.over == WAIVERS)
        return cls(frozenset(rules.rules), frozenset(each for each in rules.rules if fits(each, mandatory)), own, reason_needed)

    def refused(self, rules: Iterable[str]) -> str | None:
        """Why none of these rules can be waived, as a key; None where one can."""
        named = frozenset(rules)
        if not named or not named <= self.mandatory | self.own:
            return None
        return "own" if named <= self.own else "mandatory"


@dataclass(frozen=True, slots=True)
class Waive:
    """A `[[waive]]` of the settings. `rules` by id, by family, or with globs; `expires_on`: the last day on which it holds.

    `fingerprint`: that of the one finding that is meant. `where`: its file and line.
    """

    scope: Scope
    rules: tuple[str, ...]
    reason: str | None = None
    owner: str | None = None
    expires_on: date | None = None
    fingerprint: str | None = None
    where: str | None = None

    @property
    def waiver(self) -> Waiver:
        """As findings carry it."""
        return Waiver("settings", self.reason, self.owner, self.expires_on.isoformat() if self.expires_on else None, self.where)


@dataclass(frozen=True, slots=True)
class Part:
    """The rules of a waiver that fared alike. `fault` and `hint` as in `checker.facts.WaiverUse`."""

    status: str
    rules: tuple[str, ...]
    findings: int = 0
    fault: str | None = None
    hint: str | None = None


def parts_of(fates: Iterable[Part]) -> list[Part]:
    """The parts of a waiver, those that fared alike made one, in the order in which they were named."""
    found: dict[tuple[str, str | None, str | None], Part] = {}
    for each in fates:
        key = (each.status, each.fault, each.hint)
        one = found.get(key)
        found[key] = each if one is None else replace(one, rules=one.rules + each.rules, findings=one.findings + each.findings)
    return list(found.values())


def entry_of(part: Part, waiver: Waiver, target: str, plan: Plan) -> WaiverEntry:
    """The part as a report tells it."""
    detail = None
    if part.fault is not None:
        detail = plan.texts.label(f"waiver-{part.fault.replace('_', '-')}", plan.language) + (f": {part.hint}" if part.hint else "")
    return WaiverEntry(waiver, part.rules, target, part.status, part.findings, detail)


class Waivers:
    """The `[[waive]]` of a run. Every page goes through `apply`, in order and in one process, because only all of them know what is unused.

    Unused is one that names its pages, all of which were judged; and one that meets some page, where the run reads the `whole` of its scope.
    """

    def __init__(
        self,
        waives: Sequence[Waive],
        plan: Plan,
        terms: Terms,
        *,
        today: date,
        whole: Callable[[Scope], bool],
        source: str,
        path_of: Callable[[str], str | None],
    ) -> None:
        """`plan` speaks of waivers; `source` names the settings; `path_of` gives the path of an input from their folder."""
        self._waives, self._plan, self._terms, self._source, self._path_of = tuple(waives), plan, terms, source, path_of
        self._fates = [self._fate_of(waive, today) for waive in self._waives]
        # For each rule the waivers that may waive it, with the pattern that names it: those that name their pages by these, and the others.
        self._by_name: dict[str, dict[str, list[tuple[int, str]]]] = {}
        self._by_glob: dict[str, list[tuple[int, str]]] = {}
        self._named: dict[str, list[int]] = {}
        for number, waive in enumerate(self._waives):
            self._index(number, waive)
        self._used: dict[tuple[int, str], int] = {}
        self._met: dict[int, set[str]] = {}
        self._whole = [whole(waive.scope) for waive in self._waives]
        # Those without the name of a page that have met none yet.
        self._waiting = {number for number, waive in enumerate(self._waives) if not waive.scope.names_pages}
        self._judged_for: dict[int, set[str]] = {}
        self._judged: set[str] = set()
        # Rules of which nothing is known on a page that a waiver may speak of; None: all of them.
        self._unknown: dict[int, set[str] | None] = {}

    def apply(self, report: PageReport) -> PageReport:
        """The report with its waived findings marked."""
        if report.status not in ("checked", "not_checked") or not self._waives:
            return report
        path, url = self._path_of(report.source), report.address
        names = _names(path, url)
        judged = {rule for rule, outcome in report.outcomes.items() if outcome is not Outcome.NOT_CHECKED}
        self._judged |= judged
        if report.status == "not_checked":
            self._doubt(path, names, None)
            return report
        if len(judged) < len(report.outcomes):
            self._doubt(path, names, report.outcomes.keys() - judged)
        for name in names:
            for number in self._named.get(name, ()):
                self._met.setdefault(number, set()).add(name)
                self._judged_for.setdefault(number, set()).update(judged)
        reach: dict[int, bool] = {}
        self._waiting -= {number for number in self._waiting if self._reaches(number, path, names, reach)}
        return replace(report, findings=tuple(self._marked(finding, path, names, reach) for finding in report.findings))

    def entries(self) -> tuple[WaiverEntry, ...]:
        """Every waiver, and what became of it."""
        found = enumerate(self._waives)
        return tuple(entry_of(part, waive.waiver, _target(waive), self._plan) for number, waive in found for part in self._parts(number))

    def report(self) -> PageReport | None:
        """What there is to say about the waivers themselves, as the report on the settings; None where there is nothing."""
        uses = [_use(waive, part) for number, waive in enumerate(self._waives) for part in self._parts(number)]
        judgement = judge_waivers(uses, self._plan, self._source)
        if not judgement.findings and not judgement.problems:
            return None
        return PageReport(
            source=self._source,
            status="settings",
            page_key=self._source,
            profiles=self._plan.profiles,
            findings=judgement.findings,
            outcomes=judgement.outcomes,
            problems=judgement.problems,
        )

    # Before the first page ---------------------------------------------------------------------------------------------------------------
    def _fate_of(self, waive: Waive, today: date) -> dict[str, Part]:
        """What is known of each of its patterns before the first page; nothing of those that are to be waited for."""
        if not (waive.reason or "").strip() and self._terms.reason_needed:
            return {pattern: Part("malformed", (pattern,), fault="no_reason") for pattern in waive.rules}
        fates: dict[str, Part] = {}
        for pattern in dict.fromkeys(waive.rules):
            named = self._rules_of(pattern)
            why = self._terms.refused(named)
            if not named:
                fates[pattern] = Part("malformed", (pattern,), fault="no_rule", hint=told_rule(pattern, self._terms.known))
            elif why is not None:
                fates[pattern] = Part("refused", (pattern,), fault=why)
            elif waive.expires_on is not None and waive.expires_on < today:
                fates[pattern] = Part("expired", (pattern,))
        return fates

    def _rules_of(self, pattern: str) -> list[str]:
        return [rule for rule in self._terms.known if fits(rule, (pattern,))]

    def _index(self, number: int, waive: Waive) -> None:
        exact = waive.scope.names_pages
        pages = [_plain(each) for each in (*waive.scope.paths, *waive.scope.urls)]
        for pattern in dict.fromkeys(waive.rules):
            if pattern in self._fates[number]:
                continue
            for rule in sorted(frozenset(self._rules_of(pattern)) - self._terms.mandatory - self._terms.own):
                if not exact:
                    self._by_glob.setdefault(rule, []).append((number, pattern))
                for page in pages if exact else ():
                    self._by_name.setdefault(rule, {}).setdefault(page, []).append((number, pattern))
        for page in pages if exact else ():
            self._named.setdefault(page, []).append(number)

    # A page ------------------------------------------------------------------------------------------------------------------------------
    def _marked(self, finding: Finding, path: str | None, names: Sequence[str], reach: dict[int, bool]) -> Finding:
        """The finding; waived by the first that speaks of it, and by one that names the page before one that does not."""
        if finding.state != "new":
            return finding
        by_name = self._by_name.get(finding.rule, {})
        exact = sorted(each for name in names for each in by_name.get(name, ()))
        for number, pattern in (*exact, *self._by_glob.get(finding.rule, ())):
            waive = self._waives[number]
            if waive.fingerprint not in (None, finding.fingerprint) or not self._reaches(number, path, names, reach):
                continue
            self._used[number, pattern] = self._used.get((number, pattern), 0) + 1
            return replace(finding, state="suppressed", waiver=waive.waiver)
        return finding

    def _reaches(self, number: int, path: str | None, names: Sequence[str], reach: dict[int, bool]) -> bool:
        if number not in reach:
            scope = self._waives[number].scope
            reach[number] = scope.names_pages or scope.holds(path, None) or any(scope.holds(None, name) for name in names)
        return reach[number]

    def _doubt(self, path: str | None, names: Sequence[str], rules: Iterable[str] | None) -> None:
        """Keep in mind that a page was not judged by these rules (None: by none at all); where its address is unknown it may be anybody's."""
        for number, waive in enumerate(self._waives):
            if (rules is None and waive.scope.urls) or waive.scope.holds(path, None) or any(waive.scope.holds(None, name) for name in names):
                known = self._unknown.get(number, set())
                self._unknown[number] = None if rules is None or known is None else known | set(rules)

    # The end -----------------------------------------------------------------------------------------------------------------------------
    def _parts(self, number: int) -> list[Part]:
        fates = self._fates[number]
        return parts_of(fates.get(pattern) or self._fate(number, pattern) for pattern in dict.fromkeys(self._waives[number].rules))

    def _fate(self, number: int, pattern: str) -> Part:
        count = self._used.get((number, pattern), 0)
        if count:
            return Part("used", (pattern,), count)
        return Part("unused" if self._is_unused(number, pattern) else "idle", (pattern,))

    def _is_unused(self, number: int, pattern: str) -> bool:
        unknown = self._unknown.get(number, set())
        rules = set(self._rules_of(pattern))
        if unknown is None or rules & unknown:
            return False
        scope = self._waives[number].scope
        if scope.names_pages:
            met = {_plain(each) for each in (*scope.paths, *scope.urls)} <= self._met.get(number, set())
            return met and bool(rules & self._judged_for[number])
        return self._whole[number] and number not in self._waiting and bool(rules & self._judged)


def told_rule(written: str, known: Iterable[str]) -> str:
    """What was written in place of a rule, and which was meant."""
    close = meant(written, known)
    return f'"{written}"' + (f' → "{close}"' if close else "")


def _names(path: str | None, url: str | None) -> tuple[str, ...]:
    """All that a page may be named by: an address with and without what stands behind its path."""
    found = [each for each in (path, url) if each]
    return tuple(dict.fromkeys(name for each in found for name in (each, each.partition("#")[0].partition("?")[0])))


def _plain(pattern: str) -> str:
    return pattern.removeprefix("./")


def _target(waive: Waive) -> str:
    return str(waive.scope) + (f", {waive.fingerprint}" if waive.fingerprint else "")


def _use(waive: Waive, part: Part) -> WaiverUse:
    _, _, line = (waive.where or "").rpartition(":")
    number = int(line) if line.isdecimal() else None
    quote = f"waive {', '.join(part.rules)}: {waive.scope}"
    spot = Spot(-1, None, quote, line=number, column=1 if number else None)
    anchor = f"{_target(waive)} {' '.join(sorted(waive.rules))}"
    ends = waive.expires_on.isoformat() if waive.expires_on else None
    return WaiverUse("settings", part.rules, _target(waive), part.status, spot, anchor, part.fault, part.hint, ends)
