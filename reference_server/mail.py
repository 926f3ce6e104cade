"""Handing a mail to the mail server, or saying that it could not be done."""

from __future__ import annotations

import asyncio
import smtplib
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol


class MailError(Exception):
    """The mail server could not be reached or refused the mail; nothing was sent."""


class Mailer(Protocol):
    """Anything that takes a mail."""

    async def send(self, message: EmailMessage) -> None:
        """Hand over one mail; raises MailError when it was not taken."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Speaks SMTP to `host`:`port`, one connection a mail."""

    host: str
    port: int
    timeout: float = 10

    async def send(self, message: EmailMessage) -> None:
        """Send off the event loop; every refusal and network error is a MailError."""
        try:
            await asyncio.to_thread(self._send, message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(str(error)) from error

    def _send(self, message: EmailMessage) -> None:
        with smtplib.SMTP(self.host, self.port, local_hostname="localhost", timeout=self.timeout) as server:
            server.send_message(message)


@dataclass(frozen=True, slots=True)
class TerminalMailer:
    """Writes the plain text of a mail to standard error, for trying the portal without a mail server."""

    async def send(self, message: EmailMessage) -> None:
        """Print one mail; never fails."""
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        print(f"--- mail to {message['To']}: {message['Subject']}\n{text}---", file=sys.stderr, flush=True)
