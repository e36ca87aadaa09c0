"""Local processes that each do one page at a time, and outlive neither a page that crashes them nor one that never ends.

`concurrent.futures` breaks as a whole when one process dies; here only the page that was at work is lost, a new process takes the rest.
A process is told paths, and bytes only of what is no file, and answers page by page, so it is known which page it died on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar, cast

from checker.scale.lost import Lost, attempt

T = TypeVar("T")
R = TypeVar("R")

# A page takes about 10 ms; a handful of them makes the message between processes cheap, and a lost process costs little.
_BATCH = 8
# How far the fast pages may run ahead of a slow one: finished results wait in memory until it is their turn.
_AHEAD = 4096


class Unfit(RuntimeError):
    """A process that cannot do any page, whatever page it is: a fault of ours, which ends the run."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    todo: deque[tuple[int, T]] = field(default_factory=deque)
    since: float = 0.0


class Pool(Generic[T, R]):
    """`jobs` processes; `prepare` is called once in each and gives the function that does a page.

    `threaded`: threads may be at work while processes start, so that none is forked. `lasting`: one of them stays for the next run, until `close`.
    """

    def __init__(
        self,
        prepare: Callable[[], Callable[[T], R]],
        jobs: int,
        seconds: float,
        batch: int = _BATCH,
        *,
        threaded: bool = False,
        lasting: bool = False,
    ) -> None:
        self._prepare = prepare
        self._jobs = jobs
        self._seconds = seconds
        self._batch = batch
        self._context = _context(threaded=threaded)
        self._lasting = lasting
        self._workers: list[_Worker[T]] = []

    def run(self, items: Iterable[T]) -> Generator[tuple[int, R | Lost], None, None]:
        """The results as (place in the input, result), in input order. Ends its processes whichever way it is left, but for one that is to last."""
        waiting: dict[int, R | Lost] = {}
        queue = enumerate(items)
        again: deque[tuple[int, T]] = deque()
        turn = stay = 0
        # One that was killed since the last run must not take a page with it.
        self._end([worker for worker in self._workers if not worker.process.is_alive()])
        try:
            while True:
                more = self._feed(queue, again, turn)
                while turn in waiting:
                    yield turn, waiting.pop(turn)
                    turn += 1
                    more = True
                if not more and not any(worker.todo for worker in self._workers):
                    stay = int(self._lasting)
                    return
                self._collect(waiting, again)
        finally:
            self._end(self._workers[stay:])

    def close(self) -> None:
        """End the process that has lasted."""
        self._end(self._workers)

    def _feed(self, queue: Iterator[tuple[int, T]], again: deque[tuple[int, T]], turn: int) -> bool:
        """Give every idle process a batch; whether anything was given."""
        given = False
        idle = [worker for worker in self._workers if not worker.todo]
        while idle or len(self._workers) < self._jobs:
            batch = self._next(queue, again, turn)
            if not batch:
                break
            worker = idle.pop() if idle else self._start()
            worker.todo.extend(batch)
            worker.since = time.monotonic()
            with contextlib.suppress(OSError):  # it died while idle: _collect finds out
                worker.pipe.send(batch)
            given = True
        return given

    def _next(self, queue: Iterator[tuple[int, T]], again: deque[tuple[int, T]], turn: int) -> list[tuple[int, T]]:
        batch: list[tuple[int, T]] = []
        while again and len(batch) < self._batch:
            batch.append(again.popleft())
        busy = [worker.todo[-1][0] for worker in self._workers if worker.todo]
        while len(batch) < self._batch and max(busy, default=turn) - turn < _AHEAD:
            item = next(queue, None)
            if item is None:
                break
            batch.append(item)
        return batch

    def _collect(self, waiting: dict[int, R | Lost], again: deque[tuple[int, T]]) -> None:
        """Wait for an answer, a death or the end of somebody's time."""
        now = time.monotonic()
        busy = {worker.pipe: worker for worker in self._workers if worker.todo}
        if not busy:
            return
        patience = min(worker.since + self._seconds - now for worker in busy.values())
        for pipe in wait(list(busy), max(0.0, patience)):
            worker = busy[cast("Connection", pipe)]  # wait() gives back what it was given
            try:
                place, result = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, waiting, again, None)
                continue
            if place is None:
                raise Unfit(result.fault)
            worker.todo.popleft()
            worker.since = time.monotonic()
            waiting[place] = result
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.todo and now - worker.since >= self._seconds and not worker.pipe.poll():
                self._bury(worker, waiting, again, self._seconds)

    def _bury(self, worker: _Worker[T], waiting: dict[int, R | Lost], again: deque[tuple[int, T]], seconds: float | None) -> None:
        """The page at work is lost; the others go to somebody else."""
        if seconds is not None:
            worker.process.kill()
        worker.process.join(5)
        worker.process.kill()
        place, _ = worker.todo.popleft()
        waiting[place] = Lost(worker.process.exitcode, seconds)
        again.extend(worker.todo)
        worker.pipe.close()
        self._workers.remove(worker)

    def _start(self) -> _Worker[T]:
        ours, theirs = self._context.Pipe()
        # A forked process inherits our ends of all pipes; it must close them, or nobody would notice when we die.
        inherited = [worker.pipe for worker in self._workers] + [ours] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(target=_work, args=(theirs, self._prepare, inherited), daemon=True)  # type: ignore[attr-defined]
        with _unheard() if self._context.get_start_method() == "spawn" else contextlib.nullcontext():
            process.start()
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _end(self, workers: list[_Worker[T]]) -> None:
        """Idle processes end by themselves when their pipe closes; busy ones are stopped."""
        for worker in workers:
            worker.pipe.close()
            if worker.todo:
                worker.process.kill()
        for worker in workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers = [worker for worker in self._workers if worker not in workers]


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """What starts meanwhile does not hear Ctrl-C, which reaches the whole group: it takes a while before it can say itself that it ignores it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    # It starts with the first process, and makes signals heard again as it does.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection, prepare: Callable[[], Callable[[T], R]], inherited: list[Connection]) -> None:
    """A process: batches in, one answer a page out, until the pipe closes."""
    # Ctrl-C reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    try:
        do = prepare()
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            while True:
                for place, item in pipe.recv():
                    _answer(pipe, place, item, do)
    except Exception as fault:  # noqa: BLE001 - a traceback of each process would bury the one line that the parent says
        with contextlib.suppress(OSError, ValueError):
            pipe.send((None, Lost(None, fault=f"{type(fault).__name__}: {fault}")))
        os._exit(1)


def _answer(pipe: Connection, place: int, item: T, do: Callable[[T], R]) -> None:
    result = attempt(do, item)
    try:
        answer = pickle.dumps((place, result), pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # noqa: BLE001 - as in attempt
        answer = pickle.dumps((place, Lost(None, fault=f"{type(fault).__name__}: {fault}")))
    pipe.send_bytes(answer)


def _context(*, threaded: bool) -> BaseContext:
    """Forking is quick and shares the loaded rules; it is safe only on Linux and only without threads."""
    forks = sys.platform == "linux" and not threaded and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")
