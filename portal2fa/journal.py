"""What a run switched on, on disk, so that it can be switched off again even after `kill -9`.

One encrypted file an account: it is there before the set-up of a second factor begins, learns the secret before the
first code is given, and goes only when the account was seen to sign in by its password alone, and not shown as on.  An
account that was made for the run, and will be removed, is there before it is used and goes when it is removed.  The
password is never in it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

import portal2fa
from portal2fa import clock
from portal2fa.errors import EnvironmentProblem
from portal2fa.journal_key import load_key
from portal2fa.state_folder import private, state_folder

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One account whose second factor may be on: all that signing in takes, but for the password."""

    target: str
    profile: str
    """Path of the profile's file."""
    url: str
    """Address of the portal; empty for one that the run starts."""
    username: str
    locale: str = ""
    """The `[locales]` entry that was laid over the profile."""
    methods: tuple[str, ...] = ()
    """The methods whose set-up was begun, in order."""
    key_uris: tuple[str, ...] = ()
    """`otpauth://` addresses of the secrets that were scanned, the newest last."""
    backup_codes: tuple[str, ...] = ()
    last_step: int = -1
    """The last time step whose code was given, or was about to be."""
    phase: str = "started"
    """`started`, or `confirmed` once the portal had accepted a code of the set-up."""
    when: str = ""
    refused_codes: int = 0
    """How many codes the portal may have refused in a row."""
    refused_passwords: int = 0
    """Likewise, how many passwords."""
    refused_when: str = ""
    """When the last of these was given."""
    tool_version: str = portal2fa.__version__
    made: bool = False
    """Whether a command of the profile made the account; then the profile says neither `email` nor `name`."""
    email: str = ""
    name: str = ""


class Journal:
    """The entries below one state folder."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Open the folder that `environment` names; raises `EnvironmentProblem` where it cannot be used."""
        self._environment = environment
        self._folder = state_folder(environment) / "journal"

    def path(self, target: str, url: str, username: str) -> Path:
        """The file of an account; the account's name cannot be read from it."""
        return self._folder / f"{lasting_name(target, url, username)}.entry"

    def find(self, target: str, url: str, username: str) -> Entry | None:
        """The open entry of an account; raises `EnvironmentProblem` when it is there and cannot be read."""
        path = self.path(target, url, username)
        return self._read(path) if path.exists() else None

    def entries(self) -> tuple[list[Entry], list[EnvironmentProblem]]:
        """All open entries, oldest first, and what is wrong with those that cannot be read."""
        found, wrong = [], []
        for path in sorted(self._folder.glob("*.entry")):
            try:
                found.append(self._read(path))
            except EnvironmentProblem as problem:
                wrong.append(problem)
        return sorted(found, key=lambda entry: entry.when), wrong

    def write(self, entry: Entry) -> None:
        """Put `entry` on disk, whole or not at all; it is flushed when this returns."""
        text = json.dumps({"format": FORMAT, **dataclasses.asdict(entry)})
        try:
            private(self._folder)
            token = Fernet(load_key(self._folder.parent, self._environment)).encrypt(text.encode())
            _replace(self.path(entry.target, entry.url, entry.username), token)
        except OSError as error:
            raise EnvironmentProblem(
                f"The journal cannot be written in {self._folder}, so no second factor is switched on.",
                cause=error.strerror or str(error),
                hint="free the disk, or name a folder that can be written as PORTAL2FA_STATE",
            ) from error

    def remove(self, entry: Entry) -> None:
        """Forget an account that was seen to be as it was; raises `EnvironmentProblem` where the file stays."""
        path = self.path(entry.target, entry.url, entry.username)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise EnvironmentProblem(
                f"The journal's entry {path} cannot be deleted.",
                cause=error.strerror or str(error),
                hint="let its folder be written to, or delete the file by hand",
            ) from error
        with contextlib.suppress(OSError):
            _flush_folder(self._folder)

    def _read(self, path: Path) -> Entry:
        try:
            token = path.read_bytes()
            text = Fernet(load_key(self._folder.parent, self._environment, make=False)).decrypt(token)
            return _entry(json.loads(text))
        except OSError as error:
            raise _unreadable(path, error.strerror or str(error)) from error
        except InvalidToken as error:
            raise _unreadable(path, "it is damaged, or was written with another key") from error
        except (ValueError, TypeError, KeyError) as error:
            raise _unreadable(path, f"it was written by another version: {error}") from error


