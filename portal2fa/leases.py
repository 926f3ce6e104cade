"""Accounts in use: a lock an account in the state folder, which the kernel releases when the run dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Mapping

from portal2fa.errors import EnvironmentProblem
from portal2fa.journal import lasting_name
from portal2fa.origins import authority
from portal2fa.state_folder import private, state_folder


class Leases:
    """The locks that this process holds; `close` gives all of them back."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Lock nothing yet."""
        self._folder = state_folder(environment) / "locks"
        self._held = contextlib.ExitStack()

    def take(self, url: str, username: str) -> bool:
        """Lock an account of the portal at `url` until `close`; False when another run has it, by whatever profile."""
        try:
            private(self._folder)
            path = self._folder / f"{lasting_name('account', authority(url), username)}.lock"
            handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EnvironmentProblem(
                f"Accounts cannot be locked in {self._folder}.",
                cause=error.strerror or str(error),
                hint="name a folder that can be written as PORTAL2FA_STATE",
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._held.callback(os.close, handle)
        return True

    def close(self) -> None:
        """Let other runs have the accounts."""
        self._held.close()
