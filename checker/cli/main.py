"""The group of commands. Nothing is imported for a command that is not run, and whatever goes wrong ends in one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from checker import __version__
from checker.cli.complete import VARIABLE
from checker.cli.signals import Stopped
from checker.cli.streams import is_unwritable, secure, silence
from checker.errors import BadSettings, CheckerError, Faulty
from checker.text import nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Each command and the module that holds a function of that name; the line is for the list that `--help` prints.
_COMMANDS = {
    "check": "Judge pages and report what is wrong with them.",
    "watch": "Check pages again as they are saved, and keep an open report up to date.",
    "facts": "Print what is read from pages, without judging.",
    "baseline": "Keep the findings that are known, so that only new ones fail.",
    "report": "Show saved reports again, and put the parts of a run together.",
    "diff": "Compare two saved reports.",
    "render": "Draw pages in a browser, and say how their notices, links, credits and bylines look.",
    "evidence": "Look at what was kept of a run as evidence.",
    "explain": "Explain a rule: what it asks, why, what to do.",
    "rules": "List the rules.",
    "config": "Show which settings hold, and where each comes from.",
    "schema": "Print a JSON Schema of a report or a file.",
    "test": "Run the examples inside rule packs.",
}


class Program(click.Group):
    """Imports a command when it is called, and turns every fault into one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        import importlib

        command: click.Command = getattr(importlib.import_module(f"checker.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without importing them; and the program's own options."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=line) for name, line in _COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or the nearest one's name."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            close = nearest(args[0], list(_COMMANDS))
            ctx.fail(f"unknown command {args[0]!r}; {f'did you mean {close}?' if close else 'there are ' + ', '.join(_COMMANDS)}")
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **more: Any) -> Any:
        """Run, and leave with an exit code that can be trusted."""
        del prog_name
        more["standalone_mode"] = False
        secure()
        try:
            # One name however it is called: `python -m checker` is the same program.
            code = super().main(args, "disclosure-checker", *rest, **more)
        except NoArgsIsHelpError as fault:
            click.echo(fault.format_message(), err=True)
            named = fault.ctx.command.list_commands(fault.ctx) if fault.ctx and isinstance(fault.ctx.command, click.Group) else _COMMANDS
            _fail(f"no command is named; there are {', '.join(named)}")
        except click.ClickException as fault:
            _fail(_usage(fault))
        except Faulty as fault:
            if len(fault.faults) == 1 and isinstance(fault, BadSettings):
                _fail(fault.faults[0])  # one slip in what was typed or set is one line
            for line in fault.faults:
                _say(line)
            _fail(f"{len(fault.faults)} fault{'s' * (len(fault.faults) != 1)} in {fault.what}")
        except CheckerError as fault:
            _fail(str(fault))
        except Stopped as stop:
            _stopped(stop.number)
        except (KeyboardInterrupt, click.Abort):
            _stopped(2)
        except (SystemExit, BrokenPipeError) as stop:
            if isinstance(stop, SystemExit) and not stop.code and VARIABLE in os.environ:
                raise  # a shell has asked what may follow, and was told
            # Whoever read has read enough, as in `| head`. No news to anybody, but no verdict either: click would leave with 1, which is one.
            silence()
            sys.exit(2)
        except Exception as fault:  # noqa: BLE001 - the last line of defence: a fault of ours must never look like a verdict
            if isinstance(fault, OSError) and is_unwritable(fault):
                silence()
                _fail(f"cannot write to standard output: {fault.strerror}")
            _fail(f"internal fault: {_described(fault)}")
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="disclosure-checker %(version)s")
def cli() -> None:
    """Does a page tell its readers that its links earn money, who made its pictures, and who wrote it?

    \b
    Examples:
      disclosure-checker check public/
      disclosure-checker check public/ --output text --output json=report.json
      disclosure-checker explain AFF001

    Exit codes: 0 ok, 1 findings, 2 error, 3 something was not checked, 4 no inputs. The last line on standard error says why.
    """


def _usage(fault: click.ClickException) -> str:
    message = " ".join(fault.format_message().split())
    if isinstance(fault, click.NoSuchOption):
        close = fault.possibilities[0] if fault.possibilities else None
        message = f"unknown option {fault.option_name}" + (f"; did you mean {close}?" if close else "")
    message = message.rstrip(".")
    message = message[:1].lower() + message[1:]
    path = fault.ctx.command_path if isinstance(fault, click.UsageError) and fault.ctx else None
    return f"{message} (see {path} --help)" if path else message


def _described(fault: BaseException) -> str:
    """What and where, in one line: enough to report it, and no traceback."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" ({trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno})" if trace else ""
    return f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}{place}"


def _stopped(number: int) -> NoReturn:
    name = "interrupted" if number == 2 else "terminated"
    _say(f"disclosure-checker: exit {128 + number} ({name}): the run was stopped before its end; no verdict can be read from it")
    sys.exit(128 + number)


def _fail(message: str) -> NoReturn:
    _say(f"disclosure-checker: exit 2 (error): {message}")
    sys.exit(2)


def _say(message: str) -> None:
    from checker.report.paint import one_line

    click.echo(one_line(message), err=True)
