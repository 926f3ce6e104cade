"""`portal2fa demo`: the documented steps for a person to walk by hand, on the reference portal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from portal2fa.browsers import BrowserChoice

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


@click.command("demo")
@click.option("--no-browser", is_flag=True, help="open no window, only say the addresses")
@click.option("--browser", metavar="PATH", help="the Chromium to use; also PORTAL2FA_BROWSER")
def command(no_browser: bool, browser: str | None) -> int:
    """Walk the documented steps yourself, with an authenticator app and a mailbox beside the portal.

    Starts the reference portal, and a page with the steps, a fresh account, an app that shows running codes, and the
    mails as they arrive.  Both open side by side where there is a screen and a full Chromium; else their addresses
    are for a browser of yours on this machine.  Ctrl-C ends everything, and nothing is kept.
    """
    from portal2fa.clauses import load_register
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.suite import load_part

    root = find_root()
    target = load_target("reference", root)
    register = load_register(root / "features" / "clauses.toml")
    choice = None if no_browser else _visible(browser, os.environ)
    if choice is None:
        click.echo("Open both addresses in a browser on this machine, side by side, and walk the steps:")
    else:
        click.echo("Two windows open side by side; walk the steps in them:")
    load_part(root, "fixtures.demo.serving").demonstrate(target, root, register, choice, click.echo)
    return 0


def _visible(named: str | None, environment: Mapping[str, str]) -> BrowserChoice | None:
    """A browser with windows, or None, with the reason told; raises `EnvironmentProblem` where a named one is none."""
    from portal2fa.browsers import find_browser
    from portal2fa.errors import EnvironmentProblem

    if sys.platform != "darwin" and not any(environment.get(name) for name in SCREENS):
        click.echo(f"No window is opened: there is no screen ({' and '.join(SCREENS)} are not set).")
        return None
    try:
        choice = find_browser(environment, named=named, headed=True)
    except EnvironmentProblem as problem:
        if named:
            raise
        click.echo(f"No window is opened: {problem}")
        return None
    if choice.is_shell:
        click.echo(f"No window is opened: {choice.description} has none to show.")
        return None
    return choice
