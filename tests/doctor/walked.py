"""One portal, one browser, and the doctor walking with one broken profile after the other.

Only the parts are walked that touch the broken entry, and no further than to where it is named.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixtures.giving_back import give_back
from fixtures.world import World
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register
from portal2fa.doctor import Check, Word
from portal2fa.evidence import Recorder
from portal2fa.profile import Profile
from portal2fa.profile_files import Target, find_root
from portal2fa.profile_names import CONTROLS
from portal2fa.session import Session
from steps.tasks.doctor import examining
from steps.tasks.doctor.examiner import Examiner
from steps.tasks.doctor.ledger import Ledger

ROOT = find_root()
OUTSIDE, SIGN_IN, INSIDE, APP, MAIL = (
    examining.OUTSIDE,
    examining.SIGN_IN,
    examining.INSIDE,
    "Time-based tokens",
    "Email codes",
)
_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"capabilities\.(resend|email_codes)", (MAIL, examining.DECLARED)),
    (r"capabilities\.(\w+_link|live_chat|front_page)", (OUTSIDE, examining.DECLARED)),
    (r"capabilities\.known_status", (INSIDE, APP, examining.DECLARED)),
    (r"capabilities\..*", (APP, examining.DECLARED)),
    (r"places\.client_area|.*\.signed_in|.*\.sign_in$", (OUTSIDE, SIGN_IN, INSIDE)),
    (r"places\..*", (OUTSIDE, INSIDE)),
    (r".*\.(client_area|username|password|\w+_link|live_chat|sign_in_form|sign_in_refused)", (OUTSIDE, SIGN_IN)),
    (r"notices\.(explanation|turn_off_explanation|support|chat)", (OUTSIDE,)),
    (r".*\.(name|security_settings|two_factor|enable|off|on|open_menu|sign_out)", (INSIDE, APP)),
    (r"mailbox\..*|.*email.*|.*\.(authorization_code|activate|send_again|resend)", (MAIL,)),
    (r"accounts.*|clock.*", (examining.MEANS,)),
)
"""The parts of the examination that come by an entry; the set-up of the first method where nothing fits."""
_ACCOUNTS = 8
"""More accounts than one walk uses."""


def parts_for(entry: str, profile: Profile) -> tuple[str, ...]:
    """The parts that come by an entry; by a control that only one portal has, those of the first path with it."""
    table, _, name = entry.partition(".")
    if table == "controls" and name not in CONTROLS:
        users = (path for path, actions in profile.paths.items() if any(a.control == name for a in actions))
        entry = f"paths.{next(users, name)}"
    parts = next((parts for pattern, parts in _WAYS if re.fullmatch(pattern, entry)), (APP,))
    return parts if profile.capabilities.time_based_tokens else tuple(MAIL if part == APP else part for part in parts)


@dataclass
class Walked:
    """What the doctor said of one profile."""

    checks: tuple[Check, ...]

    @property
    def problems(self) -> list[Check]:
        """The problems, in order."""
        return [check for check in self.checks if check.word is Word.PROBLEM]

    def naming(self, entry: str) -> list[Check]:
        """The problems that name an entry."""
        return [check for check in self.problems if names(check, entry)]

    def told(self) -> str:
        """The problems as a failing test shows them."""
        return "\n".join(f"{c.key}: {c.said} ({c.cause}); or {', '.join(c.suspects)}" for c in self.problems)


def names(check: Check, entry: str) -> bool:
    """Whether a problem names an entry, as the likeliest or as another that may be wrong."""
    return any(key == entry or key.startswith(f"{entry}.") for key in (check.key, *check.suspects))


class Ward:
    """A world that outlives its examinations."""

    def __init__(self, target: Target) -> None:
        """Start the target's portal and a browser."""
        self._folder = tempfile.TemporaryDirectory()
        self._target = target
        self._world = self._opened()

    def _opened(self) -> World:
        session = Session(
            target=self._target,
            root=ROOT,
            register=load_register(ROOT / "features" / "clauses.toml"),
            browser=find_browser(),
            recorder=Recorder(Path(self._folder.name)),
            evidence="none",
        )
        return World(session)

    def _with_accounts(self) -> World:
        """The world; a new one where the portal brought along accounts that are used once, and few are left."""
        if self._target.profile.accounts.kind == "started" and len(self._world.accounts.unused()) < _ACCOUNTS:
            self._world.close()
            self._world = self._opened()
        return self._world

    def examine(self, table: dict[str, Any], entry: str, parts: Collection[str] = ()) -> Walked:
        """Walk with the profile that a table makes, until a problem names `entry`; empty walks to the end.

        Where the parts that come by the entry do not name it, all are walked: another one may.
        """
        if entry and not parts:
            walked = self._walk(table, entry, parts_for(entry, self._target.profile))
            if walked.naming(entry):
                return walked
        return self._walk(table, entry, parts or examining.PARTS)

    def _walk(self, table: dict[str, Any], entry: str, parts: Collection[str]) -> Walked:
        world = self._with_accounts()
        world.profile = Profile.model_validate(table)
        world.recorder = Recorder(Path(self._folder.name), world.recorder.findings)
        world.refused.clear()
        world.requests.clear()
        checks: list[Check] = []
        ledger = Ledger(lambda key: ("", 0), checks.append)
        done = [False]

        def stopped() -> bool:
            done[0] = done[0] or (bool(entry) and any(names(check, entry) for check in ledger.problems()))
            return done[0]

        examiner = Examiner(world, ledger, stopped, takes_pictures=False)
        try:
            examining.walk(examiner, parts)
        finally:
            for actor in world.actors.values():
                actor.undo = None  # accounts of these portals are used once
                give_back(world, actor)
            world.actors, world.current = {}, None
        return Walked(ledger.checks(str))

    def close(self) -> None:
        """End portal and browser."""
        self._world.close()
        self._folder.cleanup()
