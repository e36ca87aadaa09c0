import os
import signal
from collections.abc import Callable
from multiprocessing import parent_process

import pytest

from checker.model import NotCheckedReason, PageReport
from checker.scale.run import FEW, cores, run
from checker.sources.inputs import Inputs, Item


def do(item: Item) -> PageReport:
    if item.name == "raise":
        raise ValueError("no")
    if item.name == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    return PageReport(item.name, "checked", item.name, detail="here" if parent_process() is None else "elsewhere")


def prepare() -> Callable[[Item], PageReport]:
    return do


def inputs(*names: str, without: tuple[tuple[str, str], ...] = ()) -> Inputs:
    return Inputs(tuple(Item(name, name) for name in names), without)


def test_one_job_stays_in_this_process() -> None:
    assert {report.detail for report in run(inputs(*"abcdefghij"), prepare, jobs=1)} == {"here"}


def test_few_pages_stay_in_this_process() -> None:
    assert {report.detail for report in run(inputs(*"abcdefghij"[: FEW - 1]), prepare)} == {"here"}


def test_more_jobs_are_more_processes() -> None:
    reports = list(run(inputs(*"abcdefghij"), prepare, jobs=2))
    assert [report.source for report in reports] == list("abcdefghij")
    assert {report.detail for report in reports} == {"elsewhere"}


def test_a_page_that_crashes_is_not_checked_and_the_others_are() -> None:
    reports = list(run(inputs("a", "crash", "b"), prepare, jobs=2))
    assert [(report.source, report.status) for report in reports] == [("a", "checked"), ("crash", "not_checked"), ("b", "checked")]
    assert reports[1].reason is NotCheckedReason.CRASHED
    assert reports[1].detail == "the process that read it ended by signal SIGKILL"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_raises_is_not_checked_wherever_it_is_done(jobs: int) -> None:
    reports = list(run(inputs("a", "raise", "b"), prepare, jobs=jobs))
    assert [report.status for report in reports] == ["checked", "not_checked", "checked"]
    assert (reports[1].reason, reports[1].detail) == (NotCheckedReason.CRASHED, "reading it failed: ValueError: no")


def test_places_without_a_page_are_named_last() -> None:
    reports = list(run(inputs("a", without=(("empty", "a folder without a page"),)), prepare))
    assert [(report.source, report.status, report.detail) for report in reports[1:]] == [("empty", "skipped", "a folder without a page")]


def test_nothing_at_all() -> None:
    assert list(run(inputs(), prepare)) == []


def test_cores_are_those_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 4}, raising=False)
    assert cores() == 3
