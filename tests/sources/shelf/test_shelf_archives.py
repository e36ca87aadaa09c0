"""What lies beside a page in a web archive, a zipped site, or a saved page."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from checker.model import Source
from checker.sources.archives.unpacked import Unpacked
from checker.sources.shelf.held import Held, ShelfLimits
from checker.sources.shelf.open import PageShelf, shelf_for

pytest.importorskip("warcio", reason="warcio is not installed")

HOST = "https://kettle.example"
Within = Callable[..., PageShelf]
CSS = b"p { color: #123 }"


def crawl(made: ModuleType) -> list[bytes]:
    """A page with all that a page has beside it."""
    css = "text/css"
    return [
        made.response("/pots/", made.page("A pot for two", "It holds a litre.")),
        made.response("/style.css", made.chunked(gzip.compress(CSS)), "Content-Encoding: gzip", "Transfer-Encoding: chunked", content_type=css),
        made.response("/style.css", b"later", content_type=css),
        made.response("/theme.css?ver=3", b"theme", content_type="text/css; charset=utf-8"),
        made.response("/two.css?ver=1", b"1", content_type=css),
        made.response("/two.css?ver=2", b"2", content_type=css),
        made.response("/load.php?a=b", b"made", content_type=css),
        made.response("http://old.example/a.js", b"script", content_type="application/javascript"),
        made.response("https://fonts.example/tea", b"wOF2", content_type="application/font-woff2"),
        made.response("https://fonts.example/tea.woff2", b"wOF2", content_type="application/octet-stream"),
        made.response("https://fonts.example/tea.exe", b"MZ", content_type="application/octet-stream"),
        made.response("/pot.png", b"\x89PNG", content_type="image/png"),
        made.response("/none.css", b"nothing here", content_type=css, status="404 Not Found"),
        made.response("/moved.css", b"", "Location: /on.css", status="301 Moved Permanently"),
        made.response("/on.css", b"", "Location: //kettle.example/style.css#x", status="302 Found"),
        made.response("/lost.css", b"", "Location: /nowhere.css", status="302 Found"),
        made.response("/round.css", b"", "Location: /round.css", status="302 Found"),
        made.response("/late.css", b"", "Location: /round.css", status="302 Found"),
        made.response("/late.css", b"late", content_type=css),
        made.record("revisit", f"{HOST}/again.css", made.answer(b"", content_type=css), f"WARC-Refers-To-Target-URI: {HOST}/style.css"),
        made.record("revisit", f"{HOST}/lonely.css", made.answer(b"", content_type=css)),
        made.record("resource", f"{HOST}/kept.svg", b"<svg/>", content_type="image/svg+xml"),
        made.record("response", f"{HOST}/cut.css", made.answer(b"cut", content_type=css), "WARC-Truncated: length"),
        made.record("request", f"{HOST}/form.css", b"POST /form.css HTTP/1.1\r\n\r\n", "WARC-Record-ID: <urn:a>", "WARC-Concurrent-To: <urn:b>"),
        made.record("response", f"{HOST}/form.css", made.answer(b"form", content_type=css), "WARC-Record-ID: <urn:b>"),
        made.record("response", f"{HOST}/sent.css", made.answer(b"sent", content_type=css), "WARC-Record-ID: <urn:c>"),
        made.record("request", f"{HOST}/sent.css", b"POST /sent.css HTTP/1.1\r\n\r\n", "WARC-Concurrent-To: <urn:c>"),
        made.record("response", f"{HOST}/got.css", made.answer(b"got", content_type=css), "WARC-Record-ID: <urn:d>"),
        made.record("request", f"{HOST}/got.css", b"GET /got.css HTTP/1.1\r\n\r\n", "WARC-Concurrent-To: <urn:d>"),
        made.response("/broken.css", b"\x1f\x8b\x08nothing", "Content-Encoding: gzip", content_type=css),
        made.response("/bomb.css", gzip.compress(bytes(40_000_000)), "Content-Encoding: gzip", content_type=css),
        made.response("/last.css", b"last", content_type=css),
    ]


def stored(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


FORMS: dict[str, Callable[[ModuleType, list[bytes]], bytes]] = {
    "a.warc": lambda _, records: b"".join(records),
    "a.warc.gz": lambda made, records: bytes(made.packed(records)),
    "whole.warc.gz": lambda _, records: gzip.compress(b"".join(records)),
    "deflated.wacz": lambda made, records: bytes(made.wacz({"b.warc.gz": made.packed(records)}, [])),
    "stored.wacz": lambda made, records: stored({"archive/a.warc": b"".join(records[:9]), "archive/b.warc.gz": made.packed(records[9:]), "b": b""}),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_a_web_archive_holds(made: ModuleType, within: Within, name: str) -> None:
    shelf = within(FORMS[name](made, crawl(made)), name)
    given = {
        "/style.css": CSS,
        "/style.css#a": CSS,
        "/style.css?ver=9": CSS,
        "/theme.css?ver=3": b"theme",
        "/theme.css?ver=4": b"theme",
        "/theme.css": b"theme",
        "/two.css?ver=2": b"2",
        "/two.css?ver=3": None,
        "/two.css": None,
        "/load.php?a=b": b"made",
        "/load.php?a=c": None,
        "https://old.example/a.js": b"script",
        "http://kettle.example/style.css": CSS,
        "https://fonts.example/tea": b"wOF2",
        "https://fonts.example/tea.woff2": b"wOF2",
        "https://fonts.example/tea.exe": None,
        "/pot.png": b"\x89PNG",
        "/none.css": None,
        "/moved.css": CSS,
        "/lost.css": None,
        "/round.css": None,
        "/late.css": b"late",
        "/again.css": CSS,
        "/lonely.css": None,
        "/kept.svg": b"<svg/>",
        "/cut.css": None,
        "/form.css": None,
        "/sent.css": None,
        "/got.css": b"got",
        "/broken.css": None,
        "/bomb.css": None,
        "/last.css": b"last",
        "/pots/": made.page("A pot for two", "It holds a litre."),
        "cid:a": None,
        "https://": None,
        "https://other.example/style.css": None,
    }
    for url, body in given.items():
        held = shelf.find(url if ":" in url else HOST + url)
        assert (held.body if held else None) == body, url
    assert shelf.find(f"{HOST}/theme.css?ver=3") == Held(b"theme", "text/css; charset=utf-8")
    assert shelf.asked[f"{HOST}/broken.css"] == "refused: its compressed body is damaged"
    assert shelf.asked[f"{HOST}/bomb.css"] == "refused: it is larger than 16 MB"
    assert shelf.asked[f"{HOST}/round.css"] == "refused: the archive leads on more than 5 times"
    assert shelf.asked[f"{HOST}/lost.css"] == "absent"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "whole.warc.gz"])
def test_what_comes_before_the_damage_counts(made: ModuleType, within: Within, name: str) -> None:
    records = [
        made.response("/pots/", made.page("A pot")),
        *(made.response(f"/{n}.css", b"%d" % n * 400, content_type="text/css") for n in range(50)),
    ]
    whole = FORMS[name](made, records)
    for part in (0.5, 0.8, 0.97):
        shelf = within(whole[: int(len(whole) * part)], f"{part}{name}")
        found = [number for number in range(50) if shelf.find(f"{HOST}/{number}.css") is not None]
        assert found == list(range(len(found)))
        assert len(found) < 50
        assert len(found) > 50 * part - 12 or name == "whole.warc.gz"


def test_an_archive_that_changes_or_goes_away(made: ModuleType, within: Within, tmp_path: Path) -> None:
    shelf = within(b"".join(crawl(made)), "a.warc")
    assert shelf.find(f"{HOST}/style.css") is not None
    records = [made.response("/pots/", made.page("A pot")), made.response("/style.css", b"other", content_type="text/css")]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    held = shelf.find(f"{HOST}/style.css")
    assert held is not None
    assert held.body == b"other"
    (tmp_path / "a.warc").write_bytes(b"")
    assert shelf.find(f"{HOST}/style.css") is None
    (tmp_path / "a.warc").unlink()
    assert shelf.find(f"{HOST}/style.css") is None
    assert shelf.asked[f"{HOST}/style.css"].startswith("refused: the archive cannot be read")
    assert shelf_for(Source("a", b"", archive=str(tmp_path / "a.warc")), HOST).find(f"{HOST}/style.css") is None


def test_an_archive_is_indexed_once_and_a_thing_is_read_alone(made: ModuleType, within: Within, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 10_000
    records = [made.response("/pots/", made.page("A pot")), *(made.response(f"/{n}.css", b"%d" % n, content_type="text/css") for n in range(count))]
    read: list[int] = []
    real = Unpacked.read

    def counted(self: Unpacked, most: int) -> bytes:
        read.append(most)
        return real(self, most)

    monkeypatch.setattr(Unpacked, "read", counted)
    shelf = within(made.packed(records), "a.warc.gz")
    shelf.find(f"{HOST}/0.css")
    indexing = len(read)
    read.clear()
    for number in range(0, count, 100):
        held = shelf.find(f"{HOST}/{number}.css")
        assert held is not None
        assert held.body == b"%d" % number
        # Another page of the same archive.
        assert shelf.find(f"{HOST}/absent{number}.css") is None
    assert indexing > count
    assert len(read) < 30 * (count // 100)


def test_no_more_addresses_than_are_allowed(made: ModuleType, within: Within) -> None:
    limits = ShelfLimits(addresses=20)
    shelf = within(b"".join(crawl(made)), "a.warc", limits=limits)
    assert shelf.find(f"{HOST}/style.css") is not None
    assert shelf.find(f"{HOST}/last.css") is None


def test_what_lies_too_deep_in_one_piece_is_refused(made: ModuleType, within: Within) -> None:
    records = [made.response("/pots/", made.page("A pot")), made.response("/a.css", CSS, content_type="text/css")]
    records += [made.response("/pad.png", bytes(200_000), content_type="image/png"), made.response("/b.css", CSS, content_type="text/css")]
    limits = ShelfLimits(behind=100_000)
    for name in ("whole.warc.gz", "deflated.wacz"):
        shelf = within(FORMS[name](made, records) if name[0] == "w" else made.wacz({"a.warc": b"".join(records)}, []), name, limits=limits)
        assert shelf.find(f"{HOST}/a.css") is not None
        assert shelf.find(f"{HOST}/b.css") is None
        assert shelf.asked[f"{HOST}/b.css"] == "refused: it lies too deep in what is compressed as one piece"


def test_a_zipped_site(made: ModuleType, within: Within) -> None:
    entries = {
        "site/blog/pot.html": made.page("A pot"),
        "site/blog/pot_files/a.css": b"a",
        "site/assets/site.css": b"site",
        "site\\assets\\w.css": b"windows",
        "cdn.example/a.js": b"script",
        "../out.css": b"out",
        "site/assets/big.png": bytes(30_000_000),
    }
    shelf = within(made.zipped(entries), "site.zip", f"{HOST}/blog/pot.html", page="pot.html")
    for path, body in {
        "/blog/pot_files/a.css?v=1": b"a",
        "/assets/site.css": b"site",
        "/assets/w.css": b"windows",
        "/out.css": None,
        "/..%2fout.css": None,
        "/assets": None,
        "/assets/big.png": None,
        "/absent.css": None,
    }.items():
        held = shelf.find(HOST + path)
        assert (held.body if held else None) == body, path
    assert shelf.find("https://cdn.example/a.js") == Held(b"script", "text/javascript")
    assert shelf.asked[f"{HOST}/assets/big.png"] == "refused: it unpacks to more than 16 MB"


def test_a_zipped_site_with_a_link_and_without_its_file(made: ModuleType, within: Within, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.html", made.page("A pot"))
        link = zipfile.ZipInfo("a.css")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    shelf = within(file.getvalue(), "a.zip", page="a.html")
    assert shelf.find(f"{HOST}/a.css") is None
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no more")
    assert shelf.find(f"{HOST}/a.css") is None
    assert shelf.asked[f"{HOST}/a.css"].startswith("refused: the zip archive is cut or damaged")
    (tmp_path / "a.zip").unlink()
    assert shelf.find(f"{HOST}/a.css") is None


PARTS = b"".join((
    b"------Kettle--1\r\nContent-Type: text/css; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Location: cid:css-1@kettle.blink\r\n\r\np { color: =23123 }\r\n",
    b"------Kettle--1\r\nContent-Type: image/gif\r\nContent-ID: <pot>\r\nContent-Location: ../pot.gif\r\n",
    b"Content-Transfer-Encoding: base64\r\n\r\nR0lGODdh\r\n",
    b"------Kettle--1\r\nContent-Transfer-Encoding: uuencode\r\nContent-Location: odd.css\r\n\r\nabc\r\n",
    b"------Kettle--1\r\nContent-Location: https://kettle.example/style.css\r\n\r\np {}\r\n",
    b"------Kettle--1\r\nContent-Location: https://kettle.example/big.css\r\n\r\n" + bytes(1_000) + b"\r\n",
))  # fmt: skip


def test_a_saved_page(made: ModuleType, within: Within) -> None:
    saved: bytes = made.mhtml(made.page("A pot"))
    at = saved.index(b"------Kettle--1\r\nContent-Type: image/gif")
    shelf = within(saved[:at] + PARTS + saved[at:], "a.mhtml", limits=ShelfLimits(thing_bytes=900))
    css = Held(b"p { color: #123 }", "text/css; charset=utf-8")
    assert shelf.find("cid:css-1@kettle.blink") == css
    assert shelf.find("https://cid.invalid/css-1@kettle.blink") == css
    assert shelf.find("https://cid.invalid/css-1%40kettle.blink") == css
    assert shelf.find("cid:pot") == shelf.find(f"{HOST}/pot.gif#a") == Held(b"GIF87a", "image/gif")
    assert shelf.find(f"{HOST}/style.css") == Held(b"p {}", None)
    # What a style sheet that stood in the page names.
    assert shelf.find("https://cid.invalid/pot.gif") == shelf.find(f"{HOST}/pot.gif")
    assert shelf.find("https://cid.invalid/style.css") == Held(b"p {}", None)
    assert shelf.find("https://cid.invalid/absent.css") is None
    assert shelf.find(f"{HOST}/saved/odd.css") is None
    assert shelf.find(f"{HOST}/big.css") is None
    assert shelf.find(f"{HOST}/absent.css") is None
    assert shelf.asked[f"{HOST}/saved/odd.css"] == "refused: it is encoded as uuencode, which is not read"
    assert shelf.asked[f"{HOST}/big.css"].startswith("refused: it is larger than ")
    assert shelf.asked[f"{HOST}/absent.css"] == "absent"


def test_a_saved_page_that_is_cut_behind_the_page_or_gone(made: ModuleType, within: Within, tmp_path: Path) -> None:
    saved: bytes = made.mhtml(made.page("A pot"))
    at = saved.index(b"------Kettle--1\r\nContent-Type: image/gif")
    shelf = within((saved[:at] + PARTS)[:-600], "a.mhtml")
    assert shelf.find("cid:pot") is not None
    assert shelf.find(f"{HOST}/big.css") is None
    gone = within(saved, "b.mhtml")
    (tmp_path / "b.mhtml").unlink()
    assert gone.find(f"{HOST}/a.gif") is None


@pytest.mark.parametrize("name", FORMS)
def test_whatever_is_broken_nothing_is_raised(made: ModuleType, tmp_path: Path, name: str) -> None:
    whole = FORMS[name](made, crawl(made)[:20])
    path = tmp_path / name
    for step in range(60):
        wrong = bytearray(whole)
        at = step * 7919 % len(wrong)
        wrong[at : at + step % 3] = b"\xff" * (step % 5)
        path.write_bytes(wrong)
        shelf = shelf_for(Source(f"{path}#x", b"", url=f"{HOST}/pots/", fetched=True, archive=str(path)), f"{HOST}/pots/")
        for url in ("/style.css", "/theme.css?ver=3", "/late.css", "/moved.css"):
            held = shelf.find(HOST + url)
            assert held is None or len(held.body) < 100
        assert not any("cannot be looked up" in what for what in shelf.asked.values()), shelf.asked
