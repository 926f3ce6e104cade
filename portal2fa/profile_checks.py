"""What a profile has to say, given what it declares: names that tasks rely on, and references that must resolve."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from portal2fa.profile import Profile

_ALWAYS = "signed-in customers"
CONTROLS = {
    "name": _ALWAYS,
    "security_settings": _ALWAYS,
    "two_factor": _ALWAYS,
    "enable": _ALWAYS,
    "client_area": "front_page",
    "time_based": "time_based_tokens",
    "qr_code": "time_based_tokens",
    "email": "email_codes",
    "authorization_code": "email_codes",
    "backup_code": "backup_code",
    "manual_key": "manual_key",
    "google_play": "store_links",
    "app_store": "store_links",
    "help_link": "help_link",
    "turn_off_help_link": "turn_off_help_link",
    "support_link": "support_link",
    "live_chat": "live_chat",
}
NOTICES = {
    "sign_in_form": _ALWAYS,
    "sign_in_refused": _ALWAYS,
    "signed_in": _ALWAYS,
    "security_settings": _ALWAYS,
    "choice": _ALWAYS,
    "off": "known_status",
    "on": "known_status",
    "announced_on": _ALWAYS,
    "time_based_started": "time_based_tokens",
    "time_based_refused": "time_based_tokens",
    "time_based_asked": "time_based_tokens",
    "time_based_sign_in_refused": "time_based_tokens",
    "email_started": "email_codes",
    "email_refused": "email_codes",
    "email_asked": "email_codes",
    "email_sign_in_refused": "email_codes",
    "backup_code_refused": "backup_code",
    "safe_advice": "backup_code",
    "turned_off": "turn_off",
    "turn_off_refused": "turn_off_password",
}
PATHS = {
    "sign_in": _ALWAYS,
    "open_menu": _ALWAYS,
    "security_settings": _ALWAYS,
    "two_factor": _ALWAYS,
    "enable": _ALWAYS,
    "client_area": "front_page",
    "choose_time_based": "time_based_tokens",
    "start_time_based": "time_based_tokens",
    "confirm_time_based": "time_based_tokens",
    "sign_in_time_based": "time_based_tokens",
    "choose_email": "email_codes",
    "start_email": "email_codes",
    "confirm_email": "email_codes",
    "sign_in_email": "email_codes",
    "show_backup_code": "backup_code",
    "sign_in_backup_code": "backup_code",
    "cancel_time_based": "cancel",
    "cancel_email": "cancel",
    "resend": "resend",
    "turn_off": "turn_off",
}
OPTIONAL_PATHS = ("show_manual_key", "finish", "request_email")
PLACES = ("front", "sign_in", "client_area", "protected")
OPTIONAL_PLACES = ("security_settings", "two_factor", "revisit")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with a profile: the key path as a person writes it, what is wrong, and the remedy."""

    key: str
    what: str
    remedy: str


def _missing(profile: Profile, table: str, wanted: dict[str, str], present: object) -> list[Complaint]:
    assert isinstance(present, dict)
    found = []
    for name, reason in wanted.items():
        needed = reason == _ALWAYS or profile.capabilities.offers(reason)
        if needed and name not in present:
            why = "every portal needs it" if reason == _ALWAYS else f"capabilities.{reason} is declared"
            remedy = f"add '{name}' to [{table}]" + (
                "" if reason == _ALWAYS else f", or set capabilities.{reason} = false"
            )
            found.append(Complaint(f"{table}.{name}", f"is missing ({why})", remedy))
    return found


def _unknown(table: str, known: set[str], present: object) -> list[Complaint]:
    assert isinstance(present, dict)
    found = []
    for name in present:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(sorted(known))}"
            found.append(Complaint(f"{table}.{name}", "is not a name that the specification knows", remedy))
    return found


def _references(profile: Profile) -> list[Complaint]:
    found = []
    for path, actions in profile.paths.items():
        for number, action in enumerate(actions):
            if action.control and action.control not in profile.controls:
                near = difflib.get_close_matches(action.control, profile.controls, 1)
                remedy = f"did you mean '{near[0]}'?" if near else f"add '{action.control}' to [controls]"
                found.append(
                    Complaint(
                        f"paths.{path}[{number}]", f"uses a control '{action.control}' that is not described", remedy
                    )
                )
    return found


def _unused(profile: Profile, own: Collection[str]) -> list[Complaint]:
    used = {action.control for actions in profile.paths.values() for action in actions} | set(CONTROLS)
    return [
        Complaint(f"controls.{name}", "is never used", "use it in a path, or remove it")
        for name in own
        if name not in used
    ]


def _places(profile: Profile) -> list[Complaint]:
    """Lists of places that are empty would be checked without anything being looked at."""
    return [
        Complaint(f"places.{name}", "names no address", f"give at least one, or remove '{name}' from [places]")
        for name, said in profile.places.items()
        if not said
    ]


def _addresses(profile: Profile) -> list[Complaint]:
    if bool(profile.url) == bool(profile.start):
        return [Complaint("url", "exactly one of 'url' and '[start]' says where the portal is", "keep one of the two")]
    return []


def complaints(profile: Profile, own: Collection[str] = ()) -> list[Complaint]:
    """Everything that is wrong with a well-formed profile, in the order of its tables; empty when it can be used.

    `own` are the controls that the profile describes itself: one that it inherits may well go unused.
    """
    return [
        *_addresses(profile),
        *_missing(profile, "places", dict.fromkeys(PLACES, _ALWAYS), profile.places),
        *_missing(profile, "controls", CONTROLS, profile.controls),
        *_missing(profile, "notices", NOTICES, profile.notices),
        *_missing(profile, "paths", PATHS, profile.paths),
        *_unknown("places", {*PLACES, *OPTIONAL_PLACES}, profile.places),
        *_unknown("notices", set(NOTICES), profile.notices),
        *_unknown("paths", {*PATHS, *OPTIONAL_PATHS}, profile.paths),
        *_places(profile),
        *_references(profile),
        *_unused(profile, own),
    ]
