"""A settings file to begin with: every key with what it means and what holds without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.config.settings import DEFAULTS
from checker.config.told import toml
from checker.schemas import load

_TABLES = """
# [severity]
# IMG401 = "info"

# Other settings for some pages; the last that fits counts.
# [[overrides]]
# path = "public/sponsored/**"
# profiles = ["us", "uk"]

# Findings that are known and accepted.
# [[waive]]
# url = "https://www.example.com/archive/**"
# rules = ["IMG*"]
# reason = "pictures from before we kept credits"
# owner = "picture desk"
# expires_on = 2027-06-30

# Which file an address is made as, for annotations and for pages that do not tell their address.
# [[source-map]]
# url = "https://www.example.com/*"
# path = "public/*\""""


def template(values: Mapping[str, Any]) -> str:
    """A settings file to begin with. `values` are those that are set; the others stand in it as comments, with what holds without them."""
    about = load("settings")["properties"]
    lines = ["# Settings of disclosure-checker. The command line and the environment (DISCLOSURE_CHECKER_FAIL_ON …) come first."]
    for key, value in DEFAULTS.items():
        if isinstance(value, dict) or key in ("overrides", "waive", "source-map"):
            continue
        said = about[key].get("description")
        lines += ["", f"# {said}"] if said else [""]
        if key in values:
            lines.append(f"{key} = {toml(values[key])}")
        else:
            lines.append(f"# {key} = {toml(value) if value is not None else '…'}")
    lines.append(_TABLES)
    return "".join(f"{line}\n" for line in lines)
