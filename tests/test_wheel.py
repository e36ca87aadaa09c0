"""The wheel, built from the source archive and installed where nothing else is, does what the source tree does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from packaging.requirements import Requirement

import checker

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "fixtures/pages/founding-story/page.html"

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and what it declares to need, and nothing else."""
    place = tmp_path_factory.mktemp("a clean place") / "my env"
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    found = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(found), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    packages = subprocess.check_output([found, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"], encoding="utf-8").strip()
    # Copied from here, so that the test needs no network.
    for name in needed(distribution("disclosure-checker"), set()):
        copy(distribution(name), Path(packages))
    subprocess.run([*pip, "check"], check=True, capture_output=True)
    return found


def needed(what: Distribution, seen: set[str]) -> set[str]:
    """The names of all distributions that this one needs at run time."""
    for text in what.requires or ():
        wanted = Requirement(text)
        if wanted.name not in seen and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            seen.add(wanted.name)
            needed(distribution(wanted.name), seen)
    return seen


def copy(what: Distribution, folder: Path) -> None:
    """The files of an installed distribution, but for its commands."""
    for file in what.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(str(what.locate_file(file)), folder / file)


def run(python: Path, *arguments: str, code: int = 0) -> str:
    """What the installed command prints; it runs far from the source tree."""
    command = python.with_name("disclosure-checker")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([command, *arguments], cwd=python.parent, env=clean, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "checker/py.typed" in names
    rules = {f"checker/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.toml")}
    files = [path for pattern in ("*.py", "*.json", "*.js", "*.css", "*.jinja") for path in (ROOT / "checker").rglob(pattern)]
    code = {path.relative_to(ROOT).as_posix() for path in files if path.parent.name != "__pycache__"}
    assert sorted((rules | code) - names) == []
    assert [name for name in names if "__pycache__" in name] == []
    assert sorted(name for name in names if name.split("/")[0] not in ("checker", f"disclosure_checker-{checker.__version__}.dist-info")) == []
    assert [name for name in names if name.endswith("licenses/LICENSE")]


def test_the_source_archive_can_be_worked_on(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "requirements.lock", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".ci/run", "fixtures/README.md"} <= names
    files = [
        path for folder in ("rules", "tests") for path in (ROOT / folder).rglob("*.*") if path.suffix != ".pyc" and "node_modules" not in path.parts
    ]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= names
    assert [name for name in names if "node_modules" in name] == []


def test_the_version(python: Path) -> None:
    assert run(python, "--version") == f"disclosure-checker {checker.__version__}\n"


def test_pages_are_checked_and_read(python: Path) -> None:
    report = json.loads(run(python, "check", str(FIXTURE), "--output", "json", code=1))
    assert [finding["rule"] for finding in report["findings"]] == ["AFF002", "PRG101"]
    schema = json.loads(run(python, "schema", "report"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    facts = json.loads(run(python, "facts", str(FIXTURE)))
    assert facts["verdicts"]["affiliate_notice"] == "clear_after"


def test_rules_and_their_examples_are_there(python: Path) -> None:
    assert run(python, "test") == ""
    assert run(python, "explain", "IMG401").startswith("IMG401 image-without-credit")
    assert "AUT502" in run(python, "rules")


def test_the_public_names_are_there_and_typed(python: Path) -> None:
    program = "from checker import check, load_rules, read; print(len(load_rules().rules.rules), check('<p>Tea').status, read('<p>Tea').words)"
    done = subprocess.run([python, "-W", "error", "-c", program], cwd=python.parent, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[1:] == ["checked", "1"]


def test_what_is_shown_as_the_readme_is_the_readme(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"disclosure_checker-{checker.__version__}.dist-info/METADATA").decode()
    assert (ROOT / "README.md").read_text("utf-8").splitlines()[2] in metadata
    assert "License-Expression: Apache-2.0" in metadata
