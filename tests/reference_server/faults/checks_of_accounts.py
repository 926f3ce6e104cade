"""How faults of backup codes, sessions, settings and limits show: each check is true of the faulty portal only."""

from __future__ import annotations

from tests.reference_server.conftest import World
from tests.reference_server.faults.people import (
    Check,
    waiting,
    with_backup_code,
)

LIMIT = 5
"""Wrong codes that the right portal stands."""


def needs_capitals(world: World) -> bool:
    account = world.account("email")
    return not with_backup_code(waiting(world, account), account["backup_code"].lower()).is_signed_in()


CHECKS: dict[str, Check] = {
    "backup-code-needs-capitals": needs_capitals,
}
