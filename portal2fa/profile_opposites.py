"""Notices that mean opposite things: found by the same locator, or in sight at once, one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal2fa.profile_locator import Locator
from portal2fa.profile_words import Complaint

_YES_AND_NO = {
    "signed_in": (
        "sign_in_form",
        "sign_in_refused",
        "time_based_asked",
        "email_asked",
        "time_based_sign_in_refused",
        "email_sign_in_refused",
        "backup_code_refused",
        "throttled",
    ),
    "sign_in_refused": ("time_based_asked", "email_asked"),
    "announced_on": (
        "off",
        "turned_off",
        "turned_off_time_based",
        "turned_off_email",
        "choice",
        "time_based_started",
        "email_started",
        "time_based_refused",
        "email_refused",
        "throttled",
    ),
    "on": ("off", "turned_off"),
    "off": ("turn_off_refused",),
    "turned_off": ("turn_off_refused",),
    "turned_off_time_based": ("turn_off_refused",),
    "turned_off_email": ("turn_off_refused",),
    "new_password_chosen": ("new_password_mailed", "new_password_asked", "reset_link_refused"),
    "address_changed": ("address_link_mailed", "address_refused"),
    "address_link_mailed": ("address_refused",),
    "new_password_asked": ("reset_link_refused",),
    "time_based_chosen": ("email_chosen",),
}
"""What cannot be said of the same moment: a notice, and those that deny it."""


def opposed(notice: str, other: str) -> bool:
    """Whether two notices cannot both be true."""
    return other in _YES_AND_NO.get(notice, ()) or notice in _YES_AND_NO.get(other, ())


def opposites(notices: Mapping[str, tuple[Locator, ...]]) -> Iterator[Complaint]:
    """A complaint for every two opposite notices that have a locator in common."""
    for name, denials in _YES_AND_NO.items():
        for other in denials:
            shared = [locator for locator in notices.get(name, ()) if locator in notices.get(other, ())]
            if shared:
                what = f"means the opposite of notices.{name}, but both are found by {shared[0].describe()}"
                yield Complaint(f"notices.{other}", what, "mend the one that points at the wrong thing")
