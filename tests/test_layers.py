"""The shape of the code: import contracts, file length, no list of words in code folders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "checker").rglob("*.py"))


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_holds_one_noun(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400, f"{path} has {lines} lines; split it by noun"


def test_all_packages_are_known_to_the_contracts() -> None:
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    top = {path.stem if path.is_file() else path.name for path in (ROOT / "checker").iterdir() if not path.name.startswith(("_", "."))} - {"py"}
    missing = [name for name in top if f"checker.{name}" not in contracts]
    assert not missing, f"not in any layer of pyproject.toml: {missing}"
