"""Which address of a browser is taken, what is refused, and what is told of it."""

from __future__ import annotations

import pytest

from portal2fa.browsers import BrowserChoice, find_browser
from portal2fa.errors import UsageError
from portal2fa.remote_browsers import CDP_VARIABLE, ENDPOINT_VARIABLE, find_remote

WS, HTTP = "ws://browsers.example:3000/chromium", "http://127.0.0.1:9222"


def test_nothing_is_named_and_nothing_is_found() -> None:
    assert find_remote({}, endpoint=None, cdp=None) is None


@pytest.mark.parametrize(
    ("environment", "endpoint", "cdp", "kind", "source"),
    [
        ({}, WS, None, "playwright", "--browser-endpoint"),
        ({}, None, HTTP, "cdp", "--cdp"),
        ({ENDPOINT_VARIABLE: WS}, None, None, "playwright", ENDPOINT_VARIABLE),
        ({CDP_VARIABLE: HTTP}, None, None, "cdp", CDP_VARIABLE),
        ({ENDPOINT_VARIABLE: WS}, None, HTTP, "cdp", "--cdp"),
    ],
)
def test_options_win_over_variables(
    environment: dict[str, str], endpoint: str | None, cdp: str | None, kind: str, source: str
) -> None:
    found = find_remote(environment, endpoint=endpoint, cdp=cdp)
    assert found is not None
    assert (found.kind, found.source) == (kind, source)


@pytest.mark.parametrize("address", ["browsers.example:3000", "http://browsers.example", "ws://", "ws://host:port"])
def test_what_is_no_address_of_a_server_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="--browser-endpoint is no address"):
        find_remote({}, endpoint=address, cdp=None)


def test_two_browsers_are_refused() -> None:
    with pytest.raises(UsageError, match="--browser-endpoint and --cdp name two browsers"):
        find_browser({}, endpoint=WS, cdp=HTTP)
    with pytest.raises(UsageError, match="--browser and --cdp name two browsers"):
        find_browser({}, named="chromium", cdp=HTTP)


def test_no_window_can_be_shown_of_it() -> None:
    with pytest.raises(UsageError, match="--headed cannot be had with --cdp"):
        find_browser({}, cdp=HTTP, headed=True)


def test_a_variable_gives_way_to_what_the_command_line_asks_for(tmp_path: object) -> None:
    named = find_browser({CDP_VARIABLE: HTTP, "PATH": "/bin"}, named="/bin/sh")
    assert named.remote is None


def test_a_token_in_the_address_is_never_told() -> None:
    found = find_browser({}, endpoint="wss://me:secret-word@browsers.example/x?token=abc123")
    assert found.remote is not None
    assert found.remote.shown == "wss://browsers.example/x"
    assert "secret-word" not in found.description
    assert "abc123" not in found.told("cannot reach wss://me:secret-word@browsers.example/x?token=abc123 today")


def test_a_browser_of_this_machine_leaves_text_alone() -> None:
    assert BrowserChoice(None, (), "").told("text") == "text"
