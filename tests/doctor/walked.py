"""One portal, one browser, and the doctor walking with one broken profile after the other.

Only the parts are walked that touch the broken entry, and no further than to where it is named.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixtures.actor import Actor
from fixtures.authenticator import normal_secret
from fixtures.giving_back import give_back
from fixtures.locating import find_any
from fixtures.world import World
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register
from portal2fa.doctor import Check, Word
from portal2fa.evidence import Recorder
from portal2fa.profile import Profile
from portal2fa.profile_files import Target, find_root, load_target
from portal2fa.profile_locator import Locator
from portal2fa.profile_names import CONTROLS
from portal2fa.profile_tables import Table, merged, read_all
from portal2fa.session import Session
from steps.tasks.doctor import examining, proposing
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
Record = Callable[[str, object], None]
"""Keeps a property of a test for its report: here, how far down the entry was named."""
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
_SHOWN = {"backup_codes.pattern": "backup_code", "manual_key.pattern": "manual_key"}
"""The controls that show what a pattern is for."""
_SAME = """(e, other) => e === other ||
    ((e.contains(other) || other.contains(e)) && e.innerText.trim() === other.innerText.trim())"""
"""Whether two elements are one for a person: the same, or one around the other that says nothing more."""


def table_of(name: str, **changes: Table) -> Table:
    """The raw table of a shipped profile, with answers that are waited for no longer than they take."""
    target = load_target(name, ROOT)
    table = merged(read_all(target.path, ROOT))
    return table | {key: {**table.get(key, {}), **change} for key, change in changes.items()}


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
    aims: bool | None = None
    """Whether the first edit of the broken entry finds what the right entry points at; None where none was made."""

    @property
    def problems(self) -> list[Check]:
        """The problems, in order."""
        return [check for check in self.checks if check.word is Word.PROBLEM]

    def naming(self, entry: str) -> list[Check]:
        """The problems that name an entry."""
        return [check for check in self.problems if names(check, entry)]

    def rank(self, entry: str) -> int:
        """How far down the problem that names an entry best has it: 1 for the likeliest, 0 where none names it."""
        return min((rank(check, entry) for check in self.naming(entry)), default=0)

    def told(self) -> str:
        """The problems as a failing test shows them."""
        return "\n".join(f"{c.key}: {c.said} ({c.cause}); or {', '.join(c.suspects)}" for c in self.problems)

    def of(self, entry: str) -> Check:
        """The problem whose likeliest entry is the one that was broken."""
        return next(check for check in self.problems if check.key == entry)


def names(check: Check, entry: str) -> bool:
    """Whether a problem names an entry, as the likeliest or as another that may be wrong."""
    return any(key == entry or key.startswith(f"{entry}.") for key in (check.key, *check.suspects))


def rank(check: Check, entry: str) -> int:
    """How far down a problem names an entry: 1 for the likeliest, 0 for one that is not named."""
    named = (check.key, *check.suspects)
    return next((place for place, key in enumerate(named, 1) if key == entry or key.startswith(f"{entry}.")), 0)


def aims(check: Check, actor: Actor, right: Profile) -> bool | None:
    """Whether the first edit, put into the profile, finds what the right profile finds; None where that is not there.

    That is the element of a control or a notice, and the code or key that a pattern cuts out of its control's text.
    """
    table, _, name = check.key.partition(".")
    if not check.edits or (table not in ("controls", "notices") and check.key not in _SHOWN):
        return None
    [said] = tomllib.loads(check.edits[0].line).values()
    portal = actor.portal
    if check.key in _SHOWN:
        text = proposing.text(portal.control(_SHOWN[check.key]).first)
        return _cut_out(said, text) == _cut_out(getattr(right, table).pattern, text)
    mended = find_any(portal.page, [Locator.model_validate(said)], portal.values)
    original = find_any(portal.page, getattr(right, table)[name], portal.values)
    if not mended.count() or not original.count():
        return False if original.count() else None
    there = mended.first.element_handle()
    return bool(original.first.evaluate(_SAME, there))


def _cut_out(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return normal_secret(found[0]) if found else ""


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
        aimed: list[bool | None] = []

        def tell(check: Check) -> None:
            if check.key == entry and check.word is Word.PROBLEM and world.current is not None:
                aimed.append(aims(check, world.current, self._target.profile))

        ledger = Ledger(lambda key: ("", 0), tell)
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
        return Walked(ledger.checks(str), next(iter(aimed), None))

    def close(self) -> None:
        """End portal and browser."""
        self._world.close()
        self._folder.cleanup()
