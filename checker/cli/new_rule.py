"""Where a new rule goes, and its file, which is never written over another."""

from __future__ import annotations

import re
from pathlib import Path

from checker.errors import BadConfig, BadOutput

_FAMILY = re.compile("[A-Za-z]{3}").fullmatch


def folder_of(family: str, pack: Path | None) -> tuple[Path, str]:
    """The folder of the family, and the pack as `disclosure-checker test` is told it: nothing for the built-in one. Raises BadConfig."""
    from checker.packs import FAMILIES, built_in

    capitals = family.upper()
    listed = ", ".join(each.upper() for each in FAMILIES)
    if not _FAMILY(family):
        raise BadConfig(f"a family has three letters, such as HSE, and {family!r} has not")
    own = capitals.lower() not in FAMILIES
    builds_in = pack is None or pack.resolve() == built_in().resolve()
    if own and builds_in:
        raise BadConfig(f"{capitals} is no built-in family ({listed}); for a family of your own name its pack: --pack house/")
    if not own and not builds_in:
        raise BadConfig(f"{capitals} is a built-in family, whose ids this program gives out; take three letters of your own, such as HSE")
    if pack is None or builds_in:
        if built_in().parent.name == "checker":
            raise BadConfig(
                "the built-in rules can be added to in a source tree only; write one of your own: disclosure-checker rules new HSE --pack house/"
            )
        return built_in() / capitals.lower(), ""
    if pack.exists() and not pack.is_dir():
        raise BadConfig(f"{pack} is a file; a pack is a folder")
    return pack / capitals.lower(), str(pack)


def written(folder: Path, family: str, pack: str, version: str) -> Path:
    """The file of the next rule. Raises BadConfig where no id is left, BadOutput where it cannot be written."""
    from checker.docs.new_rule import NAME, body, next_id

    while (rule_id := next_id(folder, family)) is not None:
        path = folder / f"{rule_id}-{NAME}.toml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(body(rule_id, pack, version))
        except FileExistsError:
            if not folder.is_dir():
                raise BadOutput(f"cannot write into {folder}: it is a file") from None
            # Somebody else has just written it: the next id is one further.
        except OSError as fault:
            raise BadOutput(f"cannot write {path}: {fault.strerror}") from fault
        else:
            return path
    raise BadConfig(f"the family {family} has no id left after {family}999; begin another")
