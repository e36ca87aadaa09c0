"""The one loop: inputs in, page reports out, in input order; every input gets exactly one report."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from itertools import chain, takewhile

from checker.model import NotCheckedReason, PageReport
from checker.scale.key import path_key
from checker.scale.lost import Lost, attempt
from checker.sources.inputs import Inputs, Item

# The slowest of 1,756 real pages takes under a second; a page that needs a minute is built to be slow.
PAGE_SECONDS = 60.0
# Fewer pages than this are done before a second process has started.
FEW = 6


def run(
    inputs: Inputs,
    prepare: Callable[[], Callable[[Item], PageReport]],
    jobs: int | None = None,
    seconds: float = PAGE_SECONDS,
    folder: str = "",
    known: Callable[[Item], PageReport | None] | None = None,
    keep: Callable[[PageReport], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Generator[PageReport, None, None]:
    """Do every item; then name the places that hold no page.

    `prepare` is called once in each process. With `jobs` None the processes are as many as cores, and few pages stay in this one.
    `known`: what is known of an item without any work; no process is started before it has no answer. `keep` is given what was not known.
    `stop` is asked before each page is taken. `folder`: see `page_key`.
    A page that kills its process, or takes longer than `seconds`, is not checked, and the others go on.
    """
    items: Iterator[Item] = takewhile(lambda _: not stop(), chain(inputs.items, *inputs.streams))
    for item in items if known else ():
        found = attempt(known, item) if known else None
        if found is None or isinstance(found, Lost):
            items = chain((item,), items)
            break
        yield found
    # How many pages a stream brings is not known before its end.
    few = len(inputs.items) < FEW and not inputs.streams
    wanted = jobs or (1 if few else cores())
    alone = wanted == 1 or (len(inputs.items) <= 1 and not inputs.streams)
    for report in _here(items, prepare, folder) if alone else _shared(items, inputs, prepare, wanted, seconds, folder):
        if keep is not None:
            keep(report)
        yield report
    without = chain(inputs.without_page, *(stream.skipped for stream in inputs.streams))
    for name, why in without:
        yield PageReport(source=name, status="skipped", page_key=path_key(name, folder), detail=why)


def _here(items: Iterator[Item], prepare: Callable[[], Callable[[Item], PageReport]], folder: str) -> Iterator[PageReport]:
    """The items done in this process."""
    do = prepare()
    for item in items:
        found = attempt(do, item)
        yield lost_report(item.name, found, folder) if isinstance(found, Lost) else found


def _shared(
    items: Iterator[Item], inputs: Inputs, prepare: Callable[[], Callable[[Item], PageReport]], jobs: int, seconds: float, folder: str
) -> Iterator[PageReport]:
    """The items done by several processes."""
    from checker.scale.pool import Pool

    count = len(inputs.items)
    many = bool(inputs.streams)
    batch = 4 if many else max(1, min(8, count // (jobs * 4)))
    pool: Pool[Item, PageReport] = Pool(prepare, jobs if many else min(jobs, count), seconds, batch=batch, threaded=many)
    waiting: dict[int, str] = {}

    def named() -> Iterator[Item]:
        for place, item in enumerate(items):
            waiting[place] = item.name
            yield item

    for place, result in pool.run(named()):
        name = waiting.pop(place)
        yield lost_report(name, result, folder) if isinstance(result, Lost) else result


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def lost_report(name: str, lost: Lost, folder: str) -> PageReport:
    """What is reported of a page without a result. `folder`: see `page_key`."""
    if lost.seconds is not None:
        reason, detail = NotCheckedReason.TIMED_OUT, f"it took longer than {lost.seconds:g} seconds"
    elif lost.fault is not None:
        reason, detail = NotCheckedReason.CRASHED, f"reading it failed: {lost.fault}"
    else:
        reason, detail = NotCheckedReason.CRASHED, f"the process that read it ended {_how(lost.code)}"
    return PageReport(source=name, status="not_checked", page_key=path_key(name, folder), reason=reason, detail=detail)


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"with code {code}"
    import signal

    try:
        return f"by signal {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"
