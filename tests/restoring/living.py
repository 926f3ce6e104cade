"""A portal that outlives the runs that judge it, and testers who own an account on it and a mailbox beside it."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

import httpx

from fixtures.mailbox.sink import SmtpSink
from fixtures.target import StartedPortal
from portal2fa.profile_accounts import Account
from portal2fa.profile_files import find_root, load_target

ROOT = find_root()
DYING = Path(__file__).parent / "dying.py"


class Living:
    """One portal of a shipped profile, started once and judged as if it were somebody's own."""

    def __init__(self, name: str, folder: Path) -> None:
        """Start it; mails go to a Maildir below `folder`."""
        target = load_target(name, ROOT)
        self.profile = target.profile
        self.base = target.path
        self.maildir = folder / "mail"
        self._folder = folder
        assert self.profile.start is not None
        self._sink = SmtpSink(self.maildir)
        here, log = target.path.parent, folder / "portal.log"
        self._portal = StartedPortal(self.profile.start, root=ROOT, here=here, smtp=self._sink.address, log=log)
        self._control = self._portal.reached.control
        self._accounts = list(self._portal.reached.accounts)
        self.url = self._portal.reached.url

    def owner(self, name: str, method: str | None = None) -> Owner:
        """Somebody with an account of their own, which may use `method` already, and a folder for what they keep."""
        made = self._control.make_account("Ana Own", method) if self._control is not None else None
        account = made.account if made is not None else self._accounts.pop()
        folder = self._folder / name
        folder.mkdir()
        return Owner(self, account, folder)

    @property
    def token(self) -> str:
        """What the portal's control endpoint asks for."""
        assert self._control is not None
        return str(self._control._client.headers["X-Test-Token"])

    def has(self, account: Account) -> bool:
        """Whether the account is there, whatever it takes to sign in."""
        assert self._control is not None
        return self._control._client.get("/clock", params={"username": account.username}).status_code == 200

    def close(self) -> None:
        """End the portal and its mail."""
        if self._control is not None:
            self._control.close()
        self._portal.close()
        self._sink.close()


@dataclass(frozen=True)
class Owner:
    """A tester with one account on a living portal."""

    portal: Living
    account: Account
    folder: Path

    @cached_property
    def profile(self) -> Path:
        """The profile that they wrote: the shipped one, with their address, account and mailbox."""
        lines = [
            f"extends = {json.dumps(str(self.portal.base))}",
            'name = "own"',
            f"url = {json.dumps(self.portal.url)}",
            *self._accounts(),
            "[mailbox]",
            'kind = "maildir"',
            f"path = {json.dumps(str(self.portal.maildir))}",
            f"code_pattern = '{self.portal.profile.mailbox.code_pattern}'",
            "[clock]",
            'kind = "none"',
        ]
        path = self.folder / "own.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def _accounts(self) -> list[str]:
        return [
            "[accounts]",
            'kind = "pool"',
            "[[accounts.pool]]",
            f"username = {json.dumps(self.account.username)}",
            'password = "$OWN_PASSWORD"',
            f"email = {json.dumps(self.account.email)}",
            f"name = {json.dumps(self.account.name)}",
        ]

    def call(self, *arguments: str, program: tuple[str, ...] = ("-m", "portal2fa")) -> subprocess.CompletedProcess[str]:
        """Run the command as a process of its own, to its end."""
        environment = {
            **os.environ,
            **self._secrets(),
            "PORTAL2FA_STATE": str(self.folder / "state"),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, *program, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def _secrets(self) -> dict[str, str]:
        return {"OWN_PASSWORD": self.account.password}

    def walk(self, method: str, moment: int | str) -> tuple[subprocess.CompletedProcess[str], str]:
        """Walk the journey of `method`, killed at a moment; the ended process, and the moments that there were."""
        log = self.folder / "moments"
        needed = {"time_based": "@requires.time-based-tokens", "email": "@requires.email-codes"}[method]
        ended = self.call(
            *("run", "--target", str(self.profile), "--tags", f"@journey and {needed}"),
            *("--evidence", "none", "--out", str(self.folder / "report")),
            program=(str(DYING), str(moment), str(log)),
        )
        return ended, log.read_text()

    def signs_in_with_password_alone(self) -> bool:
        """Whether the password opens the client area: asked over plain HTTP, by none of the suite's steps."""
        places = self.portal.profile.places
        with httpx.Client(base_url=self.portal.url, follow_redirects=True, trust_env=False) as client:
            page = client.get(str(places["sign_in"]))
            address, values = self._filled_in(page.text)
            client.post(urljoin(str(page.url), address), data=values)
            inside = client.get(str(places["client_area"]))
        return inside.status_code == 200 and (self.account.name or self.account.username) in inside.text

    def _filled_in(self, page: str) -> tuple[str, dict[str, str]]:
        """Where the sign-in form of a page leads, and what it sends."""
        form = next(found for found in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'type="password"' in found)
        own = {"password": self.account.password, "text": self.account.username, "email": self.account.username}
        values = {}
        for tag in re.findall(r"<input[^>]*>", form):
            said = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
            kind = said.get("type", "text")
            if said.get("name") and kind not in {"checkbox", "submit"}:
                values[said["name"]] = own.get(kind, said.get("value", ""))
        action = re.search(r'action="([^"]*)"', form.partition(">")[0])
        return html.unescape(action.group(1)) if action else "", values
