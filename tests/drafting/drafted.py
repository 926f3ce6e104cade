"""Drafting the profile of a living portal by the command, and measuring it against the one that people wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fixtures.world import World
from portal2fa import profile_altering
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register
from portal2fa.evidence import Recorder
from portal2fa.profile_files import find_root, judged, load_target
from portal2fa.profile_tables import read
from portal2fa.session import Session
from tests.drafting import stages
from tests.drafting.comparing import Comparison, Entry, guesses
from tests.drafting.surplus import surplus
from tests.restoring.living import Owner

ROOT = find_root()


@dataclass(frozen=True, slots=True)
class Measured:
    """How a draft compares: written entries that it has right, wrong and not at all, and what it offers as sure.

    What only the draft has counts for no share, but what of it is wrong and offered as sure is wrong and sure as well.
    """

    right: tuple[Entry, ...]
    wrong: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    wrong_and_sure: tuple[Entry, ...]
    beyond: tuple[Entry, ...]
    """Entries that only the draft has."""
    left_out: tuple[Entry, ...]
    """Entries that no draft looks for, as that would change what the account signs in with; they count for nothing."""

    @property
    def share(self) -> float:
        """The part of the written entries that the draft has right, 0 to 1."""
        return len(self.right) / (len(self.right) + len(self.wrong) + len(self.missing))


def command(owner: Owner, file: Path, *more: str, front: str = "/") -> list[str]:
    """The command that drafts the profile of the owner's portal into `file`."""
    account, maildir = owner.account, owner.portal.maildir
    told = ["--username", account.username, "--email", account.email, "--name", account.name]
    mailbox = ["--mailbox", "kind=maildir", "--mailbox", f"path={maildir}"]
    address = owner.portal.url + front
    return [
        sys.executable,
        "-m",
        "portal2fa",
        "profile",
        "new",
        address,
        *told,
        *mailbox,
        "--out",
        str(file),
        "--yes",
        *more,
    ]


def environment(owner: Owner) -> dict[str, str]:
    """What the command needs besides: the password, a state folder, and this checkout."""
    state = str(owner.folder / "state")
    return {
        **os.environ,
        "PORTAL2FA_PASSWORD": owner.account.password,
        "PORTAL2FA_STATE": state,
        "PYTHONPATH": str(ROOT),
    }


def draft(owner: Owner, file: Path, *, front: str = "/") -> subprocess.CompletedProcess[str]:
    """Draft a profile to the end."""
    line, env = command(owner, file, front=front), environment(owner)
    return subprocess.run(line, cwd=owner.folder, env=env, capture_output=True, text=True, check=False)


def measure(name: str, file: Path, folder: Path) -> Measured:
    """Compare the draft in `file` with the shipped profile `name`, on a portal that is started for it."""
    written = load_target(name, ROOT)
    table = read(file).table
    drafted, _ = judged(table, table, {"PORTAL2FA_PASSWORD": "not used"})  # gaps are complained of, and compared
    assert drafted is not None
    register = load_register(ROOT / "features" / "clauses.toml")
    world = World(Session(written, ROOT, register, find_browser(), Recorder(folder), evidence="none"))
    comparison = Comparison(written.profile, drafted)
    try:
        stages.walk(world, comparison.look)
    finally:
        for actor in world.actors.values():
            actor.close()
        world.close()
    altering = profile_altering.entries(written.profile)
    found, guessed = comparison.verdicts(), guesses(file.read_text("utf-8"))
    verdicts = {entry: verdict for entry, verdict in found.items() if ".".join(entry) not in altering}
    wrong = tuple(entry for entry, verdict in verdicts.items() if verdict is False)
    beyond = surplus(comparison)
    objections = (*wrong, *(entry for entry, right in beyond.items() if not right))
    return Measured(
        right=tuple(entry for entry, verdict in verdicts.items() if verdict),
        wrong=wrong,
        missing=tuple(entry for entry, verdict in verdicts.items() if verdict is None),
        wrong_and_sure=tuple(entry for entry in objections if entry not in guessed),
        beyond=tuple(beyond),
        left_out=tuple(entry for entry in found if entry not in verdicts),
    )
