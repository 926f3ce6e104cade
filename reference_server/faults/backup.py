"""Faults of the backup code: whether it is handed over, works, works once, and is shown once."""

from __future__ import annotations

from collections import defaultdict
from email.message import EmailMessage
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import backup_codes, two_factor
from reference_server.accounts import Account
from reference_server.enrolment import Confirmed
from reference_server.faults.answers import rewritten, with_text
from reference_server.faults.deviation import edit, numbers, rule
from reference_server.policy import Policy
from reference_server.reveal import Kind, Shown
from reference_server.routes_two_factor import WRONG_PASSWORD
from reference_server.sessions import Session
from reference_server.store import change
from reference_server.totp import in_groups
from reference_server.two_factor import Answer, Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit

numbers("backup-code-of-six-characters", backup_code_length=6)


@rule("backup-code-never-works", "backup_codes.matches")
def never(right: Any, *judged: Any) -> bool:
    """Show a code and have nothing that takes it."""
    return False


@rule("any-backup-code-works", "backup_codes.matches")
def always(right: Any, *judged: Any) -> bool:
    """Ask for a code and look at none."""
    return True


@rule("backup-code-needs-capitals", "backup_codes.matches")
def exactly(right: Any, vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Compare the code as it was typed."""
    return code == code.upper() and bool(right(vault, username, code, stored))


@rule("one-backup-code-for-everybody", "backup_codes.new_code")
def constant(right: Any, length: int) -> str:
    """Use the code of the manual's example."""
    return in_groups(backup_codes.ALPHABET[:length], between="-")


_used: set[tuple[str, str]] = set()


@rule("backup-code-works-twice", "backup_codes.matches")
def used_as_well(right: Any, vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Give a new code and leave the used one."""
    typed = (username, backup_codes.normalise(code))
    if right(vault, username, code, stored):
        _used.add(typed)
    return typed in _used


_typed: dict[str, str] = {}


@rule("used-backup-code-handed-out-again", "backup_codes.matches")
def note_typed(right: Any, vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Keep the code for the page that follows."""
    _typed[username] = in_groups(backup_codes.normalise(code), between="-")
    return bool(right(vault, username, code, stored))


@rule("used-backup-code-handed-out-again", "two_factor.replace_backup_code")
async def the_same(right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str) -> str:
    """Show the used code as the new one."""
    return _typed.pop(username, "") or str(await right(db, vault, policy, username))


_former: defaultdict[str, list[bytes]] = defaultdict(list)
"""By username: digests of codes that were replaced or turned off."""


@rule("backup-code-survives-turning-off", "backup_codes.matches")
@rule("old-backup-code-works-beside-the-new-one", "backup_codes.matches")
def former_as_well(right: Any, vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Look through all codes that the account ever had."""
    return any(right(vault, username, code, digest) for digest in (stored, *_former[username]))


@rule("backup-code-survives-turning-off", "two_factor.disable")
async def leave_code(right: Any, db: aiosqlite.Connection, username: str) -> bool:
    """Turn the factor off and leave its backup code where it is."""
    factor = await two_factor.find(db, username)
    _former[username] += [factor.backup_digest] if factor else []
    return bool(await right(db, username))


@rule("old-backup-code-works-beside-the-new-one", "routes_two_factor.make_backup_code")
async def one_more(right: Any, visit: Visit) -> Response:
    """Add a code to those that are there."""
    _, account = visit.customer()
    factor = await two_factor.find(visit.portal.store.reader, account.username)
    _former[account.username] += [factor.backup_digest] if factor else []
    response: Response = await right(visit)
    return response


@rule("used-backup-code-not-replaced", "reveal.keep_backup_code")
async def say_nothing(
    right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, kind: Kind, code: str
) -> None:
    """Show no new code after a sign-in with the old one."""
    if kind != "used":
        await right(db, vault, session_id, kind, code)


@rule("new-backup-code-never-works", "reveal.keep_backup_code")
async def show_another(
    right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, kind: Kind, code: str
) -> None:
    """Show, after a sign-in with the old code, another one than was saved."""
    shown = backup_codes.new_code(len(backup_codes.normalise(code))) if kind == "used" else code
    await right(db, vault, session_id, kind, shown)


def _hands_none_over(fault: str, method: str) -> None:
    """Turn a method on and show no backup code."""

    @rule(fault, "enrolment.confirm")
    async def without_code(
        right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, *given: Any
    ) -> Confirmed:
        result: Confirmed = await right(db, vault, policy, session, *given)
        return Confirmed(result.answer) if session.pending_method == method else result

    edit(fault, "macros.html", '<div class="field secret">', '{% if shown.code %}<div class="field secret">')
    edit(fault, "macros.html", '</div>\n<ul class="advice"', '</div>{% endif %}\n<ul class="advice"')


_hands_none_over("no-backup-code-with-app-codes", "time_based")
_hands_none_over("no-backup-code-with-mailed-codes", "email")

_codes: dict[str, str] = {}


@rule("backup-code-in-the-mail", "two_factor.enable")
@rule("backup-code-in-the-settings", "two_factor.enable")
async def note_code(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str, *how: Any
) -> str:
    """Keep the code as it is."""
    _codes[username] = await right(db, vault, policy, username, *how)
    return _codes[username]


@rule("backup-code-in-the-mail", "messages.event_mail")
def with_code(right: Any, account: Account, event: str, at: float) -> EmailMessage:
    """Send the code along with the notice."""
    message: EmailMessage = right(account, event, at)
    line = f"Your backup code is {_codes.get(account.username, '')}. If this"
    return rewritten(message, lambda text: text.replace("If this", line)) if event == "on" else message


@rule("backup-code-in-the-settings", "routes_two_factor._settings_page")
async def kept_in_sight(right: Any, visit: Visit, *, alert: str = "", status: str = "") -> Response:
    """Show the code to whoever opens the settings."""
    _, account = visit.customer()
    line = f'<p id="backup-title">Yours is {_codes.get(account.username, "")}</p>'
    return with_text(await right(visit, alert=alert, status=status), '<h2 id="backup-title">Backup code</h2>', line)


@rule("backup-code-shown-again", "reveal.show_once")
async def again(right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, *asked: Any) -> Shown | None:
    """Show the code each time its page is loaded."""
    await change(db, "UPDATE sessions SET reveal_ticket = NULL WHERE id = ?", session_id)
    shown: Shown | None = await right(db, vault, session_id, *asked)
    return shown


edit(
    "no-advice-about-the-backup-code",
    "macros.html",
    "  <li><strong>Keep it in a safe place</strong>, on paper or in a password manager, "
    "and not on the same device as your codes.</li>\n",
    "",
)
edit("no-way-to-the-backup-code", "challenge.html", '<a href="/sign-in/backup">Use a backup code</a>', "")


@rule("backup-code-only-beside-an-app", "two_factor.check_backup_code")
async def only_for_apps(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, *given: Any
) -> Answer:
    """Look for backup codes where the secrets of apps are, and nowhere else."""
    if factor.method == "email":
        return Answer.WRONG
    answer: Answer = await right(db, vault, policy, factor, *given)
    return answer


@rule("backup-code-of-another-customer-works", "two_factor.check_backup_code")
async def of_anybody(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> Answer:
    """Look for the code among all that were handed out."""
    for row in await db.execute_fetchall("SELECT username, backup_digest FROM second_factors"):
        if backup_codes.matches(vault, row["username"], code, row["backup_digest"]):
            return Answer.RIGHT
    answer: Answer = await right(db, vault, policy, factor, code, at)
    return answer


_by_backup_code: set[tuple[bytes, int]] = set()


@rule("backup-code-turns-nothing-off", "routes_challenge.use_backup")
async def note_session(right: Any, visit: Visit) -> Response:
    """Keep in mind how the session began."""
    session, _ = visit.customer()
    response: Response = await right(visit)
    if visit.token:
        _by_backup_code.add((visit.portal.vault.key, session.id))
    return response


@rule("backup-code-turns-nothing-off", "routes_two_factor.password_problem")
async def needs_the_device(right: Any, visit: Visit) -> str:
    """Refuse every change to a session that began with a backup code."""
    session, _ = visit.customer()
    marked = (visit.portal.vault.key, session.id) in _by_backup_code
    return WRONG_PASSWORD if marked else str(await right(visit))
