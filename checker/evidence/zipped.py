"""A folder as a zip archive: the same files give the same bytes."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

# The first day that a zip archive can name.
_DAY = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".tsr")


def zipped(folder: Path, path: Path) -> None:
    """Write the archive beside its place, and put it there once it is whole. Raises OSError."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(aside, "x", allowZip64=True) as archive:
            for file in sorted(file for file in folder.rglob("*") if file.is_file()):
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _DAY)
                entry.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED else zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                entry.file_size = file.stat().st_size
                with file.open("rb") as source, archive.open(entry, "w") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)
