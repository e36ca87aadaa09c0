"""The counts of a run: every input and every finding once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checker.facts import Verdicts
from checker.model import Outcome, PageReport, Severity
from checker.report.causes import Causes

# What pages without paid links have.
_UNPAID = frozenset(("not_needed", "notice_without_links"))


@dataclass(slots=True)
class RuleCount:
    """How often one rule fired, on how many pages, and what it cost."""

    violations: int = 0
    needs_review: int = 0
    pages: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Share:
    """The pages of one author, section or network: how many there are, how many of them have findings, and how many findings."""

    pages: int = 0
    with_findings: int = 0
    violations: int = 0
    needs_review: int = 0


@dataclass(slots=True)
class Summary:
    """Running counts. Only findings in the state `new` count as violations or reviews; waived ones are counted by their state.

    `left_out`: by the reason, how many of those that were skipped are not named one by one. `excluded`: pages that the settings leave out;
    `unchanged`: those that are the same as in the commit that a run is compared with. The None among authors, sections and networks stands for
    pages without one. `twins_compared`: pages that were held against their AMP twins; `twins_waiting`: those whose other form was not read.
    `drawn`: pages that a browser drew; `not_measurable`: those of them of which at some size nothing that was measured can be trusted.
    `verdicts`: by the kind of verdict, how many of the pages that were checked have which; `paid`: those of them that have paid links, `plain_first`
    those that say plainly before the first of these that they earn; of a page that a browser drew, at every size at which it was measurable.
    """

    checked: int = 0
    cached: int = 0
    not_checked: int = 0
    skipped: int = 0
    deduplicated: int = 0
    excluded: int = 0
    unchanged: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    rule_crashes: int = 0
    violations: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    needs_review: int = 0
    suppressed: int = 0
    baselined: int = 0
    stale_baseline: int = 0
    twins_compared: int = 0
    twins_waiting: int = 0
    drawn: int = 0
    not_measurable: int = 0
    unlocated: int = 0
    pages_with_violations: int = 0
    pages_with_findings: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    picture_files: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, dict[str, int]] = field(default_factory=lambda: {kind: {} for kind in ("affiliate_notice", "author", "image_credits")})
    paid: int = 0
    plain_first: int = 0
    by_rule: dict[str, RuleCount] = field(default_factory=dict)
    by_author: dict[str | None, Share] = field(default_factory=dict)
    by_section: dict[str | None, Share] = field(default_factory=dict)
    by_network: dict[str | None, Share] = field(default_factory=dict)
    causes: Causes = field(default_factory=Causes)

    @property
    def inputs(self) -> int:
        """Everything that was named or found, duplicates too."""
        return self.checked + self.not_checked + self.skipped + self.deduplicated + self.excluded + self.unchanged

    @property
    def incomplete(self) -> int:
        """Inputs that were not checked, and pages on which a rule crashed."""
        return self.not_checked + self.rule_crashes

    def leave_out(self, counts: Mapping[str, int]) -> None:
        """Count what was skipped and is not named."""
        for why, count in counts.items():
            self.skipped += count
            self.left_out[why] = self.left_out.get(why, 0) + count

    def add(self, report: PageReport) -> None:
        """Count one input; what is said about the settings is no input, but its findings count."""
        if report.status == "settings":
            self._findings(report)
            return
        if report.status == "skipped":
            self.skipped += 1
            return
        if report.status != "checked":
            self.not_checked += 1
            reason = str(report.reason or "unknown")
            self.reasons[reason] = self.reasons.get(reason, 0) + 1
            return
        self.checked += 1
        self.cached += report.cached
        self.unlocated += report.unlocated
        if report.drawn is not None:
            self.drawn += 1
            self.not_measurable += not (report.drawn.views and all(view.measurable for view in report.drawn.views))
        self.rule_crashes += Outcome.NOT_CHECKED in report.outcomes.values()
        for how, count in report.picture_files.items():
            self.picture_files[how] = self.picture_files.get(how, 0) + count
        for rule, seconds in report.seconds.items():
            self._rule(rule).seconds += seconds
        if report.about is not None:
            self._verdicts(report.about.verdicts, report.seen)
        self._findings(report)

    def _verdicts(self, markup: Verdicts, seen: Iterable[Verdicts | None]) -> None:
        for kind, pages in self.verdicts.items():
            found = getattr(markup, kind)
            pages[found] = pages.get(found, 0) + 1
        told = [each.affiliate_notice for each in seen if each is not None] or [markup.affiliate_notice]
        paid = [verdict for verdict in told if verdict not in _UNPAID]
        self.paid += bool(paid)
        self.plain_first += bool(paid) and all(verdict == "clear_before" for verdict in paid)

    def _findings(self, report: PageReport) -> None:
        fired: set[str] = set()
        violations = needs_review = 0
        for finding in report.findings:
            if finding.state == "suppressed":
                self.suppressed += 1
                continue
            if finding.state == "baselined":
                self.baselined += 1
                continue
            count = self._rule(finding.rule)
            if finding.outcome is Outcome.VIOLATION:
                self.violations[finding.severity] += 1
                count.violations += 1
                violations += 1
            else:
                self.needs_review += 1
                count.needs_review += 1
                needs_review += 1
            fired.add(finding.rule)
        for rule in fired:
            self._rule(rule).pages += 1
        self.causes.add((finding for finding in report.findings if finding.state == "new"), report.source)
        if report.status == "settings":
            return
        self.pages_with_violations += bool(violations)
        self.pages_with_findings += bool(fired)
        for share in self._shares(report):
            share.pages += 1
            share.with_findings += bool(fired)
            share.violations += violations
            share.needs_review += needs_review

    def _shares(self, report: PageReport) -> Iterator[Share]:
        about = report.about
        if about is None:
            return
        for shares, names in ((self.by_author, about.authors), (self.by_section, (about.section,)), (self.by_network, about.networks)):
            for name in dict.fromkeys(names or (None,)):
                yield shares.setdefault(name, Share())

    def _rule(self, rule: str) -> RuleCount:
        return self.by_rule.setdefault(rule, RuleCount())


def counted(reports: Iterable[PageReport], deduplicated: int = 0) -> Summary:
    """The summary of these reports."""
    summary = Summary(deduplicated=deduplicated)
    for report in reports:
        summary.add(report)
    return summary
