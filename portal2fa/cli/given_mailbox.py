"""The mailbox of a draft: of options, else of the environment, else asked for; that there is none is said."""

from __future__ import annotations

import os
import shlex
from typing import Any

import click

from portal2fa.cli import asking

_PREFIX = "PORTAL2FA_MAILBOX_"
PASSWORD = f"{_PREFIX}PASSWORD"
"""The variable that the profile names where nobody said another one."""
KINDS = ("maildir", "imap", "http", "command", "person")
"""The kinds of mailboxes that somebody can name; a `sink` is for portals that a run starts."""
_KIND = f"Where the mails of the account can be read ({', '.join(KINDS)}; empty for nowhere)"
_PLACES = {
    "path": "The folder of the Maildir, which holds new and cur",
    "host": "The mail server",
    "username": "Its user name",
    "api": "The catcher (mailpit, mailhog, maildev)",
    "url": "The address of the catcher's page",
    "command": "The command that prints the mails",
}
_NONE = (
    "Codes by mail will not be drafted: there is no mailbox to read them from.  Name one with --mailbox kind=… or "
    f"{_PREFIX}KIND; docs/mailboxes.md has the kinds."
)


def given_mailbox(said: tuple[str, ...]) -> dict[str, Any]:
    """The table `[mailbox]`, empty where there is none; `said` are the `KEY=VALUE` pairs of the command line.

    A password stands in it as `$NAME` only.
    """
    table = _of_options(said) if said else _of_environment()
    if not table and asking.is_somebody_there():
        table = _of_answers()
    if table.get("kind", "none") == "none":
        click.echo(_NONE, err=True)
    return table


def _of_options(said: tuple[str, ...]) -> dict[str, Any]:
    from portal2fa.errors import UsageError

    table: dict[str, Any] = {}
    for pair in said:
        key, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--mailbox {pair}: there is no '='.", hint="write it like --mailbox kind=maildir")
        if key == "password" and not value.startswith("$"):
            raise UsageError(
                "A password does not belong on the command line.",
                hint="write --mailbox 'password=$NAME', and export NAME",
            )
        table[key] = _value(key, value)
    return table


def _of_environment() -> dict[str, Any]:
    """What the variables say, one a key; nothing where there is none for the kind."""
    from portal2fa.profile_mailbox import Mailbox

    said = {key: os.environ.get(_PREFIX + key.upper(), "") for key in Mailbox.model_fields}
    if not said["kind"]:
        return {}
    table = {key: _value(key, value) for key, value in said.items() if value}
    return table | ({"password": f"${PASSWORD}"} if "password" in table else {})


def _of_answers() -> dict[str, Any]:
    """What the person at the terminal answers: the kind, and what goes with it; its password is asked for later."""
    from portal2fa.profile_mailbox import NEEDED

    kinds = click.Choice(("", *KINDS))
    kind = click.prompt(_KIND, default="", show_default=False, type=kinds, show_choices=False, err=True)
    if not kind:
        return {}
    table: dict[str, Any] = {"kind": kind}
    for key in NEEDED[kind]:
        table[key] = f"${PASSWORD}" if key == "password" else _value(key, click.prompt(_PLACES[key], err=True))
    return table


def _value(key: str, text: str) -> Any:
    """A value as the profile has it: numbers and truths as such, a command as its words."""
    from portal2fa.errors import UsageError

    if key == "command":
        try:
            return shlex.split(text)
        except ValueError as error:
            raise UsageError(
                "The command of the mailbox cannot be split into words.", cause=str(error), hint="close its quotes"
            ) from error
    known = {"true": True, "false": False}
    return int(text) if text.isdigit() else known.get(text, text)
