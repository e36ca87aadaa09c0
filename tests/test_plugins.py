"""Checks, output formats and sources of other packages: really installed ones, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = '<!doctype html><html lang="en"><head><title>Tea</title></head><body><article><h1>Tea</h1><p>By Jane Doe</p>{}</article></body></html>'
RULE = """\
id = "HSE001"
name = "tea-not-steeped"
severity = "warning"
authorities = []
ours = "We like our tea strong."
over = "page"
needs = "static"
since = "0.1"
[expect]
all = [{ check = "steeped", minutes = 3 }]
[message.en]
asks = "The tea is steeped."
violation = "The tea is steeped for {minutes} minutes."
why = "Weak tea is no tea."
[fix.en]
text = "Wait."
[[example]]
title = "steeped"
expect = "pass"
html = "<p>steeped for 4 minutes</p>"
[[example]]
title = "hardly"
expect = "violation"
html = "<p>steeped for 1 minutes</p>"
[[example]]
title = "no tea"
expect = "inapplicable"
html = "<p>coffee</p>"
"""
PROFILE = 'id = "house"\nname = "House"\nabout = "Ours."\n[rules]\nHSE001 = "warning"\n'
CHECK = '''
from checker.checks.base import check, failed, passed
from checker.facts import Page

@check("steeped", over="page", values=("minutes",), reads=("passages",))
def steeped(subject: Page, page: Page, *, minutes: int = 3):
    """The tea has been steeped.

    minutes: how long.
    """
    words = " ".join(passage.text for passage in page.passages).split()
    found = next((int(word) for word in words if word.isdigit()), 0)
    return passed() if found >= minutes else failed(values={"minutes": found})
'''
REPORT = """
class Report:
    def __init__(self, look): self.pages = 0
    def start(self, run): return "cups:\\n"
    def page(self, report):
        self.pages += 1
        return f"- {report.source}: {len(report.findings)}\\n"
    def end(self, closing): return f"{self.pages} in all\\n"
"""
SOURCE = """
from checker.model import Source
class Pot:
    def names(self, text): return [f"{text}-{number}" for number in (1, 2)]
    def read(self, name): return Source("anything", f"<!doctype html><h1>{name}</h1>".encode(), url=f"https://tea.example/{name}")
