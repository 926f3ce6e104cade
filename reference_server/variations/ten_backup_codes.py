"""Ten backup codes are handed over, each for one sign-in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import backup_codes, sessions, two_factor
from reference_server.faults.deviation import Deviation
from reference_server.routes_challenge import TOO_MANY_CODES, WRONG_BACKUP_CODE
from reference_server.sessions import Level
from reference_server.store import change
from reference_server.two_factor import Answer, Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit, redirect

NUMBER = 10
_DIGEST = 32
"""Bytes of the digest of one code; those of all codes of an account are kept one behind the other."""

VARIATION = Deviation()
VARIATION.edit(
    "macros.html",
    '<input id="backup-code" class="code" value="{{ shown.code }}" readonly aria-describedby="backup-advice" '
    'spellcheck="false">',
    '<textarea id="backup-code" class="code" rows="10" readonly aria-describedby="backup-advice" spellcheck="false">'
    "{{ shown.code }}</textarea>",
)
VARIATION.edit(
    "macros.html", '<label for="backup-code">Backup code</label>', '<label for="backup-code">Backup codes</label>'
)
VARIATION.edit(
    "macros.html", "It works once.</strong> When you sign in with it, you get a new one.", "Each works once.</strong>"
)


@VARIATION.rule("backup_codes.new_code")
def ten(right: Callable[[int], str], length: int) -> str:
    """Make ten codes, a line each."""
    return "\n".join(right(length) for _ in range(NUMBER))


@VARIATION.rule("backup_codes.digest")
def digests(right: Callable[..., bytes], vault: Vault, username: str, codes: str) -> bytes:
    """Keep a digest of each."""
    return b"".join(right(vault, username, code) for code in codes.split("\n"))


@VARIATION.rule("backup_codes.matches")
def is_one_of_them(right: Callable[..., bool], vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Tell whether it is one of those that are left."""
    return any([right(vault, username, code, one) for one in _each(stored)])


def _each(stored: bytes) -> list[bytes]:
    return [stored[at : at + _DIGEST] for at in range(0, len(stored), _DIGEST)]


@VARIATION.rule("control.make_account")
async def with_one_told(right: Callable[..., Awaitable[dict[str, Any]]], *told: Any) -> dict[str, Any]:
    """Tell a test one of the codes, as it asks for one."""
    made = await right(*told)
    return {**made, "backup_code": made["backup_code"] and made["backup_code"].split("\n")[0]}


@VARIATION.rule("routes_challenge.use_backup")
async def use_one(right: object, visit: Visit) -> Response:
    """Strike the code off and complete the sign-in in one transaction; nothing is handed over in its place."""
    session, account = visit.customer()
    portal, at = visit.portal, visit.at
    async with portal.store.write() as db:
        factor = await two_factor.find(db, account.username)
        if factor is None:
            return redirect("/sign-in")
        answer = await two_factor.check_backup_code(db, portal.vault, portal.policy, factor, visit.field("code"), at)
        if answer is Answer.RIGHT:
            await _strike_off(db, portal.vault, factor, visit.field("code"))
            visit.token = await sessions.renew(db, session.id, Level.FULL, at)
    if answer is not Answer.RIGHT:
        locked = answer is Answer.LOCKED
        alert = TOO_MANY_CODES if locked else WRONG_BACKUP_CODE
        return visit.page("backup_sign_in.html", 429 if locked else 422, alert=alert)
    await portal.notify(account, "backup_used", at)
    return redirect("/client")


async def _strike_off(db: aiosqlite.Connection, vault: Vault, factor: Factor, code: str) -> None:
    used = backup_codes.digest(vault, factor.username, code)
    left = b"".join(one for one in _each(factor.backup_digest) if one != used)
    await change(db, "UPDATE second_factors SET backup_digest = ? WHERE username = ?", left, factor.username)
