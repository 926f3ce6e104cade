"""Backup codes: reading them where the portal hands them over."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Locator

from fixtures.actor import Actor
from portal2fa.outcomes import Deviation
from steps.tasks import people


def read(actor: Actor) -> list[str]:
    """The backup codes in sight now, noted down; empty when none is."""
    text = "\n".join(_text_of(found) for found in actor.portal.control("backup_code").all())
    codes = [match.group(0) for match in re.finditer(actor.world.profile.backup_codes.pattern, text)]
    fresh = [code for code in codes if code not in actor.backup_codes]
    people.keep_backup_codes(actor, fresh)
    return codes


def _text_of(found: Locator) -> str:
    """What stands in a field, or the text of anything else."""
    try:
        return found.input_value()
    except Error:  # it is no field
        return found.inner_text()


def receive(actor: Actor) -> list[str]:
    """Do what it takes to be shown backup codes after turning two-factor sign-in on, and read them."""
    _note_detour(actor)
    actor.portal.walk("show_backup_code")
    found = actor.portal.control("backup_code")
    if not actor.world.profile.paths["show_backup_code"] and found.count() == 0:
        return []
    actor.portal.wait_for_control("backup_code")
    actor.shown_at.append(actor.portal.page.url)
    return read(actor)


def _note_detour(actor: Actor) -> None:
    """Record what has to be done before the backup code is shown; documented is that it comes by itself."""
    path = actor.world.profile.paths["show_backup_code"]
    if not path:
        return
    controls = actor.world.profile.controls
    words = ", then ".join(controls[action.control].describe() for action in path if action.control)
    note = "the backup code is not shown until it is asked for"
    documented = "a backup code when two-factor sign-in is turned on"
    actor.world.recorder.deviation(Deviation("backup_code", "BACKUP-1", documented, f"one after {words}", note))


def wrong(actor: Actor) -> str:
    """A backup code of the same form that is not the person's: every letter and digit moved by one."""
    code = actor.backup_codes[-1]
    return "".join(_next(character) for character in code)


def _next(character: str) -> str:
    for first, last in (("2", "9"), ("A", "Z"), ("a", "z")):
        if first <= character <= last:
            return first if character == last else chr(ord(character) + 1)
    return character
