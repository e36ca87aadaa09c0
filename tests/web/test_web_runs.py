"""Runs against the paper that are steered, cut, refused, or told secrets."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from checker.report import FORMATS
from fixtures.servers.paper import COOKIE, KEY, LOGIN, STORIES, TWINS, Answer, Paper, story
from tests.web.conftest import Program, path_of

OTHERS = tuple(sorted(FORMATS.keys() - {"json"}))


def stories(paper: Paper, first: int, last: int) -> list[str]:
    return [f"{paper.url}/stories/{n:03}" for n in range(first, last + 1)]


def written(program: Program, name: str, lines: list[str]) -> str:
    (program.folder / name).write_text("\n".join(lines), "utf-8")
    return name


# Who may not be asked.


def test_a_private_address_is_refused_unless_it_is_allowed(program: Program, paper: Paper) -> None:
    words = [f"{paper.url}/stories/001", "--crawl", f"{paper.elsewhere}/", "--sitemap", f"http://[::1]:{paper.port}/sitemap_index.xml"]
    process = program.begin("check", *words, "--no-cache", "--output", "json=report.json")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err.startswith("disclosure-checker: exit 3 (incomplete): no violation on 0 pages; 0 need review; 3 not checked")
    report = json.loads((program.folder / "report.json").read_text("utf-8"))
    assert {page["reason"] for page in report["pages"]} == {"forbidden_address"}
    refused = "may not be connected to: "
    assert {page["detail"].partition(refused)[2] for page in report["pages"]} == {
        "127.0.0.1 is not a public address (loopback)",
        "the name means this machine",
        "::1 is not a public address (loopback)",
    }
    assert paper.requests == []


def test_where_metadata_are_kept_is_refused_even_then(program: Program, paper: Paper) -> None:
    kept = "http://169.254.169.254/latest/meta-data"
    done = program.check(f"{kept}/page", "--crawl", f"{kept}/crawl", "--sitemap", f"{kept}/sitemap", f"http://[::ffff:a9fe:a9fe]:{paper.port}/")
    assert done.code == 3
    assert [page["reason"] for page in done.report["pages"]] == ["forbidden_address"] * 4


# Secrets.


def test_secrets_open_doors_and_stand_in_no_report(program: Program, paper: Paper) -> None:
    secrets = (COOKIE, KEY, LOGIN.partition(":")[2], "hush-44", "tok-8812", "key-3131", "word-2207")
    written(program, "cookies", ["# Netscape HTTP Cookie File", f"127.0.0.1\tFALSE\t/odd/\tFALSE\t0\tmember\t{COOKIE}"])
    outputs = [word for name in OTHERS for word in ("--output", f"{name}=report.{name}")]
    host = paper.url.removeprefix("http://")
    done = program.check(
        f"{paper.url}/odd/members",
        f"{paper.url}/odd/preview",
        f"http://mona:hush-44@{host}/odd/locked?token=tok-8812",
        f"{paper.url}/odd/absent?api_key=key-3131",
        f"--sitemap=http://mona:hush-44@{host}/sitemaps/lost.xml?password=word-2207",
        "--header",
        f"X-Preview: {KEY}",
        "--cookie-file=cookies",
        *outputs,
        DISCLOSURE_CHECKER_BASIC_AUTH=LOGIN,
    )
    assert {path_of(page): page["reason"] or page["status"] for page in done.report["pages"]} == {
        "/odd/members": "checked",
        "/odd/preview": "checked",
        "/odd/locked?token=***": "checked",
        "/odd/absent?api_key=***": "not_found",
        "/sitemaps/lost.xml?password=***": "not_found",
    }
    texts = {path.name: path.read_text("utf-8", "replace") for path in program.folder.glob("report.*")}
    texts |= {"standard output": done.out, "standard error": done.err}
    assert len(texts) == 3 + len(OTHERS)
    assert [(name, secret) for name, text in texts.items() for secret in secrets if secret in text] == []
    assert "***" in texts["report.json"]


def test_secrets_go_to_nobody_else(program: Program, paper: Paper) -> None:
    heard: list[dict[str, str]] = []

    def listens(asked: object) -> Answer:
        heard.append(asked.headers)  # type: ignore[attr-defined]
        return Answer((story(920),))

    paper.routes["/heard"] = listens
    paper.routes["/out"] = lambda _: Answer((), 302, headers=(("Location", f"{paper.elsewhere}/heard"),))
    written(program, "cookies", [f"127.0.0.1\tFALSE\t/\tFALSE\t0\tmember\t{COOKIE}"])
    done = program.check(f"{paper.url}/out", "--header", f"X-Preview: {KEY}", "--cookie-file", "cookies", DISCLOSURE_CHECKER_BASIC_AUTH=LOGIN)
    assert done.report["summary"]["inputs"]["checked"] == 1
    assert len(heard) == 1
    assert not {"x-preview", "cookie", "authorization"} & heard[0].keys()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--header", f"X-Preview {KEY}"], 'a header is written "Name: value"'),
        (["--header", f"User-Agent: {KEY}"], 'the header "User-Agent" is set by the program'),
        (["--cookie-file", "absent"], "absent: the cookie file cannot be read: No such file or directory"),
        (["--cookie-file", "cookies"], "cookies:1: 2 fields; a cookie has 7"),
        (["--crawl", "http://127.0.0.1/", "--sample", "3"], "--sample: a crawl reads every page to find the next"),
        (["--sitemap", "http://127.0.0.1/", "--since", "yesterday"], "--since"),
    ],
)
def test_what_is_typed_wrong_is_one_line(program: Program, paper: Paper, words: list[str], said: str) -> None:
    written(program, "cookies", [f"127.0.0.1\t{COOKIE}"])
    done = program.check(f"{paper.url}/stories/001", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err.splitlines()[-1]
    assert "Traceback" not in done.err
    assert not re.search(f"{KEY}|{COOKIE}", done.err)
    assert not list(program.folder.glob("report*"))
    assert paper.requests == []


# What is wanted, and how much of it.


def ledger(program: Program, *words: str) -> tuple[dict[str, int], dict[str, int], list[str], str]:
    done = program.check(*words)
    summary = done.report["summary"]
    inputs = summary["inputs"]
    assert inputs["discovered"] == sum(count for name, count in inputs.items() if name != "discovered")
    return inputs, summary["left_out"], [path_of(page) for page in done.report["pages"] if page["status"] == "checked"], done.err


def test_only_what_changed_and_what_is_wanted(program: Program, paper: Paper) -> None:
    words = ["--sitemap", f"{paper.url}/sitemaps/stories.xml.gz", "--since", "2026-10-01", "--include", "/stories/", "--exclude", "/stories/0*"]
    inputs, left_out, checked, _ = ledger(program, *words)
    wanted = [n for n in range(100, STORIES + 1) if n % 10 == 9]
    assert checked == [f"/stories/{n:03}" for n in wanted]
    others = len(TWINS) + 1
    assert inputs["discovered"] == STORIES + others
    assert left_out == {"--exclude": 99, "not in --include": others, "not changed since --since": STORIES - 99 - len(wanted)}
    assert set(paper.asked()) == {"/robots.txt", "/sitemaps/stories.xml.gz", *checked}


def test_a_sample_says_how_far_it_speaks(program: Program, paper: Paper) -> None:
    words = ["--sitemap", f"{paper.url}/sitemaps/stories.xml.gz", "--sample", "12", "--seed"]
    inputs, left_out, checked, err = ledger(program, *words, "7")
    every = STORIES + len(TWINS) + 1
    assert inputs == {**inputs, "discovered": every, "checked": 12, "skipped": every - 12}
    assert left_out == {"--sample": every - 12}
    assert re.search(rf"^\d+ of 12 sampled pages of {every} have a finding: \d.* with 95 % confidence \(seed 7\)$", err, re.MULTILINE)
    assert set(paper.asked()) == {"/robots.txt", "/sitemaps/stories.xml.gz", *checked}


def test_a_crawl_ends_where_it_is_told_to(program: Program, paper: Paper) -> None:
    _, left_out, checked, _ = ledger(program, "--crawl", f"{paper.url}/list/2", "--depth", "1", "--exclude", "/stories/04*")
    assert checked == ["/list/2", "/", *(f"/stories/{n:03}" for n in range(30, 59) if not 40 <= n < 50)]
    assert left_out["--exclude"] == 10
    assert not [path for path in paper.asked() if path.startswith("/stories/04")]
    paper.forget()
    _, left_out, checked, _ = ledger(program, "--crawl", f"{paper.url}/list/2", "--max-pages", "7", "--include", "/stories/")
    assert checked == [f"/stories/{n:03}" for n in range(30, 35)]
    assert left_out["not in --include"] == 2
    assert left_out["--max-pages"] > 20
    assert set(paper.asked()) == {"/robots.txt", "/list/2", "/", *checked}


def test_a_page_that_was_not_changed_is_not_sent_again(program: Program, paper: Paper) -> None:
    words = ["check", *stories(paper, 1, 8), "--allow-private", "--jobs", "1", "--cache-dir", "kept", "--reproducible", "--output"]
    answered: list[list[str]] = []
    for number in (1, 2):
        paper.forget()
        process = program.begin(*words, f"json={number}.json")
        process.communicate(timeout=60)
        assert process.returncode == 1
        answered.append([path for _, path in paper.requests])
    one, two = (json.loads((program.folder / f"{number}.json").read_text("utf-8")) for number in (1, 2))
    assert one["pages"] == two["pages"]
    assert one["findings"] == two["findings"]
    assert Counter(answered[0]) == Counter(answered[1])
    assert paper.unchanged == 8


# Servers who want to be left alone, and answers that are too much.


def test_a_host_that_wants_to_be_left_alone_for_an_hour_is(program: Program, paper: Paper) -> None:
    paper.routes["/rests"] = lambda _: Answer((), 429, headers=(("Retry-After", "3600"),))
    began = time.monotonic()
    done = program.check(f"{paper.url}/rests", *stories(paper, 1, 40), "--per-host", "1")
    assert time.monotonic() - began < 600
    assert done.code in (1, 3)
    reasons = Counter(page["reason"] for page in done.report["pages"])
    assert reasons == {"blocked": 41}
    assert re.search(r"the host asks to be left alone for another 3\d\d\d s", done.report["pages"][-1]["detail"])
    assert len(paper.requests) == 2
    assert done.report["summary"]["inputs"]["discovered"] == 41


def test_two_hundred_megabytes_of_nothing_take_no_memory(program: Program, paper: Paper) -> None:
    told = "import atexit, resource\natexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    calm = int(program.check(f"{paper.url}/stories/001", "--jobs", "1", more=told).out)
    loud = program.check(f"{paper.url}/odd/bomb", "--jobs", "1", more=told)
    assert [page["reason"] for page in loud.report["pages"]] == ["capped"]
    grown = (int(loud.out) - calm) * (1 if sys.platform == "darwin" else 1024)
    assert grown < 64 << 20


def test_so_many_requests_at_a_time_and_so_long_between(program: Program, paper: Paper) -> None:
    done = program.check(*stories(paper, 1, 10), "--delay", "0.1", "--per-host", "2", "--contact", "desk@lake.example")
    assert done.report["summary"]["inputs"]["checked"] == 10
    times = sorted(when for when, path in paper.requests if path.startswith("/stories/"))
    assert times[-1] - times[0] >= 0.1 * 9 - 0.05
    (agent,) = paper.agents
    assert re.fullmatch(r"disclosure-checker/\S+ \(\+desk@lake\.example\)", agent)


def test_a_site_of_ones_own_is_asked_without_its_robots(program: Program, paper: Paper) -> None:
    assert [page["status"] for page in program.check(f"{paper.url}/odd/closed/diary", "--no-robots").report["pages"]] == ["checked"]
    assert set(paper.asked()) == {"/odd/closed/diary"}


# Runs that are watched, cut, and go on.


def test_lines_come_while_the_run_goes_on(program: Program, paper: Paper) -> None:
    urls = written(program, "list", stories(paper, 1, 60))
    process = program.begin("check", "--files-from", urls, "--allow-private", "--no-cache", "--delay", "0.03", "--jobs", "1", "--output", "jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    asked_by: list[int] = []
    with process.stdout as lines:
        kinds = []
        for line in lines:
            kinds.append(json.loads(line)["type"])
            asked_by.append(len(paper.requests))
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 1, err
    assert kinds.count("page") == 60
    assert (kinds[0], kinds[-1]) == ("run_start", "run_end")
    # The first page was told long before the last one was asked for.
    assert asked_by[kinds.index("page")] < 50


def resumable(program: Program, paper: Paper, into: str, *more: str) -> list[str]:
    outputs = [word for kind in ("json", "jsonl", "text") for word in ("--output", f"{kind}={into}.{kind}")]
    which = ["--sitemap", f"{paper.url}/sitemaps/stories.xml.gz", "--include", "/stories/10*", "--include", "/stories/11*"]
    return ["check", "--allow-private", "--no-cache", "--reproducible", "--jobs", "1", *which, *outputs, *more]


def written_down(program: Program) -> int:
    journal = program.folder / "run.journal"
    return max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0


def cut(program: Program, words: list[str], after: int, number: int) -> tuple[int, str]:
    process = program.begin(*words, "--delay", "0.03")
    until = time.monotonic() + 30
    while written_down(program) < after and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_a_fetched_run_that_is_killed_goes_on(program: Program, paper: Paper) -> None:
    whole = program.begin(*resumable(program, paper, "whole"), "--delay", "0.03")
    _, told = whole.communicate(timeout=60)
    assert whole.returncode == 1
    journal = ("--journal", "run.journal")
    for number, after in enumerate((3, 9)):
        code, _ = cut(program, resumable(program, paper, "cut", *journal, *(["--resume"] if number else [])), after, signal.SIGKILL)
        assert code == -signal.SIGKILL
        assert after <= written_down(program) < 20
        # Lines are written as they come; what is written whole is not there yet.
        assert [path.name for path in program.folder.glob("cut.*")] == ["cut.jsonl"]
    last = program.begin(*resumable(program, paper, "cut", *journal, "--resume"), "--delay", "0.03")
    _, err = last.communicate(timeout=60)
    assert (last.returncode, err) == (1, told)
    for kind in ("json", "jsonl", "text"):
        assert (program.folder / f"cut.{kind}").read_bytes() == (program.folder / f"whole.{kind}").read_bytes(), kind
    seen = [path_of(page) for page in json.loads((program.folder / "cut.json").read_text("utf-8"))["pages"]]
    assert sorted(seen) == [f"/stories/{n:03}" for n in range(100, 120)]


def test_ctrl_c_is_polite_to_a_run_that_is_written_down(program: Program, paper: Paper) -> None:
    words = resumable(program, paper, "cut", "--journal", "run.journal")
    code, err = cut(program, words, 5, signal.SIGINT)
    lines = err.splitlines()
    assert code == 130
    assert lines[0] == "stopping after the pages that are at work; once more to stop at once"
    assert lines[-1].startswith("disclosure-checker: exit 130 (interrupted)")
    assert 5 <= written_down(program) < 20
    assert [path.name for path in program.folder.glob("cut.*")] == ["cut.jsonl"]
    asked = len(paper.requests)
    time.sleep(0.3)
    assert len(paper.requests) == asked < 30


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_a_signal_ends_a_run_that_waits_for_a_server(program: Program, paper: Paper, number: int) -> None:
    paper.routes["/waits"] = lambda _: Answer((15.0, b"late"))
    process = program.begin("check", f"{paper.url}/waits", "--allow-private", "--no-cache", "--output", "json=report.json")
    until = time.monotonic() + 20
    while "/waits" not in paper.asked() and time.monotonic() < until:
        time.sleep(0.01)
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 128 + number, err
    # It does not wait for the answer.
    assert time.monotonic() - began < 12
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    assert not (program.folder / "report.json").exists()


@pytest.mark.long
def test_nothing_is_left_open(program: Program, paper: Paper) -> None:
    """With every warning an error, and what is not closed told."""
    done = program.check("--crawl", f"{paper.url}/", "--max-pages", "120", PYTHONDEVMODE="1", PYTHONWARNINGS="error::ResourceWarning")
    assert done.code == 1
    assert "ResourceWarning" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.long
def test_no_file_is_left_behind(program: Program, paper: Paper) -> None:
    program.check(*stories(paper, 1, 4), f"{paper.url}/odd/bomb")
    left = {str(Path(where, name).relative_to(program.folder)) for where, _, names in os.walk(program.folder) for name in names}
    assert {name for name in left if "__pycache__" not in name} == {"report.json", os.path.join("guard", "sitecustomize.py")}  # noqa: PTH118
