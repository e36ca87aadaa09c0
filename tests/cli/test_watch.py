"""The command `watch`, with real files and a clock that the test sets: between two looks it does what is written in its script."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from checker.cli.signals import Stopped
from checker.model import Source

Call = Callable[..., Result]
Step = Callable[[], object]


class Script:
    """What happens between the looks, each in its turn; after that Ctrl-C."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.steps: list[Step] = []

    def then(self, *steps: Step) -> None:
        """Each in a pause of its own, and then as long a rest as it takes to be seen."""
        for step in steps:
            self.steps += [step, self.rest, self.rest]

    def at_once(self, *steps: Step) -> None:
        """One after another, before any rest."""
        self.steps += steps

    def rest(self) -> None:
        """Nothing."""

    # As the module `time` has them.
    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        if not self.steps:
            raise Stopped(signal.SIGINT)
        self.steps.pop(0)()
        self.now += seconds + 0.001

    def strftime(self, _: str) -> str:
        return "14:02:11"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, forked: None) -> Script:
    made = Script()
    monkeypatch.setattr("checker.cli.watch.time", made)
    return made


@pytest.fixture
def drafts(site: Path) -> Path:
    """A folder with one page that has findings, and one that has none."""
    folder = site / "drafts"
    folder.mkdir()
    for name in ("paid.html", "clean.html"):
        (site / name).rename(folder / name)
    return folder


def watched(call: Call, *arguments: str) -> list[str]:
    """What is said in the terminal, without the time and without what is the same each time."""
    result = call("watch", "drafts", "--no-serve", "--select", "AFF001,AUT501", *arguments)
    assert (result.exit_code, result.stderr) == (0, "disclosure-checker: exit 0 (ok): no longer watching\n")
    lines = result.stdout.splitlines()
    assert all(line.startswith(("14:02:11  ", " " * 10)) for line in lines)
    return [line[10:] for line in lines]


def changed(path: Path, old: str, new: str) -> Step:
    def save() -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return save


NOTICE = "<p>We earn a commission when you buy something through links on this page.</p><p>Get"
FIRST = [
    "drafts/paid.html: 1 error",
    "+ 4:8 AFF001 error www.amazon.com pays for this link (line 4), and the page says nowhere that its links earn money.",
    "1 error on 1 page of 2; 0 need review; 0 not checked",
]


def test_every_page_is_checked_once(drafts: Path, call: Call, script: Script) -> None:
    script.then(script.rest)
    assert watched(call) == FIRST


def test_what_a_save_mends_is_gone(drafts: Path, call: Call, script: Script) -> None:
    script.then(changed(drafts / "paid.html", "<p>Get", NOTICE))
    assert watched(call)[3:] == [
        "drafts/paid.html: 1 gone, left: no findings",
        "- AFF001 error www.amazon.com pays for this link (line 4), and the page says nowhere that its links earn money.",
        "no violation on 2 pages; 0 need review; 0 not checked",
    ]


def test_what_a_save_brings_is_new_and_the_rest_is_not_said_again(drafts: Path, call: Call, script: Script) -> None:
    script.then(changed(drafts / "paid.html", ' rel="sponsored"', ""))
    told = watched(call, "--select", "AFF001,LNK201")[3:]
    assert told[0] == "drafts/paid.html: 1 new"
    assert " LNK201 warning " in told[1]
    assert told[2:] == ["1 error and 1 warning on 1 page of 2; 0 need review; 0 not checked"]


def test_a_save_that_changes_no_finding_is_acknowledged(drafts: Path, call: Call, script: Script) -> None:
    # The finding moves down by a line, and stays the same.
    script.then(changed(drafts / "paid.html", "<p>Get", "\n<p>Now get"), changed(drafts / "clean.html", "four", "five"))
    assert watched(call)[3:] == ["drafts/paid.html: as before, 1 error", "drafts/clean.html: as before, no findings"]


