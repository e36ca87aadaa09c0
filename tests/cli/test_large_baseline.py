"""A baseline of 5,000 pages with the real program: what is known passes, and of ten changed pages only what is new fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COUNT = 5000
CHANGED = range(7, COUNT, COUNT // 10)
FILE = "disclosure-baseline.jsonl"


def page(number: int, more: str = "") -> str:
    """A page with late notices, pictures without credit, unqualified links or none of these, by its number alone."""
    notice = "<p>We earn a commission when you buy through links on this page.</p>"
    link = f'<p>Get <a href="https://www.amazon.com/dp/B{number:09}?tag=teablog-20">kettle {number}</a> for your tea.</p>'
    picture = f'<figure><img src="https://cdn.tea.example/u/kettle-{number}.jpg?w=640" width="640" height="480" alt="Kettle"></figure>'
    parts = ["<p>By Jane Doe</p>", f"<p>Kettle number {number} boils a litre of water in three minutes and then keeps quiet about it.</p>"]
    parts += [notice, link] if number % 3 == 0 else [link, notice] if number % 3 == 1 else []
    parts += [picture] if number % 4 == 0 else []
    body = "\n".join([*parts, more])
    head = f'<!doctype html>\n<html lang="en"><head><title>Kettle {number}</title></head>\n'
    return f"{head}<body><article><h1>Kettle {number}</h1>\n{body}\n</article></body></html>\n"


def program(folder: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "checker", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.long
def test_only_the_new_findings_of_ten_changed_pages_fail(tmp_path: Path) -> None:
    for number in range(COUNT):
        folder = tmp_path / "site" / f"{number // 100:02}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:04}.html").write_text(page(number), "utf-8")
    code, _, told = program(tmp_path, "baseline", "create", "site")
    assert code == 0, told
    body = (tmp_path / FILE).read_bytes()
    assert body.count(b"\n") > COUNT
    assert program(tmp_path, "baseline", "create", "site", "--baseline", "again.jsonl")[0] == 0
    assert (tmp_path / "again.jsonl").read_bytes() == body
    check = ("check", "site", "--baseline", FILE, "--output", "json=r.json")
    code, _, told = program(tmp_path, *check, "--strict-baseline")
    assert code == 0, told
    names = set()
    for number in CHANGED:
        name = f"site/{number // 100:02}/{number:04}.html"
        more = f'<p>Tea.</p>\n<p>And <a href="https://www.amazon.com/dp/C{number:09}?tag=teablog-20">a pot</a>.</p>'
        (tmp_path / name).write_text(page(number, more).replace("<p>Kettle number", "<p>A word before.</p>\n\n<p>Kettle number"), "utf-8")
        names.add(name)
    code, _, told = program(tmp_path, *check)
    assert code == 1, told
    findings = json.loads((tmp_path / "r.json").read_text("utf-8"))["findings"]
    new = [each for each in findings if each["state"] == "new"]
    assert {each["source"] for each in new} == names
    assert all(each["anchor"].startswith("amazon.com/dp/C") for each in new if each["rule"] == "LNK201")
    assert [each["rule"] for each in new].count("LNK201") == len(names)
    assert not [each for each in new if each["fingerprint"] in body.decode() and f'"{each["source"]}", "rule": "{each["rule"]}"' in body.decode()]
    assert program(tmp_path, "baseline", "update", "site")[0] == 0
    assert program(tmp_path, *check)[0] == 0
    lines = (tmp_path / FILE).read_bytes().splitlines()
    assert 0 < len(set(lines) - set(body.splitlines())) < 10 * len(names)
