"""The settings file: where it is looked for, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.config import file
from checker.errors import BadConfig, BadSettings


def faults(path: Path) -> list[str]:
    with pytest.raises(BadSettings) as raised:
        file.load(path)
    return raised.value.faults


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site" / "posts").mkdir(parents=True)
    (tmp_path / "site" / "posts" / "a.html").write_text("<p>a</p>")
    return tmp_path


def test_the_nearest_file_above_the_input_counts(root: Path) -> None:
    (root / file.OWN).write_text('fail-on = "error"')
    assert file.find(file.start(["site/posts/a.html"])) == root / file.OWN
    (root / "site" / file.OWN).write_text("")
    assert file.find(file.start(["site/posts/a.html"])) == root / "site" / file.OWN
    assert file.find(file.start(["site/posts"])) == root / "site" / file.OWN
    assert file.find(file.start([])) == root / file.OWN


@pytest.mark.parametrize(
    ("names", "begins"),
    [
        (["site/posts/a.html"], "site/posts"),
        (["site/posts/a.html", "site"], "site"),
        (["site/posts/*.html"], "site/posts"),
        (["site/**/a.html"], "site"),
        (["-", "https://tea.example/a", "site/posts"], "site/posts"),
        (["nowhere/a.html"], "."),
        (["site/posts/gone.html"], "site/posts"),
        ([], "."),
    ],
)
def test_the_search_begins_at_the_folder_that_holds_all_inputs(root: Path, names: list[str], begins: str) -> None:
    assert file.start(names) == (root / begins).resolve()


def test_a_project_file_counts_only_with_our_table(root: Path) -> None:
    shared = root / "site" / file.SHARED
    shared.write_text('[project]\nname = "disclosure-checker-user"\n')
    (root / file.OWN).write_text("")
    assert file.find(root / "site") == root / file.OWN
    shared.write_text('[project]\nname = "x"\n[tool.disclosure-checker]\nfail-on = "info"\n')
    assert file.find(root / "site") == shared
    layer = file.load(shared)
    assert layer.values == {"fail-on": "info"}
    assert layer.origin(("fail-on",)) == "site/pyproject.toml:4"
    assert layer.folder == root / "site"


def test_our_own_file_comes_before_a_project_file_beside_it(root: Path) -> None:
    (root / file.SHARED).write_text("[tool.disclosure-checker]\n")
    (root / file.OWN).write_text("")
    assert file.find(root) == root / file.OWN


def test_a_broken_project_file_is_its_owners_affair_unless_it_names_us(root: Path) -> None:
    (root / file.SHARED).write_text("[project\nname = 1\n")
    assert file.find(root) is None
    (root / file.SHARED).write_text("[tool.disclosure-checker]\nfail-on = error\n")
    with pytest.raises(BadSettings, match=r"pyproject\.toml:2:11: invalid value"):
        file.find(root)


@pytest.mark.parametrize(
    "text",
    [
        "[tool]\ndisclosure-checker = { fail-on = error }\n",
        "[tool]\ndisclosure-checker.fail-on = error\n",
        "[ tool.disclosure-checker ]\nfail-on = error\n",
        '[tool."disclosure-checker"]\nfail-on = error\n',
        "[[tool.disclosure-checker.waive]]\nrules = AFF001\n",
    ],
)
def test_however_a_broken_table_is_written_it_is_ours(root: Path, text: str) -> None:
    (root / file.SHARED).write_text(text)
    with pytest.raises(BadSettings):
        file.find(root)


@pytest.mark.parametrize("name", ["disclosure_checker", "disclosurechecker", "Disclosure-Checker"])
def test_a_table_of_another_spelling_is_told(root: Path, name: str) -> None:
    (root / file.SHARED).write_text(f'# for disclosure-checker\n[tool.{name}]\nfail-on = "error"\n')
    with pytest.raises(BadSettings, match=rf"the table is called \[tool\.disclosure-checker\], not \[tool\.{name}\]"):
        file.find(root)


def test_a_link_that_leads_nowhere_does_not_pass_for_no_settings(root: Path) -> None:
    (root / file.OWN).symlink_to("gone.toml")
    found = file.find(root / "site")
    assert found == root / file.OWN
    with pytest.raises(BadConfig, match=r"disclosure-checker\.toml is no file"):
        file.load(found)


def test_a_project_file_that_cannot_be_read_is_told(root: Path) -> None:
    (root / file.SHARED).mkdir()
    with pytest.raises(BadConfig, match=r"cannot read pyproject\.toml: .*; name the settings with --config"):
        file.find(root)


def test_every_fault_is_told_at_once_with_its_line_and_the_nearest_word(root: Path) -> None:
    path = root / file.OWN
    path.write_text(
        'fail-on = "eror"\nprofilez = ["us"]\nselect = "AFF"\njobs = 0\nallow-incomplete = -1\n\n[severity]\nAFF001 = "warn"\n\n'
        "[[waive]]\nrules = []\nexpires_on = 2026-13-01x\n".replace("2026-13-01x", '"soon"')
        + '\n[[overrides]]\nprofiles = ["uk"]\n\n'
        '[page-types]\nrecipes = "food/**"\n\n[[source-map]]\nurl = "tea.example"\npath = "a/*/*"\n'
    )
    found = faults(path)
    assert [line.split(": ", 1)[0] for line in found] == [f"disclosure-checker.toml:{n}" for n in (5, 1, 4, 14, 18, 2, 3, 8, 22, 21, 12, 11)]
    assert found[1].endswith('fail-on: "eror" is not allowed here; allowed: error, warning, info, review, never; did you mean "error"?')
    told = "\n".join(found)
    for said in (
        'unknown key "profilez"',
        'did you mean "profiles"?',
        'write it in square brackets: ["…"]',
        'severity.AFF001: "warn" is not allowed here',
        'unknown key "recipes"',
        'did you mean "recipe"?',
        "a day, such as 2026-12-31",
        "an address with at most one *",
        "a path with at most one *",
        "waive.rules: should not be empty",
        "overrides: ",
    ):
        assert said in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'fail-on = "error', "disclosure-checker.toml:1"),
        (b'a = "\xff"', "disclosure-checker.toml:1: it is not UTF-8"),
        (b'[tool.disclosure-checker]\nfail-on = "error"', "disclosure-checker.toml:1: keys stand at the top of this file"),
        (b'exclude = ["/etc/**"]', "a glob from the folder of the settings"),
        (b'exclude = ["**/**/**/**/**"]', "at most four **"),
        (b"expires = 1" + b"0" * 5000, "disclosure-checker.toml:1"),
        (b"x = " + b"[" * 3000, "disclosure-checker.toml"),
    ],
)
def test_whatever_stands_in_it_is_one_clear_line(root: Path, text: bytes, said: str) -> None:
    (root / file.OWN).write_bytes(text)
    assert any(said in line for line in faults(root / file.OWN))


def test_days_may_be_dates_or_texts(root: Path) -> None:
    (root / file.OWN).write_text('[[waive]]\nrules = ["AFF001"]\nreason = "x"\nexpires_on = 2026-12-31\n')
    assert file.load(root / file.OWN).values["waive"][0]["expires_on"] == "2026-12-31"


def test_a_byte_order_mark_and_an_empty_file_are_fine(root: Path) -> None:
    (root / file.OWN).write_bytes(b"\xef\xbb\xbffail-on = 'error'\r\n")
    assert file.load(root / file.OWN).values == {"fail-on": "error"}
    (root / file.OWN).write_bytes(b"")
    assert file.load(root / file.OWN).values == {}


def test_a_file_that_is_not_there_is_told(root: Path) -> None:
    with pytest.raises(BadConfig, match=r"there is no settings file nowhere\.toml"):
        file.load(Path("nowhere.toml"))
    (root / file.SHARED).write_text("[project]\n")
    with pytest.raises(BadConfig, match=r"pyproject\.toml has no table \[tool\.disclosure-checker\]"):
        file.load(root / file.SHARED)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "url", "rules", "reason", "severity", "x"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.data(),
)
def test_any_value_of_any_key_is_taken_or_refused(value: object, data: st.DataObject) -> None:
    from checker.config.layer import checked
    from checker.config.settings import DEFAULTS, Settings

    key = data.draw(st.sampled_from(sorted(DEFAULTS)))
    try:
        layer = checked({key: value}, Path.cwd(), lambda place: ".".join(map(str, place)))
        found = Settings.of([layer])
        for name in ("selection", "overrides", "waives", "site", "exclude", "allow_incomplete", "outputs", "packs"):
            getattr(found, name)
    except BadSettings as raised:
        lines = raised.faults
    else:
        lines = ["taken"]
    assert lines
    assert not any("\n" in line for line in lines)
