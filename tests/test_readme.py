"""README and CONTRIBUTING say what is so: their commands, options, tables, examples and files are the program's, and none is left out."""

from __future__ import annotations

import difflib
import itertools
import json
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from checker import load_rules, schemas
from checker.cli.main import cli
from checker.lexicon.network_examples import examples as network_examples
from checker.lexicon.networks import Networks
from checker.lexicon.notice_lists import LISTS, TABLES
from checker.packs import built_in
from checker.report import FACTS, FORMATS
from checker.scale.gate import FAIL_ON, Exit

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PROGRAM = [sys.executable, "-m", "checker"]


def blocks(text: str, language: str) -> list[str]:
    return [textwrap.dedent(body) for _, name, body in FENCE.findall(text) if name == language]


def spans(text: str) -> list[str]:
    return SPAN.findall(FENCE.sub("", text))


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def program(command: click.Command = cli) -> click.Context:
    """As the program makes it: click keeps the names of the help option that a command was first asked with."""
    return click.Context(command, **cli.context_settings)


def commands() -> dict[str, click.Command]:
    context = program()
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def options() -> set[str]:
    groups = [cli, *commands().values()]
    # Of the groups among them only one has a command with options of its own.
    groups += commands()["evidence"].commands.values()  # type: ignore[attr-defined]
    return {option for group in groups for param in group.get_params(program(group)) for option in param.opts if option.startswith("--")}


def calls(text: str) -> Iterator[list[str]]:
    """The arguments of every call of the program in a text, shell's pipes and comments taken off."""
    shown = [line.removeprefix("$ ") for language in ("sh", "console") for block in blocks(text, language) for line in block.splitlines()]
    lines = [*spans(text), *(line for line in shown if not line.startswith("disclosure-checker: "))]
    for part in (part for line in lines for part in line.split(" | ")):
        words = shlex.split(part, comments=True) if part.startswith("disclosure-checker ") else []
        if words[1:]:
            yield words[1:]


def helps() -> str:
    """The examples in the help of every command, as a block of shell."""
    told = [(command.help or "").split("Examples:")[-1] for command in (cli, *commands().values())]
    return "```sh\n" + "\n".join(line.strip() for text in told for line in text.splitlines()) + "\n```"


@pytest.mark.parametrize("words", [*calls(README), *calls(CONTRIBUTING), *calls(helps())], ids=shlex.join)
def test_a_call_that_is_shown_is_understood(words: list[str]) -> None:
    if words[0].startswith("-"):
        assert words[0] in options()
        return
    assert words[0] in commands()
    # Without running it: an option that the command does not have is told all the same.
    commands()[words[0]].make_context(words[0], words[1:], parent=program(), resilient_parsing=True)


def test_every_command_is_shown() -> None:
    assert set(commands()) == {words[0] for words in calls(README) if not words[0].startswith("-")}


def test_the_options_are_those_of_the_program() -> None:
    text = "\n".join([*spans(README), *(body for _, _, body in FENCE.findall(README))])
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
    assert shown - {"--name-only", "--rm"} == options()  # those of git and docker


def test_the_formats_and_gates_are_those_of_the_program() -> None:
    rows = {row.split("|")[1].strip(): row for row in section("Everyday use").splitlines() if row.startswith("| `--")}
    formats, facts = rows["`--output FORMAT[=PATH]`"].split("(`facts`:")
    assert set(spans(formats)) == {"--output FORMAT[=PATH]", *FORMATS}
    assert set(spans(facts)) == set(FACTS)
    assert set(spans(rows["`--fail-on`"])) == {"--fail-on", *FAIL_ON}


def test_the_settings_that_are_shown_are_right() -> None:
    shown = [tomllib.loads(block) for title in ("Settings", "What is known: waivers and the baseline") for block in blocks(section(title), "toml")]
    assert len(shown) == 2
    assert [fault for values in shown for fault in schemas.validate("settings", json.loads(json.dumps(values, default=str)))] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    rows = [[cell.strip().split(", ") for cell in row.split("|")[1:3]] for row in section("Everyday use").splitlines() if re.match(r"\| \d", row)]
    shown = {int(code): words for codes, names in rows for code, words in zip(codes, names, strict=True)}
    assert shown == {int(code): code.words for code in Exit}


