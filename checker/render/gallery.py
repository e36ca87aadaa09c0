"""Where pictures of pages are put: a folder for each page, with a name that any file system takes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from checker.errors import BadOutput
from checker.model import PagePicture
from checker.render.portray import Picture

_LONGEST = 60


def folder_name(page_key: str) -> str:
    """The folder of a page: what can be read of its key, and what tells it from others that look alike.

    >>> folder_name("https://tea.example/pots?page=2")
    'tea.example-pots-page-2-5901f1c3'
    """
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"^https?://", "", page_key)).strip("-.")[:_LONGEST].rstrip("-.")
    return f"{plain or 'page'}-{hashlib.sha256(page_key.encode('utf-8', 'replace')).hexdigest()[:8]}"


def made(folder: str) -> None:
    """Make the folder for all pictures. Raises BadOutput, before any page is drawn."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        probe = Path(folder, ".disclosure-checker.part")
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise BadOutput(f"pictures cannot be put into {folder}: {fault.strerror or type(fault).__name__}") from None


def told(folder: Path, picture: Picture, shown: Path | None = None) -> PagePicture:
    """Write a picture, and say where it lies, or will lie in the end (`shown`). Raises BadOutput."""
    path = folder / picture.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(picture.png)
        part.replace(path)
    except OSError as fault:
        raise BadOutput(f"the picture {path} cannot be written: {fault.strerror or type(fault).__name__}") from None
    return PagePicture(picture.view, ((shown or folder) / picture.name).as_posix(), picture.rule, picture.fingerprint)