pot = Pot()
"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Puts a package on the path of the next run: its module and what it declares."""

    def install(module: str, entries: str, body: str, package: str = "tea-things", version: str = "1.2") -> None:
        site = tmp_path / "site"
        told = site / f"{package.replace('-', '_')}-{version}.dist-info"
        told.mkdir(parents=True)
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", "utf-8")
        (told / "entry_points.txt").write_text(entries, "utf-8")
        (site / f"{module}.py").write_text(body, "utf-8")

    return install


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    house = folder / "house"
    for name, text in {"hse/HSE001-tea-not-steeped.toml": RULE, "profiles/house.toml": PROFILE}.items():
        if not (house / name).exists():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            (house / name).write_text(text, "utf-8")
    (folder / "tea.html").write_text(PAGE.format("<p>The tea was steeped for 2 minutes, which is not long.</p>"), "utf-8")
    root = str(Path(__file__).resolve().parent.parent)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder / "site"), root))}
    return subprocess.run(
        [sys.executable, "-m", "checker", *arguments], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def check(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "check", "tea.html", "--pack", "house", "--profile", "house", *more)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What standard error says, which is one line and the closing sentence, or that alone."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) <= 2, done.stderr
    return lines[0]


# Checks -------------------------------------------------------------------------------------------------------------------------------
def test_a_rule_uses_the_check_of_another_package(tmp_path: Path, install: Install) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", CHECK)
    done = check(tmp_path, "--quiet")
    assert "HSE001 warning The tea is steeped for 2 minutes." in done.stdout
    assert done.returncode == 1
    tried = run(tmp_path, "test", "house")
    assert "HSE001 “no tea”: expected inapplicable, got violation" in tried.stdout
    assert "1 of 3 examples failed" in tried.stderr


def test_its_options_are_held_to_their_types(tmp_path: Path, install: Install) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", CHECK)
    rule = tmp_path / "house" / "hse" / "HSE001-tea-not-steeped.toml"
    rule.parent.mkdir(parents=True)
    rule.write_text(RULE.replace("minutes = 3", 'minutes = "long"'), "utf-8")
    assert one_line(check(tmp_path)).endswith('HSE001-tea-not-steeped.toml:10: should be a whole number, is "long"')
    rule.write_text(RULE.replace("minutes = 3", "minuts = 3"), "utf-8")
    assert 'unknown key "minuts"; allowed: check, minutes; did you mean "minutes"?' in one_line(check(tmp_path))
    rule.write_text(RULE.replace('"steeped"', '"steped"'), "utf-8")
    assert one_line(check(tmp_path)).endswith('did you mean "steeped"?')


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import no_such_module\n", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
        ("raise SystemExit(0)\n", "cannot be loaded: SystemExit: 0"),
        ("def broken(:\n", "cannot be loaded: SyntaxError: "),
        ("other = 1\n", "cannot be loaded: AttributeError: "),
        ("steeped = print\n", "is none: make it with checker.checks.base.check"),
        (CHECK.replace('@check("steeped"', '@check("stewed"'), "calls itself 'stewed'; both names are to be the same"),
        (CHECK.replace('over="page"', 'over="pots"'), "judges 'pots', which does not exist; allowed: page, links, "),
        (CHECK.replace('reads=("passages",)', 'reads=("leaves",)'), "reads leaves; allowed: passages"),
        (CHECK.replace("minutes: int", "minutes: float"), "has options that no rule can set: TypeError: "),
        (CHECK.replace("minutes: int", "minutes: Nonsense") + "from __future__ import annotations\n", "cannot be loaded: SyntaxError: "),
        ("class Odd(BaseException):\n    def __str__(self): raise ValueError\nraise Odd\n", "cannot be loaded: Odd"),
    ],
)
def test_a_check_that_cannot_be_used_is_one_line_that_names_its_package(tmp_path: Path, install: Install, body: str, told: str) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", body)
    line = one_line(check(tmp_path))
    assert line.startswith("house/hse/HSE001-tea-not-steeped.toml:10: the check 'steeped' of the package tea-things 1.2 ")
    assert told in line


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("return 1 / 0", "failed: ZeroDivisionError: division by zero"),
        ("raise SystemExit(5)", "failed: SystemExit: 5"),
        ("return None", "gave no verdict, but NoneType"),
        ("return failed(values={'minutes': object()})", "gave no verdict, but Verdict"),
    ],
)
def test_a_check_that_fails_on_a_page_loses_its_rule_there_and_nothing_else(tmp_path: Path, install: Install, line: str, told: str) -> None:
    body = CHECK.replace("    words = ", f"    {line}\n    words = ")
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", body)
    done = check(tmp_path, "--output", "json", "--profile", "house,us")
    assert "Traceback" not in done.stderr
    (page,) = json.loads(done.stdout)["pages"]
    (problem,) = page["problems"]
    assert f"the check 'steeped' of the package tea-things 1.2 {told}" in str(problem)
    assert page["status"] == "checked"


def test_two_packages_with_one_name_are_told(tmp_path: Path, install: Install) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", CHECK)
    install("more_checks", "[disclosure_checker.checks]\nsteeped = more_checks:steeped\n", CHECK, "more-tea", "0.3")
    line = one_line(check(tmp_path))
    assert "HSE001-tea-not-steeped.toml:10: check 'steeped' is brought by two packages, more-tea 0.3 and tea-things 1.2; uninstall one" in line


def test_nothing_replaces_what_is_our_own(tmp_path: Path, install: Install) -> None:
    entries = "[disclosure_checker.checks]\nhas-notice = evil:anything\n[disclosure_checker.reports]\njson = evil:anything\ntext = evil:anything\n"
    install("evil", entries, "print('here I am')\nraise SystemExit(3)\n")
    (tmp_path / "tea.html").write_text(PAGE.format("<p>Tea.</p>"), "utf-8")
    done = run(tmp_path, "check", "tea.html", "--output", "json", "--select", "AFF")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    assert "here I am" not in done.stdout + done.stderr


