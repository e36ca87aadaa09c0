"""All pages about the rules of a pack, and their files."""

from __future__ import annotations

from pathlib import Path

from checker.docs import index_page, profile_page, rule_page
from checker.docs.accuracy import Accuracy
from checker.engine.rule import Rules


def pages(rules: Rules, accuracy: Accuracy) -> dict[str, str]:
    """Every page by its path in the folder of the pack."""
    found = {"README.md": index_page.page(rules)}
    found |= {f"docs/{rule.id}.md": rule_page.page(rule, rules, accuracy) for rule in rules.rules.values()}
    return found | {f"docs/profile-{profile.id}.md": profile_page.page(profile, rules) for profile in rules.profiles.values()}


def stale(folder: Path, wanted: dict[str, str]) -> list[str]:
    """The pages of a folder that are not as they should be: old, absent, or of a rule that is no more."""
    there = {"README.md", *(f"docs/{path.name}" for path in (folder / "docs").glob("*.md"))}
    return sorted(name for name in there | set(wanted) if not _is(folder / name, wanted.get(name)))


def write(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Write the pages that are not as they should be, delete those that are left over, and name both."""
    wrong = stale(folder, wanted)
    for name in wrong:
        if name in wanted:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(wanted[name].encode())
        else:
            (folder / name).unlink()
    return wrong


def _is(path: Path, body: str | None) -> bool:
    return path.is_file() == (body is not None) and (body is None or path.read_bytes() == body.encode())