def test_a_file_that_is_touched_and_not_changed_is_no_news(drafts: Path, call: Call, script: Script) -> None:
    script.then(lambda: os.utime(drafts / "paid.html", (1, 1)))
    assert watched(call) == FIRST


def test_an_editor_that_puts_another_file_into_its_place(drafts: Path, call: Call, script: Script) -> None:
    def save() -> None:
        other = drafts / ".paid.html.swp"
        other.write_text((drafts / "paid.html").read_text("utf-8").replace("<p>Get", NOTICE), "utf-8")
        other.replace(drafts / "paid.html")

    script.then(save)
    assert watched(call)[3] == "drafts/paid.html: 1 gone, left: no findings"


def test_what_is_half_written_is_not_judged(drafts: Path, call: Call, script: Script) -> None:
    page = drafts / "paid.html"
    text = page.read_text("utf-8").replace("<p>Get", NOTICE)

    def write(part: str, mode: str = "a") -> Step:
        def step() -> None:
            script.now -= 0.15  # the steps of a save are quick
            with page.open(mode, encoding="utf-8") as file:
                file.write(part)

        return step

    half = len(text) // 2
    script.at_once(write("", "w"), write(text[:100]), write(text[100:half]), write(text[half:]))
    script.then(script.rest)
    told = watched(call)[3:]
    assert told[0] == "drafts/paid.html: 1 gone, left: no findings"
    assert len(told) == 3


def test_a_page_that_is_taken_away_for_a_moment_was_never_gone(drafts: Path, call: Call, script: Script) -> None:
    page = drafts / "paid.html"
    text = page.read_text("utf-8")

    def back() -> None:
        script.now -= 0.15
        page.write_text(text.replace("<p>Get", NOTICE), "utf-8")

    script.at_once(page.unlink, back)
    script.then(script.rest)
    told = watched(call)[3:]
    assert told[0] == "drafts/paid.html: 1 gone, left: no findings"


def test_pages_that_come_and_go(drafts: Path, call: Call, script: Script) -> None:
    page = drafts / "paid.html"
    deep = drafts / "2026" / "11"

    def more() -> None:
        deep.mkdir(parents=True)
        (deep / "more.html").write_text(page.read_text("utf-8"), "utf-8")

    script.then(
        more,
        lambda: page.rename(drafts / "other.htm"),
        (deep / "more.html").unlink,
        lambda: (drafts / "notes.txt").write_text("no page", "utf-8"),
    )
    told = [line for line in watched(call)[3:] if not line.startswith("+")]
    assert told == [
        "drafts/2026/11/more.html: a new page, 1 error",
        "2 errors on 2 pages of 3; 0 need review; 0 not checked",
        "drafts/other.htm: a new page, 1 error",
        "drafts/paid.html: gone",
        "drafts/2026/11/more.html: gone",
        "1 error on 1 page of 2; 0 need review; 0 not checked",
    ]


def test_an_empty_folder_is_watched_until_there_is_a_page(site: Path, call: Call, script: Script) -> None:
    (site / "drafts").mkdir()
    script.then(lambda: (site / "clean.html").rename(site / "drafts" / "a.html"), (site / "drafts" / "a.html").unlink)
    assert watched(call) == [
        "drafts: a folder without a page",
        "no page to check (1 place searched)",
        "drafts/a.html: a new page, no findings",
        "no violation on 1 page; 0 need review; 0 not checked",
        "drafts: a folder without a page",
        "drafts/a.html: gone",
        "no page to check (1 place searched)",
    ]


def test_a_folder_that_goes_away_and_comes_back(drafts: Path, call: Call, script: Script) -> None:
    away = drafts.with_name("away")
    script.then(lambda: drafts.rename(away), lambda: away.rename(drafts))
    told = watched(call)[3:]
    assert "drafts: not checked: there is no such file" in told
    assert told[-5:] == ["drafts/clean.html: a new page, no findings", "drafts/paid.html: a new page, 1 error", FIRST[1], "drafts: gone", FIRST[2]]


