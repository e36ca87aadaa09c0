"""Packs that are right, and packs that are wrong in every way that an author of rules is likely to find."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import engine
from checker.engine import Rules
from checker.errors import BadRule
from checker.packs import built_in

HOUSE_RULE = """\
id = "HSE001"
name = "page-without-kettle"
severity = "warning"
authorities = []
ours = "our readers like tea"
over = "page"
needs = "static"
since = "0.1"

[expect]
any = [{ check = "has-notice", plain = true }]

[message.en]
asks = "A page says that it earns money."
violation = "This page does not say so[ (line {line})]."
why = "We promised."

[fix]
paste = "affiliate-notice"

[fix.en]
text = "Say so."

[[example]]
title = "nothing"
expect = "violation"
html = "<p>Tea.</p>"

[[example]]
title = "a notice"
expect = "pass"
html = "<p>We earn a commission when you buy through our links.</p>"

[[example]]
title = "never"
expect = "inapplicable"
html = "<p></p>"
"""
HOUSE_PROFILE = """\
id = "house"
name = "Our house"
about = "What we ask of ourselves."

[wordings]
refuse = ["hedge"]

[rules]
HSE001 = "error"
AFF001 = { severity = "info", options = { visible = true } }

[paste.affiliate-notice]
en = "The kettle pays us."
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    pack = tmp_path / "house pack"
    (pack / "hse").mkdir(parents=True)
    (pack / "profiles").mkdir()
    (pack / "hse" / "HSE001-page-without-kettle.toml").write_text(HOUSE_RULE, "utf-8")
    (pack / "profiles" / "house.toml").write_text(HOUSE_PROFILE, "utf-8")
    return pack


def faults_of(pack: Path) -> list[str]:
    with pytest.raises(BadRule) as caught:
        engine.load([built_in(), pack])
    return [fault.replace(str(pack) + "/", "") for fault in caught.value.faults]


def change(old: str, new: str) -> Callable[[Path], None]:
    def changed(pack: Path) -> None:
        path = pack / "hse" / "HSE001-page-without-kettle.toml"
        assert old in HOUSE_RULE
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    return changed


def test_a_house_pack_joins_the_built_in_one(house: Path) -> None:
    rules = engine.load([built_in(), house])
    assert rules.rules["HSE001"].family == "HSE"
    assert {"us", "house"} <= set(rules.profiles)
    assert rules.profiles["house"].rules["AFF001"].options == {"visible": True}


def test_the_built_in_pack_keeps_its_own_schemas(tmp_path: Path) -> None:
    """The built-in files are trusted on load; a copy of them is foreign and asked like any other."""
    copy = tmp_path / "copy"
    shutil.copytree(built_in(), copy)
    assert set(engine.load([copy]).rules) == set(engine.load([built_in()]).rules)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('severity = "warning"', 'severity = "waring"', '3: "waring" is not allowed here; allowed: error, warning, info; did you mean "warning"?'),
        ('since = "0.1"', 'sinc = "0.1"', '8: unknown key "sinc"; allowed: '),
        ('since = "0.1"', "", '1: "since" is missing'),
        ('check = "has-notice"', 'check = "has-notise"', '11: "has-notise" is not allowed here; allowed: '),
        ("plain = true", "plane = true", '11: unknown key "plane"; allowed: check, kinds, '),
        ("plain = true", 'plain = "yes"', '11: should be true or false, is "yes"'),
        ('check = "has-notice"', 'check = "rel-has"', '11: "any_of" is missing'),
        (
            'any = [{ check = "has-notice", plain = true }]',
            'any = [{ check = "has-credit" }]',
            '11: "has-credit" judges images, this rule is over page',
        ),
        ("authorities = []", 'authorities = ["us-ftc-faqs"]', '4: no authority "us-ftc-faqs"; allowed: '),
        ('ours = "our readers like tea"', "", '4: a rule names an authority, or says in "ours" why it exists without one'),
        ("(line {line})", "(line {lime})", '15: no value "lime"; allowed: '),
        (
            'paste = "affiliate-notice"',
            'paste = "affiliate-notise"',
            '19: no sentence to paste "affiliate-notise"; allowed: affiliate-notice, ',
        ),
        ('id = "HSE001"', 'id = "HSE002"', "1: a rule's file is hse/HSE002-page-without-kettle.toml"),
        ('id = "HSE001"', 'id = "hse1"', '1: "hse1" is not right here: three capitals and three digits; never reused'),
        ("[expect]", '[where]\npage_tipe = "article"\n[expect]', '11: no fact of page "page_tipe"; allowed: '),
        (
            'expect = "inapplicable"',
            'expect = "pass"',
            '24: a rule has an example for each of violation, pass and inapplicable; there is none for "inapplicable"',
        ),
        ('title = "nothing"', "title = 3", "25: should be text, is 3"),
        ("[expect]", "[expect", "HSE001-page-without-kettle.toml:10:8: expected ']' at the end of a table declaration"),
    ],
)
def test_a_mistake_is_told_with_its_line_what_is_allowed_and_the_nearest_right_word(house: Path, old: str, new: str, fault: str) -> None:
    change(old, new)(house)
    faults = faults_of(house)
    assert any(fault in told for told in faults), faults
    assert all(told.startswith(("hse/HSE001-page-without-kettle.toml:", "hse/HSE001-page-without-kettle.toml:")) for told in faults), faults


