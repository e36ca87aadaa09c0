"""A run over a server that is killed and goes on: no page that was judged is asked for again, and the end is that of a run without a cut."""

from __future__ import annotations

import json
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from fixtures.servers.paper import Paper
from tests.web.conftest import Program, path_of

KINDS = ("json", "text")


def words(into: str, *more: str) -> list[str]:
    outputs = [word for kind in KINDS for word in ("--output", f"{kind}={into}.{kind}")]
    return ["check", *more, "--allow-private", "--no-cache", "--jobs", "1", "--reproducible", "--per-host", "1", *outputs]


def written_down(program: Program) -> int:
    journal = program.folder / "run.journal"
    return max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0


def killed(program: Program, typed: list[str], after: int) -> None:
    process = program.begin(*typed)
    until = time.monotonic() + 120
    while written_down(program) < after and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def ended(program: Program, typed: list[str]) -> tuple[int, str]:
    process = program.begin(*typed)
    _, err = process.communicate(timeout=240)
    # Where the machine is busy, it is also told how far the run is.
    return process.returncode, "".join(line for line in err.splitlines(keepends=True) if not line.startswith("checking "))


def asked(paper: Paper) -> Counter[str]:
    """How often each page was asked for; what says where pages are is asked for in each run."""
    return Counter({path: count for path, count in paper.asked().items() if path != "/robots.txt" and "sitemap" not in path})


@pytest.mark.parametrize("kind", ["crawl", "sitemap"])
def test_what_was_judged_is_not_fetched_again(program: Program, paper: Paper, kind: str) -> None:
    start = (f"--{kind}", f"{paper.url}/list/2" if kind == "crawl" else f"{paper.url}/sitemaps/stories.xml.gz")
    more = ("--max-pages", "60", "--exclude", "/odd/**") if kind == "crawl" else ("--include", "/stories/0[0-3]*")
    whole = ended(program, words("whole", *start, *more))
    assert whole[0] == 1
    once = asked(paper)
    assert sum(once.values()) >= 30
    paper.forget()
    resumed = words("cut", *start, *more, "--journal", "run.journal", "--delay", "0.02")
    cuts = (4, 15, 27)
    for number, after in enumerate(cuts):
        killed(program, [*resumed, *(["--resume"] if number else [])], after)
        assert (program.folder / "run.journal-fetched").stat().st_mode & 0o077 == 0
    assert ended(program, [*resumed, "--resume"]) == whole
    for each in KINDS:
        assert (program.folder / f"cut.{each}").read_bytes() == (program.folder / f"whole.{each}").read_bytes(), each
    again = asked(paper)
    assert again.keys() == once.keys()
    # Two requests may be under way when the run is killed, and a page may be judged and not yet written down.
    assert sum(again.values()) - sum(once.values()) <= 40 * len(cuts), again
    first = [path_of(page) for page in json.loads((program.folder / "whole.json").read_text("utf-8"))["pages"]][: cuts[0]]
    assert [again[path] for path in first] == [once[path] for path in first]
    assert not list(program.folder.glob("run.journal*")), "cleared away at the end"


def test_a_lost_or_foreign_list_of_what_was_fetched_costs_only_requests(program: Program, paper: Paper) -> None:
    start = ("--crawl", f"{paper.url}/list/3", "--max-pages", "20")
    whole = ended(program, words("whole", *start))
    for damage in ("absent", "foreign", "cut", "noise"):
        typed = words("cut", *start, "--journal", "run.journal")
        killed(program, [*typed, "--delay", "0.02"], 8)
        spoil(program.folder / "run.journal-fetched", damage)
        assert ended(program, [*typed, "--resume"]) == whole, damage
        assert (program.folder / "cut.json").read_bytes() == (program.folder / "whole.json").read_bytes(), damage


def spoil(path: Path, how: str) -> None:
    body = path.read_bytes()
    if how == "absent":
        path.unlink()
    elif how == "foreign":
        path.write_bytes(b"disclosure-checker journal 1 another run\n" + body.partition(b"\n")[2])
    elif how == "cut":
        path.write_bytes(body[: len(body) // 2])
    else:
        path.write_bytes(body[: len(body) // 3] + b"\x00noise\n" + body[len(body) // 3 + 7 :])
