"""Where what a person types comes from: the account, the app, a mail, the page; anything else is typed as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pyotp

PERIOD = 30
CODE = r"(?<![\w.@-])(\d{6})(?![\w@-]|\.\w)"
"""How a code stands in a mail."""
_FAR = 60
"""Steps of the app before and after the present one that are looked at: half an hour each way."""
_FIELDS = ("username", "email", "password", "name", "backup_code")

Source = list[Any]
Box = tuple[int | str, Sequence[Any]]
"""Whose mails, by the number of the account or the address that was typed, and the mails, oldest first."""


class Sources:
    """What is known in one scenario, as it comes to be known."""

    def __init__(self, mails: Callable[[str], Sequence[Any]]) -> None:
        """`mails` gives those that came for an address, oldest first."""
        self._mails = mails
        self._accounts: list[dict[str, Any]] = []
        self._secrets: list[tuple[str, Source]] = []
        self._readings: dict[int, str] = {}
        self._addresses: list[str] = []
        """Those that were typed and are no account's."""
        self._at = 0.0

    def made(self, account: dict[str, Any]) -> None:
        """An account was made, perhaps with a factor."""
        self._accounts.append(account)
        if account.get("secret"):
            self._secrets.append((account["secret"], ["planted", len(self._accounts) - 1]))

    def number_of(self, username: str) -> int:
        """Which account it is."""
        return next(number for number, one in enumerate(self._accounts) if one["username"] == username)

    def held(self, at: float) -> None:
        """The clock of the account in use stands there."""
        self._at = at

    def read(self, number: int, text: str) -> None:
        """A reading of the page."""
        self._readings[number] = text

    def linked(self, secret: str) -> None:
        """The app got a secret: from a text that was read, from what was planted, else from the last QR code."""
        if any(secret == known for known, _ in self._secrets):
            return
        shown = [number for number, text in self._readings.items() if secret in _plain(text)]
        self._secrets.append((secret, ["read", shown[-1]] if shown else ["qr", len(self._secrets)]))

    def of(self, typed: str) -> Source:
        """Where a text comes from."""
        source = next(self._candidates(typed), ["as it is", typed])
        if source == ["as it is", typed] and "@" in typed and typed not in self._addresses:
            self._addresses.append(typed)
        return source

    def link(self, path: str) -> Source | None:
        """Whose mail it is, and the how manieth, that holds a link to this path; None where none does."""
        return next(
            (
                [who, place]
                for who, mails in self._boxes()
                for place, mail in enumerate(mails)
                if any(path_of(link) == path for link in mail.links)
            ),
            None,
        )

    def _boxes(self) -> Iterator[Box]:
        for number, account in enumerate(self._accounts):
            yield number, self._mails(str(account["email"]))
        for address in self._addresses:
            yield address, self._mails(address)

    def _candidates(self, typed: str) -> Iterator[Source]:
        for number, account in enumerate(self._accounts):
            yield from (["account", number, field] for field in _FIELDS if typed and account.get(field) == typed)
        for secret, source in reversed(self._secrets):
            for step in sorted(range(-_FAR, _FAR + 1), key=abs):
                if pyotp.TOTP(secret).at(int(self._at) + step * PERIOD) == typed:
                    yield ["app", source, step]
        for who, mails in self._boxes():
            codes = [set(re.findall(CODE, mail.all_text())) for mail in mails]
            yield from (["mail", who, place] for place, found in enumerate(codes) if typed in found)
        yield from (["page", number] for number, text in self._readings.items() if typed and typed == text.strip())


def path_of(url: str) -> str:
    """The path of an address, with what is asked for in it."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z2-7]", "", text.upper())
