"""Loading the suite's way of drafting, by path, as behave loads the steps for a run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from portal2fa.drafting.draft import Draft
from portal2fa.drafting.order import Order
from portal2fa.errors import UsageError
from portal2fa.profile import Capabilities, Profile
from portal2fa.profile_files import Target
from portal2fa.profile_tables import filled
from portal2fa.session import Session


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
    ) -> Draft:
        """The draft; raises `NotRestored` where the account may still have its second factor on."""


def load_drafter(root: Path) -> Drafter:
    """The suite's drafter."""
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        found: Drafter = importlib.import_module("steps.tasks.drafting.drafting").draft_profile
    except ModuleNotFoundError as error:
        raise UsageError("The steps that belong to portal2fa are missing.", cause=str(error)) from error
    return found


def blank_target(order: Order, file: Path, environment: Mapping[str, str]) -> Target:
    """A target that says no more than where the portal is and whose account is used."""
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
    return Target(Profile.model_validate(filled(table, environment)), file, "", given=str(file))
