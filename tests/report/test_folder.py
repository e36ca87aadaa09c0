"""An HTML report in a folder for itself: what may be there before, what is there when it goes wrong, and what is there afterwards."""

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.errors import BadOutput
from checker.model import PageReport
from checker.report import FORMATS
from checker.report.folder import is_ours
from checker.report.outputs import Outputs, Target, spare, target
from checker.report.run import Closing, Look, Run

pytest.importorskip("jinja2", reason="jinja2 is not installed")

Closes = Callable[..., Closing]


def opened(*targets: str) -> Outputs:
    return Outputs([target(each) for each in targets], FORMATS, Look(), io.StringIO())


def written(folder: Path, run: Run, report: PageReport, closing: Closes, *names: str, stray: str | None = None) -> None:
    """A report with a copy of a page for each name."""
    with opened(f"html={folder}/") as outputs:
        built = outputs.folder
        assert built is not None
        outputs.start(run)
        (built / "pages").mkdir()
        for name in names:
            (built / "pages" / name).write_text(f"copy of {name}", "utf-8")
            outputs.page(replace(report, frozen=f"pages/{name}"))
        if stray:
            (built / "pages" / stray).write_text("left by a process that was ended", "utf-8")
        (built / "pictures").mkdir()
        assert not (folder / "index.html").exists() or is_ours(folder / "index.html")
        outputs.end(closing(report))


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_reading_a_target_that_is_a_folder(tmp_path: Path) -> None:
    assert target("html=a/") == Target("html", Path("a"), folder=True)
    assert target(f"html={tmp_path}") == Target("html", tmp_path, folder=True)
    assert target("html=a-0123456789ab.html") == Target("html", Path("a-0123456789ab.html"))
    assert target("json=a/") == Target("json", Path("a"))


