"""Faults in network files, and the promises of the built-in ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BadRule
from checker.lexicon import patterns, urls
from checker.lexicon.network_files import compile_packs
from checker.lexicon.networks import Networks
from checker.packs import built_in, tables

GOOD = """
[source]
"a-list" = "a list that we read"

[[network]]
id = "one"
name = "One"
kind = "network"
checked = 2026-11-22

[[network.link]]
tier = "certain"
hosts = ["one.example"]
paths = ['^/click$']
params = { id = '^[0-9]+$' }
evidence = ["a-list"]
yes = ["https://one.example/click?id=1", "https://one.example/click?id=2"]
no = ["https://one.example/", "https://one.example/click"]
"""


def faults(folder: Path, text: str) -> list[str]:
    (folder / "networks").mkdir(exist_ok=True)
    (folder / "networks" / "house.toml").write_text(text, "utf-8")
    try:
        compile_packs([folder])
    except BadRule as wrong:
        return [fault.replace(str(folder / "networks") + "/", "") for fault in wrong.faults]
    return []


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("hosts =", "host =", "house.toml:13: 'host' is not known here; allowed: tier, hosts"),
        ('tier = "certain"', 'tier = "sure"', "house.toml:12: tier must be one of certain, likely, possible, not 'sure'"),
        ('tier = "certain"', 'tier = "certian"', "did you mean 'certain'?"),
        ('"one.example"', '"https://one.example/"', "house.toml:13: 'https://one.example/' is no host"),
        ('"one.example"', '"One.example"', "house.toml:13: 'One.example' is no host"),
        ('"one.example"', '"@shops"', "house.toml:13: '@shops' is no name in [host_group]"),
        ("'^/click$'", "'/click$'", "house.toml:14: pattern '/click$': must start with ^"),
        ("'^/click$'", "'^/(?:a+)+b'", "house.toml:14: pattern"),
        ("'^[0-9]+$'", "'^(?=1)'", "house.toml:15: pattern '^(?=1)': only (?:…) groups are allowed"),
        ('["a-list"]', '["a-lisst"]', "house.toml:16: 'a-lisst' is no label of a [source] table; did you mean 'a-list'?"),
        ('["a-list"]', "[]", "house.toml:16: evidence is needed"),
        ("checked = 2026-11-22", "", "house.toml:5: checked is needed"),
        (
            'kind = "network"',
            'kind = "netwrok"',
            "house.toml:8: kind must be one of network, shop, software, monetiser, plugin, not 'netwrok'; did you mean 'network'?",
        ),
        ('id = "one"', 'id = "One!"', "house.toml:6: id must be small letters"),
        ('["https://one.example/", "https://one.example/click"]', '["https://one.example/"]', "house.toml:18: no needs at least 2 examples"),
        ("[[network.link]]", "[[network.links]]", "'links' is not known here"),
        (
            'hosts = ["one.example"]\npaths',
            'hosts = ["one.example"]\nwhy = "{hots} pays"\npaths',
            "house.toml:14: {hots} is not known here; allowed: host",
        ),
    ],
)
def test_a_fault_names_file_line_and_what_is_right(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    assert wrong in GOOD
    assert any(says in fault for fault in faults(tmp_path, GOOD.replace(wrong, right))), faults(tmp_path, GOOD.replace(wrong, right))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('tier = "certain"', 'tier = "sure"').replace("'^/click$'", "'/click$'").replace("params", "parms") + GOOD.split("\n\n", 1)[1]
    told = faults(tmp_path, text)
    assert [fault.split(":", 2)[1] for fault in told if "tier" in fault or "pattern" in fault or "parms" in fault] == ["15", "12", "14"] or len(
        told
    ) >= 3
    assert any("did you mean 'params'" in fault for fault in told)


def test_faults_in_a_second_network_point_to_the_second(tmp_path: Path) -> None:
    second = GOOD.split("\n\n", 1)[1].replace('id = "one"', 'id = "two"').replace('tier = "certain"', 'tier = "sure"')
    assert [fault.split(":")[1] for fault in faults(tmp_path, GOOD + second)] == [str(GOOD.count("\n") + 8)]


def test_an_id_may_be_used_once_in_a_pack(tmp_path: Path) -> None:
    assert any("'one' is used twice" in fault for fault in faults(tmp_path, GOOD + GOOD.split("\n\n", 1)[1]))


def test_knowledge_alone_is_at_most_possible(tmp_path: Path) -> None:
    text = GOOD.replace('"a-list" =', '"knowledge" =').replace('["a-list"]', '["knowledge"]')
    assert any("at most possible" in fault for fault in faults(tmp_path, text))
    assert faults(tmp_path, text.replace('tier = "certain"', 'tier = "possible"')) == []


def test_a_rule_for_any_host_needs_a_condition(tmp_path: Path) -> None:
    text = GOOD.replace('"one.example"', '"*"').replace("paths = ['^/click$']\n", "").replace("params = { id = '^[0-9]+$' }\n", "")
    assert any('hosts = ["*"] needs' in fault for fault in faults(tmp_path, text))


def test_what_is_compiled_can_be_kept_as_json() -> None:
    plain = compile_packs([built_in()])
    kept = json.loads(json.dumps(plain))
    assert kept == plain
    assert Networks(kept).match("https://amzn.to/3AbCdEf") is not None


def test_the_built_in_files_hold_their_promises() -> None:
    for table in tables(built_in(), "networks"):
        for network in table.data.get("network", ()):
            for kind in ("link", "script", "markup"):
                for rule in network.get(kind, ()):
                    assert len(rule["yes"]) >= 2
                    assert len(rule["no"]) >= 2
                    assert rule["evidence"] != ["knowledge"] or rule["tier"] == "possible", network["id"]
    assert len(compile_packs([built_in()])["shops"]) >= 150


@pytest.mark.parametrize(
    "pattern",
    [
        "^(?:a+)+$", "^(?:a|a)*$", "^(?:a|ab)*c", "^(?:a*)*", "^(?:a?){30}$", "^.*a.*b", r"^(?:\w+\.)+\w+(?:/\w*)*x",
        "^(?:a{0,50}){50}", "^(?:(?:a|b)+)+c", "^a*a*b",
        "^(?:x?y?)*z",         "^a(?=b)", r"^(a)\1", "^a*?b", "^a++b", "^a|^b", "a", "^[", "^(?:", "^a{", "^a{2",
        "^a{9,3}", "^a{1000}", r"^\b", r"^\s",
        "^[z-a]", "^$a", "^(?P<n>a)", "^" + "a" * 130, "^[]", "^*", "^a)",
    ],
)  # fmt: skip
def test_patterns_that_are_refused(pattern: str) -> None:
    assert patterns.fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^/click-\d+-\d+", "^/c/?$", r"^[\w.-]+-2\d(?:/|$)", "^/(?:go|goto)/[a-z]+$", "^(?:[^/]+/)*$",
        r"^.*/scripts/click\.php$", "^[^?]*[?]x", "^/g/[0-9a-z]{20,40}/?$", "^(?:a|b)*c", "^a{3}",
    ],
)  # fmt: skip
def test_patterns_that_are_allowed(pattern: str) -> None:
    assert patterns.fault(pattern) is None
    re.compile(pattern)


@given(st.text(alphabet="^$ab.*+?{}[]()|\\d-:,12", max_size=30).map("^".__add__))
def test_every_allowed_pattern_is_one_that_python_reads(pattern: str) -> None:
    if patterns.fault(pattern) is None:
        re.compile(pattern).match("ab" * 2000 + "c")


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}(\.[a-z0-9]{1,5}){0,2}\.[a-z]{2,4}(/[a-z0-9%=;,+~_:@-]{0,10}){0,4}(\?[a-z0-9=&%+;]{0,20})?(#[a-z0-9=&]{0,9})?",
        fullmatch=True,
    )
)
def test_plain_addresses_are_split_as_the_standard_reads_them(href: str) -> None:
    import ada_url

    try:
        url = ada_url.URL(href)
    except ValueError:
        return
    address = urls.read(href)
    assert address is not None
    assert (address.host, address.path, address.search, address.hash) == (url.hostname, url.pathname, url.search, url.hash)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.com", "example.com"), ("a.b.example.co.uk", "example.co.uk"), ("example.co.uk", "example.co.uk"),
        ("blog.blogspot.com", "blog.blogspot.com"), ("a.blog.blogspot.com", "blog.blogspot.com"), ("192.168.0.1", "192.168.0.1"),
        ("[::1]", "[::1]"), ("localhost", "localhost"), ("com", "com"), ("www.gov.uk", "www.gov.uk"), ("a.b.xn--p1ai", "b.xn--p1ai"),
        ("shop.xn--mnchen-3ya.de", "xn--mnchen-3ya.de"), ("WWW.Example.COM.", "example.com"), ("", ""), ("..", ""), ("a.b.c.unheard", "c.unheard"),
    ],
)  # fmt: skip
def test_sites(host: str, site: str) -> None:
    assert urls.registrable(host) == site


@given(st.text(max_size=60))
def test_no_host_breaks_it(text: str) -> None:
    urls.registrable(text)
    urls.host_of(text)
    urls.host_of("https://" + text)
