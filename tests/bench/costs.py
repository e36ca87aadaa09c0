"""The guard of costs: what pages of every kind cost in counts (see `counting`), against the ceilings in `costs.toml`.

    python -m tests.bench.costs            what each page costs now, beside its ceiling
    python -m tests.bench.costs --renew    take what pages cost now for the ceilings

A stopwatch would fail on a busy machine and sleep on a fast one; counts do neither. A page may cost a little more than its ceiling, so that a small
change needs no renewal; where it costs a good deal less, the ceiling is worth renewing, or the next change may waste what this one has won.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.counting import COUNTS

# Count by module by page, and the ceilings of the same shape.
Costs = Mapping[str, Mapping[str, Mapping[str, int]]]
Pages = Mapping[str, tuple[str, int]]

CEILINGS = Path(__file__).parent / "costs.toml"
RENEW = "make costs"
# The whole of a page may cost so much more, and a module that does much of the page's work.
SLACK, MODULE_SLACK, MUCH = 1.12, 1.5, 0.05
# Below this the ceiling is out of date.
FALLEN = 0.8
# Each byte of a large page may cost so much more than one of a small page of the same make-up.
STEEPEST = 1.3
_OTHERS = "others"

PAGES: Pages = {
    "a small page": ("bytes of a common page", 10_000),
    "a common page": ("bytes of a common page", 112_000),
    "a page of links": ("links", 300),
    "a page of pictures": ("pictures", 100),
    "a page of one paragraph": ("characters in one paragraph", 50_000),
    "a page of small texts": ("pieces of text", 5_000),
    "a page of boxes": ("nested boxes", 500),
    "a page of styles": ("rules of style", 300),
    "a page of bylines": ("bylines", 100),
    "a page of notices": ("notices", 50),
}
# Every kind in two sizes, a small one and a large one.
GROWTH: Mapping[str, tuple[int, int]] = {
    "bytes of a common page": (100_000, 1_000_000),
    "links": (250, 1_000),
    "pictures": (50, 200),
    "characters in one paragraph": (30_000, 120_000),
    "pieces of text": (2_500, 10_000),
    "nested boxes": (1_000, 4_000),
    "attributes": (2_500, 10_000),
    "people in structured data": (250, 1_000),
    "rules of style": (250, 1_000),
    "bylines": (50, 200),
    "notices": (25, 100),
}


def counted(pages: Pages, twice: str | None = None, *, lines: bool = False) -> Costs:
    """What pages cost now. `twice` names a function that is made to do everything two times; with `lines` these are counted as well."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.counting"],
        input=json.dumps({"pages": pages, "twice": twice, "lines": lines}), capture_output=True, check=False, encoding="utf-8",
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": ""},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the pages could not be counted:\n{done.stderr}")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def grown() -> Pages:
    """The pages that growth is seen by."""
    return {f"{kind}: {size:,}": (kind, size) for kind, sizes in GROWTH.items() for size in sizes}


def total(modules: Mapping[str, Mapping[str, int]], count: str) -> int:
    """One count of a page, of all modules."""
    return sum(counts.get(count, 0) for counts in modules.values())


def too_dear(ceilings: Costs, found: Costs) -> list[str]:
    """For each page and count that is over its ceiling, what was counted before and now, and where."""
    return [fault for page in found for count in COUNTS for fault in _faults(page, count, ceilings.get(page, {}), found[page])]