def test_without_an_unknown_name_nobody_is_asked(tmp_path: Path, install: Install) -> None:
    install("evil", "[disclosure_checker.checks]\nother = evil:x\n[disclosure_checker.sources]\nfile = evil:x\n", "raise SystemExit(3)\n")
    (tmp_path / "tea.html").write_text(PAGE.format("<p>Tea.</p>"), "utf-8")
    program = (
        "import sys\nfrom checker.__main__ import main\ntry:\n    main()\nfinally:\n    print('importlib.metadata' in sys.modules, file=sys.stderr)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), str(Path(__file__).resolve().parent.parent)))}
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "tea.html", "--output", "json"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "False"


# Reports ------------------------------------------------------------------------------------------------------------------------------
def test_an_output_format_of_another_package(tmp_path: Path, install: Install) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", CHECK)
    install("cups", "[disclosure_checker.reports]\ncups = cups:Report\n", REPORT, "tea-cups", "2.0")
    done = check(tmp_path, "--output", "cups", "--output", "cups=cups.txt")
    assert done.stdout == "cups:\n- tea.html: 1\n1 in all\n"
    assert (tmp_path / "cups.txt").read_text("utf-8") == done.stdout


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("self.pages = 0", "raise ValueError('no leaves')", "failed: ValueError: no leaves"),
        ('return f"{self.pages} in all\\n"', "return 7", "gave no text, but int"),
        ("self.pages += 1", "raise SystemExit", "failed: SystemExit"),
        ("def end", "def finish", "has no method end; a report has start, page and end"),
        ("class Report", "class Other", "cannot be loaded: AttributeError: "),
    ],
)
def test_an_output_format_that_fails_is_one_line_and_leaves_no_file(tmp_path: Path, install: Install, old: str, new: str, told: str) -> None:
    install("tea_checks", "[disclosure_checker.checks]\nsteeped = tea_checks:steeped\n", CHECK)
    assert old.encode().decode("unicode_escape") in REPORT or old in REPORT
    install("cups", "[disclosure_checker.reports]\ncups = cups:Report\n", REPORT.replace(old, new), "tea-cups", "2.0")
    line = one_line(check(tmp_path, "--output", "cups=cups.txt"))
    assert line.startswith(f"disclosure-checker: exit 2 (error): the output format 'cups' of the package tea-cups 2.0 {told}")
    assert not [path for path in tmp_path.iterdir() if "cups" in path.name]


def test_an_unknown_output_format_names_those_that_are_installed(tmp_path: Path, install: Install) -> None:
    install("cups", "[disclosure_checker.reports]\ncups = cups:Report\n", REPORT)
    done = run(tmp_path, "check", "tea.html", "--output", "cusp")
    assert one_line(done).endswith("unknown output format 'cusp'; did you mean cups?")


# Sources ------------------------------------------------------------------------------------------------------------------------------
def test_a_source_of_another_package(tmp_path: Path, install: Install) -> None:
    install("pot", "[disclosure_checker.sources]\npot = pot:pot\n", SOURCE)
    done = run(tmp_path, "facts", "pot:green", "tea.html", "pot:green")
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(page["source"], page["title"], page["url"]) for page in pages] == [
        ("pot:green-1", "green-1", "https://tea.example/green-1"),
        ("pot:green-2", "green-2", "https://tea.example/green-2"),
        ("tea.html", "Tea", None),
    ]


def test_processes_read_from_it_too(tmp_path: Path, install: Install) -> None:
    install("pot", "[disclosure_checker.sources]\npot = pot:pot\n", SOURCE.replace("(1, 2)", "range(20)"))
    done = run(tmp_path, "facts", "pot:green", "--jobs", "2")
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == [f"green-{number}" for number in range(20)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return Source(", "raise SystemExit(9) #", "failed: SystemExit: 9"),
        ("return Source(", "return name #", "gave no source, but str"),
        ("def read", "def pour", "failed: TypeError: it has no method read; a source has names and read"),
    ],
)
def test_a_page_that_it_cannot_give_is_not_checked(tmp_path: Path, install: Install, old: str, new: str, told: str) -> None:
    install("pot", "[disclosure_checker.sources]\npot = pot:pot\n", SOURCE.replace(old, new))
    done = run(tmp_path, "facts", "pot:green", "tea.html")
    assert done.returncode == 3
    first, _, last = (json.loads(line) for line in done.stdout.splitlines())
    assert first["error"]["reason"] == "crashed"
    assert first["error"]["detail"].startswith(f"the source 'pot' of the package tea-things 1.2 {told}")
    assert last["title"] == "Tea"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return [f", "raise OSError('dry') #", "failed: OSError: dry"),
        ("return [f", "return [3] #", "names a page by something that is no text"),
        ("pot = Pot()", "raise SystemExit", "cannot be loaded: SystemExit"),
    ],
)
def test_a_source_that_cannot_be_used_is_one_line(tmp_path: Path, install: Install, old: str, new: str, told: str) -> None:
    install("pot", "[disclosure_checker.sources]\npot = pot:pot\n", SOURCE.replace(old, new))
    line = one_line(run(tmp_path, "facts", "pot:green"))
    assert line.startswith(f"disclosure-checker: exit 2 (error): the source 'pot' of the package tea-things 1.2 {told}")


def test_a_file_comes_before_a_source_and_an_unknown_one_is_a_file_that_is_not_there(tmp_path: Path, install: Install) -> None:
    install("pot", "[disclosure_checker.sources]\npot = pot:pot\n", SOURCE)
    (tmp_path / "pot:green").write_text("<!doctype html><title>A file</title><p>x", "utf-8")
    done = run(tmp_path, "facts", "pot:green", "cup:green")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["title"] == "A file"
    assert second["error"] == {"reason": "missing", "detail": "there is no such file"}
