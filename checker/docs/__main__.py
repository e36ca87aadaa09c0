"""`python -m checker.docs` writes the pages of the built-in rules beside them."""

from __future__ import annotations

import sys

from checker.docs.accuracy import load as load_accuracy
from checker.docs.pages import pages, write
from checker.engine.load import load
from checker.errors import CheckerError
from checker.packs import built_in


def main() -> int:
    """Write what is stale, and say so in one line."""
    try:
        changed = write(built_in(), pages(load([built_in()]), load_accuracy()))
    except CheckerError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(f"{len(changed)} pages written or deleted in {built_in()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