def test_it_is_there_with_all_that_belongs_to_it(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    written(tmp_path / "r", run, unread, closing, "a-0123456789ab.html", stray="b-0123456789ab.html")
    assert names(tmp_path / "r") == ["index.html", "pages", "pages/a-0123456789ab.html", "pictures"]
    assert is_ours(tmp_path / "r" / "index.html")


def test_an_earlier_report_is_replaced_and_the_folder_stays(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    folder = tmp_path / "r"
    folder.mkdir(mode=0o750)
    (folder / ".htaccess").write_text("Require all granted", "utf-8")
    (folder / ".disclosure-checker-999999999.part" / "pages").mkdir(parents=True)
    written(folder, run, unread, closing, "a-0123456789ab.html")
    before = folder.stat()
    written(folder, run, unread, closing, "b-0123456789ab.html")
    assert names(folder) == [".htaccess", "index.html", "pages", "pages/b-0123456789ab.html", "pictures"]
    assert (folder.stat().st_ino, folder.stat().st_mode) == (before.st_ino, before.st_mode)


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    def broken(name: str) -> None:
        with opened(f"html={tmp_path}/{name}/") as outputs:
            outputs.start(run)
            outputs.page(unread)
            raise KeyError

    with pytest.raises(KeyError):
        broken("new")
    assert names(tmp_path) == []
    written(tmp_path / "old", run, unread, closing, "a-0123456789ab.html")
    before = (tmp_path / "old" / "index.html").read_bytes()
    with pytest.raises(KeyError):
        broken("old")
    assert names(tmp_path / "old") == ["index.html", "pages", "pages/a-0123456789ab.html", "pictures"]
    assert (tmp_path / "old" / "index.html").read_bytes() == before


@pytest.mark.parametrize("fails_at", range(1, 7))
def test_what_cannot_be_put_into_place_leaves_the_old_report(
    tmp_path: Path, run: Run, unread: PageReport, closing: Closes, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    folder, count, real = tmp_path / "r", 0, Path.rename
    written(folder, run, unread, closing, "a-0123456789ab.html")
    before = (folder / "index.html").read_bytes()

    def renamed(self: Path, other: Path) -> Path:
        nonlocal count
        count += 1
        if count == fails_at:
            raise OSError(28, "No space left on device")
        return real(self, other)

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(BadOutput, match=r"r: No space left on device"):
        written(folder, run, unread, closing, "b-0123456789ab.html")
    assert names(folder) == ["index.html", "pages", "pages/a-0123456789ab.html", "pictures"]
    assert (folder / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ({"notes.txt": "mine"}, r"notes\.txt"),
        ({"index.html": "<html><head><title>My site</title></head></html>"}, r"index\.html"),
        ({"index.html": '<meta name="generator" content="disclosure-checker 0.1.0">', "pages/mine.html": "mine"}, r"index\.html"),
        ({"index.html": "OURS", "style.css": "mine"}, r"style\.css"),
        ({"index.html": "OURS", "pages": "a file"}, "pages"),
        ({"index.html": "OURS", "pages/mine.html": "mine"}, r"pages/mine\.html"),
        ({"index.html": "OURS", "pictures/holiday.png": "mine"}, r"pictures/holiday\.png"),
        ({"index.html": "<html>" + " " * 5000 + "OURS"}, r"index\.html"),
        ({"pages/a-0123456789ab.html": "a copy without its report"}, "pages"),
    ],
)
def test_what_is_not_ours_is_left_alone(tmp_path: Path, there: dict[str, str], why: str) -> None:
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace("OURS", '<meta name="generator" content="disclosure-checker 0.1.0, in a folder">'), "utf-8")
    before = names(tmp_path)
    with pytest.raises(BadOutput, match=f"cannot write {tmp_path}: it holds {why}, which no earlier report left there"):
        opened(f"html={tmp_path}/")
    assert names(tmp_path) == before


def test_what_is_put_there_while_a_run_is_on_is_left_alone(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    folder = tmp_path / "r"
    written(folder, run, unread, closing, "a-0123456789ab.html")
    with opened(f"html={folder}/") as outputs:
        outputs.start(run)
        outputs.page(unread)
        (folder / "pages" / "mine.html").write_text("mine", "utf-8")
        with pytest.raises(BadOutput, match=r"it holds pages/mine\.html"):
            outputs.end(closing(unread))
        outputs.drop()
    assert names(folder) == ["index.html", "pages", "pages/a-0123456789ab.html", "pages/mine.html", "pictures"]


def test_a_run_whose_work_was_taken_away_leaves_the_other_report(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    folder = tmp_path / "r"
    written(folder, run, unread, closing, "b-0123456789ab.html")
    with opened(f"html={folder}/") as outputs:
        outputs.start(run)
        outputs.page(unread)
        assert outputs.folder is not None
        shutil.rmtree(outputs.folder)
        with pytest.raises(BadOutput, match="what was built in it is gone"):
            outputs.end(closing(unread))
        outputs.drop()
    assert names(folder) == ["index.html", "pages", "pages/b-0123456789ab.html", "pictures"]


def test_what_another_run_builds_is_left_alone(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    folder = tmp_path / "r"
    alive = folder / f".disclosure-checker-{os.getppid()}.part"
    alive.mkdir(parents=True)
    written(folder, run, unread, closing, "a-0123456789ab.html")
    assert alive.is_dir()


def test_a_link_is_no_report_of_ours(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    written(tmp_path / "r", run, unread, closing, "a-0123456789ab.html")
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "index.html").symlink_to(tmp_path / "r" / "index.html")
    with pytest.raises(BadOutput, match="no earlier report"):
        opened(f"html={tmp_path}/s/")
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "index.html").write_bytes((tmp_path / "r" / "index.html").read_bytes())
    (tmp_path / "t" / "pages").symlink_to(tmp_path / "r" / "pages")
    with pytest.raises(BadOutput, match="no earlier report"):
        opened(f"html={tmp_path}/t/")


def test_places_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for wrong, why in (("no/r/", "there is no folder"), ("file/", "it is a file; name a folder"), ("file/r/", "cannot write")):
        with pytest.raises(BadOutput, match=why):
            opened(f"html={tmp_path}/{wrong}")
    with pytest.raises(BadOutput, match="only one report can have a folder"):
        opened(f"html={tmp_path}/a/", f"html={tmp_path}/b/")
    with pytest.raises(BadOutput, match="for itself"):
        opened(f"html={tmp_path}/a/", f"json={tmp_path}/a/r.json")
    with pytest.raises(BadOutput, match="it is a folder; name a file in it"):
        opened(f"json={tmp_path}")
    assert names(tmp_path) == ["file"]


def test_a_folder_that_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(BadOutput, match=r"r: Permission denied"):
        opened(f"html={tmp_path}/r/")
    assert names(tmp_path) == []


def test_what_lies_in_it_is_spared(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a-0123456789ab.html").write_text("<p>", "utf-8")
    with pytest.raises(BadOutput, match=r"a-0123456789ab\.html lies in it, and it is one of the inputs"):
        spare([target(f"html={tmp_path}")], "it is one of the inputs", [tmp_path / "pages" / "a-0123456789ab.html"])
    spare([target(f"html={tmp_path}")], "it is one of the inputs", [tmp_path.parent / "b-0123456789ab.html", 0])
