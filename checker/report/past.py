"""An earlier run, as far as a later report holds itself against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Past:
    """The counts of a run. `began`: when, as it was told (ISO 8601), else None; `name`: what its report is called.

    `verdicts`: by the kind of verdict, how many pages have which; None where the report does not tell. `paid`: pages with paid links, `plain_first`
    those of them that say plainly before the first of these that they earn.
    """

    name: str
    began: str | None
    checked: int
    not_checked: int
    with_violations: int
    with_findings: int
    violations: Mapping[str, int] = field(default_factory=dict)
    needs_review: int = 0
    verdicts: Mapping[str, Mapping[str, int]] | None = None
    paid: int | None = None
    plain_first: int | None = None
