import subprocess
from pathlib import Path

import pytest

from checker.scale.tracked import is_tracked

RESULTS = "disclosure-results-1"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "site"
    try:
        subprocess.run(["git", "init", "--quiet", str(top)], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    (top / "cache" / RESULTS).mkdir(parents=True)
    (top / "cache" / RESULTS / "a").write_text("x", "utf-8")
    (top / "page.html").write_text("x", "utf-8")
    git(top, "add", "page.html")
    return top


def git(top: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(top), "-c", "user.name=a", "-c", "user.email=a@b.example", *words], check=True, capture_output=True)


def test_results_that_only_lie_there_are_not_tracked(repository: Path, tmp_path: Path) -> None:
    assert not is_tracked(repository / "cache" / RESULTS)
    assert not is_tracked(tmp_path / RESULTS)


def test_results_that_were_added_are(repository: Path) -> None:
    git(repository, "add", "--force", "cache")
    assert is_tracked(repository / "cache" / RESULTS)


def test_capitals_make_no_other_folder(repository: Path) -> None:
    (repository / "cache" / RESULTS.upper()).mkdir(exist_ok=True)
    (repository / "cache" / RESULTS.upper() / "a").write_text("x", "utf-8")
    git(repository, "add", "--force", f"cache/{RESULTS.upper()}")
    assert is_tracked(repository / "cache" / RESULTS)


def test_a_second_working_copy_has_its_index_elsewhere(repository: Path, tmp_path: Path) -> None:
    git(repository, "add", "--force", "cache")
    git(repository, "commit", "--quiet", "-m", "a")
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "second"))
    assert is_tracked(tmp_path / "second" / "cache" / RESULTS)


@pytest.mark.parametrize("setting", [("update-index", "--split-index"), ("update-index", "--index-version", "4")])
def test_other_kinds_of_index(repository: Path, setting: tuple[str, ...]) -> None:
    git(repository, "add", "--force", "cache")
    git(repository, *setting)
    assert is_tracked(repository / "cache" / RESULTS)
