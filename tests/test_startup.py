"""What a command imports is what it costs: nothing that it does not use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"lxml", "lxml.etree", "bs4", "jsonschema", "ada_url", "publicsuffixlist", "charset_normalizer", "PIL", "defusedxml"}
# What neither the reading of a page nor a report to a terminal needs.
UNUSED = {
    "bs4", "jsonschema", "charset_normalizer", "PIL", "defusedxml", "multiprocessing", "asyncio", "importlib.metadata", "difflib", "ssl", "socket",
    "http.client", "urllib.request", "email", "subprocess", "tempfile", "html.parser", "xml.etree.ElementTree", "sqlite3", "warcio", "httpx2",
    "click.shell_completion", "checker.fix", "checker.docs", "checker.api", "checker.schemas", "checker.engine.examples", "checker.engine.schema",
    "checker.lexicon.word_files", "checker.lexicon.network_examples", "checker.sources.web", "checker.sources.feeds", "checker.sources.crawl",
    "checker.sources.sitemaps", "checker.sources.archives.recorded", "checker.sources.fetch", "checker.sources.picture_files",
    "checker.report.json", "checker.report.sarif", "checker.report.markdown", "checker.report.github",
}  # fmt: skip
UNUSED_BY_A_CHECK = {"checker.report.facts", "checker.report.baseline", "checker.report.restore", "checker.scale.cache", "checker.scale.journal"}
_PROGRAM = """
import json, sys
sys.argv = ["disclosure-checker", *sys.argv[1:]]
code = 0
try:
    from checker.__main__ import main
    main()
except SystemExit as stop:
    code = stop.code
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def modules_after(*arguments: str) -> tuple[int | None, set[str]]:
    done = subprocess.run([sys.executable, "-c", _PROGRAM, *arguments], capture_output=True, check=True, encoding="utf-8")
    code, names = json.loads(done.stderr.rpartition("\n")[2])
    return code, set(names)


def test_the_version_costs_nothing() -> None:
    code, names = modules_after("--version")
    assert not code
    assert not HEAVY & names
    assert not {"click", "tomllib", "checker.model"} & names


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "--help"], ["facts", "-h"], ["schema", "report"], ["check", "--nonsense"], ["check"], ["watch", "-h"], ["watch", "gone"]],
)
def test_help_and_refusals_load_no_reader(arguments: list[str]) -> None:
    _, names = modules_after(*arguments)
    assert not HEAVY & names
    assert not {"checker.page", "checker.lexicon", "checker.engine", "multiprocessing", "asyncio"} & names


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "AFF001"]])
def test_rules_are_listed_without_a_reader(arguments: list[str]) -> None:
    code, names = modules_after(*arguments)
    assert code == 0
    assert not HEAVY & names


@pytest.mark.parametrize("command", ["check", "facts"])
def test_one_page_loads_only_what_it_needs(tmp_path: Path, command: str) -> None:
    page = tmp_path / "a.html"
    page.write_text('<!doctype html><html lang="en"><title>Tea</title><h1>Tea</h1><p>By Jane Doe</p><p>Tea is good.</p>', "utf-8")
    code, names = modules_after(command, str(page))
    assert code in {0, 1}
    assert "lxml.etree" in names
    assert not UNUSED & names
    if command == "check":
        assert not UNUSED_BY_A_CHECK & names


def test_a_server_is_loaded_where_there_is_one(tmp_path: Path) -> None:
    for arguments in (["--help"], ["gone"], [str(tmp_path), "--no-serve", "--profile", "moon"]):
        code, names = modules_after("watch", *arguments)
        assert code == (0 if arguments == ["--help"] else 2)
        assert not {"http.server", "checker.cli.live", "jinja2", "webbrowser"} & names


def test_the_second_start_reads_what_the_first_has_worked_out(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<!doctype html><html lang="en"><title>Tea</title><h1>Tea</h1><p>By Jane Doe</p><p>Tea is good.</p>', "utf-8")
    place = tmp_path / "kept"
    program = _PROGRAM.replace(
        "from checker.__main__", f"from checker import kept; kept._KEPT = kept.Path({str(place)!r})\n    from checker.__main__"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = []
    for _ in range(2):
        arguments = [sys.executable, "-c", program, "check", str(page), "--no-cache", "--reproducible"]
        done = subprocess.run(arguments, capture_output=True, check=True, encoding="utf-8", env=environment)
        told.append((done.stdout, set(json.loads(done.stderr.rpartition("\n")[2])[1])))
    (first, with_files), (second, without) = told
    assert first == second
    checking = {"tomllib", "checker.lexicon.network_files", "checker.lexicon.patterns", "checker.engine.ask"}
    assert checking <= with_files
    assert not checking & without


def test_what_a_start_makes_is_not_looked_through_for_garbage() -> None:
    program = "import gc, sys; sys.argv = ['x', 'schema', 'report']; from checker.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    done = subprocess.run([sys.executable, "-c", program + "print(gc.get_freeze_count())"], capture_output=True, check=True, encoding="utf-8")
    assert int(done.stdout.splitlines()[-1]) > 10_000
