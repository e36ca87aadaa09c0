"""What a command imports is what it costs: nothing that it does not use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"lxml", "lxml.etree", "bs4", "jsonschema", "ada_url", "publicsuffixlist", "charset_normalizer", "PIL", "defusedxml"}
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


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["facts", "-h"], ["schema", "report"], ["check", "--nonsense"], ["check"]])
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
    assert not {"bs4", "jsonschema", "charset_normalizer", "PIL", "defusedxml", "multiprocessing", "asyncio", "importlib.metadata"} & names
