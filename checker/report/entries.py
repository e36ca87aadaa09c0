"""Pages, findings and counts as the plain values that JSON reports hold. Unknown is None and never absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.facts import Spot
from checker.model import About, Evidence, Finding, Http, PageReport, Shows, Story, Waiver, WaiverEntry
from checker.outline import outline_entry
from checker.report.causes import CauseCount
from checker.report.rendering import rendering_entry
from checker.report.run import AuthorityEntry, Closing, RuleEntry, Run
from checker.report.summary import Share, Summary

SCHEMA_VERSION = "1.0"


def head(run: Run) -> dict[str, Any]:
    """What is known before the first page."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "disclosure-checker", "version": run.version, "rules_digest": run.rules_digest},
        "profiles": list(run.profiles),
        "fail_on": run.fail_on,
        "strict_baseline": run.strict_baseline,
        "not_evaluated": [{"rule": rule, "needs": needs} for rule, needs in sorted(run.not_evaluated.items())],
        "rules": [rule_entry(rule) for rule in run.rules],
        "authorities": [authority_entry(run.authorities[key]) for key in sorted(run.authorities)],
        "regions": dict(sorted(run.regions.items())),
    }


def rule_entry(rule: RuleEntry) -> dict[str, Any]:
    """A rule of the run."""
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": str(rule.severity),
        "about": rule.about,
        "authorities": list(rule.authorities),
    }


def authority_entry(authority: AuthorityEntry) -> dict[str, Any]:
    """A text that rules refer to."""
    return {
        "id": authority.id,
        "title": authority.title,
        "section": authority.section,
        "asks": authority.asks,
        "kind": authority.kind,
        "url": authority.url,
        "checked": authority.checked,
    }


def page_entry(report: PageReport) -> dict[str, Any]:
    """One input: what became of it, what kind of page it is, and what every rule said of it."""
    return {
        "source": report.source,
        "page_key": report.page_key,
        "address": report.address,
        "status": report.status,
        "reason": str(report.reason) if report.reason else None,
        "detail": report.detail,
        "sha256": report.sha256,
        "http": _http(report.http) if report.http else None,
        **_about(report.about),
        "story": _story(report.story) if report.story else None,
        "rendering": rendering_entry(report),
        "profiles": list(report.profiles),
        "outcomes": {rule: str(outcome) for rule, outcome in sorted(report.outcomes.items())},
        "findings": len(report.findings),
        "picture_files": dict(sorted(report.picture_files.items())),
        "unlocated": report.unlocated,
        "waivers": [waiver_entry(entry) for entry in report.waivers],
        "problems": list(report.problems),
        "outline": outline_entry(report.outline) if report.outline is not None else None,
    }


def _http(http: Http) -> dict[str, Any]:
    return {"status": http.status, "content_type": http.content_type, "redirects": list(http.redirects), "url": http.url}


def _story(story: Story) -> dict[str, Any]:
    return {
        "key": story.key,
        "role": story.role,
        "address": story.address,
        "forms": [{"role": role, "address": address} for role, address in story.forms],
        "shows": _shows(story.shows) if story.shows else None,
        "compared": list(story.compared),
    }


def _shows(shows: Shows) -> dict[str, Any]:
    return {
        "notice": shows.notice,
        "paid": str(shows.paid) if shows.paid else None,
        "links": shows.links,
        "host": shows.host,
        "network": shows.network,
        "doubt": str(shows.doubt) if shows.doubt else None,
        "evidence": _evidence(shows.evidence) if shows.evidence else None,
        "waived": [{"rule": rule, **_waiver(waiver)} for rule, waiver in shows.waived],
    }


def _about(about: About | None) -> dict[str, Any]:
    if about is None:
        names = ("url", "title", "language", "page_type", "section", "published", "modified", "authors", "networks", "verdicts", "counts")
        return dict.fromkeys((*names, "encoding", "encoding_certain", "reader", "cut"))
    return {
        "url": about.url,
        "title": about.title,
        "language": about.language,
        "page_type": about.page_type,
        "section": about.section,
        "published": about.published,
        "modified": about.modified,
        "authors": list(about.authors),
        "networks": list(about.networks),
        "verdicts": {
            "affiliate_notice": about.verdicts.affiliate_notice,
            "author": about.verdicts.author,
            "image_credits": about.verdicts.image_credits,
        },
        "counts": about.counts,
        "encoding": about.encoding,
        "encoding_certain": about.encoding_certain,
        "reader": about.reader,
        "cut": about.cut,
    }


