"""What git knows of the repository around a folder: commits and objects, read in a way that runs nothing which the repository names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from subprocess import CompletedProcess

from checker.errors import BadConfig
from checker.text import nearest

# What the settings of a repository could have run otherwise.
_NOTHING_RUN = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.alternateRefsCommand=")
# No lock, no question, nothing fetched for a clone that holds only a part (a fetch may run a program); messages in one language.
_SURROUNDINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: the id of what it holds; a link holds where it leads."""

    id: bytes
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Repository:
    """A working copy; `top` is its real folder."""

    top: str

    @classmethod
    def around(cls, folder: str) -> Repository:
        """The one that the folder lies in. Raises BadConfig."""
        told = _git(folder, "rev-parse", "--show-toplevel")
        if told.returncode:
            why = _why(told)
            if "not a git repository" in why:
                raise BadConfig(f"--changed-since: {folder} is not in a git repository; run it inside the working copy")
            raise BadConfig(f"--changed-since: git cannot be asked in {folder}: {why}")
        return cls(os.path.realpath(os.fsdecode(told.stdout.removesuffix(b"\n"))))

    def shared_with(self, ref: str) -> str:
        """The last commit that the current one shares with `ref`. Raises BadConfig."""
        if not ref.strip() or ref.startswith("-") or "\0" in ref:
            raise BadConfig(f"--changed-since: {ref!r} is no branch, tag or commit; write one such as origin/main")
        head, other = self._commit("HEAD"), self._commit(ref)
        if head is None:
            raise BadConfig("--changed-since: the repository has no commit yet, so nothing can have changed since one")
        shallow = self._git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        if other is None:
            raise BadConfig(f"--changed-since: no branch, tag or commit {ref!r} here; {self._instead(ref, shallow=shallow)}")
        told = self._git("merge-base", other, head)
        if told.returncode or not told.stdout.strip():
            if shallow:
                raise BadConfig(
                    f"--changed-since: this clone is too shallow to hold the commit that HEAD shares with {ref}; "
                    "fetch all of them (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab)"
                )
            raise BadConfig(f"--changed-since: HEAD and {ref} have no commit in common")
        return told.stdout.split()[0].decode("ascii")

    def files_of(self, commit: str) -> Mapping[bytes, Entry]:
        """Every file of the commit, by its path from the top. Raises BadConfig where the clone lacks it."""
        told = self._git("ls-tree", "-r", "-z", "--full-tree", commit)
        if told.returncode:
            raise BadConfig(f"--changed-since: git cannot list the files of {commit[:12]}: {_why(told)}")
        return dict(tree(told.stdout))

    def renamed_since(self, commit: str) -> Mapping[bytes, bytes]:
        """The files that had another name in the commit, each with that one; moves that are committed or staged.

        Only files that are the same, byte for byte: pages of one template are alike enough for git to take a new one for an old one that is gone.
        """
        question = ("diff-index", "--cached", "-r", "-z", "--name-status", "--diff-filter=R", "--no-ext-diff", "--no-textconv")
        told = self._git(*question, "-M100%", commit, "--")
        return dict(renames(told.stdout)) if not told.returncode else {}

    def _commit(self, name: str) -> str | None:
        told = self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return told.stdout.strip().decode("ascii") if not told.returncode else None

    def _instead(self, ref: str, *, shallow: bool) -> str:
        known = self._git("for-each-ref", "--format=%(refname:short)").stdout.decode("utf-8", "replace").splitlines()
        remote = next((name for name in known if name.endswith(f"/{ref}")), None)
        close = remote or nearest(ref, known)
        if close:
            return f"did you mean {close}?"
        return "fetch it first" + (" (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab)" if shallow else "")

    def _git(self, *arguments: str) -> CompletedProcess[bytes]:
        return _git(self.top, *arguments)


def tree(listing: bytes) -> Iterator[tuple[bytes, Entry]]:
    r"""The files in what `git ls-tree -r -z` prints; submodules are no files.

    >>> dict(tree(b"100644 blob e69d\ta\nb.html\x00160000 commit 1f2a\tsub\x00"))
    {b'a\nb.html': Entry(id=b'e69d', is_link=False)}
    """
    for line in listing.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            mode, kind, name = about.split()
            if kind == b"blob":
                yield path, Entry(name, is_link=mode == b"120000")


def renames(listing: bytes) -> Iterator[tuple[bytes, bytes]]:
    r"""New and old names in what `--name-status -z` prints of renames.

    >>> dict(renames(b"R087\x00old.html\x00new.html\x00"))
    {b'new.html': b'old.html'}
    """
    words = listing.split(b"\0")[:-1]
    for status, old, new in zip(words[::3], words[1::3], words[2::3], strict=False):
        if status.startswith(b"R"):
            yield new, old


def _git(folder: str, *arguments: str) -> CompletedProcess[bytes]:
    import subprocess

    around = {**os.environ, **_SURROUNDINGS}
    if "GIT_WORK_TREE" not in around:
        # Hooks are given it; alone it lets git take any folder for the top of the working copy.
        around.pop("GIT_DIR", None)
    try:
        return subprocess.run(  # noqa: S603 - a list of words, no shell
            ["git", "--no-pager", *_NOTHING_RUN, *arguments],  # noqa: S607 - whichever git is on the user's PATH
            cwd=folder, env=around, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise BadConfig("--changed-since needs git, and there is no program of that name on the PATH") from None
    except (OSError, ValueError) as fault:
        raise BadConfig(f"--changed-since: git cannot be run: {fault}") from fault


def _why(told: CompletedProcess[bytes]) -> str:
    lines = told.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"it ended with {told.returncode}"
