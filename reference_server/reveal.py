"""Showing a backup code exactly once: kept sealed in the session until its page is opened, then only for a download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import aiosqlite

from reference_server import sessions
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.sessions import Session
from reference_server.vault import Vault

Kind: TypeAlias = Literal["enabled", "used", "made"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A backup code on its page, and the ticket with which the page can ask for it as a file."""

    kind: str
    code: str
    ticket: str


@seam
async def keep_backup_code(db: aiosqlite.Connection, vault: Vault, session_id: int, kind: Kind, code: str) -> None:
    """Keep a code for the next page of this session."""
    await sessions.set_reveal(db, session_id, kind, vault.seal(code.encode(), f"reveal:{session_id}"))


@seam
async def show_once(
    db: aiosqlite.Connection, vault: Vault, session_id: int, kinds: set[str], at: float
) -> Shown | None:
    """Return the kept code at the first call, None afterwards."""
    session = await sessions.reread(db, session_id)
    if session is None or session.reveal_kind not in kinds or session.reveal_sealed is None:
        return None
    ticket = await sessions.claim_reveal(db, session_id, at)
    return Shown(str(session.reveal_kind), _code(vault, session), ticket) if ticket else None


def downloadable(vault: Vault, policy: Policy, session: Session, ticket: str, at: float) -> str | None:
    """Return the code for the page that shows it now, None for anybody else or later."""
    if session.reveal_ticket is None or session.reveal_ticket != ticket or session.reveal_sealed is None:
        return None
    return _code(vault, session) if 0 <= at - session.reveal_at < policy.backup_download_life else None


async def forget(db: aiosqlite.Connection, session: Session) -> None:
    """Drop the code, as its reader has gone on to another page."""
    await sessions.set_reveal(db, session.id, None, None)


def _code(vault: Vault, session: Session) -> str:
    assert session.reveal_sealed is not None
    return vault.open(session.reveal_sealed, f"reveal:{session.id}").decode()
