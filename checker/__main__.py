"""`python -m checker` and the `disclosure-checker` command."""

from __future__ import annotations

import sys

_MADE_BEFORE_CLEANING = 100_000


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
    import gc

    # What a start makes stays: to look through it for garbage again and again takes a tenth of a one-page check.
    gc.set_threshold(_MADE_BEFORE_CLEANING)
    from checker.cli.main import cli

    try:
        cli()
    finally:
        gc.freeze()  # at its end Python would look through everything once more, though all of it goes


if __name__ == "__main__":
    main()
