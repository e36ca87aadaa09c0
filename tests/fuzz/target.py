"""What is fuzzed: one plain function from bytes to nothing for each subject, with what it begins from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
HOSTILE = FIXTURES / "hostile"
NAMES = ("pages", "directives", "urls", "settings", "packs", "sitemaps", "archives", "saved")


@dataclass(frozen=True)
class Target:
    """`run` returns where the input is handled as it should be, whatever it is, and raises where it is not; `glance` asks less, and is quick.

    `seeds` are inputs to begin from, `words` what inputs are likely to hold, `longest` how long inputs become.
    """

    name: str
    run: Callable[[bytes], None]
    glance: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Iterable[str]]
    longest: int


def kept(name: str) -> list[Path]:
    """The cases of a target that are kept."""
    return sorted(path for path in (HOSTILE / name).glob("*") if path.is_file())


def target(name: str) -> Target:
    """The target of that name."""
    module = import_module(f"tests.fuzz.{name}")
    return Target(name, module.run, getattr(module, "glance", module.run), module.seeds, module.words, module.LONGEST)
