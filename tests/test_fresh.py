"""What is generated equals what the code generates now, and what is written down twice says the same."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

from checker import schemas
from checker.engine.schema import rule_schema

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def test_the_schema_of_rule_files_is_written_as_the_checks_are() -> None:
    written = schemas.path_of("rule").read_text("utf-8")
    assert written == json.dumps(rule_schema(), indent=2, ensure_ascii=False) + "\n", "stale: run python -m checker.engine.schema"


def test_a_finding_and_a_page_are_the_same_in_json_and_in_lines() -> None:
    whole, lines = (schemas.load(name)["$defs"] for name in ("report", "report-line"))
    assert {"page", "finding"} <= whole.keys() & lines.keys()
    assert {name: whole[name] for name in whole.keys() & lines.keys()} == {name: lines[name] for name in whole.keys() & lines.keys()}


def test_the_hostile_pages_are_those_of_their_maker() -> None:
    spec = importlib.util.spec_from_file_location("hostile_maker", ROOT / "fixtures/hostile/make.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made = {name: body for name, body in maker.pages().items() if len(body) <= maker.KEPT}
    kept = {path.name: path.read_bytes() for path in (ROOT / "fixtures/hostile").glob("*.html")}
    assert sorted(kept) == sorted(made)
    assert sorted(name for name in made if made[name] != kept[name]) == [], "stale: run python fixtures/hostile/make.py"


@pytest.mark.parametrize("wanted", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"], *PROJECT["build-system"]["requires"]])
def test_what_the_project_needs_is_locked(wanted: str) -> None:
    found = re.fullmatch(r"([a-z0-9.-]+)(?:\[[a-z0-9,]+\])?(?:>=([0-9.]+))?(?:; .*)?", wanted)
    assert found is not None, wanted
    locked = re.search(rf"^{re.escape(found[1].replace('.', '-'))}==([0-9.]+)", LOCK, re.MULTILINE)
    assert locked is not None, f"{wanted} is not in requirements.lock: run make lock"
    numbers = [[int(part) for part in version.split(".") if part] for version in (locked[1], found[2] or "0")]
    assert numbers[0] >= numbers[1], f"{locked[0]} is too old for {wanted}: run make lock"


def test_everything_locked_has_its_hashes_and_no_index() -> None:
    names = re.findall(r"^(\S+)==\S+", LOCK, re.MULTILINE)
    entries = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert len(names) == len(entries) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


def test_the_version_has_its_place_in_the_changelog() -> None:
    from checker import __version__

    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert "Unreleased" in titles or any(title.startswith(__version__) for title in titles)
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