def _faults(page: str, count: str, before: Mapping[str, Mapping[str, int]], now: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    whole, ceiling = total(now, count), total(before, count)
    if not before:
        yield f"{page}: it has no ceiling yet"
    elif whole > SLACK * ceiling:
        yield f"{page}: {whole:,} {count}, where {ceiling:,} are the ceiling; {_told(count, _grown_modules(count, before, now))}"
    else:
        for module, was, grown_to in _grown_modules(count, before, now):
            if grown_to > MUCH * ceiling and grown_to > MODULE_SLACK * was and module != _OTHERS:
                yield f"{page}: {grown_to:,} {count} in {module}, where {was:,} are the ceiling"


def _grown_modules(count: str, before: Mapping[str, Mapping[str, int]], now: Mapping[str, Mapping[str, int]]) -> list[tuple[str, int, int]]:
    """Module, count before and count now, those first that have grown most."""
    folded: dict[str, int] = {}
    for module, counts in now.items():
        name = module if module in before else _OTHERS
        # What is new in the page is named, however little it is.
        name = module if counts.get(count, 0) > MUCH * total(now, count) else name
        folded[name] = folded.get(name, 0) + counts.get(count, 0)
    every = [(module, before.get(module, {}).get(count, 0), folded.get(module, 0)) for module in {**before, **folded}]
    return sorted((each for each in every if each[2] > each[1]), key=lambda each: (each[1] - each[2], each[0]))


def _told(count: str, modules: list[tuple[str, int, int]]) -> str:
    return "most in " + ", ".join(f"{module} ({was:,} → {now:,})" for module, was, now in modules[:3]) if modules else count


def fallen(ceilings: Costs, found: Costs) -> list[str]:
    """Pages that cost so much less than their ceiling that it should be renewed."""
    pairs = [(page, count, total(found[page], count), total(ceilings.get(page, {}), count)) for page in found for count in COUNTS]
    return [f"{page}: {now:,} {count}, where {was:,} are the ceiling" for page, count, now, was in pairs if now < FALLEN * was]


def too_steep(found: Costs) -> list[str]:
    """Kinds of page of which a byte costs more the more of them there are."""
    faults = []
    for kind, (few, many) in GROWTH.items():
        small, large = found[f"{kind}: {few:,}"], found[f"{kind}: {many:,}"]
        bytes_grew = large["bytes"][""] / small["bytes"][""]
        for count in (*COUNTS, "lines"):
            grew = total(_alone(large), count) / max(1, total(_alone(small), count)) / bytes_grew
            if grew > STEEPEST:
                worst = _told(count, _grown_modules(count, _alone(small), _alone(large)))
                faults.append(f"{kind}: from {few:,} to {many:,} each byte costs {grew:.2f} times the {count}; {worst}")
    return faults


def _alone(modules: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    return {module: counts for module, counts in modules.items() if module != "bytes"}


def ceilings(path: Path = CEILINGS) -> Costs:
    """The ceilings as they are kept; none where they were never taken."""
    if not path.exists():
        return {}
    kept = tomllib.loads(path.read_text("utf-8"))
    return {page: {module: dict(zip(COUNTS, counts, strict=True)) for module, counts in modules.items()} for page, modules in kept.items()}


def written(found: Costs) -> str:
    """The ceilings as a file. Modules that do next to nothing on a page are told together."""
    lines = [
        "# What pages may cost. Written by `make costs`; read by tests/test_costs.py.",
        f"# Module = [{', '.join(COUNTS)}], told in tests/bench/counting.py.",
    ]
    for page, modules in found.items():
        lines += ["", f'["{page}"]']
        kept: dict[str, list[int]] = {}
        for module, counts in sorted(_alone(modules).items()):
            large = any(counts.get(count, 0) > 0.01 * total(_alone(modules), count) for count in COUNTS)
            row = kept.setdefault(module if large else _OTHERS, [0] * len(COUNTS))
            for place, count in enumerate(COUNTS):
                row[place] += counts.get(count, 0)
        lines += [f'"{module}" = [{", ".join(f"{number:_}" for number in row)}]' for module, row in sorted(kept.items())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print what pages cost, or renew the ceilings."""
    if arguments not in ([], ["--renew"]):
        sys.stderr.write("use: python -m tests.bench.costs [--renew]\n")
        return 2
    before, now = ceilings(), counted(PAGES)
    for page, modules in now.items():
        for count in COUNTS:
            sys.stdout.write(f"{page:26} {count:11} {total(modules, count):>12,}   ceiling {total(before.get(page, {}), count):>12,}\n")
    if arguments:
        CEILINGS.write_text(written(now), "utf-8")
        sys.stdout.write(f"{CEILINGS.name} is renewed; say in the commit why\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
