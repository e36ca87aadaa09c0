"""What a shell offers: bash is given the program's script and asked, as the key would ask it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., subprocess.CompletedProcess[str]]
ASK = """
source <(_DISCLOSURE_CHECKER_COMPLETE=bash_source disclosure-checker)
complete -p disclosure-checker
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
compopt() {{ :; }}
_disclosure_checker_completion disclosure-checker
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def offered(shell: Shell, tmp_path: Path) -> Callable[[str], list[str]]:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")

    def ask(words: str) -> list[str]:
        (tmp_path / "script").write_text(ASK.format(words=words), "utf-8")
        done = shell(". ./script", tmp_path)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        head, *words_offered = done.stdout.splitlines()
        assert "_disclosure_checker_completion disclosure-checker" in head
        return [word for word in words_offered if word]

    return ask


@pytest.mark.parametrize(
    ("typed", "some", "none"),
    [
        ("disclosure-checker ''", {"check", "facts", "explain", "rules"}, {"AFF001"}),
        ("disclosure-checker ex", {"explain"}, {"check"}),
        ("disclosure-checker check --cha", {"--changed-since"}, {"--select"}),
        ("disclosure-checker check --select AF", {"AFF", "AFF001"}, {"IMG"}),
        ("disclosure-checker check --ignore AFF001,af", {"AFF001,AFF", "AFF001,AFF002"}, {"AFF001,AFF001"}),
        ("disclosure-checker check --profile u", {"us", "uk"}, {"de"}),
        ("disclosure-checker check --profile us,a", {"us,amazon", "us,auto"}, {"us,us"}),
        ("disclosure-checker check --output ''", {"text", "json", "sarif"}, set()),
        ("disclosure-checker check --fail-on e", {"error"}, {"never"}),
        ("disclosure-checker explain img40", {"IMG401"}, {"AFF001"}),
        ("disclosure-checker explain image-", {"image-without-credit"}, {"IMG401"}),
        ("disclosure-checker explain am", {"amazon"}, {"us"}),
        ("disclosure-checker nonsense ''", set(), {"AFF001"}),
        ("disclosure-checker check --no-such-option ''", set(), {"check"}),
    ],
)
def test_bash_offers_what_may_follow(offered: Callable[[str], list[str]], typed: str, some: set[str], none: set[str]) -> None:
    found = offered(typed)
    assert some <= set(found)
    assert not none & set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("typed", ["check pub", "check --files-from li", "check --output json=rep", "explain AFF001 --report re"])
def test_files_are_left_to_the_shell(shell: Shell, tmp_path: Path, typed: str) -> None:
    words = f"disclosure-checker {typed}"
    more = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_DISCLOSURE_CHECKER_COMPLETE": "bash_complete"}
    done = shell("disclosure-checker", tmp_path, more)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"file,{typed.rsplit(maxsplit=1)[-1].removeprefix('json=')}"]


@pytest.mark.parametrize("which", ["zsh", "fish"])
def test_other_shells_get_their_script(shell: Shell, tmp_path: Path, which: str) -> None:
    done = shell("disclosure-checker", tmp_path, {"_DISCLOSURE_CHECKER_COMPLETE": f"{which}_source"})
    assert done.returncode == 0
    assert f"_DISCLOSURE_CHECKER_COMPLETE={which}_complete" in done.stdout


def test_a_shell_that_is_not_known_is_no_verdict(shell: Shell, tmp_path: Path) -> None:
    assert shell("disclosure-checker check .", tmp_path, {"_DISCLOSURE_CHECKER_COMPLETE": "tcsh_source"}).returncode == 2


def test_rules_of_a_pack_are_offered_too(offered: Callable[[str], list[str]], tmp_path: Path) -> None:
    (tmp_path / "house/hse").mkdir(parents=True)
    (tmp_path / "house/hse/HSE001-a-fault.toml").touch()
    assert set(offered("disclosure-checker check --pack house --select HS")) == {"HSE", "HSE001"}


def test_an_answer_costs_nothing_that_is_not_needed(surroundings: dict[str, str]) -> None:
    program = (
        "import json, sys\nfrom checker.cli.main import cli\ntry:\n    cli(args=[])\nexcept SystemExit as stop:\n"
        "    sys.stderr.write(json.dumps([stop.code, sorted(sys.modules)]))\n"
    )
    more = {"COMP_WORDS": "disclosure-checker check --select A", "COMP_CWORD": "3", "_DISCLOSURE_CHECKER_COMPLETE": "bash_complete"}
    done = subprocess.run([sys.executable, "-c", program], env={**surroundings, **more}, capture_output=True, encoding="utf-8", check=True)
    code, names = json.loads(done.stderr)
    assert code == 0
    assert "plain,AFF001" in done.stdout
    assert not {"lxml", "bs4", "jsonschema", "ada_url", "tomllib", "checker.engine", "checker.page", "checker.lexicon"} & set(names)
