"""`portal2fa profile new`: draft nearly all of a profile by walking the portal as a person would."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portal2fa.cli.asking import need_somebody
from portal2fa.cli.given_mailbox import given_mailbox

if TYPE_CHECKING:
    from portal2fa.drafting.draft import Draft, LeftOn
    from portal2fa.drafting.order import Order

_STOPPING = "Stopping, and putting the account back as it was."


@click.command("new")
@click.argument("url")
@click.option(
    "--username", envvar="PORTAL2FA_USERNAME", help="the account's user name; also PORTAL2FA_USERNAME, else asked for"
)
@click.option(
    "--password-env",
    "password_variable",
    default="PORTAL2FA_PASSWORD",
    show_default=True,
    metavar="NAME",
    help="the environment variable with the password; asked for where it is not set",
)
@click.option(
    "--email",
    envvar="PORTAL2FA_EMAIL",
    default="",
    help="where the account's mails go, if not the user name; also PORTAL2FA_EMAIL",
)
@click.option(
    "--name", "person", envvar="PORTAL2FA_NAME", help="the customer's name as the portal shows it, else asked for"
)
@click.option(
    "--mailbox",
    "mailbox",
    multiple=True,
    metavar="KEY=VALUE",
    help="an entry of [mailbox], e.g. kind=imap, host=…, password=$MAIL_PASSWORD; repeatable; also "
    "PORTAL2FA_MAILBOX_KIND, PORTAL2FA_MAILBOX_HOST …, else asked for",
)
@click.option(
    "--settings", default="", metavar="PATH", help="where the two-factor settings are, if no menu leads there"
)
@click.option("--origin", "origins", multiple=True, help="a further host that the portal's pages need; repeatable")
@click.option(
    "--unchecked-certificate", is_flag=True, help="take the portal's certificate as it comes: for staging only"
)
@click.option("--language", default="en-GB", show_default=True, help="the language that the browser asks for")
@click.option("--profile-name", default="", help="the profile's name, else made of host and port")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="the file to write, else NAME.toml"
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="the page that shows how, else beside the file",
)
@click.option("--force", is_flag=True, help="write over files that are there")
@click.option("--yes", is_flag=True, help="consent to switching the second factor on and off for this account")
@click.option(
    "--guide",
    is_flag=True,
    help="ask for what the walk needs and does not find: click it in the browser, which is shown, or press Esc",
)
@click.option("--headed", is_flag=True, help="show the browser (needs a full Chromium and a screen)")
@click.option("--browser", metavar="PATH", help="the Chromium to use; also PORTAL2FA_BROWSER")
def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    url: str,
    username: str | None,
    password_variable: str,
    email: str,
    person: str | None,
    mailbox: tuple[str, ...],
    settings: str,
    origins: tuple[str, ...],
    unchecked_certificate: bool,
    language: str,
    profile_name: str,
    out: Path | None,
    report: Path | None,
    force: bool,
    yes: bool,
    guide: bool,
    headed: bool,
    browser: str | None,
) -> int:
    """Draft nearly all of a profile by walking the portal as a person would.

    The account at URL is signed in to, its second factor is really switched on, used and switched off again, so use
    one that is made for the purpose.  Every entry is marked sure, likely or gap, and a page shows why.

    Exit codes: 0 the profile can be used, 2 usage error, 3 no profile could be drafted or it has gaps to fill, 4 the
    account could not be put back and NAME.partial.toml holds what was drafted, 130 interrupted.
    """
    from portal2fa.drafting import order as orders
    from portal2fa.drafting.draft import LeftOn

    if guide:
        _need_screen()
    base, front = orders.split_address(url)
    name = profile_name or orders.name_of(base)
    file = (out or Path(f"{name}.toml")).absolute()
    page = (report or file.with_suffix(".html")).absolute()
    _prepare_to_write(file, page, force=force)
    _tell_of_another(file, base)
    order = orders.Order(
        name=name,
        url=base,
        front=front,
        username=username or _asked("User name", "--username or PORTAL2FA_USERNAME"),
        password_variable=password_variable,
        email=email,
        person=_asked("The customer's name as the portal shows it", "--name or PORTAL2FA_NAME", default="")
        if person is None
        else person,
        mailbox=given_mailbox(mailbox),
        origins=origins,
        certificate="unchecked" if unchecked_certificate else "checked",
        language=language,
        settings=orders.settings_place(settings),
    )
    environment = _with_passwords(order)
    _consent(order, yes=yes)
    try:
        draft = _walk(order, environment, file, headed=headed or guide, guided=guide, browser=browser)
    except LeftOn as problem:
        raise _with_partial(problem, order, file, page) from problem
    return _write(draft, order, environment, file, page)


def _prepare_to_write(profile: Path, page: Path, *, force: bool) -> None:
    """Refuse, before minutes of walking, what could not be written in the end."""
    from portal2fa.errors import UsageError
    from portal2fa.reports.writing import try_to_write

    if profile.resolve() == page.resolve():
        raise UsageError(
            f"The page would be written over the profile, {profile}.", hint="name another file with --report or --out"
        )
    for file, what in ((profile, "profile"), (page, "page")):
        if file.exists() and not force:
            raise UsageError(f"{file} is there already.", hint="name another file with --out, or say --force")
        if not file.parent.is_dir():
            raise UsageError(f"There is no folder {file.parent}.", hint="make it first, or name another with --out")
        try_to_write(file, what=what)


def _tell_of_another(profile: Path, url: str) -> None:
    """Say, before it is written over as --force says, that a file describes another portal."""
    import tomllib

    try:
        other = tomllib.loads(profile.read_text("utf-8")).get("url")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    if other and other != url:
        click.echo(f"{profile} describes {other}, and will be written over: stop now to keep it.", err=True)


def _with_passwords(order: Order) -> dict[str, str]:
    """The environment with every password that the profile will name; what is not set is asked for."""
    environment = dict(os.environ)
    for variable in order.passwords:
        if not environment.get(variable):
            question = "Password" if variable == order.password_variable else "Password of the mailbox"
            environment[variable] = _asked(question, f"the environment variable {variable}", hide_input=True)
    return environment


def _consent(order: Order, *, yes: bool) -> None:
    click.echo(
        f"The second factor of {order.username} at {order.url} will be switched on, used, and switched off again, "
        "several times; wrong codes and a wrong password are given on purpose.",
        err=True,
    )
    if not yes:
        need_somebody("--yes, if this account is made for the purpose")
        click.confirm("Is this account made for the purpose?", abort=True, err=True)


def _asked(question: str, instead: str, **options: Any) -> str:
    """What the person at the terminal answers; `instead` says how it is given where nobody is there."""
    need_somebody(instead)
    return str(click.prompt(question, err=True, **options))


def _need_screen() -> None:
    """Refuse where a browser could not be shown to anybody."""
    from portal2fa.errors import UsageError

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UsageError(
            "--guide shows a browser, and there is no screen.",
            cause="neither DISPLAY nor WAYLAND_DISPLAY is set",
            hint="call it from a desktop, or leave --guide out",
        )


def _walk(
    order: Order, environment: dict[str, str], file: Path, *, headed: bool, guided: bool, browser: str | None
) -> Draft:
    from portal2fa.browsers import find_browser
    from portal2fa.clauses import load_register
    from portal2fa.drafting.making import blank_target, load_drafter
    from portal2fa.evidence import Recorder
    from portal2fa.interrupting import kindly
    from portal2fa.profile_files import find_root
    from portal2fa.session import Session

    root = find_root()
    register = load_register(root / "features" / "clauses.toml")
    target = blank_target(order, file, environment)
    stops: list[bool] = []
    with tempfile.TemporaryDirectory(prefix="portal2fa-") as scratch, kindly(lambda: stops.append(True), _STOPPING):
        session = Session(
            target,
            root,
            register,
            find_browser(named=browser, headed=headed),
            Recorder(Path(scratch)),
            headed=headed,
            evidence="none",
        )
        return load_drafter(root)(
            session,
            order,
            environment,
            stopping=lambda: bool(stops),
            say=lambda line: click.echo(line, err=True),
            guided=guided,
        )


def _write(draft: Draft, order: Order, environment: dict[str, str], file: Path, page: Path) -> int:
    from portal2fa.drafting.draft import Certainty
    from portal2fa.outcomes import ExitCode

    _write_both(draft, order, file, page)
    _remove_partial(file, page)
    counts = {certainty: len(draft.all_of(certainty)) for certainty in Certainty}
    click.echo(f"{file}: {', '.join(f'{number} {certainty}' for certainty, number in counts.items())}")
    click.echo(f"{page} shows where each entry comes from")
    for remark in draft.remarks:
        click.echo(f"  {remark}")
    usable = _usable(file)
    if counts[Certainty.LIKELY]:
        click.echo(f"look first at what is likely only: nothing proves those {counts[Certainty.LIKELY]}")
    follow = f"portal2fa doctor {file}" if usable else f"portal2fa profile check {file}"
    unset = "".join(f" {variable}=…" for variable in order.passwords if not os.environ.get(variable))
    click.echo(f"next: {follow}" + (f"   # after export{unset}" if unset else ""))
    return int(ExitCode.CONFORMANT if usable else ExitCode.INCONCLUSIVE)


def _write_both(draft: Draft, order: Order, file: Path, page: Path) -> None:
    from portal2fa.drafting.writing import to_toml
    from portal2fa.reports.draft_html import to_html
    from portal2fa.reports.writing import write_atomically

    text = to_toml(draft, order)
    write_atomically(file, text)
    write_atomically(page, to_html(draft, order, text))


def _with_partial(problem: LeftOn, order: Order, profile: Path, page: Path) -> LeftOn:
    """Write what was drafted beside the files that were asked for; the problem with a hint on how to go on."""
    from portal2fa.errors import UsageError

    file, shown = next(names for names in _partial(profile, page) if not any(name.exists() for name in names))
    again = (
        f"call the same command again: with {order.username} at {order.url} and --profile-name {order.name} it puts "
        "the account back before anything else"
    )
    try:
        _write_both(problem.draft, order, file, shown)
        kept = (
            f"If that fails too, fill the gaps of {file}, which holds what was drafted ({shown} shows it), and call "
            f"`portal2fa restore --target {file}`"
        )
    except UsageError as unwritable:
        kept = f"What was drafted is lost: {unwritable.what}"
    problem.hint = f"{again}. {kept}; or switch the second factor off by hand. The journal holds its secret"
    return problem


def _partial(profile: Path, page: Path) -> Iterator[tuple[Path, Path]]:
    """Names for a partial profile and its page, one pair after the other."""
    for number in count(1):
        part = f".partial-{number}" if number > 1 else ".partial"
        yield profile.with_suffix(part + profile.suffix), page.with_suffix(part + page.suffix)


def _remove_partial(profile: Path, page: Path) -> None:
    """Remove what earlier drafts of the same file left, which the whole draft replaces; never what somebody changed."""
    for file, shown in takewhile(lambda names: any(name.exists() for name in names), _partial(profile, page)):
        if _is_untouched(file, shown):
            for old in (file, shown):
                old.unlink()
            click.echo(f"{file} was removed: {profile} has all of it")


def _is_untouched(file: Path, page: Path) -> bool:
    """Whether a partial profile still is what its page shows."""
    from markupsafe import escape

    try:
        return str(escape(file.read_text("utf-8"))) in page.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _usable(file: Path) -> bool:
    from portal2fa.profile_files import find_root
    from portal2fa.profile_lint import check

    return not check(file, find_root()).errors
