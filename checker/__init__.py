"""disclosure-checker: does a page tell its readers that its links earn money, who made its pictures, and who wrote it?

The public API is small: `check` judges a page, `read` gives its facts, `load_rules` loads rule packs.

    from pathlib import Path
    from checker import check, load_rules

    rules = load_rules()
    report = check(Path("story.html"), rules=rules)
    for finding in report.findings:
        print(finding.rule, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.api import check, load_rules, read

__version__ = "0.1.0"

__all__ = ["__version__", "check", "load_rules", "read"]


def __getattr__(name: str) -> object:
    # Printing the version must not load lxml.
    if name in __all__:
        from checker import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
