"""Loading the suite's way of drafting, by path, as behave loads the steps for a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from portal2fa.drafting.draft import Draft
from portal2fa.drafting.order import Order
from portal2fa.errors import ProfileError
from portal2fa.profile import Capabilities, Profile
from portal2fa.profile_files import Target
from portal2fa.profile_lines import Key
from portal2fa.profile_tables import filled
from portal2fa.profile_words import Complaint, in_words, key_in_parts, key_in_words
from portal2fa.session import Session
from portal2fa.suite import load_part


class Drafter(Protocol):
    """Walks a portal and drafts its profile; the account is put back whatever happens."""

    def __call__(
        self,
        session: Session,
        order: Order,
        environment: Mapping[str, str],
        *,
        stopping: Callable[[], bool],
        say: Callable[[str], None],
        guided: bool = False,
    ) -> Draft:
        """The draft; raises `NotRestored` where the account may still have its second factor on."""


def load_drafter(root: Path) -> Drafter:
    """The suite's drafter."""
    found: Drafter = load_part(root, "steps.tasks.drafting.drafting").draft_profile
    return found


_OPTIONS: dict[Key, str] = {
    ("name",): "--profile-name",
    ("url",): "URL",
    ("origins",): "--origin",
    ("language",): "--language",
    ("accounts", "pool", 0, "username"): "--username",
    ("accounts", "pool", 0, "email"): "--email",
    ("accounts", "pool", 0, "name"): "--name",
    ("accounts", "pool", 0, "password"): "--password-env",
    ("mailbox",): "--mailbox",
}
"""The options that entries of the profile come from."""


def blank_target(order: Order, file: Path, environment: Mapping[str, str]) -> Target:
    """A target that says no more than where the portal is and whose account is used.

    Raises `ProfileError` that names the options whose values no profile can have.
    """
    table = {
        "profile_version": 1,
        "name": order.name,
        "title": order.url,
        "url": order.url,
        "origins": list(order.origins),
        "certificate": order.certificate,
        "language": order.language,
        "accounts": {"kind": "pool", "pool": [order.account]},
        "mailbox": order.mailbox or {"kind": "none"},
        "capabilities": dict.fromkeys(Capabilities.model_fields, False),
        "places": {"front": order.front, "sign_in": order.front},
        "controls": {},
        "notices": {},
        "paths": {},
    }
    table = filled(table, environment)
    try:
        return Target(Profile.model_validate(table), file, "", given=str(file))
    except ValidationError as error:
        told = "\n    ".join(str(_of_option(complaint)) for complaint in in_words(error, table))
    raise ProfileError(f"The profile cannot begin with what was said:\n    {told}", hint="see docs/profiles.md")


def _of_option(complaint: Complaint) -> Complaint:
    """A complaint about an entry as one about the option that it comes from: `--mailbox kind`."""
    key = key_in_parts(complaint.key)
    for entry, option in _OPTIONS.items():
        if key[: len(entry)] == entry:
            rest = key_in_words(key[len(entry) :])
            return Complaint(f"{option} {rest}".rstrip(), complaint.what, complaint.remedy)
    return complaint
