"""The closed vocabulary that rules are written in. A new check is written in one of these modules and named here."""

from __future__ import annotations

from functools import cache

from checker.checks.author_data import author_data_is_name, author_data_is_one, author_data_type_fits, authors_agree
from checker.checks.authors import author_is_software, author_leads_somewhere, has_author, has_date
from checker.checks.base import OVER, Check, Label, Value, Verdict
from checker.checks.claims import has_altered_sentence, has_claim, has_prescribed_sentence
from checker.checks.credit_formats import credit_has_format
from checker.checks.images import (
    credit_names_agency,
    credit_names_licence,
    credit_names_maker,
    credit_names_someone,
    has_credit,
    image_comes_from,
    licence_is_followed,
)
from checker.checks.known_authors import author_is_listed
from checker.checks.links import (
    has_monetised_links,
    has_paid_links,
    has_table_of_links,
    link_has_label,
    link_names,
    link_shows_target,
    rel_has,
)
from checker.checks.notices import has_injected_notice, has_notice
from checker.checks.own_ids import carries_own_id
from checker.checks.paid_content import has_paid_signs, names_advertiser
from checker.checks.picture_data import (
    credit_agrees_with_data,
    credit_agrees_with_file,
    data_says,
    is_generated,
    is_in_data,
    says_generated,
)
from checker.checks.prominence import notice_is_prominent, notice_on_first_screen, notice_stays_near
from checker.checks.twins import twins_sell, twins_share_notice
from checker.checks.waivers import waiver_is
from checker.checks.wordings import has_wording, notice_stands

__all__ = ["CHECKS", "OVER", "Check", "Label", "Value", "Verdict", "by_name", "named"]

CHECKS: tuple[Check, ...] = (
    author_data_is_name,
    author_data_is_one,
    author_data_type_fits,
    author_is_listed,
    author_is_software,
    author_leads_somewhere,
    authors_agree,
    carries_own_id,
    credit_agrees_with_data,
    credit_agrees_with_file,
    credit_has_format,
    credit_names_agency,
    credit_names_licence,
    credit_names_maker,
    credit_names_someone,
    data_says,
    has_altered_sentence,
    has_author,
    has_claim,
    has_credit,
    has_date,
    has_injected_notice,
    has_monetised_links,
    has_notice,
    has_paid_links,
    has_paid_signs,
    has_prescribed_sentence,
    has_table_of_links,
    has_wording,
    image_comes_from,
    is_generated,
    is_in_data,
    licence_is_followed,
    link_has_label,
    link_names,
    link_shows_target,
    names_advertiser,
    notice_is_prominent,
    notice_on_first_screen,
    notice_stands,
    notice_stays_near,
    rel_has,
    says_generated,
    twins_sell,
    twins_share_notice,
    waiver_is,
)


@cache
def by_name() -> dict[str, Check]:
    """The checks by the names that rules call them."""
    return {check.name: check for check in CHECKS}


def named(name: str) -> Check:
    """The check that a rule calls so: our own, else the one that another package brings. Raises KeyError where there is none, and BadPlugin."""
    found = by_name().get(name)
    if found is None:
        from checker.checks.foreign import foreign

        found = foreign(name)
    if found is None:
        raise KeyError(name)
    return found
