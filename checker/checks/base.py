"""What a check is: a pure function of one subject and its page, whose keyword arguments are the options that a rule may set.

A check never sees markup, only facts. It answers yes (`passed`), no (`failed`) or cannot tell (`unsure`), with the places that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checker.facts import Spot
from checker.model import Confidence, Evidence, Outcome, ReviewReason

Value = str | int | None
Function = Callable[..., "Verdict"]

# What a rule may judge: the page itself, each fact of one kind, a page beside its AMP twin, or each waiver and what became of it.
OVER = ("page", "links", "images", "authors", "author_data", "notices", "twins", "waivers")


class Label(StrEnum):
    """What a reader is told about a place or a manner; the words for each stand in `rules/texts/labels.toml`."""

    LINK_PAYS = "link-pays"
    LINK_MAY_PAY = "link-may-pay"
    NOTICE_HERE = "notice-here"
    NOTICE_HIDDEN = "notice-hidden"
    NOTICE_ASIDE = "notice-aside"
    NOTICE_POINTS = "notice-points"
    NOTICE_UNCLEAR = "notice-unclear"
    NOTICE_SIGN = "notice-sign"
    NOTICE_LATE = "notice-late"
    NOTICE_HEDGED = "notice-hedged"
    NOTICE_BELONGS = "notice-belongs"
    NOTICE_FOREIGN = "notice-foreign"
    NOTICE_FAINT = "notice-faint"
    NOTICE_FAR = "notice-far"
    NOTICE_BELOW = "notice-below"
    LINK_FAR = "link-far"
    PAID_SIGN = "paid-sign"
    PAID_BY_ADDRESS = "paid-by-address"
    PAID_BY_DATA = "paid-by-data"
    PAID_BY_MARKUP = "paid-by-markup"
    SENTENCE_ALTERED = "sentence-altered"
    CLAIM = "claim"
    PLUGIN_BOX = "plugin-box"
    SENTENCE_HERE = "sentence-here"
    SENTENCE_ABSENT = "sentence-absent"
    SENTENCE_UNSEEN = "sentence-unseen"
    SENTENCE_LATE = "sentence-late"
    SENTENCE_HEDGED = "sentence-hedged"
    WORDING_HERE = "wording-here"
    WORDING_NEAR = "wording-near"
    WORDING_HIDDEN = "wording-hidden"
    WORDING_ASIDE = "wording-aside"
    WORDING_BELONGS = "wording-belongs"
    WORDING_ALTERED = "wording-altered"
    WORDING_ELSEWHERE = "wording-elsewhere"
    PLACE_UNDER_HEADLINE = "place-under-headline"
    PLACE_UNDER_STANDFIRST = "place-under-standfirst"
    PLACE_BEFORE_TEXT = "place-before-text"
    PLACE_END = "place-end"
    PLACE_FOOTER = "place-footer"
    IMAGE = "image"
    CREDIT = "credit"
    MAKER = "maker"
    DEED = "deed"
    SOURCE = "source"
    AUTHOR = "author"
    AUTHOR_DATA = "author-data"
    DATE_BELONGS = "date-belongs"
    SURPLUS_MARKER = "surplus-marker"
    SURPLUS_ROLE = "surplus-role"
    SURPLUS_TITLE = "surplus-title"
    SURPLUS_DATE = "surplus-date"
    SURPLUS_ADDRESS = "surplus-address"
    SURPLUS_PUBLISHER = "surplus-publisher"
    BYLINE_BELONGS = "byline-belongs"
    HIDDEN_ATTRIBUTE = "hidden-attribute"
    HIDDEN_STYLE = "hidden-style"
    HIDDEN_DETAILS = "hidden-details"
    HIDDEN_NOSCRIPT = "hidden-noscript"
    HIDDEN_TEMPLATE = "hidden-template"
    HIDDEN_COMMENT = "hidden-comment"
    HIDDEN_SCRIPT = "hidden-script"
    HIDDEN_TITLE = "hidden-title"
    HIDDEN_ALT = "hidden-alt"
    HIDDEN_CONTENT = "hidden-content"
    HIDDEN_DISPLAY = "hidden-display"
    HIDDEN_HOVER = "hidden-hover"
    HIDDEN_CONTROL = "hidden-control"
    HIDDEN_VISIBILITY = "hidden-visibility"
    HIDDEN_OPACITY = "hidden-opacity"
    HIDDEN_ZERO_SIZE = "hidden-zero-size"
    HIDDEN_CLIP = "hidden-clip"
    HIDDEN_CUT = "hidden-cut"
    HIDDEN_SCROLLED = "hidden-scrolled"
    HIDDEN_OFF_SCREEN = "hidden-off-screen"
    HIDDEN_COVERED = "hidden-covered"
    HIDDEN_TRANSPARENT = "hidden-transparent"
    HIDDEN_NO_INK = "hidden-no-ink"
    HIDDEN_SOMEHOW = "hidden-somehow"
    FORM_AMP = "form-amp"
    FORM_MAIN = "form-main"
    WAIVER = "waiver"
    WAIVER_VERB = "waiver-verb"
    WAIVER_NO_RULES = "waiver-no-rules"
    WAIVER_NO_RULE = "waiver-no-rule"
    WAIVER_NO_REASON = "waiver-no-reason"
    WAIVER_READERS = "waiver-readers"
    WAIVER_LONG = "waiver-long"
    WAIVER_MANY = "waiver-many"
    WAIVER_FETCHED = "waiver-fetched"
    WAIVER_NEVER = "waiver-never"
    WAIVER_MANDATORY = "waiver-mandatory"
    WAIVER_OWN = "waiver-own"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one check: pass, violation or needs_review; `values` fill the message."""

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    confidence: Confidence = Confidence.HIGH
    reason: ReviewReason | None = None


