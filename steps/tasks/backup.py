"""Backup codes: reading them where the portal hands them over."""

from __future__ import annotations

import math
import re

from playwright.sync_api import Locator

from fixtures.actor import Actor
from fixtures.walking import told
from portal2fa.errors import CannotTell
from portal2fa.outcomes import Deviation
from steps.tasks import budget, doubts, navigation, people, waiting

_TEXTS = """found => found.map((e) => {
    const fields = 'input, textarea, select';
    const field = e.matches(fields) ? e : e.closest('label')?.control;
    return field?.matches(fields) ? field.value : e.innerText ?? e.textContent;
})"""


def read(actor: Actor) -> list[str]:
    """The backup codes in sight now, noted down; empty when none is."""
    text = "\n".join([*_texts(actor.portal.control("backup_code")), *actor.portal.downloaded])
    codes = _matches(actor.world.profile.backup_codes.pattern, text)
    if codes:
        actor.world.recorder.used("backup_codes.pattern")
        actor.world.recorder.findings.hand_over(frozenset(codes))
    fresh = [code for code in codes if code not in actor.backup_codes]
    people.keep_backup_codes(actor, fresh)
    return codes


def _matches(pattern: str, text: str) -> list[str]:
    """The codes in a text; a pattern that cuts a longer one in two would make every code wrong."""
    matches = list(re.finditer(pattern, text))
    for match in matches:
        around = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
        if re.search(r"[A-Za-z0-9]-?\Z", around[0]) or re.match(r"-?[A-Za-z0-9]", around[1]):
            raise CannotTell(
                "What the portal shows as a backup code goes on where the profile ends it.",
                cause="backup_codes.pattern matches only a part of it",
                hint="make the pattern match the whole code",
            )
    return [match.group(0) for match in matches]


def _texts(found: Locator) -> list[str]:
    """What stands in each of the fields, or the text of anything else, all at one moment."""
    return [str(text) for text in found.evaluate_all(_TEXTS)]


def receive(actor: Actor) -> list[str]:
    """Do what it takes to be shown backup codes after turning two-factor sign-in on, and read them."""
    _note_detour(actor)
    actor.portal.walk("show_backup_code")
    if actor.portal.downloaded:
        doubts.reached(actor, "show_backup_code")
        return read(actor)
    if actor.world.profile.paths["show_backup_code"]:
        actor.portal.wait_for_control("backup_code")
    elif not actor.portal.shows("backup_code"):
        return []
    actor.shown_at.append(actor.portal.page.url)
    if not (codes := read(actor)):
        raise CannotTell(
            "There is no code in what the profile calls the backup code.",
            cause="backup_codes.pattern finds nothing in the text of controls.backup_code",
            hint="look at the picture, then mend one of the two",
        )
    doubts.reached(actor, "show_backup_code")
    return codes


def receive_replacement(actor: Actor) -> list[str]:
    """The backup codes that are shown in place of a used one, also where they are covered as the first ones were.

    Those that were there before are none: a list that is shown again lacks the used one and has nothing new.
    """
    known = tuple(actor.backup_codes)
    actor.portal.page.wait_for_load_state()
    return _new(read(actor) or _shown_on_the_way(actor), known)


def _new(codes: list[str], known: tuple[str, ...]) -> list[str]:
    return [code for code in codes if code not in known]


def _shown_on_the_way(actor: Actor) -> list[str]:
    path = actor.world.profile.paths["show_backup_code"]
    if not path or not path[0].control or not actor.portal.shows(path[0].control):
        return []
    actor.portal.walk("show_backup_code")
    return read(actor)


def _note_detour(actor: Actor) -> None:
    """Record what has to be done before the backup code is shown; documented is that it comes by itself."""
    path = actor.world.profile.paths["show_backup_code"]
    if not path:
        return
    words = ", then ".join(told(actor.portal, action.control) for action in path if action.control and not action.see)
    note = "the backup code is not shown until it is asked for"
    documented = "a backup code when two-factor sign-in is turned on"
    actor.world.recorder.deviation(Deviation("backup_code", "BACKUP-1", documented, f"one after {words}", note))


def way_to_give(actor: Actor) -> list[str]:
    """The controls with which giving a backup code may begin, as the profile has the way: the first that is certain."""
    controls = []
    for action in actor.portal.profile.paths["sign_in_backup_code"]:
        if action.control:
            controls.append(action.control)
            if not action.optional:
                break
    return controls


def can_be_given(actor: Actor) -> bool:
    """Whether one of them is in sight, or comes while the page settles."""
    controls = way_to_give(actor)
    return waiting.on_page(actor.portal, lambda: any(actor.portal.shows(control) for control in controls))


def in_another_writing(code: str) -> str:
    """A backup code in small letters, without spaces and dashes."""
    return re.sub(r"[\s-]", "", code).lower()


def make_new(actor: Actor, password: str | None = None) -> list[str]:
    """Have a new backup code made in the settings, maybe with another password; the new ones in sight then."""
    known = tuple(actor.backup_codes)
    if known:
        actor.notes["used_backup_code"] = known[-1]
    budget.keep(actor, "password", wrong=password is not None)
    navigation.reach(actor, "two_factor")
    actor.portal.walk("new_backup_code", **({"password": password} if password is not None else {}))
    if password is not None:
        budget.count(actor, "password", accepted=False)
        actor.portal.wait_for("turn_off_refused")
        return _new(read(actor), known)
    actor.portal.wait_for_control("backup_code")
    return _awaited(actor, known)


def _awaited(actor: Actor, known: tuple[str, ...]) -> list[str]:
    """The new codes as soon as there are any: where the old ones stay in sight, a script may put the new ones there."""
    return waiting.on_page(actor.portal, lambda: _new(read(actor), known))


def bits(actor: Actor) -> float:
    """How much a backup code in sight holds at most, by its length and the signs in it."""
    text = "\n".join(_texts(actor.portal.wait_for_control("backup_code")))
    code = max((re.sub(r"-", "", found) for found in re.findall(r"[A-Za-z0-9-]+", text)), key=len, default="")
    alphabet = 10 if code.isdigit() else 36 if code in (code.upper(), code.lower()) else 62
    return len(code) * math.log2(alphabet)


def wrong(actor: Actor) -> str:
    """A backup code of the same form that is not the person's: every letter and digit moved by one."""
    code = actor.backup_codes[-1]
    return "".join(_next(character) for character in code)


def _next(character: str) -> str:
    for first, last in (("2", "9"), ("A", "Z"), ("a", "z")):
        if first <= character <= last:
            return first if character == last else chr(ord(character) + 1)
    return character
