import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BadConfig
from checker.model import Source
from checker.sources.changed import Changes, changed
from checker.sources.git import renames, tree
from checker.sources.inputs import Inputs, gather

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

Git = Callable[..., str]
TEXT = "<p>A text of some length that makes this page what it is, number {}.\n" * 8


def write(path: Path, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.replace("{}", str(number)), "utf-8")
    return path


@pytest.fixture
def git(monkeypatch: pytest.MonkeyPatch) -> Git:
    """git as on a machine that has no settings at all."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def run(*arguments: str) -> str:
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@press.example", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always")
        return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, encoding="utf-8").stdout

    return run


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: Git) -> Path:
    """Four pages on main; the branch of today begins there."""
    top = tmp_path / "a repository"
    for number, name in enumerate(("site/a.html", "site/b.html", "site/sub/c.html", "other/d.html")):
        write(top / name, number)
    (top / "site/style.css").write_text("p { color: red }", "utf-8")
    monkeypatch.chdir(top)
    git("init", "-q")
    commit(git)
    git("checkout", "-q", "-b", "story")
    return top


def commit(git: Git) -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "Some pages")


def since(*arguments: str, ref: str = "main") -> Changes:
    return changed(gather(arguments), ref)


def names(changes: Changes) -> list[str]:
    return [item.name for item in changes.inputs.items]


def test_nothing_changed(repo: Path) -> None:
    assert since("site") == Changes(Inputs((), unchanged=3, arguments=("site",)), {})


def test_committed_staged_unstaged_and_new_pages_are_changed(repo: Path, git: Git) -> None:
    write(repo / "site/a.html", 10)
    commit(git)
    write(repo / "site/b.html", 11)
    git("add", "site/b.html")
    write(repo / "site/sub/c.html", 12)
    write(repo / "site/new.html", 13)
    write(repo / "other/d.html", 14)
    found = since("site")
    assert names(found) == ["site/a.html", "site/b.html", "site/new.html", "site/sub/c.html"]
    assert found.inputs.unchanged == 0
    assert names(since("site/*.html", ref="HEAD")) == ["site/b.html", "site/new.html"]


def test_what_is_as_it_was_is_not_changed_however_it_came_to_be_so(repo: Path, git: Git) -> None:
    before = (repo / "site/a.html").read_bytes()
    write(repo / "site/a.html", 10)
    commit(git)
    (repo / "site/a.html").write_bytes(before)
    os.utime(repo / "site/a.html", (0, 0))
    assert since("site").inputs.unchanged == 3


def test_what_changed_on_main_since_is_not_ours(repo: Path, git: Git) -> None:
    git("checkout", "-q", "main")
    write(repo / "site/a.html", 10)
    commit(git)
    git("checkout", "-q", "story")
    write(repo / "site/b.html", 11)
    commit(git)
    assert names(since("site")) == ["site/b.html"]


def test_a_page_that_git_ignores_has_no_past_and_is_checked(repo: Path, git: Git) -> None:
    (repo / ".gitignore").write_text("public/\n", "utf-8")
    write(repo / "public/a.html")
    commit(git)
    assert names(since("public")) == ["public/a.html"]


def test_a_page_taken_out_of_git_is_checked(repo: Path, git: Git) -> None:
    git("rm", "-q", "--cached", "site/a.html")
    write(repo / "site/a.html", 10)
    assert names(since("site")) == ["site/a.html"]


@pytest.mark.parametrize("argument", ["--assume-unchanged", "--skip-worktree"])
def test_no_mark_in_the_index_hides_a_change(repo: Path, git: Git, argument: str) -> None:
    git("update-index", argument, "site/a.html")
    write(repo / "site/a.html", 10)
    assert names(since("site")) == ["site/a.html"]


def test_renames_are_told(repo: Path, git: Git) -> None:
    git("mv", "site/a.html", "site/z.html")
    with (repo / "site/z.html").open("a", encoding="utf-8") as page:
        page.write("<p>One more.\n")
    git("mv", "other/d.html", "site/d.html")
    commit(git)
    git("mv", "site/b.html", "site/y.html")
    found = since("site")
    # What was renamed and changed may as well be another page of the same template.
    assert found.renamed == {"site/y.html": "site/b.html", "site/d.html": "other/d.html"}
    assert names(found) == ["site/d.html", "site/y.html", "site/z.html"]
    assert found.inputs.without_page == (("site/a.html", "deleted since main"),)
    assert found.inputs.unchanged == 1


def test_an_old_name_is_told_where_it_was_asked_for_or_leads_out(repo: Path, git: Git) -> None:
    git("mv", "site/a.html", "other/z.html")
    commit(git)
    assert since("site").inputs.without_page == (("site/a.html", "renamed to other/z.html since main"),)
    found = since("site/a.html", "other")
    assert names(found) == ["other/z.html"]
    assert found.inputs.without_page == (("site/a.html", "renamed to other/z.html since main"),)


def test_deleted_pages_are_told_and_nothing_else_that_is_gone(repo: Path, git: Git) -> None:
    write(repo / "site/.hidden/e.html")
    commit(git)
    git("checkout", "-q", "-b", "later")
    for name in ("site/a.html", "site/style.css", "other/d.html", "site/.hidden/e.html"):
        (repo / name).unlink()
    gone = (("site/a.html", "deleted since story"),)
    for argument in ("site", "site/", "site/a.html", "./site/a.html", "site/*", "**/a.html", str(repo / "site")):
        assert since(argument, ref="story").inputs.without_page[-1:] == gone, argument
    assert since("site/style.css", ref="story").inputs.without_page == (("site/style.css", "deleted since story"),)
    assert since("site", ref="story").inputs.unchanged == 2


def test_a_folder_that_is_gone(repo: Path, git: Git) -> None:
    shutil.rmtree(repo / "site")
    found = since("site", "other")
    assert not found.inputs.items
    assert [name for name, _ in found.inputs.without_page] == ["site/a.html", "site/b.html", "site/sub/c.html"]
    assert found.inputs.unchanged == 1


def test_a_page_that_never_was_stays_an_input(repo: Path) -> None:
    assert names(since("site/never.html", "nowhere/")) == ["site/never.html", "nowhere/"]


def test_a_file_in_place_of_a_folder(repo: Path) -> None:
    shutil.rmtree(repo / "site")
    write(repo / "site")
    found = since("site")
    assert names(found) == ["site"]


def test_it_runs_from_a_folder_inside(repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git("mv", "site/a.html", "site/z.html")
    (repo / "other/d.html").unlink()
    monkeypatch.chdir(repo / "site" / "sub")
    found = since("..", "../../other")
    assert found.renamed == {"../z.html": "../a.html"}
    assert ("../../other/d.html", "deleted since main") in found.inputs.without_page
    assert found.inputs.unchanged == 2


def test_it_runs_from_a_folder_inside_a_hook(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repo / ".git"))
    monkeypatch.chdir(repo / "site")
    assert since(".").inputs.unchanged == 3


def test_hard_names(repo: Path, git: Git) -> None:
    raw = os.fsdecode(b"site/caf\xe9.html")
    hard = ["site/with space.html", "site/line\nend.html", "site/-rf.html", 'site/"quoted".html', "site/x[1].html", "site/tab\t.html", raw]
    for name in hard:
        write(repo / name)
    commit(git)
    git("checkout", "-q", "-b", "later")
    assert since("site", ref="story").inputs.unchanged == 3 + len(hard)
    for name in hard:
        write(repo / name, 5)
    assert {item.path for item in since("site", ref="story").inputs.items} == set(hard)
    for name in hard:
        (repo / name).unlink()
    told = dict(since("site", ref="story").inputs.without_page)
    assert set(told) == {name.replace(raw, "site/caf\ufffd.html") for name in hard}
    assert dict(since("site/x[1].html", ref="story").inputs.without_page) == {"site/x[1].html": "deleted since story"}


def test_a_link_is_followed_to_what_it_shows(repo: Path, git: Git) -> None:
    write(repo / "pages/text.html")
    (repo / "site/link.html").symlink_to("../pages/text.html")
    (repo / "site/chain.html").symlink_to("link.html")
    (repo / "site/circle.html").symlink_to("circle.html")
    commit(git)
    git("checkout", "-q", "-b", "later")
    assert names(since("site", ref="story")) == ["site/circle.html"]
    write(repo / "pages/text.html", 7)
    assert names(since("site", ref="story")) == ["site/chain.html", "site/circle.html", "site/link.html"]
    git("checkout", "-q", "pages")
    (repo / "site/link.html").unlink()
    (repo / "site/link.html").symlink_to("../pages/./text.html")
    assert names(since("site", ref="story")) == ["site/chain.html", "site/circle.html", "site/link.html"]


def test_a_repository_is_entered_through_a_link(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.parent / "link").symlink_to(repo)
    write(repo / "site/a.html", 9)
    monkeypatch.chdir(repo.parent / "link" / "site")
    assert names(since(".")) == ["a.html"]
    assert names(since(str(repo.parent / "link" / "site"))) == [str(repo.parent / "link" / "site" / "a.html")]


def test_line_ends_that_git_turned_are_no_change(repo: Path, git: Git) -> None:
    page = repo / "site/a.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert since("site").inputs.unchanged == 3


def test_pages_in_a_submodule_are_checked(repo: Path, git: Git, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    write(inner / "e.html")
    git("-C", str(inner), "init", "-q")
    git("-C", str(inner), "add", "-A")
    git("-C", str(inner), "commit", "-q", "-m", "A page")
    git("submodule", "--quiet", "add", str(inner), "site/inner")
    commit(git)
    git("checkout", "-q", "-b", "later")
    assert names(since("site", ref="story")) == ["site/inner/e.html"]


def test_standard_input_is_no_file_and_is_checked(repo: Path) -> None:
    found = changed(gather(["-", "site"], Source("-", b"<p>Text")), "main")
    assert names(found) == ["-"]
    assert found.inputs.unchanged == 3


def test_a_commit_may_be_named_in_any_way(repo: Path, git: Git) -> None:
    write(repo / "site/a.html", 10)
    commit(git)
    git("tag", "v1", "HEAD~1")
    for ref in ("main", "HEAD~1", "v1", "HEAD^{/Some}~1", git("rev-parse", "main").strip(), git("rev-parse", "main")[:8], "refs/heads/main"):
        assert names(since("site", ref=ref)) == ["site/a.html"], ref


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("mian", "no branch, tag or commit 'mian' here; did you mean main?"),
        ("quite-another", "no branch, tag or commit 'quite-another' here; fetch it first"),
        ("main..story", "no branch, tag or commit 'main..story' here"),
        ("", "'' is no branch, tag or commit; write one such as origin/main"),
        ("--upload-pack=touch x", "'--upload-pack=touch x' is no branch, tag or commit"),
        ("-h", "'-h' is no branch, tag or commit"),
        ("main\0", "is no branch, tag or commit"),
        ("HEAD:site", "no branch, tag or commit 'HEAD:site' here"),
    ],
)
def test_a_ref_that_is_none(repo: Path, ref: str, told: str) -> None:
    with pytest.raises(BadConfig, match=r"^--changed-since: ") as fault:
        since("site", ref=ref)
    assert told in str(fault.value)
    assert "\n" not in str(fault.value)
    assert not (repo / "x").exists()


def test_a_branch_that_only_the_remote_has(repo: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "-q", str(repo), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(BadConfig, match=r"did you mean origin/main\?"):
        since("site")
    assert since("site", ref="origin/main").inputs.unchanged == 3


def test_a_shallow_clone_says_what_to_fetch(repo: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo / "site/a.html", 10)
    commit(git)
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(BadConfig, match=r"too shallow .* \(fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab\)"):
        since("site", ref="origin/main")
    with pytest.raises(BadConfig, match=r"fetch it first \(fetch-depth: 0"):
        since("site", ref="0123456789abcdef0123456789abcdef01234567")


def test_histories_that_share_nothing(repo: Path, git: Git) -> None:
    git("checkout", "-q", "--orphan", "alone")
    git("commit", "-q", "-m", "Alone")
    with pytest.raises(BadConfig, match="HEAD and main have no commit in common"):
        since("site")


def test_no_commit_yet(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    with pytest.raises(BadConfig, match="the repository has no commit yet"):
        since(".")


def test_no_repository(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadConfig, match="is not in a git repository; run it inside the working copy"):
        since(".")


def test_a_repository_without_files(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "--bare", str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")
    with pytest.raises(BadConfig, match=r"git cannot be asked in .*bare: this operation must be run in a work tree"):
        since(".")


def test_no_git(repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadConfig, match="needs git, and there is no program of that name"):
        since("site")


@pytest.mark.parametrize("through", ["path", "link"])
def test_an_input_outside_the_repository(repo: Path, through: str) -> None:
    write(repo.parent / "outside/e.html")
    if through == "link":
        (repo / "leads-out").symlink_to("../outside")
    with pytest.raises(BadConfig, match=r"e\.html is outside the repository"):
        since("../outside" if through == "path" else "leads-out")


def test_a_damaged_repository_is_told(repo: Path, git: Git) -> None:
    objects = git("rev-parse", "main^{tree}").strip()
    (repo / ".git/objects" / objects[:2] / objects[2:]).unlink()
    with pytest.raises(BadConfig, match="git cannot list the files of"):
        since("site")


def test_what_a_repository_names_is_never_run(repo: Path, git: Git, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\necho \"$0\" >> '{trace}'\nexit 1\n", "utf-8")
    evil.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(evil, hooks / name)
    (repo / ".gitattributes").write_text("*.html filter=evil diff=evil\n", "utf-8")
    commit(git)
    settings: tuple[str, ...] = (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "filter.evil.clean",
        "filter.evil.smudge",
    )
    settings += (
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.evil.command",
        "core.alternateRefsCommand",
        "credential.helper",
        "pager.diff-index",
    )
    for setting in settings:
        git("config", setting, str(evil))
    git("config", "core.hooksPath", str(hooks))
    # A clone that pretends to lack objects, which a program of the repository's choice would bring.
    git("config", "remote.origin.url", f"ext::{evil}")
    git("config", "remote.origin.promisor", "true")
    git("config", "extensions.partialClone", "origin")
    git("config", "protocol.ext.allow", "always")
    trace.unlink(missing_ok=True)
    moved = git("rev-parse", "HEAD:site/a.html").strip()
    page = (repo / "site/a.html").read_text("utf-8")
    (repo / "site/a.html").rename(repo / "site/z.html")
    git("-c", "filter.evil.clean=", "-c", "filter.evil.process=", "-c", "core.fsmonitor=", "-c", f"core.hooksPath={os.devnull}", "add", "-A")
    (repo / "site/z.html").write_text(page + "<p>More.\n", "utf-8")
    git("-c", "filter.evil.clean=", "-c", "filter.evil.process=", "-c", "core.fsmonitor=", "-c", f"core.hooksPath={os.devnull}", "add", "-A")
    (repo / ".git/objects" / moved[:2] / moved[2:]).unlink()
    trace.unlink(missing_ok=True)
    assert names(since("site")) == ["site/z.html"]
    assert not trace.exists(), trace.read_text("utf-8")


def test_settings_of_the_repository_do_not_turn_the_answer(repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting, value in (("diff.renames", "false"), ("diff.relative", "true"), ("core.quotePath", "true"), ("diff.orderFile", "/none")):
        git("config", setting, value)
    git("mv", "site/a.html", "site/ä.html")
    monkeypatch.chdir(repo / "site")
    assert since(".").renamed == {"ä.html": "a.html"}


def test_the_index_is_left_as_it_is(repo: Path, git: Git) -> None:
    index = repo / ".git/index"
    os.utime(repo / "site/a.html", (1, 1))
    before = index.read_bytes(), index.stat().st_mtime_ns
    since("site")
    assert (index.read_bytes(), index.stat().st_mtime_ns) == before


@given(st.dictionaries(st.binary(min_size=1).filter(lambda path: b"\0" not in path), st.sampled_from(["100644", "100755", "120000"])))
def test_any_name_comes_through_a_listing(files: dict[bytes, str]) -> None:
    listing = b"".join(b"%s blob %s\t%s\0" % (mode.encode(), b"ab" * 20, path) for path, mode in files.items())
    assert {path: entry.is_link for path, entry in tree(listing)} == {path: mode == "120000" for path, mode in files.items()}


@given(st.binary())
def test_no_listing_of_renames_is_a_surprise(listing: bytes) -> None:
    for new, old in renames(b"R100\0old\0" + listing + b"\0"):
        assert isinstance(new, bytes)
        assert isinstance(old, bytes)
