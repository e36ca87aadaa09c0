"""What the formats of pipelines owe to those who show them: JUnit, GitHub's commands, Markdown, and the file that is not ours alone."""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from checker.errors import BadOutput
from checker.model import Finding, Outcome, PageReport, Severity
from checker.report import FORMATS, make
from checker.report.outputs import Outputs, Target
from checker.report.run import Closing, Look, Run

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


def written(name: str, run: Run, *pages: PageReport, closing: Closing) -> str:
    report = make(name, FORMATS, Look())
    return report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing)


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [("error", {"E"}), ("warning", {"E", "W"}), ("info", {"E", "W", "I"}), ("review", {"E", "W", "I", "R"}), ("never", set())],
)
def test_in_junit_fails_what_fails_the_run(fail_on: str, failing: set[str], run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    findings = {
        "E": finding(rule="E"),
        "W": finding(rule="W", severity=Severity.WARNING),
        "I": finding(rule="I", severity=Severity.INFO),
        "R": finding(rule="R", outcome=Outcome.NEEDS_REVIEW),
        "S": finding(rule="S", state="suppressed"),
        "B": finding(rule="B", state="baselined"),
    }
    outcomes = {"P": Outcome.PASS, "N": Outcome.INAPPLICABLE, "C": Outcome.NOT_CHECKED}
    page = report(*findings.values(), outcomes=outcomes)
    run = Run(run.version, run.rules_digest, run.profiles, fail_on)
    root = fromstring(written("junit", run, page, closing=closing(page)).encode())
    cases = {case.get("name", "").split()[0]: [inside.tag for inside in case] for case in root.iter("testcase")}
    assert {rule for rule, inside in cases.items() if "failure" in inside} == failing
    assert {rule for rule, inside in cases.items() if "skipped" in inside} == set(findings) - failing
    assert (cases["P"], cases["C"], "N" in cases) == ([], ["error"], False)
    assert {name: int(root.get(name, "")) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": 9, "failures": len(failing), "errors": 1, "skipped": 6 - len(failing)
    }  # fmt: skip
    suite, last = root
    assert suite.get("name") == "a.html"
    assert {each.get("name"): each.get("value") for each in last.iter("property")} == {"exit_code": "1", "exit_name": "findings", "complete": "false"}


def test_annotations_share_a_cause_and_errors_come_first(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    pages = [report(finding(rule="IMG401", severity=Severity.INFO, cause="img"), finding(cause="a"), source=f"{number}.html") for number in range(7)]
    lines = written("github", run, *pages, closing=closing(*pages)).splitlines()
    first, second = [line for line in lines if line.startswith(("::error", "::notice"))]
    assert first.startswith("::error file=0.html,line=12,col=5,title=AFF001 paid-link-without-notice::No notice tells that links pay.")
    assert first.endswith("%0A7 findings of this kind on 7 pages: 0.html, 1.html, 2.html, 3.html, 4.html, and 2 more")
    assert second.startswith("::notice file=0.html")


def test_where_there_is_room_each_cause_is_annotated(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    pages = [report(finding(), finding(severity=Severity.INFO, rule="IMG401"), source=f"{number}.html") for number in range(9)]
    lines = written("github", run, *pages, closing=closing(*pages)).splitlines()
    assert [line.split(",")[0] for line in lines if line.startswith("::error")] == [f"::error file={number}.html" for number in range(9)]
    assert sum(line.startswith("::notice") for line in lines) == 9


def test_what_github_would_drop_is_counted(run: Run, finding: Finds, report: Reports, closing: Closes, unread: PageReport) -> None:
    pages = [report(*[finding(rule=f"AFF{number:03}")] * 2, source=f"{number}.html") for number in range(14)]
    lines = written("github", run, unread, *pages, closing=closing(unread, *pages)).splitlines()
    errors = [line for line in lines if line.startswith("::error")]
    assert len(errors) == 10
    assert errors[0] == "::error title=Not checked::1 not checked (not_html): b .html"
    (left,) = [line for line in lines if line.startswith("::notice title=Left out")]
    assert "5 annotations with 10 findings are not shown" in left


def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    unread = [PageReport(f"{number}{'x' * 200}", "not_checked", "k", detail="y" * 200) for number in range(200)]
    info = [report(*[finding(severity=Severity.INFO, message="<" * 400)] * 2, source=f"i{number}.html") for number in range(100)]
    long = report(*[finding()] * 45, source="long.html")
    pages = [*unread, *info, long]
    whole = written("markdown", run, *pages, closing=closing(*pages))
    assert len(whole) <= 65_000
    assert re.search(r"^- and \d+ more$", whole, re.MULTILINE)
    assert whole.index("long&#46;html") < whole.index("i0&#46;html")
    shown = len(re.findall(r"^\| 12 \| AFF001 \|", whole, re.MULTILINE))
    (left,) = re.findall(r"_Left out to keep this short: (\d+) findings on \d+ pages\._", whole)
    assert shown + int(left) == 245


def test_what_stands_in_an_appended_file_stays(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    path = tmp_path / "summary.md"
    path.write_text("# before\n", "utf-8")
    with Outputs([Target("markdown", path, append=True)], FORMATS, Look(), io.StringIO()) as outputs:
        outputs.start(run)
        outputs.page(unread)
        assert path.read_text("utf-8") == "# before\n"
        outputs.end(closing(unread))
    assert path.read_text("utf-8").startswith("# before\n## disclosure-checker: ")


def test_an_appended_file_is_never_half_written(
    tmp_path: Path, run: Run, unread: PageReport, closing: Closes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.md"
    path.write_text("# before\n", "utf-8")
    real = os.write
    calls: list[int] = []

    def fills(file: int, what: bytes) -> int:
        if calls:
            raise OSError(28, "No space left on device")
        calls.append(file)
        return real(file, what[:10])

    def run_out_of_space() -> None:
        with Outputs([Target("markdown", path, append=True)], FORMATS, Look(), io.StringIO()) as outputs:
            outputs.start(run)
            monkeypatch.setattr(os, "write", fills)
            outputs.end(closing(unread))

    with pytest.raises(BadOutput, match=r"summary\.md: No space left"):
        run_out_of_space()
    assert calls
    assert path.read_text("utf-8") == "# before\n"
