"""Every format tells the same run: its findings, questions and waived ones, what was not checked, and how it ended; whatever stands in the pages."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest
from defusedxml.ElementTree import fromstring

from checker.facts import Spot
from checker.model import Evidence, Finding, NotCheckedReason, Outcome, PageReport, Severity, Waiver
from checker.report import FORMATS, make
from checker.report.run import Closing, Look, Run

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]

HOSTILE = (
    "a\x1b[31mred\x07 \u202etxt ::error::x\n::stop-commands::y\r\n##[add-path]/x <script>alert(1)</script> </details> ]]> | "
    "[a](https://evil.example) ![i](//evil.example/i.png) @team #12 www.evil.example `code` {0} \ufffe \ud800 %0A & \"q\" 'q' *b* _u_"
)


class Counts(NamedTuple):
    violations: int
    reviews: int
    not_checked: int
    suppressed: int
    baselined: int


def written(name: str, run: Run, pages: Sequence[PageReport], closing: Closing, look: Look | None = None) -> str:
    report = make(name, FORMATS, look or Look())
    return report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing)


def of_findings(findings: Sequence[dict[str, Any]], not_checked: int) -> Counts:
    states = Counter(finding["state"] for finding in findings)
    new = Counter(finding["outcome"] for finding in findings if finding["state"] == "new")
    return Counts(new["violation"], new["needs_review"], not_checked, states["suppressed"], states["baselined"])


def of_words(words: Sequence[str], not_checked: int) -> Counts:
    found = Counter(words)
    return Counts(sum(found[severity] for severity in Severity), found["review"], not_checked, found["suppressed"], found["baselined"])


def read_text(text: str) -> Counts:
    words = re.findall(r"^[^ |].* AFF001 (error|warning|info|review) ", text, re.MULTILINE)
    (unread,) = re.findall(r"^NOT CHECKED: (\d+)$", text, re.MULTILINE)
    counts = of_words(words, int(unread))
    ((suppressed, baselined),) = re.findall(r"^Waived: (\d+) suppressed, (\d+) baselined$", text, re.MULTILINE)
    return counts._replace(suppressed=int(suppressed), baselined=int(baselined))


def read_json(text: str) -> Counts:
    whole = json.loads(text)
    return of_findings(whole["findings"], sum(page["status"] == "not_checked" for page in whole["pages"]))


def read_jsonl(text: str) -> Counts:
    lines = [json.loads(line) for line in text.splitlines()]
    return of_findings([line for line in lines if line["type"] == "finding"], sum(line.get("status") == "not_checked" for line in lines))


def read_sarif(text: str) -> Counts:
    (run,) = json.loads(text)["runs"]
    (invocation,) = run["invocations"]
    unread = [
        note for note in invocation["toolExecutionNotifications"] if note["descriptor"]["id"] in ("not_checked/missing", "not_checked/not_html")
    ]
    outcomes = {"fail": "violation", "review": "needs_review"}
    states = ["suppressed" if "suppressions" in each else {"unchanged": "baselined"}.get(each["baselineState"], "new") for each in run["results"]]
    found = [{"outcome": outcomes[each["kind"]], "state": state} for each, state in zip(run["results"], states, strict=True)]
    return of_findings(found, len(unread))


def read_junit(text: str) -> Counts:
    root = fromstring(text.encode())
    words = [line.split(":")[0] for each in root.iter() if each.tag in ("failure", "system-out") for line in (each.text or "").split("\n")]
    errors = [each for each in root.iter("error") if each.get("type") != "rule_crashed"]
    assert int(root.get("errors", "")) == len(errors) + 1
    return of_words(words, len(errors))


def read_github(text: str) -> Counts:
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    words = [found[1].split()[0] for line in lines if (found := re.match(r"- (?:\d+:\d+ )?AFF001 ([a-z ]+):", line))]
    return of_words(words, sum(line.startswith("- not checked: ") and "crashed" not in line for line in lines))


def read_gitlab(text: str) -> Counts:
    issues = json.loads(text)
    words = []
    for issue in issues:
        if issue["check_name"] == "AFF001":
            waived = re.match(r"\((\w+)\)", issue["description"])
            words.append(waived[1] if waived else {"critical": "error", "major": "warning", "minor": "review", "info": "info"}[issue["severity"]])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return of_words(words, sum(issue["check_name"] == "not_checked" for issue in issues))


def read_csv(text: str) -> Counts:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows.pop()["outcome"] == "exit"
    unread = [row for row in rows if row["outcome"] == "not_checked" and not row["rule"]]
    return of_findings([row for row in rows if row["outcome"] != "not_checked"], len(unread))


def read_markdown(text: str) -> Counts:
    words = re.findall(r"^\| \d* \| AFF001 \| (\w+) \|", text, re.MULTILINE)
    unread = [line for line in text.partition("### Not checked\n\n")[2].partition("\n\n")[0].splitlines() if "crashed" not in line]
    counts = of_words(words, len(unread))
    (totals,) = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| \d+ \|$", text, re.MULTILINE)
    numbers = [int(number) for number in totals]
    assert Counts(sum(numbers[:3]), *numbers[3:]) == counts
    return counts


def read_summary(text: str) -> Counts:
    said = {name: int(count) for name, count in re.findall(r"([a-z ]+): (\d+)", text)}
    number = {name.strip(): count for name, count in said.items()}
    violations = number["errors"] + number["warnings"] + number["info"]
    return Counts(violations, number["to review"], number["not checked"], number["suppressed"], number["baselined"])


def read_editor(text: str) -> Counts:
    pages = json.loads(text)["pages"]
    states = Counter(waived["state"] for page in pages for waived in page["waived"])
    violations, reviews = (sum(len(page[name]) for page in pages) for name in ("findings", "questions"))
    # A page on which a rule crashed is not ok, and was checked all the same.
    unread = sum(page["state"] == "not_checked" and page["reason"] is not None for page in pages)
    return Counts(violations, reviews, unread, states["suppressed"], states["baselined"])


def read_html(text: str) -> Counts:
    blocks = {name: json.loads(block) for name, block in re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', text, re.DOTALL)}
    lists = blocks["run"]["lists"]
    pages = [dict(zip(lists["columns"], row, strict=True)) for row in blocks["pages"]]
    found = [dict(zip(lists["finding"], values, strict=True)) for page in pages for values in page["findings"]]
    states = lists["finding_states"]
    return of_findings(
        [{"outcome": "needs_review" if each["asks"] else "violation", "state": states[each["state"]]} for each in found],
        sum(lists["statuses"][page["status"]] == "not_checked" for page in pages),
    )


READERS: dict[str, Callable[[str], Counts]] = {
    "text": read_text,
    "json": read_json,
    "jsonl": read_jsonl,
    "sarif": read_sarif,
    "junit": read_junit,
    "github": read_github,
    "gitlab": read_gitlab,
    "csv": read_csv,
    "markdown": read_markdown,
    "summary": read_summary,
    "editor-json": read_editor,
    "html": read_html,
}


@pytest.fixture(params=["plain", "hostile"])
def pages(request: pytest.FixtureRequest, finding: Finds, report: Reports) -> tuple[PageReport, ...]:
    said = "It is so." if request.param == "plain" else HOSTILE
    source = "b.html" if request.param == "plain" else "::error::\x1b[2J\n=b|`@c`<i>.html"
    nowhere = Evidence("primary", said, Spot(9, None, said))
    first = report(
        finding(message=said, why=said, fix=said, paste=said, cause=said),
        finding(severity=Severity.WARNING, evidence=(nowhere, nowhere), anchor=said),
        finding(severity=Severity.INFO, evidence=(), message=said),
        finding(outcome=Outcome.NEEDS_REVIEW, message=said),
        finding(state="suppressed", message=said, waiver=Waiver("inline", said, where=f"{source}:3")),
        finding(state="suppressed", outcome=Outcome.NEEDS_REVIEW, waiver=Waiver("settings", "known", said, "2026-12-31", "settings.toml:3")),
        finding(state="suppressed", severity=Severity.INFO),
        finding(state="baselined", severity=Severity.INFO, waiver=Waiver("baseline")),
        finding(state="baselined", outcome=Outcome.NEEDS_REVIEW),
    )
    return (
        first,
        report(finding(), finding(), source=source, page_key=source, page=None),
        PageReport(f"https://a.example/{said}", "checked", "k", findings=(finding(message=said),)),
        PageReport("c.html", "checked", "c.html", outcomes={"AFF009": Outcome.NOT_CHECKED}, problems=(said,)),
        PageReport("d.html", "not_checked", "d.html", NotCheckedReason.MISSING, said),
        PageReport(f"e{said}", "not_checked", "e", NotCheckedReason.NOT_HTML),
        PageReport("empty", "skipped", "empty", detail=said),
    )


def test_every_format_is_read_back() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_counts_are_the_same_in_every_format(name: str, run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    counts = READERS[name](written(name, run, pages, closing(*pages)))
    assert counts == Counts(violations=6, reviews=1, not_checked=2, suppressed=3, baselined=2)


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_code_and_what_was_not_checked_are_told(name: str, run: Run, unread: PageReport, closing: Closes) -> None:
    whole = written(name, run, [unread], closing(unread, code=3, name="incomplete"))
    assert "not_html" in whole
    if name not in ("text", "gitlab"):  # the last line on standard error tells it there
        assert "exit 3 (incomplete)" in whole.replace("&#40;", "(")


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_without_pages_is_told(name: str, run: Run, closing: Closes) -> None:
    whole = written(name, run, [], closing(code=4, name="no inputs"))
    if name == "junit":
        assert fromstring(whole.encode()).get("errors") == "1"
    elif name == "gitlab":
        assert [issue["severity"] for issue in json.loads(whole)] == ["blocker"]
    elif name != "text":
        assert "exit 4 (no inputs)" in whole


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str, run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    assert len({written(name, run, pages, closing(*pages)) for _ in range(3)}) == 1


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"json", "jsonl"}))
def test_no_control_character_gets_through(name: str, run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    whole = written(name, run, pages, closing(*pages))
    whole = whole.replace("\r\n", "\n") if name == "csv" else whole
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", whole) == []


def test_pages_give_no_workflow_command(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    whole = written("github", run, pages, closing(*pages))
    assert "##[" not in whole
    ours = re.compile(r"::(group::.*|endgroup::|(error|warning|notice) (file=[^:,]*,)?(line=\d+,)?(col=\d+,)?title=[^:,]*::[^\r\n]*)")
    other = re.compile(r"- |disclosure-checker: exit ")
    assert [line for line in whole.splitlines() if not (ours.fullmatch(line) or other.match(line))] == []


def test_pages_give_no_markup_in_markdown(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    whole = written("markdown", run, pages, closing(*pages))
    assert set(re.findall(r"<[^ >]*", whole)) <= {"<details", "<summary", "</summary", "</details", "<b", "</b", "<br"}
    assert whole.count("<details>") == whole.count("</details>") == 3
    assert re.findall(r"\]\(|://|\bwww\.|@\w|`|(?<!&)#\d", whole) == []
    rows = [line for line in whole.splitlines() if re.match(r"\| \d* \| AFF", line)]
    assert {line.count("|") for line in rows} == {5}


def test_cells_are_no_formulas(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    page = report(*(finding(message=f"{sign}1+1") for sign in ("=", "+", "-", "@", "\t=", " =", "\uff1d")), source="=cmd.html")
    rows = list(csv.DictReader(io.StringIO(written("csv", run, [page], closing(page)), newline="")))
    assert [row["message"][0] for row in rows[:-1]] == ["'"] * 7
    assert rows[0]["source"] == "'=cmd.html"
