"""The one loop: inputs in, page reports out, in input order; every input gets exactly one report."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator

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
) -> Generator[PageReport, None, None]:
    """Do every item; then name the places that hold no page.

    `prepare` is called once in each process. With `jobs` None the processes are as many as cores, and few pages stay in this one.
    `known`: what is known of an item without any work; no process is started before it has no answer. `folder`: see `page_key`.
    A page that kills its process, or takes longer than `seconds`, is not checked, and the others go on.
    """
    items = inputs.items
    if known is not None:
        begun = 0
        for item in items:
            found = attempt(known, item)
            if found is None or isinstance(found, Lost):
                break
            yield found
            begun += 1
        items = items[begun:]
    count = len(items)
    wanted = cores() if jobs is None and count >= FEW else jobs or 1
    if min(wanted, count) <= 1:
        do = prepare()
        for item in items:
            alone = attempt(do, item)
            yield _lost(item, alone, folder) if isinstance(alone, Lost) else alone
    else:
        from checker.scale.pool import Pool

        pool: Pool[Item, PageReport] = Pool(prepare, min(wanted, count), seconds, batch=max(1, min(8, count // (wanted * 4))))
        for place, result in pool.run(items):
            yield _lost(items[place], result, folder) if isinstance(result, Lost) else result
    for name, why in inputs.without_page:
        yield PageReport(source=name, status="skipped", page_key=path_key(name, folder), detail=why)


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _lost(item: Item, lost: Lost, folder: str) -> PageReport:
    if lost.seconds is not None:
        reason, detail = NotCheckedReason.TIMED_OUT, f"it took longer than {lost.seconds:g} seconds"
    elif lost.fault is not None:
        reason, detail = NotCheckedReason.CRASHED, f"reading it failed: {lost.fault}"
    else:
        reason, detail = NotCheckedReason.CRASHED, f"the process that read it ended {_how(lost.code)}"
    return PageReport(source=item.name, status="not_checked", page_key=path_key(item.name, folder), reason=reason, detail=detail)


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"with code {code}"
    import signal

    try:
        return f"by signal {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"
