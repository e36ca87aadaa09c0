"""The closed vocabulary that rules are written in. A new check is written in one of these modules and named here."""

from __future__ import annotations

from functools import cache

from checker.checks.authors import has_author
from checker.checks.base import OVER, Check, Label, Value, Verdict
from checker.checks.claims import has_claim, has_prescribed_sentence
from checker.checks.images import credit_names_someone, has_credit
from checker.checks.links import has_monetised_links, has_paid_links, rel_has
from checker.checks.notices import has_injected_notice, has_notice

__all__ = ["CHECKS", "OVER", "Check", "Label", "Value", "Verdict", "by_name"]

CHECKS: tuple[Check, ...] = (
    credit_names_someone,
    has_author,
    has_claim,
    has_credit,
    has_injected_notice,
    has_monetised_links,
    has_notice,
    has_paid_links,
    has_prescribed_sentence,
    rel_has,
)


@cache
def by_name() -> dict[str, Check]:
    """The checks by the names that rules call them."""
    return {check.name: check for check in CHECKS}