def test_all_mistakes_of_all_files_are_told_at_once(house: Path) -> None:
    change('severity = "warning"', 'severity = "waring"')(house)
    change('since = "0.1"', 'sinc = "0.1"')(house)
    profile = house / "profiles" / "house.toml"
    profile.write_text(HOUSE_PROFILE.replace("AFF001", "AFF999").replace("refuse", "refuze"), "utf-8")
    (house / "authorities").mkdir()
    (house / "authorities" / "ours.toml").write_text("[[authority]\n", "utf-8")
    faults = "\n".join(faults_of(house))
    for told in ('"waring" is not allowed', 'unknown key "sinc"', 'no rule "AFF999"', 'no option of a check "refuze"', "authorities/ours.toml"):
        assert told in faults
    assert "authorities/ours.toml:1:12: expected ']]' at the end of an array declaration" in faults
    assert 'no rule "HSE001"' not in faults, "a file that could not be read does not make its own id unknown"


def test_a_file_that_is_no_toml_hides_no_other_of_its_folder(house: Path) -> None:
    change('severity = "warning"', 'severity = "waring"')(house)
    (house / "hse" / "HSE000-torn-file.toml").write_text("id =\n", "utf-8")
    torn, wrong = faults_of(house)
    assert torn.startswith("hse/HSE000-torn-file.toml:1:5: invalid value; ")
    assert wrong.startswith('hse/HSE001-page-without-kettle.toml:3: "waring" is not allowed here')


def test_an_option_that_no_check_of_the_rule_has(house: Path) -> None:
    profile = house / "profiles" / "house.toml"
    profile.write_text(HOUSE_PROFILE.replace("visible = true", "visibel = true"), "utf-8")
    (fault,) = faults_of(house)
    assert 'profiles/house.toml:10: no option of AFF001 "visibel"' in fault
    assert 'did you mean "visible"?' in fault


def test_an_id_is_used_once(house: Path) -> None:
    folder = house / "aff"
    folder.mkdir()
    taken = next((built_in() / "aff").glob("AFF001-*.toml"))
    shutil.copy(taken, folder / taken.name)
    assert faults_of(house) == [f'aff/{taken.name}:1: "AFF001" is taken; an id is used once and never again']


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"id = 1", b"[[rule]]", b"a = [[[[[1]]]]]", b"message = 1\nfix = []\nexample = {}"])
def test_no_file_breaks_the_loader(house: Path, body: bytes) -> None:
    (house / "hse" / "HSE002-broken.toml").write_bytes(body)
    assert faults_of(house)


def test_a_pack_without_anything_is_no_fault(tmp_path: Path, rules: Rules) -> None:
    assert engine.load([built_in(), tmp_path]) == rules
