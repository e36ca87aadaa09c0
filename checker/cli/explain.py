"""`disclosure-checker explain`: a rule or a profile in full, or a finding of a saved report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.complete import explained
from checker.cli.options import look, pack_option
from checker.cli.settings_options import settled

if TYPE_CHECKING:
    from checker.engine.rule import Rule, Rules
    from checker.report.saved import Saved

# So many digits of a fingerprint are enough where no other begins so.
_ENOUGH = 6
# So many characters may still be an id with a slip in it: AFF001 is a number to the base of sixteen.
_LIKE_AN_ID = 8
_FINGERPRINT = re.compile(rf"(?:v1:)?[0-9a-f]{{{_ENOUGH},64}}", re.IGNORECASE).fullmatch
# So many findings or pages are named at once.
_MOST = 20


@click.command()
@click.argument("what", metavar="RULE|PROFILE|FINGERPRINT", shell_complete=explained)
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="The report, json or jsonl, that holds the finding.")
@click.option("--page", metavar="PAGE", help="The page of the finding, where several share its fingerprint: its source or page_key.")
@pack_option
def explain(what: str, report: Path | None, page: str | None, packs: tuple[Path, ...]) -> int:
    """Explain a rule: what it asks, why, what to do.

    RULE is an id or a name, as findings show it; a PROFILE, such as uk, is explained with all of its rules. With --report, a FINGERPRINT
    explains one finding: its evidence, the checks that decided it, the profiles that hold it; its first six digits are enough where no other
    begins so. A RULE with --report lists its findings.

    \b
    Examples:
      disclosure-checker explain AFF001
      disclosure-checker explain image-without-credit
      disclosure-checker explain uk
      disclosure-checker explain v1:4f1d2c --report report.json
      disclosure-checker explain AFF002 --report report.json

    Exit codes: 0 ok, 2 no such rule, profile, finding or report.
    """
    from checker.api import load_rule_files
    from checker.errors import BadConfig

    packs = settled(()).packs or packs
    rules = load_rule_files(packs)
    found = rules.rules.get(what.upper()) or next((each for each in rules.rules.values() if each.name == what.lower()), None)
    if report is None:
        if page is not None:
            raise click.UsageError("--page needs --report", click.get_current_context())
        if found is None and what.lower() not in rules.profiles:
            raise BadConfig(_no_rule(what, rules))
        click.echo(_rule(found, rules) if found else _profile(what.lower(), rules), nl=False)
        return 0
    from checker.report.saved import load

    saved = load(report)
    if found is not None:
        click.echo(_findings_of(found.id, saved, page), nl=False)
    else:
        click.echo("\n".join(_finding(each, saved, rules, packs) for each in _chosen(what, saved, page)), nl=False)
    return 0


def _rule(rule: Rule, rules: Rules) -> str:
    from checker.docs.accuracy import load
    from checker.docs.rule_text import explained

    return explained(rule, rules, load(), look())


def _profile(name: str, rules: Rules) -> str:
    from checker.docs.profile_text import explained

    return explained(rules.profiles[name], rules, look())


def _no_rule(what: str, rules: Rules) -> str:
    from checker.text import nearest

    if _FINGERPRINT(what) and (what.lower().startswith("v1:") or len(what) > _LIKE_AN_ID):
        return f"{what!r} looks like the fingerprint of a finding; name the report that holds it: --report report.json"
    words = {each.id.lower(): each.id for each in rules.rules.values()} | {each.name: each.name for each in rules.rules.values()}
    words |= {name: name for name in rules.profiles}
    close = words.get(nearest(what, list(words)) or "")
    return f"unknown rule or profile {what!r}; {f'did you mean {close}?' if close else 'disclosure-checker rules lists them'}"


def _finding(finding: dict[str, Any], saved: Saved, rules: Rules, packs: tuple[Path, ...]) -> str:
    from checker import __version__
    from checker.docs.finding_text import Now, explained
    from checker.packs import built_in
    from checker.report.saved import sound
    from checker.scale.rulebook import digest

    return explained(sound(saved, finding), saved, Now(__version__, rules, digest((built_in(), *packs))), look())


def _chosen(what: str, saved: Saved, page: str | None) -> list[dict[str, Any]]:
    """The findings that the user means: of one fingerprint, on one page. Raises BadConfig."""
    from checker.errors import BadConfig

    digits = what.lower().removeprefix("v1:")
    if not _FINGERPRINT(what):
        raise BadConfig(f"{what!r} is neither a rule nor a fingerprint; one looks like v1:4f1d2c…, {_ENOUGH} digits or more")
    named = [each for each in saved.findings if each["fingerprint"].startswith(f"v1:{digits}")]
    prints = sorted({each["fingerprint"] for each in named})
    if not prints:
        raise BadConfig(_no_finding(what, saved))
    if prints[1:]:
        raise BadConfig(
            f"{len(prints)} fingerprints in {saved.name} begin with {what}: {_few([each[:20] + '…' for each in prints])}; give more digits"
        )
    pages = list(dict.fromkeys(each["source"] for each in named))
    if page is not None:
        on = [each for each in named if page in (each["source"], each["page_key"])]
        if not on:
            raise BadConfig(f"this finding is not on {page!r}; it is on: {_few(pages)}")
        return on
    if pages[1:]:
        raise BadConfig(f"{len(pages)} pages share this fingerprint; choose one with --page: {_few(pages)}")
    return named


def _no_finding(what: str, saved: Saved) -> str:
    from difflib import get_close_matches

    if not saved.findings:
        return f"{saved.name} holds no finding at all"
    known = {each["fingerprint"]: each for each in saved.findings}
    close = get_close_matches(f"v1:{what.lower().removeprefix('v1:')}", list(known), n=1, cutoff=0.8)
    if close:
        each = known[close[0]]
        return f"no finding of {saved.name} has the fingerprint {what}; did you mean {close[0]} ({each['rule']} on {each['source']})?"
    ids = sorted({each["rule"] for each in saved.findings})
    return f"no finding of {saved.name} has the fingerprint {what}; disclosure-checker explain {ids[0]} --report {saved.name} lists those of one rule"


def _few(words: list[str]) -> str:
    more = f" and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return ", ".join(words[:_MOST]) + more


def _findings_of(rule_id: str, saved: Saved, page: str | None) -> str:
    """The findings of a rule, each with so much of its fingerprint as tells it from those of other rules."""
    from checker.docs.terms import counted
    from checker.report.paint import Paint, one_line

    paint = Paint(look())
    found = [each for each in saved.findings if each["rule"] == rule_id and (page is None or page in (each["source"], each["page_key"]))]
    lines = [f"{counted(len(found), 'finding')} of {rule_id} in {one_line(saved.name)}"]
    for each in found:
        line = f":{each['line']}" if isinstance(each.get("line"), int) else ""
        lines.append(f"  {paint(one_line(each['fingerprint'][:15]), 'bold')}  {one_line(each['source'])}{line}  {one_line(each['message'])}")
    return "\n".join(lines) + "\n"
