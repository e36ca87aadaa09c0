import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Call = Callable[..., Result]


def last(result: Result) -> str:
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["clean.html"], 0, "ok"),
        (["paid.html"], 1, "findings"),
        (["paid.html", "--fail-on", "never"], 0, "ok"),
        (["missing.html"], 3, "incomplete"),
        (["clean.html", "image.html"], 3, "incomplete"),
        (["clean.html", "empty.html"], 3, "incomplete"),
        (["paid.html", "image.html"], 1, "findings"),
        (["clean.html", "image.html", "--allow-incomplete"], 0, "ok"),
        (["--allow-incomplete", "clean.html", "image.html"], 0, "ok"),
        (["clean.html", "image.html", "--allow-incomplete=1"], 0, "ok"),
        (["clean.html", "image.html", "empty.html", "--allow-incomplete=1"], 3, "incomplete"),
        (["image.html", "--allow-incomplete"], 0, "ok"),
        (["none"], 4, "no inputs"),
        (["*.php"], 4, "no inputs"),
        (["none", "--allow-empty"], 0, "ok"),
        (["none", "clean.html"], 0, "ok"),
    ],
)
@pytest.mark.parametrize("output", ["text", "json", "jsonl", "json=r.json"])
def test_exit_codes_are_the_same_for_every_output(site: Path, call: Call, arguments: list[str], code: int, name: str, output: str) -> None:
    result = call("check", *arguments, "--output", output)
    assert result.exit_code == code
    assert last(result).startswith(f"disclosure-checker: exit {code} ({name}): ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "nothing to read"),
        (["paid.html", "--outptu", "json"], "unknown option --outptu; did you mean --output?"),
        (["paid.html", "--output", "jsonn"], "unknown output format 'jsonn'; did you mean json?"),
        (["paid.html", "--output", "json=no/such/r.json"], "cannot write no/such/r.json: there is no folder no/such"),
        (["paid.html", "--output", "json=none"], "cannot write none: it is a folder"),
        (["paid.html", "--output", "json=clean.html", "clean.html"], "cannot write clean.html: it is one of the inputs"),
        ([".", "--output", "jsonl=./paid.html"], "cannot write paid.html: it is one of the inputs"),
        (["paid.html", "--output", "json", "--output", "text"], "only one report can go to standard output"),
        (["paid.html", "--output", "json=r.json", "--output", "jsonl=./r.json"], "two reports would go to r.json"),
        (["paid.html", "--output", "json=paid.html/r.json"], "there is no folder paid.html"),
        (["paid.html", "--jobs", "99999999999999999999"], "is not in the range 1<=x<=512"),
        (["paid.html", "--profile", ""], "no profile is named; there are: "),
        (["paid.html", "--profile", ","], "no profile is named; there are: "),
        (["paid.html", "--select", "AFF", "--ignore", "aff"], "no rule is left to judge"),
        (["paid.html", "--select", "aff02"], 'did you mean "AFF002"?'),
        (["paid.html", "--output", "json=a\nb/r.json"], "cannot write a b/r.json: there is no folder a b"),
        (["paid.html", "--select", "AFF0001"], 'there is no rule "AFF0001"'),
        (["paid.html", "--ignore", "XYZ"], 'there is no rule "XYZ"'),
        (["paid.html", "--profile", "su"], 'there is no profile "su"'),
        (["paid.html", "--fail-on", "errors"], "'errors' is not one of"),
        (["paid.html", "--jobs", "0"], "0 is not in the range"),
        (["paid.html", "--allow-incomplete=some"], "'some' is not a number"),
        (["paid.html", "--pack", "nowhere"], "'nowhere' does not exist"),
        (["paid.html", "--pack", "none"], "the pack none holds no rule"),
        (["--files-from", "nowhere.txt"], "cannot read the list of files nowhere.txt: No such file or directory"),
        (["-", "--files-from", "-"], "standard input cannot be both"),
        (["-", "--stdin-url", "a.example"], "--stdin-url is an address with http:// or https://, not 'a.example'"),
        (["paid.html", "--output", f"json={'x' * 300}"], "File name too long"),
        (["paid.html", "--stdin-url", "https://a.example/"], "--stdin-url needs -"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(site: Path, call: Call, arguments: list[str], told: str) -> None:
    before = sorted(path.name for path in site.iterdir())
    result = call("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("disclosure-checker: exit 2 (error): ")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in site.iterdir()) == before


def test_a_broken_pack_names_every_fault_and_checks_nothing(site: Path, call: Call) -> None:
    (site / "house" / "aff").mkdir(parents=True)
    (site / "house" / "aut").mkdir()
    (site / "house" / "aff" / "AFF900-x.toml").write_text('id = "AFF900"\nnmae = "x"\n', "utf-8")
    (site / "house" / "aut" / "AUT901-y.toml").write_text("id = \n", "utf-8")
    result = call("check", "paid.html", "--pack", "house", "--output", "jsonl=r.jsonl")
    assert result.exit_code == 2
    assert "AFF900-x.toml" in result.stderr
    assert "AUT901-y.toml" in result.stderr
    assert "Traceback" not in result.stderr
    assert last(result).startswith("disclosure-checker: exit 2 (error): ")
    assert last(result).endswith("faults in rule packs")
    assert not (site / "r.jsonl").exists()


def test_every_input_is_accounted_for(site: Path, call: Call) -> None:
    result = call("check", ".", "paid.html", "./clean.html", "missing.html", "none", "--output", "json")
    whole = json.loads(result.stdout)
    assert whole["summary"]["inputs"] == {
        "discovered": 8,
        "checked": 2,
        "not_checked": 3,
        "skipped": 1,
        "deduplicated": 2,
        "excluded": 0,
        "unchanged": 0,
    }
    assert {page["source"]: page["reason"] for page in whole["pages"] if page["status"] == "not_checked"} == {
        "empty.html": "empty",
        "image.html": "not_html",
        "missing.html": "missing",
    }
    assert [page["source"] for page in whole["pages"]] == ["clean.html", "empty.html", "image.html", "paid.html", "missing.html", "none"]


def test_the_text_report_points_at_the_place(site: Path, call: Call) -> None:
    shown = call("check", "paid.html").stdout
    assert "paid.html:4:8 AFF001 error " in shown
    assert "\x1b" not in shown


def test_several_outputs_in_one_run(site: Path, call: Call) -> None:
    from checker.schemas import validate

    result = call("check", ".", "--output", "text", "--output", "json=a.json", "--output", "jsonl=b.jsonl")
    whole = json.loads((site / "a.json").read_text("utf-8"))
    lines = [json.loads(line) for line in (site / "b.jsonl").read_text("utf-8").splitlines()]
    assert validate("report", whole) == []
    assert [fault for line in lines for fault in validate("report-line", line)] == []
    assert [line for line in lines if line["type"] == "finding"] == [{"type": "finding", **finding} for finding in whole["findings"]]
    assert whole["summary"] == lines[-1]["summary"]
    assert whole["exit"]["message"] == last(result)
    assert "NOT CHECKED: 2" in result.stdout


def test_the_same_run_gives_the_same_bytes_but_for_run(site: Path, call: Call) -> None:
    wholes = [json.loads(call("check", ".", "--output", "json", "--jobs", jobs).stdout) for jobs in ("1", "2")]
    for whole in wholes:
        whole.pop("run")
    assert json.dumps(wholes[0]) == json.dumps(wholes[1])


def test_standard_input_with_its_address(site: Path, call: Call) -> None:
    page = (site / "paid.html").read_bytes()
    result = call("check", "-", "--stdin-url", "https://tea.example/kettle?utm_source=x", "--output", "json", stdin=page)
    entry = json.loads(result.stdout)["pages"][0]
    assert (entry["source"], entry["status"], entry["page_key"]) == ("-", "checked", "https://tea.example/kettle")
    assert call("check", "-", stdin=b"").exit_code == 3


def test_a_list_of_files(site: Path, call: Call) -> None:
    (site / "list.txt").write_text("clean.html\n\nnone\ngone.html\n", "utf-8")
    result = call("check", "--files-from", "list.txt", "--output", "json")
    assert [(page["source"], page["status"]) for page in json.loads(result.stdout)["pages"]] == [
        ("clean.html", "checked"),
        ("gone.html", "not_checked"),
        ("none", "skipped"),
    ]
    assert call("check", "--files-from", "-", stdin="clean.html\n").exit_code == 0
    assert call("check", "--files-from", "-", stdin="").exit_code == 4


def test_rules_can_be_chosen(site: Path, call: Call) -> None:
    def outcomes(*arguments: str) -> set[str]:
        return set(json.loads(call("check", "paid.html", "--output", "json", *arguments).stdout)["pages"][0]["outcomes"])

    # What becomes of waivers is told whatever is selected.
    waivers = {"WVR601", "WVR602", "WVR603", "WVR604", "WVR605"}
    every = outcomes()
    assert outcomes("--select", "AFF001,IMG") == {rule for rule in every if rule == "AFF001" or rule.startswith("IMG")} | waivers
    assert outcomes("--ignore", "aff") == {rule for rule in every if not rule.startswith("AFF")}
    assert call("check", "paid.html", "--ignore", "AFF001", "--fail-on", "error").exit_code == 0


def test_statistics_name_every_rule(site: Path, call: Call) -> None:
    assert "Statistics\n" in call("check", "clean.html", "--statistics").stdout
    run = json.loads(call("check", "clean.html", "--statistics", "--output", "json").stdout)["run"]
    assert "AFF001" in {row["rule"] for row in run["statistics"]}
    assert json.loads(call("check", "clean.html", "--output", "json").stdout)["run"]["statistics"] is None


def test_a_page_that_kills_its_process_is_not_checked(site: Path, call: Call, forked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.scale import page

    real, parent = page.check_page, os.getpid()

    def check_page(source: Any, *rest: Any, **chosen: Any) -> Any:
        if source.name == "paid.html" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(source, *rest, **chosen)

    monkeypatch.setattr(page, "check_page", check_page)
    result = call("check", "clean.html", "paid.html", "--jobs", "2", "--output", "json")
    assert result.exit_code == 3
    pages = json.loads(result.stdout)["pages"]
    assert [(each["status"], each["reason"]) for each in pages] == [("checked", None), ("not_checked", "crashed")]


def test_a_page_on_which_the_reader_fails_is_not_checked(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.scale import page

    def fails(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(page, "read", fails)
    result = call("check", "clean.html")
    assert result.exit_code == 3
    assert "crashed: reading it failed: RecursionError" in result.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_fault_while_a_file_is_read_costs_that_page_and_no_other(
    site: Path, call: Call, forked: None, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    from checker.scale import task
    from checker.sources.files import load as real

    def load(item: Any) -> Any:
        if item.name == "paid.html":
            raise MemoryError("full")
        return real(item)

    monkeypatch.setattr(task, "load_source", load)
    result = call("check", "clean.html", "paid.html", "--jobs", jobs)
    assert result.exit_code == 3
    assert "paid.html: crashed: reading it failed: MemoryError: full\n" in result.stdout
    assert result.stderr.count("\n") == 1


def test_processes_that_can_do_no_page_end_the_run(
    site: Path, forked: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from checker.cli.main import cli
    from checker.scale import task

    parent, real = os.getpid(), task.CheckJob.prepare

    def prepare(job: Any) -> Any:
        if os.getpid() != parent:
            raise KeyError("nothing here")
        return real(job)

    monkeypatch.setattr(task.CheckJob, "prepare", prepare)
    with pytest.raises(SystemExit) as stop:
        cli(["check", "clean.html", "paid.html", "--jobs", "2", "--output", "json=r.json"])
    assert stop.value.code == 2
    printed = capfd.readouterr()  # of the processes too
    assert printed.out == ""
    assert printed.err.startswith("disclosure-checker: exit 2 (error): internal fault: Unfit: KeyError: 'nothing here'")
    assert printed.err.count("\n") == 1
    assert not (site / "r.json").exists()


def test_names_that_would_break_a_line(site: Path, call: Call) -> None:
    names = ["a\nb.html", "\x1b[31mred.html", "tab\t.html", os.fsdecode(b"caf\xe9.html")]
    for name in names:
        (site / name).write_bytes((site / "paid.html").read_bytes())
    quiet = call("check", *names, "gone\n.html", "--quiet", "--select", "AFF001")
    assert quiet.stdout.splitlines()[-1] == "  gone .html: missing: there is no such file"
    assert len([line for line in quiet.stdout.splitlines() if " AFF001 error " in line]) == 4
    assert "\x1b" not in quiet.stdout + quiet.stderr
    for form in ("json", "jsonl"):
        result = call("check", *names, "--output", form)
        assert result.exit_code == 1
        assert "\ufffd.html" in result.stdout
    assert call("check", os.fsdecode(b"no\xff.html"), "--output", os.fsdecode(b"json=no\xff/r.json")).exit_code == 2
    assert call("check", "clean.html", "--output", os.fsdecode(b"json=r\xff.json")).exit_code == 0
    assert (site / os.fsdecode(b"r\xff.json")).exists()


def test_a_fault_of_ours_is_no_verdict(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.report.text import Text

    def fails(*_: object) -> str:
        raise KeyError("oops")

    monkeypatch.setattr(Text, "page", fails)
    result = call("check", "clean.html")
    assert result.exit_code == 2
    assert result.stderr.startswith("disclosure-checker: exit 2 (error): internal fault: KeyError: 'oops'")
    assert result.stderr.count("\n") == 1
