"""`disclosure-checker diff`: what is new, fixed, changed or not known any more between two saved reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.options import look, spare_pages
from checker.scale.gate import FAIL_ON, Exit

if TYPE_CHECKING:
    from checker.report.differences import Differences
    from checker.report.outputs import Target
    from checker.report.saved import Saved

_FORMATS = ("text", "json", "markdown")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "targets",
    multiple=True,
    metavar="FORMAT[=PATH]",
    help=f"Print FORMAT, or write it to PATH: {', '.join(_FORMATS)}. May be repeated.  [default: text]",
)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="The least new finding that ends with exit code 1.  [default: that of NEW]")
def diff(old: Path, new: Path, targets: tuple[str, ...], fail_on: str | None) -> int:
    """Compare two saved reports.

    OLD and NEW are reports in the format json or jsonl. A finding is the same where page, rule and fingerprint are; lines may move. What was found
    and was not checked again is not fixed: it is not known any more. A page that only moved keeps its findings.

    \b
    Examples:
      disclosure-checker diff main.json branch.json
      disclosure-checker diff 2026-10.json 2026-11.json --output markdown --output json=diff.json

    Exit codes: 0 ok, 1 something fails now that did not before, 2 error, 3 something is not known any more.
    """
    from checker.cli.signals import Signals
    from checker.report.difference_formats import FORMATS, counts
    from checker.report.differences import compare
    from checker.report.late import Late
    from checker.report.merged import restored
    from checker.report.outputs import Outputs
    from checker.report.run import Closing
    from checker.report.saved import load
    from checker.report.summary import Summary

    with Signals().caught() as signals:
        wanted = _targets(targets or ("text",), (old, new))
        before, after = load(old), load(new)
        found = compare(restored(before), restored(after), (str(old), str(new)), fail_on or str(after.head["fail_on"]), _notes(before, after))
        code = _code(found)
        gating = f"{found.gating} fail{'s' * (found.gating == 1)} at --fail-on {found.fail_on}" if code is Exit.FINDINGS else "nothing new fails"
        sentence = f"disclosure-checker: exit {int(code)} ({code.words}): {gating}; {counts(found)}"
        ending, shown = (int(code), code.words, sentence), look()
        made = [(each, Late(lambda each=each: FORMATS[each.format](found, ending, shown))) for each in wanted]  # type: ignore[misc]
        with Outputs([], {}, shown, extra=made) as outputs, signals.held():
            outputs.end(Closing(Summary(), *ending))
    click.echo(sentence, err=True)
    return int(code)


def _code(found: Differences) -> Exit:
    if found.gating:
        return Exit.FINDINGS
    return Exit.INCOMPLETE if found.count("unknown") or found.count_pages("unknown") else Exit.OK


def _notes(before: Saved, after: Saved) -> list[str]:
    """In what the two runs differ, so that nobody takes another rule book for another page."""
    asked = {
        "the program is another version": (before.version, after.version),
        "the rules are not the same": (before.rules_digest, after.rules_digest),
        "the profiles are not the same": (before.head["profiles"], after.head["profiles"]),
    }
    return [told for told, (was, is_) in asked.items() if was != is_]


def _targets(texts: tuple[str, ...], saved: tuple[Path, ...]) -> list[Target]:
    from checker.errors import BadConfig
    from checker.report.outputs import spare, target
    from checker.text import nearest

    wanted = [target(text) for text in texts]
    for each in wanted:
        if each.format not in _FORMATS:
            close = nearest(each.format, list(_FORMATS))
            raise BadConfig(f"unknown output format {each.format!r}; {f'did you mean {close}?' if close else 'there are ' + ', '.join(_FORMATS)}")
    spare(wanted, "it is one of the saved reports", saved)
    spare_pages(wanted)
    return wanted
