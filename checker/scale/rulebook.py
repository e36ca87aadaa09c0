"""Everything that packs say, loaded once and handed to every page: the lexicon that reads, the rules that judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.engine.rule import Rules
from checker.errors import BadConfig, BadRule
from checker.packs import Gathering, built_in, layout_faults, worked_out
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
    """Load the built-in pack and these. Raises BadRule with every fault of every file."""
    every = _with_built_in(packs)
    gathering = Gathering()
    with gathering:
        rules = load_rules(packs)
    with gathering:
        words = lexicon(tuple(packs))
    with gathering:
        tracking = Tracking.load(every)
    gathering.end()
    return Rulebook(words, rules, tracking, every)


def load_rules(packs: Sequence[Path] = ()) -> Rules:
    """The rules alone. Raises BadRule."""
    from checker.engine.load import load as load_files

    every = _with_built_in(packs)
    gathering = Gathering()
    with gathering:
        _ask_layout(packs)
    with gathering:
        rules = load_files(every)
    gathering.end()
    return rules


def lexicon(packs: tuple[Path, ...] = ()) -> Lexicon:
    """The words and networks of the built-in pack and these: all that reading a page needs. Loaded once, as long as the files stay as they are."""
    return _lexicon(packs, stamp(packs))


def stamp(packs: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """The same as long as no file of these packs is changed: what is kept of them is good for so long."""
    return tuple((str(path.absolute()), told.st_mtime_ns, told.st_size) for pack in packs for path in _files(pack) for told in (path.stat(),))


@lru_cache(maxsize=4)
def _lexicon(packs: tuple[Path, ...], _stamp: tuple[tuple[str, int, int], ...]) -> Lexicon:
    from checker.lexicon import load as load_words

    every = _with_built_in(packs)
    gathering = Gathering()
    with gathering:
        _ask_layout(packs)
    with gathering:
        words = load_words(every)
    gathering.end()
    return words


def digest(packs: Sequence[Path]) -> str:
    """sha256 over the names and bytes of all rule files."""
    return str(worked_out("digest", packs, lambda: _digest(packs)))


def _digest(packs: Sequence[Path]) -> str:
    from hashlib import sha256

    total = sha256()
    for pack in packs:
        for path in _files(pack):
            total.update(f"{path.relative_to(pack).as_posix()}\0".encode())
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def digest_with_built_in(packs: Sequence[Path]) -> str:
    """That of the built-in pack and these. Raises BadConfig."""
    return digest(_with_built_in(packs))


def _files(pack: Path) -> Iterator[Path]:
    return iter(sorted(path for path in pack.glob("*/*.toml") if path.is_file()))


def _with_built_in(packs: Sequence[Path]) -> tuple[Path, ...]:
    for pack in packs:
        # A pack that is looked for in the wrong folder must not pass for one without a say.
        if not next(pack.glob("*/*.toml"), None):
            raise BadConfig(f"the pack {pack} holds no rule, word or network file")
    return (built_in(), *packs)


def _ask_layout(packs: Sequence[Path]) -> None:
    """A folder with a mistyped name must not be passed over in silence."""
    faults = [fault for pack in packs for fault in layout_faults(pack)]
    if faults:
        raise BadRule(faults)
