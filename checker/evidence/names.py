"""Where things lie in a bundle, and which names may stand in one."""

from __future__ import annotations

import hashlib
import re

from checker.render.gallery import folder_name

MANIFEST = "manifest.json"
TOKEN = "manifest.json.tsr"  # noqa: S105 - a token of time
TOKEN_SUM = "manifest.json.tsr.sha256"  # noqa: S105
REPORT = "report.json"
PAGES = "pages"
WARC = "page.warc"
MEASUREMENTS = "measurements.json"

_ODD = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|\ufffd\ud800-\udfff]").search
_LONGEST = 500


def folder_of(page_key: str, source: str, sha256: str | None) -> str:
    """The folder of a page: pages that share a key, such as the forms of one story, have one each.

    >>> folder_of("https://tea.example/pots", "pots.html", None)
    'pages/tea.example-pots-a6d6a5f09787'
    """
    plain = folder_name(page_key).rpartition("-")[0]
    whole = "\0".join((page_key, source, sha256 or "")).encode("utf-8", "backslashreplace")
    return f"{PAGES}/{plain}-{hashlib.sha256(whole).hexdigest()[:12]}"


def ran_name(view: str) -> str:
    """The file of a page as its scripts left it at a size of window: it is read again from there."""
    return f"{view}.ran.html"


def is_safe(name: str) -> bool:
    """Whether a name is one that a bundle has: relative, without anything that leads out of it or that some file system takes otherwise.

    >>> is_safe("pages/a/page.warc"), is_safe("../a"), is_safe("/a"), is_safe("a//b"), is_safe("C:/a")
    (True, False, False, False, False)
    """
    return len(name) <= _LONGEST and _ODD(name) is None and all(part not in ("", ".", "..") for part in name.split("/"))
