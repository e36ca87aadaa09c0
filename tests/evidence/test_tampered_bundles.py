"""Whatever is changed in a bundle is named; who makes the sums right again is found out by the judgement. Hostile bundles get one line."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.evidence.manifest import Changed, read
from checker.evidence.names import is_safe
from tests.evidence.conftest import Call, flip, forge, manifest_of, one


def verify(call: Call, bundle: Path, *words: str) -> tuple[int, list[str], str]:
    done = call("evidence", "verify", bundle, *words)
    assert "Traceback" not in done.output
    assert done.stderr.startswith(f"disclosure-checker: exit {done.exit_code} (")
    assert done.stderr.count("\n") == 1
    return done.exit_code, done.stdout.splitlines(), done.stderr


def name_in(bundle: Path, path: Path) -> str:
    return path.relative_to(bundle).as_posix()


# One byte ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["page.warc", "measurements.json", "report.json", "390x844.html", "390x844.png"])
def test_a_changed_byte_is_named(drawn: Path, call: Call, kind: str) -> None:
    path = one(drawn, kind)
    flip(path)
    code, lines, told = verify(call, drawn)
    assert code == 1
    assert [line.partition(": ")[0] for line in lines] == [name_in(drawn, path)]
    assert ": changed" in lines[0]
    assert "(changed): " in told
    assert "1 not as written" in told
    if kind != "report.json":
        assert "; evidence of /" in lines[0]
    again = {"report.json": 0, "page.warc": 1, "measurements.json": 1}.get(kind, 2)
    assert f"{again} page{'s' * (again != 1)} judged again" in told


def test_a_changed_size_is_named(drawn: Path, call: Call) -> None:
    path = one(drawn, "390x844.png")
    path.write_bytes(path.read_bytes() + b"x" * 1234)
    size = path.stat().st_size
    assert f"changed: it has {size:,} bytes, not {size - 1234:,}; evidence of" in verify(call, drawn)[1][0]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_changed_record_is_named(drawn: Path, call: Call, number: int) -> None:
    path = one(drawn, "page.warc")
    body = path.read_bytes()
    begins = [at for at in range(len(body)) if body.startswith(b"WARC/1.1\r\n", at)]
    assert len(begins) == 4
    ends = [*begins[1:], len(body)]
    flip(path, ends[number - 1] - 5)  # the last byte of its content, before two empty lines
    (line,) = verify(call, drawn)[1]
    assert f"record {number} " in line
    assert line.endswith("is not as it was written")
    assert line.count("record") == 1
    if number == 3:
        assert "(https://page.invalid/a.css?token=***)" in line


def test_where_a_record_cannot_be_read_that_is_said(drawn: Path, call: Call) -> None:
    path = one(drawn, "page.warc")
    body = path.read_bytes()
    flip(path, body.index(b"WARC/1.1", 10))
    (line,) = verify(call, drawn)[1]
    assert "from record 2 on it cannot be read" in line or "record 1 is not" in line


def test_every_byte_of_the_manifest_counts(drawn: Path, call: Call) -> None:
    path = drawn / "manifest.json"
    body = path.read_bytes()
    read(body)
    for at in range(len(body)):
        changed = bytearray(body)
        changed[at] ^= 1
        with pytest.raises(Changed):
            read(bytes(changed))
    flip(path)
    code, lines, told = verify(call, drawn)
    assert (code, lines) == (1, ["manifest.json: changed: its own sum does not hold; of the other files nothing can be told"])
    assert told.endswith("is not as it was written: manifest.json was changed\n")


# Files -------------------------------------------------------------------------------------------------------------------------------------


def test_what_is_missing_added_and_renamed_is_named(drawn: Path, call: Call) -> None:
    gone = one(drawn, "390x844.png")
    moved = one(drawn, "measurements.json")
    gone.unlink()
    moved.rename(moved.with_name("other.json"))
    (drawn / "more.txt").write_text("more")
    code, lines, _ = verify(call, drawn)
    assert code == 1
    folder = name_in(drawn, moved.parent)
    assert lines == sorted([
        f"{name_in(drawn, gone)}: missing",
        f"{folder}/measurements.json: missing: {folder}/other.json holds what was in it",
        f"{folder}/other.json: added: the manifest does not name it",
        "more.txt: added: the manifest does not name it",
    ])  # fmt: skip


def test_swapped_files_are_changed_ones(drawn: Path, call: Call) -> None:
    one_, other = sorted(drawn.rglob("page.warc"))
    body = one_.read_bytes()
    one_.write_bytes(other.read_bytes())
    other.write_bytes(body)
    code, lines, told = verify(call, drawn)
    assert code == 1
    assert [line.partition(": ")[0] for line in lines] == [name_in(drawn, one_), name_in(drawn, other)]
    assert "0 pages judged again" in told


def test_without_a_report(drawn: Path, call: Call) -> None:
    (drawn / "report.json").unlink()
    code, lines, told = verify(call, drawn)
    assert (code, lines) == (1, ["report.json: missing"])
    assert "2 pages not judged again, because what they were judged by was changed" in told


# Sums that are right again ---------------------------------------------------------------------------------------------------------------


def forged(drawn: Path, call: Call, change: Callable[[dict[str, Any]], None] = lambda _: None) -> list[str]:
    forge(drawn, change)
    code, lines, told = verify(call, drawn)
    assert code == 1, told
    assert "9 files as written" in told
    return lines


def edited(path: Path, change: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def test_an_acquittal_in_the_report_is_found_out(drawn: Path, call: Call) -> None:
    def acquit(report: dict[str, Any]) -> None:
        report["pages"][0]["outcomes"]["AFF001"] = "pass"

    edited(drawn / "report.json", acquit)
    (line,) = forged(drawn, call)
    assert line.endswith("/paid.html: AFF001 is pass in the report, and violation judged again")


def test_a_finding_that_is_taken_out_of_the_report_is_found_out(drawn: Path, call: Call) -> None:
    def acquit(report: dict[str, Any]) -> None:
        report["findings"] = [each for each in report["findings"] if each["rule"] != "AFF001" or "paid" not in each["source"]]
        report["pages"][0]["findings"] -= 1

    edited(drawn / "report.json", acquit)
    (line,) = forged(drawn, call)
    assert "/paid.html: the finding AFF001 " in line
    assert line.endswith(" is not in the report")


@pytest.mark.parametrize("member", ["message", "severity", "fingerprint", "waiver"])
def test_a_word_of_a_finding_is_found_out(drawn: Path, call: Call, member: str) -> None:
    def change(report: dict[str, Any]) -> None:
        found = report["findings"][0]
        inline = {"kind": "inline", "reason": "so", "owner": None, "expires_on": None, "where": None}
        found[member] = {"message": "All is well.", "severity": "info", "fingerprint": "v1:" + "0" * 64, "waiver": inline}[member]
        if member == "severity" and found["rule"] != "AFF001":
            found[member] = "error"

    edited(drawn / "report.json", change)
    lines = forged(drawn, call)
    assert lines
    assert all("the finding " in line for line in lines)


def test_other_bytes_of_a_page_are_found_out(drawn: Path, call: Call) -> None:
    path = next(each for each in drawn.rglob("page.warc") if b"We earn" in each.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"We earn", b"We spun"))
    lines = forged(drawn, call)
    assert any(line.endswith("/told.html: its bytes are not those that the report speaks of") for line in lines)


def test_other_measurements_are_found_out(drawn: Path, call: Call) -> None:
    def show(value: dict[str, Any]) -> None:
        for view in value["drawn"]["views"]:
            for sight in view["notices"]:
                sight.update(unseen=None, seen_share=1.0)

    path = next(each for each in drawn.rglob("measurements.json") if "told.html" in each.read_text("utf-8"))
    edited(path, show)
    lines = forged(drawn, call)
    assert any("in the report, and" in line for line in lines)


def test_swapped_pages_are_found_out(drawn: Path, call: Call) -> None:
    one_, other = sorted((drawn / "pages").iterdir())
    one_.rename(drawn / "aside")
    other.rename(one_)
    (drawn / "aside").rename(other)
    lines = forged(drawn, call)
    assert len(lines) == 2
    assert all(": its evidence is that of /" in line for line in lines)


def test_a_page_without_evidence_and_evidence_without_a_page(drawn: Path, call: Call) -> None:
    def leave_out(value: dict[str, Any]) -> None:
        value["pages"].pop()

    lines = forged(drawn, call, leave_out)
    assert [line.partition(": ")[2] for line in lines] == ["the report says that it was checked, and no evidence of it is there"]
    edited(
        drawn / "report.json",
        lambda report: report.update(pages=report["pages"][:1], findings=[each for each in report["findings"] if "paid" in each["source"]]),
    )
    forge(drawn, lambda value: value["pages"].append({**value["pages"][0], "source": "x.html", "folder": "pages/other"}))
    done = verify(call, drawn)
    assert (done[0], done[1]) == (2, [])
    assert "it has no sum of a file that it needs" in done[2]


def test_other_settings_are_found_out(drawn: Path, call: Call) -> None:
    lines = forged(drawn, call, lambda value: value["settings"].update(ignore=["AFF"]))
    assert any(line.endswith("AFF001 is violation in the report, and inapplicable judged again") or "AFF001 is violation" in line for line in lines)


def test_a_report_of_another_run(drawn: Path, call: Call) -> None:
    forge(drawn, lambda value: value["tool"].update(version="9.9.9"))
    code, _, told = verify(call, drawn)
    assert code == 2
    assert "its report and its manifest speak of different runs" in told


# Not a bundle ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda value: value.update(format_version="2.0"), "manifest.json is of version 2.0; this program reads version 1.x"),
        (lambda value: value.update(format="other"), "manifest.json is no manifest of evidence"),
        (lambda value: value.update(files=None), "files: should be a list, is null"),
        (lambda value: value.update(settings=[]), "settings: should be a table, is []"),
        (lambda value: value["settings"].update(profiles=[]), "settings.profiles: should not be empty"),
        (lambda value: value["settings"].update(remap=[["a"]]), "settings.remap[0]: should hold 2 or more"),
        (lambda value: value["settings"].update(severity=[["AFF001", "deadly"]]), "settings.severity[0][1]"),
        (lambda value: value["settings"].update(viewports=["1x"]), "settings.viewports[0]"),
        (lambda value: value["files"].append(value["files"][0]), "it names a file twice"),
        (lambda value: value["files"].append({"path": "../a", "size": 1, "sha256": "0" * 64}), "no file of a bundle is called '../a'"),
        (lambda value: value["files"].append({"path": "manifest.json", "size": 1, "sha256": "0" * 64}), "no file of a bundle is called"),
        (lambda value: value["pages"].append({"source": "a", "page_key": "a", "folder": "pages/../.."}), "pages[2].folder"),
        (lambda value: value["settings"].update(profiles=["nowhere"]), 'there is no profile "nowhere"'),
    ],
)
def test_a_manifest_of_wrong_values(drawn: Path, call: Call, change: Callable[[dict[str, Any]], None], told: str) -> None:
    forge_loosely(drawn, change)
    code, lines, line = verify(call, drawn)
    assert (code, lines) == (2, []), line
    assert told in line


def forge_loosely(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """As `forge`, whatever becomes of the values."""
    import hashlib

    value = manifest_of(folder)
    change(value)
    value.pop("sha256")
    before = ("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in value.items()) + ",\n").encode()
    (folder / "manifest.json").write_bytes(before + b'"sha256": "' + hashlib.sha256(before).hexdigest().encode() + b'"\n}\n')


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"format":' * 5_000, b"1e999999", b"9" * 10_000])
def test_a_manifest_of_somebody_else(tmp_path: Path, call: Call, body: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(body)
    code, lines, told = verify(call, tmp_path)
    assert (code, lines) == (2, [])
    assert "manifest.json is no manifest of evidence" in told


def test_what_is_no_bundle(tmp_path: Path, call: Call) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.html").write_text("<p>Tea")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.html", "<p>Tea")
    for name, told in (
        ("none", "there is no bundle"),
        ("empty", "it has no manifest.json"),
        ("a.html", "is no bundle"),
        ("other.zip", "it has no manifest.json"),
    ):
        code, lines, line = verify(call, tmp_path / name)
        assert (code, lines) == (2, [])
        assert told in line


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda value: value.update(source=None), "source: should be a table, is null"),
        (lambda value: value["source"].update(name=7), "source.name: should be text, is 7"),
        (lambda value: value["source"].update(http={"status": "x"}), "source.http"),
        (lambda value: value["drawn"].update(browser=1), "browser: should be text, is 1"),
        (lambda value: value["drawn"]["views"][0].update(viewport="x"), "views[0].viewport"),
        (lambda value: value["drawn"]["views"][0]["notices"].append({"unseen": "gone"}), "views[0].notices"),
    ],
)
def test_measurements_of_wrong_values(drawn: Path, call: Call, change: Callable[[dict[str, Any]], None], told: str) -> None:
    edited(one(drawn, "measurements.json"), change)
    (line,) = forged(drawn, call)
    assert ": it cannot be judged again: pages/" in line
    assert told in line


@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b"\xff\xfe", b"null", b'{"format_version": NaN}'])
def test_measurements_that_are_none(drawn: Path, call: Call, body: bytes) -> None:
    one(drawn, "measurements.json").write_bytes(body)
    (line,) = forged(drawn, call)
    assert ": it cannot be judged again: pages/" in line


@pytest.mark.parametrize("body", [b"", b"WARC/1.1\r\n", b"no archive", b"\x1f\x8b" + b"\0" * 100])
def test_archives_that_are_none(drawn: Path, call: Call, body: bytes) -> None:
    one(drawn, "page.warc").write_bytes(body)
    (line,) = forged(drawn, call)
    assert ": it cannot be judged again: it" in line


@pytest.mark.parametrize("body", [b"{}", b"\xff", b"[" * 100_000])
def test_a_report_that_is_none(drawn: Path, call: Call, body: bytes) -> None:
    (drawn / "report.json").write_bytes(body)
    forge(drawn)
    code, lines, told = verify(call, drawn)
    assert (code, lines) == (2, [])
    assert "report.json is" in told


# Hostile containers ------------------------------------------------------------------------------------------------------------------------


def packed(drawn: Path, path: Path, *more: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(each for each in drawn.rglob("*") if each.is_file()):
            archive.write(file, name_in(drawn, file))
        for name, body in more:
            archive.writestr(name, body)
    return path


def test_an_archive_that_somebody_else_packed_holds(drawn: Path, call: Call, tmp_path: Path) -> None:
    assert verify(call, packed(drawn, tmp_path / "a.zip"))[0] == 0


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "C:/out.txt", "a/../../out.txt", "..\\out.txt", "a\nb", "pages//x"])
def test_names_that_lead_out_are_told_and_not_followed(drawn: Path, call: Call, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    bundle = packed(drawn, tmp_path / "a.zip", (name, b"out"))
    code, lines, _ = verify(call, bundle)
    assert code == 1
    assert [line.rpartition(": ")[2] for line in lines] == ["no file of a bundle is called so"]
    assert sorted(tmp_path.rglob("*")) == sorted([*before, bundle])
    assert not is_safe(name.replace("\\", "/"))


def test_links_and_doubles_in_an_archive(drawn: Path, call: Call, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert verify(call, packed(drawn, tmp_path / "a.zip", (link, b"/etc/passwd")))[1] == ["link: a link"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        bundle = packed(drawn, tmp_path / "b.zip", ("report.json", b"{}"))
    code, lines, _ = verify(call, bundle)
    assert (code, lines) == (1, ["report.json: it is there twice"])


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links")
def test_links_and_pipes_in_a_folder(drawn: Path, call: Call, tmp_path: Path) -> None:
    report = drawn / "report.json"
    report.rename(tmp_path / "outside.json")
    report.symlink_to(tmp_path / "outside.json")
    (drawn / "loop").symlink_to(drawn)
    os.mkfifo(drawn / "pipe")
    code, lines, _ = verify(call, drawn)
    assert (code, lines) == (1, ["loop: a link", "pipe: no file", "report.json: a link"])


def test_a_bomb(drawn: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.evidence.opened.MOST_WHOLE", 1 << 20)
    bundle = packed(drawn, tmp_path / "a.zip", ("zeros", bytes(40 << 20)))
    code, lines, told = verify(call, bundle)
    assert (code, lines) == (2, [])
    assert "it unpacks to more than 200 times its size" in told


def test_too_many_files(drawn: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.evidence.opened.MOST_ENTRIES", 5)
    assert "it holds more than 5 files" in verify(call, drawn)[2]


def test_a_cut_archive(drawn: Path, call: Call, tmp_path: Path) -> None:
    bundle = packed(drawn, tmp_path / "a.zip")
    bundle.write_bytes(bundle.read_bytes()[:-100])
    code, lines, told = verify(call, bundle)
    assert (code, lines) == (2, [])
    assert "is no bundle of evidence: the zip archive is cut or damaged" in told


def test_a_damaged_entry_of_an_archive_is_named(drawn: Path, call: Call, tmp_path: Path) -> None:
    bundle = packed(drawn, tmp_path / "a.zip")
    with zipfile.ZipFile(bundle) as archive:
        entry = next(each for each in archive.infolist() if each.filename.endswith("measurements.json"))
    flip(bundle, entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2)
    code, lines, _ = verify(call, bundle)
    assert code == 1
    assert [line.partition(": ")[0] for line in lines] == [entry.filename]


def test_an_archive_without_a_manifest_is_incomplete(drawn: Path, call: Call, tmp_path: Path) -> None:
    (drawn / "manifest.json").unlink()
    assert verify(call, packed(drawn, tmp_path / "a.zip"))[0] == 3
    shutil.rmtree(drawn / "pages")
    assert verify(call, drawn)[0] == 3


def test_a_version_that_cannot_be_read_is_told_in_one_line() -> None:
    with pytest.raises(BadConfig, match="no manifest"):
        read(b'{"format_version": "1.0"}')
