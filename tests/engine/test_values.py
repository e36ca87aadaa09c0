"""A value that nothing on any page can ever have is told, with the nearest that something can."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from checker import engine
from checker.engine import Rules
from checker.engine.faults import Faults
from checker.engine.rule import Profile
from checker.engine.values import Values
from checker.errors import BadRule
from checker.packs import built_in, read

HARBOUR = Path(__file__).resolve().parents[2] / "fixtures/packs/harbour"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return Path(copytree(HARBOUR, tmp_path / "house"))


def faults_after(house: Path, name: str, old: str, new: str) -> list[str]:
    path = next(house.glob(f"*/{name}*"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadRule) as caught:
        engine.load([built_in(), house])
    return [fault.removeprefix(str(house) + "/") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("HBR001", '"recipe"]', '"recepie"]', '12: no value of this fact "recepie"; allowed: article, forum_or_ugc, listing, '),
        ("HBR004", '["amazon"]', '["amazn"]', "11: no network \"amazn\"; allowed: "),
        ("HBR005", '["quay-partners"]', '["quay"]', '11: no network "quay"; allowed: '),
        ("HBR005", 'ids = ["311"', 'networks = ["quay-partner"], ids = ["311"', '14: no network "quay-partner"; allowed: '),
        ("HBR006", "[true]", '["yes"]', "11: should be true or false, is 'yes'"),
        ("HBR006", "{maker}/{agency}", "{makr}/{agency}", '18: "Photo: {makr}/{agency}" is not right here: a credit as '),
        ("HBR003", '"under_standfirst"]', '"under_standfrist"]', '17: "under_standfrist" is not allowed here; allowed: under_'),
        ("harbour.toml", 'ids = ["harbourpost-20", "harbourpost-21"]', 'ids = "harbourpost-20"', '10: should be a list, is "harbourpost-20"'),
        ("harbour.toml", '"harbourpost-21"]', "21]", "10: should be text, is 21"),
        ("harbour.toml", '"harbourpost-21"]', '"x"], networks = ["qay-partners"]', '10: no network "qay-partners"; allowed: '),
        ("harbour.toml", "[rules]", '[wordings]\nkinds = ["afiliate"]\n[rules]', '6: "afiliate" is not allowed here; allowed: '),
    ],
)  # fmt: skip
def test_a_value_that_nothing_has(house: Path, name: str, old: str, new: str, told: str) -> None:
    (fault,) = faults_after(house, name, old, new)
    assert f".toml:{told}" in fault or f"harbour.toml:{told}" in fault, fault


def test_networks_are_not_called_unknown_where_a_file_of_theirs_cannot_be_read(house: Path) -> None:
    (house / "networks" / "torn.toml").write_text("[[network]\n", "utf-8")
    assert engine.load([built_in(), house])


def test_the_built_in_pack_holds(rules: Rules) -> None:
    faults = Faults()
    values = Values([built_in()], dict(rules.rules), faults)
    ids = {rule.path: rule for rule in rules.rules.values()}
    for family in sorted({path.parent.name for path in ids}):
        for table in read(built_in(), family)[0]:
            values.ask_rule(ids[table.path], table)
    for table in read(built_in(), "profiles")[0]:
        assert isinstance(rules.profiles[table.path.stem], Profile)
        values.ask_profile(table)
    assert faults.lines() == []
