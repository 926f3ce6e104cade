"""`portal2fa profile`: checking a profile before its portal is touched, and helping editors to write one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from portal2fa.profile_lint import Checked, Finding


class _WithNew(click.Group):
    """The group, with `new` loaded only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in the order in which people need them."""
        return ["new", *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import `new` when it is needed."""
        if cmd_name == "new":
            from portal2fa.cli.profile_new import command as new

            return new
        return super().get_command(ctx, cmd_name)


@click.group("profile", cls=_WithNew)
def command() -> None:
    """Draft a profile from a walk, check one at your desk, or print one to start from, or what editors need."""


@command.command("check")
@click.argument("targets", nargs=-1, required=True, metavar="NAME|FILE...")
@click.option("--strict", is_flag=True, help="let notes count as errors")
def check_command(targets: tuple[str, ...], *, strict: bool) -> int:
    """Check profiles without network, browser or environment.

    Every finding is told with file, line, key and remedy.  Errors keep a profile from being used; notes deserve a
    second look.  Exit codes: 0 no errors, 2 errors, or notes with --strict.
    """
    from portal2fa.outcomes import ExitCode
    from portal2fa.profile_files import find_profile, find_root
    from portal2fa.profile_lint import check

    root = find_root()
    results = [check(find_profile(target, root), root) for target in targets]
    for result in results:
        _show(result)
    fails = any(result.errors or (strict and result.notes) for result in results)
    return int(ExitCode.USAGE if fails else ExitCode.CONFORMANT)


@command.command("show")
@click.argument("target", metavar="NAME|FILE")
def show_command(target: str) -> int:
    """Print a profile as its file has it, to be copied and changed."""
    from portal2fa.profile_files import find_profile, find_root
    from portal2fa.profile_tables import read

    path = find_profile(target, find_root())
    read(path)  # tells what is wrong with a file that is none
    click.echo(path.read_text(encoding="utf-8"), nl=False)
    return 0


@command.command("schema")
def schema_command() -> int:
    """Print the JSON Schema of profiles, by which editors complete and check them."""
    import json

    from portal2fa.profile_schema import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _show(result: Checked) -> None:
    from portal2fa.profile_files import short

    counts = f"{_counted(len(result.errors), 'error')}, {_counted(len(result.notes), 'note')}"
    click.echo(f"{short(result.path)}: {counts}")
    _list("errors", result.errors, result.path)
    _list("notes", result.notes, result.path)
    if result.variables:
        click.echo(f"  needs in the environment: {', '.join(result.variables)}")


def _list(title: str, findings: Sequence[Finding], own: Path) -> None:
    from portal2fa.profile_files import short

    if findings:
        click.echo(f"  {title}")
    for finding in findings:
        told = finding.complaint
        click.echo(f"    {short(finding.file)}:{finding.line}: {told.key}: {told.what}")
        if told.remedy:
            click.echo(f"        {told.remedy}")
        if finding.file.resolve() != own.resolve() and told.key not in ("file", "extends"):
            click.echo(
                f"        this is in the profile that {own.name} extends; give the same key in {own.name} instead"
            )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
