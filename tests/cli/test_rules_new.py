"""`rules new` writes the next rule of a family, never over another, and `test` says what is left to fill in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker import packs
from checker.docs.new_rule import MARK

Call = Callable[..., Result]


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("disclosure-checker: exit 2 (error): ").rstrip("\n")


def test_the_next_rule_of_a_house_is_written(site: Path, call: Call) -> None:
    result = call("rules", "new", "HSE", "--pack", "house")
    wrote = "wrote house/hse/HSE001-name-of-the-fault.toml; fill in what is marked there, and see what is left with: disclosure-checker test house\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, wrote, "")
    body = (site / "house/hse/HSE001-name-of-the-fault.toml").read_text("utf-8")
    (site / "house/hse/HSE001-name-of-the-fault.toml").write_text("# mine\n" + body, "utf-8")
    assert "HSE002" in call("rules", "new", "hse", "--pack", "house/").stdout
    assert (site / "house/hse/HSE001-name-of-the-fault.toml").read_text("utf-8") == "# mine\n" + body
    assert "HSE001  warning  name-of-the-fault" in call("rules", "--pack", "house").stdout
    assert call("check", "clean.html", "--pack", "house").exit_code == 0


def test_what_is_left_is_told_by_line_until_nothing_is(site: Path, call: Call) -> None:
    call("rules", "new", "HSE", "--pack", "house")
    path = site / "house/hse/HSE001-name-of-the-fault.toml"
    lines = path.read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, start=1) if MARK in line]
    result = call("test", "house")
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == [f"house/hse/{path.name}:{number}:" for number in marked]
    assert "error: still to fill in: why you ask for it\n" in result.stdout
    assert result.stderr == f"disclosure-checker: exit 1 (findings): {len(marked)} places still to fill in; 0 of 3 examples failed (rules 3)\n"
    filled = "\n".join(line.replace(MARK, "We say") for line in lines if not line.startswith(f"# {MARK}"))
    path.write_text(filled.replace("We say the same page, mended", f"{MARK} one"), "utf-8")
    assert call("test", "house").stderr.startswith("disclosure-checker: exit 1 (findings): 1 place still to fill in; ")
    path.write_text(filled, "utf-8")
    result = call("test", "house")
    assert (result.exit_code, result.stdout) == (0, "")
    # Now its examples count.
    path.write_text(filled.replace('expect = "pass"', 'expect = "violation"').replace('expect = "inapplicable"', 'expect = "pass"', 1), "utf-8")
    assert call("test", "house").exit_code in (1, 2)


def test_examples_of_a_rule_that_is_not_written_yet_do_not_fail(site: Path, call: Call) -> None:
    call("rules", "new", "HSE", "--pack", "house")
    path = site / "house/hse/HSE001-name-of-the-fault.toml"
    path.write_text(path.read_text("utf-8").replace("We earn a commission", "We like tea"), "utf-8")
    result = call("test", "house")
    assert "expected" not in result.stdout
    assert "; 0 of 3 examples failed (rules 3)" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["HS"], "a family has three letters, such as HSE, and 'HS' has not"),
        (["HS1", "--pack", "house"], "a family has three letters, such as HSE, and 'HS1' has not"),
        (["éàü", "--pack", "house"], "a family has three letters, such as HSE, and 'éàü' has not"),
        (["../", "--pack", "house"], "a family has three letters, such as HSE, and '../' has not"),
        (["HSE"], "HSE is no built-in family (AFF, PRG, LNK, SPN, IMG, AUT, WVR); for a family of your own name its pack: --pack house/"),
        (["AFF", "--pack", "house"], "AFF is a built-in family, whose ids this program gives out; take three letters of your own, such as HSE"),
        (["HSE", "--pack", "paid.html"], "paid.html is a file; a pack is a folder"),
        (["HSE", "--pack", "paid.html/house"], "cannot write paid.html/house/hse/HSE001-name-of-the-fault.toml: Not a directory"),
        ([], "missing argument 'FAMILY' (see disclosure-checker rules new --help)"),
    ],
)
def test_what_cannot_be_written_is_one_clear_line(site: Path, call: Call, arguments: list[str], told: str) -> None:
    assert refused(call("rules", "new", *arguments)) == told
    assert not (site / "house").exists()


def test_a_word_that_is_no_command_is_one_clear_line(site: Path, call: Call) -> None:
    assert refused(call("rules", "nwe", "HSE")) == "unknown command 'nwe'; there is new (see disclosure-checker rules --help)"
    assert refused(call("rules", "--json", "new", "HSE")).startswith("write options after new, as in: rules new HSE --pack house/")
    (site / "house").mkdir()
    assert refused(call("rules", "--pack", "house", "new", "HSE")).startswith("write options after new, ")
    assert list((site / "house").iterdir()) == []


def test_a_family_that_is_a_file_or_full(site: Path, call: Call) -> None:
    (site / "house/hse").mkdir(parents=True)
    (site / "house/hse/HSE999-a-b.toml").touch()
    (site / "house/abc").touch()
    assert refused(call("rules", "new", "HSE", "--pack", "house")) == "the family HSE has no id left after HSE999; begin another"
    assert refused(call("rules", "new", "ABC", "--pack", "house")) == "cannot write into house/abc: it is a file"


def test_a_folder_that_cannot_be_written(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", denied)
    assert refused(call("rules", "new", "HSE", "--pack", "house")) == "cannot write house/hse/HSE001-name-of-the-fault.toml: Permission denied"


def test_a_built_in_rule_is_written_in_a_source_tree_only(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = site / "tree" / "rules"
    shutil.copytree(packs.built_in(), copy)
    monkeypatch.setattr(packs, "built_in", lambda: copy)
    last = max(path.name[:6] for path in (copy / "lnk").glob("*.toml"))
    wrote = call("rules", "new", "lnk").stdout
    assert f"/rules/lnk/LNK{int(last[3:]) + 1}-name-of-the-fault.toml; " in wrote
    assert wrote.endswith("disclosure-checker test\n")
    assert refused(call("rules", "new", "HSE", "--pack", str(copy))).startswith("HSE is no built-in family ")
    installed = site / "checker" / "_rules"
    installed.parent.mkdir()
    copy.rename(installed)
    monkeypatch.setattr(packs, "built_in", lambda: installed)
    assert refused(call("rules", "new", "LNK")).startswith("the built-in rules can be added to in a source tree only; ")
