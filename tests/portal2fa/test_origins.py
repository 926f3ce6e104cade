"""Hosts with ports: what an address asks, and what belongs to a target."""

from __future__ import annotations

import pytest

from portal2fa.origins import authorities, authority, is_here, own, place_below


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://Portal.example/a?b#c", "portal.example:443"),
        ("http://portal.example", "portal.example:80"),
        ("wss://portal.example/live", "portal.example:443"),
        ("https://ana:secret@portal.example:8443/", "portal.example:8443"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("https://bücher.example", "xn--bcher-kva.example:443"),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("https://portal.example:port", ""),
        ("nothing", ""),
    ],
)
def test_an_address_names_a_host_and_a_port(address: str, name: str) -> None:
    assert authority(address) == name


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("cdn.example", ("cdn.example:443", "cdn.example:80")),
        ("cdn.example:8443", ("cdn.example:8443",)),
        ("https://cdn.example", ("cdn.example:443",)),
        ("http://127.0.0.1:81", ("127.0.0.1:81",)),
        ("https://cdn.example/path", ()),
        ("*.cdn.example", ()),
        ("*", ()),
        ("", ()),
        ("<-loopback>", ()),
        ("cdn.example;other.example", ()),
    ],
)
def test_an_entry_of_origins_stands_for_hosts_with_ports(entry: str, names: tuple[str, ...]) -> None:
    assert authorities(entry) == names


def test_the_targets_hosts_are_its_address_and_its_origins() -> None:
    assert own("https://portal.example/shop", ["http://cdn.example"]) == {"portal.example:443", "cdn.example:80"}


@pytest.mark.parametrize(
    ("name", "here"),
    [
        ("localhost:1", True),
        ("127.0.0.2:1", True),
        ("[::1]:1", True),
        ("a.localhost:1", True),
        ("a.example:1", False),
        ("localhost.example:1", False),
        ("127.0.0.1.example:1", False),
        ("127.example:1", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_its_names(name: str, here: bool) -> None:
    assert is_here(name) is here


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://portal.example/a?b#c", "/a?b#c"),
        ("https://portal.example:443/a", "/a"),
        ("https://portal.example", "/"),
        ("https://portal.example:2083/", ""),
        ("https://portal.example.evil/", ""),
        ("https://portal.example@evil.example/", ""),
        ("http://portal.example/a", ""),
        ("http://portal.example:443/a", ""),
        ("https://portal.example:port/", ""),
        ("/a", ""),
    ],
)
def test_a_place_is_below_the_portal_only_on_its_own_host_and_port(address: str, place: str) -> None:
    assert place_below("https://portal.example", address) == place
