"""Everything that packs say, loaded once and handed to every page: the lexicon that reads, the rules that judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.engine.rule import Rules
from checker.errors import BadConfig
from checker.packs import built_in
from checker.scale.key import Tracking

if TYPE_CHECKING:
    from checker.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The built-in pack and those added to it. `digest` names their exact contents."""

    lexicon: Lexicon
    rules: Rules
    tracking: Tracking
    packs: tuple[Path, ...]

    @property
    def digest(self) -> str:
        """The same for the same rule files, wherever they lie."""
        return digest(self.packs)


def load(packs: Sequence[Path] = ()) -> Rulebook:
    """Load the built-in pack and these. Raises BadRule with every fault."""
    every = _with_built_in(packs)
    rules = load_rules(packs)
    return Rulebook(lexicon(tuple(packs)), rules, Tracking.load(every), every)


def load_rules(packs: Sequence[Path] = ()) -> Rules:
    """The rules alone. Raises BadRule."""
    from checker.engine.load import load as load_files

    return load_files(_with_built_in(packs))


@lru_cache(maxsize=4)
def lexicon(packs: tuple[Path, ...] = ()) -> Lexicon:
    """The words and networks of the built-in pack and these: all that reading a page needs."""
    from checker.lexicon import load as load_words

    return load_words(_with_built_in(packs))


def digest(packs: Sequence[Path]) -> str:
    """sha256 over the names and bytes of all rule files."""
    from hashlib import sha256

    total = sha256()
    for pack in packs:
        for path in _files(pack):
            total.update(f"{path.relative_to(pack).as_posix()}\0".encode())
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(pack: Path) -> Iterator[Path]:
    return iter(sorted(path for path in pack.rglob("*.toml") if path.is_file()))


def _with_built_in(packs: Sequence[Path]) -> tuple[Path, ...]:
    for pack in packs:
        # A pack that is looked for in the wrong folder must not pass for one without a say.
        if not next(pack.glob("*/*.toml"), None):
            raise BadConfig(f"the pack {pack} holds no rule, word or network file")
    return (built_in(), *packs)
