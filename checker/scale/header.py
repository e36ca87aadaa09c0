"""What a report is told before its first page: the rules of the run, who asks for them, and what may differ between equal runs."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from checker.engine.plan import Task
from checker.engine.plans import Plans
from checker.engine.rule import Authority, Rules
from checker.facts import Region
from checker.report.run import AuthorityEntry, RuleEntry, Run
from checker.sources.secrets import masked


@dataclass(frozen=True, slots=True)
class Clock:
    """Which program runs, with how many processes, since when, and how it was called. `blank`: reports are told none of what may differ."""

    version: str
    jobs: int | None
    blank: bool = False
    began: float = field(default_factory=time.monotonic)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def opening(self) -> dict[str, Any]:
        """What is known at the start."""
        if self.blank:
            return {}
        return {
            "started_at": self.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "arguments": _told(sys.argv[1:]),
            "jobs": self.jobs,
            "python": platform.python_version(),
        }

    def closing(self, cached: int | None = None) -> dict[str, Any]:
        """What is known at the end. `cached`: how many pages an earlier run had judged; None where there is no cache."""
        if self.blank:
            return {}
        cache = {"used": cached} if cached is not None else None
        return {"duration_seconds": round(time.monotonic() - self.began, 3), "cache": cache}


def _told(arguments: Sequence[str]) -> list[str]:
    """The command line without what is secret in it: values of headers, and what addresses hold of passwords."""
    told: list[str] = []
    for word in arguments:
        if (told and told[-1] == "--header") or word.startswith("--header="):
            told.append(f"{word.partition(':')[0]}: ***")
        else:
            option, sign, value = word.partition("=") if word.startswith("--") else ("", "", word)
            told.append(f"{option}{sign}{masked(value) if '://' in value else value}")
    return told


def run_of(rules: Rules, digest: str, plans: Plans, fail_on: str, clock: Clock) -> Run:
    """The run as its reports are told: all rules that any of its pages may be judged by. `digest` names the exact contents of the packs."""
    plan = plans.every
    tasks = (*sorted((*plan.tasks, *plan.twin_tasks), key=lambda task: task.rule.id), *plan.waiver_tasks)
    entries = tuple(_rule(task) for task in tasks)
    held = (keys for task in tasks for variant in task.variants for keys in variant.authorities.values())
    cited = sorted({key for keys in (*(entry.authorities for entry in entries), *held) for key in keys})
    authorities = {key: _authority(rules.authorities[key]) for key in cited}
    regions = {str(region): rules.texts.region(region, plan.language) for region in Region}
    return Run(clock.version, digest, plans.profiles, fail_on, entries, authorities, plan.not_evaluated, clock.opening(), regions=regions)


def facts_run(clock: Clock) -> Run:
    """A run that judges nothing."""
    return Run(clock.version, "", (), "never", volatile=clock.opening())


def _rule(task: Task) -> RuleEntry:
    rule = task.rule
    return RuleEntry(rule.id, rule.name, task.severity, rule.text("asks") or "", rule.authorities, rule.path.absolute().as_uri())


def _authority(authority: Authority) -> AuthorityEntry:
    return AuthorityEntry(
        authority.id, authority.name, authority.section, authority.asks, authority.kind, authority.url, authority.checked.isoformat()
    )