def test_a_page_that_cannot_be_read_is_told(drafts: Path, call: Call, script: Script) -> None:
    page = drafts / "paid.html"
    text = page.read_text("utf-8")
    script.then(lambda: page.write_bytes(b""), lambda: page.write_bytes(b"\x89PNG\r\n\x1a\n\0"), lambda: page.write_text(text, "utf-8"))
    told = watched(call)[3:]
    assert told[0] == "drafts/paid.html: not checked: it is empty"
    assert told[2].startswith("drafts/paid.html: not checked: ")
    assert told[3:] == FIRST


@pytest.mark.parametrize(
    ("does", "says"), [("leave", "the process that read it ended with code 9"), ("sleep", "it took longer than 1 seconds")], ids=["leave", "sleep"]
)
def test_a_page_that_crashes_or_never_ends_takes_no_other_with_it(
    drafts: Path, call: Call, script: Script, monkeypatch: pytest.MonkeyPatch, does: str, says: str
) -> None:
    from checker.page import reader

    read = reader.read

    def harmful(source: Source, *more: Any) -> reader.Reading:
        if b"harm" in (source.body or b""):
            if does == "leave":
                os._exit(9)
            time.sleep(60)
        return read(source, *more)

    monkeypatch.setattr("checker.scale.page.read", harmful)
    harm, mend = changed(drafts / "paid.html", "Get", "harm"), changed(drafts / "paid.html", "harm", "Get")
    script.then(lambda: (harm(), changed(drafts / "clean.html", "four", "five")()), mend)
    told = watched(call, "--timeout", "judge=1")[3:]
    assert told[:2] == ["drafts/clean.html: as before, no findings", f"drafts/paid.html: not checked: {says}"]
    assert told[3:] == FIRST


def test_a_picture_that_changes_is_read_again_with_its_pages(drafts: Path, call: Call, script: Script) -> None:
    pytest.importorskip("PIL")
    pytest.importorskip("defusedxml")
    changed(drafts / "clean.html", "</article>", '<img src="pictures/pot.jpg" width=800 height=600></article>')()
    (drafts / "pictures").mkdir()
    script.then(lambda: (drafts / "pictures" / "pot.jpg").write_bytes(b"no picture"), (drafts / "notes.txt").touch)
    assert watched(call, "--read-image-files")[3:] == ["drafts/clean.html: as before, no findings"]


# Settings ---------------------------------------------------------------------------------------------------------------------------------
def test_settings_that_change_hold_for_all_pages(drafts: Path, call: Call, script: Script) -> None:
    settings = drafts / "disclosure-checker.toml"
    script.then(lambda: settings.write_text('[severity]\nAFF001 = "info"\n', "utf-8"), settings.unlink)
    told = [line.split(" www.")[0] for line in watched(call)[3:]]
    assert told == [
        "the settings were read again, and every page is checked by them",
        "drafts/paid.html: 1 new, 1 gone, left: 1 info",
        "+ 4:8 AFF001 info",
        "- AFF001 error",
        "1 info on 1 page of 2; 0 need review; 0 not checked",
        "the settings were read again, and every page is checked by them",
        "drafts/paid.html: 1 new, 1 gone, left: 1 error",
        "+ 4:8 AFF001 error",
        "- AFF001 info",
        FIRST[2],
    ]


def test_a_fault_in_the_settings_is_one_line_and_the_old_ones_hold(drafts: Path, call: Call, script: Script) -> None:
    settings = drafts / "disclosure-checker.toml"
    settings.write_text('exclude = ["clean.html"]\n', "utf-8")
    script.then(
        lambda: settings.write_text('exclude = "x"\nfail-on = "nothing"\n', "utf-8"),
        script.rest,
        changed(drafts / "paid.html", "<p>Get", "<p>Now get"),
        lambda: settings.write_text('exclude = ["*.html"]\n', "utf-8"),
    )
    told = watched(call)
    (fault,) = [line for line in told if "hold on" in line]
    assert fault.startswith("drafts/disclosure-checker.toml:1: exclude: ")
    assert fault.endswith(" (and 1 more fault in the settings); the settings from before hold on")
    at = told.index(fault)
    assert told[at + 1] == "drafts/paid.html: as before, 1 error"
    assert told[at + 2 :] == ["the settings were read again", "drafts/paid.html: gone", "no page to check"]


