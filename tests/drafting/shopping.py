"""The command at a miniature shop: the process, its files, and what it keeps between two calls."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fixtures.clock import wall
from portal2fa.profile_accounts import Account
from tests.child import child
from tests.drafting.shop import Shop, Words

ROOT = Path(__file__).parents[2]
HURRYING = Path(__file__).parent / "hurrying.py"
ANA = Account(username="ana@shop.example", password="password-of-ana", name="Ana Example")


@dataclass(frozen=True)
class Shopper:
    """Somebody with an account at a shop, and a folder of their own."""

    shop: Shop
    folder: Path
    script: Path = HURRYING
    """What runs the command."""

    @property
    def file(self) -> Path:
        """The profile that is asked for."""
        return self.folder / "shop.toml"

    @property
    def forgotten(self) -> bool:
        """Whether the journal has nothing to put back."""
        return list((self.folder / "state" / "journal").glob("*.entry")) == []

    def is_protected(self) -> bool:
        """Whether the second factor is on."""
        return self.shop.on

    def draft(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Draft a profile, to the end of the process."""
        return self.call(*self._order(), *more)

    def draft_from(self, front: str) -> subprocess.CompletedProcess[str]:
        """Draft a profile from another page than the public start."""
        return self.call(*self._order(front))

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command in a hurry, to its end."""
        line = [sys.executable, str(self.script), *arguments]
        return subprocess.run(
            line,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,  # nobody sits at a terminal
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def drafting_until(self, said: str, front: str) -> Iterator[subprocess.Popen[str]]:
        """A draft from `front` that goes on, and has begun a line with `said`."""
        line = [sys.executable, str(self.script), *self._order(front)]
        with child(line, cwd=self.folder, env=self._environment, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            assert any(one.startswith(said) for one in process.stderr)
            yield process

    def _order(self, front: str = "") -> tuple[str, ...]:
        account = self.shop.account
        told = ("--username", account.username, "--name", account.name, "--out", str(self.file), "--yes")
        return ("profile", "new", self.shop.url + front, *told)

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PORTAL2FA_PASSWORD": self.shop.account.password,
            "PORTAL2FA_STATE": str(self.folder / "state"),
            "PYTHONPATH": str(ROOT),
        }


@contextmanager
def shopper(words: Words, folder: Path) -> Iterator[Shopper]:
    """Ana at a shop in these words, which is open as long as the context."""
    shop = Shop(words, ANA, wall)
    try:
        yield Shopper(shop, folder)
    finally:
        shop.close()
