import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from checker.scale.lost import Lost
from checker.scale.pool import Pool, Unfit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")


def do(word: str) -> str:
    match word.partition(" "):
        case ("kill", _, _):
            os.kill(os.getpid(), signal.SIGUSR1)  # not SIGSEGV: pytest would print a traceback of it
        case ("leave", _, code):
            os._exit(int(code))
        case ("raise", _, _):
            raise ValueError("no")
        case ("lambda", _, _):
            return lambda: None  # type: ignore[return-value]  # what cannot be sent
        case ("sleep", _, seconds):
            time.sleep(float(seconds))
    return f"{word}!"


def prepare() -> Callable[[str], str]:
    return do


def test_results_come_in_the_order_of_the_input() -> None:
    words = ["sleep 0.2", *(str(number) for number in range(50))]
    assert list(Pool(prepare, 3, 30, batch=2).run(words)) == [(place, f"{word}!") for place, word in enumerate(words)]


def test_no_input() -> None:
    assert list(Pool(prepare, 2, 30).run([])) == []


def test_a_page_that_kills_its_process_is_lost_and_no_other() -> None:
    words = ["a", "kill", "b", "leave 7", "c", "kill"]
    for batch in (1, 2, 6):
        results = dict(Pool(prepare, 2, 30, batch=batch).run(words))
        assert results == {0: "a!", 1: Lost(-signal.SIGUSR1), 2: "b!", 3: Lost(7), 4: "c!", 5: Lost(-signal.SIGUSR1)}


def test_a_page_whose_result_cannot_be_had_is_lost_and_no_other() -> None:
    results = dict(Pool(prepare, 1, 30, batch=4).run(["a", "raise", "lambda", "b"]))
    assert (results[0], results[1], results[3]) == ("a!", Lost(None, fault="ValueError: no"), "b!")
    assert isinstance(results[2], Lost)
    assert "pickle" in str(results[2].fault)


def test_a_page_that_never_ends_is_stopped() -> None:
    started = time.monotonic()
    results = dict(Pool(prepare, 2, 0.5, batch=3).run(["a", "sleep 60", "b", "c"]))
    assert results == {0: "a!", 1: Lost(-signal.SIGKILL, 0.5), 2: "b!", 3: "c!"}
    assert time.monotonic() - started < 20


def test_time_is_counted_for_each_page_alone() -> None:
    words = ["sleep 0.4"] * 5
    assert all(isinstance(result, str) for _, result in Pool(prepare, 1, 2, batch=5).run(words))


def never() -> Callable[[str], str]:
    os._exit(3)


def test_processes_that_cannot_even_start_end_the_run() -> None:
    assert dict(Pool(never, 2, 30).run(["a", "b", "c"])) == dict.fromkeys(range(3), Lost(3))


def unfit() -> Callable[[str], str]:
    raise KeyError("no rules")


def test_a_process_that_can_do_no_page_ends_the_run() -> None:
    with pytest.raises(Unfit, match="KeyError: 'no rules'"):
        list(Pool(unfit, 2, 30).run(["a", "b"]))


def log_pid(folder: Path, word: str) -> str:
    (folder / str(os.getpid())).touch()
    return do(word)


def alive(folder: Path) -> list[int]:
    found = []
    for path in folder.iterdir():
        try:
            os.kill(int(path.name), 0)
        except ProcessLookupError:
            continue
        found.append(int(path.name))
    return found


def prepare_logging(folder: Path) -> Callable[[str], str]:
    return partial(log_pid, folder)


def test_leaving_early_leaves_no_process(tmp_path: Path) -> None:
    results = Pool(partial(prepare_logging, tmp_path), 3, 30, batch=1).run(["a", *["sleep 60"] * 8])
    assert next(results) == (0, "a!")
    results.close()
    assert list(tmp_path.iterdir())
    assert alive(tmp_path) == []


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = os.fork()
    if parent == 0:  # pragma: no cover - another process
        words = iter(Pool(partial(prepare_logging, tmp_path), 3, 60, batch=1).run([*"abc", *["sleep 0.3"] * 30]))
        for _ in range(4):
            next(words)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    until = time.monotonic() + 20
    while alive(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(tmp_path.iterdir())
    assert alive(tmp_path) == []


def test_processes_that_are_not_forked_load_the_rules_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.scale import pool
    from checker.scale.task import CheckJob
    from checker.sources.inputs import Item

    monkeypatch.setattr(pool, "_context", lambda **_: multiprocessing.get_context("spawn"))
    (tmp_path / "a.html").write_text("<!doctype html><title>Tea</title><h1>Tea</h1><p>Tea is good.</p>", "utf-8")
    items = [Item(name, str(tmp_path / name)) for name in ("a.html", "b.html")]
    reports = [report for _, report in Pool(CheckJob().prepare, 2, 60, batch=1).run(items)]
    assert [report.status for report in reports if not isinstance(report, Lost)] == ["checked", "not_checked"]


def test_a_process_that_starts_afresh_does_not_hear_ctrl_c_before_it_ignores_it() -> None:
    heard = partial(partial, signal.pthread_sigmask, signal.SIG_BLOCK)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert list(Pool(heard, 1, 30, threaded=True).run([()])) == [(0, {signal.SIGINT})]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


# One that lasts ---------------------------------------------------------------------------------------------------------------------------
def number(word: str) -> str:
    if word == "leave":
        os._exit(7)
    return f"{word} {os.getpid()}"


def prepare_number() -> Callable[[str], str]:
    return number


def numbers(pool: Pool[str, str], words: list[str]) -> set[int]:
    return {int(str(result).split()[-1]) for _, result in pool.run(words)}


def test_one_process_stays_for_the_next_run_and_goes_in_the_end() -> None:
    pool: Pool[str, str] = Pool(prepare_number, 3, 30, batch=1, lasting=True)
    first = numbers(pool, [*"abcdefgh"])
    (stayed,) = [each.pid for each in multiprocessing.active_children() if each.pid in first]
    assert numbers(pool, ["i"]) == {stayed}
    assert list(pool.run([])) == []
    assert numbers(pool, ["j"]) == {stayed}
    pool.close()
    assert not [each for each in multiprocessing.active_children() if each.pid in first]
    # It can begin again.
    assert numbers(pool, ["k"]) != {stayed}
    pool.close()


def test_a_process_that_was_killed_between_two_runs_takes_no_page_with_it() -> None:
    pool: Pool[str, str] = Pool(prepare_number, 1, 30, lasting=True)
    (before,) = numbers(pool, ["a"])
    (process,) = [each for each in multiprocessing.active_children() if each.pid == before]
    process.kill()
    process.join()
    (after,) = numbers(pool, ["b"])
    assert after != before
    pool.close()


def test_a_page_that_kills_a_lasting_process_is_lost_and_no_other() -> None:
    pool: Pool[str, str] = Pool(prepare_number, 1, 30, lasting=True)
    results = dict(pool.run(["a", "leave", "b"]))
    assert results[1] == Lost(7)
    assert str(results[2]).startswith("b ")
    pool.close()


def test_a_lasting_pool_that_is_left_early_leaves_no_process() -> None:
    pool: Pool[str, str] = Pool(prepare_number, 2, 30, batch=1, lasting=True)
    results = pool.run([*"abcdef"])
    next(results)
    results.close()
    assert pool._workers == []
