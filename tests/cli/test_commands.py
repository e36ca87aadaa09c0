import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.cli.main import _COMMANDS

Call = Callable[..., Result]


@pytest.mark.parametrize("command", [[], *([name] for name in _COMMANDS)])
def test_every_help_has_an_example(call: Call, command: list[str]) -> None:
    for option in ("--help", "-h"):
        result = call(*command, option)
        assert result.exit_code == 0
        assert "Example" in result.stdout
        assert f"disclosure-checker {' '.join(command)}".strip() in result.stdout


@pytest.mark.parametrize("command", list(_COMMANDS))
def test_the_list_of_commands_says_what_their_help_says(call: Call, command: str) -> None:
    assert _COMMANDS[command] in " ".join(call(command, "--help").stdout.split())
    assert f"{command} " in call("--help").stdout


def test_an_unknown_command_names_the_nearest(call: Call) -> None:
    result = call("chekc", "a.html")
    assert result.exit_code == 2
    assert result.stderr == "disclosure-checker: exit 2 (error): unknown command 'chekc'; did you mean check? (see disclosure-checker --help)\n"


def test_the_version(call: Call) -> None:
    from checker import __version__

    assert call("--version").stdout == f"disclosure-checker {__version__}\n"


def test_facts_print_one_object_a_page(site: Path, call: Call) -> None:
    from checker.schemas import validate

    result = call("facts", ".", "gone.html", "none")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["source"] for line in lines] == ["clean.html", "empty.html", "image.html", "paid.html", "gone.html"]
    assert [fault for line in lines for fault in validate("facts", line)] == []
    assert result.exit_code == 3
    assert result.stderr == "disclosure-checker: exit 3 (incomplete): 2 pages read; 3 not read; 1 skipped\n"
    assert lines[3]["links"][0]["line"] == 4
    assert lines[3]["links"][0]["column"] == 8


def test_facts_never_judge(site: Path, call: Call) -> None:
    assert call("facts", "paid.html").exit_code == 0
    assert call("facts", "none").exit_code == 4
    assert call("facts").exit_code == 2
    assert call("facts", "paid.html", "--output", "text").exit_code == 2


def test_facts_are_the_same_with_processes(site: Path, call: Call) -> None:
    one = call("facts", ".", "--jobs", "1", "--output", "json")
    assert one.stdout == call("facts", ".", "--jobs", "3", "--output", "json").stdout
    assert len(json.loads(one.stdout)) == 4


def test_explain_tells_all_of_a_rule(call: Call) -> None:
    shown = call("explain", "aff001").stdout
    for title in ("AFF001 ", "Why", "What to do", "To paste: ", "Who asks for it", "How it is judged", "Wrong: ", "Right: ", "Does not apply: "):
        assert title in shown
    name = shown.split()[1]
    assert call("explain", name).stdout == shown


def test_every_rule_can_be_explained(call: Call) -> None:
    for rule in json.loads(call("rules", "--json").stdout):
        assert call("explain", rule["id"]).stdout.startswith(f"{rule['id']} {rule['name']} ({rule['severity']})\n")


def test_an_unknown_rule_names_the_nearest(call: Call) -> None:
    result = call("explain", "AFF001x")
    assert result.exit_code == 2
    assert "did you mean AFF001?" in result.stderr
    assert call("explain", "?").stderr.endswith("disclosure-checker rules lists them\n")


def test_rules_are_listed(call: Call) -> None:
    table = call("rules").stdout.splitlines()
    listed = json.loads(call("rules", "--json").stdout)
    assert [line.split()[0] for line in table[1:]] == [rule["id"] for rule in listed]
    assert all(rule["profiles"] for rule in listed if rule["id"] == "AFF001")


def test_rules_weigh_what_the_profile_says(site: Path, call: Call) -> None:
    (site / "house" / "profiles").mkdir(parents=True)
    (site / "house" / "profiles" / "house.toml").write_text(
        'id = "house"\nname = "House"\nabout = "x"\n[rules]\nAFF001 = "warning"\nIMG401 = "warning"\n', "utf-8"
    )
    shown = {line.split()[0]: " ".join(line.split()) for line in call("rules", "--pack", "house").stdout.splitlines()}
    assert shown["IMG404"].startswith("IMG404 info credit-only-in-alt-text ")
    assert shown["IMG404"].endswith(" (without a profile: warning)")
    assert shown["AFF001"].startswith("AFF001 error paid-link-without-notice ")
    assert "house (warning)" in shown["AFF001"]
    assert "house" in shown["IMG401"]
    assert "(warning)" not in shown["IMG401"]
    listed = {rule["id"]: rule for rule in json.loads(call("rules", "--json").stdout)}
    assert (listed["IMG404"]["severity"], listed["IMG404"]["profiles"]["us"]) == ("warning", "info")


def test_without_a_command_the_help_is_shown(call: Call) -> None:
    result = call()
    assert (result.exit_code, result.stdout) == (2, "")
    *help_lines, last = result.stderr.splitlines()
    assert last == f"disclosure-checker: exit 2 (error): no command is named; there are {', '.join(_COMMANDS)}"
    assert help_lines == call("--help").stdout.splitlines()


def test_schemas_are_printed(call: Call) -> None:
    names = call("schema").stdout.split()
    assert {"report", "facts", "rule"} <= set(names)
    for name in names:
        assert json.loads(call("schema", name).stdout)["$schema"].startswith("https://json-schema.org/")
    result = call("schema", "reprot")
    assert (result.exit_code, "did you mean report?" in result.stderr) == (2, True)


HOUSE = """\
id = "HSE001"
name = "unmarked-link-in-house"
severity = "warning"
authorities = []
ours = "Our house style."
over = "links"
needs = "static"
since = "0.1"

[expect]
any = [{{ check = "rel-has", any_of = ["sponsored"] }}]

[message.en]
asks = "Mark it."
violation = "There is a paid link."
why = "House style."

[fix.en]
text = "Remove it."

[[example]]
title = "a paid link"
expect = "violation"
html = '<p><a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">kettle</a></p>'

[[example]]
title = "a marked link"
expect = "pass"
html = '<p><a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">kettle</a></p>'

[[example]]
title = "no link"
expect = "inapplicable"
html = "<p>No link.</p>"

[[example]]
title = "the last"
expect = "{last}"
html = "<p>Again no link.</p>"
"""


def house(site: Path, last: str) -> None:
    (site / "house" / "hse").mkdir(parents=True)
    (site / "house" / "hse" / "HSE001-unmarked-link-in-house.toml").write_text(HOUSE.format(last=last), "utf-8")


def test_examples_that_hold(site: Path, call: Call) -> None:
    house(site, "inapplicable")
    result = call("test", "house")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "disclosure-checker: exit 0 (ok): 0 of 4 examples failed (rules 4)\n"


def test_an_example_that_does_not_hold_is_told_like_a_compiler_would(site: Path, call: Call) -> None:
    house(site, "violation")
    result = call("test", "house")
    assert result.exit_code == 1
    line = HOUSE.splitlines().index('title = "the last"')
    assert result.stdout.startswith(
        f"house/hse/HSE001-unmarked-link-in-house.toml:{line}: error: HSE001 “the last”: expected violation, got inapplicable"
    )
    assert result.stderr.endswith("exit 1 (findings): 1 of 4 examples failed (rules 4)\n")


def test_a_pack_without_rules_is_no_success(site: Path, call: Call) -> None:
    assert call("test", "none").exit_code == 2
