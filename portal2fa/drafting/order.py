"""What a draft is made for: the portal, the account and the mailbox, without any secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from portal2fa.errors import UsageError
from portal2fa.profile_checks import host_of
from portal2fa.profile_entry import place
from portal2fa.profile_files import refuse_user

_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Order:
    """A portal and an account on it; `mailbox` is the table as the profile will have it, secrets as `$NAME`."""

    name: str
    url: str
    front: str
    """Where to begin, below `url`."""
    username: str
    password_variable: str
    """The environment variable that holds the password."""
    email: str = ""
    person: str = ""
    """The customer's name as the portal shows it."""
    mailbox: dict[str, Any] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    certificate: str = "checked"
    language: str = "en-GB"
    settings: str = ""
    """Where the two-factor settings are, below `url`, if the tester says so."""

    @property
    def passwords(self) -> tuple[str, ...]:
        """The environment variables that hold passwords: the account's, and the mailbox's where it has one."""
        said = str(self.mailbox.get("password", ""))
        return (self.password_variable, *([said[1:]] if said.startswith("$") else []))

    @property
    def account(self) -> dict[str, str]:
        """The entry of the pool."""
        said = {"username": self.username, "password": f"${self.password_variable}"}
        said |= {"email": self.email} if self.email else {}
        return said | ({"name": self.person} if self.person else {})


def split_address(address: str) -> tuple[str, str]:
    """Origin and path of an address; the path is `/` where it has none.

    Raises `UsageError` for what is no address, and for one with a user name before its host.
    """
    refuse_user(address)
    if not address.startswith(("http://", "https://")) or not host_of(address) or not _has_a_port(address):
        raise UsageError(f"'{address}' is no address.", hint="write it like https://portal.example")
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", (parts.path or "/") + query


def _has_a_port(address: str) -> bool:
    """Whether what stands for the port can be one, where anything does."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def settings_place(told: str) -> str:
    """Where the tester says that the two-factor settings are; raises `UsageError` where a user name stands in it."""
    try:
        return place(told)
    except ValueError as error:
        raise UsageError(f"--settings: {error}.", hint="write it like --settings /account/security") from error


def name_of(address: str) -> str:
    """A profile's name made of the host, and of the port where it is not the usual one of the scheme."""
    parts = urlsplit(address)
    port = "" if parts.port in (None, _USUAL_PORTS.get(parts.scheme)) else f"-{parts.port}"
    host = re.sub(r"[^a-z0-9]+", "-", (parts.hostname or "portal").lower()).strip("-")
    return f"{host if host[:1].isalpha() else f'portal-{host}'}{port}"
