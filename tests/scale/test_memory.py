"""A run over ten thousand pages of an archive, in processes of its own: its memory is that of a run over a thousand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fixtures.many import write

ROOT = Path(__file__).resolve().parent.parent.parent
# So many MB a process may grow from the first thousand pages to the end; what is kept of a page is the checksum of its address.
MOST_GROWTH = 24
OUTPUTS = ("json", "sarif", "junit", "text", "markdown", "gitlab", "github", "csv", "editor-json", "html")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("warcio", reason="warcio is not installed")
    path = tmp_path_factory.mktemp("many") / "many.warc.gz"
    write(path, 10_000)
    return path


def peaks(process: int) -> dict[int, int]:
    """The most memory that the run and each process of it ever had, in MB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = {}
    for each in (process, *map(int, children)):
        told = [line.split()[1] for line in Path(f"/proc/{each}/status").read_text().splitlines() if line.startswith("VmHWM")]
        if told:
            found[each] = int(told[0]) // 1024
    return found


def followed(archive: Path, folder: Path, outputs: tuple[str, ...]) -> tuple[dict[int, int], dict[int, int]]:
    """What the processes of a run had at page 1,000 and shortly before the end; the run itself at its very end."""
    words = [word for name in outputs for word in ("--output", f"{name}={folder / name}")]
    command = [sys.executable, "-m", "checker", "check", str(archive), "--no-config", "--no-cache", "--jobs", "2", "--output", "jsonl=lines", *words]
    running = subprocess.Popen(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
    pages = read = 0
    early: dict[int, int] = {}
    late: dict[int, int] = {}
    while running.poll() is None:
        time.sleep(0.02)
        try:
            now = peaks(running.pid)
        except OSError:  # one of them has just ended
            continue
        late |= now
        if early or not (folder / "lines").exists():
            continue
        with (folder / "lines").open("rb") as lines:
            lines.seek(read)
            text = lines.read()
        read += len(text)
        pages += text.count(b'"type": "page"')
        if pages >= 1000:
            early = now
    assert running.communicate()[1].splitlines()[-1].startswith(b"disclosure-checker: exit 1 (findings)")
    return early, late


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is not told under /proc here")
@pytest.mark.parametrize("outputs", [(), OUTPUTS], ids=["lines", "all-formats"])
def test_memory_is_flat(archive: Path, tmp_path: Path, outputs: tuple[str, ...]) -> None:
    early, late = followed(archive, tmp_path, outputs)
    assert len(early) >= 3, "the run and two workers"
    grown = {process: late[process] - peak for process, peak in early.items()}
    assert max(grown.values()) <= MOST_GROWTH, (early, late)
    if outputs:
        report = json.loads((tmp_path / "json").read_text("utf-8"))
        assert len(report["pages"]) == report["summary"]["inputs"]["checked"] == 10_000
        assert len(json.loads((tmp_path / "sarif").read_text("utf-8"))["runs"][0]["results"]) == len(report["findings"])
