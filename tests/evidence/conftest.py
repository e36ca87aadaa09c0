"""Bundles of a small site: by the command, and with what a browser would have made of its pages."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("warcio", reason="warcio is not installed")

from checker.evidence.bundle import Bundle, Made
from checker.evidence.keeper import PageKeeper
from checker.evidence.report import NotedReport
from checker.facts import Page
from checker.model import PageReport, Source
from checker.render.portray import Picture
from checker.render.proof import Proof
from checker.render.renderer import Drawing, Markup, address_of
from checker.render.wish import RenderWish
from checker.report import FORMATS
from checker.report.outputs import Outputs, Target
from checker.report.run import Closing, Look
from checker.report.summary import Summary
from checker.scale.header import Clock
from checker.scale.page import Heed, check_page
from checker.scale.rulebook import Rulebook, load
from checker.scale.task import CheckJob, Choice
from checker.sight import Box, Drawn, Sight, Unseen, View
from checker.sources.files import load as load_source
from checker.sources.inputs import Item
from checker.sources.shelf.held import Held

Call = Callable[..., Result]
NOTICE = "<p>We earn a commission when you buy through links on this page.</p>"
LINK = '<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>'
STYLE = b"p { font-size: 17px }"
DOM = "<html><head></head><body><p>As the browser had it</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n not looked at"


def story(*parts: str, head: str = "") -> str:
    text = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><title>The best kettle</title>{head}</head><body><article><h1>The best kettle</h1>\n'
        f"<p>By Ada Quill</p>\n{text}\n<p>After a month of tea we would buy this one again.</p></article></body></html>\n"
    )


PAGES = {"paid.html": story(LINK), "told.html": story(NOTICE, LINK), "clean.html": story("<p>Boil fresh water.</p>")}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "public" / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def call() -> Call:
    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        from checker.cli.main import cli

        return CliRunner().invoke(cli, [str(each) for each in arguments], input=stdin, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    return load()


class Painted:
    """Draws without a browser: notices are hidden, and stand above links; everything else is seen."""

    def __init__(self, keeper: PageKeeper) -> None:
        self.keeper = keeper

    def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> Drawing:  # noqa: ARG002
        page = markup.page
        seen = Sight(boxes=(Box(16.0, 900.125, 340.5, 27.2),), size=17.0, ratio=1.0, contrast=12.63, screens=1.0664)
        hidden = Sight(Unseen.OPACITY, seen_share=0.0, size=11.9, ratio=0.7, contrast=1.0)
        view = View(
            390,
            844,
            notices=(hidden,) * len(page.notices),
            links=(seen,) * len(page.links),
            images=(seen,) * len(page.images),
            credits=(None,) * len(page.images),
            authors=(seen,) * len(page.authors),
            text_size=17.0,
            text_contrast=12.63,
            column=Box(16.0, 80.0, 358.0, 2000.0),
            page_width=390.0,
            page_height=2400.0,
        )
        return Drawing(Drawn("HeadlessChrome/1.2", (view, replace(view, width=1366, height=768)), ("Liberation Serif",)))

    def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:  # noqa: ARG002
        assert report.drawn is not None
        parts = {"https://page.invalid/a.css?token=secret": Held(STYLE, "text/css"), "https://page.invalid/x.png": Held(b"", None, 404)}
        pictures = (Picture("390x844.png", "390x844", PNG),)
        self.keeper.keep(report, source, Proof(address_of(source.url or page.url, source.name), report.drawn, parts, {"390x844": DOM}, pictures))
        return report


def painted(path: Path, names: list[str], rules: Rulebook) -> Path:
    """A bundle of pages that were drawn, without a browser."""
    from checker.cli.keeping import chosen_of

    choice = Choice(render=RenderWish(keeps=True))
    job = CheckJob(choice=choice)
    run = job.header("warning", Clock("0.1.0", 1))
    bundle = Bundle(path)
    drawer = Painted(bundle.keeper(choice.site, run.version, dated=True))
    plans = choice.plans(rules.rules)
    with Outputs([], FORMATS, Look(), extra=[(Target("json", bundle.report), NotedReport(Look(), bundle.note))]) as outputs:
        outputs.start(run)
        summary = Summary()
        for name in names:
            source = load_source(Item(name, name))
            report = check_page(source, rules, plans, None, None, choice.site, Heed(choice.terms(rules.rules)), drawer)
            assert report.status == "checked", report.detail
            summary.add(report)
            outputs.page(report.without_facts())
        outputs.end(Closing(summary, 1, "findings", ""))
    bundle.finish(Made(run.version, run.rules_digest, chosen_of(choice), times=("2026-11-01T00:00:00Z", "2026-11-01T00:00:01Z")))
    return path


@pytest.fixture(scope="session")
def drawn_bundle(tmp_path_factory: pytest.TempPathFactory, rules: Rulebook) -> Path:
    """Two pages that were drawn, and what was kept of them. To be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("drawn")
    names = []
    for name in ("paid.html", "told.html"):
        (folder / name).write_text(PAGES[name], "utf-8")
        names.append(str(folder / name))
    return painted(folder / "ev", names, rules)


@pytest.fixture
def drawn(drawn_bundle: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drawn_bundle, tmp_path / "ev"))


def one(folder: Path, pattern: str) -> Path:
    """The first file of that name."""
    return min(folder.rglob(pattern))


def flip(path: Path, at: int = -1) -> None:
    """Change one bit, by default in the middle."""
    body = bytearray(path.read_bytes())
    body[len(body) // 2 if at < 0 else at] ^= 1
    path.write_bytes(bytes(body))


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return found


def forge(folder: Path, change: Callable[[dict[str, Any]], None] = lambda _: None) -> None:
    """Make all sums right again, as somebody would who wants nobody to notice."""
    value = manifest_of(folder)
    for entry in value["files"]:
        body = (folder / entry["path"]).read_bytes()
        entry["size"], entry["sha256"] = len(body), hashlib.sha256(body).hexdigest()
    change(value)
    value.pop("sha256")
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in value.items())
    before = f"{{\n{lines},\n".encode()
    (folder / "manifest.json").write_bytes(before + b'"sha256": "' + hashlib.sha256(before).hexdigest().encode() + b'"\n}\n')
