from collections.abc import Callable
from dataclasses import replace

import pytest

from checker.model import Finding, Outcome, PageReport
from checker.report.brief import Brief
from checker.report.markdown import Markdown
from checker.report.run import Closing, Look, Run
from checker.report.shares import tables
from checker.report.summary import Share, Summary, counted
from checker.report.text import Text

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


@pytest.fixture
def pages(report: Reports, finding: Finds) -> list[PageReport]:
    def of(plain: PageReport, authors: tuple[str, ...], section: str | None, networks: tuple[str, ...]) -> PageReport:
        assert plain.about is not None
        return replace(plain, about=replace(plain.about, authors=authors, section=section, networks=networks))

    question = finding(outcome=Outcome.NEEDS_REVIEW, anchor="b")
    return [
        of(report(finding(), question), ("Jane Doe", "Ann \x1b*Lee*"), "tea", ("amazon",)),
        of(report(), ("Jane Doe",), "tea", ()),
        of(report(finding(state="baselined")), (), None, ()),
        of(report(finding()), ("Bo",), "coffee", ("awin", "amazon")),
    ]


def test_rows_are_ordered_by_findings_and_those_without_a_name_are_rows_too(pages: list[PageReport]) -> None:
    authors, sections, networks = tables(counted(pages))
    assert authors.rows == (("Jane Doe", (2, 1, 1, 1)), ("Ann \x1b*Lee*", (1, 1, 1, 1)), ("Bo", (1, 1, 1, 0)), ("(no author)", (1, 0, 0, 0)))
    assert sections.rows == (("tea", (2, 1, 1, 1)), ("coffee", (1, 1, 1, 0)), ("(no section)", (1, 0, 0, 0)))
    assert networks.rows == (("amazon", (2, 2, 2, 1)), ("awin", (1, 1, 1, 0)), ("(no network)", (2, 0, 0, 0)))


def test_at_most_twenty_rows_and_what_is_left_out_is_counted() -> None:
    summary = Summary(by_author={f"a{number:02}": Share(pages=1, violations=number) for number in range(22)})
    (authors,) = tables(summary)
    assert [name for name, _ in authors.rows][:2] == ["a21", "a20"]
    assert (len(authors.rows), authors.rest) == (20, "and 2 more authors")
    assert tables(summary, 21)[0].rest == "and 1 more author"
    assert tables(summary, 22)[0].rest == ""
    assert tables(Summary()) == ()


def whole(kind: type[Text | Brief | Markdown], run: Run, pages: list[PageReport], closing: Closes, *, statistics: bool = True) -> str:
    made = kind(Look(statistics=statistics))
    return made.start(run) + "".join(made.page(page) for page in pages) + made.end(closing(*pages))


def test_text_shows_them_below_the_cost_of_rules(run: Run, pages: list[PageReport], closing: Closes) -> None:
    told = whole(Text, run, pages, closing)
    lines = told[told.index("Statistics") :].splitlines()
    at = lines.index("By author")
    assert lines[at + 1 : at + 4] == [
        "  pages  with findings  violations  to review  author",
        "      2              1           1          1  Jane Doe",
        "      1              1           1          1  Ann \ufffd*Lee*",
    ]
    assert "      2              2           2          1  amazon" in lines[lines.index("By network") :]
    assert "\x1b" not in told
    assert "By author" not in whole(Text, run, pages, closing, statistics=False)


def test_the_summary_names_those_with_findings(run: Run, pages: list[PageReport], closing: Closes) -> None:
    lines = whole(Brief, run, pages, closing).splitlines()
    assert "sections: tea 2 on 1 of 2, coffee 1 on 1 of 1" in lines
    assert "networks: amazon 3 on 2 of 2, awin 1 on 1 of 1" in lines
    assert lines[-1].startswith("disclosure-checker: exit ")
    assert "sections:" not in whole(Brief, run, pages, closing, statistics=False)
    assert "authors:" not in whole(Brief, run, [], closing)


def test_markdown_shows_tables_and_names_stay_text(run: Run, pages: list[PageReport], closing: Closes) -> None:
    told = whole(Markdown, run, pages, closing)
    assert "| author | pages | with findings | violations | to review |\n| --- | ---: | ---: | ---: | ---: |\n| Jane Doe | 2 | 1 | 1 | 1 |\n" in told
    assert "*Lee*" not in told
    assert told.index("| author |") < told.index("<details>")
    assert "| author |" not in whole(Markdown, run, pages, closing, statistics=False)
