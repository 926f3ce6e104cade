"""Faults of limits: how often something wrong may be tried, and how often something may be asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import attempts, backup_codes, sessions
from reference_server.accounts import Account
from reference_server.attempts import Limit
from reference_server.clock import passing
from reference_server.faults.answers import SCRIPT, appended
from reference_server.faults.deviation import edit, numbers, rule
from reference_server.policy import Policy
from reference_server.portal import Portal
from reference_server.seams import replaced
from reference_server.two_factor import Answer, Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit

_NO_END = 10**9
_OTHERS_TURN = 0.5
"""Seconds between the look at a code and the note that it was wrong."""

numbers("wrong-codes-without-limit", wrong_codes=_NO_END)
numbers("wrong-passwords-without-limit", wrong_passwords=_NO_END)
numbers("mails-without-limit", emails_per_window=_NO_END)
numbers("lock-without-end", wrong_code_lock=_NO_END)

_IN_THE_PAGE = "new-codes-limited-by-the-page-alone"
_TITLE = "{% block title %}Check your email{% endblock %}"
numbers(_IN_THE_PAGE, emails_per_window=_NO_END)
edit(
    _IN_THE_PAGE,
    "email.html",
    _TITLE,
    f'{_TITLE}\n{{% block head %}}<script src="{SCRIPT}" defer></script>{{% endblock %}}',
)
appended(
    _IN_THE_PAGE,
    SCRIPT,
    """
document.addEventListener("submit", event => {
  if (!event.target.action.endsWith("/resend")) return;
  const asked = Number(sessionStorage.getItem("asked"));
  if (asked < 3) sessionStorage.setItem("asked", asked + 1);
  else event.preventDefault();
});
""",
)


@rule("new-mail-forgets-wrong-codes", "portal.Portal.send_code")
async def with_the_mail(right: Any, portal: Portal, account: Account, *asked: Any) -> str:
    """Begin to count anew with every code that is mailed."""
    async with portal.store.write() as db:
        await attempts.clear(db, attempts.codes(portal.policy, account.username))
    return str(await right(portal, account, *asked))


@rule("new-sign-in-forgets-wrong-codes", "routes_sign_in.sign_in")
async def with_the_session(right: Any, visit: Visit) -> Response:
    """Begin to count anew with every sign-in."""
    response: Response = await right(visit)
    if visit.session is not None and visit.session.username is not None:
        async with visit.portal.store.write() as db:
            await attempts.clear(db, attempts.codes(visit.portal.policy, visit.session.username))
    return response


async def _only_judged(
    right: Any,
    db: aiosqlite.Connection,
    policy: Policy,
    username: str,
    at: float,
    is_right: Callable[[], Awaitable[bool]],
) -> Answer:
    return Answer.RIGHT if await is_right() else Answer.WRONG


@rule("wrong-codes-at-once-all-judged", "routes_challenge.verify")
async def counted_afterwards(right: Any, visit: Visit) -> Response:
    """Look whether codes are taken, judge one, and count it only when others have had their turn."""
    _, account = visit.customer()
    store, limit = visit.portal.store, attempts.codes(visit.portal.policy, account.username)
    taken = not await attempts.locked(store.reader, limit, visit.at)
    with replaced({"two_factor.judged": _only_judged} if taken else {}):
        response: Response = await right(visit)
    if taken and not visit.token:
        await passing(_OTHERS_TURN)
        async with store.write() as db:
            await attempts.fail(db, limit, visit.at)
    return response


@rule("wrong-backup-codes-not-counted", "two_factor.check_backup_code")
async def uncounted(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> Answer:
    """Judge a backup code and count nothing."""
    matches = backup_codes.matches(vault, factor.username, code, factor.backup_digest)
    return Answer.RIGHT if matches else Answer.WRONG


@rule("wrong-backup-codes-counted-apart", "two_factor.check_backup_code")
async def counted_apart(right: Any, *given: Any) -> Answer:
    """Count wrong backup codes, and not together with wrong codes of the app."""

    def apart(codes: Any, policy: Policy, username: str) -> Limit:
        limit: Limit = codes(policy, username)
        return replace(limit, subject=f"backup:{username}")

    with replaced({"attempts.codes": apart}):
        answer: Answer = await right(*given)
    return answer


@rule("lock-tells-right-codes", "two_factor.judged")
async def judged_first(
    right: Any,
    db: aiosqlite.Connection,
    policy: Policy,
    username: str,
    at: float,
    is_right: Callable[[], Awaitable[bool]],
) -> Answer:
    """Judge the code before looking whether codes are accepted, and speak of the lock to the right one only."""
    limit = attempts.codes(policy, username)
    if await attempts.locked(db, limit, at):
        return Answer.LOCKED if await is_right() else Answer.WRONG
    answer: Answer = await right(db, policy, username, at, is_right)
    return answer


@rule("stranger-signs-the-owner-out", "routes_sign_in._checked_password")
async def lock_everything(
    right: Any, portal: Portal, email: str, password: str, wall: float
) -> tuple[Account | None, bool]:
    """End every session of an account for which too many wrong passwords were given."""
    account, locked = await right(portal, email, password, wall)
    if locked:
        async with portal.store.write() as db:
            await sessions.end_others(db, email, keep=0)
    return account, locked