def test_the_verdicts_are_those_of_the_facts() -> None:
    wanted = {name: set(verdict["enum"]) for name, verdict in schemas.load("facts")["then"]["properties"]["verdicts"]["properties"].items()}
    shown: dict[str, set[str]] = {}
    for table in section("What the facts say").split("\n\n"):
        if table.startswith("| `"):
            head, _, *rows = table.splitlines()
            shown[spans(head)[0]] = {value for row in rows for value in spans(row.split("|")[1])}
    assert shown == wanted


def test_the_rules_that_are_named_exist() -> None:
    known = set(load_rules().rules.rules)
    shown = set(re.findall(r"\b[A-Z]{3}\d{3}\b", README + CONTRIBUTING)) - {"HSE001"}
    assert shown <= known
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    ranges = {f"AFF{number:03}" for number in range(1, 6)}
    assert known <= set(re.findall(r"\b[A-Z]{3}\d{3}\b", changes)) | ranges


def test_no_extra_is_shown_that_is_not_there() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"].get("optional-dependencies", {})
    assert set(re.findall(r"(?:disclosure-checker|\.)\[([a-z,]+)\]", README)) == set(extras)


def test_the_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {
        word for text in (README, CONTRIBUTING) for block in (*blocks(text, "sh"), *spans(text)) for word in re.findall(r"\bmake ([a-z-]+)", block)
    }
    assert {"demo", "test"} <= shown <= targets


def test_the_files_that_are_named_exist() -> None:
    named = {
        word for text in (README, CONTRIBUTING) for word in spans(text) if re.match(r"(rules|checker|tests|fixtures)/", word) and "<" not in word
    }
    linked = set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README + CONTRIBUTING))
    assert sorted(name for name in named | linked if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("block", [block for block in blocks(README, "console") if block.startswith("$ disclosure-checker check")])
def test_the_report_is_what_the_program_prints(block: str) -> None:
    call, shown = block.split("\n", 1)
    done = subprocess.run([*PROGRAM, *shlex.split(call)[2:]], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    printed = done.stdout + done.stderr
    assert printed == shown, "\n" + "\n".join(difflib.unified_diff(shown.splitlines(), printed.splitlines(), "README.md", "program", lineterm=""))


def test_the_example_in_python_runs() -> None:
    (program,) = blocks(README, "python")
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("AFF002 violation ")
    assert last == "missing ['amazon']"


def test_the_five_steps_work(tmp_path: Path) -> None:
    steps = section("Add a rule in five steps")
    rule, proofs, profile = blocks(steps, "toml")
    (name,) = [word for word in spans(steps) if word.startswith("HSE001")]
    for path, body in ((f"hse/{name}", rule + "\n" + proofs), ("profiles/house.toml", profile)):
        (tmp_path / "house" / path).parent.mkdir(parents=True)
        (tmp_path / "house" / path).write_text(body, "utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public/a.html").write_text(
        '<!doctype html><html lang="en"><h1>The kettle</h1><p>Get <a rel=nofollow href="https://www.amazon.com/dp/B000000001?tag=teablog-20">it</a>.</p>'
    )
    (tried,) = [words for words in calls(steps) if words[0] == "test"]
    done = subprocess.run([*PROGRAM, *tried], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "disclosure-checker: exit 0 (ok): 0 of 3 examples failed (rules 3)\n")
    (checked,) = [words for words in calls(steps) if words[0] == "check"]
    done = subprocess.run([*PROGRAM, *checked, "--quiet"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "HSE001 warning www.amazon.com pays for this link, and its rel does not say sponsored (it says nofollow)." in done.stdout
    assert "AFF001" in done.stdout


def test_every_list_of_notice_words_is_explained_where_it_is_edited() -> None:
    lines = (built_in() / "words/notice.en.toml").read_text("utf-8").splitlines()
    head = " ".join(itertools.takewhile(lambda line: line.startswith("#"), lines))
    assert [name for name in (*LISTS, *TABLES) if not re.search(rf"\b{name}\b", head)] == []


def test_the_network_that_is_shown_is_right(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks/own.toml").write_text(blocks(CONTRIBUTING, "toml")[0], "utf-8")
    networks = Networks.load([built_in(), tmp_path])
    for example in network_examples([tmp_path]):
        match = networks.match(example.text)
        assert (match is not None and match.network == example.network) is example.found
