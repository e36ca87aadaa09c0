"""Checks that other packages bring, proven when they are found and watched when they are asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker import plugins
from checker.checks.base import OVER, Check, Label, Verdict
from checker.model import Confidence, Evidence, Outcome, ReviewReason

_VALUE = re.compile(r"[a-z][a-z_]*").fullmatch
_READS = frozenset(("passages",))
_OUTCOMES = (Outcome.PASS, Outcome.VIOLATION, Outcome.NEEDS_REVIEW)


class PluginFailed(RuntimeError):
    """A check of another package failed on a page; the text names the package."""


@dataclass(frozen=True, slots=True)
class Foreign(Check):
    """A check of another package. `package` is its name and version."""

    package: str = ""

    def __call__(self, subject: Any, page: Any, options: Mapping[str, Any]) -> Verdict:
        """The verdict. Raises PluginFailed for whatever goes wrong in the package, so that only its rule is lost."""
        who = plugins.described(plugins.CHECKS, self.name, self.package)
        try:
            verdict = self.function(subject, page, **options)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # SystemExit too: it must not end the run
            raise PluginFailed(f"{who} failed: {plugins.told(fault)}") from fault
        if not _is_verdict(verdict):
            raise PluginFailed(f"{who} gave no verdict, but {type(verdict).__name__}")
        return verdict


def foreign(name: str) -> Check | None:
    """The check that another package brings under this name; None where none does. Raises BadPlugin."""
    plugin = plugins.find(plugins.CHECKS, name)
    if plugin is None:
        return None
    found = plugin.value
    if not isinstance(found, Check):
        raise plugin.fault("is none: make it with checker.checks.base.check")
    if found.name != name:
        raise plugin.fault(f"calls itself {found.name!r}; both names are to be the same")
    if found.over not in OVER:
        raise plugin.fault(f"judges {found.over!r}, which does not exist; allowed: {', '.join(OVER)}")
    if not all(isinstance(value, str) and _VALUE(value) for value in found.values):
        raise plugin.fault("names its values by other than small letters")
    if not callable(found.function) or not hasattr(found.function, "__code__"):
        raise plugin.fault("is not made of a function")
    if not set(found.reads) <= _READS:
        raise plugin.fault(f"reads {', '.join(map(str, found.reads))}; allowed: {', '.join(sorted(_READS))}")
    return Foreign(found.name, found.over, tuple(found.values), found.function, tuple(found.reads), plugin.package)


def _is_verdict(verdict: object) -> bool:
    return (
        isinstance(verdict, Verdict)
        and verdict.outcome in _OUTCOMES
        and isinstance(verdict.confidence, Confidence)
        and (isinstance(verdict.reason, ReviewReason) if verdict.outcome is Outcome.NEEDS_REVIEW else verdict.reason is None)
        and all(isinstance(each, Evidence) for each in verdict.evidence)
        and all(isinstance(value, str | int | Label | None) for value in verdict.values.values())
    )
