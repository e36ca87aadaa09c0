"""Packs to `Rules`. Every fault of every file is told at once, each with its file and line, what is allowed, and the nearest right word.

The shape of the built-in pack is held by the tests, that of other packs by the JSON Schemas when they are loaded, so that a run with built-in
rules alone does not pay for jsonschema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from checker.engine.build import authorities_of, profile_of, rule_of, texts_of
from checker.engine.faults import Faults
from checker.engine.inherit import inherited
from checker.engine.rule import FALLBACK, Authority, Profile, Rule, Rules
from checker.errors import BadRule
from checker.packs import FAMILIES, Table, built_in, read, worked_out

if TYPE_CHECKING:
    from checker.engine.ask import Names

_Item = TypeVar("_Item")


def load(packs: Sequence[Path]) -> Rules:
    """The rules, authorities, profiles and texts of these packs, later packs adding to earlier ones. Raises BadRule with all faults."""
    faults = Faults()
    found = {schema: [table for pack in packs for table in _sound(pack, folders, schema, faults)] for schema, folders in _folders(packs).items()}
    authorities: dict[str, Authority] = {}
    for table in found["authorities"]:
        for position, authority in enumerate(authorities_of(table)):
            _keep(authorities, authority.id, authority, table, ("authority", position, "id"), faults)
    rules: dict[str, Rule] = {}
    profiles: dict[str, Profile] = {}
    kept: list[tuple[Table, Rule | Profile]] = []
    for table in found["rule"]:
        rule = rule_of(table)
        _keep(rules, rule.id, rule, table, ("id",), faults)
        kept.append((table, rule))
    for table in found["profile"]:
        profile = profile_of(table)
        _keep(profiles, profile.id, profile, table, ("id",), faults)
        kept.append((table, profile))
    whole = dict(sorted(inherited(profiles).items()))
    known = Rules(dict(sorted(rules.items())), dict(sorted(authorities.items())), whole, texts_of(found["texts"]))
    # That the built-in pack was asked, and nothing was wrong, is remembered.
    worked_out("rules asked", packs, lambda: _ask(packs, found, known, profiles, kept, faults))
    if faults:
        raise BadRule(faults.lines())
    return known


def _ask(
    packs: Sequence[Path],
    found: dict[str, list[Table]],
    known: Rules,
    profiles: dict[str, Profile],
    kept: list[tuple[Table, Rule | Profile]],
    faults: Faults,
) -> None:
    """Adds what a schema could not find. Raises BadRule if there is anything wrong."""
    from checker.engine.ask import ask_profile, ask_rule

    names = _names(packs, found, known)
    for table, one in kept:
        if isinstance(one, Rule):
            ask_rule(one, table, names, faults)
        else:
            ask_profile(one, table, profiles, known.rules, names, faults)
    _ask_values(packs, [(table, one) for table, one in kept if not table.path.is_relative_to(built_in())], known.rules, faults)
    if faults:
        raise BadRule(faults.lines())


def _ask_values(packs: Sequence[Path], added: list[tuple[Table, Rule | Profile]], rules: Mapping[str, Rule], faults: Faults) -> None:
    if not added:
        return
    from checker.engine.values import Values

    values = Values(packs, rules, faults)
    for table, one in added:
        if isinstance(one, Rule):
            values.ask_rule(one, table)
        else:
            values.ask_profile(table)


def _names(packs: Sequence[Path], found: dict[str, list[Table]], known: Rules) -> Names:
    """What may be referred to. A rule file that could not be read still tells its id by its name."""
    from checker.engine.ask import Names

    folders = _folders(packs)
    files = {schema: [path for pack in packs for folder in names for path in (pack / folder).glob("*.toml")] for schema, names in folders.items()}
    whole = {schema: len(files[schema]) == len(found[schema]) for schema in files}
    return Names(
        frozenset(known.rules).union(path.stem.split("-")[0] for path in files["rule"]),
        frozenset(known.authorities) if whole["authorities"] else None,
        frozenset(name for name, words in known.texts.paste.items() if FALLBACK in words) if whole["texts"] else None,
    )


def _folders(packs: Sequence[Path]) -> dict[str, list[str]]:
    """The folders of a pack by the schema of their files; a house pack may have families of its own, of three letters."""
    families = {path.name for pack in packs for path in pack.glob("[a-z][a-z][a-z]") if path.is_dir()}
    return {"texts": ["texts"], "authorities": ["authorities"], "rule": sorted(families.union(FAMILIES)), "profile": ["profiles"]}


def _sound(pack: Path, folders: Sequence[str], schema: str, faults: Faults) -> list[Table]:
    """The files in these folders of a pack whose shape is right."""
    found: list[Table] = []
    for folder in folders:
        sound, wrong = read(pack, folder)
        found += sound
        faults.add_lines(wrong)
    if pack.resolve() == built_in().resolve():
        return found
    return [table for table in found if _is_sound(table, schema, faults)]


def _is_sound(table: Table, schema: str, faults: Faults) -> bool:
    from checker.engine.foreign import shape_of
    from checker.schemas import faults as faults_in

    shape, sound = shape_of(table, faults) if schema == "rule" else (None, True)
    wrong = faults_in(schema, table.data, shape)
    for fault in wrong:
        faults.add(table, fault.path, fault.text)
    return sound and not wrong


def _keep(kept: dict[str, _Item], key: str, item: _Item, table: Table, place: tuple[str | int, ...], faults: Faults) -> None:
    """Adds an item under its id, which is used once."""
    if key in kept:
        faults.add(table, place, f'"{key}" is taken; an id is used once and never again')
    else:
        kept[key] = item
