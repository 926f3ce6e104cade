"""The backup code goes where the other codes go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from reference_server.faults.deviation import Deviation
from reference_server.routes_challenge import WRONG_BACKUP_CODE, _challenge_page, use_backup
from reference_server.visiting import Visit

_LONGEST_OTHER = 8
"""Digits of a code of the app or of a mail, with some room for spaces."""

VARIATION = Deviation()
VARIATION.edit("challenge.html", '<a href="/sign-in/backup">Use a backup code</a>', "Your backup code does as well.")


@VARIATION.rule("routes_challenge.verify")
async def either(right: Callable[[Visit], Awaitable[Response]], visit: Visit) -> Response:
    """Take what is too long for another code as a backup code."""
    if len("".join(visit.field("code").split())) <= _LONGEST_OTHER:
        return await right(visit)
    answer = await use_backup(visit)
    return await _challenge_page(visit, alert=WRONG_BACKUP_CODE) if answer.status_code == 422 else answer
