"""Passwords that stand in a profile itself, where they would open something on another machine."""

from __future__ import annotations

from portal2fa.origins import authority, is_here
from portal2fa.profile_accounts import literal_passwords
from portal2fa.profile_checks import host_of
from portal2fa.profile_tables import Table, is_variable
from portal2fa.profile_words import Complaint

_REMEDY = 'write the name of an environment variable instead: "$PORTAL2FA_PASSWORD"'


def in_the_file(table: Table) -> list[Complaint]:
    """One complaint for each password in a raw profile, before `$NAME` is replaced; none quotes it.

    A portal that the run starts, and whatever is on this machine, may have them: they open nothing elsewhere.
    """
    address = str(table.get("url", ""))
    places = literal_passwords(table | {"url": address if host_of(address) else ""})
    if _tells_of_mailbox(table.get("mailbox", {})):
        places.append("mailbox.password")
    return [Complaint(place, "is a password in a file that others may read", _REMEDY) for place in places]


def _tells_of_mailbox(mailbox: object) -> bool:
    """Whether a mailbox on another machine is opened by a password that stands there."""
    if not isinstance(mailbox, dict) or not mailbox.get("password") or is_variable(mailbox["password"]):
        return False
    host = str(mailbox.get("host", ""))
    address = f"imap://{f'[{host}]' if ':' in host else host}:1" if host else str(mailbox.get("url", ""))
    return not is_here(authority(address))
