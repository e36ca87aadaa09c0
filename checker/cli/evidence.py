"""`disclosure-checker evidence`: whether a bundle is as it was written, and whether its pages are judged again as its report says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.options import pack_option

if TYPE_CHECKING:
    from checker.evidence.manifest import Manifest
    from checker.evidence.opened import Files
    from checker.evidence.sums import Fault

_CHANGED, _INCOMPLETE = 1, 3


@click.group()
def evidence() -> None:
    """Look at what was kept of a run as evidence.

    `check --evidence` makes bundles of it: folders, or zip archives.

    \b
    Example:
      disclosure-checker evidence verify evidence.zip
    """


@evidence.command()
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--tsa-certificate",
    "certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the signature of the timestamp too, by the certificates (PEM) of an authority that you trust.",
)
@pack_option
def verify(bundle: Path, certificate: Path | None, packs: tuple[Path, ...]) -> int:
    """Check every file of a bundle against its sum, and judge its pages again.

    BUNDLE is a folder or a zip archive. Nothing is fetched, drawn or unpacked, and nothing in the bundle is believed: each file that was changed,
    is missing or was added is named, and each page of which the report says something else than the rules that are installed here. With the very
    program and rules that made the bundle every word of the report is compared, with others the outcomes.

    \b
    Examples:
      disclosure-checker evidence verify evidence/
      disclosure-checker evidence verify evidence.zip --tsa-certificate authority.pem
      disclosure-checker evidence verify evidence.zip --pack house/

    Exit codes: 0 all of it holds, 1 something was changed or is judged otherwise, 2 it is no bundle or cannot be read, 3 its run was cut.
    """
    from checker.cli.signals import Signals
    from checker.evidence.opened import opened
    from checker.evidence.timestamp import certificates
    from checker.sources.archives.records import ask_for_warcio

    with Signals().caught():
        ask_for_warcio()
        trusted = certificates(certificate) if certificate is not None else None
        with opened(bundle) as files:
            return _verified(bundle, files, trusted, packs)


def _verified(bundle: Path, files: Files, trusted: list[bytes] | None, packs: tuple[Path, ...]) -> int:
    from checker.cli.again import judged_again
    from checker.errors import BadConfig
    from checker.evidence.manifest import Changed, read
    from checker.evidence.names import MANIFEST
    from checker.evidence.opened import Unreadable, is_begun, whole
    from checker.evidence.sums import Fault, faults

    if MANIFEST not in files.sizes:
        if is_begun(files):
            return _ended(_INCOMPLETE, "incomplete", f"{bundle} has no {MANIFEST}: the run that made it was cut, or somebody took it away")
        raise BadConfig(f"{bundle} is no bundle of evidence: it has no {MANIFEST}")
    try:
        body = whole(files, MANIFEST)
        manifest = read(body)
    except Unreadable as fault:
        raise BadConfig(f"{MANIFEST} cannot be read: {fault}") from None
    except Changed:
        _say(str(Fault(MANIFEST, "changed: its own sum does not hold; of the other files nothing can be told")))
        return _ended(_CHANGED, "changed", f"{bundle} is not as it was written: {MANIFEST} was changed")
    found = faults(files, manifest)
    wrong_time, told_time = _time(files, manifest, body, trusted)
    again = judged_again(files, manifest, {fault.path for fault in found}, packs)
    for line in (*map(str, [*found, *wrong_time]), *again.faults, *(f"note: {note}" for note in again.notes)):
        _say(line)
    clauses = [_many(len(manifest.files), "file") + (" as written" if not found else f", {len(found)} not as written")]
    clauses.append(f"{_many(again.judged, 'page')} judged again" + (" as the report says" if not again.faults else ""))
    if again.faults:
        clauses.append(f"{_many(len(again.faults), 'difference')}")
    if again.skipped:
        clauses.append(f"{_many(again.skipped, 'page')} not judged again, because what they were judged by was changed")
    if again.not_checked:
        clauses.append(f"{again.not_checked} not checked in the run")
    bad = bool(found or wrong_time or again.faults)
    return _ended(_CHANGED if bad else 0, "changed" if bad else "ok", "; ".join([*clauses, told_time]))


def _time(files: Files, manifest: Manifest, body: bytes, trusted: list[bytes] | None) -> tuple[list[Fault], str]:
    """What is wrong with the timestamp, and what the last line says of it."""
    from checker.evidence.bundle import sum_line
    from checker.evidence.names import TOKEN, TOKEN_SUM
    from checker.evidence.opened import Unreadable, whole
    from checker.evidence.sums import Fault
    from checker.evidence.timestamp import BadToken, ask_for_client, look

    if TOKEN not in files.sizes:
        wanted = manifest.timestamp_url is not None or trusted is not None or TOKEN_SUM in files.sizes
        about = f" ({manifest.timestamp_url} was asked for one)" if manifest.timestamp_url else ""
        return [Fault(TOKEN, f"missing{about}")] if wanted else [], "no timestamp"
    ask_for_client()
    try:
        token = whole(files, TOKEN)
        line = whole(files, TOKEN_SUM) if TOKEN_SUM in files.sizes else None
        found = look(token, body, trusted)
    except (Unreadable, BadToken) as fault:
        return [Fault(TOKEN, f"changed, or of another bundle: {fault}")], "no timestamp that holds"
    if line is None:
        return [Fault(TOKEN_SUM, "missing")], "no timestamp that holds"
    if line != sum_line(token):
        return [Fault(TOKEN_SUM, f"it or {TOKEN} was changed: the sum does not hold")], "no timestamp that holds"
    at = found.at.isoformat().replace("+00:00", "Z")
    return [], f"stamped {at}" + ("" if found.trusted else ", by whom is not checked without --tsa-certificate")


def _say(line: str) -> None:
    from checker.report.paint import one_line

    click.echo(one_line(line))


def _ended(code: int, words: str, why: str) -> int:
    from checker.report.paint import one_line

    click.echo(one_line(f"disclosure-checker: exit {code} ({words}): {why}"), err=True)
    return code


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
