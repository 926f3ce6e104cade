"""What an entry may have to say instead: what stands on the page, where a way came to, the shape of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator as Found

from fixtures.authenticator import normal_secret
from fixtures.portal import Portal
from portal2fa import doctor_blame, doctor_edits, doctor_shapes, doctor_ways, doctor_wordings
from portal2fa.doctor import Edit
from portal2fa.doctor_edits import Seen, as_locator, setting
from portal2fa.profile import Profile
from portal2fa.witnesses import goal

if TYPE_CHECKING:
    from steps.tasks.doctor.examiner import Examiner

_TAKEN = 0.3
"""By so much less likely what another control points at is meant; two may be one, as the password at two places."""
_LEADS_TO = {
    "client_area": "sign_in",
    "sign_in": "client_area",
    "security_settings": "security_settings",
    "two_factor": "two_factor",
}
"""The place that is the goal of a path."""


def goals(profile: Profile) -> dict[str, str]:
    """The places by the words with which a run says that the goal of the path to them was reached."""
    return {goal(profile, path): place for path, place in _LEADS_TO.items() if path in profile.paths}


def address(portal: Portal) -> str:
    """Where a window is, as a place of the profile says it.

    What follows a question mark is often but a note of where somebody came from, or a secret: it is kept only where
    the profile's other places have one, and where nothing in it looks like a code.
    """
    here, own = urlsplit(portal.page.url), urlsplit(portal.url)
    places = [place for said in portal.profile.places.values() for place in ([said] if isinstance(said, str) else said)]
    asks = any("?" in place for place in places) and not doctor_edits.holds_code(here.query)
    kept = here._replace(query=here.query if asks else "")
    if (here.scheme, here.netloc) == (own.scheme, own.netloc):
        kept = kept._replace(scheme="", netloc="")
    return kept.geturl() or "/"


def edits(examiner: Examiner, key: str, page: Sequence[Seen], before: Sequence[Seen]) -> tuple[Edit, ...]:
    """The proposals for an entry, the likeliest first; none where nothing in sight speaks for one."""
    table, _, name = key.partition(".")
    if table in ("controls", "notices"):
        return _pointing(examiner, table, name, page, before)
    if table == "places":
        return place(examiner, name)
    if table == "paths":
        return _way(examiner, name)
    return _SHAPES[key](examiner) if key in _SHAPES else ()


def _pointing(
    examiner: Examiner, table: str, name: str, page: Sequence[Seen], before: Sequence[Seen]
) -> tuple[Edit, ...]:
    """What a control or a notice may be meant to point at, among what stands on the page."""
    profile = examiner.world.profile
    known = profile.controls if table == "controls" else profile.notices
    if name not in known:
        return ()
    values = examiner.actor.portal.values
    label = examiner.world.labels.get(name) if table == "controls" else None
    wanted = [label.text, *label.also] if label else [name.replace("_", " "), *_own(name, values)]
    fresh = [seen for seen in page if seen not in before] if table == "notices" and before else []
    deed = _deed(profile, name) if table == "controls" else "say"
    key, taken = f"{table}.{name}", _others(profile, name) if table == "controls" else []
    found = doctor_edits.nearest(
        known[name],
        page,
        wanted=wanted,
        deed=deed,
        fresh=fresh,
        values=values,
        weigh=lambda score, seen: (
            max(score, doctor_wordings.about(key, seen)) - (_TAKEN if as_locator(seen, values) in taken else 0.0)
        ),
    )
    return doctor_edits.proposals(key, found, fresh=fresh, values=values)


def _others(profile: Profile, name: str) -> list[dict[str, Any]]:
    """What the other controls point at."""
    others = (locators for other, locators in profile.controls.items() if other != name)
    return [locator.model_dump(exclude_defaults=True) for locators in others for locator in locators]


def _deed(profile: Profile, control: str) -> str:
    """What is done with a control; a QR code, which no path uses, is scanned."""
    return "scan" if control == "qr_code" else doctor_blame.deed_with(profile, control)


def _own(name: str, values: Mapping[str, str]) -> list[str]:
    """The customer's own name, which is what the control of that name bears."""
    return [values["name"]] if name == "name" and "name" in values else []


def place(examiner: Examiner, name: str) -> tuple[Edit, ...]:
    """The address to which the way to a place led, where that is another one."""
    came_to = examiner.came_to.get(name, "")
    if not came_to or came_to == examiner.world.profile.places.get(name):
        return ()
    return (setting(f"places.{name}", came_to, "the way by the profile's path led there"),)


def _way(examiner: Examiner, path: str) -> tuple[Edit, ...]:
    """The documented way in place of another one."""
    wrong = [check.key for check in examiner.ledger.problems()]
    way = doctor_ways.way_instead(examiner.world.profile, path, wrong)
    return (setting(f"paths.{path}", way, "the documented way, by controls that the profile has"),) if way else ()


def places(name: str, opened: Sequence[str]) -> tuple[Edit, ...]:
    """A list of places without those that do not open; none where nothing is left."""
    return (setting(f"places.{name}", list(opened), "these open for a customer who is signed in"),) if opened else ()


def _backup_codes(examiner: Examiner) -> tuple[Edit, ...]:
    """A pattern of the shape of what the control of the backup code shows."""
    portal = examiner.actor.portal
    shown = [*map(text, portal.control("backup_code").all()), *portal.downloaded]
    return _pattern("backup_codes.pattern", doctor_shapes.codes_pattern(shown))


def _manual_key(examiner: Examiner) -> tuple[Edit, ...]:
    """A pattern of the shape in which the control of the manual key shows the secret of the QR code."""
    portal, scanned = examiner.actor.portal, examiner.actor.scanned
    found = portal.control("manual_key")
    if not scanned or not found.count():
        return ()
    secret = normal_secret(scanned[-1].secret)
    return _pattern("manual_key.pattern", doctor_shapes.key_pattern(text(found.first), secret))


def _pattern(key: str, pattern: str) -> tuple[Edit, ...]:
    return (setting(key, pattern, "what is shown has this shape"),) if pattern else ()


def text(found: Found) -> str:
    """What stands in a field, or the text of anything else."""
    return str(found.evaluate("e => 'value' in e && e.value ? e.value : e.innerText"))


_SHAPES: Mapping[str, Callable[[Examiner], tuple[Edit, ...]]] = {
    "backup_codes.pattern": _backup_codes,
    "manual_key.pattern": _manual_key,
}
"""Patterns for which the page has an example."""
