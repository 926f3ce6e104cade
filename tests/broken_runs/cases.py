"""Profiles of the reference portal with one entry wrong: it points at nothing, or at something else that is there.

What is misspelt or of another kind is refused before any run; these are entries that only a run can find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa import profile_names
from portal2fa.profile_tables import merged, read_all

ROOT = Path(__file__).parents[2]
Table = dict[str, Any]
_TABLE: Table = merged(read_all(ROOT / "fixtures" / "profiles" / "reference.toml", ROOT))
CONTROLS, NOTICES, PATHS, PLACES = (_TABLE[name] for name in ("controls", "notices", "paths", "places"))
MAILBOX = {"kind": "sink", "seconds": 2}
_NOWHERE = {"role": "button", "name": "Nowhere to be found"}


@dataclass(frozen=True, slots=True)
class Case:
    """One broken entry: how it is broken, and what the profile says instead."""

    entry: str
    how: str
    says: Table

    @property
    def name(self) -> str:
        """Entry and breakage in a few words."""
        return f"{self.entry} {self.how}"


_PEERS: Table = {
    "client_area": CONTROLS["help_link"],
    "username": CONTROLS["password"],
    "password": CONTROLS["username"],
    "sign_in": CONTROLS["client_area"],
    "name": CONTROLS["client_area"],
    "security_settings": {"role": "button", "name": "Log out"},
    "two_factor": {"role": "link", "name": "Overview"},
    "enable": {"role": "link", "name": "Back to account security"},
    "time_based": CONTROLS["email"],
    "email": CONTROLS["time_based"],
    "get_started": CONTROLS["cancel"],
    "google_play": CONTROLS["app_store"],
    "app_store": CONTROLS["google_play"],
    "qr_code": CONTROLS["manual_key"],
    "manual_key": CONTROLS["app_code"],
    "confirm": CONTROLS["cancel"],
    "authorization_code": {"css": "body"},
    "activate": CONTROLS["send_again"],
    "send_again": CONTROLS["activate"],
    "cancel": {"role": "button", "name": "Confirm"},
    "backup_code": {"role": "heading", "name": "Two-factor authentication is on"},
    "verify": CONTROLS["use_backup_code"],
    "use_backup_code": CONTROLS["cancel"],
    "sign_in_with_backup_code": CONTROLS["cancel"],
    "confirm_password": {"label": "Password to confirm"},
    "disable": {"role": "button", "name": "Generate a new backup code"},
    "help_link": CONTROLS["turn_off_help_link"],
    "turn_off_help_link": CONTROLS["help_link"],
    "support_link": CONTROLS["client_area"],
    "live_chat": CONTROLS["help_link"],
    "forgotten": CONTROLS["client_area"],
    "send_link": CONTROLS["client_area"],
    "new_password": CONTROLS["password"],
    "save_password": CONTROLS["client_area"],
    "change_address": CONTROLS["two_factor"],
    "new_email": CONTROLS["password"],
    "mail_link": CONTROLS["log_out"],
    "use_address": CONTROLS["log_out"],
}
"""Other controls of the same pages; what they lead to is not what the profile says."""
_ALIKE: dict[str, list[str]] = {
    "security_settings": ["signed_in"],
    "off": ["signed_in"],
    "on": ["signed_in"],
    "announced_on": ["signed_in", "security_settings"],
    "time_based_refused": ["signed_in"],
    "email_refused": ["signed_in"],
    "email_asked": ["time_based_asked"],
    "time_based_asked": ["email_asked"],
    "turned_off": ["signed_in"],
    "turn_off_refused": ["signed_in"],
    "explanation": ["support", "sign_in_form"],
    "turn_off_explanation": ["explanation"],
    "support": ["explanation"],
    "chat": ["explanation"],
    "new_password_asked": ["sign_in_form"],
    "new_password_chosen": ["sign_in_form"],
    "reset_link_refused": ["sign_in_form"],
    "address_link_mailed": ["signed_in"],
    "address_changed": ["signed_in"],
}
"""Notices that are found like another one that says nothing of the matter; opposites are refused before the run."""
_PATTERNS: dict[tuple[str, str], list[Any]] = {
    ("mailbox", "code_pattern"): [r"(\d{5})", r"(\d{7})", r"(?<!\d)(\d\d)(?!\d)", r"(\d{2,6})"],
    ("mailbox", "sender_pattern"): ["nobody@"],
    ("mailbox", "subject_pattern"): ["no such subject"],
    ("backup_codes", "pattern"): ["[A-Z0-9]{4}", "[0-9]{8}"],
    ("manual_key", "pattern"): ["[0-9]{8}", "[A-Z2-7]{4}", "[A-Z]"],
    ("timing", "period"): [60],
}
_PLACES: dict[str, str] = {
    "sign_in": "/",
    "client_area": "/support",
    "two_factor": "/client",
    "security_settings": "/client/services",
}


def cases() -> Iterator[Case]:
    """Every broken entry."""
    yield from _controls()
    yield from _notices()
    yield from _paths()
    yield from _places()
    yield from _capabilities()
    for (table, key), values in _PATTERNS.items():
        for value in values:
            says = {**(MAILBOX if table == "mailbox" else {}), key: value}
            yield Case(f"{table}.{key}", f"is {value}", {table: says})


def _controls() -> Iterator[Case]:
    for name in CONTROLS:
        yield Case(f"controls.{name}", "points at nothing", {"controls": {name: _NOWHERE}})
    for name, peer in _PEERS.items():
        yield Case(f"controls.{name}", "points at another", {"controls": {name: peer}})


def _notices() -> Iterator[Case]:
    for name in NOTICES:
        yield Case(f"notices.{name}", "is never shown", {"notices": {name: _NOWHERE}})
        yield Case(f"notices.{name}", "is always shown", {"notices": {name: {"css": "body"}}})
    for name, others in _ALIKE.items():
        for other in others:
            yield Case(f"notices.{name}", f"is found like {other}", {"notices": {name: NOTICES[other]}})


def _paths() -> Iterator[Case]:
    for name, actions in PATHS.items():
        for number, action in enumerate(actions):
            left = [*actions[:number], *actions[number + 1 :]]
            yield Case(f"paths.{name}", f"lacks action {number}", {"paths": {name: left}})
            if isinstance(action, str) and action != "client_area":
                other = [*actions[:number], "client_area", *actions[number + 1 :]]
                yield Case(f"paths.{name}", f"presses another at {number}", {"paths": {name: other}})


def _places() -> Iterator[Case]:
    for name, said in PLACES.items():
        gone = "/nowhere" if isinstance(said, str) else [*said[:-1], "/nowhere"]
        yield Case(f"places.{name}", "is gone", {"places": {name: gone}})
    for name, other in _PLACES.items():
        yield Case(f"places.{name}", "is another", {"places": {name: other}})


def _capabilities() -> Iterator[Case]:
    for capability in ("front_page", "store_links", "help_link", "turn_off_help_link", "support_link", "live_chat"):
        yield in_vain(capability)


def in_vain(capability: str) -> Case:
    """What is declared and can be neither found nor followed: as it is where the portal has none of it."""
    says: Table = {
        table: {
            name: {"role": "button", "name": f"No {name}"}
            for name, known in profile_names.TABLES[table].items()
            if known.capability == capability
        }
        for table in ("controls", "notices")
    }
    says["capabilities"] = {capability: True}
    return Case(f"capabilities.{capability}", "is declared in vain", says)