def finding_entry(finding: Finding, source: str) -> dict[str, Any]:
    """One finding with all of its evidence; `line` and `column` are those of the first spot."""
    primary = finding.primary
    return {
        "source": source,
        "line": primary.line if primary else None,
        "column": primary.column if primary else None,
        "rule": finding.rule,
        "name": finding.name,
        "outcome": str(finding.outcome),
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "basis": finding.basis,
        "static": str(finding.static) if finding.static else None,
        "view": finding.view,
        "views": list(finding.views),
        "state": finding.state,
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
        "message": finding.message,
        "sentence": finding.sentence,
        "why": finding.why,
        "fix": finding.fix,
        "paste": finding.paste,
        "paste_language": finding.paste_language,
        "review": {"reason": str(finding.review.reason), "question": finding.review.question, "yes": finding.review.yes} if finding.review else None,
        "authorities": list(finding.authorities),
        "profiles": list(finding.profiles),
        "page_key": finding.page_key,
        "anchor": finding.anchor,
        "fingerprint": finding.fingerprint,
        "cause": finding.cause,
        "values": {key: _plain(value) for key, value in sorted(finding.values.items())},
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def waiver_entry(entry: WaiverEntry) -> dict[str, Any]:
    """A waiver of the run, and what became of it."""
    return {
        **_waiver(entry.waiver),
        "rules": list(entry.rules),
        "target": entry.target,
        "status": entry.status,
        "findings": entry.findings,
        "detail": entry.detail,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {"kind": waiver.kind, "reason": waiver.reason, "owner": waiver.owner, "expires_on": waiver.expires_on, "where": waiver.where}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"role": evidence.role, "label": evidence.label, **spot_entry(evidence.spot), "block": evidence.block}


def spot_entry(spot: Spot) -> dict[str, Any]:
    """A place in the page; null where it could not be joined with the source."""
    return {"line": spot.line, "column": spot.column, "offset": spot.offset, "quote": spot.quote, "excerpt": spot.excerpt, "caret": spot.caret}


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in sorted(value.items(), key=lambda pair: str(pair[0]))}
    return str(value)


def summary_entry(summary: Summary) -> dict[str, Any]:
    """The counts; every input once."""
    return {
        "inputs": {
            "discovered": summary.inputs,
            "checked": summary.checked,
            "not_checked": summary.not_checked,
            "skipped": summary.skipped,
            "deduplicated": summary.deduplicated,
            "excluded": summary.excluded,
            "unchanged": summary.unchanged,
        },
        "not_checked": dict(sorted(summary.reasons.items())),
        "left_out": dict(sorted(summary.left_out.items())),
        "pages": {
            "with_violations": summary.pages_with_violations,
            "with_findings": summary.pages_with_findings,
            "with_paid_links": summary.paid,
            "plain_first": summary.plain_first,
        },
        "verdicts": {kind: dict(sorted(pages.items())) for kind, pages in summary.verdicts.items()},
        "findings": {
            "violation": {str(severity): count for severity, count in summary.violations.items()},
            "needs_review": summary.needs_review,
            "suppressed": summary.suppressed,
            "baselined": summary.baselined,
        },
        "twins": {"compared": summary.twins_compared, "not_compared": summary.twins_waiting},
        "rendered": {"drawn": summary.drawn, "not_measurable": summary.not_measurable},
        "stale_baseline": summary.stale_baseline,
        "rule_crashes": summary.rule_crashes,
        "picture_files": dict(sorted(summary.picture_files.items())),
        "unlocated": summary.unlocated,
        "by_rule": [
            {"rule": rule, "violations": count.violations, "needs_review": count.needs_review, "pages": count.pages}
            for rule, count in sorted(summary.by_rule.items())
            if count.pages
        ],
        "by_author": _shares(summary.by_author),
        "by_section": _shares(summary.by_section),
        "by_network": _shares(summary.by_network),
        "by_cause": [_cause(cause, count) for cause, count in summary.causes.rows()],
        "by_cause_left_out": dict(zip(("causes", "findings"), summary.causes.beyond, strict=True)),
    }


def _cause(cause: str, count: CauseCount) -> dict[str, Any]:
    rule, _, where = cause.partition(" ")
    return {"rule": rule, "where": where, "findings": count.findings, "pages": count.pages, "example": count.example}


def _shares(shares: Mapping[str | None, Share]) -> list[dict[str, Any]]:
    """The pages of each author, section or network; null is the name of those without one, and comes last."""
    named = sorted(shares.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    return [
        {"name": name, "pages": share.pages, "with_findings": share.with_findings, "violations": share.violations, "needs_review": share.needs_review}
        for name, share in named
    ]


def statistics_entry(summary: Summary) -> list[dict[str, Any]]:
    """The cost of each rule, the dearest first; it differs from run to run."""
    costly = sorted(summary.by_rule.items(), key=lambda pair: (-pair[1].seconds, pair[0]))
    return [{"rule": rule, "seconds": round(count.seconds, 6)} for rule, count in costly]


def tail(closing: Closing) -> dict[str, Any]:
    """How the run ended."""
    return {
        "complete": closing.summary.incomplete == 0,
        "exit": {"code": closing.exit_code, "name": closing.exit_name, "message": closing.exit_message},
        "summary": summary_entry(closing.summary),
        "waivers": [waiver_entry(entry) for entry in closing.waivers],
    }
