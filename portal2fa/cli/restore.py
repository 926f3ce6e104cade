"""`portal2fa restore`: switch off what a run that was stopped had switched on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import browser_options

if TYPE_CHECKING:
    from portal2fa.browsers import BrowserChoice
    from portal2fa.profile_files import Target
    from portal2fa.restoring import Group


@click.command("restore")
@click.option(
    "--target",
    metavar="NAME|FILE|URL",
    help="only the accounts of this target; needed when its profile has moved since the run",
)
@click.option("--list", "only_list", is_flag=True, help="only tell which accounts are affected; no browser, no network")
@browser_options
def command(
    target: str | None, only_list: bool, headed: bool, named: str | None, endpoint: str | None, cdp: str | None
) -> int:
    """Switch off what a run that was stopped had switched on.

    Every account that the journal names is signed in to with the secret or backup code that was noted, its second
    factor is switched off, and it is forgotten once it was seen to sign in with its password alone.  Passwords come
    from the profile and the environment, as in the run.

    Exit codes: 0 every account is as it was, 2 usage or profile error, 4 an account could not be put back.
    """
    from portal2fa.browsers import find_browser
    from portal2fa.journal import Journal
    from portal2fa.outcomes import ExitCode
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.restoring import Group, grouped, of_target

    entries, unreadable = Journal().entries()
    groups = grouped(entries)
    if target is not None:
        loaded = load_target(target, find_root())
        mine = tuple(of_target(entries, loaded))
        groups = [Group(loaded.given, loaded.locale, mine)] if mine else []
    for problem in unreadable:
        click.echo(str(problem), err=True)
    if not groups:
        others = sorted({entry.username for entry in entries})
        kind = "other account" if unreadable else "account of this target" if others else "account"
        click.echo(f"No {kind} has to be put back.")
        if others:
            click.echo(f"Of other targets, or under another address: {', '.join(others)}; see them with --list.")
        return int(ExitCode.NOT_RESTORED if unreadable else ExitCode.CONFORMANT)
    if only_list:
        _tell(groups)
        return int(ExitCode.CONFORMANT)
    choice = find_browser(named=named, headed=headed, endpoint=endpoint, cdp=cdp)
    failed = sum(_put_back(group, choice, headed=headed) for group in groups)
    if failed:
        told = "1 account is" if failed == 1 else f"{failed} accounts are"
        click.echo(f"{told} not as before. Mend the cause and run this again, or switch the factor off by hand.")
    return int(ExitCode.NOT_RESTORED if failed or unreadable else ExitCode.CONFORMANT)


def _tell(groups: list[Group]) -> None:
    for group in groups:
        click.echo(group.given)
        for entry in group.entries:
            click.echo(f"  {entry.username}: {', '.join(entry.methods).replace('_', '-')}, begun {entry.when}")


def _put_back(group: Group, choice: BrowserChoice, *, headed: bool) -> int:
    """Put the accounts of one target back, telling of each; how many could not be."""
    from portal2fa.errors import Portal2faError
    from portal2fa.profile_files import find_root
    from portal2fa.restoring import missing

    names = [entry.username for entry in group.entries]
    click.echo(f"{group.given}: {len(names)} to put back")
    try:
        target = group.load(find_root(), os.environ)
        gone = missing(group, target)
        for name in gone:
            click.echo(f"  {name}: the profile does not list this account any more; add it, or --target names another")
        done = dict(_tell_each(target, choice, headed=headed)) if len(gone) < len(names) else {}
    except Portal2faError as error:
        click.echo(f"  {error}".replace("\n", "\n  "))
        return len(names)
    for name in (name for name in names if name not in gone and name not in done):
        click.echo(f"  {name}: another run is using it")
    return len([name for name in names if done.get(name, "not done")])


def _tell_each(target: Target, choice: BrowserChoice, *, headed: bool) -> Iterator[tuple[str, str]]:
    from portal2fa.clauses import load_register
    from portal2fa.evidence import Recorder
    from portal2fa.profile_files import find_root
    from portal2fa.restoring import load_suite
    from portal2fa.session import Session

    root = find_root()
    register = load_register(root / "features" / "clauses.toml")
    with tempfile.TemporaryDirectory(prefix="portal2fa-") as scratch:
        recorder = Recorder(Path(scratch))
        session = Session(target, root, register, choice, recorder, headed=headed, evidence="none")
        for name, problem in load_suite(root)(session):
            told = f"NOT put back: {problem}".replace("\n", "\n    ") if problem else "put back as it was"
            click.echo(f"  {name}: {told}")
            yield name, problem
