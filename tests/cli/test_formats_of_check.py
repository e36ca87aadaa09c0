import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.report import FORMATS

Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("arguments", "code"), [(["clean.html"], 0), (["paid.html", "image.html"], 1), (["clean.html", "image.html"], 3), (["none"], 4)]
)
def test_the_exit_code_is_the_same_for_every_format(site: Path, call: Call, name: str, arguments: list[str], code: int) -> None:
    # Without the time, which differs from run to run.
    printed = call("check", *arguments, "--reproducible", "--output", name)
    assert printed.exit_code == code
    filed = call("check", *arguments, "--reproducible", "--output", f"{name}=report")
    assert filed.exit_code == code
    assert (site / "report").read_bytes() == printed.stdout_bytes


def test_all_formats_in_one_run(site: Path, call: Call) -> None:
    outputs = [word for name in FORMATS for word in ("--output", f"{name}=r.{name}")]
    result = call("check", "paid.html", "image.html", *outputs)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert all((site / f"r.{name}").read_text("utf-8").endswith("\n") for name in FORMATS)
    unread = [name for name in FORMATS if "not_html" not in (site / f"r.{name}").read_text("utf-8")]
    assert unread == []


def test_sarif_for_github(site: Path, call: Call) -> None:
    for target in ("any", "github"):
        call("check", "paid.html", "--output", f"sarif={target}.sarif", "--sarif-target", target)
    hashed = {target: "primaryLocationLineHash" in (site / f"{target}.sarif").read_text("utf-8") for target in ("any", "github")}
    assert hashed == {"any": False, "github": True}
    (run,) = json.loads((site / "github.sarif").read_text("utf-8"))["runs"]
    assert {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]} == {"paid.html"}
    wrong = call("check", "paid.html", "--sarif-target", "gitlab")
    assert wrong.exit_code == 2


def test_the_page_of_the_job_is_filled_where_github_asks(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "summary.md").write_text("# build\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary.md"))
    call("check", "paid.html", "--output", "text")
    assert (site / "summary.md").read_text("utf-8") == "# build\n"
    result = call("check", "paid.html", "--output", "github")
    assert result.exit_code == 1
    assert (site / "summary.md").read_text("utf-8").startswith("# build\n## disclosure-checker: findings\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "no" / "summary.md"))
    assert call("check", "paid.html", "--output", "github").exit_code == 2
