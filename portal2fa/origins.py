"""Which hosts belong to a target: that of its address, and those that its profile names in `origins`."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def authority(address: str) -> str:
    """Host and port of an address as a browser would ask for them, `portal.example:443`; empty where it names none."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if host and port else ""


def authorities(origin: str) -> tuple[str, ...]:
    """Hosts with ports that an entry of `origins` stands for; empty when it is neither a host nor an origin.

    `cdn.example` stands for its usual two ports, `cdn.example:8443` and `https://cdn.example` for one.
    """
    if not re.fullmatch(r"(?:https?://)?(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?", origin):
        return ()
    schemes = [""] if "://" in origin else ["https://", "http://"]
    return tuple(dict.fromkeys(found for scheme in schemes if (found := authority(scheme + origin))))


def own(url: str, origins: Iterable[str]) -> frozenset[str]:
    """Every host with port that a target at `url` may be asked at."""
    return frozenset([authority(url), *(name for origin in origins for name in authorities(origin))])


def place_below(url: str, address: str) -> str:
    """What an address says after the host and port of a portal at `url`, from `/` on; empty where it leads elsewhere.

    A text that begins as `url` does may name another port, another host, or a host after somebody's name.
    """
    there = urlsplit(address) if authority(address) else None
    if there is None or authority(address) != authority(url) or there.scheme != urlsplit(url).scheme:
        return ""
    return urlunsplit(there._replace(scheme="", netloc="", path=there.path or "/"))


def host_of(name: str) -> str:
    """The host in `portal.example:443`."""
    return name.rpartition(":")[0]


def is_here(name: str) -> bool:
    """Whether a host with port is this machine: a loopback address, or a name that means one (RFC 6761 section 6.3)."""
    host = host_of(name).strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