def test_settings_that_need_another_file_are_tried_again(drafts: Path, call: Call, script: Script) -> None:
    settings = drafts / "disclosure-checker.toml"

    def later() -> None:
        script.now += 6

    script.then(
        lambda: settings.write_text('baseline = "known.jsonl"\n', "utf-8"),
        lambda: (drafts / "known.jsonl").write_text('{"baseline_version": 1}\n', "utf-8"),
        later,
        lambda: settings.write_text('ignore = ["AFF001"]\n', "utf-8"),
    )
    told = watched(call)
    assert len([line for line in told if "known.jsonl" in line]) == 1
    assert told[4] == "the settings were read again, and every page is checked by them"
    assert FIRST[1].replace("+ 4:8", "-") in told


def test_a_pack_that_changes_is_taken_anew_and_a_broken_one_is_not(drafts: Path, call: Call, script: Script) -> None:
    rule = drafts.parent / "house" / "profiles" / "house.toml"
    rule.parent.mkdir(parents=True)
    profile = 'id = "house"\nname = "House"\nabout = "x"\n[rules]\nAFF001 = "{}"\n'
    rule.write_text(profile.format("warning"), "utf-8")
    script.then(
        lambda: rule.write_text(profile.format("wrong"), "utf-8"),
        changed(drafts / "paid.html", "<p>Get", "<p>Now get"),
        lambda: rule.write_text(profile.format("info"), "utf-8"),
    )
    told = watched(call, "--pack", "house", "--profile", "house")
    assert told[0] == "drafts/paid.html: 1 warning"
    (fault,) = [line for line in told if "hold on" in line]
    assert fault.startswith("house/profiles/house.toml:5: ")
    assert told[told.index(fault) + 1] == "drafts/paid.html: as before, 1 warning"
    assert told[-1] == "1 info on 1 page of 2; 0 need review; 0 not checked"


def test_waivers_and_the_baseline_hold_as_in_a_check(drafts: Path, call: Call, script: Script) -> None:
    settings, known = drafts / "disclosure-checker.toml", drafts / "disclosure-baseline.jsonl"
    settings.write_text('baseline = "disclosure-baseline.jsonl"\n', "utf-8")
    assert call("baseline", "create", "drafts", "--select", "AFF001,AUT501").exit_code == 0
    lines = known.read_text("utf-8").splitlines()
    waive = '[[waive]]\npath = "paid.html"\nrules = ["AFF001"]\nreason = "known"\n'
    script.then(lambda: known.write_text(lines[0] + "\n", "utf-8"), lambda: settings.write_text(waive, "utf-8"))
    told = watched(call)
    assert told[0] == "no violation on 2 pages; 0 need review; 0 not checked; 1 baselined"
    assert told[2:5] == ["drafts/paid.html: 1 new", *FIRST[1:]]
    assert told[-1] == "no violation on 2 pages; 0 need review; 0 not checked; 1 suppressed"


def test_settings_that_are_wrong_from_the_beginning_end_it(drafts: Path, call: Call) -> None:
    (drafts / "disclosure-checker.toml").write_text("nonsense = 1\n", "utf-8")
    result = call("watch", "drafts", "--no-serve")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("disclosure-checker: exit 2 (error): drafts/disclosure-checker.toml:1: unknown key")


