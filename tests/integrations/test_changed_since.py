"""`--changed-since` from the outside: exit codes, the sentence that says why, the baseline of a renamed page, settings beside it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# A page that says nowhere what its own address is, so that its path is its key.
BAD = (ROOT / "fixtures/sites/next/out/reviews/standing-desk.html").read_text("utf-8")

Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def told(repository: Path, shell: Shell) -> Callable[..., tuple[int, str]]:
    """The exit code and the last line on standard error."""

    def run(arguments: str, before: str = "true", inside: str = ".") -> tuple[int, str]:
        done = shell(f"{before}\ndisclosure-checker check {arguments} --quiet", repository / inside)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr.splitlines()[-1].removeprefix("disclosure-checker: ")

    return run


def test_nothing_changed_is_fine_and_no_page_is_not(repository: Path, told: Callable[..., tuple[int, str]]) -> None:
    assert told(". --changed-since main") == (0, "exit 0 (ok): no page changed; 1 unchanged")
    (repository / "empty").mkdir()
    assert told("empty --changed-since main")[0] == 4
    assert told("empty --changed-since main --allow-empty")[0] == 0
    # A build that wrote nothing at all must not look like one that changed nothing.
    assert told(". --changed-since main", "rm good.html")[0] == 4


def test_only_a_changed_page_can_fail(repository: Path, told: Callable[..., tuple[int, str]]) -> None:
    (repository / "bad.html").write_text(BAD, "utf-8")
    assert told(". --changed-since main")[0] == 1
    assert told(". --changed-since main", "git add -A; git commit -qm 'Bad'")[0] == 0
    assert told(". --changed-since main~1")[0] == 1
    (repository / "good.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    code, why = told(". --changed-since main")
    assert code == 3
    assert why.endswith("1 not checked; 1 unchanged")


def test_a_list_with_deleted_pages(repository: Path, shell: Shell) -> None:
    done = shell(
        "cp good.html other.html; git add -A; git commit -qm 'Two'; git checkout -qb story; git rm -q good.html; echo '<p>x' >> other.html\n"
        "git diff --name-only main | disclosure-checker check --files-from - --changed-since main --output json",
        repository,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["summary"]["inputs"]["skipped"] == 1
    assert "deleted since main" in done.stdout


@pytest.mark.parametrize("ref", ["nowhere", "''", "--version", "-x", "'$(touch pwned)'", "main..HEAD"])
def test_a_ref_that_is_none_is_an_error(repository: Path, told: Callable[..., tuple[int, str]], ref: str) -> None:
    code, why = told(f". --changed-since={ref}")
    assert code == 2
    assert why.startswith("exit 2 (error): --changed-since: ")
    assert not (repository / "pwned").exists()


def test_an_input_outside_is_an_error(told: Callable[..., tuple[int, str]], repository: Path) -> None:
    (repository.parent / "outside.html").write_text(BAD, "utf-8")
    code, why = told("../outside.html --changed-since main")
    assert code == 2
    assert "../outside.html is outside the repository" in why


def test_no_report_is_begun_for_a_ref_that_is_none(repository: Path, told: Callable[..., tuple[int, str]]) -> None:
    assert told(". --changed-since nowhere --output json=report.json --output jsonl=report.jsonl")[0] == 2
    assert not list(repository.glob("report*"))


def test_a_renamed_page_keeps_its_baseline(repository: Path, told: Callable[..., tuple[int, str]], shell: Shell) -> None:
    (repository / "site").mkdir()
    (repository / "site/bad.html").write_text(BAD, "utf-8")
    script = (
        "printf 'profiles = [\"us\"]\\n' > disclosure-checker.toml; disclosure-checker baseline create site --baseline known.jsonl\n"
        "git add -A; git commit -qm 'Bad, and known'; git checkout -qb story; git mv site/bad.html site/renamed.html"
    )
    done = shell(script, repository)
    assert done.returncode == 0, done.stderr
    assert told("site --baseline known.jsonl")[0] == 1
    for inside, site, known in ((".", "site", "known.jsonl"), ("site", ".", "../known.jsonl")):
        code, why = told(f"{site} --baseline {known} --changed-since main", inside=inside)
        assert code == 0, why
        assert "baselined" in why


def test_what_settings_leave_out_is_not_counted_as_unchanged(repository: Path, told: Callable[..., tuple[int, str]]) -> None:
    (repository / "disclosure-checker.toml").write_text('exclude = ["drafts/**"]\n', "utf-8")
    (repository / "drafts").mkdir()
    (repository / "drafts/bad.html").write_text(BAD, "utf-8")
    assert told(". --changed-since main") == (0, "exit 0 (ok): no page changed; 1 excluded; 1 unchanged")


def test_an_address_is_told_as_another(repository: Path, shell: Shell) -> None:
    page = BAD.replace("<head>", '<head><link rel="canonical" href="https://staging.harbourdesk.example/reviews/standing-desk"/>')
    (repository / "bad.html").write_text(page, "utf-8")
    done = shell(
        "disclosure-checker check bad.html --output json --remap https://staging.harbourdesk.example=https://harbourdesk.example", repository
    )
    assert done.returncode == 1, done.stderr
    assert {finding["page_key"] for finding in json.loads(done.stdout)["findings"]} == {"https://harbourdesk.example/reviews/standing-desk"}
    for wrong in ("https://staging.harbourdesk.example", "=https://harbourdesk.example"):
        done = shell(f"disclosure-checker check bad.html --remap {wrong}", repository)
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.splitlines()) == 1
