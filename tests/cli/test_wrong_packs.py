"""Whatever is wrong in a pack is told at once: the file, the line, what is allowed, the nearest right word."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]

NETWORK = """\
[[network]]
id = "kettle-partners"
name = "Kettle Partners"
kind = "network"
checked = 2026-11-22

[[network.link]]
tier = "certain"
hosts = ["click.kettle-partners.example"]
params = { partner = '^\\d+$' }
evidence = ["docs:kettle-partners.example"]
yes = ["https://click.kettle-partners.example/?partner=1", "https://click.kettle-partners.example/?partner=23"]
no = ["https://click.kettle-partners.example/", "https://kettle-partners.example/?partner=1"]
"""
NOTICE = """\
pays = ["kettle money"]

[[example]]
text = "We get kettle money when you buy through our links."
expect = "clear"

[[example]]
text = "The kettle was a good buy."
expect = "none"
"""
BYLINE = """\
language = "en"
markers = ["brewed by"]

[[example]]
text = "Brewed by Jane Doe"
byline = ["Jane Doe"]
"""
CREDIT = """\
language = "en"
labels = ["through the lens of"]

[[example]]
text = "Through the lens of: Jane Doe"
maker = "Jane Doe"
"""


@pytest.fixture
def write(site: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, text: str | bytes) -> Path:
        path = site / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


Write = Callable[[str, str | bytes], Path]


def faults(call: Call, *arguments: str) -> list[str]:
    result = call(*(arguments or ("check", "paid.html", "--pack", "house")))
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    *told, last = result.stderr.splitlines()
    assert last == f"disclosure-checker: exit 2 (error): {len(told)} fault{'s' * (len(told) != 1)} in rule packs"
    return [fault.removeprefix("house/") for fault in told]


def test_no_fault_hides_another(call: Call, write: Write) -> None:
    write("hse/HSE001-a-broken-one.toml", "id = \n")
    write("hse/HSE002-a-wrong-one.toml", 'id = "HSE002"\nseverty = "error"\n')
    write("profiles/house.toml", 'id = "house"\nname = "House"\nabout = "x"\n[rules]\nAFF001 = "errr"\nAFF002 = { severity = "erorr" }\nAFF003 = 3\n')
    write("networks/own.toml", NETWORK.replace('"certain"', '"certian"'))
    write("networks/torn.toml", "[[network]\n")
    write("words/notice.en.toml", 'pays = ["x"]\nlinkk = ["y"]\n')
    write("words/notice.de.toml", 'pays = ["unterminated]\n')
    write("words/byline.en.toml", 'language = "en"\nmarker = ["by"]\n')
    write("words/credit.en.toml", 'language = "en"\nlabels = "photo"\n')
    write("words/markup.toml", '[boxs]\narticle = ["x"]\n')
    write("words/agencies.toml", '[[agency]]\nname = "X"\nwritten = ["X"]\nkind = "new"\n')
    write("tracking/own.toml", 'param = ["x"]\n')
    write("network/more.toml", NETWORK)
    told = faults(call)
    wanted = [
        "network: no folder of a pack has this name; allowed: authorities, networks, profiles, texts, tracking, words, aff,",
        "hse/HSE001-a-broken-one.toml:1:6: invalid value",
        'hse/HSE002-a-wrong-one.toml:2: unknown key "severty"; allowed: ',
        'profiles/house.toml:5: "errr" is not allowed here; allowed: error, warning, info, off; did you mean "error"?',
        'profiles/house.toml:6: "erorr" is not allowed here; allowed: error, warning, info; did you mean "error"?',
        "profiles/house.toml:7: should be one of error, warning, info, off or a table, is 3",
        "networks/own.toml:8: tier must be one of certain, likely, possible, not 'certian'; did you mean 'certain'?",
        "networks/torn.toml:1:10: expected ']]' at the end of an array declaration",
        'words/notice.en.toml:2: unknown key "linkk"; allowed: ',
        "words/notice.de.toml:1:23: ",
        'words/byline.en.toml:2: "marker" is not a list of byline words; allowed: ',
        "words/credit.en.toml:2: labels must be a list of words in quotes",
        'words/markup.toml:1: unknown key "boxs"; allowed: boxes, ',
        'words/agencies.toml:4: kind must be one of news, pictures, stock, free; did you mean "news"?',
        'tracking/own.toml:1: "param": allowed are params and prefixes, each a list of words',
    ]
    for start in wanted:
        assert any(fault.startswith(start) for fault in told), (start, told)
    assert len(told) == len(set(told))
    assert set(faults(call, "facts", "paid.html", "--pack", "house")) < set(told)
    assert set(faults(call, "explain", "AFF001", "--pack", "house")) < set(told)
    assert faults(call, "test", "house") == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("network/own.toml", 'house/network: no folder of a pack has this name; allowed: {all}; did you mean "networks"?'),
        ("word/notice.en.toml", 'house/word: no folder of a pack has this name; allowed: {all}; did you mean "words"?'),
        ("profile/house.toml", 'house/profile: no folder of a pack has this name; allowed: {all}; did you mean "profiles"?'),
        ("Aff/AFF900-x-y.toml", 'house/Aff: no folder of a pack has this name; allowed: {all}; did you mean "aff"?'),
        ("HSE001-x-y.toml", "house/HSE001-x-y.toml: it lies beside the folders of the pack; it belongs into hse/"),
        ("notice.en.toml", "house/notice.en.toml: it lies beside the folders of the pack; it belongs into words/"),
        ("words/notices.en.toml", 'house/words/notices.en.toml: no word list has this name; allowed: {words}; did you mean "notice.en.toml"?'),
        ("words/notice.toml", 'house/words/notice.toml: no word list has this name; allowed: {words}; did you mean "notice.<language>.toml"?'),
        ("words/markups.toml", 'house/words/markups.toml: no word list has this name; allowed: {words}; did you mean "markup.toml"?'),
    ],
)
@pytest.mark.parametrize("command", ["check paid.html --pack", "facts paid.html --pack", "test"])
def test_what_nothing_would_read_is_told(site: Path, call: Call, write: Write, command: str, name: str, told: str) -> None:
    write("words/notice.de.toml", 'pays = ["Teegeld"]\n')
    write(name, 'pays = ["x"]\n')
    result = call(*command.split(), "house")
    folders = (
        "authorities, networks, profiles, texts, tracking, words, aff, prg, lnk, spn, img, aut, wvr, or three small letters for rules of your own"
    )
    words = (
        "notice.<language>.toml, byline.<language>.toml, credit.<language>.toml, agencies.toml, markup.toml, languages.toml, meta.toml, "
        "page_types.toml, images.toml, picture_files.toml"
    )
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == told.replace("{all}", folders).replace("{words}", words)


def test_other_files_of_a_project_may_lie_in_a_pack(site: Path, call: Call, write: Write) -> None:
    write("words/notice.en.toml", NOTICE)
    write("pyproject.toml", "[project]\n")
    write("docs/words.md", "# Words\n")
    write(".github/x.toml", "x = 1\n")
    assert call("check", "clean.html", "--pack", "house").exit_code == 0


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", ":1: it is empty; write something in it or delete it"),
        (b"# later\n", ":1: it is empty; write something in it or delete it"),
        (b'pays = ["x"]\nlink = ["\xe4"]\n', ":2: it is not UTF-8; save it with the encoding UTF-8"),
        (b"\xff\xfep\x00", ":1: it is not UTF-8; save it with the encoding UTF-8"),
        (b'pays = ["x"]\nlink = [\n', ":2: invalid value, at the end of the file"),
        (b"pays = " + b"[" * 100_000, ": lists or tables are nested too deeply"),
        (b"pays = " + b"1" * 5000, ":1: exceeds the limit"),
        (b'pays = ["x"]\npays = ["y"]\n', ":2:"),
    ],
)
def test_a_file_that_is_no_toml(site: Path, call: Call, write: Write, body: bytes, told: str) -> None:
    write("words/notice.en.toml", body)
    (fault,) = faults(call)
    assert fault.startswith(f"words/notice.en.toml{told}")


def test_a_byte_order_mark_is_no_fault(site: Path, call: Call, write: Write) -> None:
    write("words/notice.en.toml", b"\xef\xbb\xbf" + NOTICE.encode())
    assert call("test", "house").exit_code == 0


def test_a_pipe_in_a_pack_is_not_waited_for(site: Path, call: Call, write: Write) -> None:
    import os

    write("words/notice.en.toml", NOTICE)
    os.mkfifo(site / "house" / "words" / "notice.de.toml")
    assert faults(call) == ["words/notice.de.toml: it is not a file"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "words/byline.en.toml",
            BYLINE.replace("byline =", "bylin ="),
            '6: unknown key "bylin"; allowed: text, names, byline, kind, call; did you mean',
        ),
        ("words/byline.en.toml", BYLINE + 'kind = "persn"\n', "7: kind must be one of person, organisation, generic, not 'persn'"),
        ("words/byline.en.toml", "example = 1\n" + BYLINE.partition("[[")[0], "1: write [[example]]"),
        ("words/byline.en.toml", BYLINE.replace('"en"', '"de"'), '1: language = "de" but the file is named for "en"'),
        ("words/credit.en.toml", CREDIT.replace('"Jane Doe"', "3"), "6: maker must be a text in quotes, not 3"),
        ("words/credit.en.toml", CREDIT.replace("maker", "# maker"), '4: an example needs text = "…" and one of maker, agency, '),
        (
            "words/notice.en.toml",
            NOTICE.replace('"clear"', '"claer"'),
            '5: expect = "claer" is not right; allowed: clear, weak, none; did you mean "clear"?',
        ),
        (
            "words/notice.en.toml",
            NOTICE + 'signal = ["pays"]\n',
            '10: unknown key "signal"; allowed: text, expect, signals, kind; did you mean "signals"?',
        ),
        ("words/notice.en.toml", 'pays = [\n  "x",\n  3,\n]\n', "3: pays must be a list of texts in quotes, and 3 is none"),
        ("words/notice.en.toml", 'label = ["x"]\n', "1: label must be a table of lists"),
        ("words/meta.toml", '[meta]\nauthor = "x"\n', "2: author must be a list of words in quotes"),
        ("words/languages.toml", '[scripts]\nel = ["α", "ω"]\n', "2: el must be a list of pairs of characters"),
        ("words/images.toml", 'hosts = ["x"]\n', "1: write [hosts] with lists of words under it"),
    ],
)
def test_words_are_told_with_their_line(call: Call, write: Write, name: str, text: str, told: str) -> None:
    write(name, text)
    got = faults(call)
    assert any(fault.startswith(f"{name}:{told}") for fault in got), got


def test_the_examples_of_words_and_networks_run(site: Path, call: Call, write: Write) -> None:
    write("words/notice.en.toml", NOTICE)
    write("words/byline.en.toml", BYLINE)
    write("words/credit.en.toml", CREDIT)
    write("networks/own.toml", NETWORK)
    result = call("test", "house")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "disclosure-checker: exit 0 (ok): 0 of 8 examples failed (notices 2, bylines 1, credits 1, networks 4)\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "words/notice.en.toml", NOTICE.replace('"none"', '"weak"'),
            "7: error: notice (en) “The kettle was a good buy.”: expected weak, got none",
        ),
        (
            "words/notice.en.toml", NOTICE.replace('"clear"', '"clear"\nsignals = ["jargon"]'),
            "3: error: notice (en) “We get kettle money when you buy through our links.”: expected the signal jargon, got pays, trigger",
        ),
        (
            "words/notice.en.toml", NOTICE.replace('"clear"', '"clear"\nkind = "sponsored"'),
            "3: error: notice (en) “We get kettle money when you buy through our links.”: expected the kind sponsored, got affiliate",
        ),
        (
            "words/byline.en.toml", BYLINE.replace('["Jane Doe"]', "[]"),
            "4: error: byline (en) “Brewed by Jane Doe”: byline: expected nobody, got Jane Doe",
        ),
        ("words/byline.en.toml", BYLINE + 'kind = "generic"\n', "4: error: byline (en) “Brewed by Jane Doe”: expected the kind generic, got person"),
        (
            "words/credit.en.toml", CREDIT.replace('maker = "Jane Doe"', 'maker = "J. Doe"'),
            "4: error: credit (en) “Through the lens of: Jane Doe”: expected the maker 'J. Doe', got 'Jane Doe'",
        ),
        (
            "words/credit.en.toml", CREDIT.replace('maker = "Jane Doe"', "none = true"),
            "4: error: credit (en) “Through the lens of: Jane Doe”: expected no credit, got “",
        ),
        (
            "networks/own.toml", NETWORK.replace("?partner=23", "?partner=x"),
            "12: error: network (kettle-partners) “https://click.kettle-partners.example/?partner=x”: it should match kettle-partners, and does not",
        ),
        (
            "networks/own.toml", NETWORK.replace('partners.example/", ', 'partners.example/?partner=7", '),
            "13: error: network (kettle-partners) “https://click.kettle-partners.example/?partner=7”: it must not match kettle-partners, and does",
        ),
    ],
)  # fmt: skip
def test_an_example_of_words_or_networks_that_fails(site: Path, call: Call, write: Write, name: str, text: str, told: str) -> None:
    write(name, text)
    result = call("test", "house")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"house/{name}:{told}")
    assert result.stdout.count("\n") == 1
    assert result.stderr.startswith("disclosure-checker: exit 1 (findings): 1 of ")


def test_all_built_in_examples_run(call: Call) -> None:
    result = call("test")
    for kind in ("rules", "notices", "bylines", "credits", "networks"):
        assert f"{kind} " in result.stderr.rpartition("(")[2]


def test_a_pack_without_examples_has_no_inputs(call: Call, write: Write) -> None:
    write("words/notice.en.toml", 'pays = ["kettle money"]\n')
    result = call("test", "house")
    assert (result.exit_code, result.stderr) == (4, "disclosure-checker: exit 4 (no inputs): no examples\n")
