"""Checks of content that somebody paid for: whether the page's own marks say so, and whether it is said who paid."""

from __future__ import annotations

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see
from checker.checks.notices import is_seen, ours
from checker.facts import Notice, Page
from checker.model import Confidence
from checker.text import clip

_LABELS = ("sponsored", "ad_label")
# A label of one or two words ("Ad", "Paid partnership") names nobody.
_BARE = 2


@check("has-paid-signs", over="page", values=("sign", "told"))
def has_paid_signs(_subject: Page, page: Page) -> Verdict:
    """The page's address, data or template mark the piece as paid for; whether readers are told is another question."""
    if not page.paid_signs:
        return failed()
    first = page.paid_signs[0]
    values: dict[str, Value] = {"sign": Label(f"paid-by-{first.sign}"), "told": clip(first.text, 60)}
    return passed(see("primary", Label.PAID_SIGN, first.spot or page.headline or page.first_text), values, Confidence.MEDIUM)


@check("names-advertiser", over="page", values=("notice",))
def names_advertiser(_subject: Page, page: Page) -> Verdict:
    """Readers learn who paid: the label goes on with a name, the byline is a company's, or the page's data name a sponsor that stands in the text."""
    labels = [notice for notice in ours(page) if notice.kind in _LABELS and is_seen(notice)]
    values: dict[str, Value] = {"notice": clip(labels[0].text, 80) if labels else None}
    told = any(author.visible and author.kind == "organisation" for author in page.authors) or any(_goes_on(notice) for notice in labels)
    evidence = see("primary", Label.NOTICE_HERE, labels[0].spot if labels else page.headline)
    return passed(evidence, values) if told else failed(evidence, values, Confidence.LOW)


def _goes_on(notice: Notice) -> bool:
    words = notice.text.split()
    return len(words) > _BARE and any(word[:1].isupper() or word[:1] > "\u2fff" for word in words[1:])
