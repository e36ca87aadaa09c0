"""`--output html=DIR/`: copies of the pages of a run beside its report."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

pytest.importorskip("jinja2", reason="jinja2 is not installed")
pytest.importorskip("nh3", reason="nh3 is not installed")

Call = Callable[..., Result]


@pytest.fixture
def public(site: Path) -> Path:
    """The pages of the site in a folder of their own."""
    (site / "public" / "css").mkdir(parents=True)
    for name in ("paid.html", "clean.html"):
        (site / name).rename(site / "public" / name)
    (site / "public" / "css" / "site.css").write_text("p { letter-spacing: 3px }", "utf-8")
    (site / "public" / "dot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    page = (site / "public" / "paid.html").read_text("utf-8")
    page = page.replace("</head>", '<link rel="stylesheet" href="css/site.css"></head>').replace(
        "</article>", '<img src="dot.png" alt="A dot"></article>'
    )
    (site / "public" / "paid.html").write_text(page, "utf-8")
    return site


def refused(result: Result, told: str) -> None:
    assert result.exit_code == 2
    assert result.stderr.rpartition("disclosure-checker: exit 2 (error): ")[2].strip() == told


def copies(folder: Path) -> dict[str, str]:
    """By the name of the page."""
    return {path.name.rpartition("-")[0]: path.read_text("utf-8") for path in folder.glob("pages/*")}


def details(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "index.html").read_text("utf-8")
    found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    return [each for block in found if isinstance(value := json.loads(block), list) for each in value if isinstance(each, dict) and "frozen" in each]


def test_pages_are_copied_with_what_lies_beside_them(public: Path, call: Call) -> None:
    result = call("check", "public", "--output", "html=report/", "--output", "json=report.json")
    assert result.exit_code == 1, result.stderr
    found = copies(public / "report")
    assert set(found) == {"public-paid.html", "public-clean.html"}
    paid = found["public-paid.html"]
    assert "p { letter-spacing: 3px }" in paid
    assert 'src="data:image/png;base64,' in paid
    findings = [each for each in json.loads((public / "report.json").read_text("utf-8"))["findings"] if each["source"].endswith("paid.html")]
    assert re.findall(r'id="disclosure-checker-finding-(\d+)"', paid) != []
    assert {int(number) for number in re.findall(r'id="disclosure-checker-finding-(\d+)"', paid)} == set(range(1, len(findings) + 1))
    assert 'id="disclosure-checker-link-1"' in paid
    assert "frozen" not in (public / "report.json").read_text("utf-8")


def test_the_report_names_its_copies(public: Path, call: Call) -> None:
    call("check", "public", "--output", "html=report/")
    told = {each["frozen"] for each in details(public / "report")}
    assert told == {f"pages/{path.name}" for path in (public / "report" / "pages").iterdir()}


def test_it_is_the_same_again_and_with_more_processes(public: Path, call: Call) -> None:
    call("check", "public", "--output", "html=report", "--reproducible")  # a name alone is a file
    assert (public / "report").is_file()
    (public / "report").unlink()
    call("check", "public", "--output", "html=report/", "--reproducible")
    first = {path.name: path.read_bytes() for path in (public / "report").rglob("*") if path.is_file()}
    for number in range(60):
        (public / "public" / f"{number}.html").write_bytes((public / "public" / "clean.html").read_bytes())
    assert call("check", "public", "--output", "html=report", "--jobs", "2", "--reproducible").exit_code == 1
    again = {path.name: path.read_bytes() for path in (public / "report").rglob("*") if path.is_file()}
    assert len(again) == len(first) + 60
    assert all(again[name] == body for name, body in first.items() if name != "index.html")


def test_results_of_earlier_runs_serve_nothing(public: Path, call: Call) -> None:
    for _ in range(2):
        assert call("check", "public", "--cache-dir", ".kept", "--output", "html=report/").exit_code == 1
        assert len(copies(public / "report")) == 2
    assert not (public / ".kept").exists()


def test_a_folder_in_the_settings(public: Path, call: Call) -> None:
    (public / "disclosure-checker.toml").write_text('output = ["html=report/"]\n', "utf-8")
    assert call("check", "public").exit_code == 1
    assert len(copies(public / "report")) == 2
    assert call("baseline", "create", "public").exit_code == 0


def test_what_does_not_go_together(public: Path, call: Call) -> None:
    instead = "leave one of them out, or write --output html=FILE.html"
    told = f"--output html=report/ keeps copies of pages as they were judged, and --fix changes them; {instead}"
    refused(call("check", "public", "--output", "html=report/", "--fix"), told)
    told = f"--output html=report/ keeps copies of pages as they are judged, and --journal has pages that another run judged; {instead}"
    refused(call("check", "public", "--output", "html=report/", "--journal", "j"), told)
    assert sorted(path.name for path in public.iterdir()) == ["empty.html", "image.html", "none", "public"]


def test_without_what_cleans_pages(public: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "nh3" else real(name, *rest))
    told = "copies of pages beside an HTML report need the extra report: pip install 'disclosure-checker[report]'"
    refused(call("check", "public", "--output", "html=report/"), told)
    assert not (public / "report").exists()
    assert call("check", "public", "--output", "html=report.html").exit_code == 1


@pytest.mark.parametrize(
    ("read", "where"),
    [
        ("public", "public/report/"), ("public", "public/report.html"), (".", "report.html"), ("public/*.html", "public/report.html"),
        ("public/**", "public/a/report.html"), ("pub*", "public/report/"), ("public/", "./public/report.htm"),
    ],
)  # fmt: skip
def test_no_report_where_the_next_run_takes_it_for_a_page(public: Path, call: Call, read: str, where: str) -> None:
    (public / "public" / "a").mkdir()
    result = call("check", read, "--output", f"html={where}")
    shown = Path(where.rstrip("/")).as_posix()
    refused(result, f"cannot write {shown}: {read} is searched for pages, and the report would be one; write it elsewhere")
    assert not (public / where).exists()


@pytest.mark.parametrize(
    ("read", "where"),
    [("public", "report.html"), ("public", "public/.report/"), ("public/paid.html", "public/report.html"), ("public/p*.html", "public/report.html"),
     ("public/*.html", "public/a/report.html"), ("public", "public/report.txt")],
)  # fmt: skip
def test_elsewhere_it_is_written_and_written_again(public: Path, call: Call, read: str, where: str) -> None:
    (public / "public" / "a").mkdir()
    for _ in range(2):
        assert call("check", read, "--output", f"html={where}").exit_code == 1
    assert (public / where).exists()


def test_a_page_is_not_written_over(public: Path, call: Call) -> None:
    before = (public / "public" / "clean.html").read_bytes()
    result = call("check", "public/paid.html", "--output", "html=public/clean.html")
    refused(result, "cannot write public/clean.html: a page is there; name another file")
    assert (public / "public" / "clean.html").read_bytes() == before


def test_a_page_that_cannot_be_copied_is_told_and_judged(public: Path, call: Call) -> None:
    (public / "public" / "deep.html").write_text("<html><body><p>Tea.</p>" + "<div>" * 3000 + "<p>Deep.</p></body></html>", "utf-8")
    result = call("check", "public", "--output", "html=report/", "--output", "json=report.json")
    assert result.exit_code == 1, result.stderr
    pages = {each["source"]: each for each in json.loads((public / "report.json").read_text("utf-8"))["pages"]}
    assert pages["public/deep.html"]["status"] == "checked"
    assert pages["public/deep.html"]["problems"] == ["there is no copy of it beside the report: its elements stand too deep in each other"]
    assert len(copies(public / "report")) == 2


def test_pictures_have_no_second_place(public: Path, call: Call) -> None:
    pytest.importorskip("playwright", reason="playwright is not installed")
    result = call("check", "public", "--render", "--output", "html=report/", "--pictures", "report/pictures")
    told = "pictures cannot be put into report/pictures: the HTML report has report for itself; without --pictures they lie in it"
    refused(result, told)
    assert not (public / "report").exists()
