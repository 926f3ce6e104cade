"""`portal2fa restore`: switch off what a run that was stopped had switched on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.asking import need_somebody
from portal2fa.cli.options import DEFAULT_OUT, browser_options

if TYPE_CHECKING:
    from portal2fa.browsers import BrowserChoice
    from portal2fa.journal import Entry, Journal
    from portal2fa.profile_files import Target
    from portal2fa.restoring import Group


@click.command("restore")
@click.option(
    "--target",
    metavar="NAME|FILE|URL",
    help="only the accounts of this target; needed when its profile has moved since the run",
)
@click.option("--list", "only_list", is_flag=True, help="only tell which accounts are affected; no browser, no network")
@click.option(
    "--forget",
    "forgotten",
    multiple=True,
    metavar="ID|USERNAME",
    help="drop an account that --list tells, because its portal is gone for good; its second factor is not switched "
    "off, and what the journal holds of it is lost; repeatable",
)
@click.option("--yes", is_flag=True, help="with --forget: do not ask")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    metavar="DIR",
    help="where the folder restore is made, with a picture and the reason of each account that could not be put back",
)
@browser_options
def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    target: str | None,
    only_list: bool,
    forgotten: tuple[str, ...],
    yes: bool,
    out: Path,
    headed: bool,
    named: str | None,
    endpoint: str | None,
    cdp: str | None,
) -> int:
    """Switch off what a run that was stopped had switched on.

    Every account that the journal names is signed in to with the secret or backup code that was noted, its second
    factor is switched off, and it is forgotten once it was seen to sign in with its password alone and not shown as
    on.  Passwords come from the profile and the environment, as in the run.  An account that a command of the profile
    made for the run is removed where the profile says how.  What is being done is told on standard error, what came of
    it on standard output.

    Exit codes: 0 every account is as it was, or was told of or forgotten as asked, 2 usage or profile error, 4 an
    account could not be put back, or was not forgotten.
    """
    from portal2fa.browsers import find_browser
    from portal2fa.journal import Journal
    from portal2fa.outcomes import ExitCode
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.restoring import Group, grouped, of_target

    _refuse_mixed(only_list=only_list, forgotten=forgotten, yes=yes)
    journal = Journal()
    entries, unreadable = journal.entries()
    groups = grouped(entries)
    if target is not None:
        loaded = load_target(target, find_root())
        mine = tuple(of_target(entries, loaded))
        groups = [Group(loaded.given, loaded.locale, mine)] if mine else []
    for problem in unreadable:
        click.echo(str(problem), err=True)
    if forgotten:
        return _forget(journal, forgotten, [entry for group in groups for entry in group.entries], yes=yes)
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
    failed = sum(_put_back(group, choice, out / "restore", headed=headed) for group in groups)
    if failed:
        told = "1 account is" if failed == 1 else f"{failed} accounts are"
        click.echo(f"{told} not as before. Mend the cause and run this again, or switch the factor off by hand.")
        click.echo("Where the portal is gone for good, --forget drops an account; --list tells its id.")
    return int(ExitCode.NOT_RESTORED if failed or unreadable else ExitCode.CONFORMANT)


def _refuse_mixed(*, only_list: bool, forgotten: tuple[str, ...], yes: bool) -> None:
    from portal2fa.errors import UsageError

    if only_list and forgotten:
        raise UsageError("--list and --forget exclude each other.", hint="list first, then forget what is named there")
    if yes and not forgotten:
        raise UsageError("--yes belongs to --forget.", hint="leave it out: putting back does not ask")


def _tell(groups: list[Group]) -> None:
    from portal2fa.forgetting import id_of

    for group in groups:
        click.echo(group.given)
        for entry in group.entries:
            methods = ", ".join(entry.methods).replace("_", "-") or "nothing switched on"
            made = "made for the run, " if entry.made else ""
            place = f" at {entry.url}" if entry.url and entry.url != group.given else ""
            click.echo(f"  {id_of(entry)}  {entry.username}{place}: {made}{methods}, begun {entry.when}")


def _forget(journal: Journal, names: tuple[str, ...], entries: list[Entry], *, yes: bool) -> int:
    """Drop entries once the person was told what is lost, and consents."""
    from portal2fa.forgetting import chosen, forget, given_up
    from portal2fa.outcomes import ExitCode

    meant = chosen(names, entries)
    for entry in meant:
        click.echo(given_up(entry))
    if not yes:
        need_somebody("--yes, if this may be lost")
        if not click.confirm("Forget this?", err=True):
            click.echo("Nothing was forgotten.")
            return int(ExitCode.NOT_RESTORED)
    kept = 0
    for entry, why in forget(journal, meant):
        click.echo(f"{entry.username}: {f'NOT forgotten, {why}' if why else 'forgotten'}")
        kept += bool(why)
    return int(ExitCode.NOT_RESTORED if kept else ExitCode.CONFORMANT)


def _put_back(group: Group, choice: BrowserChoice, folder: Path, *, headed: bool) -> int:
    """Put the accounts of one target back, telling of each; how many could not be."""
    from portal2fa.errors import Portal2faError
    from portal2fa.profile_files import find_root
    from portal2fa.restoring import missing, of_target

    names = [entry.username for entry in group.entries]
    click.echo(f"{group.given}: {len(names)} to put back")
    try:
        target = group.load(find_root(), os.environ)
        gone = missing(group, target)
        for name, why in gone.items():
            click.echo(f"  {name}: {why}")
        entries = {entry.username: entry for entry in of_target(group.entries, target)}
        done = dict(_tell_each(target, choice, entries, folder, headed=headed)) if len(gone) < len(names) else {}
    except Portal2faError as error:
        click.echo(f"  {error}".replace("\n", "\n  "))
        return len(names)
    for name in (name for name in names if name not in gone and name not in done):
        click.echo(f"  {name}: another run is using it")
    return len([name for name in names if done.get(name, "not done")])


def _tell_each(
    target: Target, choice: BrowserChoice, entries: Mapping[str, Entry], folder: Path, *, headed: bool
) -> Iterator[tuple[str, str]]:
    """Put them back, telling of each what is done and what came of it; what could not be is left in `folder`."""
    from portal2fa import clock, left_behind
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
        click.echo("  starting the browser", err=True)
        for one in load_suite(root)(session, _tell_progress):
            told = f"NOT put back: {one.problem}".replace("\n", "\n    ") if one.problem else one.how
            click.echo(f"  {one.username}: {told}")
            if one.problem:
                click.echo(f"    {left_behind.leave(folder, entries[one.username], one, clock.now())}")
            else:
                left_behind.forget(folder, entries[one.username])
            yield one.username, one.problem


def _tell_progress(username: str, words: str) -> None:
    click.echo(f"  {username}: {words}", err=True)
