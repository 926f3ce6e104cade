"""Options that several subcommands share, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_OUT = Path("portal2fa-report")


class Shard(click.ParamType[tuple[int, int]]):
    """`2/3`, as the pair (2, 3)."""

    name = "shard"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The part and the number of parts."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", value)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"{value!r} is no part of a whole: write 1/3, 2/3 and 3/3 for three parts.", param, ctx)
        return int(found[1]), int(found[2])


class Number(click.ParamType[int | str]):
    """A number from 1 to `most`, or `auto`."""

    name = "number"

    def __init__(self, most: int) -> None:
        """Take no more than `most`."""
        self._most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """The number, or `auto` as it is."""
        if value == "auto":
            return "auto"
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"\d{1,3}", value) or not 1 <= int(value) <= self._most:
            self.fail(f"{value!r} is no number from 1 to {self._most}, and not auto.", param, ctx)
        return int(value)


def target_option(function: F) -> F:
    """`--target NAME|FILE|URL`."""
    return click.option(
        "--target",
        default="reference",
        show_default=True,
        metavar="NAME|FILE|URL",
        help="a shipped profile's name, a profile's .toml file, or the address of a portal labelled as documented",
    )(function)


def targets_option(function: F) -> F:
    """`--target NAME|FILE|URL`, repeatable."""
    return click.option(
        "--target",
        "targets",
        multiple=True,
        default=("reference",),
        show_default="reference",
        metavar="NAME|FILE|URL",
        help="a shipped profile's name, a profile's .toml file, or the address of a portal labelled as documented;"
        " repeatable",
    )(function)


def locale_option(function: F) -> F:
    """`--locale NAME`."""
    return click.option(
        "--locale",
        default="",
        metavar="NAME",
        help="lay [locales.NAME] of the profile over it: the same portal in another language",
    )(function)


def filter_options(function: F) -> F:
    """`--tags EXPRESSION`, `--clause ID` and `--norm ID`, all repeatable."""
    function = click.option(
        "--norm", "norms", multiple=True, metavar="ID", help="only this norm section's scenarios; repeatable"
    )(function)
    function = click.option(
        "--clause", "clauses", multiple=True, metavar="ID", help="only this clause's scenarios; repeatable"
    )(function)
    return click.option(
        "--tags",
        multiple=True,
        metavar="EXPRESSION",
        help='only scenarios with these tags, e.g. "@journey and not @needs.clock"',
    )(function)


def allow_option(function: F) -> F:
    """`--allow CLASS=HOST`, repeatable."""
    return click.option(
        "--allow",
        multiple=True,
        metavar="CLASS=HOST",
        help="consent to scenarios of a run class, such as destructive=HOST, on the target's host; repeatable",
    )(function)


def browser_options(function: F) -> F:
    """`--headed`, `--browser PATH`, `--browser-endpoint WS` and `--cdp URL`; all but the first name one."""
    function = click.option(
        "--cdp",
        metavar="URL",
        help="use the Chromium that runs there with its debugging port open; also PORTAL2FA_CDP",
    )(function)
    function = click.option(
        "--browser-endpoint",
        "endpoint",
        metavar="WS",
        help="let the Playwright server at this address start the browser; also PORTAL2FA_BROWSER_ENDPOINT",
    )(function)
    function = click.option("--browser", "named", metavar="PATH", help="the Chromium to use; also PORTAL2FA_BROWSER")(
        function
    )
    return click.option("--headed", is_flag=True, help="show the browser (needs a full Chromium and a screen)")(
        function
    )


def out_option(function: F) -> F:
    """`--out DIR`."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=DEFAULT_OUT,
        show_default=True,
        metavar="DIR",
        help="folder of the report",
    )(function)
