"""Measure the program: `make bench`, `make profile`.

python -m tests.bench run [--pages FOLDER] [--rounds 5] [--parts steps,peers] [--out tests/bench/results]
python -m tests.bench readme [--results FILE] [--readme README.md]
python -m tests.bench profile [--pages FOLDER] [--most 15]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_RESULTS = _HERE / "results"


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 2 for what was called wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure, and write results.json, results.md and results.svg")
    run.add_argument("--pages", type=Path, help="a folder of real pages (.html, .html.gz), in place of generated ones")
    run.add_argument("--named", help="what these pages are, in a word or two")
    run.add_argument("--rounds", type=int, default=5)
    run.add_argument("--parts", help="only these, separated by commas")
    run.add_argument("--count", type=int, default=2_000, help="how many pages many pages are")
    run.add_argument("--worst", type=float, default=1.0, help="the part of each worst case that is measured")
    run.add_argument("--out", type=Path, default=_RESULTS)
    readme = commands.add_parser("readme", help="put the table between its marks in the README")
    readme.add_argument("--results", type=Path, default=_RESULTS / "results.json")
    readme.add_argument("--readme", type=Path, default=_HERE.parents[1] / "README.md")
    profile = commands.add_parser("profile", help="the functions with the most time of their own, step by step")
    profile.add_argument("--pages", type=Path)
    profile.add_argument("--most", type=int, default=15)
    options = parser.parse_args(words)
    try:
        return {"run": _run, "readme": _readme, "profile": _profile}[options.command](options)
    except (OSError, ValueError) as fault:
        sys.stderr.write(f"bench: {fault}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    from tests.bench import results, table
    from tests.bench.plot import plot

    parts = tuple(options.parts.split(",")) if options.parts else results.PARTS
    if unknown := [part for part in parts if part not in results.PARTS]:
        raise ValueError(f"there is no part {unknown[0]!r}; there are: {', '.join(results.PARTS)}")
    pages = results.real(options.pages) if options.pages else results.generated()
    named = options.named or ("real pages" if options.pages else "generated pages")
    found = results.measured(pages, named, options.rounds, parts, options.count, options.worst)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "results.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    (options.out / "results.md").write_text(table.full(found), "utf-8")
    (options.out / "results.svg").write_text(plot(found), "utf-8")
    sys.stdout.write(table.full(found))
    return 0


def _readme(options: argparse.Namespace) -> int:
    from tests.bench import table

    if not options.results.exists():
        raise ValueError(f"{options.results} is not there yet: make bench")
    try:
        table.write(table.summary(json.loads(options.results.read_text("utf-8"))), options.readme)
    except ValueError as fault:
        raise ValueError(f"{options.readme}: {fault}") from fault
    return 0


def _profile(options: argparse.Namespace) -> int:
    from tests.bench import results
    from tests.bench.hot import hot

    sys.stdout.write(hot(results.real(options.pages) if options.pages else results.generated(), options.most))
    return 0


if __name__ == "__main__":
    sys.exit(main())