class Page:
    """The journal's page of one account that is in use: every change is on disk before the call returns."""

    def __init__(self, journal: Journal | None, blank: Entry) -> None:
        """Begin with `blank`, or with what an earlier run left; nothing is written yet.

        Without a journal nothing ever is: for an account that nobody will use again.
        """
        self._journal = journal
        self._blank = blank
        left = journal.find(blank.target, blank.url, blank.username) if journal is not None else None
        self.entry = left or blank

    @property
    def is_open(self) -> bool:
        """Whether a set-up was begun, and the account not yet seen to be as it was."""
        return bool(self.entry.methods)

    def note_made(self) -> None:
        """The account was made for the run: the journal has it until it is `gone`, also with nothing switched on."""
        self._blank = dataclasses.replace(self._blank, when=self.entry.when or clock.now())
        self._keep(when=self._blank.when)

    def begin(self, method: str) -> None:
        """The set-up of `method` is about to begin."""
        others = tuple(known for known in self.entry.methods if known != method)
        self._keep(methods=(*others, method), when=self.entry.when or clock.now())

    def note_secret(self, key_uri: str) -> None:
        """A secret was read from the portal; the newest is kept last."""
        others = tuple(known for known in self.entry.key_uris if known != key_uri)
        self._keep(key_uris=(*others, key_uri))

    def note_step(self, step: int) -> None:
        """The code of time step `step` is about to be given."""
        self._keep(last_step=max(step, self.entry.last_step))

    def note_backup_codes(self, codes: list[str]) -> None:
        """Backup codes were read; the newest come last."""
        known = self.entry.backup_codes
        self._keep(backup_codes=(*known, *(code for code in codes if code not in known)))

    def note_spent(self, code: str) -> None:
        """A backup code was used."""
        self._keep(backup_codes=tuple(known for known in self.entry.backup_codes if known != code))

    def note_refused(self, what: str, number: int) -> None:
        """So many codes or passwords (`what`) were refused in a row, or had no answer yet.

        The first one is not written: most are taken, and a row of one locks nothing.
        """
        field = f"refused_{what}s"
        if number > 1 or getattr(self.entry, field):
            self._keep(**{field: number, "refused_when": clock.now()})

    def note_confirmed(self) -> None:
        """The portal accepted a code of the set-up."""
        self._keep(phase="confirmed")

    def close(self) -> None:
        """The account was seen to sign in without a second factor."""
        if self._journal is not None and self._blank.when:
            self._journal.write(self._blank)
        elif self._journal is not None:
            self._journal.remove(self.entry)
        self.entry = self._blank

    def gone(self) -> None:
        """The account that was made for the run is no more."""
        self._blank = dataclasses.replace(self._blank, when="")
        self.close()

    def _keep(self, **changes: object) -> None:
        changed = dataclasses.replace(self.entry, **changes)  # type: ignore[arg-type]
        if changed == self.entry or not changed.when:  # before a set-up began there is nothing to put back
            return
        if self._journal is not None:
            self._journal.write(changed)
        self.entry = changed


def unkept(username: str) -> Page:
    """The page of an account that nobody will use again: it is never written."""
    return Page(None, Entry("", "", "", username))


def lasting_name(target: str, url: str, username: str) -> str:
    """A file name for an account of a target, the same in every run."""
    digest = hashlib.sha256("\n".join([target, url, username]).encode()).hexdigest()
    return f"{re.sub(r'[^a-z0-9-]', '-', target)}-{digest[:20]}"


def _entry(table: dict[str, object]) -> Entry:
    if table.pop("format") != FORMAT:
        raise ValueError("the format is unknown")
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return Entry(**lists)  # type: ignore[arg-type]


def _unreadable(path: Path, cause: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"The journal's entry {path} cannot be read; it is left as it is.",
        cause=cause,
        hint="give PORTAL2FA_JOURNAL_KEY as it was in that run; if it is lost, see by hand that the account's "
        "second factor is off, then delete the file",
    )


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old content or the new one, and the new one once this returns."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
