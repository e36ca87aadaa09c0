"""One process that fuzzes one target: `python -m tests.fuzz.loop TARGET FOLDER [libFuzzer options]`. The runner starts it."""

from __future__ import annotations

import hashlib
import sys
from importlib import import_module
from pathlib import Path

# What is read along with the project: the readers of TOML, mail and archives decide what an input means.
INSTRUMENTED = ["checker", "warcio", "zipfile", "tomllib", "email"]


def main() -> None:
    """Fuzz until libFuzzer ends the process; faults are written to files and do not end it."""
    atheris = import_module("atheris")  # only those who fuzz have it
    name, folder = sys.argv[1], Path(sys.argv[2])
    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.fuzz.target import target
        from tests.fuzz.verdict import Judge, warn

        chosen = target(name)
        judge = Judge(chosen.glance)
        # The first round imports what is imported when it is used, and under instrumentation.
        ordinary = sorted((seed for seed in chosen.seeds() if len(seed) <= chosen.longest), key=len)[-40:]
        judge.measure(ordinary)
        judge.measure(ordinary)
        warn(f"PACE {judge.pace or 0:.3g} seconds a byte; {judge.allowed(b''):.2f} s are allowed for short inputs")
        known: dict[str, int] = {}

        def one(data: bytes) -> None:
            fault = judge.fault(data)
            if fault is None or known.get(fault.key, sys.maxsize) <= len(data):
                return
            if fault.key not in known:
                warn(f"FAULT {fault.key} ({len(data)} bytes)")
            known[fault.key] = len(data)
            path = folder / "faults" / hashlib.sha256(fault.key.encode()).hexdigest()[:12]
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(f"{fault.key}\n\n{fault.told}\n", "utf-8", "backslashreplace")

        atheris.Setup([sys.argv[0], *sys.argv[3:]], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
