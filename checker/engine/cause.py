"""What findings have in common that one change mends: the rule and where in the markup they stand, told alike on all pages of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from checker.facts import Spot
from checker.model import Finding


def with_causes(findings: Iterable[Finding], trail: Callable[[Spot | None], str]) -> tuple[Finding, ...]:
    """The findings, each with its cause. `trail` tells where in the markup a spot stands. Nothing else about a finding changes."""
    return tuple(replace(finding, cause=f"{finding.rule} {trail(finding.primary)}") for finding in findings)
