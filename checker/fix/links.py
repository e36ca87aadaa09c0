"""Marks the paid links that a rule wants marked for search engines: only those whose address proves that they pay."""

from __future__ import annotations

from checker.engine.anchor import anchor_of
from checker.engine.judge import judge_subject, selected
from checker.engine.plan import Variant
from checker.engine.rule import Expect, Rule, Rules
from checker.facts import Link, Page, Tier
from checker.fix.edits import Edit
from checker.fix.markup import Markup
from checker.fix.start_tag import with_rel
from checker.fix.targets import repairable
from checker.model import Finding, Outcome, PageReport

MARK = "sponsored"
# Elements that a rel belongs to.
_TAGS = frozenset(("a", "area"))


def unmarked(report: PageReport, rules: Rules) -> tuple[list[Link], list[Finding]]:
    """The links to mark, and the findings that they were found with. One finding may speak of many links, of which it shows only some."""
    page = report.page
    links: dict[int, Link] = {}
    told: list[Finding] = []
    for finding in report.findings:
        rule = rules.rules.get(finding.rule)
        if page is None or rule is None or rule.select.over != "links" or not repairable(finding):
            continue
        wanted = [expect for expect in _expected(rule, finding, rules) if _asks_for_mark(expect)]
        failing = [link for link in _own(rule, finding, page) if any(_fails(rule, expect, link, page) for expect in wanted)]
        links.update((link.spot.node, link) for link in failing)
        told += [finding] if failing else []
    return [links[node] for node in sorted(links)], told


def marking(links: list[Link], markup: Markup) -> tuple[list[Edit], list[Link]]:
    """The edits that mark these links, and the links whose tags the source does not show."""
    edits: dict[int, Edit] = {}
    lost: list[Link] = []
    for link in links:
        found = markup.tag(link.spot)
        if found is None or not found[1][1:].lower().startswith(link.tag):
            lost.append(link)
            continue
        begin, tag = found
        inside = with_rel(tag, MARK)
        edits[begin] = Edit(begin + inside.offset, inside.removed, inside.inserted)
    return list(edits.values()), lost


def _expected(rule: Rule, finding: Finding, rules: Rules) -> list[Expect]:
    """What the rule expects, as each profile that found the fault holds it."""
    held = [(profile, profile.rules.get(rule.id)) for name in finding.profiles if (profile := rules.profiles.get(name)) is not None]
    return [rule.expect.with_options({**profile.wordings, **holding.options}) for profile, holding in held if holding is not None]


def _asks_for_mark(expect: Expect) -> bool:
    return any(MARK in dict(call.options).get("any_of", ()) for call in (*expect.any, *expect.all) if call.check.name == "rel-has")


def _own(rule: Rule, finding: Finding, page: Page) -> list[Link]:
    """The links that the finding speaks of and whose address proves that they pay."""
    return [
        link
        for link in selected(page, rule.select)
        if link.affiliate is Tier.CERTAIN and link.tag in _TAGS and anchor_of(rule, link, page) == finding.anchor
    ]


def _fails(rule: Rule, expect: Expect, link: Link, page: Page) -> bool:
    return judge_subject(rule, Variant(rule.when, expect, {}), link, page).outcome is Outcome.VIOLATION
