"""The command `portal2fa`: one file a subcommand, loaded only when it is called, so that `--help` stays quick.

Expected problems end with one message (what, cause, hint) on standard error and the exit code that the error
carries; a traceback is only ever shown for a fault of our own, with exit code 5.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

import portal2fa
from portal2fa.errors import Portal2faError
from portal2fa.outcomes import ExitCode

_COMMANDS = {
    "run": "run the specification against a target, judge it, and write the report",
    "doctor": "prove a profile and its means on the portal before a run",
    "restore": "switch off what a run that was stopped had switched on",
    "plan": "show what would run, and why not the rest; no browser, no network",
    "profile": "draft a profile from a walk, check one, print one to start from, or what editors need to complete one",
    "report": "put the reports of shards together",
    "baseline": "write the failures and deviations of a result as accepted ones, to be given to run",
    "clauses": "list the clauses, the scenarios that prove them, and how the last run found them",
    "explain": "say of a clause, norm, scenario or fault what it demands, why, and how to fix it",
    "faults": "show the known faults of the reference portal, and run the scenarios that have to catch them",
    "variations": "show portals that are right in other ways, and run the specification on them",
    "demo": "walk the documented steps by hand, with an authenticator app and a mailbox beside the portal",
    "serve": "start the reference portal for a person, and show its mails",
    "completion": "print the shell's completion script",
}


class _Lazy(click.Group):
    """A group that imports a subcommand's module when the subcommand is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in the order in which people need them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the subcommand; None for an unknown one, which click reports with suggestions."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"portal2fa.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(portal2fa.__version__, prog_name="portal2fa")
@click.pass_context
def cli(context: click.Context) -> None:
    """Prove that a client portal's two-factor sign-in does what its help text says."""
    if context.invoked_subcommand is None:
        from portal2fa.cli.welcome import welcome
        from portal2fa.profile_files import find_root

        click.echo(welcome(find_root(), Path.cwd()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process with its exit code."""
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    try:
        return int(cli.main(arguments, prog_name="portal2fa", standalone_mode=False) or 0)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return int(ExitCode.USAGE)
    except Portal2faError as error:
        click.echo(f"portal2fa: {error}", err=True)
        return int(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("portal2fa: interrupted.", err=True)
        return int(ExitCode.INTERRUPTED)
    except Exception:
        traceback.print_exc()
        click.echo("portal2fa: this is a fault of portal2fa itself; please report the lines above.", err=True)
        return int(ExitCode.INTERNAL)