# What cannot be watched -------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "missing argument"),
        (["gone/"], "there is no file or folder gone/"),
        (["drafts", "gone.html"], "there is no file or folder gone.html"),
        (["https://tea.example/"], "https://tea.example/ cannot be watched: "),
        (["-"], "standard input cannot be watched: "),
        (["old.zip"], "old.zip cannot be watched: it is an archive; "),
        (["/dev/null"], "/dev/null cannot be watched: it is neither a file nor a folder"),
        (["drafts", "--no-serve", "--open"], "--no-serve serves no report: leave out --open"),
        (["drafts", "--no-serve", "--port", "8080"], "--no-serve serves no report: leave out --port"),
        (["drafts", "--port", "0"], "invalid value for '--port'"),
        (["drafts", "--output", "html=x.html"], "unknown option --output"),
        (["drafts", "--profile", "moon"], "moon"),
    ],
)
def test_what_cannot_be_watched_is_told_in_one_line(drafts: Path, call: Call, arguments: list[str], says: str) -> None:
    import zipfile

    with zipfile.ZipFile("old.zip", "w") as archive:
        archive.write(drafts / "clean.html", "clean.html")
    result = call("watch", *arguments)
    assert result.exit_code == 2
    assert result.stdout == "" or result.stdout.startswith("http://127.0.0.1:")
    assert result.stderr.startswith("disclosure-checker: exit 2 (error): ")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_glob_may_still_hold_no_page(drafts: Path, call: Call, script: Script) -> None:
    script.then(lambda: (drafts / "late.php").write_text((drafts / "paid.html").read_text("utf-8"), "utf-8"))
    result = call("watch", "drafts/*.php", "--no-serve", "--select", "AFF001")
    assert [line[10:] for line in result.stdout.splitlines()][:4] == [
        "drafts/*.php: no file matches",
        "no page to check (1 place searched)",
        "drafts/late.php: a new page, 1 error",
        FIRST[1],
    ]


def test_without_the_packages_of_the_report_it_says_what_to_do(drafts: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *more: None if name == "jinja2" else find(name, *more))
    result = call("watch", "drafts")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'disclosure-checker[report]'; --no-serve watches without it" in result.stderr


def test_termination_is_no_ordinary_end(drafts: Path, call: Call, script: Script) -> None:
    def terminate() -> None:
        raise Stopped(signal.SIGTERM)

    script.then(terminate)
    result = call("watch", "drafts", "--no-serve")
    assert result.exit_code == 143
    assert "exit 143 (terminated)" in result.stderr


@pytest.mark.parametrize("opens", [True, False])
def test_the_browser_is_opened_where_that_is_asked_for(drafts: Path, call: Call, monkeypatch: pytest.MonkeyPatch, opens: bool) -> None:
    asked: list[str] = []
    there = threading.Event()

    def browser(url: str) -> bool:
        asked.append(url)
        there.set()
        return True

    def end(_: object) -> None:
        if opens:
            assert there.wait(20)
        raise Stopped(signal.SIGINT)

    monkeypatch.setattr("webbrowser.open", browser)
    monkeypatch.setattr("checker.cli.watch._Watch.run", end)
    result = call("watch", "drafts", *(["--open"] if opens else []))
    assert result.exit_code == 0
    assert result.stdout.startswith("http://127.0.0.1:")
    assert asked == (result.stdout.split() if opens else [])


def test_page_text_is_harmless_in_the_terminal(drafts: Path, call: Call, script: Script) -> None:
    script.then(lambda: (drafts / "a\x1b[31m\nb.html").write_text((drafts / "paid.html").read_text("utf-8"), "utf-8"))
    assert not any("\x1b" in line for line in watched(call))


def test_many_pages_are_not_all_listed(drafts: Path, call: Call, script: Script) -> None:
    text = (drafts / "paid.html").read_text("utf-8")
    for number in range(40):
        (drafts / f"{number:02}.html").write_text(text, "utf-8")
    told = watched(call)
    assert told[-2:] == ["and 33 more pages", "41 errors on 41 pages of 42; 0 need review; 0 not checked"]
    assert len(told) == 18
