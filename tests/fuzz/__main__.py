"""Fuzzing by hand: `python -m tests.fuzz [TARGET …]`, or `make fuzz TARGET=urls SECONDS=600`. Needs the dependency group `fuzz`.

What goes wrong is written to FOLDER/TARGET/faults, each case with what it does beside it; the inputs that led somewhere new are kept in
FOLDER/TARGET/corpus and are where the next time goes on. `--try` runs files through a target without fuzzing, `--shrink` also makes them small.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from tests.fuzz.target import NAMES, ROOT, Target, kept, target
from tests.fuzz.verdict import Judge, minimised
from tests.fuzz.words import dictionary

_WORDS = 4_000
# Seconds for one input until libFuzzer calls it a hang, and MB until it calls it too large.
_HANG, _MEMORY = 60, 3_000
_STATUS = re.compile(r"#(\d+)\s.*cov: (\d+) ft: (\d+) corp: (\d+)")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 where nothing went wrong, 1 where something did, 2 where fuzzing is not possible here."""
    options = _options(arguments)
    targets = [target(name) for name in options.targets or NAMES]
    if options.files:
        return _tried(targets[0], options.files, shrink=options.shrink)
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write("fuzzing needs atheris: python -m pip install --group fuzz (Linux and macOS)\n")
        return 2
    found = [_fuzzed(each, options.folder / each.name, options.seconds) for each in targets]
    return int(any(found))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(NAMES)}; all of them by default")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target is fuzzed (60)")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="where inputs and faults are kept (.fuzz)")
    parser.add_argument("--try", dest="files", type=Path, nargs="+", default=[], metavar="FILE", help="run these inputs through the one TARGET")
    parser.add_argument("--shrink", action="store_true", help="with --try: write the smallest input with the same fault beside each")
    return parser.parse_args(arguments)


def _fuzzed(chosen: Target, folder: Path, seconds: int) -> int:
    """Fuzz one target for so long; how many different faults there are in its folder."""
    for part in ("corpus", "faults"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for seed in {*chosen.seeds(), *(path.read_bytes() for path in kept(chosen.name))}:
        if len(seed) <= chosen.longest:
            (folder / "corpus" / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    (folder / "words.dict").write_text(dictionary(chosen.words(), _WORDS), "ascii")
    end, before = time.monotonic() + seconds, getrusage(RUSAGE_CHILDREN).ru_utime
    log = folder / "log.txt"
    with log.open("wb") as stream:
        # A hang or a leak ends a process; the time that is left is for the next one.
        while (left := int(end - time.monotonic())) > 0:
            command = [
                sys.executable, "-m", "tests.fuzz.loop", chosen.name, str(folder), str(folder / "corpus"), f"-dict={folder / 'words.dict'}",
                f"-max_len={chosen.longest}", f"-max_total_time={left}", f"-timeout={_HANG}", f"-rss_limit_mb={_MEMORY}",
                "-print_final_stats=1", "-report_slow_units=1000",
                f"-artifact_prefix={folder / 'faults'}/",
            ]  # fmt: skip
            done = subprocess.run(command, cwd=ROOT, stdout=stream, stderr=stream, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
            if done.returncode == 1:  # Python's own: libFuzzer has others
                sys.stderr.write(f"{chosen.name} cannot be fuzzed; {log} says why\n")
                return 1
    faults = [path for path in sorted((folder / "faults").iterdir()) if path.suffix != ".txt"]
    cost = f"{getrusage(RUSAGE_CHILDREN).ru_utime - before:.0f} s of the processor"
    sys.stdout.write(f"{chosen.name}: {_told(log)}, {cost}; {len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {folder / 'faults'}\n")
    sys.stdout.flush()
    return len(faults)


def _told(log: Path) -> str:
    """How far it came, by libFuzzer's own count, over all its processes."""
    runs, before, coverage, features, corpus = 0, 0, 0, 0, 0
    for found in _STATUS.finditer(log.read_text("utf-8", "replace")):
        count = int(found[1])
        if count < before:
            runs += before
        before = count
        coverage, features, corpus = (max(old, int(new)) for old, new in zip((coverage, features, corpus), found.groups()[1:], strict=True))
    return f"{runs + before:,} inputs, {coverage:,} edges, {features:,} features, {corpus:,} inputs kept"


def _tried(chosen: Target, files: Sequence[Path], *, shrink: bool) -> int:
    judge, quick = Judge(chosen.run), Judge(chosen.glance)
    seeds = sorted((seed for seed in chosen.seeds() if len(seed) <= chosen.longest), key=len)[-40:]
    judge.measure(seeds)
    judge.measure(seeds)
    wrong = 0
    for path in files:
        data = path.read_bytes()
        fault = judge.fault(data) or quick.fault(data)
        sys.stdout.write(f"{path}: {fault.key if fault else 'as it should be'}\n{fault.told if fault else ''}\n")
        wrong += fault is not None
        if fault is not None and shrink:
            small = minimised(data, lambda less, key=fault.key: (again := judge.fault(less)) is not None and again.key == key)  # type: ignore[misc]
            path.with_name(f"{path.name}.small").write_bytes(small)
            sys.stdout.write(f"{len(data)} bytes, {len(small)} are enough: {small[:300]!r}\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