def passed(evidence: tuple[Evidence, ...] = (), values: Mapping[str, Value] | None = None, confidence: Confidence = Confidence.HIGH) -> Verdict:
    """What the check asks for is there."""
    return Verdict(Outcome.PASS, evidence, values or {}, confidence)


def failed(evidence: tuple[Evidence, ...] = (), values: Mapping[str, Value] | None = None, confidence: Confidence = Confidence.HIGH) -> Verdict:
    """What the check asks for is not there."""
    return Verdict(Outcome.VIOLATION, evidence, values or {}, confidence)


def unsure(
    reason: ReviewReason, evidence: tuple[Evidence, ...] = (), values: Mapping[str, Value] | None = None, confidence: Confidence = Confidence.MEDIUM
) -> Verdict:
    """The facts do not decide it; a person has to look."""
    return Verdict(Outcome.NEEDS_REVIEW, evidence, values or {}, confidence, reason)


def see(role: str, label: Label, spot: Spot | None) -> tuple[Evidence, ...]:
    """One piece of evidence, or none where the fact has no place on the page."""
    return () if spot is None else (Evidence(role, label, spot),)


@dataclass(frozen=True, slots=True)
class Check:
    """One word of the vocabulary that rules are written in; the function's signature is its schema and its documentation.

    `reads`: fields of the page that are read only where a check asks for them.
    """

    name: str
    over: str
    values: tuple[str, ...]
    function: Function
    reads: tuple[str, ...] = ()

    def __call__(self, subject: Any, page: Any, options: Mapping[str, Any]) -> Verdict:
        """The verdict on one subject of the page."""
        return self.function(subject, page, **options)

    def __reduce__(self) -> tuple[Callable[[str], Check], tuple[str]]:
        # By name, because the function's own name in its module now means this object.
        return _named, (self.name,)

    @property
    def doc(self) -> str:
        """What the check asks, in one sentence."""
        return (self.function.__doc__ or "").strip().split("\n", 1)[0]

    @property
    def options(self) -> tuple[str, ...]:
        """The names of its options."""
        code = self.function.__code__
        return code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]

    @property
    def defaults(self) -> dict[str, Any]:
        """What each option is where a rule does not set it."""
        return dict(self.function.__kwdefaults__ or {})

    @property
    def option_docs(self) -> dict[str, str]:
        """What each option means: the lines `option: meaning` of the docstring."""
        lines = (line.strip().partition(": ") for line in (self.function.__doc__ or "").splitlines())
        return {name: meaning for name, colon, meaning in lines if colon and name in self.options}


def check(name: str, *, over: str, values: tuple[str, ...] = (), reads: tuple[str, ...] = ()) -> Callable[[Function], Check]:
    """Makes a check of a function `(subject, page, *, options…)`; it joins the vocabulary in `checker.checks.CHECKS`."""

    def make(function: Function) -> Check:
        return Check(name, over, values, function, reads)

    return make


def _named(name: str) -> Check:
    from checker.checks import named

    return named(name)
