"""What a shell offers where a value is to be typed: from the names of files alone, so that it is there before the next key.

`_DISCLOSURE_CHECKER_COMPLETE=bash_source disclosure-checker` prints what bash is to be told; zsh_source and fish_source do for those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# The variable that a shell sets when it asks.
VARIABLE = "_DISCLOSURE_CHECKER_COMPLETE"


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, as the shell finds them."""
    del ctx, param
    return [_item(incomplete, "file")]


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids and families, in a list that is separated by commas."""
    del param
    found = dict(_rules(ctx))
    return _listed(dict.fromkeys(sorted({each[:3] for each in found}), "all of the family") | found, incomplete)


def profiles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Profiles, in a list that is separated by commas."""
    del param
    return _listed(dict.fromkeys((*_profiles(ctx), "auto"), ""), incomplete)


def explained(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What `explain` knows: ids and profiles; names of rules only where one is begun."""
    del param
    found = dict(_rules(ctx))
    words = found | dict.fromkeys(_profiles(ctx), "profile")
    if incomplete[:1].islower():
        words |= {name: rule for rule, name in found.items()}
    return _beginning(words, incomplete)


def outputs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Formats; behind FORMAT= a file."""
    del ctx, param
    from checker.report import FORMATS

    if "=" in incomplete:
        return [_item(incomplete.partition("=")[2], "file")]
    return _beginning(dict.fromkeys(FORMATS, ""), incomplete)


def _packs(ctx: click.Context) -> Iterator[Path]:
    from checker.packs import built_in

    yield built_in()
    yield from (Path(pack) for pack in ctx.params.get("packs") or ())


def _rules(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Id and name, which together are the name of a rule's file."""
    for pack in _packs(ctx):
        for path in sorted(pack.glob("[a-z][a-z][a-z]/[A-Z]*.toml")):
            rule, _, name = path.stem.partition("-")
            yield rule, name


def _profiles(ctx: click.Context) -> Iterator[str]:
    for pack in _packs(ctx):
        yield from sorted(path.stem for path in pack.glob("profiles/*.toml"))


def _listed(words: dict[str, str], incomplete: str) -> list[CompletionItem]:
    before, comma, last = incomplete.rpartition(",")
    taken = {word.strip().lower() for word in before.split(",")}
    left = {word: about for word, about in words.items() if word.lower() not in taken}
    return [_item(f"{before}{comma}{item.value}", about=item.help) for item in _beginning(left, last)]


def _beginning(words: dict[str, str] | Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    return [_item(word, about=about or None) for word, about in dict(words).items() if word.lower().startswith(incomplete.lower())]


def _item(word: str, kind: str = "plain", about: str | None = None) -> CompletionItem:
    from click.shell_completion import CompletionItem  # needed where a shell asks, and nowhere else

    return CompletionItem(word, kind, about)
