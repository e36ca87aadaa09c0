"""`python -m checker` and the `disclosure-checker` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        # Before any import: printing the version should cost no more than starting Python.
        from checker import __version__

        try:
            sys.stdout.write(f"disclosure-checker {__version__}\n")
            sys.stdout.flush()
        except (OSError, AttributeError):
            pass  # a full device, a closed stream: the command line below tells it
        else:
            return
    from checker.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
