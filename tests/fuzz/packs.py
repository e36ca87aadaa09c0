"""A publisher's own pack: an input is one file of it, its place in the pack behind `#` in the first line (`# words/notice.en.toml`)."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from checker.engine.examples import all_examples, try_example
from checker.engine.load import load
from checker.engine.rule import Rules
from checker.errors import BadRule
from checker.facts import Page
from checker.lexicon import Lexicon
from checker.lexicon import load as load_words
from checker.model import NotCheckedReason, Source
from checker.packs import FOLDERS, table
from checker.page.reader import CannotRead, read
from checker.scale.key import Tracking
from checker.scale.page import read_page
from tests.fuzz.pages import rulebook
from tests.fuzz.target import FIXTURES, ROOT
from tests.fuzz.words import texts

LONGEST = 5_000
_PLACE = re.compile(rb"# ?([a-z]{2,12})/([A-Za-z0-9._-]{1,60}\.toml)\s").match
_RULE = ("tea", "TEA001-pot-without-notice.toml")
_AUTHORITIES = """[[authority]]
id = "tea-style"
name = "House style"
asks = "Say so."
kind = "guidance"
url = "https://tea.example/style"
checked = 2026-11-01
verified = true
"""
_PROFILE = """id = "eu"
name = "Tea"
about = "What the tea desk asks."
[rules]
AFF001 = "error"
"""
_PAGE = (FIXTURES / "pages" / "amp-late-notice" / "page.html").read_bytes()
# Addresses on which a pattern that is not linear would stop.
_LONG = (
    "https://tea.example/" + "a" * 3_000 + "!",
    "https://tea.example/?" + "a=a&" * 400,
    "https://tea.example/" + "a/" * 1_000 + "?x=" + "9" * 900,
)


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-packs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rule = ROOT / "rules" / "aff" / "AFF001-paid-link-without-notice.toml"
    base = {
        "authorities/tea.toml": _AUTHORITIES,
        "profiles/eu.toml": _PROFILE,
        f"aff/{rule.name}": _in_english(rule.read_bytes()).decode(),
        "texts/paste.toml": (ROOT / "rules" / "texts" / "paste.toml").read_text("utf-8"),
        "texts/house.toml": (FIXTURES / "packs" / "harbour" / "texts" / "paste.toml").read_text("utf-8"),
        "networks/quay.toml": (FIXTURES / "packs" / "harbour" / "networks" / "quay.toml").read_text("utf-8"),
    }
    for name, text in base.items():
        path = folder / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def run(data: bytes) -> None:
    """Faults, each in one line that begins with the file; or rules and words with which pages can be read and judged."""
    pack = _folder() / "pack"
    shutil.rmtree(pack, ignore_errors=True)
    found = _PLACE(data)
    folder, name = (found[1].decode(), found[2].decode()) if found else _RULE
    (pack / folder).mkdir(parents=True)
    (pack / folder / name).write_bytes(data)
    if folder in ("words", "networks"):
        _words(pack)
    elif folder == "tracking":
        try:
            Tracking.load([pack])
        except BadRule as fault:
            _one_line_each(fault, pack)
    else:
        _rules(pack)


def _words(pack: Path) -> None:
    try:
        words = load_words([pack])
    except BadRule as fault:
        _one_line_each(fault, pack)
        return
    report = read_page(Source("page.html", _PAGE, url="https://tea.example/a"), words)
    assert report.reason is not NotCheckedReason.CRASHED, f"pages can be read with these words: {report.detail}"
    for url in _LONG:
        words.networks.match(url)


def _rules(pack: Path) -> None:
    try:
        # Most inputs are no TOML, and need no other pack to be told so.
        rules = load([_folder() / "base", pack] if all(is_toml(path) for path in pack.rglob("*.toml")) else [pack])
    except BadRule as fault:
        _one_line_each(fault, pack)
        return
    _judged(rules, pack, rulebook().lexicon)


def is_toml(path: Path) -> bool:
    """Whether it can be read at all."""
    try:
        table(path)
    except BadRule:
        return False
    return True


def _judged(rules: Rules, pack: Path, lexicon: Lexicon) -> None:
    def page_of(source: Source) -> Page:
        try:
            return read(source, lexicon).page
        except CannotRead:
            return read(Source(source.name, _PAGE), lexicon).page

    for rule in rules.rules.values():
        assert rule.text("asks"), "a rule says what it asks"
    added = islice((each for each in all_examples(rules) if each[0].path.is_relative_to(pack)), 3)
    for tried in (try_example(rule, example, rules, page_of) for rule, example in added):
        assert "crashed" not in (tried.fault or ""), f"a rule can be tried: {tried.fault}"


def _one_line_each(fault: BadRule, pack: Path) -> None:
    assert fault.faults, "a fault is told"
    for line in fault.faults:
        assert "\n" not in line, f"a fault is one line: {line!r}"
        assert line.startswith(str(pack)), f"a fault names the file: {line!r}"


def seeds() -> Iterator[bytes]:
    """The files of the pack in the fixtures, and those of the built-in one in one language, as far as they are short."""
    for path in sorted((FIXTURES / "packs" / "harbour").glob("*/*.toml")):
        yield _placed(path)
    for path in sorted((ROOT / "rules").glob("*/*.toml")):
        seed = _in_english(_placed(path))
        if len(seed) <= LONGEST:
            yield seed


def _placed(path: Path) -> bytes:
    return f"# {path.parent.name}/{path.name}\n".encode() + path.read_bytes()


def _in_english(text: bytes) -> bytes:
    """Without the messages in other languages, and with a known authority."""
    blocks = re.split(rb"(?m)^(?=\[)", text)
    kept = (block for block in blocks if not re.match(rb"\[(?:message|fix)\.(?!en\b|paste)", block))
    return re.sub(rb"(?m)^authorities = \[.*\]$", b'authorities = ["tea-style"]', b"".join(kept))


def words() -> Iterator[str]:
    """Keys and short values of the packs, and what TOML is made of."""
    import tomllib

    yield from (f"# {folder}/" for folder in FOLDERS)
    yield from (
        '"""',
        "'''",
        "[[",
        "]]",
        " = ",
        "\\u0000",
        "{ }",
        "inf",
        "nan",
        "1979-05-27",
        "(a+)+",
        ".*",
        "[^/]*",
        "{brand}",
        "{",
        "}",
        "\\\\d{1,99}",
    )
    found = []
    for pattern in ("aff/AFF0*.toml", "img/*.toml", "profiles/*.toml", "networks/*.toml", "words/notice.en.toml", "words/credit.en.toml"):
        for path in sorted((ROOT / "rules").glob(pattern)):
            found += [text for text in texts(tomllib.loads(path.read_text("utf-8"))) if len(text) < 25]
    yield from dict.fromkeys(found)
