"""Whether a page that was judged again is as the report says. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.model import PageReport
from checker.report.entries import finding_entry, page_entry
from checker.sources.secrets import masked

_Entry = Mapping[str, Any]
# What comes of other pages, of the settings' waivers and of a baseline, which are judged with the run.
_OF_THE_RUN = frozenset(("state", "waiver"))
_OF_THE_PAGE = frozenset(("findings", "waivers", "outcomes", "problems"))
# Where the run put files.
_PLACES = frozenset(("pictures",))


def differences(page: _Entry, findings: Sequence[_Entry], found: PageReport, *, exact: bool) -> Iterator[str]:
    """Where they differ, a line each. `page` and `findings`: as the report tells them; `exact`: every word must be the same, because the program and
    the rules are.
    """
    if found.status != "checked":
        yield f"the report says that it was checked; judged again it is not: {found.detail or found.reason}"
        return
    if found.sha256 != page["sha256"]:
        yield "its bytes are not those that the report speaks of"
    now = _plain(page_entry(found))
    for rule in sorted({*page["outcomes"], *now["outcomes"]}):
        before, after = page["outcomes"].get(rule, "not judged"), now["outcomes"].get(rule, "not judged")
        if before != after:
            yield f"{rule} is {before} in the report, and {after} judged again"
    yield from _findings(findings, found, exact=exact)
    if exact:
        other = [name for name, value in now.items() if name not in _OF_THE_PAGE and name not in _PLACES and value != _plain(page[name])]
        if other:
            yield f"what the report says of the page is not so judged again: {', '.join(other)}"


def _findings(findings: Sequence[_Entry], found: PageReport, *, exact: bool) -> Iterator[str]:
    before = {(each["rule"], each["fingerprint"]): each for each in findings}
    after = {(each.rule, each.fingerprint): each for each in found.findings}
    for rule, fingerprint in sorted(before.keys() | after.keys()):
        told, new = before.get((rule, fingerprint)), after.get((rule, fingerprint))
        name = f"the finding {rule} {fingerprint.removeprefix('v1:')[:8]}"
        if told is None:
            yield f"{name} is not in the report"
        elif new is None:
            yield f"{name} of the report is not found again"
        else:
            now = _plain(finding_entry(new, found.source))
            names = (each for each in now if each not in _OF_THE_RUN) if exact else ("outcome",)
            other = [each for each in names if now[each] != _plain(told[each])]
            if _waived_inline(told) != _waived_inline(now):
                other.append("state")
            if other:
                yield f"{name} is not as in the report: {', '.join(other)}"


def _waived_inline(entry: _Entry) -> bool:
    """Whether the page itself waives a finding."""
    return bool(entry["waiver"]) and entry["waiver"]["kind"] == "inline"


def _plain(value: Any) -> Any:
    """With addresses as evidence tells them."""
    if isinstance(value, str):
        return masked(value) if "://" in value else value
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items() if name not in _PLACES}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
