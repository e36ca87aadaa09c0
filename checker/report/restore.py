"""The values of a report made into what reports are fed with: the way back of `checker.report.entries`.

Whoever hands values in has had them validated; keys that a later version added are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checker.facts import Spot, Tier, Verdicts
from checker.model import (
    About,
    Confidence,
    Evidence,
    Finding,
    Http,
    NotCheckedReason,
    Outcome,
    PageReport,
    Review,
    ReviewReason,
    Severity,
    Shows,
    Story,
    Waiver,
    WaiverEntry,
)
from checker.outline import outline_of
from checker.report.rendering import pictures_of, restored
from checker.report.run import AuthorityEntry, RuleEntry, Run

_Entry = Mapping[str, Any]
# Every page has the outcomes of 50 rules, and asking the enum takes ten times as long.
_OUTCOMES = {str(outcome): outcome for outcome in Outcome}


def run_of(head: _Entry) -> Run:
    """The run before its first page. `head` holds all members of a report but pages and findings."""
    return Run(
        version=head["tool"]["version"],
        rules_digest=head["tool"]["rules_digest"],
        profiles=tuple(head["profiles"]),
        fail_on=head["fail_on"],
        strict_baseline=head["strict_baseline"],
        rules=tuple(_rule(entry) for entry in head["rules"]),
        authorities={entry["id"]: _authority(entry) for entry in head["authorities"]},
        not_evaluated={entry["rule"]: entry["needs"] for entry in head["not_evaluated"]},
        volatile=dict(head["run"]),
        regions=dict(head["regions"]),
    )


def page_report(page: _Entry, findings: Sequence[_Entry], *, cached: bool = False) -> PageReport:
    """One input with its findings. `cached`: they are those of an earlier run."""
    drawn, seen, contradictions = restored(page["rendering"])
    return PageReport(
        source=page["source"],
        status=page["status"],
        page_key=page["page_key"],
        reason=NotCheckedReason(page["reason"]) if page["reason"] else None,
        detail=page["detail"],
        about=_about(page) if page["page_type"] is not None else None,
        profiles=tuple(page["profiles"]),
        waivers=tuple(waiver_entry(entry) for entry in page["waivers"]),
        findings=tuple(finding_of(entry) for entry in findings),
        outcomes={rule: _OUTCOMES[outcome] for rule, outcome in page["outcomes"].items()},
        problems=tuple(page["problems"]),
        picture_files=dict(page["picture_files"]),
        unlocated=page["unlocated"],
        sha256=page["sha256"],
        address=page["address"],
        http=_http(page["http"]) if page["http"] else None,
        cached=cached,
        story=_story(page["story"]) if page["story"] else None,
        drawn=drawn,
        pictures=pictures_of(page["rendering"]),
        seen=seen,
        contradictions=contradictions,
        outline=outline_of(page["outline"]) if page["outline"] is not None else None,
    )


def finding_of(entry: _Entry) -> Finding:
    """One finding.

    Reports do not keep the names of nodes, so its spots are known by line and column alone; results in a cache do, as `node` and `skip`.
    """
    review = entry["review"]
    return Finding(
        rule=entry["rule"],
        name=entry["name"],
        outcome=Outcome(entry["outcome"]),
        severity=Severity(entry["severity"]),
        confidence=Confidence(entry["confidence"]),
        message=entry["message"],
        why=entry["why"],
        fix=entry["fix"],
        authorities=tuple(entry["authorities"]),
        evidence=tuple(_evidence(each) for each in entry["evidence"]),
        anchor=entry["anchor"],
        fingerprint=entry["fingerprint"],
        page_key=entry["page_key"],
        profiles=tuple(entry["profiles"]),
        review=Review(ReviewReason(review["reason"]), review["question"], review["yes"]) if review else None,
        paste=entry["paste"],
        paste_language=entry["paste_language"],
        cause=entry["cause"],
        state=entry["state"],
        waiver=_waiver(entry["waiver"]) if entry["waiver"] else None,
        values=dict(entry["values"]),
        basis=entry["basis"],
        static=Outcome(entry["static"]) if entry["static"] else None,
        view=entry["view"],
        views=tuple(entry["views"]),
        sentence=entry["sentence"],
    )


def waiver_entry(entry: _Entry) -> WaiverEntry:
    """A waiver of the run, and what became of it."""
    return WaiverEntry(_waiver(entry), tuple(entry["rules"]), entry["target"], entry["status"], entry["findings"], entry["detail"])


def _waiver(entry: _Entry) -> Waiver:
    return Waiver(entry["kind"], entry["reason"], entry["owner"], entry["expires_on"], entry["where"])


def _evidence(entry: _Entry) -> Evidence:
    node, skip = entry.get("node"), entry.get("skip")
    if not isinstance(node, int) or not isinstance(skip, int | None):
        # Places of one report that are not the same stay apart although their nodes are not known.
        node, skip = entry["offset"] if entry["offset"] is not None else -1, None
    spot = Spot(node, skip, entry["quote"], entry["offset"], entry["line"], entry["column"], entry["excerpt"], entry["caret"])
    return Evidence(entry["role"], entry["label"], spot, entry["block"])


def _http(entry: _Entry) -> Http:
    return Http(entry["status"], entry["content_type"], tuple(entry["redirects"]), entry["url"])


def _story(entry: _Entry) -> Story:
    forms = tuple((each["role"], each["address"]) for each in entry["forms"])
    shows = _shows(entry["shows"]) if entry["shows"] else None
    return Story(entry["key"], entry["role"], entry["address"], forms, shows, tuple(entry["compared"]))


def _shows(entry: _Entry) -> Shows:
    return Shows(
        notice=entry["notice"],
        paid=Tier(entry["paid"]) if entry["paid"] else None,
        links=entry["links"],
        host=entry["host"],
        network=entry["network"],
        doubt=ReviewReason(entry["doubt"]) if entry["doubt"] else None,
        evidence=_evidence(entry["evidence"]) if entry["evidence"] else None,
        waived=tuple((each["rule"], _waiver(each)) for each in entry["waived"]),
    )


def _about(page: _Entry) -> About:
    told = page["verdicts"]
    return About(
        url=page["url"],
        title=page["title"],
        language=page["language"],
        page_type=page["page_type"],
        section=page["section"],
        published=page["published"],
        modified=page["modified"],
        authors=tuple(page["authors"]),
        networks=tuple(page["networks"]),
        verdicts=Verdicts(told["affiliate_notice"], told["author"], told["image_credits"]),
        counts=dict(page["counts"]),
        encoding=page["encoding"],
        encoding_certain=page["encoding_certain"],
        reader=page["reader"],
        cut=page["cut"],
    )


def _rule(entry: _Entry) -> RuleEntry:
    return RuleEntry(entry["id"], entry["name"], Severity(entry["severity"]), entry["about"], tuple(entry["authorities"]))


def _authority(entry: _Entry) -> AuthorityEntry:
    return AuthorityEntry(
        entry["id"], entry["title"], entry["section"], entry.get("asks") or "", entry.get("kind") or "", entry["url"] or "", entry["checked"] or ""
    )
