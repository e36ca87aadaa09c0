"""The settings file: an input is the file, under one of its two names."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checker.config.file import OWN, SHARED, find, load
from checker.config.names import ask
from checker.config.settings import DEFAULTS, Settings
from checker.engine.overrides import fits
from checker.errors import BadConfig, BadSettings, CheckerError
from checker.scale.task import Choice
from tests.fuzz.pages import rulebook
from tests.fuzz.target import FIXTURES, ROOT

LONGEST = 3_000
_PLACE = re.compile(r".*?:(\d+):(?:\d+:)? .+", re.DOTALL).fullmatch
_DEEP = "nested too deeply"


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-settings-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "own").mkdir()
    (folder / "shared").mkdir()
    return folder


def run(data: bytes) -> None:
    """Settings whose every value can be used, or faults, each with a line of the file."""
    for name in (OWN, SHARED) if b"disclosure" in data else (OWN,):
        path = _folder() / ("own" if name == OWN else "shared") / name
        path.write_bytes(data)
        try:
            layer = load(path)
            assert find(path.parent) == path, "what can be read is found"
            settings = Settings.of([layer])
            _used(settings)
        except BadSettings as fault:
            _placed(fault, data)
        except BadConfig as fault:
            _says(fault)


def _used(settings: Settings) -> None:
    assert settings.values.keys() == DEFAULTS.keys(), "every setting has a value"
    rules = rulebook().rules
    selection, site = settings.selection, settings.site
    held = [settings.overrides, settings.waives, settings.exclude, settings.outputs, settings.place("cache-dir", settings.values["cache-dir"])]
    assert all(each is None or repr(each) for each in held)
    allowed = settings.allow_incomplete
    assert allowed is None or allowed >= 0, "a count is no less than nothing"
    if settings.exclude is not None:
        settings.exclude.holds("pots/a.html", "https://tea.example/pots/a.html")
    for name in ("pots/a.html", "/etc/passwd", "../a.html"):
        page = os.path.join(site.folder, name)  # noqa: PTH118 - as the run makes names
        site.path(page)
        url = site.remapped(site.url(page))
        site.page_type(page, url)
        site.section(page, url)
    ask(settings, rules)
    assert all(fits("AFF001", (name,)) in (True, False) for name in selection.mandatory)
    try:
        plans = Choice(selection, settings.overrides, site).plans(rules)
    except CheckerError as fault:
        _says(fault)
        return
    assert plans.every is not None
    assert settings.packs is not None


def _says(fault: CheckerError) -> None:
    assert str(fault).strip(), "a fault says something"


def _placed(fault: BadSettings, data: bytes) -> None:
    assert fault.faults, "a fault is told"
    for line in fault.faults:
        found = _PLACE(line)
        assert found is not None or line.endswith(_DEEP), f"a fault says where it is: {line!r}"
        assert found is None or 1 <= int(found[1]) <= data.count(b"\n") + data.count(b"\r") + 1, "the place lies in the file"


def seeds() -> Iterator[bytes]:
    """The settings of the fixtures, and one file with every setting."""
    for pattern in ("**/disclosure-checker.toml", "**/pyproject.toml"):
        yield from (path.read_bytes() for path in sorted(FIXTURES.glob(pattern)))
    yield (
        b'profiles = ["us", "de"]\nselect = ["AFF*"]\nignore = ["IMG4*"]\nmandatory = ["AFF001"]\nfail-on = "error"\nallow-incomplete = 3\n'
        b'exclude = ["drafts/**"]\nremap = ["https://a.example/=https://b.example/"]\noutput = ["json=out.json", "text"]\njobs = 2\n'
        b'[severity]\nAFF001 = "error"\n[page-types]\nfront = ["index.html", "https://a.example/*"]\n[sections]\nnews = "news/**"\n'
        b'[[source-map]]\nurl = "https://a.example/"\npath = "public/"\n[[overrides]]\npath = ["a/**"]\nprofiles = ["eu"]\nselect = ["LNK201"]\n'
        b'[[waive]]\nrules = ["AFF001"]\npath = "b/**"\nreason = "old"\nowner = "desk"\nexpires_on = 2026-12-01\n'
    )
    yield b'[tool.disclosure-checker]\nprofiles = ["us"]\ncontact = "desk@a.example"\nwaive = [{rules = ["AFF001"], url = "https://a/*"}]\n'


def words() -> Iterator[str]:
    """The settings, their values, and what TOML is made of."""
    yield from (f"{key} = " for key in DEFAULTS)
    yield from (f"[{key}]\n" for key in DEFAULTS)
    yield from (f"[[{key}]]\n" for key in ("overrides", "waive", "source-map"))
    yield from rulebook().rules.profiles
    yield from (
        "rules = ",
        "path = ",
        "url = ",
        "reason = ",
        "owner = ",
        "expires_on = ",
        "fingerprint = ",
        "2026-02-31",
        '"""',
        "'''",
        "\\u0000",
        "**",
    )
    yield from (
        "[tool.disclosure-checker]\n",
        "true",
        "false",
        "inf",
        "nan",
        "0x",
        "1e9",
        "T00:00:00Z",
        "\r\n",
        "\\U0010FFFF",
        "AFF001",
        "LNK*",
        "!",
        "[]",
    )
    yield from (line.partition("=")[0].strip() for line in (ROOT / "README.md").read_text("utf-8").splitlines() if " = " in line and len(line) < 60)
