"""The parts of a running portal, and the three things it says by mail."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from email.message import EmailMessage

from reference_server import attempts, email_codes, links, messages
from reference_server.accounts import Account
from reference_server.clock import Clock
from reference_server.email_codes import Purpose
from reference_server.links import Link
from reference_server.mail import Mailer, MailError
from reference_server.passwords import Passwords
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.settings import Settings
from reference_server.store import Store
from reference_server.vault import Vault

log = logging.getLogger("reference_server")

MAIL_FAILED = "We could not send the email. Nothing was changed; please try again later."
TOO_MANY_MAILS = "Too many emails. Wait a few minutes."


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything a page needs; made once by `create_app`."""

    settings: Settings
    clock: Clock
    store: Store
    vault: Vault
    passwords: Passwords
    mailer: Mailer

    @property
    def policy(self) -> Policy:
        """The numbers in force."""
        return self.settings.policy

    @seam
    async def send_code(self, account: Account, session_id: int, purpose: Purpose, at: float) -> str:
        """Mail a fresh code for one session and purpose; return "" or the sentence that says why not.

        The code before stays alive when the mail could not be sent.
        """
        limit = attempts.mails(self.policy, account.username)
        async with self.store.write() as db:
            if not await attempts.take(db, limit, at):
                return TOO_MANY_MAILS
        code = email_codes.new_code(self.policy.email_code_digits)
        try:
            await self._deliver(account, messages.code_mail(account, code, at, setup=purpose == "setup"))
        except MailError as error:
            log.warning("no code mail to %s: %s", account.email, error)
            async with self.store.write() as db:
                await attempts.give_back(db, limit, at)
            return MAIL_FAILED
        async with self.store.write() as db:
            await email_codes.remember(db, self.vault, session_id, purpose, code, at)
        return ""

    async def send_link(self, link: Link, address: str, at: float) -> None:
        """Mail a link, which ends the ones before; nobody is told when it cannot be done.

        `address` is where it leads.
        """
        account = link.account
        async with self.store.write() as db:
            if not await attempts.take(db, attempts.links(self.policy, account.username), at):
                return
            await links.remember(db, link, at)
        try:
            await self._deliver(account, messages.link_mail(link, address, at))
        except MailError as error:
            log.warning("no link to %s: %s", link.email, error)
            async with self.store.write() as db:
                await links.forget(db, link)
            return
        async with self.store.write() as db:
            await links.forget_others(db, link)

    @seam
    async def notify(self, account: Account, event: messages.Event, at: float) -> None:
        """Tell the customer by mail that something changed; a failure is logged, as the change itself stands."""
        try:
            await self._deliver(account, messages.event_mail(account, event, at))
        except MailError as error:
            log.warning("no notice %r to %s: %s", event, account.email, error)

    @seam
    async def _deliver(self, account: Account, message: EmailMessage) -> None:
        if account.mail_failing:
            raise MailError("550 the mailbox refuses mail")
        await self.mailer.send(message)
